export {
  type NewCertificate,
  openTestAuthority,
  type Signer,
  type TestAuthority,
  untrustedSigner,
} from "./authority.ts";
export { type SignatureOptions, signCades } from "./cades.ts";
export type { CscClient } from "./csc.ts";
export { type SigningDesk, type SigningDeskSettings, startSigningDesk } from "./desk.ts";
export { addToPdf, signPades, stampPdf } from "./pades.ts";
export { crlOf, ocspAnswer, type RevokedCertificates, serialOf } from "./revocation.ts";
export { timestamper, timestampPdf } from "./timestamps.ts";
export { type ListedService, type ListToWrite, writeTrustedList } from "./trusted-lists.ts";
