import { z } from "zod";
import { AtInstitution } from "../institutions.ts";
import { endpoint, file } from "../kit/endpoint.ts";
import { Day, Environment, Iban, Id, Instant, PageQuery, page, TaxCode, Text } from "../values/index.ts";
import { Separator } from "./stations.ts";

/** What an account is for, beside receiving payments. Each stands on one account of the institution at most. */
export const ibanLabels = ["cup", "stand-in"] as const;
export type IbanLabel = (typeof ibanLabels)[number];

/** When the money of an institution may go to an account of somebody else: the listed cases. */
export const holderGrounds = ["treasurer", "collection-agent", "union-of-bodies", "law-or-convention"] as const;
export const IbanHolder = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("own") }),
    z.object({
      kind: z.literal("other"),
      taxCode: TaxCode,
      name: Text(140),
      ground: z.enum(holderGrounds).describe("Perché il conto è di un altro: solo nei casi elencati"),
      evidenceId: Id.optional().describe("Il file che lo prova, caricato prima; in Produzione serve"),
    }),
  ])
  .describe("Di chi è il conto");

/** Where a row stands today: it will hold, it holds, it no longer holds, or it was retired. */
export const ibanStates = ["planned", "active", "expired", "retired"] as const;
export type IbanState = (typeof ibanStates)[number];

export const RegisteredIban = z
  .object({
    id: Id,
    iban: z.string(),
    bank: z
      .object({ abi: z.string(), cab: z.string() })
      .nullable()
      .describe("Coordinate italiane; assenti per i conti di altri Paesi"),
    postal: z.boolean().describe("Conto BancoPosta: di un solo ente, stampato sugli avvisi per l’ufficio postale"),
    barcode: z
      .string()
      .nullable()
      .describe("Codifica BARCODE-128-AIM di un conto postale: le sue ultime 12 cifre, di un solo ente"),
    description: z.string(),
    holder: IbanHolder,
    validFrom: Day,
    validUntil: Day.nullable(),
    labels: z.array(z.enum(ibanLabels)),
    state: z.enum(ibanStates),
    retiresOn: Day.nullable().describe("Giorno, a Roma, da cui non è più proposto a chi paga"),
    version: z.number().int(),
    changed: z.object({ at: Instant, by: z.string() }).describe("Ultima modifica, e di chi"),
  })
  .meta({ id: "RegisteredIban" });

export const NewIban = z
  .object({
    iban: Iban,
    description: Text(300),
    validFrom: Day,
    validUntil: Day.optional(),
    holder: IbanHolder.default({ kind: "own" }),
  })
  .meta({ id: "NewIban" });

/** The largest file that shows whose an account is. */
export const IBAN_EVIDENCE_MAX_BYTES = 5 * 1024 * 1024;
export const IbanEvidence = z
  .object({ id: Id, name: z.string(), length: z.number().int(), sha256: z.string() })
  .meta({ id: "IbanEvidence" });

/** What would feel it if an account went, or what stands beside it. */
export const IbanDependents = z
  .object({
    labels: z.array(z.enum(ibanLabels)),
    lastInUse: z.boolean().describe("Oggi è il solo conto su cui l’ente può ricevere pagamenti"),
    shared: z.boolean().describe("È in uso anche presso un altro ente"),
    owner: z.boolean().describe("Se è di più enti: la scadenza la decide chi l’ha dichiarato suo per primo"),
    barcode: z.string().nullable(),
    evidence: IbanEvidence.nullable(),
  })
  .meta({ id: "IbanDependents" });

/** What of an account may change: never the account itself. */
export const IbanChange = z.object({
  description: Text(300),
  validFrom: Day,
  validUntil: Day.nullable().default(null),
});

const InEnvironment = { environment: Environment };
const AtIban = AtInstitution.extend({ ibanId: Id });
const writes = ["product-not-active", "second-person-needed"] as const;

