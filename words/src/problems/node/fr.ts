import type { Facts } from "../it.ts";
import type { nodeProblems as it } from "./it.ts";

const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const list = (value: unknown) => (Array.isArray(value) ? value.map(text).join(", ") : text(value));

export const nodeProblems: typeof it = {
  "registration-missing": {
    title: "D’abord l’enregistrement sur le nœud",
    detail: (f: Facts) =>
      `L’organisme n’est pas encore enregistré en ${f["environment"] === "test" ? "test" : "production"}. Cela se fait sous « Enregistrement », en quelques minutes.`,
  },
  "registration-of-psp": {
    title: "Les PSP s’enregistrent ailleurs",
    detail: () =>
      "Ici s’enregistrent les organismes créanciers et les partenaires. Pour les PSP, écrivez à l’assistance.",
  },
  "registration-not-direct": {
    title: "L’organisme n’a pas de stations propres",
    detail: () =>
      "Il est relié par un intermédiaire, ou ne relie pas d’organismes créanciers. Modifiez d’abord l’enregistrement sur le nœud.",
  },
  "registration-stations-open": {
    title: "Des stations sont encore en service",
    detail: (f) =>
      `Pour passer par un intermédiaire, aucune station ne doit être active ou en attente : ${list(f["stations"])}. Retirez-les d’abord.`,
  },
  "registration-serves-others": {
    title: "D’autres organismes passent par ici",
    detail: () => "Ils ont choisi cet organisme comme intermédiaire. Ils doivent d’abord en choisir un autre.",
  },
  "registration-brokers-nothing": {
    title: "Qui voulez-vous relier ?",
    detail: () => "Choisissez au moins une réponse : organismes créanciers, PSP, ou les deux.",
  },
  "tax-code-doubtful": {
    title: "Le code fiscal est inexact",
    detail: (f) =>
      `Le chiffre de contrôle de ${text(f["taxCode"])} est faux : l’enregistrement en production est impossible. Vérifiez les données de l’organisme, ou écrivez à l’assistance.`,
  },
  "intermediary-unknown": {
    title: "Cet intermédiaire ne peut pas être choisi",
    detail: () =>
      "Il doit être enregistré sur le nœud dans cet environnement ; un partenaire doit aussi avoir votre délégation active.",
  },
  "encoding-of-another-institution": {
    title: "Code déjà enregistré par un autre organisme",
    detail: () =>
      "Sur le nœud, un code fiscal appartient à un seul organisme. Si c’est le vôtre, écrivez à l’assistance.",
  },
  "station-unknown": {
    title: "Station introuvable",
    detail: () => "Elle n’existe pas dans cet environnement, ou appartient à un autre intermédiaire.",
  },
  "station-codes-exhausted": {
    title: "Plus de codes libres",
    detail: () => "Écrivez à l’assistance : tous les codes de station de cet intermédiaire ont été utilisés.",
  },
  "station-retired": {
    title: "La station est retirée",
    detail: () => "Elle ne change plus. Vous pouvez la dupliquer : la copie reçoit un nouveau code.",
  },
  "station-not-active": {
    title: "La station n’est pas encore active",
    detail: () => "Les organismes s’associent quand la station est active.",
  },
  "station-has-institutions": {
    title: "Des organismes sont associés à la station",
    detail: (f) =>
      `Ils sont ${text(f["institutions"])}. Déplacez-les ou retirez-les, puis vous pourrez retirer la station.`,
  },
  "station-change-missing": {
    title: "Aucune modification en attente",
    detail: () => "Elle a déjà été décidée ou retirée. Rechargez la page.",
  },
  "station-change-unknown": {
    title: "Demande introuvable",
    detail: () => "Il n’y a aucune modification à cette adresse.",
  },
  "station-change-decided": {
    title: "Déjà décidée",
    detail: () => "Un collègue, ou l’expéditeur, s’en est occupé entre-temps. Rechargez la page.",
  },
  "station-change-moved-on": {
    title: "Elle a changé entre-temps",
    detail: () => "Une nouvelle version de la modification est arrivée : lisez-la avant de décider.",
  },
  "station-without-endpoint": {
    title: "Cette adresse n’existe pas",
    detail: () => "La station n’a pas d’adresse de ce type : il n’y a rien à tester.",
  },
  "connection-tests-too-many": {
    title: "Trop de tests en peu de temps",
    detail: (f) => `Au plus ${text(f["most"])} toutes les ${text(f["minutes"])} minutes. Attendez un peu.`,
  },
  "institution-not-candidate": {
    title: "Cet organisme ne peut pas être associé",
    detail: () => "Il doit avoir délégué ce partenaire sur pagoPA, ou l’avoir choisi comme intermédiaire.",
  },
  "institution-not-registered": {
    title: "L’organisme n’est pas encore sur le nœud",
    detail: (f) =>
      `${text(f["institution"])} doit d’abord s’enregistrer dans cet environnement. Il le trouve parmi ses tâches.`,
  },
  "already-associated": {
    title: "L’organisme est déjà sur cette station",
    detail: () => "Il y a une seule association par organisme et station : ouvrez celle qui existe.",
  },
  "segregation-code-taken": {
    title: "Code de ségrégation non libre",
    detail: (f) =>
      `${text(f["segregationCode"])} est utilisé ou réservé pour cet organisme.${f["free"] ? ` Sont libres, par exemple, ${text(f["free"])}.` : " Choisissez-en un autre."}`,
  },
  "segregation-code-not-associated": {
    title: "Ce code de ségrégation n’est pas le vôtre",
    detail: (f) =>
      `L’organisme ne reçoit pas de paiements avec le code ${text(f["segregationCode"])} dans cet environnement.`,
  },
  "application-code-taken": {
    title: "Application code non libre",
    detail: () => "L’organisme l’utilise sur une autre station. Choisissez-en un autre, ou laissez-le vide.",
  },
  "broadcast-needs-version-2": {
    title: "La diffusion demande la version 2",
    detail: () => "Seule une station aux primitives de version 2 reçoit en diffusion.",
  },
  "association-unknown": {
    title: "Association introuvable",
    detail: () => "Elle n’existe pas dans cet environnement, ou appartient à d’autres.",
  },
  "association-over": {
    title: "L’association est terminée",
    detail: () => "Elle a été retirée ou refusée. Si elle est encore utile, faites-en une nouvelle.",
  },
  "association-moving": {
    title: "L’organisme passe à un autre partenaire",
    detail: () => "L’association reste jusqu’à la fin du passage, pour que les paiements ne s’arrêtent pas.",
  },
};
