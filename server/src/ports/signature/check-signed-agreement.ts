import { createHash } from "node:crypto";
import { maskFiscalCode } from "@area/api";
import { checkCades } from "./check-cades.ts";
import { checkPades } from "./check-pades.ts";
import { looksLikeSignedData } from "./cms.ts";
import { type Expectations, type Findings, nothingFound } from "./findings.ts";
import { looksLikePdf } from "./pdf-signatures.ts";
import type { Issued } from "./same-document.ts";
import type { TrustList } from "./trust.ts";
import { unwrap } from "./unwrap.ts";
import { failed, notReached, passed, type Verdict, worst } from "./verdict.ts";
import type { Signer, SignerEvidence, SignerVerdicts } from "./verify-signer.ts";

export interface SignedAgreementToCheck {
  file: Uint8Array;
  /** The agreement as we issued it. `sha256` in hexadecimal. */
  issued: Issued;
  /** The legal representative who was asked to sign. */
  expectedSigner: { fiscalCode: string };
  /** The company's own seal, in DER: its signatures must be whole, and are no signature of whom was asked. */
  seal?: Uint8Array;
  trust: TrustList;
  now: Date;
  disprovedTimestamps?: ReadonlySet<string>;
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
  /** What is still to be asked of others, and what a proof keeps: one for each signature whose certificate was found. */
  evidence: SignerEvidence[];
  /** Of the file as received, in hexadecimal. */
  sha256: string;
}

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

export const isAccepted = (checks: readonly Verdict[]): boolean => checks.every(({ outcome }) => outcome === "passed");

/**
 * Is this file the agreement we issued, signed by whom we asked? Knows CAdES and PAdES (ETSI EN 319 122-1, 319 142-1;
 * eIDAS art. 25 and 26; CAD art. 20 and 24; DPCM 22 February 2013). Validity is judged at the moment that a time stamp
 * proves, else `now`. Revocation is asked for afterwards, from the evidence: no network here. Never throws on what was uploaded.
 */
export const checkSignedAgreement = async ({
  file,
  ...expectations
}: SignedAgreementToCheck): Promise<SignedAgreementReport> => {
  const found = await findIn(file, expectations).catch(() =>
    nothingFound(null, "not-a-signature", { reason: "unreadable" }),
  );
  const { form, formVerdict, integrity, document, signatures } = found;
  const { seal } = expectations;
  const isSeal = ({ evidence }: SignerVerdicts) =>
    seal !== undefined && evidence?.chain[0] !== undefined && Buffer.compare(evidence.chain[0], seal) === 0;
  const persons = signatures.filter((one) => !isSeal(one));
  const every = (pick: (one: SignerVerdicts) => Verdict): Verdict => worst(persons.map(pick));
  const checks: SignatureCheck[] = [
    { code: "form", ...formVerdict },
    { code: "integrity", ...worst([...integrity, ...signatures.map((one) => one.integrity)]) },
    { code: "document", ...document },
    { code: "trust", ...every((one) => one.trust) },
    { code: "validity", ...every((one) => one.validity) },
    { code: "signer", ...signerVerdict(persons, expectations.expectedSigner.fiscalCode) },
  ];
  return {
    form,
    checks,
    accepted: isAccepted(checks),
    signers: signatures.flatMap(({ signer }) => (signer ? [signer] : [])),
    evidence: signatures.flatMap(({ evidence }) => (evidence ? [evidence] : [])),
    sha256: createHash("sha256").update(file).digest("hex"),
  };
};
