import { api, type EventPayload, type Finding, staffProducts } from "@area/api";
import type { z } from "zod";
import { joinedFrom } from "../institutions/index.ts";
import { awaitingSignature } from "../onboarding/index.ts";
import type { Reaction } from "../platform/act.ts";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { findBody } from "../registries/index.ts";
import * as store from "./store.ts";

type Kind = z.output<typeof Finding>["kind"];

const shown = (f: Awaited<ReturnType<typeof store.openOf>>[number]) => ({
  id: f.id,
  kind: f.kind as Kind,
  severity: f.severity as "critical" | "attention" | "progress",
  productId: f.product_id,
  facts: f.facts as Record<string, string>,
  raisedAt: f.raised_at.toISOString(),
  dueAt: f.due_at?.toISOString() ?? null,
});

export const findings = (parts: Parts) => ({
  handlers: {
    list: handle(api.findings.list, async ({ params }, { db, now }) => ({
      items: (await store.openOf(db, params.institutionId)).map(shown),
      checkedAt: now.toISOString(),
    })),
    ofStaff: handle(api.findings.ofStaff, async ({ query }, { db, actor }) => {
      const rows = await store.openOfStaff(db, {
        products: staffProducts(actor.holdings, "staff:findings:read"),
        after: keyIn(query.cursor, AtAndId),
        limit: query.limit + 1,
      });
      return pageOf(
        rows,
        query.limit,
        (f) => ({
          ...shown(f),
          institution: f.institution_id ? { id: f.institution_id, name: f.institution_name ?? "" } : null,
        }),
        (f) => ({ at: f.raised_at.toISOString(), id: f.id }),
      );
    }),
  },
  reactions: {
    /** The registry changed under a body that joined: nothing happens by itself, but the institution and the staff are told. */
    "findings:registry": {
      on: ["registries.body.changed", "registries.body.ended", "registries.body.returned"],
      react: async (fact) =>
        parts.act(
          { kind: "system", name: "findings" },
          async ({ db, emit, now, enter }) => {
            const { ipaCode } = fact.payload as EventPayload<"registries.body.ended">;
            // What the registry says now decides, not the fact: news that comes late or twice changes nothing.
            const body = await findBody(db, ipaCode);
            if (!body) return;
            for (const institution of await joinedFrom(db, ipaCode)) {
              enter({ institution: institution.id });
              const facts = { ipaCode, institutionName: institution.name };
              const moved = { ...facts, before: institution.pec, after: body.pec ?? "" };
              const states = [
                {
                  kind: "registry-body-ended",
                  severity: "critical",
                  holds: body.state === "ended",
                  subject: ipaCode,
                  facts,
                },
                {
                  kind: "registry-pec-changed",
                  severity: "attention",
                  holds: body.state === "active" && body.pec !== institution.pec,
                  subject: `${ipaCode} ${body.pec ?? ""}`,
                  facts: moved,
                },
              ] as const;
              for (const { kind, severity, holds, subject, facts: told } of states) {
                await store.resolveOthers(db, institution.id, kind, holds ? subject : null, now);
                if (!holds) continue;
                for (const audience of ["institution", "staff"] as const) {
                  const id = await store.raise(db, {
                    audience,
                    institutionId: institution.id,
                    kind,
                    severity,
                    subject,
                    facts: told,
                    at: now,
                  });
                  if (id)
                    emit(
                      "findings.finding.raised",
                      { findingId: id, kind, severity },
                      { institutionId: institution.id },
                    );
                }
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
