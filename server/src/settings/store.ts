import type { Environment, SettingsState } from "@area/api";
import { sql } from "kysely";
import type { Db } from "../platform/database/transaction.ts";

export type At = { institutionId: string; productId: string; environment: Environment };
export type VersionRow = Awaited<ReturnType<typeof currentOf>>[number];

const versions = (db: Db) =>
  db
    .selectFrom("product_settings as s")
    .innerJoin("persons as p", "p.id", "s.saved_by")
    .select([
      "s.id",
      "s.institution_id",
      "s.product_id",
      "s.environment",
      "s.number",
      "s.state",
      "s.written",
      "s.product_version",
      "s.version",
      "s.saved_at",
      "s.submitted_at",
      "s.decided_at",
      "s.note",
      sql<string>`p.given_name || ' ' || p.family_name`.as("saved_by_name"),
    ]);
const at = <Q extends ReturnType<typeof versions>>(query: Q, key: At) =>
  query
    .where("s.institution_id", "=", key.institutionId)
    .where("s.product_id", "=", key.productId)
    .where("s.environment", "=", key.environment);

/** What is being prepared, looked at and in force, and the newest version of all: at most four rows. */
export const currentOf = (db: Db, key: At) =>
  at(versions(db), key)
    .where((e) =>
      e.or([
        e("s.state", "in", ["draft", "waiting", "live"]),
        e(
          "s.number",
          "=",
          e
            .selectFrom("product_settings as n")
            .select((m) => m.fn.max("n.number").as("newest"))
            .where("n.institution_id", "=", key.institutionId)
            .where("n.product_id", "=", key.productId)
            .where("n.environment", "=", key.environment),
        ),
      ]),
    )
    .orderBy("s.number", "desc")
    .execute();

export const versionOf = (db: Db, key: At, id: string) =>
  at(versions(db), key).where("s.id", "=", id).executeTakeFirstOrThrow();

export const versionsOf = (db: Db, key: At, ask: { before: number | null; limit: number }) =>
  at(versions(db), key)
    .where("s.state", "<>", "draft")
    .$if(ask.before !== null, (q) => q.where("s.number", "<", ask.before!))
    .orderBy("s.number", "desc")
    .limit(ask.limit)
    .execute();

/** The draft, written over where it has the version that was read; null when it has another, or there is one already. */
export const saveDraft = async (
  db: Db,
  key: At,
  d: { version: number; written: Buffer; productVersion: number; by: string; now: Date },
): Promise<boolean> => {
  const values = { written: d.written, product_version: d.productVersion, saved_at: d.now, saved_by: d.by };
  if (d.version > 0)
    return (
      (
        await db
          .updateTable("product_settings")
          .set({ ...values, version: sql<number>`version + 1` })
          .where("institution_id", "=", key.institutionId)
          .where("product_id", "=", key.productId)
          .where("environment", "=", key.environment)
          .where("state", "=", "draft")
          .where("version", "=", d.version)
          .executeTakeFirst()
      ).numUpdatedRows > 0n
    );
  return (
    (await db
      .insertInto("product_settings")
      .values((e) => ({
        institution_id: key.institutionId,
        product_id: key.productId,
        environment: key.environment,
        number: e
          .selectFrom("product_settings as n")
          .select(sql<number>`coalesce(max(n.number), 0) + 1`.as("next"))
          .where("n.institution_id", "=", key.institutionId)
          .where("n.product_id", "=", key.productId)
          .where("n.environment", "=", key.environment),
        state: "draft",
        ...values,
      }))
      .onConflict((c) => c.doNothing())
      .returning("id")
      .executeTakeFirst()) !== undefined
  );
};

/** Moves a version on from the state it is believed to have; false when it has another by now. */
export const move = async (
  db: Db,
  id: string,
  from: SettingsState,
  to: SettingsState,
  set: { submittedAt?: Date; decidedAt?: Date; decidedBy?: string; note?: string } = {},
): Promise<boolean> =>
  (
    await db
      .updateTable("product_settings")
      .set({
        state: to,
        ...(set.submittedAt ? { submitted_at: set.submittedAt } : {}),
        ...(set.decidedAt ? { decided_at: set.decidedAt } : {}),
        ...(set.decidedBy ? { decided_by: set.decidedBy } : {}),
        ...(set.note ? { note: set.note } : {}),
      })
      .where("id", "=", id)
      .where("state", "=", from)
      .executeTakeFirst()
  ).numUpdatedRows > 0n;

/** What is in force makes room for what comes. */
export const supersede = (db: Db, key: At) =>
  db
    .updateTable("product_settings")
    .set({ state: "superseded" })
    .where("institution_id", "=", key.institutionId)
    .where("product_id", "=", key.productId)
    .where("environment", "=", key.environment)
    .where("state", "=", "live")
    .execute();

/** One writer at a time on the settings of an institution on a product. */
export const lockSettings = (db: Db, key: At) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`settings ${key.institutionId} ${key.productId} ${key.environment}`}, 0))`.execute(
    db,
  );

// — the staff's side —
export const waitingOf = (
  db: Db,
  ask: { products: string[] | "all"; after: { at: string; id: string } | null; limit: number },
) =>
  db
    .selectFrom("product_settings as s")
    .innerJoin("institutions as i", "i.id", "s.institution_id")
    .select(["s.id", "s.institution_id", "i.name", "s.product_id", "s.environment", "s.number", "s.submitted_at"])
    .where("s.state", "=", "waiting")
    .$if(ask.products !== "all", (q) => q.where(sql<boolean>`s.product_id = any (${ask.products}::text[])`))
    .$if(ask.after !== null, (q) =>
      q.where(sql<boolean>`(s.submitted_at, s.id) > (${ask.after?.at}::timestamptz, ${ask.after?.id}::uuid)`),
    )
    .orderBy("s.submitted_at")
    .orderBy("s.id")
    .limit(ask.limit)
    .execute();

export const changeOf = (db: Db, productId: string, id: string) =>
  db
    .selectFrom("product_settings as s")
    .innerJoin("institutions as i", "i.id", "s.institution_id")
    .select(["s.id", "s.institution_id", "i.name", "s.product_id", "s.environment", "s.state"])
    .where("s.id", "=", id)
    .where("s.product_id", "=", productId)
    .where("s.state", "<>", "draft")
    .executeTakeFirst();
