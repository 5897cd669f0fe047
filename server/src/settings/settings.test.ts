import { api, type SettingsSchema, stepsDone, typeOfSettings } from "@area/api";
import Ajv from "ajv/dist/2020.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publishedProduct } from "../products/index.ts";
import { codeOf, refusalOf } from "../testing/refusals.ts";
import { makeWorld, type World } from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

// A product of the catalogue that declares its settings; nothing below knows more of it than its schema says.
const PRODUCT = "io-sign";
const whole = {
  contacts: { supportEmail: "assistenza@comune.example" },
  documents: { kinds: ["Contratto", "Delibera"], expiresAfterDays: 30 },
  callback: { url: "https://firme.comune.example/arrivi", tried: true },
};
const at = (institutionId: string, environment: "test" | "production") => ({
  params: { institutionId, productId: PRODUCT },
  query: { environment },
});
const place = async () => {
  const town = await world.municipality();
  await town.joined(PRODUCT);
  return { town, technician: await town.member("technical-referent", { productId: PRODUCT }) };
};

describe("the settings that a product declares", () => {
  it("are saved step by step, come into force in Collaudo at once, and keep every version", async () => {
    const { town, technician } = await place();
    const { call } = technician;
    const here = at(town.id, "test");
    const empty = await call(api.settings.read, here);
    expect(empty).toMatchObject({ live: null, draft: null, version: 0, done: [], reviewed: false });
    expect(empty.schema["x-order"]).toEqual(["contacts", "documents", "callback"]);
    const first = await call(api.settings.save, {
      ...here,
      body: { values: { contacts: whole.contacts } },
      version: 0,
    });
    expect(first).toMatchObject({ done: ["contacts"], version: 1, draft: { number: 1, state: "draft" } });
    const incomplete = await refusalOf(call(api.settings.activate, { ...here, version: 1 }));
    expect(incomplete.code).toBe("settings-incomplete");
    expect(incomplete.facts["steps"]).toEqual(["Documenti da firmare", "Dove arrivano i documenti firmati"]);
    const second = await call(api.settings.save, { ...here, body: { values: whole }, version: 1 });
    expect(second.done).toEqual(["contacts", "documents", "callback"]);
    const live = await call(api.settings.activate, { ...here, version: 2 });
    expect(live).toMatchObject({ draft: null, version: 0, live: { number: 1, state: "live", values: whole } });
    // The same once more is nothing; another version takes its place, and the first is still read.
    await call(api.settings.save, { ...here, body: { values: whole }, version: 0 });
    expect(await codeOf(call(api.settings.activate, { ...here, version: 1 }))).toBe("nothing-to-change");
    const later = { ...whole, documents: { ...whole.documents, expiresAfterDays: 60 } };
    await call(api.settings.save, { ...here, body: { values: later }, version: 1 });
    await call(api.settings.activate, { ...here, version: 2 });
    const { items } = await call(api.settings.history, { ...here, query: { environment: "test", limit: 1 } });
    expect(items).toMatchObject([{ number: 2, state: "live" }]);
    const older = await call(api.settings.history, here);
    expect(older.items.map((v) => [v.number, v.state])).toEqual([
      [2, "live"],
      [1, "superseded"],
    ]);
    const trail = await (await town.admin()).call(api.audit.trail, { params: { institutionId: town.id } });
    expect(trail.items.map((l) => l.action)).toContain("settings.version.activated");
    expect(trail.items.find((l) => l.action === "settings.version.activated")?.facts).toMatchObject({
      changed: ["documents/expiresAfterDays"],
      environment: "test",
    });
  });

  it("say by place what is wrong, and take nothing of it", async () => {
    const { town, technician } = await place();
    const here = at(town.id, "test");
    const wrong = await refusalOf(
      technician.call(api.settings.save, {
        ...here,
        version: 0,
        body: {
          values: {
            contacts: { supportEmail: "nessuna", supportPage: "http://comune.example" },
            documents: { kinds: ["Uno", "Uno"], expiresAfterDays: 200 },
            callback: { tried: false, other: "x" },
            extra: {},
          },
        },
      }),
    );
    expect(wrong.code).toBe("input-invalid");
    const places = wrong.fields.map((f) => [f.path, f.code]);
    expect(places).toEqual(
      expect.arrayContaining([
        ["body/values/contacts/supportEmail", "wrong-format"],
        ["body/values/contacts/supportPage", "wrong-format"],
        ["body/values/documents/kinds", "not-allowed"],
        ["body/values/documents/expiresAfterDays", "too-long"],
        ["body/values/callback/tried", "not-allowed"],
        ["body/values/callback", "unknown-field"],
        ["body/values", "unknown-field"],
      ]),
    );
    expect((await technician.call(api.settings.read, here)).draft).toBeNull();
  });

  it("in Produzione wait for the staff, while what is in force stays", async () => {
    const { town, technician } = await place();
    const { call } = technician;
    const here = at(town.id, "production");
    const submit = async (values: typeof whole) => {
      await call(api.settings.save, { ...here, body: { values }, version: 0 });
      return call(api.settings.activate, { ...here, version: 1 });
    };
    const first = await submit(whole);
    expect(first).toMatchObject({ live: null, waiting: { number: 1 }, reviewed: true });
    const reviewer = await world.staff(["revisori"]);
    const one = { params: { productId: PRODUCT, changeId: first.waiting!.id } };
    const queue = await reviewer.call(api.settings.review.list, {});
    expect(queue.items.find((i) => i.changeId === one.params.changeId)).toMatchObject({
      institution: { id: town.id },
      environment: "production",
    });
    // A reviewer of another product neither sees it nor decides on it; nor under the name of their own product.
    const other = await world.staff(["revisori-pagopa"]);
    expect((await other.call(api.settings.review.list, {})).items).toEqual([]);
    expect(await codeOf(other.call(api.settings.review.approve, one))).toBe("permission-missing");
    expect(
      await codeOf(other.call(api.settings.review.approve, { params: { ...one.params, productId: "pagopa" } })),
    ).toBe("settings-change-unknown");
    // Two reviewers at once: one wins, the other is told.
    const second = await world.staff(["revisori"]);
    const answers = await Promise.allSettled([
      reviewer.call(api.settings.review.approve, one),
      second.call(api.settings.review.refuse, { ...one, body: { note: "Non risponde." } }),
    ]);
    expect(answers.filter((a) => a.status === "fulfilled")).toHaveLength(1);
    expect(answers.flatMap((a) => (a.status === "rejected" ? [(a.reason as { code: string }).code] : []))).toEqual([
      "settings-not-waiting",
    ]);
    const decided = await call(api.settings.read, here);
    if (decided.live === null) {
      expect(decided.refused).toMatchObject({ note: "Non risponde." });
      await submit(whole);
      const again = (await call(api.settings.read, here)).waiting!;
      await reviewer.call(api.settings.review.approve, { params: { ...one.params, changeId: again.id } });
    }
    // A change: what was in force stays until it is refused with a reason, or withdrawn by who asked.
    const next = { ...whole, callback: { ...whole.callback, url: "https://nuovo.comune.example/arrivi" } };
    const waiting = await submit(next);
    expect(waiting.live?.values).toEqual(whole);
    const change = { params: { ...one.params, changeId: waiting.waiting!.id } };
    expect(await reviewer.call(api.settings.review.read, change)).toMatchObject({
      changed: ["callback/url"],
      before: whole,
    });
    await call(api.settings.save, { ...here, body: { values: whole }, version: 0 });
    expect(await codeOf(call(api.settings.activate, { ...here, version: 1 }))).toBe("settings-awaiting-review");
    await reviewer.call(api.settings.review.refuse, { ...change, body: { note: "L’indirizzo non risponde." } });
    const after = await call(api.settings.read, here);
    expect(after).toMatchObject({ live: { values: whole }, waiting: null });
    expect(await codeOf(call(api.settings.withdraw, here))).toBe("settings-not-waiting");
  });

  it("belong to who holds them on that product, at that institution, and to a delegate within the scope", async () => {
    const { town, technician } = await place();
    await town.joined("io");
    const elsewhere = await place();
    const here = at(town.id, "test");
    // Held on another product, at another institution, or only to read: the refusal names the permission and the product.
    const onIo = await town.member("technical-referent", { productId: "io" });
    const refused = await refusalOf(onIo.call(api.settings.read, here));
    expect([refused.code, refused.facts["permission"], refused.facts["productId"]]).toEqual([
      "permission-missing",
      "product:settings:read",
      PRODUCT,
    ]);
    expect(await codeOf(elsewhere.technician.call(api.settings.read, here))).toBe("permission-missing");
    const reader = await town.member("read-only", { productId: PRODUCT });
    await reader.call(api.settings.read, here);
    expect(await codeOf(reader.call(api.settings.save, { ...here, body: { values: {} }, version: 0 }))).toBe(
      "permission-missing",
    );
    // Two who save over each other: the second is told.
    const two = await town.member("technical-referent", { productId: PRODUCT });
    await technician.call(api.settings.save, { ...here, body: { values: {} }, version: 0 });
    expect(await codeOf(two.call(api.settings.save, { ...here, body: { values: whole }, version: 0 }))).toBe(
      "version-stale",
    );
    expect(
      await codeOf(technician.call(api.settings.read, { ...here, params: { ...here.params, productId: "io" } })),
    ).toBe("permission-missing");
    expect(await codeOf(onIo.call(api.settings.read, { ...here, params: { ...here.params, productId: "io" } }))).toBe(
      "product-without-settings",
    );
  });
});

