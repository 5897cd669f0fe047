import type { EventPayload } from "@area/api";
import type { Reaction } from "../platform/act.ts";
import type { Parts } from "../ports/index.ts";
import { acceptanceOf } from "../terms/index.ts";
import * as store from "./store.ts";

const kind = "agreement-version-to-accept" as const;

/** A new version of a text is something to do until it is accepted, with its day; late, it still is. */
export const termsFindings = (parts: Parts) => ({
  reactions: {
    "findings:terms": {
      on: [
        "terms.acceptance.asked",
        "terms.acceptance.overdue",
        "terms.acceptance.accepted",
        "terms.acceptance.superseded",
        "terms.acceptance.ended",
      ],
      react: async (fact) =>
        parts.act(
          { kind: "system", name: "findings" },
          async ({ db, emit, now, enter }) => {
            const { acceptanceId, productId } = fact.payload as EventPayload<"terms.acceptance.ended">;
            const { institutionId } = fact;
            if (!institutionId) return;
            enter({ institution: institutionId });
            // What holds now decides, not the fact.
            const a = await acceptanceOf(db, acceptanceId);
            if (!a || (a.state !== "asked" && a.state !== "overdue")) {
              for (const { id } of await store.resolve(db, institutionId, kind, acceptanceId, now))
                emit("findings.finding.resolved", { findingId: id, kind }, { institutionId });
              return;
            }
            const severity = a.overdue === "suspends" ? "critical" : "attention";
            const id = await store.raise(db, {
              audience: "institution",
              institutionId,
              kind,
              severity,
              productId,
              subject: acceptanceId,
              facts: { acceptanceId, productId, version: a.version, summary: a.summary.slice(0, 200) },
              dueAt: a.due_at,
              at: now,
            });
            if (id) emit("findings.finding.raised", { findingId: id, kind, severity }, { institutionId });
          },
          { traceId: fact.traceId },
        ),
    } satisfies Reaction,
  },
});
