import type { AssistanceWords } from "./it.ts";

const words: AssistanceWords = {
  title: "Hilfe anfordern",
  intro:
    "Die Anfrage bringt die Seite mit, auf der Sie waren, und den angezeigten Code: Sie müssen sie nicht beschreiben.",
  form: "Ihre Anfrage",
  page: "Seite",
  code: "Code",
  message: "Was geschieht",
  messageHelp: "Was Sie tun wollten und was geschah. Keine Passwörter, keine Einmalcodes.",
  email: "E-Mail für die Antwort",
  emailHelp: "Die Antwort kommt hierher und in „Zu erledigen“.",
  send: "Anfrage senden",
  sending: "Wird gesendet…",
  sent: (number) => `Anfrage ${number} gesendet. Wir antworten an Werktagen.`,
  mine: "Ihre Anfragen",
  none: "Sie haben noch nichts gefragt.",
  number: (number) => `Anfrage ${number}`,
  asked: (day) => `gesendet am ${day}`,
  states: { open: "Wartet", answered: "Beantwortet" },
  answer: (day) => `Antwort vom ${day}`,
  before: "Die häufigsten Fragen",
  staff: {
    title: "Support",
    intro: "Wer Hilfe anfordert, mit der Seite und dem angezeigten Code. Die Antwort erreicht die Person.",
    list: "Anfragen",
    all: "Alle ansehen",
    onlyOpen: "Wartende ansehen",
    emptyTitle: "Keine wartende Anfrage",
    empty: "Fordert jemand von einer Seite Hilfe an, erscheint es hier.",
    by: (name) => `von ${name}`,
    answer: "Antworten",
    answerTitle: (name) => `Antwort an ${name}`,
    text: "Text der Antwort",
    textHelp: (language) => `Wer geschrieben hat, liest in dieser Sprache: ${language}.`,
    send: "Antwort senden",
    cancel: "Abbrechen",
    sent: "Antwort gesendet.",
  },
};

export default words;
