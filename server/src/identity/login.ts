import { createHash, randomBytes } from "node:crypto";
import { birthOf } from "@area/api";
import { hashOfSession, sessionCookie } from "../platform/http.ts";
import type { Cookie, PageAnswer, PageRequest } from "../platform/page.ts";
import type { Refusal, VerifiedIdentity } from "../ports/identity/index.ts";
import type { Parts } from "../ports/index.ts";
import { deviceOf } from "./device.ts";
import { type Door, refused } from "./refused.ts";
import { closeBeyond, isBlocked } from "./sessions-store.ts";
import { confirmationOf, sessionConfirmedBy } from "./step-up.ts";
import * as store from "./store.ts";

/*
 * What every way in has in common: SPID and CIE, by SAML or by OpenID. A request is remembered for one browser, its answer is
 * matched with it, and then a verified identity enters or a refusal is written down.
 */

/** How long a person may stay at the identity provider. */
const REQUEST_MINUTES = 15;

const hashOf = (text: string) => createHash("sha256").update(text).digest();
/** Only a path of ours: what comes back from outside must not lead outside. */
export const safeReturn = (path: string | undefined): string =>
  path && /^\/(?![/\\])[\w\-./?=&%]*$/.test(path) && path.length <= 300 ? path : "/enti";

const loginCookie = (secure: boolean) => (secure ? "__Host-ar_login" : "ar_login");

export type Asked = {
  id: string;
  identityProvider: string;
  level: number;
  relayState: string;
  issuedAt: Date;
};

/** Remembers what is being asked, and binds it to this browser by the cookie that the answer carries. */
export const remember = async (
  parts: Parts,
  request: PageRequest,
  asked: Asked,
): Promise<{ cookies: [Cookie, ...Cookie[]] }> => {
  const { config, database, clock } = parts;
  // One secret a browser, shared by its tabs: two logins started side by side both find it.
  const known = request.cookies[loginCookie(config.secure)];
  const secret = known && /^[\w-]{43}$/.test(known) ? known : randomBytes(32).toString("base64url");
  const stepUpOf = await sessionConfirmedBy(parts, request);
  await database.asSystem(({ db }) =>
    store.savePending(db, {
      ...asked,
      browserHash: hashOf(secret),
      expiresAt: new Date(clock().getTime() + REQUEST_MINUTES * 60_000),
      returnTo: safeReturn(request.query["ritorno"]),
      stepUpOf,
    }),
  );
  return {
    cookies: [{ name: loginCookie(config.secure), value: secret, sameSite: "None", maxAge: REQUEST_MINUTES * 60 }],
  };
};

export type Pending = NonNullable<Awaited<ReturnType<typeof store.pendingRequest>>>;

/** The request that an answer is to: asked by this browser, not answered yet, not too long ago. */
export const recall = async (
  parts: Parts,
  request: PageRequest,
  answer: { id: string; relayState: string | undefined },
): Promise<{ ok: true; pending: Pending } | { ok: false; refusal: PageAnswer }> => {
  const { config, database, clock } = parts;
  const no = (code: Parameters<typeof refused>[1]) => ({ ok: false as const, refusal: refused(request, code) });
  const pending = await database.asSystem(({ db }) => store.pendingRequest(db, answer.id));
  if (!pending) return no("login-response-unexpected");
  const browser = request.cookies[loginCookie(config.secure)];
  if (!browser || !hashOf(browser).equals(pending.browser_hash)) return no("login-other-browser");
  if (answer.relayState !== pending.relay_state) return no("login-response-unexpected");
  if (pending.used_at) return no("login-response-replayed");
  if (pending.expires_at <= clock()) return no("login-response-out-of-time");
  return { ok: true, pending };
};

/** What the register keeps of a login, accepted or not: the pair is sealed already. */
export type Register = { requestId: string; responseId: string | null; identityProvider: string; pair: Buffer };

