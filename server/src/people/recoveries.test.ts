import { api } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, type SignedIn, type World } from "../testing/world.ts";

const DAY = 86_400_000;
const { recoveries } = api.people;
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

/** A municipality whose administrators are gone for good: they left, and nobody else could be named in time. */
const abandoned = async () => {
  const at = await world.municipality();
  await world.database.asSystem(({ connection }) =>
    connection.query("update memberships set state = 'ended' where institution_id = $1 and profile = 'administrator'", [
      at.id,
    ]),
  );
  return at;
};
type At = Awaited<ReturnType<typeof abandoned>>;
const ask = (who: SignedIn, at: At, more: { says?: "member" | "legal-representative"; email?: string } = {}) =>
  who.call(recoveries.open, {
    body: { code: at.body.taxCode, says: more.says ?? "member", email: more.email ?? who.name.email },
  });
const tokenOf = (at: At) =>
  world
    .linksTo(at.body.pec)
    .find((l) => l.includes("/recupero-pec/"))!
    .split("/recupero-pec/")[1]!;
const confirmByPec = (at: At) => world.anonymous(recoveries.links.confirm, { body: { token: tokenOf(at) } });
const tick = async () => {
  await world.schedule("people:recoveries");
  await world.settle();
};
const read = (who: SignedIn, recoveryId: string) => who.call(recoveries.read, { params: { recoveryId } });

