import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFString,
} from "@cantoo/pdf-lib";
import { sameBytes } from "./ber.ts";
import { isTooHeavy } from "./pdf-burden.ts";

// Signatures in a PDF (ISO 32000-1, 12.8; PAdES, ETSI EN 319 142-1), taken from the parsed form and never searched for
// in the text: a searched /ByteRange may sit in a comment, and the reader in Acrobat would see another one.

export interface PdfSignature {
  /** The two stretches of the file that the signature covers. */
  covered: [Uint8Array, Uint8Array];
  end: number;
  contents: Uint8Array;
  /** What the signer's software wrote as the time. */
  claimedAt: Date | null;
}

export type PdfReading =
  | { outcome: "unreadable" | "truncated" | "unsigned" | "altered" }
  | { outcome: "signed"; signatures: PdfSignature[]; document: PDFDocument };

const name = (text: string): PDFName => PDFName.of(text);
const accepted = ["ETSI.CAdES.detached", "adbe.pkcs7.detached"];
const mostFields = 2000;
const mostSignatures = 20;

export const looksLikePdf = (file: Uint8Array): boolean =>
  Buffer.from(file.subarray(0, 5)).toString("latin1") === "%PDF-";

const endsAsPdf = (file: Uint8Array): boolean => Buffer.from(file.subarray(-1024)).includes("%%EOF");

const open = (file: Uint8Array): Promise<PDFDocument> =>
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
  if (!(filter instanceof PDFName) || !accepted.includes(filter.decodeText())) return "altered";
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
    document = await open(file);
    values = valuesOf(document);
  } catch {
    return { outcome: "unreadable" };
  }
  if (values.length === 0) return { outcome: "unsigned" };
  if (values.length > mostSignatures) return { outcome: "altered" };
  const signatures: PdfSignature[] = [];
  for (const value of values) {
    const signature = signatureOf(file, value);
    if (typeof signature === "string") return { outcome: signature };
    signatures.push(signature);
  }
  return { outcome: "signed", signatures: signatures.sort((one, other) => one.end - other.end), document };
};

const sameObject = (one: PDFObject | undefined, other: PDFObject | undefined): boolean => {
  if (one === other) return true;
  if (!one || !other || one.constructor !== other.constructor) return false;
  if (one instanceof PDFRawStream && other instanceof PDFRawStream)
    return one.dict.toString() === other.dict.toString() && sameBytes(one.contents, other.contents);
  return one.toString() === other.toString();
};

/** Keys of a dictionary whose values differ, those of either side. */
const differingKeys = (one: PDFDict, other: PDFDict): string[] => {
  const keys = new Set([...one.keys(), ...other.keys()]);
  return [...keys].filter((key) => !sameObject(one.get(key), other.get(key))).map((key) => key.decodeText());
};

const isSignatureWidget = (document: PDFDocument, held: PDFObject): boolean => {
  const widget = document.context.lookup(held);
  if (!(widget instanceof PDFDict) || widget.lookup(name("Subtype")) !== name("Widget")) return false;
  const parent = widget.lookup(name("Parent"));
  const type = widget.lookup(name("FT")) ?? (parent instanceof PDFDict ? parent.lookup(name("FT")) : undefined);
  return type === name("Sig") && !widget.has(name("A")) && !widget.has(name("AA"));
};

/** Only appearances of signatures were laid on the page, after whatever lay there already. */
const onlySignaturesAdded = (issued: PDFDocument, signed: PDFDocument, before: PDFDict, after: PDFDict): boolean => {
  const listOf = (document: PDFDocument, page: PDFDict): PDFObject[] => {
    const list = document.context.lookup(page.get(name("Annots")));
    return list instanceof PDFArray ? list.asArray() : [];
  };
  const old = listOf(issued, before);
  const now = listOf(signed, after);
  return (
    old.every((annotation, at) => sameObject(annotation, now[at])) &&
    now.slice(old.length).every((annotation) => isSignatureWidget(signed, annotation))
  );
};

/**
 * What, if anything, the updates after our bytes changed besides adding signatures. Every object of the issued
 * document must still be there as it was, except: the catalog may gain a form and validation data, a page may gain
 * signature widgets, and the properties of the file (/Info, XMP) may be touched, as signing programs do.
 */
export const changeBesidesSignatures = async (
  issuedBytes: Uint8Array,
  signed: PDFDocument,
): Promise<"content" | "pages" | "annotations" | "catalog" | null> => {
  const issued = await open(issuedBytes);
  if (issued.getPageCount() !== signed.getPageCount()) return "pages";
  const rootOf = (document: PDFDocument): string => String(document.context.trailerInfo.Root);
  if (rootOf(issued) !== rootOf(signed)) return "catalog";

  const allowedKeys = ["AcroForm", "DSS", "Extensions", "Version", "Metadata"];
  if (differingKeys(issued.catalog, signed.catalog).some((key) => !allowedKeys.includes(key))) return "catalog";

  const free = new Set<string>();
  const mayChange = (held: PDFObject | undefined): void => {
    if (held instanceof PDFRef) free.add(held.toString());
  };
  mayChange(issued.context.trailerInfo.Root);
  mayChange(issued.context.trailerInfo.Info);
  mayChange(issued.catalog.get(name("Metadata")));
  mayChange(issued.catalog.get(name("AcroForm")));
  mayChange(issued.catalog.lookupMaybe(name("AcroForm"), PDFDict)?.get(name("Fields")));

  for (const [index, page] of issued.getPages().entries()) {
    const now = signed.getPage(index);
    if (String(now.ref) !== String(page.ref)) return "pages";
    if (differingKeys(page.node, now.node).some((key) => key !== "Annots")) return "content";
    if (!onlySignaturesAdded(issued, signed, page.node, now.node)) return "annotations";
    mayChange(page.ref);
    mayChange(page.node.get(name("Annots")));
  }
  for (const [ref, object] of issued.context.enumerateIndirectObjects())
    if (!free.has(ref.toString()) && !sameObject(object, signed.context.lookup(ref))) return "content";
  return null;
};