/** A login that is not let in: written in the register and in the trail, then explained. */
export const turnAway = async (
  parts: Parts,
  request: PageRequest,
  register: Register,
  refusal: Pick<Refusal, "detail" | "statusCode"> & { problem: Parameters<typeof refused>[1] },
  door: Door = {},
): Promise<PageAnswer> => {
  const { act, log, clock } = parts;
  const { identityProvider } = register;
  const status = refusal.statusCode === undefined ? {} : { statusCode: refusal.statusCode };
  log.info({ traceId: request.traceId, problem: refusal.problem, detail: refusal.detail, ...status }, "login refused");
  await act(
    { kind: "nobody" },
    async ({ db, emit }) => {
      await store.registerPair(db, {
        ...register,
        at: clock(),
        assertionId: null,
        personId: null,
        outcome: refusal.problem,
      });
      emit("identity.login.refused", { problem: refusal.problem, identityProvider, ...status });
    },
    { traceId: request.traceId },
  );
  return refused(request, refusal.problem, { identityProvider, ...status, ...door });
};

/**
 * A verified identity enters: request and assertion are used up, the person known, the session open, the pair registered. A
 * login that confirms a session gives it another cookie and ten minutes, to its owner alone.
 */
export const letIn = async (
  parts: Parts,
  request: PageRequest,
  entry: { pending: Pending; identity: VerifiedIdentity; register: Register; door?: Door },
): Promise<PageAnswer> => {
  const { config, act, cipher, clock } = parts;
  const { pending, identity, register } = entry;
  const now = clock();
  // A birth date that the fiscal code contradicts is somebody else's, or a fault at the provider: nobody enters on it.
  const birth = birthOf(identity.fiscalCode, now);
  if (identity.dateOfBirth && birth && identity.dateOfBirth.slice(2) !== birth.date.slice(2))
    return turnAway(
      parts,
      request,
      register,
      { problem: "login-identity-mismatch", detail: "birth date and fiscal code disagree" },
      entry.door,
    );

  const session = randomBytes(32).toString("base64url");
  const outcome = await act(
    { kind: "nobody" },
    async ({ db, emit, actAs }) => {
      if (!(await store.useRequest(db, pending.id, now))) return "login-response-replayed";
      if (
        !(await store.useAssertion(db, {
          identityProvider: identity.identityProvider,
          assertionId: identity.assertionId,
          expiresAt: identity.assertionExpiresAt,
        }))
      )
        return "login-response-replayed";
      const fiscalCodeIndex = cipher.index("fiscal-code", identity.fiscalCode);
      if (await isBlocked(db, fiscalCodeIndex)) return "login-person-blocked";
      const confirmed = pending.step_up_of
        ? await confirmationOf(db, pending, identity, fiscalCodeIndex, now)
        : undefined;
      if (typeof confirmed === "string") return confirmed;
      const personId = await store.certifiedPerson(db, {
        fiscalCodeIndex,
        fiscalCode: cipher.seal(identity.fiscalCode),
        givenName: identity.givenName,
        familyName: identity.familyName,
        dateOfBirth: identity.dateOfBirth ?? null,
        at: now,
      });
      if (confirmed) await store.closeSession(db, confirmed.replaces, now);
      await store.openSession(db, {
        idHash: hashOfSession(session),
        personId,
        scheme: identity.scheme,
        identityProvider: identity.identityProvider,
        level: identity.level,
        authenticatedAt: identity.authenticatedAt,
        at: now,
        nameId: identity.nameId,
        device: deviceOf(request.userAgent),
        expiresAt: confirmed?.expiresAt ?? new Date(now.getTime() + config.session.hours * 3_600_000),
        ...(confirmed ? { confirmed } : {}),
      });
      await store.registerPair(db, {
        ...register,
        at: now,
        assertionId: identity.assertionId,
        personId,
        outcome: confirmed ? "confirmed" : "entered",
      });
      actAs({ kind: "person", personId, mandate: null });
      const by = { scheme: identity.scheme, identityProvider: identity.identityProvider, level: identity.level };
      if (confirmed) {
        emit("identity.person.confirmed", { personId, sessionId: confirmed.id, ...by });
        return "entered";
      }
      emit("identity.person.entered", { personId, ...by });
      const closed = await closeBeyond(db, personId, now, config.session.idleMinutes);
      if (closed.length) emit("identity.session.closed", { personId, sessionIds: closed, why: "too-many" });
      return "entered";
    },
    { traceId: request.traceId },
  );
  if (outcome !== "entered")
    return turnAway(parts, request, register, { problem: outcome, detail: "not let in at the last step" }, entry.door);
  return {
    status: 303,
    redirect: pending.return_to,
    cookies: [
      { name: sessionCookie(config.secure), value: session, sameSite: "Lax" },
      { name: loginCookie(config.secure), value: "", sameSite: "None", maxAge: 0 },
    ],
  };
};
