import { crc32, deflateSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { forget, mailTo, type Portal, startPortal } from "./src/portal.ts";

/* What is mine across institutions, and what an institution says of itself. */
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

describe("the inbox", () => {
  it("counts what is new, is read and archived, and a preference is set for mails", async () => {
    const { page, errors } = await newPerson(browser);
    await enterAs(page, portal, "Giulia Ferri");
    await page.getByRole("link", { name: /^Da fare\s+1 nuova/ }).click();
    await page.getByRole("heading", { level: 1, name: "Da fare" }).waitFor();
    await page.getByText("Niente da fare").waitFor();
    await page.getByRole("link", { name: "Successo" }).click();
    await page.getByRole("heading", { name: /Hai il profilo «Amministratore»/ }).waitFor();
    await expectAccessible(page, "what happened");
    await page.getByRole("button", { name: "Segna tutto come letto" }).click();
    await page.getByText("tutto segnato come letto").waitFor();
    await page.getByRole("link", { name: "Da fare", exact: true }).first().waitFor();
    await page.getByRole("button", { name: /^Archivia/ }).click();
    await page.getByText("Ancora nessuna notizia").waitFor();
    await page.getByRole("link", { name: "Archiviate" }).click();
    await page.getByRole("button", { name: /^Riprendi/ }).waitFor();

    await page.getByRole("link", { name: "Cosa ricevi per posta" }).first().click();
    const joining = page.getByRole("checkbox", { name: /^Anche per e-mail\s*: Adesioni/ }).first();
    await joining.click();
    await page.getByText("Vale dal prossimo messaggio").waitFor();
    await page.getByRole("searchbox").fill("unione");
    await page.getByRole("button", { name: /^Scegli/ }).click();
    await page.getByText("Torna alla scelta generale").waitFor();
    await expectAccessible(page, "preferences");
    await page.reload();
    await page.getByText("Torna alla scelta generale").waitFor();
    expect(await joining.isChecked()).toBe(true);
    const phone = await newPerson(browser, { width: 360, dark: true });
    await enterAs(phone.page, portal, "Chiara Fontana", "/da-fare?vista=news");
    await phone.page
      .getByRole("heading", { name: /Hai il profilo/ })
      .first()
      .waitFor();
    await expectAccessible(phone.page, "the inbox on a phone in the dark");
    expect([...errors, ...phone.errors]).toEqual([]);
  });
});

describe("the institution's own page", () => {
  it("shows registry data locked, changes contacts, area and logo, and lists the units", async () => {
    const { page, errors } = await newPerson(browser);
    await enterAs(page, portal, "Giulia Ferri");
    await page
      .getByRole("link", { name: /Terre Campione/ })
      .first()
      .click();
    await page.getByRole("link", { name: "L’ente", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "L’ente" }).waitFor();
    await page.getByText(/Da IndicePA, aggiornati il/).waitFor();
    await expectAccessible(page, "the institution's own page");
    const email = page.getByLabel(/E-mail per l’assistenza ai cittadini/);
    await email.fill("urp@");
    await page.getByRole("button", { name: "Salva i contatti" }).click();
    await page.getByText("Contiene caratteri o una forma che non va bene.").waitFor();
    await email.fill("urp@terre-campione.example");
    // Somebody else saves first: what is typed stays, and one chooses.
    const other = await newPerson(browser);
    await enterAs(other.page, portal, "Chiara Fontana");
    await other.page
      .getByRole("link", { name: /Terre Campione/ })
      .first()
      .click();
    await other.page.getByRole("link", { name: "L’ente", exact: true }).click();
    await other.page.getByLabel(/Ufficio che risponde/).fill("Ragioneria");
    await other.page.getByRole("button", { name: "Salva i contatti" }).click();
    await other.page.getByText("Contatti salvati.").waitFor();
    await page.getByRole("button", { name: "Salva i contatti" }).click();
    await page.getByText("Qualcuno ha cambiato i contatti mentre scrivevi").waitFor();
    expect(await email.inputValue()).toBe("urp@terre-campione.example");
    await expectAccessible(page, "contacts that somebody else changed");
    await page.getByRole("button", { name: "Tieni i miei" }).click();
    await page.getByRole("button", { name: "Salva i contatti" }).click();
    await page.getByText("Contatti salvati.").waitFor();

    await page.getByRole("button", { name: "Carica il logo" }).click();
    await page.getByText("Scegli prima il file.").waitFor();
    const picture = (size: number) => ({ name: "logo.png", mimeType: "image/png", buffer: squarePng(size) });
    await page.getByLabel("File del logo").setInputFiles(picture(120));
    await page.getByRole("button", { name: "Carica il logo" }).click();
    await page.getByText("È di 120 × 120 pixel").waitFor();
    await page.getByLabel("File del logo").setInputFiles(picture(320));
    await page.getByRole("button", { name: "Carica il logo" }).click();
    const logo = page.getByRole("img", { name: /^Logo di Unione dei Comuni/ });
    await logo.waitFor();
    // There before its bytes are.
    await expect
      .poll(() => logo.evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth), {
        timeout: 15_000,
      })
      .toBe(320);
    const area = page.getByRole("combobox", { name: "Area" }).first();
    await area.selectOption("region");
    await page.getByRole("combobox", { name: "Regione" }).selectOption("11");
    await page.getByRole("button", { name: /^Salva l’ambito su/ }).click();
    await page.getByText(/^Ambito su .* salvato/).waitFor();
    await page.getByRole("link", { name: "Panoramica" }).click();
    await page.getByText(/Regionale: Marche/).waitFor();
    const folder = process.env["JOURNEY_PICTURES"];
    await page.getByRole("link", { name: "L’ente", exact: true }).click();
    await logo.waitFor();
    if (folder) await page.screenshot({ path: `${folder}/own-page.png`, fullPage: true });
    const phone = await newPerson(browser, { width: 360, dark: true, locale: "de-DE" });
    await enterAs(phone.page, portal, "Giulia Ferri", new URL(page.url()).pathname);
    await phone.page.getByRole("heading", { level: 1, name: "Die Körperschaft" }).waitFor();
    await expectAccessible(phone.page, "the institution's own page on a phone, in German, in the dark");
    if (folder) await phone.page.screenshot({ path: `${folder}/own-page-phone.png`, fullPage: true });
    expect([...errors, ...other.errors, ...phone.errors]).toEqual([]);
  });
});

