import { api, type EventPayload, type Finding, staffProducts } from "@area/api";
import type { z } from "zod";
import { staleMetadata } from "../identity/index.ts";
import { joinedFrom } from "../institutions/index.ts";
import { awaitingOf, awaitingSignature, awaitsSeal } from "../onboarding/index.ts";
import { openReviewOf, profilesCut, representativeCode, waitingRequest, whoAdministers } from "../people/index.ts";
import type { Reaction } from "../platform/act.ts";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle, handleAhead } from "../platform/pipeline.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import { findBody } from "../registries/index.ts";
import { delegationFindings } from "./delegations.ts";
import { nodeFindings } from "./node.ts";
import * as store from "./store.ts";
import { termsFindings } from "./terms.ts";
import { trustFindings } from "./trusted-lists.ts";

type Kind = z.output<typeof Finding>["kind"];

export { findingOf, openOf } from "./store.ts";

/** Closes what no longer holds, and says so once. The transaction must already work for the institution. */
export const resolveFinding = async (
  tx: { db: Db; emit: Recorder["emit"]; now: Date },
  institutionId: string,
  kind: Kind,
  subject: string,
): Promise<void> => {
  for (const { id } of await store.resolve(tx.db, institutionId, kind, subject, tx.now))
    tx.emit("findings.finding.resolved", { findingId: id, kind }, { institutionId });
};
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
    list: handleAhead(api.findings.list, async ({ params }, { db, now }) => ({
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
  schedules: delegationFindings(parts).schedules,
  reactions: {
    ...delegationFindings(parts).reactions,
    ...nodeFindings(parts).reactions,
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
                for (const { id } of await store.resolveOthers(db, institution.id, kind, holds ? subject : null, now))
                  emit("findings.finding.resolved", { findingId: id, kind }, { institutionId: institution.id });
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
    /** No good copy of the metadata of identity providers for too long: soon nobody may enter, and the staff must know. */
    "findings:identity-metadata": {
      on: ["identity.metadata.stale", "identity.metadata.restored"],
      react: async (fact) =>
        parts.act(
          { kind: "system", name: "findings" },
          async ({ db, emit, now }) => {
            const { source } = fact.payload as EventPayload<"identity.metadata.stale">;
            const kind: Kind = "identity-metadata-stale";
            const stale = await staleMetadata(db, source);
            if (!stale) {
              for (const { id } of await store.resolveOfPortal(db, kind, source, now))
                emit("findings.finding.resolved", { findingId: id, kind });
              return;
            }
            const id = await store.raise(db, {
              audience: "staff",
              institutionId: null,
              kind,
              severity: "critical",
              subject: source,
              facts: { source, ...(stale.goodAt ? { goodAt: stale.goodAt.toISOString() } : {}) },
              at: now,
            });
            if (id) emit("findings.finding.raised", { findingId: id, kind, severity: "critical" });
          },
          { traceId: fact.traceId },
        ),
    } satisfies Reaction,
    ...termsFindings(parts).reactions,
    ...trustFindings(parts).reactions,
    /** While an agreement waits for its signature, the institution sees it among the things to do. */
    "findings:signature": {
      on: [
        "agreements.agreement.sent",
        "onboarding.signed",
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
              await resolveFinding({ db, emit, now }, fact.institutionId, "agreement-awaiting-signature", onboardingId);
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
    /** The company's own seal is late: the staff's to mend, since the institution did its part. */
    "findings:countersignature": {
      on: ["agreements.countersignature.late", "onboarding.completed", "onboarding.superseded"],
      react: async (fact) =>
        parts.act(
          { kind: "system", name: "findings" },
          async ({ db, emit, now }) => {
            const { onboardingId, productId } = fact.payload as EventPayload<"onboarding.completed">;
            const { institutionId } = fact;
            if (!institutionId) return;
            const kind: Kind = "countersignature-late";
            if (fact.type !== "agreements.countersignature.late" || !(await awaitsSeal(db, onboardingId))) {
              await resolveFinding({ db, emit, now }, institutionId, kind, onboardingId);
              return;
            }
            const finding = { audience: "staff", institutionId, kind, severity: "critical", productId } as const;
            const id = await store.raise(db, { ...finding, subject: onboardingId, facts: { productId }, at: now });
            if (id) emit("findings.finding.raised", { findingId: id, kind, severity: "critical" }, { institutionId });
          },
          { traceId: fact.traceId },
        ),
    } satisfies Reaction,
    /** An institution with one administrator, and profiles that nobody answers for any more, are nudged to mend it. */
    "findings:people": {
      on: [
        "people.membership.activated",
        "people.membership.changed",
        "people.membership.suspended",
        "people.membership.restored",
        "people.membership.ended",
        "people.profile.made",
        "people.profile.changed",
        "people.profile.taken-over",
        "people.profile.ended",
      ],
      react: async (fact) =>
        parts.act(
          { kind: "system", name: "findings" },
          async ({ db, emit, now, enter }) => {
            const { institutionId } = fact;
            if (!institutionId) return;
            enter({ institution: institutionId });
            const raised: { kind: Kind; subject: string; facts: Record<string, string> }[] = [];
            // What holds now decides, not the fact.
            const administrators = await whoAdministers(db, institutionId, now);
            if (administrators.length === 1)
              raised.push({
                kind: "single-administrator",
                subject: administrators[0]!.id,
                facts: { administrator: administrators[0]!.name },
              });
            for (const p of await profilesCut(db, institutionId, now))
              raised.push({
                kind: "profile-without-answer",
                subject: p.id,
                facts: { profile: p.name, profileId: p.id },
              });
            for (const kind of ["single-administrator", "profile-without-answer"] as const)
              await store.resolveAllBut(
                db,
                institutionId,
                kind,
                raised.filter((f) => f.kind === kind).map((f) => f.subject),
                now,
              );
            for (const { kind, subject, facts } of raised) {
              const finding = { audience: "institution", institutionId, kind, severity: "attention" } as const;
              const id = await store.raise(db, { ...finding, subject, facts, at: now });
              if (id)
                emit("findings.finding.raised", { findingId: id, kind, severity: "attention" }, { institutionId });
            }
          },
          { traceId: fact.traceId },
        ),
    } satisfies Reaction,
    /** Who signs changed: agreements on their way wait for the signature of somebody who can no longer give it. */
    "findings:former-representative": {
      on: [
        "people.representative.changed",
        "onboarding.completed",
        "onboarding.cancelled",
        "onboarding.expired",
        "onboarding.superseded",
      ],
      react: async (fact) =>
        parts.act(
          { kind: "system", name: "findings" },
          async ({ db, emit, now, enter }) => {
            const { institutionId } = fact;
            if (!institutionId) return;
            enter({ institution: institutionId });
            const kind: Kind = "agreement-of-former-representative";
            const code = await representativeCode(db, institutionId);
            // What holds now decides, not the fact.
            const former = (await awaitingOf(db, institutionId)).filter((o) => code && !o.signerCode.equals(code));
            for (const { id } of await store.resolveAllBut(
              db,
              institutionId,
              kind,
              former.map((o) => o.onboardingId),
              now,
            ))
              emit("findings.finding.resolved", { findingId: id, kind }, { institutionId });
            for (const one of former) {
              const id = await store.raise(db, {
                audience: "institution",
                institutionId,
                kind,
                severity: "attention",
                productId: one.productId,
                subject: one.onboardingId,
                facts: { signer: one.signer, productId: one.productId },
                dueAt: one.expiresAt,
                at: now,
              });
              if (id)
                emit("findings.finding.raised", { findingId: id, kind, severity: "attention" }, { institutionId });
            }
          },
          { traceId: fact.traceId },
        ),
    } satisfies Reaction,
    /** A review of accesses is something to do until it closes, with its day. */
    "findings:access-review": {
      on: ["people.review.opened", "people.review.closed"],
      react: async (fact) =>
        parts.act(
          { kind: "system", name: "findings" },
          async ({ db, emit, now, enter }) => {
            const { reviewId } = fact.payload as EventPayload<"people.review.opened">;
            const { institutionId } = fact;
            if (!institutionId) return;
            enter({ institution: institutionId });
            const open = await openReviewOf(db, institutionId, reviewId);
            const kind: Kind = "access-review-open";
            if (!open) {
              await resolveFinding({ db, emit, now }, institutionId, kind, reviewId);
              return;
            }
            const id = await store.raise(db, {
              audience: "institution",
              institutionId,
              kind,
              severity: "attention",
              subject: reviewId,
              facts: { left: String(open.left) },
              dueAt: open.dueAt,
              at: now,
            });
            if (id) emit("findings.finding.raised", { findingId: id, kind, severity: "attention" }, { institutionId });
          },
          { traceId: fact.traceId },
        ),
    } satisfies Reaction,
    /** A request for access is something to do until somebody answers. */
    "findings:access-request": {
      on: ["people.access.requested", "people.access.granted", "people.access.refused", "people.access.withdrawn"],
      react: async (fact) =>
        parts.act(
          { kind: "system", name: "findings" },
          async ({ db, emit, now, enter }) => {
            const { requestId } = fact.payload as EventPayload<"people.access.requested">;
            const { institutionId } = fact;
            if (!institutionId) return;
            enter({ institution: institutionId });
            const waiting = await waitingRequest(db, requestId);
            const kind: Kind = "access-request-waiting";
            if (!waiting) {
              await store.resolve(db, institutionId, kind, requestId, now);
              return;
            }
            const id = await store.raise(db, {
              audience: "institution",
              institutionId,
              kind,
              severity: "attention",
              subject: requestId,
              facts: waiting,
              at: now,
            });
            if (id) emit("findings.finding.raised", { findingId: id, kind, severity: "attention" }, { institutionId });
          },
          { traceId: fact.traceId },
        ),
    } satisfies Reaction,
  },
});
