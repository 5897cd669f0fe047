import { day } from "../languages.ts";
import { delegationProblems } from "./delegations/fr.ts";
import type { Facts, ProblemWords } from "./it.ts";
import { nodeProblems } from "./node/fr.ts";

const names = (facts: Facts) =>
  Array.isArray(facts.grantors) && facts.grantors.length ? (facts.grantors as string[]).join(", ") : null;
const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

const words: ProblemWords = {
  problems: {
    ...delegationProblems,
    ...nodeProblems,
    "input-invalid": {
      title: "Certaines données ne conviennent pas",
      detail: () => "Elles sont signalées une par une : corrigez-les et envoyez de nouveau. Rien n’a été enregistré.",
    },
    "not-found": {
      title: "Cette page n’existe pas",
      detail: () => "L’adresse est erronée ou la ressource n’existe plus.",
    },
    "method-not-allowed": {
      title: "Action non prévue ici",
      detail: () => "Cette adresse accepte d’autres actions : elles figurent dans le document OpenAPI.",
    },
    "media-type-unsupported": {
      title: "Format non accepté",
      detail: () => "Envoyez du JSON, ou un fichier comme l’indique la documentation.",
    },
    "body-too-large": {
      title: "Requête trop volumineuse",
      detail: () => "Elle dépasse la limite de cette adresse. Rien n’a été enregistré.",
    },
    "too-many-requests": {
      title: "Trop de requêtes",
      detail: (f) => `Réessayez dans ${text(f.seconds) || "60"} secondes.`,
    },
    "internal-error": {
      title: "Le problème vient de nous",
      detail: () =>
        "La requête n’a pas abouti et rien n’a été enregistré. Réessayez ; si cela se répète, donnez à l’Assistance le code affiché ici.",
    },
    "temporarily-unavailable": {
      title: "Le service ne répond pas",
      detail: () => "Le problème vient de nous et il est passager. Réessayez dans une minute.",
    },
    "session-missing": {
      title: "Vous devez vous connecter",
      detail: (f) =>
        f.staff
          ? "Connectez-vous par l’entrée du personnel et vous reviendrez ici."
          : "Connectez-vous avec SPID ou CIE et vous reviendrez ici.",
    },
    "session-expired": {
      title: "Votre session est terminée",
      detail: () =>
        "Par sécurité, elle se ferme après une période sans activité. Connectez-vous de nouveau : ce qui était enregistré est toujours là.",
    },
    "request-forged": {
      title: "Requête non reconnue",
      detail: () => "Elle ne vient pas d’une page du portail. Revenez à la page et répétez l’action depuis celle-ci.",
    },
    "permission-missing": {
      title: "Il vous manque une autorisation",
      detail: (f) =>
        f.staff
          ? `Il faut l’autorisation « ${text(f.permission)} », que vos profils ne comprennent pas.`
          : names(f)
            ? `Il vous manque l’autorisation « ${text(f.permission)} ». ${names(f)} peut vous la donner.`
            : `Il faut l’autorisation « ${text(f.permission)} » pour cet organisme, et vous ne l’avez pas.`,
    },
    "idempotency-key-reused": {
      title: "Clé de répétition déjà utilisée",
      detail: () => "La même Idempotency-Key est arrivée avec d’autres données. Utilisez-en une nouvelle.",
    },
    "idempotency-key-running": {
      title: "La même requête est en cours",
      detail: () => "La première n’est pas terminée. Attendez sa réponse.",
    },
    "version-missing": {
      title: "La version lue manque",
      detail: () => "Indiquez dans If-Match la version que vous avez lue.",
    },
    "version-stale": {
      title: "Quelqu’un a enregistré avant vous",
      detail: () => "Les données ont changé depuis votre lecture. Rechargez, vérifiez et enregistrez de nouveau.",
    },
    "login-provider-unknown": {
      title: "Fournisseur d’identité inconnu",
      detail: () => "Il ne figure pas dans la liste des fournisseurs reconnus. Choisissez-en un autre.",
    },
    "login-response-malformed": {
      title: "Connexion impossible",
      detail: () => "La réponse du fournisseur d’identité est illisible. Réessayez ou choisissez un autre fournisseur.",
    },
    "login-response-untrusted": {
      title: "Connexion impossible",
      detail: () =>
        "La réponse du fournisseur d’identité n’est pas vérifiable. Réessayez ou choisissez un autre fournisseur.",
    },
    "login-response-not-for-us": {
      title: "Connexion impossible",
      detail: () => "La réponse du fournisseur d’identité était destinée à un autre service. Réessayez à partir d’ici.",
    },
    "login-response-out-of-time": {
      title: "Connexion expirée",
      detail: () => "Trop de temps s’est écoulé entre la demande et la réponse. Recommencez la connexion.",
    },
    "login-response-unexpected": {
      title: "Connexion impossible",
      detail: () => "Cette réponse ne correspond à aucune connexion en cours. Recommencez à partir d’ici.",
    },
    "login-response-replayed": {
      title: "Connexion déjà utilisée",
      detail: () => "Cette réponse a déjà servi une fois et n’est plus valable. Recommencez la connexion.",
    },
    "login-other-browser": {
      title: "Connexion commencée ailleurs",
      detail: () =>
        "La connexion a commencé dans une autre fenêtre ou sur un autre appareil. Recommencez à partir d’ici.",
    },
    "login-level-insufficient": {
      title: "Il faut une connexion de niveau 2",
      detail: () => "Les identifiants utilisés sont d’un niveau inférieur. Connectez-vous de nouveau avec le niveau 2.",
    },
    "login-fiscal-code-missing": {
      title: "Le code fiscal manque",
      detail: () =>
        "L’identité utilisée ne porte pas de code fiscal italien, or le portail reconnaît les personnes à ce code.",
    },
    "login-identity-mismatch": {
      title: "Les données de l’identité ne concordent pas",
      detail: () => "La date de naissance n’est pas celle du code fiscal. Contactez votre fournisseur d’identité.",
    },
    "login-provider-error": {
      title: "Le fournisseur d’identité ne vous a pas laissé entrer",
      detail: () => "Réessayez ou choisissez un autre fournisseur.",
    },
    "login-provider-unavailable": {
      title: "Le fournisseur d’identité ne répond pas",
      detail: () =>
        "Pour le moment, nous ne pouvons ni le joindre ni le vérifier. Réessayez dans quelques minutes, ou entrez autrement.",
    },
    "inbox-item-unknown": {
      title: "Cette ligne n’existe plus",
      detail: () => "Vous l’avez peut-être déjà retirée, ou elle n’était pas à vous. Rechargez « À faire ».",
    },
    "topic-always-mailed": {
      title: "Ce qui concerne la sécurité arrive toujours",
      detail: () => "Vous pouvez choisir les autres e-mails ; pas ceux-ci, car ils protègent les accès des organismes.",
    },
    "step-up-needed": {
      title: "Confirmez que c’est vous",
      detail: () =>
        "Cette action demande une connexion des dix dernières minutes. Confirmez avec votre identité et vous reviendrez ici : ce que vous avez écrit reste.",
    },
    "step-up-session-over": {
      title: "La session s’est terminée pendant la confirmation",
      detail: () => "Connectez-vous de nouveau, puis répétez l’action.",
    },
    "step-up-other-person": {
      title: "Une autre personne a confirmé",
      detail: () =>
        "La session reste à qui l’a ouverte, et rien n’a été fait. Confirmez avec votre identité, ou déconnectez-vous et entrez avec l’autre.",
    },
    "step-up-not-fresh": {
      title: "Le fournisseur ne vous a pas demandé de vous authentifier de nouveau",
      detail: () => "Il a répondu avec une connexion antérieure, qui ne suffit pas ici. Réessayez.",
    },
    "login-person-blocked": {
      title: "Votre accès est suspendu",
      detail: () => "Il a été suspendu par la sécurité du portail. Écrivez à l’Assistance avec le code ci-dessous.",
    },
    "session-unknown": {
      title: "Cette session n’existe plus",
      detail: () => "Elle est déjà terminée, ou n’est pas la vôtre. Actualisez la liste.",
    },
    "contact-changes-too-many": {
      title: "Trop de codes demandés",
      detail: () => "Cinq sont possibles en une heure. Réessayez plus tard : d’ici là, l’adresse précédente vaut.",
    },
    "contact-code-wrong": {
      title: "Ce n’est pas le bon code",
      detail: (f) => `Regardez le message le plus récent. Essais restants : ${text(f.attemptsLeft)}.`,
    },
    "contact-code-over": {
      title: "Le code n’est plus valable",
      detail: () => "Il a expiré, a déjà servi ou il ne reste plus d’essais. Demandez-en un autre.",
    },
    "staff-door-closed": {
      title: "L’entrée du personnel est fermée",
      detail: () => "Le fournisseur d’identité du personnel n’est pas encore relié à ce portail.",
    },
    "staff-login-refused": {
      title: "Connexion non réussie",
      detail: () =>
        "Le fournisseur d’identité n’a pas donné de réponse acceptable, ou trop de temps est passé. Recommencez d’ici.",
    },
    "staff-without-profile": {
      title: "Aucun profil sur ce portail",
      detail: () => "Nous vous avons reconnu, mais aucun de vos groupes n’ouvre le portail.",
    },
    "staff-provider-unavailable": {
      title: "Le fournisseur d’identité ne répond pas",
      detail: () => "Sans lui, nous ne pouvons pas vous reconnaître. Réessayez dans quelques minutes.",
    },
    "registry-body-unknown": {
      title: "Organisme introuvable dans IndicePA",
      detail: (f) => `Aucun organisme n’a le code IPA « ${text(f.ipaCode)} ». Cherchez-le par nom ou par code fiscal.`,
    },
    "registry-body-ended": {
      title: "Organisme dissous",
      detail: () =>
        "Selon IndicePA, l’organisme est dissous et ne peut pas adhérer. Si c’est une erreur, elle se corrige dans IndicePA.",
    },
    "registry-file-malformed": {
      title: "Fichier IndicePA non valable",
      detail: (f) => `Ligne ${text(f.line)} : ${text(f.reason)}. Rien n’a été chargé.`,
    },
    "product-unknown": { title: "Produit inconnu", detail: () => "Ce produit n’existe pas ou n’est pas publié." },
    "product-faulty": {
      title: "La modification ne peut pas être publiée",
      detail: () => "La configuration a des erreurs : l’essai les liste.",
    },
    "product-moved-on": {
      title: "Le produit a changé entre-temps",
      detail: () => "Une autre version a été publiée : repartez de celle-là.",
    },
    "product-proposal-open": {
      title: "Une modification attend déjà",
      detail: () => "Publiez-la ou renvoyez-la d’abord.",
    },
    "product-proposal-missing": {
      title: "La proposition n’existe plus",
      detail: () => "Elle a été publiée, retirée ou renvoyée : relisez le produit.",
    },
    "institution-unknown": {
      title: "Organisme introuvable",
      detail: () => "Cet organisme n’est pas ici, ou vous ne travaillez pas pour lui.",
    },
    "draft-unknown": {
      title: "Brouillon introuvable",
      detail: () => "Il n’existe plus, ou n’est pas à vous. Vos brouillons se trouvent dans le choix de l’organisme.",
    },
    "draft-expired": {
      title: "Brouillon expiré",
      detail: () =>
        "Les brouillons se conservent 60 jours. Ouvrez-en un nouveau : les données du registre y sont déjà.",
    },
    "hand-over-link-invalid": {
      title: "Ce lien n’est pas valable",
      detail: () =>
        "Il est incomplet, a été modifié ou a déjà servi à une autre personne. Demandez à votre collègue de vous transmettre de nouveau le brouillon.",
    },
    "onboarding-unknown": {
      title: "Adhésion introuvable",
      detail: () => "Elle n’existe pas, ou vous ne l’avez pas envoyée.",
    },
    "institution-kind-not-admitted": {
      title: "Type d’organisme non admis",
      detail: () => "Ce produit n’est pas destiné à ce type d’organisme.",
    },
    "registry-entry-unknown": {
      title: "Absent de la liste",
      detail: (f) => `La liste ne contient pas le code ${text(f.code)}. Reviens à la recherche et choisis de nouveau.`,
    },
    "institution-not-admitted": {
      title: "Cet organisme ne peut pas adhérer",
      detail: (f) =>
        (
          ({
            category: "Sa catégorie dans IndicePA n’est pas parmi celles du produit.",
            units: "À ce produit adhère l’organisme entier, non une de ses AOO ou UO.",
            "private-beta": "Le produit est à l’essai : pour l’instant seuls les organismes invités adhèrent.",
            activity: "Ses activités au registre des entreprises ne sont pas parmi celles admises.",
            closed: "Le produit n’accepte plus d’adhésions.",
          }) as Record<string, string>
        )[text(f.because)] ?? "Le produit ne l’admet pas.",
    },
    "parent-product-missing": {
      title: "Il faut d’abord un autre produit",
      detail: (f) => `Ce produit s’ajoute à ${text(f.parent)} : adhère d’abord à celui-ci, puis reviens.`,
    },
    "recipient-code-not-of-institution": {
      title: "Le code destinataire n’est pas de cet organisme",
      detail: (f) =>
        `Dans IndicePA ${text(f.recipientCode)} n’est pas le code d’un de ses bureaux. Copie-le de sa fiche, à la facturation électronique.`,
    },
    "recipient-code-without-invoicing": {
      title: "Le bureau ne reçoit pas de factures",
      detail: (f) =>
        `Dans IndicePA le bureau ${text(f.recipientCode)} n’a pas le service de facturation. Choisis-en un qui l’a.`,
    },
    "institution-data-differ": {
      title: "Le registre a changé",
      detail: (f) =>
        `Depuis votre recherche, IndicePA a changé : la PEC est maintenant ${text(f.pec)}. Vérifiez et envoyez de nouveau.`,
    },
    "already-active": {
      title: "L’organisme a déjà adhéré",
      detail: () =>
        "Le produit est déjà actif pour cet organisme. Pour y travailler, demandez l’accès à l’un de ses administrateurs.",
    },
    "already-awaiting-signature": {
      title: "Vous avez déjà envoyé cette adhésion",
      detail: () =>
        "Attendez la signature : l’accord est à la PEC de l’organisme. Vous la trouvez dans le choix de l’organisme.",
    },
    "manager-among-administrators": {
      title: "Le représentant légal ne peut pas être administrateur",
      detail: () =>
        "Pour ce produit il faut des personnes différentes : indiquez une autre personne comme administrateur.",
    },
    "administrator-repeated": {
      title: "Le même administrateur deux fois",
      detail: () => "Chaque administrateur s’indique une seule fois.",
    },
    "product-has-children": {
      title: "D’autres produits s’ajoutent à celui-ci",
      detail: (f) => `Quittez d’abord : ${text(f["children"])}. Rien n’a changé.`,
    },
    "aggregates-not-allowed": {
      title: "Pour ce produit chaque organisme adhère lui-même",
      detail: () => "On ne peut pas adhérer pour d’autres avec un fichier.",
    },
    "aggregate-file-unknown": {
      title: "Ce fichier n’existe pas",
      detail: () => "Un fichier non demandé se garde 30 jours. Chargez-le de nouveau.",
    },
    "aggregate-file-malformed": {
      title: "Le fichier est illisible",
      detail: (f) => `Ligne ${text(f["line"])} : ${text(f["reason"])}. Rien n’a été écrit.`,
    },
    "aggregate-file-too-long": {
      title: "Le fichier est trop long",
      detail: (f) => `Jusqu’à ${text(f["maximum"])} lignes : divisez-le.`,
    },
    "aggregate-file-used": {
      title: "L’adhésion pour ce fichier est déjà partie",
      detail: () => "Pour d’autres organismes chargez un autre fichier.",
    },
    "aggregate-file-empty": {
      title: "Aucune ligne n’est en ordre",
      detail: () => "Corrigez les lignes signalées et chargez de nouveau le fichier.",
    },
    "onboarding-not-to-sign": {
      title: "Il n’y a rien à signer maintenant",
      detail: () => "L’accord n’attend pas de signature : voyez où en est l’adhésion.",
    },
    "onboarding-resent-already": {
      title: "Il vient de partir",
      detail: () => "Attendez une heure ; regardez entre-temps les indésirables de la PEC.",
    },
    "onboarding-extended-already": {
      title: "Le délai a déjà été prolongé",
      detail: () => "Il se prolonge une seule fois. S’il expire, envoyez une nouvelle adhésion.",
    },
    "onboarding-not-reviewed": {
      title: "Cette adhésion n’est pas contrôlée",
      detail: () => "Personne ne la regarde avant : l’accord part aussitôt.",
    },
    "onboarding-not-to-correct": {
      title: "Il n’y a rien à corriger",
      detail: () => "On corrige quand qui contrôle le demande ; en attendant vous pouvez écrire un message.",
    },
    "onboarding-of-another-institution": {
      title: "C’est un autre organisme",
      detail: () => "La correction concerne l’organisme déjà envoyé. Pour un autre, envoyez une nouvelle adhésion.",
    },
    "review-decided-already": {
      title: "Elle est déjà décidée",
      detail: (f) =>
        f["by"]
          ? `${text(f["by"])} ${f["outcome"] === "approved" ? "l’a approuvée" : f["outcome"] === "rejected" ? "l’a refusée" : "a demandé de la corriger"}${f["at"] ? ` le ${day("fr", text(f["at"]))}` : ""}. Votre décision n’a pas été écrite.`
          : "Entre-temps elle a été décidée ou retirée. Votre décision n’a pas été écrite.",
    },
    "review-taken": {
      title: "Un collègue s’en occupe",
      detail: (f) =>
        `${text(f["by"]) || "Un collègue"} l’a en main : prenez-la en charge, ou laissez-la. Rien n’a été écrit.`,
    },
    "review-data-changed": {
      title: "Les données ont changé entre-temps",
      detail: () =>
        "La demande a été corrigée après que vous l’avez ouverte : relisez-la, puis décidez. Rien n’a été écrit.",
    },
    "review-over": { title: "Le contrôle est terminé", detail: () => "On n’écrit plus sur cette demande." },
    "review-proposal-open": {
      title: "Une décision attend déjà la seconde personne",
      detail: () => "Un collègue a proposé que faire : confirmez-le ou renvoyez-le.",
    },
    "review-proposal-missing": {
      title: "Il n’y a plus rien à confirmer",
      detail: () => "La proposition a été retirée ou confirmée. Relisez la demande.",
    },
    "onboarding-not-cancellable": { title: "Annulation impossible", detail: () => "L’adhésion est déjà terminée." },
    "second-person-needed": {
      title: "Une seconde personne est nécessaire",
      detail: () =>
        "L’organisme demande deux personnes pour cette modification : proposez-la, et un collègue habilité l’approuve. Rien n’a changé.",
    },
    "second-person-missing": {
      title: "Personne ne pourrait approuver",
      detail: () =>
        "Pour demander deux personnes, au moins deux collègues doivent pouvoir modifier les IBAN et approuver. Donnez d’abord ces permissions à une autre personne.",
    },
    "proposal-unknown": {
      title: "Proposition introuvable",
      detail: () => "Elle n’existe pas, ou appartient à un autre organisme.",
    },
    "proposal-closed": {
      title: "Proposition déjà close",
      detail: () => "Quelqu’un l’a décidée ou retirée, ou son délai est passé. Rechargez la page pour voir l’issue.",
    },
    "proposal-own": {
      title: "C’est votre proposition",
      detail: () => "Une autre personne en décide. Vous pouvez la retirer.",
    },
    "proposal-of-another": {
      title: "C’est la proposition d’une autre personne",
      detail: () => "Seul son auteur peut la retirer ; vous pouvez la refuser.",
    },
    "proposal-outdated": {
      title: "Quelque chose a changé entre-temps",
      detail: () =>
        "La modification proposée n’est plus possible telle quelle. Son auteur peut la retirer et la refaire. Rien n’a changé.",
    },
    "proposal-not-possible": {
      title: "Cette action ne se propose pas",
      detail: () => "Elle se fait directement, avec la permission requise.",
    },
    "product-not-active": {
      title: "Produit inactif",
      detail: () => "L’organisme doit d’abord adhérer au produit. L’adhésion commence depuis la vue d’ensemble.",
    },
    "iban-unknown": {
      title: "IBAN introuvable",
      detail: () => "Il n’existe pas dans cet environnement, a été retiré, ou appartient à un autre organisme.",
    },
    "iban-already-registered": {
      title: "L’IBAN existe déjà",
      detail: () => "Il figure parmi les IBAN en service dans cet environnement : ouvrez-le pour le modifier.",
    },
    "iban-of-another-institution": {
      title: "Compte postal d’un autre organisme",
      detail: () =>
        "Un compte BancoPosta n’appartient qu’à un seul organisme. Vérifiez les chiffres ; s’il est à vous, écrivez à l’assistance.",
    },
    "iban-dates": {
      title: "Les dates ne vont pas",
      detail: (f) =>
        f.why === "begins-too-early"
          ? `Valable au plus tôt le ${day("fr", text(f.earliest))} : choisissez ce jour ou un suivant.`
          : f.why === "already-begun"
            ? "L’IBAN est déjà valable : son début ne change plus."
            : f.why === "already-over"
              ? "La fin est déjà passée : choisissez un jour à partir d’aujourd’hui."
              : f.why === "retires-too-early"
                ? `Le premier jour possible de retrait est le ${day("fr", text(f.earliest))}.`
                : "La fin doit venir après le début.",
    },
    "iban-retiring": {
      title: "Le retrait est déjà programmé",
      detail: () => "Annulez-le d’abord pour choisir un autre jour.",
    },
    "iban-not-retiring": {
      title: "Aucun retrait à annuler",
      detail: () => "L’IBAN est en service, sans jour de retrait.",
    },
    "iban-last": {
      title: "C’est le seul IBAN de l’organisme",
      detail: () => "Sans compte, l’organisme ne peut recevoir de paiements : ajoutez-en d’abord un autre.",
    },
    "iban-not-owner": {
      title: "Un autre organisme décide de l’échéance",
      detail: () =>
        "Cet IBAN est aussi utilisé par un autre organisme, qui l’a déclaré sien en premier : lui seul en choisit la fin. Vous pouvez en prévoir le retrait de votre liste.",
    },
    "iban-file-malformed": {
      title: "Le fichier est illisible",
      detail: (f) =>
        `${f.file ? `${text(f.file)} : ` : f.line ? `Ligne ${text(f.line)} : ` : ""}${text(f.reason)}. Corrigez-le et chargez-le de nouveau : rien n’a changé.`,
    },
    "iban-file-too-long": {
      title: "Le fichier a trop de lignes",
      detail: (f) => `Il peut en avoir ${text(f.maximum)} : répartissez-le en plusieurs fichiers.`,
    },
    "iban-file-of-another": {
      title: "Le fichier est d’un autre organisme",
      detail: (f) => `Il indique ${text(f.taxCode)}. Choisissez le fichier de cet organisme.`,
    },
    "iban-zip-refused": {
      title: "Le ZIP n’est pas accepté",
      detail: (f) =>
        `${f.file ? `${text(f.file)} : ` : ""}${({ "not-a-zip": "ce n’est pas un ZIP entier", "too-many-files": "il contient plus de 10 fichiers", "too-large": "ouvert, il dépasse 10 Mo", encrypted: "il est protégé par mot de passe", folder: "il contient des dossiers", "repeated-name": "deux fichiers ont le même nom", empty: "il est vide" } as Record<string, string>)[text(f.why)] ?? "il est endommagé"}.`,
    },
    "node-file-malformed": {
      title: "Le fichier est illisible",
      detail: (f) => `${f.file ? `${text(f.file)} : ` : f.line ? `Ligne ${text(f.line)} : ` : ""}${text(f.reason)}.`,
    },
    "node-file-too-long": {
      title: "Le fichier a trop de lignes",
      detail: (f) => `Il peut en avoir ${text(f.maximum)} : divisez-le.`,
    },
    "iban-import-unknown": {
      title: "Fichier introuvable",
      detail: () =>
        "Il n’est pas de cet organisme et environnement, ou un mois est passé sans qu’il soit appliqué. Chargez-le de nouveau.",
    },
    "iban-import-partial": {
      title: "Certaines lignes sont refusées",
      detail: (f) =>
        `Il y en a ${text(f.refused)}. Corrigez le fichier et chargez-le de nouveau, ou choisissez d’appliquer seulement les lignes correctes.`,
    },
    "iban-import-empty": {
      title: "Rien à appliquer",
      detail: () => "Aucune ligne ne changerait quelque chose.",
    },
    "iban-import-outdated": {
      title: "Entre-temps quelque chose a changé",
      detail: (f) =>
        `${f.line ? `La ligne ${text(f.line)} (${text(f.iban)}) ne va plus. ` : ""}Chargez de nouveau le fichier pour le vérifier : rien n’a changé.`,
    },
    "evidence-needed": {
      title: "Il manque le justificatif du compte",
      detail: () =>
        "Le compte appartient à un autre : chargez le PDF qui l’autorise, par exemple la convention de trésorerie.",
    },
    "evidence-unknown": {
      title: "Fichier introuvable",
      detail: () =>
        "Il n’a pas été chargé pour cet organisme et cet environnement, ou il justifie déjà un autre IBAN. Chargez-le de nouveau.",
    },
    "evidence-not-a-pdf": {
      title: "Il faut un PDF",
      detail: () => "Le fichier n’est pas un PDF, même dans une signature. Choisissez-en un autre.",
    },
    "iban-labelled": {
      title: "L’IBAN porte une étiquette",
      detail: () =>
        "Déplacez d’abord les étiquettes sur un autre IBAN : sinon ces paiements n’auraient plus de compte.",
    },
    "not-a-member": {
      title: "Vous ne travaillez pas pour cet organisme",
      detail: () =>
        "Il faut un accès à cet organisme. Demandez-le depuis la page « Pour qui travaillez-vous aujourd’hui ? ».",
    },
    "person-unknown": {
      title: "Personne introuvable",
      detail: () => "Elle ne travaille pas, ou plus, pour cet organisme. Pour la faire entrer, invitez-la.",
    },
    "membership-unknown": {
      title: "Accès introuvable",
      detail: () => "Il a déjà été retiré, ou il appartient à un autre organisme. Rechargez la page.",
    },
    "profile-unknown": {
      title: "Profil introuvable",
      detail: () =>
        "Il a été supprimé, ou il appartient à un autre produit ou organisme. Choisissez-en un dans la liste.",
    },
    "group-unknown": {
      title: "Groupe introuvable",
      detail: () => "Il a été supprimé, ou il appartient à un autre organisme.",
    },
    "grant-exceeds-own": {
      title: "Vous ne pouvez donner ou retirer plus que ce que vous avez",
      detail: () =>
        "Il faut avoir toutes les autorisations de ce profil sur ce produit. Un administrateur du produit peut le faire.",
    },
    "last-administrator": {
      title: "C’est le dernier administrateur",
      detail: () =>
        "L’organisme resterait sans, maintenant ou à partir d’un jour déjà fixé. Nommez d’abord un successeur.",
    },
    "membership-repeated": {
      title: "Elle l’a déjà",
      detail: () => "La personne a déjà ce profil, par la même voie. Au besoin, changez les dates de celui qui existe.",
    },
    "membership-from-group": {
      title: "Cela vient d’un groupe",
      detail: () =>
        "Les dates des membres d’un groupe ne se changent pas : retirez la personne du groupe, ou changez le groupe.",
    },
    "profiles-not-combinable": {
      title: "Un seul profil sur ce produit",
      detail: () => "Retirez d’abord celui que la personne a, puis donnez le nouveau.",
    },
    "nothing-to-change": {
      title: "C’est déjà ainsi",
      detail: () => "Quelqu’un a été plus rapide, ou la page n’était pas à jour. Rien n’a changé.",
    },
    "product-without-settings": {
      title: "Rien à régler ici",
      detail: () => "Ce produit ne se règle pas depuis l’Area Riservata.",
    },
    "product-without-back-office": {
      title: "Pas d’entrée ici",
      detail: () => "Ce produit n’a pas de back-office dans cet environnement.",
    },
    "settings-nothing-saved": {
      title: "Rien à activer",
      detail: () => "Enregistrez d’abord les réglages, puis activez-les.",
    },
    "settings-incomplete": {
      title: "Il manque encore quelque chose",
      detail: (f) =>
        `À compléter : ${Array.isArray(f["steps"]) ? f["steps"].join(", ") : ""}. Ce que vous avez écrit est enregistré.`,
    },
    "settings-awaiting-review": {
      title: "Une modification attend déjà le personnel",
      detail: () => "La suivante s’active quand celle-ci est décidée. Si elle ne sert plus, retirez-la.",
    },
    "settings-not-waiting": {
      title: "Cette modification n’attend plus",
      detail: () => "Quelqu’un l’a décidée ou retirée entre-temps : rechargez la page.",
    },
    "settings-change-unknown": {
      title: "Cette modification n’existe pas",
      detail: () => "L’adresse est fausse, ou la modification n’est pas de ce produit.",
    },
    "dates-out-of-order": {
      title: "Les dates ne concordent pas",
      detail: () => "La fin doit venir après le début, et ne pas être déjà passée.",
    },
    "profile-exceeds-maker": {
      title: "Un profil ne contient pas ce que son auteur n’a pas",
      detail: () =>
        "Retirez les autorisations signalées, ou faites-le créer par qui les a avec un profil standard sur ce produit.",
    },
    "profile-name-taken": {
      title: "Un profil porte déjà ce nom",
      detail: () => "Sur un même produit les noms sont distincts. Choisissez-en un autre.",
    },
    "profile-of-group": {
      title: "Un groupe a ce profil",
      detail: () => "Donnez d’abord un autre profil au groupe, ou supprimez le groupe.",
    },
    "permission-of-another-product": {
      title: "Une autorisation relève d’un autre produit",
      detail: () => "Un profil ne concerne qu’un produit. Faites-en un second pour l’autre.",
    },
    "group-resource-unknown": {
      title: "Quelque chose n’existe pas",
      detail: (f) =>
        `« ${String(f["resource"] ?? "")} » n’est pas parmi les stations de l’organisme sur ce produit. Vérifiez le code, ou laissez vide.`,
    },
    "group-name-taken": {
      title: "Un groupe porte déjà ce nom",
      detail: () => "Sur un même produit les noms sont distincts. Choisissez-en un autre.",
    },
    "group-suspended": { title: "Le groupe est suspendu", detail: () => "Réactivez-le avant de le changer." },
    "group-of-administrators": {
      title: "Un administrateur est une personne, pas un groupe",
      detail: () => "Qui administre a toujours un nom. Donnez le profil à la personne.",
    },
    "already-here": {
      title: "Travaille déjà pour l’organisme",
      detail: () =>
        "Pas besoin d’invitation : donnez un autre profil depuis la page de la personne, dans Utilisateurs.",
    },
    "invitation-unknown": {
      title: "Invitation introuvable",
      detail: () => "Elle n’existe pas, ou relève d’un autre organisme.",
    },
    "invitation-pending": {
      title: "Une invitation attend déjà",
      detail: () => "La même personne a déjà été invitée. Vous pouvez lui renvoyer l’invitation, ou la retirer.",
    },
    "invitation-used": {
      title: "Invitation déjà acceptée",
      detail: () => "Elle ne sert qu’une fois. Si vous l’avez acceptée, l’organisme est parmi les vôtres.",
    },
    "invitation-revoked": {
      title: "Invitation retirée",
      detail: () =>
        "La personne qui vous avait invité l’a retirée. S’il vous faut un accès, demandez-le à l’organisme.",
    },
    "invitation-lapsed": {
      title: "L’invitation ne vaut plus",
      detail: () =>
        "Qui vous a invité ne peut plus donner ce qu’elle offrait, ou ses dates sont passées. Demandez-en une nouvelle à l’organisme.",
    },
    "invitation-for-somebody-else": {
      title: "Cette invitation est pour une autre personne",
      detail: () =>
        "Elle ne vaut que pour qui entre avec le code fiscal auquel elle a été envoyée. L’organisme voit que quelqu’un d’autre l’a ouverte.",
    },
    "institution-not-joined": {
      title: "L’organisme n’a pas encore adhéré",
      detail: () => "Il n’y a personne à qui demander l’accès. Vous pouvez commencer l’adhésion vous-même.",
    },
    "access-request-unknown": {
      title: "Demande introuvable",
      detail: () => "Elle n’existe pas, ou relève d’un autre organisme.",
    },
    "access-request-pending": {
      title: "Vous l’avez déjà demandé",
      detail: () => "Votre demande attend une réponse. Vous pouvez la retirer et demander autre chose.",
    },
    "too-many-access-requests": {
      title: "Vous avez assez demandé pour aujourd’hui",
      detail: (f) =>
        `On peut en envoyer ${String(f["most"] ?? "quelques-unes")} par jour au plus. Attendez les réponses, ou retirez ce qui ne sert plus.`,
    },
    "access-request-answered": {
      title: "Il y a déjà une réponse",
      detail: () => "Quelqu’un a répondu avant, ou la demande a été retirée.",
    },
    "permission-already-held": {
      title: "Vous avez déjà cette autorisation",
      detail: () => "Rechargez la page : vous pouvez continuer.",
    },
    "assistance-too-many": {
      title: "Trop de demandes",
      detail: () => "Vous pouvez en envoyer dix par heure. Celles déjà envoyées sont arrivées.",
    },
    "assistance-unknown": {
      title: "Demande introuvable",
      detail: () => "Vérifiez la liste : elle est peut-être d’un autre environnement.",
    },
    "assistance-answered": {
      title: "Elle a déjà une réponse",
      detail: () => "Un collègue a répondu avant. Rechargez la page pour la lire.",
    },
    "representative-unchanged": {
      title: "C’est déjà cette personne",
      detail: () => "Le représentant légal que nous connaissons a déjà ce code fiscal.",
    },
    "representative-missing": {
      title: "Nous ne savons pas qui signe",
      detail: () => "Déclarez d’abord le représentant légal, sur la page de l’organisme.",
    },
    "nomination-needed": {
      title: "Il faut une nomination signée",
      detail: () =>
        "Pour ce produit un administrateur est nommé par un document signé par le représentant légal : ouvrez-le dans « Nominations ».",
    },
    "nomination-not-needed": {
      title: "Aucun document n’est nécessaire",
      detail: () =>
        "Sur ce produit vous donnez vous-même un administrateur, sur la page de la personne ou par une invitation.",
    },
    "nomination-pending": {
      title: "Une nomination attend déjà",
      detail: () => "Il y a déjà un document à signer pour cette personne. Utilisez-le, ou retirez-le.",
    },
    "nomination-unknown": {
      title: "Nomination introuvable",
      detail: () => "Vérifiez l’adresse, ou revenez à la liste.",
    },
    "nomination-closed": {
      title: "La nomination est déjà close",
      detail: () => "Elle a été signée ou retirée. Rechargez la page.",
    },
    "nomination-outdated": {
      title: "Le représentant légal a changé",
      detail: () => "Le document nomme qui l’était avant. Retirez-le et écrivez-en un nouveau.",
    },
    "review-unknown": {
      title: "Révision introuvable",
      detail: () => "Vérifiez l’adresse, ou revenez à la liste des révisions.",
    },
    "review-open": {
      title: "Une révision est déjà ouverte",
      detail: () => "Répondez à celle-là : une fois close, on peut en ouvrir une autre.",
    },
    "review-closed": {
      title: "La révision est close",
      detail: () => "Le temps est écoulé, ou toutes les lignes ont une réponse.",
    },
    "review-line-unknown": {
      title: "Ligne introuvable",
      detail: () => "Elle ne fait pas partie de cette révision. Rechargez la page.",
    },
    "review-line-answered": {
      title: "Elle a déjà une réponse",
      detail: () => "Quelqu’un a répondu, ou l’accès a pris fin, entre-temps. Rechargez la page.",
    },
    "review-own-line": {
      title: "Votre accès est confirmé par un autre",
      detail: () =>
        "Il y a un autre administrateur : c’est lui qui révise votre accès. Vous pouvez seulement le retirer.",
    },
    "administrators-answer": {
      title: "L’organisme a encore des administrateurs",
      detail: (f) =>
        `${text(f["institution"]) || "Cet organisme"} a des administrateurs entrés récemment : demandez-leur un accès.`,
    },
    "recovery-open": {
      title: "Quelqu’un l’a déjà demandé",
      detail: () =>
        "Une demande est déjà en cours pour cet organisme. Attendez qu’elle finisse : qui y travaille la voit sur sa page.",
    },
    "recoveries-too-many": {
      title: "Trop de demandes",
      detail: () => "Vous pouvez le demander trois fois par mois. En cas d’urgence, écrivez à l’Assistance.",
    },
    "recovery-unknown": {
      title: "Demande introuvable",
      detail: () =>
        "La voient la personne qui l’a faite, le représentant légal et les personnes de l’organisme. Vérifiez avec quelle identité vous êtes entré.",
    },
    "recovery-closed": {
      title: "La demande est déjà close",
      detail: () => "Entre-temps elle a abouti, a été arrêtée ou a expiré. Rechargez la page pour voir.",
    },
    "recovery-confirmed": {
      title: "Déjà confirmée",
      detail: () => "Le représentant légal, ou le personnel, a déjà confirmé : rien d’autre n’est nécessaire.",
    },
    "not-the-representative": {
      title: "Seul le représentant légal confirme",
      detail: () =>
        "Votre code fiscal n’est pas celui du représentant légal que nous connaissons. S’il a changé, le personnel répond.",
    },
    "image-not-png": {
      title: "Ce n’est pas un PNG",
      detail: () => "Il faut une image PNG. Enregistrez-la dans ce format : changer l’extension ne suffit pas.",
    },
    "image-damaged": {
      title: "L’image est abîmée",
      detail: () =>
        "Le fichier ne se lit pas jusqu’au bout, ou contient des parties inconnues. Exportez-le de nouveau en PNG.",
    },
    "image-wrong-size": {
      title: "Le logo a une autre taille",
      detail: (f) =>
        `Il fait ${text(f["width"])} × ${text(f["height"])} pixel. Il faut un carré, de 300 à 400 pixels de côté.`,
    },
    "logo-missing": {
      title: "Il n’y a pas de logo",
      detail: () => "L’organisme n’en a pas encore, ou quelqu’un l’a déjà retiré.",
    },
    "agreement-unknown": {
      title: "Accord introuvable",
      detail: () => "Il n’existe pas, ou appartient à un autre organisme.",
    },
    "acceptance-unknown": {
      title: "Cette demande n’existe pas",
      detail: () => "L’organisme n’a pas de nouvelle version à accepter ici. Revenez aux documents.",
    },
    "acceptance-closed": {
      title: "Il n’y a plus rien à accepter",
      detail: () => "Elle est déjà acceptée, dépassée par un texte plus récent, ou l’organisme a quitté le produit.",
    },
    "acceptance-wants-signature": {
      title: "Cette version se signe",
      detail: () => "Il faut la signature numérique du représentant légal : allez à la page de signature.",
    },
    "acceptance-moved-on": {
      title: "Il y a un texte plus récent",
      detail: () => "Ce que vous avez lu n’est plus le dernier. Rechargez la page et lisez ce qui change.",
    },
    "convention-unknown": {
      title: "Cette convention n’existe pas",
      detail: () => "L’organisme ne peut pas la demander, ou ne l’a pas. Revenez aux documents.",
    },
    "convention-open": {
      title: "Cette convention existe déjà",
      detail: () => "Elle est active, ou attend la signature : elle est parmi les documents.",
    },
    "agreement-template-unknown": {
      title: "Ce texte n’existe pas",
      detail: () => "Revenez à la liste des textes.",
    },
    "agreement-template-faulty": {
      title: "Le texte a des erreurs",
      detail: () =>
        "Corrigez celles de la liste : une place entre accolades doit être de celles que l’accord sait remplir.",
    },
    "agreement-template-moved-on": {
      title: "Le texte a changé entre-temps",
      detail: () => "Quelqu’un a publié une autre version. Rechargez la page et repartez de celle-ci.",
    },
    "link-invalid": {
      title: "Ce lien n’est pas valable",
      detail: () =>
        "Il est incomplet ou a été modifié. Ouvrez-le de nouveau depuis le message arrivé à la PEC, sans le changer.",
    },
    "link-expired": {
      title: "Ce lien a expiré",
      detail: () =>
        "Le délai de signature est passé. La personne qui a envoyé l’adhésion peut la renvoyer : un autre lien arrive.",
    },
    "link-used": {
      title: "C’est déjà fait",
      detail: () => "L’accord signé a déjà été accepté : rien d’autre n’est nécessaire.",
    },
    "onboarding-cancelled": {
      title: "Cette adhésion a été annulée",
      detail: () => "Elle ne peut plus être signée. Pour adhérer, envoyez-en une nouvelle.",
    },
    "onboarding-superseded": {
      title: "Une autre adhésion est déjà terminée",
      detail: () => "L’organisme a signé une autre demande pour le même produit : celle-ci n’est plus nécessaire.",
    },
    "agreement-not-ready": {
      title: "L’accord n’est pas encore prêt",
      detail: () => "Nous sommes en train de l’écrire. Réessayez dans une minute.",
    },
    "agreement-proof-missing": {
      title: "Preuve non disponible",
      detail: () =>
        "L’accord a été signé avant que le portail n’écrive des preuves : le document et le fichier signé sont là.",
    },
    "remote-signature-unavailable": {
      title: "La signature à distance ne répond pas",
      detail: () =>
        "Le service de signature ne répond pas. Réessayez dans quelques minutes, ou signez avec vos outils et chargez le fichier : le lien vaut encore.",
    },
    "remote-signature-refused": {
      title: "Signature non autorisée",
      detail: () =>
        "Le service de signature ne l’a pas autorisée : la confirmation a été annulée ou a échoué. Rien n’a changé, vous pouvez réessayer.",
    },
    "remote-signature-without-certificate": {
      title: "Aucun certificat de signature",
      detail: () =>
        "Il n’y a pas de certificat de signature valide auprès de ce service. Signez avec vos outils et chargez le fichier.",
    },
    "remote-signature-expired": {
      title: "La signature a été interrompue",
      detail: () =>
        "Trop de temps a passé, ou la confirmation vient d’un autre navigateur. Repartez du lien reçu par PEC : rien n’a changé.",
    },
    "file-missing": { title: "Le fichier manque", detail: () => "Choisissez le fichier signé et envoyez de nouveau." },
    "file-too-large": {
      title: "Fichier trop volumineux",
      detail: () =>
        "La limite est de 20 Mo. L’accord signé pèse d’habitude moins de 1 Mo : vérifiez que c’est le bon fichier.",
    },
    "upload-truncated": {
      title: "Le fichier est arrivé incomplet",
      detail: () => "La connexion s’est interrompue. Rien n’a été enregistré : envoyez de nouveau.",
    },
    "not-a-signature": {
      title: "Le fichier n’est pas signé",
      detail: () =>
        "Il ne contient pas de signature numérique. Signez l’accord avec CAdES (.p7m) ou PAdES (.pdf) et chargez le fichier produit par le logiciel de signature.",
    },
    "signature-of-another-document": {
      title: "Un autre document est signé",
      detail: () =>
        "Le document signé n’est pas l’accord que nous avons envoyé. Téléchargez l’accord ici et signez celui-là, sans tampon ni numéro d’enregistrement : le tampon vient après la signature.",
    },
    "signature-of-older-version": {
      title: "Une version antérieure est signée",
      detail: (f: Facts) =>
        `Le document signé est celui du ${text(f["writtenAt"]).slice(0, 10) || "passé"}, qui ne vaut plus. Téléchargez l’accord depuis ce lien et signez celui-là.`,
    },
    "signature-before-issue": {
      title: "La date de la signature précède l’accord",
      detail: () =>
        "La signature porte une date antérieure à l’existence de l’accord. Vérifiez la date et l’heure de l’ordinateur et signez de nouveau.",
    },
    "signature-nested-too-deep": {
      title: "Trop d’enveloppes l’une dans l’autre",
      detail: () =>
        "Le fichier est une signature dans une signature, plus de cinq fois. Repartez de l’accord téléchargé et signez-le une seule fois.",
    },
    "signed-copy-to-review": {
      title: "Une personne doit regarder la copie signée",
      detail: () =>
        "Le document a changé après son émission, et nous ne pouvons pas dire seuls si c’est seulement par un tampon. Signez l’accord téléchargé ici ; le tampon va dans les marges, sans toucher le texte.",
    },
    "signed-copy-active-content": {
      title: "Un contenu actif a été ajouté au document",
      detail: () =>
        "Il y a un script, une pièce jointe ou une commande que l’accord n’avait pas. Téléchargez l’accord ici et signez celui-là.",
    },
    "signature-altered": {
      title: "La signature n’est pas intègre",
      detail: () => "Le fichier a changé après la signature. Chargez-le tel que le logiciel de signature le produit.",
    },
    "signature-content-missing": {
      title: "Le fichier ne contient que la signature",
      detail: () =>
        "C’est une signature détachée, sans le document. Signez de nouveau en choisissant « signature avec document inclus ».",
    },
    "signature-incomplete-coverage": {
      title: "La signature ne couvre pas tout le fichier",
      detail: () =>
        "Quelque chose a été ajouté après la signature. Chargez le fichier tel que le logiciel de signature le produit.",
    },
    "signature-weak-algorithm": {
      title: "Signature avec un algorithme dépassé",
      detail: () => "Utilisez un logiciel de signature à jour : il faut SHA-256 et une clé d’au moins 2048 bits.",
    },
    "signed-file-truncated": {
      title: "Le fichier signé est incomplet",
      detail: () => "La fin du fichier manque. Copiez-le de nouveau depuis le logiciel de signature et chargez-le.",
    },
    "signer-not-legal-representative": {
      title: "Une autre personne a signé",
      detail: (f) =>
        f.signer
          ? `${text(f.signer)} a signé, il faut ${text(f.expected)}. L’accord ne vaut qu’avec la signature du représentant légal indiqué dans l’adhésion.`
          : "L’accord ne vaut qu’avec la signature du représentant légal indiqué dans l’adhésion.",
    },
    "signer-identity-missing": {
      title: "Le code fiscal manque dans le certificat",
      detail: () => "Il faut un certificat de signature délivré en Italie, qui porte le code fiscal du signataire.",
    },
    "signer-certificate-expired": {
      title: "Certificat de signature expiré",
      detail: (f) =>
        `Il était valable jusqu’au ${text(f.notAfter).slice(0, 10) || "jour de son échéance"}. Renouvelez-le et signez de nouveau.`,
    },
    "signer-certificate-not-yet-valid": {
      title: "Certificat pas encore valable",
      detail: () => "Le certificat de signature devient valable plus tard. Signez de nouveau à partir de ce jour.",
    },
    "signer-certificate-untrusted": {
      title: "Autorité de certification non reconnue",
      detail: () =>
        "Le certificat ne vient pas d’un prestataire de la liste européenne des services de confiance. Utilisez une signature numérique qualifiée.",
    },
    "signer-certificate-revoked": {
      title: "Certificat de signature révoqué",
      detail: (f: Facts) =>
        `L’autorité l’a révoqué${f["revokedAt"] ? ` le ${text(f["revokedAt"]).slice(0, 10)}` : ""}. Signez de nouveau avec un certificat valide.`,
    },
    "signer-certificate-status-unknown": {
      title: "L’autorité de certification ne répond pas",
      detail: () =>
        "Nous ne pouvons pas savoir si le certificat est encore valide. Réessayez dans quelques minutes : le fichier convient, inutile de le signer de nouveau.",
    },
    "signer-certificate-not-qualified": {
      title: "Signature non qualifiée",
      detail: () =>
        "L’autorité est reconnue, mais ce certificat n’est pas qualifié pour les signatures. Utilisez une signature numérique qualifiée.",
    },
    "signer-certificate-not-for-signing": {
      title: "Ce n’est pas un certificat de signature",
      detail: () =>
        "C’est un certificat d’authentification ou de messagerie. Choisissez dans le logiciel le certificat de signature.",
    },
  },
  fields: {
    required: () => "Manquant : remplissez-le pour continuer.",
    "too-short": (f) => `Trop court : il faut au moins ${text(f.minimum)} caractères.`,
    "too-long": (f) => `Trop long : au plus ${text(f.maximum)} caractères.`,
    "wrong-format": () => "Contient des caractères ou une forme qui ne conviennent pas.",
    "wrong-length": (f) => `La longueur ne convient pas : il faut ${text(f.expected)} caractères.`,
    "wrong-check-digit": () => "Le caractère de contrôle ne correspond pas : il y a une faute de frappe.",
    "wrong-type": () => "La valeur n’est pas du type attendu.",
    "not-allowed": (f) =>
      f.because === "administrator-repeated"
        ? "Cette personne figure déjà parmi les administrateurs."
        : "Cette valeur n’est pas admise.",
    "unknown-field": () => "Il y a un champ que nous ne connaissons pas.",
    "too-few": (f) => `Il en faut au moins ${text(f.minimum)}.`,
    "too-many": (f) => `Au plus ${text(f.maximum)}.`,
    "pec-not-personal": () => "C’est une adresse PEC : il faut l’adresse électronique ordinaire de la personne.",
    "not-a-pec": () => "Ce n’est pas une adresse PEC.",
    "name-disagrees": () => "Le code fiscal ne correspond pas au prénom et au nom.",
    "iban-not-sepa": (f) => `Le pays ${text(f["country"])} n’est pas dans l’espace SEPA : il faut un compte SEPA.`,
    "wrong-cin": () => "La lettre de contrôle (CIN) ne correspond pas au compte : il y a une faute de frappe.",
  },
};
export default words;
