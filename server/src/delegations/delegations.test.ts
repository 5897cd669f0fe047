import { api, isProblem, type Permission } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyChain } from "../audit/index.ts";
import { hashOfSession } from "../platform/http.ts";
import { makeWorld, type SignedIn, type World } from "../testing/world.ts";

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
const scope = { permissions: ["pagopa:ibans:read"] as Permission[], environment: "test" as const };
const at = (party: Party, delegationId?: string) => ({
  params: { institutionId: party.id, delegationId: delegationId ?? "" },
});
const offer = (who: SignedIn, from: Party, to: Party, more: object = {}) =>
  who.call(api.delegations.offer, {
    params: { institutionId: from.id },
    body: { partnerId: to.id, productId: "pagopa", ...scope, ...more },
  });
const stepUp = (who: SignedIn) =>
  world.database.asSystem(({ connection }) =>
    connection.query("update sessions set step_up_until = now() + interval '10 minutes' where id_hash = $1", [
      hashOfSession(who.cookie.split("=")[1]!),
    ]),
  );
const readIbans = (who: SignedIn, of: Party, mandate: string, environment: "test" | "production" = "test") =>
  who.call(api.pagopa.ibans.list, { params: { institutionId: of.id }, query: { environment }, mandate });

describe("a delegation", () => {
  it("is offered, accepted, changed, suspended, resumed and revoked, and both sides keep it in their trail", async () => {
    const [town, firm] = [await world.municipality("Comune di Borgo Esempio"), await world.partner("Nuvola Campione")];
    const [giver, taker] = [await town.admin(), await firm.admin()];
    const offered = await offer(giver, town, firm, { endsAt: "2099-12-31T22:59:59.000Z" });
    expect(offered).toMatchObject({
      state: "offered",
      side: "delegator",
      beginsAt: null,
      partner: { name: "Nuvola Campione" },
      tasks: [{ side: "partner", task: "answer" }],
    });
    const { id } = offered;
    expect(await codeOf(giver.call(api.delegations.accept, at(town, id)))).toBe("delegation-other-side");
    const accepted = await taker.call(api.delegations.accept, at(firm, id));
    expect(accepted).toMatchObject({ state: "active", side: "partner", tasks: [{ side: "partner", task: "assign" }] });
    expect(accepted.beginsAt).not.toBeNull();
    const change = { ...scope, environment: "both" as const, reason: "Si parte" };
    expect(await codeOf(taker.call(api.delegations.change, { ...at(firm, id), body: change, version: 2 }))).toBe(
      "delegation-other-side",
    );
    expect(await codeOf(giver.call(api.delegations.change, { ...at(town, id), body: change, version: 1 }))).toBe(
      "version-stale",
    );
    const changed = await giver.call(api.delegations.change, { ...at(town, id), body: change, version: 2 });
    expect(changed).toMatchObject({ environment: "both", endsAt: null, reason: "Si parte", version: 3 });
    const why = { body: { reason: "Verifica" } };
    expect(await codeOf(taker.call(api.delegations.suspend, { ...at(firm, id), ...why }))).toBe(
      "delegation-other-side",
    );
    expect(await giver.call(api.delegations.suspend, { ...at(town, id), ...why })).toMatchObject({
      state: "suspended",
    });
    expect(await codeOf(giver.call(api.delegations.suspend, { ...at(town, id), ...why }))).toBe("delegation-state");
    expect(await giver.call(api.delegations.resume, at(town, id))).toMatchObject({ state: "active", reason: "" });
    expect(await giver.call(api.delegations.revoke, { ...at(town, id), ...why })).toMatchObject({ state: "revoked" });
    expect(await codeOf(taker.call(api.delegations.accept, at(firm, id)))).toBe("delegation-state");
    for (const [who, party] of [
      [giver, town],
      [taker, firm],
    ] as const) {
      const told = (await who.call(api.audit.trail, { params: { institutionId: party.id }, query: { limit: 50 } }))
        .items;
      expect(told.map((l) => l.action).filter((a) => a.startsWith("delegations."))).toEqual(
        ["revoked", "resumed", "suspended", "changed", "accepted", "offered"].map((w) => `delegations.delegation.${w}`),
      );
      expect(await verifyChain(world.database, party.id)).toMatchObject({ whole: true });
    }
  });

  it("is asked for by the partner, and answered by the institution", async () => {
    const [town, firm] = [await world.municipality(), await world.partner()];
    const [giver, taker] = [await town.admin(), await firm.admin()];
    const ask = (taxCode: string) =>
      taker.call(api.delegations.ask, {
        params: { institutionId: firm.id },
        body: { taxCode, productId: "pagopa", ...scope },
      });
    expect(await codeOf(ask("00000000000"))).toBe("input-invalid");
    expect(await codeOf(ask((await world.body()).taxCode))).toBe("delegation-institution-not-joined");
    const { id } = await ask(town.body.taxCode);
    expect(await codeOf(ask(town.body.taxCode))).toBe("delegation-already-open");
    expect(await codeOf(taker.call(api.delegations.accept, at(firm, id)))).toBe("delegation-other-side");
    expect(await giver.call(api.delegations.refuse, { ...at(town, id), body: { reason: "Non ora" } })).toMatchObject({
      state: "refused",
      reason: "Non ora",
    });
    const again = await ask(town.body.taxCode);
    expect(await codeOf(giver.call(api.delegations.withdraw, at(town, again.id)))).toBe("delegation-other-side");
    expect(await giver.call(api.delegations.accept, at(town, again.id))).toMatchObject({ state: "active" });
    await world.settle();
    expect(world.sent.some((m) => m.subject.includes("chiede la delega su"))).toBe(false);
  });

  it("tells the other side by mail, each thing once, and in both languages where there are two", async () => {
    const [town, north, firm] = [await world.municipality(), await world.municipality(), await world.partner()];
    const giver = await town.admin();
    const taker = await firm.admin();
    await world.database.asSystem(({ connection }) =>
      connection.query("insert into contacts (person_id, institution_id, email, email_index) values ($1, $2, $3, $4)", [
        taker.id,
        firm.id,
        world.cipher.seal(taker.name.email),
        world.cipher.index("mail", taker.name.email),
      ]),
    );
    const { id } = await offer(giver, town, firm);
    await world.settle();
    await world.settle();
    const letters = () => world.sent.filter((m) => m.to === taker.name.email);
    // The first offer is a thing to do, which the inbox mails: not told a second time.
    expect(letters()).toHaveLength(1);
    expect(letters()[0]!.text).toContain("enti-gestiti");
    await world.database.asSystem(({ connection }) =>
      connection.query("update institutions set zip_code = '39100' where id = any ($1)", [[firm.id]]),
    );
    const second = await offer(await north.admin(), north, firm);
    await world.settle();
    await world.settle();
    expect(letters()).toHaveLength(2);
    expect(letters()[1]!.subject).toBe(
      `${north.body.name} ti offre la delega su pagoPA / ${north.body.name} bietet Ihnen die Vollmacht für pagoPA an`,
    );
    expect(letters()[1]!.text).toContain(`/enti/${firm.id}/enti-gestiti/${second.id}`);
    await giver.call(api.delegations.withdraw, at(town, id));
  });

  it("never of oneself, nor to who is no partner there, nor back to where it came from", async () => {
    const [town, firm, other] = [await world.municipality(), await world.partner(), await world.partner()];
    const giver = await town.admin();
    expect(await codeOf(offer(giver, town, town))).toBe("delegation-own");
    expect(await codeOf(offer(giver, town, await world.municipality()))).toBe("delegation-partner-not-joined");
    expect(await codeOf(offer(giver, town, { ...firm, id: crypto.randomUUID() }))).toBe(
      "delegation-partner-not-joined",
    );
    await world.delegate(firm, other);
    expect(await codeOf(offer(await other.admin(), other, firm))).toBe("delegation-cycle");
    const third = await world.partner();
    await world.delegate(other, third);
    expect(await codeOf(offer(await third.admin(), third, firm))).toBe("delegation-cycle");
    await world.database.asSystem(({ connection }) =>
      connection.query("update institution_products set state = 'ended' where institution_id = $1", [town.id]),
    );
    expect(await codeOf(offer(giver, town, firm))).toBe("product-not-active");
  });

  it("names only what exists and may be given", async () => {
    const [town, firm] = [await world.municipality(), await world.partner()];
    const giver = await town.admin();
    const why = async (more: object) => {
      const { code, facts } = await refusal(offer(giver, town, firm, more));
      return [code, facts["why"]];
    };
    expect(await why({ permissions: ["institution:people:write"] })).toEqual([
      "delegation-scope-unknown",
      "permission",
    ]);
    expect(await why({ permissions: [] })).toEqual(["delegation-scope-unknown", "empty"]);
    expect(await why({ permissions: ["pagopa:nothing:read"] })).toEqual(["input-invalid", undefined]);
    expect(await why({ resources: ["99900001373_01"] })).toEqual(["delegation-scope-unknown", "resource"]);
    expect(await why({ permissions: ["pagopa:ibans:write"] })).toEqual(["delegation-delicate", undefined]);
    expect(await why({ productId: "interop" })).toEqual(["product-not-active", undefined]);
    expect(await why({ endsAt: "2020-01-01T00:00:00Z" })).toEqual(["dates-out-of-order", undefined]);
    expect(await why({ beginsAt: "2098-01-01T00:00:00Z", endsAt: "2097-01-01T00:00:00Z" })).toEqual([
      "dates-out-of-order",
      undefined,
    ]);
  });

  it("is one for each environment, however many ask at once, and is accepted once", async () => {
    const [town, firm] = [await world.municipality(), await world.partner()];
    const [giver, taker] = [await town.admin(), await firm.admin()];
    const answers = await Promise.all(Array.from({ length: 6 }, () => codeOf(offer(giver, town, firm))));
    expect(answers.sort()).toEqual([...Array<string>(5).fill("delegation-already-open"), "done"]);
    expect(await codeOf(offer(giver, town, firm, { environment: "both" }))).toBe("delegation-already-open");
    const inProduction = await offer(giver, town, firm, { environment: "production" });
    const [test] = (
      await giver.call(api.delegations.list, { params: { institutionId: town.id }, query: {} })
    ).items.filter((d) => d.environment === "test");
    const accepts = await Promise.all(
      Array.from({ length: 4 }, () => codeOf(taker.call(api.delegations.accept, at(firm, test!.id)))),
    );
    expect(accepts.sort()).toEqual([...Array<string>(3).fill("delegation-state"), "done"]);
    expect(
      await codeOf(
        giver.call(api.delegations.change, {
          ...at(town, inProduction.id),
          body: { ...scope, environment: "both" },
          version: 1,
        }),
      ),
    ).toBe("delegation-already-open");
  });

  it("ends by itself on its day, and an offer that nobody answers too", async () => {
    const own = await makeWorld();
    try {
      const [town, firm] = [await own.municipality(), await own.partner()];
      const soon = new Date(Date.now() + 600_000).toISOString();
      const id = await own.delegate(town, firm, { endsAt: soon, environment: "test" });
      const technician = await firm.member("read-only", { productId: "pagopa" });
      const read = () =>
        refusal(
          technician.call(api.pagopa.ibans.list, {
            params: { institutionId: town.id },
            query: { environment: "test" },
            mandate: id,
          }),
        );
      expect((await read()).code).toBe("done");
      own.pass(900_000);
      // The moment itself ends it, before any clock of ours has run.
      expect(await read()).toMatchObject({ code: "mandate-not-active", facts: { state: "expired" } });
      const offered = await own.delegate(town, firm, { environment: "production", accept: false });
      await own.schedule("delegations:expire");
      const giver = await town.admin();
      const one = (delegationId: string) =>
        giver.call(api.delegations.read, { params: { institutionId: town.id, delegationId } });
      expect(await one(id)).toMatchObject({ state: "expired" });
      expect(await one(offered)).toMatchObject({ state: "offered" });
      own.pass(61 * 86_400_000);
      await own.schedule("delegations:expire");
      const later = await town.admin();
      expect(
        await later.call(api.delegations.read, { params: { institutionId: town.id, delegationId: offered } }),
      ).toMatchObject({ state: "expired" });
    } finally {
      await own.close();
    }
  });

  it("gives the writing of IBANs only by two people who confirmed who they are", async () => {
    const [town, firm] = [await world.municipality(), await world.partner()];
    const id = await world.delegate(town, firm);
    const [one, two] = [await town.admin(), await town.admin()];
    const entrust = (who: SignedIn) =>
      who.call(api.delegations.entrust, { ...at(town, id), body: { permissions: ["pagopa:ibans:write"] } });
    expect(await codeOf(entrust(one))).toBe("step-up-needed");
    await stepUp(one);
    expect(await codeOf(entrust(one))).toBe("second-person-needed");
    const { id: proposalId } = await one.call(api.proposals.propose, {
      params: { institutionId: town.id },
      body: {
        endpoint: "delegations.entrust",
        params: { delegationId: id },
        body: { permissions: ["pagopa:ibans:write"] },
      },
    });
    const approve = (who: SignedIn) =>
      who.call(api.proposals.approve, { params: { institutionId: town.id, proposalId }, body: {} });
    expect(await codeOf(approve(one))).toBe("proposal-own");
    expect(await codeOf(approve(two))).toBe("step-up-needed");
    await stepUp(two);
    await approve(two);
    const technician = await world.confirm(await firm.member("administrator", { productId: "pagopa" }));
    const register = (environment: "test" | "production") =>
      technician.call(api.pagopa.ibans.register, {
        params: { institutionId: town.id },
        query: { environment },
        body: { iban: "IT60X0542811101000000123456", description: "Conto", validFrom: "2099-01-01" },
        mandate: id,
      });
    expect((await register("test")).iban).toBe("IT60X0542811101000000123456");
    // Taken away it needs neither, and holds from the next request.
    const { version } = await one.call(api.delegations.read, at(town, id));
    await one.call(api.delegations.change, { ...at(town, id), body: { ...scope, environment: "both" }, version });
    expect(await refusal(register("production"))).toMatchObject({
      code: "mandate-out-of-scope",
      facts: { why: "permission" },
    });
  });
});

