import type { Db } from "../platform/database/transaction.ts";

export const pageOf = (db: Db, institutionId: string) =>
  db.selectFrom("institution_pages").selectAll().where("institution_id", "=", institutionId).executeTakeFirst();

export type Reach = {
  assistance_email: string | null;
  assistance_phone: string | null;
  operations_name: string | null;
  operations_email: string | null;
  operations_phone: string | null;
  website: string | null;
};
/** Writes the contacts if nobody else did since `version` (0: nobody ever). */
export const writeReach = async (db: Db, institutionId: string, version: number, reach: Reach): Promise<boolean> =>
  (version === 0
    ? await db
        .insertInto("institution_pages")
        .values({ institution_id: institutionId, version: 1, ...reach })
        .onConflict((c) =>
          c
            .column("institution_id")
            .doUpdateSet({ version: 1, ...reach })
            .where("institution_pages.version", "=", 0),
        )
        .returning("id")
        .executeTakeFirst()
    : await db
        .updateTable("institution_pages")
        .set({ ...reach, version: version + 1 })
        .where("institution_id", "=", institutionId)
        .where("version", "=", version)
        .returning("id")
        .executeTakeFirst()) !== undefined;

export type Logo = { sha256: Buffer; storageKey: string; size: number; at: Date };
/** The logo has no version: the last one is the one that counts, and contacts being typed are not in its way. */
export const writeLogo = (db: Db, institutionId: string, logo: Logo | null) => {
  const set = {
    logo_sha256: logo?.sha256 ?? null,
    logo_storage_key: logo?.storageKey ?? null,
    logo_size: logo?.size ?? null,
    logo_at: logo?.at ?? null,
  };
  return db
    .insertInto("institution_pages")
    .values({ institution_id: institutionId, ...set })
    .onConflict((c) => c.column("institution_id").doUpdateSet(set))
    .execute();
};

export const areasOf = (db: Db, institutionId: string) =>
  db
    .selectFrom("institution_products")
    .select(["product_id", "product_version", "geographic_areas", "version"])
    .where("institution_id", "=", institutionId)
    .where("state", "<>", "ended")
    .orderBy("active_since")
    .orderBy("product_id")
    .limit(200)
    .execute();

export const writeAreas = async (
  db: Db,
  at: { institutionId: string; productId: string; version: number },
  areas: unknown,
): Promise<boolean> =>
  (await db
    .updateTable("institution_products")
    .set({ geographic_areas: JSON.stringify(areas), version: at.version + 1 })
    .where("institution_id", "=", at.institutionId)
    .where("product_id", "=", at.productId)
    .where("version", "=", at.version)
    .where("state", "<>", "ended")
    .returning("institution_id")
    .executeTakeFirst()) !== undefined;
