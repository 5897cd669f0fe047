import { api, openDelegationStates } from "@area/api";
import { z } from "zod";
import type { Schedule } from "../platform/act.ts";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { acceptDelegation, refuseDelegation, withdrawDelegation } from "./answer-delegation.ts";
import { assignments } from "./assignments.ts";
import { changeDelegation, entrustDelegation } from "./change-delegation.ts";
import { credentials } from "./credential.ts";
import { tell, type UnknownResources } from "./guards.ts";
import { resumeDelegation, revokeDelegation, suspendDelegation } from "./move-delegation.ts";
import { moveSchedule, moves } from "./moves.ts";
import { askDelegation, offerDelegation } from "./offer-delegation.ts";
import { mandates, portfolio, throughAggregators } from "./portfolio.ts";
import { reactions } from "./reactions.ts";
import { factsOf, shown } from "./shown.ts";
import * as store from "./store.ts";

export type { UnknownResources } from "./guards.ts";
export { importAssignment, importDelegation } from "./import-delegation.ts";
export { whoActs } from "./mandate-store.ts";
export { latestMoveTo, type MoveRow as DelegationMove, moveOf as moveById } from "./moves-store.ts";
export { expiringUntil } from "./shown.ts";
export { delegatorsOf, endingBefore, hasOffers, partnerNames, stateOf } from "./store.ts";

const NameAndId = z.object({ name: z.string().max(1000), id: z.uuid() });

export const delegations = (parts: Parts, unknownResources: UnknownResources, statements = credentials(parts)) => ({
  pages: statements.pages,
  handlers: {
    list: handle(api.delegations.list, async ({ params, query }, context) => {
      const rows = await store.given(context.connection, params.institutionId, {
        productId: query.productId ?? null,
        state: query.state ?? null,
        after: keyIn(query.cursor, AtAndId),
        limit: query.limit + 1,
      });
      const items = new Map(
        await Promise.all(rows.map(async (r) => [r.id, await shown(context, r, params.institutionId)] as const)),
      );
      return pageOf(
        rows,
        query.limit,
        (r) => items.get(r.id)!,
        (r) => ({ at: r.proposed_at.toISOString(), id: r.id }),
      );
    }),
    partners: handle(api.delegations.partners, async ({ query }, { connection }) =>
      pageOf(
        await store.partnersOn(connection, query.productId, {
          search: query.search?.trim().replace(/[%_\\]/g, "\\$&") || null,
          after: keyIn(query.cursor, NameAndId),
          limit: query.limit + 1,
        }),
        query.limit,
        (r) => ({ id: r.id, name: r.name, taxCode: r.tax_code, city: r.city }),
        (r) => ({ name: r.name, id: r.id }),
      ),
    ),
    throughAggregator: throughAggregators,
    offer: offerDelegation(unknownResources),
    ask: askDelegation(unknownResources),
    ...portfolio,
    read: handle(api.delegations.read, async ({ params }, context) => {
      const row = await store.delegationOf(context.connection, params.institutionId, params.delegationId);
      return row ? shown(context, row, params.institutionId) : context.fail("delegation-unknown");
    }),
    ...statements.handlers,
    change: changeDelegation(unknownResources),
    entrust: entrustDelegation,
    accept: acceptDelegation,
    refuse: refuseDelegation,
    withdraw: withdrawDelegation,
    suspend: suspendDelegation,
    resume: resumeDelegation,
    revoke: revokeDelegation,
    moves,
    assignments,
    mandates,
  },
  reactions: reactions(parts),
  schedules: {
    "delegations:move": moveSchedule(parts),
    /** An end that comes holds at that moment; here the state says so, and both trails keep it. */
    "delegations:expire": {
      everyMinutes: 5,
      run: async (now) => {
        for (const due of await parts.database.asSystem(({ db }) => store.overdue(db, now)))
          await parts.act({ kind: "system", name: "delegations" }, async ({ db, connection, emit, audit, now: at }) => {
            const row = await store.lockDelegation(connection, due.institution_id, due.id);
            if (!row || !(openDelegationStates as readonly string[]).includes(row.state)) return;
            await store.updateDelegation(db, row.id, null, { state: "expired" }, { by: null, at });
            tell({ emit, audit }, "delegations.delegation.expired", {
              ...factsOf(row),
              unanswered: row.state === "offered" || row.state === "asked",
            });
          });
      },
    } satisfies Schedule,
  },
});
