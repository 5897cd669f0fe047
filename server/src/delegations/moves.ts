import {
  ANSWER_DAYS,
  api,
  type DelegationPlan,
  delicatePermissions,
  type EventPayload,
  mayMoveDelegation,
  WAY_BACK_DAYS,
} from "@area/api";
import type { Schedule } from "../platform/act.ts";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import type { Transaction } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import { requireParties, tell } from "./guards.ts";
import * as movesStore from "./moves-store.ts";
import { factsOf, scopeFacts, sideOf } from "./shown.ts";
import * as store from "./store.ts";

const WAY_BACK = WAY_BACK_DAYS * 86_400_000;

const shown = (m: movesStore.MoveRow): DelegationPlan => ({
  id: m.id,
  productId: m.product_id,
  institution: { id: m.institution_id, name: m.name },
  from: { delegationId: m.from_delegation_id, partner: m.from_partner, state: m.from_state },
  to: { delegationId: m.to_delegation_id, partner: m.to_partner, state: m.to_state },
  state: m.state,
  cutOverAt: m.cut_over_at.toISOString(),
  wayBackUntil:
    m.state === "planned"
      ? new Date(m.cut_over_at.getTime() + WAY_BACK).toISOString()
      : m.state === "cut-over" && m.moved_at
        ? new Date(m.moved_at.getTime() + WAY_BACK).toISOString()
        : null,
  reason: m.reason,
  plannedAt: m.planned_at.toISOString(),
});

type Tell = Pick<Recorder, "emit" | "audit">;
type Fact = EventPayload<"delegations.move.completed">;
const factsOfMove = (m: movesStore.MoveRow): Fact => ({
  moveId: m.id,
  productId: m.product_id,
  delegatorId: m.institution_id,
  delegator: m.name,
  partnerId: m.from_partner_id,
  partner: m.from_partner,
  nextPartnerId: m.to_partner_id,
  nextPartner: m.to_partner,
});
/** All three keep it in their trail. */
const tellAll = (
  recorder: Tell,
  type: "delegations.move.cut-over" | "delegations.move.postponed" | "delegations.move.completed",
  m: movesStore.MoveRow,
): void => {
  const facts = factsOfMove(m);
  tell(recorder, type, facts);
  recorder.audit(type, facts, { institutionId: m.to_partner_id });
};

type Tx = Pick<Transaction, "db" | "connection"> & Tell & { now: Date };
/** Moves one of the two delegations, if its state still allows it, and says so as if it were done by hand. */
const shift = async (
  { db, connection, now, emit, audit }: Tx,
  institutionId: string,
  delegationId: string,
  move: "suspend" | "resume" | "revoke" | "withdraw",
  reason: string,
  by: string | null,
): Promise<void> => {
  const row = await store.lockDelegation(connection, institutionId, delegationId);
  if (!row || !mayMoveDelegation(move, row.state, "delegator")) return;
  const to = { suspend: "suspended", resume: "active", revoke: "revoked", withdraw: "withdrawn" } as const;
  await store.updateDelegation(
    db,
    row.id,
    null,
    { state: to[move], reason: move === "resume" ? "" : reason },
    { by, at: now },
  );
  const facts = factsOf(row);
  if (move === "suspend") tell({ emit, audit }, "delegations.delegation.suspended", { ...facts, reason });
  if (move === "resume") tell({ emit, audit }, "delegations.delegation.resumed", facts);
  if (move === "withdraw") tell({ emit, audit }, "delegations.delegation.withdrawn", facts);
  if (move === "revoke") tell({ emit, audit }, "delegations.delegation.revoked", { ...facts, reason, by: "delegator" });
};

