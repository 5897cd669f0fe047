import { day, dayInWords } from "@area/words";

/*
 * What the portal writes to people and to certified mailboxes, in Italian. Plain text: it says who, what, by when, and the one thing to do.
 */
export type Letter = { template: string; subject: string; text: string };

const signed = "\n\nArea Riservata\nQuesto messaggio è automatico: non rispondere a questo indirizzo.";

export const toSign = (f: {
  institution: string;
  product: string;
  signer: string;
  requester: string;
  expiresAt: Date;
  signLink: string;
  cancelLink: string;
  sha256: string;
}): Letter => ({
  template: "onboarding-to-sign",
  subject: `Accordo ${f.product} da firmare entro il ${day("it", f.expiresAt)}`,
  text: `${f.institution} ha chiesto di aderire a ${f.product}.

L’accordo è pronto. Deve firmarlo ${f.signer}, legale rappresentante, entro ${dayInWords("it", f.expiresAt)} (${day("it", f.expiresAt)}).

1. Scarica l’accordo e carica il file firmato da qui:
${f.signLink}

Va bene la firma CAdES (.p7m) o PAdES (.pdf). Firma il file così com’è: il protocollo va dopo la firma, non prima.
Impronta SHA-256 dell’accordo: ${f.sha256}

2. L’ente non vuole aderire? Annulla la richiesta da qui:
${f.cancelLink}

La richiesta è stata inviata da ${f.requester}. Aprire i link non comporta nulla: conta solo il file firmato che viene accettato, o l’annullamento.${signed}`,
});

/** The same letter with what makes it urgent said first. */
export const reminder = (daysLeft: number, letter: Letter): Letter => ({
  ...letter,
  template: "onboarding-reminder",
  subject: `${daysLeft === 1 ? "Manca un giorno" : `Mancano ${daysLeft} giorni`}: ${letter.subject}`,
});
/** The letter sent again, or with more time. */
export const toSignAgain = (why: "resent" | "extended", letter: Letter): Letter => ({
  ...letter,
  template: `onboarding-${why}`,
  text:
    why === "extended"
      ? `Il tempo per firmare è stato allungato. I link di prima non valgono oltre il vecchio termine: usa questi.\n\n${letter.text}`
      : letter.text,
});

export const toRequester = (f: {
  name: string;
  institution: string;
  product: string;
  pec: string;
  signer: string;
  expiresAt: Date;
  url: string;
}): Letter => ({
  template: "onboarding-requester",
  subject: `Adesione a ${f.product} inviata per ${f.institution}`,
  text: `L’accordo è partito verso la PEC dell’ente: ${f.pec}.
Deve firmarlo ${f.signer} entro il ${day("it", f.expiresAt)}. Dal momento della firma ${f.product} è attivo.

Puoi seguire a che punto è da qui:
${f.url}${signed}`,
});

export const toAdministrator = (f: {
  name: string;
  institution: string;
  product: string;
  signer: string;
  url: string;
}): Letter => ({
  template: "onboarding-named",
  subject: `Sei indicata o indicato come amministratore di ${f.product} per ${f.institution}`,
  text: `${f.name}, l’accordo con cui ${f.institution} aderisce a ${f.product} indica il tuo nome come amministratore.

Per ora non devi fare nulla. Quando ${f.signer} firma, ti scriviamo: entrerai con SPID da
${f.url}${signed}`,
});

export const completedToInstitution = (f: {
  institution: string;
  product: string;
  at: Date;
  administrators: string[];
  url: string;
}): Letter => ({
  template: "onboarding-completed",
  subject: `${f.product} è attivo per ${f.institution}`,
  text: `L’accordo firmato è stato accettato il ${day("it", f.at)}: ${f.product} è attivo.

Amministratori: ${f.administrators.join(", ")}. Da adesso possono entrare con SPID da
${f.url}
e lì trovano l’accordo firmato e la storia di ciò che è successo.${signed}`,
});

export const completedToPerson = (f: {
  name: string;
  institution: string;
  product: string;
  role: "administrator" | "manager" | "requester";
  url: string;
}): Letter => ({
  template: `onboarding-completed-${f.role}`,
  subject: `${f.product} è attivo per ${f.institution}`,
  text:
    f.role === "administrator"
      ? `${f.name}, l’accordo è firmato: sei amministratore di ${f.product} per ${f.institution}.\nEntra con SPID o CIE da\n${f.url}${signed}`
      : `${f.name}, l’accordo con cui ${f.institution} aderisce a ${f.product} è firmato e accettato. Non devi fare altro.${signed}`,
});

export const ended = (f: {
  institution: string;
  product: string;
  why: "cancelled" | "expired" | "superseded";
  url: string;
}): Letter => ({
  template: `onboarding-${f.why}`,
  subject: `Adesione a ${f.product} ${f.why === "cancelled" ? "annullata" : f.why === "expired" ? "scaduta" : "non più necessaria"}: ${f.institution}`,
  text: `${
    f.why === "cancelled"
      ? `La richiesta con cui ${f.institution} voleva aderire a ${f.product} è stata annullata. I link già inviati non valgono più.`
      : f.why === "expired"
        ? `Il tempo per firmare l’accordo ${f.product} di ${f.institution} è passato. I link già inviati non valgono più.`
        : `${f.institution} ha già aderito a ${f.product} con un’altra richiesta: questa non serve più.`
  }\n\nPer aderire si può inviare una nuova richiesta da\n${f.url}${signed}`,
});

export const left = (f: {
  institution: string;
  product: string;
  at: Date;
  switchesOff: string[];
  url: string;
}): Letter => ({
  template: "onboarding-left",
  subject: `${f.institution} ha lasciato ${f.product}`,
  text: `Dal ${day("it", f.at)} ${f.institution} non ha più ${f.product}: l’accordo è finito e i profili sul prodotto non valgono più.
${f.switchesOff.length ? `\n${f.switchesOff.map((one) => `- ${one}`).join("\n")}\n` : ""}
Chi l’ha fatto e quando si vede nella storia dell’ente. Per tornare si invia una nuova adesione da
${f.url}${signed}`,
});

export const aggregatesApplied = (f: {
  institution: string;
  product: string;
  joined: number;
  skipped: number;
  url: string;
}): Letter => ({
  template: "aggregates-applied",
  subject: `Enti aggiunti a ${f.product}: ${f.joined}`,
  text: `Con l’accordo firmato da ${f.institution} hanno aderito a ${f.product} ${f.joined} enti.${
    f.skipped
      ? ` ${f.skipped} righe del file erano in ordine al controllo e non lo erano più quando è stato il loro turno.`
      : ""
  }

Riga per riga si vede da
${f.url}${signed}`,
});

export const draftHandedOver = (f: {
  from: string;
  product: string;
  institution: string | null;
  link: string;
}): Letter => ({
  template: "draft-handed-over",
  subject: `${f.from} ti passa la bozza di adesione a ${f.product}`,
  text: `${f.from} ha cominciato l’adesione a ${f.product}${f.institution ? ` per ${f.institution}` : ""} e te la passa.

Entra con la tua identità e trovi tutto ciò che è già compilato:
${f.link}

Il link vale 7 giorni e per una sola persona.${signed}`,
});
