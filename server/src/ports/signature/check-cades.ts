import { createHash } from "node:crypto";
import { malformedIn } from "./ber.ts";
import { checkPades } from "./check-pades.ts";
import { looksLikeSignedData, readSignedData, type SignedData } from "./cms.ts";
import { contentDigestOf, type Expectations, type Findings, judgeSigners, nothingFound } from "./findings.ts";
import { looksLikePdf, readPdf } from "./pdf-signatures.ts";
import { beginsAsIssued, continuedDocument, otherDocument, sameBytesAsIssued, sizeOf } from "./same-document.ts";
import { failed, notReached, passed, type Verdict } from "./verdict.ts";
import type { SignerVerdicts } from "./verify-signer.ts";

/** Signed by the mayor, then by the secretary, then by the protocol office: a .p7m holds a .p7m. */
const deepestNesting = 5;

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
    signatures: await judgeSigners(signedData, digest, expectations),
  };
};

type Inside = Pick<Findings, "integrity" | "document" | "signatures">;
const onlyDocument = (document: Verdict): Inside => ({ integrity: [], document, signatures: [] });

/** What the innermost envelope holds: the agreement, the agreement with something after it, or a signed PDF. */
const checkContent = async (pieces: Uint8Array[], expectations: Expectations): Promise<Inside> => {
  const { issued } = expectations;
  const same = sameBytesAsIssued(pieces, issued);
  if (same) return onlyDocument(same);
  const content = joined(pieces);
  const ours = beginsAsIssued(content, issued);
  if (!looksLikePdf(content)) return onlyDocument(await otherDocument(content, issued, null));
  const reading = await readPdf(content, ours ? issued.length : 0);
  switch (reading.outcome) {
    case "signed": {
      const { integrity, document, signatures } = await checkPades(content, expectations, reading);
      return { integrity, document, signatures };
    }
    case "unsigned":
      return onlyDocument(
        ours
          ? await continuedDocument(content, issued, reading.document)
          : await otherDocument(content, issued, reading.document),
      );
    default:
      return {
        integrity: [failed("signature-altered", { reason: "byte-range" })].filter(() => reading.outcome === "altered"),
        document: await otherDocument(content, issued, null),
        signatures: [],
      };
  }
};

const joined = (pieces: Uint8Array[]): Uint8Array =>
  pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);

export const checkCades = async (file: Uint8Array, expectations: Expectations): Promise<Findings> => {
  const signatures: SignerVerdicts[] = [];
  const integrity: Verdict[] = [];
  let formVerdict = passed({ form: "CAdES" });
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
    signatures.push(...(await judgeSigners(signedData, contentDigestOf(pieces), expectations)));
    const start = Buffer.concat(pieces.slice(0, 20), Math.min(20, sizeOf(pieces.slice(0, 20))));
    if (!looksLikeSignedData(start)) break;
    if (level === deepestNesting) {
      formVerdict = failed("signature-nested-too-deep", { most: String(deepestNesting) });
      pieces = [];
      break;
    }
    bytes = joined(pieces);
  }
  const inside = pieces.length > 0 ? await checkContent(pieces, expectations) : onlyDocument(notReached);
  return {
    form: "CAdES",
    formVerdict,
    integrity: [...integrity, ...inside.integrity],
    document: inside.document,
    signatures: [...signatures, ...inside.signatures],
  };
};
