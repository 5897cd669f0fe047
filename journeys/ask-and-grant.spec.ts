import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { accept, invite, openUnion, sara } from "./src/people.ts";
import { forget, mailTo, type Portal, startPortal } from "./src/portal.ts";

const DAY = 86_400_000;
/** The next Friday that is not today, as a form of Rome writes it. */
const friday = () => {
  const inRome = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Rome" });
  const weekday = new Intl.DateTimeFormat("en", { timeZone: "Europe/Rome", weekday: "short" });
  let day = Date.now() + DAY;
  while (weekday.format(day) !== "Fri") day += DAY;
  return inRome.format(day);
};

/* Refused, told why, asked with one click, granted until Friday; and the same for who is not inside yet. */
describe("who may not, asks", () => {
  let portal: Portal;
  let browser: Browser;
  let giulia: Awaited<ReturnType<typeof newPerson>>;
  let here: string;
  const until = friday();
  beforeAll(async () => {
    portal = await startPortal({ DATABASE_URL: undefined });
    browser = await openBrowser();
    giulia = await newPerson(browser);
    here = await openUnion(giulia.page, portal);
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
    if (portal) forget(portal);
  });

  it("an operator, in English on a phone with the keyboard: refused, asks, granted until Friday, and it works", async () => {
    await invite(giulia.page, here, sara, "Ente", "Operatore");
    const { page, errors } = await accept(browser, portal, sara, { width: 360, locale: "en-GB" });
    await page.getByRole("heading", { level: 1, name: "Unione dei Comuni Terre Campione" }).waitFor();
    // Locked, not hidden: the keyboard reaches it, it says what is missing, and it opens whom to ask.
    const locked = page.getByRole("button", { name: "History", exact: true });
    await locked.waitFor();
    expect(await locked.getAttribute("aria-disabled")).toBe("true");
    await locked.focus();
    expect(
      await locked.evaluate((b) => document.getElementById(b.getAttribute("aria-describedby")!)?.textContent),
    ).toContain("You lack the permission");
    await expectAccessible(page, "locked acts on a phone");
    await page.keyboard.press("Enter");
    const why = page.getByRole("dialog");
    await why.getByText("Who can give it to you").waitFor();
    await expectAccessible(page, "why not, on a phone");
    await why.getByLabel(/until/i).fill(until);
    await why.getByLabel(/Message/).fill("Devo controllare le adesioni");
    await why.getByRole("button", { name: /^Ask the administrators/ }).press("Enter");
    await why.getByText("You have asked").waitFor();
    await page.keyboard.press("Escape");
    expect(await why.isVisible()).toBe(false);

    // The administrators find it in their inbox; the day that was asked for is there already.
    const admin = giulia.page;
    await admin.goto(`${portal.url}/da-fare`);
    await admin.getByRole("heading", { name: /Sara Colombo chiede un accesso/ }).waitFor();
    await admin.getByRole("link", { name: /^Rispondi/ }).click();
    await admin.waitForURL(/\/utenti\/richieste$/);
    await admin.getByText("Devo controllare le adesioni").waitFor();
    expect(await admin.getByLabel("Fino al").inputValue()).toBe(until);
    await expectAccessible(admin, "a request to answer");
    await admin.getByRole("button", { name: /^Dai l’accesso/ }).click();
    await admin.getByText(/Sara Colombo ha l’accesso, fino al/).waitFor();
    expect((await mailTo(portal, sara.email, "Hai il permesso")).text).toContain("fino al");

    await page.goto(`${here}/storia`);
    await page.getByRole("heading", { level: 1, name: "History" }).waitFor();
    await page.getByRole("listitem").filter({ hasText: "Sara Colombo" }).first().waitFor();

    // The page of permissions says so: who, through what, until when; filtered, and exported as it is filtered.
    await admin.goto(`${here}/permessi?permesso=institution:audit-trail:read`);
    const row = admin.getByRole("row").filter({ hasText: "Sara Colombo" });
    await row.locator("td.is-dated").first().waitFor();
    await expectAccessible(admin, "the matrix, filtered");
    await admin.getByRole("searchbox", { name: "Nome o cognome" }).fill("colombo");
    await admin.waitForURL(/cerca=colombo/);
    await admin.getByRole("row").filter({ hasText: "Giulia Ferri" }).waitFor({ state: "detached" });
    const download = admin.waitForEvent("download");
    await admin.getByRole("link", { name: "Esporta in CSV" }).click();
    const csv = await (await download).createReadStream().then(async (stream) => {
      const parts: Buffer[] = [];
      for await (const part of stream) parts.push(part as Buffer);
      return Buffer.concat(parts).toString("utf8");
    });
    expect(csv).toContain('"Colombo";"Sara"');
    expect(csv).not.toContain("Ferri");
    expect(errors).toEqual([]);
  });

  it("who works for an institution and is not inside asks to enter, and learns nothing of who is", async () => {
    const { page, errors } = await newPerson(browser, { width: 360 });
    await enterAs(page, portal, "Luca Marini");
    await page.getByRole("link", { name: "Chiedi di entrare nel tuo ente" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Chiedi di entrare nel tuo ente" }).waitFor();
    await page.getByRole("button", { name: "Manda la richiesta" }).click();
    await page.getByText("Manca: scrivilo per continuare.").first().waitFor();
    await expectAccessible(page, "asking to join, incomplete");
    await page.getByLabel("La tua e-mail di lavoro").fill("luca.marini@posta.example");
    await page.getByLabel("Perché ti serve").fill("Ragioneria, da settembre");
    await page.getByRole("combobox", { name: "Ente" }).pressSequentially("terre camp", { delay: 20 });
    await page.getByRole("option", { name: /Unione dei Comuni Terre Campione/ }).click();
    await page.getByLabel("Profilo", { exact: true }).selectOption({ label: "Sola lettura" });
    await page.getByRole("button", { name: "Manda la richiesta" }).click();
    await page.getByText("Richiesta mandata a Unione dei Comuni Terre Campione.").waitFor();
    await page.getByRole("heading", { name: "Unione dei Comuni Terre Campione" }).waitFor();
    await expectAccessible(page, "a request of mine, waiting");
    const mine = await page.evaluate(async () => (await fetch("/api/v1/me/access-requests")).text());
    for (const text of [mine, await page.locator("main").textContent()]) expect(text).not.toMatch(/Giulia|Chiara/);

    const admin = giulia.page;
    await admin.goto(`${here}/utenti/richieste`);
    await admin.getByText("Ragioneria, da settembre").waitFor();
    await admin.getByRole("button", { name: /^Dai l’accesso/ }).click();
    await admin.getByText(/Luca Marini ha l’accesso/).waitFor();
    await page.reload();
    await page.getByRole("link", { name: /^Entra/ }).click();
    await page.getByRole("heading", { level: 1, name: "Unione dei Comuni Terre Campione" }).waitFor();
    expect([...errors, ...giulia.errors]).toEqual([]);
  });
});
