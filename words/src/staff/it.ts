import type { StaffPermission, StaffProfile, StaffPurpose } from "@area/api";

/** What the screens of the company's staff say: loaded with those screens and by nobody else. The key type of the other languages. */
const it = {
  shell: {
    side: "Personale",
    company: "PagoPA S.p.A.",
    sections: "Sezioni del personale",
    signedInAs: (name: string) => `${name}, personale`,
    onProduct: (product: string) => `su ${product}`,
    onEvery: "su ogni prodotto",
    nav: { overview: "Panoramica", findings: "Segnalazioni", institutions: "Enti", audit: "Storia" },
  },
  profiles: {
    reviewer: "Revisore",
    "product-manager": "Gestore dei prodotti",
    support: "Assistenza",
    auditor: "Auditor",
    security: "Sicurezza",
  } satisfies Record<StaffProfile, string>,
  does: {
    reviewer: "Controlli ciò che gli enti chiedono e configurano, e lo approvi o lo rimandi.",
    "product-manager": "Descrivi i prodotti, i loro accordi e le loro versioni.",
    support: "Aiuti chi chiede assistenza: vedi la scheda di un ente, non ne cambi niente.",
    auditor: "Verifichi che cosa è successo, chi l’ha fatto e perché.",
    security: "Segui ciò che è sospetto e proteggi accessi e dati.",
  } satisfies Record<StaffProfile, string>,
  permissions: {
    "staff:institutions:read": "Cercare gli enti e aprire la scheda di uno",
    "staff:findings:read": "Vedere le segnalazioni rivolte al personale",
    "staff:audit-trail:read": "Leggere la storia del portale e di ogni ente",
  } satisfies Record<StaffPermission, string>,
  purposes: {
    support: "assistenza",
    review: "revisione",
    catalogue: "gestione dei prodotti",
    monitoring: "segnalazioni",
    audit: "verifica",
    security: "sicurezza",
  } satisfies Record<StaffPurpose, string>,
  lockedTitle: (permission: string) => `Serve il permesso «${permission}»`,
  locked: (profiles: string) =>
    `Ce l’ha chi ha il profilo ${profiles}. Lo danno i gruppi del gestore di identità del personale.`,
  or: "o",
  overview: {
    title: "Panoramica",
    intro: "Ciò che leggi di un ente resta nella storia di quell’ente, con il motivo.",
    mine: "I tuoi profili",
    from: "Li danno i gruppi del tuo gestore di identità, letti all’ultimo ingresso.",
    may: "Puoi",
    until: (time: string) => `La sessione finisce alle ${time}.`,
    nothing: "Il tuo profilo non apre ancora sezioni.",
  },
};

export default it;
export type StaffWords = typeof it;
