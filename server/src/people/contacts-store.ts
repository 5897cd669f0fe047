import { sql } from "kysely";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";

export type ContactRow = {
  email: Uint8Array | null;
  verified: boolean;
  pending: Uint8Array | null;
  pending_expires_at: Date | null;
  attempts: number | null;
};
export type OwnContactRow = ContactRow & { id: string; name: string };
/** A person's institutions by name, with the address at each and the one that waits: what is theirs, under row-level security. */
export const ownContacts = async (
  connection: Connection,
  ask: { personId: string; after: { name: string; id: string } | null; limit: number; now: Date; most: number },
): Promise<OwnContactRow[]> =>
  (
    await connection.query<OwnContactRow>(
      `select i.id, i.name, c.email, c.verified_at is not null as verified, w.email as pending, w.expires_at as pending_expires_at, w.attempts
       from my_institutions(null, $2, $3, $4, $5, null) i
       left join contacts c on c.institution_id = i.id and c.person_id = $1
       left join contact_changes w on w.institution_id = i.id and w.person_id = $1 and w.ended_at is null and w.expires_at > $5 and w.attempts < $6
       order by i.name, i.id`,
      [ask.personId, ask.after?.name ?? null, ask.after?.id ?? null, ask.limit, ask.now, ask.most],
    )
  ).rows;

/** The same at one institution. */
export const contactHere = async (
  connection: Connection,
  ask: { personId: string; institutionId: string; now: Date; most: number },
): Promise<ContactRow> =>
  (
    await connection.query<ContactRow>(
      `select c.email, c.verified_at is not null as verified, w.email as pending, w.expires_at as pending_expires_at, w.attempts
       from (select 1) one
       left join contacts c on c.institution_id = $2 and c.person_id = $1
       left join contact_changes w on w.institution_id = $2 and w.person_id = $1 and w.ended_at is null and w.expires_at > $3 and w.attempts < $4`,
      [ask.personId, ask.institutionId, ask.now, ask.most],
    )
  ).rows[0]!;

export const changesSince = async (db: Db, personId: string, since: Date): Promise<number> =>
  Number(
    (
      await db
        .selectFrom("contact_changes")
        .select(sql<number>`count(*)::int`.as("n"))
        .where("person_id", "=", personId)
        .where("asked_at", ">", since)
        .executeTakeFirstOrThrow()
    ).n,
  );

/** Asks for an address in the place of one that still waited. */
export const openChange = async (
  db: Db,
  c: { personId: string; institutionId: string; email: Buffer; at: Date; expiresAt: Date },
): Promise<string> => {
  await db
    .updateTable("contact_changes")
    .set({ ended_at: c.at })
    .where("person_id", "=", c.personId)
    .where("institution_id", "=", c.institutionId)
    .where("ended_at", "is", null)
    .execute();
  return (
    await db
      .insertInto("contact_changes")
      .values({
        person_id: c.personId,
        institution_id: c.institutionId,
        email: c.email,
        asked_at: c.at,
        expires_at: c.expiresAt,
        ended_at: null,
      })
      .returning("id")
      .executeTakeFirstOrThrow()
  ).id;
};

/** Counts an attempt and answers what it is about; nothing when there is none left, in number or in time. */
export const countAttempt = (
  db: Db,
  c: { personId: string; institutionId: string; at: Date; most: number },
): Promise<{ id: string; email: Uint8Array; attempts: number } | undefined> =>
  db
    .updateTable("contact_changes")
    .set({ attempts: sql`attempts + 1` })
    .where("person_id", "=", c.personId)
    .where("institution_id", "=", c.institutionId)
    .where("ended_at", "is", null)
    .where("expires_at", ">", c.at)
    .where("attempts", "<", c.most)
    .returning(["id", "email", "attempts"])
    .executeTakeFirst();

/** Ends a change that was confirmed; false when another confirmation was quicker. */
export const endChange = async (db: Db, id: string, at: Date): Promise<boolean> =>
  (await db
    .updateTable("contact_changes")
    .set({ ended_at: at })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .returning("id")
    .executeTakeFirst()) !== undefined;

export const waitingChange = (db: Db, id: string) =>
  db
    .selectFrom("contact_changes")
    .select(["email", "expires_at"])
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirst();

export const keepVerified = (
  db: Db,
  c: { personId: string; institutionId: string; email: Buffer; emailIndex: Buffer; at: Date },
) => {
  const verified = { email: c.email, email_index: c.emailIndex, verified_at: c.at };
  return db
    .insertInto("contacts")
    .values({ person_id: c.personId, institution_id: c.institutionId, ...verified })
    .onConflict((k) => k.columns(["person_id", "institution_id"]).doUpdateSet(verified))
    .execute();
};

/** Codes that nobody used, a week later. */
export const sweepChanges = (db: Db, now: Date) =>
  db
    .deleteFrom("contact_changes")
    .where("expires_at", "<", new Date(now.getTime() - 7 * 86_400_000))
    .execute();
