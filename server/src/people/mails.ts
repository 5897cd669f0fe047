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

/* An institution without administrators. The same facts go to its PEC, to who signs for it and to who asks. */
type Recovering = { who: string; institution: string };

export const recoveryToPec = (
  f: Recovering & { says: string; message: string; until: Date; link: string },
): Letter => ({
  template: "people-recovery-pec",
  subject: `${f.who} chiede di amministrare ${f.institution} in Area Riservata`,
  text: `${f.who}, ${f.says}, chiede di diventare amministratore di ${f.institution} in Area Riservata, perché nessun amministratore risponde più.

Se è una persona dell’ente, confermatelo da questo link entro ${dayInWords("it", f.until)} (${day("it", f.until)}). Se non la conoscete, fermatela dallo stesso link:
${f.link}
${f.message ? `\nHa scritto: «${f.message}»\n` : ""}
Conferma anche il legale rappresentante. Poi passano alcuni giorni, in cui chiunque lavora per l’ente può ancora fermare la richiesta.${signed}`,
});

export const recoveryToRepresentative = (f: Recovering & { name: string; until: Date; link: string }): Letter => ({
  template: "people-recovery-representative",
  subject: `${f.who} chiede di amministrare ${f.institution}`,
  text: `${f.name}, ci risulti legale rappresentante di ${f.institution}. ${f.who} chiede di diventarne amministratore in Area Riservata, perché nessun amministratore risponde più.

Entra con SPID o CIE e conferma, o ferma la richiesta, entro ${dayInWords("it", f.until)} (${day("it", f.until)}):
${f.link}

Se non rappresenti più l’ente, non confermare: risponde il personale.${signed}`,
});

export const recoveryReceived = (
  f: Recovering & { pec: string; representative: boolean; until: Date; link: string },
): Letter => ({
  template: "people-recovery-received",
  subject: `La tua richiesta di amministrare ${f.institution}`,
  text: `${f.who}, abbiamo scritto alla PEC ${f.pec}${f.representative ? " e al legale rappresentante" : ""}. Servono le conferme entro il ${day("it", f.until)}${f.representative ? "" : "; al posto del legale rappresentante, che non conosciamo, conferma il personale"}.

A che punto è:
${f.link}${signed}`,
});

export const recoveryWaits = (f: Recovering & { until: Date; link: string }): Letter => ({
  template: "people-recovery-waits",
  subject: `${f.who} amministrerà ${f.institution} dal ${day("it", f.until)}`,
  text: `Le conferme ci sono: ${f.who} diventa amministratore di ${f.institution} il ${day("it", f.until)}, se nessuno dell’ente lo ferma prima.

Vedi, o ferma:
${f.link}${signed}`,
});

export const recoveryEnded = (
  f: Recovering & { outcome: "completed" | "stopped" | "expired"; link: string },
): Letter => ({
  template: `people-recovery-${f.outcome}`,
  subject:
    f.outcome === "completed"
      ? `Sei amministratore di ${f.institution}`
      : `La richiesta di amministrare ${f.institution} ${f.outcome === "stopped" ? "è stata fermata" : "è scaduta"}`,
  text: `${f.who}, ${
    f.outcome === "completed"
      ? `da adesso amministri ${f.institution}. Per prima cosa invita un secondo amministratore: così non succede più.`
      : f.outcome === "stopped"
        ? `la richiesta di amministrare ${f.institution} è stata fermata. Non hai nessun accesso nuovo.`
        : `le conferme per amministrare ${f.institution} non sono arrivate in tempo. Puoi chiederlo di nuovo.`
  }

${f.link}${signed}`,
});

export const representativeChanged = (f: {
  institution: string;
  now: string;
  before: string | null;
  by: string;
  link: string;
}): Letter => ({
  template: "people-representative-changed",
  subject: `${f.institution}: dichiarato un nuovo legale rappresentante`,
  text: `${f.by} ha dichiarato in Area Riservata che il legale rappresentante di ${f.institution} è ${f.now}${f.before ? `, al posto di ${f.before}` : ""}.

Se non è vero, un amministratore lo corregge da qui, e l’Assistenza può aiutare:
${f.link}${signed}`,
});

export const recoveryToStaff = (f: { who: string; institution: string; link: string }): Letter => ({
  template: "people-recovery-staff",
  subject: `Da verificare: ${f.who} chiede di amministrare ${f.institution}`,
  text: `${f.who} chiede di amministrare ${f.institution}, rimasto senza amministratori. Non sappiamo chi ne è il legale rappresentante: qualcuno del personale verifica e conferma, o ferma.

${f.link}${signed}`,
});
