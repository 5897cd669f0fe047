import { type Permission, permissionCodes } from "@area/api";
import { sql } from "kysely";
import type { Db } from "../platform/database/transaction.ts";

// — custom profiles —
const shown = (db: Db, now: Date) =>
  db
    .selectFrom("profiles as c")
    .innerJoin("persons as p", "p.id", "c.made_by")
    .selectAll("c")
    .select([
      sql<string>`p.given_name || ' ' || p.family_name`.as("maker"),
      sql<
        string[] | null
      >`(select array_agg(distinct k.profile) from memberships k where k.institution_id = c.institution_id and k.person_id = c.made_by
        and k.product_id = c.product_id and k.group_id is null and k.state = 'active' and k.begins_at <= ${now} and (k.ends_at is null or k.ends_at > ${now}))`.as(
        "maker_profiles",
      ),
      sql<number>`(select count(distinct h.person_id)::int from memberships h where h.profile_id = c.id and h.state <> 'ended')`.as(
        "people",
      ),
    ]);
export type ProfileRow = NonNullable<Awaited<ReturnType<typeof profileShown>>>;

export const profileShown = (db: Db, institutionId: string, id: string, now: Date) =>
  shown(db, now).where("c.institution_id", "=", institutionId).where("c.id", "=", id).executeTakeFirst();
export const profile = (db: Db, institutionId: string, id: string) =>
  db
    .selectFrom("profiles")
    .selectAll()
    .where("institution_id", "=", institutionId)
    .where("id", "=", id)
    .executeTakeFirst();
/** What a profile lists, of the permissions that this version knows. */
export const listed = (row: { permissions: readonly string[] }): Permission[] =>
  permissionCodes.filter((p) => row.permissions.includes(p));

export const profilesOf = (
  db: Db,
  institutionId: string,
  ask: { after: { name: string; id: string } | null; limit: number; now: Date },
) =>
  shown(db, ask.now)
    .where("c.institution_id", "=", institutionId)
    .where("c.state", "=", sql.lit("active"))
    .$if(ask.after !== null, (q) =>
      q.where(sql<boolean>`(c.name, c.id) > (${ask.after?.name}, ${ask.after?.id}::uuid)`),
    )
    .orderBy("c.name")
    .orderBy("c.id")
    .limit(ask.limit)
    .execute();

export const insertProfile = async (
  db: Db,
  p: {
    institutionId: string;
    productId: string;
    name: string;
    description: string;
    permissions: readonly string[];
    madeBy: string;
    at: Date;
  },
): Promise<string | null> =>
  (
    await db
      .insertInto("profiles")
      .values({
        institution_id: p.institutionId,
        product_id: p.productId,
        name: p.name,
        description: p.description,
        permissions: [...p.permissions],
        made_by: p.madeBy,
        made_at: p.at,
      })
      .onConflict((c) => c.doNothing())
      .returning("id")
      .executeTakeFirst()
  )?.id ?? null;

/** Is the name taken by another profile of the same product? */
export const profileNamed = async (
  db: Db,
  institutionId: string,
  productId: string,
  name: string,
  but: string,
): Promise<boolean> =>
  (await db
    .selectFrom("profiles")
    .select("id")
    .where("institution_id", "=", institutionId)
    .where("product_id", "=", productId)
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .where("id", "<>", but)
    .where("state", "<>", sql.lit("ended"))
    .executeTakeFirst()) !== undefined;

export const updateProfile = async (
  db: Db,
  institutionId: string,
  id: string,
  version: number | null,
  change: {
    name?: string;
    description?: string;
    permissions?: string[];
    made_by?: string;
    state?: "ended";
  },
): Promise<boolean> =>
  (await db
    .updateTable("profiles")
    .set({ ...change, version: sql`version + 1` })
    .where("institution_id", "=", institutionId)
    .where("id", "=", id)
    .$if(version !== null, (q) => q.where("version", "=", version!))
    .where("state", "=", sql.lit("active"))
    .returning("id")
    .executeTakeFirst()) !== undefined;

export const membershipsOfProfile = async (db: Db, institutionId: string, profileId: string): Promise<string[]> =>
  (
    await db
      .selectFrom("memberships")
      .select("id")
      .where("institution_id", "=", institutionId)
      .where("profile_id", "=", profileId)
      .where("state", "<>", sql.lit("ended"))
      .execute()
  ).map((m) => m.id);

// — groups —
const groupShown = (db: Db) =>
  db
    .selectFrom("groups as g")
    .leftJoin("profiles as c", "c.id", "g.profile_id")
    .selectAll("g")
    .select([
      "c.name as profile_name",
      "c.permissions as profile_permissions",
      sql<number>`(select count(*)::int from memberships h where h.group_id = g.id and h.state <> 'ended')`.as(
        "people",
      ),
    ]);
