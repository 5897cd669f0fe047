import type { Page } from "../platform/page.ts";
import type { Parts } from "../ports/index.ts";
import * as pages from "./index.ts";

/** The pages that everyone may read: rights, help, security. */
export const footerPages = ({ config, database }: Parts): Page[] => [
  ...Object.entries(pages.footerPages).map(([slug, write]): Page => ({
    method: "GET",
    path: `/${slug}`,
    cache: undefined,
    answer: async ({ language, path }) => ({
      html: write(language, path, { updatedAt: new Date("2026-11-23"), services: [{ name: "Area Riservata", up: await database.asSystem(({ connection }) => connection.query("select 1")).then(() => true, () => false) }] }),
    }),
  }) as Page),
  { method: "GET", path: "/.well-known/security.txt", answer: async () => ({ text: { body: pages.securityTxt(config.publicUrl), mediaType: "text/plain; charset=utf-8" }, cache: "public, max-age=86400" }) },
];
