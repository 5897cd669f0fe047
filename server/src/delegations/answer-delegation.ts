import { api, type DelegationMove, delegationMoves, mayMoveDelegation, type ProblemFacts } from "@area/api";
import type { Connection } from "../platform/database/connection.ts";
import { handle } from "../platform/pipeline.ts";
import { requireParties, tell } from "./guards.ts";
import { factsOf, scopeFacts, shown, sideOf } from "./shown.ts";
import * as store from "./store.ts";

type Refuse = (
  code: "delegation-unknown" | "delegation-other-side" | "delegation-state",
  facts?: ProblemFacts,
) => never;
/** The delegation under its lock, when this side may do this to it in its state. */
export const toMove = async (
  connection: Connection,
  fail: Refuse,
  at: { institutionId: string; delegationId: string },
  move: DelegationMove,
): Promise<store.DelegationRow> => {
  const row = await store.lockDelegation(connection, at.institutionId, at.delegationId);
  if (!row) return fail("delegation-unknown");
  const { from } = delegationMoves[move];
  if (!(from as readonly string[]).includes(row.state)) return fail("delegation-state", { state: row.state });
  if (!mayMoveDelegation(move, row.state, sideOf(row, at.institutionId)))
    return fail("delegation-other-side", { partner: row.partner_name, institution: row.name });
  return row;
};

export const acceptDelegation = handle(api.delegations.accept, async ({ params }, context) => {
  const { db, connection, now, actor, fail, emit, audit } = context;
  const row = await toMove(connection, fail, params, "accept");
  // Both still stand where they stood when it was proposed.
  const sides = {
    institutionId: row.institution_id,
    partnerId: row.partner_id,
    productId: row.product_id,
    aggregates: row.aggregates,
  };
  await requireParties({ connection, fail: fail as never }, sides);
  if (row.answer_by <= now) return fail("delegation-state", { state: "expired" });
  if (row.ends_at && row.ends_at <= now) return fail("dates-out-of-order");
  await store.updateDelegation(
    db,
    row.id,
    null,
    {
      state: "active",
      begins_at: row.begins_at && row.begins_at > now ? row.begins_at : now,
      answered_by: actor.personId,
      answered_at: now,
    },
    { by: actor.personId, at: now },
  );
  const accepted = (await store.delegationOf(connection, params.institutionId, row.id))!;
  tell({ emit, audit }, "delegations.delegation.accepted", { ...factsOf(accepted), ...scopeFacts(accepted) });
  return shown(context, accepted, params.institutionId);
});

export const refuseDelegation = handle(api.delegations.refuse, async ({ params, body }, context) => {
  const { db, connection, now, actor, fail, emit, audit } = context;
  const row = await toMove(connection, fail, params, "refuse");
  await store.updateDelegation(
    db,
    row.id,
    null,
    { state: "refused", reason: body.reason, answered_by: actor.personId, answered_at: now },
    { by: actor.personId, at: now },
  );
  tell({ emit, audit }, "delegations.delegation.refused", { ...factsOf(row), reason: body.reason });
  return shown(context, (await store.delegationOf(connection, params.institutionId, row.id))!, params.institutionId);
});

export const withdrawDelegation = handle(api.delegations.withdraw, async ({ params }, context) => {
  const { db, connection, now, actor, fail, emit, audit } = context;
  const row = await toMove(connection, fail, params, "withdraw");
  await store.updateDelegation(db, row.id, null, { state: "withdrawn" }, { by: actor.personId, at: now });
  tell({ emit, audit }, "delegations.delegation.withdrawn", factsOf(row));
  return shown(context, (await store.delegationOf(connection, params.institutionId, row.id))!, params.institutionId);
});
