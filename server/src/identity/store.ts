import { sql } from "kysely";
import type { Db } from "../platform/database/transaction.ts";

export const savePending = (
  db: Db,
  r: {
    id: string;
    browserHash: Buffer;
    identityProvider: string;
    level: number;
    relayState: string;
    issuedAt: Date;
    expiresAt: Date;
    returnTo: string;
    /** The session that this login is to confirm. */
    stepUpOf?: string | null;
  },
) =>
  db
    .insertInto("login_requests")
    .values({
      id: r.id,
      browser_hash: r.browserHash,
      identity_provider: r.identityProvider,
      level: r.level,
      relay_state: r.relayState,
      issued_at: r.issuedAt,
      expires_at: r.expiresAt,
      return_to: r.returnTo,
      step_up_of: r.stepUpOf ?? null,
      used_at: null,
    })
    .execute();

export const pendingRequest = (db: Db, id: string) =>
  db.selectFrom("login_requests").selectAll().where("id", "=", id).executeTakeFirst();

/** Marks the request used; false when another response was quicker. */
export const useRequest = async (db: Db, id: string, at: Date): Promise<boolean> =>
  (await db
    .updateTable("login_requests")
    .set({ used_at: at })
    .where("id", "=", id)
    .where("used_at", "is", null)
    .returning("id")
    .executeTakeFirst()) !== undefined;

/** Remembers an assertion until it expires; false when it was seen before. */
export const useAssertion = async (
  db: Db,
  a: { identityProvider: string; assertionId: string; expiresAt: Date },
): Promise<boolean> =>
  (await db
    .insertInto("used_assertions")
    .values({ identity_provider: a.identityProvider, assertion_id: a.assertionId, expires_at: a.expiresAt })
    .onConflict((c) => c.doNothing())
    .returning("assertion_id")
    .executeTakeFirst()) !== undefined;

/** The person of a fiscal code, made if needed. Certified names replace declared ones. */
export const certifiedPerson = async (
  db: Db,
  p: {
    fiscalCodeIndex: Buffer;
    fiscalCode: Buffer;
    givenName: string;
    familyName: string;
    dateOfBirth: string | null;
    at: Date;
  },
): Promise<string> => {
  const certified = {
    given_name: p.givenName,
    family_name: p.familyName,
    last_entered_at: p.at,
    ...(p.dateOfBirth ? { date_of_birth: p.dateOfBirth } : {}),
  };
  const row = await db
    .insertInto("persons")
    .values({
      fiscal_code_index: p.fiscalCodeIndex,
      fiscal_code: p.fiscalCode,
      ...certified,
      date_of_birth: p.dateOfBirth,
      first_entered_at: p.at,
    })
    .onConflict((c) =>
      c.column("fiscal_code_index").doUpdateSet({
        ...certified,
        first_entered_at: sql`coalesce(persons.first_entered_at, excluded.first_entered_at)`,
      }),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
};

/** The person of a fiscal code that somebody declared: names are kept only while nobody certified them. */
export const declaredPerson = async (
  db: Db,
  p: { fiscalCodeIndex: Buffer; fiscalCode: Buffer; givenName: string; familyName: string },
): Promise<string> => {
  const made = await db
    .insertInto("persons")
    .values({
      fiscal_code_index: p.fiscalCodeIndex,
      fiscal_code: p.fiscalCode,
      given_name: p.givenName,
      family_name: p.familyName,
      date_of_birth: null,
      first_entered_at: null,
      last_entered_at: null,
    })
    .onConflict((c) => c.column("fiscal_code_index").doNothing())
    .returning("id")
    .executeTakeFirst();
  return (
    made?.id ??
    (
      await db
        .selectFrom("persons")
        .select("id")
        .where("fiscal_code_index", "=", p.fiscalCodeIndex)
        .executeTakeFirstOrThrow()
    ).id
  );
};

export const openSession = (
  db: Db,
  s: {
    idHash: Buffer;
    personId: string;
    scheme: "spid" | "cie";
    identityProvider: string;
    level: number;
    authenticatedAt: Date;
    at: Date;
    expiresAt: Date;
    nameId?: string;
    device?: string | null;
    /** A session that goes on under another cookie, since its owner confirmed it. */
    confirmed?: { id: string; createdAt: Date; stepUpUntil: Date };
  },
) =>
  db
    .insertInto("sessions")
    .values({
      id_hash: s.idHash,
      person_id: s.personId,
      scheme: s.scheme,
      identity_provider: s.identityProvider,
      level: s.level,
      authenticated_at: s.authenticatedAt,
      created_at: s.confirmed?.createdAt ?? s.at,
      ...(s.confirmed ? { id: s.confirmed.id } : {}),
      step_up_until: s.confirmed?.stepUpUntil ?? null,
      device: s.device ?? null,
      last_seen_at: s.at,
      expires_at: s.expiresAt,
      name_id: s.nameId ?? null,
      revoked_at: null,
    })
    .execute();

/** Ends the sessions of one login at a provider; answers whose they were. */
export const closeLogin = async (db: Db, identityProvider: string, nameId: string, at: Date): Promise<string[]> =>
  (
    await db
      .updateTable("sessions")
      .set({ revoked_at: at })
      .where("identity_provider", "=", identityProvider)
      .where("name_id", "=", nameId)
      .where("revoked_at", "is", null)
      .returning("person_id")
      .execute()
  ).map((s) => s.person_id);

export const closeSession = (db: Db, idHash: Buffer, at: Date) =>
  db
    .updateTable("sessions")
    .set({ revoked_at: at })
    .where("id_hash", "=", idHash)
    .where("revoked_at", "is", null)
    .execute();

export const liveSession = async (db: Db, idHash: Buffer, now: Date, idleMinutes: number): Promise<boolean> =>
  (await db
    .selectFrom("sessions")
    .select("person_id")
    .where("id_hash", "=", idHash)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .where("last_seen_at", ">", new Date(now.getTime() - idleMinutes * 60_000))
    .executeTakeFirst()) !== undefined;

export const registerPair = (
  db: Db,
  r: {
    at: Date;
    requestId: string;
    responseId: string | null;
    assertionId: string | null;
    identityProvider: string;
    personId: string | null;
    outcome: string;
    pair: Buffer;
  },
) =>
  db
    .insertInto("login_register")
    .values({
      at: r.at,
      request_id: r.requestId,
      response_id: r.responseId,
      assertion_id: r.assertionId,
      identity_provider: r.identityProvider,
      person_id: r.personId,
      outcome: r.outcome,
      pair: r.pair,
    })
    .execute();

export const maskedFiscalCodeOf = async (db: Db, personId: string) =>
  (await db.selectFrom("persons").select("fiscal_code").where("id", "=", personId).executeTakeFirstOrThrow())
    .fiscal_code;

/** What is over: requests and assertions that expired, sessions long gone, register pairs past 24 months. */
export const sweep = async (db: Db, now: Date) => {
  await db
    .deleteFrom("login_requests")
    .where("expires_at", "<", new Date(now.getTime() - 86_400_000))
    .execute();
  await db.deleteFrom("used_assertions").where("expires_at", "<", now).execute();
  await db
    .deleteFrom("sessions")
    .where("expires_at", "<", new Date(now.getTime() - 30 * 86_400_000))
    .execute();
  await db
    .deleteFrom("login_register")
    .where("at", "<", sql<Date>`${now}::timestamptz - interval '24 months'`)
    .execute();
};
