import { api } from "@area/api";
import { handle } from "../../platform/pipeline.ts";
import { factsOf } from "./review.ts";
import { shown } from "./shown.ts";
import * as store from "./store.ts";

/** A station without institutions goes; a change that waited goes with it. The row, and its code, stay. */
export const retireStation = handle(api.pagopa.stations.retire, async ({ params, query }, context) => {
  const { db, connection, actor, now, fail, emit } = context;
  const at = { institutionId: params.institutionId, environment: query.environment };
  const s = await store.lockStation(db, at, params.stationCode);
  if (!s) return fail("station-unknown");
  if (s.state === "retired") return fail("station-retired");
  if (s.institutions > 0) return fail("station-has-institutions", { institutions: s.institutions });
  const open = await store.openChange(connection, s.id);
  if (open) await store.closeChange(db, open.id, "withdrawn", { by: null, note: null, at: now });
  await store.updateStation(db, s.id, { state: "retired", retiredAt: now, by: actor.personId, at: now });
  emit("pagopa.station.retired", factsOf(s), { institutionId: at.institutionId });
  return shown(connection, (await store.stationOf(connection, at, s.code))!);
});

/** What was asked is taken back: what is live was never touched. */
export const withdrawChange = handle(api.pagopa.stations.withdrawChange, async ({ params, query }, context) => {
  const { db, connection, actor, now, fail, emit } = context;
  const at = { institutionId: params.institutionId, environment: query.environment };
  const s = await store.lockStation(db, at, params.stationCode);
  if (!s) return fail("station-unknown");
  const open = await store.openChange(connection, s.id);
  if (!open) return fail("station-change-missing");
  await store.closeChange(db, open.id, "withdrawn", { by: null, note: null, at: now });
  emit("pagopa.station.change-withdrawn", { ...factsOf(s), changeId: open.id }, { institutionId: at.institutionId });
  await store.updateStation(db, s.id, {
    ...(s.state === "pending" ? { state: "retired", retiredAt: now } : {}),
    by: actor.personId,
    at: now,
  });
  if (s.state === "pending") emit("pagopa.station.retired", factsOf(s), { institutionId: at.institutionId });
});
