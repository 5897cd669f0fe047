import { createHash, type Hash } from "node:crypto";
import { maskFiscalCode } from "@area/api";
import { malformedIn } from "./ber.ts";
import type { TrustList } from "./certificate.ts";
import { looksLikeSignedData, readSignedData, type SignedData } from "./cms.ts";
import { changeBesidesSignatures, looksLikePdf, type PdfSignature, readPdf } from "./pdf-signatures.ts";
import { unwrap } from "./unwrap.ts";
import { failed, notReached, passed, type SignatureProblem, type Verdict, worst } from "./verdict.ts";
import { type Signer, type SignerVerdicts, verifySigners } from "./verify-signer.ts";

export interface SignedAgreementToCheck {
  file: Uint8Array;
  /** The agreement as we issued it. `sha256` in hexadecimal. */
  issued: { bytes?: Uint8Array; sha256: string; length: number };
  /** The legal representative who was asked to sign. */
  expectedSigner: { fiscalCode: string };
  trust: TrustList;
  now: Date;
}

export interface SignatureCheck extends Verdict {
  code: "form" | "integrity" | "document" | "trust" | "validity" | "signer";
}

export interface SignedAgreementReport {
  form: "CAdES" | "PAdES" | null;
  /** Always six, in this order: all are run as far as possible, so a page can say "two to fix, four fine". */
  checks: SignatureCheck[];
  accepted: boolean;
  signers: Signer[];
  /** Of the file as received, in hexadecimal. */
  sha256: string;
}

/** What one way of signing found out; the report is drawn from it. */
interface Findings {
  form: SignedAgreementReport["form"];
  formVerdict: Verdict;
  /** Of the file itself, on top of each signature's own. */
  integrity: Verdict[];
  document: Verdict;
  signatures: SignerVerdicts[];
}

/** Signed twice, by the mayor and then by the secretary, a .p7m holds a .p7m. */
const deepestNesting = 3;

const sha256 = (...parts: Uint8Array[]): Hash => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash;
};

const short = (digest: string): string => `${digest.slice(0, 16)}…`;

const nothingFound = (
  form: SignedAgreementReport["form"],
  problem: SignatureProblem,
  facts?: Record<string, string>,
): Findings => ({ form, formVerdict: failed(problem, facts), integrity: [], document: notReached, signatures: [] });

const sizeOf = (pieces: Uint8Array[]): number => pieces.reduce((sum, piece) => sum + piece.length, 0);

/** Is the content the very agreement we issued? When it is not, says what was seen. */
const sameDocument = (pieces: Uint8Array[], issued: SignedAgreementToCheck["issued"]): Verdict => {
  const actual = sha256(...pieces).digest("hex");
  const expected = issued.sha256.toLowerCase();
  const facts = { expected: short(expected), actual: short(actual) };
  if (actual === expected && sizeOf(pieces) === issued.length) return passed(facts);
  // A protocol stamp put on before signing often leaves our bytes as the beginning (ISO 32000-1, 7.5.6).
  const [first] = pieces;
  const grown =
    pieces.length === 1 &&
    first &&
    first.length > issued.length &&
    sha256(first.subarray(0, issued.length)).digest("hex");
  return failed("signature-of-another-document", {
    ...facts,
    difference: grown === expected ? "changed-after-issue" : "other-document",
  });
};

/** Signers mostly use one hash: 10 MB are read once for all of them. */
const contentDigestOf = (pieces: Uint8Array[]): ((name: string) => Uint8Array) => {
  const known = new Map<string, Uint8Array>();
  return (name) => {
    const before = known.get(name);
    if (before) return before;
    const hash = createHash(name);
    for (const piece of pieces) hash.update(piece);
    const digest = hash.digest();
    known.set(name, digest);
    return digest;
  };
};

type Expectations = Pick<SignedAgreementToCheck, "issued" | "expectedSigner" | "trust" | "now">;

const judgeSigners = (
  signedData: SignedData,
  contentDigest: (hash: string) => Uint8Array | null,
  claimedAt: Date | null,
  { expectedSigner, trust, now }: Expectations,
): Promise<SignerVerdicts[]> =>
  verifySigners(signedData, { fiscalCode: expectedSigner.fiscalCode, trust, now, contentDigest, claimedAt });

