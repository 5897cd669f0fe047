import { sql } from "kysely";
import type { Db } from "../platform/database/transaction.ts";

const shown = (db: Db) =>
  db
    .selectFrom("recoveries as r")
    .innerJoin("persons as p", "p.id", "r.person_id")
    .innerJoin("institutions as i", "i.id", "r.institution_id")
    .leftJoin("persons as s", "s.id", "r.stopped_by_person")
    .selectAll("r")
    .select([
      sql<string>`p.given_name || ' ' || p.family_name`.as("person_name"),
      sql<string | null>`s.given_name || ' ' || s.family_name`.as("stopped_by_name"),
      "i.name as institution_name",
    ]);
export type RecoveryRow = NonNullable<Awaited<ReturnType<typeof recovery>>>;

export const recovery = (db: Db, id: string, institutionId?: string) =>
  shown(db)
    .where("r.id", "=", id)
    .$if(institutionId !== undefined, (q) => q.where("r.institution_id", "=", institutionId!))
    .executeTakeFirst();

/** The row under its lock: who confirms and who stops take turns. */
export const lockRecovery = (db: Db, id: string) =>
  db.selectFrom("recoveries").select("id").where("id", "=", id).forUpdate().executeTakeFirst();

export const goingOn = (db: Db, institutionId: string) =>
  shown(db)
    .where("r.institution_id", "=", institutionId)
    .where("r.state", "in", ["open", "waiting"])
    .executeTakeFirst();

type Key = { after: { at: string; id: string } | null; limit: number };
const inOrder = (q: ReturnType<typeof shown>, { after, limit }: Key) =>
  q
    .$if(after !== null, (x) =>
      x.where(sql<boolean>`(r.asked_at, r.id) < (${after?.at}::timestamptz, ${after?.id}::uuid)`),
    )
    .orderBy("r.asked_at", "desc")
    .orderBy("r.id", "desc")
    .limit(limit)
    .execute();

/** Those that a person asked for, and those that wait for them as the legal representative. */
export const ofPerson = (db: Db, personId: string, ask: Key) =>
  inOrder(
    shown(db).where((e) =>
      e.or([
        e("r.person_id", "=", personId),
        e.and([
          e("r.state", "in", ["open", "waiting"]),
          e("r.representative_index", "=", (s) =>
            s.selectFrom("persons").select("fiscal_code_index").where("id", "=", personId),
          ),
        ]),
      ]),
    ),
    ask,
  );

export const ofEverybody = (db: Db, ask: Key & { state: string | undefined }) =>
  inOrder(
    shown(db).$if(ask.state !== undefined, (q) => q.where("r.state", "=", ask.state!)),
    ask,
  );

export const codeIndexOf = async (db: Db, personId: string): Promise<Buffer> =>
  Buffer.from(
    (await db.selectFrom("persons").select("fiscal_code_index").where("id", "=", personId).executeTakeFirstOrThrow())
      .fiscal_code_index,
  );

/** An institution that joined, by tax code, IPA code, or the code of a part of it. */
export const joinedByCode = (db: Db, code: string) =>
  db
    .selectFrom("institutions as i")
    .select(["i.id", "i.name", "i.pec", "i.ipa_code", "i.registry", "i.subunit_kind"])
    .where((e) =>
      e.or([
        e.and([
          e("i.subunit_kind", "is", null),
          e.or([e("i.tax_code", "=", code.toUpperCase()), e("i.ipa_code", "=", code.toLowerCase())]),
        ]),
        e("i.subunit_code", "=", code.toUpperCase()),
      ]),
    )
    .where((e) =>
      e.exists(
        e
          .selectFrom("institution_products as p")
          .select("p.product_id")
          .whereRef("p.institution_id", "=", "i.id")
          .where("p.state", "<>", "ended"),
      ),
    )
    .orderBy("i.subunit_kind", (o) => o.asc().nullsFirst())
    .limit(1)
    .executeTakeFirst();

/** Administrators of the institution who may still answer: at work, not stopped, and here or appointed since a moment. */
export const answeringAdministrators = (db: Db, institutionId: string, now: Date, since: Date) =>
  db
    .selectFrom("memberships as m")
    .innerJoin("persons as p", "p.id", "m.person_id")
    .select("m.person_id")
    .where("m.institution_id", "=", institutionId)
    .where("m.product_id", "=", "institution")
    .where("m.profile", "=", "administrator")
    .where("m.group_id", "is", null)
    .where("m.state", "=", sql.lit("active"))
    .where("m.begins_at", "<=", now)
    .where((e) => e.or([e("m.ends_at", "is", null), e("m.ends_at", ">", now)]))
    .where("p.blocked_at", "is", null)
    .where((e) => e.or([e("p.last_entered_at", ">", since), e("m.begins_at", ">", since)]))
    .limit(1)
    .execute();