describe("a declared schema", () => {
  it("is read by any validator of JSON Schema, with the same verdict on what it can say", async () => {
    const product = await world.database.asSystem(({ db }) => publishedProduct(db, PRODUCT));
    const schema = product!.configuration.settings!.schema as SettingsSchema;
    const ajv = new Ajv({ strict: false, formats: { email: true, uri: true, hostname: true, date: true } });
    const verdict = ajv.compile(schema);
    const ours = typeOfSettings(schema, { whole: true });
    expect(verdict(whole)).toBe(true);
    const change = fc.record({
      kinds: fc.array(fc.constantFrom("A", "B", "C"), { minLength: 1, maxLength: 4 }),
      expiresAfterDays: fc.oneof(fc.integer({ min: -2, max: 120 }), fc.double({ noNaN: true, min: 0, max: 3 })),
      qualified: fc.oneof(fc.boolean(), fc.constant("sì")),
      tried: fc.boolean(),
      without: fc.constantFrom("contacts", "documents", "callback", "nothing", "kinds"),
    });
    fc.assert(
      fc.property(change, ({ kinds, expiresAfterDays, qualified, tried, without }) => {
        const values: Record<string, Record<string, unknown>> = {
          contacts: whole.contacts,
          documents: { ...(without === "kinds" ? {} : { kinds }), expiresAfterDays, qualified },
          callback: { ...whole.callback, tried },
        };
        delete values[without];
        expect(ours.safeParse(values).success).toBe(verdict(values));
      }),
      { numRuns: 300 },
    );
    expect(stepsDone(schema, { contacts: whole.contacts })).toEqual(["contacts"]);
  });
});
