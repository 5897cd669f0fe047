import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { forget, type Portal, startPortal } from "./src/portal.ts";

/* A product manager tries a change of the catalogue and proposes it; a colleague sees the same rehearsal and publishes. */
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
const enterStaff = async (page: Page, name: string, path: string) => {
  await page.goto(portal.url + path);
  await page.getByRole("link", { name: "Entra", exact: true }).click();
  await page.getByRole("button", { name: `Entra come ${name}`, exact: true }).click();
};
const picture = async (page: Page, name: string) => {
  const folder = process.env["JOURNEY_PICTURES"];
  if (!folder) return;
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  const before = page.viewportSize()!;
  await page.setViewportSize({ width: 360, height: 800 });
  await page.screenshot({ path: `${folder}/${name}-360.png`, fullPage: true });
  await page.setViewportSize(before);
};

describe("the catalogue", () => {
  it("is changed by two people, who both see what the change means", async () => {
    const bruno = await newPerson(browser);
    const { page } = bruno;
    await enterStaff(page, "Bruno Sala", "/staff/catalogo");
    await page.getByRole("heading", { level: 1, name: "Catalogo" }).waitFor();
    await page.getByRole("link", { name: "Check IBAN" }).waitFor();
    await expectAccessible(page, "the catalogue");
    await picture(page, "catalogue");
    await page.getByRole("link", { name: "Check IBAN" }).click();
    const field = page.getByRole("textbox", { name: "Configurazione" });
    const written = JSON.parse(await field.inputValue()) as { admissions: object[] };
    await field.fill("{ non è json");
    await page.getByRole("button", { name: "Prova la modifica" }).click();
    await page.getByText("Non è JSON: controlla").waitFor();
    await field.fill(JSON.stringify({ ...written, signatureDays: 0 }));
    await page.getByRole("button", { name: "Prova la modifica" }).click();
    await page.getByText("Da correggere prima").waitFor();
    await expectAccessible(page, "a faulty change");
    await field.fill(
      JSON.stringify({
        ...written,
        signatureDays: 45,
        admissions: [
          ...written.admissions,
          { kind: "AS", origin: "IVASS", workflow: "review", agreementTemplate: { id: "adesione", version: "1.0.0" } },
        ],
      }),
    );
    await page.getByRole("button", { name: "Prova la modifica" }).click();
    await page.getByText("Impresa di assicurazione, Albo IVASS").waitFor();
    await page.getByText("Non tocca nessuno").waitFor();
    await expectAccessible(page, "a rehearsed change");
    await picture(page, "catalogue-rehearsed");
    await page.getByLabel("Perché").fill("Anche le assicurazioni verificano un IBAN.");
    await page.getByRole("button", { name: "Proponi la nuova versione" }).click();
    await page.getByText("Aspetta che un collega la pubblichi").waitFor();
    expect(await page.getByRole("button", { name: "Pubblica" }).count()).toBe(0);

    const dario = await newPerson(browser);
    await enterStaff(dario.page, "Dario Monti", new URL(page.url()).pathname);
    await dario.page.getByText("Bruno Sala propone una nuova versione").waitFor();
    await dario.page.getByText("Impresa di assicurazione, Albo IVASS").waitFor();
    await expectAccessible(dario.page, "a proposal of a colleague");
    await picture(dario.page, "catalogue-proposal");
    await dario.page.getByRole("button", { name: "Pubblica" }).click();
    await dario.page.getByText("Pubblicata: vale da adesso").waitFor();
    await dario.page.getByText("versione 2").first().waitFor();
    // Before entering, everybody reads the new rule.
    await dario.page.goto(`${portal.url}/chi-puo-aderire/as`);
    await dario.page.getByRole("heading", { level: 2, name: "Check IBAN" }).waitFor();
    expect([...bruno.errors, ...dario.errors]).toEqual([]);
    for (const one of [bruno, dario]) await one.context.close();
  });
});