describe("an institution whose administrators are all gone", () => {
  it("is recovered by the PEC and the legal representative, after a waiting that everybody there sees", async () => {
    const at = await abandoned();
    const [colleague, asker] = [await at.member("operator"), await world.person()];
    const mayor = await world.person(at.manager);
    const asked = await ask(asker, at, { email: "chi.chiede@posta.example" });
    expect(asked).toMatchObject({ state: "open", pec: at.body.pec, representativeKnown: true, asksMe: false });
    expect(await codeOf(ask(await world.person(), at))).toBe("recovery-open");
    await world.settle();
    // Everybody who works there is told, in the inbox, and sees it on the institution's page.
    const told = await colleague.call(api.inbox.list, { query: { view: "news" } });
    expect(told.items.map((i) => i.kind)).toContain("recovery-opened");
    const here = await colleague.call(recoveries.here, { params: { institutionId: at.id } });
    expect(here.recovery).toMatchObject({ id: asked.id, person: { id: asker.id } });
    // The PEC and the legal representative were written to; the asker got a receipt.
    expect(world.sent.find((m) => m.to === at.body.pec)?.kind).toBe("pec");
    expect(world.sent.findLast((m) => m.to === at.manager.email)?.text).toContain(`/recupero/${asked.id}`);
    expect(world.sent.findLast((m) => m.to === "chi.chiede@posta.example")?.text).toContain(at.body.pec);

    // The link is read as often as one likes, and confirms once.
    const token = tokenOf(at);
    await world.anonymous(recoveries.links.read, { body: { token } });
    expect((await confirmByPec(at)).state).toBe("open");
    expect(await codeOf(world.anonymous(recoveries.links.confirm, { body: { token } }))).toBe("link-used");
    // Whoever is not the representative cannot stand in for them.
    const params = { recoveryId: asked.id };
    expect(await codeOf(asker.call(recoveries.confirm, { params }))).toBe("not-the-representative");
    expect(await codeOf(colleague.call(recoveries.confirm, { params }))).toBe("recovery-unknown");
    expect((await mayor.call(recoveries.mine, {})).items).toMatchObject([{ id: asked.id, asksMe: true }]);
    const waiting = await mayor.call(recoveries.confirm, { params });
    expect(waiting).toMatchObject({ state: "waiting", vouchedBy: "legal-representative" });
    expect(new Date(waiting.waitsUntil!).getTime() - Date.now()).toBeGreaterThan(4.9 * DAY);
    expect(await codeOf(mayor.call(recoveries.confirm, { params }))).toBe("recovery-closed");
    await world.settle();
    expect((await colleague.call(api.inbox.list, { query: { view: "news" } })).items.map((i) => i.kind)).toContain(
      "recovery-waiting",
    );

    // A moment before its end nothing has changed; at its end they administer the institution and its products.
    world.pass(5 * DAY - 60_000);
    await tick();
    const back = await world.person(colleague.name);
    const early = await back.call(recoveries.here, { params: { institutionId: at.id } });
    expect(early.recovery?.state).toBe("waiting");
    world.pass(61_000);
    await tick();
    const again = await world.person(asker.name);
    expect((await read(again, asked.id)).state).toBe("completed");
    const mine = await again.call(api.people.myInstitutions, {});
    expect(mine.items[0]?.memberships.map((m) => `${m.productId} ${m.profile}`).sort()).toEqual([
      "institution administrator",
      "pagopa administrator",
    ]);
    const trail = await again.call(api.audit.trail, { params: { institutionId: at.id }, query: { limit: 20 } });
    expect(trail.items.map((l) => l.action)).toEqual(
      expect.arrayContaining([
        "people.recovery.opened",
        "people.recovery.confirmed",
        "people.recovery.waiting",
        "people.recovery.completed",
      ]),
    );
    expect(world.sent.findLast((m) => m.to === "chi.chiede@posta.example")?.subject).toContain("Sei amministratore");
    // One who administers is not enough: the institution is nudged to have two.
    const findings = await again.call(api.findings.list, { params: { institutionId: at.id } });
    expect(findings.items.map((f) => f.kind)).toContain("single-administrator");
  });

  it("asked by the legal representative, needs the PEC alone", async () => {
    const at = await abandoned();
    const mayor = await world.person(at.manager);
    const asked = await ask(mayor, at, { says: "legal-representative" });
    expect(asked).toMatchObject({ vouchedBy: "legal-representative", asksMe: false });
    await world.settle();
    expect((await confirmByPec(at)).state).toBe("waiting");
  });

  it("is stopped by whoever works there, by the PEC, by the staff or by who asked; never after its end", async () => {
    const at = await abandoned();
    const [colleague, suspended] = [await at.member("operator"), await at.member("operator", { state: "suspended" })];
    const elsewhere = await (await world.municipality()).member("administrator");
    const support = await world.staff(["assistenza"]);
    const params = { institutionId: at.id };
    const open = async () => {
      const asked = await ask(await world.person(), at);
      await world.settle();
      return { ...params, recoveryId: asked.id };
    };
    const first = await open();
    expect(await codeOf(suspended.call(recoveries.stop, { params: first }))).toBe("not-a-member");
    expect(await codeOf(elsewhere.call(recoveries.stop, { params: first }))).toBe("not-a-member");
    expect(
      await codeOf(
        elsewhere.call(recoveries.stop, {
          params: {
            recoveryId: first.recoveryId,
            institutionId: (await elsewhere.call(api.people.myInstitutions, {})).items[0]!.id,
          },
        }),
      ),
    ).toBe("recovery-unknown");
    expect(await colleague.call(recoveries.stop, { params: first })).toMatchObject({
      state: "stopped",
      stoppedBy: "member",
    });
    expect(await codeOf(colleague.call(recoveries.stop, { params: first }))).toBe("recovery-closed");
    await open();
    const token = tokenOf(at);
    // Confirming does not take away the right to change one's mind.
    await world.anonymous(recoveries.links.confirm, { body: { token } });
    expect((await world.anonymous(recoveries.links.stop, { body: { token } })).stoppedBy).toBe("pec");
    expect(await codeOf(world.anonymous(recoveries.links.stop, { body: { token } }))).toBe("recovery-closed");
    const third = await open();
    expect((await support.call(recoveries.stopByStaff, { params: third })).stoppedBy).toBe("staff");
    const asker = await world.person();
    const own = { recoveryId: (await ask(asker, at)).id };
    await asker.call(recoveries.withdraw, { params: own });
    expect((await read(asker, own.recoveryId)).stoppedBy).toBe("requester");
    // Nothing of all this made anybody an administrator.
    await tick();
    const left = await world.database.asSystem(({ connection }) =>
      connection.query(
        "select 1 from memberships where institution_id = $1 and profile = 'administrator' and state = 'active'",
        [at.id],
      ),
    );
    expect(left.rows).toEqual([]);
  });

  it("is vouched for by the staff where the representative is unknown or another, with a note that stays", async () => {
    const at = await abandoned();
    await world.database.asSystem(({ connection }) =>
      connection.query("update legal_representatives set until = now() where institution_id = $1", [at.id]),
    );
    const asker = await world.person();
    const asked = await ask(asker, at, { says: "legal-representative" });
    expect(asked).toMatchObject({ representativeKnown: false, vouchedBy: null });
    await world.settle();
    expect(world.sent.findLast((m) => m.to === world.config.supportEmail)?.text).toContain("/staff/recuperi");
    await confirmByPec(at);
    const [support, auditor] = [await world.staff(["assistenza"]), await world.staff(["auditor"])];
    const params = { institutionId: at.id, recoveryId: asked.id };
    const body = { note: "Visto il decreto di nomina" };
    expect(await codeOf(auditor.call(recoveries.vouch, { params, body }))).toBe("permission-missing");
    expect((await support.call(recoveries.ofStaff, { query: { state: "open" } })).items.map((r) => r.id)).toContain(
      asked.id,
    );
    expect(await support.call(recoveries.vouch, { params, body })).toMatchObject({
      state: "waiting",
      vouchedBy: "staff",
    });
    expect(await codeOf(support.call(recoveries.vouch, { params, body }))).toBe("recovery-closed");
  });

  it("is refused while an administrator answers, and ends by itself when one comes back", async () => {
    const busy = await world.municipality();
    await busy.admin();
    expect(await codeOf(ask(await world.person(), busy))).toBe("administrators-answer");
    // Silent for longer than a month: the recovery may begin, and they are told.
    const silent = await world.municipality();
    const old = new Date(Date.now() - 400 * DAY);
    const admin = await silent.member("administrator", { beginsAt: old });
    await world.database.asSystem(({ connection }) =>
      connection.query("update memberships set begins_at = $2 where institution_id = $1", [silent.id, old]),
    );
    const asker = await world.person();
    const mayor = await world.person(silent.manager);
    const asked = await ask(asker, silent);
    await world.settle();
    expect((await admin.call(api.inbox.list, { query: { view: "news" } })).items.map((i) => i.kind)).toContain(
      "recovery-opened",
    );
    await confirmByPec(silent);
    await mayor.call(recoveries.confirm, { params: { recoveryId: asked.id } });
    await world.database.asSystem(({ connection }) =>
      connection.query("update persons set last_entered_at = $2 where id = $1", [
        admin.id,
        new Date(new Date(asked.askedAt).getTime() + DAY),
      ]),
    );
    world.pass(6 * DAY);
    await tick();
    expect(await read(await world.person(asker.name), asked.id)).toMatchObject({
      state: "stopped",
      stoppedBy: "administrator",
    });
  });

  it("expires without its confirmations, and one person does not ask without end", async () => {
    const asker = await world.person();
    const places = [await abandoned(), await abandoned(), await abandoned(), await abandoned()];
    const [first] = [await ask(asker, places[0]!), await ask(asker, places[1]!), await ask(asker, places[2]!)];
    expect(await codeOf(ask(asker, places[3]!))).toBe("recoveries-too-many");
    await world.settle();
    const token = tokenOf(places[0]!);
    world.pass(31 * DAY);
    expect(await codeOf(world.anonymous(recoveries.links.confirm, { body: { token } }))).toBe("link-expired");
    await tick();
    const again = await world.person(asker.name);
    expect((await read(again, first!.id)).state).toBe("expired");
    expect(await codeOf(ask(again, { ...places[0]!, body: { ...places[0]!.body, taxCode: "00000000000" } }))).toBe(
      "institution-not-joined",
    );
    expect((await ask(again, places[3]!)).state).toBe("open");
  });

  it("confirms and stops at once take turns: one of them wins, nothing is half done", async () => {
    const at = await abandoned();
    const [colleague, asker] = [await at.member("operator"), await world.person()];
    const mayor = await world.person(at.manager);
    const asked = await ask(asker, at);
    await world.settle();
    await confirmByPec(at);
    const params = { recoveryId: asked.id };
    const both = await Promise.allSettled([
      mayor.call(recoveries.confirm, { params }),
      colleague.call(recoveries.stop, { params: { ...params, institutionId: at.id } }),
    ]);
    expect(both[1].status).toBe("fulfilled");
    expect((await read(asker, asked.id)).state).toBe("stopped");
    const two = await Promise.allSettled([ask(asker, at), ask(await world.person(), at)]);
    expect(two.map((t) => t.status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
