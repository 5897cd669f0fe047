import { api } from "@area/api";
import type { Schedule } from "../platform/act.ts";
import type { Db } from "../platform/database/transaction.ts";
import { csrfTokenOf, staffCookie } from "../platform/http.ts";
import type { Page } from "../platform/page.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { doorPages } from "./door.ts";
import * as store from "./store.ts";

export { whoIsStaff } from "./who-is-staff.ts";

export const staff = (parts: Parts) => {
  const { config, database } = parts;
  return {
    handlers: {
      me: handle(api.staff.me, async (_input, { actor, sessionHash }) => ({
        id: actor.staffId,
        name: actor.name,
        profiles: actor.holdings,
        session: {
          authenticatedAt: actor.session.authenticatedAt.toISOString(),
          expiresAt: actor.session.expiresAt.toISOString(),
          csrfToken: csrfTokenOf(sessionHash!),
          idleMinutes: config.staff.idleMinutes,
        },
      })),
      leave: handle(api.staff.leave, async (_input, { db, actor, now, sessionHash, emit, headers }) => {
        await store.closeSession(db, sessionHash!, now);
        headers["set-cookie"] =
          `${staffCookie(config.secure)}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${config.secure ? "; Secure" : ""}`;
        emit("staff.member.left", { staffId: actor.staffId });
      }),
    },
    pages: (): Page[] => doorPages(parts),
    schedules: {
      "staff:sweep": {
        everyMinutes: 60,
        run: async (now) => void (await database.asSystem(({ db }) => store.sweep(db, now))),
      } satisfies Schedule,
    },
  };
};

/** Names the first of the staff, who holds every profile before any group exists; null takes the naming away. */
export const nameFirstStaff = (parts: Pick<Parts, "act" | "cipher">, email: string | null): Promise<void> =>
  parts.act({ kind: "system", name: "command" }, async ({ db, emit, now }) => {
    await store.nameFirst(
      db,
      email === null ? null : { emailIndex: parts.cipher.index("mail", email.toLowerCase()), at: now },
    );
    emit("staff.first.named", { named: email !== null }, email === null ? {} : { personal: { email } });
  });

/** Names of the staff by id, for the portal's own trail. */
export const staffNames = async (parts: Pick<Parts, "cipher">, db: Db, ids: string[]): Promise<Map<string, string>> =>
  ids.length === 0 ? new Map() : new Map((await store.namesOf(db, ids)).map((m) => [m.id, parts.cipher.open(m.name)]));
