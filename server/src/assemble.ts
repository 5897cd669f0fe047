import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { whoActs } from "./delegations/index.ts";
import { errorPage } from "./pages/index.ts";
import { whoGrants, whoMay } from "./people/index.ts";
import { acting, type Schedule } from "./platform/act.ts";
import { cipher as makeCipher } from "./platform/cipher.ts";
import type { Config } from "./platform/config.ts";
import type { Engine } from "./platform/database/connection.ts";
import { database as makeDatabase } from "./platform/database/transaction.ts";
import { buildSite } from "./platform/http.ts";
import { worker as makeWorker, subscriptionsOf, type Worker } from "./platform/jobs.ts";
import type { Log } from "./platform/log.ts";
import { type Invoke, pipeline } from "./platform/pipeline.ts";
import type { Subscriptions } from "./platform/record.ts";
import type { Parts, Ports } from "./ports/index.ts";
import { slices } from "./slices.ts";
import { whoIsStaff } from "./staff/index.ts";

/** At a stop: what is being answered may end, for so long. */
const ANSWER_SECONDS = 3;

export type Assembled = {
  app: FastifyInstance;
  worker: Worker;
  /** Work by the clock, by name. */
  schedules: Record<string, Schedule>;
  parts: Parts;
  invoke: Invoke;
  close(): Promise<void>;
};

/** Puts the house together around an engine and its ports. `main` and the tests both call it. */
export const assemble = async (given: {
  config: Config;
  engine: Engine;
  ports: Ports;
  log: Log;
  clock?: () => Date;
  root: string;
}): Promise<Assembled> => {
  const { config, engine, ports, log, root } = given;
  const clock = given.clock ?? (() => new Date());
  const cipher = makeCipher(config.dataKey);
  const database = makeDatabase(engine);
  // Rooms emit before the list of reactions is known to the platform: it is looked up when a fact is recorded.
  let subscribers: Subscriptions = () => [];
  const subscriptions: Subscriptions = (type) => subscribers(type);
  const parts: Parts = {
    config,
    cipher,
    database,
    log,
    clock,
    ports,
    act: acting({ database, cipher, subscriptions, clock }),
  };
  const rooms = slices(parts);
  subscribers = subscriptionsOf(rooms.reactions);
  const invoke = pipeline({
    database,
    whoMay: whoMay(config.session.idleMinutes),
    whoActs: whoActs(config.session.idleMinutes),
    whoIsStaff: whoIsStaff(parts),
    whoGrants,
    cipher,
    subscriptions,
    log,
    clock,
  });
  const app = await buildSite({
    config,
    log,
    handlers: rooms.handlers,
    invoke,
    pages: rooms.pages(invoke),
    web: {
      directory: join(root, "web/dist"),
      look: join(root, "look"),
      paths: [
        "/enti",
        "/enti/*",
        "/adesione",
        "/adesione/*",
        "/recupero",
        "/recupero/*",
        "/aiuto",
        "/da-fare",
        "/da-fare/*",
        "/staff/*",
        "/profilo/*",
      ],
    },
    healthy: () =>
      database
        .asSystem(({ connection }) => connection.query("select 1"))
        .then(
          () => true,
          () => false,
        ),
    errorPage: (problem, language, path) => errorPage({ language, path, ...problem }),
  });
  const worker = makeWorker({
    database,
    log,
    clock,
    reactions: rooms.reactions,
    schedules: {
      ...rooms.schedules,
      // Answers to repeated writes are kept a day.
      "platform:sweep": {
        everyMinutes: 60,
        run: async () =>
          void (await database.asSystem(({ connection }) =>
            connection.query("delete from idempotency_keys where at < now() - interval '24 hours'"),
          )),
      },
    },
  });
  return {
    app,
    worker,
    schedules: rooms.schedules,
    parts,
    invoke,
    close: async () => {
      await worker.stop();
      // A browser opens connections ahead of need. Node counts one that never sent a byte as busy and would wait a minute for it.
      const cut = setTimeout(() => app.server.closeAllConnections(), ANSWER_SECONDS * 1000);
      await app.close().finally(() => clearTimeout(cut));
      ports.staffProvider?.stop();
      ports.mail.close();
      await ports.signatures.close();
      await database.close();
    },
  };
};

/** The catalogue that ships with this version: products and the texts of their agreements. Published once, never changed. */
export const referenceData = (root: string) => ({
  products: JSON.parse(readFileSync(join(root, "server/src/products/catalogue.json"), "utf8")) as {
    id: string;
    position: number;
    version: number;
    configuration: unknown;
  }[],
  templates: readdirSync(join(root, "server/src/agreements/templates"))
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(root, "server/src/agreements/templates", name), "utf8")) as unknown),
});
