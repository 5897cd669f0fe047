import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { forget, mailTo, type Portal, startPortal } from "./src/portal.ts";

/*
 * A town lets a partner work for it in Collaudo alone: the technician works there, is refused elsewhere with the reason, and is out at
 * the click after the revocation. Stations do not exist yet: what is worked on is the list of IBANs.
 */
describe("a municipality delegates a partner", () => {
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

  const into = async (page: Page, name: string, institution: string) => {
    await enterAs(page, portal, name);
    await page.getByRole("link", { name: `Accedi ${institution}` }).click();
    await page.waitForURL(/\/enti\/[0-9a-f-]{36}/);
    return page.url().replace(/\/?(\?.*)?$/, "");
  };
  const section = (page: Page, name: string) =>
    page.getByRole("navigation", { name: "Sezioni" }).getByRole("link", { name }).click();

  const picture = async (page: Page, name: string) => {
    const folder = process.env["JOURNEY_PICTURES"];
    if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  };

  it("in Collaudo alone, watches, widens, revokes; the next click is refused", async () => {
    const giver = await newPerson(browser);
    const town = await into(giver.page, "Chiara Fontana", "Comune di Valle Campione");
    await section(giver.page, "Deleghe");
    await giver.page.getByRole("heading", { name: "Ancora nessuna delega" }).waitFor();
    await expectAccessible(giver.page, "no delegation yet");
    await giver.page.getByRole("link", { name: "Offri una delega" }).click();
    // The municipality is on App IO too.
    await giver.page.getByLabel("Su quale prodotto").selectOption("pagopa");
    await giver.page.getByRole("searchbox", { name: /Cerca il partner/ }).fill("nuvola");
    await giver.page.getByRole("radio", { name: /Nuvola Campione/ }).check();
    await giver.page.getByRole("radio", { name: /Solo Collaudo/ }).check();
    // What moves money is not to be had this way, and the page says how.
    expect(await giver.page.getByRole("checkbox", { name: /Aggiungere, cambiare e ritirare/ }).isChecked()).toBe(false);
    // All that the institution has, or stations by name: one that does not exist is refused with its name.
    await giver.page.getByRole("radio", { name: "Solo queste stazioni" }).check();
    await giver.page.getByLabel("Codici delle stazioni").fill("99900001373_77");
    await expectAccessible(giver.page, "an offer");
    await picture(giver.page, "delegation-offer");
    await giver.page.getByRole("button", { name: "Offri la delega" }).click();
    await giver.page.getByRole("alert").getByText("99900001373_77").waitFor();
    await giver.page.getByRole("radio", { name: "Tutto ciò che l’ente ha sul prodotto" }).check();
    await giver.page.getByRole("button", { name: "Offri la delega" }).click();
    await giver.page.getByText("Il partner deve accettare").waitFor();
    await expectAccessible(giver.page, "an offered delegation");
    await mailTo(portal, "davide.riva@posta.example", "Comune di Valle Campione ti offre la delega");

    const partner = await newPerson(browser);
    await into(partner.page, "Davide Riva", "Nuvola Campione S.r.l.");
    await section(partner.page, "Enti gestiti");
    await partner.page.getByRole("searchbox", { name: /Cerca ente/ }).fill("valle ca");
    await partner.page.getByRole("link", { name: /Leggi e accetta.*Valle Campione/ }).click();
    await expectAccessible(partner.page, "an offer to answer");
    await partner.page.getByRole("button", { name: "Accetta la delega" }).click();
    await partner.page.getByText("Delega accettata. Vale da adesso.").waitFor();
    expect(partner.errors).toEqual([]);

    const technician = await newPerson(browser);
    await enterAs(technician.page, portal, "Nina Sala");
    const served = technician.page.getByRole("region", { name: /tramite Nuvola Campione/ });
    await served.getByRole("link", { name: "Accedi Comune di Valle Campione" }).click();
    // For whom, through whom, on what: in sight on every page.
    const strip = technician.page.getByRole("region", { name: "Mandato" });
    await strip.getByText("solo in Collaudo").waitFor();
    await expectAccessible(technician.page, "the page of a mandate");
    await technician.page.getByRole("link", { name: "Apri IBAN" }).click();
    await technician.page.getByRole("heading", { name: "Ancora nessun IBAN in Collaudo" }).waitFor();
    await strip.getByText("Nuvola Campione S.r.l.").waitFor();
    await expectAccessible(technician.page, "IBANs under a mandate");
    // Elsewhere: refused, and told why and by whom it can be changed.
    await technician.page.getByRole("button", { name: /Ambiente/ }).click();
    await technician.page.locator("#menu-ambiente").getByRole("link", { name: "Produzione" }).click();
    await technician.page.getByText("La delega di Comune di Valle Campione non vale in Produzione").waitFor();
    await expectAccessible(technician.page, "refused in Produzione");

    // The town watches what was tried, and widens.
    await giver.page.reload();
    await giver.page.getByText("Rifiutato").first().waitFor();
    await giver.page.getByRole("link", { name: "Tutti gli atti di questa delega" }).click();
    await giver.page.getByText("Nina Sala per conto dell’ente, tramite Nuvola Campione S.r.l.").first().waitFor();
    await expectAccessible(giver.page, "what was done in its name");
    await picture(giver.page, "delegation-acts");
    // The partner keeps the same in its own book, with whom it was for.
    await partner.page.getByRole("link", { name: "Enti gestiti" }).first().click();
    await partner.page.getByRole("link", { name: "Che cosa avete fatto per gli enti" }).click();
    await partner.page.getByText("per Comune di Valle Campione").first().waitFor();
    await expectAccessible(partner.page, "the partner's own book");
    await picture(partner.page, "delegation-partner-book");
    await giver.page.goBack();
    await giver.page.getByRole("button", { name: "Cambia i limiti" }).click();
    await giver.page
      .getByRole("dialog")
      .getByRole("radio", { name: /Collaudo e Produzione/ })
      .check();
    await expectAccessible(giver.page, "widening");
    await giver.page.getByRole("dialog").getByRole("button", { name: "Cambia la delega" }).click();
    await giver.page.getByText("Delega cambiata.").waitFor();
    await technician.page.reload();
    await technician.page.getByRole("heading", { name: "Ancora nessun IBAN in Produzione" }).waitFor();

    // Revoked: the next click is refused, in every tab.
    const other = await technician.context.newPage();
    await other.goto(`${town}/pagopa/collaudo/iban${new URL(technician.page.url()).search}`);
    await other.getByRole("heading", { name: "Ancora nessun IBAN in Collaudo" }).waitFor();
    await giver.page.getByRole("button", { name: "Revoca", exact: true }).click();
    await giver.page.getByRole("dialog").getByLabel("Perché").fill("Fine del contratto");
    await expectAccessible(giver.page, "revoking");
    await giver.page.getByRole("dialog").getByRole("button", { name: "Revoca la delega" }).click();
    await giver.page.getByText("Delega revocata, da subito.").waitFor();
    for (const page of [technician.page, other]) {
      await page.getByRole("button", { name: /Ambiente/ }).click();
      await page.locator("#menu-ambiente").getByRole("link").first().click();
      await page.reload();
      await page.getByText("è stata revocata. Motivo: Fine del contratto.").waitFor();
    }
    await expectAccessible(technician.page, "a mandate that is over");
    expect(giver.errors).toEqual([]);
    expect(technician.errors).toEqual([]);
  });

  it("who is not assigned is refused, on a phone, in German and in the dark", async () => {
    const { page, errors } = await newPerson(browser, { width: 360, locale: "de-DE", dark: true });
    await page.goto(portal.url);
    await page.getByRole("link", { name: "IdP di prova (SPID)" }).click();
    await page.getByRole("button", { name: "Entra come Nina Sala", exact: true }).click();
    await page.waitForURL(/\/enti$/);
    const served = page.getByRole("region", { name: /über Nuvola Campione/ });
    await expectAccessible(page, "for whom to act, on a phone");
    await served.getByRole("link", { name: /Comune di Borgo Betulla/ }).click();
    await page.getByRole("region", { name: "Auftrag" }).getByText("nur in der Testumgebung").waitFor();
    await expectAccessible(page, "a mandate on a phone");
    const address = page.url();
    const partner = await newPerson(browser);
    const here = await into(partner.page, "Davide Riva", "Nuvola Campione S.r.l.");
    await partner.page.goto(`${here}/incarichi`);
    await partner.page.getByRole("button", { name: /Togli.*Nina Sala/ }).waitFor();
    await expectAccessible(partner.page, "assignments");
    await partner.page.getByRole("button", { name: /Togli.*Nina Sala/ }).click();
    await partner.page.getByText("Assegnazione tolta.").waitFor();
    await page.goto(address);
    await page.getByText("hat Sie aber nicht zugeteilt").waitFor();
    await expectAccessible(page, "not assigned, on a phone");
    await partner.page.getByLabel("Scegli la persona").selectOption({ label: "Nina Sala" });
    await partner.page.getByRole("button", { name: "Assegna", exact: true }).click();
    await partner.page.getByText("Assegnazione fatta.").waitFor();
    expect(errors).toEqual([]);
    expect(partner.errors).toEqual([]);
  });
});