describe("somebody of a partner", () => {
  it("holds exactly profile ∩ scope ∩ dates, and is told which of them is missing", async () => {
    const [town, firm, elsewhere] = [await world.municipality(), await world.partner(), await world.municipality()];
    const id = await world.delegate(town, firm, { environment: "test", assign: false });
    const technician = await firm.member("read-only", { productId: "pagopa" });
    expect(await refusal(readIbans(technician, town, id))).toMatchObject({
      code: "mandate-not-assigned",
      facts: { institution: town.body.name, partner: firm.body.name },
    });
    const taker = await firm.admin();
    const assign = (body: object) =>
      taker.call(api.delegations.assignments.make, {
        params: { institutionId: firm.id },
        body: { productId: "pagopa", ...body },
      });
    const made = await assign({ personId: technician.id, delegationId: id });
    expect(await codeOf(assign({ personId: technician.id, delegationId: id }))).toBe("assignment-repeated");
    expect(await codeOf(readIbans(technician, town, id))).toBe("done");
    expect(await refusal(readIbans(technician, town, id, "production"))).toMatchObject({
      code: "mandate-out-of-scope",
      facts: { why: "environment" },
    });
    // The delegation of one institution opens no other, and without naming it nothing opens.
    expect(await codeOf(readIbans(technician, elsewhere, id))).toBe("mandate-unknown");
    const bare = technician.call(api.pagopa.ibans.list, {
      params: { institutionId: town.id },
      query: { environment: "test" },
    });
    expect(await codeOf(bare)).toBe("permission-missing");
    // What is the institution's own is never delegated.
    expect(
      await refusal(
        technician.call(api.people.list, { params: { institutionId: town.id }, query: {}, mandate: id } as never),
      ),
    ).toMatchObject({ code: "mandate-out-of-scope", facts: { why: "own-people" } });
    // The profile at the partner is the other limit: an operator holds nothing on pagoPA.
    const operator = await firm.member("operator", { productId: "pagopa" });
    await assign({ personId: operator.id });
    expect(await refusal(readIbans(operator, town, id))).toMatchObject({
      code: "permission-missing",
      facts: { permission: "pagopa:ibans:read", partner: firm.body.name },
    });
    await taker.call(api.delegations.assignments.end, { params: { institutionId: firm.id, assignmentId: made.id } });
    expect(await codeOf(readIbans(technician, town, id))).toBe("mandate-not-assigned");
  });

  it("serves by person, by group, or by a rule for all, also those who come later", async () => {
    const [town, later, firm] = [await world.municipality(), await world.municipality(), await world.partner()];
    const id = await world.delegate(town, firm, { assign: false });
    const taker = await firm.admin();
    const groupId = await world.database.asSystem(
      async ({ connection }) =>
        (
          await connection.query<{ id: string }>(
            "insert into groups (institution_id, product_id, name, profile, made_at) values ($1, 'pagopa', 'Turno', 'read-only', now()) returning id",
            [firm.id],
          )
        ).rows[0]!.id,
    );
    const inGroup = await firm.member("read-only", { productId: "pagopa", groupId });
    const alone = await firm.member("read-only", { productId: "pagopa" });
    const assign = (body: object) =>
      taker.call(api.delegations.assignments.make, {
        params: { institutionId: firm.id },
        body: { productId: "pagopa", ...body },
      });
    expect(await codeOf(assign({ groupId, personId: alone.id }))).toBe("assignment-of-both");
    expect(await codeOf(assign({ groupId: crypto.randomUUID() }))).toBe("group-unknown");
    expect(await codeOf(assign({ personId: (await world.person()).id }))).toBe("person-unknown");
    expect(await codeOf(assign({ delegationId: crypto.randomUUID() }))).toBe("delegation-unknown");
    await assign({ groupId, delegationId: id });
    expect(await codeOf(readIbans(inGroup, town, id))).toBe("done");
    expect(await codeOf(readIbans(alone, town, id))).toBe("mandate-not-assigned");
    await world.database.asSystem(({ connection }) =>
      connection.query("update groups set state = 'suspended' where id = $1", [groupId]),
    );
    expect(["permission-missing", "mandate-not-assigned"]).toContain(await codeOf(readIbans(inGroup, town, id)));
    await assign({ personId: alone.id });
    const next = await world.delegate(later, firm, { assign: false });
    expect(await codeOf(readIbans(alone, later, next))).toBe("done");
    const mine = (await alone.call(api.delegations.mandates.list, { query: {} })).items;
    expect(mine.map((m) => m.delegationId).sort()).toEqual([id, next].sort());
  });

  it("stops at the very next request: removed while working, the partner gone, the delegation suspended or revoked", async () => {
    const [town, firm] = [await world.municipality(), await world.partner()];
    const id = await world.delegate(town, firm);
    const technician = await firm.member("read-only", { productId: "pagopa" });
    const giver = await town.admin();
    const now = () => refusal(readIbans(technician, town, id));
    expect((await now()).code).toBe("done");
    await giver.call(api.delegations.suspend, { ...at(town, id), body: { reason: "Verifica in corso" } });
    expect(await now()).toMatchObject({
      code: "mandate-not-active",
      facts: { state: "suspended", reason: "Verifica in corso" },
    });
    await giver.call(api.delegations.resume, at(town, id));
    expect((await now()).code).toBe("done");
    const set = (sql: string) => world.database.asSystem(({ connection }) => connection.query(sql, [firm.id]));
    await set("update institution_products set state = 'ended' where institution_id = $1");
    expect(await now()).toMatchObject({ code: "mandate-not-active", facts: { state: "partner-left" } });
    await set("update institution_products set state = 'active' where institution_id = $1");
    await giver.call(api.delegations.revoke, { ...at(town, id), body: { reason: "Fine" } });
    expect(await now()).toMatchObject({ code: "mandate-not-active", facts: { state: "revoked" } });
    // Tried again after the revocation: the institution finds that too.
    const acts = await giver.call(api.audit.delegated, { params: { institutionId: town.id }, query: { limit: 20 } });
    expect(acts.items[0]).toMatchObject({
      outcome: "refused",
      actor: { partner: firm.body.name },
      facts: { because: "mandate-not-active" },
    });
    const second = await world.delegate(town, firm, { assign: false });
    expect(await codeOf(readIbans(technician, town, second))).toBe("done");
    await set("update memberships set state = 'ended' where institution_id = $1 and profile = 'read-only'");
    expect(await codeOf(readIbans(technician, town, second))).toBe("mandate-unknown");
  });

  it("acts from two tabs for two institutions, and each act goes to the one its request names", async () => {
    const [here, there, firm] = [await world.municipality(), await world.municipality(), await world.partner()];
    const write = ["pagopa:ibans:read", "pagopa:ibans:write"] as Permission[];
    const mandates = new Map<string, string>();
    for (const town of [here, there]) {
      const id = await world.delegate(town, firm, { environment: "test" });
      await world.database.asSystem(({ connection }) =>
        connection.query("update delegations set permissions = $2 where id = $1", [id, write]),
      );
      mandates.set(town.id, id);
    }
    const technician = await world.confirm(await firm.member("administrator", { productId: "pagopa" }));
    const register = (town: Party, mandate: string, n: number) =>
      technician.call(api.pagopa.ibans.register, {
        params: { institutionId: town.id },
        query: { environment: "test" },
        body: { iban: "IT60X0542811101000000123456", description: `Conto ${n}`, validFrom: "2099-01-01" },
        mandate,
        idempotencyKey: "la stessa",
      });
    // A tab that lost its way: one institution on the screen, the other's mandate. Nothing is written anywhere.
    expect(await codeOf(register(here, mandates.get(there.id)!, 0))).toBe("mandate-unknown");
    const answers = await Promise.all([
      register(here, mandates.get(here.id)!, 1).then((i) => i.description),
      codeOf(register(there, mandates.get(there.id)!, 2)),
    ]);
    expect(answers[0]).toBe("Conto 1");
    expect(answers[1]).toBe("done");
    for (const [town, description] of [
      [here, "Conto 1"],
      [there, "Conto 2"],
    ] as const) {
      const ibans = await readIbans(technician, town, mandates.get(town.id)!);
      expect(ibans.items.map((i) => i.description)).toEqual([description]);
      const giver = await town.admin();
      const acts = await giver.call(api.audit.delegated, { params: { institutionId: town.id }, query: {} });
      expect(acts.items).toMatchObject([
        { action: "pagopa.iban.registered", outcome: "done", actor: { partner: firm.body.name } },
      ]);
      expect(acts.items).toHaveLength(1);
    }
  });

  it("leaves a line for every act, found, filtered, exported, and told once a month", async () => {
    const [town, firm] = [await world.municipality(), await world.partner("=Partner Formula S.r.l.")];
    const id = await world.delegate(town, firm, { environment: "test" });
    const technician = await firm.member("read-only", { productId: "pagopa" });
    await codeOf(readIbans(technician, town, id, "production"));
    const giver = await town.admin();
    const acts = (query: object) => giver.call(api.audit.delegated, { params: { institutionId: town.id }, query });
    expect((await acts({})).items).toHaveLength(1);
    expect((await acts({ outcome: "done" })).items).toHaveLength(0);
    expect((await acts({ delegationId: crypto.randomUUID() })).items).toHaveLength(0);
    expect((await acts({ delegationId: id, from: "2020-01-01" })).items).toHaveLength(1);
    expect((await acts({ to: "2020-01-01" })).items).toHaveLength(0);
    const file = await giver.call(api.audit.exportDelegated, { params: { institutionId: town.id }, query: {} });
    const table = await file.text();
    expect(table.split("\r\n").filter(Boolean)).toHaveLength(2);
    expect(table).toContain('"\'=Partner Formula S.r.l."');
    const address = "amministra@posta.example";
    await world.database.asSystem(({ connection }) =>
      connection.query("insert into contacts (person_id, institution_id, email, email_index) values ($1, $2, $3, $4)", [
        giver.id,
        town.id,
        world.cipher.seal(address),
        world.cipher.index("mail", address),
      ]),
    );
    // The second day of the next month, in Rome.
    const today = new Date();
    const second = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 2, 9));
    const { tellMonth } = await import("../audit/monthly.ts");
    await tellMonth(world.parts, second);
    await tellMonth(world.parts, second);
    const letters = world.sent.filter((m) => m.to === address);
    expect(letters).toHaveLength(1);
    expect(letters[0]!.text).toContain("0 fatti, 1 rifiutati");
  });
});

