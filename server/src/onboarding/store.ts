import { type OnboardingState, openOnboardingStates, type Workflow } from "@area/api";
import { sql } from "kysely";
import type { Db } from "../platform/database/transaction.ts";

// — drafts —
export const insertDraft = (
  db: Db,
  d: {
    id: string;
    productId: string;
    personId: string;
    content: Buffer;
    at: Date;
    keptUntil: Date;
    /** The request that it corrects, and what was asked to change. */
    corrects?: { onboardingId: string; revision: Buffer };
  },
) =>
  db
    .insertInto("drafts")
    .values({
      id: d.id,
      product_id: d.productId,
      opened_by: d.personId,
      people: [d.personId],
      content: d.content,
      opened_at: d.at,
      saved_at: d.at,
      kept_until: d.keptUntil,
      onboarding_id: d.corrects?.onboardingId ?? null,
      revision: d.corrects?.revision ?? null,
    })
    // A request is corrected in one draft: of two who open it at once the second finds the first one's.
    .onConflict((c) => c.column("onboarding_id").where("onboarding_id", "is not", null).doNothing())
    .execute();

export const draftOfOnboarding = (db: Db, onboardingId: string) =>
  db.selectFrom("drafts").selectAll().where("onboarding_id", "=", onboardingId).executeTakeFirst();
export const draft = (db: Db, id: string) =>
  db.selectFrom("drafts").selectAll().where("id", "=", id).executeTakeFirst();
export const draftsOf = (db: Db, personId: string, now: Date) =>
  db
    .selectFrom("drafts")
    .selectAll()
    .where(sql<boolean>`people @> array[${personId}::uuid]`)
    .where("kept_until", ">", now)
    .orderBy("saved_at", "desc")
    .limit(100)
    .execute();

export const saveDraft = async (
  db: Db,
  id: string,
  version: number,
  content: Buffer,
  at: Date,
  keptUntil: Date,
): Promise<boolean> =>
  (await db
    .updateTable("drafts")
    .set({ content, saved_at: at, kept_until: keptUntil, version: version + 1 })
    .where("id", "=", id)
    .where("version", "=", version)
    .returning("id")
    .executeTakeFirst()) !== undefined;

export const removeDraft = async (db: Db, id: string): Promise<boolean> =>
  (await db.deleteFrom("drafts").where("id", "=", id).returning("id").executeTakeFirst()) !== undefined;

export const insertHandOver = (db: Db, h: { id: string; draftId: string; email: Buffer; at: Date; expiresAt: Date }) =>
  db
    .insertInto("draft_hand_overs")
    .values({
      id: h.id,
      draft_id: h.draftId,
      email: h.email,
      made_at: h.at,
      expires_at: h.expiresAt,
      taken_by: null,
      taken_at: null,
    })
    .execute();
export const handOversOf = (db: Db, draftIds: string[]) =>
  draftIds.length
    ? db
        .selectFrom("draft_hand_overs")
        .selectAll()
        .where("draft_id", "in", draftIds)
        .orderBy("made_at")
        .limit(500)
        .execute()
    : Promise.resolve([]);
export const handOver = (db: Db, id: string) =>
  db.selectFrom("draft_hand_overs").selectAll().where("id", "=", id).executeTakeFirst();
/** Takes a hand-over once, or again by the same person. */
export const takeHandOver = async (db: Db, id: string, personId: string, at: Date): Promise<boolean> =>
  (await db
    .updateTable("draft_hand_overs")
    .set({ taken_by: personId, taken_at: at })
    .where("id", "=", id)
    .where((e) => e.or([e("taken_by", "is", null), e("taken_by", "=", personId)]))
    .returning("id")
    .executeTakeFirst()) !== undefined;
export const addToDraft = (db: Db, draftId: string, personId: string) =>
  db
    .updateTable("drafts")
    .set({
      people: sql`case when ${personId}::uuid = any (people) then people else array_append(people, ${personId}::uuid) end`,
    })
    .where("id", "=", draftId)
    .execute();
