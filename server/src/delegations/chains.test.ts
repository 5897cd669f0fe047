import { api, isProblem } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorld, type SignedIn, type World } from "../testing/world.ts";

/* A partner of an aggregator serves its aggregates only where the aggregator's delegation says so. */
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

type Party = Awaited<ReturnType<World["municipality"]>>;
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ code: "done", facts: {} as Record<string, unknown> }),
    (e: unknown) => {
      if (isProblem(e)) return { code: e.code as string, facts: e.facts as Record<string, unknown> };
      throw e;
    },
  );
const codeOf = async (promise: Promise<unknown>) => (await refusal(promise)).code;
const scope = { permissions: ["pagopa:ibans:read" as const], environment: "test" as const };
const at = (party: Party, delegationId: string) => ({ params: { institutionId: party.id, delegationId } });
/** As the signed file leaves it: joined under the agreement of another. */
const aggregate = (one: Party, under: Party | null) =>
  world.database.asSystem(({ connection }) =>
    connection.query(
      "update institution_products set aggregator_id = $2 where institution_id = $1 and product_id = 'pagopa'",
      [one.id, under?.id ?? null],
    ),
  );
const ibansOf = (who: SignedIn, of: Party, mandate: string, environment: "test" | "production" = "test") =>
  who.call(api.pagopa.ibans.list, { params: { institutionId: of.id }, query: { environment }, mandate });
const change = async (giver: SignedIn, party: Party, id: string, more: object) => {
  const { version } = await giver.call(api.delegations.read, at(party, id));
  return giver.call(api.delegations.change, { ...at(party, id), body: { ...scope, ...more }, version });
};

