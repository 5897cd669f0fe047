import { createHash } from "node:crypto";
import { hashOf, isCanonicalSignature, isSignedBy, isStrongKey, signatureAlgorithmOf } from "./algorithms.ts";
import { type BerRecord, childrenOf, expect, oidOf, sameBytes, tags } from "./ber.ts";
import { type Certificate, readCertificate } from "./certificate.ts";
import type { SignerInfo } from "./cms.ts";
import { failed, notReached, passed, type Verdict } from "./verdict.ts";

export const attributeOids = {
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
};

/** More than any real file carries; beyond it somebody is playing. */
const mostCertificates = 30;

export const readable = (ders: Uint8Array[]): Certificate[] =>
  ders.slice(0, mostCertificates).flatMap((der) => {
    try {
      return [readCertificate(der)];
    } catch {
      return [];
    }
  });

export const certificateOf = (sid: SignerInfo["sid"], bag: Certificate[]): Certificate | undefined =>
  bag.find((one) =>
    "issuer" in sid
      ? sameBytes(one.issuer, sid.issuer) && sameBytes(one.serialNumber, sid.serialNumber)
      : one.keyIdentifier !== null && sameBytes(one.keyIdentifier, sid.keyIdentifier),
  );

/** CAdES-BES binds the certificate itself into the signature (ETSI EN 319 122-1, 5.2.2): pkijs does not look. */
const boundCertificate = (
  attributes: Map<string, BerRecord>,
  certificate: Certificate,
): "same" | "other" | "absent" => {
  const version2 = attributes.get(attributeOids.signingCertificateV2);
  const version1 = attributes.get(attributeOids.signingCertificate);
  const value = version2 ?? version1;
  if (!value) return "absent";
  const first = childrenOf(expect(childrenOf(expect(value, tags.sequence))[0], tags.sequence))[0];
  const parts = childrenOf(expect(first, tags.sequence));
  let hash: string | undefined = version2 ? "sha256" : "sha1";
  if (version2 && parts[0]?.tag === tags.sequence) {
    const named = hashOf(parts.shift());
    hash = named?.strong ? named.name : undefined;
  }
  if (!hash) return "other";
  const expected = createHash(hash).update(certificate.der).digest();
  return sameBytes(expect(parts[0], tags.octets).content, expected) ? "same" : "other";
};

/** Does the signature hold, over this content, by the key of this certificate? Throws on what cannot be read. */
export const integrityOf = (
  info: SignerInfo,
  contentType: string,
  expectedType: string,
  certificate: Certificate,
  contentDigest: (hash: string) => Uint8Array | null,
): Verdict => {
  const digest = hashOf(info.digestAlgorithm);
  const algorithm = signatureAlgorithmOf(info.signatureAlgorithm, digest);
  if (!digest || !algorithm) return failed("signature-weak-algorithm", { reason: "unknown-algorithm" });

  const { contentType: typeOid, messageDigest } = attributeOids;
  if (contentType !== expectedType || oidOf(info.attributes.get(typeOid)) !== contentType)
    return failed("signature-altered", { reason: "content-type" });
  const actual = contentDigest(digest.name);
  const declared = expect(info.attributes.get(messageDigest), tags.octets).content;
  if (actual && !sameBytes(actual, declared)) return failed("signature-altered", { reason: "content" });
  if (
    !isCanonicalSignature(algorithm, info.signature) ||
    !isSignedBy(certificate.publicKey, algorithm, info.signedAttributes, info.signature)
  )
    return failed("signature-altered", { reason: "signature" });

  const bound = boundCertificate(info.attributes, certificate);
  if (bound === "other") return failed("signature-altered", { reason: "certificate" });
  if (bound === "absent") return failed("signature-weak-algorithm", { reason: "certificate-not-bound" });
  if (!digest.strong || !algorithm.hash.strong)
    return failed("signature-weak-algorithm", { reason: "hash", hash: digest.name });
  if (!isStrongKey(certificate.publicKey)) return failed("signature-weak-algorithm", { reason: "key" });
  return actual ? passed({ hash: digest.name }) : notReached;
};