export const ibans = {
  list: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/ibans",
    summary: "Gli IBAN dell’ente",
    description: "In ordine di IBAN. Quelli ritirati si vedono solo con `state=retired`.",
    needs: "pagopa:ibans:read",
    params: AtInstitution,
    query: z.object({ ...InEnvironment, state: z.enum(["in-use", "retired"]).default("in-use"), ...PageQuery }),
    result: page(RegisteredIban),
    problems: [],
    example: { query: { environment: "test", limit: "20" } },
  }),
  read: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/ibans/:ibanId",
    summary: "Un IBAN dell’ente",
    needs: "pagopa:ibans:read",
    params: AtIban,
    query: z.object(InEnvironment),
    result: RegisteredIban,
    problems: ["iban-unknown"],
    example: { query: { environment: "test" } },
  }),
  export: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/iban-exports",
    summary: "Gli IBAN dell’ente in un file",
    description:
      "Dal vivo: denominazioneEnte;codiceFiscale;iban;stato;dataAttivazioneIban;descrizione;etichetta. CSV secondo RFC 4180; ciò che un foglio di calcolo prenderebbe per una formula ha un apostrofo.",
    source: "SANP, esportazioni: lista degli IBAN",
    needs: "pagopa:ibans:read",
    params: AtInstitution,
    query: z.object({ ...InEnvironment, separator: Separator }),
    result: file("text/csv"),
    problems: [],
    example: { query: { environment: "test" } },
  }),
  exportForDelegators: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/delegators-iban-exports",
    summary: "Gli IBAN degli enti serviti in un file",
    description:
      "Per il partner: di ogni ente che ha delegato la lettura degli IBAN in questo ambiente, e che chi chiede segue. Le stesse colonne dell’esportazione di un ente.",
    source: "SANP, esportazioni per gli intermediari",
    needs: "pagopa:ibans:read",
    ownPeople: true,
    params: AtInstitution,
    query: z.object({ ...InEnvironment, separator: Separator }),
    result: file("text/csv"),
    problems: [],
    example: { query: { environment: "test" } },
  }),
  ofDelegators: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/delegators-ibans",
    summary: "Gli IBAN degli enti serviti, per programmi",
    description:
      "Per nome dell’ente, poi per IBAN: un ordine solo, e ogni IBAN una volta. Si va avanti con il cursore, mai con il numero di pagina.",
    source: "Back Office, API esterne per gli intermediari",
    needs: "pagopa:ibans:read",
    ownPeople: true,
    params: AtInstitution,
    query: z.object({ ...InEnvironment, ...PageQuery }),
    result: page(
      z.object({
        institution: z.object({ id: Id, name: z.string(), taxCode: z.string() }),
        iban: z.string(),
        state: z.enum(ibanStates),
        validFrom: Day,
        validUntil: Day.nullable(),
        description: z.string(),
        labels: z.array(z.enum(ibanLabels)),
      }),
    ),
    problems: [],
    example: { query: { environment: "test", limit: "10" } },
  }),
  dependents: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/ibans/:ibanId/dependents",
    summary: "Che cosa dipende da un IBAN",
    description: "Da leggere prima di ritirarlo. Di altri enti dice soltanto se usano lo stesso conto, mai quali.",
    needs: "pagopa:ibans:read",
    params: AtIban,
    query: z.object(InEnvironment),
    result: IbanDependents,
    problems: ["iban-unknown"],
    example: { query: { environment: "test" } },
  }),
  addEvidence: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/pagopa/iban-evidence",
    summary: "Carica la prova di chi è un conto",
    description:
      "PDF, firmato o no, fino a 5 MB: la convenzione di tesoreria, la delibera, il mandato. Il suo `id` va in `holder.evidenceId`. Senza un IBAN che la nomini è cancellata dopo 30 giorni.",
    source: "Manuale del Back Office: conti di terzi solo nei casi previsti",
    needs: "pagopa:ibans:write",
    params: AtInstitution,
    query: z.object(InEnvironment),
    body: z.object({}),
    upload: { maxBytes: IBAN_EVIDENCE_MAX_BYTES, mediaTypes: [] },
    result: IbanEvidence,
    problems: ["product-not-active", "evidence-not-a-pdf", "file-missing", "file-too-large", "upload-truncated"],
    example: { query: { environment: "test" }, body: {} },
  }),
  evidence: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/ibans/:ibanId/evidence",
    summary: "Scarica la prova di chi è un conto",
    needs: "pagopa:ibans:read",
    params: AtIban,
    query: z.object(InEnvironment),
    result: file("application/pdf", "application/pkcs7-mime"),
    problems: ["iban-unknown", "evidence-unknown"],
    example: { query: { environment: "test" } },
  }),
  register: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/pagopa/ibans",
    summary: "Aggiungi un IBAN",
    description:
      "In Produzione vale al più presto da domani, in Collaudo anche da oggi (giorni di Roma). Ogni amministratore lo viene a sapere. Un conto postale è di un solo ente; un conto bancario può essere di più enti, e la sua scadenza la decide chi l’ha dichiarato suo per primo. Un conto di altri in Produzione chiede la prova.",
    source: "SANP, gestione degli IBAN; ISO 13616",
    needs: "pagopa:ibans:write",
    secondPerson: true,
    stepUp: "fresh",
    params: AtInstitution,
    query: z.object(InEnvironment),
    body: NewIban,
    result: RegisteredIban,
    problems: [
      ...writes,
      "iban-already-registered",
      "iban-of-another-institution",
      "iban-dates",
      "iban-not-owner",
      "evidence-needed",
      "evidence-unknown",
    ],
    example: {
      query: { environment: "test" },
      body: { iban: "IT60X0542811101000000123456", description: "Conto di tesoreria", validFrom: "2099-01-01" },
    },
  }),
  change: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/pagopa/ibans/:ibanId",
    summary: "Cambia descrizione e validità di un IBAN",
    description: "L’inizio della validità si cambia solo finché è nel futuro. Il conto stesso non cambia mai.",
    needs: "pagopa:ibans:write",
    secondPerson: true,
    stepUp: "fresh",
    versioned: true,
    params: AtIban,
    query: z.object(InEnvironment),
    body: IbanChange,
    result: RegisteredIban,
    problems: [...writes, "iban-unknown", "iban-dates", "iban-not-owner"],
    example: {
      query: { environment: "test" },
      body: { description: "Conto di tesoreria", validFrom: "2099-01-01", validUntil: null },
    },
  }),
  label: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/pagopa/ibans/:ibanId/labels",
    summary: "Scegli le etichette di un IBAN",
    description:
      "`cup` (Canone Unico Patrimoniale) e `stand-in` (archivio centralizzato). Ogni etichetta sta su un solo IBAN dell’ente: metterla qui la toglie da dov’era, nello stesso momento.",
    needs: "pagopa:ibans:write",
    secondPerson: true,
    stepUp: "fresh",
    versioned: true,
    params: AtIban,
    query: z.object(InEnvironment),
    body: z.object({ labels: z.array(z.enum(ibanLabels)).max(ibanLabels.length) }),
    result: RegisteredIban,
    problems: [...writes, "iban-unknown"],
    example: { query: { environment: "test" }, body: { labels: ["cup"] } },
  }),
  retire: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/pagopa/ibans/:ibanId/retirement",
    summary: "Programma il ritiro di un IBAN",
    description:
      "Dal giorno scelto (da domani in poi, a Roma) non è più proposto a chi paga; le posizioni già create lo conservano. Si può annullare fino al giorno prima.",
    source: "SANP, eliminazione programmata di un IBAN",
    needs: "pagopa:ibans:write",
    secondPerson: true,
    stepUp: "fresh",
    params: AtIban,
    query: z.object(InEnvironment),
    body: z.object({ on: Day }),
    result: RegisteredIban,
    problems: [...writes, "iban-unknown", "iban-dates", "iban-retiring", "iban-last", "iban-labelled"],
    example: { query: { environment: "test" }, body: { on: "2099-01-01" } },
  }),
  keep: endpoint({
    method: "DELETE",
    path: "/institutions/:institutionId/pagopa/ibans/:ibanId/retirement",
    summary: "Annulla il ritiro programmato",
    needs: "pagopa:ibans:write",
    secondPerson: true,
    stepUp: "fresh",
    params: AtIban,
    query: z.object(InEnvironment),
    problems: [...writes, "iban-unknown", "iban-not-retiring"],
    example: { query: { environment: "test" } },
  }),
  rules: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/iban-rules",
    summary: "Che cosa chiede l’ente per cambiare i suoi IBAN",
    needs: "pagopa:ibans:read",
    params: AtInstitution,
    query: z.object(InEnvironment),
    result: z.object({ secondPerson: z.boolean(), version: z.number().int() }),
    problems: [],
    example: { query: { environment: "production" } },
  }),
  changeRules: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/pagopa/iban-rules",
    summary: "Chiedi, o non chiedere più, una seconda persona",
    description: "Togliere la regola chiede anch’esso una seconda persona. La decide l’ente, mai un partner.",
    needs: "pagopa:ibans:write",
    ownPeople: true,
    secondPerson: true,
    stepUp: "fresh",
    versioned: true,
    params: AtInstitution,
    query: z.object(InEnvironment),
    body: z.object({ secondPerson: z.boolean() }),
    result: z.object({ secondPerson: z.boolean(), version: z.number().int() }),
    problems: [...writes, "second-person-missing"],
    example: { query: { environment: "production" }, body: { secondPerson: true } },
  }),
};

// What the shapes hold, for who reads them.
export type RegisteredIban = z.output<typeof RegisteredIban>;
export type IbanHolder = z.output<typeof IbanHolder>;
export type IbanEvidence = z.output<typeof IbanEvidence>;
export type IbanDependents = z.output<typeof IbanDependents>;
