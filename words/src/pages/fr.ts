import type { PageWords } from "./it.ts";

const few = ["aucun", "un", "deux", "trois", "quatre", "cinq", "six"];
const count = (n: number) => few[n] ?? String(n);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const fr: PageWords = {
  shell: {
    portal: "Area Riservata",
    skip: "Aller au contenu",
    language: "Langue : ",
    help: "Assistance",
    updated: "Page mise à jour le {date}",
    accessibilityReviewed: "Déclaration d’accessibilité vérifiée le {date}",
    report: "Signaler un problème",
    terms: "Conditions d’utilisation",
    services: "Services",
    support: "Aide",
    rights: "Droits",
    enter: "Se connecter",
    join: "Adhérer",
    api: "API et documentation",
    sample:
      "La société, les adresses et les contacts de cette page sont des exemples : l’exploitant du portail les remplace.",
    sampleShort: "Données d’exemple",
  },
  carry: {
    title: "Passage au fournisseur d’identité",
    text: "Si la page n’avance pas d’elle-même, utilisez le bouton.",
    button: "Continuer",
  },
  entry: {
    title: "Se connecter",
    headline: "Une seule entrée pour adhérer, signer et attribuer les missions",
    lead: "Ici votre organisme adhère aux produits, signe les accords et décide qui peut faire quoi.",
    heading: "Se connecter",
    identity: "Avec votre identité personnelle. Vous choisissez l’organisme ensuite.",
    comeBack: "Après la connexion, vous revenez à la page demandée.",
    spid: "Se connecter avec SPID",
    providers: "Fournisseurs d’identité SPID",
    level: "SPID de niveau 2 est nécessaire. {link}",
    noSpid: "Je n’ai pas SPID",
    noProviders:
      "Aucun fournisseur SPID n’est joignable pour le moment. Le problème vient de nous : réessayez dans quelques minutes.",
    terms: "En vous connectant, vous acceptez les {terms}. Lisez la {privacy}.",
    privacy: "Politique de confidentialité",
    status: "État des services",
    allUp: "Tous les services fonctionnent",
    slow: "Certains services sont lents",
    down: "Tout ne fonctionne pas",
    newcomers: "C’est la première fois ?",
    newcomersLead:
      "Voyez ce qu’il faut avant de vous connecter. Si vous vous arrêtez, le brouillon est conservé 60 jours.",
    administration: "Commune ou autre administration publique",
    administrationNeeds: "Il vous faut : le nom ou le code IPA de l’organisme. Le représentant légal signe.",
    minutes: "15 min",
    development: "Environnement de développement",
    developmentLead:
      "Les personnes et les organismes sont fictifs et aucun message ne sort d’ici. Connectez-vous comme l’une de ces personnes :",
    mailbox: "Ouvrir la boîte de messages",
    signingDesk: "Ouvrir le bureau de signature",
  },
  login: {
    title: "Connexion non aboutie",
    chip: "Vous n’êtes pas connecté",
    provider: "Fournisseur d’identité",
    reference: "Code pour l’Assistance",
    retry: "Réessayer",
    another: "Choisir un autre fournisseur",
    safe: "Rien n’a été enregistré à votre nom.",
    wrongCredentials: {
      title: "Identifiants erronés trop de fois",
      detail: "Votre fournisseur d’identité a arrêté la connexion.",
      next: "Réessayez calmement, ou récupérez vos identifiants sur le site du fournisseur.",
    },
    levelTooLow: {
      title: "SPID de niveau 2 est nécessaire",
      detail: "Les identifiants utilisés sont d’un niveau inférieur.",
      next: "Activez le niveau 2 sur le site de votre fournisseur (en général une application ou un code temporaire), puis réessayez.",
    },
    timeout: {
      title: "Trop de temps s’est écoulé",
      detail: "Le fournisseur d’identité a attendu, puis a fermé la connexion.",
      next: "Recommencez : il faut en général moins de deux minutes.",
    },
    consentDenied: {
      title: "Vous n’avez pas consenti à l’envoi des données",
      detail: "Sans nom, code fiscal et date de naissance, nous ne savons pas qui se connecte.",
      next: "Recommencez et donnez votre accord. La politique de confidentialité dit ce que nous faisons des données.",
    },
    identitySuspended: {
      title: "Identité suspendue ou identifiants bloqués",
      detail: "C’est votre fournisseur d’identité qui le dit : nous ne pouvons pas la débloquer.",
      next: "Contactez le fournisseur. Si vous avez une autre identité SPID, utilisez-la.",
    },
    cancelled: {
      title: "Vous avez annulé la connexion",
      detail: "La connexion a été interrompue sur le site du fournisseur.",
      next: "Recommencez quand vous voulez.",
    },
    identityKind: {
      title: "Cette identité SPID ne convient pas ici",
      detail: "Le service demande un autre type d’identité : personnelle ou à usage professionnel.",
      next: "Choisissez un fournisseur chez qui vous avez la bonne identité, ou demandez-la au vôtre.",
    },
    unavailable: {
      title: "Le fournisseur d’identité ne répond pas",
      detail: "Le problème est de leur côté, pas dans vos identifiants.",
      next: "Réessayez dans quelques minutes, ou utilisez un autre fournisseur.",
    },
    technical: {
      title: "Une erreur technique bloque la connexion",
      detail: "Le problème vient de nous ou du fournisseur, pas de vos identifiants.",
      next: "Réessayez. Si cela se répète, choisissez un autre fournisseur ou donnez à l’Assistance le code ci-dessous.",
    },
    generic: {
      title: "Le fournisseur d’identité ne vous a pas connecté",
      detail: "Il n’a pas donné de motif que nous puissions vous expliquer.",
      next: "Réessayez, ou choisissez un autre fournisseur.",
    },
  },
  error: {
    code: "Code pour l’Assistance",
    home: "Retour à l’entrée",
    enter: "Se connecter",
    retry: "Réessayer",
    help: "Demander à l’Assistance",
    status: "État des services",
    ours: "Problème de notre côté",
    wait: "Attendez un instant",
    denied: "Non autorisé",
    notFound: "Introuvable",
    refused: "Non aboutie",
    linkHelp: "Le bon lien est dans le dernier message envoyé à la PEC de l’organisme.",
  },
  agreement: {
    label: "Accord {product}",
    signBy: "À signer avant le {date}",
    steps: "Étapes de la signature",
    done: "Fait : ",
    stepWritten: "Accord prêt",
    stepSign: "Signature et envoi",
    stepSignAgain: "Signature à refaire",
    stepChecked: "Contrôlé, à envoyer",
    stepActive: "{product} actif",
    title: "Signer l’accord {product}",
    lead: "{signer} doit le signer pour {institution}. Vous avez jusqu’au {date}, {distance}.",
    download: "Télécharger l’accord",
    downloadStep: "Télécharger l’accord",
    downloadLead:
      "C’est le document à signer tel quel : ne le tamponnez pas et ne l’enregistrez pas avant la signature.",
    file: "Document",
    size: "Taille",
    digest: "Empreinte SHA-256",
    digestHint: "Elle sert à vérifier que le fichier téléchargé est bien celui-ci.",
    uploadStep: "Déposer l’accord signé",
    uploadAgain: "Déposer à nouveau",
    uploadLead: "Avec la signature numérique de {signer} : CAdES ({p7m}) ou PAdES ({pdf}).",
    chooseFile: "Accord signé",
    fileHint: "{p7m} ou {pdf}, jusqu’à 20 Mo. Vous pouvez aussi le glisser dans le cadre.",
    send: "Envoyer l’accord signé",
    check: "Contrôler sans envoyer",
    checkHint: "Le contrôle n’enregistre rien : vous voyez le résultat et vous décidez.",
    sendHint: "Si la signature est en ordre, l’envoi conclut l’adhésion.",
    facts: "En bref",
    institution: "Organisme",
    product: "Produit",
    signer: "Signature de",
    deadline: "Expire le",
    rules: "D’abord la signature, puis l’enregistrement",
    ruleOriginal: "Signez le fichier téléchargé ici, sans l’imprimer ni le numériser.",
    ruleSigner: "La signature numérique de {signer} est nécessaire, avec son code fiscal dans le certificat.",
    ruleStamp:
      "Tampons et numéro d’enregistrement viennent après la signature, sur une copie. Avant, seulement dans les marges.",
    ruleLink: "Le lien s’ouvre autant de fois que vous voulez jusqu’à l’échéance et ne donne pas accès au portail.",
    kilobytes: "{n} ko",
    megabytes: "{n} Mo",
  },
  verdict: {
    notAccepted: "Non accepté",
    notAcceptedCheck: "Pas encore en ordre",
    fine: "En ordre",
    heading: (wrong, right) =>
      `${capital(count(wrong))} ${wrong === 1 ? "point" : "points"} à corriger${right ? `, ${count(right)} déjà en ordre` : ""}`,
    fineHeading: "Tout est en ordre : envoyez-le maintenant",
    kept: "Le fichier n’a pas été enregistré et le lien reste valable : vous pouvez réessayer autant de fois que vous voulez jusqu’au {date}.",
    fineLead:
      "Le contrôle n’a pas enregistré le fichier. Choisissez-le à nouveau ici et envoyez-le : l’adhésion se conclut.",
    checkedAt: "contrôlé aujourd’hui à {time}",
    sentAt: "déposé aujourd’hui à {time}",
    issued: "Ce que nous vous avons envoyé",
    uploaded: "Ce que vous avez déposé",
    issuedPicture: "L’accord envoyé : ni signature ni tampon",
    pictureFine: "Le document déposé : c’est l’accord, signé par la bonne personne",
    pictureChanged: "Le document déposé : ce n’est plus l’accord envoyé",
    pictureSigner: "Le document déposé : la signature ne convient pas",
    pictureBoth: "Le document déposé : ce n’est plus l’accord envoyé et la signature ne convient pas",
    toMend: "À corriger",
    right: "En ordre",
    later: "Pas encore contrôlé",
    laterNote: "Nous le regardons quand le reste est en ordre.",
    mend: "Comment corriger",
    digest: "Empreinte",
    expected: "Attendu",
    signedBy: "Signature de",
    issuer: "Délivré par",
    validFrom: "Valable dès le",
    validUntil: "Valable jusqu’au",
    help: "Besoin d’aide ? {link} et décrivez ce résultat.",
    helpLink: "Écrivez à l’Assistance",
    originalLink: "PDF original",
    changedWhat: "Ce qui a changé",
    changedKinds: {
      content: "Texte ou images de la page",
      pages: "Nombre ou ordre des pages",
      annotations: "Annotations hors des marges",
      catalog: "Réglages du document",
      structure: "Structure interne du fichier",
      rewritten: "Tout le fichier, réécrit par un programme",
    },
    changedPages: "Pages",
    changedTitle: "L’accord a été modifié avant la signature",
    changedDetail:
      "Un tampon, l’enregistrement ou une annotation l’a modifié : le texte signé n’est plus celui de l’accord.",
    mendDocument:
      "Repartez du {link} : d’abord la signature, puis l’enregistrement. Un tampon sur la copie déjà signée convient.",
    mendSigner:
      "Faites signer {signer}. Si le représentant légal a changé, la personne qui a envoyé l’adhésion peut l’annuler et en envoyer une avec le bon nom.",
    signerTitle: "{actual} a signé, il faut {signer}",
    rule: {
      form: "L’accord ne vaut qu’avec une signature numérique dans le fichier.",
      integrity: "Un fichier modifié après la signature ne prouve plus qui l’a signé.",
      document: "Le texte signé doit être exactement celui que nous vous avons envoyé.",
      trust: "Il faut la signature qualifiée d’un prestataire reconnu en Europe.",
      validity: "Le certificat doit être de signature, et valable aujourd’hui.",
      signer: "L’accord ne vaut qu’avec la signature du représentant légal indiqué dans l’adhésion.",
    },
    ok: {
      form: { title: "Format reconnu", note: "C’est un fichier signé, CAdES ou PAdES." },
      integrity: { title: "Signature intègre", note: "Le fichier n’a pas changé depuis la signature." },
      document: { title: "C’est votre accord", note: "L’empreinte est celle du document envoyé." },
      trust: {
        title: "Certificateur reconnu",
        note: "Il figure dans la liste de ceux qui peuvent délivrer des signatures.",
      },
      validity: { title: "Certificat valable", note: "Il est de signature et n’a pas expiré." },
      signer: { title: "Signature de la bonne personne", note: "C’est le représentant légal indiqué." },
    },
  },
  outcome: {
    signedChip: "Conclue",
    signedTitle: "Adhésion conclue : {product} est actif",
    signedLead: "{institution} a adhéré le {date} à {time}, avec la signature de {signer}.",
    next: "La suite",
    nextMail: "La confirmation arrive à la PEC de l’organisme.",
    nextAdministrators:
      "Les administrateurs indiqués dans l’adhésion se connectent avec SPID et trouvent l’organisme prêt.",
    nextCopy: "L’accord signé reste dans Documents, à télécharger au besoin. Vous pouvez maintenant l’enregistrer.",
    enter: "Entrer dans l’Area Riservata",
    completed: {
      chip: "Conclue",
      title: "L’accord est déjà signé",
      detail:
        "{institution} a déjà adhéré à {product} : rien d’autre n’est nécessaire. L’accord signé est dans Documents.",
    },
    cancelled: {
      chip: "Annulée",
      title: "Cette adhésion a été annulée",
      detail:
        "L’accord {product} de {institution} ne peut plus être signé. Pour adhérer, envoyez une nouvelle adhésion.",
    },
    expired: {
      chip: "Expirée",
      title: "Le délai pour signer est passé",
      detail:
        "Le lien vers l’accord {product} de {institution} valait jusqu’au {date}. La personne qui a envoyé l’adhésion peut la renvoyer : un autre lien arrive à la PEC.",
    },
    superseded: {
      chip: "Plus nécessaire",
      title: "Une autre adhésion est déjà conclue",
      detail: "{institution} a signé une autre demande pour {product} : celle-ci n’est plus nécessaire.",
    },
    notReady: {
      chip: "En préparation",
      title: "L’accord n’est pas encore prêt",
      detail: "Nous l’écrivons pour {institution} : une minute suffit en général. Le lien reste le même.",
    },
    join: "Commencer une nouvelle adhésion",
    reload: "Recharger la page",
  },
  cancel: {
    title: "Annuler l’adhésion à {product} ?",
    lead: "{institution} n’adhère pas et l’accord envoyé à la PEC ne peut plus être signé.",
    reversible:
      "Pour adhérer plus tard, on envoie une nouvelle adhésion. Ce que l’organisme a déjà d’actif reste tel quel.",
    confirm: "Annuler l’adhésion",
    keep: "Garder l’adhésion",
    keepHint: "Pour la garder, il suffit de fermer cette page : rien n’a changé jusqu’ici.",
    doneChip: "Annulée",
    doneTitle: "Adhésion à {product} annulée",
    doneLead:
      "{institution} n’adhère pas. L’accord ne peut plus être signé ; la personne qui avait envoyé l’adhésion est avertie.",
  },
  foot: {
    accessibility: {
      title: "Accessibilité",
      lead: "Toute personne doit pouvoir utiliser ce portail, avec n’importe quel outil. Voici où nous en sommes.",
      parts: {
        target: {
          heading: "L’objectif",
          text: "WCAG 2.2 niveau AA, qui comprend les exigences de la norme EN 301 549 (loi italienne 4/2004 et directive (UE) 2016/2102).",
        },
        state: {
          heading: "L’état",
          text: "Partiellement conforme, par autoévaluation du {date}. Nous contrôlons chaque page avec des outils automatiques, au clavier seul, avec le texte à 200 % et sur des écrans de 320 pixels.",
        },
        missing: {
          heading: "Ce qui manque encore",
          text: "Un essai avec des personnes utilisant des technologies d’assistance et une vérification par des tiers. Les PDF des accords portent la structure utile aux lecteurs d’écran, mais nous ne les avons pas essayés avec tous.",
        },
        feedback: {
          heading: "Signaler un problème",
          text: "Écrivez à {accessibility} : quelle page et ce que vous n’arrivez pas à faire. Nous répondons sous 30 jours et vous donnons entre-temps le contenu sous une autre forme.",
        },
        enforcement: {
          heading: "Si cela ne suffit pas",
          text: "Sans réponse, ou si elle ne vous convient pas, vous pouvez vous adresser au Défenseur civique pour le numérique (Difensore civico per il digitale), auprès d’AgID.",
        },
      },
    },
    privacy: {
      title: "Politique de confidentialité",
      lead: "Quelles données nous traitons, pourquoi et pendant combien de temps (règlement (UE) 2016/679, articles 13 et 14).",
      parts: {
        controller: {
          heading: "Qui les traite",
          text: "Le responsable du traitement est {company}, {address}. Le délégué à la protection des données répond à {dpo}.",
        },
        data: {
          heading: "Quelles données",
          text: "Seulement celles qui servent à savoir qui agit pour un organisme.",
          items: [
            "De SPID : prénom, nom, code fiscal, date de naissance, et l’e-mail si le fournisseur le donne.",
            "De la personne qui envoie une adhésion : nom, code fiscal et e-mail du représentant légal et des administrateurs.",
            "De l’accord signé : les données inscrites dans le certificat de signature.",
            "De l’usage : ce que vous avez fait, quand et pour quel organisme.",
          ],
        },
        why: {
          heading: "Pourquoi",
          text: "Pour exécuter une mission d’intérêt public et les accords avec les organismes, et pour respecter les obligations légales sur SPID et la signature numérique (article 6, paragraphe 1, points b, c, e). Ni profilage ni publicité.",
        },
        time: {
          heading: "Pendant combien de temps",
          text: "Chaque donnée a son échéance, puis elle est supprimée.",
          items: [
            "Session : tant qu’elle est ouverte ; elle se ferme après un temps sans activité et en tout cas dans la journée.",
            "Registre des connexions SPID : 24 mois, comme le demandent les règles techniques.",
            "Brouillons d’adhésion : 60 jours après la dernière modification.",
            "Accords et adhésions : pendant la relation et les 10 ans de la prescription.",
            "Registre des actions : autant que les accords ; les données des personnes sont à part et chiffrées, on peut donc les supprimer.",
          ],
        },
        who: {
          heading: "Qui les voit",
          text: "Les administrateurs de votre organisme, l’Assistance quand vous la sollicitez, et les prestataires qui font fonctionner le service. Elles restent dans l’Union européenne.",
        },
        rights: {
          heading: "Vos droits",
          text: "Vous pouvez demander à voir, corriger, limiter ou supprimer vos données, et vous opposer : écrivez à {dpo}. Vous pouvez introduire une réclamation auprès de l’autorité italienne (Garante).",
        },
      },
    },
    cookies: {
      title: "Cookies",
      lead: "Nous n’utilisons que des cookies techniques : la loi ne demande pas de consentement. Ni statistiques de tiers, ni publicité.",
      parts: {
        list: { heading: "Lesquels", text: "Trois, tous de notre part." },
        refuse: {
          heading: "Si vous les bloquez",
          text: "Vous lisez les pages publiques, mais vous ne pouvez pas vous connecter. Vous les supprimez quand vous voulez dans les réglages du navigateur.",
        },
      },
      duration: "Durée",
      session: {
        purpose: "Se souvient que vous êtes connecté.",
        duration: "jusqu’à la déconnexion ou la fin de la session",
      },
      login: {
        purpose: "Lie la réponse du fournisseur SPID à ce navigateur.",
        duration: "quelques minutes, pendant la connexion",
      },
      language: { purpose: "Se souvient de la langue choisie.", duration: "12 mois" },
    },
    legal: {
      title: "Mentions légales",
      lead: "Qui offre le service et à quelles conditions.",
      parts: {
        owner: { heading: "Qui offre le service", text: "{company}, {address}, numéro de TVA {vat}, PEC {pec}." },
        terms: {
          heading: "Conditions d’utilisation",
          text: "Le portail s’adresse à qui travaille pour un organisme ou pour son mandataire.",
          items: [
            "Vous entrez avec votre identité et agissez seulement pour les organismes qui vous ont mandaté.",
            "Ce que vous faites est inscrit à votre nom et vaut pour l’organisme.",
            "Ne prêtez pas votre accès et ne contournez pas les contrôles.",
            "Nous pouvons suspendre un accès utilisé contre ces règles ; nous vous en disons le motif.",
          ],
        },
        content: {
          heading: "Textes et logiciel",
          text: "Le logiciel est ouvert, sous licence EUPL 1.2. Les textes se réutilisent en citant la source ; noms et logos restent à leurs titulaires.",
        },
        liability: {
          heading: "Données des organismes",
          text: "Les données des organismes viennent d’IndicePA. Une erreur se corrige là-bas : ici la mise à jour est automatique.",
        },
      },
    },
    help: {
      title: "Assistance",
      lead: "Une personne répond les jours ouvrables. Regardez d’abord ci-dessous : les questions les plus fréquentes ont déjà leur réponse.",
      parts: {
        write: {
          heading: "Écrivez-nous",
          text: "{support}. Indiquez l’organisme et, s’il y en a un, le code pour l’Assistance affiché dans la page : il suffit à retrouver le cas. N’envoyez ni mots de passe, ni codes temporaires, ni liens reçus par PEC.",
        },
        login: {
          heading: "Je n’arrive pas à me connecter",
          text: "Si le problème vient des identifiants, seul votre fournisseur SPID peut vous aider. Si le message parle d’erreur technique, essayez un autre fournisseur et envoyez-nous le code.",
        },
        link: {
          heading: "Je ne trouve pas le lien pour signer",
          text: "Il arrive à la PEC de l’organisme inscrite dans IndicePA, en général au bureau d’enregistrement. S’il a expiré, la personne qui a envoyé l’adhésion peut la renvoyer.",
        },
        access: {
          heading: "Mon organisme est déjà là, mais je ne le vois pas",
          text: "Demandez à un administrateur de l’organisme de vous ajouter : lui seul peut le faire.",
        },
        report: {
          heading: "Signaler un problème dans une page",
          text: "Écrivez à {support} : quelle page, ce que vous attendiez et ce qui s’est passé.",
        },
      },
    },
    security: {
      title: "Sécurité",
      lead: "Vous avez trouvé une faille ? Dites-le-nous d’abord : nous vous écoutons.",
      parts: {
        report: {
          heading: "Comment signaler",
          text: "Écrivez à {security} les étapes pour la reproduire. Nous répondons sous 3 jours ouvrables et vous disons quand elle est corrigée.",
        },
        rules: {
          heading: "Ce que nous vous demandons",
          text: "Pour que personne n’ait à en souffrir.",
          items: [
            "Utilisez vos données ou des données d’essai : ne lisez, ne changez et ne supprimez pas celles d’autrui.",
            "Ne bloquez pas le service et ne trompez personne.",
            "Attendez la correction, ou 90 jours, avant de publier.",
          ],
        },
        promise: {
          heading: "Ce que nous promettons",
          text: "Si vous suivez ces règles, nous n’engageons pas de poursuites. Si vous le voulez, nous vous remercions nommément. Il n’y a pas de récompense en argent.",
        },
        how: {
          heading: "Comment nous protégeons les données",
          text: "Connexion avec SPID de niveau 2, données personnelles chiffrées, chaque action inscrite dans un registre qu’on ne peut pas réécrire. Les pages ne chargent rien d’autres sites.",
        },
      },
    },
    status: {
      title: "État des services",
      lead: "Comment vont maintenant les services dont le portail a besoin.",
      checked: "Contrôlé à {time} le {date}. Rechargez la page pour voir l’état présent.",
      unknown: "Aucune donnée : le contrôle n’a pas encore commencé. Rechargez la page dans une minute.",
      list: "Services",
      since: "depuis le {date}, {time}",
      up: "Fonctionne",
      slow: "Lent",
      down: "Ne fonctionne pas",
      allUp: "Tous les services fonctionnent",
      someSlow: "Certains services sont lents",
      someDown: "Tout ne fonctionne pas",
      services: {
        portal: "Portail",
        database: "Base de données",
        login: "Connexion avec SPID",
        registry: "IndicePA",
        mail: "Envoi d’e-mails et de PEC",
        documents: "Accords et documents",
      },
      machine: "Pour les programmes : {link}, en JSON.",
    },
  },
};

export default fr;
