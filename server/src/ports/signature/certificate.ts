import { type KeyObject, webcrypto, X509Certificate } from "node:crypto";
import * as pkijs from "pkijs";
import { publicKeyOf, type SignatureAlgorithm, signatureAlgorithmOf } from "./algorithms.ts";
import { type BerRecord, childrenOf, expect, malformed, oidOf, recordAt, sameBytes, tags } from "./ber.ts";
import { fiscalCodeIn } from "./fiscal-code.ts";

export const engine = new pkijs.CryptoEngine({
  crypto: webcrypto as ConstructorParameters<typeof pkijs.CryptoEngine>[0]["crypto"],
});
pkijs.setEngine("node", engine);

export interface Certificate {
  der: Uint8Array;
  tbs: Uint8Array;
  signatureAlgorithm: SignatureAlgorithm | null;
  signature: Uint8Array;
  issuer: Uint8Array;
  subject: Uint8Array;
  serialNumber: Uint8Array;
  keyIdentifier: Uint8Array | null;
  /** The bits of the key, without its algorithm: what OCSP names an issuer by (RFC 6960, 4.1.1). */
  keyBits: Uint8Array;
  publicKey: KeyObject;
  notBefore: Date;
  notAfter: Date;
  /** How to call its holder: given name and surname, else the common name. */
  name: string;
  issuerName: string;
  fiscalCode: string | null;
  /** Its key may commit its holder to a content: non-repudiation (RFC 5280, 4.2.1.3; ETSI EN 319 412-2, 4.3.2). */
  forSigning: boolean;
  /** Bits of the key usage, by their number; `null` when the extension is absent. */
  keyUsage: ReadonlySet<number> | null;
  extendedKeyUsage: readonly string[];
  policies: readonly string[];
  /** Declares itself qualified (QcCompliance, ETSI EN 319 412-5, 4.2.1). Its own word: the trust list decides. */
  declaresQualified: boolean;
  /** What it declares to be qualified for (QcType, ETSI EN 319 412-5, 4.2.3); none for those of before eIDAS. */
  qualifiedFor: readonly string[];
  /** Has an extension that must be understood, and that we do not know (RFC 5280, 4.2). */
  isBeyondUs: boolean;
  /** Too short-lived to be revoked (ETSI EN 319 412-1, 5.2). */
  validityAssured: boolean;
  /** Answers to no revocation: the responder of an OCSP service (RFC 6960, 4.2.2.2.1). */
  ocspNoCheck: boolean;
  ocspAddresses: readonly string[];
  crlAddresses: readonly string[];
  pkijs: pkijs.Certificate;
}

const oids = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  crlDistributionPoints: "2.5.29.31",
  policies: "2.5.29.32",
  extendedKeyUsage: "2.5.29.37",
  authorityInfoAccess: "1.3.6.1.5.5.7.1.1",
  ocsp: "1.3.6.1.5.5.7.48.1",
  ocspNoCheck: "1.3.6.1.5.5.7.48.1.5",
  qcStatements: "1.3.6.1.5.5.7.1.3",
  qcCompliance: "0.4.0.1862.1.1",
  qcType: "0.4.0.1862.1.6",
  validityAssured: "0.4.0.194121.2.1",
} as const;

/** Extensions that the chain engine or our rules look at, besides those above. */
const understood: readonly string[] = [
  ...Object.values(oids),
  ...["17", "19", "30", "33", "35", "36", "54"].map((arc) => `2.5.29.${arc}`),
];

const textOf = (name: pkijs.RelativeDistinguishedNames, oid: string): string | null => {
  const found = name.typesAndValues.find((one) => String(one.type) === oid);
  const value: unknown = found?.value.valueBlock.value;
  return typeof value === "string" && value.trim() ? value.trim().slice(0, 200) : null;
};

const nameOf = (name: pkijs.RelativeDistinguishedNames): string => {
  const given = textOf(name, "2.5.4.42");
  const family = textOf(name, "2.5.4.4");
  return given && family ? `${given} ${family}` : (textOf(name, "2.5.4.3") ?? textOf(name, "2.5.4.10") ?? "");
};

const extensionOf = (certificate: pkijs.Certificate, oid: string): Uint8Array | null => {
  const extension = certificate.extensions?.find((one) => String(one.extnID) === oid);
  return extension ? extension.extnValue.valueBlock.valueHexView : null;
};

const listIn = (extension: Uint8Array | null): BerRecord[] => (extension ? childrenOf(recordAt(extension)) : []);

const usageBits = (extension: Uint8Array | null): ReadonlySet<number> | null => {
  if (!extension) return null;
  const [, ...bytes] = expect(recordAt(extension), tags.bits).content;
  return new Set(
    bytes
      .slice(0, 2)
      .flatMap((byte, at) => [...Array(8).keys()].filter((bit) => byte & (0x80 >> bit)).map((bit) => at * 8 + bit)),
  );
};

