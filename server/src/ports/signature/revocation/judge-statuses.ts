import { isAccepted, type SignedAgreementReport } from "../check-signed-agreement.ts";
import { failed, type Verdict } from "../verdict.ts";
import { type SignerEvidence, timestampName } from "../verify-signer.ts";
import type { CertificateStatus, CertificateStatuses } from "./index.ts";

/** The state of one certificate of a chain, as it was told. */
export interface ToldStatus extends CertificateStatus {
  /** In DER. */
  certificate: Uint8Array;
  /** The signer's own, or one above it; of a signature or of a time stamp. */
  of: "signer" | "authority" | "timestamp";
}

const askChain = async (
  chain: readonly Uint8Array[],
  of: "signer" | "timestamp",
  statuses: CertificateStatuses,
  now: Date,
): Promise<ToldStatus[]> => {
  const told: ToldStatus[] = [];
  for (const [at, certificate] of chain.entries()) {
    const issuer = chain[at + 1];
    if (!issuer) break;
    const status = await statuses.of(certificate, issuer, now);
    const role = of === "signer" && at > 0 ? "authority" : of;
    // Who signs must have somebody to ask (ETSI EN 319 412-2, 4.4.1); authorities and stamps only where they name somebody.
    const mute =
      role !== "signer" && status.state === "unknown" && status.tried?.[0]?.startsWith("the certificate names");
    told.push({ ...status, ...(mute ? { state: "not-asked" as const } : {}), certificate, of: role });
  }
  return told;
};

/** A certificate revoked later than the proven moment had signed in time (ETSI EN 319 102-1, 5.2.6 and 5.5). */
const revokedAt = (status: CertificateStatus, moment: Date): boolean =>
  status.state === "revoked" && status.since !== undefined && status.since <= moment;

/** Key compromise reaches back: what a stolen key stamped may bear any date (RFC 5280, 5.3.1: 1 and 2). */
const reachesBack = ({ reason }: CertificateStatus): boolean =>
  reason === undefined || reason === 0 || reason === 1 || reason === 2;

const verdictOf = (told: readonly ToldStatus[], judgedAt: Date, name: string): Verdict | null => {
  const revoked = told.find((one) => one.of !== "timestamp" && revokedAt(one, judgedAt));
  if (revoked)
    return failed("signer-certificate-revoked", {
      name,
      of: revoked.of,
      revokedAt: (revoked.since as Date).toISOString(),
      ...(revoked.reason === undefined ? {} : { reason: String(revoked.reason) }),
    });
  return told.some(({ state }) => state === "unknown") ? failed("signer-certificate-status-unknown", { name }) : null;
};

export interface JudgedStatuses {
  report: SignedAgreementReport;
  statuses: ToldStatus[];
  /** Time stamps that no longer prove anything: the file wants to be judged again without them. */
  disproved: string[];
}

const worthAsking = (report: SignedAgreementReport): boolean =>
  // Addresses are followed only when somebody we trust wrote them, on a signature that holds.
  ["integrity", "trust"].every((code) => report.checks.find((one) => one.code === code)?.outcome === "passed");

/** Asks about everybody in the report, and says in its check of validity what was learnt. */
export const judgeStatuses = async (
  report: SignedAgreementReport,
  statuses: CertificateStatuses,
  now: Date,
): Promise<JudgedStatuses> => {
  if (!worthAsking(report)) return { report, statuses: [], disproved: [] };
  const all: ToldStatus[] = [];
  const disproved: string[] = [];
  let found: Verdict | null = null;
  const ask = async (one: SignerEvidence): Promise<void> => {
    const stamps = await Promise.all(
      one.timestamps.map(async ({ token, chain, at }) => ({
        token,
        at,
        told: await askChain(chain, "timestamp", statuses, now),
      })),
    );
    for (const { token, at, told } of stamps)
      if (told.some((status) => status.state === "revoked" && (reachesBack(status) || revokedAt(status, at))))
        disproved.push(timestampName(token));
    const told = [...(await askChain(one.chain, "signer", statuses, now)), ...stamps.flatMap((stamp) => stamp.told)];
    all.push(...told);
    const verdict = verdictOf(told, one.judgedAt, one.signer);
    if (verdict && (!found || verdict.problem === "signer-certificate-revoked")) found = verdict;
  };
  for (const one of report.evidence) await ask(one);
  const verdict = found as Verdict | null;
  const checks = report.checks.map((check) =>
    check.code === "validity" && check.outcome === "passed" && verdict ? { ...check, ...verdict } : check,
  );
  return { report: { ...report, checks, accepted: isAccepted(checks) }, statuses: all, disproved };
};
