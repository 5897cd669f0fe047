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

const enterStaff = async (page: Page, name: string, path: string) => {
  await page.goto(portal.url + path);
  await page.getByRole("link", { name: "Entra", exact: true }).click();
  await page.getByRole("button", { name: `Entra come ${name}`, exact: true }).click();
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

    // What stands on the product now that it is active: asked for here, and its page of signatures is one click away.
    await giulia.page.getByRole("heading", { name: "Convenzioni" }).waitFor();
    await giulia.page.getByRole("button", { name: /^Chiedi ?: Dati in tempo reale/ }).click();
    await giulia.page.getByRole("button", { name: /^Vai alla firma ?: Dati in tempo reale/ }).waitFor();
    await expectAccessible(giulia.page, "documents with a convention to sign");
    await picture(giulia.page, "documents-convention");
    await mailTo(portal, pecAddress, "Convenzione «Dati in tempo reale»: da firmare");
    await giulia.page.getByRole("button", { name: /^Vai alla firma ?: Dati in tempo reale/ }).click();
    await giulia.page.getByRole("heading", { level: 1, name: "Firma la convenzione Dati in tempo reale" }).waitFor();
    await expectAccessible(giulia.page, "a convention to sign");
    await picture(giulia.page, "convention-to-sign");
    const phone = await newPerson(browser, { width: 390, locale: "de-DE" });
    await phone.page.goto(signLink);
    await phone.page.getByText("Wer unterschreibt").waitFor();
    await expectAccessible(phone.page, "landing of both signatures, on a phone");
    await picture(phone.page, "sign-two-parties-phone");
    expect(giulia.errors).toEqual([]);
  });
});

describe("a text changes", () => {
  it("is proposed by one, published by another, read and accepted by an institution", async () => {
    const bruno = await newPerson(browser);
    await enterStaff(bruno.page, "Bruno Sala", "/staff/testi");
    await bruno.page.getByRole("heading", { level: 1, name: "Testi degli accordi" }).waitFor();
    const text = bruno.page.getByRole("listitem").filter({ hasText: "pagopa-pa" });
    await text.getByRole("link").waitFor();
    await expectAccessible(bruno.page, "texts");
    await picture(bruno.page, "texts");
    await text.getByRole("link").click();
    const last = bruno.page.getByLabel(/^Voce/).last();
    await last.fill(`${await last.inputValue()} I giorni si contano dal ricevimento della PEC.`);
    await expectAccessible(bruno.page, "writing a text");
    await picture(bruno.page, "text-editor");
    await bruno.page.getByRole("button", { name: "Prova il testo" }).click();
    await bruno.page.getByRole("heading", { name: "Sarà la versione 1.1.0" }).waitFor();
    await bruno.page.getByRole("button", { name: "Proponi la nuova versione" }).click();
    await bruno.page.getByText("Scrivilo: serve a chi legge.").first().waitFor();
    await bruno.page
      .getByLabel("Che cosa cambia, per gli enti")
      .fill("I giorni per firmare si contano da quando arriva la PEC.");
    await bruno.page.getByLabel("Perché").fill("Lo chiedono gli enti.");
    await expectAccessible(bruno.page, "a rehearsed text");
    await picture(bruno.page, "text-rehearsed");
    await bruno.page.getByRole("button", { name: "Proponi la nuova versione" }).click();
    await bruno.page.getByText("Aspetta che un collega la pubblichi.").waitFor();

    const dario = await newPerson(browser);
    await enterStaff(dario.page, "Dario Monti", new URL(bruno.page.url()).pathname);
    await dario.page.getByRole("heading", { name: "Bruno Sala propone la versione 1.1.0" }).waitFor();
    await expectAccessible(dario.page, "a proposed text");
    await picture(dario.page, "text-proposed");
    await dario.page.getByRole("button", { name: "Pubblica" }).click();
    await dario.page.getByText("Pubblicata: gli enti ricevono la richiesta.").waitFor();

    const pec = await mailTo(portal, "unione@pec.terre-campione.example", "Nuova versione dell’accordo pagoPA");
    expect(pec.text).toContain("I giorni per firmare si contano da quando arriva la PEC.");
    const link = new URL(pec.links.find((l) => l.includes("/documenti/versioni/"))!).pathname;
    const giulia = await newPerson(browser);
    await enterAs(giulia.page, portal, "Giulia Ferri");
    const documents = link.replace(/\/versioni\/.*/, "");
    await giulia.page.goto(portal.url + documents);
    await giulia.page.getByRole("heading", { name: "Nuove versioni da accettare" }).waitFor();
    await expectAccessible(giulia.page, "documents with a version to accept");
    await picture(giulia.page, "documents-to-accept");
    await giulia.page.getByRole("link", { name: /Leggi che cosa cambia/ }).click();
    await giulia.page.getByText("I giorni si contano dal ricevimento della PEC.").first().waitFor();
    await expectAccessible(giulia.page, "a version to accept");
    await picture(giulia.page, "version-to-accept");
    await giulia.page.setViewportSize({ width: 390, height: 800 });
    await expectAccessible(giulia.page, "a version to accept, on a phone");
    await picture(giulia.page, "version-to-accept-phone");
    await giulia.page.setViewportSize({ width: 1280, height: 900 });
    await giulia.page.getByRole("button", { name: "Accetta la nuova versione" }).click();
    const confirm = giulia.page.getByRole("button", { name: "Conferma la tua identità" });
    if (
      await confirm
        .waitFor({ timeout: 5_000 })
        .then(() => true)
        .catch(() => false)
    ) {
      await confirm.click();
      await giulia.page.getByRole("button", { name: "Entra come Giulia Ferri", exact: true }).click();
      await giulia.page.waitForURL(/\/documenti\/versioni\//);
      await giulia.page.getByRole("button", { name: "Accetta la nuova versione" }).click();
    }
    await giulia.page.getByText(/accettata il .* da Giulia Ferri/).waitFor();
    await picture(giulia.page, "version-accepted");
    await mailTo(portal, "unione@pec.terre-campione.example", "Accettata la nuova versione");
    await giulia.page.goto(portal.url + documents);
    await giulia.page.getByText(/confermato nel portale/).waitFor();

    await dario.page.reload();
    await dario.page
      .getByRole("combobox", { name: "Chi deve accettare la 1.1.0" })
      .selectOption({ label: "Accettata" });
    await dario.page.getByRole("link", { name: "Unione dei Comuni Terre Campione" }).waitFor();
    const [csv] = await Promise.all([
      dario.page.waitForEvent("download"),
      dario.page.getByRole("link", { name: "Scarica l’elenco (CSV)" }).click(),
    ]);
    const list = join(portal.dataDir, "accettazioni.csv");
    await csv.saveAs(list);
    expect(readFileSync(list, "utf8")).toContain("Unione dei Comuni Terre Campione");
    await expectAccessible(dario.page, "who accepted");
    await picture(dario.page, "who-accepted");
    expect([...bruno.errors, ...dario.errors, ...giulia.errors]).toEqual([]);
  });
});