/** Administrators who entered since a moment: they saw it, and may have their reasons. */
export const administratorsBack = async (db: Db, institutionId: string, now: Date, since: Date): Promise<boolean> =>
  (await db
    .selectFrom("memberships as m")
    .innerJoin("persons as p", "p.id", "m.person_id")
    .select("m.person_id")
    .where("m.institution_id", "=", institutionId)
    .where("m.product_id", "=", "institution")
    .where("m.profile", "=", "administrator")
    .where("m.group_id", "is", null)
    .where("m.state", "=", sql.lit("active"))
    .where("m.begins_at", "<=", now)
    .where((e) => e.or([e("m.ends_at", "is", null), e("m.ends_at", ">", now)]))
    .where("p.blocked_at", "is", null)
    .where("p.last_entered_at", ">", since)
    .limit(1)
    .executeTakeFirst()) !== undefined;

export const askedSince = async (db: Db, personId: string, since: Date): Promise<number> =>
  Number(
    (
      await db
        .selectFrom("recoveries")
        .select((e) => e.fn.countAll<string>().as("n"))
        .where("person_id", "=", personId)
        .where("asked_at", ">", since)
        .executeTakeFirstOrThrow()
    ).n,
  );

export type NewRecovery = {
  institutionId: string;
  personId: string;
  says: "member" | "legal-representative";
  email: Buffer;
  emailIndex: Buffer;
  message: string;
  pec: string;
  pecFromRegistry: boolean;
  representativeIndex: Buffer | null;
  at: Date;
  expiresAt: Date;
  vouched: boolean;
};
/** Writes it; null when another is going on at the institution. */
export const insertRecovery = async (db: Db, r: NewRecovery): Promise<string | null> =>
  (
    await db
      .insertInto("recoveries")
      .values({
        institution_id: r.institutionId,
        person_id: r.personId,
        says: r.says,
        email: r.email,
        email_index: r.emailIndex,
        message: r.message,
        pec: r.pec,
        pec_from_registry: r.pecFromRegistry,
        representative_index: r.representativeIndex,
        asked_at: r.at,
        expires_at: r.expiresAt,
        vouched_at: r.vouched ? r.at : null,
        vouched_by: r.vouched ? "legal-representative" : null,
      })
      .onConflict((c) =>
        c
          .column("institution_id")
          .where("state", "in", [sql.lit("open"), sql.lit("waiting")])
          .doNothing(),
      )
      .returning("id")
      .executeTakeFirst()
  )?.id ?? null;

export const changeRecovery = (
  db: Db,
  id: string,
  set: Partial<{
    state: "waiting" | "completed" | "stopped" | "expired";
    pec_confirmed_at: Date;
    vouched_at: Date;
    vouched_by: "legal-representative" | "staff";
    vouch_note: string;
    waits_until: Date;
    ended_at: Date;
    stopped_by: "member" | "legal-representative" | "staff" | "pec" | "requester" | "administrator";
    stopped_by_person: string | null;
  }>,
) =>
  db
    .updateTable("recoveries")
    .set({ ...set, version: sql`version + 1` })
    .where("id", "=", id)
    .execute();

/** Whose waiting is over, and those that nobody confirmed in time. */
export const dueRecoveries = (db: Db, now: Date) =>
  db
    .selectFrom("recoveries")
    .select(["id", "institution_id", "state"])
    .where((e) =>
      e.or([
        e.and([e("state", "=", sql.lit("waiting")), e("waits_until", "<=", now)]),
        e.and([e("state", "=", sql.lit("open")), e("expires_at", "<=", now)]),
      ]),
    )
    .orderBy("asked_at")
    .limit(200)
    .execute();

/** Everybody who works for an institution now. */
export const peopleNow = async (db: Db, institutionId: string, now: Date): Promise<string[]> =>
  (
    await db
      .selectFrom("memberships")
      .select("person_id")
      .distinct()
      .where("institution_id", "=", institutionId)
      .where("state", "=", sql.lit("active"))
      .where("begins_at", "<=", now)
      .where((e) => e.or([e("ends_at", "is", null), e("ends_at", ">", now)]))
      .orderBy("person_id")
      .limit(5000)
      .execute()
  ).map((r) => r.person_id);
