import type { Browser, Page } from "playwright-core";
import { enterAs, newPerson } from "./browser.ts";
import { mailTo, type Portal } from "./portal.ts";

export type Somebody = { givenName: string; familyName: string; fiscalCode: string; email: string };
export const sara: Somebody = {
  givenName: "Sara",
  familyName: "Colombo",
  fiscalCode: "CLMSRA79S43L219R",
  email: "sara.colombo@posta.example",
};
export const irene: Somebody = {
  givenName: "Irene",
  familyName: "Sala",
  fiscalCode: "SLARNI76M45A794G",
  email: "irene.sala@posta.example",
};
const UNION = "Unione dei Comuni Terre Campione";

/** Enters as somebody who administers the union of municipalities of the demo, and answers the address of its pages. */
export const openUnion = async (page: Page, portal: Portal, name = "Giulia Ferri"): Promise<string> => {
  await enterAs(page, portal, name);
  await page
    .getByRole("listitem")
    .filter({ hasText: UNION })
    .getByRole("link", { name: /Accedi/ })
    .first()
    .click();
  await page.waitForURL(/\/enti\/[0-9a-f-]{36}/);
  return page.url().replace(/\/$/, "");
};

/** Invites with a profile, from the page of invitations. */
export const invite = async (page: Page, here: string, who: Somebody, product: string, profile: string) => {
  await page.goto(`${here}/utenti/invita`);
  await page.getByLabel("Nome", { exact: true }).fill(who.givenName);
  await page.getByLabel("Cognome", { exact: true }).fill(who.familyName);
  await page.getByLabel("Codice fiscale").fill(who.fiscalCode);
  await page.getByLabel("E-mail").fill(who.email);
  await page.getByLabel("Dove", { exact: true }).selectOption({ label: product });
  await page.getByLabel("Profilo", { exact: true }).selectOption({ label: profile });
  await page.getByRole("button", { name: "Manda l’invito" }).click();
  await page.getByText(`Invito mandato a ${who.email}`).waitFor();
};

/** Opens the invitation that came by mail, enters, accepts it. */
export const accept = async (
  browser: Browser,
  portal: Portal,
  who: Somebody,
  options: Parameters<typeof newPerson>[1] = {},
) => {
  const mail = await mailTo(portal, who.email, "ti invita");
  const link = new URL(mail.links.find((l) => l.includes("/enti/invito"))!);
  const person = await newPerson(browser, options);
  const { page } = person;
  await page.goto(`${portal.url}${link.pathname}${link.search}`);
  await page.getByRole("link", { name: "IdP di prova (SPID)" }).click();
  await page.getByRole("button", { name: `Entra come ${who.givenName} ${who.familyName}`, exact: true }).click();
  await page.waitForURL(/\/enti\/invito/);
  await page.getByRole("button", { name: /Accetta l’invito|Accept the invitation/ }).click();
  await page.waitForURL(/\/enti\/[0-9a-f-]{36}/);
  return person;
};
