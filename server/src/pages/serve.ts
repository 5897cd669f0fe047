import type { Page } from "../platform/page.ts";
import type { Parts } from "../ports/index.ts";
import * as pages from "./index.ts";

/** The pages that everyone may read: rights, help, security, and whether the services answer. */
export const footerPages = ({ config, database, ports, clock }: Parts): Page[] => [
  ...pages.footSlugs.map(
    (slug): Page => ({
      method: "GET",
      path: `/${slug}`,
      answer: async ({ language, path }) => {
        if (slug !== "stato") return { html: pages.footerPages[slug](language, path) };
        const up = await database
          .asSystem(({ connection }) => connection.query("select 1"))
          .then(
            () => true,
            () => false,
          );
        return {
          html: pages.footerPages[slug](language, path, {
            checkedAt: clock().toISOString(),
            services: [
              { name: "portal", state: "up" },
              { name: "database", state: up ? "up" : "down" },
              { name: "login", state: ports.federation || ports.identityProviders.all().length > 0 ? "up" : "down" },
            ],
          }),
        };
      },
    }),
  ),
  {
    method: "GET",
    path: "/.well-known/security.txt",
    answer: async () => ({
      text: { body: pages.securityTxt(config.publicUrl), mediaType: "text/plain; charset=utf-8" },
      cache: "public, max-age=86400",
    }),
  },
];
