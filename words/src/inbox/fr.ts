import { day, plural } from "../languages.ts";
import type { InboxWords } from "./it.ts";

const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const many = (count: number, one: string, other: string) => plural("fr", count, { one, other });

const words: InboxWords = {
  bar: "À faire",
  unread: (count) => many(count, "# nouvelle", "# nouvelles"),
  title: "À faire",
  intro: "Pour tous vos organismes : ce qui vous attend, et ce qui s’est passé.",
  viewsLabel: "Que montrer",
  views: { "to-do": "À faire", news: "Ce qui s’est passé", archive: "Archivées" },
  preferencesLink: "Ce que vous recevez par e-mail",
  markAll: "Tout marquer comme lu",
  marked: "Plus rien de nouveau : tout est marqué comme lu.",
  archive: "Archiver",
  restore: "Reprendre",
  archived: "Archivée. Vous la retrouvez parmi les archivées.",
  restored: "Reprise des archivées.",
  fresh: "Nouvelle",
  settled: (day) => `Faite le ${day}`,
  by: (day) => `avant le ${day}`,
  empty: {
    "to-do": { title: "Rien à faire", why: "Quand un organisme attend quelque chose de vous, c’est ici avec la date." },
    news: { title: "Pas encore de nouvelles", why: "Ici figure pendant un an ce qui s’est passé et vous concerne." },
    archive: { title: "Rien d’archivé", why: "Ce que vous archivez reste ici, et vous pouvez le reprendre." },
  },
  kinds: {
    "membership-activated": {
      title: (f) =>
        `Vous avez le profil « ${text(f.profileName)} »${f.productTitle ? ` sur ${text(f.productTitle)}` : ""}`,
      why: () => "Il vaut dès maintenant.",
      act: "Aller à l’organisme",
    },
    "membership-suspended": {
      title: (f) =>
        `Votre profil est suspendu : « ${text(f.profileName)} »${f.productTitle ? ` sur ${text(f.productTitle)}` : ""}`,
      why: () => "Il ne vaut plus tant qu’un administrateur ne le rend pas.",
      act: "Voir l’organisme",
    },
    "membership-restored": {
      title: (f) =>
        `Votre profil est rendu : « ${text(f.profileName)} »${f.productTitle ? ` sur ${text(f.productTitle)}` : ""}`,
      why: () => "Il vaut de nouveau dès maintenant.",
      act: "Aller à l’organisme",
    },
    "membership-ended": {
      title: (f) =>
        `Votre profil a pris fin : « ${text(f.profileName)} »${f.productTitle ? ` sur ${text(f.productTitle)}` : ""}`,
      why: () => "Il ne vaut plus. S’il sert encore, un administrateur le redonne.",
      act: "Voir vos organismes",
    },
    "assistance-answered": {
      title: (f) => `Réponse à votre demande ${text(f["number"])}`,
      why: () => "L’Assistance a répondu : ici et dans votre courrier.",
      act: "Lire la réponse",
    },
    "review-warning": {
      title: () => "La révision des accès va finir",
      why: (f) =>
        `Il manque encore ${text(f["left"])} réponses, avant le ${day("fr", text(f["until"]))}.${f["endsUnanswered"] ? " Ce que personne ne confirme prend fin." : ""}`,
      act: "Réviser",
    },
    "recovery-opened": {
      title: (f) => `${text(f["person"])} demande d’administrer l’organisme`,
      why: () =>
        "Aucun administrateur ne répond plus. Si ce n’est pas juste, arrêtez-la : qui travaille pour l’organisme le peut.",
      act: "Voir, ou arrêter",
    },
    "recovery-waiting": {
      title: (f) => `${text(f["person"])} va administrer l’organisme`,
      why: (f) =>
        `Dès le ${day("fr", text(f["until"]))}, si personne ne l’arrête avant. Qui travaille pour l’organisme le peut.`,
      act: "Voir, ou arrêter",
    },
    "recovery-completed": {
      title: (f) => `${text(f["person"])} administre l’organisme`,
      why: () => "L’attente est finie et personne ne l’a arrêtée. Si ce n’est pas juste, écrivez à l’Assistance.",
      act: "Aller à l’organisme",
    },
    "recovery-stopped": {
      title: (f) => `Demande de ${text(f["person"])} arrêtée`,
      why: (f) =>
        `${text(f["by"]) || "Elle a été arrêtée"} : l’organisme n’est pas administré par cette personne, aucun accès n’a changé.`,
      act: "Aller à l’organisme",
    },
    "onboarding-completed": {
      title: (f) => `L’adhésion à ${text(f.productTitle)} est terminée`,
      why: (f) => `L’accord de ${text(f.institutionName)} est signé et en ordre.`,
      act: "Voir l’adhésion",
    },
    "onboarding-cancelled": {
      title: (f) => `L’adhésion à ${text(f.productTitle)} a été annulée`,
      why: (f) => `Annulée depuis la PEC de ${text(f.institutionName)}.`,
      act: "Voir l’adhésion",
    },
    "onboarding-expired": {
      title: (f) => `L’adhésion à ${text(f.productTitle)} a expiré`,
      why: (f) => `L’accord de ${text(f.institutionName)} n’a pas été signé à temps.`,
      act: "Voir l’adhésion",
    },
    "onboarding-changes-requested": {
      title: (f) => `Corriger l’adhésion à ${text(f.productTitle)}`,
      why: (f) => `Qui la contrôle pour ${text(f.institutionName)} demande une modification.`,
      act: "Corriger",
    },
    "onboarding-rejected": {
      title: (f) => `L’adhésion à ${text(f.productTitle)} est refusée`,
      why: (f) => `Pour ${text(f.institutionName)} : le motif est dans la demande.`,
      act: "Voir le motif",
    },
    "onboarding-message": {
      title: (f) => `Un message sur l’adhésion à ${text(f.productTitle)}`,
      why: (f) => `Qui contrôle la demande de ${text(f.institutionName)} a écrit.`,
      act: "Lire et répondre",
    },
    "onboarding-superseded": {
      title: (f) => `L’adhésion à ${text(f.productTitle)} est close`,
      why: (f) => `Une autre a été signée pour ${text(f.institutionName)}.`,
      act: "Voir l’adhésion",
    },
  },
  topics: {
    "to-do": { name: "Choses à faire", what: "Ce qui manque ou va expirer, et les demandes qui vous attendent" },
    access: { name: "Vos accès", what: "Les profils que vous recevez ou qui changent" },
    onboarding: { name: "Adhésions", what: "L’issue des adhésions que vous avez envoyées" },
    security: { name: "Sécurité", what: "Accès suspendus, rendus ou terminés" },
  },
  preferencesTitle: "Ce que vous recevez par e-mail",
  preferencesIntro:
    "Tout ce qui vous concerne est toujours dans « À faire ». Ici vous choisissez ce qui arrive aussi par e-mail, à l’adresse que vous avez auprès de chaque organisme.",
  general: "Pour tous les organismes",
  always: "Toujours",
  byMail: "Aussi par e-mail",
  exceptions: "Organismes avec un autre choix",
  noExceptions: "Le choix général vaut pour chaque organisme.",
  findInstitution: "Ajouter un organisme : nom ou code fiscal",
  choose: "Choisir",
  backToGeneral: "Revenir au choix général",
  language: "Langue des e-mails",
  languageWhy: "Les PEC aux organismes sont en italien ; là où une autre langue est officielle, dans les deux.",
  saved: "Choix enregistré. Il vaut dès le prochain message.",
  backToInbox: "Revenir à « À faire »",
  mail: {
    greeting: (name) => `${name},`,
    chosen: (link) => `Vous recevez cet e-mail parce que vous l’avez choisi. Vous pouvez changer d’avis ici :\n${link}`,
    always: "Vous recevez cet e-mail parce qu’il concerne la sécurité des accès : il arrive toujours.",
    signed: "Area Riservata\nCe message est automatique : ne répondez pas à cette adresse.",
  },
};
export default words;
