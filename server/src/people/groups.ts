import { api, type Group, type HeldProfile, type ProblemFacts, type Profile } from "@area/api";
import { keyIn, pageOf } from "../platform/cursor.ts";
import type { Connection } from "../platform/database/connection.ts";
import { handle } from "../platform/pipeline.ts";
import { chosen, writeMembership } from "./give-membership.ts";
import { NameAndId } from "./list-people.ts";
import * as store from "./profiles-store.ts";
import { type Gift, giftOf, holdingsOf, mayGive } from "./rules.ts";
import * as people from "./store.ts";

const shown = (g: store.GroupRow): Group => ({
  id: g.id,
  version: g.version,
  productId: g.product_id,
  name: g.name,
  description: g.description,
  profile: g.profile as Profile | "custom",
  profileId: g.profile_id,
  profileName: g.profile_name,
  resources: g.resources,
  state: g.state as "active" | "suspended",
  madeAt: g.made_at.toISOString(),
  people: g.people,
});
/** What membership in a group gives. */
const giftIn = (g: store.GroupRow): Gift =>
  giftOf(g.product_id, g.profile as HeldProfile, store.listed({ permissions: g.profile_permissions ?? [] }));
const facts = (g: store.GroupRow) => ({ groupId: g.id, productId: g.product_id, name: g.name });

/** Of things of an institution on a product, named one by one, those that do not exist. Main says it: this room knows no product. */
export type StrangeResources = (
  connection: Connection,
  at: { institutionId: string; productId: string },
  resources: readonly string[],
) => Promise<string[]>;