describe("a portfolio", () => {
  it("is found word by word, filtered by what stops it, ordered by date, exported as it is filtered", async () => {
    const firm = await world.partner();
    const taker = await firm.admin();
    const names = ["Comune di Sant’Àgata Prova", "Comune di Prova Agra", "Unione Prova", "Comune di Valle Modello"];
    const towns: Party[] = [];
    for (const name of names) towns.push(await world.municipality(name));
    const soon = new Date(Date.now() + 10 * 86_400_000).toISOString();
    const ids = [
      await world.delegate(towns[0]!, firm, { assign: false, endsAt: soon }),
      await world.delegate(towns[1]!, firm, { assign: false }),
      await world.delegate(towns[2]!, firm, { assign: false, accept: false }),
      await world.delegate(towns[3]!, firm, { assign: false, environment: "test" }),
    ];
    const list = async (query: object) =>
      (await taker.call(api.delegations.received, { params: { institutionId: firm.id }, query })).items.map(
        (i) => i.institution.name,
      );
    expect(await list({})).toEqual([
      "Comune di Prova Agra",
      "Comune di Sant’Àgata Prova",
      "Comune di Valle Modello",
      "Unione Prova",
    ]);
    expect(await list({ search: "aga" })).toEqual(["Comune di Sant’Àgata Prova"]);
    expect(await list({ search: "Àgata comune" })).toEqual(["Comune di Sant’Àgata Prova"]);
    expect(await list({ search: "prova agr" })).toEqual(["Comune di Prova Agra"]);
    expect(await list({ search: towns[3]!.body.taxCode.slice(0, 9) })).toContain("Comune di Valle Modello");
    expect(await list({ search: towns[3]!.body.ipaCode })).toEqual(["Comune di Valle Modello"]);
    expect(await list({ search: "zzz" })).toEqual([]);
    expect(await list({ search: "%" })).toEqual([]);
    expect(await list({ block: "to-accept" })).toEqual(["Unione Prova"]);
    expect(await list({ block: "expiring" })).toEqual(["Comune di Sant’Àgata Prova"]);
    expect(await list({ block: "unassigned" })).toHaveLength(3);
    expect(await list({ environment: "production" })).toHaveLength(3);
    expect((await list({ order: "due" }))[0]).toBe("Comune di Sant’Àgata Prova");
    const pages = async (query: { order?: "name" | "due"; search?: string }) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await taker.call(api.delegations.received, {
          params: { institutionId: firm.id },
          query: { ...query, limit: 1, ...(cursor ? { cursor } : {}) },
        });
        seen.push(...page.items.map((i) => i.institution.name));
        cursor = page.next ?? undefined;
      } while (cursor);
      return seen;
    };
    expect(await pages({})).toHaveLength(4);
    expect(new Set(await pages({ order: "due" })).size).toBe(4);
    // In a name, or in the name of the city: each once.
    expect((await pages({ search: "prova" })).sort()).toEqual([...names].sort());
    const raise = (institutionId: string) =>
      world.database.asSystem(({ connection }) =>
        connection.query(
          "insert into findings (audience, institution_id, kind, severity, product_id, subject, facts, raised_at, due_at) values ('institution', $1, 'agreement-awaiting-signature', 'critical', 'pagopa', 'x', '{\"signer\": \"Ada Abete\"}', now(), now() + interval '2 days')",
          [institutionId],
        ),
      );
    await raise(towns[1]!.id);
    await raise(towns[3]!.id);
    // A finding of Produzione is not shown to who is delegated in Collaudo alone; nor does any fact of it travel.
    const [withFinding, ...rest] = (
      await taker.call(api.delegations.received, {
        params: { institutionId: firm.id },
        query: { finding: "agreement-awaiting-signature" },
      })
    ).items;
    expect(rest).toEqual([]);
    expect(withFinding).toMatchObject({ delegationId: ids[1], findings: [{ severity: "critical" }] });
    expect(JSON.stringify(withFinding)).not.toContain("Ada Abete");
    expect((await list({ order: "due" }))[0]).toBe("Comune di Prova Agra");
    expect(await taker.call(api.delegations.summary, { params: { institutionId: firm.id }, query: {} })).toMatchObject({
      open: 4,
      fine: 0,
      findings: [{ kind: "agreement-awaiting-signature", count: 1 }],
    });
    await taker.call(api.delegations.assignments.make, {
      params: { institutionId: firm.id },
      body: { productId: "pagopa" },
    });
    expect(await list({ block: "none" })).toEqual(["Comune di Valle Modello"]);
    const file = await taker.call(api.delegations.exportReceived, {
      params: { institutionId: firm.id },
      query: { block: "to-accept" },
    });
    const lines = (await file.text()).split("\r\n").filter(Boolean);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain("Unione Prova");
    // Names follow the institution, and so does the search.
    await world.database.asSystem(({ connection }) =>
      connection.query("update institutions set name = 'Comune di Nuovo Nome' where id = $1", [towns[2]!.id]),
    );
    expect(await list({ search: "nuovo" })).toEqual(["Comune di Nuovo Nome"]);
    expect(await list({ search: "unione" })).toEqual([]);
  });

  it("tells each side what is open, and clears it when it is done", async () => {
    const [town, firm] = [await world.municipality(), await world.partner()];
    const [giver, taker] = [await town.admin(), await firm.admin()];
    const kinds = async (who: SignedIn, party: Party) => {
      await world.settle();
      const { items } = await who.call(api.findings.list, { params: { institutionId: party.id } });
      return items.map((f) => f.kind).filter((k) => /delegation|iban/.test(k));
    };
    const { id } = await taker.call(api.delegations.ask, {
      params: { institutionId: firm.id },
      body: { taxCode: town.body.taxCode, productId: "pagopa", ...scope },
    });
    expect(await kinds(giver, town)).toEqual(["delegation-asked"]);
    await giver.call(api.delegations.accept, at(town, id));
    expect(await kinds(giver, town)).toEqual(["iban-missing"]);
    const stopped = await taker.call(api.delegations.received, {
      params: { institutionId: firm.id },
      query: { block: "finding" },
    });
    expect(stopped.items).toMatchObject([{ findings: [{ kind: "iban-missing", severity: "critical" }] }]);
    // The partner may only read: it is the institution that must add the account, and both see so.
    expect((await taker.call(api.delegations.read, at(firm, id))).tasks).toEqual([
      { side: "partner", task: "assign", finding: null, environment: null, dueAt: null },
      { side: "delegator", task: "finding", finding: "iban-missing", environment: "test", dueAt: null },
    ]);
    const writer = await world.confirm(await town.member("administrator", { productId: "pagopa" }));
    await writer.call(api.pagopa.ibans.register, {
      params: { institutionId: town.id },
      query: { environment: "test" },
      body: { iban: "IT60X0542811101000000123456", description: "Conto", validFrom: "2099-01-01" },
    });
    expect(await kinds(giver, town)).toEqual([]);
    const version = (await giver.call(api.delegations.read, at(town, id))).version;
    const soon = new Date(Date.now() + 5 * 86_400_000).toISOString();
    await giver.call(api.delegations.change, { ...at(town, id), body: { ...scope, endsAt: soon }, version });
    expect(await kinds(giver, town)).toEqual(["delegation-expiring"]);
    await offer(giver, town, firm, { environment: "production" });
    expect(await kinds(taker, firm)).toEqual(["delegations-offered"]);
    await taker.call(api.delegations.revoke, { ...at(firm, id), body: { reason: "Non seguiamo più questo ente" } });
    expect(await kinds(giver, town)).toEqual([]);
  });

  it("shows a mandate to who may use it, with what they hold", async () => {
    const [town, firm] = [await world.municipality(), await world.partner()];
    const id = await world.delegate(town, firm, { environment: "test" });
    const technician = await firm.member("read-only", { productId: "pagopa" });
    const read = (who: SignedIn) => who.call(api.delegations.mandates.read, { params: { delegationId: id } });
    expect(await read(technician)).toMatchObject({
      institution: { name: town.body.name },
      partner: { name: firm.body.name },
      environment: "test",
      permissions: ["pagopa:ibans:read"],
      held: ["pagopa:ibans:read"],
    });
    expect((await read(await firm.member("operator", { productId: "pagopa" }))).held).toEqual([]);
    expect(await codeOf(read(await town.admin()))).toBe("delegation-unknown");
    expect(await codeOf(read(await world.person()))).toBe("delegation-unknown");
  });
});
