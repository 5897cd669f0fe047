import { cutTo, grantsOf, type HeldMembership, type HeldProfile, type Holding, type Permission } from "@area/api";
import { type SqlBool, sql } from "kysely";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";
import { holdsPermission } from "./may-store.ts";

/** The built-in profiles that who answers for a custom profile holds at a moment: they cut what it gives. */
const makerProfiles = (now: Date) => sql<string[] | null>`(select array_agg(distinct k.profile) from memberships k
  where k.institution_id = c.institution_id and k.person_id = c.made_by and k.product_id = c.product_id and k.group_id is null
    and k.state = 'active' and k.begins_at <= ${now} and (k.ends_at is null or k.ends_at > ${now}))`;

const memberships = (db: Db) => db.selectFrom("memberships as m");
/** Memberships with everything that says what they give and why. */
const held = (db: Db, now: Date, from: ReturnType<typeof memberships> = memberships(db)) =>
  from
    .innerJoin("persons as p", "p.id", "m.person_id")
    .leftJoin("profiles as c", "c.id", "m.profile_id")
    .leftJoin("groups as g", "g.id", "m.group_id")
    .leftJoin("persons as b", "b.id", "m.given_by")
    .select([
      "m.id",
      "m.version",
      "m.person_id",
      "p.given_name",
      "p.family_name",
      "p.first_entered_at",
      "m.institution_id",
      "m.product_id",
      "m.profile",
      "m.profile_id",
      "c.name as profile_name",
      "m.group_id",
      "g.name as group_name",
      "g.state as group_state",
      "g.resources as group_resources",
      "m.permissions",
      "c.permissions as profile_permissions",
      "m.state",
      "m.begins_at",
      "m.ends_at",
      sql<string | null>`b.given_name || ' ' || b.family_name`.as("given_by"),
      makerProfiles(now).as("maker_profiles"),
    ]);
export type Held = Awaited<ReturnType<ReturnType<typeof held>["execute"]>>[number];

/** What a row gives while it holds. */
const permissionsOf = (r: Held): readonly string[] | null =>
  r.profile === "custom"
    ? cutTo(r.maker_profiles ?? [], r.product_id, r.profile_permissions ?? [])
    : (r.permissions ?? null);
/** What a row could ever give: a custom profile before it is cut. */
export const couldGive = (r: Pick<Held, "profile" | "product_id" | "profile_permissions" | "permissions">) =>
  grantsOf({
    productId: r.product_id,
    profile: r.profile as HeldProfile,
    permissions: r.profile === "custom" ? r.profile_permissions : r.permissions,
  });
const stateOf = (r: Held): "active" | "suspended" =>
  r.state === "active" && r.group_state !== "suspended" ? "active" : "suspended";

export const holdingIn = (r: Held): Holding => ({
  productId: r.product_id,
  profile: r.profile as HeldProfile,
  permissions: permissionsOf(r),
  state: stateOf(r),
  beginsAt: r.begins_at,
  endsAt: r.ends_at,
});
export const shownHeld = (r: Held): HeldMembership => ({
  id: r.id,
  version: r.version,
  productId: r.product_id,
  profile: r.profile as HeldProfile,
  profileId: r.profile_id,
  profileName: r.profile_name,
  groupId: r.group_id,
  groupName: r.group_name,
  resources: r.group_resources,
  permissions: grantsOf(holdingIn(r)),
  state: stateOf(r),
  beginsAt: r.begins_at.toISOString(),
  endsAt: r.ends_at?.toISOString() ?? null,
  givenBy: r.given_by,
});
export const shownPerson = (r: {
  person_id: string;
  given_name: string;
  family_name: string;
  first_entered_at: Date | null;
}) => ({
  id: r.person_id,
  givenName: r.given_name,
  familyName: r.family_name,
  hasEntered: r.first_entered_at !== null,
});

