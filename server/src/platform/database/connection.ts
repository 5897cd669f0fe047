/** What a transaction runs on, embedded or real: statements in order, each answered. */
export type Rows<T> = { rows: T[]; affected: number };
export type Connection = {
  /** Sends now, without waiting for those before: the order is kept. */
  query<T = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Rows<T>>;
  /** The end of a read, which nobody waits for: it may travel with whatever this connection sends next, or leave within a moment. */
  endRead(): void;
};

/** A pool of connections, or the one embedded. */
export type Engine = {
  kind: "embedded" | "postgres";
  /** Lends a connection for one transaction; whoever borrowed it ends the transaction. */
  borrow<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** Runs commented SQL of several statements as the owner, for migrations; answers the rows of the last. */
  script(sql: string): Promise<Record<string, unknown>[]>;
  /** Listens to a channel; answers a function that stops. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
};

export const isUniqueViolation = (error: unknown, constraint?: string): boolean =>
  typeof error === "object" &&
  error !== null &&
  "code" in error &&
  error.code === "23505" &&
  (!constraint || ("constraint" in error && error.constraint === constraint));
