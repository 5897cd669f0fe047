import type { EventType } from "@area/api";
import type { Fact, Reaction, Schedule } from "./act.ts";
import type { Database } from "./database/transaction.ts";
import type { Log } from "./log.ts";

/*
 * The outbox at work. Each delivery is claimed under its row's lock (SKIP LOCKED, so that several processes share the work),
 * its reaction runs outside the transaction that holds the claim's bookkeeping, and a failure comes back later, ten times.
 */
const MOST_ATTEMPTS = 10;
const CLAIM_SECONDS = 60;
const pauseAfter = (attempts: number) => Math.min(2 ** attempts * 2, 3600);

export const subscriptionsOf =
  (reactions: Record<string, Reaction>) =>
  (type: EventType): string[] =>
    Object.entries(reactions)
      .filter(([, r]) => r.on.includes(type))
      .map(([name]) => name);

export type Worker = {
  start(): Promise<void>;
  stop(): Promise<void> /** Runs what is due until nothing is; for tests and for one-shot commands. */;
  drain(): Promise<number>;
};

export const worker = (parts: {
  database: Database;
  log: Log;
  clock: () => Date;
  reactions: Record<string, Reaction>;
  schedules: Record<string, Schedule>;
}): Worker => {
  const { database, log, reactions, schedules } = parts;
  let stopped = true;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> | undefined;
  let again = false;
  let unlisten: (() => Promise<void>) | undefined;

  const claim = () =>
    database.asSystem(async ({ connection }) => {
      const due = await connection.query<{
        event_id: number;
        subscriber: string;
        attempts: number;
        type: EventType;
        institution_id: string | null;
        payload: never;
        trace_id: string;
        at: Date;
      }>(
        `with due as (
           select event_id, subscriber from deliveries where state = 'waiting' and next_at <= now() order by event_id limit 10 for update skip locked
         ), claimed as (
           update deliveries d set attempts = attempts + 1, next_at = now() + make_interval(secs => $1) from due where d.event_id = due.event_id and d.subscriber = due.subscriber
           returning d.event_id, d.subscriber, d.attempts
         )
         select c.event_id, c.subscriber, c.attempts, e.type, e.institution_id, e.payload, e.trace_id, e.at from claimed c join events e on e.id = c.event_id order by c.event_id`,
        [CLAIM_SECONDS],
      );
      return due.rows;
    });

  const deliver = async (d: Awaited<ReturnType<typeof claim>>[number]) => {
    const finish = (sql: string, values: unknown[]) =>
      database.asSystem(({ connection }) => connection.query(sql, [d.event_id, d.subscriber, ...values]));
    const reaction = reactions[d.subscriber];
    try {
      if (!reaction) throw new Error(`no reaction is called ${d.subscriber}`);
      const fact: Fact = {
        id: d.event_id,
        type: d.type,
        institutionId: d.institution_id,
        payload: d.payload,
        traceId: d.trace_id,
        at: d.at,
      };
      await reaction.react(fact);
      await finish(
        "update deliveries set state = 'done', done_at = now(), last_error = null where event_id = $1 and subscriber = $2",
        [],
      );
    } catch (error) {
      const text = (error instanceof Error ? error.message : String(error)).slice(0, 500);
      const dead = d.attempts >= MOST_ATTEMPTS;
      log[dead ? "error" : "warn"](
        {
          subscriber: d.subscriber,
          event: d.type,
          eventId: d.event_id,
          attempts: d.attempts,
          traceId: d.trace_id,
          error: text,
          stack: error instanceof Error ? error.stack : undefined,
        },
        dead ? "a reaction is given up" : "a reaction failed, will be repeated",
      );
      await finish(
        "update deliveries set state = $3, next_at = now() + make_interval(secs => $4), last_error = $5 where event_id = $1 and subscriber = $2",
        [dead ? "dead" : "waiting", pauseAfter(d.attempts), text],
      ).catch(() => undefined);
    }
  };

  /** A tick comes a little early as often as a little late: without slack, what is due each minute would run every second one. */
  const runSchedules = async () => {
    for (const [name, schedule] of Object.entries(schedules)) {
      const mine = await database.asSystem(({ connection }) =>
        connection.query(
          `insert into schedules as s (name, next_at, last_at) values ($1, now() + make_interval(mins => $2), now())
           on conflict (name) do update set next_at = now() + make_interval(mins => $2), last_at = now() where s.next_at <= now() + interval '5 seconds'`,
          [name, schedule.everyMinutes],
        ),
      );
      if (mine.affected === 0) continue;
      try {
        await schedule.run(parts.clock());
      } catch (error) {
        log.error(
          { schedule: name, error: error instanceof Error ? error.message : String(error) },
          "scheduled work failed",
        );
      }
    }
  };

  const drain = async (): Promise<number> => {
    let done = 0;
    for (;;) {
      const due = await claim();
      if (due.length === 0) return done;
      for (const d of due) await deliver(d);
      done += due.length;
    }
  };
  const turn = () => {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = drain()
      .catch((error: unknown) => {
        log.warn({ error: error instanceof Error ? error.message : String(error) }, "the outbox could not be read");
        return 0;
      })
      .finally(() => {
        running = undefined;
        if (again && !stopped) {
          again = false;
          turn();
        }
      });
  };
  return {
    start: async () => {
      stopped = false;
      unlisten = await database.engine.listen("ar_deliveries", turn).catch((error: unknown) => {
        log.warn({ error: String(error) }, "not listening for events: looking every five seconds");
        return undefined;
      });
      let ticks = 0;
      timer = setInterval(() => {
        turn();
        if (ticks++ % 12 === 0)
          void runSchedules().catch((error: unknown) =>
            log.warn({ error: String(error) }, "schedules could not be read"),
          );
      }, 5_000);
      timer.unref();
      turn();
    },
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
      await unlisten?.().catch(() => undefined);
    },
    drain,
  };
};
