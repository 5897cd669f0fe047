// Checking the signature on an agreement that came back, before anything is recorded.

export {
  checkSignedAgreement,
  type SignatureCheck,
  type SignedAgreementReport,
  type SignedAgreementToCheck,
} from "./check-signed-agreement.ts";
export { loadTrustList, openTrust, type TrustList, type TrustService, type TrustSource, trustSource } from "./trust.ts";
export type { SignatureProblem } from "./verdict.ts";
export type { Signer, SignerEvidence } from "./verify-signer.ts";
