import { sql } from "kysely";
import type { Db } from "../platform/database/transaction.ts";

export type OfferRow = {
  productId: string;
  profile: string;
  profileId: string | null;
  profileName: string | null;
  beginsAt: string | null;
  endsAt: string | null;
};
const shown = (db: Db) =>
  db
    .selectFrom("invitations as v")
    .innerJoin("persons as b", "b.id", "v.invited_by")
    .innerJoin("institutions as i", "i.id", "v.institution_id")
    .selectAll("v")
    .select([sql<string>`b.given_name || ' ' || b.family_name`.as("inviter"), "i.name as institution_name"]);
export type InvitationRow = NonNullable<Awaited<ReturnType<typeof invitation>>>;
export const invitation = (db: Db, id: string, institutionId?: string) =>
  shown(db)
    .where("v.id", "=", id)
    .$if(institutionId !== undefined, (q) => q.where("v.institution_id", "=", institutionId!))
    .executeTakeFirst();
/** The row under its lock: two acceptances take turns. */
export const lockInvitation = (db: Db, id: string) =>
  db.selectFrom("invitations").select("id").where("id", "=", id).forUpdate().executeTakeFirst();
export const invitationsOf = (
  db: Db,
  institutionId: string,
  ask: { after: { at: string; id: string } | null; limit: number },
) =>
  shown(db)
    .where("v.institution_id", "=", institutionId)
    .$if(ask.after !== null, (q) =>
      q.where(sql<boolean>`(v.invited_at, v.id) < (${ask.after?.at}::timestamptz, ${ask.after?.id}::uuid)`),
    )
    .orderBy("v.invited_at", "desc")
    .orderBy("v.id", "desc")
    .limit(ask.limit)
    .execute();

/** Writes an invitation; null when one to the same person still waits. */
export const insertInvitation = async (
  db: Db,
  v: {
    institutionId: string;
    givenName: string;
    familyName: string;
    fiscalCode: Buffer;
    fiscalCodeIndex: Buffer;
    email: Buffer;
    emailIndex: Buffer;
    offers: OfferRow[];
    invitedBy: string;
    at: Date;
    expiresAt: Date;
  },
): Promise<string | null> => {
  // One that nobody accepted in time makes room.
  await db
    .updateTable("invitations")
    .set({ state: "revoked", answered_at: v.at, version: sql`version + 1` })
    .where("institution_id", "=", v.institutionId)
    .where("fiscal_code_index", "=", v.fiscalCodeIndex)
    .where("state", "=", sql.lit("pending"))
    .where("expires_at", "<=", v.at)
    .execute();
  const row = await db
    .insertInto("invitations")
    .values({
      institution_id: v.institutionId,
      given_name: v.givenName,
      family_name: v.familyName,
      fiscal_code: v.fiscalCode,
      fiscal_code_index: v.fiscalCodeIndex,
      email: v.email,
      email_index: v.emailIndex,
      offers: JSON.stringify(v.offers),
      invited_by: v.invitedBy,
      invited_at: v.at,
      expires_at: v.expiresAt,
      answered_at: null,
      accepted_by: null,
    })
    .onConflict((c) =>
      c.columns(["institution_id", "fiscal_code_index"]).where("state", "=", sql.lit("pending")).doNothing(),
    )
    .returning("id")
    .executeTakeFirst();
  return row?.id ?? null;
};

export const changeInvitation = async (
  db: Db,
  id: string,
  change: {
    state?: "accepted" | "revoked";
    expires_at?: Date;
    answered_at?: Date;
    accepted_by?: string;
    invited_by?: string;
  },
): Promise<boolean> =>
  (await db
    .updateTable("invitations")
    .set({ ...change, version: sql`version + 1` })
    .where("id", "=", id)
    .where("state", "=", sql.lit("pending"))
    .returning("id")
    .executeTakeFirst()) !== undefined;

/** Whose code it is, among people known here. */
export const personWithCode = async (db: Db, fiscalCodeIndex: Buffer): Promise<string | null> =>
  (await db.selectFrom("persons").select("id").where("fiscal_code_index", "=", fiscalCodeIndex).executeTakeFirst())
    ?.id ?? null;

// — requests for access —
const requests = (db: Db) =>
  db
    .selectFrom("access_requests as r")
    .innerJoin("persons as p", "p.id", "r.person_id")
    .innerJoin("institutions as i", "i.id", "r.institution_id")
    .leftJoin("persons as o", "o.id", "r.asked_of")
    .leftJoin("persons as a", "a.id", "r.answered_by")
    .selectAll("r")
    .select([
      sql<string>`p.given_name || ' ' || p.family_name`.as("person_name"),
      "i.name as institution_name",
      sql<string | null>`o.given_name || ' ' || o.family_name`.as("asked_of_name"),
      sql<string | null>`a.given_name || ' ' || a.family_name`.as("answered_by_name"),
    ]);
export type RequestRow = NonNullable<Awaited<ReturnType<typeof request>>>;
export const request = (db: Db, id: string, of: { institutionId?: string; personId?: string } = {}) =>
  requests(db)
    .where("r.id", "=", id)
    .$if(of.institutionId !== undefined, (q) => q.where("r.institution_id", "=", of.institutionId!))
    .$if(of.personId !== undefined, (q) => q.where("r.person_id", "=", of.personId!))
    .executeTakeFirst();
