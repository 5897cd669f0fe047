import { api, birthOf } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatInstant } from "../ports/identity/instants.ts";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, type SignedIn, someone, type World } from "../testing/world.ts";
import { deviceOf } from "./device.ts";
import { confirmationOf } from "./step-up.ts";
import { type Answered, cookieOf, inventedProvider, loginsAt } from "./testing/logins.ts";

/* One's own sessions: how many, which, and how they end; and a session that its owner confirms. */
let world: World;
let logins: ReturnType<typeof loginsAt>;
beforeAll(async () => {
  world = await makeWorld();
  const provider = await inventedProvider();
  world.providers.push(provider.idp);
  logins = loginsAt(provider);
});
afterAll(() => world.close());

const identityOf = (fiscalCode: string): Answered => ({
  code: fiscalCode,
  born: birthOf(fiscalCode, new Date())!.date,
});
const text = async (response: Response) => (await response.text()).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

describe("one's own sessions", () => {
  it("are listed with device, scheme and times, and one knows which is this one", async () => {
    const me = identityOf(someone().fiscalCode);
    const first = await logins.entered(world, me);
    const to = await logins.started(world);
    const phone = await logins.brought(world, logins.answered(world, to, me), {
      ...to,
      userAgent:
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Safari/604.1",
    });
    const { items } = await first.call(api.identity.sessions.list, {});
    expect(items).toHaveLength(2);
    expect(items.filter((s) => s.thisOne)).toMatchObject([{ device: null, scheme: "spid", level: 2 }]);
    expect(items.find((s) => !s.thisOne)).toMatchObject({ device: "Safari, iOS" });
    const there = world.callWith({ cookie: cookieOf(phone, "ar_session") });
    expect((await there(api.identity.sessions.list, {})).items.find((s) => s.thisOne)!.device).toBe("Safari, iOS");
  });

  it("end one by one or all the others, at once and for good", async () => {
    const me = identityOf(someone().fiscalCode);
    const [one, two, three] = [
      await logins.entered(world, me),
      await logins.entered(world, me),
      await logins.entered(world, me),
    ];
    const idOf = async (s: typeof one) =>
      (await s.call(api.identity.sessions.list, {})).items.find((i) => i.thisOne)!.id;
    const twoId = await idOf(two);
    await one.call(api.identity.sessions.close, { params: { sessionId: twoId } });
    expect(await codeOf(two.call(api.identity.me, {}))).toBe("session-expired");
    expect(await codeOf(one.call(api.identity.sessions.close, { params: { sessionId: twoId } }))).toBe(
      "session-unknown",
    );
    expect(await one.call(api.identity.sessions.closeOthers, {})).toEqual({ closed: 1 });
    expect(await codeOf(three.call(api.identity.me, {}))).toBe("session-expired");
    expect((await one.call(api.identity.sessions.list, {})).items).toHaveLength(1);
    await one.call(api.identity.sessions.close, { params: { sessionId: await idOf(one) } });
    expect(await codeOf(one.call(api.identity.me, {}))).toBe("session-expired");
  });

  it("are nobody else's to end", async () => {
    const mine = await logins.entered(world, identityOf(someone().fiscalCode));
    const id = (await mine.call(api.identity.sessions.list, {})).items[0]!.id;
    const other = await world.person();
    expect(await codeOf(other.call(api.identity.sessions.close, { params: { sessionId: id } }))).toBe(
      "session-unknown",
    );
    await mine.call(api.identity.me, {});
  });

  it("are five at most: the least used gives way, also to logins at the same moment", async () => {
    const me = identityOf(someone().fiscalCode);
    const first = await logins.entered(world, me);
    for (let i = 0; i < 4; i++) {
      world.pass(1000);
      await logins.entered(world, me);
    }
    await first.call(api.identity.me, {});
    world.pass(1000);
    const asked = await Promise.all([0, 1, 2].map(() => logins.started(world)));
    const came = await Promise.all(asked.map((to) => logins.brought(world, logins.answered(world, to, me), to)));
    expect(came.map((r) => r.status)).toEqual([303, 303, 303]);
    const last = world.callWith({ cookie: cookieOf(came[2]!, "ar_session") });
    expect((await last(api.identity.sessions.list, {})).items).toHaveLength(5);
    expect(await codeOf(first.call(api.identity.me, {}))).toBe("session-expired");
  });

  it("all end when the last membership goes, and not before", async () => {
    const here = await world.municipality();
    const there = await world.municipality();
    const somebody = await here.member("operator");
    await there.member("operator", {}, somebody);
    const again = await logins.entered(world, identityOf(somebody.name.fiscalCode));
    const remove = async (at: typeof here) =>
      (await at.admin()).call(api.people.remove, {
        params: { institutionId: at.id, personId: somebody.id },
        body: { productId: null },
      });
    await remove(here);
    await world.settle();
    await somebody.call(api.identity.me, {});
    await remove(there);
    await world.settle();
    for (const s of [somebody, again]) expect(await codeOf(s.call(api.identity.me, {}))).toBe("session-expired");
    // Who never had a membership keeps working: a newcomer joins for an institution.
    const newcomer = await world.person();
    await newcomer.call(api.identity.me, {});
  });

  it("say the browser and the system, and nothing finer", () => {
    const known: [string, string | null][] = [
      [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
        "Edge, Windows",
      ],
      ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605 Version/17 Safari/605", "Safari, macOS"],
      ["Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox, Linux"],
      ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0 Safari/537.36", "Chrome, Linux"],
      ["Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"],
      ["curl/8.0", null],
      ["", null],
    ];
    for (const [said, device] of known) expect(deviceOf(said)).toBe(device);
    expect(deviceOf(undefined)).toBeNull();
  });
});

