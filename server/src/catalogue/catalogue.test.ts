import { api } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf, refusalOf } from "../testing/refusals.ts";
import { makeWorld, type World } from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

type Configuration = Record<string, unknown> & {
  admissions: { kind: string; origin: string; workflow: string; agreementTemplate: unknown }[];
};
const manager = () => world.staff(["prodotti"]);
const at = (productId: string) => ({ params: { productId } });
const read = async (productId: string) => {
  const { call } = await manager();
  const product = await call(api.catalogue.read, at(productId));
  return { product, configuration: product.configuration as Configuration };
};

describe("the catalogue, edited in the portal", () => {
  it("rehearses a change: steps, fields, documents, roles and letters for each kind, and whom it touches", async () => {
    const place = await world.municipality();
    await (await world.person()).call(api.onboarding.submit, { body: world.privateOperator() });
    const { configuration } = await read("pagopa");
    const changed: Configuration = {
      ...configuration,
      signatureDays: 45,
      admissions: [
        // Insurers may join from now on; a declaration is no longer wanted; public bodies say more.
        ...configuration.admissions
          .filter((a) => a.kind !== "GPU")
          .map((a) => (a.kind === "PA" ? { ...a, requires: ["support"] } : a)),
        { kind: "AS", origin: "IVASS", workflow: "review", agreementTemplate: { id: "adesione", version: "1.0.0" } },
      ],
    };
    const { call } = await manager();
    const tried = await call(api.catalogue.rehearse, { ...at("pagopa"), body: { configuration: changed } });
    expect(tried).toMatchObject({ valid: true, faults: [] });
    expect(tried.changes).toContainEqual({ path: "signatureDays", before: 30, after: 45 });
    const of = (kind: string, origin: string) => tried.admissions.find((a) => a.kind === kind && a.origin === origin)!;
    expect(of("AS", "IVASS")).toMatchObject({
      change: "added",
      before: null,
      after: { steps: ["kind", "search", "institution", "manager", "administrators", "summary"], reviewed: true },
      documents: { before: [], after: ["adesione 1.0.0"] },
      mails: { before: [], after: expect.arrayContaining(["received", "to-sign", "completed"]) as string[] },
      active: 0,
      open: 0,
    });
    expect(of("GPU", "declared")).toMatchObject({
      change: "removed",
      after: null,
      before: { blocks: ["fitnessDeclaration"] },
      documents: { before: expect.arrayContaining(["Dichiarazione di idoneità"]) as string[], after: [] },
      open: 1,
    });
    expect(of("PA", "IPA")).toMatchObject({ change: "changed", active: 1, after: { blocks: ["support"] } });
    expect(of("PSP", "declared").change).toBe("same");
    expect(tried.touched).toEqual({ active: 1, open: 1 });
    // Nothing was written.
    expect((await read("pagopa")).product).toMatchObject({ version: 2, proposal: null });
    expect(place.id).toBeTruthy();
  });

  it("says by path what cannot be published, and proposes none of it", async () => {
    const { product, configuration } = await read("check-iban");
    const { call } = await manager();
    const faults = async (change: Record<string, unknown>) =>
      (
        await call(api.catalogue.rehearse, {
          ...at("check-iban"),
          body: { configuration: { ...configuration, ...change } },
        })
      ).faults.map((f) => f.path);
    expect(await faults({ signatureDays: 0 })).toEqual(["signatureDays"]);
    expect(await faults({ parent: "nessuno" })).toEqual(["parent"]);
    expect(await faults({ parent: "check-iban" })).toEqual(["parent"]);
    expect(await faults({ externalId: "altro" })).toEqual(["externalId"]);
    expect(
      await faults({
        admissions: [{ ...configuration.admissions[0], agreementTemplate: { id: "mai", version: "9" } }],
      }),
    ).toEqual(["admissions.0.agreementTemplate"]);
    expect(await faults({ admissions: [{ ...configuration.admissions[0], origin: "IVASS" }] })).toEqual([
      "admissions.0.origin",
    ]);
    const refused = await refusalOf(
      call(api.catalogue.propose, {
        ...at("check-iban"),
        body: { configuration: { ...configuration, signatureDays: 0 }, baseVersion: product.version, reason: "Prova" },
      }),
    );
    expect(refused).toMatchObject({ code: "product-faulty" });
    const propose = (body: { configuration: Configuration; baseVersion: number; reason: string }) =>
      codeOf(call(api.catalogue.propose, { ...at("check-iban"), body }));
    expect(await propose({ configuration, baseVersion: product.version, reason: "Niente" })).toBe("nothing-to-change");
    expect(
      await propose({ configuration: { ...configuration, signatureDays: 20 }, baseVersion: 9, reason: "Vecchia" }),
    ).toBe("product-moved-on");
  });

  it("is published by somebody else, once, and what began before keeps its version", async () => {
    const applicant = await world.person();
    const begun = await applicant.call(api.onboarding.submit, {
      body: { ...world.request(await world.body()), productId: "check-iban" },
    });
    const { product, configuration } = await read("check-iban");
    const [one, two, three] = [await manager(), await manager(), await manager()];
    const body = {
      configuration: { ...configuration, title: "Check IBAN nuovo", signatureDays: 20 },
      baseVersion: product.version,
      reason: "Meno giorni",
    };
    const proposed = await one.call(api.catalogue.propose, { ...at("check-iban"), body });
    expect(proposed.proposal).toMatchObject({ reason: "Meno giorni", proposedBy: { me: true } });
    expect(await codeOf(two.call(api.catalogue.propose, { ...at("check-iban"), body }))).toBe("product-proposal-open");
    const proposalId = proposed.proposal!.id;
    expect(await codeOf(one.call(api.catalogue.publish, { ...at("check-iban"), body: { proposalId } }))).toBe(
      "proposal-own",
    );
    const both = await Promise.allSettled(
      [two, three].map((who) => who.call(api.catalogue.publish, { ...at("check-iban"), body: { proposalId } })),
    );
    expect(both.filter((o) => o.status === "fulfilled")).toHaveLength(1);
    expect(both.find((o) => o.status === "rejected")).toMatchObject({ reason: { code: "product-proposal-missing" } });
    const after = await read("check-iban");
    expect(after.product).toMatchObject({ version: product.version + 1, title: "Check IBAN nuovo", proposal: null });
    expect(after.product.past[0]).toMatchObject({ state: "published", reason: "Meno giorni" });
    expect((await applicant.call(api.onboarding.read, { params: { onboardingId: begun.id } })).productTitle).toBe(
      "Check IBAN",
    );
    const { items } = await world.anonymous(api.products.list, {});
    expect(items.find((p) => p.id === "check-iban")).toMatchObject({ signatureDays: 20 });
    await expect(
      world.database.asSystem(({ connection }) => connection.query("update product_versions set configuration = '{}'")),
    ).rejects.toThrow();
    // Who proposed on an older version starts again.
    expect(await codeOf(one.call(api.catalogue.propose, { ...at("check-iban"), body }))).toBe("product-moved-on");
  });

  it("is taken back by its author, sent back by a colleague, and read by nobody else of the staff", async () => {
    const { product, configuration } = await read("youth-card");
    const [one, two] = [await manager(), await manager()];
    const body = {
      configuration: { ...configuration, signatureDays: 20 },
      baseVersion: product.version,
      reason: "Prova",
    };
    await one.call(api.catalogue.propose, { ...at("youth-card"), body });
    expect((await one.call(api.catalogue.decline, { ...at("youth-card"), body: {} })).past[0]).toMatchObject({
      state: "withdrawn",
    });
    await one.call(api.catalogue.propose, { ...at("youth-card"), body });
    const declined = await two.call(api.catalogue.decline, {
      ...at("youth-card"),
      body: { note: "Troppo pochi giorni" },
    });
    expect(declined).toMatchObject({
      proposal: null,
      past: [{ state: "declined", note: "Troppo pochi giorni" }, { state: "withdrawn" }],
    });
    expect(await codeOf(two.call(api.catalogue.decline, { ...at("youth-card"), body: {} }))).toBe(
      "product-proposal-missing",
    );
    for (const group of ["revisori", "assistenza", "auditor", "sicurezza"])
      expect(await codeOf((await world.staff([group])).call(api.catalogue.read, at("youth-card")))).toBe(
        "permission-missing",
      );
    expect(await codeOf(one.call(api.catalogue.read, at("nessuno")))).toBe("product-unknown");
    expect((await one.call(api.catalogue.list, {})).items.find((p) => p.id === "youth-card")).toMatchObject({
      proposed: false,
    });
  });
});
