import { sql } from "kysely";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";

/** The rules of an institution; the default ones, with version 0, while no row says otherwise. */
export const rulesOf = (db: Db, institutionId: string) =>
  db.selectFrom("access_review_rules").selectAll().where("institution_id", "=", institutionId).executeTakeFirst();

export type Rules = { everyMonths: number | null; daysToAnswer: number; endsUnanswered: boolean; nextAt: Date | null };
export const writeRules = async (db: Db, institutionId: string, version: number, r: Rules): Promise<boolean> => {
  const set = {
    every_months: r.everyMonths,
    days_to_answer: r.daysToAnswer,
    ends_unanswered: r.endsUnanswered,
    next_at: r.nextAt,
  };
  return (
    (version === 0
      ? await db
          .insertInto("access_review_rules")
          .values({ institution_id: institutionId, ...set })
          .onConflict((c) => c.doNothing())
          .returning("id")
          .executeTakeFirst()
      : await db
          .updateTable("access_review_rules")
          .set({ ...set, version: version + 1 })
          .where("institution_id", "=", institutionId)
          .where("version", "=", version)
          .returning("id")
          .executeTakeFirst()) !== undefined
  );
};
export const planNext = (db: Db, institutionId: string, nextAt: Date | null) =>
  db.updateTable("access_review_rules").set({ next_at: nextAt }).where("institution_id", "=", institutionId).execute();

/** Institutions that joined and have no rules yet get the default ones: a first review half a year after they joined. */
export const writeMissingRules = (connection: Connection, now: Date) =>
  connection.query(
    `insert into access_review_rules (institution_id, every_months, next_at)
     select p.institution_id, 6, greatest(min(p.active_since) + interval '6 months', $1::timestamptz) from institution_products p
     where p.state <> 'ended' and not exists (select 1 from access_review_rules r where r.institution_id = p.institution_id)
     group by p.institution_id limit 500 on conflict do nothing`,
    [now],
  );

export const institutionsDue = (db: Db, now: Date) =>
  db
    .selectFrom("access_review_rules as r")
    .select("r.institution_id")
    .where("r.every_months", "is not", null)
    .where("r.next_at", "<=", now)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("access_reviews as o")
            .select("o.id")
            .whereRef("o.institution_id", "=", "r.institution_id")
            .where("o.state", "=", sql.lit("open")),
        ),
      ),
    )
    .orderBy("r.next_at")
    .limit(200)
    .execute();

/** Opens a review; null when one is open already. */
export const insertReview = async (
  db: Db,
  r: { institutionId: string; at: Date; by: string | null; dueAt: Date; endsUnanswered: boolean },
): Promise<string | null> =>
  (
    await db
      .insertInto("access_reviews")
      .values({
        institution_id: r.institutionId,
        opened_at: r.at,
        opened_by: r.by,
        due_at: r.dueAt,
        ends_unanswered: r.endsUnanswered,
      })
      .onConflict((c) => c.column("institution_id").where("state", "=", sql.lit("open")).doNothing())
      .returning("id")
      .executeTakeFirst()
  )?.id ?? null;

/** A line for each membership that holds, is suspended, or is to begin. */
export const insertLines = async (connection: Connection, reviewId: string, institutionId: string, now: Date) =>
  (
    await connection.query(
      `insert into access_review_lines (review_id, institution_id, membership_id, person_id)
       select $1, institution_id, id, person_id from memberships
       where institution_id = $2 and state <> 'ended' and (ends_at is null or ends_at > $3)`,
      [reviewId, institutionId, now],
    )
  ).affected;

const counted = (db: Db) =>
  db
    .selectFrom("access_reviews as r")
    .leftJoin("persons as p", "p.id", "r.opened_by")
    .selectAll("r")
    .select([
      sql<string | null>`p.given_name || ' ' || p.family_name`.as("opener"),
      sql<number>`(select count(*)::int from access_review_lines l where l.institution_id = r.institution_id and l.review_id = r.id)`.as(
        "lines",
      ),
      sql<number>`(select count(*)::int from access_review_lines l join memberships m on m.id = l.membership_id
        where l.review_id = r.id and l.outcome is null and m.state <> 'ended')`.as("left"),
      sql<
        Record<string, number>
      >`coalesce((select jsonb_object_agg(outcome, n) from (select l.outcome, count(*)::int as n from access_review_lines l
        where l.institution_id = r.institution_id and l.review_id = r.id and l.outcome is not null group by l.outcome) x), '{}')`.as(
        "outcomes",
      ),
    ]);
