import type { Facts, ProblemWords } from "./it.ts";

const names = (facts: Facts) =>
  Array.isArray(facts.grantors) && facts.grantors.length ? (facts.grantors as string[]).join(", ") : null;
const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

const words: ProblemWords = {
  problems: {
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
      detail: () => "Connectez-vous avec SPID et vous reviendrez ici.",
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
        names(f)
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
      detail: () => "Il ne figure pas dans la liste des fournisseurs SPID reconnus. Choisissez-en un autre.",
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
      title: "Il faut SPID de niveau 2",
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
    "onboarding-not-cancellable": { title: "Annulation impossible", detail: () => "L’adhésion est déjà terminée." },
    "agreement-unknown": {
      title: "Accord introuvable",
      detail: () => "Il n’existe pas, ou appartient à un autre organisme.",
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
  },
};
export default words;
