import { createHash } from "node:crypto";
import { maskFiscalCode } from "@area/api";
import { hashOf, isCanonicalSignature, isSignedBy, isStrongKey, signatureAlgorithmOf } from "./algorithms.ts";
import { type BerRecord, childrenOf, expect, oidOf, sameBytes, tags } from "./ber.ts";
import { type Certificate, isTrusted, readCertificate, type TrustList } from "./certificate.ts";
import { dataOid, type SignedData, type SignerInfo } from "./cms.ts";
import { samePerson } from "./fiscal-code.ts";
import type { Verdict } from "./verdict.ts";
import { failed, notReached, passed } from "./verdict.ts";

export interface Signer {
  name: string;
  maskedFiscalCode: string;
  /** As the signer's own computer wrote it: shown, never relied upon. */
  signedAt?: string;
  issuer: string;
  notAfter: string;
}

export interface SignerVerdicts {
  integrity: Verdict;
  trust: Verdict;
  validity: Verdict;
  /** Is this the person expected, going by the certificate? */
  identity: "expected" | "other" | "missing" | "unknown";
  signer: Signer | null;
}

export interface SignerExpectations {
  fiscalCode: string;
  trust: TrustList;
  now: Date;
  /** Digest of what was signed; `null` when the content is not at hand. */
  contentDigest: (hash: string) => Uint8Array | null;
  claimedAt: Date | null;
}

const attributeOids = {
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
};

/** More than any real file carries; beyond it somebody is playing. */
const mostCertificates = 30;

const readable = (ders: Uint8Array[]): Certificate[] =>
  ders.slice(0, mostCertificates).flatMap((der) => {
    try {
      return [readCertificate(der)];
    } catch {
      return [];
    }
  });

const certificateOf = (sid: SignerInfo["sid"], bag: Certificate[]): Certificate | undefined =>
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

const timeIn = (record: BerRecord | undefined): Date | null => {
  if (!record) return null;
  const text = Buffer.from(record.content).toString("latin1");
  const digits = record.tag === tags.utcTime ? `${Number(text.slice(0, 2)) < 50 ? "20" : "19"}${text}` : text;
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(digits);
  if (!parts) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time.getTime()) ? null : time;
};

const integrityOf = (
  info: SignerInfo,
  contentType: string,
  certificate: Certificate,
  contentDigest: SignerExpectations["contentDigest"],
): Verdict => {
  const digest = hashOf(info.digestAlgorithm);
  const algorithm = signatureAlgorithmOf(info.signatureAlgorithm, digest);
  if (!digest || !algorithm) return failed("signature-weak-algorithm", { reason: "unknown-algorithm" });

  const { contentType: typeOid, messageDigest } = attributeOids;
  if (contentType !== dataOid || oidOf(info.attributes.get(typeOid)) !== contentType)
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

const validityOf = (certificate: Certificate, now: Date): Verdict => {
  const facts = { notBefore: certificate.notBefore.toISOString(), notAfter: certificate.notAfter.toISOString() };
  if (now > certificate.notAfter) return failed("signer-certificate-expired", facts);
  if (now < certificate.notBefore) return failed("signer-certificate-not-yet-valid", facts);
  if (!certificate.forSigning) return failed("signer-certificate-not-for-signing", facts);
  return passed(facts);
};

const clamp = (moment: Date, from: Date, to: Date): Date => (moment < from ? from : moment > to ? to : moment);

const trustOf = async (certificate: Certificate, bag: Certificate[], trust: TrustList, now: Date): Promise<Verdict> => {
  const facts = { issuer: certificate.issuerName, declaresQualified: certificate.declaresQualified ? "yes" : "no" };
  // An expired certificate from a trusted authority is one thing to mend, not two: its chain is judged within its life.
  const at = clamp(now, certificate.notBefore, certificate.notAfter);
  const others = bag.filter((one) => one !== certificate);
  return (await isTrusted(certificate, others, trust, at))
    ? passed(facts)
    : failed("signer-certificate-untrusted", facts);
};

const identityOf = (certificate: Certificate, expected: string): SignerVerdicts["identity"] => {
  if (!certificate.fiscalCode) return "missing";
  return samePerson(certificate.fiscalCode, expected) ? "expected" : "other";
};

const attempt = <T>(work: () => T, otherwise: T): T => {
  try {
    return work();
  } catch {
    return otherwise;
  }
};

const verifySigner = async (
  info: SignerInfo,
  contentType: string,
  bag: Certificate[],
  { fiscalCode, trust, now, contentDigest, claimedAt }: SignerExpectations,
): Promise<SignerVerdicts> => {
  const certificate = certificateOf(info.sid, bag);
  if (!certificate)
    return {
      integrity: failed("signature-altered", { reason: "certificate-missing" }),
      trust: notReached,
      validity: notReached,
      identity: "unknown",
      signer: null,
    };
  const signedAt = timeIn(info.attributes.get(attributeOids.signingTime)) ?? claimedAt;
  return {
    integrity: attempt(
      () => integrityOf(info, contentType, certificate, contentDigest),
      failed("signature-altered", { reason: "unreadable" }),
    ),
    trust: await trustOf(certificate, bag, trust, now).catch(() => failed("signer-certificate-untrusted")),
    validity: validityOf(certificate, now),
    identity: identityOf(certificate, fiscalCode),
    signer: {
      name: certificate.name,
      maskedFiscalCode: certificate.fiscalCode ? maskFiscalCode(certificate.fiscalCode) : "",
      ...(signedAt ? { signedAt: signedAt.toISOString() } : {}),
      issuer: certificate.issuerName,
      notAfter: certificate.notAfter.toISOString(),
    },
  };
};

/** Everybody who signed one SignedData, each judged on their own. */
export const verifySigners = async (
  signedData: SignedData,
  expectations: SignerExpectations,
): Promise<SignerVerdicts[]> => {
  const bag = readable(signedData.certificates);
  const verdicts: SignerVerdicts[] = [];
  for (const info of signedData.signers)
    verdicts.push(await verifySigner(info, signedData.contentType, bag, expectations));
  return verdicts;
};
