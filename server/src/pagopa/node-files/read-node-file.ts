import {
  isProblem,
  NODE_FILE_MAX_BYTES,
  NODE_FILE_MAX_ENTRIES,
  NODE_FILE_MAX_ROWS,
  type NodeFileKind,
  Problem,
} from "@area/api";
import { unzip, ZipRefused } from "../../platform/unzip.ts";
import { readRows } from "../../registries/index.ts";
import { child, type Node, readXml, textIn, wrongIn, XmlRefused } from "./read-xml.ts";
import { counterpartTable, counterpartTables, creditAccountNotice } from "./shapes.ts";

/** One thing that a file says, as it was written: nothing is decided here. */
export type NodeRow = { line: number; file: string | null; fields: Record<string, string>; wrong: string | null };
export type NodeFile = { kind: NodeFileKind; rows: NodeRow[] };

const malformed = (facts: Record<string, string | number>): never => {
  throw new Problem("node-file-malformed", facts);
};
const columnsOf: Record<"associations" | "migration" | "cbill" | "ibans", readonly string[]> = {
  associations: [
    "cf",
    "idstazione",
    "ambiente",
    "broadcast",
    "auxdigit",
    "codicesegregazione",
    "applicationcode",
    "datavalidita",
    "operazione",
    "aca",
    "standin",
  ],
  migration: ["cf", "idstazione_provenienza", "idstazione_destinazione", "broadcast"],
  cbill: ["CF", "SIA", "RAGIONESOCIALE"],
  ibans: ["iddominio", "ragionesociale", "descrizione", "iban", "dataattivazioneiban", "operazione"],
};
/** Told apart by a column that no other has. */
const kindOfHeader = (header: string): keyof typeof columnsOf =>
  /idstazione_provenienza/.test(header)
    ? "migration"
    : /codicesegregazione|auxdigit/.test(header)
      ? "associations"
      : /(^|[;,])\s*sia\s*([;,]|$)/.test(header)
        ? "cbill"
        : "ibans";

const readCsv = (bytes: Uint8Array): NodeFile => {
  const header = /[^\r\n]*/.exec(Buffer.from(bytes.subarray(0, 4096)).toString("utf8"))![0].toLowerCase();
  const kind = kindOfHeader(header);
  try {
    const rows = readRows(bytes, columnsOf[kind], "nessuna riga");
    if (rows.length > NODE_FILE_MAX_ROWS) throw new Problem("node-file-too-long", { maximum: NODE_FILE_MAX_ROWS });
    return {
      kind,
      rows: rows.map((row) => ({
        line: row.line,
        file: null,
        wrong: null,
        fields: Object.fromEntries(columnsOf[kind].map((name) => [name.toLowerCase(), row.field(name)])),
      })),
    };
  } catch (error) {
    if (isProblem(error) && error.code === "registry-file-malformed")
      return malformed({ line: Number(error.facts["line"]), reason: String(error.facts["reason"]) });
    throw error;
  }
};

const headOf = (node: Node): Record<string, string> => ({
  flow: textIn(node, "identificativoFlusso"),
  iddominio: textIn(node, "identificativoDominio"),
  ragionesociale: textIn(node, "ragioneSociale"),
  datainiziovalidita: textIn(node, "dataInizioValidita"),
});
/** One notice of credit accounts: a row for each account, so that each has its verdict. */
const readNotice = (root: Node, file: string | null): NodeRow[] => {
  const wrong = wrongIn(root, creditAccountNotice);
  if (wrong) return [{ line: 1, file, fields: headOf(root), wrong }];
  const accounts = child(root, "contiDiAccredito")!.children;
  return accounts.map((one, i) => ({
    line: i + 1,
    file,
    wrong: null,
    fields: {
      ...headOf(root),
      iban: one.name === "ibanAccredito" ? one.text.trim() : textIn(one, "ibanAccredito"),
      seller: one.name === "ibanAccredito" ? "" : textIn(one, "idBancaSeller"),
    },
  }));
};
const readXmlFile = (bytes: Uint8Array, file: string | null): NodeFile => {
  let root: Node;
  try {
    root = readXml(bytes);
  } catch (error) {
    if (error instanceof XmlRefused) return malformed({ ...(file ? { file } : {}), reason: error.message });
    throw error;
  }
  if (root.name === "informativaContoAccredito") return { kind: "credit-accounts", rows: readNotice(root, file) };
  const tables =
    root.name === "informativaControparte"
      ? [root]
      : root.name === "listaInformativeControparte"
        ? root.children
        : null;
  if (!tables)
    return malformed({ ...(file ? { file } : {}), reason: `«${root.name.slice(0, 40)}» non è un file del nodo` });
  const list = root.name === "listaInformativeControparte" ? wrongIn(root, counterpartTables) : null;
  return {
    kind: "counterparts",
    rows: tables.map((one, i) => ({
      line: i + 1,
      file,
      fields: headOf(one),
      wrong: list ?? wrongIn(one, counterpartTable),
    })),
  };
};

const readJson = (bytes: Uint8Array, file: string): NodeRow[] => {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return malformed({ file, reason: "non è JSON in UTF-8" });
  }
  const { creditor_institution_code: code, ibans } = (value ?? {}) as {
    creditor_institution_code?: unknown;
    ibans?: unknown;
  };
  if (typeof code !== "string" || !Array.isArray(ibans) || ibans.length === 0)
    return malformed({ file, reason: "mancano creditor_institution_code o ibans" });
  return ibans.map((one: unknown, i) => {
    const text = (name: string): string => {
      const written = (one as Record<string, unknown> | null)?.[name];
      return typeof written === "string" ? written.slice(0, 1000) : "";
    };
    return {
      line: i + 1,
      file,
      wrong: null,
      fields: {
        iddominio: code.trim(),
        ragionesociale: "",
        descrizione: text("description"),
        iban: text("iban"),
        dataattivazioneiban: text("validity_date"),
        datafine: text("due_date"),
        operazione: "UPSERT",
      },
    };
  });
};

/** A file of the node's mass load, told apart by what is inside: CSV, XML, or a ZIP of XML or of JSON. */
export const readNodeFile = (file: { name: string; bytes: Buffer }): NodeFile => {
  const { bytes } = file;
  if (!["PK\u0003\u0004", "PK\u0005\u0006"].includes(bytes.subarray(0, 4).toString("latin1")))
    return /^\ufeff?\s*</.test(bytes.subarray(0, 100).toString("utf8")) ? readXmlFile(bytes, null) : readCsv(bytes);
  try {
    const files = unzip(bytes, { files: NODE_FILE_MAX_ENTRIES, bytes: NODE_FILE_MAX_BYTES }).map(
      (entry): NodeFile =>
        /^\ufeff?\s*</.test(entry.bytes.subarray(0, 100).toString("utf8"))
          ? readXmlFile(entry.bytes, entry.name)
          : { kind: "ibans", rows: readJson(entry.bytes, entry.name) },
    );
    const kinds = new Set(files.map((one) => one.kind));
    if (kinds.size > 1) return malformed({ reason: "lo ZIP mescola file di tipi diversi" });
    return { kind: files[0]!.kind, rows: files.flatMap((one) => one.rows) };
  } catch (error) {
    if (error instanceof ZipRefused)
      throw new Problem("iban-zip-refused", {
        why: error.why,
        ...(error.file ? { file: error.file.slice(0, 100) } : {}),
      });
    throw error;
  }
};
