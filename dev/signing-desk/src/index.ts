export { type NewCertificate, openTestAuthority, type Signer, type TestAuthority, untrustedSigner } from "./authority";
export { type SignatureOptions, signCades } from "./cades";
export { signPades } from "./pades";
