/**
 * SPID and CIE by SAML: our side as pure functions. They reach nothing and remember nothing; the slice `identity`
 * keeps the pending requests, the used assertions and the sessions.
 */
export { type AuthnRequest, authnRequest } from "./authn-request.ts";
export { type IdentityProvider, parseIdentityProviderMetadata, type Scheme } from "./identity-provider-metadata.ts";
export { type ArrivedLogout, type LogoutRequest, logoutRequest, logoutResponse, readLogoutRequest } from "./logout.ts";
export type { Level } from "./names.ts";
export { type Peeked, peekResponse, type UnverifiedResponse } from "./open-response.ts";
export type { IdentityProblem, Refusal } from "./problems.ts";
export type { ServiceProvider } from "./service-provider.ts";
export { certificateComplaints } from "./service-provider-certificate.ts";
export { type CertificateSubject, makeServiceProviderKeys } from "./service-provider-keys.ts";
export { cieMetadata, serviceProviderMetadata } from "./service-provider-metadata.ts";
export { isVerifiedIdentity, type VerifiedIdentity } from "./verified-identity.ts";
export { type Verification, verifyResponse } from "./verify-response.ts";
