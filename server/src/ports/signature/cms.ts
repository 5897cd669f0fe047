import {
  type BerRecord,
  childrenOf,
  expect,
  malformed,
  octetsOf,
  oidOf,
  recordAt,
  sameBytes,
  smallIntegerOf,
  tags,
} from "./ber.ts";

// SignedData (RFC 5652, 5), read strictly: what no signature covers (versions, algorithm parameters, trailing bytes)
// must still be as the standard says, so that no byte of an agreement can be changed in silence.

const signedDataOid = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02);
export const dataOid = "1.2.840.113549.1.7.1";
export const timestampInfoOid = "1.2.840.113549.1.9.16.1.4";
const signatureTimestampOid = "1.2.840.113549.1.9.16.2.14";

/** More than any agreement wants; each one costs a verification. */
const mostSigners = 20;
const mostTimestamps = 5;

export interface SignerInfo {
  /** Picks the signer's certificate out of the bag. */
  sid: { issuer: Uint8Array; serialNumber: Uint8Array } | { keyIdentifier: Uint8Array };
  digestAlgorithm: BerRecord;
  signatureAlgorithm: BerRecord;
  signature: Uint8Array;
  /** The attributes as they were signed: the SET, in DER (RFC 5652, 5.4). */
  signedAttributes: Uint8Array;
  attributes: Map<string, BerRecord>;
  /** Time stamps on this signature, as they travel beside it (CAdES-T: ETSI EN 319 122-1, 5.3). Not covered by it. */
  timestamps: Uint8Array[];
}

export interface SignedData {
  contentType: string;
  /** `null` when the content travels apart from the signature. */
  content: Uint8Array[] | null;
  certificates: Uint8Array[];
  signers: SignerInfo[];
}

/** Does this begin as a CMS SignedData? Says nothing on whether it is whole. */
export const looksLikeSignedData = (bytes: Uint8Array): boolean => {
  if (bytes[0] !== tags.sequence) return false;
  const lengthByte = bytes[1] ?? 0;
  const start = 2 + (lengthByte > 0x80 ? lengthByte & 0x7f : 0);
  return sameBytes(bytes.subarray(start, start + signedDataOid.length), signedDataOid);
};

const attributesOf = (signed: BerRecord): Map<string, BerRecord> => {
  const attributes = new Map<string, BerRecord>();
  for (const attribute of childrenOf(signed)) {
    const [type, values, ...more] = childrenOf(expect(attribute, tags.sequence));
    const [value, ...others] = childrenOf(expect(values, tags.set));
    const name = oidOf(type);
    // Each once and with one value: two message digests would let a reader choose (RFC 5652, 11).
    if (!value || others.length > 0 || more.length > 0 || attributes.has(name)) throw malformed();
    attributes.set(name, value);
  }
  return attributes;
};

/** What stands beside the signature proves nothing by itself: what does not read as a time stamp is passed over. */
const timestampsIn = (unsigned: BerRecord | undefined): Uint8Array[] => {
  if (!unsigned) return [];
  return childrenOf(unsigned)
    .flatMap((attribute) => {
      const [type, values] = childrenOf(expect(attribute, tags.sequence));
      return oidOf(type) === signatureTimestampOid ? childrenOf(expect(values, tags.set)).map((one) => one.raw) : [];
    })
    .slice(0, mostTimestamps);
};

const sidOf = (record: BerRecord | undefined): SignerInfo["sid"] => {
  const sid = expect(record, tags.sequence, 0x80);
  if (sid.tag === 0x80) return { keyIdentifier: sid.content };
  const [issuer, serialNumber, ...more] = childrenOf(sid);
  if (more.length > 0) throw malformed();
  return { issuer: expect(issuer, tags.sequence).raw, serialNumber: expect(serialNumber, tags.integer).raw };
};

