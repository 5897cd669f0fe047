import type { Page, PageAnswer, PageRequest } from "../platform/page.ts";
import type { Parts } from "../ports/index.ts";
import { safeReturn } from "./login.ts";
import { liveSessionOf } from "./sessions-store.ts";

/** `GET /conferma?ritorno=…`: to the provider that opened the session, and back to the page that asked. */
const confirm = async (parts: Parts, request: PageRequest): Promise<PageAnswer> => {
  const { database, clock, config, ports } = parts;
  const back = encodeURIComponent(safeReturn(request.query["ritorno"]));
  const { sessionHash } = request;
  const session = sessionHash
    ? await database.asSystem(({ db }) => liveSessionOf(db, sessionHash, clock(), config.session.idleMinutes))
    : undefined;
  if (!session) return { redirect: `/?ritorno=${back}` };
  // Whoever came in by OpenID goes back there: the provider is known by its trust chain, not among those of SAML.
  if (session.identity_provider === ports.federation?.trusted.provider)
    return { redirect: `/cie/oidc/login?conferma=1&ritorno=${back}` };
  const known = ports.identityProviders.find(session.identity_provider);
  const idp = known ? `idp=${encodeURIComponent(known.entityId)}&` : "";
  return { redirect: `/${session.scheme}/login?${idp}conferma=1&ritorno=${back}` };
};

export const confirmPages = (parts: Parts): Page[] => [
  { method: "GET", path: "/conferma", ownHost: true, answer: (request) => confirm(parts, request) },
];