export const sweepDrafts = (db: Db, now: Date) =>
  db
    .deleteFrom("drafts")
    .where("kept_until", "<", new Date(now.getTime() - 7 * 86_400_000))
    .execute();

export const personName = async (db: Db, ids: string[]): Promise<Map<string, string>> =>
  ids.length
    ? new Map(
        (
          await db.selectFrom("persons").select(["id", "given_name", "family_name"]).where("id", "in", ids).execute()
        ).map((p) => [p.id, `${p.given_name} ${p.family_name}`]),
      )
    : new Map();

// — onboardings —
export type NewRow = {
  id: string;
  institutionId: string;
  productId: string;
  productVersion: number;
  kind: string;
  origin: string;
  workflow: Workflow;
  state: OnboardingState;
  requestedBy: string;
  at: Date;
  institutionData: unknown;
  billing: unknown;
  geographicAreas: unknown;
  details: unknown;
  account: Buffer | null;
  reviewReasons: readonly string[];
  /** By when somebody decides; null where nobody reviews it. */
  reviewDueAt: Date | null;
  manager: { givenName: string; familyName: string; fiscalCode: Buffer; fiscalCodeIndex: Buffer; email: Buffer } | null;
  administrators: {
    givenName: string;
    familyName: string;
    fiscalCode: Buffer;
    fiscalCodeIndex: Buffer;
    email: Buffer;
    emailIndex: Buffer;
  }[];
};
/** As the partial index has them, word by word. */
const OPEN = (
  ["submitted", "to-be-reviewed", "changes-requested", "awaiting-signature", "awaiting-countersignature"] as const
).map((state) => sql.lit(state));

const administratorRows = (o: Pick<NewRow, "id" | "institutionId" | "administrators">) =>
  o.administrators.map((a, position) => ({
    onboarding_id: o.id,
    institution_id: o.institutionId,
    position,
    given_name: a.givenName,
    family_name: a.familyName,
    fiscal_code: a.fiscalCode,
    fiscal_code_index: a.fiscalCodeIndex,
    email: a.email,
    email_index: a.emailIndex,
  }));
/** What an applicant says: written at first, and again when it comes back corrected. */
const said = (o: NewRow) => ({
  kind: o.kind,
  origin: o.origin,
  workflow: o.workflow,
  state: o.state,
  requested_by: o.requestedBy,
  institution_data: JSON.stringify(o.institutionData),
  billing: JSON.stringify(o.billing),
  geographic_areas: JSON.stringify(o.geographicAreas),
  details: JSON.stringify(o.details),
  account: o.account,
  review_reasons: JSON.stringify(o.reviewReasons),
  review_queued_at: o.reviewDueAt ? o.at : null,
  review_due_at: o.reviewDueAt,
  manager_given_name: o.manager?.givenName ?? null,
  manager_family_name: o.manager?.familyName ?? null,
  manager_fiscal_code: o.manager?.fiscalCode ?? null,
  manager_fiscal_code_index: o.manager?.fiscalCodeIndex ?? null,
  manager_email: o.manager?.email ?? null,
});

/** Writes an onboarding with its administrators; false when the same person has one open for the same institution and product. */
export const insertOnboarding = async (db: Db, o: NewRow): Promise<boolean> => {
  const row = await db
    .insertInto("onboardings")
    .values({
      id: o.id,
      institution_id: o.institutionId,
      product_id: o.productId,
      product_version: o.productVersion,
      submitted_at: o.at,
      expires_at: null,
      ended_at: null,
      ...said(o),
    })
    .onConflict((c) =>
      c
        .columns(["institution_id", "product_id", "requested_by"])
        // Written out, not parameters: a prepared statement planned for any value would not find the partial index.
        .where("state", "in", OPEN)
        .doNothing(),
    )
    .returning("id")
    .executeTakeFirst();
  if (!row) return false;
  if (o.administrators.length === 0) return true;
  await db.insertInto("onboarding_administrators").values(administratorRows(o)).execute();
  return true;
};

/**
 * Sends a request again, corrected: what it said before is kept as a round. False when who sends it has another one open for the
 * same institution and product. The row must be locked by the caller.
 */
