import { plural } from "../languages.ts";
import type { ProfileWords } from "./it.ts";

const fr: ProfileWords = {
  sessions: {
    title: "Vos sessions",
    intro: "Où vous êtes connecté en ce moment. Si vous ne reconnaissez pas une session, fermez-la.",
    list: "Sessions ouvertes",
    thisOne: "Celle-ci",
    unknown: "Appareil non reconnu",
    close: "Fermer",
    closeThis: "Se déconnecter ici",
    closeOthers: "Fermer toutes les autres",
    onlyThis: "Aucune autre session n’est ouverte.",
    closed: "Session fermée : elle ne vaut plus.",
    foot: "Cinq au plus restent ouvertes : une autre connexion ferme la moins utilisée. Chacune finit d’elle-même après une pause, et de toute façon dans la journée.",
    meta: (scheme, level, since) => `${scheme}, niveau ${level} · depuis le ${since}`,
    seen: (when) => `vue à ${when}`,
    closedOthers: (count) => plural("fr", count, { one: "# autre session fermée", other: "# autres sessions fermées" }),
  },
  contacts: {
    title: "Vos adresses e-mail",
    intro:
      "Une pour chaque organisme pour lequel vous travaillez : les messages y arrivent. Elle vaut dès que vous confirmez le code envoyé.",
    list: "Adresses",
    none: "Encore aucune adresse",
    verified: "Vérifiée",
    unverified: "À vérifier",
    waiting: "Attend le code",
    add: "Ajouter",
    change: "Changer",
    verify: "Vérifier",
    writeCode: "Écrire le code",
    emptyTitle: "Encore aucun organisme",
    empty: "Les adresses apparaissent quand vous travaillez pour un organisme.",
    email: "E-mail",
    emailHelp: "Une adresse à vous, même de travail ; pas une PEC, qui est à l’organisme.",
    sendCode: "Envoyer le code",
    code: "Code à six chiffres",
    confirm: "Confirmer l’adresse",
    another: "Demander un autre code",
    cancel: "Pas maintenant",
    returned: "Vous avez confirmé votre identité : envoyez maintenant le code.",
    dialog: (name) => `Votre adresse pour ${name}`,
    sent: (email) => `Le code est parti pour ${email}. Il vaut 15 minutes.`,
    done: (email) => `${email} est vérifiée. Elle vaut tout de suite.`,
    pending: (email) => `nouvelle : ${email}`,
  },
};

export default fr;
