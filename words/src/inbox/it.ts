import type { InboxKind, InboxTopic, InboxView } from "@area/api";
import { day, plural } from "../languages.ts";

type Told = Record<string, unknown>;
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const many = (count: number, one: string, other: string) => plural("it", count, { one, other });
const where = (f: Told) => (f["productTitle"] ? ` su ${text(f["productTitle"])}` : "");

export type Sentence = { title: (facts: Told) => string; why: (facts: Told) => string; act: string };

/** The inbox: what it says on the screen and in the mails. A finding has its own sentence. */
const it = {
  bar: "Da fare",
  unread: (count: number) => many(count, "# nuova", "# nuove"),
  title: "Da fare",
  intro: "Di tutti i tuoi enti: ciò che aspetta te, e ciò che è successo.",
  viewsLabel: "Cosa mostrare",
  views: { "to-do": "Da fare", news: "Successo", archive: "Archiviate" } satisfies Record<InboxView, string>,
  preferencesLink: "Cosa ricevi per posta",
  markAll: "Segna tutto come letto",
  marked: "Niente più di nuovo: tutto segnato come letto.",
  archive: "Archivia",
  restore: "Riprendi",
  archived: "Archiviata. La ritrovi fra le archiviate.",
  restored: "Ripresa dalle archiviate.",
  fresh: "Nuova",
  settled: (day: string) => `Fatta il ${day}`,
  by: (day: string) => `entro il ${day}`,
  empty: {
    "to-do": { title: "Niente da fare", why: "Quando un ente aspetta qualcosa da te, lo trovi qui con la data." },
    news: { title: "Ancora nessuna notizia", why: "Qui trovi ciò che è successo e ti riguarda, per un anno." },
    archive: { title: "Niente di archiviato", why: "Ciò che archivi resta qui, e lo puoi riprendere." },
  } satisfies Record<InboxView, { title: string; why: string }>,
  kinds: {
    "membership-activated": {
      title: (f) => `Hai il profilo «${text(f["profileName"])}»${where(f)}`,
      why: () => "Vale da adesso.",
      act: "Vai all’ente",
    },
    "membership-suspended": {
      title: (f) => `Sospeso il tuo profilo «${text(f["profileName"])}»${where(f)}`,
      why: () => "Non vale finché un amministratore non lo restituisce.",
      act: "Vedi l’ente",
    },
    "membership-restored": {
      title: (f) => `Restituito il tuo profilo «${text(f["profileName"])}»${where(f)}`,
      why: () => "Vale di nuovo da adesso.",
      act: "Vai all’ente",
    },
    "membership-ended": {
      title: (f) => `Finito il tuo profilo «${text(f["profileName"])}»${where(f)}`,
      why: () => "Da adesso non vale più. Se serve ancora, lo ridà un amministratore.",
      act: "Vedi i tuoi enti",
    },
    "assistance-answered": {
      title: (f) => `Risposta alla tua richiesta ${text(f["number"])}`,
      why: () => "L’Assistenza ha risposto: la trovi qui e nella tua posta.",
      act: "Leggi la risposta",
    },
    "review-warning": {
      title: () => "Il riesame degli accessi sta per finire",
      why: (f) =>
        `Mancano ancora ${text(f["left"])} risposte, entro il ${day("it", text(f["until"]))}.${f["endsUnanswered"] ? " Ciò che nessuno conferma finisce." : ""}`,
      act: "Riesamina",
    },
    "recovery-opened": {
      title: (f) => `${text(f["person"])} chiede di amministrare l’ente`,
      why: () => "Nessun amministratore risponde più. Se non è giusto, fermalo: può farlo chiunque lavora per l’ente.",
      act: "Vedi, o ferma",
    },
    "recovery-waiting": {
      title: (f) => `${text(f["person"])} sta per amministrare l’ente`,
      why: (f) =>
        `Dal ${day("it", text(f["until"]))}, se nessuno lo ferma prima. Può farlo chiunque lavora per l’ente.`,
      act: "Vedi, o ferma",
    },
    "recovery-completed": {
      title: (f) => `${text(f["person"])} amministra l’ente`,
      why: () => "L’attesa è finita e nessuno l’ha fermato. Se non è giusto, scrivi all’Assistenza.",
      act: "Vai all’ente",
    },
    "recovery-stopped": {
      title: (f) => `Fermata la richiesta di ${text(f["person"])}`,
      why: (f) => `${text(f["by"]) || "È stata fermata"}: non amministra l’ente, nessun accesso è cambiato.`,
      act: "Vai all’ente",
    },
    "onboarding-completed": {
      title: (f) => `Completata l’adesione a ${text(f["productTitle"])}`,
      why: (f) => `L’accordo di ${text(f["institutionName"])} è firmato e in ordine.`,
      act: "Vedi l’adesione",
    },
    "onboarding-cancelled": {
      title: (f) => `Annullata l’adesione a ${text(f["productTitle"])}`,
      why: (f) => `L’ha annullata chi legge la PEC di ${text(f["institutionName"])}.`,
      act: "Vedi l’adesione",
    },
    "onboarding-expired": {
      title: (f) => `Scaduta l’adesione a ${text(f["productTitle"])}`,
      why: (f) => `L’accordo di ${text(f["institutionName"])} non è stato firmato in tempo.`,
      act: "Vedi l’adesione",
    },
    "onboarding-changes-requested": {
      title: (f) => `Da correggere l’adesione a ${text(f["productTitle"])}`,
      why: (f) => `Chi la controlla per ${text(f["institutionName"])} chiede una modifica.`,
      act: "Correggi",
    },
    "onboarding-rejected": {
      title: (f) => `Rifiutata l’adesione a ${text(f["productTitle"])}`,
      why: (f) => `Per ${text(f["institutionName"])}: il motivo è scritto nella richiesta.`,
      act: "Vedi il motivo",
    },
    "onboarding-message": {
      title: (f) => `Un messaggio sull’adesione a ${text(f["productTitle"])}`,
      why: (f) => `Ha scritto chi controlla la richiesta di ${text(f["institutionName"])}.`,
      act: "Leggi e rispondi",
    },
    "onboarding-superseded": {
      title: (f) => `Chiusa l’adesione a ${text(f["productTitle"])}`,
      why: (f) => `Per ${text(f["institutionName"])} ne è stata firmata un’altra.`,
      act: "Vedi l’adesione",
    },
  } satisfies Record<Exclude<InboxKind, "finding">, Sentence> as Record<Exclude<InboxKind, "finding">, Sentence>,
  topics: {
    "to-do": { name: "Cose da fare", what: "Ciò che manca o sta per scadere, e le richieste che aspettano te" },
    access: { name: "I tuoi accessi", what: "Profili che ricevi o che cambiano" },
    onboarding: { name: "Adesioni", what: "Come finiscono le adesioni che hai inviato" },
    security: { name: "Sicurezza", what: "Accessi sospesi, restituiti o finiti" },
  } satisfies Record<InboxTopic, { name: string; what: string }>,
  preferencesTitle: "Cosa ricevi per posta",
  preferencesIntro:
    "Tutto ciò che ti riguarda è sempre in «Da fare». Qui scegli cosa arriva anche per e-mail, all’indirizzo che hai presso ogni ente.",
  general: "Per tutti gli enti",
  always: "Sempre",
  byMail: "Anche per e-mail",
  exceptions: "Enti per cui vale altro",
  noExceptions: "Per ogni ente vale la scelta generale.",
  findInstitution: "Aggiungi un ente: nome o codice fiscale",
  choose: "Scegli",
  backToGeneral: "Torna alla scelta generale",
  language: "Lingua delle e-mail",
  languageWhy: "Le PEC agli enti sono in italiano; dove c’è un’altra lingua ufficiale, in tutte e due.",
  saved: "Scelta salvata. Vale dal prossimo messaggio.",
  backToInbox: "Torna a «Da fare»",
  mail: {
    greeting: (name: string) => `${name},`,
    chosen: (link: string) => `Ricevi questa e-mail perché lo hai scelto. Puoi cambiare idea da qui:\n${link}`,
    always: "Ricevi questa e-mail perché riguarda la sicurezza degli accessi: arriva sempre.",
    signed: "Area Riservata\nQuesto messaggio è automatico: non rispondere a questo indirizzo.",
  },
};

export type InboxWords = typeof it;
export default it;
