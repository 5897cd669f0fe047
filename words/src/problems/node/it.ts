import type { Facts } from "../it.ts";

const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const list = (value: unknown) => (Array.isArray(value) ? value.map(text).join(", ") : text(value));

/** What the registration on the node, the stations and their associations are refused for. */
export const nodeProblems = {
  "registration-missing": {
    title: "Prima serve la registrazione sul nodo",
    detail: (f: Facts): string =>
      `In ${f["environment"] === "test" ? "Collaudo" : "Produzione"} l’ente non è ancora registrato. Si fa da «Registrazione», in pochi minuti.`,
  },
  "registration-of-psp": {
    title: "I PSP si registrano altrove",
    detail: (): string => "Qui si registrano gli enti creditori e i partner. Per i PSP scrivi all’Assistenza.",
  },
  "registration-not-direct": {
    title: "L’ente non ha stazioni proprie",
    detail: (): string =>
      "È collegato tramite un intermediario, o non intermedia enti creditori. Cambia prima la registrazione sul nodo.",
  },
  "registration-stations-open": {
    title: "Ci sono ancora stazioni in uso",
    detail: (f: Facts): string =>
      `Per collegarsi tramite un intermediario non devono restare stazioni attive o in attesa: ${list(f["stations"])}. Ritirale prima.`,
  },
  "registration-serves-others": {
    title: "Altri enti passano da qui",
    detail: (): string => "Hanno scelto questo ente come intermediario. Prima devono sceglierne un altro.",
  },
  "registration-brokers-nothing": {
    title: "Chi vuoi intermediare?",
    detail: (): string => "Scegli almeno una voce: enti creditori, PSP, o entrambi.",
  },
  "tax-code-doubtful": {
    title: "Il codice fiscale non torna",
    detail: (f: Facts): string =>
      `La cifra di controllo di ${text(f["taxCode"])} è sbagliata: in Produzione non si può registrare. Controlla i dati dell’ente, o scrivi all’Assistenza.`,
  },
  "intermediary-unknown": {
    title: "Questo intermediario non si può scegliere",
    detail: (): string =>
      "Deve essere registrato sul nodo in questo ambiente; se è un partner, deve avere una vostra delega attiva.",
  },
  "encoding-of-another-institution": {
    title: "Codice già registrato da un altro ente",
    detail: (): string =>
      "Sul nodo un codice fiscale appartiene a un solo ente. Se è il vostro, scrivi all’Assistenza.",
  },
  "station-unknown": {
    title: "Stazione non trovata",
    detail: (): string => "Non esiste in questo ambiente, o è di un altro intermediario.",
  },
  "station-codes-exhausted": {
    title: "Non ci sono più codici liberi",
    detail: (): string => "Scrivi all’Assistenza: tutti i codici stazione di questo intermediario sono stati usati.",
  },
  "station-retired": {
    title: "La stazione è ritirata",
    detail: (): string => "Non si cambia più. Puoi duplicarla: la copia prende un codice nuovo.",
  },
  "station-not-active": {
    title: "La stazione non è ancora attiva",
    detail: (): string => "Gli enti si associano quando la stazione è attiva.",
  },
  "station-has-institutions": {
    title: "Alla stazione sono associati degli enti",
    detail: (f: Facts): string =>
      `Sono ${text(f["institutions"])}. Spostali su un’altra stazione o toglili, poi potrai ritirarla.`,
  },
  "station-change-missing": {
    title: "Nessuna modifica in attesa",
    detail: (): string => "È già stata decisa o ritirata. Ricarica la pagina per vedere com’è ora.",
  },
  "station-change-unknown": {
    title: "Richiesta non trovata",
    detail: (): string => "Non c’è nessuna modifica con questo indirizzo.",
  },
  "station-change-decided": {
    title: "È già stata decisa",
    detail: (): string => "Un collega, o chi l’ha inviata, ci ha pensato nel frattempo. Ricarica per vedere.",
  },
  "station-change-moved-on": {
    title: "Nel frattempo è cambiata",
    detail: (): string => "È arrivata una versione nuova della modifica: leggila prima di decidere.",
  },
  "station-without-endpoint": {
    title: "Questo indirizzo non c’è",
    detail: (): string => "La stazione non ha un indirizzo di questo tipo: non c’è niente da provare.",
  },
  "connection-tests-too-many": {
    title: "Troppe prove in poco tempo",
    detail: (f: Facts): string => `Al massimo ${text(f["most"])} ogni ${text(f["minutes"])} minuti. Aspetta un poco.`,
  },
  "institution-not-candidate": {
    title: "Questo ente non si può associare",
    detail: (): string => "Deve avere delegato questo partner su pagoPA, o averlo scelto come intermediario.",
  },
  "institution-not-registered": {
    title: "L’ente non è ancora registrato sul nodo",
    detail: (f: Facts): string =>
      `${text(f["institution"])} deve prima registrarsi in questo ambiente. Lo trova fra le sue cose da fare.`,
  },
  "already-associated": {
    title: "L’ente è già su questa stazione",
    detail: (): string => "C’è una sola associazione per ente e stazione: apri quella che c’è.",
  },
  "segregation-code-taken": {
    title: "Codice segregazione non libero",
    detail: (f: Facts): string =>
      `${text(f["segregationCode"])} è in uso o riservato per questo ente.${f["free"] ? ` Liberi sono, per esempio, ${text(f["free"])}.` : " Scegline un altro."}`,
  },
  "segregation-code-not-associated": {
    title: "Codice segregazione non vostro",
    detail: (f: Facts): string =>
      `L’ente non riceve pagamenti con il codice ${text(f["segregationCode"])} in questo ambiente.`,
  },
  "application-code-taken": {
    title: "Application code non libero",
    detail: (): string => "L’ente lo usa già su un’altra stazione. Scegline un altro, o lascialo vuoto.",
  },
  "broadcast-needs-version-2": {
    title: "Broadcast chiede la versione 2",
    detail: (): string => "Solo una stazione con primitive versione 2 riceve in broadcast.",
  },
  "association-unknown": {
    title: "Associazione non trovata",
    detail: (): string => "Non esiste in questo ambiente, o è di altri.",
  },
  "association-over": {
    title: "L’associazione è finita",
    detail: (): string => "È già stata tolta o rifiutata. Se serve ancora, se ne fa una nuova.",
  },
  "association-moving": {
    title: "L’ente sta passando a un altro partner",
    detail: (): string => "L’associazione resta finché il passaggio non è compiuto, perché i pagamenti non si fermino.",
  },
};