export const resubmitOnboarding = async (
  db: Db,
  o: NewRow,
  before: { round: number; submittedBy: string; submittedAt: Date; fields: Buffer },
): Promise<boolean> => {
  const updated = await db
    .updateTable("onboardings")
    .set({
      ...said(o),
      review_round: before.round + 1,
      review_note: null,
      review_fields: JSON.stringify([]),
      review_seconds_left: null,
      unanswered_since: null,
      version: sql`version + 1`,
    })
    .where("id", "=", o.id)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("onboardings as other")
            .select("other.id")
            .where("other.institution_id", "=", o.institutionId)
            .where("other.product_id", "=", o.productId)
            .where("other.requested_by", "=", o.requestedBy)
            .where("other.id", "<>", o.id)
            .where("other.state", "in", OPEN),
        ),
      ),
    )
    .returning("id")
    .executeTakeFirst();
  if (!updated) return false;
  await db
    .insertInto("onboarding_rounds")
    .values({
      onboarding_id: o.id,
      institution_id: o.institutionId,
      round: before.round,
      submitted_by: before.submittedBy,
      submitted_at: before.submittedAt,
      fields: before.fields,
    })
    .execute();
  await db.deleteFrom("onboarding_administrators").where("onboarding_id", "=", o.id).execute();
  await db.insertInto("onboarding_administrators").values(administratorRows(o)).execute();
  return true;
};

export const onboarding = (db: Db, id: string) =>
  db.selectFrom("onboardings").selectAll().where("id", "=", id).executeTakeFirst();
/** The last onboarding of an institution that is complete and that a person of the staff approved. */
export const lastApprovedByPerson = (db: Db, institutionId: string) =>
  db
    .selectFrom("onboardings as o")
    .selectAll("o")
    .where("o.institution_id", "=", institutionId)
    .where("o.state", "=", "completed")
    .where((e) =>
      e.exists(
        e
          .selectFrom("review_decisions as d")
          .select("d.id")
          .whereRef("d.onboarding_id", "=", "o.id")
          .where("d.outcome", "=", "approved")
          .where("d.staff_id", "is not", null),
      ),
    )
    .orderBy("o.ended_at", "desc")
    .limit(1)
    .executeTakeFirst();
/** What the rules said about a request; where they approved, the decision too. */
export const insertRuleRun = async (
  db: Db,
  o: { id: string; institutionId: string; productId: string; at: Date },
  run: {
    version: string;
    inputs: Buffer;
    verdict: "approve" | "person";
    rule: string | null;
    because: readonly string[];
  },
) => {
  await db
    .insertInto("review_rule_runs")
    .values({
      onboarding_id: o.id,
      institution_id: o.institutionId,
      rules_version: run.version,
      inputs: run.inputs,
      verdict: run.verdict,
      rule: run.rule,
      because: JSON.stringify(run.because),
      at: o.at,
    })
    .execute();
  if (run.verdict === "approve")
    await db
      .insertInto("review_decisions")
      .values({
        onboarding_id: o.id,
        institution_id: o.institutionId,
        product_id: o.productId,
        round: 1,
        outcome: "approved",
        rules_version: run.version,
        inputs: run.inputs,
        note: run.rule,
        queued_at: o.at,
        decided_at: o.at,
      })
      .execute();
};

/**
 * The row under its lock: two uploads, or an upload and a cancellation, take turns. With it the other open requests for the same
 * institution and product, always in one order: who completes closes them, and two who complete at once never wait for each other.
 */
export const lockOnboarding = async (db: Db, id: string) => {
  const of = await db
    .selectFrom("onboardings")
    .select(["institution_id", "product_id"])
    .where("id", "=", id)
    .executeTakeFirst();
  if (!of) return undefined;
  const locked = await db
    .selectFrom("onboardings")
    .selectAll()
    .where("institution_id", "=", of.institution_id)
    .where("product_id", "=", of.product_id)
    .where((e) => e.or([e("state", "in", OPEN), e("id", "=", id)]))
    .orderBy("id")
    .limit(1000)
    .forUpdate()
    .execute();
  return locked.find((o) => o.id === id);
};
export const administratorsOf = (db: Db, id: string) =>
  db.selectFrom("onboarding_administrators").selectAll().where("onboarding_id", "=", id).orderBy("position").execute();
