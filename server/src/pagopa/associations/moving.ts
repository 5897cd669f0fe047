import { type Environment, type EventPayload, environments } from "@area/api";
import { type DelegationMove, latestMoveTo, moveById } from "../../delegations/index.ts";
import type { Reaction } from "../../platform/act.ts";
import type { Transaction } from "../../platform/database/transaction.ts";
import type { Recorder } from "../../platform/record.ts";
import type { Parts } from "../../ports/index.ts";
import { moveIntermediary } from "../registration/index.ts";
import { tell } from "./shown.ts";
import * as store from "./store.ts";

type Tx = Pick<Transaction, "db" | "connection"> & Pick<Recorder, "emit" | "audit"> & { now: Date };

/**
 * An institution that moves from one partner to another keeps its association with the first until one with the second is there
 * and the move is over: what ends does so in the transaction that sees the other active and holds it, so that there is no
 * instant without one. While it moves neither side takes one away. The new association has a code of its own: both receive.
 */
const settle = async (tx: Tx, m: DelegationMove, environment: Environment): Promise<void> => {
  const { db, connection, now } = tx;
  const at = { institutionId: m.institution_id, environment };
  const held = await store.lockWithBrokers(connection, at, [m.from_partner_id, m.to_partner_id]);
  const of = (brokerId: string) => held.filter((a) => a.broker_id === brokerId);
  const [firsts, seconds] = [of(m.from_partner_id), of(m.to_partner_id)];
  const mark = (those: readonly store.AssociationRow[], moving: boolean) =>
    store.setMoving(
      db,
      those.filter((a) => a.moving !== moving).map((a) => a.id),
      moving,
      now,
    );
  const end = async (those: readonly store.AssociationRow[]) => {
    for (const a of those) {
      await store.endAssociation(db, a.id, "ended", { by: null, reason: null, at: now });
      tell(tx, "pagopa.association.ended", a);
    }
  };
  switch (m.state) {
    case "planned":
      return void (await mark(firsts, true));
    case "cut-over":
      await moveIntermediary(connection, at, m.from_partner_id, m.to_partner_id, now);
      return void (await mark([...firsts, ...seconds], true));
    case "completed":
      // The new partner has associated nothing here yet: the first goes on, however long that takes.
      if (seconds.length === 0) return void (await mark(firsts, true));
      await end(firsts);
      return void (await mark(seconds, false));
    case "returned":
      await moveIntermediary(connection, at, m.to_partner_id, m.from_partner_id, now);
      if (firsts.length > 0) await end(seconds);
      else await mark(seconds, false);
      return void (await mark(firsts, false));
  }
};

export const movingReactions = (parts: Parts): Record<string, Reaction> => ({
  "associations:move": {
    on: [
      "delegations.move.planned",
      "delegations.move.cut-over",
      "delegations.move.completed",
      "delegations.move.returned",
      "pagopa.association.made",
    ],
    react: async (fact) =>
      parts.act(
        { kind: "system", name: "associations" },
        async (tx) => {
          // What the move is now decides, not the fact: news that come late or twice change nothing.
          const m =
            fact.type === "pagopa.association.made"
              ? await latestMoveTo(
                  tx.connection,
                  (fact.payload as EventPayload<"pagopa.association.made">).creditorInstitutionId,
                  (fact.payload as EventPayload<"pagopa.association.made">).brokerId,
                )
              : await moveById(tx.connection, (fact.payload as EventPayload<"delegations.move.completed">).moveId);
          if (m?.product_id !== "pagopa") return;
          tx.enter({ purpose: "system" });
          for (const environment of environments) await settle(tx, m, environment);
        },
        { traceId: fact.traceId },
      ),
  },
});
