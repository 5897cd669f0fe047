import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFArray, PDFDict, PDFDocument, PDFName } from "@cantoo/pdf-lib";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DocumentContent, writeDocument } from "./index.ts";
import { sampleAgreement } from "./sample.ts";

let dir: string;
let file: string;
let bytes: Uint8Array;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "documents-"));
  file = join(dir, "accordo.pdf");
  bytes = await writeDocument(sampleAgreement);
  await writeFile(file, bytes);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const textOf = async (pdf: Uint8Array): Promise<string> => {
  const { text } = await extractText(await getDocumentProxy(Uint8Array.from(pdf)), { mergePages: true });
  return text.replace(/\s+/g, " ");
};
const has = (program: string): boolean => {
  try {
    execFileSync("which", [program], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};
const writeBlocks = (blocks: DocumentContent["blocks"]): Promise<Uint8Array> =>
  writeDocument({ ...sampleAgreement, attachment: undefined, blocks });
const pagesOf = async (pdf: Uint8Array): Promise<number> => (await PDFDocument.load(pdf)).getPageCount();

test("the same content gives the same bytes, another content others", async () => {
  expect(Buffer.compare(bytes, await writeDocument(sampleAgreement))).toBe(0);
  expect(Buffer.compare(bytes, await writeDocument({ ...sampleAgreement, reference: "AR-2026-000185" }))).not.toBe(0);
});

test("words with accents, in any of the portal's languages, can be read back", async () => {
  const text = await textOf(bytes);
  for (const words of ["attività", "Libertà", "Niccolò D’Andrà", "2,50 €", "Finché non lo fa", "né l’ente né"])
    expect(text).toContain(words);
  const names = "àèéìòù ÀÈÌÒÙ č š ž Č Š Ž ß ä ö ü ç ê œ ł ő đ € – “così” Čržžeß";
  expect(await textOf(await writeBlocks([{ kind: "paragraph", text: names }]))).toContain(names);
});

test("letters that no font has become plain, and break nothing", async () => {
  const text = await textOf(await writeBlocks([{ kind: "paragraph", text: "prima 漢 ﬁne 🙂 dopo" }]));
  expect(text).toContain("prima ?");
  expect(text).toContain("dopo");
});

test("each page says which document it is and which page", async () => {
  const text = await textOf(bytes);
  expect(text).toContain("AR-2026-000184 · Comune di Valchiara · Pagamenti in linea Pagina 1 di 2");
  expect(text).toContain("Pagina 2 di 2");
});

test("a code too long for its column wraps, and is whole when copied", async () => {
  const { text } = await extractText(await getDocumentProxy(Uint8Array.from(bytes)), { mergePages: true });
  expect(text.replace(/\n/g, "")).toContain("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
});

test("declares itself PDF/A-3a, tagged, in Italian, with its title shown", async () => {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  const metadata = Buffer.from(bytes).toString("latin1");
  expect(metadata).toContain("<pdfaid:part>3</pdfaid:part>");
  expect(metadata).toContain("<pdfaid:conformance>A</pdfaid:conformance>");
  expect(String(pdf.catalog.get(PDFName.of("Lang")))).toBe("(it)");
  expect(String(pdf.catalog.lookup(PDFName.of("MarkInfo")))).toContain("/Marked true");
  expect(pdf.getTitle()).toBe(sampleAgreement.title);
  expect(pdf.getCreationDate()).toEqual(sampleAgreement.createdAt);
});

test("the data for machines travel inside", async () => {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  const [attachment] = pdf.getAttachments();
  expect(attachment?.name).toBe("accordo.json");
  expect(attachment?.mimeType).toBe("application/json");
  expect(Buffer.from(attachment?.data ?? []).toString()).toContain("Comune di Valchiara");
  const associated = pdf.catalog.lookup(PDFName.of("AF"), PDFArray);
  expect(String(associated.lookup(0, PDFDict).get(PDFName.of("AFRelationship")))).toBe("/Alternative");
});

test("a heading never stays alone at the foot of a page", async () => {
  const line = { kind: "paragraph", text: "Riga." } as const;
  for (let lines = 20; lines < 34; lines++) {
    const filler = Array.from({ length: lines }, () => line);
    const pdf = await getDocumentProxy(
      await writeBlocks([...filler, { kind: "heading", level: 2, text: "Titoletto" }, line]),
    );
    const { text } = await extractText(pdf, { mergePages: false });
    const page = text.find((one) => one.includes("Titoletto")) ?? "";
    expect(page.slice(page.indexOf("Titoletto"))).toContain("Riga.");
  }
});

test("paragraphs, lists and facts longer than a page go on to the next", async () => {
  const long = Array.from({ length: 1200 }, (_, index) => `parola${index}`).join(" ");
  for (const blocks of [
    [{ kind: "paragraph", text: long }],
    [{ kind: "list", items: [long, "fine"] }],
    [{ kind: "facts", facts: [{ label: "Elenco", value: long }] }],
  ] satisfies DocumentContent["blocks"][]) {
    const pdf = await writeBlocks(blocks);
    expect(await pagesOf(pdf)).toBeGreaterThan(1);
    const text = await textOf(pdf);
    expect(text).toContain("parola0");
    expect(text).toContain("parola1199");
  }
});

test.runIf(has("pdfinfo"))("pdfinfo finds it tagged, with headings, lists and tables in their place", () => {
  expect(execFileSync("pdfinfo", [file]).toString()).toMatch(/Tagged:\s+yes/);
  const tree = execFileSync("pdfinfo", ["-struct-text", file]).toString();
  for (const tag of ["H1", "H2", "P", "L ", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD"])
    expect(tree).toContain(tag);
});

test.runIf(has("qpdf"))("qpdf finds nothing wrong", () => {
  expect(execFileSync("qpdf", ["--check", file]).toString()).toContain("No syntax or stream encoding errors");
});
