import { api, isProblem } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorld, type SignedIn, type World } from "../testing/world.ts";

let world: World;
let shift = 0;
beforeAll(async () => {
  world = await makeWorld({ clock: () => new Date(Date.now() + shift) });
});
afterAll(() => world.close());
const day = 86_400_000;
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (e: unknown) => (isProblem(e) ? e.code : String(e)),
  );

describe("moving from one partner to another", () => {
  const begin = async () => {
    shift = 0;
    const [town, first, second] = [await world.municipality(), await world.partner(), await world.partner()];
    const fromId = await world.delegate(town, first);
    const giver = await town.admin();
    const plan = await giver.call(api.delegations.moves.plan, {
      params: { institutionId: town.id },
      body: { delegationId: fromId, partnerId: second.id, cutOverAt: new Date(Date.now() + 10 * day).toISOString() },
    });
    const accept = async () => {
      const taker = await second.admin();
      await taker.call(api.delegations.accept, {
        params: { institutionId: second.id, delegationId: plan.to.delegationId },
      });
      await taker.call(api.delegations.assignments.make, {
        params: { institutionId: second.id },
        body: { productId: "pagopa" },
      });
    };
    /** Who of the two works for the town, with a session of this moment. */
    const working = async () => {
      const works = async (firm: typeof first, mandate: string) => {
        const who: SignedIn = await firm.member("read-only", { productId: "pagopa" });
        return codeOf(
          who.call(api.pagopa.ibans.list, {
            params: { institutionId: town.id },
            query: { environment: "test" },
            mandate,
          }),
        );
      };
      return [await works(first, fromId), await works(second, plan.to.delegationId)];
    };
    const states = async () => {
      const { items } = await (await town.admin()).call(api.delegations.moves.list, {
        params: { institutionId: town.id },
        query: {},
      });
      return [items[0]!.state, items[0]!.from.state, items[0]!.to.state];
    };
    return { town, first, second, plan, accept, working, states };
  };

  it("runs side by side until the day, then the first stops, may come back for a month, and is over", async () => {
    const { town, first, second, plan, accept, working, states } = await begin();
    // All three see the plan, and nobody else.
    for (const [party, sees] of [
      [town, 1],
      [first, 1],
      [second, 1],
      [await world.partner(), 0],
    ] as const) {
      const { items } = await (await party.admin()).call(api.delegations.moves.list, {
        params: { institutionId: party.id },
        query: {},
      });
      expect(items).toHaveLength(sees);
    }
    expect(await working()).toEqual(["done", "mandate-not-active"]);
    await accept();
    expect(await working()).toEqual(["done", "done"]);
    shift = 10 * day + 60_000;
    await world.schedule("delegations:move");
    expect(await states()).toEqual(["cut-over", "suspended", "active"]);
    expect(await working()).toEqual(["mandate-not-active", "done"]);
    const at = { params: { institutionId: first.id, moveId: plan.id } };
    expect(await codeOf((await first.admin()).call(api.delegations.moves.complete, at))).toBe("delegation-other-side");
    shift = 41 * day;
    await world.schedule("delegations:move");
    expect(await states()).toEqual(["completed", "revoked", "active"]);
    expect(
      await codeOf(
        (await town.admin()).call(api.delegations.moves.back, {
          params: { institutionId: town.id, moveId: plan.id },
          body: { reason: "Tardi" },
        }),
      ),
    ).toBe("move-over");
  });

  it("leaves no gap: where the new partner has not accepted, the first goes on", async () => {
    const { working, states, accept } = await begin();
    shift = 11 * day;
    await world.schedule("delegations:move");
    expect(await states()).toEqual(["planned", "active", "offered"]);
    expect((await working())[0]).toBe("done");
    await accept();
    await world.schedule("delegations:move");
    expect(await states()).toEqual(["cut-over", "suspended", "active"]);
  });

  it("goes back, before the day and after it", async () => {
    for (const when of [1, 12]) {
      const { town, plan, accept, working, states } = await begin();
      await accept();
      shift = when * day;
      await world.schedule("delegations:move");
      await (await town.admin()).call(api.delegations.moves.back, {
        params: { institutionId: town.id, moveId: plan.id },
        body: { reason: "Non è pronto" },
      });
      expect(await states()).toEqual(["returned", "active", "revoked"]);
      expect(await working()).toEqual(["done", "mandate-not-active"]);
    }
  });

  it("is planned once, for a day to come, by who delegates", async () => {
    const { town, first, plan } = await begin();
    const third = await world.partner();
    const again = (who: SignedIn, institutionId: string, cutOverAt: string) =>
      codeOf(
        who.call(api.delegations.moves.plan, {
          params: { institutionId },
          body: { delegationId: plan.from.delegationId, partnerId: third.id, cutOverAt },
        }),
      );
    const giver = await town.admin();
    expect(await again(giver, town.id, "2099-01-01T00:00:00Z")).toBe("move-already-planned");
    expect(await again(giver, town.id, "2020-01-01T00:00:00Z")).toBe("dates-out-of-order");
    expect(await again(await first.admin(), first.id, "2099-01-01T00:00:00Z")).toBe("delegation-other-side");
    // Refused whole: no offer to the third partner was left behind.
    const offers = await giver.call(api.delegations.list, { params: { institutionId: town.id }, query: {} });
    expect(offers.items.map((d) => d.partner.id)).not.toContain(third.id);
  });
});
