import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, enterStaff, expectAccessible, newPerson, openBrowser, picture } from "./src/browser.ts";
import { forget, type Portal, startPortal } from "./src/portal.ts";

/*
 * Two products without rooms of their own here: one declares what an institution sets, and the portal draws it; the other runs a back
 * office, and "Gestisci" leads into it with a token. The municipality, the staff, the municipality again.
 */
describe("a product is set up by what it declares, another is entered", () => {
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
  const enter = async (options: Parameters<typeof newPerson>[1] = {}) => {
    const person = await newPerson(browser, options);
    await enterAs(person.page, portal, "Chiara Fontana");
    await person.page
      .getByRole("listitem")
      .filter({ hasText: "Comune di Valle Campione" })
      .getByRole("link")
      .first()
      .click();
    await person.page.getByRole("heading", { level: 1, name: "Comune di Valle Campione" }).waitFor();
    return person;
  };

  it("step by step, tried in Collaudo, looked at by the staff in Produzione, corrected, in force", async () => {
    const { page, errors } = await enter();
    await page.getByRole("link", { name: "Imposta Firma con IO" }).click();
    await page.getByRole("heading", { level: 1, name: "Imposta Firma con IO" }).waitFor();
    await expectAccessible(page, "nothing set yet");
    await picture(page, "settings-empty");
    // A step wrong, then right; saved halfway, and found again.
    await page.getByLabel("E-mail di assistenza").fill("assistenza");
    await page.getByLabel("Pagina di assistenza").focus();
    await page.getByText("Contiene caratteri o una forma che non va bene.").waitFor();
    await page.getByLabel("E-mail di assistenza").fill("assistenza@valle-campione.example");
    await page.getByRole("button", { name: "Salva" }).click();
    await page.getByText("Salvato. Non vale ancora").waitFor();
    await page.getByLabel("Tipi di documento").fill("Contratto di affitto\nDelibera");
    await page.reload();
    // Not saved, and not lost.
    await page.getByText("l’abbiamo tenuto in questa scheda").waitFor();
    expect(await page.getByLabel("Tipi di documento").inputValue()).toBe("Contratto di affitto\nDelibera");
    await page.getByRole("button", { name: "Salva" }).click();
    await page.getByRole("button", { name: "Attiva" }).click();
    await page.getByRole("heading", { name: "Manca ancora qualcosa" }).waitFor();
    await expectAccessible(page, "incomplete");
    await page.getByLabel("Giorni per firmare").fill("30");
    await page.getByLabel("Indirizzo del vostro sistema").fill("https://firme.valle-campione.example/arrivi");
    await page.getByLabel("L’abbiamo provato in Collaudo").check();
    await page.getByRole("button", { name: "Salva" }).click();
    await page.getByRole("button", { name: "Attiva" }).click();
    await page.getByText("Le nuove impostazioni valgono da adesso.").waitFor();
    await page.getByRole("heading", { name: /Vale la versione 1/ }).waitFor();
    await expectAccessible(page, "in force in Collaudo");
    await picture(page, "settings-live");

    await page.getByRole("button", { name: /Ambiente/ }).click();
    await page.locator("#menu-ambiente").getByRole("link", { name: "Produzione" }).click();
    await page.waitForURL(/\/produzione\/impostazioni/);
    const fill = async (url: string) => {
      await page.getByLabel("E-mail di assistenza").fill("assistenza@valle-campione.example");
      await page.getByLabel("Tipi di documento").fill("Delibera");
      await page.getByLabel("Giorni per firmare").fill("60");
      await page.getByLabel("Indirizzo del vostro sistema").fill(url);
      await page.getByLabel("L’abbiamo provato in Collaudo").check();
      await page.getByRole("button", { name: "Salva" }).click();
      await page.getByRole("button", { name: "Invia al personale" }).click();
      await page.getByText("Inviato al personale.").waitFor();
    };
    await page.getByRole("heading", { name: "Per ora niente è attivo" }).waitFor();
    await fill("https://prova.valle-campione.example/arrivi");
    await page.getByRole("heading", { name: "Una modifica aspetta il personale" }).waitFor();
    await expectAccessible(page, "with the staff");

    const staff = await newPerson(browser);
    await enterStaff(staff.page, portal, "Sofia Reali");
    const desk = async () => {
      await staff.page.getByRole("link", { name: "Impostazioni", exact: true }).click();
      await staff.page.getByRole("heading", { level: 1, name: "Impostazioni da guardare" }).waitFor();
      await expectAccessible(staff.page, "the staff's list");
      await staff.page.getByRole("link", { name: "Comune di Valle Campione" }).click();
      await staff.page.getByRole("heading", { level: 1, name: "Comune di Valle Campione" }).waitFor();
    };
    await desk();
    await expectAccessible(staff.page, "a change");
    await picture(staff.page, "settings-change");
    await staff.page.getByRole("button", { name: "Rimanda" }).click();
    await staff.page.getByLabel("Lo leggerà l’ente").fill("L’indirizzo è quello di prova: serve quello vero.");
    await staff.page.getByRole("dialog").getByRole("button", { name: "Rimanda" }).click();
    await staff.page.getByText("Rimandata all’ente, con il motivo.").waitFor();

    await page.reload();
    await page.getByRole("heading", { name: "Il personale ha rimandato l’ultima modifica" }).waitFor();
    await page.getByText("L’indirizzo è quello di prova: serve quello vero.").first().waitFor();
    await fill("https://firme.valle-campione.example/arrivi");
    await desk();
    await staff.page.getByRole("button", { name: "Accetta" }).click();
    await staff.page.getByText("Accettata: da adesso vale.").waitFor();
    await page.reload();
    await page.getByRole("heading", { name: /Vale la versione 2/ }).waitFor();
    expect([...errors, ...staff.errors]).toEqual([]);
  }, 180_000);

  it("entered with Gestisci: a token for that back office, which believes it once", async () => {
    const { page, errors } = await enter();
    await page.getByRole("button", { name: "Gestisci App IO" }).click();
    await page.getByRole("heading", { name: "In quale ambiente vuoi entrare?" }).waitFor();
    await picture(page, "manage");
    await expectAccessible(page, "which environment");
    await page.getByRole("button", { name: "Entra in Collaudo" }).click();
    await page.getByRole("heading", { level: 1, name: "Benvenuta nel back office" }).waitFor();
    const said = await page.getByRole("main").textContent();
    for (const word of ["Chiara Fontana", "Comune di Valle Campione", "admin", "Collaudo"])
      expect(said).toContain(word);
    // The token is nowhere in the address, nor in what a server could have written down.
    expect(page.url()).not.toContain("selfcareToken");
    expect(errors).toEqual([]);
  }, 60_000);

  it("on a phone, in German", async () => {
    const { page, errors } = await enter({ width: 390, locale: "de-DE" });
    await page.getByRole("link", { name: "Einstellen Firma con IO" }).click();
    await page.getByRole("heading", { level: 1, name: "Firma con IO einstellen" }).waitFor();
    await page.getByLabel("E-Mail des Supports").waitFor();
    await expectAccessible(page, "settings on a phone");
    await picture(page, "settings-phone-de");
    expect(errors).toEqual([]);
  }, 60_000);
});
