import {
  judgeStation,
  STATION_REVIEW_HOURS,
  STATION_RULES_VERSION,
  type StationRuleLine,
  type StationSettings,
  TEST_HOLDS_DAYS,
} from "@area/api";
import type { Connection } from "../../platform/database/connection.ts";
import type { Db } from "../../platform/database/transaction.ts";
import type { Recorder } from "../../platform/record.ts";
import { standing } from "../registration/index.ts";
import * as store from "./store.ts";

export type Tx = { db: Db; connection: Connection; now: Date; emit: Recorder["emit"] };

export const factsOf = (s: { id: string; code: string; environment: string }) => ({
  stationId: s.id,
  stationCode: s.code,
  environment: s.environment,
});
export const dueAfter = (now: Date): Date => new Date(now.getTime() + STATION_REVIEW_HOURS * 3_600_000);

/** What the published rules say of these settings, with what is known now. */
export const judge = async (
  { connection, now }: Pick<Tx, "connection" | "now">,
  at: store.At,
  stationId: string | null,
  settings: StationSettings,
): Promise<StationRuleLine[]> =>
  judgeStation(settings, {
    registered: true,
    operationsContact: (await standing(connection, at)).contact,
    tested: stationId
      ? await store.testedSince(connection, stationId, new Date(now.getTime() - TEST_HOLDS_DAYS * 86_400_000))
      : new Set(),
  });
export const allPass = (rules: readonly StationRuleLine[]): boolean => rules.every((r) => r.passes);

/** What was asked becomes what is live. The caller holds the station's lock. */
export const apply = async (
  tx: Tx,
  s: store.LockedStation,
  c: Pick<store.ChangeRow, "settings" | "description">,
  by: string | null | undefined,
): Promise<void> => {
  await store.updateStation(tx.db, s.id, {
    settings: c.settings,
    description: c.description,
    ...(s.state === "pending" ? { state: "active", activatedAt: tx.now } : {}),
    ...(by === undefined ? {} : { by }),
    at: tx.now,
  });
};

/** A change that waits is looked at again by the rules, since a fact they ask for may have come: a test that passed. */
export const settleByRules = async (tx: Tx, s: store.LockedStation): Promise<void> => {
  const open = await store.openChange(tx.connection, s.id);
  if (open?.state !== "waiting") return;
  const at = { institutionId: open.institution_id, environment: open.environment };
  const rules = await judge(tx, at, s.id, open.settings);
  await store.setRules(tx.db, open.id, STATION_RULES_VERSION, rules);
  if (!allPass(rules)) return;
  await apply(tx, s, open, undefined);
  await store.closeChange(tx.db, open.id, "approved", { by: null, note: null, at: tx.now });
  tx.emit(
    "pagopa.station.change-approved",
    { ...factsOf(s), changeId: open.id, byRules: true },
    { institutionId: s.institution_id },
  );
};
