import { isProblem, Problem } from "@area/api";
import { parse } from "csv-parse/sync";

const LARGEST_FIELD = 1_000;

/** One row of a registry's file, by column names. */
export type Row = {
  line: number;
  field(name: string): string;
  refuse(reason: string): never;
};
const refuseAt = (line: number, reason: string): never => {
  throw new Problem("registry-file-malformed", { line, reason });
};

/**
 * The rows of a file of open data: UTF-8, columns found by name in any order and case, separated by what the first line uses.
 * A malformed file is refused whole, with line and reason.
 */
export const readRows = (bytes: Uint8Array, required: readonly string[], nothing: string): Row[] => {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/^\ufeff/, "");
  } catch {
    return refuseAt(lineOfBadByte(bytes), "non è testo UTF-8");
  }
  const firstLine = /[^\r\n]+/.exec(text)?.[0].trim();
  if (!firstLine) return refuseAt(1, "il file è vuoto");
  const delimiter = [",", ";", "\t", "|"]
    .map((d) => ({ d, n: firstLine.split(d).length }))
    .sort((a, b) => b.n - a.n)[0]!.d;
  let written: string[] = [];
  let header: string[] = [];
  let nextLine = 2;
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    rows = parse(text, {
      columns: (found: string[]) => {
        written = found.map((name) => name.trim());
        header = written.map((name) => name.toLowerCase());
        return header;
      },
      delimiter,
      info: true,
      skip_empty_lines: true,
      max_record_size: 100_000,
      on_record: (row: unknown, { lines }: { lines: number }) => {
        nextLine = lines + 1;
        return row;
      },
    }) as unknown as typeof rows;
  } catch (error) {
    const { lines, message } = error as { lines?: number; message: string };
    if (message.includes("Invalid Record Length"))
      return refuseAt(lines ?? 1, "numero di colonne diverso dall’intestazione");
    // Quotes left open close where the next ones open, lines later: what helps is where the record begins.
    if (message.includes("Quote")) return refuseAt(nextLine, "virgolette non chiuse o fuori posto");
    return refuseAt(lines ?? 1, "riga illeggibile");
  }
  const missing = required.filter((column) => !header.includes(column.toLowerCase()));
  if (missing.length) return refuseAt(1, `mancano le colonne ${missing.join(", ")}`);
  if (rows.length === 0) return refuseAt(2, nothing);
  return rows.map(({ record, info }) => {
    const refuse = (reason: string): never => refuseAt(info.lines, reason);
    for (const [column, value] of Object.entries(record)) {
      const name = written[header.indexOf(column)] ?? column;
      if (value.length > LARGEST_FIELD) refuse(`${name} troppo lungo`);
      else if (value.includes("\u0000")) refuse(`${name} contiene un carattere nullo`);
    }
    return { line: info.lines, refuse, field: (name) => (record[name.toLowerCase()] ?? "").normalize("NFC").trim() };
  });
};

/** A row that could not be taken, and why: told to who imports, line by line. */
export type RefusedRow = { line: number; reason: string };
/** Reads row by row: one that is wrong is refused with its reason, the others are taken. The file itself must be whole. */
export const eachRow = <T>(rows: readonly Row[], read: (row: Row) => T): { taken: T[]; refused: RefusedRow[] } => {
  const taken: T[] = [];
  const refused: RefusedRow[] = [];
  for (const row of rows)
    try {
      taken.push(read(row));
    } catch (error) {
      if (!(isProblem(error) && error.code === "registry-file-malformed")) throw error;
      refused.push({ line: row.line, reason: String(error.facts["reason"]) });
    }
  return { taken, refused };
};

/** The first certified address among the five that a row may carry. */
export const pecIn = (row: Row): string | null =>
  [1, 2, 3, 4, 5]
    .map((n) => ({ mail: row.field(`Mail${n}`).toLowerCase(), kind: row.field(`Tipo_Mail${n}`).toLowerCase() }))
    .find((m) => m.kind === "pec" && m.mail.includes("@"))?.mail ?? null;

/** No two rows with one key: a file that says a thing twice says which of the two is true nowhere. */
export const onceEach = () => {
  const seen = new Map<string, number>();
  return (row: Row, key: string, name: string): void => {
    const twin = seen.get(key.toLowerCase());
    if (twin !== undefined) row.refuse(`${name} ${key} già alla riga ${twin}`);
    seen.set(key.toLowerCase(), row.line);
  };
};

const lineOfBadByte = (bytes: Uint8Array): number => {
  let line = 1;
  let start = 0;
  for (let i = 0; i <= bytes.length; i++) {
    if (i < bytes.length && bytes[i] !== 10) continue;
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(start, i));
    } catch {
      return line;
    }
    line++;
    start = i + 1;
  }
  return line;
};
