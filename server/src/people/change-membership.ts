import { api } from "@area/api";
import { handle } from "../platform/pipeline.ts";
import { datesIn } from "./give-membership.ts";
import { giftOf, holdingsOf, leftAlone, mayGive } from "./rules.ts";
import * as store from "./store.ts";

/** What one must be able to give in order to take it away. */
export const giftIn = (m: store.Held) =>
  giftOf(m.product_id, m.profile as Parameters<typeof giftOf>[1], store.couldGive(m));

export const changeMembership = {
  changeDates: handle(api.people.changeDates, async ({ params, body }, { db, actor, now, version, fail, emit }) => {
    const { institutionId, membershipId } = params;
    await store.lockPeople(db, institutionId);
    const m = await store.membership(db, institutionId, membershipId, now);
    if (!m) return fail("membership-unknown");
    if (m.group_id) return fail("membership-from-group");
    if (!mayGive(await holdingsOf(db, institutionId, actor.personId, now), giftIn(m), now))
      return fail("grant-exceeds-own");
    // What has begun keeps its beginning: the past does not change.
    const begun = m.begins_at <= now;
    const dates = datesIn(
      {
        beginsAt: begun ? m.begins_at.toISOString() : (body.beginsAt ?? m.begins_at.toISOString()),
        endsAt: body.endsAt === undefined ? (m.ends_at?.toISOString() ?? null) : body.endsAt,
      },
      now,
    );
    if (!dates) return fail("dates-out-of-order");
    const { alone, done } = await leftAlone(
      { db, now },
      institutionId,
      m.profile === "administrator" ? [m.product_id] : [],
      () => store.setDates(db, institutionId, m.id, version, dates),
    );
    if (!done) return fail("version-stale", { version: m.version });
    if (alone) return fail("last-administrator", { productId: alone });
    emit(
      "people.membership.changed",
      {
        membershipId: m.id,
        personId: m.person_id,
        productId: m.product_id,
        profile: m.profile,
        beginsAt: dates.beginsAt.toISOString(),
        endsAt: dates.endsAt?.toISOString() ?? null,
      },
      { institutionId },
    );
    return store.shownHeld((await store.membership(db, institutionId, m.id, now))!);
  }),

  end: handle(api.people.end, async ({ params }, { db, actor, now, fail, emit }) => {
    const { institutionId, membershipId } = params;
    await store.lockPeople(db, institutionId);
    const m = await store.membership(db, institutionId, membershipId, now);
    if (!m) return fail("membership-unknown");
    // Who leaves by themselves needs to be able to give nothing.
    if (
      m.person_id !== actor.personId &&
      !mayGive(await holdingsOf(db, institutionId, actor.personId, now), giftIn(m), now)
    )
      return fail("grant-exceeds-own");
    const { alone } = await leftAlone(
      { db, now },
      institutionId,
      m.profile === "administrator" ? [m.product_id] : [],
      () => store.move(db, institutionId, [m.id], "ended", now),
    );
    if (alone) return fail("last-administrator", { productId: alone });
    emit(
      "people.membership.ended",
      {
        membershipId: m.id,
        personId: m.person_id,
        productId: m.product_id,
        profile: m.profile,
        reason: "removed",
      },
      { institutionId },
    );
  }),
};
