/** Delegations given and received, loaded when first opened. */
export { Ask } from "./Ask.tsx";
export { Assignments } from "./Assignments.tsx";
export { DelegatedActs } from "./DelegatedActs.tsx";
export { DelegationPage } from "./DelegationPage.tsx";
export { Delegations } from "./Delegations.tsx";
export { Offer } from "./Offer.tsx";
export { PartnerActs } from "./PartnerActs.tsx";
export { Portfolio } from "./Portfolio.tsx";
