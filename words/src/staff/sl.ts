import type { StaffWords } from "./it.ts";

const sl: StaffWords = {
  shell: {
    side: "Osebje",
    company: "PagoPA S.p.A.",
    sections: "Razdelki za osebje",
    signedInAs: (name) => `${name}, osebje`,
    onProduct: (product) => `za ${product}`,
    onEvery: "za vsak izdelek",
    nav: { overview: "Pregled", findings: "Opozorila", institutions: "Ustanove", audit: "Zgodovina" },
  },
  profiles: {
    reviewer: "Pregledovalec",
    "product-manager": "Upravljanje izdelkov",
    support: "Pomoč",
    auditor: "Revizor",
    security: "Varnost",
  },
  does: {
    reviewer: "Preverjate, kaj ustanove zahtevajo in nastavljajo, ter to odobrite ali vrnete.",
    "product-manager": "Opisujete izdelke, njihove sporazume in različice.",
    support: "Pomagate, kdor vpraša: vidite stran ustanove in ničesar ne spreminjate.",
    auditor: "Preverjate, kaj se je zgodilo, kdo je to storil in zakaj.",
    security: "Spremljate sumljivo ter varujete dostope in podatke.",
  },
  permissions: {
    "staff:institutions:read": "Iskati ustanove in odpreti stran ene",
    "staff:findings:read": "Videti opozorila, namenjena osebju",
    "staff:audit-trail:read": "Brati zgodovino portala in vsake ustanove",
  },
  purposes: {
    support: "pomoč",
    review: "pregled",
    catalogue: "upravljanje izdelkov",
    monitoring: "opozorila",
    audit: "revizija",
    security: "varnost",
  },
  lockedTitle: (permission) => `Potrebno je dovoljenje »${permission}«`,
  locked: (profiles) => `Ima ga profil ${profiles}. Dajo ga skupine ponudnika identitete osebja.`,
  or: "ali",
  overview: {
    title: "Pregled",
    intro: "Kar preberete o ustanovi, ostane z razlogom v njeni zgodovini.",
    mine: "Vaši profili",
    from: "Dajo jih skupine vašega ponudnika identitete, prebrane ob zadnji prijavi.",
    may: "Smete",
    until: (time) => `Seja se konča ob ${time}.`,
    nothing: "Vaš profil še ne odpre nobenega razdelka.",
  },
};

export default sl;
