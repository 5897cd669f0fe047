import type { MailWords } from "./it.ts";

const de: MailWords = {
  subjects: {
    received: (product, institution) => `Beitritt zu ${product} eingegangen: ${institution}`,
    resubmitted: (product, institution) => `Beitritt zu ${product} berichtigt und eingegangen: ${institution}`,
    rejected: (product, institution) => `Beitritt zu ${product} abgelehnt: ${institution}`,
    "changes-requested": (product, institution) => `Beitritt zu ${product} zu berichtigen: ${institution}`,
    "correction-expired": (product, institution) => `Beitritt zu ${product} verfallen: ${institution}`,
    message: (product, institution) => `Eine Nachricht zum Beitritt zu ${product}: ${institution}`,
  },
  received: (product, institution) =>
    `Der Antrag, mit dem ${institution} dem Dienst ${product} beitreten will, ist eingegangen. Eine Person prüft nun die Daten; dann schreiben wir erneut.`,
  by: (day) => `Die Entscheidung kommt bis zum ${day}.`,
  resubmitted: (product, institution) =>
    `Der berichtigte Antrag, mit dem ${institution} dem Dienst ${product} beitreten will, ist eingegangen. Die prüfende Person sieht, was sich geändert hat.`,
  rejected: (product, institution) =>
    `Der Antrag, mit dem ${institution} dem Dienst ${product} beitreten wollte, kann nicht angenommen werden.`,
  reason: "Der Grund:",
  "changes-requested": (product, institution) =>
    `Wer den Antrag geprüft hat, mit dem ${institution} dem Dienst ${product} beitreten will, bittet um Berichtigung.`,
  toCorrect: "Was zu berichtigen ist:",
  message: (product, institution) =>
    `Wer den Antrag prüft, mit dem ${institution} dem Dienst ${product} beitreten will, hat geschrieben:`,
  "correction-expired": (product, institution) =>
    `Die Zeit, den Antrag zu berichtigen, mit dem ${institution} dem Dienst ${product} beitreten wollte, ist vorbei. Ein neuer Antrag kann gesendet werden.`,
  see: "Der Antrag ist zu sehen unter",
  signed: "Area Riservata\nDiese Nachricht ist automatisch: Bitte antworten Sie nicht an diese Adresse.",
};
export default de;