export const myInstitutions = (
  connection: Connection,
  ask: {
    search: string | null;
    institutionId: string | null;
    after: { name: string; id: string } | null;
    limit: number;
    now: Date;
  },
) =>
  connection.query<{
    id: string;
    name: string;
    tax_code: string;
    ipa_code: string | null;
    city: string | null;
    memberships:
      | {
          productId: string;
          profile: HeldProfile;
          profileName: string | null;
          state: "active" | "suspended";
          beginsAt: string;
          endsAt: string | null;
          permissions: string[] | null;
          makerProfiles: string[] | null;
        }[]
      | null;
    findings: number;
  }>("select * from my_institutions($1, $2, $3, $4, $5, $6)", [
    ask.search,
    ask.after?.name ?? null,
    ask.after?.id ?? null,
    ask.limit,
    ask.now,
    ask.institutionId,
  ]);

type After = { name: string; id: string } | null;

export const membershipsOf = (db: Db, institutionId: string, ask: { after: After; limit: number; now: Date }) =>
  held(db, ask.now)
    .innerJoin("roster as r", (j) =>
      j.onRef("r.institution_id", "=", "m.institution_id").onRef("r.person_id", "=", "m.person_id"),
    )
    .select("r.name")
    .where("r.institution_id", "=", institutionId)
    .where("m.state", "<>", sql.lit("ended"))
    .$if(ask.after !== null, (q) =>
      q.where(sql<boolean>`(r.name, m.id) > (${ask.after?.name}, ${ask.after?.id}::uuid)`),
    )
    .orderBy("r.name")
    .orderBy("m.id")
    .limit(ask.limit)
    .execute();

export type PeopleFilter = {
  search?: string | undefined;
  productId?: string | undefined;
  profile?: string | undefined;
  profileId?: string | undefined;
  groupId?: string | undefined;
  /** Who holds it at this moment. */
  permission?: Permission | undefined;
  state?: "active" | "suspended" | undefined;
};
/**
 * A page of the people of an institution, by surname: walked along the roster, which is in that order, so that it costs the
 * page and not the institution. Whoever is on it and holds nothing any more is passed over.
 */
export const peopleOf = (
  db: Db,
  institutionId: string,
  ask: PeopleFilter & { after: After; limit: number; now: Date },
) => {
  const search = ask.search
    ?.trim()
    .replace(/\s+/g, " ")
    .replace(/[%_\\]/g, "\\$&");
  return db
    .selectFrom("roster as r")
    .innerJoin("persons as p", "p.id", "r.person_id")
    .leftJoin("contacts as k", (j) => j.onRef("k.person_id", "=", "p.id").on("k.institution_id", "=", institutionId))
    .select(["p.id as person_id", "p.given_name", "p.family_name", "p.first_entered_at", "k.email", "r.name"])
    .where("r.institution_id", "=", institutionId)
    .where((e) =>
      e.exists(
        e
          .selectFrom("memberships as m")
          .select("m.id")
          .where("m.institution_id", "=", institutionId)
          .whereRef("m.person_id", "=", "r.person_id")
          .where("m.state", "<>", sql.lit("ended"))
          .$if(ask.productId !== undefined, (q) => q.where("m.product_id", "=", ask.productId!))
          .$if(ask.profile !== undefined, (q) => q.where("m.profile", "=", ask.profile!))
          .$if(ask.profileId !== undefined, (q) => q.where("m.profile_id", "=", ask.profileId!))
          .$if(ask.groupId !== undefined, (q) => q.where("m.group_id", "=", ask.groupId!))
          .$if(ask.state !== undefined, (q) => q.where("m.state", "=", ask.state!)),
      ),
    )
    .$if(Boolean(search), (q) => q.where(sql<SqlBool>`r.searched like lower(${`%${search}%`})`))
    .$if(ask.permission !== undefined, (q) =>
      q.where(
        holdsPermission("r.person_id", {
          institutionId,
          permission: ask.permission!,
          ...(ask.productId ? { on: ask.productId } : {}),
          now: ask.now,
        }),
      ),
    )
    .$if(ask.after !== null, (q) =>
      q.where(sql<boolean>`(r.name, r.person_id) > (${ask.after?.name}, ${ask.after?.id}::uuid)`),
    )
    .orderBy("r.name")
    .orderBy("r.person_id")
    .limit(ask.limit)
    .execute();
};

