import { problemText } from "@area/words";
import { entryPage } from "../pages/index.ts";
import type { Page } from "../platform/page.ts";
import type { Parts } from "../ports/index.ts";
import { safeReturn } from "./login.ts";
import * as store from "./store.ts";

/** The front door. Who has a session goes straight in; who was sent back here is told why. */
export const entry = (parts: Parts): Page => ({
  method: "GET",
  path: "/",
  ownHost: true,
  answer: async ({ language, query, path, sessionHash }) => {
    const { config, database, ports, clock } = parts;
    const back = query["ritorno"] ? safeReturn(query["ritorno"]) : undefined;
    if (
      sessionHash &&
      (await database.asSystem(({ db }) => store.liveSession(db, sessionHash, clock(), config.session.idleMinutes)))
    )
      return { redirect: back ?? "/enti" };
    const suffix = back ? `&ritorno=${encodeURIComponent(back)}` : "";
    return {
      html: entryPage({
        language,
        path,
        identityProviders: ports.identityProviders
          .all()
          .filter((p) => p.scheme === "spid")
          .map((p) => ({
            entityId: p.entityId,
            displayName: p.displayName,
            href: `/spid/login?idp=${encodeURIComponent(p.entityId)}${suffix}`,
          })),
        ...(back
          ? {
              returnTo: back,
              notice: {
                title: problemText(language, sessionHash ? "session-expired" : "session-missing").title,
                text: problemText(language, sessionHash ? "session-expired" : "session-missing").detail,
              },
            }
          : {}),
        services: ports.identityProviders.all().length > 0 ? "up" : "down",
        ...(config.devLinks ? { development: config.devLinks } : {}),
      }),
    };
  },
});
