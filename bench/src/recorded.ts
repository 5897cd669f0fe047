import { whoActs } from "../../server/src/delegations/index.ts";
import { whoGrants, whoMay } from "../../server/src/people/index.ts";
import { acting } from "../../server/src/platform/act.ts";
import { cipher } from "../../server/src/platform/cipher.ts";
import { readConfig } from "../../server/src/platform/config.ts";
import type { Engine } from "../../server/src/platform/database/connection.ts";
import { postgresEngine } from "../../server/src/platform/database/postgres.ts";
import { database } from "../../server/src/platform/database/transaction.ts";
import { subscriptionsOf } from "../../server/src/platform/jobs.ts";
import { type Handler, type Invocation, pipeline } from "../../server/src/platform/pipeline.ts";
import type { Parts, Ports } from "../../server/src/ports/index.ts";
import { slices } from "../../server/src/slices.ts";
import { whoIsStaff } from "../../server/src/staff/index.ts";
import { DATA_KEY } from "./server.ts";

/** A statement as the server sent it. */
export type Statement = { sql: string; parameters: readonly unknown[] };
export type Recorded = { statements: Statement[]; result: unknown };

const log = {
  info: () => undefined,
  warn: () => undefined,
  debug: () => undefined,
  error: (facts: object) => void process.stderr.write(`${JSON.stringify(facts)}\n`),
};

/**
 * The server's own pipeline on an engine that writes down every statement: what pgbench sends is what the server sends,
 * word for word, and stays so when the server changes.
 */
export const recorder = (databaseUrl: string) => {
  const real = postgresEngine(databaseUrl, { pool: 1, log });
  let statements: Statement[] = [];
  const engine: Engine = {
    ...real,
    borrow: (work) =>
      real.borrow((connection) =>
        work({
          query: (sql, parameters = []) => {
            statements.push({ sql, parameters });
            return connection.query(sql, parameters);
          },
          endRead: () => {
            statements.push({ sql: "commit", parameters: [] });
            connection.endRead();
          },
        }),
      ),
  };
  const config = readConfig({ DATA_KEY, DATABASE_URL: databaseUrl }, "development");
  const db = database(engine);
  const seal = cipher(config.dataKey);
  const clock = () => new Date();
  let subscribers: ReturnType<typeof subscriptionsOf> = () => [];
  const subscriptions: typeof subscribers = (type) => subscribers(type);
  // The rooms only keep their ports for reactions and pages, none of which is called here.
  const parts: Parts = {
    config,
    cipher: seal,
    database: db,
    log,
    clock,
    ports: {} as Ports,
    act: acting({ database: db, cipher: seal, subscriptions, clock }),
  };
  const rooms = slices(parts);
  subscribers = subscriptionsOf(rooms.reactions);
  const invoke = pipeline({
    database: db,
    whoMay: whoMay(config.session.idleMinutes),
    whoActs: whoActs(config.session.idleMinutes),
    whoIsStaff: whoIsStaff(parts),
    whoGrants,
    cipher: seal,
    subscriptions,
    log,
    clock,
  });
  return {
    record: async (endpoint: Handler["endpoint"], invocation: Partial<Invocation>): Promise<Recorded> => {
      const handler = rooms.handlers.find((h) => h.endpoint === endpoint);
      if (!handler) throw new Error(`no handler for ${endpoint.path}`);
      statements = [];
      const answer = await invoke(handler, { params: {}, query: {}, body: undefined, ...invocation });
      return { statements, result: answer.result };
    },
    close: () => db.close(),
  };
};
export type RequestRecorder = ReturnType<typeof recorder>;