describe("a chain", () => {
  it("reaches the aggregates where the aggregator says so, and everybody sees who acts and why", async () => {
    const [union, town, elsewhere, firm] = [
      await world.municipality("Unione di Comuni"),
      await world.municipality("Comune Aggregato"),
      await world.municipality(),
      await world.partner(),
    ];
    await aggregate(town, union);
    const giver = await union.admin();
    const mayor = await town.admin();
    const id = await world.delegate(union, firm, { environment: "test" });
    const technician = await firm.member("administrator", { productId: "pagopa" });
    const told = async () =>
      (
        await mayor.call(api.delegations.throughAggregator, { params: { institutionId: town.id }, query: {} })
      ).items.map((d) => [d.aggregator.name, d.partner.name, d.state]);

    // Not configured: the aggregator alone, and the refusal says whom to ask.
    expect(await codeOf(ibansOf(technician, union, id))).toBe("done");
    expect(await refusal(ibansOf(technician, town, id))).toMatchObject({
      code: "mandate-out-of-scope",
      facts: { why: "aggregates", institution: town.body.name },
    });
    expect(await codeOf(ibansOf(technician, elsewhere, id))).toBe("mandate-unknown");
    expect(await told()).toEqual([]);

    expect(await change(giver, union, id, { aggregates: true })).toMatchObject({ aggregates: true });
    expect(await codeOf(ibansOf(technician, town, id))).toBe("done");
    // Within the same limits, and of nobody who is not its aggregate.
    expect(await refusal(ibansOf(technician, town, id, "production"))).toMatchObject({ facts: { why: "environment" } });
    expect(await codeOf(ibansOf(technician, elsewhere, id))).toBe("mandate-unknown");
    expect(await told()).toEqual([[union.body.name, firm.body.name, "active"]]);

    // The technician finds for whom it holds, and sees through whom.
    const served = await technician.call(api.delegations.mandates.aggregates, {
      params: { delegationId: id },
      query: { search: "aggregato" },
    });
    expect(served.items).toMatchObject([{ id: town.id, name: town.body.name }]);
    const mandate = (institutionId: string) =>
      technician.call(api.delegations.mandates.read, { params: { delegationId: id }, query: { institutionId } });
    expect(await mandate(town.id)).toMatchObject({
      institution: { id: town.id, name: town.body.name },
      through: { name: union.body.name },
      held: ["pagopa:ibans:read"],
    });
    expect(await codeOf(mandate(elsewhere.id))).toBe("delegation-unknown");

    // What was refused stands in the trail of the aggregate, with the partner's name.
    const acts = await mayor.call(api.audit.delegated, { params: { institutionId: town.id }, query: {} });
    expect(acts.items.map((l) => [l.action, l.actor.partner])).toContainEqual(["permission.refused", firm.body.name]);

    // The partner keeps its own book, across institutions; nobody else's acts are in it.
    const book = await (await firm.admin()).call(api.audit.asPartner, {
      params: { institutionId: firm.id },
      query: { outcome: "refused" },
    });
    expect(new Set(book.items.map((l) => l.institution.name))).toEqual(new Set([town.body.name]));
    expect(book.items.every((l) => l.actor.partner === firm.body.name)).toBe(true);
    const others = await giver.call(api.audit.asPartner, { params: { institutionId: union.id }, query: {} });
    expect(others.items).toEqual([]);

    // It holds as long as both links do: suspended, narrowed, revoked, no longer an aggregate. Each from the next request.
    const reason = { body: { reason: "Verifica" } };
    await giver.call(api.delegations.suspend, { ...at(union, id), ...reason });
    expect(await codeOf(ibansOf(technician, town, id))).toBe("mandate-not-active");
    expect(await told()).toEqual([[union.body.name, firm.body.name, "suspended"]]);
    await giver.call(api.delegations.resume, at(union, id));
    await change(giver, union, id, { aggregates: false });
    expect(await codeOf(ibansOf(technician, town, id))).toBe("mandate-out-of-scope");
    await change(giver, union, id, { aggregates: true });
    await aggregate(town, null);
    expect(await codeOf(ibansOf(technician, town, id))).toBe("mandate-unknown");
    expect(await told()).toEqual([]);
    await aggregate(town, union);
    expect(await codeOf(ibansOf(technician, town, id))).toBe("done");
    await giver.call(api.delegations.revoke, { ...at(union, id), ...reason });
    expect(await codeOf(ibansOf(technician, town, id))).toBe("mandate-not-active");
    expect(await told()).toEqual([]);
  });

  it("never carries what moves money, even where the aggregator entrusted it", async () => {
    const [union, town, firm] = [await world.municipality(), await world.municipality(), await world.partner()];
    await aggregate(town, union);
    const id = await world.delegate(union, firm, { environment: "test" });
    await world.database.asSystem(({ connection }) =>
      connection.query("update delegations set aggregates = true, permissions = $2 where id = $1", [
        id,
        ["pagopa:ibans:read", "pagopa:ibans:write"],
      ]),
    );
    const technician = await firm.member("administrator", { productId: "pagopa" });
    const register = (of: Party) =>
      technician.call(api.pagopa.ibans.register, {
        params: { institutionId: of.id },
        query: { environment: "test" },
        body: { iban: "IT60X0542811101000000123456", description: "Conto", validFrom: "2099-01-01" },
        mandate: id,
      });
    // Money is moved by who confirmed who they are; being delegated too far is said before that.
    await world.confirm(technician);
    expect(await codeOf(register(union))).toBe("done");
    expect(await refusal(register(town))).toMatchObject({ code: "mandate-out-of-scope", facts: { why: "permission" } });
    expect(await codeOf(ibansOf(technician, town, id))).toBe("done");
  });

  it("never comes back: not to itself, not through an aggregate, not by widening later", async () => {
    const [union, firm, other] = [await world.municipality(), await world.partner(), await world.partner()];
    // A partner that the union aggregated would be served by itself.
    await aggregate(firm, union);
    const giver = await union.admin();
    const offer = (to: Party, aggregates: boolean) =>
      giver.call(api.delegations.offer, {
        params: { institutionId: union.id },
        body: { partnerId: to.id, productId: "pagopa", ...scope, aggregates },
      });
    expect(await codeOf(offer(firm, true))).toBe("delegation-cycle");
    const { id } = await offer(firm, false);
    await (await firm.admin()).call(api.delegations.accept, at(firm, id));
    expect(await codeOf(change(giver, union, id, { aggregates: true }))).toBe("delegation-cycle");
    // The firm is served by who serves its aggregator: it cannot be who that one delegates to.
    const widely = await offer(other, true);
    await (await other.admin()).call(api.delegations.accept, at(other, widely.id));
    const back = (await other.admin()).call(api.delegations.offer, {
      params: { institutionId: other.id },
      body: { partnerId: firm.id, productId: "pagopa", ...scope },
    });
    expect(await codeOf(back)).toBe("delegation-cycle");
    // Nobody of the firm acts for the firm by the union's delegation.
    const own = await firm.member("administrator", { productId: "pagopa" });
    expect(await codeOf(ibansOf(own, firm, id))).toBe("mandate-unknown");
  });
});
