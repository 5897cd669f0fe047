import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { forget, mailTo, type Portal, startPortal } from "./src/portal.ts";

/* A municipality goes from SPID login to an active pagoPA agreement: from `npm start`, embedded and on PostgreSQL. */
const people = JSON.parse(readFileSync(join(import.meta.dirname, "../demo/people.json"), "utf8")) as {
  key: string;
  givenName: string;
  familyName: string;
  fiscalNumber: string;
  email: string;
}[];
const person = (key: string) => people.find((p) => p.key === key)!;

const fillPerson = async (page: Page, scope: ReturnType<Page["locator"]>, key: string) => {
  const p = person(key);
  await scope.getByLabel("Nome", { exact: true }).fill(p.givenName);
  await scope.getByLabel("Cognome").fill(p.familyName);
  await scope.getByLabel("Codice fiscale").fill(p.fiscalNumber);
  await scope.getByLabel("E-mail", { exact: true }).fill(p.email);
  await scope.getByLabel("E-mail", { exact: true }).blur();
  await page.waitForTimeout(50);
};

/** On the signing desk somebody signs a file and gets it back. */
const signAtDesk = async (
  page: Page,
  portal: Portal,
  file: string,
  who: string,
  format: "CAdES" | "PAdES",
  saveAs: string,
) => {
  await page.goto(portal.signingDesk);
  await page.setInputFiles('input[type="file"]', file);
  await page.selectOption('select[name="person"]', who);
  await page.locator(`input[name="format"][value="${format.toLowerCase()}"]`).check({ force: true });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /^Firma/ }).click(),
  ]);
  await download.saveAs(saveAs);
};

