import { PGlite, types } from "@electric-sql/pglite";
import type { Connection, Engine } from "./connection.ts";

/**
 * PostgreSQL in this process (PGlite). One connection: transactions queue. It makes no fsync, so it survives a killed
 * process and not a power cut; strict mode asks for an acknowledgement.
 */
export const embeddedEngine = async (directory: string | null, seed?: Blob): Promise<Engine> => {
  const db = await PGlite.create({
    ...(directory ? { dataDir: directory } : {}),
    ...(seed ? { loadDataDir: seed } : {}),
    parsers: { [types.INT8]: (text) => Number(text), [types.DATE]: (text) => text },
  });
  let asOwner = true;
  let tail: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = tail.then(work, work);
    tail = turn.catch(() => undefined);
    return turn;
  };
  const connection: Connection = {
    query: async <T>(sql: string, parameters: readonly unknown[] = []) => {
      const result = await db.query<T>(sql, parameters as unknown[]);
      return { rows: result.rows, affected: result.affectedRows ?? result.rows.length };
    },
    endRead: () => {
      connection.query("commit").catch(() => undefined);
    },
  };
  return {
    kind: "embedded",
    borrow: (work) =>
      inTurn(async () => {
        // As the owner PGlite would walk past every row-level policy.
        if (asOwner) {
          await db.exec("set role ar_app");
          asOwner = false;
        }
        return work(connection);
      }),
    script: (sql) =>
      inTurn(async () => {
        asOwner = true;
        const results = await db.exec(`reset role;\n${sql}`).catch(async (error: unknown) => {
          // A transaction that the script opened must not stay half open on the only connection.
          await db.exec("rollback").catch(() => undefined);
          throw error;
        });
        return (results.at(-1)?.rows ?? []) as Record<string, unknown>[];
      }),
    listen: (channel, heard) => db.listen(channel, heard),
    close: () => inTurn(() => db.close()),
  };
};

/** A migrated data directory as one compressed file: a fresh database starts from it in a second instead of six. */
export const dumpEmbedded = async (prepare: (engine: Engine) => Promise<void>): Promise<Blob> => {
  const db = await PGlite.create();
  const refuse = () => Promise.reject(new Error("a seed is made of scripts alone"));
  await prepare({
    kind: "embedded",
    borrow: refuse,
    script: async (sql) => ((await db.exec(sql)).at(-1)?.rows ?? []) as Record<string, unknown>[],
    listen: refuse,
    close: async () => undefined,
  });
  const dump = await db.dumpDataDir("gzip");
  await db.close();
  return dump as Blob;
};
