import { createHash, randomBytes } from "node:crypto";
import { Problem } from "@area/api";
import { problemText } from "@area/words";
import { staffDoorPage } from "../pages/index.ts";
import { hashOfSession, staffCookie } from "../platform/http.ts";
import type { Cookie, Page, PageAnswer, PageRequest } from "../platform/page.ts";
import type { StaffIdentity } from "../ports/identity/staff-provider.ts";
import type { Parts } from "../ports/index.ts";
import * as store from "./store.ts";
import { holdingsOf, whoIsStaff } from "./who-is-staff.ts";

/** How long somebody may stay at the provider. */
const REQUEST_MINUTES = 15;
const FIRST_PAGE = "/staff/panoramica";

const hashOf = (text: string) => createHash("sha256").update(text).digest();
const loginCookie = (secure: boolean) => (secure ? "__Host-ar_staff_login" : "ar_staff_login");
/** Only a page of the staff: what comes back from outside leads nowhere else. */
const safeReturn = (path: string | undefined): string =>
  path && /^\/staff\/[\w\-./?=&%]*$/.test(path) && !/\/(login|callback)\b/.test(path) && path.length <= 300
    ? path
    : FIRST_PAGE;
const enterHref = (back: string) =>
  back === FIRST_PAGE ? "/staff/login" : `/staff/login?ritorno=${encodeURIComponent(back)}`;

const refusal = (
  { config }: Pick<Parts, "config">,
  request: PageRequest,
  code: Problem["code"],
  back = FIRST_PAGE,
): PageAnswer => ({
  status: new Problem(code).status,
  html: staffDoorPage({
    language: request.language,
    path: "/staff",
    refused: { code, reference: request.traceId },
    enterHref: enterHref(back),
    contact: config.staff.contact,
  }),
});

/** `GET /staff`: who is in goes on; who is not is told what the door is for. */
const door = async (parts: Parts, request: PageRequest): Promise<PageAnswer> => {
  const { config, database, clock, ports } = parts;
  const back = safeReturn(request.query["ritorno"]);
  if (!ports.staffProvider) return refusal(parts, request, "staff-door-closed");
  const cookie = request.cookies[staffCookie(config.secure)];
  if (cookie && cookie.length <= 100) {
    const { caller } = await database.asSystem(({ connection }) =>
      whoIsStaff(parts)(connection, { sessionHash: hashOfSession(cookie), now: clock() }),
    );
    if (caller) return { redirect: back };
  }
  const ended = request.query["ritorno"]
    ? problemText(request.language, cookie ? "session-expired" : "session-missing", { staff: true })
    : undefined;
  return {
    html: staffDoorPage({
      language: request.language,
      path: request.path,
      enterHref: enterHref(back),
      contact: config.staff.contact,
      ...(ended ? { notice: { title: ended.title, text: ended.detail } } : {}),
    }),
  };
};

/** `GET /staff/login`: remembers what was asked, by which browser, and sends the person to the provider. */
const start = async (parts: Parts, request: PageRequest): Promise<PageAnswer> => {
  const { config, database, cipher, clock, log, ports } = parts;
  if (!ports.staffProvider) return refusal(parts, request, "staff-door-closed");
  const back = safeReturn(request.query["ritorno"]);
  const now = clock();
  const secret = () => randomBytes(32).toString("base64url");
  const [state, nonce, codeVerifier] = [secret(), secret(), secret()];
  // One secret a browser, shared by its tabs: two logins started side by side both find it.
  const known = request.cookies[loginCookie(config.secure)];
  const browser = known && /^[\w-]{43}$/.test(known) ? known : secret();
  let away: URL;
  try {
    away = await ports.staffProvider.authorization({
      redirectUri: `${config.publicUrl}/staff/callback`,
      state,
      nonce,
      codeVerifier,
    });
  } catch (error) {
    log.error({ traceId: request.traceId, error: String(error) }, "the provider of the staff does not answer");
    return refusal(parts, request, "staff-provider-unavailable", back);
  }
  await database.asSystem(({ db }) =>
    store.saveRequest(db, {
      stateHash: hashOf(state),
      browserHash: hashOf(browser),
      secrets: cipher.seal(JSON.stringify({ nonce, codeVerifier })),
      returnTo: back,
      issuedAt: now,
      expiresAt: new Date(now.getTime() + REQUEST_MINUTES * 60_000),
    }),
  );
  return {
    redirect: away.href,
    cookies: [
      {
        name: loginCookie(config.secure),
        value: browser,
        sameSite: "Lax",
        maxAge: REQUEST_MINUTES * 60,
      } satisfies Cookie,
    ],
  };
};

