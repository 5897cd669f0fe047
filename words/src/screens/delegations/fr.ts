type Told = Record<string, unknown>;
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const d = (f: Told) => text(f["delegator"]);
const p = (f: Told) => text(f["partner"]);
const n = (f: Told) => text(f["nextPartner"]);

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
  "delegations.move.planned": (f: Told): string => `${d(f)} passe de ${p(f)} à ${n(f)}`,
  "delegations.move.cut-over": (f: Told): string => `Dès maintenant ${n(f)} agit pour ${d(f)} ; ${p(f)} s’arrête`,
  "delegations.move.postponed": (f: Told): string => `Le passage de ${d(f)} à ${n(f)} attend : pas encore accepté`,
  "delegations.move.completed": (f: Told): string => `Passage de ${d(f)} à ${n(f)} achevé`,
  "delegations.move.returned": (f: Told): string => `${d(f)} revient à ${p(f)}`,
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
    title: (f: Told) =>
      `Aucun IBAN en usage${f["environment"] === "test" ? " en Test" : f["environment"] === "production" ? " en Production" : ""}`,
    why: () => "Sans IBAN, l’organisme ne peut rien encaisser avec pagoPA.",
    act: "Ajouter un IBAN",
  },
};

/** For whom one acts: the strip, the list of who can be chosen, the page of a mandate. */
export const mandates = {
  aggregates: "Organismes agrégés",
  aggregatesIntro: "La délégation vaut aussi pour eux. Choisissez pour qui vous agissez.",
  aggregatesSearch: "Chercher parmi les organismes agrégés",
  aggregatesNone: "Aucun organisme agrégé avec ce nom.",
  throughAggregator: (aggregator: string) => `par l’agrégateur ${aggregator}`,
  region: "Mandat",
  actFor: "Vous agissez pour",
  asOf: "comme personne de",
  until: "jusqu’au",
  see: "Voir le mandat",
  leave: "Changer d’organisme",
  env: {
    test: "en Test seulement",
    production: "en Production seulement",
    both: "en Test et en Production",
  },
  through: "Pour le compte d’autres, par",
  throughWhy: "Vous agissez comme personne du partenaire. L’organisme voit tout ce que vous faites.",
  active: "Délégation active",
  suspended: "Délégation suspendue",
  noEnd: "sans échéance",
  home: "Mandat",
  homeIntro:
    "Ce que vous pouvez faire pour cet organisme, et jusqu’à quand. Tout reste dans son historique, avec votre nom et celui du partenaire.",
  may: "Ce que vous pouvez faire maintenant",
  mayNot: "La délégation le comprend, votre profil auprès du partenaire non",
  none: "Vous ne pouvez rien faire maintenant : votre profil auprès du partenaire ne comprend pas ce que la délégation permet.",
  where: "Où elle vaut",
  open: "Ouvrir",
  refusedTitle: "Vous n’agissez pas pour cet organisme",
  choose: "Choisir pour qui agir",
  todo: "Que faire maintenant",
  partnerOf: "par",
  searchMany: "Chercher parmi les organismes pour lesquels vous pouvez agir",
  by: "pour l’organisme, par",
};
