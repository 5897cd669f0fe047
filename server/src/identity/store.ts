import { sql } from "kysely";
import type { Db } from "../platform/database/transaction.ts";
import { sweepLogouts } from "./logout-store.ts";
import { sweepRegister } from "./register-store.ts";

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
    document?: Buffer;
    secrets?: Buffer;
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
      document: r.document ?? null,
      secrets: r.secrets ?? null,
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

/** The person of a fiscal code, held until the end of the transaction: two logins at once see each other's work. */
export const heldPerson = (db: Db, fiscalCodeIndex: Buffer) =>
  db
    .selectFrom("persons")
    .select(["id", "given_name", "family_name", "date_of_birth", "first_entered_at"])
    .where("fiscal_code_index", "=", fiscalCodeIndex)
    .forUpdate()
    .executeTakeFirst();

/** Makes the person unless another login was quicker; then answers nothing. */
export const newPerson = async (
  db: Db,
  p: {
    fiscalCodeIndex: Buffer;
    fiscalCode: Buffer;
    givenName: string;
    familyName: string;
    dateOfBirth: string | null;
    at: Date;
  },
): Promise<string | undefined> =>
  (
    await db
      .insertInto("persons")
      .values({
        fiscal_code_index: p.fiscalCodeIndex,
        fiscal_code: p.fiscalCode,
        given_name: p.givenName,
        family_name: p.familyName,
        date_of_birth: p.dateOfBirth,
        first_entered_at: p.at,
        last_entered_at: p.at,
      })
      .onConflict((c) => c.column("fiscal_code_index").doNothing())
      .returning("id")
      .executeTakeFirst()
  )?.id;

export const personEntered = (
  db: Db,
  p: { id: string; givenName?: string; familyName?: string; dateOfBirth?: string; at: Date },
) =>
  db
    .updateTable("persons")
    .set({
      last_entered_at: p.at,
      first_entered_at: sql`coalesce(first_entered_at, ${p.at}::timestamptz)`,
      ...(p.givenName === undefined ? {} : { given_name: p.givenName }),
      ...(p.familyName === undefined ? {} : { family_name: p.familyName }),
      ...(p.dateOfBirth === undefined ? {} : { date_of_birth: p.dateOfBirth }),
    })
    .where("id", "=", p.id)
    .execute();

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
    nameQualifier?: string;
    /** The provider's own session, when it made one. */
    sessionIndex?: string;
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
      name_qualifier: s.nameQualifier ?? null,
      session_index: s.sessionIndex ?? null,
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

/** Ends a session; answers how it was known at its provider. */
export const closeSession = (db: Db, idHash: Buffer, at: Date) =>
  db
    .updateTable("sessions")
    .set({ revoked_at: at })
    .where("id_hash", "=", idHash)
    .where("revoked_at", "is", null)
    .returning(["identity_provider", "name_id", "name_qualifier", "session_index"])
    .executeTakeFirst();

/** Ends every session of a person, wherever it is open; answers how many. */
export const closeSessionsOf = async (db: Db, personId: string, at: Date): Promise<number> =>
  (
    await db
      .updateTable("sessions")
      .set({ revoked_at: at })
      .where("person_id", "=", personId)
      .where("revoked_at", "is", null)
      .returning("id_hash")
      .execute()
  ).length;

export const liveSession = async (db: Db, idHash: Buffer, now: Date, idleMinutes: number): Promise<boolean> =>
  (await db
    .selectFrom("sessions")
    .select("person_id")
    .where("id_hash", "=", idHash)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .where("last_seen_at", ">", new Date(now.getTime() - idleMinutes * 60_000))
    .executeTakeFirst()) !== undefined;

export const maskedFiscalCodeOf = async (db: Db, personId: string) =>
  (await db.selectFrom("persons").select("fiscal_code").where("id", "=", personId).executeTakeFirstOrThrow())
    .fiscal_code;

/** The last good chain of an OpenID provider. Whoever uses it checks it first. */
export const chainOf = (db: Db, provider: string) =>
  db.selectFrom("federation_chains").selectAll().where("provider", "=", provider).executeTakeFirst();

export const saveChain = (
  db: Db,
  c: { provider: string; documents: object; fetchedAt: Date; expiresAt: Date; refreshAt: Date },
) => {
  const chain = {
    documents: JSON.stringify(c.documents),
    fetched_at: c.fetchedAt,
    expires_at: c.expiresAt,
    refresh_at: c.refreshAt,
  };
  return db
    .insertInto("federation_chains")
    .values({ provider: c.provider, ...chain })
    .onConflict((on) => on.column("provider").doUpdateSet(chain))
    .execute();
};

/** When the chain is asked for again: sooner after a token that did not fit it, later after a failure. */
export const refreshChainAt = (db: Db, provider: string, at: Date) =>
  db.updateTable("federation_chains").set({ refresh_at: at }).where("provider", "=", provider).execute();

export const keepAccessToken = (db: Db, t: { sessionHash: Buffer; identityProvider: string; token: Buffer }) =>
  db
    .insertInto("access_tokens")
    .values({ session_hash: t.sessionHash, identity_provider: t.identityProvider, token: t.token })
    .execute();

/** Tokens whose session is over, whichever way it ended. */
export const tokensToRevoke = (db: Db, identityProvider: string, now: Date, idleMinutes: number, limit: number) =>
  db
    .selectFrom("access_tokens")
    .innerJoin("sessions", "sessions.id_hash", "access_tokens.session_hash")
    .select(["session_hash", "token"])
    .where("access_tokens.identity_provider", "=", identityProvider)
    .where((e) =>
      e.or([
        e("revoked_at", "is not", null),
        e("expires_at", "<=", now),
        e("last_seen_at", "<=", new Date(now.getTime() - idleMinutes * 60_000)),
      ]),
    )
    .limit(limit)
    .execute();

export const forgetAccessToken = (db: Db, sessionHash: Buffer) =>
  db.deleteFrom("access_tokens").where("session_hash", "=", sessionHash).execute();

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
  await sweepLogouts(db, now);
  await sweepRegister(db, now);
};
