import { api, personCode } from "@area/api";
import { problemText } from "@area/words";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyChain } from "../audit/index.ts";
import { html } from "../platform/page.ts";
import { type IdentityProvider, logoutRequest } from "../ports/identity/index.ts";
import { type Keys, swap } from "../ports/identity/testing/response-maker.ts";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, type World } from "../testing/world.ts";
import { type Answered, cookieOf, inventedProvider, loginsAt, refusedThere } from "./testing/logins.ts";

let idp: IdentityProvider;
let idpKeys: Keys;
let strangerKeys: Keys;
let login: ReturnType<typeof loginsAt>;
beforeAll(async () => {
  login = loginsAt(await inventedProvider());
  strangerKeys = (await inventedProvider()).keys;
  ({ idp, keys: idpKeys } = login);
});
const started: typeof login.started = (...given) => login.started(...given);
const answered: typeof login.answered = (...given) => login.answered(...given);
const brought: typeof login.brought = (...given) => login.brought(...given);
const entered: typeof login.entered = (...given) => login.entered(...given);
const open = async (env: NodeJS.ProcessEnv = {}): Promise<World> => {
  const world = await makeWorld({ env });
  world.providers.push(idp);
  return world;
};
let world: World;
beforeAll(async () => {
  world = await open();
});
afterAll(() => world.close());

const cookiesOf = (response: Response) => response.headers.getSetCookie().map((c) => c.split("; "));
/** A refused login: its page, in words, and no session. */
const refusedWith = async (response: Response, status: number) => {
  const page = await response.text();
  expect([response.status, response.headers.get("content-type")]).toEqual([status, "text/html; charset=utf-8"]);
  expect(cookieOf(response, "ar_session")).toBe("");
  return page;
};
const outcomes = async () =>
  world.database.asSystem(async ({ db }) =>
    (await db.selectFrom("login_register").select("outcome").orderBy("at").execute()).map((r) => r.outcome),
  );
const sessions = async () =>
  world.database.asSystem(async ({ db }) => (await db.selectFrom("sessions").select("id_hash").execute()).length);

