import { api, CORRECTION_DAYS } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, type World } from "../testing/world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const sent = async () => {
  const body = await world.body();
  const who = await world.person();
  const { id } = await who.call(api.onboarding.submit, { body: world.request(body) });
  await world.settle();
  const at = { params: { onboardingId: id } };
  /** Who comes back later enters anew. */
  const again = () => world.person(who.name);
  const letters = () => world.sent.filter((m) => m.to === body.pec && /da firmare/.test(m.subject));
  return { body, who, id, at, again, letters };
};
const tick = async () => {
  await world.schedule("onboarding:remind");
  await world.schedule("onboarding:expire");
  await world.settle();
};

describe("the time to sign", () => {
  it("is remembered on the days that the product says, each once, with links that still work", async () => {
    const { letters, again, at } = await sent();
    expect(letters()).toHaveLength(1);
    await tick();
    expect(letters()).toHaveLength(1);
    world.pass(23.5 * DAY);
    await tick();
    await tick();
    expect(letters().map((m) => m.subject.split(":")[0])).toEqual([expect.any(String), "Mancano 7 giorni"]);
    world.pass(5 * DAY);
    await tick();
    await tick();
    expect(letters().at(-1)!.subject).toMatch(/^Mancano 2 giorni/);
    expect(letters()).toHaveLength(3);
    const link = /\/accordo\/(\S+)/.exec(letters().at(-1)!.text)![1]!;
    expect(await world.anonymous(api.onboarding.links.read, { body: { token: link } })).toMatchObject({
      purpose: "sign",
    });
    world.pass(2 * DAY);
    await tick();
    expect(await (await again()).call(api.onboarding.read, at)).toMatchObject({ state: "expired" });
    expect(letters()).toHaveLength(3);
  });

  it("sends one reminder when the portal slept through the first", async () => {
    const { letters } = await sent();
    world.pass(28.5 * DAY);
    await tick();
    expect(
      letters()
        .map((m) => m.subject.split(":")[0])
        .slice(1),
    ).toEqual(["Mancano 2 giorni"]);
  });

  it("is made longer once, with new links, and reminded anew", async () => {
    const { letters, again, at } = await sent();
    world.pass(29 * DAY);
    await tick();
    const who = await again();
    const oldTerm = Date.parse((await who.call(api.onboarding.read, at)).expiresAt!);
    const longer = await who.call(api.onboarding.extend, at);
    expect(longer.extended).toBe(true);
    expect(Math.round((Date.parse(longer.expiresAt!) - oldTerm) / DAY)).toBe(29);
    expect(await codeOf(who.call(api.onboarding.extend, at))).toBe("onboarding-extended-already");
    await world.settle();
    expect(letters().at(-1)!.text).toMatch(/^Il tempo per firmare è stato allungato/);
    const first = /\/accordo\/(\S+)/.exec(letters()[0]!.text)![1]!;
    const last = /\/accordo\/(\S+)/.exec(letters().at(-1)!.text)![1]!;
    world.pass(5 * DAY);
    await tick();
    expect(await codeOf(world.anonymous(api.onboarding.links.read, { body: { token: first } }))).toBe("link-expired");
    expect(await world.anonymous(api.onboarding.links.read, { body: { token: last } })).toMatchObject({
      purpose: "sign",
    });
    world.pass(19 * DAY);
    await tick();
    expect(letters().at(-1)!.subject).toMatch(/^Mancano 7 giorni/);
  });

  it("sends the letter again once an hour, to the mailbox that the registry has now", async () => {
    const { body, letters, who, at } = await sent();
    expect((await who.call(api.onboarding.resend, at)).state).toBe("awaiting-signature");
    expect(await codeOf(who.call(api.onboarding.resend, at))).toBe("onboarding-resent-already");
    await world.settle();
    expect(letters()).toHaveLength(2);
    // The mailbox was dead: the body mended it in IndicePA.
    await world.database.asSystem(({ connection }) =>
      connection.query("update registry_bodies set pec = 'viva@pec.example' where ipa_code = $1", [body.ipaCode]),
    );
    world.pass(2 * HOUR);
    await (await world.person(who.name)).call(api.onboarding.resend, at);
    await world.settle();
    expect(letters()).toHaveLength(2);
    expect(world.sent.at(-1)).toMatchObject({ to: "viva@pec.example", kind: "pec" });
  });

  it("is nobody else's, and over when there is nothing to sign", async () => {
    const { at, who } = await sent();
    const stranger = await world.person();
    for (const endpoint of [api.onboarding.resend, api.onboarding.extend])
      expect(await codeOf(stranger.call(endpoint, at))).toBe("onboarding-unknown");
    await who.call(api.onboarding.cancel, at);
    for (const endpoint of [api.onboarding.resend, api.onboarding.extend])
      expect(await codeOf(who.call(endpoint, at))).toBe("onboarding-not-to-sign");
  });

  it("is made longer by one of two who press at once", async () => {
    const { who, at } = await sent();
    const both = await Promise.allSettled([who.call(api.onboarding.extend, at), who.call(api.onboarding.extend, at)]);
    expect(both.filter((o) => o.status === "fulfilled")).toHaveLength(1);
  });
});

describe("the time to correct", () => {
  it("ends too, and both mailbox and applicant know", async () => {
    const body = world.privateOperator();
    const who = await world.person();
    const { id } = await who.call(api.onboarding.submit, { body });
    const at = { params: { onboardingId: id } };
    const { call } = await world.staff(["revisori"]);
    await call(api.reviews.decide, { ...at, body: { outcome: "changes-requested", round: 1, note: "Correggere" } });
    await world.settle();
    const { correctBy } = await who.call(api.reviews.status, at);
    expect(correctBy).not.toBeNull();
    world.pass((CORRECTION_DAYS - 1) * DAY);
    await world.schedule("onboarding:expire-corrections");
    const later = await world.person(who.name);
    expect(await later.call(api.onboarding.read, at)).toMatchObject({ state: "changes-requested" });
    world.pass(2 * DAY);
    await world.schedule("onboarding:expire-corrections");
    await world.schedule("onboarding:expire-corrections");
    await world.settle();
    const last = await world.person(who.name);
    expect(await last.call(api.onboarding.read, at)).toMatchObject({ state: "expired" });
    const told = world.sent.filter((m) => m.to === body.institution.pec && /scaduta/.test(m.subject));
    expect(told).toHaveLength(1);
    expect(told[0]!.text).toContain("Il tempo per correggere");
    expect((await last.call(api.inbox.list, { query: { view: "to-do" } })).items).toEqual([]);
  });
});