/** http addresses among general names (RFC 5280, 4.2.1.6): those that a program can ask. */
const addressesIn = (names: BerRecord[]): string[] =>
  names
    .filter((name) => name.tag === 0x86)
    .map((name) => Buffer.from(name.content).toString("latin1"))
    .filter((address) => /^https?:\/\/[\x21-\x7e]{1,500}$/i.test(address))
    .slice(0, 3);

const ocspAddressesOf = (certificate: pkijs.Certificate): string[] =>
  listIn(extensionOf(certificate, oids.authorityInfoAccess)).flatMap((access) => {
    const [method, location] = childrenOf(access);
    return location && oidOf(method) === oids.ocsp ? addressesIn([location]) : [];
  });

const crlAddressesOf = (certificate: pkijs.Certificate): string[] =>
  listIn(extensionOf(certificate, oids.crlDistributionPoints)).flatMap((point) => {
    const name = childrenOf(point).find((part) => part.tag === 0xa0);
    const full = name && childrenOf(name).find((part) => part.tag === 0xa0);
    return full ? addressesIn(childrenOf(full)) : [];
  });

const statementsOf = (certificate: pkijs.Certificate): { compliance: boolean; types: string[] } => {
  const statements = listIn(extensionOf(certificate, oids.qcStatements)).map((one) => childrenOf(one));
  const named = (oid: string) => statements.find(([id]) => oidOf(id) === oid);
  const types = named(oids.qcType)?.[1];
  return { compliance: named(oids.qcCompliance) !== undefined, types: types ? childrenOf(types).map(oidOf) : [] };
};

const bitsOf = (subjectPublicKeyInfo: BerRecord): Uint8Array =>
  expect(childrenOf(subjectPublicKeyInfo)[1], tags.bits).content.subarray(1);

export const readCertificate = (der: Uint8Array): Certificate => {
  const outer = recordAt(der);
  const [tbs, algorithm, signature, ...more] = childrenOf(expect(outer, tags.sequence));
  const bits = expect(signature, tags.bits).content;
  const fields = childrenOf(expect(tbs, tags.sequence)).filter((field) => field.tag !== 0xa0);
  const [serialNumber, innerAlgorithm, issuer, , subject, subjectPublicKeyInfo] = fields;
  if (!tbs || !algorithm || !innerAlgorithm || more.length > 0 || outer.raw.length !== der.length) throw malformed();
  // The algorithm outside the signature must be the one inside (RFC 5280, 4.1.1.2).
  if (bits[0] !== 0 || !sameBytes(algorithm.raw, innerAlgorithm.raw)) throw malformed();

  const certificate = pkijs.Certificate.fromBER(Uint8Array.from(der));
  const keyIdentifier = extensionOf(certificate, oids.subjectKeyIdentifier);
  const subjectSerial = textOf(certificate.subject, "2.5.4.5");
  const key = expect(subjectPublicKeyInfo, tags.sequence);
  const keyUsage = usageBits(extensionOf(certificate, oids.keyUsage));
  const { compliance, types } = statementsOf(certificate);
  return {
    der,
    tbs: tbs.raw,
    signatureAlgorithm: signatureAlgorithmOf(algorithm, null),
    signature: bits.subarray(1),
    issuer: expect(issuer, tags.sequence).raw,
    subject: expect(subject, tags.sequence).raw,
    serialNumber: expect(serialNumber, tags.integer).raw,
    keyIdentifier: keyIdentifier ? recordAt(keyIdentifier).content : null,
    keyBits: bitsOf(key),
    publicKey: publicKeyOf(key.raw),
    notBefore: certificate.notBefore.value,
    notAfter: certificate.notAfter.value,
    name: nameOf(certificate.subject),
    issuerName: textOf(certificate.issuer, "2.5.4.3") ?? nameOf(certificate.issuer),
    fiscalCode: subjectSerial ? fiscalCodeIn(subjectSerial) : null,
    forSigning: keyUsage?.has(1) === true,
    keyUsage,
    extendedKeyUsage: listIn(extensionOf(certificate, oids.extendedKeyUsage)).map(oidOf),
    policies: listIn(extensionOf(certificate, oids.policies)).map((one) => oidOf(childrenOf(one)[0])),
    declaresQualified: compliance,
    qualifiedFor: types,
    isBeyondUs:
      certificate.extensions?.some((one) => one.critical && !understood.includes(String(one.extnID))) === true,
    validityAssured: extensionOf(certificate, oids.validityAssured) !== null,
    ocspNoCheck: extensionOf(certificate, oids.ocspNoCheck) !== null,
    ocspAddresses: ocspAddressesOf(certificate),
    crlAddresses: crlAddressesOf(certificate),
    pkijs: certificate,
  };
};

/** Whose certificate it is, by its own word. */
export const holderOf = (der: Uint8Array): { name: string; fiscalCode: string | null } => {
  const { name, fiscalCode } = readCertificate(der);
  return { name, fiscalCode };
};

export const certificatesInPem = (pem: string): Uint8Array[] =>
  (pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []).map(
    (block) => new Uint8Array(new X509Certificate(block).raw),
  );
