// Checking the signature on an agreement that came back, before anything is recorded.

export { certificatesInPem, holderOf } from "./certificate.ts";
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
export { samePerson } from "./fiscal-code.ts";
export { openPool, type Pool } from "./pool.ts";
export {
  type Credential,
  keySeal,
  preparePades,
  RemoteProblem,
  type RemoteSignature,
  remoteSeal,
  remoteSignature,
  type Seal,
  sealFile,
} from "./remote/index.ts";
export { type CertificateStatus, type CertificateStatuses, certificateStatuses } from "./revocation/index.ts";
export type { ToldStatus } from "./revocation/judge-statuses.ts";
export { loadTrustList, openTrust, type TrustList, type TrustService, type TrustSource, trustSource } from "./trust.ts";
export { type ListPointer, readTrustedList, type TrustedList } from "./trusted-lists/read-list.ts";
export { ListProblem, listBounds } from "./trusted-lists/verify-list.ts";
export type { SignatureProblem } from "./verdict.ts";
export type { Signer, SignerEvidence } from "./verify-signer.ts";
