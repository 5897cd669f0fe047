import type { Facts } from "../it.ts";

const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const i = (f: Facts) => text(f["institution"]);
const p = (f: Facts) => text(f["partner"]);
const r = (f: Facts) => (f["reason"] ? ` Motif : ${text(f["reason"])}.` : "");
const states: Record<string, string> = {
  offered: "n’est pas encore acceptée",
  asked: "n’est pas encore acceptée",
  suspended: "est suspendue",
  revoked: "a été révoquée",
  expired: "a expiré",
  refused: "a été refusée",
  withdrawn: "a été retirée",
  planned: "commence plus tard",
  "partner-left": "ne vaut plus : le partenaire a quitté le produit",
};
const envs: Record<string, string> = { test: "Test", production: "Production" };

/** What a delegation or a mandate is refused for. */
export const delegationProblems = {
  "mandate-unknown": {
    title: "Ce mandat ne vaut pas ici",
    detail: () =>
      "La délégation indiquée n’est pas de cet organisme, ou vous ne travaillez plus pour le partenaire qui l’a reçue. Choisissez de nouveau pour qui vous agissez.",
  },
  "mandate-not-active": {
    title: "Cette délégation n’est pas active",
    detail: (f: Facts) =>
      `La délégation de ${i(f)} à ${p(f)} ${states[text(f["state"])] ?? "n’est pas active"}.${r(f)} Rien n’a été écrit.`,
  },
  "mandate-out-of-scope": {
    title: "Hors de cette délégation",
    detail: (f: Facts) => {
      switch (f["why"]) {
        case "permission":
          return `${i(f)} n’a pas donné à ${p(f)} l’autorisation « ${text(f["permission"])} ». Qui administre l’organisme peut l’ajouter.`;
        case "environment":
          return `La délégation de ${i(f)} ne vaut pas en ${envs[text(f["environment"])] ?? ""}. Qui administre l’organisme peut l’élargir.`;
        case "product":
          return `La délégation de ${i(f)} concerne un autre produit.`;
        case "aggregates":
          return `La délégation de ${p(f)} vient de l’agrégateur et ne comprend pas ses organismes agrégés, comme ${i(f)}. Qui administre l’agrégateur peut les ajouter.`;
        case "resource":
          return `La délégation de ${i(f)} ne comprend pas cela.`;
        default:
          return `Seules les personnes de l’organisme font cela, jamais un partenaire.`;
      }
    },
  },
  "mandate-not-assigned": {
    title: "Vous n’êtes pas affecté à cet organisme",
    detail: (f: Facts) =>
      `${p(f)} a la délégation de ${i(f)}, mais ne vous a pas affecté. Qui administre le partenaire peut le faire, sous « Affectations ».`,
  },
  "delegation-unknown": {
    title: "Délégation introuvable",
    detail: () => "Elle n’est pas de cet organisme, ou n’existe plus. Rechargez la page.",
  },
  "delegation-own": {
    title: "Un organisme ne se délègue pas lui-même",
    detail: () => "Choisissez un partenaire différent de l’organisme qui délègue.",
  },
  "delegation-cycle": {
    title: "Les délégations reviendraient en arrière",
    detail: (f: Facts) =>
      `${p(f) || "Le partenaire"} a déjà délégué ce produit, directement ou non, à l’organisme qui le lui déléguerait. Il faut d’abord révoquer cette délégation.`,
  },
  "delegation-partner-not-joined": {
    title: "Pas un partenaire sur ce produit",
    detail: (f: Facts) =>
      `${p(f) || "L’organisme choisi"} n’a pas adhéré au produit comme partenaire technologique, ou l’a quitté. Choisissez un partenaire dans la liste.`,
  },
  "delegation-institution-not-joined": {
    title: "Organisme introuvable sur ce produit",
    detail: (f: Facts) => `Aucun organisme de code fiscal ${text(f["taxCode"])} n’a adhéré à ce produit.`,
  },
  "delegation-already-open": {
    title: "Une délégation est déjà ouverte",
    detail: () =>
      "Entre ces deux organismes, sur ce produit et dans cet environnement, il en existe déjà une offerte, active ou suspendue. Modifiez celle-là.",
  },
  "delegation-state": {
    title: "La délégation a changé entre-temps",
    detail: (f: Facts) =>
      `Elle ${states[text(f["state"])] ?? "est active"} : cela n’est plus possible. Rechargez la page.`,
  },
  "delegation-other-side": {
    title: "Cela revient à l’autre partie",
    detail: (f: Facts) => `${i(f)} ou ${p(f)} peut le faire, selon le moment : pas qui l’a demandé maintenant.`,
  },
  "delegation-scope-unknown": {
    title: "L’étendue nomme ce qui n’existe pas",
    detail: (f: Facts) => {
      switch (f["why"]) {
        case "empty":
          return `Choisissez au moins une autorisation du produit.`;
        case "resource":
          return `« ${text(f["resource"])} » n’existe pas auprès de l’organisme, ou ne peut pas être nommé ici.`;
        default:
          return `L’autorisation « ${text(f["permission"])} » ne peut pas être déléguée sur ce produit.`;
      }
    },
  },
  "delegation-delicate": {
    title: "Cette autorisation se confie à part",
    detail: (f: Facts) =>
      `« ${text(f["permission"])} » déplace de l’argent : la délégation devient d’abord active, puis deux personnes de l’organisme la confient en confirmant qui elles sont.`,
  },
  "product-not-delegable": {
    title: "Ce produit ne se délègue pas",
    detail: () => "Qui le gère n’admet pas qu’un partenaire agisse pour un organisme.",
  },
  "assignment-unknown": {
    title: "Affectation introuvable",
    detail: () => "Elle a déjà été retirée. Rechargez la page.",
  },
  "assignment-repeated": {
    title: "Elle existe déjà",
    detail: () => "La même personne ou le même groupe est déjà affecté ici.",
  },
  "assignment-of-both": {
    title: "Une personne ou un groupe",
    detail: () => "Une affectation concerne une personne, ou un groupe, ou tout le monde.",
  },
  "move-unknown": {
    title: "Passage introuvable",
    detail: () => "Il n’est pas de cet organisme, ou n’existe plus. Rechargez la page.",
  },
  "move-over": {
    title: "Ce passage est clos",
    detail: () => "Il a été achevé, ou l’organisme est revenu en arrière : il ne bouge plus.",
  },
  "move-already-planned": {
    title: "Un passage est en cours",
    detail: () =>
      "De cette délégation on passe déjà à un autre partenaire : achevez celui-là d’abord, ou revenez en arrière.",
  },
};
