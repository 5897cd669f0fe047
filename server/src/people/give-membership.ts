import { api, type ProfileChoice } from "@area/api";
import { productState } from "../institutions/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import { publishedProduct } from "../products/index.ts";
import * as profilesStore from "./profiles-store.ts";
import { endOverdue, type Gift, giftOf, holdingsOf, mayGive, type Tx } from "./rules.ts";
import * as store from "./store.ts";

export type Given = {
  personId: string;
  gift: Gift;
  profileId?: string | null;
  groupId?: string | null;
  beginsAt: Date;
  endsAt: Date | null;
  givenBy: string | null;
};

/** What a choice of profile stands for on a product; null: there is no such profile there. */
export const chosen = async (
  db: Db,
  institutionId: string,
  productId: string,
  choice: ProfileChoice,
): Promise<{ gift: Gift; profileId: string | null; name: string } | null> => {
  if ("profile" in choice)
    return { gift: giftOf(productId, choice.profile, []), profileId: null, name: choice.profile };
  const custom = await profilesStore.profile(db, institutionId, choice.profileId);
  if (custom?.state !== "active" || custom.product_id !== productId) return null;
  return {
    gift: giftOf(productId, "custom", profilesStore.listed(custom)),
    profileId: custom.id,
    name: custom.name,
  };
};

/** May people of this institution be given something on this product? */
export const productOpen = async (db: Db, institutionId: string, productId: string): Promise<boolean> =>
  productId === "institution" ||
  ["active", "suspended"].includes((await productState(db, institutionId, productId)) ?? "");

/** Writes a membership. Says what is in the way: the same once more, or a product where one profile is all one has. */
export const writeMembership = async (
  tx: Tx,
  institutionId: string,
  g: Given,
): Promise<{ id: string } | "membership-repeated" | "profiles-not-combinable"> => {
  const { db, now, emit } = tx;
  await endOverdue(tx, await store.overdue(db, now, { institutionId, personId: g.personId }));
  const { productId, profile } = g.gift;
  const product = productId === "institution" ? null : await publishedProduct(db, productId);
  if (product && product.configuration.severalProfiles === false) {
    const already = (await store.heldBy(db, institutionId, [g.personId], now)).filter(
      (m) => m.product_id === productId && m.profile !== "granted",
    );
    if (already.length > 0) return "profiles-not-combinable";
  }
  const id = await store.appoint(db, {
    personId: g.personId,
    institutionId,
    productId,
    profile,
    profileId: g.profileId ?? null,
    groupId: g.groupId ?? null,
    permissions: profile === "granted" ? g.gift.permissions : null,
    beginsAt: g.beginsAt,
    endsAt: g.endsAt,
    givenBy: g.givenBy,
  });
  if (!id) return "membership-repeated";
  emit(
    "people.membership.activated",
    {
      membershipId: id,
      personId: g.personId,
      productId,
      profile,
      ...(g.profileId ? { profileId: g.profileId } : {}),
      ...(g.groupId ? { groupId: g.groupId } : {}),
    },
    { institutionId },
  );
  return { id };
};

/** From and to, as they were asked; null when they make no sense together. */
export const datesIn = (
  asked: { beginsAt?: string | undefined; endsAt?: string | null | undefined },
  now: Date,
): { beginsAt: Date; endsAt: Date | null } | null => {
  const beginsAt = asked.beginsAt ? new Date(asked.beginsAt) : now;
  const endsAt = asked.endsAt ? new Date(asked.endsAt) : null;
  return endsAt && (endsAt <= beginsAt || endsAt <= now) ? null : { beginsAt, endsAt };
};

export const giveMembership = handle(api.people.give, async ({ params, body }, { db, actor, now, fail, emit }) => {
  const { institutionId, personId } = params;
  const dates = datesIn(body, now);
  if (!dates) return fail("dates-out-of-order");
  await store.lockPeople(db, institutionId);
  if ((await store.heldBy(db, institutionId, [personId], now)).length === 0) return fail("person-unknown");
  if (!(await productOpen(db, institutionId, body.productId))) return fail("product-not-active");
  const choice = await chosen(db, institutionId, body.productId, body.choice);
  if (!choice) return fail("profile-unknown");
  if (!mayGive(await holdingsOf(db, institutionId, actor.personId, now), choice.gift, now))
    return fail("grant-exceeds-own");
  const written = await writeMembership({ db, now, emit }, institutionId, {
    personId,
    ...choice,
    ...dates,
    givenBy: actor.personId,
  });
  if (typeof written === "string") return fail(written);
  return store.shownHeld((await store.membership(db, institutionId, written.id, now))!);
});
