import type { StaffWords } from "./it.ts";

const en: StaffWords = {
  shell: {
    side: "Staff",
    company: "PagoPA S.p.A.",
    sections: "Staff sections",
    signedInAs: (name) => `${name}, staff`,
    onProduct: (product) => `on ${product}`,
    onEvery: "on every product",
    nav: { overview: "Overview", findings: "Findings", institutions: "Institutions", audit: "History" },
  },
  profiles: {
    reviewer: "Reviewer",
    "product-manager": "Product manager",
    support: "Support",
    auditor: "Auditor",
    security: "Security",
  },
  does: {
    reviewer: "You check what institutions ask for and configure, and approve it or send it back.",
    "product-manager": "You describe the products, their agreements and their versions.",
    support: "You help those who ask: you see an institution’s page and change nothing.",
    auditor: "You verify what happened, who did it and why.",
    security: "You follow what is suspicious and protect access and data.",
  },
  permissions: {
    "staff:institutions:read": "Search institutions and open the page of one",
    "staff:findings:read": "See the findings meant for the staff",
    "staff:audit-trail:read": "Read the history of the portal and of each institution",
  },
  purposes: {
    support: "support",
    review: "review",
    catalogue: "product management",
    monitoring: "findings",
    audit: "audit",
    security: "security",
  },
  lockedTitle: (permission) => `This needs the permission “${permission}”`,
  locked: (profiles) => `The profile ${profiles} has it. It comes from the groups of the staff’s identity provider.`,
  or: "or",
  overview: {
    title: "Overview",
    intro: "What you read of an institution stays in that institution’s history, with the reason.",
    mine: "Your profiles",
    from: "They come from the groups of your identity provider, read when you last signed in.",
    may: "You may",
    until: (time) => `The session ends at ${time}.`,
    nothing: "Your profile opens no section yet.",
  },
};

export default en;
