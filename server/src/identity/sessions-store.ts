import type { Db } from "../platform/database/transaction.ts";

/** How many sessions of one person may be open at once. */
export const MOST_SESSIONS = 5;

const live = (db: Db, personId: string, now: Date, idleMinutes: number) =>
  db
    .selectFrom("sessions")
    .where("person_id", "=", personId)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .where("last_seen_at", ">", new Date(now.getTime() - idleMinutes * 60_000));

export const sessionsOf = (db: Db, personId: string, now: Date, idleMinutes: number) =>
  live(db, personId, now, idleMinutes)
    .select(["id", "id_hash", "scheme", "level", "device", "created_at", "last_seen_at", "expires_at"])
    .orderBy("last_seen_at", "desc")
    .orderBy("created_at", "desc")
    .limit(50)
    .execute();

/** Ends one session of a person; false when there is none so named. */
export const closeOne = async (db: Db, personId: string, id: string, at: Date): Promise<boolean> =>
  (await db
    .updateTable("sessions")
    .set({ revoked_at: at })
    .where("person_id", "=", personId)
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .returning("id")
    .executeTakeFirst()) !== undefined;

/** Ends every open session of a person but one, if one is to stay; answers which. */
export const closeAll = async (db: Db, personId: string, at: Date, but: Buffer | null = null): Promise<string[]> =>
  (
    await db
      .updateTable("sessions")
      .set({ revoked_at: at })
      .where("person_id", "=", personId)
      .where("revoked_at", "is", null)
      .where("expires_at", ">", at)
      .$if(but !== null, (q) => q.where("id_hash", "<>", but!))
      .returning("id")
      .execute()
  ).map((s) => s.id);

/** Ends the least used beyond the number allowed, after one more was opened. The person's row is held by the login. */
export const closeBeyond = async (db: Db, personId: string, now: Date, idleMinutes: number): Promise<string[]> => {
  const open = await live(db, personId, now, idleMinutes)
    .select("id_hash")
    .orderBy("last_seen_at", "desc")
    .orderBy("created_at", "desc")
    .offset(MOST_SESSIONS)
    .execute();
  if (open.length === 0) return [];
  return (
    await db
      .updateTable("sessions")
      .set({ revoked_at: now })
      .where(
        "id_hash",
        "in",
        open.map((s) => s.id_hash),
      )
      .returning("id")
      .execute()
  ).map((s) => s.id);
};

/** The session of a cookie, if it is live: whose it is and through which door it came. */
export const liveSessionOf = (db: Db, idHash: Buffer, now: Date, idleMinutes: number) =>
  db
    .selectFrom("sessions")
    .select(["id", "person_id", "scheme", "identity_provider"])
    .where("id_hash", "=", idHash)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .where("last_seen_at", ">", new Date(now.getTime() - idleMinutes * 60_000))
    .executeTakeFirst();

/** The session that a login is to confirm, if it is still open, with the fiscal code of its owner; held until the end. */
export const sessionToConfirm = (db: Db, id: string, now: Date) =>
  db
    .selectFrom("sessions as s")
    .innerJoin("persons as p", "p.id", "s.person_id")
    .select(["s.id_hash", "s.created_at", "s.expires_at", "p.fiscal_code_index"])
    .where("s.id", "=", id)
    .where("s.revoked_at", "is", null)
    .where("s.expires_at", ">", now)
    .forUpdate("s")
    .executeTakeFirst();

export const isBlocked = async (db: Db, fiscalCodeIndex: Buffer): Promise<boolean> =>
  (await db
    .selectFrom("persons")
    .select("id")
    .where("fiscal_code_index", "=", fiscalCodeIndex)
    .where("blocked_at", "is not", null)
    .executeTakeFirst()) !== undefined;
