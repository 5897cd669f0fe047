export type SignatureProblem =
  | "not-a-signature"
  | "signature-of-another-document"
  | "signature-of-older-version"
  | "signature-before-issue"
  | "signature-nested-too-deep"
  | "signed-copy-to-review"
  | "signed-copy-active-content"
  | "signature-altered"
  | "signer-not-legal-representative"
  | "signer-certificate-expired"
  | "signer-certificate-not-yet-valid"
  | "signer-certificate-untrusted"
  | "signer-certificate-revoked"
  | "signer-certificate-status-unknown"
  | "signer-certificate-not-qualified"
  | "signer-certificate-not-for-signing"
  | "signer-identity-missing"
  | "signature-weak-algorithm"
  | "signature-content-missing"
  | "signed-file-truncated"
  | "signature-incomplete-coverage";

/** `to-review`: nothing is wrong by itself, but a person must look (a protocol stamp over the text). */
export interface Verdict {
  outcome: "passed" | "failed" | "to-review" | "not-reached";
  problem?: SignatureProblem;
  facts?: Record<string, string>;
}

export const passed = (facts?: Record<string, string>): Verdict => ({ outcome: "passed", ...(facts ? { facts } : {}) });
export const failed = (problem: SignatureProblem, facts?: Record<string, string>): Verdict => ({
  outcome: "failed",
  problem,
  ...(facts ? { facts } : {}),
});
export const toReview = (facts: Record<string, string>): Verdict => ({
  outcome: "to-review",
  problem: "signed-copy-to-review",
  facts,
});
export const notReached: Verdict = { outcome: "not-reached" };

/** One verdict for many: what failed speaks first, then what wants a person, then what could not be judged. */
export const worst = (verdicts: Verdict[]): Verdict =>
  verdicts.find(({ outcome }) => outcome === "failed") ??
  verdicts.find(({ outcome }) => outcome === "to-review") ??
  verdicts.find(({ outcome }) => outcome === "not-reached") ??
  verdicts[0] ??
  notReached;
