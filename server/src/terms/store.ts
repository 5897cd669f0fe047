import { sql } from "kysely";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";

/** As numbers: 1.10.0 comes after 1.9.0. */
const inOrder = sql`string_to_array(version, '.')::int[] desc`;

// — texts —
export const versionsOf = (db: Db, templateId: string) =>
  db
    .selectFrom("agreement_templates")
    .select(["id", "version", "content", "published_at"])
    .where("id", "=", templateId)
    .where("language", "=", "it")
    .orderBy(inOrder)
    .limit(200)
    .execute();
/** The newest version of every text. */
export const latestTexts = (db: Db) =>
  db
    .selectFrom("agreement_templates")
    .distinctOn("id")
    .select(["id", "version", "content", "published_at"])
    .where("language", "=", "it")
    .orderBy("id")
    .orderBy(inOrder)
    .limit(200)
    .execute();
/** Those who would change a text, or the products that use it, take turns. */
export const lockText = (connection: Connection, templateId: string) =>
  connection.query("select pg_advisory_xact_lock(hashtext('template ' || $1))", [templateId]);
export const lockProduct = async (db: Db, connection: Connection, productId: string) => {
  await connection.query("select pg_advisory_xact_lock(hashtext('product ' || $1))", [productId]);
  return db.selectFrom("products").select(["id", "position"]).where("id", "=", productId).executeTakeFirstOrThrow();
};

export type Proposal = NonNullable<Awaited<ReturnType<typeof openProposal>>>;
export const openProposal = (db: Db, templateId: string) =>
  db
    .selectFrom("template_proposals")
    .selectAll()
    .where("template_id", "=", templateId)
    .where("state", "=", "open")
    .executeTakeFirst();
export const openProposals = (db: Db) =>
  db.selectFrom("template_proposals").select("template_id").where("state", "=", "open").limit(200).execute();
export const pastProposals = (db: Db, templateId: string) =>
  db
    .selectFrom("template_proposals")
    .selectAll()
    .where("template_id", "=", templateId)
    .where("state", "in", ["declined", "withdrawn"])
    .orderBy("proposed_at", "desc")
    .orderBy("id", "desc")
    .limit(10)
    .execute();
export type NewProposal = {
  id: string;
  templateId: string;
  baseVersion: string;
  version: string;
  content: unknown;
  summary: string;
  way: string;
  days: number;
  reminderDays: number[];
  overdue: string;
  reason: string;
  by: string;
  at: Date;
};
/** False when somebody else's is open. */
export const insertProposal = async (db: Db, p: NewProposal): Promise<boolean> =>
  (await db
    .insertInto("template_proposals")
    .values({
      id: p.id,
      template_id: p.templateId,
      base_version: p.baseVersion,
      version: p.version,
      content: JSON.stringify(p.content),
      summary: p.summary,
      way: p.way,
      days: p.days,
      reminder_days: JSON.stringify(p.reminderDays),
      overdue: p.overdue,
      reason: p.reason,
      proposed_by: p.by,
      proposed_at: p.at,
    })
    .onConflict((c) => c.column("template_id").where("state", "=", sql.lit("open")).doNothing())
    .returning("id")
    .executeTakeFirst()) !== undefined;
export const closeProposal = (
  db: Db,
  id: string,
  state: "published" | "declined" | "withdrawn",
  c: { by: string; at: Date; note: string | null },
) =>
  db
    .updateTable("template_proposals")
    .set({ state, answered_by: c.by, answered_at: c.at, note: c.note })
    .where("id", "=", id)
    .execute();

export const insertPublication = (db: Db, p: Proposal, at: Date) =>
  db
    .insertInto("template_publications")
    .values({
      template_id: p.template_id,
      version: p.version,
      base_version: p.base_version,
      summary: p.summary,
      way: p.way,
      days: p.days,
      reminder_days: JSON.stringify(p.reminder_days),
      overdue: p.overdue,
      proposal_id: p.id,
      published_at: at,
    })
    .execute();
export const publicationsOf = (db: Db, templateId: string) =>
  db.selectFrom("template_publications").selectAll().where("template_id", "=", templateId).limit(200).execute();
export const publication = (db: Db, templateId: string, version: string) =>
  db
    .selectFrom("template_publications")
    .selectAll()
    .where("template_id", "=", templateId)
    .where("version", "=", version)
    .executeTakeFirst();

