type Told = Record<string, unknown>;
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const d = (f: Told) => text(f["delegator"]);
const p = (f: Told) => text(f["partner"]);
const n = (f: Told) => text(f["nextPartner"]);

/** How the trail tells what happens to a delegation. */
export const delegationEvents = {
  "delegations.delegation.offered": (f: Told): string =>
    `${d(f)} ponuja partnerju ${p(f)} pooblastilo za ${text(f["productId"])}`,
  "delegations.delegation.asked": (f: Told): string =>
    `${p(f)} prosi ustanovo ${d(f)} za pooblastilo za ${text(f["productId"])}`,
  "delegations.delegation.accepted": (f: Told): string =>
    `Pooblastilo ustanove ${d(f)} partnerju ${p(f)} za ${text(f["productId"])} je dejavno`,
  "delegations.delegation.refused": (f: Told): string =>
    `Pooblastilo ustanove ${d(f)} partnerju ${p(f)} za ${text(f["productId"])} zavrnjeno`,
  "delegations.delegation.withdrawn": (f: Told): string =>
    `Pooblastilo ustanove ${d(f)} partnerju ${p(f)} za ${text(f["productId"])} umaknjeno`,
  "delegations.delegation.changed": (f: Told): string =>
    `Spremenjene meje pooblastila ustanove ${d(f)} partnerju ${p(f)}`,
  "delegations.delegation.entrusted": (f: Told): string => `${d(f)} partnerju ${p(f)} zaupa občutljivo dovoljenje`,
  "delegations.delegation.suspended": (f: Told): string => `Pooblastilo ustanove ${d(f)} partnerju ${p(f)} ustavljeno`,
  "delegations.delegation.resumed": (f: Told): string => `Pooblastilo ustanove ${d(f)} partnerju ${p(f)} spet velja`,
  "delegations.delegation.revoked": (f: Told): string =>
    f["by"] === "partner"
      ? `${p(f)} se odpoveduje pooblastilu ustanove ${d(f)}`
      : `Pooblastilo ustanove ${d(f)} partnerju ${p(f)} preklicano`,
  "delegations.delegation.expired": (f: Told): string => `Pooblastilo ustanove ${d(f)} partnerju ${p(f)} poteklo`,
  "delegations.move.planned": (f: Told): string => `${d(f)} prehaja od ${p(f)} k ${n(f)}`,
  "delegations.move.cut-over": (f: Told): string => `Od zdaj za ${d(f)} deluje ${n(f)}; ${p(f)} preneha`,
  "delegations.move.postponed": (f: Told): string => `Prehod ustanove ${d(f)} k ${n(f)} čaka: še ni sprejeto`,
  "delegations.move.completed": (f: Told): string => `Prehod ustanove ${d(f)} k ${n(f)} je zaključen`,
  "delegations.move.returned": (f: Told): string => `${d(f)} se vrača k ${p(f)}`,
  "delegations.assignment.made": (f: Told): string =>
    f["delegator"] ? `Dodeljeno, kdo skrbi za ${d(f)}` : "Dodeljeno, kdo skrbi za vse ustanove",
  "delegations.assignment.ended": (f: Told): string =>
    f["delegator"] ? `Odstranjena dodelitev za ${d(f)}` : "Odstranjena dodelitev za vse ustanove",
};

/** What is to be done about delegations, and what stops who is delegated. */
export const delegationFindings = {
  "delegation-asked": {
    title: (f: Told) => `${text(f["partner"])} prosi za pooblastilo`,
    why: () => "Velja samo, če ga sprejmete: poglejte, kaj zahteva in do kdaj.",
    act: "Odgovori",
  },
  "delegation-expiring": {
    title: (f: Told) => `Pooblastilo partnerju ${text(f["partner"])} se izteka`,
    why: () => "Od tistega dne ne deluje več za ustanovo. Konec lahko prestavite.",
    act: "Poglej pooblastilo",
  },
  "delegations-offered": {
    title: () => "Pooblastila čakajo na sprejem",
    why: () => "Dokler jih ne sprejmete, vaše osebe ne morejo delovati za te ustanove.",
    act: "Poglej pooblastila",
  },
  "iban-missing": {
    title: (f: Told) =>
      `Ni IBAN v uporabi${f["environment"] === "test" ? ", testno okolje" : f["environment"] === "production" ? ", produkcija" : ""}`,
    why: () => "Brez IBAN ustanova prek pagoPA ne more prejemati plačil.",
    act: "Dodaj IBAN",
  },
};

/** For whom one acts: the strip, the list of who can be chosen, the page of a mandate. */
export const mandates = {
  aggregates: "Združene ustanove",
  aggregatesIntro: "Pooblastilo velja tudi zanje. Izberite, za koga delujete.",
  aggregatesSearch: "Iščite med združenimi ustanovami",
  aggregatesNone: "Nobena združena ustanova nima tega imena.",
  throughAggregator: (aggregator: string) => `prek združevalca ${aggregator}`,
  region: "Pooblastilo",
  actFor: "Delujete za",
  asOf: "kot oseba partnerja",
  until: "do",
  see: "Poglej pooblastilo",
  leave: "Zamenjaj ustanovo",
  env: {
    test: "samo v testnem okolju",
    production: "samo v produkciji",
    both: "v testnem okolju in produkciji",
  },
  through: "Za druge, prek",
  throughWhy: "Delujete kot oseba partnerja. Ustanova vidi vse, kar storite.",
  active: "Pooblastilo dejavno",
  suspended: "Pooblastilo ustavljeno",
  noEnd: "brez roka",
  home: "Pooblastilo",
  homeIntro:
    "Kaj lahko storite za to ustanovo in do kdaj. Vse ostane v njeni zgodovini, z vašim imenom in imenom partnerja.",
  may: "Kaj lahko storite zdaj",
  mayNot: "Pooblastilo to obsega, vaš profil pri partnerju pa ne",
  none: "Zdaj ne morete storiti ničesar: vaš profil pri partnerju ne obsega tega, kar pooblastilo dovoljuje.",
  where: "Kje velja",
  open: "Odpri",
  refusedTitle: "Ne delujete za to ustanovo",
  choose: "Izberite, za koga delujete",
  todo: "Kaj storiti zdaj",
  partnerOf: "prek",
  searchMany: "Išči med ustanovami, za katere lahko delujete",
  by: "za ustanovo, prek",
};
