import { createHash, randomBytes } from "node:crypto";
import type { Page, PageAnswer, PageRequest } from "../platform/page.ts";
import { completeLogin, type Federation, loginRequest } from "../ports/identity/federation/index.ts";
import type { Parts } from "../ports/index.ts";
import { believedProvider, refreshSoon } from "./federation.ts";
import { letIn, recall, remember, turnAway } from "./login.ts";
import { type Door, refused } from "./refused.ts";

/*
 * CIE by OpenID Federation (Italian profile): the same person, session and register as by SAML. The provider is the one that
 * its trust chain shows; nothing of the federation is asked on the road of a login.
 */

const LEVEL = 2;
/** How people call this way in, and where it is tried again. */
const door = { scheme: "cie", identityProvider: "CIE", retryHref: "/cie/oidc/login" } as const satisfies Door;

/** What only we know of a request until it is answered. */
type Secrets = { nonce: string; verifier: string; url: string };

const unguessable = () => randomBytes(32).toString("hex");
const one = (value: unknown): string | undefined => (typeof value === "string" && value ? value : undefined);

/** Starts a login: `GET /cie/oidc/login`. */
const start = async (parts: Parts, federation: Federation, request: PageRequest): Promise<PageAnswer> => {
  const { cipher, clock } = parts;
  const provider = await believedProvider(parts, federation);
  if (!provider) return refused(request, "login-provider-unavailable", door);
  const [state, nonce, verifier] = [unguessable(), unguessable(), unguessable()];
  const issuedAt = clock();
  const { url } = await loginRequest({
    rp: federation.rp,
    provider,
    level: LEVEL,
    now: issuedAt,
    state,
    nonce,
    challenge: createHash("sha256").update(verifier).digest("base64url"),
  });
  const remembered = await remember(parts, request, {
    id: state,
    identityProvider: provider.issuer,
    level: LEVEL,
    relayState: state,
    issuedAt,
    secrets: cipher.seal(JSON.stringify({ nonce, verifier, url } satisfies Secrets)),
  });
  return { ...remembered, redirect: url };
};

/**
 * The errors of OAuth 2.0 and OpenID Connect as the number of the SPID table that says the same: one map decides the words of
 * the page, and nothing the provider writes is ever shown.
 */
const numberOfError: Record<string, number> = {
  access_denied: 25,
  consent_required: 22,
  interaction_required: 22,
  login_required: 21,
  server_error: 3,
  temporarily_unavailable: 2,
};
const TECHNICAL = 8;

/** Receives the answer: `GET /cie/oidc/callback`. Only what was verified becomes a session. */
const receive = async (parts: Parts, federation: Federation, request: PageRequest): Promise<PageAnswer> => {
  const { cipher, clock } = parts;
  const { query } = request;
  const [state, code, error] = [one(query["state"]) ?? "", one(query["code"]), one(query["error"])];
  const recalled = await recall(parts, request, { id: /^[0-9a-f]{64}$/.test(state) ? state : "", relayState: state });
  if (!recalled.ok) return recalled.refusal;
  const { pending } = recalled;
  if (!pending.secrets) return refused(request, "login-response-unexpected", door);
  const { nonce, verifier, url } = JSON.parse(cipher.open(pending.secrets)) as Secrets;
  const provider = await believedProvider(parts, federation);

  const register = (more: object) => ({
    requestId: pending.id,
    responseId: null,
    identityProvider: pending.identity_provider,
    pair: cipher.seal(
      JSON.stringify({
        request: {
          id: pending.id,
          issuedAt: pending.issued_at,
          identityProvider: pending.identity_provider,
          level: pending.level,
          url,
        },
        response: { query, ...more },
        chain: provider?.documents,
      }),
    ),
  });
  const away = (refusal: Parameters<typeof turnAway>[3], more: object = {}) =>
    turnAway(parts, request, register(more), refusal, door);

  // RFC 9207: an answer that does not say whose it is, or says another's, may be one provider's code for another. An error
  // opens nothing, so it may leave its name out.
  if (query["iss"] !== pending.identity_provider && !(error !== undefined && query["iss"] === undefined))
    return away({ problem: "login-response-untrusted", detail: "iss is not the provider that was asked" });
  if (error !== undefined)
    return away({
      problem: "login-provider-error",
      detail: `the provider answered ${error.slice(0, 100)}`,
      statusCode: (Object.hasOwn(numberOfError, error) ? numberOfError[error] : undefined) ?? TECHNICAL,
    });
  if (code === undefined || code.length > 4096) return away({ problem: "login-response-malformed", detail: "no code" });
  if (provider?.issuer !== pending.identity_provider)
    return away({ problem: "login-provider-unavailable", detail: "the provider has no good trust chain" });

  const { verdict, exchanged } = await completeLogin({
    rp: federation.rp,
    provider,
    request: { issuedAt: pending.issued_at, level: pending.level as 1 | 2 | 3, nonce },
    code,
    verifier,
    reach: federation.reach,
    clock,
  });
  if (!verdict.ok) {
    // Perhaps the provider has just changed its keys: the chain is asked for again, off this road.
    if (verdict.problem === "login-response-untrusted") await refreshSoon(parts, federation);
    return away(verdict, exchanged);
  }
  return letIn(parts, request, {
    pending,
    identity: verdict.identity,
    register: register(exchanged),
    door,
    accessToken: cipher.seal(verdict.accessToken),
  });
};

export const openIdPages = (parts: Parts, federation: Federation): Page[] => [
  {
    method: "GET",
    path: "/cie/oidc/login",
    login: true,
    ownHost: true,
    answer: (request) => start(parts, federation, request),
  },
  {
    method: "GET",
    path: "/cie/oidc/callback",
    login: true,
    answer: (request) => receive(parts, federation, request),
  },
];