// — whom a text concerns —
export const activeOn = async (
  connection: Connection,
  products: readonly string[],
  after: { institutionId: string; productId: string } | null,
  most: number,
) =>
  (
    await connection.query<{
      institution_id: string;
      product_id: string;
      product_version: number;
      kind: string;
      origin: string;
    }>("select * from active_on($1::text[], $2::uuid, $3, $4)", [
      [...products],
      after?.institutionId ?? null,
      after?.productId ?? null,
      most,
    ])
  ).rows;
/** The agreement of a text that an institution has in force on a product. */
export const inForce = (db: Db, at: { institutionId: string; productId: string; templateId: string }) =>
  db
    .selectFrom("agreements")
    .selectAll()
    .where("institution_id", "=", at.institutionId)
    .where("product_id", "=", at.productId)
    .where("template_id", "=", at.templateId)
    .where("kind", "<>", "convention")
    .where("state", "=", "active")
    .orderBy("written_at", "desc")
    .limit(1)
    .executeTakeFirst();
export const onboardingOfProduct = (db: Db, institutionId: string, productId: string) =>
  db
    .selectFrom("institution_products")
    .select(["onboarding_id", "product_version", "kind", "origin", "state"])
    .where("institution_id", "=", institutionId)
    .where("product_id", "=", productId)
    .executeTakeFirst();

// — acceptances —
const joined = (db: Db) =>
  db
    .selectFrom("agreement_acceptances as x")
    .innerJoin("template_publications as p", (j) =>
      j.onRef("p.template_id", "=", "x.template_id").onRef("p.version", "=", "x.version"),
    )
    .selectAll("x")
    .select(["p.summary", "p.way", "p.overdue", "p.reminder_days"]);
export type AcceptanceRow = NonNullable<Awaited<ReturnType<typeof acceptance>>>;
export const acceptance = (db: Db, id: string) => joined(db).where("x.id", "=", id).executeTakeFirst();
export const acceptanceOfAgreement = (db: Db, agreementId: string) =>
  joined(db).where("x.agreement_id", "=", agreementId).executeTakeFirst();
export const lockAcceptance = (db: Db, id: string) =>
  db.selectFrom("agreement_acceptances").select("id").where("id", "=", id).forUpdate().executeTakeFirst();
export const acceptancesOf = (db: Db, institutionId: string) =>
  joined(db)
    .where("x.institution_id", "=", institutionId)
    .orderBy(sql`case x.state when 'overdue' then 0 when 'asked' then 1 else 2 end`)
    .orderBy("x.asked_at", "desc")
    .orderBy("x.id")
    .limit(50)
    .execute();
/** Asks once; answers the id when it is new. */
export const ask = async (
  db: Db,
  a: {
    institutionId: string;
    productId: string;
    templateId: string;
    fromVersion: string;
    version: string;
    at: Date;
    dueAt: Date;
  },
): Promise<string | null> =>
  (
    await db
      .insertInto("agreement_acceptances")
      .values({
        institution_id: a.institutionId,
        product_id: a.productId,
        template_id: a.templateId,
        from_version: a.fromVersion,
        version: a.version,
        asked_at: a.at,
        due_at: a.dueAt,
      })
      .onConflict((c) => c.doNothing())
      .returning("id")
      .executeTakeFirst()
  )?.id ?? null;
/** Older questions about the same text: pointless once a newer one is asked. */
export const supersede = (
  db: Db,
  a: { institutionId: string; productId: string; templateId: string; version: string },
) =>
  db
    .updateTable("agreement_acceptances")
    .set({ state: "superseded", row_version: sql`row_version + 1` })
    .where("institution_id", "=", a.institutionId)
    .where("product_id", "=", a.productId)
    .where("template_id", "=", a.templateId)
    .where("version", "<>", a.version)
    .where("state", "in", ["asked", "overdue"])
    .returning(["id", "agreement_id"])
    .execute();
export const endOfProduct = (db: Db, institutionId: string, productId: string) =>
  db
    .updateTable("agreement_acceptances")
    .set({ state: "ended", row_version: sql`row_version + 1` })
    .where("institution_id", "=", institutionId)
    .where("product_id", "=", productId)
    .where("state", "in", ["asked", "overdue"])
    .returning("id")
    .execute();