export const groups = (strange: StrangeResources) => {
  /** A group is limited to what exists: a name that is mistyped would give nothing, in silence. */
  const requireResources = async (
    connection: Connection,
    fail: (code: "group-resource-unknown", facts?: ProblemFacts) => never,
    at: { institutionId: string; productId: string },
    resources: readonly string[] | null,
  ): Promise<void> => {
    const [unknown] = resources ? await strange(connection, at, resources) : [];
    if (unknown !== undefined) fail("group-resource-unknown", { resource: unknown });
  };
  return {
    list: handle(api.people.groups.list, async ({ params, query }, { db }) =>
      pageOf(
        await store.groupsOf(db, params.institutionId, {
          after: keyIn(query.cursor, NameAndId),
          limit: query.limit + 1,
        }),
        query.limit,
        shown,
        (r) => ({ name: r.name, id: r.id }),
      ),
    ),

    read: handle(api.people.groups.read, async ({ params }, { db, fail }) => {
      const g = await store.group(db, params.institutionId, params.groupId);
      return g ? shown(g) : fail("group-unknown");
    }),

    make: handle(api.people.groups.make, async ({ params, body }, { db, connection, actor, now, fail, emit }) => {
      const { institutionId } = params;
      await people.lockPeople(db, institutionId);
      const choice = await chosen(db, institutionId, body.productId, body.choice);
      if (!choice) return fail("profile-unknown");
      if (choice.gift.profile === "administrator") return fail("group-of-administrators");
      if (!mayGive(await holdingsOf(db, institutionId, actor.personId, now), choice.gift, now))
        return fail("grant-exceeds-own");
      await requireResources(connection, fail, { institutionId, productId: body.productId }, body.resources);
      const id = await store.insertGroup(db, {
        institutionId,
        productId: body.productId,
        name: body.name,
        description: body.description,
        profile: choice.gift.profile,
        profileId: choice.profileId,
        resources: body.resources,
        at: now,
      });
      if (!id) return fail("group-name-taken", { name: body.name });
      const g = (await store.group(db, institutionId, id))!;
      emit("people.group.made", { ...facts(g), profile: choice.name }, { institutionId });
      return shown(g);
    }),

    change: handle(api.people.groups.change, async ({ params, body }, context) => {
      const { db, connection, actor, now, version, fail, emit } = context;
      const { institutionId, groupId } = params;
      await people.lockPeople(db, institutionId);
      const g = await store.group(db, institutionId, groupId);
      if (!g) return fail("group-unknown");
      if (g.state === "suspended") return fail("group-suspended");
      const choice = await chosen(db, institutionId, g.product_id, body.choice);
      if (!choice) return fail("profile-unknown");
      if (choice.gift.profile === "administrator") return fail("group-of-administrators");
      // What it gave and what it will give: to both one must be entitled.
      const mine = await holdingsOf(db, institutionId, actor.personId, now);
      if (!mayGive(mine, choice.gift, now) || !mayGive(mine, giftIn(g), now)) return fail("grant-exceeds-own");
      await requireResources(connection, fail, { institutionId, productId: g.product_id }, body.resources);
      if (await store.groupNamed(db, institutionId, g.product_id, body.name, groupId))
        return fail("group-name-taken", { name: body.name });
      if (
        !(await store.updateGroup(db, institutionId, groupId, version, {
          name: body.name,
          description: body.description,
          profile: choice.gift.profile,
          profile_id: choice.profileId,
          resources: body.resources,
        }))
      )
        return fail("version-stale", { version: g.version });
      await store.carry(db, institutionId, groupId, choice.gift.profile, choice.profileId);
      const changed = (await store.group(db, institutionId, groupId))!;
      emit("people.group.changed", { ...facts(changed), profile: choice.name }, { institutionId });
      return shown(changed);
    }),

    suspend: handle(api.people.groups.suspend, async ({ params }, { db, actor, now, fail, emit }) => {
      const { institutionId, groupId } = params;
      await people.lockPeople(db, institutionId);
      const g = await store.group(db, institutionId, groupId);
      if (!g) return fail("group-unknown");
      if (g.state === "suspended") return fail("nothing-to-change");
      if (!mayGive(await holdingsOf(db, institutionId, actor.personId, now), giftIn(g), now))
        return fail("grant-exceeds-own");
      await store.updateGroup(db, institutionId, groupId, null, { state: "suspended" });
      emit("people.group.suspended", facts(g), { institutionId });
      return shown((await store.group(db, institutionId, groupId))!);
    }),

    restore: handle(api.people.groups.restore, async ({ params }, { db, actor, now, fail, emit }) => {
      const { institutionId, groupId } = params;
      await people.lockPeople(db, institutionId);
      const g = await store.group(db, institutionId, groupId);
      if (!g) return fail("group-unknown");
      if (g.state === "active") return fail("nothing-to-change");
      if (!mayGive(await holdingsOf(db, institutionId, actor.personId, now), giftIn(g), now))
        return fail("grant-exceeds-own");
      await store.updateGroup(db, institutionId, groupId, null, { state: "active" });
      emit("people.group.restored", facts(g), { institutionId });
      return shown((await store.group(db, institutionId, groupId))!);
    }),

    end: handle(api.people.groups.end, async ({ params }, { db, actor, now, fail, emit }) => {
      const { institutionId, groupId } = params;
      await people.lockPeople(db, institutionId);
      const g = await store.group(db, institutionId, groupId);
      if (!g) return fail("group-unknown");
      if (!mayGive(await holdingsOf(db, institutionId, actor.personId, now), giftIn(g), now))
        return fail("grant-exceeds-own");
      const ids = await store.membershipsOfGroup(db, institutionId, groupId);
      for (const m of await people.move(db, institutionId, ids, "ended", now))
        emit(
          "people.membership.ended",
          { membershipId: m.id, personId: m.person_id, productId: m.product_id, profile: m.profile, reason: "group" },
          { institutionId },
        );
      await store.updateGroup(db, institutionId, groupId, null, { state: "ended" });
      emit("people.group.ended", facts(g), { institutionId });
    }),

    add: handle(api.people.groups.add, async ({ params }, { db, actor, now, fail, emit }) => {
      const { institutionId, groupId, personId } = params;
      await people.lockPeople(db, institutionId);
      const g = await store.group(db, institutionId, groupId);
      if (!g) return fail("group-unknown");
      if (g.state === "suspended") return fail("group-suspended");
      if ((await people.heldBy(db, institutionId, [personId], now)).length === 0) return fail("person-unknown");
      const gift = giftIn(g);
      if (!mayGive(await holdingsOf(db, institutionId, actor.personId, now), gift, now))
        return fail("grant-exceeds-own");
      const written = await writeMembership({ db, now, emit }, institutionId, {
        personId,
        gift,
        profileId: g.profile_id,
        groupId,
        beginsAt: now,
        endsAt: null,
        givenBy: actor.personId,
      });
      if (typeof written === "string") return fail(written);
    }),

    take: handle(api.people.groups.take, async ({ params }, { db, actor, now, fail, emit }) => {
      const { institutionId, groupId, personId } = params;
      await people.lockPeople(db, institutionId);
      const g = await store.group(db, institutionId, groupId);
      if (!g) return fail("group-unknown");
      const id = await store.membershipInGroup(db, institutionId, groupId, personId);
      if (!id) return fail("membership-unknown");
      const leaves = personId === actor.personId;
      if (!leaves && !mayGive(await holdingsOf(db, institutionId, actor.personId, now), giftIn(g), now))
        return fail("grant-exceeds-own");
      for (const m of await people.move(db, institutionId, [id], "ended", now))
        emit(
          "people.membership.ended",
          { membershipId: m.id, personId: m.person_id, productId: m.product_id, profile: m.profile, reason: "removed" },
          { institutionId },
        );
    }),
  };
};
