import { api, delicatePermissions, openDelegationStates, type Permission } from "@area/api";
import { handle } from "../platform/pipeline.ts";
import { requireScope, tell, type UnknownResources } from "./guards.ts";
import { factsOf, scopeFacts, shown, sideOf } from "./shown.ts";
import * as store from "./store.ts";

const isOpen = (row: store.DelegationRow): boolean => (openDelegationStates as readonly string[]).includes(row.state);

/** Who delegated widens, narrows or moves the end; never the partner. What is delicate may go this way, not come. */
export const changeDelegation = (unknownResources: UnknownResources) =>
  handle(api.delegations.change, async ({ params, body }, context) => {
    const { db, connection, now, version, actor, fail, emit, audit } = context;
    const row = await store.lockDelegation(connection, params.institutionId, params.delegationId);
    if (!row) return fail("delegation-unknown");
    if (sideOf(row, params.institutionId) !== "delegator")
      return fail("delegation-other-side", { partner: row.partner_name, institution: row.name });
    if (!isOpen(row)) return fail("delegation-state", { state: row.state });
    const endsAt = body.endsAt ? new Date(body.endsAt) : null;
    await requireScope(
      { db, connection, now, fail },
      { institutionId: row.institution_id, productId: row.product_id },
      { permissions: body.permissions, resources: body.resources, beginsAt: row.begins_at, endsAt },
      unknownResources,
      row.permissions,
    );
    await store.lockProduct(connection, row.product_id);
    if (body.environment !== row.environment && (await store.overlaps(db, row, body.environment)))
      return fail("delegation-already-open");
    // The aggregates are let in as a new delegation would be: nobody comes to be served by themselves.
    if (
      body.aggregates &&
      !row.aggregates &&
      (await store.returns(connection, row.partner_id, row.institution_id, row.product_id, true))
    )
      return fail("delegation-cycle", { partner: row.partner_name });
    const permissions = [...new Set(body.permissions)];
    const done = await store.updateDelegation(
      db,
      row.id,
      version,
      {
        environment: body.environment,
        permissions,
        resources: body.resources,
        aggregates: body.aggregates,
        ends_at: endsAt,
        reason: body.reason,
      },
      { by: actor.personId, at: now },
    );
    if (!done) return fail("version-stale", { version: row.version });
    const changed = (await store.delegationOf(connection, params.institutionId, row.id))!;
    tell({ emit, audit }, "delegations.delegation.changed", {
      ...factsOf(changed),
      ...scopeFacts(changed),
      reason: body.reason,
      added: permissions.filter((p) => !row.permissions.includes(p)),
      removed: row.permissions.filter((p) => !permissions.includes(p)),
    });
    return shown(context, changed, params.institutionId);
  });

/** What moves money: never alone, and never from a session that somebody left open. */
export const entrustDelegation = handle(api.delegations.entrust, async ({ params, body }, context) => {
  const { db, connection, now, actor, secondPerson, fail, emit, audit } = context;
  const row = await store.lockDelegation(connection, params.institutionId, params.delegationId);
  if (!row) return fail("delegation-unknown");
  if (sideOf(row, params.institutionId) !== "delegator")
    return fail("delegation-other-side", { partner: row.partner_name, institution: row.name });
  if (row.state !== "active") return fail("delegation-state", { state: row.state });
  const strange = body.permissions.find((p) => !delicatePermissions.includes(p) || !p.startsWith(`${row.product_id}:`));
  if (strange) return fail("delegation-scope-unknown", { why: "permission", permission: strange });
  const added = body.permissions.filter((p: Permission) => !row.permissions.includes(p));
  if (added.length === 0) return fail("nothing-to-change");
  if (!secondPerson) return fail("second-person-needed");
  const change = { permissions: [...row.permissions, ...new Set(added)], reason: body.reason };
  await store.updateDelegation(db, row.id, null, change, { by: actor.personId, at: now });
  const entrusted = (await store.delegationOf(connection, params.institutionId, row.id))!;
  tell({ emit, audit }, "delegations.delegation.entrusted", { ...factsOf(entrusted), reason: body.reason, added });
  return shown(context, entrusted, params.institutionId);
});