/**
 * The memberships of some people at an institution, person by person. Asked with a list, a plan made for any institution would
 * read all those of a large one and keep twenty.
 */
const ofPeople = (db: Db, institutionId: string, personIds: readonly string[]) =>
  db.selectFrom(
    sql`(select own.* from unnest(${[...personIds]}::uuid[]) as of (person)
      cross join lateral (select * from memberships where institution_id = ${institutionId} and person_id = of.person and state <> 'ended' offset 0) own)`.as(
      "m",
    ),
  ) as unknown as ReturnType<typeof memberships>;

/** What people hold at an institution, not ended. A person has few memberships at one institution: 200 is a guard, not a page. */
export const heldBy = (db: Db, institutionId: string, personIds: readonly string[], now: Date): Promise<Held[]> =>
  personIds.length === 0
    ? Promise.resolve([])
    : held(db, now, ofPeople(db, institutionId, personIds))
        .orderBy("m.product_id")
        .orderBy("m.profile")
        .orderBy("m.id")
        .limit(200 * personIds.length)
        .execute();

/** The profiles that somebody can pass on in one of their own making: held now, by themselves and not through a group. */
export const passableProfiles = (db: Db, institutionId: string, personId: string, now: Date) =>
  db
    .selectFrom("memberships")
    .select(["product_id", "profile"])
    .where("institution_id", "=", institutionId)
    .where("person_id", "=", personId)
    .where("group_id", "is", null)
    .where("state", "=", sql.lit("active"))
    .where("begins_at", "<=", now)
    .where((e) => e.or([e("ends_at", "is", null), e("ends_at", ">", now)]))
    .execute();

export const membership = (db: Db, institutionId: string, id: string, now: Date): Promise<Held | undefined> =>
  held(db, now)
    .where("m.institution_id", "=", institutionId)
    .where("m.id", "=", id)
    .where("m.state", "<>", sql.lit("ended"))
    .executeTakeFirst();

/** Whoever changes who may do what waits here: two administrators who remove each other take turns, and the second looks again. */
export const lockPeople = (db: Db, institutionId: string) =>
  db.selectFrom("institutions").select("id").where("id", "=", institutionId).forNoKeyUpdate().executeTakeFirst();

/** When the administrators of a product are at work, from now on. */
export const administratorTimes = (db: Db, institutionId: string, productId: string, now: Date) =>
  db
    .selectFrom("memberships")
    .select(["id", "person_id", "begins_at", "ends_at"])
    .where("institution_id", "=", institutionId)
    .where("product_id", "=", productId)
    .where("profile", "=", "administrator")
    .where("group_id", "is", null)
    .where("state", "=", sql.lit("active"))
    .where((e) => e.or([e("ends_at", "is", null), e("ends_at", ">", now)]))
    .orderBy("begins_at")
    .execute();

export type NewMembership = {
  personId: string;
  institutionId: string;
  productId: string;
  profile: HeldProfile;
  profileId?: string | null;
  groupId?: string | null;
  permissions?: readonly string[] | null;
  beginsAt: Date;
  endsAt?: Date | null;
  givenBy?: string | null;
  onboardingId?: string | null;
};
/** Gives a profile; the same one twice is one. Answers the membership if it is new. */
export const appoint = async (db: Db, m: NewMembership): Promise<string | null> => {
  const row = await db
    .insertInto("memberships")
    .values({
      person_id: m.personId,
      institution_id: m.institutionId,
      product_id: m.productId,
      profile: m.profile,
      profile_id: m.profileId ?? null,
      group_id: m.groupId ?? null,
      permissions: m.permissions ? [...m.permissions] : null,
      state: "active",
      begins_at: m.beginsAt,
      ends_at: m.endsAt ?? null,
      given_by: m.givenBy ?? null,
      onboarding_id: m.onboardingId ?? null,
      ended_at: null,
    })
    .onConflict((c) =>
      c
        .columns(["institution_id", "person_id", "product_id", "profile", "profile_id", "group_id", "permissions"])
        // Written out, not a parameter: a prepared statement planned for any value would not find the partial index.
        .where("state", "<>", sql.lit("ended"))
        .doNothing(),
    )
    .returning("id")
    .executeTakeFirst();
  return row?.id ?? null;
};

