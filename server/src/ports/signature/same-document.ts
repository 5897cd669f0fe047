import { createHash } from "node:crypto";
import { PDFArray, type PDFDocument } from "@cantoo/pdf-lib";
import { changesAfterIssue } from "./pdf-changes.ts";
import { openPdf } from "./pdf-signatures.ts";
import { readsOneWay } from "./pdf-structure.ts";
import { failed, passed, toReview, type Verdict } from "./verdict.ts";

/** A document by its bytes, or by digest (hexadecimal) and length. */
export interface Fingerprint {
  sha256: string;
  length: number;
}

export interface Issued extends Fingerprint {
  bytes?: Uint8Array | undefined;
  at?: Date | undefined;
  /** What this institution was given to sign before, for the same product: somebody may sign it by mistake. */
  earlier?: (Fingerprint & { at: Date })[] | undefined;
}

const digestOf = (pieces: Uint8Array[]): string => {
  const hash = createHash("sha256");
  for (const piece of pieces) hash.update(piece);
  return hash.digest("hex");
};

export const sizeOf = (pieces: Uint8Array[]): number => pieces.reduce((sum, piece) => sum + piece.length, 0);
const short = (digest: string): string => `${digest.slice(0, 16)}…`;

export const beginsAsIssued = (file: Uint8Array, { sha256, length }: Fingerprint): boolean =>
  file.length >= length && digestOf([file.subarray(0, length)]) === sha256.toLowerCase();

const factsOf = (actual: string, issued: Issued): Record<string, string> => ({
  expected: short(issued.sha256.toLowerCase()),
  actual: short(actual),
});

/** The file identifier that every rewriting keeps (ISO 32000-1, 14.4). */
const identifierOf = (document: PDFDocument): string | null => {
  const id = document.context.lookup(document.context.trailerInfo.ID);
  return id instanceof PDFArray ? String(id.get(0)) : null;
};

/** The same bytes for the better part are not a file written anew: somebody changed ours. */
const isMostlyTheSame = (content: Uint8Array, issued: Uint8Array): boolean => {
  let at = 0;
  while (at < issued.length && content[at] === issued[at]) at++;
  return at > issued.length / 10 || content.length === issued.length;
};

/** Neither the document nor its continuation: an older one, one that a program wrote anew, or something else. */
export const otherDocument = async (
  content: Uint8Array,
  issued: Issued,
  document: PDFDocument | null,
): Promise<Verdict> => {
  const facts = factsOf(digestOf([content]), issued);
  const older = issued.earlier?.find((one) => beginsAsIssued(content, one));
  if (older) return failed("signature-of-older-version", { ...facts, writtenAt: older.at.toISOString() });
  const identifier = document && identifierOf(document);
  if (identifier && issued.bytes && !isMostlyTheSame(content, issued.bytes)) {
    const ours = await openPdf(issued.bytes).then(identifierOf, () => null);
    if (ours === identifier) return toReview({ ...facts, changed: "rewritten", pages: "" });
  }
  return failed("signature-of-another-document", { ...facts, difference: "other-document" });
};

/** The content of an envelope, byte for byte; `null` when it goes on after our bytes, and must be looked into. */
export const sameBytesAsIssued = (pieces: Uint8Array[], issued: Issued): Verdict | null => {
  const actual = digestOf(pieces);
  return actual === issued.sha256.toLowerCase() && sizeOf(pieces) === issued.length
    ? passed(factsOf(actual, issued))
    : null;
};

/** Our bytes are the beginning: what follows may add signatures, and stamps in the margins; the rest wants a person. */
export const continuedDocument = async (file: Uint8Array, issued: Issued, document: PDFDocument): Promise<Verdict> => {
  const start = file.subarray(0, issued.length);
  const facts = factsOf(issued.sha256.toLowerCase(), issued);
  try {
    const { activeContent, changed, pages, stamps } = await changesAfterIssue(start, document);
    if (activeContent) return failed("signed-copy-active-content", { ...facts, found: activeContent });
    const told = changed ?? (readsOneWay(file, issued.length, document) ? null : "structure");
    if (told) return toReview({ ...facts, changed: told, pages: pages.join(", ") });
    return passed({ ...facts, ...(stamps > 0 ? { stamps: String(stamps) } : {}) });
  } catch {
    return failed("signature-of-another-document", { ...facts, difference: "unreadable" });
  }
};
