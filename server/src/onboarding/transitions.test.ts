import { api, isProblem, mayMove, type OnboardingState, onboardingMoves, openOnboardingStates } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorld, type World } from "../testing/world.ts";

/*
 * The life of a request is data, and every move is made on the locked row: of two moves at once one is made, the other is told, and
 * what is written is what one of them alone would have written.
 */
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const TIMES = 6;
const reviewed = async () => {
  const who = await world.person();
  const { id } = await who.call(api.onboarding.submit, { body: world.privateOperator() });
  return { who, at: { params: { onboardingId: id } }, id };
};
const corrected = async () => {
  const body = world.privateOperator();
  const who = await world.person();
  const { id } = await who.call(api.onboarding.submit, { body });
  const at = { params: { onboardingId: id } };
  const staff = await world.staff(["revisori"]);
  await staff.call(api.reviews.decide, { ...at, body: { outcome: "changes-requested", round: 1, note: "Correggere" } });
  const draft = await who.call(api.reviews.revise, at);
  return { who, at, id, body: { ...body, draftId: draft.id } };
};
/** Both at once: how many were done, the codes of those that were not, and what each line of the trail says happened. */
const together = async (id: string, acts: (() => Promise<unknown>)[]) => {
  const outcomes = await Promise.allSettled(acts.map((act) => act()));
  const refusals = outcomes.flatMap((o) => {
    if (o.status === "fulfilled") return [];
    if (!isProblem(o.reason)) throw o.reason;
    return [o.reason.code];
  });
  const { rows } = await world.database.asSystem(({ connection }) =>
    connection.query<{ state: OnboardingState; ended: boolean; facts: string[] }>(
      `select o.state, o.ended_at is not null as ended,
         (select array_agg(e.type order by e.id) from events e where e.payload ->> 'onboardingId' = o.id::text and e.type like 'onboarding.%') as facts
       from onboardings o where o.id = $1`,
      [id],
    ),
  );
  return { done: outcomes.length - refusals.length, refusals, ...rows[0]! };
};

describe("the moves of a request", () => {
  it("end somewhere from everywhere, and go nowhere once ended", () => {
    const ends = (from: OnboardingState, seen = new Set<OnboardingState>()): boolean =>
      onboardingMoves[from].length === 0 ||
      (!seen.has(from) && onboardingMoves[from].some((to) => ends(to as OnboardingState, new Set([...seen, from]))));
    for (const from of openOnboardingStates) {
      expect([from, ends(from)]).toEqual([from, true]);
      // Whoever asked can take it back, until their side has signed.
      expect([from, mayMove(from, "cancelled")]).toEqual([from, from !== "awaiting-countersignature"]);
    }
  });

  it("approved or cancelled: one of the two, and no agreement for what was cancelled", async () => {
    for (let n = 0; n < TIMES; n++) {
      const { who, at, id } = await reviewed();
      const staff = await world.staff(["revisori"]);
      const end = await together(id, [
        () => staff.call(api.reviews.decide, { ...at, body: { outcome: "approved", round: 1 } }),
        () => who.call(api.onboarding.cancel, at),
      ]);
      // Approved first, it may still be cancelled: then both were done, in this order.
      expect([1, 2]).toContain(end.done);
      if (end.done === 2)
        expect(end.facts).toEqual(["onboarding.submitted", "onboarding.approved", "onboarding.cancelled"]);
      else expect([end.state, end.refusals]).toEqual(["cancelled", ["review-decided-already"]]);
      await world.settle();
      const settled = await who.call(api.onboarding.read, at);
      expect([settled.state, settled.agreement]).toEqual(["cancelled", null]);
    }
  });

  it("sent again or cancelled: never both, and nothing half of either", async () => {
    for (let n = 0; n < TIMES; n++) {
      const { who, at, id, body } = await corrected();
      const end = await together(id, [
        () => who.call(api.onboarding.submit, { body }),
        () => who.call(api.onboarding.cancel, at),
      ]);
      if (end.state === "to-be-reviewed") throw new Error("the cancellation was lost");
      expect(end.state).toBe("cancelled");
      if (end.done === 1) {
        expect(end.refusals).toEqual(["onboarding-not-to-correct"]);
        // The draft of what could not be sent is still there.
        expect((await who.call(api.onboarding.drafts.read, { params: { draftId: body.draftId } })).id).toBe(
          body.draftId,
        );
      } else expect(end.facts.slice(-2)).toEqual(["onboarding.resubmitted", "onboarding.cancelled"]);
    }
  });

  it("corrected in time or expired: one of the two", async () => {
    for (let n = 0; n < TIMES; n++) {
      const { who, id, body } = await corrected();
      await world.database.asSystem(({ connection }) =>
        connection.query("update onboardings set reviewed_at = now() - interval '61 days' where id = $1", [id]),
      );
      const end = await together(id, [
        () => who.call(api.onboarding.submit, { body }),
        () => world.schedule("onboarding:expire-corrections"),
      ]);
      if (end.state === "to-be-reviewed") expect([end.ended, end.refusals]).toEqual([false, []]);
      else expect([end.state, end.ended, end.refusals]).toEqual(["expired", true, ["onboarding-not-to-correct"]]);
    }
  });

  it("two people for the same institution and product: the first that completes closes the other", async () => {
    for (let n = 0; n < 3; n++) {
      const { manager: _, ...partner } = world.privateOperator();
      const body = { ...partner, productId: "io", kind: "PT" as const, billing: {}, geographicAreas: [], details: {} };
      const [one, two] = [await world.person(), await world.person()];
      const first = await one.call(api.onboarding.submit, { body });
      const second = await two.call(api.onboarding.submit, { body });
      const staff = [await world.staff(["revisori"]), await world.staff(["revisori"])];
      const outcomes = await Promise.allSettled(
        [first, second].map((o, i) =>
          staff[i]!.call(api.reviews.decide, {
            params: { onboardingId: o.id },
            body: { outcome: "approved", round: 1 },
          }),
        ),
      );
      expect(outcomes.filter((o) => o.status === "fulfilled")).toHaveLength(1);
      expect(outcomes.find((o) => o.status === "rejected")).toMatchObject({
        reason: { code: "review-decided-already" },
      });
      const states = [
        await one.call(api.onboarding.read, { params: { onboardingId: first.id } }),
        await two.call(api.onboarding.read, { params: { onboardingId: second.id } }),
      ].map((o) => o.state);
      expect(states.sort()).toEqual(["completed", "superseded"]);
    }
  });

  it("a reminder, more time and a cancellation at once leave one clock and one end", async () => {
    for (let n = 0; n < 3; n++) {
      const who = await world.person();
      const { id } = await who.call(api.onboarding.submit, { body: world.request(await world.body()) });
      const at = { params: { onboardingId: id } };
      await world.settle();
      await world.database.asSystem(({ connection }) =>
        connection.query("update onboardings set expires_at = now() + interval '1 day' where id = $1", [id]),
      );
      const end = await together(id, [
        () => world.schedule("onboarding:remind"),
        () => who.call(api.onboarding.extend, at),
        () => who.call(api.onboarding.cancel, at),
      ]);
      expect([end.state, end.ended]).toEqual(["cancelled", true]);
      expect(end.facts.filter((f) => f === "onboarding.cancelled")).toHaveLength(1);
      expect(end.facts.at(-1)).toBe("onboarding.cancelled");
    }
  });
});