const signerInfoOf = (record: BerRecord): SignerInfo => {
  const [version, sid, digestAlgorithm, signed, signatureAlgorithm, signature, unsigned, ...more] = childrenOf(
    expect(record, tags.sequence),
  );
  const signer = sidOf(sid);
  if (smallIntegerOf(version) !== ("issuer" in signer ? 1 : 3)) throw malformed();
  if (more.length > 0 || (unsigned && unsigned.tag !== 0xa1)) throw malformed();
  // CAdES always has signed attributes (ETSI EN 319 122-1, 5.1).
  const attributes = expect(signed, 0xa0);
  if (!attributes.definite) throw malformed();
  const signedAttributes = Uint8Array.from(attributes.raw);
  signedAttributes[0] = tags.set;
  return {
    sid: signer,
    digestAlgorithm: expect(digestAlgorithm, tags.sequence),
    signatureAlgorithm: expect(signatureAlgorithm, tags.sequence),
    signature: expect(signature, tags.octets).content,
    signedAttributes,
    attributes: attributesOf(attributes),
    timestamps: timestampsIn(unsigned),
  };
};

const contentOf = (record: BerRecord | undefined): Pick<SignedData, "contentType" | "content"> => {
  const [type, explicit, ...more] = childrenOf(expect(record, tags.sequence));
  if (more.length > 0) throw malformed();
  if (!explicit) return { contentType: oidOf(type), content: null };
  const [octets, ...others] = childrenOf(expect(explicit, 0xa0));
  if (!octets || others.length > 0) throw malformed();
  return { contentType: oidOf(type), content: octetsOf(octets) };
};

/** Which hashes signers used is announced up front, for readers in one pass (RFC 5652, 5.1). */
const announcesEach = (announced: BerRecord, signers: SignerInfo[]): boolean => {
  const hashes = childrenOf(announced).map((algorithm) => {
    const [oid, parameters, ...more] = childrenOf(expect(algorithm, tags.sequence));
    if (more.length > 0 || (parameters && (parameters.tag !== tags.nothing || parameters.content.length > 0)))
      throw malformed();
    return oidOf(oid);
  });
  return signers.every((signer) => hashes.includes(oidOf(childrenOf(signer.digestAlgorithm)[0])));
};

/** Reads one SignedData; the bytes after it, if any, are returned for the caller to judge. */
export const readSignedData = (bytes: Uint8Array): { signedData: SignedData; rest: Uint8Array } => {
  const outer = recordAt(bytes);
  const [type, explicit, ...more] = childrenOf(expect(outer, tags.sequence));
  if (more.length > 0 || !type || !sameBytes(type.raw, signedDataOid)) throw malformed();
  const [body, ...others] = childrenOf(expect(explicit, 0xa0));
  if (others.length > 0) throw malformed();

  const fields = childrenOf(expect(body, tags.sequence));
  const version = smallIntegerOf(fields.shift());
  const announced = expect(fields.shift(), tags.set);
  const { contentType, content } = contentOf(fields.shift());
  const bag = fields[0]?.tag === 0xa0 ? childrenOf(fields.shift() as BerRecord) : [];
  const revocations = fields[0]?.tag === 0xa1 ? childrenOf(fields.shift() as BerRecord) : [];
  const signers = childrenOf(expect(fields.shift(), tags.set)).map(signerInfoOf);
  if (signers.length > mostSigners) throw malformed();
  if (fields.length > 0 || !announcesEach(announced, signers)) throw malformed();

  // The version follows from the content (RFC 5652, 5.1); signers that carry more than certificates get some slack.
  const plain = [...bag, ...revocations].every((one) => one.tag === tags.sequence);
  const least = contentType === dataOid && signers.every((signer) => "issuer" in signer.sid) ? 1 : 3;
  if (plain ? version !== least : version < least || version > 5) throw malformed();
  return {
    signedData: {
      contentType,
      content,
      certificates: bag.filter((one) => one.tag === tags.sequence).map((one) => one.raw),
      signers,
    },
    rest: bytes.subarray(outer.raw.length),
  };
};
