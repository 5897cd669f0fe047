import { IBAN_IMPORT_MAX_BYTES, IBAN_IMPORT_MAX_FILES, IBAN_IMPORT_MAX_ROWS, isProblem, Problem } from "@area/api";
import { z } from "zod";
import { unzip, ZipRefused } from "../../platform/unzip.ts";
import { readRows } from "../../registries/index.ts";

/** One row as it was written: nothing is decided here. `UPSERT` is what a JSON file says of every row. */
export type WrittenRow = {
  line: number;
  operation: string;
  iban: string;
  description: string;
  validFrom: string;
  validUntil: string;
};
export type WrittenFile = { name: string; taxCode: string | null; rows: WrittenRow[] };

const Text = (max: number) => z.string().max(max);
/** The ecosystem's own shape, one file for each institution (SANP, caricamento massivo degli IBAN). */
const JsonFile = z.object({
  creditor_institution_code: Text(35),
  description: Text(1000).optional(),
  ibans: z
    .array(
      z.object({
        iban: Text(100),
        description: Text(1000).nullish(),
        validity_date: Text(40),
        due_date: Text(40).nullish(),
      }),
    )
    .min(1)
    .max(IBAN_IMPORT_MAX_ROWS),
});

const malformed = (facts: Record<string, string | number>): never => {
  throw new Problem("iban-file-malformed", facts);
};

/** The portal's CSV: `descrizione,iban,dataattivazioneiban,operazione`, in any order, with any of the usual separators. */
const readCsv = (bytes: Uint8Array, name: string): WrittenFile => {
  try {
    const rows = readRows(bytes, ["descrizione", "iban", "dataattivazioneiban", "operazione"], "nessun IBAN");
    if (rows.length > IBAN_IMPORT_MAX_ROWS) throw new Problem("iban-file-too-long", { maximum: IBAN_IMPORT_MAX_ROWS });
    return {
      name,
      taxCode: null,
      rows: rows.map((row) => ({
        line: row.line,
        operation: row.field("operazione").toUpperCase(),
        iban: row.field("iban"),
        description: row.field("descrizione"),
        validFrom: row.field("dataattivazioneiban"),
        validUntil: "",
      })),
    };
  } catch (error) {
    if (isProblem(error) && error.code === "registry-file-malformed")
      return malformed({ line: Number(error.facts["line"]), reason: String(error.facts["reason"]) });
    throw error;
  }
};

const readJson = (bytes: Uint8Array, name: string): WrittenFile => {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/^\ufeff/, ""));
  } catch {
    return malformed({ file: name, reason: "non è JSON in UTF-8" });
  }
  const read = JsonFile.safeParse(value);
  if (!read.success)
    return malformed({ file: name, reason: `non va ${read.error.issues[0]?.path.join("/") || "la forma"}` });
  const taxCode = read.data.creditor_institution_code.trim();
  // `<EC>_<yyyymmddhhmmss>.json`: a name that says an institution must say the one inside.
  const named = /^(\d{11})_\d{14}\.json$/i.exec(name.trim());
  if (named && named[1] !== taxCode)
    return malformed({ file: name, reason: "il nome e il contenuto dicono due enti diversi" });
  return {
    name,
    taxCode,
    rows: read.data.ibans.map((one, i) => ({
      line: i + 1,
      operation: "UPSERT",
      iban: one.iban,
      description: (one.description ?? read.data.description ?? "").normalize("NFC").trim(),
      validFrom: one.validity_date,
      validUntil: one.due_date ?? "",
    })),
  };
};

/** A CSV of one institution, a JSON, or a ZIP of them: told apart by what is inside, never by the name. */
export const readImport = (file: { name: string; bytes: Buffer }): WrittenFile[] => {
  const { bytes, name } = file;
  if (!["PK\u0003\u0004", "PK\u0005\u0006"].includes(bytes.subarray(0, 4).toString("latin1")))
    return [/^\s*\{/.test(bytes.subarray(0, 100).toString("utf8")) ? readJson(bytes, name) : readCsv(bytes, name)];
  try {
    const entries = unzip(bytes, { files: IBAN_IMPORT_MAX_FILES, bytes: IBAN_IMPORT_MAX_BYTES });
    const files = entries.map((entry) => readJson(entry.bytes, entry.name));
    if (files.reduce((sum, one) => sum + one.rows.length, 0) > IBAN_IMPORT_MAX_ROWS)
      throw new Problem("iban-file-too-long", { maximum: IBAN_IMPORT_MAX_ROWS });
    return files;
  } catch (error) {
    if (error instanceof ZipRefused)
      throw new Problem("iban-zip-refused", {
        why: error.why,
        ...(error.file ? { file: error.file.slice(0, 100) } : {}),
      });
    throw error;
  }
};
