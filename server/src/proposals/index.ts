import { api } from "@area/api";
import type { Schedule } from "../platform/act.ts";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { approve, reject } from "./decide.ts";
import { type Proposable, propose } from "./propose.ts";
import { shown } from "./shown.ts";
import * as store from "./store.ts";

export type { Proposable } from "./propose.ts";

/** Writes that wait for a second person. Knows no verb: the list of those that may wait is handed in. */
export const proposals = (parts: Parts, proposable: () => Proposable) => ({
  handlers: {
    list: handle(api.proposals.list, async ({ params, query }, { connection, actor }) =>
      pageOf(
        await store.proposalsOf(connection, params.institutionId, {
          state: query.state ?? null,
          after: keyIn(query.cursor, AtAndId),
          limit: query.limit + 1,
        }),
        query.limit,
        (r) => shown(parts.cipher, r, actor),
        (r) => ({ at: r.proposed_at.toISOString(), id: r.id }),
      ),
    ),
    propose: propose(parts, proposable),
    approve: approve(parts, proposable),
    reject: reject(parts, proposable),
    withdraw: handle(api.proposals.withdraw, async ({ params }, { db, connection, actor, now, fail, emit }) => {
      const row = await store.lockProposal(connection, params.institutionId, params.proposalId);
      if (!row) return fail("proposal-unknown");
      if (row.proposed_by !== actor.personId) return fail("proposal-of-another", { by: row.proposed_by_name });
      if (row.state !== "open") return fail("proposal-closed", { state: row.state });
      await store.close(db, row.id, "withdrawn", { by: actor.personId, at: now, note: null });
      emit(
        "proposals.proposal.withdrawn",
        { proposalId: row.id, endpoint: row.endpoint },
        { institutionId: params.institutionId },
      );
    }),
  },
  schedules: {
    /** A proposal that nobody decided ends by itself: what it asked for may no longer be what anybody wants. */
    "proposals:expire": {
      everyMinutes: 30,
      run: async (now) => {
        for (const due of await parts.database.asSystem(({ db }) => store.overdue(db, now)))
          await parts.act({ kind: "system", name: "proposals" }, async ({ db, connection, emit, now: at, enter }) => {
            enter({ institution: due.institution_id });
            const row = await store.lockProposal(connection, due.institution_id, due.id);
            if (row?.state !== "open") return;
            await store.close(db, due.id, "expired", { by: null, at, note: null });
            emit(
              "proposals.proposal.expired",
              { proposalId: due.id, endpoint: due.endpoint },
              { institutionId: due.institution_id },
            );
          });
      },
    } satisfies Schedule,
  },
});
