import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stampPdf } from "@area/dev-signing-desk/src/index.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { forget, mailTo, type Portal, startPortal } from "./src/portal.ts";

/* What is signed, and by whom: with one's own tool and a protocol stamp, by the wrong person first, by the company too. */
const people = JSON.parse(readFileSync(join(import.meta.dirname, "../demo/people.json"), "utf8")) as {
  key: string;
  givenName: string;
  familyName: string;
  fiscalNumber: string;
  email: string;
}[];
const named = (key: string) => {
  const { givenName, familyName, fiscalNumber, email } = people.find((p) => p.key === key)!;
  return { givenName, familyName, fiscalCode: fiscalNumber, email };
};

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
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

/** What the wizard of other journeys does in six steps: here it is only the beginning. */
const submit = async (page: Page, body: object): Promise<string> => {
  const answer = await page.evaluate(
    async (sent) => {
      const response = await fetch("/api/v1/onboardings", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(sent),
      });
      return { status: response.status, body: (await response.json()) as { id: string } };
    },
    body as Record<string, unknown>,
  );
  expect(answer, JSON.stringify(answer)).toMatchObject({ status: 200 });
  return answer.body.id;
};

/** On the signing desk somebody signs a file with their own tool, and gets it back. */
const signAtDesk = async (page: Page, file: string, who: string, format: "cades" | "pades", saveAs: string) => {
  await page.goto(portal.signingDesk);
  await page.setInputFiles('input[type="file"]', file);
  await page.selectOption('select[name="person"]', who);
  await page.locator(`input[name="format"][value="${format}"]`).check({ force: true });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /^Firma/ }).click(),
  ]);
  await download.saveAs(saveAs);
};

describe("an agreement is signed", () => {
  it("with a protocol stamp and one's own tool, by the wrong person first, and by the company after", async () => {
    const giulia = await newPerson(browser);
    await enterAs(giulia.page, portal, "Giulia Ferri");
    await giulia.page.getByRole("heading", { level: 1 }).waitFor();
    const pecAddress = "protocollo@pec.borgo-esempio.example";
    const id = await submit(giulia.page, {
      productId: "ced",
      kind: "PA",
      institution: { ipaCode: "c_bes0", name: "Comune di Borgo Esempio", pec: pecAddress },
      billing: { recipientCode: "UFB0E5" },
      geographicAreas: [{ level: "municipality", name: "Borgo Esempio" }],
      manager: named("elena-conti"),
      administrators: [named("giulia-ferri")],
    });
    const signLink = (await mailTo(portal, pecAddress, "da firmare")).links.find((l) => l.includes("/accordo/"))!;

    const office = await newPerson(browser, { script: false });
    await office.page.goto(signLink);
    await office.page.getByRole("heading", { name: "Chi firma" }).waitFor();
    await picture(office.page, "sign-two-parties");
    const [download] = await Promise.all([
      office.page.waitForEvent("download"),
      office.page.getByRole("link", { name: "Scarica l’accordo" }).first().click(),
    ]);
    const pdf = join(portal.dataDir, "accordo.pdf");
    await download.saveAs(pdf);
    // The protocol office stamps its copy in the margin, as it always did: then it is signed.
    const stamped = join(portal.dataDir, "accordo-protocollato.pdf");
    writeFileSync(stamped, await stampPdf(readFileSync(pdf), "Prot. 1234/2026"));
    const send = async (file: string) => {
      await office.page.goto(signLink);
      await office.page.setInputFiles('input[type="file"]', file);
      await office.page.locator('form[method="post"] button[type="submit"]:not([formaction])').first().click();
    };
    const desk = await newPerson(browser);
    const [byPaolo, byElena] = [join(portal.dataDir, "paolo.pdf.p7m"), join(portal.dataDir, "elena.pdf.p7m")];
    await signAtDesk(desk.page, stamped, "paolo-neri", "cades", byPaolo);
    await send(byPaolo);
    // One thing to mend, five in order: the stamp is no obstacle, the person is.
    await office.page.getByRole("heading", { level: 1, name: "Una cosa da sistemare, cinque già a posto" }).waitFor();
    await office.page.getByRole("heading", { name: "Ha firmato Paolo Neri, serve Elena Conti" }).waitFor();
    expect(await office.page.content()).not.toContain(named("elena-conti").fiscalCode);
    await picture(office.page, "sign-wrong-person");

    await signAtDesk(desk.page, stamped, "elena-conti", "cades", byElena);
    await send(byElena);
    await office.page
      .getByRole("heading", { level: 1, name: /ora firma la società|già firmato/ })
      .or(office.page.getByRole("heading", { level: 1, name: /CED è attivo/ }))
      .waitFor();
    await picture(office.page, "sign-awaits-company");

    // The company's seal comes by itself; every side sees who signed.
    await giulia.page.goto(`${portal.url}/adesione/inviata/${id}`);
    await giulia.page.getByRole("heading", { level: 1, name: "Adesione completata" }).waitFor();
    await giulia.page.getByText("DEV Società di prova").waitFor();
    await expectAccessible(giulia.page, "sent, signed by both");
    await picture(giulia.page, "sent-signed-by-both");
    await giulia.page.goto(`${portal.url}/enti`);
    await giulia.page
      .getByRole("listitem")
      .filter({ hasText: "Comune di Borgo Esempio" })
      .getByRole("link", { name: /Accedi/ })
      .click();
    await giulia.page.getByRole("link", { name: "Documenti" }).click();
    await giulia.page.getByText(/DEV Società di prova, per la società/).waitFor();
    await expectAccessible(giulia.page, "documents, signed by both");
    await picture(giulia.page, "documents-signed-by-both");
    await mailTo(portal, pecAddress, "è attivo");
    const phone = await newPerson(browser, { width: 390, locale: "de-DE" });
    await phone.page.goto(signLink);
    await phone.page.getByText("Wer unterschreibt").waitFor();
    await expectAccessible(phone.page, "landing of both signatures, on a phone");
    await picture(phone.page, "sign-two-parties-phone");
    expect(giulia.errors).toEqual([]);
  });
});
