import type { IbanImportOperation, IbanImportProblem, IbanImportVerdict } from "@area/api";
import { day } from "../languages.ts";

type Facts = Record<string, unknown>;
const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

/** Many accounts with a file, loaded with their pages and by nobody else. The key type of the other languages. */
const it = {
  title: "Carica un file di IBAN",
  lead: "Prima vedi che cosa cambierebbe, riga per riga. Non cambia nulla finché non lo applichi.",
  back: "Tutti gli IBAN",
  drop: "Trascina qui il file, oppure",
  choose: "Scegli un file",
  help: "CSV con descrizione, iban, dataattivazioneiban, operazione (CREATE, UPDATE, DELETE); oppure JSON, anche in ZIP: 10 file, 10 MB. I conti sono dell’ente: quelli di altri si aggiungono uno a uno, con la prova.",
  model: "Scarica un modello",
  checking: "Controllo il file…",
  sending: (percent: number) => `Invio: ${percent}%`,
  files: "File caricati",
  none: "Ancora nessun file. Quelli non applicati restano un mese.",
  columns: { file: "File", rows: "Righe", state: "Stato", uploaded: "Caricato" },
  uploadedBy: (name: string, day: string) => `${name}, ${day}`,
  forPartner: (name: string) => `dal partner ${name}`,
  states: { waiting: "Da applicare", applied: "Applicato", nothing: "Niente da applicare" },
  summary: "Che cosa cambierebbe",
  counts: {
    toAdd: "Da aggiungere",
    toUpdate: "Da cambiare",
    toDelete: "Da ritirare",
    unchanged: "Già così",
    refused: "Da correggere",
  },
  views: { accepted: "In ordine", refused: "Da correggere", unchanged: "Già così" } satisfies Record<
    IbanImportVerdict,
    string
  >,
  viewsLabel: "Quali righe",
  operations: { add: "Aggiunge", change: "Cambia", retire: "Ritira da domani" } satisfies Record<
    IbanImportOperation,
    string
  >,
  row: { line: "Riga", what: "Che cosa fa", iban: "IBAN", description: "Descrizione", why: "Perché no" },
  from: (day: string) => `dal ${day}`,
  noRows: "Nessuna riga.",
  more: "Altre righe",
  download: "Scarica i verdetti",
  apply: (count: number) => (count === 1 ? "Applica 1 riga" : `Applica ${count} righe`),
  partial: (refused: number) =>
    refused === 1
      ? "Applica le righe in ordine e lascia fuori quella da correggere"
      : `Applica le righe in ordine e lascia fuori le ${refused} da correggere`,
  partialWhy: "Altrimenti correggi il file e ricaricalo.",
  applyTitle: (count: number) => (count === 1 ? "Applicare 1 riga?" : `Applicare ${count} righe?`),
  applyDetail:
    "Tutte insieme: se una non va, niente cambia. Ogni amministratore riceve un messaggio. I ritiri partono da domani, e fino ad allora si annullano.",
  cancel: "Non ora",
  applied: "Applicato: gli IBAN sono cambiati, gli amministratori avvisati.",
  appliedBy: (name: string, day: string) => `Applicato da ${name}, ${day}`,
  digest: "Impronta del file (SHA-256)",
  problems: {
    "operation-unknown": (f: Facts) => `Operazione «${text(f.written)}» sconosciuta: CREATE, UPDATE o DELETE`,
    "iban-wrong": () => "L’IBAN non è giusto",
    repeated: (f: Facts) => `Ripete la riga ${text(f.line)}${f.file ? ` di ${text(f.file)}` : ""}`,
    "description-missing": () => "Manca la descrizione",
    "description-not-here": () => "Un ritiro non ha descrizione: lasciala vuota",
    "description-too-long": (f: Facts) => `La descrizione supera ${text(f.maximum)} caratteri`,
    "date-missing": () => "Manca il giorno da cui vale",
    "date-not-here": () => "Il giorno da cui vale si scrive solo per aggiungere: lascialo vuoto",
    "date-wrong": () => "Il giorno non si legge: scrivi gg/mm/aaaa",
    "begins-too-early": (f: Facts) => `Può valere dal ${day("it", text(f.earliest))} in poi`,
    "already-begun": () => "Vale già: l’inizio non si cambia",
    "ends-before-it-begins": () => "La fine viene prima dell’inizio",
    "already-over": () => "La fine è già passata",
    "already-registered": () => "C’è già fra gli IBAN in uso: per cambiarlo scrivi UPDATE",
    unknown: () => "Non è fra gli IBAN in uso dell’ente",
    "of-another-institution": () => "È un conto postale di un altro ente",
    "not-owner": () => "La scadenza la decide un altro ente, che l’ha dichiarato suo per primo",
    labelled: () => "Porta un’etichetta: spostala prima su un altro IBAN",
    last: () => "Resterebbe l’ente senza un conto",
  } satisfies Record<IbanImportProblem, (facts: Facts) => string>,
  partner: {
    download: "Scarica gli IBAN degli enti serviti",
    title: "Carica IBAN per gli enti serviti",
    lead: "Uno ZIP con un JSON per ente. Ogni ente per cui puoi cambiare gli IBAN riceve il suo controllo; degli altri leggi perché no.",
    help: "ZIP con al massimo 10 file JSON, 10 MB in tutto: creditor_institution_code, ibans.",
    open: "Vedi e applica",
    columns: { institution: "Ente", outcome: "Esito" },
    outcome: (accepted: number, refused: number) => `${accepted} in ordine, ${refused} da correggere`,
    unknown: "Nessuna delega attiva da questo codice fiscale",
    notNow: "La delega, il profilo o l’assegnazione non comprendono gli IBAN in questo ambiente",
  },
};

export default it;
export type IbanImportWords = typeof it;