export const move = (
  db: Db,
  id: string,
  state: OnboardingState,
  change: {
    expiresAt?: Date;
    endedAt?: Date;
    reviewedAt?: Date;
    reviewNote?: string | null;
    reviewFields?: { path: string; note: string }[];
    secondsLeft?: number;
  } = {},
) =>
  db
    .updateTable("onboardings")
    .set({
      state,
      version: sql`version + 1`,
      ...(change.expiresAt ? { expires_at: change.expiresAt } : {}),
      ...(change.endedAt ? { ended_at: change.endedAt } : {}),
      ...(change.reviewedAt ? { reviewed_at: change.reviewedAt } : {}),
      ...(change.reviewNote === undefined ? {} : { review_note: change.reviewNote }),
      ...(change.reviewFields ? { review_fields: JSON.stringify(change.reviewFields) } : {}),
      ...(change.secondsLeft === undefined ? {} : { review_seconds_left: change.secondsLeft }),
    })
    .where("id", "=", id)
    .execute();

const listed = (db: Db) =>
  db
    .selectFrom("onboardings as o")
    .leftJoin("agreements as a", "a.onboarding_id", "o.id")
    .selectAll("o")
    .select(["a.id as agreement_id", "a.sha256 as agreement_sha256", "a.written_at as agreement_written_at"]);
type After = { at: string; id: string } | null;
const newestFirst = (q: ReturnType<typeof listed>, after: After, limit: number) =>
  q
    .$if(after !== null, (x) =>
      x.where(sql<boolean>`(o.submitted_at, o.id) < (${after?.at}::timestamptz, ${after?.id}::uuid)`),
    )
    .orderBy("o.submitted_at", "desc")
    .orderBy("o.id", "desc")
    .limit(limit)
    .execute();
export type Listed = Awaited<ReturnType<typeof newestFirst>>[number];
export const requestedBy = (db: Db, personId: string, after: After, limit: number) =>
  newestFirst(listed(db).where("o.requested_by", "=", personId), after, limit);
export const ofInstitution = (db: Db, institutionId: string, after: After, limit: number) =>
  newestFirst(listed(db).where("o.institution_id", "=", institutionId), after, limit);
export const oneRequestedBy = (db: Db, personId: string, id: string) =>
  listed(db).where("o.requested_by", "=", personId).where("o.id", "=", id).executeTakeFirst();

/** Other requests for the same thing, which a completed one makes pointless. */
export const rivals = (db: Db, o: { id: string; institutionId: string; productId: string }) =>
  db
    .selectFrom("onboardings")
    .select(["id", "state"])
    .where("institution_id", "=", o.institutionId)
    .where("product_id", "=", o.productId)
    .where("id", "<>", o.id)
    .where("state", "in", openOnboardingStates)
    .limit(200)
    .forUpdate()
    .execute();
export const expiredBy = (db: Db, now: Date) =>
  db
    .selectFrom("onboardings")
    .select("id")
    .where("state", "=", "awaiting-signature")
    .where("expires_at", "<=", now)
    .orderBy("expires_at")
    .limit(200)
    .execute();

export const toCountersign = (db: Db) =>
  db
    .selectFrom("onboardings")
    .select("id")
    // Written out, so that the partial index answers.
    .where("state", "=", sql.lit("awaiting-countersignature"))
    .orderBy("id")
    .limit(200)
    .execute();
/** Whose time to sign ends within the days: who might be reminded. */
export const endingBy = (db: Db, now: Date, by: Date) =>
  db
    .selectFrom("onboardings")
    .select(["id", "product_id", "product_version", "expires_at", "reminded_left"])
    .where("state", "=", "awaiting-signature")
    .where("expires_at", ">", now)
    .where("expires_at", "<=", by)
    .orderBy("expires_at")
    .limit(1000)
    .execute();
