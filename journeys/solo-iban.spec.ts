import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { confirmAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { accept, invite, irene, openUnion, sara } from "./src/people.ts";
import { forget, type Portal, startPortal } from "./src/portal.ts";

/* An administrator makes a profile that gives one thing; the colleague who gets it sees only that. */
describe("a profile of the institution, «Solo IBAN»", () => {
  let portal: Portal;
  let browser: Browser;
  let giulia: Awaited<ReturnType<typeof newPerson>>;
  let colleague: Awaited<ReturnType<typeof newPerson>>;
  let here: string;
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
  const doors = (page: Page) => page.getByRole("navigation", { name: "Sezioni" }).getByRole("link").allInnerTexts();

  it("is made in plain words, given by invitation, and opens exactly what it says", async () => {
    const { page } = giulia;
    await page.getByRole("navigation", { name: "Sezioni" }).getByRole("link", { name: "Profili e gruppi" }).click();
    await page.getByRole("heading", { level: 1, name: "Profili e gruppi" }).waitFor();
    await page.getByRole("heading", { name: "Ancora nessun profilo dell’ente" }).waitFor();
    await expectAccessible(page, "profiles, still none");
    await page.getByRole("link", { name: "Nuovo profilo" }).click();
    // Nothing chosen: said where it is wrong, and what was typed stays.
    await page.getByLabel("Prodotto", { exact: true }).selectOption({ label: "pagoPA" });
    await page.getByLabel("Nome", { exact: true }).fill("Solo IBAN");
    await page.getByRole("button", { name: "Crea il profilo" }).click();
    await page.getByText("Scegli almeno un permesso.").waitFor();
    await expectAccessible(page, "a profile without permissions");
    await page.getByRole("checkbox", { name: "Vedere gli IBAN dell’ente" }).check();
    await page.getByRole("checkbox", { name: /^Aggiungere, cambiare e ritirare gli IBAN/ }).check();
    await page.getByRole("button", { name: "Crea il profilo" }).click();
    await page.getByRole("heading", { level: 1, name: "Solo IBAN" }).waitFor();
    await expectAccessible(page, "a profile");
    await invite(page, here, sara, "pagoPA", "Solo IBAN");

    colleague = await accept(browser, portal, sara);
    const them = colleague.page;
    await them.getByRole("heading", { level: 1, name: "IBAN" }).waitFor();
    expect((await doors(them)).map((d) => d.trim())).toEqual(["IBAN"]);
    await them.getByText("come Solo IBAN").waitFor();
    await them.getByRole("link", { name: "Aggiungi un IBAN" }).waitFor();
    await expectAccessible(them, "only IBANs");
    // What the address would open is refused, with the rule and who can give it.
    for (const [path, permission] of [
      ["utenti", "Vedere chi ha accesso e con quale profilo"],
      ["permessi", "Vedere chi ha accesso e con quale profilo"],
      ["documenti", "Leggere e scaricare gli accordi"],
      ["storia", "Vedere la storia di ciò che è successo"],
    ] as const) {
      await them.goto(`${here}/${path}`);
      await them
        .getByRole("heading", { name: `Serve il permesso «${permission}»` })
        .first()
        .waitFor();
      await them
        .getByRole("radio", { name: /Giulia Ferri/ })
        .first()
        .waitFor();
    }
    await expectAccessible(them, "a refusal that says who can give");
    const id = here.split("/").at(-1);
    for (const path of ["agreements", "people", "profiles", "audit-trail", "findings"]) {
      const status = await them.evaluate(
        async (url) => (await fetch(url)).status,
        `${portal.url}/api/v1/institutions/${id}/${path}`,
      );
      expect([path, status]).toEqual([path, 403]);
    }
  });

  it("changed while its holder is in the middle of a form: nothing typed is lost, and asking is one click", async () => {
    const them = colleague.page;
    await them.goto(`${here}/pagopa/collaudo/iban/nuovo`);
    const iban = them.getByLabel("IBAN", { exact: true });
    await iban.fill("IT60X0542811101000000123456");
    await them.getByLabel("Descrizione").fill("Conto di tesoreria");

    const { page } = giulia;
    await page.goto(`${here}/profili`);
    await page.getByRole("link", { name: "Solo IBAN" }).click();
    await page.getByRole("checkbox", { name: /^Aggiungere, cambiare e ritirare gli IBAN/ }).uncheck();
    await page.getByRole("button", { name: "Vedi che cosa cambia" }).click();
    const preview = page.getByRole("dialog");
    await preview.getByText("Chi lo ha perde").waitFor();
    await preview.getByText(/Riguarda 1 persona: Sara Colombo/).waitFor();
    await expectAccessible(page, "what a change would do");
    await preview.getByRole("button", { name: "Cambia il profilo" }).click();
    await page.getByText("Profilo «Solo IBAN» cambiato").waitFor();

    await them.getByRole("button", { name: "Aggiungi IBAN" }).click();
    await them.getByRole("alert").getByRole("button", { name: "Perché non posso?" }).click();
    const why = them.getByRole("dialog");
    await why.getByText("Il tuo profilo non lo comprende.").waitFor();
    await expectAccessible(them, "why not, in the middle of a form");
    await why.getByRole("radio", { name: /Giulia Ferri/ }).check();
    await why.getByRole("button", { name: "Chiedi a Giulia Ferri" }).click();
    await why.getByText("L’hai chiesto").waitFor();
    await why.getByRole("button", { name: "Chiudi" }).click();
    expect(await iban.inputValue()).toBe("IT60X0542811101000000123456");
    expect(await them.getByLabel("Descrizione").inputValue()).toBe("Conto di tesoreria");

    await page.goto(`${here}/utenti/richieste`);
    await page.getByRole("button", { name: /^Dai l’accesso/ }).click();
    await page.getByText("Sara Colombo ha l’accesso, da subito.").waitFor();
    await them.getByRole("button", { name: "Aggiungi IBAN" }).click();
    await confirmAs(them, "Sara Colombo");
    expect(await iban.inputValue()).toBe("IT60X0542811101000000123456");
    await them.getByRole("button", { name: "Aggiungi IBAN" }).click();
    await them.getByText(/IBAN …3456 aggiunto in Collaudo/).waitFor();

    // Removed at the end: who has it is named first.
    await page.goto(`${here}/profili`);
    await page.getByRole("link", { name: "Solo IBAN" }).click();
    await page.getByRole("button", { name: "Elimina" }).click();
    await page
      .getByRole("dialog")
      .getByText(/Riguarda 1 persona: Sara Colombo/)
      .waitFor();
    await page.getByRole("button", { name: "Elimina il profilo" }).click();
    await page.getByText("Profilo «Solo IBAN» eliminato.").waitFor();
    expect([...giulia.errors, ...colleague.errors]).toEqual([]);
  });

  it("what its maker does not hold stands there too, out of reach and with the reason, in German on a phone", async () => {
    await invite(giulia.page, here, irene, "Ente", "Amministratore");
    const { page, errors } = await accept(browser, portal, irene, { width: 360, locale: "de-DE", dark: true });
    await page.goto(`${here}/profili/nuovo`);
    await page.getByLabel("Produkt", { exact: true }).selectOption({ label: "pagoPA" });
    const beyond = page.getByRole("checkbox", { name: /^Die IBAN der Körperschaft sehen/ });
    await beyond.focus();
    expect(await beyond.getAttribute("aria-disabled")).toBe("true");
    await page.keyboard.press("Space");
    expect(await beyond.isChecked()).toBe(false);
    await page
      .getByText(/Sie können sie nicht aufnehmen/)
      .first()
      .waitFor();
    await expectAccessible(page, "permissions that are beyond the maker");
    await page.getByLabel("Produkt", { exact: true }).selectOption({ label: "Körperschaft" });
    const own = page.getByRole("checkbox", { name: /^Den Verlauf der Ereignisse sehen/ });
    await own.focus();
    await page.keyboard.press("Space");
    expect(await own.isChecked()).toBe(true);
    // A group of hers carries it, with nobody in it yet.
    await page.getByLabel("Name", { exact: true }).fill("Nur Verlauf");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Nur Verlauf" }).waitFor();
    await page.goto(`${here}/gruppi/nuovo`);
    await page.getByLabel("Profil", { exact: true }).selectOption({ label: "Nur Verlauf" });
    await page.getByLabel("Name", { exact: true }).fill("Revision");
    await page.getByRole("button", { name: "Gruppe erstellen" }).click();
    await page.getByRole("button", { name: "Person aufnehmen" }).click();
    await page.getByRole("dialog").getByRole("searchbox").fill("colombo sara");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^Aufnehmen\s*: Sara Colombo/ })
      .click();
    await page.getByRole("dialog").getByText("schon in der Gruppe").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Sara Colombo" }).waitFor();
    await expectAccessible(page, "a group on a phone");
    expect(errors).toEqual([]);
  });
});
