import { sql } from "kysely";
import type { Db } from "../platform/database/transaction.ts";

export const latestVersions = (db: Db) =>
  db
    .selectFrom("product_versions as v")
    .innerJoin("products as p", "p.id", "v.product_id")
    .distinctOn(["p.position", "v.product_id"])
    .select(["v.product_id", "v.version", "v.configuration"])
    .orderBy("p.position")
    .orderBy("v.product_id")
    .orderBy("v.version", "desc")
    .limit(200)
    .execute();

export const oneVersion = (db: Db, productId: string, version: number) =>
  db
    .selectFrom("product_versions")
    .select(["product_id", "version", "configuration"])
    .where("product_id", "=", productId)
    .where("version", "=", version)
    .executeTakeFirstOrThrow();

/** Publishes a version once; the same one again changes nothing. */
export const publish = async (
  db: Db,
  product: { id: string; position: number; version: number; configuration: unknown },
) => {
  await db
    .insertInto("products")
    .values({ id: product.id, position: product.position })
    .onConflict((c) => c.column("id").doNothing())
    .execute();
  await db
    .insertInto("product_versions")
    .values({
      product_id: product.id,
      version: product.version,
      configuration: JSON.stringify(product.configuration),
      published_at: sql`now()`,
    })
    .onConflict((c) => c.columns(["product_id", "version"]).doNothing())
    .execute();
};