describe("a person enters with SPID", () => {
  it("is sent to the provider with a signed request and a cookie that binds the browser", async () => {
    const to = await started(world);
    expect(to.response.status).toBe(302);
    expect(to.location.origin + to.location.pathname).toBe("https://idp.example.it/sso");
    expect([...to.location.searchParams.keys()].sort()).toEqual(["RelayState", "SAMLRequest", "SigAlg", "Signature"]);
    expect(to.asked).toContain("https://www.spid.gov.it/SpidL2");
    expect(to.relayState).not.toMatch(/http|\//);
    expect(cookiesOf(to.response)).toMatchObject([
      [expect.stringMatching(/^ar_login=[\w-]{43}$/), "Max-Age=900", "Path=/", "HttpOnly", "SameSite=Lax"],
    ]);
  });

  it("and comes in, known by the provider's word and by no other", async () => {
    const { response, cookie, call } = await entered(world);
    expect([response.status, response.headers.get("location")]).toEqual([303, "/enti"]);
    expect(cookiesOf(response).find(([c]) => c!.startsWith("ar_session="))).toEqual([
      expect.stringMatching(/^ar_session=[\w-]{43}$/),
      "Path=/",
      "HttpOnly",
      "SameSite=Lax",
    ]);
    const me = await call(api.identity.me, {});
    expect(me).toMatchObject({
      person: { givenName: "Niccolò", familyName: "D'Àvila", maskedFiscalCode: "RSSMRA••••••••••" },
      session: { scheme: "spid", level: 2, idleMinutes: 30 },
    });
    const [row] = await world.database
      .asSystem(({ connection }) =>
        connection.query<{ t: string }>("select string_agg(s::text, '') as t from sessions s"),
      )
      .then((r) => r.rows);
    expect(row!.t.includes(cookie.split("=")[1]!)).toBe(false);
    expect((await outcomes()).at(-1)).toBe("entered");
    expect((await verifyChain(world.database, "portal")).whole).toBe(true);
    const front = await world.fetch("http://portal.test/", { headers: { cookie } });
    expect([front.status, front.headers.get("location")]).toEqual([302, "/enti"]);
  });

  it("is the person that an institution named by that fiscal code, under the certified name", async () => {
    const declared = {
      givenName: "Gina",
      familyName: "Larice",
      dateOfBirth: "1975-04-09",
      sex: "F",
      place: "H501",
    } as const;
    const fiscalCode = personCode(declared);
    const named = await world.person({ ...declared, fiscalCode, email: "g@posta.example" });
    const { call } = await entered(world, { code: fiscalCode, born: "1975-04-09" });
    expect((await call(api.identity.me, {})).person).toMatchObject({ id: named.id, givenName: "Niccolò" });
  });

  it("comes back to where they were going, if that is here", async () => {
    for (const [back, to] of [
      ["/enti/abc/persone?pagina=2", "/enti/abc/persone?pagina=2"],
      ["https://altrove.example/", "/enti"],
      ["//altrove.example", "/enti"],
      ["/\\altrove.example", "/enti"],
      ["/%5Caltrove", "/%5Caltrove"],
      ["/enti\r\nset-cookie: a=b", "/enti"],
      ["javascript:alert(1)", "/enti"],
      ["/\t/altrove.example", "/enti"],
      ["/@altrove.example", "/enti"],
      [`/${"a".repeat(400)}`, "/enti"],
    ] as const) {
      const { response } = await entered(world, { back });
      expect([back, response.status, response.headers.get("location")]).toEqual([back, 303, to]);
      expect(new URL(to, world.config.publicUrl).origin).toBe(world.config.publicUrl);
    }
  });

  it("in two tabs at once comes in from both", async () => {
    const first = await started(world);
    const second = await started(world, { cookie: first.cookie });
    expect(second.cookie).toBe(first.cookie);
    expect((await brought(world, answered(world, first), first)).status).toBe(303);
    expect((await brought(world, answered(world, second), second)).status).toBe(303);
  });

  it("starts over with a new secret when the cookie is not one of ours", async () => {
    const to = await started(world, { cookie: "ar_login=corto" });
    expect(to.cookie).toMatch(/^ar_login=[\w-]{43}$/);
  });

  it("goes nowhere with a provider that is not trusted", async () => {
    for (const address of ["/spid/login?idp=https%3A%2F%2Fcattivo.example", "/spid/login", "/spid/login?idp=a&idp=b"]) {
      const response = await world.fetch(`http://portal.test${address}`);
      expect(response.status).toBe(404);
      expect(response.headers.get("location")).toBeNull();
    }
  });
});

describe("an answer that is not to be believed lets nobody in", () => {
  it("brought by another browser, or by one without the cookie", async () => {
    const to = await started(world);
    const other = await started(world);
    const before = await sessions();
    for (const cookie of ["", other.cookie, "ar_login=", `${to.cookie}x`]) {
      const page = await refusedWith(
        await brought(world, answered(world, to), { cookie, relayState: to.relayState }),
        403,
      );
      expect(page.includes(html`${problemText("it", "login-other-browser").title}`.markup)).toBe(true);
    }
    expect(await sessions()).toBe(before);
    expect((await brought(world, answered(world, to), to)).status).toBe(303);
  });

  it("brought twice", async () => {
    const to = await started(world);
    const response = answered(world, to);
    const both = await Promise.all([brought(world, response, to), brought(world, response, to)]);
    expect(both.map((r) => r.status).sort()).toEqual([303, 403]);
    await refusedWith(await brought(world, response, to), 403);
    // The same assertion under another request is a replay all the same.
    const again = await started(world);
    await refusedWith(await brought(world, response, again), 403);
    const [one, two] = [await started(world), await started(world)];
    expect((await brought(world, answered(world, one, { serial: 900_001 }), one)).status).toBe(303);
    await refusedWith(await brought(world, answered(world, two, { serial: 900_001 }), two), 403);
  });

  const wrong: [string, number, Answered & { relayState?: string; id?: string }][] = [
    ["with another RelayState", 403, { relayState: "altro" }],
    ["to a question never asked", 403, { id: "_mai0000000000000000000000000000000000000" }],
    [
      "for another audience",
      403,
      { assertion: swap(/<saml:Audience>[^<]*</, "<saml:Audience>https://altro.example.it<") },
    ],
    [
      "for another address",
      403,
      { response: swap(/Destination="[^"]*"/, 'Destination="https://altro.example.it/spid/acs"') },
    ],
    ["signed by somebody else", 403, { keys: undefined as never }],
    ["changed after the signature", 403, { tamper: swap("RSSMRA80A01H501U", "RSSMRA80A01H501X") }],
    ["of the first level", 403, { level: 1 }],
    ["with a birth date that the fiscal code denies", 403, { born: "1981-01-01" }],
    ["with an impossible fiscal code", 403, { code: "RSSMRA80A01H501X" }],
    ["that is not XML", 400, { response: () => "<html>" }],
  ];
  for (const [what, status, { relayState, id, ...more }] of wrong)
    it(what, async () => {
      const to = await started(world);
      const before = await sessions();
      const response = answered(
        world,
        id ? { ...to, id } : to,
        "keys" in more ? { ...more, keys: strangerKeys } : more,
      );
      await refusedWith(await brought(world, response, { ...to, relayState: relayState ?? to.relayState }), status);
      expect(await sessions()).toBe(before);
    });

  it("that the provider itself refused, in the words of its number and in the person's language", async () => {
    for (const [number, language] of [
      [25, "it"],
      [19, "de"],
      [22, "sl"],
      [30, "fr"],
      [21, "en"],
    ] as const) {
      const to = await started(world);
      const answer = await brought(world, answered(world, to, { response: refusedThere(`ErrorCode nr${number}`) }), {
        ...to,
        language,
      });
      const page = await refusedWith(answer, 403);
      expect(answer.headers.get("content-language")).toBe(language);
      expect(page).not.toContain("ErrorCode");
      expect(page).toContain("<h1");
      expect((await outcomes()).at(-1)).toBe("login-provider-error");
    }
  });

  it("after too long at the provider", async () => {
    const late = await open();
    try {
      const to = await started(late);
      late.pass(16 * 60_000);
      await refusedWith(await brought(late, answered(late, to), to), 403);
    } finally {
      await late.close();
    }
  });

  it("or that is no form at all", async () => {
    for (const [type, body] of [
      ["application/json", '{"SAMLResponse":{"a":1},"RelayState":[]}'],
      ["application/json", "[1]"],
      ["application/json", '"x"'],
      ["text/plain", "SAMLResponse=x"],
      ["application/x-www-form-urlencoded", ""],
      ["application/x-www-form-urlencoded", "SAMLResponse=%00%ff&SAMLResponse=b"],
      ["application/x-www-form-urlencoded", `SAMLResponse=${"A".repeat(300_000)}`],
    ] as const) {
      const response = await world.fetch("http://portal.test/spid/acs", {
        method: "POST",
        body,
        headers: { "content-type": type, accept: "text/html" },
      });
      expect([type, body.slice(0, 30), response.status]).toEqual([type, body.slice(0, 30), 400]);
    }
  });
});

describe("how often one address may log in (LOGIN_RATE_LIMIT)", () => {
  it("is said by the setting, and then by a page that says how long to wait", async () => {
    const few = await open({ LOGIN_RATE_LIMIT: "3" });
    try {
      for (let turn = 0; turn < 3; turn++) expect((await entered(few)).response.status).toBe(303);
      const over = await few.fetch(`http://portal.test/spid/login?idp=${encodeURIComponent(idp.entityId)}`, {
        headers: { accept: "text/html" },
      });
      expect([over.status, Number(over.headers.get("retry-after")) > 0]).toEqual([429, true]);
      // The rest of the portal goes on.
      expect((await few.fetch("http://portal.test/")).status).toBe(200);
    } finally {
      await few.close();
    }
  });

  it("lets some hundreds in within a minute where it is set so", async () => {
    const many = await open({ LOGIN_RATE_LIMIT: "600", REQUEST_RATE_LIMIT: undefined });
    try {
      expect(many.config.limits).toMatchObject({ loginsPerMinute: 600, requestsPerMinute: 2400 });
      const address = `http://portal.test/spid/login?idp=${encodeURIComponent(idp.entityId)}`;
      const seen = new Set<number>();
      for (let turn = 0; turn < 300; turn++) seen.add((await many.fetch(address)).status);
      for (let turn = 0; turn < 5; turn++) seen.add((await entered(many)).response.status);
      expect([...seen]).toEqual([302, 303]);
    } finally {
      await many.close();
    }
  });
});

describe("a session", () => {
  it("is over at once for who leaves", async () => {
    const { call, cookie } = await entered(world);
    const left = await world.reach({ cookie })("http://portal.test/api/v1/me/session", { method: "DELETE" });
    expect([left.status, left.headers.getSetCookie()[0]]).toEqual([
      204,
      "ar_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0",
    ]);
    expect(await codeOf(call(api.identity.me, {}))).toBe("session-expired");
    expect(await codeOf(call(api.identity.leave, {}))).toBe("session-expired");
    expect(await codeOf(world.anonymous(api.identity.leave, {}))).toBe("session-missing");
    expect(await codeOf(world.callWith({ cookie: "ar_session=inventata" })(api.identity.me, {}))).toBe(
      "session-missing",
    );
  });

  it("ends after half an hour without a sign, and after nine hours whatever one does", async () => {
    const late = await open();
    try {
      const idle = await entered(late);
      const busy = await entered(late);
      late.pass(29 * 60_000);
      await busy.call(api.identity.me, {});
      late.pass(2 * 60_000);
      expect(await codeOf(idle.call(api.identity.me, {}))).toBe("session-expired");
      const front = await late.fetch("http://portal.test/", { headers: { cookie: idle.cookie } });
      expect(front.status).toBe(200);
      for (let minutes = 31; minutes + 25 < 9 * 60; minutes += 25) {
        await busy.call(api.identity.me, {});
        late.pass(25 * 60_000);
      }
      await busy.call(api.identity.me, {});
      late.pass(25 * 60_000);
      expect(await codeOf(busy.call(api.identity.me, {}))).toBe("session-expired");
    } finally {
      await late.close();
    }
  });

  it("on https has cookies that no other host and no plain page can touch", async () => {
    const secure = await open({ PUBLIC_URL: "https://portale.test" });
    try {
      const to = await started(secure);
      expect(cookiesOf(to.response)).toMatchObject([
        [expect.stringMatching(/^__Host-ar_login=/), "Max-Age=900", "Path=/", "HttpOnly", "Secure", "SameSite=None"],
      ]);
      const response = await brought(secure, answered(secure, to), to);
      expect(response.status).toBe(303);
      expect(cookiesOf(response).find(([c]) => c!.startsWith("__Host-ar_session="))).toEqual([
        expect.stringMatching(/=[\w-]{43}$/),
        "Path=/",
        "HttpOnly",
        "Secure",
        "SameSite=Lax",
      ]);
      expect(cookiesOf(response).find(([c]) => c === "__Host-ar_login=")).toContain("Max-Age=0");
      const cookie = cookieOf(response, "__Host-ar_session");
      expect((await secure.callWith({ cookie })(api.identity.me, {})).session.level).toBe(2);
      expect(await codeOf(secure.callWith({ cookie: cookie.replace("__Host-", "") })(api.identity.me, {}))).toBe(
        "session-missing",
      );
      const left = await secure.reach({ cookie })("https://portale.test/api/v1/me/session", { method: "DELETE" });
      expect(left.headers.getSetCookie()[0]).toBe(
        "__Host-ar_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure",
      );
    } finally {
      await secure.close();
    }
  });
});

describe("a provider that asks to log somebody out", () => {
  const asking = (w: World, nameId: string, keys: Keys, binding: "post" | "redirect") =>
    logoutRequest({
      sp: { ...w.serviceProvider, entityId: idp.entityId, keys: [keys] },
      // Seen from its side: we are where the request goes.
      identityProvider: {
        ...idp,
        singleLogout: { post: w.serviceProvider.sloUrl, redirect: w.serviceProvider.sloUrl },
      },
      binding,
      now: new Date(),
      nameId,
      nameQualifier: idp.entityId,
      sessionIndex: "_s1",
      relayState: "stato-opaco-1",
    });
  const loginOf = async (w: World) => {
    const p = await w.person();
    await w.database.asSystem(({ connection }) =>
      connection.query("update sessions set name_id = $1, identity_provider = $2 where person_id = $3", [
        `_n${p.id}`,
        idp.entityId,
        p.id,
      ]),
    );
    return p;
  };

  it("gets its answer, and the session it opened is over at once, by either binding", async () => {
    const w = await makeWorld();
    w.providers.push({
      ...idp,
      singleLogout: { post: "https://idp.example.it/slo", redirect: "https://idp.example.it/slo" },
    });
    const first = await loginOf(w);
    const second = await loginOf(w);
    const posted = asking(w, `_n${first.id}`, idpKeys, "post");
    const answer = await w.fetch(`${w.config.publicUrl}/spid/slo`, {
      method: "POST",
      body: new URLSearchParams(posted.form!.fields),
      headers: { origin: "https://idp.example.it", "sec-fetch-site": "cross-site" },
    });
    expect(answer.status).toBe(200);
    const page = await answer.text();
    expect(page).toContain('action="https://idp.example.it/slo"');
    expect(Buffer.from(/name="SAMLResponse" value="([^"]+)"/.exec(page)![1]!, "base64").toString()).toContain(
      `InResponseTo="${posted.id}"`,
    );
    expect(await codeOf(first.call(api.identity.me, {}))).toBe("session-expired");
    expect((await second.call(api.identity.me, {})).person.id).toBe(second.id);
    const carried = asking(w, `_n${second.id}`, idpKeys, "redirect");
    const moved = await w.fetch(`${w.config.publicUrl}/spid/slo?${carried.redirectUrl!.split("?")[1]}`);
    expect([moved.status, moved.headers.get("location")?.split("?")[0]]).toEqual([302, "https://idp.example.it/slo"]);
    expect(await codeOf(second.call(api.identity.me, {}))).toBe("session-expired");
    // Nothing left to end: it is answered all the same.
    const again = asking(w, `_n${second.id}`, idpKeys, "redirect");
    expect((await w.fetch(`${w.config.publicUrl}/spid/slo?${again.redirectUrl!.split("?")[1]}`)).status).toBe(302);
    await w.close();
  });

  it("who is not the provider ends nobody's session", async () => {
    const w = await makeWorld();
    w.providers.push({ ...idp, singleLogout: { post: "https://idp.example.it/slo" } });
    const p = await loginOf(w);
    const forged = asking(w, `_n${p.id}`, strangerKeys, "post");
    const answer = await w.fetch(`${w.config.publicUrl}/spid/slo`, {
      method: "POST",
      body: new URLSearchParams(forged.form!.fields),
    });
    expect(answer.status).toBe(403);
    expect((await w.fetch(`${w.config.publicUrl}/spid/slo?SAMLRequest=x`)).status).toBe(403);
    expect((await p.call(api.identity.me, {})).person.id).toBe(p.id);
    await w.close();
  });
});

describe("how the request leaves", () => {
  it("by POST to a provider that wants it so: a form that needs no script, allowed to go there and nowhere else", async () => {
    const w = await makeWorld();
    w.providers.push({ ...idp, singleSignOn: { post: "https://idp.example.it/sso" } });
    const response = await w.fetch(`${w.config.publicUrl}/spid/login?idp=${encodeURIComponent(idp.entityId)}`);
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page).toMatch(/<form method="post" action="https:\/\/idp\.example\.it\/sso">.*name="SAMLRequest".*<button/s);
    expect(page).toContain("<h1>");
    expect(response.headers.get("content-security-policy")).toContain("form-action 'self' https://idp.example.it;");
    await w.close();
  });

  it("from our own host name alone, in development: another name of the machine is sent there first", async () => {
    const w = await makeWorld();
    const answer = await w.app.inject({ method: "GET", url: "/spid/login?idp=x", headers: { host: "127.0.0.1:3000" } });
    expect([answer.statusCode, answer.headers.location]).toEqual([302, `${w.config.publicUrl}/spid/login?idp=x`]);
    await w.close();
  });
});
