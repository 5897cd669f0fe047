/** How the answer ends: success, one of the errors SPID lets a person meet, or a response broken on purpose. */
export const OUTCOMES = {
  ok: "Accesso riuscito",
  nr19: "19 · Credenziali sbagliate più volte",
  nr20: "20 · Credenziali di livello insufficiente",
  nr21: "21 · Tempo scaduto",
  nr22: "22 · Consenso negato",
  nr23: "23 · Identità sospesa o revocata",
  nr25: "25 · Accesso annullato dalla persona",
  nr30: "30 · Tipo di identità non ammesso",
  expired: "Asserzione scaduta",
  "wrong-audience": "Audience di un altro servizio",
  "wrong-destination": "Destination di un altro indirizzo",
  "unsigned-assertion": "Asserzione non firmata",
  tampered: "Cambiata dopo la firma",
  "other-key": "Firmata con un’altra chiave",
} as const;

export type Outcome = keyof typeof OUTCOMES;
export const ERRORS = (Object.keys(OUTCOMES) as Outcome[]).filter((o) => o.startsWith("nr"));
export const BROKEN = (Object.keys(OUTCOMES) as Outcome[]).filter((o) => o !== "ok" && !o.startsWith("nr"));

export function isOutcome(value: string): value is Outcome {
  return Object.hasOwn(OUTCOMES, value);
}