/** A detached signature: who signed can still be told, and whether they signed our agreement too. */
const checkDetached = async (signedData: SignedData, expectations: Expectations): Promise<Findings> => {
  const { issued } = expectations;
  const digest = (hash: string): Uint8Array | null =>
    issued.bytes
      ? createHash(hash).update(issued.bytes).digest()
      : hash === "sha256"
        ? Buffer.from(issued.sha256, "hex")
        : null;
  return {
    form: "CAdES",
    formVerdict: failed("signature-content-missing"),
    integrity: [],
    document: notReached,
    signatures: await judgeSigners(signedData, digest, null, expectations),
  };
};

const checkCades = async (file: Uint8Array, expectations: Expectations): Promise<Findings> => {
  const signatures: SignerVerdicts[] = [];
  const integrity: Verdict[] = [];
  let bytes = file;
  let pieces: Uint8Array[] = [];
  for (let level = 1; ; level++) {
    let read: ReturnType<typeof readSignedData>;
    try {
      read = readSignedData(bytes);
    } catch (problem) {
      if (level === 1 && malformedIn(problem) === "truncated") return nothingFound("CAdES", "signed-file-truncated");
      integrity.push(failed("signature-altered", { reason: "unreadable", level: String(level) }));
      break;
    }
    const { signedData, rest } = read;
    if (rest.length > 0) integrity.push(failed("signature-altered", { reason: "bytes-after-the-end" }));
    if (signedData.signers.length === 0) {
      if (level === 1) return nothingFound(null, "not-a-signature", { reason: "certificates-only" });
      integrity.push(failed("signature-altered", { reason: "no-signer", level: String(level) }));
      break;
    }
    if (signedData.content === null) {
      if (level === 1) return checkDetached(signedData, expectations);
      integrity.push(failed("signature-altered", { reason: "content-missing", level: String(level) }));
      break;
    }
    pieces = signedData.content;
    signatures.push(...(await judgeSigners(signedData, contentDigestOf(pieces), null, expectations)));
    const start = Buffer.concat(pieces.slice(0, 20), Math.min(20, sizeOf(pieces.slice(0, 20))));
    if (level === deepestNesting || !looksLikeSignedData(start)) break;
    bytes = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
  }
  return {
    form: "CAdES",
    formVerdict: passed({ form: "CAdES" }),
    integrity,
    document: pieces.length > 0 ? sameDocument(pieces, expectations.issued) : notReached,
    signatures,
  };
};

/** Our bytes must be the beginning, and what follows may only add signatures. */
const pdfDocument = async (
  file: Uint8Array,
  first: PdfSignature,
  document: Parameters<typeof changeBesidesSignatures>[1],
  issued: SignedAgreementToCheck["issued"],
): Promise<Verdict> => {
  const start = file.subarray(0, issued.length);
  const actual = sha256(start).digest("hex");
  const expected = issued.sha256.toLowerCase();
  const facts = { expected: short(expected), actual: short(actual) };
  if (actual !== expected || start.length !== issued.length || first.covered[0].length < issued.length)
    return failed("signature-of-another-document", { ...facts, difference: "other-document" });
  try {
    const change = await changeBesidesSignatures(start, document);
    if (change === null) return passed(facts);
    return failed("signature-of-another-document", { ...facts, difference: "changed-after-issue", changed: change });
  } catch {
    return failed("signature-of-another-document", { ...facts, difference: "unreadable" });
  }
};

const judgePdfSignature = async (
  { contents, covered, claimedAt }: PdfSignature,
  expectations: Expectations,
): Promise<{ integrity: Verdict[]; signatures: SignerVerdicts[] }> => {
  const altered = (reason: string): Verdict => failed("signature-altered", { reason });
  try {
    const { signedData, rest } = readSignedData(contents);
    const integrity: Verdict[] = [];
    // The room kept for the signature is filled with zeros (ISO 32000-1, 12.8.1).
    if (rest.some((byte) => byte !== 0)) integrity.push(altered("padding"));
    // One signer each, detached (ETSI EN 319 142-1, 4.1 and 5.3).
    if (signedData.signers.length !== 1 || signedData.content !== null) integrity.push(altered("not-detached"));
    const signatures = await judgeSigners(signedData, contentDigestOf(covered), claimedAt, expectations);
    return { integrity, signatures };
  } catch {
    return { integrity: [altered("unreadable")], signatures: [] };
  }
};