export const reminded = (db: Db, id: string, daysLeft: number) =>
  db.updateTable("onboardings").set({ reminded_left: daysLeft }).where("id", "=", id).execute();
export const resent = (db: Db, id: string, at: Date) =>
  db.updateTable("onboardings").set({ resent_at: at }).where("id", "=", id).execute();
/** More time: the reminders begin anew. */
export const extended = (db: Db, id: string, at: Date, expiresAt: Date) =>
  db
    .updateTable("onboardings")
    .set({ extended_at: at, expires_at: expiresAt, reminded_left: null, version: sql`version + 1` })
    .where("id", "=", id)
    .execute();
/** Those that nobody corrected in time. */
export const uncorrectedSince = (db: Db, since: Date) =>
  db
    .selectFrom("onboardings")
    .select("id")
    .where("state", "=", "changes-requested")
    .where("reviewed_at", "<=", since)
    .orderBy("reviewed_at")
    .limit(200)
    .execute();

/** A mail address of a person at any institution, for a notice about their own request; null when nobody gave us one. */
export const contactAnywhere = async (db: Db, personId: string): Promise<Buffer | null> =>
  (await db.selectFrom("contacts").select("email").where("person_id", "=", personId).limit(1).executeTakeFirst())
    ?.email ?? null;

export const awaitingAt = (db: Db, institutionId: string) =>
  db
    .selectFrom("onboardings")
    .select([
      "id",
      "product_id",
      "manager_given_name",
      "manager_family_name",
      "manager_fiscal_code_index",
      "expires_at",
    ])
    .where("institution_id", "=", institutionId)
    .where("state", "=", "awaiting-signature")
    .where("manager_fiscal_code_index", "is not", null)
    .orderBy("submitted_at")
    .limit(50)
    .execute();

// — the numbers that everybody may read —
export const activeByZip = (db: Db) =>
  db
    .selectFrom("institution_products as p")
    .innerJoin("institutions as i", "i.id", "p.institution_id")
    .select(["p.product_id", sql<string>`left(i.zip_code, 2)`.as("zip"), sql<number>`count(*)::int`.as("institutions")])
    .where("p.state", "=", "active")
    .groupBy(["p.product_id", sql`left(i.zip_code, 2)`])
    .execute();
/** Institutions active on something, each once, by the start of the CAP of their seat. */
export const institutionsByZip = (db: Db) =>
  db
    .selectFrom("institutions as i")
    .select([sql<string>`left(i.zip_code, 2)`.as("zip"), sql<number>`count(*)::int`.as("institutions")])
    .where((e) =>
      e.exists(
        e
          .selectFrom("institution_products as p")
          .select("p.institution_id")
          .whereRef("p.institution_id", "=", "i.id")
          .where("p.state", "=", "active"),
      ),
    )
    .groupBy(sql`left(i.zip_code, 2)`)
    .execute();
const median = (seconds: ReturnType<typeof sql>) =>
  sql<number | null>`(percentile_cont(0.5) within group (order by ${seconds}))::int`;
export const completedTimes = (db: Db, since: Date) =>
  db
    .selectFrom("onboardings as o")
    .leftJoin("agreements as a", (j) => j.onRef("a.onboarding_id", "=", "o.id").on("a.signed_at", "is not", null))
    .select([
      "o.product_id",
      sql<number>`count(*)::int`.as("completed"),
      sql<number>`count(a.id)::int`.as("signed"),
      median(sql`extract(epoch from o.ended_at - o.submitted_at)`).as("whole"),
      median(sql`extract(epoch from a.signed_at - a.written_at)`).as("signature"),
    ])
    .where("o.state", "=", "completed")
    .where("o.workflow", "<>", "import")
    .where("o.ended_at", ">=", since)
    .groupBy("o.product_id")
    .execute();
export const decisionTimes = (db: Db, since: Date) =>
  db
    .selectFrom("review_decisions")
    .select([
      "product_id",
      sql<number>`count(*)::int`.as("decisions"),
      median(sql`extract(epoch from decided_at - queued_at)`).as("median"),
    ])
    .where("decided_at", ">=", since)
    .groupBy("product_id")
    .execute();
