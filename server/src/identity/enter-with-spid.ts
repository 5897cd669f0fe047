import { createHash, randomBytes } from "node:crypto";
import { birthOf } from "@area/api";
import { hashOfSession } from "../platform/http.ts";
import type { Cookie, Page, PageAnswer, PageRequest } from "../platform/page.ts";
import { authnRequest, peekResponse, type Scheme, verifyResponse } from "../ports/identity/index.ts";
import type { Parts } from "../ports/index.ts";
import { carryForm } from "./carry-form.ts";
import { refused } from "./refused.ts";
import * as store from "./store.ts";

/** How long a person may stay at the identity provider. */
const REQUEST_MINUTES = 15;
const LEVEL = 2;

const hashOf = (text: string) => createHash("sha256").update(text).digest();
/** Only a path of ours: what comes back from outside must not lead outside. */
export const safeReturn = (path: string | undefined): string =>
  path && /^\/(?![/\\])[\w\-./?=&%]*$/.test(path) && path.length <= 300 ? path : "/enti";

const cookies = (secure: boolean) => ({
  login: secure ? "__Host-ar_login" : "ar_login",
  session: secure ? "__Host-ar_session" : "ar_session",
});

/**
 * Starts a login: `GET /spid/login?idp=<entityID>`, or `GET /cie/login`, whose federation has one provider. Remembers what
 * was asked, by whom, and sends the person away.
 */
const start = async (parts: Parts, request: PageRequest, scheme: Scheme): Promise<PageAnswer> => {
  const { config, ports, clock } = parts;
  const { idp } = request.query;
  const provider =
    scheme === "cie" && idp === undefined
      ? ports.identityProviders.all().find((p) => p.scheme === "cie")
      : ports.identityProviders.find(idp ?? "");
  if (!provider) return refused(request, "login-provider-unknown");
  const now = clock();
  const relayState = randomBytes(24).toString("base64url");
  const binding = provider.singleSignOn.redirect ? "redirect" : "post";
  const asked = authnRequest({
    sp: ports.serviceProvider,
    identityProvider: provider,
    level: LEVEL,
    now,
    binding,
    relayState,
  });
  // One secret a browser, shared by its tabs: two logins started side by side both find it.
  const known = request.cookies[cookies(config.secure).login];
  const secret = known && /^[\w-]{43}$/.test(known) ? known : randomBytes(32).toString("base64url");
  await parts.database.asSystem(({ db }) =>
    store.savePending(db, {
      id: asked.id,
      browserHash: hashOf(secret),
      identityProvider: provider.entityId,
      level: LEVEL,
      relayState,
      issuedAt: asked.issueInstant,
      expiresAt: new Date(now.getTime() + REQUEST_MINUTES * 60_000),
      returnTo: safeReturn(request.query["ritorno"]),
    }),
  );
  const answer = {
    cookies: [
      {
        name: cookies(config.secure).login,
        value: secret,
        sameSite: "None",
        maxAge: REQUEST_MINUTES * 60,
      } satisfies Cookie,
    ],
  };
  if (asked.redirectUrl) return { ...answer, redirect: asked.redirectUrl };
  return { ...answer, ...carryForm(request, asked.form!) };
};

