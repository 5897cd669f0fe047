import type { EventPayload } from "@area/api";
import { day } from "@area/words";
import words from "@area/words/screens/it";
import { notify } from "../notifications/index.ts";
import type { Reaction } from "../platform/act.ts";
import type { Parts } from "../ports/index.ts";
import { staleList } from "../trust/index.ts";
import * as store from "./store.ts";

const kind = "trusted-list-stale" as const;

/**
 * A trusted list that cannot be renewed: the kept one goes on to decide signatures, and ages. The staff see it among their
 * findings, and whoever is on duty (STAFF_ALERT_EMAIL) has a mail; both once, until it is renewed.
 */
export const trustFindings = (parts: Parts) => ({
  reactions: {
    "findings:trusted-list": {
      on: ["trust.list.failed", "trust.list.restored"],
      react: async (fact) => {
        const { territory } = fact.payload as EventPayload<"trust.list.restored">;
        // What holds now decides, not the fact.
        const stale = await parts.database.asSystem(({ db }) => staleList(db, territory));
        const facts: Record<string, string> = {
          territory,
          problem: stale?.problem ?? "",
          ...(stale?.next_update ? { nextUpdate: stale.next_update.toISOString() } : {}),
        };
        await parts.act(
          { kind: "system", name: "findings" },
          async ({ db, emit, now }) => {
            if (!stale) {
              for (const { id } of await store.resolveOfPortal(db, kind, territory, now))
                emit("findings.finding.resolved", { findingId: id, kind });
              return;
            }
            const finding = { audience: "staff", institutionId: null, kind, severity: "critical" } as const;
            const id = await store.raise(db, {
              ...finding,
              subject: territory,
              facts,
              dueAt: stale.next_update,
              at: now,
            });
            if (id) emit("findings.finding.raised", { findingId: id, kind, severity: "critical" });
          },
          { traceId: fact.traceId },
        );
        const to = parts.config.staff.alertEmail;
        if (!stale || !to) return;
        const said = words.findings[kind];
        await notify(parts, `event ${fact.id}`, {
          kind: "mail",
          template: kind,
          to,
          institutionId: null,
          subject: said.title(facts),
          text: [
            said.title(facts),
            said.why({ ...facts, ...(stale.next_update ? { nextUpdate: day("it", stale.next_update) } : {}) }),
            `${parts.config.publicUrl}/staff/fiducia`,
          ].join("\n\n"),
        });
      },
    } satisfies Reaction,
  },
});