/** Kept when somebody wants to look at what the journey saw. */
const picture = async (page: Page, name: string) => {
  const folder = process.env["JOURNEY_PICTURES"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

/** Signing inside the portal: two confirmations at the signature service, and no file. */
const signInPortal = async (page: Page, signLink: string, who: string) => {
  await page.goto(signLink);
  await picture(page, "sign-landing");
  await page.getByRole("link", { name: "Firma ora" }).click();
  await page.selectOption('select[name="person"]', who);
  await page.getByRole("button", { name: "Consenti" }).click();
  await page.getByRole("heading", { name: "Firmi questo documento?" }).waitFor();
  await picture(page, "remote-confirmation");
  await page.getByRole("button", { name: "Firma", exact: true }).click();
};

const story = (title: string, env: () => NodeJS.ProcessEnv, way: "upload" | "portal") =>
  describe(title, () => {
    let portal: Portal;
    let browser: Browser;
    beforeAll(async () => {
      portal = await startPortal(env());
      browser = await openBrowser();
    });
    afterAll(async () => {
      await browser?.close();
      await portal?.stop();
      if (portal) forget(portal);
    });

    it("from the front door to Panoramica", async () => {
      const { page, errors } = await newPerson(browser);
      await page.goto(portal.url);
      await expectAccessible(page, "entry");
      await enterAs(page, portal, "Giulia Ferri");
      await page.getByRole("heading", { level: 1, name: "Per chi lavori oggi?" }).waitFor();
      await page
        .getByRole("link", { name: /Accedi/ })
        .or(page.getByRole("button", { name: /Accedi/ }))
        .first()
        .waitFor();
      await expectAccessible(page, "choice of the institution");

      // — Aderisci —
      await page.getByRole("link", { name: "Aderisci per un ente" }).click();
      await page.getByRole("heading", { level: 1, name: "Tipo di ente" }).waitFor();
      await expectAccessible(page, "step 1");
      await page.getByRole("button", { name: "Continua: Ricerca" }).click();
      const search = page.getByRole("combobox", { name: "Ente" });
      await search.waitFor();
      await search.pressSequentially("borgo ese", { delay: 30 });
      await page.getByRole("option", { name: /Comune di Borgo Esempio/ }).click();
      await expectAccessible(page, "step 2");
      await page.getByRole("button", { name: "Continua: Dati dell’ente" }).click();

      await page.getByRole("heading", { level: 1, name: "Dati dell’ente" }).waitFor();
      await page.getByText("protocollo@pec.borgo-esempio.example").first().waitFor();
      const recipient = page.getByLabel("Codice SDI");
      await recipient.fill("UFB0E");
      await recipient.blur();
      await page
        .getByText("La lunghezza non va")
        .first()
        .waitFor()
        .catch(() =>
          page
            .getByText(/Mancano caratteri/)
            .first()
            .waitFor(),
        );
      await expectAccessible(page, "step 3 with an error");
      await recipient.fill("UFB0E5");
      await recipient.blur();
      await page.getByText(/Bozza salvata alle/).waitFor();

      // A draft can be left and found again.
      await page
        .getByRole("button", { name: "Esci, continuo dopo" })
        .or(page.getByRole("link", { name: "Esci, continuo dopo" }))
        .click();
      await page
        .getByRole("link", { name: /Riprendi/ })
        .or(page.getByRole("button", { name: /Riprendi/ }))
        .first()
        .click();
      await page.getByRole("heading", { level: 1, name: "Dati dell’ente" }).waitFor();
      expect(await page.getByLabel("Codice SDI").inputValue()).toBe("UFB0E5");
      await page.getByRole("button", { name: "Continua: Legale Rappresentante" }).click();

      await page.getByRole("heading", { level: 1, name: "Legale Rappresentante" }).waitFor();
      await fillPerson(page, page.locator("form"), "elena-conti");
      await page.getByLabel("Codice fiscale").fill("CNTLNE71D52F205X");
      await page.getByLabel("Codice fiscale").blur();
      await page.getByText("Non torna il carattere di controllo").waitFor();
      await page.getByLabel("Codice fiscale").fill(person("elena-conti").fiscalNumber);
      await expectAccessible(page, "step 4");
      await page.getByRole("button", { name: "Continua: Amministratori" }).click();

      await page.getByRole("heading", { level: 1, name: "Amministratori" }).waitFor();
      await fillPerson(page, page.locator("form"), "giulia-ferri");
      await expectAccessible(page, "step 5");
      await page.getByRole("button", { name: "Continua: Riepilogo" }).click();
      await page.getByRole("heading", { level: 1, name: "Riepilogo" }).waitFor();
      await expectAccessible(page, "summary");
      await page.getByRole("button", { name: "Invia l’adesione" }).click();
      await page.waitForURL(/\/adesione\/inviata\//);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await expectAccessible(page, "sent");

      // — the certified mail, and its link —
      const pec = await mailTo(portal, "protocollo@pec.borgo-esempio.example", "da firmare");
      expect(pec.kind).toBe("pec");
      const signLink = pec.links.find((l) => l.includes("/accordo/"))!;
      // A mail scanner opens everything first.
      for (const link of pec.links) expect((await fetch(link)).status).toBe(200);

      // — the legal representative, without a session and without script —
      const elena = await newPerson(browser, { script: false });
      await elena.page.goto(signLink);
      expect(await elena.page.content()).not.toContain(person("elena-conti").fiscalNumber);
      const [download] = await Promise.all([
        elena.page.waitForEvent("download"),
        elena.page.getByRole("link", { name: "Scarica l’accordo" }).first().click(),
      ]);
      const pdf = join(portal.dataDir, "accordo.pdf");
      await download.saveAs(pdf);

      // The unsigned file, then the signature of somebody else: both explained, nothing consumed.
      const upload = async (file: string) => {
        await elena.page.goto(signLink);
        await elena.page.setInputFiles('input[type="file"]', file);
        await elena.page.locator('form[method="post"] button[type="submit"]:not([formaction])').first().click();
      };
      await upload(pdf);
      await elena.page
        .getByText(/da sistemare/i)
        .first()
        .waitFor();
      const byPaolo = join(portal.dataDir, "paolo.pdf.p7m");
      const desk = await newPerson(browser);
      await signAtDesk(desk.page, portal, pdf, "paolo-neri", "CAdES", byPaolo);
      await upload(byPaolo);
      await elena.page.getByText("Paolo Neri").first().waitFor();

      const byElena = join(portal.dataDir, "elena.pdf");
      if (way === "upload") {
        await signAtDesk(desk.page, portal, pdf, "elena-conti", "PAdES", byElena);
        await upload(byElena);
      } else {
        // Somebody else’s certificate is noticed before any signature; the right one takes two clicks.
        await elena.page.goto(signLink);
        await elena.page.getByRole("link", { name: "Firma ora" }).click();
        await elena.page.selectOption('select[name="person"]', "paolo-neri");
        await elena.page.getByRole("button", { name: "Consenti" }).click();
        await elena.page.getByText("Paolo Neri").first().waitFor();
        await picture(elena.page, "remote-wrong-signer");
        await signInPortal(elena.page, signLink, "elena-conti");
      }
      await elena.page.getByRole("heading", { level: 1, name: /pagoPA/ }).waitFor();
      await elena.page.goto(signLink);
      expect(await elena.page.getByText(/già/i).count()).toBeGreaterThan(0);

      // The same pages, with script only so that axe can look at them.
      const looker = await newPerson(browser);
      await looker.page.goto(signLink);
      await expectAccessible(looker.page, "landing after the signature");

      // — Panoramica —
      await page.goto(`${portal.url}/enti`);
      await page.getByRole("heading", { name: "Comune di Borgo Esempio" }).first().waitFor();
      await page
        .getByRole("listitem")
        .filter({ hasText: "Comune di Borgo Esempio" })
        .getByRole("link", { name: /Accedi/ })
        .click();
      await page.getByRole("heading", { level: 1, name: "Comune di Borgo Esempio" }).waitFor();
      await page.getByText("Attivo", { exact: true }).first().waitFor();
      await page.getByRole("heading", { name: "Ultimi eventi" }).waitFor();
      await expectAccessible(page, "Panoramica");
      await page.getByRole("link", { name: "Documenti" }).click();
      await page.getByRole("heading", { level: 1, name: "Documenti" }).waitFor();
      const [signed] = await Promise.all([
        page.waitForEvent("download"),
        page
          .getByRole("link", { name: /Scarica il firmato/ })
          .or(page.getByRole("button", { name: /Scarica il firmato/ }))
          .click(),
      ]);
      const back = join(portal.dataDir, "back.pdf");
      await signed.saveAs(back);
      if (way === "upload") expect(readFileSync(back).equals(readFileSync(byElena))).toBe(true);
      expect(readFileSync(back).subarray(0, readFileSync(pdf).length).equals(readFileSync(pdf))).toBe(true);
      // What proves it to a third party, in one package.
      const [proof] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: /Scarica la prova/ }).click(),
      ]);
      const zip = join(portal.dataDir, "prova.zip");
      await proof.saveAs(zip);
      expect(readFileSync(zip).subarray(0, 2).toString()).toBe("PK");
      await picture(page, "documents-with-proof");
      await expectAccessible(page, "documents");
      await page.getByRole("link", { name: "Utenti" }).click();
      await page.getByRole("heading", { level: 1, name: "Utenti" }).waitFor();
      await page.getByText("Giulia Ferri").nth(1).waitFor();
      await expectAccessible(page, "people");
      await page.getByRole("link", { name: "Storia" }).click();
      await page.getByRole("heading", { level: 1, name: "Storia" }).waitFor();
      await page.getByText("Completata l’adesione").first().waitFor();
      await expectAccessible(page, "history");

      for (const to of [
        "giulia.ferri@posta.example",
        "elena.conti@posta.example",
        "protocollo@pec.borgo-esempio.example",
      ])
        await mailTo(portal, to, "è attivo");
      expect(errors).toEqual([]);
    });

    it("on a phone, in German, in the dark", async () => {
      const { page, errors } = await newPerson(browser, { width: 360, locale: "de-DE", dark: true });
      await page.goto(portal.url);
      expect(await page.locator("html").getAttribute("lang")).toBe("de");
      await expectAccessible(page, "entry on a phone");
      await page.getByRole("link", { name: "IdP di prova (SPID)" }).click();
      await page.getByRole("button", { name: "Entra come Giulia Ferri", exact: true }).click();
      await page.waitForURL(/\/enti$/);
      await page.locator("h1").waitFor();
      await page.waitForTimeout(500);
      expect(await page.locator("html").getAttribute("lang")).toBe("de");
      await expectAccessible(page, "institutions on a phone");
      await page.locator("main a[href*='/enti/']").first().click();
      await page.waitForURL(/\/enti\/[0-9a-f-]{36}/);
      await page.locator("h1").waitFor();
      await page.waitForTimeout(500);
      await expectAccessible(page, "Panoramica on a phone");
      expect(errors).toEqual([]);
    });

    it("a refused login is explained, and nothing enters", async () => {
      const { page } = await newPerson(browser);
      await page.goto(portal.url);
      await page.getByRole("link", { name: "IdP di prova (SPID)" }).click();
      await page.selectOption("select", { value: "nr25" }).catch(() => page.selectOption("select", { index: 1 }));
      await page.getByRole("button", { name: "Entra come Luca Marini", exact: true }).click();
      await page.waitForURL(`${portal.url}/spid/acs`);
      await expectAccessible(page, "refused login");
      expect((await page.request.get(`${portal.url}/api/v1/me`)).status()).toBe(401);
    });

    it("the registry's file is taken by the running portal, whole or not at all", async () => {
      const run = (file: string) =>
        spawnSync(
          process.execPath,
          [join(import.meta.dirname, "../server/dist/area-server.js"), "import", "ipa", file],
          {
            encoding: "utf8",
            env: { ...process.env, ...env(), DATA_DIR: portal.dataDir, AREA_MODE: "development", LOG_LEVEL: "error" },
          },
        );
      const open = readFileSync(join(import.meta.dirname, "../demo/enti.csv"), "utf8");
      const changed = join(portal.dataDir, "enti.csv");
      writeFileSync(
        changed,
        open
          .replace("unione@pec.terre-campione.example", "nuova@pec.terre-campione.example")
          .concat(
            "99,c_nuovo,Comune di Nuovo Esempio,99900001373,,L6,,,,,,,,,,,,00000,Via 1,n@pec.nuovo.example,Pec,,,,,,,,,,,,,,\n",
          ),
      );
      const done = run(changed);
      expect([done.stderr, JSON.parse(done.stdout || "{}")]).toEqual([
        "",
        expect.objectContaining({ added: 1, changed: 1, ended: 0 }),
      ]);
      writeFileSync(changed, `${open}rotta,"non chiusa\n`);
      const refused = run(changed);
      expect([refused.status, refused.stderr]).toEqual([1, expect.stringMatching(/registry-file-malformed: Riga \d+/)]);
      // Who joined is told; nothing of theirs changed by itself.
      const { page } = await newPerson(browser);
      await enterAs(page, portal, "Giulia Ferri");
      await page
        .getByRole("listitem")
        .filter({ hasText: "Unione dei Comuni Terre Campione" })
        .getByRole("link", { name: /Accedi/ })
        .first()
        .click();
      await page.getByRole("heading", { name: "La PEC dell’ente in IndicePA è cambiata" }).waitFor();
      await page.getByText("unione@pec.terre-campione.example").first().waitFor();
      await expectAccessible(page, "Panoramica with a finding");
    });

    it("a second start is quick and keeps the data", async () => {
      await portal.stop();
      writeFileSync(join(portal.dataDir, "note.txt"), "kept");
      portal = await startPortal(env(), portal.dataDir);
      const { page } = await newPerson(browser);
      await enterAs(page, portal, "Giulia Ferri");
      await page.getByRole("heading", { name: "Comune di Borgo Esempio" }).first().waitFor();
    });
  });

story("embedded database, signed inside the portal", () => ({ DATABASE_URL: undefined }), "portal");

const server = process.env["AREA_TEST_DATABASE_URL"];
if (server) {
  const url = new URL(server);
  url.pathname = "/area_journey";
  describe("PostgreSQL", () => {
    beforeAll(async () => {
      const { default: pg } = await import("pg");
      const owner = new pg.Client({ connectionString: server });
      await owner.connect();
      await owner.query("drop database if exists area_journey with (force)");
      await owner.query("create database area_journey");
      await owner.end();
    });
    story("real database, signed with one’s own tools", () => ({ DATABASE_URL: url.href }), "upload");
  });
}
