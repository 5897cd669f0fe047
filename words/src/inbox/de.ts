import { day, plural } from "../languages.ts";
import type { InboxWords } from "./it.ts";

const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const many = (count: number, one: string, other: string) => plural("de", count, { one, other });

const words: InboxWords = {
  bar: "Zu erledigen",
  unread: (count) => many(count, "# neue", "# neue"),
  title: "Zu erledigen",
  intro: "Von allen Ihren Körperschaften: was auf Sie wartet und was geschehen ist.",
  viewsLabel: "Was gezeigt wird",
  views: { "to-do": "Zu erledigen", news: "Geschehen", archive: "Abgelegt" },
  preferencesLink: "Was Sie per E-Mail erhalten",
  markAll: "Alles als gelesen markieren",
  marked: "Nichts Neues mehr: alles als gelesen markiert.",
  archive: "Ablegen",
  restore: "Zurückholen",
  archived: "Abgelegt. Sie finden es unter den abgelegten.",
  restored: "Aus der Ablage zurückgeholt.",
  fresh: "Neu",
  settled: (day) => `Erledigt am ${day}`,
  by: (day) => `bis ${day}`,
  empty: {
    "to-do": {
      title: "Nichts zu erledigen",
      why: "Wenn eine Körperschaft etwas von Ihnen erwartet, steht es hier mit dem Datum.",
    },
    news: { title: "Noch keine Neuigkeiten", why: "Hier steht ein Jahr lang, was geschehen ist und Sie betrifft." },
    archive: { title: "Nichts abgelegt", why: "Was Sie ablegen, bleibt hier, und Sie können es zurückholen." },
  },
  kinds: {
    "membership-activated": {
      title: (f) =>
        `Sie haben das Profil „${text(f.profileName)}“${f.productTitle ? ` für ${text(f.productTitle)}` : ""}`,
      why: () => "Es gilt ab sofort.",
      act: "Zur Körperschaft",
    },
    "membership-suspended": {
      title: (f) =>
        `Ihr Profil ist ausgesetzt: „${text(f.profileName)}“${f.productTitle ? ` für ${text(f.productTitle)}` : ""}`,
      why: () => "Es gilt nicht, bis eine Administratorin oder ein Administrator es zurückgibt.",
      act: "Körperschaft ansehen",
    },
    "membership-restored": {
      title: (f) =>
        `Ihr Profil gilt wieder: „${text(f.profileName)}“${f.productTitle ? ` für ${text(f.productTitle)}` : ""}`,
      why: () => "Es gilt ab sofort wieder.",
      act: "Zur Körperschaft",
    },
    "membership-ended": {
      title: (f) =>
        `Ihr Profil ist beendet: „${text(f.profileName)}“${f.productTitle ? ` für ${text(f.productTitle)}` : ""}`,
      why: () => "Es gilt nicht mehr. Wird es noch gebraucht, vergibt es die Administration neu.",
      act: "Ihre Körperschaften ansehen",
    },
    "assistance-answered": {
      title: (f) => `Antwort auf Ihre Anfrage ${text(f["number"])}`,
      why: () => "Der Support hat geantwortet: hier und in Ihrer Post.",
      act: "Antwort lesen",
    },
    "review-warning": {
      title: () => "Die Überprüfung der Zugänge endet bald",
      why: (f) =>
        `Es fehlen noch ${text(f["left"])} Antworten, bis ${day("de", text(f["until"]))}.${f["endsUnanswered"] ? " Was niemand bestätigt, endet." : ""}`,
      act: "Überprüfen",
    },
    "recovery-opened": {
      title: (f) => `${text(f["person"])} möchte die Körperschaft verwalten`,
      why: () =>
        "Kein Administrator antwortet mehr. Ist es nicht richtig, stoppen Sie es: Das kann jeder, der für die Körperschaft arbeitet.",
      act: "Ansehen oder stoppen",
    },
    "recovery-waiting": {
      title: (f) => `${text(f["person"])} verwaltet bald die Körperschaft`,
      why: (f) =>
        `Ab ${day("de", text(f["until"]))}, wenn es vorher niemand stoppt. Das kann jeder, der für die Körperschaft arbeitet.`,
      act: "Ansehen oder stoppen",
    },
    "recovery-completed": {
      title: (f) => `${text(f["person"])} verwaltet die Körperschaft`,
      why: () =>
        "Die Wartezeit ist um und niemand hat es gestoppt. Ist es nicht richtig, schreiben Sie dem Kundendienst.",
      act: "Zur Körperschaft",
    },
    "recovery-stopped": {
      title: (f) => `Antrag von ${text(f["person"])} gestoppt`,
      why: (f) => `${text(f["by"]) || "Wurde gestoppt"}: keine Verwaltung, kein Zugang hat sich geändert.`,
      act: "Zur Körperschaft",
    },
    "onboarding-completed": {
      title: (f) => `Der Beitritt zu ${text(f.productTitle)} ist abgeschlossen`,
      why: (f) => `Die Vereinbarung von ${text(f.institutionName)} ist unterschrieben und in Ordnung.`,
      act: "Beitritt ansehen",
    },
    "onboarding-cancelled": {
      title: (f) => `Der Beitritt zu ${text(f.productTitle)} wurde zurückgezogen`,
      why: (f) => `Zurückgezogen über die PEC von ${text(f.institutionName)}.`,
      act: "Beitritt ansehen",
    },
    "onboarding-expired": {
      title: (f) => `Der Beitritt zu ${text(f.productTitle)} ist abgelaufen`,
      why: (f) => `Die Vereinbarung von ${text(f.institutionName)} wurde nicht rechtzeitig unterschrieben.`,
      act: "Beitritt ansehen",
    },
    "onboarding-changes-requested": {
      title: (f) => `Beitritt zu ${text(f.productTitle)} berichtigen`,
      why: (f) => `Die Prüfung bittet für ${text(f.institutionName)} um eine Änderung.`,
      act: "Berichtigen",
    },
    "onboarding-rejected": {
      title: (f) => `Der Beitritt zu ${text(f.productTitle)} wurde abgelehnt`,
      why: (f) => `Für ${text(f.institutionName)}: Der Grund steht im Antrag.`,
      act: "Grund ansehen",
    },
    "onboarding-message": {
      title: (f) => `Eine Nachricht zum Beitritt zu ${text(f.productTitle)}`,
      why: (f) => `Die Prüfung des Antrags von ${text(f.institutionName)} hat geschrieben.`,
      act: "Lesen und antworten",
    },
    "onboarding-superseded": {
      title: (f) => `Der Beitritt zu ${text(f.productTitle)} ist geschlossen`,
      why: (f) => `Für ${text(f.institutionName)} wurde ein anderer unterschrieben.`,
      act: "Beitritt ansehen",
    },
  },
  topics: {
    "to-do": { name: "Aufgaben", what: "Was fehlt oder bald abläuft, und Anfragen, die auf Sie warten" },
    access: { name: "Ihre Zugänge", what: "Profile, die Sie erhalten oder die sich ändern" },
    onboarding: { name: "Beitritte", what: "Wie die von Ihnen gesendeten Beitritte ausgehen" },
    security: { name: "Sicherheit", what: "Zugänge, die ausgesetzt, zurückgegeben oder beendet werden" },
  },
  preferencesTitle: "Was Sie per E-Mail erhalten",
  preferencesIntro:
    "Alles, was Sie betrifft, steht immer unter „Zu erledigen“. Hier wählen Sie, was auch per E-Mail kommt, an die Adresse, die Sie bei jeder Körperschaft haben.",
  general: "Für alle Körperschaften",
  always: "Immer",
  byMail: "Auch per E-Mail",
  exceptions: "Körperschaften mit anderer Wahl",
  noExceptions: "Für jede Körperschaft gilt die allgemeine Wahl.",
  findInstitution: "Körperschaft hinzufügen: Name oder Steuernummer",
  choose: "Wählen",
  backToGeneral: "Zurück zur allgemeinen Wahl",
  language: "Sprache der E-Mails",
  languageWhy: "PEC an Körperschaften sind auf Italienisch; wo eine andere Amtssprache gilt, in beiden.",
  saved: "Wahl gespeichert. Sie gilt ab der nächsten Nachricht.",
  backToInbox: "Zurück zu „Zu erledigen“",
  mail: {
    greeting: (name) => `${name},`,
    chosen: (link) => `Sie erhalten diese E-Mail, weil Sie es so gewählt haben. Hier können Sie es ändern:\n${link}`,
    always: "Sie erhalten diese E-Mail, weil sie die Sicherheit der Zugänge betrifft: Sie kommt immer.",
    signed: "Area Riservata\nDiese Nachricht ist automatisch: Bitte antworten Sie nicht an diese Adresse.",
  },
};
export default words;
