import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { api } from "@area/api";
import { type RunningIdp, startIdp } from "@area/dev-idp/src/index.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StaffProvider, staffProvider } from "../ports/identity/staff-provider.ts";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, root, type World } from "../testing/world.ts";
import { nameFirstStaff } from "./index.ts";

/* The staff enter through the real adapter, with the development provider as their own. */
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };
const clientKey = generateKeyPairSync("rsa", { modulusLength: 2048 });
const client = {
  id: "area-riservata",
  secret: "a secret of this test",
  redirectUri: "http://portal.test/staff/callback",
  keys: [clientKey.publicKey.export({ type: "spki", format: "pem" }).toString()],
};
let idp: RunningIdp;
let world: World;
/** The provider of the moment: one portal, asked in several ways. */
let usual: StaffProvider;
let current: StaffProvider;
const withProvider = async (more: Parameters<typeof provider>[0], work: () => Promise<void>) => {
  current = await provider(more);
  await work().finally(() => {
    current.stop();
    current = usual;
  });
};
const GROUPS =
  "ar-revisori-pagopa=reviewer:pagopa,ar-prodotti=product-manager,ar-assistenza=support,ar-auditor=auditor,ar-sicurezza=security";

const provider = (more: Partial<Parameters<typeof staffProvider>[0]> = {}) =>
  staffProvider(
    {
      issuer: idp.staffIssuer,
      clientId: client.id,
      clientSecret: client.secret,
      clientKeyFile: undefined,
      scope: "openid profile email",
      acr: [],
      groupsClaim: "groups",
      ...more,
    },
    { insecure: true, log: silent },
  );

beforeAll(async () => {
  idp = await startIdp({
    port: 0,
    dataDir: mkdtempSync(join(tmpdir(), "staff-idp-")),
    peopleFile: join(root, "demo/people.json"),
    serviceProviders: [],
    staff: { peopleFile: join(root, "demo/staff.json"), client },
  });
  usual = await provider();
  current = usual;
  world = await makeWorld({
    env: { STAFF_GROUPS: GROUPS, STAFF_CONTACT: "accessi@societa.example" },
    staffProvider: {
      authorization: (ask) => current.authorization(ask),
      identity: (answer) => current.identity(answer),
      stop: () => usual.stop(),
    },
  });
});
afterAll(async () => {
  await world.close();
  await idp.close();
});

const cookiesOf = (response: Response) =>
  Object.fromEntries(response.headers.getSetCookie().map((c) => c.split("; ")[0]!.split(/=(.*)/s).slice(0, 2)));
const at = (path: string) => `http://portal.test${path}`;
const text = (html: string) => html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

/** Presses "Entra", at the portal, and comes to the provider's page. */
const begun = async (back = "") => {
  const away = await world.fetch(at(`/staff/login${back ? `?ritorno=${encodeURIComponent(back)}` : ""}`), {
    redirect: "manual",
  });
  expect(away.status).toBe(302);
  const asked = new URL(away.headers.get("location")!);
  const there = await fetch(asked, { redirect: "manual" });
  return { asked, cookie: `ar_staff_login=${cookiesOf(away)["ar_staff_login"]}`, there };
};
/** Chooses somebody there: the address that the browser is sent back to. */
const chosen = async (there: Response, person: string): Promise<URL> => {
  const request = new URL(there.headers.get("location")!, idp.origin).searchParams.get("request")!;
  const response = await fetch(`${idp.origin}/staff/accesso`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ request, ...(person ? { person } : { cancel: "1" }) }),
  });
  return new URL(response.headers.get("location")!);
};
const entered = async (person: string, back?: string) => {
  const { cookie, there } = await begun(back);
  const callback = await chosen(there, person);
  const response = await world.fetch(callback.href, { headers: { cookie }, redirect: "manual" });
  const session = cookiesOf(response)["ar_staff"];
  return { response, callback, cookie, session, call: world.callWith({ cookie: `ar_staff=${session}` }) };
};

