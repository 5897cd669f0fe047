import { readSignedData } from "./cms.ts";
import { contentDigestOf, type Expectations, type Findings, judgeSigners, nothingFound } from "./findings.ts";
import { type PdfReading, type PdfSignature, readPdf } from "./pdf-signatures.ts";
import { beginsAsIssued, continuedDocument, otherDocument, sameBytesAsIssued } from "./same-document.ts";
import { readTimestamp, type Timestamp } from "./timestamp.ts";
import { failed, passed, type Verdict } from "./verdict.ts";
import type { SignerVerdicts } from "./verify-signer.ts";

const altered = (reason: string): Verdict => failed("signature-altered", { reason });

/** The room kept for the signature is filled with zeros (ISO 32000-1, 12.8.1). */
const isPadding = (rest: Uint8Array): boolean => rest.every((byte) => byte === 0);

const judgePdfSignature = async (
  { contents, covered, claimedAt }: PdfSignature,
  documentTimestamps: Timestamp[],
  expectations: Expectations,
): Promise<{ integrity: Verdict[]; signatures: SignerVerdicts[] }> => {
  try {
    const { signedData, rest } = readSignedData(contents);
    const integrity: Verdict[] = [];
    if (!isPadding(rest)) integrity.push(altered("padding"));
    // One signer each, detached (ETSI EN 319 142-1, 4.1 and 5.3).
    if (signedData.signers.length !== 1 || signedData.content !== null) integrity.push(altered("not-detached"));
    const signatures = await judgeSigners(signedData, contentDigestOf(covered), expectations, {
      claimedAt,
      documentTimestamps,
    });
    return { integrity, signatures };
  } catch {
    return { integrity: [altered("unreadable")], signatures: [] };
  }
};

/** A time stamp over the file holds for every signature before it. */
const judgeDocumentTimestamp = async (
  { contents, covered }: PdfSignature,
  { trust, now }: Expectations,
): Promise<Timestamp | null> => {
  try {
    const { rest } = readSignedData(contents);
    if (!isPadding(rest)) return null;
    const token = contents.subarray(0, contents.length - rest.length);
    return await readTimestamp(token, contentDigestOf(covered), trust, now);
  } catch {
    return null;
  }
};

export const checkPades = async (
  file: Uint8Array,
  expectations: Expectations,
  before?: Extract<PdfReading, { outcome: "signed" }>,
): Promise<Findings> => {
  const { issued } = expectations;
  const ours = beginsAsIssued(file, issued);
  const reading = before ?? (await readPdf(file, ours ? issued.length : 0));
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
        document:
          sameBytesAsIssued([file], issued) ??
          (ours
            ? await continuedDocument(file, issued, reading.document)
            : await otherDocument(file, issued, reading.document)),
      };
  }
  const { signatures: found, document } = reading;
  const integrity: Verdict[] = [];
  const signatures: SignerVerdicts[] = [];
  const timestamps: { end: number; timestamp: Timestamp }[] = [];
  for (const one of found)
    if (one.kind === "timestamp") {
      const timestamp = await judgeDocumentTimestamp(one, expectations);
      if (timestamp) timestamps.push({ end: one.end, timestamp });
      // One that does not hold proves nothing, and yet covers bytes that then nobody vouches for.
      else integrity.push(altered("timestamp"));
    }
  for (const one of found) {
    if (one.kind === "timestamp") continue;
    const after = timestamps.filter(({ end }) => end > one.end).map(({ timestamp }) => timestamp);
    const judged = await judgePdfSignature(one, after, expectations);
    integrity.push(...judged.integrity);
    signatures.push(...judged.signatures);
  }
  if (signatures.length === 0 && integrity.length === 0)
    return nothingFound(null, "not-a-signature", { reason: "pdf-without-signature" });
  const last = found.at(-1)?.end ?? 0;
  if (last !== file.length)
    integrity.push(failed("signature-incomplete-coverage", { uncovered: String(file.length - last) }));
  // Each signature must have had the whole agreement before it.
  const covers = found.every(({ covered }) => covered[0].length >= issued.length);
  return {
    form: "PAdES",
    formVerdict: passed({ form: "PAdES" }),
    integrity,
    document:
      ours && covers ? await continuedDocument(file, issued, document) : await otherDocument(file, issued, document),
    signatures,
  };
};
