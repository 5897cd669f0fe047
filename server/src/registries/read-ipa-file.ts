import { hasElevenDigitCheck, hasPersonCheck, Problem } from "@area/api";
import { parse } from "csv-parse/sync";
import { cityIn } from "./names.ts";

export type IpaBody = {
  ipaCode: string;
  name: string;
  taxCode: string;
  category: string;
  pec: string | null;
  address: string;
  zipCode: string;
  city: string | null;
};
export type IpaFile = { bodies: IpaBody[]; doubtfulTaxCodes: number };

const REQUIRED = [
  "Codice_IPA",
  "Denominazione_ente",
  "Codice_fiscale_ente",
  "Codice_Categoria",
  "Indirizzo",
  "CAP",
  "Mail1",
  "Tipo_Mail1",
];
const LARGEST_FIELD = 1_000;

/**
 * Reads the open data file "Enti" of IndicePA, by column names. A malformed file is refused whole, with line and reason.
 * Source: IndicePA open data, dataset "Enti" (AgID, CC BY 4.0).
 */
export const readIpaFile = (bytes: Uint8Array): IpaFile => {
  const refuse = (line: number, reason: string): never => {
    throw new Problem("registry-file-malformed", { line, reason });
  };
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/^\ufeff/, "");
  } catch {
    return refuse(lineOfBadByte(bytes), "non è testo UTF-8");
  }
  const firstLine = /[^\r\n]+/.exec(text)?.[0].trim();
  if (!firstLine) return refuse(1, "il file è vuoto");
  const delimiter = [",", ";", "\t", "|"]
    .map((d) => ({ d, n: firstLine.split(d).length }))
    .sort((a, b) => b.n - a.n)[0]!.d;
  let header: string[] = [];
  let nextLine = 2;
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    rows = parse(text, {
      columns: (found: string[]) => {
        header = found.map((name) => name.trim());
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
      return refuse(lines ?? 1, "numero di colonne diverso dall’intestazione");
    // Quotes left open close where the next ones open, lines later: what helps is where the record begins.
    if (message.includes("Quote")) return refuse(nextLine, "virgolette non chiuse o fuori posto");
    return refuse(lines ?? 1, "riga illeggibile");
  }
  const missing = REQUIRED.filter((column) => !header.includes(column));
  if (missing.length) return refuse(1, `mancano le colonne ${missing.join(", ")}`);
  if (rows.length === 0) return refuse(2, "nessun ente");

  const seen = new Map<string, number>();
  let doubtfulTaxCodes = 0;
  const bodies = rows.map(({ record, info }) => {
    const field = (name: string) => (record[name] ?? "").normalize("NFC").trim();
    for (const [name, value] of Object.entries(record))
      if (value.length > LARGEST_FIELD) refuse(info.lines, `${name} troppo lungo`);
      else if (value.includes("\u0000")) refuse(info.lines, `${name} contiene un carattere nullo`);
    const ipaCode = field("Codice_IPA");
    if (!/^[A-Za-z0-9_.-]{1,20}$/.test(ipaCode)) refuse(info.lines, "Codice_IPA mancante o non valido");
    const twin = seen.get(ipaCode.toLowerCase());
    if (twin !== undefined) refuse(info.lines, `Codice_IPA ${ipaCode} già alla riga ${twin}`);
    seen.set(ipaCode.toLowerCase(), info.lines);
    const name = field("Denominazione_ente");
    if (!name) refuse(info.lines, "Denominazione_ente mancante");
    const taxCode = field("Codice_fiscale_ente").toUpperCase();
    if (!(hasElevenDigitCheck(taxCode) || hasPersonCheck(taxCode))) doubtfulTaxCodes++;
    const pec =
      [1, 2, 3, 4, 5]
        .map((n) => ({ mail: field(`Mail${n}`).toLowerCase(), kind: field(`Tipo_Mail${n}`).toLowerCase() }))
        .find((m) => m.kind === "pec" && m.mail.includes("@"))?.mail ?? null;
    return {
      ipaCode,
      name,
      taxCode,
      category: field("Codice_Categoria"),
      pec,
      address: field("Indirizzo"),
      zipCode: field("CAP"),
      city: field("Denominazione_comune") || cityIn(name),
    };
  });
  return { bodies, doubtfulTaxCodes };
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