describe("the review of accesses", () => {
  it("is opened, confirmed line by line and with one click, and stays among the past ones", async () => {
    const { page, errors } = await newPerson(browser);
    await enterAs(page, portal, "Chiara Fontana");
    await page
      .getByRole("link", { name: /Valle Campione/ })
      .first()
      .click();
    await page.getByRole("link", { name: "Utenti" }).click();
    await page.getByRole("link", { name: "Riesame degli accessi" }).click();
    await page.getByText("Nessun riesame aperto").waitFor();
    await expectAccessible(page, "no review open");
    await page.getByRole("button", { name: "Apri un riesame adesso" }).click();
    await page.getByRole("heading", { name: "Marta Lucia Vitali" }).first().waitFor();
    await expectAccessible(page, "a review open");
    const folder = process.env["JOURNEY_PICTURES"];
    if (folder) await page.screenshot({ path: `${folder}/review.png`, fullPage: true });
    // One's own access waits for somebody else, and the page says why.
    await page
      .getByRole("button", { name: /^Serve ancora\s*: Chiara Fontana/ })
      .first()
      .click();
    await page.getByText("Il tuo accesso lo conferma un altro").first().waitFor();
    await page
      .getByRole("button", { name: /^Fino a un giorno\s*: Marta/ })
      .first()
      .click();
    await page.getByLabel("Fino al").fill("2099-12-31");
    await page.getByRole("button", { name: "Tieni fino a quel giorno" }).click();
    await page.getByText(/Risposta registrata: Marta/).waitFor();
    const confirm = page.getByRole("button", { name: /^Conferma quest/ });
    // The word that says so passes by itself; the button that is gone stays gone.
    await Promise.all([
      Promise.any([page.getByText(/access[oi] confermat[oi]\./).waitFor(), confirm.waitFor({ state: "hidden" })]),
      confirm.click(),
    ]);
    // The other one confirms what is left.
    const marta = await newPerson(browser, { width: 360, dark: true });
    await enterAs(marta.page, portal, "Marta Lucia Vitali");
    await marta.page
      .getByRole("link", { name: /Valle Campione/ })
      .first()
      .click();
    await marta.page.getByRole("link", { name: "Riesamina" }).click();
    await marta.page.getByRole("heading", { name: "Chiara Fontana" }).first().waitFor();
    await expectAccessible(marta.page, "a review on a phone in the dark");
    if (folder) await marta.page.screenshot({ path: `${folder}/review-phone.png`, fullPage: true });
    await marta.page.getByRole("button", { name: /^Conferma quest/ }).click();
    await marta.page.getByText(/chiuso il/).waitFor();
    await marta.page.getByLabel("Ogni quanto").selectOption("12");
    await marta.page.getByRole("button", { name: "Salva le regole" }).click();
    await marta.page.getByText("Regole salvate. Valgono dal prossimo riesame.").waitFor();
    expect([...errors, ...marta.errors]).toEqual([]);
  });
});

