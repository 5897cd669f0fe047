import { createHash } from "node:crypto";
import type { SignedData } from "./cms.ts";
import type { Issued } from "./same-document.ts";
import type { Timestamp } from "./timestamp.ts";
import type { TrustList } from "./trust.ts";
import { failed, notReached, type SignatureProblem, type Verdict } from "./verdict.ts";
import { type SignerVerdicts, verifySigners } from "./verify-signer.ts";

export interface Expectations {
  issued: Issued;
  expectedSigner: { fiscalCode: string };
  trust: TrustList;
  now: Date;
  disprovedTimestamps?: ReadonlySet<string>;
}

/** What one way of signing found out; the report is drawn from it. */
export interface Findings {
  form: "CAdES" | "PAdES" | null;
  formVerdict: Verdict;
  /** Of the file itself, on top of each signature's own. */
  integrity: Verdict[];
  document: Verdict;
  signatures: SignerVerdicts[];
}

export const nothingFound = (
  form: Findings["form"],
  problem: SignatureProblem,
  facts?: Record<string, string>,
): Findings => ({ form, formVerdict: failed(problem, facts), integrity: [], document: notReached, signatures: [] });

/** Signers mostly use one hash: 10 MB are read once for all of them. */
export const contentDigestOf = (pieces: Uint8Array[]): ((name: string) => Uint8Array) => {
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

export const judgeSigners = (
  signedData: SignedData,
  contentDigest: (hash: string) => Uint8Array | null,
  { expectedSigner, trust, now, issued, disprovedTimestamps = new Set() }: Expectations,
  inPdf: { claimedAt: Date | null; documentTimestamps: Timestamp[] } = { claimedAt: null, documentTimestamps: [] },
): Promise<SignerVerdicts[]> =>
  verifySigners(signedData, {
    fiscalCode: expectedSigner.fiscalCode,
    trust,
    now,
    issuedAt: issued.at,
    disprovedTimestamps,
    contentDigest,
    ...inPdf,
  });
