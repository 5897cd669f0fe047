import type { AggregateProblem } from "@area/api";
import { sql } from "kysely";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";

export type RowToKeep = {
  line: number;
  taxCode: string;
  unitKind: string | null;
  unitCode: string | null;
  vatNumber: string | null;
  recipientCode: string | null;
  name: string | null;
  problem: AggregateProblem | null;
  facts: Record<string, unknown>;
};

export const insertFile = (
  db: Db,
  f: {
    id: string;
    institutionId: string;
    productId: string;
    by: string;
    at: Date;
    name: string;
    sha256: Buffer;
    rows: number;
    accepted: number;
  },
) =>
  db
    .insertInto("aggregate_files")
    .values({
      id: f.id,
      institution_id: f.institutionId,
      product_id: f.productId,
      uploaded_by: f.by,
      uploaded_at: f.at,
      name: f.name,
      sha256: f.sha256,
      rows: f.rows,
      accepted: f.accepted,
      onboarding_id: null,
      applied_at: null,
    })
    .execute();

export const insertRows = async (
  connection: Connection,
  fileId: string,
  institutionId: string,
  rows: readonly RowToKeep[],
) => {
  for (let i = 0; i < rows.length; i += 2000)
    await connection.query(
      `insert into aggregate_rows (file_id, line, institution_id, tax_code, unit_kind, unit_code, vat_number, recipient_code, name, state, problem, facts)
       select $1, r.line, $2, r."taxCode", r."unitKind", r."unitCode", r."vatNumber", r."recipientCode", r.name,
         case when r.problem is null then 'accepted' else 'refused' end, r.problem, r.facts
       from jsonb_to_recordset($3::jsonb) as r (line int, "taxCode" text, "unitKind" text, "unitCode" text, "vatNumber" text, "recipientCode" text, name text, problem text, facts jsonb)`,
      [fileId, institutionId, JSON.stringify(rows.slice(i, i + 2000))],
    );
};

const files = (db: Db) =>
  db
    .selectFrom("aggregate_files as f")
    .leftJoin("onboardings as o", "o.id", "f.onboarding_id")
    .selectAll("f")
    .select([
      "o.state as onboarding_state",
      sql<number>`(select count(*)::int from aggregate_rows r where r.file_id = f.id and r.state = 'joined')`.as(
        "joined",
      ),
      sql<number>`(select count(*)::int from aggregate_rows r where r.file_id = f.id and r.state = 'skipped')`.as(
        "skipped",
      ),
    ]);
export const oneFile = (db: Db, at: { institutionId: string; productId: string; fileId: string }) =>
  files(db)
    .where("f.id", "=", at.fileId)
    .where("f.institution_id", "=", at.institutionId)
    .where("f.product_id", "=", at.productId)
    .executeTakeFirst();
export type FileRow = NonNullable<Awaited<ReturnType<typeof oneFile>>>;
export const filesOf = (
  db: Db,
  at: { institutionId: string; productId: string },
  after: { at: string; id: string } | null,
  limit: number,
) =>
  files(db)
    .where("f.institution_id", "=", at.institutionId)
    .where("f.product_id", "=", at.productId)
    .$if(after !== null, (q) =>
      q.where(sql<boolean>`(f.uploaded_at, f.id) < (${after?.at}::timestamptz, ${after?.id}::uuid)`),
    )
    .orderBy("f.uploaded_at", "desc")
    .orderBy("f.id", "desc")
    .limit(limit)
    .execute();
export const lockFile = (db: Db, id: string) =>
  db.selectFrom("aggregate_files").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
export const fileOfOnboarding = (db: Db, onboardingId: string) =>
  db.selectFrom("aggregate_files").selectAll().where("onboarding_id", "=", onboardingId).executeTakeFirst();
export const signFor = (db: Db, fileId: string, onboardingId: string) =>
  db.updateTable("aggregate_files").set({ onboarding_id: onboardingId }).where("id", "=", fileId).execute();
export const applied = (db: Db, fileId: string, at: Date) =>
  db.updateTable("aggregate_files").set({ applied_at: at }).where("id", "=", fileId).execute();
/** Files that nobody asked to sign for are not kept. */
export const sweep = (db: Db, before: Date) =>
  db.deleteFrom("aggregate_files").where("onboarding_id", "is", null).where("uploaded_at", "<", before).execute();

export const rowsOf = (db: Db, fileId: string, state: string | null, after: number | null, limit: number) =>
  db
    .selectFrom("aggregate_rows")
    .selectAll()
    .where("file_id", "=", fileId)
    .$if(state !== null, (q) => q.where("state", "=", state!))
    .$if(after !== null, (q) => q.where("line", ">", after!))
    .orderBy("line")
    .limit(limit)
    .execute();
/** The next accepted rows, locked: a second worker takes none of them. */
export const nextRows = (db: Db, fileId: string, limit: number) =>
  db
    .selectFrom("aggregate_rows")
    .selectAll()
    .where("file_id", "=", fileId)
    .where("state", "=", sql.lit("accepted"))
    .orderBy("line")
    .limit(limit)
    .forUpdate()
    .execute();
export const settle = (db: Db, fileId: string, line: number, problem: AggregateProblem | null) =>
  db
    .updateTable("aggregate_rows")
    .set({ state: problem ? "skipped" : "joined", problem })
    .where("file_id", "=", fileId)
    .where("line", "=", line)
    .execute();
export const belongsTo = (db: Db, institutionId: string, productId: string, aggregatorId: string) =>
  db
    .updateTable("institution_products")
    .set({ aggregator_id: aggregatorId })
    .where("institution_id", "=", institutionId)
    .where("product_id", "=", productId)
    .execute();

/** What the registry and the portal know of many at once: a few statements for a file of any length. */
export const knownBodies = async (connection: Connection, taxCodes: readonly string[]) =>
  (
    await connection.query<{ ipa_code: string; tax_code: string; name: string; category: string; state: string }>(
      "select ipa_code, tax_code, name, category, state from registry_bodies where tax_code = any ($1::text[])",
      [taxCodes],
    )
  ).rows;
export const knownUnits = async (connection: Connection, codes: readonly string[]) =>
  (
    await connection.query<{ kind: string; code: string; ipa_code: string; name: string; state: string }>(
      "select kind, code, ipa_code, name, state from registry_units where kind in ('AOO', 'UO') and code = any ($1::text[])",
      [codes],
    )
  ).rows;
export const activeAlready = async (connection: Connection, productId: string, taxCodes: readonly string[]) =>
  (
    await connection.query<{ tax_code: string; unit_kind: string | null; unit_code: string | null }>(
      "select tax_code, unit_kind, unit_code from active_on_product($1, $2::text[])",
      [productId, taxCodes],
    )
  ).rows;

export const versionHeld = async (db: Db, institutionId: string, productId: string): Promise<number> =>
  (
    await db
      .selectFrom("institution_products")
      .select("product_version")
      .where("institution_id", "=", institutionId)
      .where("product_id", "=", productId)
      .executeTakeFirstOrThrow()
  ).product_version;
