import { api } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf, refusalOf } from "../testing/refusals.ts";
import { makeWorld, type World } from "../testing/world.ts";
import { pngOf } from "./testing/png.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const { page } = api.institutions;
const contacts = {
  assistanceEmail: "URP@Comune.example",
  assistancePhone: "+39 06-1234.5678",
  operationsName: "Ufficio ragioneria",
  operationsEmail: null,
  operationsPhone: null,
  website: "https://www.comune.example",
};
const upload = (bytes: Buffer, name = "logo.png") => new File([new Uint8Array(bytes)], name, { type: "image/png" });

describe("an institution's own page", () => {
  it("holds contacts that its administrators change, and nothing that a registry says", async () => {
    const at = await world.municipality();
    const [admin, reader] = [await at.admin(), await at.member("read-only")];
    const params = { institutionId: at.id };
    expect(await reader.call(page.read, { params })).toMatchObject({ version: 0, assistanceEmail: null, logo: null });
    expect(await codeOf(reader.call(page.change, { params, body: contacts, version: 0 }))).toBe("permission-missing");
    const changed = await admin.call(page.change, { params, body: contacts, version: 0 });
    expect(changed).toMatchObject({
      version: 1,
      assistanceEmail: "urp@comune.example",
      assistancePhone: "+39 06 1234 5678",
    });
    // Two who write at once: the second is told, and nothing of the first is lost.
    expect(await codeOf(admin.call(page.change, { params, body: contacts, version: 0 }))).toBe("version-stale");
    const both = await Promise.allSettled([
      admin.call(page.change, { params, body: { ...contacts, operationsName: "Uno" }, version: 1 }),
      admin.call(page.change, { params, body: { ...contacts, operationsName: "Due" }, version: 1 }),
    ]);
    expect(both.map((b) => b.status).sort()).toEqual(["fulfilled", "rejected"]);
    const registry = await admin.call(api.institutions.read, { params });
    expect(registry).toMatchObject({ pec: at.body.pec, registry: { name: "IPA" } });
    const trail = await admin.call(api.audit.trail, { params, query: { limit: 3 } });
    expect(trail.items.map((l) => l.action)).toContain("institutions.page.changed");
    for (const wrong of [
      { assistancePhone: "chiamateci" },
      { website: "javascript:alert(1)" },
      { assistanceEmail: "urp@" },
      { operationsName: "x".repeat(81) },
    ])
      expect(await codeOf(admin.call(page.change, { params, body: { ...contacts, ...wrong }, version: 2 }))).toBe(
        "input-invalid",
      );
  });

  it("has a logo that is checked, written anew, served to everybody with safe headers, and taken away", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const params = { institutionId: at.id };
    const refused = await refusalOf(admin.call(page.setLogo, { params, file: upload(pngOf({ size: 200 })) }));
    expect(refused).toMatchObject({ code: "image-wrong-size", facts: { width: 200, height: 200 } });
    expect(await codeOf(admin.call(page.setLogo, { params, file: upload(Buffer.from("<svg/>")) }))).toBe(
      "image-not-png",
    );
    expect(await codeOf(admin.call(page.setLogo, { params, file: upload(Buffer.alloc(1_048_577)) }))).toBe(
      "file-too-large",
    );
    const secret = Buffer.from("hidden words");
    const set = await admin.call(page.setLogo, {
      params,
      file: upload(pngOf({ size: 320, extra: [["tEXt", secret]] })),
    });
    // Contacts that somebody is writing meanwhile are not in its way.
    expect(set).toMatchObject({ version: 0, logo: { size: 320 } });
    expect((await admin.call(page.change, { params, body: contacts, version: 0 })).logo).toEqual(set.logo);
    const served = await world.fetch(`http://portal.test${set.logo!.address}`);
    expect(served.status).toBe(200);
    expect(served.headers.get("content-type")).toBe("image/png");
    expect(served.headers.get("x-content-type-options")).toBe("nosniff");
    expect(served.headers.get("content-security-policy")).toContain("default-src");
    expect(served.headers.get("content-disposition")).toContain("attachment");
    expect(Buffer.from(await served.arrayBuffer()).includes(secret)).toBe(false);
    for (const path of [`/loghi/${at.id}-0000000000000000.png`, "/loghi/../../etc/passwd", "/loghi/x.png"])
      expect((await world.fetch(`http://portal.test${path}`)).status).toBe(404);
    await admin.call(page.removeLogo, { params });
    expect((await world.fetch(`http://portal.test${set.logo!.address}`)).status).toBe(404);
    expect(await codeOf(admin.call(page.removeLogo, { params }))).toBe("logo-missing");
  });

  it("says where it works on each product", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const params = { institutionId: at.id, productId: "pagopa" };
    const body = {
      geographicAreas: [
        { level: "region" as const, code: "11" as const },
        { level: "municipality" as const, name: "Prova" },
      ],
    };
    const changed = await admin.call(page.changeAreas, { params, body, version: 1 });
    expect(changed.areas).toMatchObject([{ productId: "pagopa", version: 2, geographicAreas: body.geographicAreas }]);
    expect(await codeOf(admin.call(page.changeAreas, { params, body, version: 1 }))).toBe("version-stale");
    expect(
      await codeOf(admin.call(page.changeAreas, { params: { ...params, productId: "altro" }, body, version: 1 })),
    ).toBe("product-not-active");
    expect(await codeOf(admin.call(page.changeAreas, { params, body: { geographicAreas: [] }, version: 2 }))).toBe(
      "input-invalid",
    );
  });
});
