import type { Db } from "../platform/database/transaction.ts";

/** Who left here and is brought to their provider, to leave there too. */
export const saveLogout = (
  db: Db,
  l: {
    ticketHash: Buffer;
    identityProvider: string;
    nameId: string;
    nameQualifier: string;
    sessionIndex: string;
    expiresAt: Date;
  },
) =>
  db
    .insertInto("logout_requests")
    .values({
      ticket_hash: l.ticketHash,
      identity_provider: l.identityProvider,
      name_id: l.nameId,
      name_qualifier: l.nameQualifier,
      session_index: l.sessionIndex,
      message_id: null,
      expires_at: l.expiresAt,
      ended_at: null,
    })
    .execute();

export const unsentLogout = (db: Db, ticketHash: Buffer, now: Date) =>
  db
    .selectFrom("logout_requests")
    .selectAll()
    .where("ticket_hash", "=", ticketHash)
    .where("message_id", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();

/** False when another tab was quicker: one ticket sends one request. */
export const logoutSent = async (db: Db, ticketHash: Buffer, messageId: string): Promise<boolean> =>
  (await db
    .updateTable("logout_requests")
    .set({ message_id: messageId })
    .where("ticket_hash", "=", ticketHash)
    .where("message_id", "is", null)
    .returning("message_id")
    .executeTakeFirst()) !== undefined;

export const sentLogout = (db: Db, messageId: string, now: Date) =>
  db
    .selectFrom("logout_requests")
    .selectAll()
    .where("message_id", "=", messageId)
    .where("expires_at", ">", now)
    .executeTakeFirst();

/** False when it was answered before. */
export const logoutEnded = async (db: Db, ticketHash: Buffer, at: Date): Promise<boolean> =>
  (await db
    .updateTable("logout_requests")
    .set({ ended_at: at })
    .where("ticket_hash", "=", ticketHash)
    .where("ended_at", "is", null)
    .returning("ended_at")
    .executeTakeFirst()) !== undefined;

export const sweepLogouts = (db: Db, now: Date) =>
  db.deleteFrom("logout_requests").where("expires_at", "<", now).execute();