const checkPades = async (file: Uint8Array, expectations: Expectations): Promise<Findings> => {
  const { issued } = expectations;
  const ours = sha256(file.subarray(0, issued.length)).digest("hex") === issued.sha256.toLowerCase();
  const reading = await readPdf(file, ours ? issued.length : 0);
  switch (reading.outcome) {
    case "truncated":
      return nothingFound(null, "signed-file-truncated");
    case "unreadable":
      return nothingFound(null, "signature-altered", { reason: "unreadable" });
    case "altered":
      return nothingFound("PAdES", "signature-altered", { reason: "byte-range" });
    case "unsigned":
      return {
        ...nothingFound(null, "not-a-signature", { reason: "pdf-without-signature" }),
        document: sameDocument([file], issued),
      };
  }
  const { signatures: found, document } = reading;
  const integrity: Verdict[] = [];
  const signatures: SignerVerdicts[] = [];
  for (const signature of found) {
    const judged = await judgePdfSignature(signature, expectations);
    integrity.push(...judged.integrity);
    signatures.push(...judged.signatures);
  }
  if (found.at(-1)?.end !== file.length)
    integrity.push(
      failed("signature-incomplete-coverage", { uncovered: String(file.length - (found.at(-1)?.end ?? 0)) }),
    );
  return {
    form: "PAdES",
    formVerdict: passed({ form: "PAdES" }),
    integrity,
    document: await pdfDocument(file, found[0] as PdfSignature, document, issued),
    signatures,
  };
};

const signerVerdict = (signatures: SignerVerdicts[], fiscalCode: string): Verdict => {
  const readable = signatures.filter(({ identity }) => identity !== "unknown");
  if (readable.length === 0) return notReached;
  const expected = readable.find(({ identity }) => identity === "expected");
  const told = expected ?? readable[0];
  const facts = {
    expected: maskFiscalCode(fiscalCode),
    actual: told?.signer?.maskedFiscalCode ?? "",
    name: told?.signer?.name ?? "",
  };
  if (expected) return passed(facts);
  return readable.every(({ identity }) => identity === "missing")
    ? failed("signer-identity-missing", facts)
    : failed("signer-not-legal-representative", facts);
};

const findIn = async (file: Uint8Array, expectations: Expectations): Promise<Findings> => {
  if (looksLikePdf(file)) return checkPades(file, expectations);
  const binary = unwrap(file);
  if (!binary || !looksLikeSignedData(binary)) return nothingFound(null, "not-a-signature");
  return checkCades(binary, expectations);
};

/**
 * Is this file the agreement we issued, signed by whom we asked? Knows CAdES and PAdES (ETSI EN 319 122-1, 319 142-1;
 * eIDAS art. 25 and 26; CAD art. 20 and 24; DPCM 22 February 2013). Validity is judged at `now`, because nothing proves the time of a
 * signature without a time stamp. Revocation is not asked for: no network here. Never throws on what was uploaded.
 */
export const checkSignedAgreement = async ({
  file,
  ...expectations
}: SignedAgreementToCheck): Promise<SignedAgreementReport> => {
  const found = await findIn(file, expectations).catch(() =>
    nothingFound(null, "not-a-signature", { reason: "unreadable" }),
  );
  const { form, formVerdict, integrity, document, signatures } = found;
  const every = (pick: (one: SignerVerdicts) => Verdict): Verdict => worst(signatures.map(pick));
  const checks: SignatureCheck[] = [
    { code: "form", ...formVerdict },
    { code: "integrity", ...worst([...integrity, ...signatures.map((one) => one.integrity)]) },
    { code: "document", ...document },
    { code: "trust", ...every((one) => one.trust) },
    { code: "validity", ...every((one) => one.validity) },
    { code: "signer", ...signerVerdict(signatures, expectations.expectedSigner.fiscalCode) },
  ];
  return {
    form,
    checks,
    accepted: checks.every(({ outcome }) => outcome === "passed"),
    signers: signatures.flatMap(({ signer }) => (signer ? [signer] : [])),
    sha256: sha256(file).digest("hex"),
  };
};
