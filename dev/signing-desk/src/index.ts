export { type NewCertificate, openTestAuthority, type Signer, type TestAuthority, untrustedSigner } from "./authority";
export { type SignatureOptions, signCades } from "./cades";
export { type SigningDesk, type SigningDeskSettings, startSigningDesk } from "./desk";
export { signPades } from "./pades";
