import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { forget, mailTo, type Portal, startPortal } from "./src/portal.ts";

/* A newcomer starts with the keyboard alone, hands the draft to a colleague, who sends it; then it is cancelled from the mail. */
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

/** Presses Tab until the focus is on something so named, as a person without a mouse does. */
const tabTo = async (page: Page, name: RegExp, most = 60) => {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(
      "(() => { const e = document.activeElement; return e ? (e.getAttribute('aria-label') || e.textContent || '') + ' ' + (e.labels?.[0]?.textContent ?? '') : ''; })()",
    );
    if (name.test(String(focused))) return;
  }
  throw new Error(`the keyboard does not reach ${name}`);
};

const fill = async (page: Page, p: { givenName: string; familyName: string; fiscalCode: string; email: string }) => {
  await page.getByLabel("Nome", { exact: true }).fill(p.givenName);
  await page.getByLabel("Cognome").fill(p.familyName);
  await page.getByLabel("Codice fiscale").fill(p.fiscalCode);
  await page.getByLabel("E-mail", { exact: true }).fill(p.email);
};

describe("a draft", () => {
  it("is begun with the keyboard, handed over, sent by the colleague and cancelled from the mail", async () => {
    const luca = await newPerson(browser);
    await luca.page.goto(portal.url);
    await tabTo(luca.page, /IdP di prova/);
    await luca.page.keyboard.press("Enter");
    await luca.page.getByRole("heading", { name: "Chi entra?" }).waitFor();
    await tabTo(luca.page, /Entra come Luca Marini/);
    await luca.page.keyboard.press("Enter");
    await luca.page.getByText("Ancora nessun ente").waitFor();
    await expectAccessible(luca.page, "a newcomer with no institution");
    await tabTo(luca.page, /^Aderisci/);
    await luca.page.keyboard.press("Enter");
    await luca.page.getByRole("heading", { level: 1, name: "Tipo di ente" }).waitFor();
    await tabTo(luca.page, /Continua: Ricerca/);
    await luca.page.keyboard.press("Enter");
    await luca.page.getByRole("heading", { level: 1, name: "Cerca il tuo ente" }).waitFor();
    await tabTo(luca.page, /Ente/);
    await luca.page.keyboard.type("ripa mod", { delay: 30 });
    await luca.page.getByRole("option", { name: /Ripa Modello/ }).waitFor();
    await luca.page.keyboard.press("ArrowDown");
    await luca.page.keyboard.press("Enter");
    await tabTo(luca.page, /Continua: Dati dell’ente/);
    await luca.page.keyboard.press("Enter");
    await luca.page.getByRole("heading", { level: 1, name: "Dati dell’ente" }).waitFor();
    await luca.page.getByLabel("Codice SDI").fill("UFRIPA");
    await luca.page.getByText(/Bozza salvata alle/).waitFor();
    await luca.page.getByLabel("E-mail del collega").fill("chiara@pec.posta.example");
    await luca.page.getByRole("button", { name: "Passa la bozza" }).click();
    await luca.page.getByText("È un indirizzo PEC").waitFor();
    await luca.page.getByLabel("E-mail del collega").fill("chiara.fontana@posta.example");
    await luca.page.getByRole("button", { name: "Passa la bozza" }).click();

    const mail = await mailTo(portal, "chiara.fontana@posta.example", "bozza");
    expect(mail.subject).toContain("Luca Marini");
    const chiara = await newPerson(browser);
    // Not yet entered: sent to the door, and back here after it.
    await chiara.page.goto(mail.links[0]!);
    await chiara.page.waitForURL((url) => url.pathname === "/");
    await chiara.page.getByRole("link", { name: "IdP di prova (SPID)" }).click();
    await chiara.page.getByRole("button", { name: "Entra come Chiara Fontana", exact: true }).click();
    await chiara.page.getByRole("heading", { level: 1, name: "Dati dell’ente" }).waitFor();
    expect(await chiara.page.getByLabel("Codice SDI").inputValue()).toBe("UFRIPA");
    await chiara.page.getByRole("button", { name: "Continua: Legale Rappresentante" }).click();
    await fill(chiara.page, {
      givenName: "Niccolò",
      familyName: "D'Angiò",
      fiscalCode: "DNGNCL78T06D612M",
      email: "sindaco@ripa-modello.example",
    });
    await chiara.page.getByRole("button", { name: "Continua: Amministratori" }).click();
    await chiara.page.getByRole("heading", { level: 1, name: "Amministratori" }).waitFor();
    await fill(chiara.page, {
      givenName: "Chiara",
      familyName: "Fontana",
      fiscalCode: "FNTCHR87A62D969J",
      email: "chiara.fontana@posta.example",
    });
    await chiara.page.getByRole("button", { name: "Continua: Riepilogo" }).click();
    await chiara.page.getByRole("button", { name: "Invia l’adesione" }).click();
    await chiara.page.waitForURL(/\/adesione\/inviata\//);

    // Somebody else may not take the draft with the same link.
    const sara = await newPerson(browser);
    await enterAs(sara.page, portal, "Sara Colombo");
    await sara.page.goto(mail.links[0]!);
    await sara.page
      .getByText(/non vale|non trovata/i)
      .first()
      .waitFor();
    await expectAccessible(sara.page, "a hand-over that is not for them");

    const pec = await mailTo(portal, "protocollo@pec.ripa-modello.example", "da firmare");
    const cancel = pec.links.find((l) => l.includes("/annulla/"))!;
    const clerk = await newPerson(browser, { script: false });
    await clerk.page.goto(cancel);
    await clerk.page.getByRole("button", { name: /Annulla l’adesione/ }).click();
    await clerk.page
      .getByText(/annullata/i)
      .first()
      .waitFor();
    await mailTo(portal, "protocollo@pec.ripa-modello.example", "annullata");
    await chiara.page.reload();
    await chiara.page.getByText("Annullata").first().waitFor();
    await expectAccessible(chiara.page, "a cancelled onboarding");
    expect([...luca.errors, ...chiara.errors, ...sara.errors]).toEqual([]);
  });
});