describe("the door of the staff", () => {
  it("says what it is, and asks for code, PKCE, state and nonce", async () => {
    const page = await world.fetch(at("/staff"));
    expect(page.status).toBe(200);
    expect(text(await page.text())).toMatch(/non con SPID o CIE.*Chiedi a accessi@societa.example/s);
    const { asked } = await begun();
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: "code",
      client_id: client.id,
      redirect_uri: client.redirectUri,
      code_challenge_method: "S256",
      scope: "openid profile email",
    });
    for (const name of ["state", "nonce", "code_challenge"])
      expect(asked.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
  });

  it("lets somebody in with the profiles of their groups, and back to the page they asked for", async () => {
    const dario = await entered("dario-monti", "/staff/panoramica?a=1");
    expect(dario.response.status).toBe(303);
    expect(dario.response.headers.get("location")).toBe("/staff/panoramica?a=1");
    const me = await dario.call(api.staff.me, {});
    expect(me).toMatchObject({ name: "Dario Monti", session: { idleMinutes: 15 } });
    expect(me.profiles.map((p) => p.profile).sort()).toEqual(["product-manager", "security"]);
    const marta = await entered("marta-guidi");
    expect((await marta.call(api.staff.me, {})).profiles).toEqual([{ profile: "reviewer", productId: "pagopa" }]);
    const again = await world.fetch(at("/staff"), {
      headers: { cookie: `ar_staff=${marta.session}` },
      redirect: "manual",
    });
    expect(again.headers.get("location")).toBe("/staff/panoramica");
  });

  it("leads nowhere but to pages of the staff", async () => {
    for (const back of ["https://altrove.example", "//altrove.example", "/enti", "/staff/login", "/staff/../enti\\"]) {
      const { response } = await entered("paolo-serra", back);
      expect(response.headers.get("location")).toBe("/staff/panoramica");
    }
  });

  it("tells somebody without a group whom to ask, opens nothing, and keeps no trace of who they are", async () => {
    const nora = await entered("nora-fabbri");
    expect(nora.response.status).toBe(403);
    expect(text(await nora.response.text())).toMatch(/nessuno dei tuoi gruppi.*Chiedi a accessi@societa.example/s);
    expect(nora.session).toBeUndefined();
    const { rows } = await world.database.asSystem(({ connection }) =>
      connection.query<{ name: Uint8Array }>("select name from staff_members"),
    );
    expect(rows.map((r) => world.cipher.open(r.name))).not.toContain("Nora Fabbri");
  });

  it("takes an answer once, from the browser that asked, in time, with its own state", async () => {
    const first = await begun();
    const callback = await chosen(first.there, "paolo-serra");
    const elsewhere = await begun();
    for (const [why, url, cookie] of [
      ["no cookie", callback, ""],
      ["another browser", callback, elsewhere.cookie],
      ["another state", new URL(callback.href.replace(/state=[^&]+/, "state=x")), first.cookie],
    ] as const) {
      const refused = await world.fetch(url.href, { headers: { cookie }, redirect: "manual" });
      expect([why, refused.status, cookiesOf(refused)["ar_staff"]]).toEqual([why, 403, undefined]);
    }
    const two = await Promise.all(
      [1, 2].map(() => world.fetch(callback.href, { headers: { cookie: first.cookie }, redirect: "manual" })),
    );
    expect(two.map((r) => r.status).sort()).toEqual([303, 403]);

    const late = await begun();
    const back = await chosen(late.there, "paolo-serra");
    world.pass(16 * 60_000);
    expect((await world.fetch(back.href, { headers: { cookie: late.cookie }, redirect: "manual" })).status).toBe(403);
  });

  it("refuses a code that is not its own, an answer of another issuer, and says no more than that", async () => {
    const stolen = await chosen((await begun()).there, "dario-monti");
    const mine = await begun();
    const callback = await chosen(mine.there, "paolo-serra");
    const swapped = new URL(callback);
    swapped.searchParams.set("code", stolen.searchParams.get("code")!);
    const refused = await world.fetch(swapped.href, { headers: { cookie: mine.cookie }, redirect: "manual" });
    expect(refused.status).toBe(403);
    expect(text(await refused.text())).not.toMatch(/grant|code_verifier|invalid/);
    const other = await begun();
    const issued = await chosen(other.there, "paolo-serra");
    issued.searchParams.set("iss", "https://altro.example");
    expect((await world.fetch(issued.href, { headers: { cookie: other.cookie }, redirect: "manual" })).status).toBe(
      403,
    );
  });

  it("comes back to the door when somebody changes their mind", async () => {
    const { cookie, there } = await begun();
    const response = await world.fetch((await chosen(there, "")).href, { headers: { cookie }, redirect: "manual" });
    expect(response.headers.get("location")).toBe("/staff");
  });

  it("ends a session by leaving, by idling, and when the groups are lost", async () => {
    const paolo = await entered("paolo-serra");
    await paolo.call(api.staff.leave, {});
    expect(await codeOf(paolo.call(api.staff.me, {}))).toBe("session-expired");
    const idle = await entered("paolo-serra");
    world.pass(16 * 60_000);
    expect(await codeOf(idle.call(api.staff.me, {}))).toBe("session-expired");
  });

  it("is never opened by SPID, and opens nothing of an institution", async () => {
    const person = await world.person();
    const secret = person.cookie.split("=")[1]!;
    expect(await codeOf(world.callWith({ cookie: `ar_staff=${secret}` })(api.staff.me, {}))).toBe("session-missing");
    const ines = await entered("ines-valli");
    expect(await codeOf(world.callWith({ cookie: `ar_session=${ines.session}` })(api.identity.me, {}))).toBe(
      "session-missing",
    );
    expect(await codeOf(ines.call(api.identity.me, {}))).toBe("session-missing");
  });

  it("stays closed where no provider is set, and says so when the provider is silent", async () => {
    const closed = await makeWorld();
    for (const path of ["/staff", "/staff/login", "/staff/callback"])
      expect((await closed.fetch(at(path), { redirect: "manual" })).status).toBe(404);
    await closed.close();
    await withProvider({ issuer: "http://127.0.0.1:9/staff" }, async () => {
      expect((await world.fetch(at("/staff/login"), { redirect: "manual" })).status).toBe(503);
    });
  });

  it("demands the strength it was told to ask, and a name for its groups that the provider uses", async () => {
    await withProvider({ acr: ["mfa"] }, async () => {
      expect((await begun()).asked.searchParams.get("acr_values")).toBe("mfa");
      const asked = await begun();
      // Asked with less, by another setting: the answer is not strong enough.
      const weak = new URL(asked.asked);
      weak.searchParams.set("acr_values", "pwd");
      const callback = await chosen(await fetch(weak, { redirect: "manual" }), "paolo-serra");
      expect((await world.fetch(callback.href, { headers: { cookie: asked.cookie }, redirect: "manual" })).status).toBe(
        403,
      );
      expect((await entered("paolo-serra")).response.status).toBe(303);
    });
    await withProvider({ groupsClaim: "roles" }, async () => {
      expect((await entered("paolo-serra")).response.status).toBe(403);
    });
  });

  it("refuses a client that its provider does not know, and can be one by a signed assertion", async () => {
    await withProvider({ clientSecret: "no" }, async () => {
      expect((await entered("paolo-serra")).response.status).toBe(403);
    });
    const file = join(mkdtempSync(join(tmpdir(), "staff-key-")), "key.pem");
    writeFileSync(file, clientKey.privateKey.export({ type: "pkcs8", format: "pem" }));
    await withProvider({ clientSecret: undefined, clientKeyFile: file }, async () => {
      expect((await entered("paolo-serra")).response.status).toBe(303);
    });
  });
});

describe("the first of the staff", () => {
  it("enters with every profile by a verified address, alone, until the naming is taken away", async () => {
    expect((await entered("nora-fabbri")).response.status).toBe(403);
    await nameFirstStaff(world.parts, "Nora.Fabbri@societa.example");
    const nora = await entered("nora-fabbri");
    const me = await nora.call(api.staff.me, {});
    expect(me.profiles).toHaveLength(5);
    // Bound to who came: the address alone would let nobody else in, and the same person enters again.
    const bound = await world.database.asSystem(({ connection }) =>
      connection.query<{ staff_id: string | null }>("select staff_id from staff_first"),
    );
    expect(bound.rows).toEqual([{ staff_id: me.id }]);
    expect((await entered("nora-fabbri")).response.status).toBe(303);
    await nameFirstStaff(world.parts, null);
    expect((await nora.call(api.staff.me, {})).profiles).toEqual([]);
    expect((await entered("nora-fabbri")).response.status).toBe(403);
  });
});
