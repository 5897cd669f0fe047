import { api, differenceOf, STATION_RULES_VERSION } from "@area/api";
import { handle } from "../../platform/pipeline.ts";
import { requireBroker } from "./create-station.ts";
import { allPass, apply, dueAfter, factsOf, judge } from "./review.ts";
import { shown } from "./shown.ts";
import * as store from "./store.ts";

/**
 * A station changes at once where it is rehearsed, and where the rules all pass. Otherwise what is live stays, the change waits
 * beside it, and its version moves all the same: whoever read the one before has not seen it.
 */
export const changeStation = handle(api.pagopa.stations.change, async ({ params, query, body }, context) => {
  const { db, connection, actor, now, version, fail, emit } = context;
  const at = { institutionId: params.institutionId, environment: query.environment };
  await requireBroker(context, at);
  const s = await store.lockStation(db, at, params.stationCode);
  if (!s) return fail("station-unknown");
  if (s.state === "retired") return fail("station-retired");
  if (s.version !== version) return fail("version-stale", { version: s.version });
  const open = await store.openChange(connection, s.id);
  const held = { ...(s.settings as object), description: s.description };
  const wanted = { ...body.settings, description: body.description };
  const difference = differenceOf(held, wanted);
  const asked = open ? differenceOf({ ...open.settings, description: open.description }, wanted) : difference;
  if (asked.length === 0 && open?.state !== "changes-requested") return fail("nothing-to-change");
  const fields = difference.map((d) => d.field);
  const facts = factsOf(s);
  const answer = async () => shown(connection, (await store.stationOf(connection, at, s.code))!);

  // How people call a station is nobody's to review.
  const configures = fields.some((f) => f !== "description");
  if (at.environment === "test" || (!configures && !open)) {
    await store.updateStation(db, s.id, { ...body, by: actor.personId, at: now });
    emit("pagopa.station.changed", { ...facts, fields }, { institutionId: at.institutionId });
    return answer();
  }
  const rules = await judge(context, at, s.id, body.settings);
  const live = allPass(rules);
  const told = { rulesVersion: STATION_RULES_VERSION, rules, by: actor.personId, at: now };
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
    await apply(context, s, body, actor.personId);
    emit("pagopa.station.change-approved", { ...facts, changeId, byRules: true }, { institutionId: at.institutionId });
    emit("pagopa.station.changed", { ...facts, fields }, { institutionId: at.institutionId });
    return answer();
  }
  // Of a station that was never active, what was asked is all there is to see.
  await store.updateStation(db, s.id, { ...(s.state === "pending" ? body : {}), by: actor.personId, at: now });
  emit("pagopa.station.change-proposed", { ...facts, changeId, fields }, { institutionId: at.institutionId });
  return answer();
});
