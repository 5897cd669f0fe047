import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { forget, mailTo, type Portal, startPortal } from "./src/portal.ts";

/* The administrators of Lago Prova have all left. Somebody who works there gets the institution back, in sight of everybody. */
let portal: Portal;
let browser: Browser;
beforeAll(async () => {
  // The waiting time of five days, in half a minute.
  portal = await startPortal({ DATABASE_URL: undefined, RECOVERY_DAYS: "0.0003" });
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

describe("an institution whose administrators are all gone", () => {
  it("is recovered: the PEC and the mayor confirm, everybody sees the waiting, and its end gives the access", async () => {
    const { page: ioana, errors } = await newPerson(browser);
    await enterAs(ioana, portal, "Ioana Mihaela Rădulescu");
    await ioana.getByRole("heading", { level: 1 }).waitFor();
    await ioana.getByRole("link", { name: "Recupera un ente senza amministratori" }).click();
    await ioana.waitForURL(/\/recupero/);
    await ioana.getByRole("heading", { level: 1, name: "Recupera un ente senza amministratori" }).waitFor();
    await expectAccessible(ioana, "asking to recover");
    // Nothing chosen: the page says what is missing, and where.
    await ioana.getByRole("button", { name: "Chiedi di amministrare l’ente" }).click();
    await ioana.getByText("Scegli l’ente per continuare.").first().waitFor();
    await ioana.getByRole("combobox", { name: "Ente" }).fill("terre campione");
    await ioana.getByRole("option", { name: /Terre Campione/ }).click();
    await ioana.getByLabel("La tua e-mail di lavoro").fill("ioana.radu@posta.example");
    await ioana.getByRole("button", { name: "Chiedi di amministrare l’ente" }).click();
    await ioana.getByText("L’ente ha ancora amministratori").waitFor();
    // What was typed is still there for the right institution.
    await ioana.getByRole("button", { name: "Scegli un altro ente" }).click();
    await ioana.getByRole("combobox", { name: "Ente" }).fill("lago prova");
    await ioana.getByRole("option", { name: /Lago Prova/ }).click();
    expect(await ioana.getByLabel("La tua e-mail di lavoro").inputValue()).toBe("ioana.radu@posta.example");
    await ioana.getByLabel(/Due parole per chi legge/).fill("Il segretario che ci seguiva è andato in pensione.");
    await picture(ioana, "recover-ask");
    await ioana.getByRole("button", { name: "Chiedi di amministrare l’ente" }).click();
    await ioana.getByRole("heading", { level: 1, name: "Amministrare Comune di Lago Prova" }).waitFor();
    await expectAccessible(ioana, "how it stands");
    await picture(ioana, "recover-progress");

    // A colleague with few permissions sees it on every page of the institution.
    const colleague = await newPerson(browser, { width: 360 });
    await enterAs(colleague.page, portal, "Niccolò D'Angiò");
    await colleague.page
      .getByRole("link", { name: /Lago Prova/ })
      .first()
      .click();
    await colleague.page.getByText("Ioana Mihaela Rădulescu chiede di amministrare l’ente").first().waitFor();
    await expectAccessible(colleague.page, "the note on a phone");
    await picture(colleague.page, "recover-note-phone");

    // The PEC: a page without script, in German too; opening it changes nothing.
    const pec = await mailTo(portal, "lago@pec.lagoprova.example");
    expect(pec.kind).toBe("pec");
    const reader = await newPerson(browser, { script: false, locale: "de-DE" });
    await reader.page.goto(pec.links[0]!);
    await reader.page.getByRole("heading", { level: 1, name: /möchte die Körperschaft verwalten/ }).waitFor();
    await picture(reader.page, "recover-pec");
    const eye = await newPerson(browser);
    await eye.page.goto(pec.links[0]!);
    await expectAccessible(eye.page, "the link in the PEC");
    await reader.page.getByRole("button", { name: "Ich bestätige: gehört zur Körperschaft" }).click();
    await reader.page.getByText("Über PEC bestätigt").waitFor();

    // The mayor confirms with her own identity.
    const letter = await mailTo(portal, "elena.conti@posta.example", "chiede di amministrare Comune di Lago Prova");
    const mayor = await newPerson(browser);
    await enterAs(mayor.page, portal, "Elena Conti", new URL(letter.links[0]!).pathname);
    await mayor.page.getByText("Aspetta la tua conferma").waitFor();
    await expectAccessible(mayor.page, "the mayor confirms");
    await picture(mayor.page, "recover-mayor");
    await mayor.page.getByRole("button", { name: "Confermo" }).click();
    await mayor.page.getByText("In attesa").first().waitFor();
    await colleague.page.reload();
    await colleague.page.getByText(/Le conferme ci sono: Ioana Mihaela Rădulescu amministra l’ente dal/).waitFor();

    // The waiting is over: she administers the institution, and is told to find a second one.
    const told = () => mailTo(portal, "ioana.radu@posta.example", "Sei amministratore di Comune di Lago Prova");
    // What is over by the clock is looked at about once a minute.
    await Array.from({ length: 8 }).reduce<Promise<unknown>>((waited) => waited.catch(told), told());
    await ioana.goto(`${portal.url}/enti`);
    await ioana
      .getByRole("link", { name: /Lago Prova/ })
      .first()
      .click();
    await ioana.getByText("come Amministratore").waitFor();
    await ioana.getByRole("heading", { name: "L’ente ha un solo amministratore" }).waitFor();
    await ioana.getByRole("link", { name: "Invita un altro" }).click();
    await ioana.getByRole("heading", { level: 1, name: "Invita una persona" }).waitFor();
    expect([...errors, ...colleague.errors, ...mayor.errors, ...eye.errors]).toEqual([]);
  }, 300_000);
});
