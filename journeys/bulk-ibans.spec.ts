import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { confirmAs, enterAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { openUnion } from "./src/people.ts";
import { forget, mailTo, type Portal, startPortal } from "./src/portal.ts";

/* Many accounts with a file: what it would change is seen first, row by row; then it happens all together. */
describe("a file of IBANs", () => {
  let portal: Portal;
  let browser: Browser;
  let here: string;
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

  it("is checked, mended in the mind, applied in part, and told to the administrators", async () => {
    const { page, errors } = await newPerson(browser);
    here = await openUnion(page, portal);
    await page.goto(`${here}/pagopa/produzione/iban`);
    await page.getByRole("link", { name: "Carica un file" }).click();
    await page.getByRole("heading", { level: 1, name: "Carica un file di IBAN" }).waitFor();
    await page.getByText("Ancora nessun file").waitFor();
    await expectAccessible(page, "no file of IBANs yet");
    await picture(page, "iban-file-none");
    const file = join(portal.dataDir, "iban.csv");
    const head = "descrizione,iban,dataattivazioneiban,operazione";
    writeFileSync(file, "nome;conto\nx;y\n");
    await page.getByLabel("Scegli un file").setInputFiles(file);
    await page.getByText("Il file non si legge").waitFor();
    await expectAccessible(page, "a file that cannot be read");
    writeFileSync(
      file,
      [
        head,
        "Conto di tesoreria,IT60X0542811101000000123456,01/01/2099,CREATE",
        "=cmd,IT49S0300203280447684177591,01/01/2099,CREATE",
        "Sbagliato,IT60X0542811101000000123457,01/01/2099,CREATE",
        "Ieri,IT84H0706676470000000822789,01/01/2020,CREATE",
        ",IT74L0306905020100000046450,,DELETE",
        "",
      ].join("\n"),
    );
    await page.getByLabel("Scegli un file").setInputFiles(file);
    await page.waitForURL(/\/iban\/carica\/[0-9a-f-]{36}$/);
    await page.getByText("Non torna il carattere di controllo").first().waitFor();
    await page.getByText("Non è fra gli IBAN in uso dell’ente").waitFor();
    await expectAccessible(page, "what a file of IBANs would change");
    await picture(page, "iban-file-checked");
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Scarica i verdetti" }).click(),
    ]);
    const verdicts = readFileSync(await saved.path(), "utf8");
    expect(verdicts).toContain(`"'=cmd"`);
    expect(verdicts).toContain("Non torna il carattere di controllo");

    const apply = page.getByRole("button", { name: "Applica 2 righe" });
    expect(await apply.getAttribute("aria-disabled")).toBe("true");
    await page.getByRole("checkbox", { name: /lascia fuori le 3/ }).check();
    await apply.click();
    await page.getByRole("dialog").getByRole("button", { name: "Applica 2 righe" }).click();
    await confirmAs(page, "Giulia Ferri");
    // Back from confirming, the choice is still there.
    expect(await page.getByRole("checkbox", { name: /lascia fuori le 3/ }).isChecked()).toBe(true);
    await apply.click();
    await page.getByRole("dialog").getByRole("button", { name: "Applica 2 righe" }).click();
    await page.getByText("Applicato: gli IBAN sono cambiati").waitFor();
    await page.getByText(/Applicato da Giulia Ferri/).waitFor();
    await picture(page, "iban-file-applied");
    await mailTo(portal, "giulia.ferri@posta.example", "IBAN di");
    await page.goto(`${here}/pagopa/produzione/iban`);
    await page.getByRole("link", { name: "IT60 X054 2811 1010 0000 0123 456" }).waitFor();
    const [whole] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Scarica gli IBAN" }).click(),
    ]);
    expect(readFileSync(await whole.path(), "utf8")).toContain("IT49S0300203280447684177591");
    await picture(page, "iban-list");
    expect(errors).toEqual([]);
  });

  it("on a phone, in German, says the same", async () => {
    const { page, errors } = await newPerson(browser, { width: 390, locale: "de-DE", dark: true });
    await enterAs(page, portal, "Giulia Ferri");
    await page.goto(`${here}/pagopa/produzione/iban/carica`);
    await page.getByRole("link", { name: "iban.csv" }).first().click();
    await page.getByText(/Angewendet von Giulia Ferri/).waitFor();
    await expectAccessible(page, "an applied file, in German on a phone");
    await picture(page, "iban-file-de");
    expect(errors).toEqual([]);
  });
});
