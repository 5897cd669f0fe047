import type { NominationWords } from "./it.ts";

const words: NominationWords = {
  title: "Ernennungen",
  intro:
    "Bei manchen Produkten ernennt ein von der gesetzlichen Vertretung unterschriebenes Dokument den Administrator. Zugang besteht, sobald es unterschrieben zurück ist.",
  fresh: "Neue Ernennung",
  product: "Produkt",
  until: "Bis",
  write: "Ernennung schreiben",
  written:
    "Ernennung geschrieben: Sie liegt auch in der PEC der Körperschaft. Lassen Sie sie von dort unterschreiben, oder laden Sie sie herunter und hier hoch.",
  signHere: "Zur Unterschrift",
  notHere:
    "Kein Produkt der Körperschaft verlangt unterschriebene Ernennungen: Administratoren werden auf der Seite Personen vergeben.",
  list: "Ernennungen der Körperschaft",
  emptyTitle: "Noch keine Ernennung",
  empty: "Wenn Sie eine schreiben, finden Sie sie hier mit dem Dokument.",
  states: { pending: "Zu unterschreiben", signed: "Unterschrieben", cancelled: "Zurückgezogen" },
  signer: (name) => `${name} unterschreibt`,
  by: (name, day) => `geschrieben von ${name} am ${day}`,
  signedOn: (day) => `unterschrieben am ${day}`,
  download: "Dokument herunterladen",
  file: "Unterschriebenes Dokument (.p7m oder .pdf)",
  send: "Unterschriebenes Dokument hochladen",
  missing: "Wählen Sie zuerst die unterschriebene Datei.",
  done: (name) => `Unterschrift in Ordnung: ${name} hat ab jetzt Zugang.`,
  withdraw: "Zurückziehen",
  withdrawn: "Ernennung zurückgezogen.",
};

export default words;
