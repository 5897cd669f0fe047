import { api, differenceOf, STATION_RULES_VERSION, type StationSettings } from "@area/api";
import { handle } from "../../platform/pipeline.ts";
import { requireBroker } from "./create-station.ts";
import { allPass, apply, dueAfter, factsOf, judge, type Tx } from "./review.ts";
import { shown } from "./shown.ts";
import * as store from "./store.ts";

/**
 * A station changes at once where it is rehearsed, and where the rules all pass. Otherwise what is live stays, the change waits
 * beside it, and its version moves all the same: whoever read the one before has not seen it. False: there is nothing to change.
 */
export const propose = async (
  tx: Tx,
  at: store.At,
  s: store.LockedStation,
  body: { description: string; settings: StationSettings },
  by: string,
): Promise<boolean> => {
  const { db, connection, now, emit } = tx;
  const open = await store.openChange(connection, s.id);
  const held = { ...(s.settings as object), description: s.description };
  const wanted = { ...body.settings, description: body.description };
  const difference = differenceOf(held, wanted);
  const asked = open ? differenceOf({ ...open.settings, description: open.description }, wanted) : difference;
  if (asked.length === 0 && open?.state !== "changes-requested") return false;
  const fields = difference.map((d) => d.field);
  const facts = factsOf(s);
  const to = { institutionId: at.institutionId };

  // How people call a station is nobody's to review.
  const configures = fields.some((f) => f !== "description");
  if (at.environment === "test" || (!configures && !open)) {
    await store.updateStation(db, s.id, { ...body, by, at: now });
    emit("pagopa.station.changed", { ...facts, fields }, to);
    return true;
  }
  const rules = await judge(tx, at, s.id, body.settings);
  const live = allPass(rules);
  const told = { rulesVersion: STATION_RULES_VERSION, rules, by, at: now };
  const changeId =
    open?.id ??
    (await store.insertChange(db, {
      ...at,
      ...told,
      stationId: s.id,
      kind: "update",
      description: body.description,
      settings: body.settings,
      before: { description: s.description, settings: s.settings as never },
      state: live ? "approved" : "waiting",
      dueAt: live ? null : dueAfter(now),
    }));
  if (open) await store.resendChange(db, open.id, { ...told, ...body, dueAt: dueAfter(now) });
  if (live) {
    if (open) await store.closeChange(db, open.id, "approved", { by: null, note: null, at: now });
    await apply(tx, s, body, by);
    emit("pagopa.station.change-approved", { ...facts, changeId, byRules: true }, to);
    emit("pagopa.station.changed", { ...facts, fields }, to);
    return true;
  }
  // Of a station that was never active, what was asked is all there is to see.
  await store.updateStation(db, s.id, { ...(s.state === "pending" ? body : {}), by, at: now });
  emit("pagopa.station.change-proposed", { ...facts, changeId, fields }, to);
  return true;
};

export const changeStation = handle(api.pagopa.stations.change, async ({ params, query, body }, context) => {
  const { db, connection, actor, version, fail } = context;
  const at = { institutionId: params.institutionId, environment: query.environment };
  await requireBroker(context, at);
  const s = await store.lockStation(db, at, params.stationCode);
  if (!s) return fail("station-unknown");
  if (s.state === "retired") return fail("station-retired");
  if (s.version !== version) return fail("version-stale", { version: s.version });
  if (!(await propose(context, at, s, body, actor.personId))) return fail("nothing-to-change");
  return shown(connection, (await store.stationOf(connection, at, s.code))!);
});
