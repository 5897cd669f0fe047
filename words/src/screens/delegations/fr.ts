type Told = Record<string, unknown>;
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const d = (f: Told) => text(f["delegator"]);
const p = (f: Told) => text(f["partner"]);

/** How the trail tells what happens to a delegation. */
export const delegationEvents = {
  "delegations.delegation.offered": (f: Told): string =>
    `${d(f)} offre à ${p(f)} la délégation sur ${text(f["productId"])}`,
  "delegations.delegation.asked": (f: Told): string =>
    `${p(f)} demande à ${d(f)} la délégation sur ${text(f["productId"])}`,
  "delegations.delegation.accepted": (f: Told): string =>
    `La délégation de ${d(f)} à ${p(f)} sur ${text(f["productId"])} est active`,
  "delegations.delegation.refused": (f: Told): string =>
    `Délégation de ${d(f)} à ${p(f)} sur ${text(f["productId"])} refusée`,
  "delegations.delegation.withdrawn": (f: Told): string =>
    `Délégation de ${d(f)} à ${p(f)} sur ${text(f["productId"])} retirée`,
  "delegations.delegation.changed": (f: Told): string => `Limites de la délégation de ${d(f)} à ${p(f)} modifiées`,
  "delegations.delegation.entrusted": (f: Told): string => `${d(f)} confie à ${p(f)} une autorisation délicate`,
  "delegations.delegation.suspended": (f: Told): string => `Délégation de ${d(f)} à ${p(f)} suspendue`,
  "delegations.delegation.resumed": (f: Told): string => `Délégation de ${d(f)} à ${p(f)} reprise`,
  "delegations.delegation.revoked": (f: Told): string =>
    f["by"] === "partner" ? `${p(f)} renonce à la délégation de ${d(f)}` : `Délégation de ${d(f)} à ${p(f)} révoquée`,
  "delegations.delegation.expired": (f: Told): string => `Délégation de ${d(f)} à ${p(f)} expirée`,
  "delegations.assignment.made": (f: Told): string =>
    f["delegator"] ? `Affecté qui sert ${d(f)}` : "Affecté qui sert tous les organismes",
  "delegations.assignment.ended": (f: Told): string =>
    f["delegator"] ? `Affectation retirée pour ${d(f)}` : "Affectation retirée pour tous les organismes",
};

/** What is to be done about delegations, and what stops who is delegated. */
export const delegationFindings = {
  "delegation-asked": {
    title: (f: Told) => `${text(f["partner"])} demande une délégation`,
    why: () => "Elle ne vaut que si vous l’acceptez : voyez ce qu’elle demande, et jusqu’à quand.",
    act: "Répondre",
  },
  "delegation-expiring": {
    title: (f: Told) => `La délégation à ${text(f["partner"])} va finir`,
    why: () => "À partir de ce jour il n’agit plus pour l’organisme. Vous pouvez déplacer la fin.",
    act: "Voir la délégation",
  },
  "delegations-offered": {
    title: () => "Il y a des délégations à accepter",
    why: () => "Tant que vous ne les acceptez pas, vos personnes ne peuvent pas agir pour ces organismes.",
    act: "Voir les délégations",
  },
  "iban-missing": {
    title: (f: Told) => `Aucun IBAN en usage en ${f["environment"] === "test" ? "Test" : "Production"}`,
    why: () => "Sans IBAN, l’organisme ne peut rien encaisser avec pagoPA.",
    act: "Ajouter un IBAN",
  },
};
