import type { ProblemCode } from "@area/api";
import type { Db } from "../platform/database/transaction.ts";
import type { Recorder } from "../platform/record.ts";
import type { CheckedAgreement } from "../ports/signature/index.ts";

/** What may be signed from a mailed link, beside an adhesion: a new version, a convention, a nomination. */
export const signableKinds = ["version", "convention", "nomination"] as const;
export type SignableKind = (typeof signableKinds)[number];

/** Something that waits for one person's signature, as the page of signatures shows it. */
export type ToSign = {
  kind: SignableKind;
  institutionId: string;
  institutionName: string;
  productTitle: string;
  state: "awaiting-signature" | "completed" | "cancelled" | "expired" | "superseded" | "submitted";
  signer: { name: string; fiscalCode: string };
  expiresAt: Date;
  document: { name: string; length: number; sha256: Uint8Array; storageKey: string; at: Date };
  earlier: { sha256: Uint8Array; length: number; at: Date }[];
};

/** A file that passed every check, put where it will stay. */
export type SignedFile = {
  form: "CAdES" | "PAdES";
  sha256: string;
  length: number;
  signers: string[];
  storageKey: string;
};

/** How a room lets its documents be signed by a link: its token's purpose is the key under which it is given. */
export type Signable<Kept extends SignedFile = SignedFile> = {
  find(db: Db, id: string): Promise<ToSign | null>;
  /** Keeps the accepted file; outside any transaction. */
  keep(
    id: string,
    found: ToSign,
    file: { bytes: Buffer; issued: Buffer; checked: CheckedAgreement; at: Date },
  ): Promise<Kept>;
  /** Puts it on record, in the caller's transaction, which works for the institution. Answers why not. */
  signed(tx: { db: Db; emit: Recorder["emit"]; now: Date }, id: string, kept: Kept): Promise<ProblemCode | null>;
};
