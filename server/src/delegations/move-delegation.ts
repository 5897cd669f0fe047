import { api } from "@area/api";
import { handle } from "../platform/pipeline.ts";
import { toMove } from "./answer-delegation.ts";
import { tell } from "./guards.ts";
import { factsOf, shown, sideOf } from "./shown.ts";
import * as store from "./store.ts";

/** Each of these holds from the next request, in every process: who may act is read from the row, and kept nowhere else. */
export const suspendDelegation = handle(api.delegations.suspend, async ({ params, body }, context) => {
  const { db, connection, now, actor, fail, emit, audit } = context;
  const row = await toMove(connection, fail, params, "suspend");
  const change = { state: "suspended", reason: body.reason } as const;
  await store.updateDelegation(db, row.id, null, change, { by: actor.personId, at: now });
  tell({ emit, audit }, "delegations.delegation.suspended", { ...factsOf(row), reason: body.reason });
  return shown(context, (await store.delegationOf(connection, params.institutionId, row.id))!, params.institutionId);
});

export const resumeDelegation = handle(api.delegations.resume, async ({ params }, context) => {
  const { db, connection, now, actor, fail, emit, audit } = context;
  const row = await toMove(connection, fail, params, "resume");
  const change = { state: "active", reason: "" } as const;
  await store.updateDelegation(db, row.id, null, change, { by: actor.personId, at: now });
  tell({ emit, audit }, "delegations.delegation.resumed", factsOf(row));
  return shown(context, (await store.delegationOf(connection, params.institutionId, row.id))!, params.institutionId);
});

/** For good, by either side: the partner renounces by the same act. */
export const revokeDelegation = handle(api.delegations.revoke, async ({ params, body }, context) => {
  const { db, connection, now, actor, fail, emit, audit } = context;
  const row = await toMove(connection, fail, params, "revoke");
  const change = { state: "revoked", reason: body.reason } as const;
  await store.updateDelegation(db, row.id, null, change, { by: actor.personId, at: now });
  tell({ emit, audit }, "delegations.delegation.revoked", {
    ...factsOf(row),
    reason: body.reason,
    by: sideOf(row, params.institutionId),
  });
  return shown(context, (await store.delegationOf(connection, params.institutionId, row.id))!, params.institutionId);
});
