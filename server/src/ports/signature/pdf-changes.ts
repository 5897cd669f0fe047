import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from "@cantoo/pdf-lib";
import { freeMargins } from "../documents/index.ts";
import { sameBytes } from "./ber.ts";
import { name, openPdf } from "./pdf-signatures.ts";

/** What the updates after our bytes did to the document, besides adding signatures. */
export interface ChangesAfterIssue {
  /** A program, a file to open, an action: nothing that a stamp has, whoever looks at it. */
  activeContent: string | null;
  /** Changed in a way that a person must look at. */
  changed: "content" | "pages" | "annotations" | "catalog" | null;
  /** Pages, counted from 1, on which it did. */
  pages: number[];
  /** Stamps that stay in the margins, where the agreement has no text. */
  stamps: number;
}

const sameObject = (one: PDFObject | undefined, other: PDFObject | undefined): boolean => {
  if (one === other) return true;
  if (!one || !other || one.constructor !== other.constructor) return false;
  if (one instanceof PDFRawStream && other instanceof PDFRawStream)
    return one.dict.toString() === other.dict.toString() && sameBytes(one.contents, other.contents);
  return one.toString() === other.toString();
};

/** Keys of a dictionary whose values differ, those of either side. */
const differingKeys = (one: PDFDict, other: PDFDict): PDFName[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((key) => !sameObject(one.get(key), other.get(key)));

// Entries and types that do something by themselves (ISO 32000-1, 7.11.4, 12.6, 12.7.8, 13).
const activeKeys = ["JS", "AA", "A", "OpenAction", "JavaScript", "EmbeddedFiles", "EF", "XFA", "RichMediaContent"];
const activeTypes = [
  "JavaScript",
  "Launch",
  "SubmitForm",
  "ImportData",
  "EmbeddedFile",
  "RichMedia",
  "Screen",
  "Movie",
  "Sound",
  "3D",
  "FileAttachment",
  "URI",
  "GoToR",
  "GoToE",
];
const typeKeys = ["S", "Type", "Subtype"];
const mostVisited = 20_000;

/** Walks what was written after our bytes; references lead to objects that are looked at on their own. */
const activeIn = (object: PDFObject | undefined, depth = 0): string | null => {
  if (depth > 24) return "nesting";
  if (object instanceof PDFStream) return activeIn(object.dict, depth + 1);
  if (object instanceof PDFArray) {
    for (const item of object.asArray()) {
      const found = activeIn(item, depth + 1);
      if (found) return found;
    }
    return null;
  }
  if (!(object instanceof PDFDict)) return null;
  for (const [key, value] of object.entries()) {
    const named = key.decodeText();
    if (activeKeys.includes(named)) return named;
    if (typeKeys.includes(named) && value instanceof PDFName && activeTypes.includes(value.decodeText()))
      return value.decodeText();
    const found = activeIn(value, depth + 1);
    if (found) return found;
  }
  return null;
};

const isSignatureWidget = (document: PDFDocument, widget: PDFDict): boolean => {
  if (widget.lookup(name("Subtype")) !== name("Widget")) return false;
  const parent = widget.lookup(name("Parent"));
  const type = widget.lookup(name("FT")) ?? (parent instanceof PDFDict ? parent.lookup(name("FT")) : undefined);
  return document.context.lookup(type) === name("Sig");
};

interface Box {
  left: number;
  bottom: number;
  right: number;
  top: number;
}
const rectangleOf = (annotation: PDFDict): Box | null => {
  try {
    const { x, y, width, height } = annotation.lookup(name("Rect"), PDFArray).asRectangle();
    const box = { left: x, bottom: y, right: x + width, top: y + height };
    return Object.values(box).every(Number.isFinite) && width >= 0 && height >= 0 ? box : null;
  } catch {
    return null;
  }
};

/** Whole on the page, and whole in one of the bands that the document's writer leaves free. */
const isInMargins = (box: Box, page: PDFPage): boolean => {
  const { x, y, width, height } = page.getMediaBox();
  const [left, bottom, right, top] = [box.left - x, box.bottom - y, box.right - x, box.top - y];
  if (left < 0 || bottom < 0 || right > width || top > height) return false;
  return (
    right <= freeMargins.left ||
    left >= width - freeMargins.right ||
    top <= freeMargins.bottom ||
    bottom >= height - freeMargins.top
  );
};

/** A seal of office: a picture or some words with their appearance drawn, which no reader redraws elsewhere. */
const isStamp = (annotation: PDFDict): boolean => {
  const subtype = annotation.lookup(name("Subtype"));
  const appearance = annotation.lookup(name("AP"));
  const normal = appearance instanceof PDFDict ? appearance.lookup(name("N")) : undefined;
  return (
    (subtype === name("Stamp") || subtype === name("FreeText")) &&
    normal instanceof PDFStream &&
    !["CL", "QuadPoints", "OC", "Popup"].some((key) => annotation.has(name(key)))
  );
};

/** A drawn signature may stand on its line, not over the text: a quarter of the page covers too much of it. */
const coversText = (annotation: PDFDict, page: PDFPage): boolean => {
  const box = rectangleOf(annotation);
  if (!box) return false;
  const { width, height } = page.getMediaBox();
  return (box.right - box.left) * (box.top - box.bottom) > (width * height) / 4;
};

const annotationsOf = (document: PDFDocument, page: PDFPage): PDFObject[] => {
  const list = document.context.lookup(page.node.get(name("Annots")));
  return list instanceof PDFArray ? list.asArray() : [];
};

/** What was laid on a page: `null` when something else than signatures and stamps in the margins, or what was there moved. */
const stampsLaidOn = (issued: PDFDocument, signed: PDFDocument, before: PDFPage, after: PDFPage): number | null => {
  const old = annotationsOf(issued, before);
  const now = annotationsOf(signed, after);
  if (!old.every((annotation, at) => sameObject(annotation, now[at]))) return null;
  let stamps = 0;
  for (const held of now.slice(old.length)) {
    const annotation = signed.context.lookup(held);
    if (!(annotation instanceof PDFDict)) return null;
    if (isSignatureWidget(signed, annotation)) {
      if (coversText(annotation, after)) return null;
      continue;
    }
    const box = rectangleOf(annotation);
    if (!isStamp(annotation) || !box || !isInMargins(box, after)) return null;
    stamps++;
  }
  return stamps;
};

const allowedInCatalog = ["AcroForm", "DSS", "Extensions", "Version", "Metadata"];

/**
 * Every object of the issued document must still be there as it was, except: the catalog may gain a form and validation
 * data, a page may gain signature widgets and stamps in its margins, and the properties of the file (/Info, XMP) may be
 * touched, as signing and protocol programs do. `issuedBytes` is the beginning of what `signed` was read from.
 */
export const changesAfterIssue = async (issuedBytes: Uint8Array, signed: PDFDocument): Promise<ChangesAfterIssue> => {
  const issued = await openPdf(issuedBytes);
  const changes: ChangesAfterIssue = { activeContent: null, changed: null, pages: [], stamps: 0 };
  const change = (what: NonNullable<ChangesAfterIssue["changed"]>, page?: number): void => {
    changes.changed ??= what;
    if (page !== undefined && !changes.pages.includes(page)) changes.pages.push(page);
  };
  const rootOf = (document: PDFDocument): string => String(document.context.trailerInfo.Root);
  if (rootOf(issued) !== rootOf(signed)) change("catalog");
  const inCatalog = differingKeys(issued.catalog, signed.catalog);
  if (inCatalog.some((key) => !allowedInCatalog.includes(key.decodeText()))) change("catalog");
  for (const key of inCatalog)
    changes.activeContent ??= activeKeys.includes(key.decodeText())
      ? key.decodeText()
      : activeIn(signed.catalog.get(key));

  const free = new Set<string>();
  const mayChange = (held: PDFObject | undefined): void => {
    if (held instanceof PDFRef) free.add(held.toString());
  };
  mayChange(issued.context.trailerInfo.Root);
  mayChange(issued.context.trailerInfo.Info);
  mayChange(issued.catalog.get(name("Metadata")));
  mayChange(issued.catalog.get(name("AcroForm")));
  mayChange(issued.catalog.lookupMaybe(name("AcroForm"), PDFDict)?.get(name("Fields")));

  const pages = signed.getPages();
  if (issued.getPageCount() !== pages.length) change("pages");
  for (const [index, page] of issued.getPages().entries()) {
    const now = pages[index];
    if (!now || String(now.ref) !== String(page.ref)) {
      change("pages", index + 1);
      continue;
    }
    const keys = differingKeys(page.node, now.node).filter((key) => key !== name("Annots"));
    for (const key of keys) changes.activeContent ??= activeKeys.includes(key.decodeText()) ? key.decodeText() : null;
    if (keys.length > 0) change("content", index + 1);
    const stamps = stampsLaidOn(issued, signed, page, now);
    if (stamps === null) change("annotations", index + 1);
    else changes.stamps += stamps;
    mayChange(page.ref);
    mayChange(page.node.get(name("Annots")));
  }
  for (const [ref, object] of issued.context.enumerateIndirectObjects())
    if (!free.has(ref.toString()) && !sameObject(object, signed.context.lookup(ref))) change("content");
  let visited = 0;
  for (const [ref, object] of signed.context.enumerateIndirectObjects()) {
    if (changes.activeContent) break;
    if (sameObject(object, issued.context.lookup(ref)) || object === signed.catalog) continue;
    if (++visited > mostVisited) change("content");
    const pageIndex = pages.findIndex((page) => page.node === object);
    const before = pageIndex < 0 ? undefined : issued.getPages()[pageIndex];
    // A page of ours may have links of ours: only what is new on it counts, and that was looked at above.
    if (before && pageIndex < issued.getPageCount()) continue;
    changes.activeContent = activeIn(object);
  }
  return changes;
};
