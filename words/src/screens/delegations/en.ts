type Told = Record<string, unknown>;
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const d = (f: Told) => text(f["delegator"]);
const p = (f: Told) => text(f["partner"]);
const n = (f: Told) => text(f["nextPartner"]);

/** How the trail tells what happens to a delegation. */
export const delegationEvents = {
  "delegations.delegation.offered": (f: Told): string =>
    `${d(f)} offers ${p(f)} the delegation on ${text(f["productId"])}`,
  "delegations.delegation.asked": (f: Told): string =>
    `${p(f)} asks ${d(f)} for the delegation on ${text(f["productId"])}`,
  "delegations.delegation.accepted": (f: Told): string =>
    `The delegation of ${d(f)} to ${p(f)} on ${text(f["productId"])} is active`,
  "delegations.delegation.refused": (f: Told): string =>
    `The delegation of ${d(f)} to ${p(f)} on ${text(f["productId"])} was refused`,
  "delegations.delegation.withdrawn": (f: Told): string =>
    `The delegation of ${d(f)} to ${p(f)} on ${text(f["productId"])} was withdrawn`,
  "delegations.delegation.changed": (f: Told): string => `The limits of the delegation of ${d(f)} to ${p(f)} changed`,
  "delegations.delegation.entrusted": (f: Told): string => `${d(f)} entrusts ${p(f)} with a delicate permission`,
  "delegations.delegation.suspended": (f: Told): string => `The delegation of ${d(f)} to ${p(f)} was suspended`,
  "delegations.delegation.resumed": (f: Told): string => `The delegation of ${d(f)} to ${p(f)} was resumed`,
  "delegations.delegation.revoked": (f: Told): string =>
    f["by"] === "partner"
      ? `${p(f)} renounces the delegation of ${d(f)}`
      : `The delegation of ${d(f)} to ${p(f)} was revoked`,
  "delegations.delegation.expired": (f: Told): string => `The delegation of ${d(f)} to ${p(f)} expired`,
  "delegations.move.planned": (f: Told): string => `${d(f)} moves from ${p(f)} to ${n(f)}`,
  "delegations.move.cut-over": (f: Told): string => `From now ${n(f)} acts for ${d(f)}; ${p(f)} stops`,
  "delegations.move.postponed": (f: Told): string => `The move of ${d(f)} to ${n(f)} waits: not accepted yet`,
  "delegations.move.completed": (f: Told): string => `The move of ${d(f)} to ${n(f)} is complete`,
  "delegations.move.returned": (f: Told): string => `${d(f)} goes back to ${p(f)}`,
  "delegations.assignment.made": (f: Told): string =>
    f["delegator"] ? `Assigned who serves ${d(f)}` : "Assigned who serves every institution",
  "delegations.assignment.ended": (f: Told): string =>
    f["delegator"] ? `Removed an assignment for ${d(f)}` : "Removed an assignment for every institution",
};

/** What is to be done about delegations, and what stops who is delegated. */
export const delegationFindings = {
  "delegation-asked": {
    title: (f: Told) => `${text(f["partner"])} asks for a delegation`,
    why: () => "It holds only if you accept it: see what it asks for, and until when.",
    act: "Answer",
  },
  "delegation-expiring": {
    title: (f: Told) => `The delegation to ${text(f["partner"])} is about to end`,
    why: () => "From that day it no longer acts for the institution. You can move the end.",
    act: "See the delegation",
  },
  "delegations-offered": {
    title: () => "There are delegations to accept",
    why: () => "Until you accept them, your people cannot act for those institutions.",
    act: "See the delegations",
  },
  "iban-missing": {
    title: (f: Told) =>
      `No IBAN in use${f["environment"] === "test" ? " in Test" : f["environment"] === "production" ? " in Production" : ""}`,
    why: () => "Without an IBAN the institution cannot be paid through pagoPA.",
    act: "Add an IBAN",
  },
};

/** For whom one acts: the strip, the list of who can be chosen, the page of a mandate. */
export const mandates = {
  aggregates: "Aggregated institutions",
  aggregatesIntro: "The delegation holds for them too. Choose for whom you act.",
  aggregatesSearch: "Search among the aggregated institutions",
  aggregatesNone: "No aggregated institution has this name.",
  throughAggregator: (aggregator: string) => `through the aggregator ${aggregator}`,
  region: "Mandate",
  actFor: "You act for",
  asOf: "as a person of",
  until: "until",
  see: "See the mandate",
  leave: "Change institution",
  env: {
    test: "in Test only",
    production: "in Production only",
    both: "in Test and in Production",
  },
  through: "On behalf of others, through",
  throughWhy: "You act as a person of the partner. The institution sees everything you do.",
  active: "Delegation active",
  suspended: "Delegation suspended",
  noEnd: "without end",
  home: "Mandate",
  homeIntro:
    "What you may do for this institution, and until when. All you do stays in its history, with your name and the partner’s.",
  may: "What you may do now",
  mayNot: "The delegation includes it, your profile at the partner does not",
  none: "You may do nothing now: your profile at the partner does not include what the delegation allows.",
  where: "Where it holds",
  open: "Open",
  refusedTitle: "You do not act for this institution",
  choose: "Choose for whom to act",
  todo: "What to do now",
  partnerOf: "through",
  searchMany: "Search the institutions you may act for",
  by: "for the institution, through",
};
