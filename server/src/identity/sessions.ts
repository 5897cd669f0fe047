import { api } from "@area/api";
import type { Db } from "../platform/database/transaction.ts";
import { sessionCookie } from "../platform/http.ts";
import { handle } from "../platform/pipeline.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import * as store from "./sessions-store.ts";

export const emptyCookie = (secure: boolean) =>
  `${sessionCookie(secure)}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${secure ? "; Secure" : ""}`;

/** A person's own sessions: seeing them, ending one, ending all the others. */
export const sessions = ({ config }: Parts) => ({
  list: handle(api.identity.sessions.list, async (_input, { db, actor, now, sessionHash }) => ({
    items: (await store.sessionsOf(db, actor.personId, now, config.session.idleMinutes)).map((s) => ({
      id: s.id,
      scheme: s.scheme as "spid" | "cie",
      level: s.level,
      device: s.device,
      since: s.created_at.toISOString(),
      lastSeenAt: s.last_seen_at.toISOString(),
      expiresAt: s.expires_at.toISOString(),
      thisOne: sessionHash!.equals(s.id_hash),
    })),
  })),
  close: handle(api.identity.sessions.close, async ({ params }, { db, actor, now, emit, fail, headers }) => {
    const { personId, session } = actor;
    if (!(await store.closeOne(db, personId, params.sessionId, now))) return fail("session-unknown");
    if (params.sessionId === session.id) headers["set-cookie"] = emptyCookie(config.secure);
    emit("identity.session.closed", { personId, sessionIds: [params.sessionId], why: "owner" });
  }),
  closeOthers: handle(api.identity.sessions.closeOthers, async (_input, { db, actor, now, sessionHash, emit }) => {
    const closed = await store.closeAll(db, actor.personId, now, sessionHash);
    if (closed.length) emit("identity.session.closed", { personId: actor.personId, sessionIds: closed, why: "owner" });
    return { closed: closed.length };
  }),
});

/** Ends all that a person has open: nothing is theirs any more, or they were stopped. */
export const closeSessions = async (
  tx: { db: Db; emit: Recorder["emit"]; now: Date },
  personId: string,
  why: "last-membership" | "blocked",
): Promise<void> => {
  const closed = await store.closeAll(tx.db, personId, tx.now);
  if (closed.length) tx.emit("identity.session.closed", { personId, sessionIds: closed, why });
};
