import type { DocumentContent } from "./content.ts";

/** An agreement of two pages with everything a document may hold, in invented names. For tests. */
export const sampleAgreement: DocumentContent = {
  language: "it",
  title: "Accordo di adesione a Pagamenti in linea",
  subject: "Adesione del Comune di Valchiara",
  createdAt: new Date("2026-11-23T09:30:00Z"),
  reference: "AR-2026-000184 · Comune di Valchiara · Pagamenti in linea",
  blocks: [
    { kind: "heading", level: 1, text: "Accordo di adesione a Pagamenti in linea" },
    {
      kind: "paragraph",
      text: "Con questo accordo il Comune di Valchiara aderisce al prodotto Pagamenti in linea. Vale dal giorno della firma digitale del legale rappresentante; l’attività si può avviare già dal giorno dopo.",
    },
    { kind: "heading", level: 2, text: "L’ente" },
    {
      kind: "facts",
      facts: [
        { label: "Denominazione", value: "Comune di Valchiara" },
        { label: "Codice fiscale", value: "80012345678", code: true },
        { label: "Codice IPA", value: "c_z999", code: true },
        { label: "Sede", value: "Piazza della Libertà 1, 33010 Valchiara (UD)" },
        { label: "PEC", value: "protocollo@pec.comune.valchiara.example", code: true },
      ],
    },
    { kind: "heading", level: 2, text: "Chi firma e chi amministra" },
    {
      kind: "facts",
      facts: [
        { label: "Legale rappresentante", value: "Željka Gorišek Müßig" },
        { label: "Codice fiscale", value: "GRSZJK70A41L483Y", code: true },
        { label: "Amministratori", value: "Niccolò D’Andrà, Giulia Ferri e Aljoša Černigoj" },
        {
          label: "Impronta SHA-256 dell’allegato tecnico",
          value: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
          code: true,
        },
      ],
    },
    { kind: "heading", level: 2, text: "Che cosa si impegna a fare l’ente" },
    {
      kind: "list",
      numbered: true,
      items: [
        "Pubblica le stazioni solo dopo il collaudo, e tiene aggiornati gli IBAN di accredito.",
        "Avvisa entro due giorni lavorativi quando cambia il legale rappresentante o un amministratore. Finché non lo fa, restano valide le persone indicate sopra, con i poteri che avevano.",
        "Risponde ai cittadini sui pagamenti ricevuti, anche quando si serve di un partner tecnologico.",
      ],
    },
    { kind: "heading", level: 2, text: "Costi" },
    {
      kind: "paragraph",
      text: "L’adesione non costa nulla. Le commissioni di ciascun pagamento, da 0,00 € a 2,50 €, le stabilisce il prestatore scelto da chi paga: né l’ente né la piattaforma le trattengono. L’elenco completo è nell’allegato tecnico.",
    },
    {
      kind: "list",
      items: [
        "Nessun canone annuo.",
        "Nessun costo per stazione.",
        "Nessuna penale se l’ente recede: basta un preavviso di 30 giorni.",
      ],
    },
    { kind: "heading", level: 2, text: "Durata" },
    {
      kind: "paragraph",
      text: "L’accordo dura finché una delle parti non recede. Il recesso si comunica dall’Area Riservata o via PEC; i pagamenti già avviati si concludono, le ricevute restano a disposizione per dieci anni.",
    },
    { kind: "heading", level: 2, text: "Firma" },
    { kind: "signature", label: "Il legale rappresentante del Comune di Valchiara", name: "Željka Gorišek Müßig" },
    {
      kind: "small-print",
      text: "Firma digitale ai sensi degli articoli 20 e 24 del decreto legislativo 7 marzo 2005, n. 82. Il file firmato si carica così com’è, senza timbri né segnature di protocollo: prima la firma, poi il protocollo.",
    },
  ],
  attachment: {
    name: "accordo.json",
    mediaType: "application/json",
    bytes: new TextEncoder().encode(JSON.stringify({ ente: "Comune di Valchiara", ipa: "c_z999" })),
    description: "I dati dell’accordo, leggibili da un programma",
  },
};
