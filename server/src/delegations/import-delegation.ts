import { ANSWER_DAYS, type DelegationEnvironment, type Permission } from "@area/api";
import type { Transaction } from "../platform/database/transaction.ts";
import type { Recorder } from "../platform/record.ts";
import * as assignmentsStore from "./assignments-store.ts";
import { tell } from "./guards.ts";
import { factsOf, scopeFacts } from "./shown.ts";
import * as store from "./store.ts";

type Tx = Pick<Transaction, "db" | "connection"> & Pick<Recorder, "emit" | "audit"> & { now: Date };

/** A delegation that was agreed elsewhere, or that demo data begin with. The transaction must work for one of its sides. */
export const importDelegation = async (
  { db, connection, emit, audit, now }: Tx,
  d: {
    institutionId: string;
    partnerId: string;
    productId: string;
    environment: DelegationEnvironment;
    permissions: readonly Permission[];
    endsAt: Date | null;
    aggregates?: boolean;
    state: "offered" | "active" | "suspended";
    by: string;
    /** Kept in both trails and announced to nobody: an import of thousands writes no letters. */
    quiet?: boolean;
  },
): Promise<string | null> => {
  const id = await store.insertDelegation(db, {
    ...d,
    resources: null,
    aggregates: d.aggregates ?? false,
    state: "offered",
    beginsAt: null,
    answerBy: new Date(now.getTime() + ANSWER_DAYS * 86_400_000),
    at: now,
  });
  if (!id) return null;
  const told: Pick<Recorder, "emit" | "audit"> = d.quiet
    ? { emit: (type, payload, options) => audit(type, payload as Record<string, unknown>, options), audit }
    : { emit, audit };
  const read = async () => (await store.delegationOf(connection, d.institutionId, id))!;
  const offered = await read();
  tell(told, "delegations.delegation.offered", { ...factsOf(offered), ...scopeFacts(offered) });
  if (d.state === "offered") return id;
  const moved = { by: d.by, at: now };
  await store.updateDelegation(
    db,
    id,
    null,
    { state: "active", begins_at: now, answered_by: d.by, answered_at: now },
    moved,
  );
  const active = await read();
  tell(told, "delegations.delegation.accepted", { ...factsOf(active), ...scopeFacts(active) });
  if (d.state === "suspended") {
    const reason = "Verifica del contratto in corso";
    await store.updateDelegation(db, id, null, { state: "suspended", reason }, moved);
    tell(told, "delegations.delegation.suspended", { ...factsOf(active), reason });
  }
  return id;
};

/** Somebody of a partner serves every institution that delegates to it. */
export const importAssignment = (
  { db, now }: Tx,
  a: { partnerId: string; productId: string; personId: string; by: string },
) => assignmentsStore.insertAssignment(db, { ...a, groupId: null, delegationId: null, at: now });
