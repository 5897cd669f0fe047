import { api, type ProbeLine, type StationEndpoint, type StationSettings } from "@area/api";
import { handle } from "../../platform/pipeline.ts";
import type { Parts } from "../../ports/index.ts";
import { factsOf, settleByRules } from "./review.ts";
import * as store from "./store.ts";

/** So many tests in so many minutes, for each institution: who mends a server tries often, who scans a network oftener. */
const MOST = 30;
const MINUTES = 10;
/** And so many at once, in this process. */
const AT_ONCE = 3;

const urlOf = (s: StationSettings, endpoint: StationEndpoint): string | null =>
  ({ notice: s.noticeUrl, receipt: s.receiptUrl, redirect: s.redirectUrl, rest: s.restUrl })[endpoint];

const verdict = (steps: readonly ProbeLine[]) =>
  steps.some((s) => s.outcome === "failed")
    ? ("failed" as const)
    : steps.some((s) => s.outcome === "warning")
      ? ("warning" as const)
      : ("passed" as const);

/** Tries an address of one's own station from outside, step by step; a change that only waited for that goes on by itself. */
export const testConnection = (parts: Parts) => {
  const running = new Map<string, number>();
  return handle(api.pagopa.stations.test, {
    prepare: async ({ params, query, body }, { read, now, fail, dryRun }) => {
      const at = { institutionId: params.institutionId, environment: query.environment };
      const found = await read({ institution: at.institutionId }, async ({ connection }) => {
        const station = await store.stationOf(connection, at, params.stationCode);
        if (!station) return null;
        const change = body.of === "change" ? await store.lastChange(connection, station.id) : null;
        const recent = await store.testsSince(
          connection,
          at.institutionId,
          new Date(now.getTime() - MINUTES * 60_000),
          MOST,
        );
        const settings =
          change && (change.state === "waiting" || change.state === "changes-requested")
            ? change.settings
            : station.settings;
        return { url: urlOf(settings, body.endpoint), recent };
      });
      if (!found) return fail("station-unknown");
      if (!found.url) return fail("station-without-endpoint");
      const beside = running.get(at.institutionId) ?? 0;
      if (found.recent >= MOST || beside >= AT_ONCE)
        return fail("connection-tests-too-many", { most: MOST, minutes: MINUTES });
      if (dryRun) return { url: found.url, steps: [] };
      running.set(at.institutionId, beside + 1);
      try {
        // Where it is rehearsed a certificate of one's own is tolerated (SANP, connettività), and said.
        const steps = await parts.ports.probe(found.url, { lenientChain: at.environment === "test", now });
        return { url: found.url, steps };
      } finally {
        const left = (running.get(at.institutionId) ?? 1) - 1;
        if (left > 0) running.set(at.institutionId, left);
        else running.delete(at.institutionId);
      }
    },
    run: async ({ params, query, body }, context, { url, steps }) => {
      const { db, connection, actor, now, fail, emit } = context;
      const at = { institutionId: params.institutionId, environment: query.environment };
      const s = await store.lockStation(db, at, params.stationCode);
      if (!s) return fail("station-unknown");
      const outcome = verdict(steps);
      const id = await store.insertTest(db, {
        ...at,
        stationId: s.id,
        endpoint: body.endpoint,
        url,
        outcome,
        steps,
        by: actor.personId,
        at: now,
      });
      emit(
        "pagopa.station.tested",
        { ...factsOf(s), endpoint: body.endpoint, outcome },
        { institutionId: at.institutionId },
      );
      if (at.environment === "production" && outcome === "passed" && !context.dryRun) await settleByRules(context, s);
      return (await store.lastTests(connection, s.id)).find((t) => t.id === id)!;
    },
  });
};
