import { randomInt } from "node:crypto";
import { problemText } from "@area/words";
import { pageWords } from "@area/words/pages/index";
import { entryPage } from "../pages/index.ts";
import type { Page } from "../platform/page.ts";
import type { Parts } from "../ports/index.ts";
import { safeReturn } from "./login.ts";
import * as store from "./store.ts";

/** AgID's rule for the button: providers in random order, another for each page, so that none is always the first. */
const shuffled = <T>(all: T[]): T[] => {
  const order = [...all];
  for (let i = order.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
};

/** Where CIE begins, by SAML or by OpenID as CIE_PREFERRED says; the other one where there is only that. */
const cieDoor = ({ config, ports }: Parts): string | undefined => {
  const saml = ports.identityProviders.all().some((p) => p.scheme === "cie") ? "/cie/login" : undefined;
  const openId = ports.federation ? "/cie/oidc/login" : undefined;
  return config.cieOpenId?.preferred ? (openId ?? saml) : (saml ?? openId);
};

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
    const { login } = pageWords[language];
    const left =
      query["uscita"] === "fatta" ? login.left : query["uscita"] === "parziale" ? login.leftPartly : undefined;
    const cie = cieDoor(parts);
    const suffix = back ? `&ritorno=${encodeURIComponent(back)}` : "";
    return {
      html: entryPage({
        language,
        path,
        identityProviders: shuffled(ports.identityProviders.all().filter((p) => p.scheme === "spid")).map((p) => ({
          entityId: p.entityId,
          displayName: p.displayName,
          href: `/spid/login?idp=${encodeURIComponent(p.entityId)}${suffix}`,
        })),
        ...(cie ? { cie: `${cie}${back ? `?ritorno=${encodeURIComponent(back)}` : ""}` } : {}),
        ...(left ? { notice: left } : {}),
        ...(back
          ? {
              returnTo: back,
              notice: {
                title: problemText(language, sessionHash ? "session-expired" : "session-missing").title,
                text: problemText(language, sessionHash ? "session-expired" : "session-missing").detail,
              },
            }
          : {}),
        services: cie || ports.identityProviders.all().length > 0 ? "up" : "down",
        ...(config.devLinks ? { development: config.devLinks } : {}),
      }),
    };
  },
});
