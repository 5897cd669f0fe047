import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cluster } from "./cluster.ts";
import type { Statement } from "./recorded.ts";
import { CLIENTS } from "./server.ts";

/** A script of pgbench with the variables that it is given. */
export type Script = { text: string; defines: Record<string, string> };

export const textOf = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString("hex")}`;
  if (Array.isArray(value)) return `{${value.map((v) => JSON.stringify(String(v))).join(",")}}`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

/**
 * Recorded statements as a script: every parameter becomes a variable, which pgbench in prepared mode binds as our driver does.
 * `vary` answers what to write for a value that changes from one transaction to the next.
 */
export const scriptOf = (
  statements: readonly Statement[],
  prefix: string,
  vary: (text: string, statement: number, parameter: number) => string | null = () => null,
): Script => {
  const defines: Record<string, string> = {};
  const lines = statements.map(({ sql, parameters }, s) => {
    const text = sql.replace(/\$(\d+)/g, (_, n: string) => {
      const value = parameters[Number(n) - 1];
      const written = value === null || value === undefined ? "" : textOf(value);
      const varied = vary(written, s, Number(n) - 1);
      if (varied) return varied;
      if (value === null || value === undefined) return "null";
      // pgbench has no empty variables.
      if (written === "") return "''";
      const name = `${prefix}_${s}_${n}`;
      defines[name] = written;
      return `:${name}`;
    });
    return `${text.replace(/\s+/g, " ").trim()};`;
  });
  return { text: `${lines.join("\n")}\n`, defines };
};

/** The variable texts of a recorded transaction, in the order of its statements. */
export const textsIn = (statements: readonly Statement[]): string[] =>
  statements.flatMap(({ parameters }) => parameters.flatMap((p) => (p === null || p === undefined ? [] : [textOf(p)])));

export type Options = {
  defines?: Record<string, string> /** Settings of the session, for statements measured without their transaction. */;
  settings?: Record<string, string>;
};
export type Pgbench = {
  run(scripts: readonly Script[], seconds: number, options?: Options): Promise<number>;
  close(): void;
};

export const pgbench = (cluster: Cluster): Pgbench => {
  const folder = mkdtempSync(join(tmpdir(), "area-bench-pgbench-"));
  mkdirSync(folder, { recursive: true });
  return {
    /** Transactions per second, connections made beforehand. Runs as the server does: the same role, over the same loopback. */
    run: (scripts, seconds, { defines: more = {}, settings = {} } = {}) =>
      new Promise((done, failed) => {
        const files = scripts.map(({ text }, i) => {
          const file = join(folder, `${i}.sql`);
          writeFileSync(file, text);
          return file;
        });
        const defines = Object.entries(
          Object.assign({}, ...scripts.map((s) => s.defines), more) as Record<string, string>,
        );
        const child = spawn(
          join(cluster.bin, "pgbench"),
          [
            ...["-h", "127.0.0.1", "-p", String(cluster.port), "-U", "area", "-n", "-M", "prepared"],
            ...["-c", String(CLIENTS), "-j", "1", "-T", String(Math.max(1, Math.round(seconds)))],
            ...files.flatMap((file) => ["-f", file]),
            ...defines.flatMap(([name, value]) => ["-D", `${name}=${value}`]),
            "area",
          ],
          {
            env: {
              PATH: process.env["PATH"] ?? "",
              PGOPTIONS: ["-c role=ar_app", ...Object.entries(settings).map(([k, v]) => `-c ${k}=${v}`)].join(" "),
            },
          },
        );
        let out = "";
        let wrong = "";
        child.stdout.on("data", (chunk) => {
          out += String(chunk);
        });
        child.stderr.on("data", (chunk) => {
          wrong += String(chunk);
        });
        child.on("exit", (code) => {
          const tps = Number(/^tps = ([\d.]+)/m.exec(out)?.[1]);
          if (code === 0 && tps > 0 && !/aborted/.test(wrong)) done(tps);
          else failed(new Error(`pgbench failed (${code}):\n${wrong.slice(0, 3000)}\n${out.slice(0, 500)}`));
        });
      }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
};