describe("a session that its owner confirms", () => {
  const asks = (at: { id: string }, { call }: Pick<SignedIn, "call">) =>
    call(api.people.contacts.change, {
      params: { institutionId: at.id },
      body: { email: "nuova@posta.example" },
      dryRun: true,
    });
  const confirmed = async (who: SignedIn, identity: Answered = identityOf(who.name.fiscalCode)) => {
    const to = await logins.started(world, { cookie: who.cookie, confirming: true, back: "/profilo?a=1" });
    const response = await logins.brought(world, logins.answered(world, to, identity), to);
    const cookie = cookieOf(response, "ar_session");
    return { to, response, cookie, call: world.callWith({ cookie }) };
  };

  it("is asked for by the verb, and then does for ten minutes, under another cookie", async () => {
    const at = await world.municipality();
    const who = await at.member("operator");
    expect(await codeOf(asks(at, who))).toBe("step-up-needed");
    const id = (await who.call(api.identity.sessions.list, {})).items[0]!.id;
    const end = (await who.call(api.identity.me, {})).session.expiresAt;
    const after = await confirmed(who);
    expect([after.response.status, after.response.headers.get("location")]).toEqual([303, "/profilo?a=1"]);
    expect(after.cookie).not.toBe(who.cookie);
    expect(await codeOf(who.call(api.identity.me, {}))).toBe("session-expired");
    await asks(at, after);
    // The same session, with the same end: confirming makes nobody's day longer.
    expect((await after.call(api.identity.sessions.list, {})).items.map((s) => s.id)).toEqual([id]);
    expect((await after.call(api.identity.me, {})).session.expiresAt).toBe(end);
    world.pass(10 * 60_000 + 1000);
    expect(await codeOf(asks(at, after))).toBe("step-up-needed");
  });

  it("is refused to another person, and the session stays as it was", async () => {
    const at = await world.municipality();
    const who = await at.member("operator");
    const { response, cookie } = await confirmed(who, identityOf(someone().fiscalCode));
    expect([response.status, cookie]).toEqual([403, ""]);
    expect(await text(response)).toContain("Ha confermato un’altra persona");
    expect(await codeOf(asks(at, who))).toBe("step-up-needed");
  });

  it("is refused when the provider answers with an authentication of before", async () => {
    const at = await world.municipality();
    const who = await at.member("operator");
    const issued = world.parts.clock();
    const before = (seconds: number) => new Date(issued.getTime() - seconds * 1000);
    // By SAML the check of the response already refuses it.
    const { response, cookie } = await confirmed(who, {
      ...identityOf(who.name.fiscalCode),
      assertion: (xml) => xml.replace(/AuthnInstant="[^"]+"/, `AuthnInstant="${formatInstant(before(120))}"`),
    });
    expect([response.status, cookie]).toEqual([403, ""]);
    // And whatever the way in, the confirmation looks again, half a minute of clocks apart.
    const id = (await who.call(api.identity.sessions.list, {})).items[0]!.id;
    const verdict = (seconds: number) =>
      world.database.asSystem(({ db }) =>
        confirmationOf(
          db,
          { step_up_of: id, issued_at: issued },
          { authenticatedAt: before(seconds) },
          world.cipher.index("fiscal-code", who.name.fiscalCode),
          issued,
        ),
      );
    expect(await verdict(31)).toBe("step-up-not-fresh");
    expect(await verdict(29)).toMatchObject({ id });
    expect(await codeOf(asks(at, who))).toBe("step-up-needed");
  });

  it("does not come back to life when it was ended meanwhile", async () => {
    const at = await world.municipality();
    const who = await at.member("operator");
    const to = await logins.started(world, { cookie: who.cookie, confirming: true });
    await who.call(api.identity.leave, {});
    const response = await logins.brought(world, logins.answered(world, to, identityOf(who.name.fiscalCode)), to);
    expect([response.status, cookieOf(response, "ar_session")]).toEqual([403, ""]);
    expect(await text(response)).toContain("La sessione è finita mentre confermavi");
  });

  it("may be confirmed by two tabs, also at the same moment, and stays one", async () => {
    const at = await world.municipality();
    const who = await at.member("operator");
    const first = await logins.started(world, { cookie: who.cookie, confirming: true });
    const second = await logins.started(world, { cookie: `${who.cookie}; ${first.cookie}`, confirming: true });
    const answer = (to: typeof first) =>
      logins.brought(world, logins.answered(world, to, identityOf(who.name.fiscalCode)), {
        ...to,
        cookie: first.cookie,
      });
    const came = await Promise.all([answer(first), answer(second)]);
    expect(came.map((r) => r.status)).toEqual([303, 303]);
    const calls = came.map((r) => world.callWith({ cookie: cookieOf(r, "ar_session") }));
    const codes = await Promise.all(
      calls.map((call) =>
        asks(at, { call }).then(
          () => "ok",
          (e: { code: string }) => e.code,
        ),
      ),
    );
    expect(codes.sort()).toEqual(["ok", "session-expired"]);
    const lists = await Promise.allSettled(calls.map((call) => call(api.identity.sessions.list, {})));
    expect(lists.filter((l) => l.status === "fulfilled").map((l) => l.value.items.length)).toEqual([1]);
  });

  it("begins at /conferma, with the provider that opened it, and without a session at the entry", async () => {
    const { cookie } = await logins.entered(world, identityOf(someone().fiscalCode));
    const go = (headers: Record<string, string>) =>
      world.fetch("http://portal.test/conferma?ritorno=%2Fprofilo", { headers, redirect: "manual" });
    expect((await go({ cookie })).headers.get("location")).toBe(
      `/spid/login?idp=${encodeURIComponent(logins.idp.entityId)}&conferma=1&ritorno=%2Fprofilo`,
    );
    expect((await go({})).headers.get("location")).toBe("/?ritorno=%2Fprofilo");
  });

  it("is written in the trail as a confirmation, and in the register of logins", async () => {
    const at = await world.municipality();
    const who = await at.member("operator");
    await confirmed(who);
    const { rows } = await world.database.asSystem(({ connection }) =>
      connection.query<{ outcome: string }>("select outcome from login_register where person_id = $1", [who.id]),
    );
    expect(rows).toEqual([{ outcome: "confirmed" }]);
    const { items } = await (await world.staff(["auditor"])).call(api.audit.ofPortal, { query: { limit: 3 } });
    expect(items.map((l) => l.action)).toContain("identity.person.confirmed");
  });
});
