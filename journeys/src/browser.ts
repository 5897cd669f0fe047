import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import type { Portal } from "./portal.ts";

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

/** A browser context that notes every error on the console: none is expected. */
export const newPerson = async (
  browser: Browser,
  options: { width?: number; locale?: string; script?: boolean; dark?: boolean } = {},
): Promise<{ context: BrowserContext; page: Page; errors: string[] }> => {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: 900 },
    locale: options.locale ?? "it-IT",
    javaScriptEnabled: options.script ?? true,
    colorScheme: options.dark ? "dark" : "light",
    // Half way through an animation a colour is no colour of ours: axe would measure it.
    reducedMotion: "reduce",
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const errors: string[] = [];
  page.on("console", (m) => {
    // A refusal that the page explains is not an error of the page.
    if (m.type() === "error" && !/Failed to load resource/.test(m.text()) && !audited.has(page)) errors.push(m.text());
  });
  page.on("pageerror", (e) => errors.push(e.message));
  return { context, page, errors };
};

/** While axe looks it writes inline styles of its own, which the page's policy refuses: those are not the page's errors. */
const audited = new WeakSet<Page>();

/** axe finds nothing, the page has one title, and nothing scrolls sideways. */
export const expectAccessible = async (page: Page, what: string) => {
  audited.add(page);
  // What fades in or out has another contrast halfway: it comes to rest first.
  await page.evaluate(
    "Promise.allSettled(document.getAnimations().filter((a) => a.effect?.getComputedTiming().endTime !== Infinity).map((a) => a.finished)).then(() => undefined)",
  );
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  await page.waitForTimeout(50);
  audited.delete(page);
  expect(
    violations.map(
      (v) =>
        `${what}: ${v.id} ${v.nodes
          .map((n) => n.target.join(" "))
          .slice(0, 3)
          .join(" | ")}`,
    ),
  ).toEqual([]);
  expect(await page.locator("h1").count(), `${what}: one h1`).toBe(1);
  const overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  expect(overflow, `${what}: sideways scroll`).toBeLessThanOrEqual(0);
};

/** Enters with SPID at the development provider, as somebody. */
/** What one was doing asks for a confirmation of who one is: given, and back on the same page. */
export const confirmAs = async (page: Page, name: string, button = "Conferma la tua identità") => {
  const back = new URL(page.url()).pathname;
  await page.getByRole("button", { name: button }).click();
  await page.getByRole("button", { name: `Entra come ${name}`, exact: true }).click();
  await page.waitForURL((url) => url.pathname === back);
};

export const enterAs = async (page: Page, portal: Portal, name: string, path = "/") => {
  await page.goto(portal.url + path);
  await page.getByRole("link", { name: "IdP di prova (SPID)" }).click();
  await page.getByRole("button", { name: `Entra come ${name}`, exact: true }).click();
  await page.waitForURL((url) => url.origin === portal.url && !url.pathname.startsWith("/spid"));
};
