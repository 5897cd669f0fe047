import { inflateRawSync } from "node:zlib";
import { api } from "@area/api";
import { pageWords } from "@area/words/pages/index";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashOfSession } from "../platform/http.ts";
import { logoutResponse } from "../ports/identity/index.ts";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, type World } from "../testing/world.ts";
import { cookieOf, inventedProvider, loginsAt } from "./testing/logins.ts";

let world: World;
let login: ReturnType<typeof loginsAt>;
beforeAll(async () => {
  world = await makeWorld();
  const { idp, keys } = await inventedProvider();
  login = loginsAt({
    idp: { ...idp, singleLogout: { post: "https://idp.example.it/slo", redirect: "https://idp.example.it/slo" } },
    keys,
  });
  world.providers.push(login.idp);
});
afterAll(() => world.close());

/** Somebody whose provider keeps a session of its own, as at level 1. */
const withSessionThere = async () => {
  const { cookie, call } = await login.entered(world);
  await world.database.asSystem(({ db }) =>
    db
      .updateTable("sessions")
      .set({ session_index: "_sessione1" })
      .where("id_hash", "=", hashOfSession(cookie.split("=")[1]!))
      .execute(),
  );
  return { cookie, call };
};
const leave = (cookie: string, path = "/me/session") =>
  world.reach({ cookie })(`http://portal.test/api/v1${path}`, { method: "DELETE" });
/** The provider's answer to the request that left by redirect. */
const answerTo = (location: string, more: { partial?: boolean; keys?: typeof login.keys } = {}) => {
  const asked = inflateRawSync(Buffer.from(new URL(location).searchParams.get("SAMLRequest")!, "base64")).toString();
  const there = {
    sp: { ...world.serviceProvider, entityId: login.idp.entityId, keys: [more.keys ?? login.keys] },
    // Seen from its side: we are where the answer goes.
    identityProvider: { ...login.idp, singleLogout: { redirect: world.serviceProvider.sloUrl } },
    binding: "redirect" as const,
    now: new Date(),
    relayState: "stato-opaco-1",
  };
  const sent = logoutResponse({
    ...there,
    inResponseTo: / ID="([^"]+)"/.exec(asked)![1]!,
    ...(more.partial ? { partial: true } : {}),
  });
  return { asked, url: sent.redirectUrl! };
};

describe("who leaves", () => {
  it("is brought to the provider when it keeps a session, and back to a page that says so", async () => {
    for (const [partial, to, words] of [
      [false, "/?uscita=fatta", pageWords.it.login.left],
      [true, "/?uscita=parziale", pageWords.it.login.leftPartly],
    ] as const) {
      const { cookie, call } = await withSessionThere();
      const left = await leave(cookie);
      expect(left.status).toBe(204);
      expect(await codeOf(call(api.identity.me, {}))).toBe("session-expired");
      const ticket = cookieOf(left, "ar_logout");
      const gone = await world.fetch("http://portal.test/uscita", { headers: { cookie: ticket } });
      const location = gone.headers.get("location")!;
      expect([gone.status, location.split("?")[0]]).toEqual([302, "https://idp.example.it/slo"]);
      const { asked, url } = answerTo(location, { partial });
      expect(asked).toContain("<samlp:SessionIndex>_sessione1</samlp:SessionIndex>");
      expect(asked).toContain(`NameQualifier="${login.idp.entityId}"`);
      // One ticket sends one request.
      const again = await world.fetch("http://portal.test/uscita", { headers: { cookie: ticket } });
      expect(again.headers.get("location")).toBe("/?uscita=fatta");
      const answer = await world.fetch(url);
      expect([answer.status, answer.headers.get("location")]).toEqual([302, to]);
      expect((await world.fetch(url)).status).toBe(403);
      expect(await (await world.fetch(`http://portal.test${to}`)).text()).toContain(words.title);
    }
  });

  it("is not told by a stranger that they left there", async () => {
    const { cookie } = await withSessionThere();
    const ticket = cookieOf(await leave(cookie), "ar_logout");
    const gone = await world.fetch("http://portal.test/uscita", { headers: { cookie: ticket } });
    const stranger = await inventedProvider();
    const forged = answerTo(gone.headers.get("location")!, { keys: stranger.keys });
    expect((await world.fetch(forged.url)).status).toBe(403);
    expect((await world.fetch("http://portal.test/spid/slo?SAMLResponse=x")).status).toBe(403);
    expect((await world.fetch(answerTo(gone.headers.get("location")!).url)).status).toBe(302);
  });

  it("without a session at the provider goes straight to the entry", async () => {
    const { cookie } = await login.entered(world);
    const left = await leave(cookie);
    expect(cookieOf(left, "ar_logout")).toBe("");
    const gone = await world.fetch("http://portal.test/uscita");
    expect([gone.status, gone.headers.get("location")]).toEqual([302, "/?uscita=fatta"]);
  });

  it("everywhere has no session left anywhere, and takes nobody else along", async () => {
    const [here, there] = [await login.entered(world), await login.entered(world)];
    const other = await world.person();
    expect((await leave(here.cookie, "/me/sessions")).status).toBe(204);
    for (const { call } of [here, there]) expect(await codeOf(call(api.identity.me, {}))).toBe("session-expired");
    expect((await other.call(api.identity.me, {})).person.id).toBe(other.id);
    expect(await codeOf(world.anonymous(api.identity.leaveEverywhere, {}))).toBe("session-missing");
  });
});
