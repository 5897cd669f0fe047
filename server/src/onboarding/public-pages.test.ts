import { api, institutionKinds, regionOfZipCode } from "@area/api";
import { languages } from "@area/words";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activate } from "../institutions/index.ts";
import { makeWorld, type World } from "../testing/world.ts";
import { slugOf } from "./public-pages.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const page = async (path: string) => {
  const response = await world.fetch(`http://portal.test${path}`);
  const markup = await response.text();
  return { status: response.status, markup, text: markup.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ") };
};

describe("who may join, before entering", () => {
  it("finds a way for every kind of subject, in every language, without a script", async () => {
    for (const language of languages) {
      const { status, markup } = await page(`/chi-puo-aderire?lingua=${language}`);
      expect(status).toBe(200);
      expect(markup).toContain(`<html lang="${language}">`);
      expect(markup).not.toContain("<script");
      for (const kind of institutionKinds) expect(markup).toContain(`href="/chi-puo-aderire/${slugOf(kind)}"`);
    }
    const { items } = await world.anonymous(api.products.list, {});
    for (const kind of institutionKinds) {
      const { status, markup } = await page(`/chi-puo-aderire/${slugOf(kind)}`);
      expect(status).toBe(200);
      for (const product of items)
        for (const way of product.admissions.filter((a) => a.kind === kind))
          expect(markup).toContain(
            `href="/adesione?prodotto=${product.id}&amp;tipo=${kind}&amp;origine=${way.origin}"`,
          );
    }
    expect((await page("/chi-puo-aderire/marziani")).status).toBe(404);
  });

  it("tells a bank what it can join, by which way and what for, and what not", async () => {
    const { text } = await page("/chi-puo-aderire/psp");
    expect(text).toMatch(/Siamo una banca/);
    expect(text).toMatch(/Check IBAN .*Prima un controllo/);
    expect(text).toMatch(/pagoPA deve essere già attivo/);
    expect(text).toMatch(/Codice ABI/);
    expect(text).toMatch(/non può aderire a App IO/);
    // A software house signs nothing.
    expect((await page("/chi-puo-aderire/pt")).text).toMatch(/Non si firma nessun accordo/);
  });
});

describe("the numbers that everybody reads", () => {
  it("count active institutions by product and region, say no small number, and are the same on the page", async () => {
    const own = await makeWorld();
    try {
      const made: { id: string }[] = [];
      for (let n = 0; n < 6; n++) made.push(await own.municipality());
      await own.database.asSystem(async ({ db, connection }) => {
        await connection.query("update institutions set zip_code = '20121'");
        await connection.query("update institutions set zip_code = '00100' where id = $1", [made[0]!.id]);
        for (const { id } of made.slice(0, 4))
          await activate(db, {
            institutionId: id,
            productId: "io",
            productVersion: 1,
            kind: "PA",
            origin: "IPA",
            onboardingId: "00000000-0000-4000-8000-000000000000",
            at: new Date(),
            vatNumber: null,
            recipientCode: null,
            invoicedTaxCode: null,
            geographicAreas: [],
          });
      });
      const numbers = await own.anonymous(api.onboarding.numbers, {});
      const of = (id: string) => numbers.products.find((p) => p.productId === id);
      expect(numbers.institutions).toBe(6);
      expect(of("pagopa")).toMatchObject({ institutions: 6, completed: null, whole: null });
      // Four would point at somebody.
      expect(of("io")).toMatchObject({ institutions: null });
      expect(numbers.regions.map((r) => [r.region, r.institutions])).toEqual([
        ["03", 5],
        ["12", null],
      ]);
      const response = await own.fetch("http://portal.test/numeri");
      const text = (await response.text()).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
      expect(text).toMatch(/pagoPA 6 /);
      expect(text).toMatch(/App IO meno di 5/);
      expect(text).toMatch(/Lombardia 5 .*Lazio meno di 5/);
      expect(response.headers.get("cache-control")).toContain("max-age=600");
    } finally {
      await own.close();
    }
  });

  it("give real times from five onboardings on", async () => {
    const own = await makeWorld();
    try {
      for (let n = 0; n < 5; n++) {
        const { manager: _, ...partner } = own.privateOperator();
        const applicant = await own.person();
        const o = await applicant.call(api.onboarding.submit, {
          body: { ...partner, productId: "io", kind: "PT", billing: {}, geographicAreas: [], details: {} },
        });
        own.pass(3 * 3_600_000);
        const reviewer = await own.staff(["revisori"]);
        await reviewer.call(api.reviews.decide, {
          params: { onboardingId: o.id },
          body: { outcome: "approved", round: 1 },
        });
      }
      const { products } = await own.anonymous(api.onboarding.numbers, {});
      expect(products.find((p) => p.productId === "io")).toMatchObject({
        completed: 5,
        toDecision: expect.closeTo(3 * 3_600, -2) as number,
        whole: expect.closeTo(3 * 3_600, -2) as number,
        toSignature: null,
      });
    } finally {
      await own.close();
    }
  });

  it("know the region of every CAP", () => {
    expect(["20121", "00184", "39100", "11100", "09100", "98100", "87036"].map(regionOfZipCode)).toEqual([
      "03",
      "12",
      "04",
      "02",
      "20",
      "19",
      "18",
    ]);
    expect([regionOfZipCode("99999"), regionOfZipCode("SW1A"), regionOfZipCode("")]).toEqual([null, null, null]);
  });
});
