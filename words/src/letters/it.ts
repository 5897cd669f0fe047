type Who = { who: string; institution: string };
type Sides = { delegator: string; partner: string; product: string };

/** What the portal writes about recoveries, legal representatives, assistance and delegations. The key type of the other languages. */
const it = {
  signed: "Area Riservata\nQuesto messaggio è automatico: non rispondere a questo indirizzo.",
  wrote: (message: string) => `Ha scritto: «${message}»`,
  says: {
    "legal-representative": "che dice di esserne legale rappresentante",
    member: "che dice di lavorarci",
  },
  recoveryToPec: {
    subject: (f: Who) => `${f.who} chiede di amministrare ${f.institution} in Area Riservata`,
    text: (f: Who & { says: string; by: string; link: string }) =>
      `${f.who}, ${f.says}, chiede di diventare amministratore di ${f.institution} in Area Riservata, perché nessun amministratore risponde più.\n\nSe è una persona dell’ente, confermatelo da questo link entro ${f.by}. Se non la conoscete, fermatela dallo stesso link:\n${f.link}`,
    afterwards:
      "Conferma anche il legale rappresentante. Poi passano alcuni giorni, in cui chiunque lavora per l’ente può ancora fermare la richiesta.",
  },
  recoveryToRepresentative: {
    subject: (f: Who) => `${f.who} chiede di amministrare ${f.institution}`,
    text: (f: Who & { name: string; by: string; link: string }) =>
      `${f.name}, ci risulti legale rappresentante di ${f.institution}. ${f.who} chiede di diventarne amministratore in Area Riservata, perché nessun amministratore risponde più.\n\nEntra con SPID o CIE e conferma, o ferma la richiesta, entro ${f.by}:\n${f.link}\n\nSe non rappresenti più l’ente, non confermare: risponde il personale.`,
  },
  recoveryReceived: {
    subject: (f: Who) => `La tua richiesta di amministrare ${f.institution}`,
    text: (f: Who & { pec: string; representative: boolean; day: string; link: string }) =>
      `${f.who}, abbiamo scritto alla PEC ${f.pec}${f.representative ? " e al legale rappresentante" : ""}. Servono le conferme entro il ${f.day}${f.representative ? "" : "; al posto del legale rappresentante, che non conosciamo, conferma il personale"}.\n\nA che punto è:\n${f.link}`,
  },
  recoveryWaits: {
    subject: (f: Who & { day: string }) => `${f.who} amministrerà ${f.institution} dal ${f.day}`,
    text: (f: Who & { day: string; link: string }) =>
      `Le conferme ci sono: ${f.who} diventa amministratore di ${f.institution} il ${f.day}, se nessuno dell’ente lo ferma prima.\n\nVedi, o ferma:\n${f.link}`,
  },
  recoveryEnded: {
    subject: {
      completed: (f: Who) => `Sei amministratore di ${f.institution}`,
      stopped: (f: Who) => `La richiesta di amministrare ${f.institution} è stata fermata`,
      expired: (f: Who) => `La richiesta di amministrare ${f.institution} è scaduta`,
    },
    text: {
      completed: (f: Who) =>
        `${f.who}, da adesso amministri ${f.institution}. Per prima cosa invita un secondo amministratore: così non succede più.`,
      stopped: (f: Who) =>
        `${f.who}, la richiesta di amministrare ${f.institution} è stata fermata. Non hai nessun accesso nuovo.`,
      expired: (f: Who) =>
        `${f.who}, le conferme per amministrare ${f.institution} non sono arrivate in tempo. Puoi chiederlo di nuovo.`,
    },
  },
  representativeChanged: {
    subject: (f: { institution: string }) => `${f.institution}: dichiarato un nuovo legale rappresentante`,
    administrator: "Un amministratore",
    text: (f: { institution: string; now: string; before: string | null; by: string; link: string }) =>
      `${f.by} ha dichiarato in Area Riservata che il legale rappresentante di ${f.institution} è ${f.now}${f.before ? `, al posto di ${f.before}` : ""}.\n\nSe non è vero, un amministratore lo corregge da qui, e l’Assistenza può aiutare:\n${f.link}`,
  },
  assistanceAnswered: {
    subject: (number: string) => `Risposta alla tua richiesta ${number}`,
    text: (f: { name: string; number: string }) => `${f.name}, ecco la risposta alla tua richiesta ${f.number}.`,
    wrote: "Avevi scritto:",
    all: "Le tue richieste:",
  },
  delegation: {
    see: "La delega, e chi deve fare qualcosa:",
    why: (reason: string) => `Perché: ${reason}`,
    where: { test: "in Collaudo", production: "in Produzione", both: "in Collaudo e in Produzione" },
    scope: (where: string, until: string | null) => `Dove vale: ${where}${until ? `, fino al ${until}` : ""}.`,
    subjects: {
      offered: (f: Sides) => `${f.delegator} ti offre la delega su ${f.product}`,
      accepted: (f: Sides) => `Attiva la delega di ${f.delegator} a ${f.partner} su ${f.product}`,
      refused: (f: Sides) => `Rifiutata la delega di ${f.delegator} a ${f.partner} su ${f.product}`,
      changed: (f: Sides) => `${f.delegator} ha cambiato la delega su ${f.product}`,
      entrusted: (f: Sides) => `${f.delegator} affida a ${f.partner} un permesso delicato su ${f.product}`,
      suspended: (f: Sides) => `${f.delegator} ha sospeso la delega su ${f.product}`,
      resumed: (f: Sides) => `${f.delegator} ha ripreso la delega su ${f.product}`,
      revoked: (f: Sides) => `${f.delegator} ha revocato la delega su ${f.product}`,
      renounced: (f: Sides) => `${f.partner} ha rinunciato alla delega su ${f.product}`,
      expired: (f: Sides) => `Scaduta la delega di ${f.delegator} a ${f.partner} su ${f.product}`,
    },
    texts: {
      offered: (f: Sides) => `${f.delegator} delega ${f.partner} su ${f.product}. Vale da quando la accettate.`,
      accepted: (f: Sides) =>
        `Da adesso ${f.partner} può operare per conto di ${f.delegator} su ${f.product}, nei limiti scelti.`,
      refused: (f: Sides) => `La delega non comincia: ${f.partner} non può operare per conto di ${f.delegator}.`,
      changed: (_: Sides) => "I nuovi limiti valgono dalla prossima richiesta.",
      entrusted: (f: Sides) =>
        `Lo hanno deciso due persone di ${f.delegator}. Da adesso ${f.partner} può fare anche quanto segue.`,
      suspended: (f: Sides) =>
        `Dalla prossima richiesta nessuno di ${f.partner} entra per conto di ${f.delegator}, finché l’ente non la riprende.`,
      resumed: (f: Sides) => `${f.partner} può di nuovo operare per conto di ${f.delegator}, negli stessi limiti.`,
      revoked: (f: Sides) =>
        `Dalla prossima richiesta nessuno di ${f.partner} entra più per conto di ${f.delegator}. Ciò che è stato fatto resta nella storia.`,
      expired: (f: Sides) => `È finita il giorno scelto: ${f.partner} non opera più per conto di ${f.delegator}.`,
      unanswered: (_: Sides) => "Nessuno ha risposto in tempo: la delega non comincia.",
    },
  },
};
export default it;
export type LetterWords = typeof it;
