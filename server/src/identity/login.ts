import { createHash, randomBytes } from "node:crypto";
import { birthOf } from "@area/api";
import { hashOfSession, sessionCookie } from "../platform/http.ts";
import type { Cookie, PageAnswer, PageRequest } from "../platform/page.ts";
import type { Refusal, Scheme, VerifiedIdentity } from "../ports/identity/index.ts";
import type { Parts } from "../ports/index.ts";
import { certifiedPerson } from "./certified-person.ts";
import { deviceOf } from "./device.ts";
import { type Door, refused } from "./refused.ts";
import { registerPair } from "./register-store.ts";
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
  /** The request as it leaves: half of the pair that the register keeps. */
  document?: string;
  /** Sealed: what only we know of the request. */
  secrets?: Buffer;
};

/** Remembers what is being asked, and binds it to this browser by the cookie that the answer carries. */
export const remember = async (
  parts: Parts,
  request: PageRequest,
  asked: Asked,
): Promise<{ cookies: [Cookie, ...Cookie[]] }> => {
  const { config, database, cipher, clock } = parts;
  const { document, ...rest } = asked;
  // One secret a browser, shared by its tabs: two logins started side by side both find it.
  const known = request.cookies[loginCookie(config.secure)];
  const secret = known && /^[\w-]{43}$/.test(known) ? known : randomBytes(32).toString("base64url");
  const stepUpOf = await sessionConfirmedBy(parts, request);
  await database.asSystem(({ db }) =>
    store.savePending(db, {
      ...rest,
      ...(document === undefined ? {} : { document: cipher.seal(document) }),
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

/**
 * The request that an answer is to: asked by this browser, not answered yet, not too long ago. An answer that fails here is
 * registered too, when we did ask.
 */
export const recall = async (
  parts: Parts,
  request: PageRequest,
  answer: { id: string; relayState: string | undefined; register?: (pending: Pending) => Register; door?: Door },
): Promise<{ ok: true; pending: Pending } | { ok: false; refusal: PageAnswer }> => {
  const { config, database, clock } = parts;
  const pending = await database.asSystem(({ db }) => store.pendingRequest(db, answer.id));
  const problem = ((): Parameters<typeof refused>[1] | undefined => {
    if (!pending) return "login-response-unexpected";
    const browser = request.cookies[loginCookie(config.secure)];
    if (!browser || !hashOf(browser).equals(pending.browser_hash)) return "login-other-browser";
    if (answer.relayState !== pending.relay_state) return "login-response-unexpected";
    if (pending.used_at) return "login-response-replayed";
    if (pending.expires_at <= clock()) return "login-response-out-of-time";
    return undefined;
  })();
  if (pending && !problem) return { ok: true, pending };
  const code = problem ?? "login-response-unexpected";
  if (!pending || !answer.register) return { ok: false, refusal: refused(request, code) };
  const refusal = { problem: code, detail: "the answer is not to a pending request of this browser" };
  return { ok: false, refusal: await turnAway(parts, request, answer.register(pending), refusal, answer.door) };
};

/** What the register keeps of a login, accepted or not: the pair is sealed already. */
export type Register = {
  requestId: string;
  responseId: string | null;
  /** As the response says, verified or not. */
  responseIssuer?: string;
  identityProvider: string;
  scheme?: Scheme;
  pair: Buffer;
};

/** Enters the trail beside the fact, so that a pair changed or taken away afterwards is noticed. */
const digestOf = (register: Register) => createHash("sha256").update(register.pair).digest("hex");
/** The provider found our request wrong (errors 4 to 18): our fault, and somebody must look. */
const isOurFault = (number: number | undefined) => number !== undefined && number >= 4 && number <= 18;

/** A login that is not let in: written in the register and in the trail, then explained. */
export const turnAway = async (
  parts: Parts,
  request: PageRequest,
  register: Register,
  refusal: Pick<Refusal, "detail" | "statusCode"> & { problem: Parameters<typeof refused>[1] },
  door: Door = {},
  verified: { assertionId?: string; subjectIndex?: Buffer } = {},
): Promise<PageAnswer> => {
  const { act, log, clock } = parts;
  const { identityProvider } = register;
  const status = refusal.statusCode === undefined ? {} : { statusCode: refusal.statusCode };
  const said = {
    traceId: request.traceId,
    problem: refusal.problem,
    detail: refusal.detail,
    identityProvider,
    ...status,
  };
  if (isOurFault(refusal.statusCode)) log.error(said, "the identity provider refused our request: it needs a look");
  else if (refusal.problem === "login-identity-mismatch") log.error(said, "an identity contradicts itself");
  else log.info(said, "login refused");
  await act(
    { kind: "nobody" },
    async ({ db, emit }) => {
      await registerPair(db, {
        ...register,
        at: clock(),
        assertionId: verified.assertionId ?? null,
        subjectIndex: verified.subjectIndex ?? null,
        personId: null,
        outcome: refusal.problem,
      });
      emit("identity.login.refused", {
        problem: refusal.problem,
        identityProvider,
        ...status,
        pairDigest: digestOf(register),
      });
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
  entry: {
    pending: Pending;
    identity: VerifiedIdentity;
    register: Register;
    door?: Door;
    /** Sealed: what the provider gave us for this person, to be given back when the session ends. */
    accessToken?: Buffer;
  },
): Promise<PageAnswer> => {
  const { config, act, cipher, clock } = parts;
  const { pending, identity, register } = entry;
  const now = clock();
  const subjectIndex = cipher.index("fiscal-code", identity.fiscalCode);
  const verified = { assertionId: identity.assertionId, subjectIndex };
  // A birth date that the fiscal code contradicts is somebody else's, or a fault at the provider: nobody enters on it.
  const birth = birthOf(identity.fiscalCode, now);
  if (identity.dateOfBirth && birth && identity.dateOfBirth.slice(2) !== birth.date.slice(2))
    return turnAway(
      parts,
      request,
      register,
      { problem: "login-identity-mismatch", detail: "birth date and fiscal code disagree" },
      entry.door,
      verified,
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
      if (await isBlocked(db, subjectIndex)) return "login-person-blocked";
      const confirmed = pending.step_up_of ? await confirmationOf(db, pending, identity, subjectIndex, now) : undefined;
      if (typeof confirmed === "string") return confirmed;
      const { personId, changed } = await certifiedPerson(parts, db, identity, now);
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
        nameQualifier: identity.nameQualifier,
        ...(identity.sessionIndex ? { sessionIndex: identity.sessionIndex } : {}),
        device: deviceOf(request.userAgent),
        expiresAt: confirmed?.expiresAt ?? new Date(now.getTime() + config.session.hours * 3_600_000),
        ...(confirmed ? { confirmed } : {}),
      });
      if (entry.accessToken)
        await store.keepAccessToken(db, {
          sessionHash: hashOfSession(session),
          identityProvider: identity.identityProvider,
          token: entry.accessToken,
        });
      await registerPair(db, {
        ...register,
        ...verified,
        at: now,
        personId,
        outcome: confirmed ? "confirmed" : "entered",
      });
      actAs({ kind: "person", personId, mandate: null });
      const by = { scheme: identity.scheme, identityProvider: identity.identityProvider, level: identity.level };
      if (changed.length) emit("identity.person.changed", { personId, changed });
      if (confirmed) {
        emit("identity.person.confirmed", { personId, sessionId: confirmed.id, ...by });
        return "entered";
      }
      emit("identity.person.entered", { personId, ...by, pairDigest: digestOf(register) });
      const closed = await closeBeyond(db, personId, now, config.session.idleMinutes);
      if (closed.length) emit("identity.session.closed", { personId, sessionIds: closed, why: "too-many" });
      return "entered";
    },
    { traceId: request.traceId },
  );
  if (outcome !== "entered")
    return turnAway(
      parts,
      request,
      register,
      { problem: outcome, detail: "not let in at the last step" },
      entry.door,
      verified,
    );
  return {
    status: 303,
    redirect: pending.return_to,
    cookies: [
      { name: sessionCookie(config.secure), value: session, sameSite: "Lax" },
      { name: loginCookie(config.secure), value: "", sameSite: "None", maxAge: 0 },
    ],
  };
};
