import { type Assignment, api } from "@area/api";
import { productOfGroup, worksOn } from "../people/index.ts";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import { handle } from "../platform/pipeline.ts";
import * as assignmentsStore from "./assignments-store.ts";
import { isPartnerOn } from "./guards.ts";
import * as store from "./store.ts";

const shown = (a: assignmentsStore.AssignmentRow): Assignment => ({
  id: a.id,
  productId: a.product_id,
  person: a.person_id ? { id: a.person_id, name: `${a.given_name} ${a.family_name}` } : null,
  group: a.group_id ? { id: a.group_id, name: a.group_name ?? "" } : null,
  delegation: a.delegation_id ? { id: a.delegation_id, institutionName: a.institution_name ?? "" } : null,
  madeAt: a.made_at.toISOString(),
  madeBy: a.maker,
});
const factsOf = (a: assignmentsStore.AssignmentRow) => ({
  assignmentId: a.id,
  productId: a.product_id,
  ...(a.person_id ? { personId: a.person_id } : {}),
  ...(a.group_id ? { groupId: a.group_id } : {}),
  ...(a.delegation_id ? { delegationId: a.delegation_id, delegator: a.institution_name ?? "" } : {}),
});

/** Which people of a partner serve whom. They get nothing by it that their profile and the delegation do not both hold. */
export const assignments = {
  list: handle(api.delegations.assignments.list, async ({ params, query }, { db }) =>
    pageOf(
      await assignmentsStore.assignmentsOf(db, params.institutionId, {
        delegationId: query.delegationId ?? null,
        id: null,
        after: keyIn(query.cursor, AtAndId),
        limit: query.limit + 1,
      }),
      query.limit,
      shown,
      (a) => ({ at: a.made_at.toISOString(), id: a.id }),
    ),
  ),

  make: handle(api.delegations.assignments.make, async ({ params, body }, context) => {
    const { db, connection, actor, now, fail, emit } = context;
    const { institutionId: partnerId } = params;
    const { productId, personId, groupId, delegationId } = body;
    if (personId && groupId) return fail("assignment-of-both");
    if (!(await isPartnerOn(connection, partnerId, productId))) return fail("delegation-partner-not-joined");
    if (personId && !(await worksOn(db, { institutionId: partnerId, personId, productId }, now)))
      return fail("person-unknown");
    if (groupId && (await productOfGroup(db, partnerId, groupId)) !== productId) return fail("group-unknown");
    if (delegationId) {
      const row = await store.delegationOf(connection, partnerId, delegationId);
      if (row?.partner_id !== partnerId || row.product_id !== productId) return fail("delegation-unknown");
    }
    const id = await assignmentsStore.insertAssignment(db, {
      partnerId,
      productId,
      personId,
      groupId,
      delegationId,
      by: actor.personId,
      at: now,
    });
    if (!id) return fail("assignment-repeated");
    const [made] = await assignmentsStore.assignmentsOf(db, partnerId, {
      delegationId: null,
      id,
      after: null,
      limit: 1,
    });
    emit("delegations.assignment.made", factsOf(made!), { institutionId: partnerId });
    return shown(made!);
  }),

  end: handle(api.delegations.assignments.end, async ({ params }, { db, fail, emit }) => {
    const { institutionId: partnerId, assignmentId } = params;
    const [row] = await assignmentsStore.assignmentsOf(db, partnerId, {
      delegationId: null,
      id: assignmentId,
      after: null,
      limit: 1,
    });
    if (!row || !(await assignmentsStore.deleteAssignment(db, partnerId, assignmentId)))
      return fail("assignment-unknown");
    emit("delegations.assignment.ended", factsOf(row), { institutionId: partnerId });
  }),
};
