import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, expectAccessible, newPerson, openBrowser } from "./src/browser.ts";
import { forget, type Portal, startPortal } from "./src/portal.ts";

/* CIE, the second way in: by SAML, then the same portal by OpenID Federation. Whoever has both identities is one person. */
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

type Me = { person: { id: string; givenName: string; familyName: string }; session: { scheme: string; level: number } };
/** Who the portal takes this browser for, and what they work for. */
const account = async (page: Page) => {
  const get = async (path: string): Promise<unknown> => (await page.request.get(`${portal.url}/api/v1${path}`)).json();
  const { person, session } = (await get("/me")) as Me;
  const { items } = (await get("/me/institutions")) as { items: { id: string }[] };
  return { person, session, institutions: items.map((i) => i.id) };
};
/** Kept when somebody wants to look at what the journey saw. */
const picture = async (page: Page, name: string) => {
  const folder = process.env["JOURNEY_PICTURES"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};
const press = (page: Page) => page.getByRole("link", { name: "Entra con CIE", exact: true }).click();
const leave = async (page: Page) => {
  await page.getByRole("button", { name: "Giulia Ferri" }).click();
  await page.getByRole("button", { name: "Esci", exact: true }).last().click();
  await page.getByRole("link", { name: "Entra con CIE", exact: true }).waitFor();
};

let bySpid: Awaited<ReturnType<typeof account>>;

describe("CIE by SAML", () => {
  it("is the same person as by SPID: one account, the same institutions, the name as people write it", async () => {
    const { page, errors, context } = await newPerson(browser);
    await enterAs(page, portal, "Giulia Ferri");
    bySpid = await account(page);
    expect(bySpid.session.scheme).toBe("spid");
    expect(bySpid.institutions.length).toBeGreaterThan(0);
    await leave(page);

    await expectAccessible(page, "the entry with both ways in");
    await picture(page, "cie-entry");
    await press(page);
    await page.getByRole("heading", { level: 1, name: "Chi entra?" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/accesso");
    await expectAccessible(page, "the provider of CIE");
    await picture(page, "cie-provider");
    await page.getByRole("button", { name: "Entra come Giulia Ferri", exact: true }).click();
    await page.waitForURL(`${portal.url}/enti**`);
    const byCard = await account(page);
    expect(byCard.session).toMatchObject({ scheme: "cie", level: 2 });
    expect([byCard.person, byCard.institutions]).toEqual([bySpid.person, bySpid.institutions]);
    await page.goto(`${portal.url}/profilo/sessioni`);
    await page.getByText("CIE", { exact: false }).first().waitFor();
    await expectAccessible(page, "own sessions, entered with CIE");
    await picture(page, "cie-sessions");
    expect(errors).toEqual([]);
    await context.close();
  });

  it("tells in the words of a card why it did not open, on a phone, and lets one go on", async () => {
    const { page, errors, context } = await newPerson(browser, { width: 360 });
    await page.goto(portal.url);
    await press(page);
    await page.getByLabel("Esito").selectOption("nr23");
    await page.getByRole("button", { name: "Entra come Giulia Ferri", exact: true }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/spid/acs");
    const text = (await page.locator("main").textContent()) ?? "";
    expect(text).toMatch(/carta/i);
    expect(text).toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(text).not.toMatch(/ErrorCode|nr23/);
    await expectAccessible(page, "a card that is revoked");
    await picture(page, "cie-refused-phone");
    expect((await page.request.get(`${portal.url}/api/v1/me`)).status()).toBe(401);
    expect(await page.getByRole("link", { name: "Scegli un altro modo di entrare" }).getAttribute("href")).toBe("/");
    await page.getByRole("link", { name: "Riprova" }).click();
    await page.getByRole("button", { name: "Entra come Giulia Ferri", exact: true }).click();
    await page.waitForURL(`${portal.url}/enti**`);
    expect(errors).toEqual([]);
    await context.close();
  });
});

describe("CIE by OpenID Federation", () => {
  beforeAll(async () => {
    await portal.stop();
    portal = await startPortal({ DATABASE_URL: undefined, CIE_PREFERRED: "oidc" }, portal.dataDir);
  });

  it("opens the same account, and confirms it again where that is asked", async () => {
    const { page, errors, context } = await newPerson(browser);
    await page.goto(`${portal.url}/profilo/indirizzi`);
    // The page that was asked for waits behind the door.
    await press(page);
    await page.getByRole("heading", { level: 1, name: "Chi entra?" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/openid/accesso");
    await expectAccessible(page, "the provider of CIE, by OpenID");
    await picture(page, "cie-openid-provider");
    await page.getByRole("button", { name: "Entra come Giulia Ferri", exact: true }).click();
    await page.waitForURL(`${portal.url}/profilo/indirizzi`);
    const byOpenId = await account(page);
    expect(byOpenId.session).toMatchObject({ scheme: "cie", level: 2 });
    expect([byOpenId.person, byOpenId.institutions]).toEqual([bySpid.person, bySpid.institutions]);

    await page.getByRole("button", { name: /Verifica ?: Unione dei Comuni Terre Campione/ }).click();
    await page.getByLabel("E-mail", { exact: true }).fill("giulia.carta@posta.example");
    await page.getByRole("button", { name: "Manda il codice" }).click();
    await page.getByRole("button", { name: "Conferma la tua identità" }).click();
    await page.getByRole("heading", { level: 1, name: "Chi entra?" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/openid/accesso");
    await page.getByRole("button", { name: "Entra come Giulia Ferri", exact: true }).click();
    await page.getByText("Hai confermato chi sei").waitFor();
    await page.getByRole("button", { name: "Manda il codice" }).click();
    await page.getByText("Il codice è partito per giulia.carta@posta.example").waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });

  it("works without script, and lets nobody in on tokens that are not good", async () => {
    const { page, context } = await newPerson(browser, { script: false, width: 360 });
    const tried = async (outcome: string) => {
      await page.goto(portal.url);
      await press(page);
      await page.getByLabel("Esito").selectOption(outcome);
      await page.getByRole("button", { name: "Entra come Giulia Ferri", exact: true }).click();
      await page.getByRole("link", { name: "Riprova" }).waitFor();
      expect(new URL(page.url()).pathname).toBe("/cie/oidc/callback");
      expect([outcome, (await page.request.get(`${portal.url}/api/v1/me`)).status()]).toEqual([outcome, 401]);
      return (await page.locator("main").textContent()) ?? "";
    };
    expect(await tried("consent_required")).toContain("Non hai dato il consenso");
    await picture(page, "cie-openid-refused-phone");
    for (const outcome of ["low-level", "tampered", "other-key", "other-nonce", "wrong-audience", "expired"])
      await tried(outcome);
    for (const outcome of ["other-person", "unencrypted"]) expect(await tried(outcome)).toContain("non è verificabile");
    await page.getByRole("link", { name: "Riprova" }).click();
    await page.getByRole("button", { name: "Entra come Giulia Ferri", exact: true }).click();
    await page.waitForURL(`${portal.url}/enti**`);
    expect((await account(page)).person.id).toBe(bySpid.person.id);
    await context.close();

    const english = await newPerson(browser, { width: 360, locale: "en-GB" });
    await english.page.goto(portal.url);
    await english.page.locator("a.btn.cie").click();
    await english.page.getByRole("button", { name: "Annulla e torna al servizio" }).click();
    await english.page.getByRole("heading", { level: 1 }).waitFor();
    await expectAccessible(english.page, "a login by OpenID that was given up");
    await picture(english.page, "cie-openid-given-up-en");
    await english.context.close();
  });
});
