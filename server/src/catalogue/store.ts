import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";

export const versionsOf = (db: Db, productId: string) =>
  db
    .selectFrom("product_versions")
    .select(["version", "configuration", "published_at"])
    .where("product_id", "=", productId)
    .orderBy("version", "desc")
    .limit(100)
    .execute();
/** The product, with those who would change it taking turns: published rows cannot be locked by who may only add to them. */
export const lockProduct = async (db: Db, connection: Connection, productId: string) => {
  await connection.query("select pg_advisory_xact_lock(hashtext('product ' || $1))", [productId]);
  return db.selectFrom("products").select(["id", "position"]).where("id", "=", productId).executeTakeFirst();
};
export const openProposals = (db: Db) =>
  db.selectFrom("product_proposals").select("product_id").where("state", "=", "open").limit(500).execute();
export const openProposal = (db: Db, productId: string) =>
  db
    .selectFrom("product_proposals")
    .selectAll()
    .where("product_id", "=", productId)
    .where("state", "=", "open")
    .executeTakeFirst();
export const pastProposals = (db: Db, productId: string) =>
  db
    .selectFrom("product_proposals")
    .selectAll()
    .where("product_id", "=", productId)
    .where("state", "<>", "open")
    .orderBy("proposed_at", "desc")
    .orderBy("id", "desc")
    .limit(20)
    .execute();
/** False when somebody else's is open. */
export const insertProposal = async (
  db: Db,
  p: {
    id: string;
    productId: string;
    baseVersion: number;
    configuration: unknown;
    reason: string;
    by: string;
    at: Date;
  },
): Promise<boolean> =>
  (await db
    .insertInto("product_proposals")
    .values({
      id: p.id,
      product_id: p.productId,
      base_version: p.baseVersion,
      configuration: JSON.stringify(p.configuration),
      reason: p.reason,
      proposed_by: p.by,
      proposed_at: p.at,
    })
    .onConflict((c) => c.column("product_id").where("state", "=", "open").doNothing())
    .returning("id")
    .executeTakeFirst()) !== undefined;
export const closeProposal = (
  db: Db,
  id: string,
  state: "published" | "declined" | "withdrawn",
  c: { by: string; at: Date; note: string | null },
) =>
  db
    .updateTable("product_proposals")
    .set({ state, answered_by: c.by, answered_at: c.at, note: c.note })
    .where("id", "=", id)
    .execute();
export const touched = async (connection: Connection, productId: string) =>
  (
    await connection.query<{ kind: string; origin: string; active: number; open: number }>(
      "select kind, origin, active, open from product_touched($1)",
      [productId],
    )
  ).rows;