export type ReviewRow = NonNullable<Awaited<ReturnType<typeof review>>>;
export const review = (db: Db, institutionId: string, id: string) =>
  counted(db).where("r.institution_id", "=", institutionId).where("r.id", "=", id).executeTakeFirst();
export const reviewsOf = (
  db: Db,
  institutionId: string,
  ask: { after: { at: string; id: string } | null; limit: number },
) =>
  counted(db)
    .where("r.institution_id", "=", institutionId)
    .$if(ask.after !== null, (q) =>
      q.where(sql<boolean>`(r.opened_at, r.id) < (${ask.after?.at}::timestamptz, ${ask.after?.id}::uuid)`),
    )
    .orderBy("r.opened_at", "desc")
    .orderBy("r.id", "desc")
    .limit(ask.limit)
    .execute();

const fullName = sql<string>`p.family_name || ' ' || p.given_name`;
const lines = (db: Db) =>
  db
    .selectFrom("access_review_lines as l")
    .innerJoin("memberships as m", "m.id", "l.membership_id")
    .innerJoin("persons as p", "p.id", "l.person_id")
    .leftJoin("profiles as c", "c.id", "m.profile_id")
    .leftJoin("groups as g", "g.id", "m.group_id")
    .leftJoin("persons as a", "a.id", "l.answered_by")
    .select([
      "l.id",
      "l.membership_id",
      "l.person_id",
      "l.answer",
      "l.answered_at",
      "l.outcome",
      "p.given_name",
      "p.family_name",
      "p.first_entered_at",
      "m.product_id",
      "m.profile",
      "c.name as profile_name",
      "g.name as group_name",
      "m.group_id",
      "m.state",
      "m.version",
      "m.begins_at",
      "m.ends_at",
      fullName.as("name"),
      sql<string | null>`a.given_name || ' ' || a.family_name`.as("answered_by"),
    ]);
export type LineRow = Awaited<ReturnType<typeof linesOf>>[number];

export const linesOf = (
  db: Db,
  institutionId: string,
  reviewId: string,
  ask: { pending: boolean; after: { name: string; id: string } | null; limit: number },
) =>
  lines(db)
    .where("l.institution_id", "=", institutionId)
    .where("l.review_id", "=", reviewId)
    .$if(ask.pending, (q) => q.where("l.outcome", "is", null).where("m.state", "<>", sql.lit("ended")))
    .$if(ask.after !== null, (q) =>
      q.where(sql<boolean>`(${fullName}, l.id) > (${ask.after?.name}, ${ask.after?.id}::uuid)`),
    )
    .orderBy(fullName)
    .orderBy("l.id")
    .limit(ask.limit)
    .execute();

export const linesByIds = (db: Db, institutionId: string, reviewId: string, ids: readonly string[]) =>
  lines(db)
    .where("l.institution_id", "=", institutionId)
    .where("l.review_id", "=", reviewId)
    .where("l.id", "in", [...ids])
    .execute();

export const answerLine = (
  db: Db,
  id: string,
  a: { answer: "keep" | "remove" | "change"; by: string; at: Date; outcome: string },
) =>
  db
    .updateTable("access_review_lines")
    .set({ answer: a.answer, answered_by: a.by, answered_at: a.at, outcome: a.outcome })
    .where("id", "=", id)
    .execute();

export const settleLines = (db: Db, ids: readonly string[], outcome: string) =>
  ids.length === 0
    ? Promise.resolve()
    : db
        .updateTable("access_review_lines")
        .set({ outcome })
        .where("id", "in", [...ids])
        .execute();

/** What ended by another way while it waited needs no answer any more. */
export const settleGone = (connection: Connection, reviewId: string) =>
  connection.query(
    `update access_review_lines l set outcome = 'gone' from memberships m
     where m.id = l.membership_id and m.state = 'ended' and l.review_id = $1 and l.outcome is null`,
    [reviewId],
  );

export const closeReview = (db: Db, id: string, at: Date) =>
  db
    .updateTable("access_reviews")
    .set({ state: "closed", closed_at: at, version: sql`version + 1` })
    .where("id", "=", id)
    .where("state", "=", sql.lit("open"))
    .execute();
export const markWarned = (db: Db, id: string, warned: number) =>
  db.updateTable("access_reviews").set({ warned, version: sql`version + 1` }).where("id", "=", id).execute();

/** Open reviews whose end is near or past. */
export const reviewsEnding = (db: Db, before: Date) =>
  db
    .selectFrom("access_reviews")
    .select(["id", "institution_id"])
    .where("state", "=", sql.lit("open"))
    .where("due_at", "<=", before)
    .orderBy("due_at")
    .limit(500)
    .execute();
