/**
 * SPID and CIE by SAML: our side as pure functions. They reach nothing and remember nothing; the slice `identity`
 * keeps the pending requests, the used assertions and the sessions.
 */
export { type AuthnRequest, authnRequest } from "./authn-request";
export { fiscalCodeCheckCharacter, isFiscalCode } from "./fiscal-code";
export { type IdentityProvider, parseIdentityProviderMetadata, type Scheme } from "./identity-provider-metadata";
export { type ArrivedLogout, type LogoutRequest, logoutRequest, logoutResponse, readLogoutRequest } from "./logout";
export type { Level } from "./names";
export { type Peeked, peekResponse, type UnverifiedResponse } from "./open-response";
export type { IdentityProblem } from "./problems";
export type { ServiceProvider } from "./service-provider";
export { type CertificateSubject, makeServiceProviderKeys } from "./service-provider-keys";
export { serviceProviderMetadata } from "./service-provider-metadata";
export { isVerifiedIdentity, type VerifiedIdentity } from "./verified-identity";
export { type Verification, verifyResponse } from "./verify-response";
