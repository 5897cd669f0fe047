import type pg from "pg";
import { prepareValue } from "pg/lib/utils.js";
import type { Rows } from "./connection.ts";

/*
 * Statements that are asked for in one turn of the event loop leave in one write, closed by one Sync, and are answered in one:
 * begin, settings, permission and work cost one round trip, and PostgreSQL one turn of its own. The driver would close each by a
 * Sync of its own, at which PostgreSQL writes. While a flight is in the air the next one gathers.
 */

/** What we use of the driver's connection: the messages of the extended protocol, in words of theirs. */
type Wire = {
  stream: { cork(): void; uncork(): void };
  close(message: { type: "S"; name: string }): void;
  parse(message: { name: string; text: string }): void;
  bind(message: { statement: string; values: readonly unknown[] }): void;
  describe(message: { type: "P"; name: string }): void;
  execute(message: { portal: string }): void;
  sync(): void;
  sendCopyFail(why: string): void;
};
type Field = { name: string; dataTypeID: number };
/** How a row of a statement is read; null for what answers no rows. */
type Shape = { names: string[]; parse: ((text: string) => unknown)[] } | null;
type Statement = {
  name: string;
  sql: string;
  values: readonly unknown[];
  rows: unknown[];
  done: (answer: Rows<unknown>) => void;
  failed: (error: unknown) => void;
};
export type ParserOf = (oid: number) => (text: string) => unknown;

const affectedIn = (tag: string): number => Number(/ (\d+)$/.exec(tag)?.[1] ?? 0);

export const flights = (client: pg.PoolClient, parserOf: ParserOf) => {
  const { connection } = client as unknown as { connection: Wire };
  /** What this connection has prepared, by name. A name that an error made doubtful is forgotten, and closed before it is prepared again. */
  const prepared = new Map<string, Shape>();
  const queue: Statement[] = [];
  let flying = false;
  let called = false;

  const call = () => {
    if (called || flying) return;
    called = true;
    process.nextTick(() => {
      called = false;
      depart();
    });
  };
  const depart = () => {
    if (flying || queue.length === 0) return;
    // What fails takes with it all that flies behind it: a rollback waits for the next flight.
    const end = queue.findIndex(({ sql }, i) => i > 0 && sql === "rollback");
    flying = true;
    client.query(flightOf(queue.splice(0, end < 0 ? queue.length : end)) as unknown as pg.Submittable);
  };
  const land = () => {
    flying = false;
    if (queue.length) call();
  };

  const flightOf = (statements: Statement[]) => {
    let at = 0;
    let shape: Shape | undefined;
    const next = (answer: Rows<unknown>) => {
      const statement = statements[at++]!;
      if (!prepared.has(statement.name)) prepared.set(statement.name, null);
      shape = undefined;
      statement.done(answer);
    };
    return {
      submit: () => {
        const sent = new Set<string>();
        connection.stream.cork();
        for (const { name, sql, values } of statements) {
          const known = prepared.has(name);
          if (!known && !sent.has(name)) {
            connection.close({ type: "S", name });
            connection.parse({ name, text: sql });
            sent.add(name);
          }
          connection.bind({ statement: name, values });
          if (!known) connection.describe({ type: "P", name: "" });
          connection.execute({ portal: "" });
        }
        connection.sync();
        connection.stream.uncork();
        return null;
      },
      handleRowDescription: ({ fields }: { fields: Field[] }) => {
        shape = { names: fields.map((f) => f.name), parse: fields.map((f) => parserOf(f.dataTypeID)) };
        prepared.set(statements[at]!.name, shape);
      },
      handleDataRow: ({ fields }: { fields: (string | null)[] }) => {
        const { name, rows } = statements[at]!;
        shape ??= prepared.get(name) ?? null;
        if (!shape) return;
        const row: Record<string, unknown> = {};
        for (let i = 0; i < fields.length; i++) {
          const text = fields[i]!;
          row[shape.names[i]!] = text === null ? null : shape.parse[i]!(text);
        }
        rows.push(row);
      },
      handleCommandComplete: ({ text }: { text: string }) =>
        next({ rows: statements[at]!.rows, affected: affectedIn(text) }),
      handleEmptyQuery: () => next({ rows: [], affected: 0 }),
      handlePortalSuspended: () => undefined,
      handleCopyInResponse: () => connection.sendCopyFail("no copying here"),
      handleCopyData: () => undefined,
      handleError: (error: unknown) => {
        for (const { name, failed } of statements.slice(at)) {
          prepared.delete(name);
          failed(error);
        }
        at = statements.length;
        land();
      },
      handleReadyForQuery: land,
    };
  };

  return <T>(name: string, sql: string, parameters: readonly unknown[]): Promise<Rows<T>> =>
    new Promise((done, failed) => {
      queue.push({
        name,
        sql,
        values: parameters.map((p) => prepareValue(p)),
        rows: [],
        done: done as (answer: Rows<unknown>) => void,
        failed,
      });
      call();
    });
};
