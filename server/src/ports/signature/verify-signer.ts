import { createHash } from "node:crypto";
import { maskFiscalCode } from "@area/api";
import { timeOf } from "./ber.ts";
import type { Certificate } from "./certificate.ts";
import { dataOid, type SignedData, type SignerInfo } from "./cms.ts";
import { samePerson } from "./fiscal-code.ts";
import { attributeOids, certificateOf, integrityOf, readable } from "./signer-integrity.ts";
import { readTimestamp, type Timestamp } from "./timestamp.ts";
import { judgeServices, pathToTrust, type TrustList } from "./trust.ts";
import { failed, notReached, passed, type Verdict } from "./verdict.ts";

export interface Signer {
  name: string;
  maskedFiscalCode: string;
  /** As the signer's own computer wrote it: shown, never relied upon. */
  signedAt?: string;
  /** When a time stamp proves that the signature existed. */
  provenAt?: string;
  timestampAuthority?: string;
  issuer: string;
  notAfter: string;
  /** In the words of the trusted list, when it was found there. */
  service?: string;
}

/** What must be asked of others, and what a proof keeps. Plain data. */
export interface SignerEvidence {
  signer: string;
  /** From the signer's certificate up to what we trust; empty when nothing is. */
  chain: Uint8Array[];
  timestamps: { token: Uint8Array; chain: Uint8Array[]; at: Date }[];
  /** The moment at which the signature is judged: proven, or now. */
  judgedAt: Date;
}

export interface SignerVerdicts {
  integrity: Verdict;
  trust: Verdict;
  validity: Verdict;
  /** Is this the person expected, going by the certificate? */
  identity: "expected" | "other" | "missing" | "unknown";
  signer: Signer | null;
  evidence: SignerEvidence | null;
}

export interface SignerExpectations {
  fiscalCode: string;
  trust: TrustList;
  now: Date;
  /** When the agreement was issued: nobody can have signed it before. */
  issuedAt?: Date | undefined;
  /** Digest of what was signed; `null` when the content is not at hand. */
  contentDigest: (hash: string) => Uint8Array | null;
  claimedAt: Date | null;
  /** Time stamps over the whole file, of after this signature (PAdES-LTA: ETSI EN 319 142-1, 5.5). */
  documentTimestamps: Timestamp[];
  /** Time stamps (SHA-256 of the token, in hexadecimal) whose authority turned out to be revoked: they prove nothing. */
  disprovedTimestamps: ReadonlySet<string>;
}

export const timestampName = (token: Uint8Array): string => createHash("sha256").update(token).digest("hex");

/** Clocks of offices are wrong by minutes, and by time zones. */
const clockSlack = 24 * 3600 * 1000;

const validityOf = (
  certificate: Certificate,
  at: Date,
  times: { proven: Date | null; claimed: Date | null; issuedAt: Date | undefined },
): Verdict => {
  const { proven, claimed, issuedAt } = times;
  const facts = {
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    ...(proven ? { provenAt: proven.toISOString() } : {}),
  };
  if (at > certificate.notAfter) return failed("signer-certificate-expired", facts);
  if (at < certificate.notBefore) return failed("signer-certificate-not-yet-valid", facts);
  if (!certificate.forSigning) return failed("signer-certificate-not-for-signing", facts);
  const early =
    issuedAt && (proven ? proven < issuedAt : claimed && claimed.getTime() < issuedAt.getTime() - clockSlack);
  if (issuedAt && early)
    return failed("signature-before-issue", {
      ...facts,
      signedAt: (proven ?? claimed ?? at).toISOString(),
      issuedAt: issuedAt.toISOString(),
    });
  return passed(facts);
};

const clamp = (moment: Date, from: Date, to: Date): Date => (moment < from ? from : moment > to ? to : moment);

const trustOf = async (
  certificate: Certificate,
  bag: Certificate[],
  trust: TrustList,
  judgedAt: Date,
): Promise<{ verdict: Verdict; chain: Certificate[] }> => {
  const facts = { issuer: certificate.issuerName, declaresQualified: certificate.declaresQualified ? "yes" : "no" };
  // An expired certificate from a trusted authority is one thing to mend, not two: its chain is judged within its life.
  const at = clamp(judgedAt, certificate.notBefore, certificate.notAfter);
  const others = bag.filter((one) => one !== certificate);
  const path = await pathToTrust(certificate, others, trust, at, "certificates");
  if (!path) return { verdict: failed("signer-certificate-untrusted", facts), chain: [] };
  return { verdict: judgeServices(certificate, path, at, facts), chain: path.certificates };
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

const timestampsOf = async (info: SignerInfo, expectations: SignerExpectations): Promise<Timestamp[]> => {
  const stamped = (hash: string): Uint8Array => createHash(hash).update(info.signature).digest();
  const found: Timestamp[] = [...expectations.documentTimestamps];
  for (const token of info.timestamps) {
    const timestamp = await readTimestamp(token, stamped, expectations.trust, expectations.now);
    if (timestamp) found.push(timestamp);
  }
  return found
    .filter(({ token }) => !expectations.disprovedTimestamps.has(timestampName(token)))
    .sort((one, other) => one.at.getTime() - other.at.getTime());
};

const verifySigner = async (
  info: SignerInfo,
  contentType: string,
  bag: Certificate[],
  expectations: SignerExpectations,
): Promise<SignerVerdicts> => {
  const { fiscalCode, trust, now, contentDigest, claimedAt, issuedAt } = expectations;
  const certificate = certificateOf(info.sid, bag);
  if (!certificate)
    return {
      integrity: failed("signature-altered", { reason: "certificate-missing" }),
      trust: notReached,
      validity: notReached,
      identity: "unknown",
      signer: null,
      evidence: null,
    };
  const signedAt = timeOf(info.attributes.get(attributeOids.signingTime)) ?? claimedAt;
  const timestamps = await timestampsOf(info, expectations);
  const [first] = timestamps;
  const judgedAt = first?.at ?? now;
  const { verdict, chain } = await trustOf(certificate, bag, trust, judgedAt).catch(() => ({
    verdict: failed("signer-certificate-untrusted"),
    chain: [],
  }));
  return {
    integrity: attempt(
      () => integrityOf(info, contentType, dataOid, certificate, contentDigest),
      failed("signature-altered", { reason: "unreadable" }),
    ),
    trust: verdict,
    validity: validityOf(certificate, judgedAt, { proven: first?.at ?? null, claimed: signedAt, issuedAt }),
    identity: identityOf(certificate, fiscalCode),
    signer: {
      name: certificate.name,
      maskedFiscalCode: certificate.fiscalCode ? maskFiscalCode(certificate.fiscalCode) : "",
      ...(signedAt ? { signedAt: signedAt.toISOString() } : {}),
      ...(first ? { provenAt: first.at.toISOString(), timestampAuthority: first.authority } : {}),
      issuer: certificate.issuerName,
      notAfter: certificate.notAfter.toISOString(),
      ...(verdict.facts?.["service"] ? { service: verdict.facts["service"] } : {}),
    },
    evidence: {
      signer: certificate.name,
      chain: (chain.length > 0 ? chain : [certificate]).map((one) => one.der),
      timestamps: timestamps.map((one) => ({
        token: one.token,
        chain: one.path.certificates.map(({ der }) => der),
        at: one.at,
      })),
      judgedAt,
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
