import type { LetterWords } from "./it.ts";

const fr: LetterWords = {
  signed: "Area Riservata\nCe message est automatique : merci de ne pas répondre à cette adresse.",
  wrote: (message) => `Cette personne a écrit : « ${message} »`,
  says: {
    "legal-representative": "qui déclare en être le représentant légal",
    member: "qui déclare y travailler",
  },
  recoveryToPec: {
    subject: (f) => `${f.who} demande à administrer ${f.institution} dans l’Area Riservata`,
    text: (f) =>
      `${f.who}, ${f.says}, demande à devenir administrateur de ${f.institution} dans l’Area Riservata, parce qu’aucun administrateur ne répond plus.\n\nSi cette personne fait partie de l’organisme, confirmez-le par ce lien avant le ${f.by}. Si vous ne la connaissez pas, arrêtez la demande par le même lien :\n${f.link}`,
    afterwards:
      "Le représentant légal confirme aussi. Puis quelques jours passent, pendant lesquels quiconque travaille pour l’organisme peut encore arrêter la demande.",
  },
  recoveryToRepresentative: {
    subject: (f) => `${f.who} demande à administrer ${f.institution}`,
    text: (f) =>
      `${f.name}, selon nos données vous êtes le représentant légal de ${f.institution}. ${f.who} demande à en devenir administrateur dans l’Area Riservata, parce qu’aucun administrateur ne répond plus.\n\nEntrez avec SPID ou CIE et confirmez, ou arrêtez la demande, avant le ${f.by} :\n${f.link}\n\nSi vous ne représentez plus l’organisme, ne confirmez pas : notre personnel répondra.`,
  },
  recoveryReceived: {
    subject: (f) => `Votre demande d’administrer ${f.institution}`,
    text: (f) =>
      `${f.who}, nous avons écrit à l’adresse certifiée ${f.pec}${f.representative ? " et au représentant légal" : ""}. Les confirmations sont attendues avant le ${f.day}${f.representative ? "" : " ; à la place du représentant légal, que nous ne connaissons pas, c’est notre personnel qui confirme"}.\n\nOù en est la demande :\n${f.link}`,
  },
  recoveryWaits: {
    subject: (f) => `${f.who} administrera ${f.institution} à partir du ${f.day}`,
    text: (f) =>
      `Les confirmations sont là : ${f.who} devient administrateur de ${f.institution} le ${f.day}, si personne de l’organisme ne l’arrête avant.\n\nVoir, ou arrêter :\n${f.link}`,
  },
  recoveryEnded: {
    subject: {
      completed: (f) => `Vous administrez ${f.institution}`,
      stopped: (f) => `La demande d’administrer ${f.institution} a été arrêtée`,
      expired: (f) => `La demande d’administrer ${f.institution} a expiré`,
    },
    text: {
      completed: (f) =>
        `${f.who}, vous administrez désormais ${f.institution}. Invitez d’abord un deuxième administrateur : ainsi cela n’arrivera plus.`,
      stopped: (f) =>
        `${f.who}, la demande d’administrer ${f.institution} a été arrêtée. Vous n’avez aucun nouvel accès.`,
      expired: (f) =>
        `${f.who}, les confirmations pour administrer ${f.institution} ne sont pas arrivées à temps. Vous pouvez le demander de nouveau.`,
    },
  },
  representativeChanged: {
    subject: (f) => `${f.institution} : un nouveau représentant légal a été déclaré`,
    administrator: "Un administrateur",
    text: (f) =>
      `${f.by} a déclaré dans l’Area Riservata que le représentant légal de ${f.institution} est ${f.now}${f.before ? `, à la place de ${f.before}` : ""}.\n\nSi ce n’est pas exact, un administrateur le corrige ici, et l’Assistance peut aider :\n${f.link}`,
  },
  assistanceAnswered: {
    subject: (number) => `Réponse à votre demande ${number}`,
    text: (f) => `${f.name}, voici la réponse à votre demande ${f.number}.`,
    wrote: "Vous aviez écrit :",
    all: "Vos demandes :",
  },
  delegation: {
    see: "La délégation, et qui a quelque chose à faire :",
    why: (reason) => `Pourquoi : ${reason}`,
    where: { test: "en test", production: "en production", both: "en test et en production" },
    scope: (where, until) => `Où elle vaut : ${where}${until ? `, jusqu’au ${until}` : ""}.`,
    subjects: {
      offered: (f) => `${f.delegator} vous offre la délégation sur ${f.product}`,
      accepted: (f) => `La délégation de ${f.delegator} à ${f.partner} sur ${f.product} est active`,
      refused: (f) => `La délégation de ${f.delegator} à ${f.partner} sur ${f.product} a été refusée`,
      changed: (f) => `${f.delegator} a modifié la délégation sur ${f.product}`,
      entrusted: (f) => `${f.delegator} confie à ${f.partner} une autorisation délicate sur ${f.product}`,
      suspended: (f) => `${f.delegator} a suspendu la délégation sur ${f.product}`,
      resumed: (f) => `${f.delegator} a repris la délégation sur ${f.product}`,
      revoked: (f) => `${f.delegator} a révoqué la délégation sur ${f.product}`,
      renounced: (f) => `${f.partner} a renoncé à la délégation sur ${f.product}`,
      expired: (f) => `La délégation de ${f.delegator} à ${f.partner} sur ${f.product} a expiré`,
    },
    texts: {
      offered: (f) => `${f.delegator} délègue ${f.partner} sur ${f.product}. Elle vaut dès que vous l’acceptez.`,
      accepted: (f) =>
        `Désormais ${f.partner} peut agir pour le compte de ${f.delegator} sur ${f.product}, dans les limites choisies.`,
      refused: (f) => `La délégation ne commence pas : ${f.partner} ne peut pas agir pour le compte de ${f.delegator}.`,
      changed: () => "Les nouvelles limites valent dès la prochaine requête.",
      entrusted: (f) =>
        `Deux personnes de ${f.delegator} l’ont décidé. Désormais ${f.partner} peut faire aussi ce qui suit.`,
      suspended: (f) =>
        `Dès la prochaine requête, personne de ${f.partner} n’entre pour le compte de ${f.delegator}, tant que l’organisme ne la reprend pas.`,
      resumed: (f) => `${f.partner} peut de nouveau agir pour le compte de ${f.delegator}, dans les mêmes limites.`,
      revoked: (f) =>
        `Dès la prochaine requête, personne de ${f.partner} n’entre plus pour le compte de ${f.delegator}. Ce qui a été fait reste dans l’historique.`,
      expired: (f) => `Elle a pris fin le jour choisi : ${f.partner} n’agit plus pour le compte de ${f.delegator}.`,
      unanswered: () => "Personne n’a répondu à temps : la délégation ne commence pas.",
    },
  },
};
export default fr;
