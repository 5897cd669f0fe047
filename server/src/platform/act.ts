import { randomUUID } from "node:crypto";
import type { EventPayload, EventType } from "@area/api";
import type { Cipher } from "./cipher.ts";
import type { Database, Scope, Transaction } from "./database/transaction.ts";
import { type AuditActor, type Recorder, recorder, type Subscriptions } from "./record.ts";

/** What the portal does by itself, or a page does outside the API: state, facts and trail in one transaction all the same. */
export type Act = <T>(
  by: AuditActor,
  work: (
    tx: Transaction & Pick<Recorder, "emit" | "audit"> & { now: Date; actAs(actor: AuditActor): void },
  ) => Promise<T>,
  options?: { scope?: Scope; traceId?: string },
) => Promise<T>;

export const acting =
  (parts: { database: Database; cipher: Cipher; subscriptions: Subscriptions; clock: () => Date }): Act =>
  (by, work, { scope = { purpose: "system" } as Scope, traceId = randomUUID() } = {}) =>
    parts.database.transaction(scope, async (tx) => {
      let actor = by;
      const now = parts.clock();
      const facts = recorder({
        actor: () => actor,
        now,
        traceId,
        cipher: parts.cipher,
        subscriptions: parts.subscriptions,
      });
      const answer = await work({
        ...tx,
        now,
        emit: facts.emit,
        audit: facts.audit,
        actAs: (other) => {
          actor = other;
        },
      });
      await facts.flush(tx.connection);
      return answer;
    });

/** A fact that was announced, as a reaction receives it. */
export type Fact<T extends EventType = EventType> = {
  id: number;
  type: T;
  institutionId: string | null;
  payload: EventPayload<T>;
  traceId: string;
  at: Date;
};

/** What a room does when something happened elsewhere. May run more than once: it must find its work done and leave. */
export type Reaction = { on: readonly EventType[]; react(fact: Fact): Promise<void> };
/** Work by the clock. */
export type Schedule = { everyMinutes: number; run(now: Date): Promise<void> };
