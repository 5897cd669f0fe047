import type { StaffWords } from "./it.ts";

const de: StaffWords = {
  shell: {
    side: "Personal",
    company: "PagoPA S.p.A.",
    sections: "Bereiche des Personals",
    signedInAs: (name) => `${name}, Personal`,
    onProduct: (product) => `für ${product}`,
    onEvery: "für jedes Produkt",
    nav: { overview: "Übersicht", findings: "Meldungen", institutions: "Körperschaften", audit: "Verlauf" },
  },
  profiles: {
    reviewer: "Prüfer",
    "product-manager": "Produktverwaltung",
    support: "Support",
    auditor: "Auditor",
    security: "Sicherheit",
  },
  does: {
    reviewer: "Sie prüfen, was Körperschaften beantragen und einrichten, und genehmigen es oder geben es zurück.",
    "product-manager": "Sie beschreiben die Produkte, ihre Vereinbarungen und Versionen.",
    support: "Sie helfen, wenn jemand fragt: Sie sehen die Seite einer Körperschaft und ändern nichts.",
    auditor: "Sie prüfen, was geschehen ist, wer es getan hat und warum.",
    security: "Sie verfolgen Verdächtiges und schützen Zugänge und Daten.",
  },
  permissions: {
    "staff:institutions:read": "Körperschaften suchen und die Seite einer öffnen",
    "staff:findings:read": "Die an das Personal gerichteten Meldungen sehen",
    "staff:audit-trail:read": "Den Verlauf des Portals und jeder Körperschaft lesen",
  },
  purposes: {
    support: "Support",
    review: "Prüfung",
    catalogue: "Produktverwaltung",
    monitoring: "Meldungen",
    audit: "Audit",
    security: "Sicherheit",
  },
  lockedTitle: (permission) => `Dafür ist die Berechtigung „${permission}“ nötig`,
  locked: (profiles) =>
    `Das Profil ${profiles} hat sie. Sie kommt aus den Gruppen des Identitätsanbieters des Personals.`,
  or: "oder",
  overview: {
    title: "Übersicht",
    intro: "Was Sie von einer Körperschaft lesen, bleibt mit dem Grund in deren Verlauf.",
    mine: "Ihre Profile",
    from: "Sie kommen aus den Gruppen Ihres Identitätsanbieters, gelesen bei der letzten Anmeldung.",
    may: "Sie dürfen",
    until: (time) => `Die Sitzung endet um ${time}.`,
    nothing: "Ihr Profil öffnet noch keinen Bereich.",
  },
};

export default de;
