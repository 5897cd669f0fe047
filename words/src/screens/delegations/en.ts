type Told = Record<string, unknown>;
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const d = (f: Told) => text(f["delegator"]);
const p = (f: Told) => text(f["partner"]);

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
  "delegations.assignment.made": (f: Told): string =>
    f["delegator"] ? `Assigned who serves ${d(f)}` : "Assigned who serves every institution",
  "delegations.assignment.ended": (f: Told): string =>
    f["delegator"] ? `Removed an assignment for ${d(f)}` : "Removed an assignment for every institution",
};