export const setState = (
  db: Db,
  id: string,
  s: { state: "accepted" | "overdue"; at?: Date; by?: string; agreementId?: string },
) =>
  db
    .updateTable("agreement_acceptances")
    .set({
      state: s.state,
      ...(s.at ? { accepted_at: s.at } : {}),
      ...(s.by ? { accepted_by: s.by } : {}),
      ...(s.agreementId ? { agreement_id: s.agreementId } : {}),
      row_version: sql`row_version + 1`,
    })
    .where("id", "=", id)
    .execute();
export const setDocument = (db: Db, id: string, agreementId: string) =>
  db
    .updateTable("agreement_acceptances")
    .set({ agreement_id: agreementId, row_version: sql`row_version + 1` })
    .where("id", "=", id)
    .execute();
export const reminded = (db: Db, id: string, daysLeft: number) =>
  db.updateTable("agreement_acceptances").set({ reminded_left: daysLeft }).where("id", "=", id).execute();
/** Open and ending by a day: who might be reminded, or is late. */
export const endingBy = (db: Db, by: Date) =>
  joined(db)
    .where("x.state", "=", sql.lit("asked"))
    .where("x.due_at", "<=", by)
    .orderBy("x.due_at")
    .orderBy("x.id")
    .limit(1000)
    .execute();
/** Whether another overdue text keeps a product suspended. */
export const stillSuspending = async (db: Db, institutionId: string, productId: string, but: string) =>
  (await joined(db)
    .where("x.institution_id", "=", institutionId)
    .where("x.product_id", "=", productId)
    .where("x.state", "=", "overdue")
    .where("p.overdue", "=", "suspends")
    .where("x.id", "<>", but)
    .limit(1)
    .executeTakeFirst()) !== undefined;
export const counts = (db: Db, templateId: string) =>
  db
    .selectFrom("agreement_acceptances")
    .select(["version", "state", sql<number>`count(*)::int`.as("n")])
    .where("template_id", "=", templateId)
    .groupBy(["version", "state"])
    .execute();
export const waitingOnLatest = (db: Db) =>
  db
    .selectFrom("agreement_acceptances")
    .select(["template_id", sql<number>`count(*)::int`.as("n")])
    .where("state", "in", ["asked", "overdue"])
    .groupBy("template_id")
    .execute();
export const ofVersion = (
  db: Db,
  ask: {
    templateId: string;
    version: string;
    state: string | null;
    after: { name: string; id: string } | null;
    limit: number;
  },
) =>
  joined(db)
    .innerJoin("institutions as i", "i.id", "x.institution_id")
    .select(["i.name as institution_name", "i.tax_code"])
    .where("x.template_id", "=", ask.templateId)
    .where("x.version", "=", ask.version)
    .$if(ask.state !== null, (q) => q.where("x.state", "=", ask.state!))
    .$if(ask.after !== null, (q) =>
      q.where(sql<boolean>`(i.name, x.id) > (${ask.after?.name}, ${ask.after?.id}::uuid)`),
    )
    .orderBy("i.name")
    .orderBy("x.id")
    .limit(ask.limit)
    .execute();

/** The last agreements of an institution on a product that are pending, to be ended with what asked for them. */
export const endAgreement = (db: Db, agreementId: string, at: Date) =>
  db
    .updateTable("agreements")
    .set({ state: "ended", ended_at: at, version: sql`version + 1` })
    .where("id", "=", agreementId)
    .where("state", "<>", "ended")
    .execute();
export const agreement = (db: Db, id: string) =>
  db.selectFrom("agreements").selectAll().where("id", "=", id).executeTakeFirst();
export type AgreementOfTerms = NonNullable<Awaited<ReturnType<typeof agreement>>>;

// — conventions —
/** Those of an institution that wait for a signature or hold. */
export const conventionsOf = (db: Db, institutionId: string) =>
  db
    .selectFrom("agreements")
    .selectAll()
    .where("institution_id", "=", institutionId)
    .where("kind", "=", "convention")
    .where("state", "<>", "ended")
    .orderBy("written_at")
    .limit(200)
    .execute();
export const lockAgreement = (db: Db, id: string) =>
  db.selectFrom("agreements").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
export const conventionsToExpire = (db: Db, now: Date) =>
  db
    .selectFrom("agreements")
    .select(["id", "institution_id", "product_id", "convention_id"])
    .where("kind", "=", "convention")
    .where("state", "=", sql.lit("pending"))
    .where("expires_at", "is not", null)
    .where("expires_at", "<=", now)
    .limit(200)
    .execute();
