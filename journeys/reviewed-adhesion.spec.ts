import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { forget, mailTo, type Portal, startPortal } from "./src/portal.ts";

/* A private operator asks to join pagoPA; a person looks first, asks for a change, sees what changed, and approves. */
const people = JSON.parse(readFileSync(join(import.meta.dirname, "../demo/people.json"), "utf8")) as {
  key: string;
  givenName: string;
  familyName: string;
  fiscalNumber: string;
  email: string;
}[];
const person = (key: string) => people.find((p) => p.key === key)!;

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
/** Kept when somebody wants to look at what the journey saw. */
const picture = async (page: Page, name: string) => {
  const folder = process.env["JOURNEY_PICTURES"];
  if (!folder) return;
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  const before = page.viewportSize()!;
  await page.setViewportSize({ width: 360, height: 800 });
  await page.screenshot({ path: `${folder}/${name}-360.png`, fullPage: true });
  await page.setViewportSize(before);
};
const fill = async (page: Page, label: string, value: string) => {
  const field = page.getByLabel(label, { exact: true }).first();
  await field.fill(value);
  await field.blur();
};
const fillPerson = async (page: Page, key: string) => {
  const p = person(key);
  for (const [label, value] of [
    ["Nome", p.givenName],
    ["Cognome", p.familyName],
    ["Codice fiscale", p.fiscalNumber],
    ["E-mail", p.email],
  ] as const)
    await fill(page, label, value);
};
const on = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();

