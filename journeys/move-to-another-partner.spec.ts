import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { forget, type Portal, startPortal } from "./src/portal.ts";

/* From one partner to another: both are at work until the day chosen, all three see the plan, and there is a way back. */
describe("an institution goes over to another partner", () => {
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
  const section = (page: Page, name: string) =>
    page.getByRole("navigation", { name: "Sezioni" }).getByRole("link", { name }).click();

  it("plans it, the second accepts, both see it, and it goes back before the day", async () => {
    const giver = await newPerson(browser);
    await enterAs(giver.page, portal, "Agnese Torre");
    await giver.page
      .getByRole("link", { name: /^Accedi Comune di Borgo Betulla/ })
      .first()
      .click();
    await giver.page.waitForURL(/\/enti\/[0-9a-f-]{36}/);
    await section(giver.page, "Deleghe");
    await giver.page.getByRole("link", { name: "Nuvola Campione S.r.l." }).click();
    await giver.page.getByRole("button", { name: "Passa a un altro partner" }).click();
    const plan = giver.page.getByRole("dialog");
    // Nothing chosen: said there, and what is typed stays.
    await plan.getByRole("button", { name: "Pianifica il passaggio" }).click();
    await plan.getByRole("alert").waitFor();
    await plan.getByRole("searchbox").fill("ponte");
    await plan.getByRole("radio", { name: /Ponte Campione/ }).check();
    await plan.getByLabel("Dal giorno").fill("2099-01-01");
    await expectAccessible(giver.page, "planning to go over");
    await picture(giver.page, "move-plan");
    await plan.getByRole("button", { name: "Pianifica il passaggio" }).click();
    await giver.page.getByText("Passaggio pianificato: la delega è offerta a Ponte Campione").waitFor();
    await giver.page.getByText(/Da Nuvola Campione S.r.l. a Ponte Campione S.r.l., il 01\/01\/2099/).waitFor();
    await expectAccessible(giver.page, "a plan");
    await picture(giver.page, "move-planned");

    const second = await newPerson(browser, { width: 390 });
    await enterAs(second.page, portal, "Francesca Gallo");
    await second.page.getByRole("link", { name: "Accedi Ponte Campione S.r.l." }).click();
    await second.page.waitForURL(/\/enti\/[0-9a-f-]{36}/);
    const here = second.page.url().replace(/\/?(\?.*)?$/, "");
    await second.page.goto(`${here}/enti-gestiti`);
    await second.page.getByRole("link", { name: /Leggi e accetta.*Betulla/ }).click();
    await second.page.getByText(/Da Nuvola Campione S.r.l. a Ponte Campione S.r.l./).waitFor();
    await second.page.getByRole("button", { name: "Accetta la delega" }).click();
    await second.page.getByText("Delega accettata. Vale da adesso.").waitFor();
    await expectAccessible(second.page, "the plan, for who comes, on a phone");
    await picture(second.page, "move-second-phone");

    // The first knows it too, and still works until the day.
    const first = await newPerson(browser);
    await enterAs(first.page, portal, "Davide Riva");
    await first.page.getByRole("link", { name: "Accedi Nuvola Campione S.r.l." }).click();
    await section(first.page, "Enti gestiti");
    await first.page.getByRole("searchbox", { name: /Cerca ente/ }).fill("betulla");
    await first.page
      .getByRole("link", { name: /^Comune di Borgo Betulla/ })
      .first()
      .click();
    await first.page.getByText(/Da Nuvola Campione S.r.l. a Ponte Campione S.r.l., il 01\/01\/2099/).waitFor();
    await first.page.getByText("Attiva", { exact: true }).first().waitFor();

    // The institution thinks better of it: back, with a reason, and the second is out from the next request.
    await giver.page.reload();
    await giver.page.getByText(/Ponte Campione S.r.l.: Attiva/).waitFor();
    await giver.page.getByRole("button", { name: "Torna indietro" }).click();
    await giver.page.getByRole("dialog").getByLabel("Perché").fill("Il nuovo partner non è pronto");
    await giver.page.getByRole("dialog").getByRole("button", { name: "Torna indietro" }).click();
    await giver.page.getByText("Sei tornato al partner di prima.").waitFor();
    await second.page.reload();
    await second.page.getByText("Revocata").first().waitFor();
    expect([...giver.errors, ...second.errors, ...first.errors]).toEqual([]);
  });
});
