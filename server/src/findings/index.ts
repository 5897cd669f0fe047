import { api, type EventPayload, type Finding } from "@area/api";
import type { z } from "zod";
import { joinedFrom } from "../institutions/index.ts";
import { awaitingSignature } from "../onboarding/index.ts";
import type { Reaction } from "../platform/act.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import * as store from "./store.ts";

type Kind = z.output<typeof Finding>["kind"];

export const findings = (parts: Parts) => ({
  handlers: {
    list: handle(api.findings.list, async ({ params }, { db, now }) => ({
      items: (await store.openOf(db, params.institutionId)).map((f) => ({
        id: f.id,
        kind: f.kind as Kind,
        severity: f.severity as "critical" | "attention" | "progress",
        productId: f.product_id,
        facts: f.facts as Record<string, string>,
        raisedAt: f.raised_at.toISOString(),
        dueAt: f.due_at?.toISOString() ?? null,
      })),
      checkedAt: now.toISOString(),
    })),
  },
  reactions: {
    /** The registry changed under a body that joined: nothing happens by itself, but the institution and the staff are told. */
    "findings:registry": {
      on: ["registries.body.changed", "registries.body.ended"],
      react: async (fact) =>
        parts.act(
          { kind: "system", name: "findings" },
          async ({ db, emit, now, enter }) => {
            const payload = fact.payload as EventPayload<"registries.body.changed"> &
              EventPayload<"registries.body.ended">;
            if (fact.type === "registries.body.changed" && payload.field !== "pec") return;
            const ended = fact.type === "registries.body.ended";
            for (const institution of await joinedFrom(db, payload.ipaCode)) {
              enter({ institution: institution.id });
              const kind: Kind = ended ? "registry-body-ended" : "registry-pec-changed";
              for (const audience of ["institution", "staff"] as const) {
                const id = await store.raise(db, {
                  audience,
                  institutionId: institution.id,
                  kind,
                  severity: ended ? "critical" : "attention",
                  subject: ended ? payload.ipaCode : `${payload.ipaCode} ${payload.after ?? ""}`,
                  facts: {
                    ipaCode: payload.ipaCode,
                    institutionName: institution.name,
                    ...(ended ? {} : { before: payload.before ?? "", after: payload.after ?? "" }),
                  },
                  at: now,
                });
                if (id)
                  emit(
                    "findings.finding.raised",
                    { findingId: id, kind, severity: ended ? "critical" : "attention" },
                    { institutionId: institution.id },
                  );
              }
            }
          },
          { traceId: fact.traceId },
        ),
    } satisfies Reaction,
    /** While an agreement waits for its signature, the institution sees it among the things to do. */
    "findings:signature": {
      on: [
        "agreements.agreement.sent",
        "onboarding.completed",
        "onboarding.cancelled",
        "onboarding.expired",
        "onboarding.superseded",
      ],
      react: async (fact) =>
        parts.act(
          { kind: "system", name: "findings" },
          async ({ db, emit, now }) => {
            const { onboardingId, productId } = fact.payload as EventPayload<"onboarding.completed">;
            if (!fact.institutionId) return;
            if (fact.type !== "agreements.agreement.sent") {
              await store.resolve(db, fact.institutionId, "agreement-awaiting-signature", onboardingId, now);
              return;
            }
            const waiting = await awaitingSignature(db, onboardingId);
            if (!waiting) return;
            const id = await store.raise(db, {
              audience: "institution",
              institutionId: fact.institutionId,
              kind: "agreement-awaiting-signature",
              severity: "attention",
              productId,
              subject: onboardingId,
              facts: { signer: waiting.signer, productId },
              dueAt: waiting.expiresAt,
              at: now,
            });
            if (id)
              emit(
                "findings.finding.raised",
                { findingId: id, kind: "agreement-awaiting-signature", severity: "attention" },
                { institutionId: fact.institutionId },
              );
          },
          { traceId: fact.traceId },
        ),
    } satisfies Reaction,
  },
});
