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
  "pagopa.iban.import-applied": (f) =>
    `È stato applicato un file di IBAN: ${String(f.added)} aggiunti, ${String(f.changed)} cambiati, ${String(f.retiring)} in ritiro da domani.`,
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
  /** Who did it, and for which partner; null when the day that was planned came by itself. */
  by: string | null;
  partner: string | null;
  url: string;
}) => ({
  template: f.what,
  subject: `${f.environment === "test" ? "Collaudo: " : ""}IBAN di ${f.institution}${f.iban ? `, …${f.iban.replace(/ /g, "").slice(-4)}` : ""}`,
  text: `${happened[f.what]?.(f.facts) ?? ""}
${f.iban ? `\nIBAN: ${f.iban}` : ""}
Ente: ${f.institution}
Ambiente: ${f.environment === "test" ? "Collaudo" : "Produzione"}
Quando: ${day("it", f.at)} alle ${time("it", f.at)}

Chi: ${f.by ? `${f.by}${f.partner ? `, per conto del partner ${f.partner}` : ""}` : "il portale, nel giorno programmato"}

Che cosa è cambiato si vede qui:
${f.url}

Se non te lo aspettavi, fermalo subito:
- ${stops(f.what)}
- guarda in «Utenti» chi può cambiare gli IBAN, e sospendi chi non deve;${f.partner ? "\n- in «Deleghe» puoi sospendere la delega del partner all’istante;" : ""}
- parlane con gli altri amministratori, o chiedi aiuto con «Assistenza».${signed}`,
});

/** The first thing to do, for each kind of change: what undoes it. */
const stops = (what: string): string =>
  what === "pagopa.iban.registered"
    ? "apri l’IBAN e programma il suo ritiro, o sposta più avanti il giorno da cui vale;"
    : what === "pagopa.iban.changed"
      ? "apri l’IBAN e rimetti descrizione e date com’erano;"
      : what === "pagopa.iban.labelled"
        ? "apri l’IBAN che portava l’etichetta e rimettila lì: vale da subito;"
        : what === "pagopa.iban.retirement-planned"
          ? "apri l’IBAN e annulla il ritiro: si può fino al giorno prima;"
          : what === "pagopa.iban.retirement-cancelled"
            ? "apri l’IBAN e programma di nuovo il ritiro;"
            : what === "pagopa.iban.import-applied"
              ? "apri il file, guarda le righe, e da ogni IBAN annulla il ritiro o programmalo;"
              : what === "pagopa.iban.rules-changed"
                ? "apri gli IBAN e rimetti la regola com’era;"
                : "registra di nuovo l’IBAN;";
