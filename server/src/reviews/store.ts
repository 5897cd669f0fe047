import { type InstitutionKind, MOST_AHEAD, type ReviewOutcome, type ReviewView } from "@area/api";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";

export type FieldNotes = { path: string; note: string }[];

// — the queue —
export type QueueRow = {
  id: string;
  institution_id: string;
  institution_data: { name: string; taxCode: string };
  product_id: string;
  product_version: number;
  kind: InstitutionKind;
  workflow: string;
  state: string;
  review_round: number;
  submitted_at: Date;
  review_queued_at: Date | null;
  review_due_at: Date | null;
  reviewed_at: Date | null;
  reviewer_id: string | null;
  reviewer_since: Date | null;
  unanswered_since: Date | null;
  proposed: boolean;
};
const COLUMNS = `o.id, o.institution_id, o.institution_data, o.product_id, o.product_version, o.kind, o.workflow, o.state, o.review_round,
  o.submitted_at, o.review_queued_at, o.review_due_at, o.reviewed_at, o.reviewer_id, o.reviewer_since, o.unanswered_since,
  exists (select 1 from review_proposals p where p.onboarding_id = o.id and p.state = 'open') as proposed`;

/** As the partial indexes have them, word by word, with the order that each walks. */
const views: Record<ReviewView, { where: string; at: string; order: "asc" | "desc" }> = {
  waiting: { where: "o.state = 'to-be-reviewed'", at: "o.review_due_at", order: "asc" },
  "with-applicant": { where: "o.state = 'changes-requested'", at: "o.reviewed_at", order: "desc" },
  decided: {
    where: "o.reviewed_at is not null and o.state not in ('to-be-reviewed', 'changes-requested')",
    at: "o.reviewed_at",
    order: "desc",
  },
};

/**
 * One page, in constant time however long the queue is: each product's index is walked from the key on, and the few rows of each
 * are merged. The text alone is compared row by row.
 */
export const queue = async (
  connection: Connection,
  q: {
    view: ReviewView;
    products: string[];
    kind: string | null;
    dueBefore: Date | null;
    queuedBefore: Date | null;
    reviewer: string | null;
    search: string | null;
    after: { at: string; id: string } | null;
    limit: number;
  },
): Promise<QueueRow[]> => {
  const { where, at, order } = views[q.view];
  const parameters: unknown[] = [q.products, q.limit];
  const given = (value: unknown, clause: (n: string) => string) =>
    value === null ? "" : ` and ${clause(`$${parameters.push(value)}`)}`;
  const filters = [
    given(q.kind, (n) => `o.kind = ${n}`),
    given(q.dueBefore, (n) => `o.review_due_at < ${n}::timestamptz`),
    given(q.queuedBefore, (n) => `o.review_queued_at <= ${n}::timestamptz`),
    given(q.reviewer, (n) => `o.reviewer_id = ${n}::uuid`),
    given(
      q.search,
      (n) =>
        `(position(lower(${n}::text) in o.search_key) > 0 or o.institution_data ->> 'taxCode' = upper(${n}::text))`,
    ),
    q.after
      ? ` and (${at}, o.id) ${order === "asc" ? ">" : "<"} ($${parameters.push(q.after.at)}::timestamptz, $${parameters.push(q.after.id)}::uuid)`
      : "",
  ].join("");
  return (
    await connection.query<QueueRow>(
      `select x.* from unnest($1::text[]) as mine (product_id), lateral (
         select ${COLUMNS}, ${at} as sort_at from onboardings o
          where o.product_id = mine.product_id and ${where}${filters} order by ${at} ${order}, o.id ${order} limit $2) x
       order by x.sort_at ${order}, x.id ${order} limit $2`,
      parameters,
    )
  ).rows;
};

export const oneInQueue = async (connection: Connection, id: string): Promise<QueueRow | null> =>
  (await connection.query<QueueRow>(`select ${COLUMNS} from onboardings o where o.id = $1`, [id])).rows[0] ?? null;

export const counts = async (
  connection: Connection,
  q: { products: string[]; now: Date; staffId: string },
): Promise<{ waiting: number; late: number; mine: number }> => {
  const counted = (clause: string) =>
    `(select count(*)::int from (select 1 from unnest($1::text[]) as m (product_id), lateral (
        select 1 from onboardings o where o.product_id = m.product_id and o.state = 'to-be-reviewed'${clause} limit ${MOST_AHEAD}) x limit ${MOST_AHEAD}) c)`;
  return (
    await connection.query<{ waiting: number; late: number; mine: number }>(
      `select ${counted("")} as waiting, ${counted(" and o.review_due_at < $2::timestamptz")} as late,
         (select count(*)::int from (select 1 from onboardings o where o.reviewer_id = $3::uuid and o.state = 'to-be-reviewed'
            and o.product_id = any ($1::text[]) limit ${MOST_AHEAD}) c) as mine`,
      [q.products, q.now, q.staffId],
    )
  ).rows[0]!;
};

