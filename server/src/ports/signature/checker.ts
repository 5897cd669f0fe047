import {
  checkSignedAgreement,
  type SignedAgreementReport,
  type SignedAgreementToCheck,
} from "./check-signed-agreement.ts";
import type { CertificateStatuses } from "./revocation/index.ts";
import { judgeStatuses, type ToldStatus } from "./revocation/judge-statuses.ts";
import { openTrust, type TrustList, type TrustSource } from "./trust.ts";

/** A file to look at; what is trusted is the checker's to know. */
export type FileToCheck = Omit<SignedAgreementToCheck, "trust" | "disprovedTimestamps">;

export interface CheckedAgreement extends SignedAgreementReport {
  /** What the authorities said of each certificate: a proof keeps it. */
  statuses: ToldStatus[];
}

/** Looks at a signed file in every way; asks the authorities too. Never throws on what was uploaded. */
export interface SignatureChecker {
  check(file: FileToCheck): Promise<CheckedAgreement>;
  close(): Promise<void>;
}

/** One look at the file itself, wherever it runs. */
export type Look = (
  file: FileToCheck & { disprovedTimestamps: ReadonlySet<string> },
  trust: TrustSource,
) => Promise<SignedAgreementReport>;

let opened: { digest: string; trust: TrustList } | undefined;
const trustOf = (source: TrustSource): TrustList => {
  // Reading hundreds of certificates of the European lists costs more than a signature: once for each content.
  if (opened?.digest !== source.digest) opened = { digest: source.digest, trust: openTrust(source) };
  return opened.trust;
};
export const look: Look = (file, trust) => checkSignedAgreement({ ...file, trust: trustOf(trust) });

export interface CheckerSettings {
  look: Look;
  trust: () => TrustSource | Promise<TrustSource>;
  statuses: CertificateStatuses;
  close?: () => Promise<void>;
}

export const signatureChecker = ({ look, trust, statuses, close }: CheckerSettings): SignatureChecker => ({
  check: async (file) => {
    const source = await trust();
    const disproved = new Set<string>();
    for (;;) {
      const seen = await look({ ...file, disprovedTimestamps: disproved }, source);
      const judged = await judgeStatuses(seen, statuses, file.now);
      const fresh = judged.disproved.filter((name) => !disproved.has(name));
      // A stamp less may move the moment of signing: then everything is judged anew. Each round has one less.
      if (fresh.length === 0) return { ...judged.report, statuses: judged.statuses };
      for (const name of fresh) disproved.add(name);
    }
  },
  close: close ?? (async () => undefined),
});
