import type { Facts } from "../it.ts";

const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const i = (f: Facts) => text(f["institution"]);
const p = (f: Facts) => text(f["partner"]);
const r = (f: Facts) => (f["reason"] ? ` Motivo: ${text(f["reason"])}.` : "");
const states: Record<string, string> = {
  offered: "non è ancora accettata",
  asked: "non è ancora accettata",
  suspended: "è sospesa",
  revoked: "è stata revocata",
  expired: "è scaduta",
  refused: "è stata rifiutata",
  withdrawn: "è stata ritirata",
  planned: "comincia più avanti",
  "partner-left": "non vale più: il partner ha lasciato il prodotto",
};
const envs: Record<string, string> = { test: "Collaudo", production: "Produzione" };

/** What a delegation or a mandate is refused for. */
export const delegationProblems = {
  "mandate-unknown": {
    title: "Questo mandato non vale qui",
    detail: () =>
      "La delega indicata non è di questo ente, o non lavori più per il partner che l’ha ricevuta. Scegli di nuovo per chi operi.",
  },
  "mandate-not-active": {
    title: "Questa delega non è attiva",
    detail: (f: Facts) =>
      `La delega di ${i(f)} a ${p(f)} ${states[text(f["state"])] ?? "non è attiva"}.${r(f)} Niente è stato scritto.`,
  },
  "mandate-out-of-scope": {
    title: "Fuori da questa delega",
    detail: (f: Facts) => {
      switch (f["why"]) {
        case "permission":
          return `${i(f)} non ha dato a ${p(f)} il permesso «${text(f["permission"])}». Può aggiungerlo chi amministra l’ente.`;
        case "environment":
          return `La delega di ${i(f)} non vale in ${envs[text(f["environment"])] ?? ""}. Può allargarla chi amministra l’ente.`;
        case "product":
          return `La delega di ${i(f)} riguarda un altro prodotto.`;
        case "aggregates":
          return `La delega di ${p(f)} viene dall’aggregatore e non comprende gli enti aggregati, come ${i(f)}. Può aggiungerli chi amministra l’aggregatore.`;
        case "resource":
          return `La delega di ${i(f)} non comprende questa cosa.`;
        default:
          return `Questo lo fanno solo le persone dell’ente, mai un partner.`;
      }
    },
  },
  "mandate-not-assigned": {
    title: "Non sei assegnato a questo ente",
    detail: (f: Facts) =>
      `${p(f)} ha la delega di ${i(f)}, ma non ti ha assegnato. Può farlo chi amministra il partner, da «Incarichi».`,
  },
  "delegation-unknown": {
    title: "Delega non trovata",
    detail: () => "Non è di questo ente, o non c’è più. Ricarica la pagina.",
  },
  "delegation-own": {
    title: "Un ente non delega sé stesso",
    detail: () => "Scegli un partner diverso dall’ente che delega.",
  },
  "delegation-cycle": {
    title: "Le deleghe tornerebbero indietro",
    detail: (f: Facts) =>
      `${p(f) || "Il partner"} ha già delegato questo prodotto, direttamente o no, all’ente che ora lo delegherebbe. Prima va revocata quella delega.`,
  },
  "delegation-partner-not-joined": {
    title: "Non è un partner su questo prodotto",
    detail: (f: Facts) =>
      `${p(f) || "L’istituzione scelta"} non ha aderito al prodotto come partner tecnologico, o l’ha lasciato. Scegli un partner dall’elenco.`,
  },
  "delegation-institution-not-joined": {
    title: "Ente non trovato su questo prodotto",
    detail: (f: Facts) => `Nessun ente con codice fiscale ${text(f["taxCode"])} ha aderito a questo prodotto.`,
  },
  "delegation-already-open": {
    title: "C’è già una delega aperta",
    detail: () =>
      "Tra questi due enti, su questo prodotto e in questo ambiente, ne esiste già una offerta, attiva o sospesa. Cambia quella.",
  },
  "delegation-state": {
    title: "La delega è cambiata nel frattempo",
    detail: (f: Facts) =>
      `Adesso ${states[text(f["state"])] ?? "è attiva"}: questo non si può più fare. Ricarica la pagina.`,
  },
  "delegation-other-side": {
    title: "Questo spetta all’altra parte",
    detail: (f: Facts) => `Lo può fare ${i(f)} o ${p(f)}, secondo il momento: non chi l’ha chiesto ora.`,
  },
  "delegation-scope-unknown": {
    title: "L’ambito nomina ciò che non c’è",
    detail: (f: Facts) => {
      switch (f["why"]) {
        case "empty":
          return `Scegli almeno un permesso del prodotto.`;
        case "resource":
          return `«${text(f["resource"])}» non esiste presso l’ente, o qui non si può nominare.`;
        default:
          return `Il permesso «${text(f["permission"])}» non si può delegare su questo prodotto.`;
      }
    },
  },
  "delegation-delicate": {
    title: "Questo permesso si affida a parte",
    detail: (f: Facts) =>
      `«${text(f["permission"])}» muove denaro: prima la delega diventa attiva, poi lo affidano due persone dell’ente, che confermano chi sono.`,
  },
  "product-not-delegable": {
    title: "Questo prodotto non si delega",
    detail: () => "Chi lo gestisce non ammette che un partner operi per conto dell’ente.",
  },
  "assignment-unknown": { title: "Assegnazione non trovata", detail: () => "È già stata tolta. Ricarica la pagina." },
  "assignment-repeated": {
    title: "C’è già",
    detail: () => "La stessa persona o lo stesso gruppo è già assegnato qui.",
  },
  "assignment-of-both": {
    title: "O una persona o un gruppo",
    detail: () => "Un’assegnazione riguarda una persona, oppure un gruppo, oppure tutti.",
  },
  "move-unknown": {
    title: "Passaggio non trovato",
    detail: () => "Non è di questo ente, o non c’è più. Ricarica la pagina.",
  },
  "move-over": {
    title: "Questo passaggio è già chiuso",
    detail: () => "È stato completato, o l’ente è tornato indietro: non si muove più.",
  },
  "move-already-planned": {
    title: "C’è già un passaggio in corso",
    detail: () => "Da questa delega si sta già passando a un altro partner: prima chiudi quello, o torna indietro.",
  },
};