/** Moves memberships; answers those that moved. */
export const move = (
  db: Db,
  institutionId: string,
  ids: readonly string[],
  state: "active" | "suspended" | "ended",
  at: Date,
) =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .updateTable("memberships")
        .set({ state, version: sql`version + 1`, ended_at: state === "ended" ? at : null })
        .where("institution_id", "=", institutionId)
        .where("id", "in", [...ids])
        .where("state", "<>", sql.lit("ended"))
        .returning(["id", "person_id", "product_id", "profile"])
        .execute();

/** The memberships on some products that have not ended. */
export const onProducts = (db: Db, institutionId: string, productIds: readonly string[]) =>
  db
    .selectFrom("memberships")
    .select(["id", "person_id"])
    .where("institution_id", "=", institutionId)
    .where("product_id", "in", [...productIds])
    .where("state", "<>", sql.lit("ended"))
    .limit(10_000)
    .execute();

export const setDates = async (
  db: Db,
  institutionId: string,
  id: string,
  version: number,
  dates: { beginsAt: Date; endsAt: Date | null },
): Promise<boolean> =>
  (await db
    .updateTable("memberships")
    .set({ begins_at: dates.beginsAt, ends_at: dates.endsAt, version: version + 1 })
    .where("institution_id", "=", institutionId)
    .where("id", "=", id)
    .where("version", "=", version)
    .where("state", "<>", sql.lit("ended"))
    .returning("id")
    .executeTakeFirst()) !== undefined;

/** Memberships whose time is over and whose state does not say so yet; of everybody, or of one person at an institution. */
export const overdue = (db: Db, now: Date, of?: { institutionId: string; personId: string }) =>
  db
    .selectFrom("memberships")
    .select(["id", "institution_id"])
    .where("ends_at", "<=", now)
    .where("state", "<>", sql.lit("ended"))
    .$if(of !== undefined, (q) =>
      q.where("institution_id", "=", of!.institutionId).where("person_id", "=", of!.personId),
    )
    .orderBy("ends_at")
    .limit(500)
    .execute();

/** Has the person any membership, anywhere, that has not ended? */
export const hasAnything = async (db: Db, personId: string, now: Date): Promise<boolean> =>
  (await db
    .selectFrom("memberships")
    .select("id")
    .where("person_id", "=", personId)
    .where("state", "<>", sql.lit("ended"))
    .where((e) => e.or([e("ends_at", "is", null), e("ends_at", ">", now)]))
    .executeTakeFirst()) !== undefined;

export const keepContact = (
  db: Db,
  c: { personId: string; institutionId: string; email: Buffer; emailIndex: Buffer },
) =>
  db
    .insertInto("contacts")
    .values({ person_id: c.personId, institution_id: c.institutionId, email: c.email, email_index: c.emailIndex })
    .onConflict((k) =>
      k
        .columns(["person_id", "institution_id"])
        .doUpdateSet({ email: c.email, email_index: c.emailIndex })
        // What its owner verified is not replaced by what somebody else declares.
        .where("contacts.verified_at", "is", null),
    )
    .execute();
export const contactOf = async (db: Db, institutionId: string, personId: string): Promise<Buffer | null> =>
  (
    await db
      .selectFrom("contacts")
      .select("email")
      .where("institution_id", "=", institutionId)
      .where("person_id", "=", personId)
      .executeTakeFirst()
  )?.email ?? null;

