import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { forget, type Portal, startPortal } from "./src/portal.ts";

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
    expect(await sections.getByRole("link").allTextContents()).toEqual([" Panoramica", " Segnalazioni", " Enti"]);
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
