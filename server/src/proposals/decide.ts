import { api, isProblem, type Permission, Problem } from "@area/api";
import type { z } from "zod";
import { mayHere } from "../people/index.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { digestOf, type Proposable } from "./propose.ts";
import { keptIn, shown } from "./shown.ts";
import * as store from "./store.ts";

type Refuse = (
  code: "proposal-unknown" | "proposal-closed" | "proposal-own" | "permission-missing",
  facts?: Record<string, unknown>,
) => never;

/** What approving and rejecting ask alike: that it is open, of somebody else, and about something one may do oneself. */
const toDecide = async (
  parts: Parts,
  proposable: Proposable,
  tx: { connection: Parameters<typeof store.lockProposal>[0]; actor: { personId: string }; now: Date; fail: Refuse },
  at: { institutionId: string; proposalId: string },
) => {
  const { connection, actor, now, fail } = tx;
  const row = await store.lockProposal(connection, at.institutionId, at.proposalId);
  if (!row) return fail("proposal-unknown");
  if (row.state !== "open" || row.expires_at <= now) return fail("proposal-closed", { state: row.state });
  if (row.proposed_by === actor.personId) return fail("proposal-own");
  const handler = proposable.get(row.endpoint);
  if (!handler) return fail("proposal-closed", { state: "expired" });
  const permission = handler.endpoint.needs as Permission;
  if (!(await mayHere(connection, { ...at, personId: actor.personId, permission, now })))
    return fail("permission-missing", { permission });
  const kept = keptIn(parts.cipher, row);
  // Nobody but an owner of the database could have changed it; then it is not what was proposed.
  if (!digestOf(row.endpoint, kept).equals(row.digest)) throw new Error(`proposal ${row.id} does not match its digest`);
  return { row, handler, kept };
};

/** Runs exactly what was proposed, in this transaction and as who approves. */
export const approve = (parts: Parts, proposable: () => Proposable) =>
  handle(api.proposals.approve, async ({ params, body }, context) => {
    const { db, connection, actor, now, fail, emit } = context;
    const { row, handler, kept } = await toDecide(parts, proposable(), context, params);
    const { endpoint } = handler;
    // What asks its author for a fresh confirmation asks it of who approves: theirs is the yes that does it.
    if (endpoint.stepUp && (actor.session.stepUpUntil ?? now) <= now) return fail("step-up-needed");
    const parse = (type: z.ZodType | undefined, value: unknown) => type?.parse(value);
    try {
      if (handler.prepare)
        throw new Error(`${row.endpoint} asks outside before it writes: it cannot wait for a second person`);
      await handler.run(
        {
          params: parse(endpoint.params, kept.params),
          query: parse(endpoint.query, kept.query),
          body: parse(endpoint.body, kept.body),
        } as never,
        {
          ...context,
          actor,
          secondPerson: true,
          version: kept.version ?? 0,
          fail: (code: Problem["code"], facts: Record<string, unknown> = {}) => {
            throw new Problem(code, facts);
          },
        } as never,
        undefined as never,
      );
    } catch (error) {
      // The world moved on since: say by which refusal, and leave the proposal open for its author to take back.
      if (isProblem(error)) return fail("proposal-outdated", { because: error.code });
      throw error;
    }
    await store.close(db, row.id, "approved", { by: actor.personId, at: now, note: body.note ?? null });
    emit(
      "proposals.proposal.approved",
      { proposalId: row.id, endpoint: row.endpoint, proposedBy: row.proposed_by },
      { institutionId: params.institutionId },
    );
    return shown(parts.cipher, (await store.proposalOf(connection, params.institutionId, row.id))!, actor);
  });

export const reject = (parts: Parts, proposable: () => Proposable) =>
  handle(api.proposals.reject, async ({ params, body }, context) => {
    const { db, connection, actor, now, emit } = context;
    const { row } = await toDecide(parts, proposable(), context, params);
    await store.close(db, row.id, "rejected", { by: actor.personId, at: now, note: body.note });
    emit(
      "proposals.proposal.rejected",
      { proposalId: row.id, endpoint: row.endpoint, proposedBy: row.proposed_by },
      { institutionId: params.institutionId },
    );
    return shown(parts.cipher, (await store.proposalOf(connection, params.institutionId, row.id))!, actor);
  });
