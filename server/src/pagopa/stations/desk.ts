import {
  api,
  connectionKindOf,
  differenceOf,
  OperatorSettings,
  Problem,
  type StaffPermission,
  type StationReview,
  type StationReviewLine,
  staffMay,
} from "@area/api";
import { AtAndId, keyIn, pageOf } from "../../platform/cursor.ts";
import type { Connection } from "../../platform/database/connection.ts";
import type { Scope } from "../../platform/database/transaction.ts";
import { handle, type StaffActor } from "../../platform/pipeline.ts";
import type { Parts } from "../../ports/index.ts";
import { apply, factsOf } from "./review.ts";
import { changeShown, operatorFor } from "./shown.ts";
import * as store from "./store.ts";

const requireProduct = (actor: StaffActor, permission: StaffPermission): void => {
  if (!staffMay(actor.holdings, permission, "pagopa"))
    throw new Problem("permission-missing", { permission, staff: true });
};

const lineOf = (r: store.QueueRow): StationReviewLine => ({
  id: r.id,
  station: { code: r.code, description: r.station_description },
  broker: { id: r.institution_id, name: r.broker_name, taxCode: r.broker_tax_code },
  kind: r.kind,
  state: r.state,
  round: r.round,
  failing: r.rules.filter((one) => !one.passes).length,
  proposedAt: r.proposed_at.toISOString(),
  dueAt: r.state === "waiting" ? (r.due_at?.toISOString() ?? null) : null,
  unansweredSince: r.unanswered_since?.toISOString() ?? null,
  decidedAt: r.decided_at?.toISOString() ?? null,
});

/** The change named, with the institution entered: from here on the staff read as it, and it can see that they did. */
const entered = async (
  context: { connection: Connection; actor: StaffActor; enter(scope: Scope): void },
  changeId: string,
  permission: StaffPermission,
  how: "read" | "lock",
): Promise<store.ChangeRow> => {
  const { connection, actor, enter } = context;
  requireProduct(actor, permission);
  const found = await store.changeById(connection, changeId);
  if (!found) throw new Problem("station-change-unknown");
  enter({ institution: found.institution_id });
  return how === "lock" ? (await store.changeById(connection, changeId, true))! : found;
};

const reviewShown = async (connection: Connection, changeId: string): Promise<StationReview> => {
  const c = (await store.changeById(connection, changeId))!;
  const s = (await store.stationById(connection, c.station_id))!;
  const live = operatorFor(s, s.operator_settings);
  const suggested = operatorFor(
    c,
    connectionKindOf(c.settings) === connectionKindOf(s.settings) ? s.operator_settings : {},
  );
  return {
    ...lineOf({
      ...c,
      code: s.code,
      station_description: s.description,
      broker_name: s.broker_name,
      broker_tax_code: s.broker_tax_code,
    }),
    change: await changeShown(connection, c),
    live: {
      settings: s.settings,
      operator: live,
      state: s.state,
      connectionKind: connectionKindOf(s.settings),
      institutions: s.institutions,
      tests: await store.lastTests(connection, s.id),
    },
    operatorDifference: differenceOf(live, suggested),
    suggestedOperator: suggested,
  };
};

/** The staff's desk for stations: what the rules leave to a person. */
export const desk = (_parts: Parts) => ({
  list: handle(api.pagopa.stationReviews.list, async ({ query }, { connection, actor }) => {
    requireProduct(actor, "staff:stations:read");
    const rows = await store.queue(connection, {
      view: query.view,
      after: keyIn(query.cursor, AtAndId),
      limit: query.limit + 1,
    });
    return pageOf(rows, query.limit, lineOf, (r) => ({
      at: (query.view === "waiting" ? r.due_at : r.decided_at)!.toISOString(),
      id: r.id,
    }));
  }),
  read: handle(api.pagopa.stationReviews.read, async ({ params }, context) => {
    const c = await entered(context, params.stationChangeId, "staff:stations:read", "read");
    context.audit(
      "staff.institution.read",
      { path: api.pagopa.stationReviews.read.path },
      { institutionId: c.institution_id },
    );
    return reviewShown(context.connection, c.id);
  }),
  decide: handle(api.pagopa.stationReviews.decide, async ({ params, body }, context) => {
    const { db, connection, actor, now, fail, emit } = context;
    const read = await entered(context, params.stationChangeId, "staff:stations:write", "read");
    // The station first, as everybody who changes it does; then what was asked, as it stands once nobody else holds it.
    const s = (await store.lockStationById(db, read.station_id))!;
    const c = (await store.changeById(connection, read.id, true))!;
    if (c.state !== "waiting") return fail("station-change-decided", { state: c.state });
    if (c.round !== body.round) return fail("station-change-moved-on", { round: c.round });
    const facts = { ...factsOf(s), changeId: c.id };
    const to = { institutionId: c.institution_id };
    await store.closeChange(db, c.id, body.outcome, { by: actor.staffId, note: body.note ?? null, at: now });
    if (body.outcome === "approved") {
      const written = body.operator ?? operatorFor(c, s.operator_settings as Partial<OperatorSettings>);
      const fields = differenceOf(OperatorSettings.parse(s.operator_settings), written).map((d) => d.field);
      await apply(context, s, c, undefined);
      await store.updateStation(db, s.id, { operatorSettings: written, at: now });
      emit("pagopa.station.change-approved", { ...facts, byRules: false }, to);
      if (fields.length > 0) emit("pagopa.station.operator-changed", { ...factsOf(s), fields }, to);
    } else {
      if (body.outcome === "refused" && s.state === "pending")
        await store.updateStation(db, s.id, { state: "retired", retiredAt: now, at: now });
      emit(
        body.outcome === "refused" ? "pagopa.station.change-refused" : "pagopa.station.changes-requested",
        facts,
        to,
      );
    }
    return reviewShown(connection, c.id);
  }),
  write: handle(api.pagopa.stationReviews.write, async ({ params, body }, context) => {
    const { db, connection, actor, now, fail, emit } = context;
    const c = await entered(context, params.stationChangeId, "staff:stations:write", "lock");
    if (c.state !== "waiting" && c.state !== "changes-requested")
      return fail("station-change-decided", { state: c.state });
    const messageId = await store.insertMessage(db, {
      institutionId: c.institution_id,
      environment: c.environment,
      changeId: c.id,
      personId: null,
      staffId: actor.staffId,
      text: body.text,
      at: now,
    });
    await store.setUnanswered(db, c.id, null);
    const s = (await store.stationById(connection, c.station_id))!;
    emit(
      "pagopa.station.message-written",
      { ...factsOf(s), changeId: c.id, messageId, from: "staff" },
      { institutionId: c.institution_id },
    );
    return reviewShown(connection, c.id);
  }),
});
