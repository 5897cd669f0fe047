// Checking the signature on an agreement that came back, before anything is recorded.

export { loadTrustList, type TrustList } from "./certificate.ts";
export {
  checkSignedAgreement,
  type SignatureCheck,
  type SignedAgreementReport,
  type SignedAgreementToCheck,
} from "./check-signed-agreement.ts";
export type { SignatureProblem } from "./verdict.ts";
export type { Signer } from "./verify-signer.ts";