/** Receives the response: `POST /spid/acs`. Only what was verified becomes a session. */
const receive = async (parts: Parts, request: PageRequest): Promise<PageAnswer> => {
  const { config, ports, database, act, cipher, clock, log } = parts;
  const now = clock();
  const samlResponse = request.form["SAMLResponse"] ?? "";
  const peeked = peekResponse(samlResponse);
  if (!peeked.ok) return refused(request, peeked.problem);
  const pending = await database.asSystem(({ db }) => store.pendingRequest(db, peeked.unverified.inResponseTo));
  if (!pending) return refused(request, "login-response-unexpected");
  const browser = request.cookies[cookies(config.secure).login];
  if (!browser || !hashOf(browser).equals(pending.browser_hash)) return refused(request, "login-other-browser");
  if (request.form["RelayState"] !== pending.relay_state) return refused(request, "login-response-unexpected");
  if (pending.used_at) return refused(request, "login-response-replayed");
  if (pending.expires_at <= now) return refused(request, "login-response-out-of-time");
  const provider = ports.identityProviders.find(pending.identity_provider);
  if (!provider) return refused(request, "login-provider-unknown");

  const verdict = verifyResponse({
    samlResponse,
    identityProvider: provider,
    sp: ports.serviceProvider,
    now,
    request: {
      id: pending.id,
      issueInstant: pending.issued_at,
      level: pending.level as 1 | 2 | 3,
      relayState: pending.relay_state,
    },
  });
  const pair = cipher.seal(
    JSON.stringify({
      request: {
        id: pending.id,
        issuedAt: pending.issued_at,
        identityProvider: pending.identity_provider,
        level: pending.level,
      },
      response: samlResponse,
    }),
  );
  const register = {
    at: now,
    requestId: pending.id,
    responseId: peeked.unverified.responseId || null,
    identityProvider: provider.entityId,
    pair,
  };
  if (!verdict.ok) {
    log.info(
      { traceId: request.traceId, problem: verdict.problem, detail: verdict.detail, statusCode: verdict.statusCode },
      "login refused",
    );
    await act(
      { kind: "nobody" },
      async ({ db, emit }) => {
        await store.registerPair(db, { ...register, assertionId: null, personId: null, outcome: verdict.problem });
        emit("identity.login.refused", {
          problem: verdict.problem,
          identityProvider: provider.entityId,
          ...(verdict.statusCode === undefined ? {} : { statusCode: verdict.statusCode }),
        });
      },
      { traceId: request.traceId },
    );
    return refused(request, verdict.problem, {
      identityProvider: provider,
      ...(verdict.statusCode === undefined ? {} : { statusCode: verdict.statusCode }),
    });
  }
  const { identity } = verdict;
  // A birth date that the fiscal code contradicts is somebody else's, or a fault at the provider: nobody enters on it.
  const birth = birthOf(identity.fiscalCode, now);
  if (identity.dateOfBirth && birth && identity.dateOfBirth.slice(2) !== birth.date.slice(2))
    return refused(request, "login-identity-mismatch");

  const session = randomBytes(32).toString("base64url");
  const outcome = await act(
    { kind: "nobody" },
    async ({ db, emit, actAs }) => {
      if (!(await store.useRequest(db, pending.id, now))) return "replayed";
      if (
        !(await store.useAssertion(db, {
          identityProvider: identity.identityProvider,
          assertionId: identity.assertionId,
          expiresAt: identity.assertionExpiresAt,
        }))
      )
        return "replayed";
      const personId = await store.certifiedPerson(db, {
        fiscalCodeIndex: cipher.index("fiscal-code", identity.fiscalCode),
        fiscalCode: cipher.seal(identity.fiscalCode),
        givenName: identity.givenName,
        familyName: identity.familyName,
        dateOfBirth: identity.dateOfBirth ?? null,
        at: now,
      });
      await store.openSession(db, {
        idHash: hashOfSession(session),
        personId,
        scheme: identity.scheme,
        identityProvider: identity.identityProvider,
        level: identity.level,
        authenticatedAt: identity.authenticatedAt,
        at: now,
        nameId: identity.nameId,
        expiresAt: new Date(now.getTime() + config.session.hours * 3_600_000),
      });
      await store.registerPair(db, { ...register, assertionId: identity.assertionId, personId, outcome: "entered" });
      actAs({ kind: "person", personId, mandate: null });
      emit("identity.person.entered", {
        personId,
        scheme: identity.scheme,
        identityProvider: identity.identityProvider,
        level: identity.level,
      });
      return "entered";
    },
    { traceId: request.traceId },
  );
  if (outcome === "replayed") return refused(request, "login-response-replayed");
  return {
    status: 303,
    redirect: pending.return_to,
    cookies: [
      { name: cookies(config.secure).session, value: session, sameSite: "Lax" },
      { name: cookies(config.secure).login, value: "", sameSite: "None", maxAge: 0 },
    ],
  };
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
