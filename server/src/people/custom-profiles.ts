import { api, type CustomProfile, cutTo, type Permission, permissionsOn } from "@area/api";
import { keyIn, pageOf } from "../platform/cursor.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import { NameAndId } from "./list-people.ts";
import * as store from "./profiles-store.ts";
import { giftOf, holdingsOf, mayGive } from "./rules.ts";
import * as people from "./store.ts";

const shown = (r: store.ProfileRow): CustomProfile => ({
  id: r.id,
  version: r.version,
  productId: r.product_id,
  name: r.name,
  description: r.description,
  permissions: r.permissions,
  gives: cutTo(r.maker_profiles ?? [], r.product_id, r.permissions),
  madeBy: { id: r.made_by, name: r.maker },
  madeAt: r.made_at.toISOString(),
  people: r.people,
});
const read = async (db: Db, institutionId: string, id: string, now: Date) =>
  shown((await store.profileShown(db, institutionId, id, now))!);

/** What of a list its maker does not hold through a built-in profile of their own, and so could not pass on. */
const beyond = async (
  db: Db,
  at: { institutionId: string; personId: string; productId: string; now: Date },
  permissions: readonly string[],
): Promise<string[]> => {
  const mine = (await people.passableProfiles(db, at.institutionId, at.personId, at.now)).filter(
    (m) => m.product_id === at.productId,
  );
  const held = new Set<string>(
    cutTo(
      mine.map((m) => m.profile),
      at.productId,
      permissions,
    ),
  );
  return permissions.filter((p) => !held.has(p));
};
/** May somebody take away what a profile lists? */
const mayTake = async (
  db: Db,
  institutionId: string,
  personId: string,
  p: { product_id: string; permissions: readonly string[] },
  now: Date,
): Promise<boolean> =>
  mayGive(await holdingsOf(db, institutionId, personId, now), giftOf(p.product_id, "custom", store.listed(p)), now);
const foreign = (productId: string, permissions: readonly Permission[]) =>
  permissions.find((p) => !permissionsOn(productId).includes(p));

export const customProfiles = {
  list: handle(api.people.profiles.list, async ({ params, query }, { db, now }) => {
    const rows = await store.profilesOf(db, params.institutionId, {
      after: keyIn(query.cursor, NameAndId),
      limit: query.limit + 1,
      now,
    });
    return pageOf(rows, query.limit, shown, (r) => ({ name: r.name, id: r.id }));
  }),

  read: handle(api.people.profiles.read, async ({ params }, { db, now, fail }) => {
    const row = await store.profileShown(db, params.institutionId, params.profileId, now);
    return row?.state === "active" ? shown(row) : fail("profile-unknown");
  }),

  make: handle(api.people.profiles.make, async ({ params, body }, { db, actor, now, fail, emit }) => {
    const { institutionId } = params;
    const { productId, name, description } = body;
    const permissions = [...new Set(body.permissions)].sort();
    const stray = foreign(productId, permissions);
    if (stray) return fail("permission-of-another-product", { permission: stray });
    await people.lockPeople(db, institutionId);
    const missing = await beyond(db, { institutionId, personId: actor.personId, productId, now }, permissions);
    if (missing.length > 0) return fail("profile-exceeds-maker", { permissions: missing });
    const id = await store.insertProfile(db, {
      institutionId,
      productId,
      name,
      description,
      permissions,
      madeBy: actor.personId,
      at: now,
    });
    if (!id) return fail("profile-name-taken", { name });
    emit("people.profile.made", { profileId: id, productId, name, permissions }, { institutionId });
    return read(db, institutionId, id, now);
  }),

  change: handle(api.people.profiles.change, async ({ params, body }, { db, actor, now, version, fail, emit }) => {
    const { institutionId, profileId } = params;
    await people.lockPeople(db, institutionId);
    const p = await store.profile(db, institutionId, profileId);
    if (p?.state !== "active") return fail("profile-unknown");
    const productId = p.product_id;
    const permissions = [...new Set(body.permissions)].sort();
    const stray = foreign(productId, permissions);
    if (stray) return fail("permission-of-another-product", { permission: stray });
    // Nobody takes away more than they hold, nor answers for more: what it gave, and all that it will give.
    if (!(await mayTake(db, institutionId, actor.personId, p, now))) return fail("grant-exceeds-own");
    const missing = await beyond(db, { institutionId, personId: actor.personId, productId, now }, permissions);
    if (missing.length > 0) return fail("profile-exceeds-maker", { permissions: missing });
    if (await store.profileNamed(db, institutionId, productId, body.name, profileId))
      return fail("profile-name-taken", { name: body.name });
    if (
      !(await store.updateProfile(db, institutionId, profileId, version, {
        name: body.name,
        description: body.description,
        permissions,
        made_by: actor.personId,
      }))
    )
      return fail("version-stale", { version: p.version });
    emit("people.profile.changed", { profileId, productId, name: body.name, permissions }, { institutionId });
    return read(db, institutionId, profileId, now);
  }),

  takeOver: handle(api.people.profiles.takeOver, async ({ params }, { db, actor, now, fail, emit }) => {
    const { institutionId, profileId } = params;
    await people.lockPeople(db, institutionId);
    const p = await store.profile(db, institutionId, profileId);
    if (p?.state !== "active") return fail("profile-unknown");
    const at = { institutionId, personId: actor.personId, productId: p.product_id, now };
    const missing = await beyond(db, at, p.permissions);
    if (missing.length > 0) return fail("profile-exceeds-maker", { permissions: missing });
    await store.updateProfile(db, institutionId, profileId, null, { made_by: actor.personId });
    emit("people.profile.taken-over", { profileId, productId: p.product_id, name: p.name }, { institutionId });
    return read(db, institutionId, profileId, now);
  }),

  end: handle(api.people.profiles.end, async ({ params }, { db, actor, now, fail, emit }) => {
    const { institutionId, profileId } = params;
    await people.lockPeople(db, institutionId);
    const p = await store.profile(db, institutionId, profileId);
    if (p?.state !== "active") return fail("profile-unknown");
    if (!(await mayTake(db, institutionId, actor.personId, p, now))) return fail("grant-exceeds-own");
    const group = await store.groupWithProfile(db, institutionId, profileId);
    if (group) return fail("profile-of-group", { group });
    const ids = await store.membershipsOfProfile(db, institutionId, profileId);
    for (const m of await people.move(db, institutionId, ids, "ended", now))
      emit(
        "people.membership.ended",
        {
          membershipId: m.id,
          personId: m.person_id,
          productId: m.product_id,
          profile: m.profile,
          reason: "profile",
        },
        { institutionId },
      );
    await store.updateProfile(db, institutionId, profileId, null, { state: "ended" });
    emit("people.profile.ended", { profileId, productId: p.product_id, name: p.name }, { institutionId });
  }),
};
