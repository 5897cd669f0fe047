import { z } from "zod";
import { endpoint } from "../kit/endpoint.ts";
import { Environment } from "../values/index.ts";

/** What one file of the node's mass load may hold. */
export const NODE_FILE_MAX_BYTES = 10 * 1024 * 1024;
export const NODE_FILE_MAX_ENTRIES = 100;
export const NODE_FILE_MAX_ROWS = 10_000;

export const nodeFileKinds = [
  "associations",
  "migration",
  "cbill",
  "ibans",
  "credit-accounts",
  "counterparts",
] as const;
export type NodeFileKind = (typeof nodeFileKinds)[number];
export const nodeVerdicts = ["accepted", "warning", "quarantined", "refused"] as const;
export type NodeVerdict = (typeof nodeVerdicts)[number];
/** What can be wrong with a row: one word each, worded in every language. */
export const nodeFileProblems = [
  "structure",
  "tax-code-form",
  "tax-code-check",
  "institution-unknown",
  "institution-not-registered",
  "name-differs",
  "station-unknown",
  "destination-unknown",
  "destination-same",
  "environment-wrong",
  "environment-other",
  "flag-wrong",
  "stand-in-without-aca",
  "aux-wrong",
  "aux-retired",
  "codes-not-here",
  "application-wrong",
  "application-taken",
  "segregation-wrong",
  "segregation-reserved",
  "segregation-old",
  "segregation-taken",
  "date-wrong",
  "date-missing",
  "date-past",
  "operation-unknown",
  "repeated",
  "already-so",
  "association-exists",
  "association-missing",
  "association-differs",
  "broadcast-version",
  "cbill-wrong",
  "iban-wrong",
  "iban-of-another",
  "iban-known",
  "iban-unknown",
  "description-missing",
  "flow-repeated",
  "qr-code-missing",
  "barcode-missing",
] as const;
export type NodeFileProblem = (typeof nodeFileProblems)[number];

export const NodeFileReport = z
  .object({
    kind: z.enum(nodeFileKinds),
    sha256: z.string(),
    counts: z.record(z.enum(nodeVerdicts), z.number().int()),
    lines: z.array(
      z.object({
        number: z.number().int(),
        line: z.number().int(),
        file: z.string().nullable(),
        taxCode: z.string(),
        subject: z.string().describe("Stazione, IBAN, codice SIA o flusso"),
        verdict: z.enum(nodeVerdicts),
        problems: z.array(z.object({ code: z.enum(nodeFileProblems), facts: z.record(z.string(), z.unknown()) })),
      }),
    ),
  })
  .meta({ id: "NodeFileReport" });
export type NodeFileReport = z.output<typeof NodeFileReport>;

export const nodeFiles = {
  check: endpoint({
    method: "POST",
    path: "/staff/pagopa/node-file-checks",
    summary: "Prova un file di caricamento massivo del nodo",
    description:
      "Riconosce il file da ciò che contiene: associazioni ente–stazione, migrazione di stazioni, CBILL, IBAN (CSV, o JSON in ZIP), informative conto accredito (XML, o in ZIP), tabelle delle controparti (XML). Dice di ogni riga tutto ciò che non va, e non cambia nulla. In quarantena: aux digit 0, 1 e 2, segregazione da 46 a 49. Un codice fiscale con il carattere di controllo sbagliato è un errore in Produzione, un avviso in Collaudo.",
    source: "Caricamenti massivi del nodo; InformativaContoAccredito 1.2.1; TabellaDelleControparti 1.0.8",
    needs: "staff:stations:read",
    purpose: "review",
    reads: true,
    query: z.object({ environment: Environment }),
    body: z.object({}),
    upload: { maxBytes: NODE_FILE_MAX_BYTES, mediaTypes: [] },
    result: NodeFileReport,
    problems: [
      "node-file-malformed",
      "node-file-too-long",
      "iban-zip-refused",
      "file-missing",
      "file-too-large",
      "upload-truncated",
    ],
    example: { query: { environment: "test" }, body: {} },
  }),
};
