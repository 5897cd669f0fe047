import { api, maskFiscalCode, Problem } from "@area/api";
import type { Schedule } from "../platform/act.ts";
import type { Db } from "../platform/database/transaction.ts";
import { csrfTokenOf, sessionCookie } from "../platform/http.ts";
import type { Page } from "../platform/page.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { confirmPages } from "./confirm.ts";
import { openIdPages } from "./enter-with-openid.ts";
import { spidPages } from "./enter-with-spid.ts";
import { entry } from "./entry.ts";
import { federationPages, federationWork, hasChain, refreshChain } from "./federation.ts";
import { logOutPages, ticketToLeave } from "./log-out.ts";
import { metadataPages } from "./metadata.ts";
import { providersWork } from "./providers.ts";
import { sessions } from "./sessions.ts";
import * as store from "./store.ts";

export const identity = (parts: Parts) => {
  const { config, cipher, ports, database } = parts;
  const { federation } = ports;
  const work = federation && federationWork(parts, federation);
  const endedCookie = `${sessionCookie(config.secure)}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${config.secure ? "; Secure" : ""}`;
  return {
    handlers: {
      me: handle(api.identity.me, async (_input, { db, actor, sessionHash }) => ({
        person: {
          id: actor.personId,
          givenName: actor.givenName,
          familyName: actor.familyName,
          maskedFiscalCode: maskFiscalCode(cipher.open(await store.maskedFiscalCodeOf(db, actor.personId))),
        },
        session: {
          scheme: actor.session.scheme,
          level: actor.session.level,
          authenticatedAt: actor.session.authenticatedAt.toISOString(),
          expiresAt: actor.session.expiresAt.toISOString(),
          stepUpUntil: actor.session.stepUpUntil?.toISOString() ?? null,
          csrfToken: csrfTokenOf(sessionHash!),
          idleMinutes: config.session.idleMinutes,
        },
      })),
      leave: handle(api.identity.leave, async (_input, { db, actor, now, sessionHash, emit, headers }) => {
        if (!sessionHash) throw new Problem("session-missing");
        const closed = await store.closeSession(db, sessionHash, now);
        const ticket = await ticketToLeave(parts, db, closed, now);
        headers["set-cookie"] = ticket ? [endedCookie, ticket] : endedCookie;
        emit("identity.person.left", { personId: actor.personId });
      }),
      leaveEverywhere: handle(
        api.identity.leaveEverywhere,
        async (_input, { db, actor, now, sessionHash, emit, headers }) => {
          if (!sessionHash) throw new Problem("session-missing");
          const closed = await store.closeSession(db, sessionHash, now);
          const sessions = 1 + (await store.closeSessionsOf(db, actor.personId, now));
          const ticket = await ticketToLeave(parts, db, closed, now);
          headers["set-cookie"] = ticket ? [endedCookie, ticket] : endedCookie;
          emit("identity.person.left", { personId: actor.personId, sessions });
        },
      ),
      sessions: sessions(parts),
    },
    pages: (): Page[] => [
      ...spidPages(parts),
      ...confirmPages(parts),
      ...(federation ? [...openIdPages(parts, federation), ...federationPages(parts, federation)] : []),
      ...logOutPages(parts),
      entry(parts),
      ...metadataPages(parts),
    ],
    reactions: { ...work?.reactions },
    schedules: {
      ...work?.schedules,
      ...providersWork(parts),
      "identity:sweep": {
        everyMinutes: 60,
        run: async (now) => void (await database.asSystem(({ db }) => store.sweep(db, now))),
      } satisfies Schedule,
    },
  };
};

/** The person of a fiscal code that somebody declared, found or made: at the first login with that code they are known. */
export const personNamed = (
  parts: Pick<Parts, "cipher">,
  db: Db,
  p: { givenName: string; familyName: string; fiscalCode: string },
): Promise<string> =>
  store.declaredPerson(db, {
    fiscalCodeIndex: parts.cipher.index("fiscal-code", p.fiscalCode),
    fiscalCode: parts.cipher.seal(p.fiscalCode),
    givenName: p.givenName,
    familyName: p.familyName,
  });

export { type RegisterFinding, searchLoginRegister } from "./login-register.ts";
export { refreshProviders, staleMetadata, startProviders } from "./providers.ts";
/** At start, so that CIE by OpenID need not wait for the timer. The development provider may start after us: asked again. */
export const refreshFederation = async (parts: Parts): Promise<void> => {
  const { federation } = parts.ports;
  if (!federation) return;
  const tries = parts.config.mode === "development" ? 30 : 1;
  for (let turn = 0; turn < tries; turn++) {
    if (turn > 0) await new Promise((later) => setTimeout(later, 1_000).unref());
    await refreshChain(parts, federation);
    if (await hasChain(parts, federation)) return;
  }
};

export { closeSessions } from "./sessions.ts";
export { openSession } from "./store.ts";
