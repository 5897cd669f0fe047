import { api } from "@area/api";
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, type World } from "../testing/world.ts";
import { PUBLISHED_DAYS, SIGNS_DAYS, tokenKeys } from "./keys.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const PRODUCT = "io";
const at = (institutionId: string, environment: "test" | "production") => ({
  params: { institutionId, productId: PRODUCT },
  body: { environment },
});
const tokenIn = (url: string) => new URLSearchParams(new URL(url).hash.slice(1)).get("selfcareToken")!;

describe("the way into a back office", () => {
  it("is a token for that back office alone, short, that anybody verifies with the published keys", async () => {
    const town = await world.municipality("Comune di Borgo Esempio");
    await town.joined(PRODUCT);
    const operator = await town.member("operator", { productId: PRODUCT });
    const entry = await operator.call(api.backOffices.enter, at(town.id, "test"));
    const url = new URL(entry.url);
    // In the fragment alone: no server on the way writes it down.
    expect(url.search).toBe("");
    const keys = createLocalJWKSet(await world.anonymous(api.backOffices.keys, {}));
    const token = tokenIn(entry.url);
    const verify = (audience: string, currentDate?: Date) =>
      jwtVerify(token, keys, { audience, algorithms: ["RS256"], ...(currentDate ? { currentDate } : {}) });
    const { payload } = await verify("io-back-office-collaudo");
    expect(payload).toMatchObject({
      sub: operator.id,
      typ: "ID",
      environment: "test",
      organization: {
        id: town.id,
        name: "Comune di Borgo Esempio",
        fiscal_code: town.body.taxCode,
        ipaCode: town.body.ipaCode,
        roles: [{ partyRole: "OPERATOR", role: "operator", productId: "prod-io" }],
        groups: [],
      },
    });
    expect(payload.exp! - payload.iat!).toBe(120);
    // Nobody's fiscal code unless the product says that it needs it; no mandate where one acts for one's own institution.
    expect(payload).not.toHaveProperty("fiscal_number");
    expect(payload).not.toHaveProperty("mandate");
    await expect(verify("io-back-office")).rejects.toThrow(/aud/);
    await expect(verify("io-back-office-collaudo", new Date(Date.now() + 125_000))).rejects.toThrow(/exp/);
    const again = await operator.call(api.backOffices.enter, at(town.id, "production"));
    expect((await jwtVerify(tokenIn(again.url), keys, { audience: "io-back-office" })).payload.jti).not.toBe(
      payload.jti,
    );
    const trail = await (await town.admin()).call(api.audit.trail, { params: { institutionId: town.id } });
    const line = trail.items.find((l) => l.action === "back-offices.entry.made" && l.facts["environment"] === "test");
    expect(line?.facts).toMatchObject({ tokenId: payload.jti });
    expect(JSON.stringify(trail)).not.toContain(token);
  });

  it("is closed to who holds nothing there, and where there is none", async () => {
    const town = await world.municipality();
    const other = await world.municipality();
    await town.joined(PRODUCT);
    await other.joined(PRODUCT);
    await town.joined("check-iban");
    const elsewhere = await other.member("administrator", { productId: PRODUCT });
    expect(await codeOf(elsewhere.call(api.backOffices.enter, at(town.id, "test")))).toBe("permission-missing");
    // Who administers the institution administers it, not each product.
    expect(await codeOf((await town.admin()).call(api.backOffices.enter, at(town.id, "test")))).toBe(
      "permission-missing",
    );
    const checker = await town.member("administrator", { productId: "check-iban" });
    const there = {
      params: { institutionId: town.id, productId: "check-iban" },
      body: { environment: "test" as const },
    };
    expect(await codeOf(checker.call(api.backOffices.enter, there))).toBe("product-without-back-office");
  });

  it("says how many groups it left out rather than that there are no more", async () => {
    const town = await world.municipality();
    await town.joined(PRODUCT);
    const operator = await town.member("operator", { productId: PRODUCT });
    for (let n = 0; n < 101; n++) {
      const groupId = await town.group(`Gruppo ${String(n).padStart(3, "0")}`, "operator", { productId: PRODUCT });
      await town.member("operator", { productId: PRODUCT, groupId }, operator);
    }
    const entry = await operator.call(api.backOffices.enter, at(town.id, "test"));
    const keys = createLocalJWKSet(await world.anonymous(api.backOffices.keys, {}));
    const { organization } = (await jwtVerify(tokenIn(entry.url), keys)).payload as {
      organization: { groups: string[]; groupsTruncated?: boolean };
    };
    expect([organization.groups.length, organization.groupsTruncated]).toEqual([100, true]);
  });
});

describe("the keys of the tokens", () => {
  it("take turns: the next is published a day before it signs, the last a day after, two processes make one", async () => {
    const day = 86_400_000;
    const start = new Date(Date.now() + 400 * day);
    const [one, two] = [tokenKeys(world.parts), tokenKeys(world.parts)];
    const after = (days: number) => new Date(start.getTime() + days * day);
    await Promise.all([one.turn(start), two.turn(start)]);
    const first = await one.signing(start);
    const published = async (moment: Date) =>
      (await world.database.asSystem(({ db }) => two.published(db, moment))).map((k) => k.kid);
    expect(await published(start)).toEqual([first.kid]);
    await one.turn(after(SIGNS_DAYS - 2));
    expect(await published(after(SIGNS_DAYS - 2))).toEqual([first.kid]);
    const dayBefore = after(SIGNS_DAYS - PUBLISHED_DAYS);
    await Promise.all([one.turn(dayBefore), two.turn(dayBefore)]);
    const both = await published(dayBefore);
    expect(both).toHaveLength(2);
    expect((await one.signing(dayBefore)).kid).toBe(first.kid);
    const turned = after(SIGNS_DAYS);
    expect((await two.signing(turned)).kid).toBe(both[1]);
    expect(await published(turned)).toEqual(both);
    expect(await published(after(SIGNS_DAYS + PUBLISHED_DAYS))).toEqual([both[1]]);
    await one.sweep(after(SIGNS_DAYS + 2));
    expect(await published(after(SIGNS_DAYS))).toEqual([both[1]]);
    expect(decodeProtectedHeader(await sample()).alg).toBe("RS256");
  });
});

const sample = async () => {
  const town = await world.municipality();
  await town.joined(PRODUCT);
  const operator = await town.member("operator", { productId: PRODUCT });
  return tokenIn((await operator.call(api.backOffices.enter, at(town.id, "test"))).url);
};