export const ahead = async (connection: Connection, onboardingId: string): Promise<number> =>
  (await connection.query<{ ahead: number }>("select review_ahead($1) as ahead", [onboardingId])).rows[0]!.ahead;

export const times = async (
  connection: Connection,
  productId: string,
  since: Date,
): Promise<{ decisions: number; median_seconds: number | null }> =>
  (
    await connection.query<{ decisions: number; median_seconds: number | null }>(
      "select decisions, median_seconds from review_times($1, $2)",
      [productId, since],
    )
  ).rows[0]!;

// — who works on it —
export const setReviewer = (db: Db, id: string, staffId: string | null, at: Date | null) =>
  db.updateTable("onboardings").set({ reviewer_id: staffId, reviewer_since: at }).where("id", "=", id).execute();

// — what was decided —
export const insertDecision = (
  db: Db,
  d: {
    onboardingId: string;
    institutionId: string;
    productId: string;
    round: number;
    outcome: ReviewOutcome;
    staffId: string | null;
    proposedBy: string | null;
    rules: { version: string; inputs: Buffer } | null;
    note: string | null;
    fields: FieldNotes;
    queuedAt: Date;
    at: Date;
  },
) =>
  db
    .insertInto("review_decisions")
    .values({
      onboarding_id: d.onboardingId,
      institution_id: d.institutionId,
      product_id: d.productId,
      round: d.round,
      outcome: d.outcome,
      staff_id: d.staffId,
      proposed_by: d.proposedBy,
      rules_version: d.rules?.version ?? null,
      inputs: d.rules?.inputs ?? null,
      note: d.note,
      fields: JSON.stringify(d.fields),
      queued_at: d.queuedAt,
      decided_at: d.at,
    })
    .execute();
export const decisionsOf = (db: Db, onboardingId: string) =>
  db
    .selectFrom("review_decisions")
    .selectAll()
    .where("onboarding_id", "=", onboardingId)
    .orderBy("round", "desc")
    .limit(50)
    .execute();
export const roundOf = (db: Db, onboardingId: string, round: number) =>
  db
    .selectFrom("onboarding_rounds")
    .select("fields")
    .where("onboarding_id", "=", onboardingId)
    .where("round", "=", round)
    .executeTakeFirst();

export const ruleRunOf = (db: Db, onboardingId: string) =>
  db.selectFrom("review_rule_runs").selectAll().where("onboarding_id", "=", onboardingId).executeTakeFirst();

// — where two decide —
export const openProposal = (db: Db, onboardingId: string) =>
  db
    .selectFrom("review_proposals")
    .selectAll()
    .where("onboarding_id", "=", onboardingId)
    .where("state", "=", "open")
    .executeTakeFirst();
export const insertProposal = (
  db: Db,
  p: {
    onboardingId: string;
    institutionId: string;
    round: number;
    outcome: Exclude<ReviewOutcome, "changes-requested">;
    note: string | null;
    by: string;
    at: Date;
  },
) =>
  db
    .insertInto("review_proposals")
    .values({
      onboarding_id: p.onboardingId,
      institution_id: p.institutionId,
      round: p.round,
      outcome: p.outcome,
      note: p.note,
      proposed_by: p.by,
      proposed_at: p.at,
    })
    .execute();
export const closeProposal = (
  db: Db,
  id: string,
  state: "confirmed" | "declined" | "withdrawn",
  c: { by: string; at: Date; answer: string | null },
) =>
  db
    .updateTable("review_proposals")
    .set({ state, answered_by: c.by, answered_at: c.at, answer: c.answer })
    .where("id", "=", id)
    .execute();

// — what was said —
export const insertMessage = (
  db: Db,
  m: {
    id: string;
    onboardingId: string;
    institutionId: string;
    personId: string | null;
    staffId: string | null;
    text: Buffer;
    at: Date;
  },
) =>
  db
    .insertInto("review_messages")
    .values({
      id: m.id,
      onboarding_id: m.onboardingId,
      institution_id: m.institutionId,
      at: m.at,
      person_id: m.personId,
      staff_id: m.staffId,
      text: m.text,
    })
    .execute();
/** The last hundred, the oldest first: more have never been said about one request. */
export const messagesOf = async (db: Db, onboardingId: string) =>
  (
    await db
      .selectFrom("review_messages")
      .selectAll()
      .where("onboarding_id", "=", onboardingId)
      .orderBy("at", "desc")
      .orderBy("id", "desc")
      .limit(100)
      .execute()
  ).reverse();
export const messageOf = (db: Db, id: string) =>
  db.selectFrom("review_messages").selectAll().where("id", "=", id).executeTakeFirst();
export const unanswered = (db: Db, onboardingId: string, since: Date | null) =>
  db.updateTable("onboardings").set({ unanswered_since: since }).where("id", "=", onboardingId).execute();
