import { z } from "zod";
import { AtInstitution } from "../institutions.ts";
import { endpoint } from "../kit/endpoint.ts";
import { Day, Environment, Id, Instant, PageQuery, page } from "../values/index.ts";

/** What one file may hold. */
export const IBAN_IMPORT_MAX_BYTES = 10 * 1024 * 1024;
export const IBAN_IMPORT_MAX_FILES = 10;
export const IBAN_IMPORT_MAX_ROWS = 20_000;

export const ibanImportOperations = ["add", "change", "retire"] as const;
export type IbanImportOperation = (typeof ibanImportOperations)[number];
export const ibanImportVerdicts = ["accepted", "unchanged", "refused"] as const;
export type IbanImportVerdict = (typeof ibanImportVerdicts)[number];
/** Why a row is refused: one word each, worded in every language. */
export const ibanImportProblems = [
  "operation-unknown",
  "iban-wrong",
  "repeated",
  "description-missing",
  "description-not-here",
  "description-too-long",
  "date-missing",
  "date-not-here",
  "date-wrong",
  "begins-too-early",
  "already-begun",
  "ends-before-it-begins",
  "already-over",
  "already-registered",
  "unknown",
  "of-another-institution",
  "not-owner",
  "labelled",
  "last",
] as const;
export type IbanImportProblem = (typeof ibanImportProblems)[number];

export const IbanImport = z
  .object({
    id: Id,
    environment: Environment,
    name: z.string(),
    sha256: z.string().describe("Impronta del file"),
    uploadedAt: Instant,
    uploadedBy: z.string(),
    partner: z.string().nullable().describe("Il partner che l’ha caricato per conto dell’ente"),
    rows: z.number().int(),
    toAdd: z.number().int(),
    toUpdate: z.number().int(),
    toDelete: z.number().int().describe("Ritiri: dal giorno dopo l’applicazione, annullabili fino ad allora"),
    unchanged: z.number().int().describe("Righe già vere: ricaricare lo stesso file non fa niente due volte"),
    refused: z.number().int(),
    applied: z.object({ at: Instant, by: z.string() }).nullable(),
  })
  .meta({ id: "IbanImport" });
export const IbanImportRow = z
  .object({
    number: z.number().int(),
    line: z.number().int().describe("Riga del file; in un JSON, il posto nella lista"),
    file: z.string().nullable().describe("Il file dentro lo ZIP"),
    operation: z.enum(ibanImportOperations).nullable(),
    iban: z.string(),
    description: z.string().nullable(),
    validFrom: Day.nullable(),
    validUntil: Day.nullable(),
    verdict: z.enum(ibanImportVerdicts),
    problem: z.enum(ibanImportProblems).nullable(),
    facts: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "IbanImportRow" });

const InEnvironment = { environment: Environment };
const AtImport = AtInstitution.extend({ importId: Id });
const upload = { maxBytes: IBAN_IMPORT_MAX_BYTES, mediaTypes: [] as string[] };
const fileProblems = [
  "product-not-active",
  "iban-file-malformed",
  "iban-file-too-long",
  "iban-file-of-another",
  "iban-zip-refused",
  "file-missing",
  "file-too-large",
  "upload-truncated",
] as const;

export const ibanImports = {
  list: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/iban-imports",
    summary: "I file di IBAN dell’ente",
    needs: "pagopa:ibans:read",
    params: AtInstitution,
    query: z.object({ ...InEnvironment, ...PageQuery }),
    result: page(IbanImport),
    problems: [],
    example: { query: { environment: "test" } },
  }),
  check: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/pagopa/iban-imports",
    summary: "Controlla un file di IBAN",
    description:
      "CSV in UTF-8 con le colonne `descrizione,iban,dataattivazioneiban,operazione` (CREATE, UPDATE, DELETE), oppure JSON nella forma dell’ecosistema, da solo o in uno ZIP (10 file, 10 MB). Ogni riga ha il suo verdetto; non cambia nulla finché qualcuno non applica ciò che è in ordine. I conti di un file sono dell’ente: quelli di altri si aggiungono uno a uno, con la prova. Con `dryRun` non resta niente.",
    source: "Manuale del Back Office, gestione multipla; SANP, caricamento massivo degli IBAN",
    needs: "pagopa:ibans:write",
    params: AtInstitution,
    query: z.object(InEnvironment),
    body: z.object({}),
    upload,
    result: IbanImport,
    problems: fileProblems,
    example: { query: { environment: "test" }, body: {} },
  }),
  read: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/iban-imports/:importId",
    summary: "Un file di IBAN, e che cosa cambierebbe",
    needs: "pagopa:ibans:read",
    params: AtImport,
    query: z.object(InEnvironment),
    result: IbanImport,
    problems: ["iban-import-unknown"],
    example: { query: { environment: "test" } },
  }),
  rows: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/iban-imports/:importId/rows",
    summary: "Le righe di un file, con il loro verdetto",
    needs: "pagopa:ibans:read",
    params: AtImport,
    query: z.object({ ...InEnvironment, verdict: z.enum(ibanImportVerdicts).optional(), ...PageQuery }),
    result: page(IbanImportRow),
    problems: ["iban-import-unknown"],
    example: { query: { environment: "test" } },
  }),
  apply: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/pagopa/iban-imports/:importId/application",
    summary: "Applica le righe in ordine",
    description:
      "Tutte insieme, in una sola transazione, o nessuna. Se qualche riga è rifiutata serve `partial: true`: le altre si applicano lo stesso. Ogni riga è controllata di nuovo: se nel frattempo una non va più, niente cambia e il file si ricontrolla. Ripeterla su un file già applicato non fa nulla. DELETE programma il ritiro per domani.",
    needs: "pagopa:ibans:write",
    secondPerson: true,
    stepUp: "fresh",
    params: AtImport,
    query: z.object(InEnvironment),
    body: z.object({ partial: z.boolean().default(false) }),
    result: IbanImport,
    problems: [
      "product-not-active",
      "second-person-needed",
      "iban-import-unknown",
      "iban-import-partial",
      "iban-import-empty",
      "iban-import-outdated",
    ],
    example: { query: { environment: "test" }, body: { partial: true } },
  }),
  checkForDelegators: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/pagopa/delegators-iban-imports",
    summary: "Controlla uno ZIP di IBAN per gli enti serviti",
    description:
      "Per il partner: un JSON per ciascun ente, nello stesso ZIP. Ogni ente per cui chi carica può cambiare gli IBAN (delega, ambiente, profilo, assegnazione) riceve il suo file controllato, da applicare sotto la sua delega; degli altri è detto perché no, e niente di loro è toccato.",
    needs: "pagopa:ibans:write",
    ownPeople: true,
    params: AtInstitution,
    query: z.object(InEnvironment),
    body: z.object({}),
    upload,
    result: z.object({
      files: z.array(
        z.object({
          taxCode: z.string(),
          files: z.array(z.string()),
          institution: z.object({ id: Id, name: z.string() }).nullable(),
          delegationId: Id.nullable(),
          problem: z.string().nullable().describe("Il codice per cui niente è stato controllato"),
          import: IbanImport.nullable(),
        }),
      ),
    }),
    problems: fileProblems,
    example: { query: { environment: "test" }, body: {} },
  }),
};

// What the shapes hold, for who reads them.
export type IbanImport = z.output<typeof IbanImport>;
export type IbanImportRow = z.output<typeof IbanImportRow>;
