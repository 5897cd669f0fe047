import { type Delegation, type DelegationSide, type EventPayload, EXPIRING_DAYS, findingActs } from "@area/api";
import type { Db } from "../platform/database/transaction.ts";
import { publishedProduct } from "../products/index.ts";
import type { DelegationRow } from "./store.ts";

export const sideOf = (row: Pick<DelegationRow, "institution_id">, institutionId: string): DelegationSide =>
  row.institution_id === institutionId ? "delegator" : "partner";

const DAY = 86_400_000;
export const expiringUntil = (now: Date): Date => new Date(now.getTime() + EXPIRING_DAYS * DAY);

/** What is left to do, and in whose hands: each side sees both. */
const tasksOf = (row: DelegationRow, now: Date): Delegation["tasks"] => {
  const tasks: Delegation["tasks"] = [];
  if (row.state === "offered")
    tasks.push({
      side: "partner",
      task: "answer",
      finding: null,
      environment: null,
      dueAt: row.answer_by.toISOString(),
    });
  if (row.state === "asked")
    tasks.push({
      side: "delegator",
      task: "answer",
      finding: null,
      environment: null,
      dueAt: row.answer_by.toISOString(),
    });
  if (row.state === "suspended")
    tasks.push({ side: "delegator", task: "resume", finding: null, environment: null, dueAt: null });
  if (row.state === "active" && !row.served)
    tasks.push({ side: "partner", task: "assign", finding: null, environment: null, dueAt: null });
  if (["active", "suspended"].includes(row.state)) {
    if (row.ends_at && row.ends_at <= expiringUntil(now))
      tasks.push({
        side: "delegator",
        task: "renew",
        finding: null,
        environment: null,
        dueAt: row.ends_at.toISOString(),
      });
    for (const f of row.findings)
      tasks.push({
        // In the hands of whoever may do what mends it.
        side: row.permissions.includes(findingActs[f.kind as keyof typeof findingActs]) ? "partner" : "delegator",
        task: "finding",
        finding: f.kind,
        environment: f.environment,
        dueAt: f.dueAt ? new Date(f.dueAt).toISOString() : null,
      });
  }
  return tasks;
};

export const titleOf = async (db: Db, productId: string): Promise<string> =>
  (await publishedProduct(db, productId))?.configuration.title ?? productId;

export const shown = async (
  { db, now }: { db: Db; now: Date },
  row: DelegationRow,
  institutionId: string,
): Promise<Delegation> => ({
  id: row.id,
  version: row.version,
  delegator: { id: row.institution_id, name: row.name, taxCode: row.tax_code },
  partner: { id: row.partner_id, name: row.partner_name, taxCode: row.partner_tax_code },
  side: sideOf(row, institutionId),
  productId: row.product_id,
  productTitle: await titleOf(db, row.product_id),
  permissions: row.permissions,
  environment: row.environment,
  resources: row.resources,
  aggregates: row.aggregates,
  state: row.state,
  beginsAt: row.begins_at?.toISOString() ?? null,
  endsAt: row.ends_at?.toISOString() ?? null,
  answerBy: row.answer_by.toISOString(),
  proposedAt: row.proposed_at.toISOString(),
  proposedBy: row.proposer,
  answeredAt: row.answered_at?.toISOString() ?? null,
  movedAt: row.moved_at.toISOString(),
  reason: row.reason,
  tasks: tasksOf(row, now),
});

/** A delegation as a fact tells it. */
export const factsOf = (row: DelegationRow): EventPayload<"delegations.delegation.withdrawn"> => ({
  delegationId: row.id,
  productId: row.product_id,
  delegatorId: row.institution_id,
  delegator: row.name,
  partnerId: row.partner_id,
  partner: row.partner_name,
});
export const scopeFacts = (row: DelegationRow) => ({
  permissions: row.permissions,
  environment: row.environment,
  resources: row.resources,
  aggregates: row.aggregates,
  beginsAt: row.begins_at?.toISOString() ?? null,
  endsAt: row.ends_at?.toISOString() ?? null,
});
