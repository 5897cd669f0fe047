import { createHash } from "node:crypto";
import { readCertificate } from "../certificate.ts";
import { der, nothing, octets, oid, sequence, setOf } from "../der.ts";

/*
 * A SignedData (RFC 5652) whose value is made elsewhere. Same content, certificate and moment, same bytes: nothing is kept
 * between asking and completing.
 */
export interface Prepared {
  /** What is to be signed: the SHA-256 of the signed attributes. */
  hash: Uint8Array;
  /** What is signed, once the value has come. */
  complete(value: Uint8Array): Uint8Array;
}

const sha256 = "2.16.840.1.101.3.4.2.1";
const data = "1.2.840.113549.1.7.1";
const attribute = (type: string, value: Uint8Array): Uint8Array => sequence(oid(type), setOf([value]));
/** UTCTime until 2049 (RFC 5652, 11.3). */
const utcTime = (at: Date): Uint8Array =>
  der(0x17, Buffer.from(`${at.toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`, "latin1"));

const signedData = (
  digest: Uint8Array,
  chain: readonly Uint8Array[],
  more: { content?: Uint8Array; at?: Date } = {},
): Prepared => {
  const signer = readCertificate(chain[0] as Uint8Array);
  const certificateDigest = createHash("sha256").update(signer.der).digest();
  const attributes = setOf([
    attribute("1.2.840.113549.1.9.3", oid(data)),
    attribute("1.2.840.113549.1.9.4", octets(digest)),
    ...(more.at ? [attribute("1.2.840.113549.1.9.5", utcTime(more.at))] : []),
    // ESSCertIDv2 leaves SHA-256 out, being the default (RFC 5035, 4).
    attribute("1.2.840.113549.1.9.16.2.47", sequence(sequence(sequence(octets(certificateDigest))))),
  ]);
  const isEc = signer.publicKey.asymmetricKeyType === "ec";
  return {
    hash: createHash("sha256").update(attributes).digest(),
    complete: (value) => {
      const implicit = Uint8Array.from(attributes);
      implicit[0] = 0xa0;
      const version = der(0x02, Uint8Array.of(1));
      const info = sequence(
        version,
        sequence(signer.issuer, signer.serialNumber),
        sequence(oid(sha256), nothing()),
        implicit,
        isEc ? sequence(oid("1.2.840.10045.4.3.2")) : sequence(oid("1.2.840.113549.1.1.1"), nothing()),
        octets(value),
      );
      return sequence(
        oid("1.2.840.113549.1.7.2"),
        der(
          0xa0,
          sequence(
            version,
            setOf([sequence(oid(sha256), nothing())]),
            more.content ? sequence(oid(data), der(0xa0, octets(more.content))) : sequence(oid(data)),
            der(0xa0, ...chain),
            setOf([info]),
          ),
        ),
      );
    },
  };
};

/** Apart from what it signs, of which it takes the SHA-256. */
export const prepareSignedData = (digest: Uint8Array, chain: readonly Uint8Array[]): Prepared =>
  signedData(digest, chain);

/** Around what it signs: CAdES-BES, attached (ETSI EN 319 122-1, 5). */
export const prepareCades = (content: Uint8Array, chain: readonly Uint8Array[], at: Date): Prepared =>
  signedData(createHash("sha256").update(content).digest(), chain, { content, at });
