import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { confirmAs, enterAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { forget, mailTo, type Portal, startPortal } from "./src/portal.ts";

/* An institution says where its money goes: in test first, then in production, where every administrator is told. */
describe("an institution registers an IBAN", () => {
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
    if (!folder) return;
    await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
    const before = page.viewportSize()!;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `${folder}/${name}-390.png`, fullPage: true });
    await page.setViewportSize(before);
  };
  const openIbans = async (page: Page) => {
    await enterAs(page, portal, "Giulia Ferri");
    await page
      .getByRole("listitem")
      .filter({ hasText: "Unione dei Comuni Terre Campione" })
      .getByRole("link", { name: /Accedi/ })
      .first()
      .click();
    await page.getByRole("navigation", { name: "Sezioni" }).getByRole("link", { name: "IBAN" }).click();
    await page.getByRole("heading", { level: 1, name: "IBAN" }).waitFor();
  };

  it("rehearsed in Collaudo, then in Produzione, with what is wrong said at its field", async () => {
    const { page, errors } = await newPerson(browser);
    await openIbans(page);
    await page.getByRole("heading", { name: "Ancora nessun IBAN in Produzione" }).waitFor();
    await expectAccessible(page, "no IBAN yet");

    // The environment is chosen, written out, and in the address.
    await page.getByRole("button", { name: /Ambiente/ }).click();
    await page.locator("#menu-ambiente").getByRole("link", { name: "Collaudo" }).click();
    await page.waitForURL(/\/pagopa\/collaudo\/iban$/);
    await page.getByRole("heading", { name: "Ancora nessun IBAN in Collaudo" }).waitFor();
    await page.getByRole("link", { name: "Aggiungi un IBAN" }).click();
    await page.getByRole("heading", { level: 1, name: "Aggiungi un IBAN" }).waitFor();
    const iban = page.getByLabel("IBAN", { exact: true });
    await iban.fill("IT60 X054 2811 1010 0000 0123 457");
    await iban.blur();
    await page.getByText("Non torna il carattere di controllo").waitFor();
    await expectAccessible(page, "a wrong IBAN");
    await iban.fill("it60 x054 2811 1010 0000 0123 456");
    await page.getByText("ABI 05428, CAB 11101").waitFor();
    await page.getByLabel("Descrizione").fill("Conto di tesoreria");
    await page.getByRole("button", { name: "Aggiungi IBAN" }).click();
    // Money goes where this says: who one is, is confirmed first, and what was typed is still there.
    await confirmAs(page, "Giulia Ferri");
    expect(await page.getByLabel("Descrizione").inputValue()).toBe("Conto di tesoreria");
    await page.getByRole("button", { name: "Aggiungi IBAN" }).click();
    await page.getByText(/IBAN …3456 aggiunto in Collaudo/).waitFor();
    await page.getByRole("link", { name: "IT60 X054 2811 1010 0000 0123 456" }).waitFor();
    await expectAccessible(page, "an IBAN in Collaudo");

    await page.getByRole("button", { name: /Ambiente/ }).click();
    await page.locator("#menu-ambiente").getByRole("link", { name: "Produzione" }).click();
    await page.getByRole("link", { name: "Aggiungi un IBAN" }).click();
    await page.getByLabel("IBAN", { exact: true }).fill("IT49S0300203280447684177591");
    await page.getByLabel("Descrizione").fill("Conto per i tributi");
    await page.getByRole("radio", { name: /Di un altro/ }).check();
    await page.getByRole("button", { name: "Aggiungi IBAN" }).click();
    // Nothing typed is lost while what is missing is asked for.
    await page.getByText("Manca: scrivilo per continuare.").first().waitFor();
    expect(await page.getByLabel("Descrizione").inputValue()).toBe("Conto per i tributi");
    await page.getByLabel("Denominazione").fill("Tesoreria Esempio S.p.A.");
    await page.getByLabel("Codice fiscale di chi lo intesta").fill("15376371009");
    await page.getByLabel("Perché", { exact: true }).selectOption("treasurer");
    await page.getByRole("button", { name: "Aggiungi IBAN" }).click();
    await page.getByText("Manca la prova di chi è il conto").waitFor();
    await page.getByLabel("La prova di chi è il conto").setInputFiles({
      name: "Convenzione di tesoreria.pdf",
      mimeType: "application/pdf",
      buffer: Buffer.from("%PDF-1.7\n"),
    });
    await page.getByText("Caricato: Convenzione di tesoreria.pdf").waitFor();
    await expectAccessible(page, "an account of somebody else, with its proof");
    await picture(page, "iban-other");
    await page.getByRole("button", { name: "Aggiungi IBAN" }).click();
    await page.getByText(/IBAN …7591 aggiunto in Produzione/).waitFor();
    await mailTo(portal, "giulia.ferri@posta.example", "IBAN di");

    // Its page: labels move here, and the end is planned.
    await page.getByRole("link", { name: "IT49 S030 0203 2804 4768 4177 591" }).click();
    await page.getByRole("heading", { level: 1, name: /IBAN IT49/ }).waitFor();
    await page.getByRole("checkbox", { name: /CUP/ }).check();
    await page.getByRole("button", { name: "Sposta le etichette" }).click();
    await page.getByText("Etichette spostate").waitFor();
    await page.getByRole("button", { name: "Programma il ritiro" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Programma il ritiro" }).click();
    await page.getByText("L’IBAN porta un’etichetta").waitFor();
    await expectAccessible(page, "the page of an IBAN, with a refusal");
    await picture(page, "iban-page");
    expect(errors).toEqual([]);
  });

  it("with two people where the institution wants it: one proposes, in French on a phone in the dark, another approves", async () => {
    const { page, errors } = await newPerson(browser, { width: 360, locale: "fr-FR", dark: true });
    await page.goto(portal.url);
    await page.getByRole("link", { name: "IdP di prova (SPID)" }).click();
    await page.getByRole("button", { name: "Entra come Giulia Ferri", exact: true }).click();
    await page.waitForURL(/\/enti$/);
    await page
      .getByRole("listitem")
      .filter({ hasText: "Unione dei Comuni Terre Campione" })
      .getByRole("link")
      .first()
      .click();
    await page.waitForURL(/\/enti\/[0-9a-f-]{36}/);
    const here = page.url().replace(/\/$/, "");
    await page.goto(`${here}/pagopa/produzione/iban`);
    await page.getByRole("link", { name: "IT49 S030 0203 2804 4768 4177 591" }).waitFor();
    await page.getByRole("button", { name: "Demander une seconde personne" }).click();
    await confirmAs(page, "Giulia Ferri", "Confirmer votre identité");
    await page.getByRole("button", { name: "Demander une seconde personne" }).click();
    await page.getByText("Active : qui modifie un IBAN propose").waitFor();
    await expectAccessible(page, "IBANs on a phone");
    await page.getByRole("link", { name: "Ajouter un IBAN" }).click();
    await page.getByLabel("IBAN", { exact: true }).fill("IT74L0306905020100000046450");
    await page.getByLabel("Description").fill("Compte des droits");
    await page.getByRole("button", { name: "Ajouter l’IBAN" }).click();
    await page.getByLabel(/Pourquoi \(la personne/).fill("Nouvelle trésorerie");
    await expectAccessible(page, "a second person is needed");
    await page.getByRole("button", { name: "Envoyer pour approbation" }).click();
    await page.getByText("Proposition envoyée").waitFor();
    expect(errors).toEqual([]);

    const other = await newPerson(browser);
    await enterAs(other.page, portal, "Chiara Fontana");
    await other.page.goto(`${here}/approvazioni`);
    await other.page.getByRole("heading", { name: /Aggiungere un IBAN/ }).waitFor();
    await other.page.getByText("IT74L0306905020100000046450").first().waitFor();
    await expectAccessible(other.page, "an approval to give");
    await other.page.getByRole("button", { name: "Approva ed esegui" }).click();
    await other.page.getByRole("dialog").getByRole("button", { name: "Approva ed esegui" }).click();
    await confirmAs(other.page, "Chiara Fontana");
    await other.page.getByRole("button", { name: "Approva ed esegui" }).click();
    await other.page.getByRole("dialog").getByRole("button", { name: "Approva ed esegui" }).click();
    await other.page.getByText("Approvata: la modifica è fatta.").waitFor();
    await other.page.goto(`${here}/pagopa/produzione/iban`);
    await other.page.getByRole("link", { name: "IT74 L030 6905 0201 0000 0046 450" }).waitFor();
    expect(other.errors).toEqual([]);
  });
});
