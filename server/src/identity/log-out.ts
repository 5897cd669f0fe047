import { createHash, randomBytes } from "node:crypto";
import type { Db } from "../platform/database/transaction.ts";
import type { Page, PageAnswer, PageRequest } from "../platform/page.ts";
import {
  type IdentityProvider,
  logoutRequest,
  logoutResponse,
  peekLogout,
  readLogoutRequest,
  readLogoutResponse,
} from "../ports/identity/index.ts";
import type { Parts } from "../ports/index.ts";
import { carryForm } from "./carry-form.ts";
import * as logouts from "./logout-store.ts";
import { refused } from "./refused.ts";
import * as store from "./store.ts";

/*
 * Single logout (SPID technical rules, §1.9), both ways. A provider's signed request ends the sessions it opened, and gets its
 * answer also when there is none left. Who leaves here is brought to the provider only when it keeps a session of its own,
 * which it does at level 1 alone: we ask for level 2, so it is rare. CIE has no logout by SAML.
 */
const TICKET_MINUTES = 5;
const hashOf = (ticket: string) => createHash("sha256").update(ticket).digest();
const ticketCookie = (secure: boolean) => (secure ? "__Host-ar_logout" : "ar_logout");

type Arrived = { binding: "post"; message: string } | { binding: "redirect"; query: string };

/** Where a provider takes our messages about logout, the binding of the conversation first. */
const bindingOf = (provider: IdentityProvider, preferred: "post" | "redirect" = "redirect") =>
  [preferred, "post" as const, "redirect" as const].find((binding) => provider.singleLogout[binding]);

/** After a session was closed here: what `/uscita` needs to close the provider's too. Answers the cookie's header, or nothing. */
export const ticketToLeave = async (
  { config, ports }: Pick<Parts, "config" | "ports">,
  db: Db,
  session: Awaited<ReturnType<typeof store.closeSession>>,
  now: Date,
): Promise<string | undefined> => {
  if (!session?.name_id || !session.session_index) return undefined;
  const provider = ports.identityProviders.find(session.identity_provider);
  if (provider?.scheme !== "spid" || !bindingOf(provider)) return undefined;
  const ticket = randomBytes(32).toString("base64url");
  await logouts.saveLogout(db, {
    ticketHash: hashOf(ticket),
    identityProvider: provider.entityId,
    nameId: session.name_id,
    nameQualifier: session.name_qualifier ?? provider.entityId,
    sessionIndex: session.session_index,
    expiresAt: new Date(now.getTime() + TICKET_MINUTES * 60_000),
  });
  return `${ticketCookie(config.secure)}=${ticket}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${TICKET_MINUTES * 60}${config.secure ? "; Secure" : ""}`;
};

/** `GET /uscita`: where the application goes after leaving. To the provider when it is owed a request, else to the entry. */
const leave = async (parts: Parts, request: PageRequest): Promise<PageAnswer> => {
  const { config, ports, database, clock } = parts;
  const ticket = request.cookies[ticketCookie(config.secure)];
  const done = { redirect: "/?uscita=fatta" };
  if (!ticket) return done;
  const now = clock();
  const row = await database.asSystem(({ db }) => logouts.unsentLogout(db, hashOf(ticket), now));
  const cookies = [{ name: ticketCookie(config.secure), value: "", sameSite: "Lax" as const, maxAge: 0 }];
  const provider = row && ports.identityProviders.find(row.identity_provider);
  const binding = provider && bindingOf(provider);
  if (!row || !provider || !binding) return { ...done, cookies };
  const asked = logoutRequest({
    sp: ports.serviceProvider,
    identityProvider: provider,
    binding,
    now,
    nameId: row.name_id,
    nameQualifier: row.name_qualifier,
    sessionIndex: row.session_index,
    relayState: randomBytes(24).toString("base64url"),
  });
  if (!(await database.asSystem(({ db }) => logouts.logoutSent(db, row.ticket_hash, asked.id))))
    return { ...done, cookies };
  return asked.redirectUrl ? { redirect: asked.redirectUrl, cookies } : { ...carryForm(request, asked.form!), cookies };
};

const answerProvider = async (parts: Parts, request: PageRequest, arrived: Arrived): Promise<PageAnswer> => {
  const { ports, clock, act } = parts;
  const now = clock();
  const provider = ports.identityProviders.find(peekLogout(arrived, "LogoutRequest")?.issuer ?? "");
  const read = provider && readLogoutRequest({ arrived, identityProvider: provider, sp: ports.serviceProvider, now });
  if (!provider || !read?.ok) return refused(request, "login-response-untrusted");
  await act(
    { kind: "system", name: "single logout" },
    async ({ db, emit }) => {
      for (const personId of await store.closeLogin(db, provider.entityId, read.request.nameId, now))
        emit("identity.person.left", { personId });
    },
    { traceId: request.traceId },
  );
  const binding = bindingOf(provider, arrived.binding);
  if (!binding) return { redirect: "/" };
  const relayState = (arrived.binding === "post" ? request.form["RelayState"] : request.query["RelayState"]) ?? "";
  const answer = logoutResponse({
    sp: ports.serviceProvider,
    identityProvider: provider,
    binding,
    now,
    inResponseTo: read.request.id,
    relayState,
  });
  return answer.redirectUrl ? { redirect: answer.redirectUrl } : carryForm(request, answer.form!);
};

/** The provider's answer to our request. Our session is closed already: it only says whether theirs is too. */
const hearProvider = async (parts: Parts, request: PageRequest, arrived: Arrived): Promise<PageAnswer> => {
  const { ports, clock, database, log } = parts;
  const now = clock();
  const inResponseTo = peekLogout(arrived, "LogoutResponse")?.inResponseTo ?? "";
  const row = await database.asSystem(({ db }) => logouts.sentLogout(db, inResponseTo, now));
  const provider = row && ports.identityProviders.find(row.identity_provider);
  if (!row || !provider) return refused(request, "login-response-unexpected");
  const read = readLogoutResponse({
    arrived,
    inResponseTo,
    identityProvider: provider,
    sp: ports.serviceProvider,
    now,
  });
  if (!read.ok) {
    log.info({ traceId: request.traceId, problem: read.problem, detail: read.detail }, "logout response refused");
    return refused(request, read.problem);
  }
  if (!(await database.asSystem(({ db }) => logouts.logoutEnded(db, row.ticket_hash, now))))
    return refused(request, "login-response-replayed");
  return { redirect: `/?uscita=${read.complete ? "fatta" : "parziale"}` };
};

export const logOutPages = (parts: Parts): Page[] => [
  { method: "GET", path: "/uscita", login: true, answer: (request) => leave(parts, request) },
  {
    method: "POST",
    path: "/spid/slo",
    login: true,
    crossSite: true,
    answer: (request) => {
      const { SAMLRequest, SAMLResponse } = request.form;
      return SAMLResponse !== undefined
        ? hearProvider(parts, request, { binding: "post", message: SAMLResponse })
        : answerProvider(parts, request, { binding: "post", message: SAMLRequest ?? "" });
    },
  },
  {
    method: "GET",
    path: "/spid/slo",
    login: true,
    answer: (request) => {
      const query = request.path.slice(request.path.indexOf("?") + 1);
      return request.query["SAMLResponse"] !== undefined
        ? hearProvider(parts, request, { binding: "redirect", query })
        : answerProvider(parts, request, { binding: "redirect", query });
    },
  },
];
