import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { forget, mailTo, type Portal, startPortal } from "./src/portal.ts";

/* The company's staff by their own door; and a person who keeps order among their own sessions. */
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

const enterStaff = async (page: Page, name: string, path = "/staff") => {
  await page.goto(portal.url + path);
  await page.getByRole("link", { name: "Entra", exact: true }).click();
  await page.getByRole("button", { name: `Entra come ${name}`, exact: true }).click();
};
/** Kept when somebody wants to look at what the journey saw. */
const picture = async (page: Page, name: string) => {
  const folder = process.env["JOURNEY_PICTURES"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

describe("the door of the staff", () => {
  it("lets in who has a group, to see what their profiles open, and tells the others whom to ask", async () => {
    const { page, errors, context } = await newPerson(browser);
    // Asked for a page without a session: the door says why, and the page waits behind it.
    await page.goto(`${portal.url}/staff/enti?cerca=terre`);
    await page.getByRole("heading", { level: 1, name: "La porta del personale" }).waitFor();
    await expectAccessible(page, "the door");
    await picture(page, "staff-door");
    await page.getByRole("link", { name: "Entra", exact: true }).click();
    await expectAccessible(page, "the provider of the staff");
    await page.getByRole("button", { name: "Entra come Paolo Serra" }).click();
    await page.getByRole("heading", { level: 1, name: "Enti" }).waitFor();
    await page
      .getByRole("link", { name: /Terre Campione/ })
      .first()
      .waitFor();
    expect(await page.getByRole("searchbox").inputValue()).toBe("terre");
    await expectAccessible(page, "institutions for the staff");
    await picture(page, "staff-institutions");
    await page
      .getByRole("link", { name: /Terre Campione/ })
      .first()
      .click();
    await page.getByText("l’ente lo vede nella sua storia").waitFor();
    await expectAccessible(page, "the card of an institution");
    await picture(page, "staff-institution");
    const sections = page.getByRole("navigation", { name: "Sezioni del personale" });
    expect(await sections.getByRole("link").allTextContents()).toEqual([
      " Panoramica",
      " Segnalazioni",
      " Enti",
      " Elenchi di fiducia",
      " Assistenza",
      " Recuperi",
    ]);
    await sections.getByRole("link", { name: "Elenchi di fiducia" }).click();
    await page.getByRole("heading", { level: 3, name: "Italia" }).waitFor();
    await page.getByText("2 servizi").waitFor();
    await expectAccessible(page, "trusted lists");
    await picture(page, "staff-trusted-lists");
    await sections.getByRole("link", { name: "Segnalazioni" }).click();
    await page.getByText("Nessuna segnalazione").waitFor();
    await expectAccessible(page, "findings for the staff");
    await picture(page, "staff-findings");
    // A page of another profile: refused, with who has it.
    await page.goto(`${portal.url}/staff/storia`);
    await page.getByText("Ce l’ha chi ha il profilo Auditor, Sicurezza").waitFor();
    await page.getByRole("button", { name: "Esci" }).last().click();
    await page.getByRole("heading", { level: 1, name: "La porta del personale" }).waitFor();
    expect(errors).toEqual([]);
    await context.close();

    const nora = await newPerson(browser, { width: 360 });
    await enterStaff(nora.page, "Nora Fabbri");
    await nora.page.getByText("nessuno dei tuoi gruppi apre il portale").waitFor();
    await nora.page.getByRole("link", { name: /@/ }).waitFor();
    await expectAccessible(nora.page, "somebody without a group");
    await picture(nora.page, "staff-without-group");
    await nora.context.close();
  });

  it("shows the auditor what happened, on a phone and in the dark", async () => {
    const { page, errors, context } = await newPerson(browser, { width: 360, dark: true });
    await enterStaff(page, "Ines Valli");
    await page.getByRole("heading", { level: 1, name: "Panoramica" }).waitFor();
    await page.getByText("Verifichi che cosa è successo").waitFor();
    await expectAccessible(page, "overview of the staff");
    await picture(page, "staff-overview-phone");
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("link", { name: "Storia" }).click();
    await page.getByText("È entrata una persona del personale").first().waitFor();
    await expectAccessible(page, "the trail of the portal");
    await picture(page, "staff-trail-phone");
    expect(errors).toEqual([]);
    await context.close();
  });
});

describe("one's own account", () => {
  it("shows the sessions, asks to confirm before an address changes, and loses nothing that was typed", async () => {
    const giulia = await newPerson(browser);
    await enterAs(giulia.page, portal, "Giulia Ferri");
    const phone = await newPerson(browser, { width: 360 });
    await enterAs(phone.page, portal, "Giulia Ferri");
    const { page } = giulia;
    await page.getByRole("button", { name: "Giulia Ferri" }).click();
    await page.getByRole("link", { name: "Le tue sessioni" }).click();
    await page.getByRole("heading", { level: 1, name: "Le tue sessioni" }).waitFor();
    await page.getByText("Questa", { exact: true }).waitFor();
    expect(await page.getByRole("heading", { level: 3, name: /Chrome, Linux/ }).count()).toBe(2);
    await expectAccessible(page, "own sessions");
    await picture(page, "sessions");
    await page.getByRole("button", { name: "Chiudi tutte le altre" }).click();
    await page.getByText("1 altra sessione chiusa").waitFor();
    await phone.page.goto(`${portal.url}/profilo/sessioni`);
    await phone.page.getByRole("heading", { level: 2, name: "La sessione è finita" }).waitFor();
    await phone.context.close();

    await page.goto(`${portal.url}/profilo/indirizzi`);
    await page.getByRole("button", { name: /Verifica ?: Unione dei Comuni Terre Campione/ }).click();
    const address = page.getByLabel("E-mail", { exact: true });
    await address.fill("protocollo@pec.terre-campione.example");
    await page.getByRole("button", { name: "Manda il codice" }).click();
    await page
      .getByText(/indirizzo PEC/)
      .first()
      .waitFor();
    await address.fill("giulia.nuova@posta.example");
    await page.getByRole("button", { name: "Manda il codice" }).click();
    await page.getByRole("heading", { name: "Conferma che sei tu" }).waitFor();
    await expectAccessible(page, "a confirmation asked for");
    await picture(page, "step-up");
    await page.getByRole("button", { name: "Conferma la tua identità" }).click();
    // Somebody else at the provider does not do.
    await page.getByRole("button", { name: "Entra come Luca Marini", exact: true }).click();
    await page.getByText("Ha confermato un’altra persona").waitFor();
    await picture(page, "step-up-other-person");
    await page.goto(`${portal.url}/profilo/indirizzi`);
    expect(await page.getByLabel("E-mail", { exact: true }).inputValue()).toBe("giulia.nuova@posta.example");
    await page.getByRole("button", { name: "Manda il codice" }).click();
    await page.getByRole("button", { name: "Conferma la tua identità" }).click();
    await page.getByRole("button", { name: "Entra come Giulia Ferri", exact: true }).click();
    await page.getByText("Hai confermato chi sei").waitFor();
    expect(await page.getByLabel("E-mail", { exact: true }).inputValue()).toBe("giulia.nuova@posta.example");
    await page.getByRole("button", { name: "Manda il codice" }).click();
    await page.getByText("Il codice è partito per giulia.nuova@posta.example").waitFor();
    const code = /\b(\d{6})\b/.exec((await mailTo(portal, "giulia.nuova@posta.example")).text)![1]!;
    const wrong = code === "000000" ? "000001" : "000000";
    await page.getByLabel("Codice di sei cifre").fill(wrong);
    await page.getByRole("button", { name: "Conferma l’indirizzo" }).click();
    await page.getByText("Tentativi rimasti: 4").waitFor();
    await expectAccessible(page, "a wrong code");
    await picture(page, "contact-code");
    await page.getByLabel("Codice di sei cifre").fill(code);
    await page.getByRole("button", { name: "Conferma l’indirizzo" }).click();
    await page.getByText("giulia.nuova@posta.example è verificato").waitFor();
    await page.getByText("Verificato", { exact: true }).waitFor();
    await expectAccessible(page, "own addresses");
    await picture(page, "contacts");
    expect(giulia.errors).toEqual([]);
    await giulia.context.close();
  });
});