export type GroupRow = NonNullable<Awaited<ReturnType<typeof group>>>;
export const group = (db: Db, institutionId: string, id: string) =>
  groupShown(db)
    .where("g.institution_id", "=", institutionId)
    .where("g.id", "=", id)
    .where("g.state", "<>", sql.lit("ended"))
    .executeTakeFirst();
export const groupsOf = (
  db: Db,
  institutionId: string,
  ask: { after: { name: string; id: string } | null; limit: number },
) =>
  groupShown(db)
    .where("g.institution_id", "=", institutionId)
    .where("g.state", "<>", sql.lit("ended"))
    .$if(ask.after !== null, (q) =>
      q.where(sql<boolean>`(g.name, g.id) > (${ask.after?.name}, ${ask.after?.id}::uuid)`),
    )
    .orderBy("g.name")
    .orderBy("g.id")
    .limit(ask.limit)
    .execute();
export const groupNamed = async (
  db: Db,
  institutionId: string,
  productId: string,
  name: string,
  but: string | null,
): Promise<boolean> =>
  (await db
    .selectFrom("groups")
    .select("id")
    .where("institution_id", "=", institutionId)
    .where("product_id", "=", productId)
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .$if(but !== null, (q) => q.where("id", "<>", but!))
    .where("state", "<>", sql.lit("ended"))
    .executeTakeFirst()) !== undefined;
/** A live group that carries a profile, if any: its name. */
export const groupWithProfile = async (db: Db, institutionId: string, profileId: string): Promise<string | null> =>
  (
    await db
      .selectFrom("groups")
      .select("name")
      .where("institution_id", "=", institutionId)
      .where("profile_id", "=", profileId)
      .where("state", "<>", sql.lit("ended"))
      .executeTakeFirst()
  )?.name ?? null;
export const insertGroup = async (
  db: Db,
  g: {
    institutionId: string;
    productId: string;
    name: string;
    description: string;
    profile: string;
    profileId: string | null;
    resources: readonly string[] | null;
    at: Date;
  },
): Promise<string | null> =>
  (
    await db
      .insertInto("groups")
      .values({
        institution_id: g.institutionId,
        product_id: g.productId,
        name: g.name,
        description: g.description,
        profile: g.profile,
        profile_id: g.profileId,
        resources: g.resources ? [...g.resources] : null,
        made_at: g.at,
      })
      .onConflict((c) => c.doNothing())
      .returning("id")
      .executeTakeFirst()
  )?.id ?? null;
export const updateGroup = async (
  db: Db,
  institutionId: string,
  id: string,
  version: number | null,
  change: {
    name?: string;
    description?: string;
    profile?: string;
    profile_id?: string | null;
    resources?: string[] | null;
    state?: "active" | "suspended" | "ended";
  },
): Promise<boolean> =>
  (await db
    .updateTable("groups")
    .set({ ...change, version: sql`version + 1` })
    .where("institution_id", "=", institutionId)
    .where("id", "=", id)
    .$if(version !== null, (q) => q.where("version", "=", version!))
    .where("state", "<>", sql.lit("ended"))
    .returning("id")
    .executeTakeFirst()) !== undefined;
/** The memberships that a group gives. */
export const membershipsOfGroup = async (db: Db, institutionId: string, groupId: string): Promise<string[]> =>
  (
    await db
      .selectFrom("memberships")
      .select("id")
      .where("institution_id", "=", institutionId)
      .where("group_id", "=", groupId)
      .where("state", "<>", sql.lit("ended"))
      .execute()
  ).map((m) => m.id);
export const membershipInGroup = async (
  db: Db,
  institutionId: string,
  groupId: string,
  personId: string,
): Promise<string | null> =>
  (
    await db
      .selectFrom("memberships")
      .select("id")
      .where("institution_id", "=", institutionId)
      .where("group_id", "=", groupId)
      .where("person_id", "=", personId)
      .where("state", "<>", sql.lit("ended"))
      .executeTakeFirst()
  )?.id ?? null;
/** The members hold what the group carries now. */
export const carry = (db: Db, institutionId: string, groupId: string, profile: string, profileId: string | null) =>
  db
    .updateTable("memberships")
    .set({ profile, profile_id: profileId, version: sql`version + 1` })
    .where("institution_id", "=", institutionId)
    .where("group_id", "=", groupId)
    .where("state", "<>", sql.lit("ended"))
    .execute();
