import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { forget, mailTo, type Portal, startPortal } from "./src/portal.ts";

/* An aggregator joins App IO for others with a file that has three bad rows; then looks at what leaving a product would switch off. */
const people = JSON.parse(readFileSync(join(import.meta.dirname, "../demo/people.json"), "utf8")) as {
  key: string;
  givenName: string;
  familyName: string;
  fiscalNumber: string;
  email: string;
}[];
const elena = people.find((p) => p.key === "elena-conti")!;

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
  await page.setViewportSize({ width: 360, height: 800 });
  await page.screenshot({ path: `${folder}/${name}-360.png`, fullPage: true });
  await page.setViewportSize(before);
};

describe("joining for others", () => {
  it("takes the good rows of a file, says what is wrong with three, and joins them with one signature", async () => {
    const { page, errors, context } = await newPerson(browser);
    await enterAs(page, portal, "Chiara Fontana");
    await page
      .getByRole("listitem")
      .filter({ hasText: "Comune di Valle Campione" })
      .getByRole("link", { name: /Accedi/ })
      .click();
    await page.getByRole("link", { name: "Enti aggregati App IO" }).click();
    await page.getByRole("heading", { level: 1, name: "Enti aggregati" }).waitFor();
    await expectAccessible(page, "no file yet");
    const file = join(portal.dataDir, "enti.csv");
    writeFileSync(
      file,
      [
        "taxCode;vatNumber;subunitType;subunitCode",
        "99900001373;;;",
        "99900005481;;;",
        "12345678901;;;",
        "99900001373;;;",
        "00000000018;;;",
        "",
      ].join("\n"),
    );
    await page.getByLabel("File CSV").setInputFiles(file);
    await page.getByRole("button", { name: "Controlla il file" }).click();
    await page.getByText("2 righe in ordine, 3 da correggere").waitFor();
    await page.getByText("Righe da correggere", { exact: true }).click();
    await page.getByText("Il codice fiscale non è di un ente").waitFor();
    await page.getByText("Ripete la riga 2").waitFor();
    await page.getByText("In IndicePA non c’è").waitFor();
    await expectAccessible(page, "a file with three bad rows");
    await picture(page, "aggregates-checked");
    await page.getByRole("button", { name: "Chiedi di aderire per 2 enti" }).click();
    for (const [label, value] of [
      ["Nome", elena.givenName],
      ["Cognome", elena.familyName],
      ["Codice fiscale", elena.fiscalNumber],
      ["E-mail", elena.email],
    ] as const)
      await page.getByLabel(label, { exact: true }).fill(value);
    await expectAccessible(page, "who signs");
    await page.getByRole("button", { name: "Chiedi di aderire per 2 enti" }).click();
    await page.getByText("Aspetta la firma").waitFor();

    // — the legal representative signs once for all —
    const pec = (await (await fetch(`${portal.mailbox}/api/messages`)).json()) as {
      messages: { to: string[]; subject: string }[];
    };
    const address = pec.messages.find((m) => m.subject.includes("Accordo App IO"))!.to[0]!;
    const link = (await mailTo(portal, address, "Accordo App IO")).links.find((l) => l.includes("/accordo/"))!;
    const signer = await newPerson(browser, { script: false });
    await signer.page.goto(link);
    const [download] = await Promise.all([
      signer.page.waitForEvent("download"),
      signer.page.getByRole("link", { name: "Scarica l’accordo" }).first().click(),
    ]);
    const pdf = join(portal.dataDir, "accordo.pdf");
    await download.saveAs(pdf);
    const desk = await newPerson(browser);
    await desk.page.goto(portal.signingDesk);
    await desk.page.setInputFiles('input[type="file"]', pdf);
    await desk.page.selectOption('select[name="person"]', "elena-conti");
    await desk.page.locator('input[name="format"][value="cades"]').check({ force: true });
    const [signed] = await Promise.all([
      desk.page.waitForEvent("download"),
      desk.page.getByRole("button", { name: /^Firma/ }).click(),
    ]);
    const p7m = join(portal.dataDir, "accordo.pdf.p7m");
    await signed.saveAs(p7m);
    await signer.page.goto(link);
    await signer.page.setInputFiles('input[type="file"]', p7m);
    await signer.page.locator('form[method="post"] button[type="submit"]:not([formaction])').first().click();
    await signer.page.getByRole("heading", { level: 1, name: /App IO/ }).waitFor();

    await page.getByText("Applicato: 2 enti aderenti, 0 saltati").waitFor();
    await expectAccessible(page, "a file applied");
    await picture(page, "aggregates-applied");

    // — what leaving would switch off —
    await page.goto(page.url().replace("/io/aggregati", "/pagopa/lascia"));
    await page.getByRole("heading", { level: 1, name: "Lascia pagoPA" }).waitFor();
    await page.getByText("L’accordo finisce oggi").waitFor();
    await page.getByRole("button", { name: "Lascia pagoPA" }).click();
    await page.getByText("Scrivi il nome come è qui sopra").waitFor();
    await expectAccessible(page, "leaving a product");
    await picture(page, "leave-product");
    await page.getByLabel("Per continuare scrivi pagoPA").fill("pagopa");
    await page.getByRole("button", { name: "Lascia pagoPA" }).click();
    await page.getByRole("heading", { name: "Conferma che sei tu" }).waitFor();
    expect(errors).toEqual([]);
    for (const one of [context, signer.context, desk.context]) await one.close();
  });
});
