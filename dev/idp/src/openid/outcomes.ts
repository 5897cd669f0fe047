/** How a login by OpenID ends: well, with an error of the protocol, or with tokens broken on purpose. */
export const OPENID_OUTCOMES = {
  ok: "Accesso riuscito",
  access_denied: "Accesso negato o annullato",
  consent_required: "Consenso negato",
  login_required: "Tempo scaduto",
  temporarily_unavailable: "Gestore non disponibile",
  invalid_request: "Richiesta giudicata sbagliata",
  "low-level": "Livello più basso del richiesto",
  tampered: "Token cambiato dopo la firma",
  "other-key": "Token firmato con un’altra chiave",
  "other-nonce": "Nonce di un’altra richiesta",
  "wrong-audience": "Token per un altro servizio",
  expired: "Token scaduto",
  "other-person": "Userinfo di un’altra persona",
  unencrypted: "Userinfo non cifrato",
} as const;

export type OpenIdOutcome = keyof typeof OPENID_OUTCOMES;
const all = Object.keys(OPENID_OUTCOMES) as OpenIdOutcome[];
const broken = all.slice(all.indexOf("low-level"));

export const OPENID_GROUPS = [
  { label: "Errori del protocollo", outcomes: all.filter((o) => o !== "ok" && !broken.includes(o)) },
  { label: "Risposte rotte, da rifiutare", outcomes: broken },
];

export const isOpenIdOutcome = (value: string): value is OpenIdOutcome => Object.hasOwn(OPENID_OUTCOMES, value);
/** An error needs nobody; every other answer is about somebody. */
export const isError = (outcome: OpenIdOutcome): boolean => OPENID_GROUPS[0]!.outcomes.includes(outcome);
