import {
  decodePDFRawStream,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
  PDFXRefStreamParser,
} from "@cantoo/pdf-lib";
import { expectWord, numberAt, skipBlanks, skipValue, unclear, type Walker, wordAt } from "./pdf-tokens.ts";

// The library reads a PDF from the first byte to the last and believes the last object of each number; programs that show
// it follow the cross-reference tables instead. Where the two disagree a signed file can show another text than the one
// looked at here ("shadow attacks"). So every update after our bytes must say the same thing in both ways.

type Entry = { number: number; generation: number; offset: number; packed: boolean };
interface Section {
  /** Where its table begins, and the table before it. */
  at: number;
  previous: number | null;
  entries: Entry[];
}
interface Update {
  objects: Map<string, number>;
  section: Section;
}

const mostEntries = 50_000;

const tableAt = (walker: Walker): Entry[] => {
  const entries: Entry[] = [];
  for (;;) {
    skipBlanks(walker);
    const start = walker.at;
    if (wordAt(walker) === "trailer") return entries;
    walker.at = start;
    const [first, count] = [numberAt(walker), numberAt(walker)];
    if (count > mostEntries) throw unclear();
    for (let at = 0; at < count; at++) {
      const [offset, generation] = [numberAt(walker), numberAt(walker)];
      skipBlanks(walker);
      const kind = wordAt(walker);
      if (kind === "n") entries.push({ number: first + at, generation, offset, packed: false });
      // What is freed is still there for the library.
      else if (kind !== "f" || first + at !== 0) throw unclear();
    }
  }
};

const classicSection = (walker: Walker, at: number): Section => {
  const entries = tableAt(walker);
  const trailer = skipValue(walker);
  if (!trailer || trailer.has("XRefStm") || trailer.has("Encrypt")) throw unclear();
  return { at, previous: trailer.get("Prev") ?? null, entries };
};

const streamSection = (document: PDFDocument, reference: string, at: number): Section => {
  const stream = rawStream(document, reference);
  const previous = stream.dict.lookup(PDFName.of("Prev"));
  const entries = PDFXRefStreamParser.forStream(PDFRawStream.of(stream.dict, stream.contents)).parseIntoContext();
  if (entries.length > mostEntries || entries.some(({ deleted, ref }) => deleted && ref.objectNumber !== 0))
    throw unclear();
  return {
    at,
    previous: previous instanceof PDFNumber ? previous.asNumber() : null,
    entries: entries
      .filter((one) => !one.deleted)
      .map(({ ref, offset, inObjectStream }) => ({
        number: ref.objectNumber,
        generation: ref.generationNumber,
        offset,
        packed: inObjectStream,
      })),
  };
};

const rawStream = (document: PDFDocument, reference: string): PDFRawStream => {
  const [number, generation] = reference.split(" ").map(Number);
  const found = document.context.lookup(PDFRef.of(number ?? 0, generation ?? 0));
  if (!(found instanceof PDFRawStream)) throw unclear();
  return found;
};

/** Numbers of the objects packed in an object stream, each walked. */
const packedIn = (document: PDFDocument, reference: string): number[] => {
  const stream = rawStream(document, reference);
  if (stream.dict.has(PDFName.of("Extends"))) throw unclear();
  const bytes = Buffer.from(decodePDFRawStream(stream).decode());
  const count = stream.dict.lookup(PDFName.of("N"), PDFNumber).asNumber();
  const first = stream.dict.lookup(PDFName.of("First"), PDFNumber).asNumber();
  if (count > mostEntries) throw unclear();
  const walker: Walker = { bytes, at: 0 };
  const heads = Array.from({ length: count }, () => [numberAt(walker), numberAt(walker)] as const);
  for (const [, offset] of heads) skipValue({ bytes, at: first + offset });
  return heads.map(([number]) => number);
};

