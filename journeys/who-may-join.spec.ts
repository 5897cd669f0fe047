import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { forget, type Portal, startPortal } from "./src/portal.ts";

/* Before entering: who may join what, and the numbers. Pages of the server, without a script. */
let portal: Portal;
let browser: Browser;
beforeAll(async () => {
  portal = await startPortal({ DATABASE_URL: undefined });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
  if (portal) forget(portal);
});
const picture = async (page: Page, name: string) => {
  const folder = process.env["JOURNEY_PICTURES"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

describe("who may join", () => {
  it("leads a bank from the front door to the first step, without a script", async () => {
    const { page, context } = await newPerson(browser, { script: false });
    await page.goto(portal.url);
    await page.getByRole("main").getByRole("link", { name: "Chi può aderire" }).click();
    await page.getByRole("link", { name: /Siamo una banca/ }).click();
    await page.getByRole("heading", { level: 1, name: /Siamo una banca/ }).waitFor();
    await page.getByText("Che cosa serve").first().click();
    await page
      .getByText(/Codice ABI/)
      .first()
      .waitFor();
    await page
      .getByText(/non può aderire a App IO/)
      .first()
      .waitFor();
    const join = await page.getByRole("link", { name: "Aderisci a pagoPA", exact: true }).first().getAttribute("href");
    expect(join).toBe("/adesione?prodotto=pagopa&tipo=PSP&origine=declared");
    await context.close();
  });

  it("is accessible, wide and narrow, in two languages", async () => {
    for (const [width, locale, name] of [
      [1280, "it-IT", "wide"],
      [360, "de-DE", "phone"],
    ] as const) {
      const { page, errors, context } = await newPerson(browser, { width, locale });
      for (const path of ["/chi-puo-aderire", "/chi-puo-aderire/psp", "/numeri"]) {
        await page.goto(portal.url + path);
        await expectAccessible(page, `${path} ${name}`);
        await picture(page, `join${path.replaceAll("/", "-")}-${name}`);
      }
      expect(errors).toEqual([]);
      await context.close();
    }
  });
});
