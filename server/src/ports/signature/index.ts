// Checking the signature on an agreement that came back, before anything is recorded.

export { loadTrustList, type TrustList } from "./certificate";
export {
  checkSignedAgreement,
  type SignatureCheck,
  type SignedAgreementReport,
  type SignedAgreementToCheck,
} from "./check-signed-agreement";
export type { SignatureProblem } from "./verdict";
export type { Signer } from "./verify-signer";
