import { randomBytes } from "node:crypto";
import type { Page, PageAnswer, PageRequest } from "../platform/page.ts";
import {
  authnRequest,
  type IdentityProvider,
  peekResponse,
  type Scheme,
  verifyResponse,
} from "../ports/identity/index.ts";
import type { Parts } from "../ports/index.ts";
import { carryForm } from "./carry-form.ts";
import { letIn, type Pending, recall, remember, turnAway } from "./login.ts";
import { type Door, refused } from "./refused.ts";

const LEVEL = 2;

/** Under which name, and where, that provider's door is tried again. */
const doorOf = ({ displayName, scheme, entityId }: IdentityProvider): Door => ({
  identityProvider: displayName,
  scheme,
  retryHref: `/${scheme}/login?idp=${encodeURIComponent(entityId)}`,
});

/**
 * Starts a login: `GET /spid/login?idp=<entityID>`, or `GET /cie/login`, whose federation has one provider. Remembers what
 * was asked, by whom, and sends the person away.
 */
const start = async (parts: Parts, request: PageRequest, scheme: Scheme): Promise<PageAnswer> => {
  const { ports, clock } = parts;
  const { idp } = request.query;
  const provider =
    scheme === "cie" && idp === undefined
      ? ports.identityProviders.all().find((p) => p.scheme === "cie")
      : ports.identityProviders.find(idp ?? "");
  if (!provider) return refused(request, "login-provider-unknown");
  const relayState = randomBytes(24).toString("base64url");
  const asked = authnRequest({
    sp: ports.serviceProvider,
    identityProvider: provider,
    level: LEVEL,
    now: clock(),
    binding: provider.singleSignOn.redirect ? "redirect" : "post",
    relayState,
  });
  const remembered = await remember(parts, request, {
    id: asked.id,
    identityProvider: provider.entityId,
    level: LEVEL,
    relayState,
    issuedAt: asked.issueInstant,
    document: asked.xml,
  });
  if (asked.redirectUrl) return { ...remembered, redirect: asked.redirectUrl };
  return { ...remembered, ...carryForm(request, asked.form!) };
};

/** Receives the response: `POST /spid/acs`. Only what was verified becomes a session. */
const receive = async (parts: Parts, request: PageRequest): Promise<PageAnswer> => {
  const { ports, cipher, clock } = parts;
  const samlResponse = request.form["SAMLResponse"] ?? "";
  const peeked = peekResponse(samlResponse);
  if (!peeked.ok) return refused(request, peeked.problem);
  const { responseId, issuer } = peeked.unverified;
  const asked = (pending: Pending) => ports.identityProviders.find(pending.identity_provider);
  const register = (pending: Pending) => ({
    requestId: pending.id,
    responseId: responseId || null,
    responseIssuer: issuer,
    identityProvider: pending.identity_provider,
    scheme: asked(pending)?.scheme ?? "spid",
    pair: cipher.seal(
      JSON.stringify({
        request: {
          id: pending.id,
          issuedAt: pending.issued_at,
          identityProvider: pending.identity_provider,
          level: pending.level,
          document: pending.document ? cipher.open(pending.document) : null,
        },
        response: Buffer.from(samlResponse, "base64").toString(),
      }),
    ),
  });
  const recalled = await recall(parts, request, {
    id: peeked.unverified.inResponseTo,
    relayState: request.form["RelayState"],
    register,
  });
  if (!recalled.ok) return recalled.refusal;
  const { pending } = recalled;
  const provider = asked(pending);
  if (!provider)
    return turnAway(parts, request, register(pending), {
      problem: "login-provider-unknown",
      detail: "the provider is trusted no more",
    });

  const verdict = verifyResponse({
    samlResponse: peeked.opened,
    identityProvider: provider,
    sp: ports.serviceProvider,
    now: clock(),
    request: {
      id: pending.id,
      issueInstant: pending.issued_at,
      level: pending.level as 1 | 2 | 3,
      relayState: pending.relay_state,
    },
  });
  const door = doorOf(provider);
  if (!verdict.ok) return turnAway(parts, request, register(pending), verdict, door);
  return letIn(parts, request, { pending, identity: verdict.identity, register: register(pending), door });
};

export const spidPages = (parts: Parts): Page[] => [
  ...(["spid", "cie"] as const).map(
    (scheme): Page => ({
      method: "GET",
      path: `/${scheme}/login`,
      login: true,
      ownHost: true,
      answer: (request) => start(parts, request, scheme),
    }),
  ),
  { method: "POST", path: "/spid/acs", login: true, crossSite: true, answer: (request) => receive(parts, request) },
];