/** One object, from its number to its `endobj`; a stream must be as long as it says. */
const skipObject = (walker: Walker): void => {
  const entries = skipValue(walker);
  skipBlanks(walker);
  const start = walker.at;
  const word = wordAt(walker);
  if (word === "endobj") return;
  walker.at = start;
  expectWord(walker, "stream");
  if (!entries) throw unclear();
  if (walker.bytes[walker.at] === 13) walker.at++;
  if (walker.bytes[walker.at] !== 10) throw unclear();
  walker.at++;
  const length = entries.get("Length");
  if (length === undefined || length === null) throw unclear();
  walker.at += length;
  expectWord(walker, "endstream");
  expectWord(walker, "endobj");
};

const typeOf = (document: PDFDocument, reference: string): string => {
  const [number, generation] = reference.split(" ").map(Number);
  const found = document.context.lookup(PDFRef.of(number ?? 0, generation ?? 0));
  const dict = found instanceof PDFRawStream ? found.dict : found instanceof PDFDict ? found : null;
  const type = dict?.lookup(PDFName.of("Type"));
  return type instanceof PDFName ? type.decodeText() : "";
};

const updatesAfter = (bytes: Buffer, from: number, document: PDFDocument): Update[] => {
  const walker: Walker = { bytes, at: from };
  const updates: Update[] = [];
  let objects = new Map<string, number>();
  let section: Section | null = null;
  for (skipBlanks(walker); walker.at < bytes.length; skipBlanks(walker)) {
    const at = walker.at;
    const word = wordAt(walker);
    if (word === "xref") {
      if (section) throw unclear();
      section = classicSection(walker, at);
    } else if (word === "startxref") {
      const told = numberAt(walker);
      const last = [...objects].at(-1);
      if (!section && last && typeOf(document, last[0]) === "XRef") {
        section = streamSection(document, last[0], last[1]);
        objects.delete(last[0]);
        section.entries = section.entries.filter(({ offset }) => offset !== last[1]);
      }
      if (!section || section.at !== told) throw unclear();
      updates.push({ objects, section });
      objects = new Map();
      section = null;
    } else {
      walker.at = at;
      const reference = `${numberAt(walker)} ${numberAt(walker)}`;
      expectWord(walker, "obj");
      if (section || objects.has(reference)) throw unclear();
      skipObject(walker);
      objects.set(reference, at);
    }
  }
  if (objects.size > 0 || section) throw unclear();
  return updates;
};

/** The table at the end of the document as issued: we wrote it, so it is a plain one. */
const issuedSection = (bytes: Buffer, length: number): Section => {
  const word = bytes.lastIndexOf("startxref", length);
  const walker: Walker = { bytes, at: word };
  expectWord(walker, "startxref");
  const at = numberAt(walker);
  walker.at = at;
  expectWord(walker, "xref");
  return classicSection(walker, at);
};

const agrees = ({ objects, section }: Update, before: Map<string, number>, document: PDFDocument): boolean => {
  const packed = new Map<number, number>();
  for (const reference of objects.keys()) {
    if (typeOf(document, reference) !== "ObjStm") continue;
    for (const number of packedIn(document, reference)) {
      if (packed.has(number) || objects.has(`${number} 0`)) return false;
      packed.set(number, Number(reference.split(" ")[0]));
    }
  }
  const seen = new Set<string>();
  for (const { number, generation, offset, packed: isPacked } of section.entries) {
    if (isPacked) {
      if (packed.get(number) !== offset) return false;
      packed.delete(number);
      continue;
    }
    const reference = `${number} ${generation}`;
    // The one written here, else the last one written before.
    if ((objects.get(reference) ?? before.get(reference)) !== offset || seen.has(reference)) return false;
    seen.add(reference);
  }
  return packed.size === 0 && [...objects.keys()].every((reference) => seen.has(reference));
};

/** Do the updates after the first `from` bytes read the same for every program? */
export const readsOneWay = (file: Uint8Array, from: number, document: PDFDocument): boolean => {
  try {
    const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
    const issued = issuedSection(bytes, from);
    const known = new Map(issued.entries.map((one) => [`${one.number} ${one.generation}`, one.offset]));
    let previous = issued.at;
    for (const update of updatesAfter(bytes, from, document)) {
      if (update.section.previous !== previous || !agrees(update, known, document)) return false;
      for (const [reference, offset] of update.objects) known.set(reference, offset);
      previous = update.section.at;
    }
    return true;
  } catch {
    return false;
  }
};
