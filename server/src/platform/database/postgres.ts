import { createHash } from "node:crypto";
import pg from "pg";
import type { Log } from "../log.ts";
import type { Connection, Engine } from "./connection.ts";
import { flights } from "./flight.ts";

const parsers: Record<number, (text: string) => unknown> = { 20: Number, 1082: (text) => text };
const types = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    parsers[oid] ?? pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
};

const names = new Map<string, string>();
/** A statement is named by a digest of its text, so that PostgreSQL plans it once per connection. */
const nameOf = (sql: string): string => {
  let name = names.get(sql);
  if (!name) {
    name = createHash("sha256").update(sql).digest("base64url").slice(0, 24);
    if (names.size < 5000) names.set(sql, name);
  }
  return name;
};

/** A real PostgreSQL, with statements named and sent together. Acts as the role `ar_app`, whoever it logged in as. */
export const postgresEngine = (
  url: string,
  options: { pool: number; log: Log; statementTimeoutMs?: number },
): Engine => {
  const settings = {
    connectionString: url,
    types,
    application_name: "area-riservata",
    statement_timeout: options.statementTimeoutMs ?? 15_000,
    idle_in_transaction_session_timeout: 30_000,
    connectionTimeoutMillis: 5_000,
  };
  const pool = new pg.Pool({
    ...settings,
    max: options.pool,
    options: "-c role=ar_app",
  });
  pool.on("error", (error) => options.log.warn({ error: error.message }, "database connection lost"));
  const owner = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ ...settings, statement_timeout: 0 });
    client.on("error", (error) => options.log.warn({ error: error.message }, "database connection lost"));
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  const asks = new WeakMap<pg.PoolClient, ReturnType<typeof flights>>();
  const askOf = (client: pg.PoolClient) => {
    let ask = asks.get(client);
    if (!ask) {
      ask = flights(client, (oid) => types.getTypeParser(oid));
      asks.set(client, ask);
    }
    return ask;
  };
  // The commits that reads still owe, by connection. A write to a socket is the dearest thing a read does: its commit
  // leaves with the next transaction's begin, or by itself a millisecond later.
  const owed = new Map<pg.PoolClient, NodeJS.Timeout>();
  const settle = (client: pg.PoolClient) => {
    const timer = owed.get(client);
    if (!timer) return;
    clearTimeout(timer);
    owed.delete(client);
    askOf(client)(nameOf("commit"), "commit", []).catch((error: unknown) => {
      options.log.debug({ error: String(error) }, "the end of a read was not heard");
    });
  };
  return {
    kind: "postgres",
    borrow: async (work) => {
      const client = await pool.connect();
      const ask = askOf(client);
      settle(client);
      const connection: Connection = {
        query: async <T>(sql: string, parameters: readonly unknown[] = []) => {
          try {
            return await ask<T>(nameOf(sql), sql, parameters);
          } catch (error) {
            // Where it was asked, instead of where its answer was read.
            if (error instanceof Error) Error.captureStackTrace(error);
            throw error;
          }
        },
        endRead: () => {
          owed.set(client, setTimeout(settle, 1, client));
        },
      };
      try {
        const answer = await work(connection);
        client.release();
        return answer;
      } catch (error) {
        // A broken connection must not return to the pool; a refused statement is fine once rolled back.
        client.release(error instanceof Error && /terminat|ended|timeout exceeded|ECONN/i.test(error.message));
        throw error;
      }
    },
    script: (sql) =>
      owner(async (client) => {
        const result = (await client.query(sql)) as pg.QueryResult | pg.QueryResult[];
        const last = Array.isArray(result) ? result.at(-1) : result;
        return (last?.rows ?? []) as Record<string, unknown>[];
      }),
    listen: async (channel, heard) => {
      const client = new pg.Client(settings);
      client.on("error", (error) => options.log.warn({ error: error.message }, "listening connection lost"));
      client.on("notification", (message) => heard(message.payload ?? ""));
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
      return () => client.end();
    },
    close: () => {
      for (const client of [...owed.keys()]) settle(client);
      return pool.end();
    },
  };
};
