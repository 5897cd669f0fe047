/** The pages that the server writes: from data to HTML, nothing else. They know no other room. */

export { type CredentialCheck, credentialPage } from "./credential.ts";
export {
  type EligibleProduct,
  eligibilityPage,
  numbersPage,
  type RulesData,
  rulesPage,
  subjectsPage,
} from "./eligibility.ts";
export { type EntryData, entryPage, type IdentityProviderChoice } from "./entry.ts";
export { type ErrorData, errorPage } from "./error.ts";
export {
  type FootData,
  type FootSlug,
  footerPages,
  footSlugs,
  type ServiceName,
  type ServiceState,
  securityTxt,
} from "./foot.ts";
export {
  type CancelledData,
  type Check,
  cancelLandingPage,
  cancelledPage,
  type LinkProblem,
  type Reading,
  type SignedData,
  signedPage,
  signLandingPage,
  signVerdictPage,
  type VerdictData,
} from "./link-landing.ts";
export { type LoginErrorData, loginErrorPage } from "./login-error.ts";
export { type RecoveryPage, recoveryLinkPage } from "./recovery-link.ts";
export { type StaffDoorData, staffDoorPage } from "./staff-door.ts";
