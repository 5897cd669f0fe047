export type SignatureProblem =
  | "not-a-signature"
  | "signature-of-another-document"
  | "signature-altered"
  | "signer-not-legal-representative"
  | "signer-certificate-expired"
  | "signer-certificate-not-yet-valid"
  | "signer-certificate-untrusted"
  | "signer-certificate-not-for-signing"
  | "signer-identity-missing"
  | "signature-weak-algorithm"
  | "signature-content-missing"
  | "signed-file-truncated"
  | "signature-incomplete-coverage";

export interface Verdict {
  outcome: "passed" | "failed" | "not-reached";
  problem?: SignatureProblem;
  facts?: Record<string, string>;
}

export const passed = (facts?: Record<string, string>): Verdict => ({ outcome: "passed", ...(facts ? { facts } : {}) });
export const failed = (problem: SignatureProblem, facts?: Record<string, string>): Verdict => ({
  outcome: "failed",
  problem,
  ...(facts ? { facts } : {}),
});
export const notReached: Verdict = { outcome: "not-reached" };

/** One verdict for many: what failed speaks first, then what could not be judged. */
export const worst = (verdicts: Verdict[]): Verdict =>
  verdicts.find(({ outcome }) => outcome === "failed") ??
  verdicts.find(({ outcome }) => outcome === "not-reached") ??
  verdicts[0] ??
  notReached;
