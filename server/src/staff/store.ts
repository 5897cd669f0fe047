import { sql } from "kysely";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";

export const saveRequest = (
  db: Db,
  r: {
    stateHash: Buffer;
    browserHash: Buffer;
    secrets: Buffer;
    returnTo: string;
    issuedAt: Date;
    expiresAt: Date;
  },
) =>
  db
    .insertInto("staff_login_requests")
    .values({
      state_hash: r.stateHash,
      browser_hash: r.browserHash,
      secrets: r.secrets,
      return_to: r.returnTo,
      issued_at: r.issuedAt,
      expires_at: r.expiresAt,
      used_at: null,
    })
    .execute();

/** Takes a login under way: once, by the browser that began it, before it expires. */
export const takeRequest = (db: Db, r: { stateHash: Buffer; browserHash: Buffer; at: Date }) =>
  db
    .updateTable("staff_login_requests")
    .set({ used_at: r.at })
    .where("state_hash", "=", r.stateHash)
    .where("browser_hash", "=", r.browserHash)
    .where("used_at", "is", null)
    .where("expires_at", ">", r.at)
    .returning(["secrets", "return_to"])
    .executeTakeFirst();

export const enteredMember = async (
  db: Db,
  m: { issuer: string; subject: string; name: Buffer; emailIndex: Buffer | null; groups: string[]; at: Date },
): Promise<string> => {
  const known = {
    name: m.name,
    email_index: m.emailIndex,
    groups: JSON.stringify(m.groups),
    last_entered_at: m.at,
  };
  return (
    await db
      .insertInto("staff_members")
      .values({ issuer: m.issuer, subject: m.subject, ...known, first_entered_at: m.at })
      .onConflict((c) => c.columns(["issuer", "subject"]).doUpdateSet(known))
      .returning("id")
      .executeTakeFirstOrThrow()
  ).id;
};

export const loseGroups = (db: Db, m: { issuer: string; subject: string }) =>
  db
    .updateTable("staff_members")
    .set({ groups: JSON.stringify([]) })
    .where("issuer", "=", m.issuer)
    .where("subject", "=", m.subject)
    .execute();

/** The one named by the command, if this is them: bound already, or by the address if nobody is bound yet. */
export const isFirst = async (
  db: Db,
  m: { issuer: string; subject: string; emailIndex: Buffer | null },
): Promise<boolean> =>
  (await db
    .selectFrom("staff_first as f")
    .leftJoin("staff_members as s", "s.id", "f.staff_id")
    .select("f.only_one")
    .where((e) =>
      e.or([
        e.and([e("s.issuer", "=", m.issuer), e("s.subject", "=", m.subject)]),
        ...(m.emailIndex ? [e.and([e("f.staff_id", "is", null), e("f.email_index", "=", m.emailIndex)])] : []),
      ]),
    )
    .executeTakeFirst()) !== undefined;

export const bindFirst = (db: Db, staffId: string) =>
  db.updateTable("staff_first").set({ staff_id: staffId }).where("staff_id", "is", null).execute();

export const nameFirst = async (db: Db, f: { emailIndex: Buffer; at: Date } | null) => {
  await db.deleteFrom("staff_first").execute();
  if (f)
    await db.insertInto("staff_first").values({ email_index: f.emailIndex, staff_id: null, named_at: f.at }).execute();
};

export const openSession = (
  db: Db,
  s: { idHash: Buffer; staffId: string; authenticatedAt: Date; at: Date; expiresAt: Date },
) =>
  db
    .insertInto("staff_sessions")
    .values({
      id_hash: s.idHash,
      staff_id: s.staffId,
      authenticated_at: s.authenticatedAt,
      created_at: s.at,
      last_seen_at: s.at,
      expires_at: s.expiresAt,
      revoked_at: null,
    })
    .execute();

export const closeSession = (db: Db, idHash: Buffer, at: Date) =>
  db
    .updateTable("staff_sessions")
    .set({ revoked_at: at })
    .where("id_hash", "=", idHash)
    .where("revoked_at", "is", null)
    .execute();

export type StaffSession = {
  staff_id: string;
  name: Uint8Array;
  groups: string[];
  is_first: boolean;
  authenticated_at: Date;
  expires_at: Date;
  last_seen_at: Date;
  revoked: boolean;
};
/** Session and member in one statement, on primary keys. */
export const sessionOf = async (connection: Connection, idHash: Buffer): Promise<StaffSession | undefined> =>
  (
    await connection.query<StaffSession>(
      `select s.staff_id, m.name, m.groups, exists (select 1 from staff_first f where f.staff_id = s.staff_id) as is_first,
         s.authenticated_at, s.expires_at, s.last_seen_at, s.revoked_at is not null as revoked
       from staff_sessions s join staff_members m on m.id = s.staff_id where s.id_hash = $1`,
      [idHash],
    )
  ).rows[0];

/** At most once a minute, sent ahead of the work and not waited for. */
export const seen = (connection: Connection, idHash: Buffer, at: Date): void => {
  connection
    .query("update staff_sessions set last_seen_at = $2 where id_hash = $1", [idHash, at])
    .catch(() => undefined);
};

/** What is over: logins under way that nobody finished, sessions long gone. */
export const sweep = async (db: Db, now: Date) => {
  await db
    .deleteFrom("staff_login_requests")
    .where("expires_at", "<", new Date(now.getTime() - 86_400_000))
    .execute();
  await db
    .deleteFrom("staff_sessions")
    .where("expires_at", "<", sql<Date>`${now}::timestamptz - interval '30 days'`)
    .execute();
};

export const namesOf = (db: Db, ids: string[]) =>
  db.selectFrom("staff_members").select(["id", "name"]).where("id", "in", ids).execute();
