import type pg from "pg";
import { postgresEngine } from "../../../server/src/platform/database/postgres.ts";
import { database } from "../../../server/src/platform/database/transaction.ts";
import { queue } from "../../../server/src/reviews/store.ts";
import { exponentOf, type Measured, median, round, type World } from "../measure.ts";
import { stages, withClient } from "../seed.ts";

const WAITING = Number(process.env["BENCH_WAITING"] ?? 100_000);
const TIMES = 40;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

/** Requests that wait for a decision, numbers `from` to `to`, on two products. */
const seed = (client: pg.Client, from: number, to: number) =>
  client.query(
    `with of as (select (select array_agg(id) from (select id from institutions order by id limit 4999) i) as institutions,
       (select array_agg(id) from (select id from persons order by id limit 30000) p) as persons)
     insert into onboardings (id, institution_id, product_id, product_version, kind, origin, state, workflow, requested_by, submitted_at,
       review_queued_at, review_due_at, institution_data, billing, geographic_areas)
     select gen_random_uuid(), of.institutions[1 + n % 4999], case when n % 10 = 0 then 'io' else 'pagopa' end, 1,
       case when n % 50 = 0 then 'PSP' else 'GPU' end, 'declared', 'to-be-reviewed', 'review', of.persons[1 + n % 30000], now(), now(),
       now() + make_interval(secs => n), jsonb_build_object('name', 'Operatore Esempio numero ' || n, 'taxCode', lpad(n::text, 11, '0')), '{}', '[]'
     from of, generate_series($1::int, $2::int) n`,
    [from, to],
  );

/** A page of the review queue, the first and one in the middle, as the queue grows; and the search, which looks at every row. */
export const reviewQueue = (world: World): Promise<Measured> =>
  withClient(world.cluster.url, async (client) => {
    await client.query("set session_replication_role = replica");
    const engine = postgresEngine(world.cluster.url, { pool: 1, log: silent });
    const db = database(engine);
    const points: { size: number; seconds: number }[] = [];
    const timed = async (more: Partial<Parameters<typeof queue>[1]>) => {
      const taken: number[] = [];
      for (let n = 0; n < TIMES; n++)
        await db.transaction({ purpose: "review" }, async ({ connection }) => {
          await connection.query("select 1");
          const began = performance.now();
          const rows = await queue(connection, {
            view: "waiting",
            products: ["pagopa", "io", "send", "check-iban", "guarantees"],
            kind: null,
            dueBefore: null,
            queuedBefore: null,
            reviewer: null,
            search: null,
            after: null,
            limit: 21,
            ...more,
          });
          taken.push(performance.now() - began);
          if (!rows.length && !more.search) throw new Error("the queue is empty");
        });
      return median(taken);
    };
    try {
      let seeded = 0;
      let [first, middle, search] = [0, 0, 0];
      for (const share of stages) {
        const to = Math.round(WAITING * share);
        await seed(client, seeded + 1, to);
        seeded = to;
        await client.query("vacuum analyze onboardings");
        const at = (
          await client.query<{ at: Date; id: string }>(
            "select review_due_at as at, id from onboardings where state = 'to-be-reviewed' order by review_due_at, id offset $1 limit 1",
            [Math.floor(to / 2)],
          )
        ).rows[0]!;
        first = await timed({});
        middle = await timed({ after: { at: at.at.toISOString(), id: at.id } });
        search = await timed({ search: "nessuno si chiama così" });
        points.push({ size: to, seconds: middle / 1000 });
      }
      return {
        measure: "review-queue",
        value: round(middle),
        unit: "ms",
        exponent: round(exponentOf(points)),
        conditions: `a page of 20 in the middle of ${seeded} waiting requests over five products; the first page ${round(first)} ms; a search that finds nothing ${round(search)} ms; exponent over ${points.map((p) => `${p.size}: ${round(p.seconds * 1000)} ms`).join(", ")}`,
      };
    } finally {
      await db.close();
    }
  });
