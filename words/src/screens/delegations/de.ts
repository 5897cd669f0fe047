type Told = Record<string, unknown>;
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const d = (f: Told) => text(f["delegator"]);
const p = (f: Told) => text(f["partner"]);
const n = (f: Told) => text(f["nextPartner"]);

/** How the trail tells what happens to a delegation. */
export const delegationEvents = {
  "delegations.delegation.offered": (f: Told): string =>
    `${d(f)} bietet ${p(f)} die Vollmacht für ${text(f["productId"])} an`,
  "delegations.delegation.asked": (f: Told): string =>
    `${p(f)} bittet ${d(f)} um die Vollmacht für ${text(f["productId"])}`,
  "delegations.delegation.accepted": (f: Told): string =>
    `Die Vollmacht von ${d(f)} an ${p(f)} für ${text(f["productId"])} ist aktiv`,
  "delegations.delegation.refused": (f: Told): string =>
    `Die Vollmacht von ${d(f)} an ${p(f)} für ${text(f["productId"])} wurde abgelehnt`,
  "delegations.delegation.withdrawn": (f: Told): string =>
    `Die Vollmacht von ${d(f)} an ${p(f)} für ${text(f["productId"])} wurde zurückgezogen`,
  "delegations.delegation.changed": (f: Told): string =>
    `Die Grenzen der Vollmacht von ${d(f)} an ${p(f)} wurden geändert`,
  "delegations.delegation.entrusted": (f: Told): string => `${d(f)} vertraut ${p(f)} eine heikle Berechtigung an`,
  "delegations.delegation.suspended": (f: Told): string => `Die Vollmacht von ${d(f)} an ${p(f)} wurde ausgesetzt`,
  "delegations.delegation.resumed": (f: Told): string => `Die Vollmacht von ${d(f)} an ${p(f)} gilt wieder`,
  "delegations.delegation.revoked": (f: Told): string =>
    f["by"] === "partner"
      ? `${p(f)} verzichtet auf die Vollmacht von ${d(f)}`
      : `Die Vollmacht von ${d(f)} an ${p(f)} wurde widerrufen`,
  "delegations.delegation.expired": (f: Told): string => `Die Vollmacht von ${d(f)} an ${p(f)} ist abgelaufen`,
  "delegations.move.planned": (f: Told): string => `${d(f)} wechselt von ${p(f)} zu ${n(f)}`,
  "delegations.move.cut-over": (f: Told): string => `Ab jetzt handelt ${n(f)} für ${d(f)}; ${p(f)} hört auf`,
  "delegations.move.postponed": (f: Told): string => `Der Wechsel von ${d(f)} zu ${n(f)} wartet: noch nicht angenommen`,
  "delegations.move.completed": (f: Told): string => `Der Wechsel von ${d(f)} zu ${n(f)} ist abgeschlossen`,
  "delegations.move.returned": (f: Told): string => `${d(f)} kehrt zu ${p(f)} zurück`,
  "delegations.assignment.made": (f: Told): string =>
    f["delegator"] ? `Zugeteilt, wer ${d(f)} betreut` : "Zugeteilt, wer alle Körperschaften betreut",
  "delegations.assignment.ended": (f: Told): string =>
    f["delegator"] ? `Zuteilung für ${d(f)} entfernt` : "Zuteilung für alle Körperschaften entfernt",
};

/** What is to be done about delegations, and what stops who is delegated. */
export const delegationFindings = {
  "delegation-asked": {
    title: (f: Told) => `${text(f["partner"])} bittet um eine Vollmacht`,
    why: () => "Sie gilt nur, wenn Sie sie annehmen: Sehen Sie, was verlangt wird und bis wann.",
    act: "Antworten",
  },
  "delegation-expiring": {
    title: (f: Told) => `Die Vollmacht an ${text(f["partner"])} endet bald`,
    why: () => "Ab jenem Tag handelt der Partner nicht mehr für die Körperschaft. Sie können das Ende verschieben.",
    act: "Vollmacht ansehen",
  },
  "delegations-offered": {
    title: () => "Es gibt Vollmachten anzunehmen",
    why: () => "Bis Sie sie annehmen, können Ihre Personen nicht für jene Körperschaften handeln.",
    act: "Vollmachten ansehen",
  },
  "iban-missing": {
    title: (f: Told) =>
      `Keine IBAN in Gebrauch${f["environment"] === "test" ? " in der Testumgebung" : f["environment"] === "production" ? " in der Produktion" : ""}`,
    why: () => "Ohne IBAN kann die Körperschaft über pagoPA nichts einnehmen.",
    act: "IBAN hinzufügen",
  },
};

/** For whom one acts: the strip, the list of who can be chosen, the page of a mandate. */
export const mandates = {
  aggregates: "Aggregierte Körperschaften",
  aggregatesIntro: "Die Vollmacht gilt auch für sie. Wählen Sie, für wen Sie handeln.",
  aggregatesSearch: "Unter den aggregierten Körperschaften suchen",
  aggregatesNone: "Keine aggregierte Körperschaft mit diesem Namen.",
  throughAggregator: (aggregator: string) => `über den Aggregator ${aggregator}`,
  region: "Auftrag",
  actFor: "Sie handeln für",
  asOf: "als Person von",
  until: "bis",
  see: "Auftrag ansehen",
  leave: "Körperschaft wechseln",
  env: {
    test: "nur in der Testumgebung",
    production: "nur in der Produktion",
    both: "in Test und Produktion",
  },
  through: "Für andere, über",
  throughWhy: "Sie handeln als Person des Partners. Die Körperschaft sieht alles, was Sie tun.",
  active: "Vollmacht aktiv",
  suspended: "Vollmacht ausgesetzt",
  noEnd: "ohne Ende",
  home: "Auftrag",
  homeIntro:
    "Was Sie für diese Körperschaft tun dürfen, und bis wann. Alles bleibt in ihrem Verlauf, mit Ihrem Namen und dem des Partners.",
  may: "Was Sie jetzt tun dürfen",
  mayNot: "Die Vollmacht umfasst es, Ihr Profil beim Partner nicht",
  none: "Sie dürfen jetzt nichts tun: Ihr Profil beim Partner umfasst nicht, was die Vollmacht erlaubt.",
  where: "Wo sie gilt",
  open: "Öffnen",
  refusedTitle: "Sie handeln nicht für diese Körperschaft",
  choose: "Wählen, für wen Sie handeln",
  todo: "Was jetzt zu tun ist",
  partnerOf: "über",
  searchMany: "Körperschaften suchen, für die Sie handeln dürfen",
  by: "für die Körperschaft, über",
};