/** How many people hold what, now. */
export const waysHeld = (db: Db, institutionId: string, now: Date) =>
  db
    .selectFrom("memberships as m")
    .leftJoin("groups as g", "g.id", "m.group_id")
    .select(["m.product_id", "m.profile", "m.profile_id", sql<number>`count(distinct m.person_id)::int`.as("people")])
    .where("m.institution_id", "=", institutionId)
    .where("m.state", "=", sql.lit("active"))
    .where("m.begins_at", "<=", now)
    .where((e) => e.or([e("m.ends_at", "is", null), e("m.ends_at", ">", now)]))
    .where((e) => e.or([e("m.group_id", "is", null), e("g.state", "=", "active")]))
    .groupBy(["m.product_id", "m.profile", "m.profile_id"])
    .execute();

/** How many people hold a permission by itself, now. */
export const grantedNow = (db: Db, institutionId: string, now: Date) =>
  db
    .selectFrom("memberships as m")
    .select([
      "m.product_id",
      sql<string>`unnest(m.permissions)`.as("permission"),
      sql<number>`count(distinct m.person_id)::int`.as("people"),
    ])
    .where("m.institution_id", "=", institutionId)
    .where("m.profile", "=", "granted")
    .where("m.state", "=", sql.lit("active"))
    .where("m.begins_at", "<=", now)
    .where((e) => e.or([e("m.ends_at", "is", null), e("m.ends_at", ">", now)]))
    .groupBy(["m.product_id", "permission"])
    .execute();

/** Administrators of the institution by name, with the address they gave it: who is told, and how many there are. */
export const administratorsOf = (db: Db, institutionId: string, now: Date) =>
  db
    .selectFrom("memberships as m")
    .innerJoin("persons as p", "p.id", "m.person_id")
    .leftJoin("contacts as k", (j) =>
      j.onRef("k.person_id", "=", "m.person_id").on("k.institution_id", "=", institutionId),
    )
    .select(["m.person_id", "p.given_name", "p.family_name", "k.email"])
    .where("m.institution_id", "=", institutionId)
    .where("m.product_id", "=", "institution")
    .where("m.profile", "=", "administrator")
    .where("m.state", "=", sql.lit("active"))
    .where((e) => e.or([e("m.ends_at", "is", null), e("m.ends_at", ">", now)]))
    .orderBy("m.begins_at")
    .limit(50)
    .execute();

export const nameOfInstitution = async (db: Db, institutionId: string): Promise<string> =>
  (await db.selectFrom("institutions").select("name").where("id", "=", institutionId).executeTakeFirst())?.name ?? "";
export const nameOfPerson = async (db: Db, personId: string): Promise<string> => {
  const p = await db
    .selectFrom("persons")
    .select(["given_name", "family_name"])
    .where("id", "=", personId)
    .executeTakeFirst();
  return p ? `${p.given_name} ${p.family_name}` : "";
};

/** Where to tell the administrators of an institution what matters to all of them. Addresses are encrypted. */
export const administratorsToTell = async (
  db: Db,
  institutionId: string,
): Promise<{ institution: string; addresses: Buffer[] }> => {
  const institution = await db
    .selectFrom("institutions")
    .select("name")
    .where("id", "=", institutionId)
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom("memberships as m")
    .innerJoin("contacts as c", (j) =>
      j.onRef("c.person_id", "=", "m.person_id").onRef("c.institution_id", "=", "m.institution_id"),
    )
    .select(["c.email", "c.person_id"])
    .distinctOn("c.person_id")
    .where("m.institution_id", "=", institutionId)
    .where("m.product_id", "=", "institution")
    .where("m.profile", "=", "administrator")
    .where("m.state", "=", sql.lit("active"))
    .orderBy("c.person_id")
    .limit(100)
    .execute();
  return { institution: institution.name, addresses: rows.map((r) => r.email) };
};