describe("asking for help", () => {
  it("carries the page, reaches the staff, and the answer comes back into the inbox", async () => {
    const { page, errors } = await newPerson(browser);
    await enterAs(page, portal, "Giulia Ferri");
    await page
      .getByRole("link", { name: /Terre Campione/ })
      .first()
      .click();
    await page.getByRole("link", { name: "Segnala un problema in questa pagina" }).click();
    await page.getByRole("heading", { level: 1, name: "Chiedi aiuto" }).waitFor();
    await page.getByText(/^\/enti\/[0-9a-f-]{36}$/).waitFor();
    await page.getByRole("button", { name: "Manda la richiesta" }).click();
    await page.getByText("Manca: scrivilo per continuare.").first().waitFor();
    await expectAccessible(page, "asking for help");
    await page.getByLabel("Che cosa succede").fill("Il totale dei prodotti non torna.");
    await page.getByLabel("E-mail a cui rispondere").fill("giulia.ferri@posta.example");
    await page.getByRole("button", { name: "Manda la richiesta" }).click();
    await page.getByText("Richiesta 1 mandata").waitFor();
    const letter = await mailTo(portal, "assistenza@area-riservata.example", "Richiesta 1");
    expect(letter.text).toContain("Il totale dei prodotti non torna.");
    const folder = process.env["JOURNEY_PICTURES"];
    if (folder) await page.screenshot({ path: `${folder}/help.png`, fullPage: true });

    const staff = await newPerson(browser);
    await staff.page.goto(`${portal.url}/staff/assistenza`);
    await staff.page.getByRole("link", { name: "Entra", exact: true }).click();
    await staff.page.getByRole("button", { name: "Entra come Paolo Serra", exact: true }).click();
    await staff.page.getByRole("heading", { level: 1, name: "Assistenza" }).waitFor();
    await staff.page.getByText("Il totale dei prodotti non torna.").waitFor();
    await expectAccessible(staff.page, "who asks for help");
    if (folder) await staff.page.screenshot({ path: `${folder}/help-staff.png`, fullPage: true });
    await staff.page.getByRole("button", { name: /^Rispondi/ }).click();
    await staff.page.getByLabel("Testo della risposta").fill("Ora torna: ricarica la pagina.");
    await staff.page.getByRole("button", { name: "Manda la risposta" }).click();
    await staff.page.getByText("Nessuna richiesta in attesa").waitFor();
    await mailTo(portal, "giulia.ferri@posta.example", "Risposta alla tua richiesta 1");
    await page.goto(`${portal.url}/da-fare?vista=news`);
    await page.getByRole("link", { name: /^Leggi la risposta/ }).click();
    await page.getByText("Ora torna: ricarica la pagina.").waitFor();
    expect([...errors, ...staff.errors]).toEqual([]);
  });
});

/** A square picture of one colour: header, pixels, end. */
const squarePng = (size: number): Buffer => {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.alloc(1 + size * 3, 120);
  row[0] = 0;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(Array.from({ length: size }, () => row)))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
};
