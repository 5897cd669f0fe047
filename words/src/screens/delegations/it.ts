type Told = Record<string, unknown>;
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const d = (f: Told) => text(f["delegator"]);
const p = (f: Told) => text(f["partner"]);
const n = (f: Told) => text(f["nextPartner"]);

/** How the trail tells what happens to a delegation. */
export const delegationEvents = {
  "delegations.delegation.offered": (f: Told): string => `${d(f)} offre a ${p(f)} la delega su ${text(f["productId"])}`,
  "delegations.delegation.asked": (f: Told): string => `${p(f)} chiede a ${d(f)} la delega su ${text(f["productId"])}`,
  "delegations.delegation.accepted": (f: Told): string =>
    `Attiva la delega di ${d(f)} a ${p(f)} su ${text(f["productId"])}`,
  "delegations.delegation.refused": (f: Told): string =>
    `Rifiutata la delega di ${d(f)} a ${p(f)} su ${text(f["productId"])}`,
  "delegations.delegation.withdrawn": (f: Told): string =>
    `Ritirata la delega di ${d(f)} a ${p(f)} su ${text(f["productId"])}`,
  "delegations.delegation.changed": (f: Told): string => `Cambiati i limiti della delega di ${d(f)} a ${p(f)}`,
  "delegations.delegation.entrusted": (f: Told): string => `${d(f)} affida a ${p(f)} un permesso delicato`,
  "delegations.delegation.suspended": (f: Told): string => `Sospesa la delega di ${d(f)} a ${p(f)}`,
  "delegations.delegation.resumed": (f: Told): string => `Ripresa la delega di ${d(f)} a ${p(f)}`,
  "delegations.delegation.revoked": (f: Told): string =>
    f["by"] === "partner" ? `${p(f)} rinuncia alla delega di ${d(f)}` : `Revocata la delega di ${d(f)} a ${p(f)}`,
  "delegations.delegation.expired": (f: Told): string => `Scaduta la delega di ${d(f)} a ${p(f)}`,
  "delegations.move.planned": (f: Told): string => `${d(f)} passa da ${p(f)} a ${n(f)}`,
  "delegations.move.cut-over": (f: Told): string => `Da adesso per ${d(f)} opera ${n(f)}; ${p(f)} si ferma`,
  "delegations.move.postponed": (f: Told): string =>
    `Il passaggio di ${d(f)} a ${n(f)} aspetta: non ha ancora accettato`,
  "delegations.move.completed": (f: Told): string => `Concluso il passaggio di ${d(f)} a ${n(f)}`,
  "delegations.move.returned": (f: Told): string => `${d(f)} torna a ${p(f)}`,
  "delegations.assignment.made": (f: Told): string =>
    f["delegator"] ? `Assegnato chi serve ${d(f)}` : "Assegnato chi serve tutti gli enti",
  "delegations.assignment.ended": (f: Told): string =>
    f["delegator"] ? `Tolta un’assegnazione per ${d(f)}` : "Tolta un’assegnazione per tutti gli enti",
};

/** What is to be done about delegations, and what stops who is delegated. */
export const delegationFindings = {
  "delegation-asked": {
    title: (f: Told) => `${text(f["partner"])} chiede una delega`,
    why: () => "Vale solo se la accetti: guarda che cosa chiede, e fino a quando.",
    act: "Rispondi",
  },
  "delegation-expiring": {
    title: (f: Told) => `Sta per finire la delega a ${text(f["partner"])}`,
    why: () => "Da quel giorno non opera più per conto dell’ente. Puoi spostare la fine.",
    act: "Vedi la delega",
  },
  "delegations-offered": {
    title: () => "Ci sono deleghe da accettare",
    why: () => "Finché non le accetti, le tue persone non possono operare per quegli enti.",
    act: "Vedi le deleghe",
  },
  "iban-missing": {
    title: (f: Told) =>
      `Nessun IBAN in uso${f["environment"] === "test" ? " in Collaudo" : f["environment"] === "production" ? " in Produzione" : ""}`,
    why: () => "Senza un IBAN l’ente non può incassare con pagoPA.",
    act: "Aggiungi un IBAN",
  },
};

/** For whom one acts: the strip, the list of who can be chosen, the page of a mandate. */
export const mandates = {
  aggregates: "Enti aggregati",
  aggregatesIntro: "La delega vale anche per loro. Scegli per chi operi.",
  aggregatesSearch: "Cerca tra gli enti aggregati",
  aggregatesNone: "Nessun ente aggregato con questo nome.",
  throughAggregator: (aggregator: string) => `tramite l’aggregatore ${aggregator}`,
  region: "Mandato",
  actFor: "Operi per conto di",
  asOf: "come persona di",
  until: "fino al",
  see: "Vedi il mandato",
  leave: "Cambia ente",
  env: {
    test: "solo in Collaudo",
    production: "solo in Produzione",
    both: "in Collaudo e in Produzione",
  },
  through: "Per conto di altri, tramite",
  throughWhy: "Agisci come persona del partner. L’ente vede ogni cosa che fai.",
  active: "Delega attiva",
  suspended: "Delega sospesa",
  noEnd: "senza scadenza",
  home: "Mandato",
  homeIntro:
    "Che cosa puoi fare per questo ente, e fino a quando. Tutto ciò che fai resta nella sua storia, con il tuo nome e quello del partner.",
  may: "Che cosa puoi fare adesso",
  mayNot: "La delega lo comprende, il tuo profilo presso il partner no",
  none: "Adesso non puoi fare niente: il tuo profilo presso il partner non comprende ciò che la delega permette.",
  where: "Dove vale",
  open: "Apri",
  refusedTitle: "Non operi per questo ente",
  choose: "Scegli per chi operare",
  todo: "Cosa fare adesso",
  partnerOf: "tramite",
  searchMany: "Cerca fra gli enti per cui puoi operare",
  by: "per conto dell’ente, tramite",
};
