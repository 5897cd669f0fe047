import { api, differenceOf, STATION_CODE, type StationState } from "@area/api";
import { z } from "zod";
import { keyIn, pageOf } from "../../platform/cursor.ts";
import { handle } from "../../platform/pipeline.ts";
import type { Parts } from "../../ports/index.ts";
import { pattern } from "../registration/index.ts";
import { changeStation } from "./change-station.ts";
import { createStation } from "./create-station.ts";
import { desk } from "./desk.ts";
import { exportStations } from "./export-stations.ts";
import { retireStation, withdrawChange } from "./retire-station.ts";
import { factsOf } from "./review.ts";
import { lineShown, shown } from "./shown.ts";
import * as store from "./store.ts";
import { testConnection } from "./test-connection.ts";

export { propose } from "./change-station.ts";
export { newStation, requireBroker } from "./create-station.ts";
export { factsOf } from "./review.ts";
export { shown as stationShown } from "./shown.ts";
export {
  insertStation,
  knownCodes,
  type LockedStation,
  lastChange,
  lockStation,
  lockStationById,
  type NewStationRow,
  promotedFrom,
  stationById,
  stationOf,
} from "./store.ts";

const Code = z.string().regex(STATION_CODE);
const Version = z.number().int();

/** A kept row as people compare it. */
const comparable = (row: Record<string, unknown> | null): Record<string, unknown> =>
  row
    ? {
        ...(row["settings"] as object),
        ...Object.fromEntries(
          Object.entries((row["operator_settings"] ?? {}) as object).map(([k, v]) => [`operator.${k}`, v]),
        ),
        description: row["description"],
        state: row["state"],
      }
    : {};

export const stations = (parts: Parts) => ({
  desk: desk(parts),
  handlers: {
    list: handle(api.pagopa.stations.list, async ({ params, query }, { connection, actor }) =>
      pageOf(
        await store.stationsOf(
          connection,
          { institutionId: params.institutionId, environment: query.environment },
          {
            state: query.state,
            search: pattern(query.search),
            resources: actor.mandate?.resources ?? null,
            after: keyIn(query.cursor, Code),
            limit: query.limit + 1,
          },
        ),
        query.limit,
        lineShown,
        (r) => r.code,
      ),
    ),
    read: handle(api.pagopa.stations.read, async ({ params, query }, { connection, fail }) => {
      const at = { institutionId: params.institutionId, environment: query.environment };
      const row = await store.stationOf(connection, at, params.stationCode);
      return row ? shown(connection, row) : fail("station-unknown");
    }),
    create: createStation,
    change: changeStation,
    withdrawChange,
    retire: retireStation,
    write: handle(api.pagopa.stations.write, async ({ params, query, body }, context) => {
      const { db, connection, actor, now, fail, emit } = context;
      const at = { institutionId: params.institutionId, environment: query.environment };
      const s = await store.lockStation(db, at, params.stationCode);
      if (!s) return fail("station-unknown");
      const open = await store.openChange(connection, s.id);
      if (!open) return fail("station-change-missing");
      const messageId = await store.insertMessage(db, {
        ...at,
        changeId: open.id,
        personId: actor.personId,
        staffId: null,
        text: body.text,
        at: now,
      });
      await store.setUnanswered(db, open.id, open.unanswered_since ?? now);
      emit(
        "pagopa.station.message-written",
        { ...factsOf(s), changeId: open.id, messageId, from: "broker" },
        { institutionId: at.institutionId },
      );
      return shown(connection, (await store.stationOf(connection, at, s.code))!);
    }),
    history: handle(api.pagopa.stations.history, async ({ params, query }, { connection, fail }) => {
      const at = { institutionId: params.institutionId, environment: query.environment };
      const s = await store.stationOf(connection, at, params.stationCode);
      if (!s) return fail("station-unknown");
      return pageOf(
        await store.versionsOf(connection, s.id, { before: keyIn(query.cursor, Version), limit: query.limit + 1 }),
        query.limit,
        (v) => ({
          version: v.version,
          at: v.at.toISOString(),
          by: v.by,
          state: v.row["state"] as StationState,
          difference: differenceOf(comparable(v.earlier), comparable(v.row)),
        }),
        (v) => v.version,
      );
    }),
    test: testConnection(parts),
    export: exportStations(parts),
  },
});
