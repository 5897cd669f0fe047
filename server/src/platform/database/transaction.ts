import type { StaffPurpose } from "@area/api";
import {
  DefaultQueryExecutor,
  type Driver,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from "kysely";
import type { Connection, Engine } from "./connection.ts";
import type { Tables } from "./tables.ts";

export type Db = Kysely<Tables>;

/** For whom and with what purpose a transaction works: what row-level security compares with. */
export type Scope = {
  institution?: string | null;
  person?: string | null;
  purpose?: "system" | StaffPurpose | null;
  /** Under a mandate, in the place of the institution: for whom one acts, and on which "product/environment". */
  delegator?: string | null;
  mandate?: string | null;
};

export type Transaction = {
  db: Db;
  connection: Connection;
  /** Changes the scope from the next statement on: sent ahead of it, without a round trip of its own. */
  enter(scope: Scope): void;
  /** A statement of ours changed the scope itself (who may, which learns the person): remembered, not sent again. */
  entered(scope: Scope): void;
};

/** How a transaction ends: a read has nothing that a commit could lose, so nobody waits for its answer. */
export type Ending = "commit" | "rollback" | "read";

export type Database = {
  kind: Engine["kind"];
  engine: Engine;
  /** One transaction. What `work` throws, or an `ending` that says so, rolls everything back. */
  transaction<T>(scope: Scope, work: (tx: Transaction) => Promise<T>, ending?: (answer: T) => Ending): Promise<T>;
  /** A transaction of the portal itself: reactions, schedules, imports, mailed links. */
  asSystem<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

const adapter = new PostgresAdapter();
const compiler = new PostgresQueryCompiler();
const driver: Driver = new DummyDriver();
const dialect = {
  createAdapter: () => adapter,
  createDriver: () => driver,
  createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
  createQueryCompiler: () => compiler,
};

/** Kysely on one connection: the builder's statements go out named and in order, inside the transaction that is open. */
const bind = (connection: Connection): Db => {
  const own = {
    executeQuery: async <R>(query: { sql: string; parameters: readonly unknown[] }) => {
      const { rows, affected } = await connection.query<R>(query.sql, query.parameters);
      return { rows, numAffectedRows: BigInt(affected) };
    },
    streamQuery: () => {
      throw new Error("large reads go page by page, by key");
    },
  };
  const executor = new DefaultQueryExecutor(compiler, adapter, { provideConnection: (consumer) => consumer(own) });
  return new Kysely<Tables>({ config: { dialect }, driver, dialect, executor });
};

const SETTINGS =
  "select set_config('app.institution', $1, true), set_config('app.person', $2, true), set_config('app.purpose', $3, true), set_config('app.delegator', $4, true), set_config('app.mandate', $5, true)";

export const database = (engine: Engine): Database => {
  const transaction: Database["transaction"] = (scope, work, ending) =>
    engine.borrow(async (connection) => {
      // Statements sent ahead are not awaited one by one: the first that fails is the error of the transaction.
      let first: { error: unknown } | undefined;
      const ahead = (sql: string, parameters: unknown[] = []) => {
        connection.query(sql, parameters).catch((error: unknown) => {
          first ??= { error };
        });
      };
      let current = scope;
      const entered = (change: Scope) => {
        current = { ...current, ...change };
      };
      const enter = (change: Scope) => {
        entered(change);
        ahead(SETTINGS, [
          current.institution ?? "",
          current.person ?? "",
          current.purpose ?? "",
          current.delegator ?? "",
          current.mandate ?? "",
        ]);
      };
      ahead("begin");
      enter({});
      try {
        const answer = await work({ db: bind(connection), connection, enter, entered });
        const end = ending?.(answer) ?? "commit";
        if (end === "read") connection.endRead();
        else await connection.query(end);
        if (first) throw first.error;
        return answer;
      } catch (error) {
        await connection.query("rollback").catch(() => undefined);
        throw first ? first.error : error;
      }
    });
  return {
    kind: engine.kind,
    engine,
    transaction,
    asSystem: (work) => transaction({ purpose: "system" }, work),
    close: () => engine.close(),
  };
};
