import { type Permission, productOf, profilesWith } from "@area/api";
import { sql } from "kysely";
import type { Db } from "../platform/database/transaction.ts";

/** Who holds a permission at an institution at this moment: whom to tell what asks for it. */
export const holdersOf = async (
  db: Db,
  institutionId: string,
  permission: Permission,
  now: Date,
): Promise<{ personId: string; givenName: string; familyName: string }[]> =>
  (
    await db
      .selectFrom("memberships as m")
      .innerJoin("persons as p", "p.id", "m.person_id")
      .select(["p.id", "p.given_name", "p.family_name"])
      .distinct()
      .where("m.institution_id", "=", institutionId)
      .where("m.product_id", "=", productOf(permission))
      .where("m.profile", "in", profilesWith(permission))
      .where("m.state", "=", sql.lit("active"))
      .where("m.begins_at", "<=", now)
      .where((e) => e.or([e("m.ends_at", "is", null), e("m.ends_at", ">", now)]))
      .orderBy("p.id")
      .limit(2000)
      .execute()
  ).map((p) => ({ personId: p.id, givenName: p.given_name, familyName: p.family_name }));

/** The mail address of a person at an institution, sealed. */
export const contactOf = async (db: Db, personId: string, institutionId: string): Promise<Buffer | null> => {
  const row = await db
    .selectFrom("contacts")
    .select("email")
    .where("person_id", "=", personId)
    .where("institution_id", "=", institutionId)
    .executeTakeFirst();
  return row ? Buffer.from(row.email) : null;
};

/** Has this person a membership there that is not ended? */
export const worksFor = async (db: Db, personId: string, institutionId: string): Promise<boolean> =>
  (await db
    .selectFrom("memberships")
    .select("id")
    .where("person_id", "=", personId)
    .where("institution_id", "=", institutionId)
    .where("state", "<>", sql.lit("ended"))
    .limit(1)
    .executeTakeFirst()) !== undefined;
