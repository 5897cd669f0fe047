import { day, dayInWords } from "@area/words";

/* What this room writes to people, in Italian. Plain text: who, what, by when, and the one thing to do. */
export type Letter = { template: string; subject: string; text: string };

const signed = "\n\nArea Riservata\nQuesto messaggio è automatico: non rispondere a questo indirizzo.";

export const invitation = (f: {
  name: string;
  institution: string;
  inviter: string;
  offers: string[];
  expiresAt: Date;
  link: string;
}): Letter => ({
  template: "people-invitation",
  subject: `${f.inviter} ti invita a lavorare per ${f.institution}`,
  text: `${f.name}, ${f.inviter} ti invita a lavorare per ${f.institution} in Area Riservata.

Che cosa avrai:
${f.offers.map((offer) => `- ${offer}`).join("\n")}

Accetta entro ${dayInWords("it", f.expiresAt)} (${day("it", f.expiresAt)}), entrando con SPID o CIE:
${f.link}

Il link vale solo per te: chi entra con un altro codice fiscale non può usarlo.${signed}`,
});

export const invitationAccepted = (f: { invited: string; institution: string; url: string }): Letter => ({
  template: "people-invitation-accepted",
  subject: `${f.invited} ha accettato l’invito di ${f.institution}`,
  text: `${f.invited} ha accettato il tuo invito e ora lavora per ${f.institution}.

Vedi che cosa può fare:
${f.url}${signed}`,
});

export const accessRequested = (f: {
  who: string;
  institution: string;
  what: string;
  until: Date | null;
  message: string;
  url: string;
}): Letter => ({
  template: "people-access-requested",
  subject: `${f.who} chiede ${f.what}`,
  text: `${f.who} chiede ${f.what} per ${f.institution}${f.until ? `, fino al ${day("it", f.until)}` : ""}.
${f.message ? `\n«${f.message}»\n` : ""}
Rispondi con un clic:
${f.url}${signed}`,
});

export const accessAnswered = (f: {
  institution: string;
  what: string;
  granted: boolean;
  by: string;
  endsAt: Date | null;
  note: string;
  url: string;
}): Letter => ({
  template: f.granted ? "people-access-granted" : "people-access-refused",
  subject: f.granted ? `Hai ${f.what} per ${f.institution}` : `${f.institution}: la tua richiesta non è stata accolta`,
  text: `${f.granted ? `${f.by} ti ha dato ${f.what} per ${f.institution}${f.endsAt ? `, fino al ${day("it", f.endsAt)}` : ""}. Vale da subito.` : `${f.by} non ti ha dato ${f.what} per ${f.institution}.`}
${f.note ? `\n«${f.note}»\n` : ""}
${f.url}${signed}`,
});

export const accessChanged = (f: { name: string; institution: string; now: string[]; url: string }): Letter => ({
  template: "people-access-changed",
  subject: `Il tuo accesso a ${f.institution} è cambiato`,
  text: `${f.name}, il tuo accesso a ${f.institution} è cambiato.

${f.now.length ? `Adesso hai:\n${f.now.map((line) => `- ${line}`).join("\n")}` : "Adesso non hai più nessun accesso."}

Se non te lo aspettavi, parlane con un amministratore dell’ente.
${f.url}${signed}`,
});
