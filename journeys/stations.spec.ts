import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { openUnion } from "./src/people.ts";
import { forget, type Portal, startPortal } from "./src/portal.ts";

/** Kept when somebody wants to look at what the journey saw. */
const picture = async (page: Page, name: string) => {
  const folder = process.env["JOURNEY_PICTURES"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

/* From the registration on the node to a station in production: by a direct institution, and by one that a partner serves. */
describe("a station", () => {
  let portal: Portal;
  let browser: Browser;
  let systems: Server;
  let address: string;
  beforeAll(async () => {
    // What answers at the institution's address: a service that wants a message, and refuses who only looks.
    systems = createServer((_request, response) => response.writeHead(405).end());
    await new Promise<void>((ready) => systems.listen(0, "127.0.0.1", ready));
    address = `http://localhost:${(systems.address() as AddressInfo).port}/pagopa`;
    portal = await startPortal({ DATABASE_URL: undefined });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
    systems?.close();
    if (portal) forget(portal);
  });

  const register = async (page: Page, here: string, ambiente: string) => {
    await page.goto(`${here}/pagopa/${ambiente}/registrazione`);
    await page.getByRole("heading", { level: 1, name: "Registrazione sul nodo" }).waitFor();
    await page.getByText("Non ancora registrato").waitFor();
    await page.getByLabel("Città").fill("Terre Campione");
    await page.getByLabel("Provincia (sigla)").fill("rm");
    await page.getByRole("button", { name: "Registra", exact: true }).click();
    await page.getByText("Registrazione salvata.").waitFor();
    await page.getByLabel("Referente").fill("Ufficio pagamenti");
    await page.getByLabel("E-mail").fill("pagamenti@unione.example");
    await page.getByLabel("Telefono").fill("06 123 4567");
    await page.getByRole("button", { name: "Salva", exact: true }).click();
    await page.getByText("Tavolo operativo salvato.").waitFor();
  };

  it("of a direct institution: registered, created in Collaudo, tested, associated, promoted, looked at by a person", async () => {
    const { page, errors } = await newPerson(browser);
    const here = await openUnion(page, portal);
    await page.goto(`${here}/pagopa/collaudo/stazioni`);
    await page.getByRole("heading", { name: "Ancora nessuna stazione" }).waitFor();
    await expectAccessible(page, "no station yet");
    await page.goto(`${here}/pagopa/collaudo/registrazione`);
    await page.getByRole("heading", { name: "E ora?" }).waitFor();
    await expectAccessible(page, "not registered yet");
    await picture(page, "registrazione-vuota");
    await register(page, here, "collaudo");
    await expectAccessible(page, "registered");
    await picture(page, "registrazione");

    await page.getByRole("link", { name: "Nuova stazione" }).click();
    await page.getByRole("heading", { level: 1, name: "Nuova stazione" }).waitFor();
    // What is wrong is said at its field, and nothing typed is lost.
    await page.getByLabel("Descrizione").fill("Tributi");
    await page.getByRole("button", { name: "Crea la stazione" }).click();
    await page.getByText("Manca: scrivilo per continuare.").first().waitFor();
    await expectAccessible(page, "a station without an address");
    await page.getByLabel("Indirizzo Modello Unico").fill(address);
    expect(await page.getByLabel("Descrizione").inputValue()).toBe("Tributi");
    await page.getByRole("button", { name: "Crea la stazione" }).click();
    await page.getByRole("heading", { level: 1, name: /_01$/ }).waitFor();
    await page.getByRole("button", { name: /^Prova/ }).click();
    await page.getByText("Risponde (stato 405).").waitFor();
    await expectAccessible(page, "a station that was tested");
    await picture(page, "stazione");

    await page.getByRole("link", { name: "Associa un ente" }).click();
    await page.getByRole("radio", { name: /Unione dei Comuni Terre Campione/ }).check();
    await page.getByLabel("Codice segregazione").selectOption("02");
    await expectAccessible(page, "an association");
    await picture(page, "associa");
    await page.getByRole("button", { name: "Associa", exact: true }).click();
    await page.getByRole("rowheader", { name: /Unione dei Comuni Terre Campione/ }).waitFor();

    const code = (await page.getByRole("heading", { level: 1 }).textContent())!;
    await register(page, here, "produzione");
    await page.goto(`${here}/pagopa/collaudo/stazioni/${code}`);
    await page.getByRole("button", { name: "Porta in Produzione" }).click();
    await page.getByLabel("Indirizzo Modello Unico").fill("https://pagamenti.unione-campione.it/pagopa");
    await page.getByRole("checkbox", { name: /Unione dei Comuni Terre Campione/ }).waitFor();
    await page.getByRole("button", { name: "Vedi la differenza" }).click();
    await page.getByText("non associato").waitFor();
    await expectAccessible(page, "what promoting would do");
    await picture(page, "promuovi");
    await page.getByRole("button", { name: "Porta in Produzione" }).click();
    await page.getByText(`In Produzione: ${code}.`).waitFor();
    await page.goto(`${here}/pagopa/produzione/stazioni/${code}`);
    await page.getByRole("heading", { name: "La stazione aspetta il controllo" }).waitFor();
    await expectAccessible(page, "a station under review");
    await picture(page, "in-revisione");

    const desk = await newPerson(browser);
    await desk.page.goto(`${portal.url}/staff/stazioni`);
    await desk.page.getByRole("link", { name: "Entra", exact: true }).click();
    await desk.page.getByRole("button", { name: "Entra come Marta Guidi", exact: true }).click();
    await desk.page.getByRole("link", { name: code }).waitFor();
    await expectAccessible(desk.page, "the desk's queue of stations");
    await picture(desk.page, "desk-coda");
    await desk.page.getByRole("link", { name: code }).click();
    await desk.page.getByRole("heading", { name: "Decisione" }).waitFor();
    await expectAccessible(desk.page, "a station to decide on");
    await picture(desk.page, "desk-stazione");
    await desk.page.getByRole("button", { name: "Approva" }).click();
    await desk.page.getByText("Approvata: è attiva.").waitFor();
    expect(desk.errors).toEqual([]);

    await page.reload();
    await page.getByRole("heading", { name: /^Approvata/ }).waitFor();
    await page.getByText("Attiva dal").waitFor();
    expect(errors).toEqual([]);
  });

  it("of a partner serves an institution that chose it; each sees what the other must do, on a phone and in English", async () => {
    const firm = await newPerson(browser);
    await enterAs(firm.page, portal, "Davide Riva");
    await firm.page.getByRole("link", { name: "Accedi Nuvola Campione S.r.l." }).click();
    await firm.page.waitForURL(/\/enti\/[0-9a-f-]{36}/);
    const partner = firm.page.url().replace(/\/?(\?.*)?$/, "");
    await firm.page.goto(`${partner}/pagopa/collaudo/registrazione`);
    await firm.page.getByLabel("Provincia (sigla)").fill("RM");
    await firm.page.getByRole("button", { name: "Registra", exact: true }).click();
    await firm.page.getByText("Registrazione salvata.").waitFor();
    await expectAccessible(firm.page, "a partner on the node");
    await firm.page.goto(`${partner}/pagopa/collaudo/stazioni/nuova`);
    await firm.page.getByRole("radio", { name: /Asincrona/ }).check();
    await firm.page.getByRole("button", { name: "Crea la stazione" }).click();
    await firm.page.getByRole("heading", { level: 1, name: /_01$/ }).waitFor();
    await firm.page.getByRole("link", { name: "Associa un ente" }).first().click();
    await firm.page.getByText("in attesa di registrazione sul nodo").first().waitFor();
    await expectAccessible(firm.page, "institutions that are not on the node yet");
    await picture(firm.page, "candidati");

    const town = await newPerson(browser, { width: 390, locale: "en-GB", dark: true });
    await town.page.goto(portal.url);
    await town.page.getByRole("link", { name: "IdP di prova (SPID)" }).click();
    await town.page.getByRole("button", { name: "Entra come Agnese Torre", exact: true }).click();
    await town.page.waitForURL(/\/enti$/);
    await town.page
      .getByRole("link", { name: /Comune di Borgo Acero/ })
      .first()
      .click();
    await town.page.waitForURL(/\/enti\/[0-9a-f-]{36}/);
    const here = town.page.url().replace(/\/?(\?.*)?$/, "");
    await town.page.goto(`${here}/pagopa/collaudo/registrazione`);
    await town.page.getByLabel("Province (two letters)").fill("RM");
    await town.page.getByRole("radio", { name: /Through an intermediary/ }).check();
    await town.page.getByLabel("Who connects you").selectOption({ label: "Nuvola Campione S.r.l. (delegated)" });
    await expectAccessible(town.page, "the registration on a phone");
    await town.page.getByRole("button", { name: "Register", exact: true }).click();
    await town.page.getByText("Registration saved.").waitFor();
    await town.page.getByText("Up to whoever connects you").waitFor();
    await picture(town.page, "telefono-registrazione");

    await firm.page.reload();
    await firm.page.getByRole("searchbox").fill("acero");
    await firm.page.getByRole("radio", { name: /Comune di Borgo Acero/ }).check();
    await firm.page.getByLabel("Codice segregazione").selectOption("07");
    await firm.page.getByRole("button", { name: "Associa", exact: true }).click();
    await firm.page.getByRole("rowheader", { name: /Comune di Borgo Acero/ }).waitFor();
    await town.page.reload();
    await town.page.getByText("segregation code 07").waitFor();
    await expectAccessible(town.page, "an association on a phone");
    await picture(town.page, "telefono-associazione");
    // The partner's own list, on a narrow screen.
    await firm.page.setViewportSize({ width: 390, height: 800 });
    await firm.page.goto(`${partner}/pagopa/collaudo/stazioni`);
    await firm.page.getByRole("link", { name: /_01$/ }).waitFor();
    await expectAccessible(firm.page, "stations on a phone");
    await picture(firm.page, "telefono-stazioni");
    expect(town.errors).toEqual([]);
    expect(firm.errors).toEqual([]);
  });
});
