import { z } from "zod";
import { AtInstitution } from "./institutions.ts";
import { endpoint } from "./kit/endpoint.ts";
import { Manager } from "./onboarding.ts";
import { Id, Instant, PageQuery, page } from "./values/index.ts";

/** The largest file of an aggregator. */
export const AGGREGATE_FILE_MAX_BYTES = 5 * 1024 * 1024;
export const AGGREGATE_MAX_ROWS = 20_000;

/** Why a row cannot be taken: one word each, worded in every language. */
export const aggregateProblems = [
  "tax-code-wrong",
  "vat-number-wrong",
  "recipient-code-wrong",
  "unit-incomplete",
  "repeated",
  "not-in-registry",
  "ambiguous",
  "ended",
  "unit-unknown",
  "kind-not-admitted",
  "own",
  "already-active",
] as const;
export type AggregateProblem = (typeof aggregateProblems)[number];

export const AggregateFile = z
  .object({
    id: Id,
    productId: z.string(),
    name: z.string(),
    sha256: z.string().describe("Impronta del file: entra nell’accordo"),
    uploadedAt: Instant,
    rows: z.number().int(),
    accepted: z.number().int().describe("Righe in ordine quando il file è stato controllato"),
    refused: z.number().int(),
    joined: z.number().int().describe("Enti già aderenti, finora"),
    skipped: z.number().int().describe("Righe in ordine al controllo, impossibili quando è stato il loro turno"),
    onboardingId: Id.nullable().describe("L’adesione con cui si firma per loro"),
    onboardingState: z.string().nullable(),
    appliedAt: Instant.nullable().describe("Quando è stata applicata l’ultima riga"),
  })
  .meta({ id: "AggregateFile" });
export type AggregateFile = z.output<typeof AggregateFile>;

export const AggregateRow = z.object({
  line: z.number().int().describe("Riga del file"),
  taxCode: z.string(),
  name: z.string().nullable().describe("Come lo chiama IndicePA"),
  unit: z.object({ kind: z.string(), code: z.string() }).nullable(),
  state: z.enum(["accepted", "refused", "joined", "skipped"]),
  problem: z.enum(aggregateProblems).nullable(),
  facts: z.record(z.string(), z.unknown()),
});

const AtProduct = AtInstitution.extend({ productId: z.string().max(40) });
const AtFile = AtProduct.extend({ fileId: Id });

export const aggregates = {
  list: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/products/:productId/aggregate-files",
    summary: "I file con cui l’ente aderisce per altri",
    needs: "institution:onboardings:read",
    params: AtProduct,
    query: z.object(PageQuery),
    result: page(AggregateFile),
    problems: [],
    example: {},
  }),
  check: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/products/:productId/aggregate-files",
    summary: "Controlla un file di enti aggregati",
    description:
      "CSV in UTF-8, colonne `taxCode` e, se servono, `vatNumber`, `subunitType`, `subunitCode`, `recipientCode`; fino a 20.000 righe. Ogni riga ha il suo verdetto: quelle in ordine restano, le altre si correggono e si ricaricano. Con `dryRun` non resta niente.",
    needs: "institution:onboardings:write",
    params: AtProduct,
    upload: { maxBytes: AGGREGATE_FILE_MAX_BYTES, mediaTypes: [] },
    body: z.object({}),
    result: AggregateFile,
    problems: [
      "product-not-active",
      "aggregates-not-allowed",
      "aggregate-file-malformed",
      "aggregate-file-too-long",
      "file-missing",
      "file-too-large",
      "upload-truncated",
    ],
    example: { body: {} },
  }),
  read: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/products/:productId/aggregate-files/:fileId",
    summary: "A che punto è un file di enti aggregati",
    needs: "institution:onboardings:read",
    params: AtFile,
    result: AggregateFile,
    problems: ["aggregate-file-unknown"],
    example: {},
  }),
  rows: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/products/:productId/aggregate-files/:fileId/rows",
    summary: "Le righe di un file, con il loro verdetto",
    needs: "institution:onboardings:read",
    params: AtFile,
    query: z.object({ state: z.enum(["accepted", "refused", "joined", "skipped"]).optional(), ...PageQuery }),
    result: page(AggregateRow),
    problems: ["aggregate-file-unknown"],
    example: {},
  }),
  request: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/products/:productId/aggregate-files/:fileId/request",
    summary: "Chiedi di aderire per gli enti del file",
    description:
      "Parte un accordo con il numero degli enti e l’impronta del file: lo firma il legale rappresentante dell’aggregatore. Alla firma le righe in ordine si applicano a gruppi, e un riavvio riprende da dove era.",
    needs: "institution:onboardings:write",
    params: AtFile,
    body: z.object({ manager: Manager }),
    result: AggregateFile,
    problems: [
      "aggregate-file-unknown",
      "aggregate-file-used",
      "aggregate-file-empty",
      "product-not-active",
      "aggregates-not-allowed",
      "already-awaiting-signature",
    ],
    example: {
      body: {
        manager: {
          givenName: "Elena",
          familyName: "Conti",
          fiscalCode: "CNTLNE71D52F205V",
          email: "sindaca@borgo-esempio.example",
        },
      },
    },
  }),
};
