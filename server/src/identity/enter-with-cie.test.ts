import { api } from "@area/api";
import { pageWords } from "@area/words/pages/index";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { html } from "../platform/page.ts";
import { swap } from "../ports/identity/testing/response-maker.ts";
import { makeWorld, type World } from "../testing/world.ts";
import { inventedProvider, loginsAt, refusedThere } from "./testing/logins.ts";

let world: World;
let cie: ReturnType<typeof loginsAt>;
let spid: ReturnType<typeof loginsAt>;
beforeAll(async () => {
  world = await makeWorld();
  cie = loginsAt(await inventedProvider("cie"));
  spid = loginsAt(await inventedProvider("spid"));
  world.providers.push(cie.idp, spid.idp);
});
afterAll(() => world.close());

describe("a person enters with CIE", () => {
  it("from the one button of the entry, with the request that its provider wants", async () => {
    const entry = await (await world.fetch("http://portal.test/?ritorno=/enti/a")).text();
    expect(entry).toContain('href="/cie/login?ritorno=%2Fenti%2Fa"');
    const response = await world.fetch("http://portal.test/cie/login");
    expect([response.status, response.headers.get("location")?.split("?")[0]]).toEqual([
      302,
      "https://idp.example.it/sso",
    ]);
    const { asked } = await cie.started(world);
    expect(asked).toContain('Destination="https://idp.example.it/sso"');
    expect(asked).toContain('ForceAuthn="true"');
    expect(asked).toContain('Comparison="minimum"');
    expect(asked).toContain('AttributeConsumingServiceIndex="0"');
  });

  it("with no Format on the Issuer, four attributes and the level the card gives", async () => {
    for (const level of [2, 3] as const) {
      const { response, call } = await cie.entered(world, { level });
      expect([response.status, response.headers.get("location")]).toEqual([303, "/enti"]);
      expect((await call(api.identity.me, {})).session).toMatchObject({ scheme: "cie", level });
    }
  });

  it("and not with level 1, nor with what CIE never certified", async () => {
    expect((await cie.entered(world, { level: 1 })).response.status).toBe(403);
    const stranger = await cie.entered(world, { assertion: swap("TINIT-", "TINDE-") });
    expect(stranger.response.status).toBe(403);
  });

  it("is the same person as with SPID, however the code and the name are written", async () => {
    const withSpid = await spid.entered(world);
    const people = new Set<string>([(await withSpid.call(api.identity.me, {})).person.id]);
    for (const code of ["RSSMRA80A01H501U", "rssmra80a01h501u", " RSSMRA80A01H501U\n", "RSS MRA 80A01 H501U"]) {
      const { response, call } = await cie.entered(world, {
        code,
        names: { givenName: "NICCOLO’", familyName: "D’ AVILA" },
      });
      expect([code, response.status]).toEqual([code, 303]);
      people.add((await call(api.identity.me, {})).person.id);
    }
    expect(people.size).toBe(1);
  });

  it("is told in the words of a card why it did not work, and can go on by another way", async () => {
    for (const [number, reason] of [
      [19, "wrongCredentials"],
      [20, "levelTooLow"],
      [21, "timeout"],
      [22, "consentDenied"],
      [23, "identitySuspended"],
      [25, "cancelled"],
      [2, "unavailable"],
    ] as const) {
      const to = await cie.started(world);
      const answer = await cie.brought(
        world,
        cie.answered(world, to, { response: refusedThere(`ErrorCode nr${number}`) }),
        to,
      );
      const page = await answer.text();
      const words = pageWords.it.login;
      expect(answer.status).toBe(403);
      expect(page).toContain(html`${words.withCie[reason].title}`.markup);
      expect(page).toContain(html`${words.anotherWay}`.markup);
      expect(page).toContain(`href="/cie/login?idp=${encodeURIComponent(cie.idp.entityId)}"`);
    }
  });

  it("finds no dead button where CIE is not there", async () => {
    const without = await makeWorld();
    without.providers.push(spid.idp);
    const entry = await (await without.fetch("http://portal.test/")).text();
    expect(entry).not.toContain("/cie/login");
    expect((await without.fetch("http://portal.test/cie/login")).status).toBe(404);
    await without.close();
  });
});

describe("our documents for the federations", () => {
  it("are one for SPID and one for CIE, with the doors they share", async () => {
    for (const scheme of ["spid", "cie"]) {
      const response = await world.fetch(`http://portal.test/${scheme}/metadata`);
      expect([response.status, response.headers.get("content-type")]).toEqual([
        200,
        "application/samlmetadata+xml; charset=utf-8",
      ]);
      const xml = await response.text();
      expect(xml).toContain(
        'AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="http://portal.test/spid/acs"',
      );
      expect(xml).toContain(`xmlns:${scheme}=`);
    }
  });
});

describe("the list of providers", () => {
  it("has no fixed order, so that none is always the first (AgID, button SPID)", async () => {
    const many = await makeWorld();
    for (let i = 0; i < 8; i++)
      many.providers.push({ ...spid.idp, entityId: `https://idp${i}.example.it`, displayName: `Gestore ${i}` });
    const orders = new Set<string>();
    for (let i = 0; i < 6; i++) {
      const page = await (await many.fetch("http://portal.test/")).text();
      const names = [...page.matchAll(/Gestore (\d)</g)].map((m) => m[1]!);
      expect([...names].sort()).toEqual(["0", "1", "2", "3", "4", "5", "6", "7"]);
      orders.add(names.join(""));
    }
    expect(orders.size).toBeGreaterThan(1);
    await many.close();
  });
});
