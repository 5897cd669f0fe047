// Checking the signature on an agreement that came back, before anything is recorded.

export {
  checkSignedAgreement,
  type SignatureCheck,
  type SignedAgreementReport,
  type SignedAgreementToCheck,
} from "./check-signed-agreement.ts";
export {
  type CheckedAgreement,
  type FileToCheck,
  look,
  type SignatureChecker,
  signatureChecker,
} from "./checker.ts";
export { openPool, type Pool } from "./pool.ts";
export { type CertificateStatus, type CertificateStatuses, certificateStatuses } from "./revocation/index.ts";
export type { ToldStatus } from "./revocation/judge-statuses.ts";
export { loadTrustList, openTrust, type TrustList, type TrustService, type TrustSource, trustSource } from "./trust.ts";
export type { SignatureProblem } from "./verdict.ts";
export type { Signer, SignerEvidence } from "./verify-signer.ts";