/** `GET /staff/callback`: the answer counts once, for the browser that asked; the exchange is outside any transaction. */
const receive = async (parts: Parts, request: PageRequest): Promise<PageAnswer> => {
  const { config, database, act, cipher, clock, log, ports } = parts;
  const provider = ports.staffProvider;
  if (!provider) return refusal(parts, request, "staff-door-closed");
  const now = clock();
  const state = request.query["state"] ?? "";
  const browser = request.cookies[loginCookie(config.secure)];
  const taken = browser
    ? await database.asSystem(({ db }) =>
        store.takeRequest(db, { stateHash: hashOf(state), browserHash: hashOf(browser), at: now }),
      )
    : undefined;
  if (!taken) return refusal(parts, request, "staff-login-refused");
  const { nonce, codeVerifier } = JSON.parse(cipher.open(taken.secrets)) as { nonce: string; codeVerifier: string };
  const refused = async (problem: Problem["code"]) => {
    await act({ kind: "nobody" }, async ({ emit }) => emit("staff.login.refused", { problem }), {
      traceId: request.traceId,
    });
    return refusal(parts, request, problem, taken.return_to);
  };
  let identity: StaffIdentity | "cancelled";
  try {
    identity = await provider.identity({
      callback: new URL(request.path, config.publicUrl),
      state,
      nonce,
      codeVerifier,
    });
  } catch (error) {
    log.warn(
      { traceId: request.traceId, error: error instanceof Error ? error.message : String(error) },
      "a login of the staff was refused",
    );
    return refused("staff-login-refused");
  }
  if (identity === "cancelled") return { redirect: "/staff" };

  const { issuer, subject, authenticatedAt } = identity;
  const session = randomBytes(32).toString("base64url");
  const emailIndex = identity.email ? cipher.index("mail", identity.email) : null;
  const mapped = new Set(config.staff.groups.map((g) => g.group));
  const groups = identity.groups.filter((group) => mapped.has(group));
  const entered = await act(
    { kind: "nobody" },
    async ({ db, emit, actAs }) => {
      const first = await store.isFirst(db, { issuer, subject, emailIndex });
      const holdings = holdingsOf(config, groups, first);
      if (holdings.length === 0) {
        // Who lost their groups loses at once what older sessions still hold.
        await store.loseGroups(db, { issuer, subject });
        return false;
      }
      const staffId = await store.enteredMember(db, {
        issuer,
        subject,
        name: cipher.seal(identity.name),
        emailIndex,
        groups,
        at: now,
      });
      if (first) await store.bindFirst(db, staffId);
      await store.openSession(db, {
        idHash: hashOfSession(session),
        staffId,
        authenticatedAt,
        at: now,
        expiresAt: new Date(now.getTime() + config.session.hours * 3_600_000),
      });
      const profiles = [...new Set(holdings.map((h) => h.profile))];
      actAs({ kind: "staff", staffId, profiles, purpose: null });
      emit("staff.member.entered", { staffId, profiles });
      return true;
    },
    { traceId: request.traceId },
  );
  if (!entered) return refused("staff-without-profile");
  return {
    status: 303,
    redirect: taken.return_to,
    cookies: [
      { name: staffCookie(config.secure), value: session, sameSite: "Lax" },
      { name: loginCookie(config.secure), value: "", sameSite: "Lax", maxAge: 0 },
    ],
  };
};

export const doorPages = (parts: Parts): Page[] => [
  { method: "GET", path: "/staff", ownHost: true, answer: (request) => door(parts, request) },
  { method: "GET", path: "/staff/login", login: true, ownHost: true, answer: (request) => start(parts, request) },
  { method: "GET", path: "/staff/callback", login: true, answer: (request) => receive(parts, request) },
];
