/** What SPID calls each anomaly of a request (technical rules, table of error messages). */
const MEANING: Record<number, string> = {
  4: "Formato del binding non corretto",
  5: "Verifica della firma fallita",
  6: "Binding usato con il metodo HTTP sbagliato",
  7: "Firma della richiesta assente o non ammessa",
  8: "Richiesta non conforme a SAML",
  9: "Version assente o diversa da 2.0",
  10: "Issuer assente, malformato o sconosciuto",
  11: "ID assente o malformato",
  12: "RequestedAuthnContext assente o non valido",
  13: "IssueInstant assente, malformato o non coerente con l’ora di arrivo",
  14: "Destination assente o diversa dall’indirizzo di arrivo",
  15: "IsPassive presente",
  16: "AssertionConsumerService non valido",
  17: "NameIDPolicy assente o non valida",
  18: "AttributeConsumingServiceIndex assente o non registrato",
};

/** A request that does not fit. A production IdP sends many of these back to the SP; here they are shown at once. */
export type Anomaly = Error & { nr: number };

export function anomaly(nr: number, detail: string): Anomaly {
  return Object.assign(new Error(detail), { nr });
}

export function isAnomaly(error: unknown): error is Anomaly {
  return error instanceof Error && "nr" in error && typeof error.nr === "number";
}

export function meaningOf(nr: number): string {
  return MEANING[nr] ?? "Anomalia";
}
