import type { MailWords } from "./it.ts";

const fr: MailWords = {
  subjects: {
    received: (product, institution) => `Adhésion à ${product} reçue : ${institution}`,
    resubmitted: (product, institution) => `Adhésion à ${product} corrigée et reçue : ${institution}`,
    rejected: (product, institution) => `Adhésion à ${product} refusée : ${institution}`,
    "changes-requested": (product, institution) => `Adhésion à ${product} à corriger : ${institution}`,
    "correction-expired": (product, institution) => `Adhésion à ${product} expirée : ${institution}`,
    message: (product, institution) => `Un message sur l’adhésion à ${product} : ${institution}`,
  },
  received: (product, institution) =>
    `La demande par laquelle ${institution} veut adhérer à ${product} est arrivée. Une personne contrôle les données, puis nous écrivons de nouveau.`,
  by: (day) => `La décision arrive avant le ${day}.`,
  resubmitted: (product, institution) =>
    `La demande corrigée par laquelle ${institution} veut adhérer à ${product} est arrivée. Qui la contrôle voit ce qui a changé.`,
  rejected: (product, institution) =>
    `La demande par laquelle ${institution} voulait adhérer à ${product} ne peut pas être acceptée.`,
  reason: "Le motif :",
  "changes-requested": (product, institution) =>
    `Qui a contrôlé la demande par laquelle ${institution} veut adhérer à ${product} demande de la corriger.`,
  toCorrect: "Ce qu’il faut corriger :",
  message: (product, institution) =>
    `Qui contrôle la demande par laquelle ${institution} veut adhérer à ${product} a écrit :`,
  "correction-expired": (product, institution) =>
    `Le temps de corriger la demande par laquelle ${institution} voulait adhérer à ${product} est passé. Une nouvelle demande peut être envoyée.`,
  see: "La demande se voit à l’adresse",
  signed: "Area Riservata\nCe message est automatique : ne répondez pas à cette adresse.",
};
export default fr;
