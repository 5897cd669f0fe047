import { api, isProblem } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorld, type SignedIn, type World } from "../../testing/world.ts";

let world: World;
let shift = 0;
beforeAll(async () => {
  world = await makeWorld({ clock: () => new Date(Date.now() + shift) });
});
afterAll(() => world.close());
const day = 86_400_000;
const query = { environment: "production" as const };
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (e: unknown) => (isProblem(e) ? e.code : String(e)),
  );
const address = { address: "Via", city: "Prova", zipCode: "00100", county: "RM", taxDomicile: "Via" };

describe("an institution that moves from one partner's station to another's", () => {
  const begin = async () => {
    shift = 0;
    const both = async (of: Awaited<ReturnType<World["municipality"]>>): Promise<SignedIn> =>
      of.member("administrator", { productId: "pagopa" }, await of.admin());
    const firm = async () => {
      const own = await world.partner();
      const who = await both(own);
      const params = { institutionId: own.id };
      await who.call(api.pagopa.registration.register, {
        params,
        query,
        version: 0,
        body: { ...address, brokers: ["creditor-institutions"] },
      });
      await who.call(api.pagopa.registration.setOperationsContact, {
        params,
        query,
        version: 0,
        body: { referent: "Turno", email: "turno@partner.example", telephone: "0612345678" },
      });
      const { code } = await who.call(api.pagopa.stations.create, {
        params,
        query,
        body: { settings: { connection: "async" } },
      });
      return { ...own, code };
    };
    const [first, second] = [await firm(), await firm()];
    const town = await world.municipality();
    const giver = await both(town);
    const params = { institutionId: town.id };
    const fromId = await world.delegate(town, first);
    await giver.call(api.pagopa.registration.register, {
      params,
      query,
      version: 0,
      body: { ...address, connection: "intermediary", intermediaryId: first.id },
    });
    /** Somebody of a firm who entered just now: the clock of these stories leaps. */
    const now = async (of: typeof first | typeof town) => both(of);
    const associate = async (of: typeof first, segregationCode: string) =>
      (await now(of)).call(api.pagopa.associations.associate, {
        params: { institutionId: of.id, stationCode: of.code },
        query,
        body: { institutionId: town.id, segregationCode },
      });
    const held = await associate(first, "01");
    const plan = await giver.call(api.delegations.moves.plan, {
      params,
      body: { delegationId: fromId, partnerId: second.id, cutOverAt: new Date(Date.now() + 10 * day).toISOString() },
    });
    await world.settle();
    await (await now(second)).call(api.delegations.accept, {
      params: { institutionId: second.id, delegationId: plan.to.delegationId },
    });
    /** With which codes the town receives, and whether anything holds them. */
    const receives = async () =>
      (await (await now(town)).call(api.pagopa.associations.list, { params, query })).items
        .map((a) => `${a.segregationCode}${a.moving ? " moving" : ""}`)
        .sort();
    /** Looks without pause while something happens: how few associations were active at any moment. */
    const fewestDuring = async (work: () => Promise<unknown>) => {
      let [fewest, looks, over] = [Number.POSITIVE_INFINITY, 0, false];
      const watching = (async () => {
        // Once before, as often as the database answers meanwhile, and once when it is done.
        for (let last = false; !last; ) {
          last = over;
          const n = await world.database.asSystem(async ({ connection }) =>
            Number(
              (
                await connection.query<{ n: string }>(
                  "select count(*) as n from station_associations where institution_id = $1 and state = 'active'",
                  [town.id],
                )
              ).rows[0]!.n,
            ),
          );
          fewest = Math.min(fewest, n);
          looks++;
          await new Promise((r) => setTimeout(r, 1));
        }
      })();
      await work();
      over = true;
      await watching;
      expect(looks).toBeGreaterThan(1);
      return fewest;
    };
    const end = async (of: typeof first, associationId: string) =>
      codeOf(
        (await now(of)).call(api.pagopa.associations.end, {
          params: { institutionId: of.id, stationCode: of.code, associationId },
          query,
        }),
      );
    const intermediary = async () =>
      (await (await now(town)).call(api.pagopa.registration.read, { params, query })).registration!.intermediary!.id;
    return { town, first, second, held, plan, associate, receives, fewestDuring, end, intermediary, now };
  };
  const cutOver = async () => {
    shift = 10 * day + 60_000;
    await world.schedule("delegations:move");
    await world.settle();
  };
  const complete = async () => {
    shift = 41 * day;
    await world.schedule("delegations:move");
    await world.settle();
  };

  it("receives through both, with two codes, until the move is over: at no instant through none", async () => {
    const { first, second, held, associate, receives, fewestDuring, end, intermediary } = await begin();
    expect(await receives()).toEqual(["01 moving"]);
    expect(await end(first, held.id)).toBe("association-moving");
    expect(await codeOf(associate(second, "01"))).toBe("segregation-code-taken");
    const next = await associate(second, "02");
    await world.settle();
    expect(await receives()).toEqual(["01 moving", "02"]);
    expect(await fewestDuring(cutOver)).toBe(2);
    expect([await receives(), await intermediary()]).toEqual([["01 moving", "02 moving"], second.id]);
    expect(await end(second, next.id)).toBe("association-moving");
    expect(await fewestDuring(complete)).toBe(1);
    expect(await receives()).toEqual(["02"]);
  });

  it("keeps the first where the second has associated nothing, and lets it go when it has", async () => {
    const { second, associate, receives, fewestDuring } = await begin();
    expect(await fewestDuring(cutOver)).toBe(1);
    expect(await fewestDuring(complete)).toBe(1);
    expect(await receives()).toEqual(["01 moving"]);
    const late = async () => {
      await associate(second, "03");
      await world.settle();
    };
    expect(await fewestDuring(late)).toBe(1);
    expect(await receives()).toEqual(["03"]);
  });

  it("goes back as it was", async () => {
    const { town, first, second, plan, associate, receives, fewestDuring, intermediary, now } = await begin();
    await associate(second, "02");
    await cutOver();
    const back = async () => {
      await (await now(town)).call(api.delegations.moves.back, {
        params: { institutionId: town.id, moveId: plan.id },
        body: { reason: "Non risponde" },
      });
      await world.settle();
    };
    expect(await fewestDuring(back)).toBe(1);
    expect([await receives(), await intermediary()]).toEqual([["01"], first.id]);
  });
});
