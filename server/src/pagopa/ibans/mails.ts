import { day, time } from "@area/words";

const signed = "\n\nArea Riservata\nQuesto messaggio è automatico: non rispondere a questo indirizzo.";
const text = (value: unknown): string => (typeof value === "string" ? value : "");

const happened: Record<string, (f: Record<string, unknown>) => string> = {
  "pagopa.iban.registered": (f) => `È stato aggiunto un IBAN, valido dal ${day("it", text(f.validFrom))}.`,
  "pagopa.iban.changed": (f) =>
    `Sono cambiate descrizione o validità di un IBAN: vale dal ${day("it", text(f.validFrom))}${f.validUntil ? ` al ${day("it", text(f.validUntil))}` : ""}.`,
  "pagopa.iban.labelled": (f) =>
    (f.labels as string[]).length
      ? `Un IBAN ha ora le etichette: ${(f.labels as string[]).map((l) => (l === "cup" ? "CUP" : "Stand-in")).join(", ")}.`
      : "A un IBAN sono state tolte le etichette.",
  "pagopa.iban.retirement-planned": (f) =>
    `È programmato il ritiro di un IBAN: dal ${day("it", text(f.on))} non è più proposto a chi paga.`,
  "pagopa.iban.retirement-cancelled": () => "Il ritiro programmato di un IBAN è stato annullato: l’IBAN resta in uso.",
  "pagopa.iban.retired": () => "Un IBAN è stato ritirato, come era programmato: non è più proposto a chi paga.",
  "pagopa.iban.rules-changed": (f) =>
    f.secondPerson
      ? "Da ora ogni modifica degli IBAN chiede una seconda persona."
      : "Le modifiche degli IBAN non chiedono più una seconda persona.",
};

/** To each administrator: what changed where the institution's money goes. */
export const changed = (f: {
  institution: string;
  what: string;
  iban: string | null;
  environment: "test" | "production";
  facts: Record<string, unknown>;
  at: Date;
  url: string;
}) => ({
  template: f.what,
  subject: `${f.environment === "test" ? "Collaudo: " : ""}IBAN di ${f.institution}${f.iban ? `, …${f.iban.replace(/ /g, "").slice(-4)}` : ""}`,
  text: `${happened[f.what]?.(f.facts) ?? ""}
${f.iban ? `\nIBAN: ${f.iban}` : ""}
Ente: ${f.institution}
Ambiente: ${f.environment === "test" ? "Collaudo" : "Produzione"}
Quando: ${day("it", f.at)} alle ${time("it", f.at)}

Chi l’ha fatto e che cosa è cambiato si vedono qui:
${f.url}

Se non te lo aspettavi, parlane subito con gli altri amministratori dell’ente.${signed}`,
});