export const lockRequest = (db: Db, id: string) =>
  db.selectFrom("access_requests").select("id").where("id", "=", id).forUpdate().executeTakeFirst();

type After = { at: string; id: string } | null;
const newestFirst = (q: ReturnType<typeof requests>, after: After, limit: number) =>
  q
    .$if(after !== null, (x) =>
      x.where(sql<boolean>`(r.asked_at, r.id) < (${after?.at}::timestamptz, ${after?.id}::uuid)`),
    )
    .orderBy("r.asked_at", "desc")
    .orderBy("r.id", "desc")
    .limit(limit)
    .execute();
export const requestsOf = (
  db: Db,
  institutionId: string,
  ask: { state?: string | undefined; after: After; limit: number },
) =>
  newestFirst(
    requests(db)
      .where("r.institution_id", "=", institutionId)
      .$if(ask.state !== undefined, (q) => q.where("r.state", "=", ask.state!)),
    ask.after,
    ask.limit,
  );
export const requestsBy = (db: Db, personId: string, ask: { after: After; limit: number }) =>
  newestFirst(requests(db).where("r.person_id", "=", personId), ask.after, ask.limit);
export const pendingPermission = (
  db: Db,
  institutionId: string,
  personId: string,
  permission: string,
  productId: string,
) =>
  requests(db)
    .where("r.institution_id", "=", institutionId)
    .where("r.person_id", "=", personId)
    .where("r.permission", "=", permission)
    .where("r.product_id", "=", productId)
    .where("r.state", "=", sql.lit("pending"))
    .executeTakeFirst();

/** Writes a request; null when the same one still waits. */
export const insertRequest = async (
  db: Db,
  r: {
    institutionId: string;
    personId: string;
    kind: "membership" | "permission";
    productId: string;
    profile: string | null;
    permission: string | null;
    wantedUntil: Date | null;
    message: string;
    askedOf: string | null;
    email: Buffer | null;
    at: Date;
  },
): Promise<string | null> =>
  (
    await db
      .insertInto("access_requests")
      .values({
        institution_id: r.institutionId,
        person_id: r.personId,
        kind: r.kind,
        product_id: r.productId,
        profile: r.profile,
        permission: r.permission,
        wanted_until: r.wantedUntil,
        message: r.message,
        asked_of: r.askedOf,
        email: r.email,
        asked_at: r.at,
        answered_at: null,
        answered_by: null,
        membership_id: null,
      })
      .onConflict((c) => c.doNothing())
      .returning("id")
      .executeTakeFirst()
  )?.id ?? null;

/** Requests of one person take turns: two at once do not pass a limit together. */
export const lockRequestsOf = (db: Db, personId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`access-requests ${personId}`}, 0))`.execute(db);

/** How many requests of a kind a person sent since a moment, in all and about the same thing, and how many wait. */
export const requestsSent = async (
  db: Db,
  personId: string,
  kind: "membership" | "permission",
  of: { institutionId: string; permission: string | null; since: Date },
): Promise<{ waiting: number; inADay: number; ofOne: number }> =>
  db
    .selectFrom("access_requests")
    .select([
      sql<number>`count(*) filter (where state = 'pending')::int`.as("waiting"),
      sql<number>`count(*) filter (where asked_at > ${of.since})::int`.as("inADay"),
      sql<number>`count(*) filter (where asked_at > ${of.since} and institution_id = ${of.institutionId} and permission is not distinct from ${of.permission})::int`.as(
        "ofOne",
      ),
    ])
    .where("person_id", "=", personId)
    .where("kind", "=", kind)
    .where((e) => e.or([e("state", "=", sql.lit("pending")), e("asked_at", ">", of.since)]))
    .executeTakeFirstOrThrow();

export const answerRequest = async (
  db: Db,
  id: string,
  change: { state: "granted" | "refused" | "withdrawn"; by: string; at: Date; note?: string; membershipId?: string },
): Promise<boolean> =>
  (await db
    .updateTable("access_requests")
    .set({
      state: change.state,
      answered_by: change.by,
      answered_at: change.at,
      note: change.note ?? "",
      membership_id: change.membershipId ?? null,
      version: sql`version + 1`,
    })
    .where("id", "=", id)
    .where("state", "=", sql.lit("pending"))
    .returning("id")
    .executeTakeFirst()) !== undefined;

/** In how many minutes people answered half of their requests, at this institution, of the last hundred. */
export const answerTimes = async (
  db: Db,
  institutionId: string,
  personIds: readonly string[],
): Promise<Map<string, number>> =>
  personIds.length === 0
    ? new Map()
    : new Map(
        (
          await db
            .selectFrom(
              db
                .selectFrom("access_requests")
                .select(["answered_by", "asked_at", "answered_at"])
                .where("institution_id", "=", institutionId)
                .where("answered_by", "in", [...personIds])
                .where("state", "in", ["granted", "refused"])
                .orderBy("asked_at", "desc")
                .limit(100)
                .as("t"),
            )
            .select([
              "t.answered_by",
              sql<number>`(percentile_cont(0.5) within group (order by extract(epoch from t.answered_at - t.asked_at)) / 60)::int`.as(
                "minutes",
              ),
            ])
            .groupBy("t.answered_by")
            .execute()
        ).map((r) => [r.answered_by!, r.minutes]),
      );
