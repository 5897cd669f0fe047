import { day, dayInWords, type Language } from "@area/words";
import { type Letter, letterIn } from "../notifications/index.ts";

/*
 * What this room writes to people. Plain text: who, what, by when, and the one thing to do. What concerns an institution that lost
 * its administrators, or who signs for it, in the languages of the institution; the rest in Italian.
 */
export type { Letter };

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
type Languages = readonly Language[];

export const recoveryToPec = (
  languages: Languages,
  f: Recovering & { says: "legal-representative" | "member"; message: string; until: Date; link: string },
): Letter =>
  letterIn(languages, "people-recovery-pec", (words, dates) => ({
    subject: words.recoveryToPec.subject(f),
    text: [
      words.recoveryToPec.text({ ...f, says: words.says[f.says], by: dates.inWords(f.until) }),
      f.message ? words.wrote(f.message) : "",
      words.recoveryToPec.afterwards,
    ],
  }));

export const recoveryToRepresentative = (
  languages: Languages,
  f: Recovering & { name: string; until: Date; link: string },
): Letter =>
  letterIn(languages, "people-recovery-representative", (words, dates) => ({
    subject: words.recoveryToRepresentative.subject(f),
    text: [words.recoveryToRepresentative.text({ ...f, by: dates.inWords(f.until) })],
  }));

export const recoveryReceived = (
  languages: Languages,
  f: Recovering & { pec: string; representative: boolean; until: Date; link: string },
): Letter =>
  letterIn(languages, "people-recovery-received", (words, dates) => ({
    subject: words.recoveryReceived.subject(f),
    text: [words.recoveryReceived.text({ ...f, day: dates.day(f.until) })],
  }));

export const recoveryWaits = (languages: Languages, f: Recovering & { until: Date; link: string }): Letter =>
  letterIn(languages, "people-recovery-waits", (words, dates) => ({
    subject: words.recoveryWaits.subject({ ...f, day: dates.day(f.until) }),
    text: [words.recoveryWaits.text({ ...f, day: dates.day(f.until) })],
  }));

export const recoveryEnded = (
  languages: Languages,
  f: Recovering & { outcome: "completed" | "stopped" | "expired"; link: string },
): Letter =>
  letterIn(languages, `people-recovery-${f.outcome}`, (words) => ({
    subject: words.recoveryEnded.subject[f.outcome](f),
    text: [words.recoveryEnded.text[f.outcome](f), f.link],
  }));

export const representativeChanged = (
  languages: Languages,
  f: { institution: string; now: string; before: string | null; by: string | null; link: string },
): Letter =>
  letterIn(languages, "people-representative-changed", (words) => ({
    subject: words.representativeChanged.subject(f),
    text: [words.representativeChanged.text({ ...f, by: f.by ?? words.representativeChanged.administrator })],
  }));

export const recoveryToStaff = (f: { who: string; institution: string; link: string }): Letter => ({
  template: "people-recovery-staff",
  subject: `Da verificare: ${f.who} chiede di amministrare ${f.institution}`,
  text: `${f.who} chiede di amministrare ${f.institution}, rimasto senza amministratori. Non sappiamo chi ne è il legale rappresentante: qualcuno del personale verifica e conferma, o ferma.

${f.link}${signed}`,
});
