import { type Permission, permissions } from "@area/api";
import { day } from "@area/words";

const signed = "\n\nArea Riservata\nQuesto messaggio è automatico: non rispondere a questo indirizzo.";
type Facts = Record<string, unknown> & { delegator: string; partner: string };
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const where: Record<string, string> = {
  test: "in Collaudo",
  production: "in Produzione",
  both: "in Collaudo e in Produzione",
};
const named = (codes: unknown): string =>
  (Array.isArray(codes) ? (codes as string[]) : [])
    .map((code) => `\n- ${code in permissions ? permissions[code as Permission] : code}`)
    .join("");
const scope = (f: Facts): string =>
  `\n\nDove vale: ${where[text(f["environment"])] ?? ""}${f["endsAt"] ? `, fino al ${day("it", text(f["endsAt"]))}` : ""}.${named(f["permissions"])}`;
const why = (f: Facts): string => (text(f["reason"]) ? `\n\nPerché: ${text(f["reason"])}` : "");

const sentences: Record<
  string,
  { subject: (f: Facts, product: string) => string; text: (f: Facts, product: string) => string }
> = {
  "delegations.delegation.offered": {
    subject: (f, p) => `${f.delegator} ti offre la delega su ${p}`,
    text: (f, p) => `${f.delegator} delega ${f.partner} su ${p}. Vale da quando la accettate.${scope(f)}`,
  },
  "delegations.delegation.accepted": {
    subject: (f, p) => `Attiva la delega di ${f.delegator} a ${f.partner} su ${p}`,
    text: (f, p) =>
      `Da adesso ${f.partner} può operare per conto di ${f.delegator} su ${p}, nei limiti scelti.${scope(f)}`,
  },
  "delegations.delegation.refused": {
    subject: (f, p) => `Rifiutata la delega di ${f.delegator} a ${f.partner} su ${p}`,
    text: (f) => `La delega non comincia: ${f.partner} non può operare per conto di ${f.delegator}.${why(f)}`,
  },
  "delegations.delegation.changed": {
    subject: (f, p) => `${f.delegator} ha cambiato la delega su ${p}`,
    text: (f) => `I nuovi limiti valgono dalla prossima richiesta.${scope(f)}${why(f)}`,
  },
  "delegations.delegation.entrusted": {
    subject: (f, p) => `${f.delegator} affida a ${f.partner} un permesso delicato su ${p}`,
    text: (f) =>
      `Lo hanno deciso due persone di ${f.delegator}. Da adesso ${f.partner} può anche:${named(f["added"])}${why(f)}`,
  },
  "delegations.delegation.suspended": {
    subject: (f, p) => `${f.delegator} ha sospeso la delega su ${p}`,
    text: (f) =>
      `Dalla prossima richiesta nessuno di ${f.partner} entra per conto di ${f.delegator}, finché l’ente non la riprende.${why(f)}`,
  },
  "delegations.delegation.resumed": {
    subject: (f, p) => `${f.delegator} ha ripreso la delega su ${p}`,
    text: (f) => `${f.partner} può di nuovo operare per conto di ${f.delegator}, negli stessi limiti.`,
  },
  "delegations.delegation.revoked": {
    subject: (f, p) =>
      f["by"] === "partner"
        ? `${f.partner} ha rinunciato alla delega su ${p}`
        : `${f.delegator} ha revocato la delega su ${p}`,
    text: (f) =>
      `Dalla prossima richiesta nessuno di ${f.partner} entra più per conto di ${f.delegator}. Ciò che è stato fatto resta nella storia.${why(f)}`,
  },
  "delegations.delegation.expired": {
    subject: (f, p) => `Scaduta la delega di ${f.delegator} a ${f.partner} su ${p}`,
    text: (f) =>
      f["unanswered"]
        ? "Nessuno ha risposto in tempo: la delega non comincia."
        : `È finita il giorno scelto: ${f.partner} non opera più per conto di ${f.delegator}.`,
  },
};

export const moved = (m: {
  what: string;
  side: "delegator" | "partner";
  product: string;
  facts: Facts;
  url: string;
}) => ({
  template: `${m.what} ${m.side}`,
  subject: sentences[m.what]!.subject(m.facts, m.product),
  text: `${sentences[m.what]!.text(m.facts, m.product)}\n\nLa delega, e chi deve fare qualcosa:\n${m.url}${signed}`,
});
