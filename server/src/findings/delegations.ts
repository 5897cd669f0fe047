import type { EventPayload, FindingKind } from "@area/api";
import { endingBefore, expiringUntil, hasOffers, stateOf } from "../delegations/index.ts";
import { hasUsableIban } from "../pagopa/index.ts";
import type { Reaction, Schedule } from "../platform/act.ts";
import type { Transaction } from "../platform/database/transaction.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import * as store from "./store.ts";

export type Tx = Transaction & Pick<Recorder, "emit"> & { now: Date };
type Told = {
  institutionId: string;
  kind: FindingKind;
  severity: "critical" | "attention" | "progress";
  subject: string;
  facts: Record<string, string>;
  productId?: string;
  dueAt?: Date | null;
};
/** Raises what holds and closes what does not, for one institution; each said once. */
export const settle = async ({ db, emit, now, enter }: Tx, holds: boolean, f: Told): Promise<void> => {
  enter({ institution: f.institutionId });
  const { institutionId, kind, severity, subject } = f;
  if (!holds) {
    for (const { id } of await store.resolve(db, institutionId, kind, subject, now))
      emit("findings.finding.resolved", { findingId: id, kind }, { institutionId });
    return;
  }
  const id = await store.raise(db, {
    audience: "institution",
    institutionId,
    kind,
    severity,
    productId: f.productId ?? null,
    subject,
    facts: f.facts,
    dueAt: f.dueAt ?? null,
    at: now,
  });
  if (id) emit("findings.finding.raised", { findingId: id, kind, severity }, { institutionId });
};

const aboutEnd = (d: {
  delegation_id: string;
  institution_id: string;
  partner_name: string;
  ends_at: Date | null;
}): Told => ({
  institutionId: d.institution_id,
  kind: "delegation-expiring",
  severity: "attention",
  subject: d.delegation_id,
  facts: { partner: d.partner_name, delegationId: d.delegation_id },
  dueAt: d.ends_at,
});

/** What delegations ask of each side, and what of a product stops who is delegated. What holds now decides, not the fact. */
export const delegationFindings = (parts: Parts) => ({
  reactions: {
    "findings:delegation": {
      on: [
        "delegations.delegation.offered",
        "delegations.delegation.asked",
        "delegations.delegation.accepted",
        "delegations.delegation.refused",
        "delegations.delegation.withdrawn",
        "delegations.delegation.changed",
        "delegations.delegation.suspended",
        "delegations.delegation.resumed",
        "delegations.delegation.revoked",
        "delegations.delegation.expired",
      ],
      react: async (fact) =>
        parts.act(
          { kind: "system", name: "findings" },
          async (tx) => {
            const { delegationId } = fact.payload as EventPayload<"delegations.delegation.withdrawn">;
            const d = await stateOf(tx.db, delegationId);
            if (!d) return;
            await settle(tx, d.state === "asked", {
              institutionId: d.institution_id,
              kind: "delegation-asked",
              severity: "attention",
              subject: delegationId,
              facts: { partner: d.partner_name, delegationId },
            });
            await settle(tx, await hasOffers(tx.db, d.partner_id), {
              institutionId: d.partner_id,
              kind: "delegations-offered",
              severity: "attention",
              subject: "",
              facts: {},
            });
            const open = d.state === "active" || d.state === "suspended";
            const ending = open && d.ends_at !== null && d.ends_at <= expiringUntil(tx.now);
            await settle(tx, ending, aboutEnd(d));
          },
          { traceId: fact.traceId },
        ),
    } satisfies Reaction,
    /** Where a partner works, an account that is missing is a thing to do: for whoever of the two may write it. */
    "findings:iban": {
      on: [
        "delegations.delegation.accepted",
        "pagopa.iban.registered",
        "pagopa.iban.changed",
        "pagopa.iban.retired",
        "pagopa.iban.import-applied",
      ],
      react: async (fact) =>
        parts.act(
          { kind: "system", name: "findings" },
          async (tx) => {
            if (!fact.institutionId) return;
            const f = fact.payload as { environment: "test" | "production" | "both"; productId?: string };
            if (fact.type === "delegations.delegation.accepted" && f.productId !== "pagopa") return;
            // Delegated in both, what counts is where money moves.
            const environment = f.environment === "test" ? "test" : "production";
            const at = { institutionId: fact.institutionId, environment } as const;
            await settle(tx, !(await hasUsableIban(tx.db, at, tx.now)), {
              institutionId: fact.institutionId,
              kind: "iban-missing",
              severity: "critical",
              productId: "pagopa",
              subject: environment,
              facts: { environment },
            });
          },
          { traceId: fact.traceId },
        ),
    } satisfies Reaction,
  },
  schedules: {
    /** A month before its end, who delegated is told, once. */
    "findings:delegations-ending": {
      everyMinutes: 720,
      run: async (now) => {
        const due = await parts.database.asSystem(({ db }) => endingBefore(db, now, expiringUntil(now)));
        for (const d of due)
          await parts.act({ kind: "system", name: "findings" }, (tx) => settle(tx, true, aboutEnd(d)));
      },
    } satisfies Schedule,
  },
});