/** From one partner to another: parallel rights, a day, a way back, an end. */
export const moves = {
  list: handle(api.delegations.moves.list, async ({ params, query }, { connection }) =>
    pageOf(
      await movesStore.movesOf(connection, params.institutionId, {
        after: keyIn(query.cursor, AtAndId),
        limit: query.limit + 1,
      }),
      query.limit,
      shown,
      (m) => ({ at: m.planned_at.toISOString(), id: m.id }),
    ),
  ),

  plan: handle(api.delegations.moves.plan, async ({ params, body }, context) => {
    const { db, connection, now, actor, fail, emit, audit } = context;
    const { institutionId } = params;
    const from = await store.lockDelegation(connection, institutionId, body.delegationId);
    if (!from) return fail("delegation-unknown");
    if (sideOf(from, institutionId) !== "delegator")
      return fail("delegation-other-side", { partner: from.partner_name, institution: from.name });
    if (from.state !== "active") return fail("delegation-state", { state: from.state });
    const cutOverAt = new Date(body.cutOverAt);
    if (cutOverAt <= now) return fail("dates-out-of-order");
    const { partnerId } = body;
    await requireParties(
      { connection, fail },
      { institutionId, partnerId, productId: from.product_id, aggregates: from.aggregates },
    );
    // The same limits; what is delicate is entrusted anew, by two people.
    const toId = await store.insertDelegation(db, {
      institutionId,
      partnerId,
      productId: from.product_id,
      environment: from.environment,
      permissions: withoutDelicate(from.permissions),
      resources: from.resources,
      aggregates: from.aggregates,
      state: "offered",
      beginsAt: null,
      endsAt: from.ends_at,
      answerBy: new Date(now.getTime() + ANSWER_DAYS * 86_400_000),
      by: actor.personId,
      at: now,
    });
    if (!toId) return fail("delegation-already-open");
    const to = (await store.delegationOf(connection, institutionId, toId))!;
    tell({ emit, audit }, "delegations.delegation.offered", { ...factsOf(to), ...scopeFacts(to) });
    const id = await movesStore.insertMove(db, {
      institutionId,
      productId: from.product_id,
      from: { id: from.id, partnerId: from.partner_id },
      to: { id: to.id, partnerId },
      cutOverAt,
      reason: body.reason,
      by: actor.personId,
      at: now,
    });
    if (!id) return fail("move-already-planned");
    const made = (await movesStore.moveOf(connection, id))!;
    const facts = { ...factsOfMove(made), cutOverAt: cutOverAt.toISOString() };
    tell({ emit, audit }, "delegations.move.planned", facts);
    audit("delegations.move.planned", facts, { institutionId: partnerId });
    return shown(made);
  }),

  back: handle(api.delegations.moves.back, async ({ params, body }, context) => {
    const { db, connection, now, actor, fail, emit, audit } = context;
    const m = await movesStore.lockMove(connection, params.institutionId, params.moveId);
    if (!m) return fail("move-unknown");
    if (m.institution_id !== params.institutionId)
      return fail("delegation-other-side", { partner: m.from_partner, institution: m.name });
    if (m.state !== "planned" && m.state !== "cut-over") return fail("move-over", { state: m.state });
    const tx = { db, connection, now, emit, audit };
    await shift(tx, m.institution_id, m.from_delegation_id, "resume", "", actor.personId);
    await shift(tx, m.institution_id, m.to_delegation_id, "withdraw", body.reason, actor.personId);
    await shift(tx, m.institution_id, m.to_delegation_id, "revoke", body.reason, actor.personId);
    await movesStore.setMove(db, m.id, "returned", now);
    const facts = { ...factsOfMove(m), reason: body.reason };
    tell({ emit, audit }, "delegations.move.returned", facts);
    audit("delegations.move.returned", facts, { institutionId: m.to_partner_id });
    return shown((await movesStore.moveOf(connection, m.id))!);
  }),

  complete: handle(api.delegations.moves.complete, async ({ params }, context) => {
    const { db, connection, now, actor, fail, emit, audit } = context;
    const m = await movesStore.lockMove(connection, params.institutionId, params.moveId);
    if (!m) return fail("move-unknown");
    if (m.institution_id !== params.institutionId)
      return fail("delegation-other-side", { partner: m.from_partner, institution: m.name });
    if (m.state !== "cut-over") return fail("move-over", { state: m.state });
    await finish({ db, connection, now, emit, audit }, m, actor.personId);
    return shown((await movesStore.moveOf(connection, m.id))!);
  }),
};

const withoutDelicate = (permissions: store.DelegationRow["permissions"]) =>
  permissions.filter((p) => !delicatePermissions.includes(p));

const finish = async (tx: Tx, m: movesStore.MoveRow, by: string | null): Promise<void> => {
  await shift(tx, m.institution_id, m.from_delegation_id, "revoke", `Passaggio a ${m.to_partner}`, by);
  await movesStore.setMove(tx.db, m.id, "completed", tx.now);
  tellAll(tx, "delegations.move.completed", m);
};

/** The day comes by itself. Where the new partner has not accepted, the first goes on: no gap, and it is said. */
export const moveSchedule = (parts: Parts): Schedule => ({
  everyMinutes: 5,
  run: async (now) => {
    const since = new Date(now.getTime() - WAY_BACK);
    for (const due of await parts.database.asSystem(({ db }) => movesStore.dueMoves(db, now, since)))
      await parts.act({ kind: "system", name: "delegations" }, async ({ db, connection, emit, audit, now: at }) => {
        const m = await movesStore.lockMove(connection, due.institution_id, due.id);
        if (m?.state !== due.state) return;
        const tx = { db, connection, now: at, emit, audit };
        if (m.state === "cut-over") return finish(tx, m, null);
        if (m.to_state !== "active") {
          // Said once: the trail of the institution is read by people.
          if (at.getTime() - m.cut_over_at.getTime() < 600_000) tellAll(tx, "delegations.move.postponed", m);
          return;
        }
        await shift(tx, m.institution_id, m.from_delegation_id, "suspend", `Passaggio a ${m.to_partner}`, null);
        await movesStore.setMove(db, m.id, "cut-over", at);
        tellAll(tx, "delegations.move.cut-over", m);
      });
  },
});
