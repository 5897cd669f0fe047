import type { ReviewOutcome } from "@area/api";

/** What the portal writes about a review. The key type of the other languages. */
const it = {
  subjects: {
    received: (product: string, institution: string) => `Adesione a ${product} ricevuta: ${institution}`,
    resubmitted: (product: string, institution: string) => `Adesione a ${product} corretta e ricevuta: ${institution}`,
    rejected: (product: string, institution: string) => `Adesione a ${product} rifiutata: ${institution}`,
    "changes-requested": (product: string, institution: string) =>
      `Adesione a ${product} da correggere: ${institution}`,
    "correction-expired": (product: string, institution: string) => `Adesione a ${product} scaduta: ${institution}`,
    message: (product: string, institution: string) => `Un messaggio sull’adesione a ${product}: ${institution}`,
  } satisfies Record<
    Exclude<ReviewOutcome, "approved"> | "received" | "resubmitted" | "message" | "correction-expired",
    unknown
  >,
  received: (product: string, institution: string) =>
    `La richiesta con cui ${institution} vuole aderire a ${product} è arrivata. Ora una persona controlla i dati: poi scriviamo di nuovo.`,
  by: (day: string) => `La decisione arriva entro il ${day}.`,
  resubmitted: (product: string, institution: string) =>
    `La richiesta corretta con cui ${institution} vuole aderire a ${product} è arrivata. Chi la controlla vede che cosa è cambiato.`,
  rejected: (product: string, institution: string) =>
    `La richiesta con cui ${institution} voleva aderire a ${product} non può essere accolta.`,
  reason: "Il motivo:",
  "changes-requested": (product: string, institution: string) =>
    `Chi ha controllato la richiesta con cui ${institution} vuole aderire a ${product} chiede di correggerla.`,
  toCorrect: "Che cosa correggere:",
  message: (product: string, institution: string) =>
    `Chi controlla la richiesta con cui ${institution} vuole aderire a ${product} ha scritto:`,
  "correction-expired": (product: string, institution: string) =>
    `Il tempo per correggere la richiesta con cui ${institution} voleva aderire a ${product} è passato. Si può inviare una nuova richiesta.`,
  see: "La richiesta si vede da",
  signed: "Area Riservata\nQuesto messaggio è automatico: non rispondere a questo indirizzo.",
};
export default it;
export type MailWords = typeof it;
