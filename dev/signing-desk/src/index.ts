export {
  type NewCertificate,
  openTestAuthority,
  type Signer,
  type TestAuthority,
  untrustedSigner,
} from "./authority.ts";
export { type SignatureOptions, signCades } from "./cades.ts";
export { type SigningDesk, type SigningDeskSettings, startSigningDesk } from "./desk.ts";
export { signPades } from "./pades.ts";
