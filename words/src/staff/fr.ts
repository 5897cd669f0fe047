import type { StaffWords } from "./it.ts";

const fr: StaffWords = {
  shell: {
    side: "Personnel",
    company: "PagoPA S.p.A.",
    sections: "Sections du personnel",
    signedInAs: (name) => `${name}, personnel`,
    onProduct: (product) => `sur ${product}`,
    onEvery: "sur chaque produit",
    nav: { overview: "Vue d’ensemble", findings: "Signalements", institutions: "Organismes", audit: "Historique" },
  },
  profiles: {
    reviewer: "Réviseur",
    "product-manager": "Gestion des produits",
    support: "Assistance",
    auditor: "Auditeur",
    security: "Sécurité",
  },
  does: {
    reviewer: "Vous contrôlez ce que les organismes demandent et configurent, puis l’approuvez ou le renvoyez.",
    "product-manager": "Vous décrivez les produits, leurs accords et leurs versions.",
    support: "Vous aidez qui le demande : vous voyez la fiche d’un organisme sans rien changer.",
    auditor: "Vous vérifiez ce qui s’est passé, qui l’a fait et pourquoi.",
    security: "Vous suivez ce qui est suspect et protégez les accès et les données.",
  },
  permissions: {
    "staff:institutions:read": "Chercher les organismes et ouvrir la fiche de l’un d’eux",
    "staff:findings:read": "Voir les signalements destinés au personnel",
    "staff:audit-trail:read": "Lire l’historique du portail et de chaque organisme",
  },
  purposes: {
    support: "assistance",
    review: "révision",
    catalogue: "gestion des produits",
    monitoring: "signalements",
    audit: "vérification",
    security: "sécurité",
  },
  lockedTitle: (permission) => `Il faut l’autorisation « ${permission} »`,
  locked: (profiles) =>
    `Le profil ${profiles} la comprend. Elle vient des groupes du fournisseur d’identité du personnel.`,
  or: "ou",
  overview: {
    title: "Vue d’ensemble",
    intro: "Ce que vous lisez d’un organisme reste dans l’historique de celui-ci, avec le motif.",
    mine: "Vos profils",
    from: "Ils viennent des groupes de votre fournisseur d’identité, lus à la dernière connexion.",
    may: "Vous pouvez",
    until: (time) => `La session se termine à ${time}.`,
    nothing: "Votre profil n’ouvre encore aucune section.",
  },
};

export default fr;
