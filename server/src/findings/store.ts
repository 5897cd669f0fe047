import { sql } from "kysely";
import type { Db } from "../platform/database/transaction.ts";

export type NewFinding = {
  audience: "institution" | "staff";
  institutionId: string | null;
  kind: string;
  severity: "critical" | "attention" | "progress";
  productId?: string | null;
  subject: string;
  facts: Record<string, string>;
  dueAt?: Date | null;
  at: Date;
};

/** Raises a finding; the same thing still open is not raised again. Answers its id if it is new. */
export const raise = async (db: Db, f: NewFinding): Promise<string | null> =>
  (
    await db
      .insertInto("findings")
      .values({
        audience: f.audience,
        institution_id: f.institutionId,
        kind: f.kind,
        severity: f.severity,
        product_id: f.productId ?? null,
        subject: f.subject,
        facts: JSON.stringify(f.facts),
        raised_at: f.at,
        due_at: f.dueAt ?? null,
        resolved_at: null,
      })
      .onConflict((c) => c.doNothing())
      .returning("id")
      .executeTakeFirst()
  )?.id ?? null;

export const resolve = (db: Db, institutionId: string, kind: string, subject: string, at: Date) =>
  db
    .updateTable("findings")
    .set({ resolved_at: at })
    .where("institution_id", "=", institutionId)
    .where("kind", "=", kind)
    .where("subject", "=", subject)
    .where("resolved_at", "is", null)
    .returning(["id", "audience"])
    .execute();

/** Closes what concerned no institution but the portal itself. */
export const resolveOfPortal = (db: Db, kind: string, subject: string, at: Date) =>
  db
    .updateTable("findings")
    .set({ resolved_at: at })
    .where("institution_id", "is", null)
    .where("kind", "=", kind)
    .where("subject", "=", subject)
    .where("resolved_at", "is", null)
    .returning("id")
    .execute();

/** Closes every finding of a kind but the one that still holds, if any. */
export const resolveOthers = (db: Db, institutionId: string, kind: string, holding: string | null, at: Date) =>
  db
    .updateTable("findings")
    .set({ resolved_at: at })
    .where("institution_id", "=", institutionId)
    .where("kind", "=", kind)
    .$if(holding !== null, (q) => q.where("subject", "<>", holding!))
    .where("resolved_at", "is", null)
    .returning(["id", "audience"])
    .execute();

export const findingOf = (db: Db, id: string) =>
  db.selectFrom("findings").selectAll().where("id", "=", id).executeTakeFirst();

/** Closes every finding of a kind but those that still hold. */
export const resolveAllBut = (db: Db, institutionId: string, kind: string, holding: readonly string[], at: Date) =>
  db
    .updateTable("findings")
    .set({ resolved_at: at })
    .where("institution_id", "=", institutionId)
    .where("kind", "=", kind)
    .$if(holding.length > 0, (q) => q.where("subject", "not in", [...holding]))
    .where("resolved_at", "is", null)
    .returning(["id", "audience"])
    .execute();

export const openOf = (db: Db, institutionId: string) =>
  db
    .selectFrom("findings")
    .select(["id", "kind", "severity", "product_id", "facts", "raised_at", "due_at"])
    .where("institution_id", "=", institutionId)
    .where("audience", "=", "institution")
    .where("resolved_at", "is", null)
    .orderBy(sql`case severity when 'critical' then 0 when 'attention' then 1 else 2 end`)
    .orderBy(sql`due_at asc nulls last`)
    .orderBy("raised_at")
    .limit(50)
    .execute();

/** What is open for the staff, the latest first; a reviewer sees what is of no product or of theirs. */
export const openOfStaff = (
  db: Db,
  ask: { products: string[] | "all"; after: { at: string; id: string } | null; limit: number },
) =>
  db
    .selectFrom("findings as f")
    .leftJoin("institutions as i", "i.id", "f.institution_id")
    .select([
      "f.id",
      "f.kind",
      "f.severity",
      "f.product_id",
      "f.facts",
      "f.raised_at",
      "f.due_at",
      "f.institution_id",
      "i.name as institution_name",
    ])
    // Written out, not a parameter, so that the partial index answers.
    .where("f.audience", "=", sql.lit("staff"))
    .where("f.resolved_at", "is", null)
    .$if(ask.products !== "all", (q) =>
      q.where((e) =>
        e.or([e("f.product_id", "is", null), e("f.product_id", "=", sql<string>`any(${ask.products as string[]})`)]),
      ),
    )
    .$if(ask.after !== null, (q) =>
      q.where(sql<boolean>`(f.raised_at, f.id) < (${ask.after?.at}::timestamptz, ${ask.after?.id}::uuid)`),
    )
    .orderBy("f.raised_at", "desc")
    .orderBy("f.id", "desc")
    .limit(ask.limit)
    .execute();
