import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { forget, type Portal, startPortal } from "./src/portal.ts";

/* A partner with three hundred delegations clears what stops it, one after the other, and finds any of them while typing. */
describe("a partner works through its portfolio", () => {
  let portal: Portal;
  let browser: Browser;
  beforeAll(async () => {
    portal = await startPortal({ DATABASE_URL: undefined, DEMO_DELEGATIONS: "300" });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
    if (portal) forget(portal);
  });

  it("three hundred institutions: what waits is accepted in a row, and the list empties", async () => {
    const { page, errors } = await newPerson(browser);
    page.setDefaultTimeout(45_000);
    await enterAs(page, portal, "Davide Riva");
    await page.getByRole("link", { name: "Accedi Nuvola Campione S.r.l." }).click();
    await page.getByRole("navigation", { name: "Sezioni" }).getByRole("link", { name: "Enti gestiti" }).click();
    await page.getByText("300 enti ti hanno delegato").waitFor();
    await expectAccessible(page, "a portfolio");
    const facet = page
      .getByRole("navigation", { name: "Filtra per ciò che ferma" })
      .getByRole("link", { name: /Da accettare/ });
    const waiting = Number(/\d+/.exec(await facet.innerText())![0]);
    expect(waiting).toBeGreaterThan(5);
    await facet.click();
    await page.waitForURL(/blocco=to-accept/);
    await page.getByRole("button", { name: "Comincia" }).click();
    for (let n = 1; n <= waiting; n++) {
      await page.getByText(`${n} di ${waiting}`, { exact: true }).waitFor();
      if (n === 1) await expectAccessible(page, "one of the list");
      await page.getByRole("button", { name: "Accetta la delega" }).click();
      await page.getByRole("button", { name: "Rinuncia" }).waitFor();
      if (n < waiting) await page.getByRole("link", { name: "Prossimo ente" }).click();
    }
    await page.getByText("Lista finita").waitFor();
    await page.getByRole("link", { name: "Torna alla lista" }).click();
    await page.getByRole("heading", { name: "Nessun ente con questi filtri" }).waitFor();
    await expectAccessible(page, "nothing left of a filter");
    // Any of them, while typing: by a later word of the name.
    await page.getByRole("button", { name: "Rimuovi filtri" }).click();
    await page.getByRole("searchbox", { name: /Cerca ente/ }).fill("0223");
    await page.getByRole("link", { name: "Comune di Prova 0223", exact: true }).waitFor();
    await page.waitForURL(/cerca=0223/);
    await page.locator("tbody tr").nth(1).waitFor({ state: "detached" });
    expect(await page.locator("tbody tr").count()).toBe(1);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Esporta queste righe" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("enti-gestiti.csv");
    expect(errors).toEqual([]);

    const technician = await newPerson(browser, { width: 360, locale: "en-GB" });
    await technician.page.goto(portal.url);
    await technician.page.getByRole("link", { name: "IdP di prova (SPID)" }).click();
    await technician.page.getByRole("button", { name: "Entra come Nina Sala", exact: true }).click();
    await technician.page.waitForURL(/\/enti$/);
    await technician.page
      .getByRole("link", { name: /Nuvola Campione/ })
      .first()
      .click();
    await technician.page.waitForURL(/\/enti\/[0-9a-f-]{36}/);
    await technician.page.keyboard.press("Control+k");
    await technician.page.getByRole("dialog").getByRole("searchbox").fill("prova 0250");
    await technician.page
      .getByRole("dialog")
      .getByRole("link", { name: /Comune di Prova 0250/ })
      .waitFor();
    await expectAccessible(technician.page, "the switcher, on a phone");
    await technician.page
      .getByRole("dialog")
      .getByRole("link", { name: /Comune di Prova 0250/ })
      .click();
    await technician.page.getByRole("region", { name: "Mandate" }).getByText("Comune di Prova 0250").waitFor();
    await expectAccessible(technician.page, "a mandate, on a phone");
    expect(technician.errors).toEqual([]);
  });
});
