import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFString,
} from "@cantoo/pdf-lib";
import { isTooHeavy } from "./pdf-burden.ts";

// Signatures in a PDF (ISO 32000-1, 12.8; PAdES, ETSI EN 319 142-1), taken from the parsed form and never searched for
// in the text: a searched /ByteRange may sit in a comment, and the reader in Acrobat would see another one.

export interface PdfSignature {
  /** A signature by somebody, or a time stamp over all that came before (ETSI EN 319 142-1, 5.4.3). */
  kind: "signature" | "timestamp";
  /** The two stretches of the file that the signature covers. */
  covered: [Uint8Array, Uint8Array];
  end: number;
  contents: Uint8Array;
  /** What the signer's software wrote as the time. */
  claimedAt: Date | null;
}

export type PdfReading =
  | { outcome: "unreadable" | "truncated" | "altered" }
  | { outcome: "unsigned"; document: PDFDocument }
  | { outcome: "signed"; signatures: PdfSignature[]; document: PDFDocument };

export const name = (text: string): PDFName => PDFName.of(text);
const accepted: Record<string, PdfSignature["kind"]> = {
  "ETSI.CAdES.detached": "signature",
  "adbe.pkcs7.detached": "signature",
  "ETSI.RFC3161": "timestamp",
};
const mostFields = 2000;
const mostSignatures = 20;

export const looksLikePdf = (file: Uint8Array): boolean =>
  Buffer.from(file.subarray(0, 5)).toString("latin1") === "%PDF-";

const endsAsPdf = (file: Uint8Array): boolean => Buffer.from(file.subarray(-1024)).includes("%%EOF");

export const openPdf = (file: Uint8Array): Promise<PDFDocument> =>
  PDFDocument.load(file, { updateMetadata: false, throwOnInvalidObject: true, preserveXFA: true });

/** Every signature value in the form, each once. */
const valuesOf = (document: PDFDocument): PDFDict[] => {
  const form = document.catalog.lookupMaybe(name("AcroForm"), PDFDict);
  const values = new Set<PDFDict>();
  const seen = new Set<PDFObject>();
  const visit = (held: PDFObject | undefined, inherited: PDFName | undefined): void => {
    const field = document.context.lookup(held);
    if (!(field instanceof PDFDict) || seen.has(field) || seen.size > mostFields) return;
    seen.add(field);
    const own = field.lookup(name("FT"));
    const type = own instanceof PDFName ? own : inherited;
    const value = field.lookup(name("V"));
    if (type === name("Sig") && value instanceof PDFDict) values.add(value);
    const kids = field.lookup(name("Kids"));
    if (kids instanceof PDFArray) for (const kid of kids.asArray()) visit(kid, type);
  };
  const top = form?.lookup(name("Fields"));
  if (top instanceof PDFArray) for (const field of top.asArray()) visit(field, undefined);
  return [...values];
};

const numbersOf = (value: PDFObject | undefined): number[] | null => {
  if (!(value instanceof PDFArray)) return null;
  const numbers = value.asArray().map((one) => (one instanceof PDFNumber ? one.asNumber() : Number.NaN));
  return numbers.every((one) => Number.isSafeInteger(one) && one >= 0) ? numbers : null;
};

const claimedTime = (value: PDFObject | undefined): Date | null => {
  if (!(value instanceof PDFString) && !(value instanceof PDFHexString)) return null;
  try {
    return value.decodeDate();
  } catch {
    return null;
  }
};

const signatureOf = (file: Uint8Array, value: PDFDict): PdfSignature | "altered" | "truncated" => {
  const filter = value.lookup(name("SubFilter"));
  const range = numbersOf(value.lookup(name("ByteRange")));
  const contents = value.lookup(name("Contents"));
  const kind = filter instanceof PDFName ? accepted[filter.decodeText()] : undefined;
  if (!kind) return "altered";
  if (range?.length !== 4 || !(contents instanceof PDFHexString)) return "altered";
  const [start, length, resume, remaining] = range as [number, number, number, number];
  if (resume + remaining > file.length) return "truncated";
  if (start !== 0 || resume <= length) return "altered";
  // What the signature leaves out is its own hexadecimal, and nothing else: one case, no blanks, whole bytes.
  const gap = Buffer.from(file.buffer, file.byteOffset + length, resume - length).toString("latin1");
  if (!/^<(?:[0-9a-f]*|[0-9A-F]*)>$/.test(gap) || gap.length % 2 !== 0) return "altered";
  const hex = gap.slice(1, -1);
  if (contents.asString() !== hex) return "altered";
  return {
    kind,
    covered: [file.subarray(0, length), file.subarray(resume, resume + remaining)],
    end: resume + remaining,
    contents: Buffer.from(hex, "hex"),
    claimedAt: claimedTime(value.lookup(name("M"))),
  };
};

/** `ours`: how many bytes at the beginning are known to be the document as issued. */
export const readPdf = async (file: Uint8Array, ours: number): Promise<PdfReading> => {
  if (!endsAsPdf(file)) return { outcome: "truncated" };
  if (isTooHeavy(file.subarray(ours))) return { outcome: "unreadable" };
  let document: PDFDocument;
  let values: PDFDict[];
  try {
    document = await openPdf(file);
    values = valuesOf(document);
  } catch {
    return { outcome: "unreadable" };
  }
  if (values.length === 0) return { outcome: "unsigned", document };
  if (values.length > mostSignatures) return { outcome: "altered" };
  const signatures: PdfSignature[] = [];
  for (const value of values) {
    const signature = signatureOf(file, value);
    if (typeof signature === "string") return { outcome: signature };
    signatures.push(signature);
  }
  return { outcome: "signed", signatures: signatures.sort((one, other) => one.end - other.end), document };
};
