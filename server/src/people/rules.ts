import { grantsOn, type HeldProfile, type Holding, may, type Permission, type Profile, profiles } from "@area/api";
import type { Db } from "../platform/database/transaction.ts";
import type { Recorder } from "../platform/record.ts";
import * as store from "./store.ts";

/** What a verb of this room hands to the rules. */
export type Tx = { db: Db; now: Date; emit: Recorder["emit"] };

const isBuiltIn = (profile: string): profile is Profile => profile in profiles;

/** Something that can be given: a built-in profile by name, or a set of permissions. */
export type Gift = { productId: string; profile: HeldProfile; permissions: readonly Permission[] };
export const giftOf = (productId: string, profile: HeldProfile, permissions: readonly Permission[]): Gift => ({
  productId,
  profile,
  permissions: isBuiltIn(profile) ? grantsOn(productId, profile) : permissions,
});

/**
 * Nobody gives, or takes away, more than they hold: an administrator of the product may anything there; others every
 * permission that they hold themselves. A profile that is empty today may be full tomorrow: it takes an administrator.
 */
export const mayGive = (mine: readonly Holding[], gift: Gift, now: Date): boolean =>
  mine.some(
    (h) =>
      h.productId === gift.productId &&
      h.profile === "administrator" &&
      h.state === "active" &&
      h.beginsAt <= now &&
      (h.endsAt === null || h.endsAt > now),
  ) ||
  (gift.profile !== "administrator" &&
    gift.permissions.length > 0 &&
    gift.permissions.every((permission) => may(mine, permission, now, gift.productId)));

export const holdingsOf = async (db: Db, institutionId: string, personId: string, now: Date): Promise<Holding[]> =>
  (await store.heldBy(db, institutionId, [personId], now)).map(store.holdingIn);

/** Is somebody there at every moment from now on? */
export const coveredForever = (
  times: readonly { begins_at: Date; ends_at: Date | null }[],
  now: Date,
): { now: boolean; forever: boolean } => {
  let until = now.getTime();
  const atWork = times.some((t) => t.begins_at <= now && (t.ends_at === null || t.ends_at > now));
  for (const t of [...times].sort((a, b) => a.begins_at.getTime() - b.begins_at.getTime())) {
    if (t.begins_at.getTime() > until) break;
    if (t.ends_at === null) return { now: atWork, forever: true };
    until = Math.max(until, t.ends_at.getTime());
  }
  return { now: atWork, forever: false };
};

/**
 * Does what `change` does, unless it leaves a product of the institution without administrators, now or from a day that is
 * already known. Whoever changes memberships goes through here, under the lock that `lockPeople` took. Answers the product
 * that would be left alone: the caller refuses, and the transaction takes the change back.
 */
export const leftAlone = async <T>(
  { db, now }: Pick<Tx, "db" | "now">,
  institutionId: string,
  productIds: readonly string[],
  change: () => Promise<T>,
): Promise<{ alone: string | null; done: T }> => {
  const products = [...new Set(productIds)];
  const covered = async (productId: string) =>
    coveredForever(await store.administratorTimes(db, institutionId, productId, now), now);
  const before = new Map<string, Awaited<ReturnType<typeof covered>>>();
  for (const p of products) before.set(p, await covered(p));
  const done = await change();
  for (const p of products) {
    const was = before.get(p)!;
    const is = await covered(p);
    if ((was.now && !is.now) || (was.forever && !is.forever)) return { alone: p, done };
  }
  return { alone: null, done };
};

/** Ends what is over by its date, so that it can be given again. */
export const endOverdue = async (
  { db, now, emit }: Tx,
  rows: readonly { id: string; institution_id: string }[],
): Promise<void> => {
  for (const row of rows)
    for (const m of await store.move(db, row.institution_id, [row.id], "ended", now))
      emit(
        "people.membership.ended",
        {
          membershipId: m.id,
          personId: m.person_id,
          productId: m.product_id,
          profile: m.profile,
          reason: "expired",
        },
        { institutionId: row.institution_id },
      );
};