describe("an adhesion that a person looks at first", () => {
  it("goes from the private operator to the desk, back for a field, and to the agreement", async () => {
    // — the private operator —
    const giulia = await newPerson(browser);
    const { page } = giulia;
    await enterAs(page, portal, "Giulia Ferri", "/adesione");
    await on(page, "Tipo di ente");
    await page.getByRole("radio", { name: /Operatore privato con dichiarazione/ }).check();
    await page.getByText("Prima un controllo della dichiarazione").waitFor();
    await page.getByRole("button", { name: /^Continua/ }).click();
    await on(page, "Dati dell’ente");
    for (const [label, value] of [
      ["Denominazione", "Incassi Campione S.r.l."],
      ["Codice fiscale", "00000000018"],
      ["PEC", "incassi@pec.incassi-campione.example"],
      ["Indirizzo della sede legale", "Via di Prova, 7"],
      ["CAP", "39100"],
      ["Comune", "Bolzano"],
      ["Provincia (sigla)", "BZ"],
      ["Codice SDI", "ABCDEF1"],
      ["Numero nel registro delle imprese", "01234567890"],
      ["Albo o elenco", "Albo di prova"],
      ["Numero nell’albo", "77"],
    ] as const)
      await fill(page, label, value);
    const area = page.getByRole("region", { name: "Area geografica" });
    await area.getByRole("button", { name: /Aggiungi/ }).click();
    await area.getByRole("combobox").first().selectOption("national");
    for (const label of [/può impegnare/, /onorabilità/, /condanne/, /procedure concorsuali/])
      await page.getByRole("checkbox", { name: label }).check();
    await expectAccessible(page, "declared data");
    await page.getByRole("button", { name: /^Continua/ }).click();
    await on(page, "Legale Rappresentante");
    await fillPerson(page, "elena-conti");
    await page.getByRole("button", { name: /^Continua/ }).click();
    await on(page, "Amministratori");
    await fillPerson(page, "giulia-ferri");
    await page.getByRole("button", { name: /^Continua/ }).click();
    await on(page, "Riepilogo");
    await page.getByRole("button", { name: "Invia l’adesione" }).click();
    await page.waitForURL(/\/adesione\/inviata\//);
    await page.getByText("È la prossima").waitFor();
    await page.getByText("Decide il revisore di pagoPA").waitFor();
    await expectAccessible(page, "sent, to be reviewed");
    await picture(page, "review-sent");
    const status = page.url();
    // In the province of Bolzano in two languages.
    expect((await mailTo(portal, "incassi@pec.incassi-campione.example", "ricevuta")).subject).toContain("Beitritt zu");

    // — the desk —
    const marta = await newPerson(browser);
    await enterStaff(marta.page, "Marta Guidi", "/staff/adesioni");
    await on(marta.page, "Adesioni da controllare");
    await marta.page.getByText("1 in attesa, 0 in ritardo").waitFor();
    await expectAccessible(marta.page, "the queue");
    await picture(marta.page, "review-queue");
    await marta.page.getByRole("searchbox").fill("nessuno");
    await marta.page.getByText("Nessuna adesione con questi filtri").waitFor();
    await expectAccessible(marta.page, "the queue with nothing found");
    await marta.page.getByRole("button", { name: "Togli i filtri" }).click();
    await marta.page.getByRole("link", { name: "Incassi Campione S.r.l." }).click();
    await on(marta.page, "Incassi Campione S.r.l.");
    await marta.page.getByText("l’ente lo vede nella sua storia").waitFor();
    await expectAccessible(marta.page, "one request");
    await picture(marta.page, "review-request");

    // Two reviewers: one takes it in charge, the other is told, and may take it over.
    await marta.page.getByRole("button", { name: "Prendi in carico" }).click();
    await marta.page.getByRole("button", { name: "Lascia" }).waitFor();
    const sofia = await newPerson(browser);
    await enterStaff(sofia.page, "Sofia Reali", new URL(marta.page.url()).pathname);
    await sofia.page.getByRole("button", { name: "Prendila al posto di Marta Guidi" }).waitFor();
    expect(await sofia.page.getByRole("button", { name: "Approva" }).count()).toBe(0);
    await expectAccessible(sofia.page, "a request in a colleague’s hands");

    // A note on a field, kept through a reload.
    await marta.page.getByRole("button", { name: "Annota Numero nell’albo" }).click();
    await marta.page.getByLabel("Nota su Numero nell’albo").fill("È il numero di un altro albo");
    await marta.page.reload();
    await marta.page.getByText("1 nota su un campo").waitFor();
    await marta.page.getByRole("button", { name: "Chiedi modifiche" }).first().click();
    await marta.page.getByRole("dialog").getByLabel("Che cosa cambiare").fill("Manca poco: un numero non torna.");
    await expectAccessible(marta.page, "asking for changes");
    await picture(marta.page, "review-ask");
    await marta.page.getByRole("dialog").getByRole("button", { name: "Chiedi modifiche" }).click();
    await marta.page.getByText("Rimandata").waitFor();

    // — back with the applicant —
    await page.goto(status);
    await page.getByText("È il numero di un altro albo").waitFor();
    await expectAccessible(page, "to be corrected");
    await picture(page, "review-to-correct");
    await page.getByLabel("Il tuo messaggio").fill("Lo correggo subito.");
    await page.getByRole("button", { name: "Invia il messaggio" }).click();
    await page.getByText("Messaggio inviato").waitFor();
    await page.getByRole("button", { name: "Correggi e rimanda" }).click();
    await page.getByText("Stai correggendo un’adesione già inviata").waitFor();
    expect(await page.getByLabel("Denominazione", { exact: true }).inputValue()).toBe("Incassi Campione S.r.l.");
    await expectAccessible(page, "correcting");
    await picture(page, "review-correcting");
    await fill(page, "Numero nell’albo", "78");
    for (const heading of ["Legale Rappresentante", "Amministratori", "Riepilogo"]) {
      await page.getByRole("button", { name: /^Continua/ }).click();
      await on(page, heading);
    }
    await page.getByRole("button", { name: "Invia l’adesione" }).click();
    await page.waitForURL(/\/adesione\/inviata\//);
    expect(page.url()).toBe(status);

    // — what changed, a message, the approval —
    await marta.page.reload();
    const changes = marta.page.getByRole("region", { name: "Che cosa è cambiato" });
    await changes.getByText("78").waitFor();
    expect((await changes.locator("del").allTextContents()).map((t) => t.trim())).toEqual(["Prima: 77"]);
    await marta.page.getByText("Lo correggo subito.").waitFor();
    await expectAccessible(marta.page, "a corrected request");
    await picture(marta.page, "review-corrected");
    await marta.page.getByRole("button", { name: "Approva", exact: true }).click();
    await marta.page.getByText("Approvata.").waitFor();
    // Who comes second is told: the page of the colleague still shows the first round.
    await sofia.page.getByRole("button", { name: "Prendila al posto di Marta Guidi" }).click();
    await sofia.page.getByText("È già stata decisa").waitFor();
    await mailTo(portal, "incassi@pec.incassi-campione.example", "Accordo pagoPA da firmare");
    expect([...giulia.errors, ...marta.errors, ...sofia.errors]).toEqual([]);
    for (const { context } of [giulia, marta, sofia]) await context.close();
  });

  it("speaks to the desk in another language, on a phone", async () => {
    const { page, errors, context } = await newPerson(browser, { width: 360, locale: "de-DE" });
    await page.goto(`${portal.url}/staff/adesioni?vista=decided`);
    await page.locator('a[href*="/staff/login"]').first().click();
    await page.getByRole("button", { name: "Entra come Sofia Reali", exact: true }).click();
    await on(page, "Zu prüfende Beitritte");
    await page.getByRole("link", { name: "Incassi Campione S.r.l." }).waitFor();
    await expectAccessible(page, "the queue in German on a phone");
    await picture(page, "review-queue-de");
    await page.getByRole("link", { name: "Incassi Campione S.r.l." }).click();
    await page.getByText("Was sich geändert hat").waitFor();
    await expectAccessible(page, "a request in German on a phone");
    await picture(page, "review-request-de");
    expect(errors).toEqual([]);
    await context.close();
  });
});
