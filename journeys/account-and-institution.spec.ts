import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { forget, type Portal, startPortal } from "./src/portal.ts";

/* What is mine across institutions, and what an institution says of itself. */
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

describe("the inbox", () => {
  it("counts what is new, is read and archived, and a preference is set for mails", async () => {
    const { page, errors } = await newPerson(browser);
    await enterAs(page, portal, "Giulia Ferri");
    await page.getByRole("link", { name: /^Da fare\s+1 nuova/ }).click();
    await page.getByRole("heading", { level: 1, name: "Da fare" }).waitFor();
    await page.getByText("Niente da fare").waitFor();
    await page.getByRole("link", { name: "Successo" }).click();
    await page.getByRole("heading", { name: /Hai il profilo «Amministratore»/ }).waitFor();
    await expectAccessible(page, "what happened");
    await page.getByRole("button", { name: "Segna tutto come letto" }).click();
    await page.getByText("tutto segnato come letto").waitFor();
    await page.getByRole("link", { name: "Da fare", exact: true }).first().waitFor();
    await page.getByRole("button", { name: /^Archivia/ }).click();
    await page.getByText("Ancora nessuna notizia").waitFor();
    await page.getByRole("link", { name: "Archiviate" }).click();
    await page.getByRole("button", { name: /^Riprendi/ }).waitFor();

    await page.getByRole("link", { name: "Cosa ricevi per posta" }).first().click();
    const joining = page.getByRole("checkbox", { name: /^Anche per e-mail\s*: Adesioni/ }).first();
    await joining.click();
    await page.getByText("Vale dal prossimo messaggio").waitFor();
    await page.getByRole("searchbox").fill("unione");
    await page.getByRole("button", { name: /^Scegli/ }).click();
    await page.getByText("Torna alla scelta generale").waitFor();
    await expectAccessible(page, "preferences");
    await page.reload();
    await page.getByText("Torna alla scelta generale").waitFor();
    expect(await joining.isChecked()).toBe(true);
    const phone = await newPerson(browser, { width: 360, dark: true });
    await enterAs(phone.page, portal, "Chiara Fontana", "/da-fare?vista=news");
    await phone.page
      .getByRole("heading", { name: /Hai il profilo/ })
      .first()
      .waitFor();
    await expectAccessible(phone.page, "the inbox on a phone in the dark");
    expect([...errors, ...phone.errors]).toEqual([]);
  });
});
