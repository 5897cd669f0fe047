import { sql } from "kysely";
import type { Db } from "../platform/database/transaction.ts";

/** Remembers a step of a remote signature until the person comes back. */
export const remember = (
  db: Db,
  step: {
    stateHash: Buffer;
    browserHash: Buffer;
    subjectId: string;
    secrets: Buffer;
    at: Date;
    expiresAt: Date;
  },
) =>
  db
    .insertInto("remote_signatures")
    .values({
      state_hash: step.stateHash,
      browser_hash: step.browserHash,
      subject_id: step.subjectId,
      secrets: step.secrets,
      began_at: step.at,
      expires_at: step.expiresAt,
    })
    .execute();

/** Takes a step, once: the second time it is no longer there. */
export const take = (db: Db, stateHash: Buffer, at: Date) =>
  db
    .updateTable("remote_signatures")
    .set({ used_at: at })
    .where("state_hash", "=", stateHash)
    .where("used_at", "is", null)
    .where("expires_at", ">", at)
    .returning(["browser_hash", "subject_id", "secrets"])
    .executeTakeFirst();

export const sweep = (db: Db, at: Date) =>
  db
    .deleteFrom("remote_signatures")
    .where("expires_at", "<", sql<Date>`${at}::timestamptz - interval '1 day'`)
    .execute();
