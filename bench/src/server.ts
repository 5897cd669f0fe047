import { type ChildProcess, fork, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./cluster.ts";
import type { Job, Load } from "./loader.ts";

export const root = join(fileURLToPath(import.meta.url), "../../..");
export const CLIENTS = 8;

/** Any 32 bytes: the bench's own rows are sealed with it, and thrown away. */
export const DATA_KEY = Buffer.alloc(32, 7).toString("base64");

export type Server = { port: number; url: string; peakMb(): number; stop(): Promise<void> };

const resident = (pid: number, field: "VmHWM" | "VmRSS"): number => {
  try {
    return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

const environment = (databaseUrl: string, dataDir: string, port: number) => ({
  PATH: process.env["PATH"] ?? "",
  HOME: process.env["HOME"] ?? "/",
  NODE_ENV: "production",
  DATABASE_URL: databaseUrl,
  DATA_DIR: dataDir,
  DATA_KEY,
  PORT: String(port),
  HOST: "127.0.0.1",
  PUBLIC_URL: `http://localhost:${port}`,
  LOG_LEVEL: "error",
  REQUEST_RATE_LIMIT: "100000000",
});
const program = join(root, "server/dist/area-server.js");

export const migrateDatabase = (databaseUrl: string): Promise<void> =>
  new Promise((done, failed) => {
    const dataDir = mkdtempSync(join(tmpdir(), "area-bench-migrate-"));
    const child = spawn(process.execPath, [program, "migrate", "--development"], {
      env: environment(databaseUrl, dataDir, 0),
      stdio: ["ignore", "ignore", "inherit"],
    });
    child.on("exit", (code) => {
      rmSync(dataDir, { recursive: true, force: true });
      if (code === 0) done();
      else failed(new Error(`migrate ended with code ${code}`));
    });
  });

/** The built server, in development mode, without helpers. */
export const startServer = async (
  databaseUrl: string,
  options: { nodeArgs?: string[]; flags?: string[] } = {},
): Promise<Server> => {
  const dataDir = mkdtempSync(join(tmpdir(), "area-bench-server-"));
  const port = await freePort();
  const profile = process.env["BENCH_CPU_PROFILE"];
  const child = spawn(
    process.execPath,
    [
      "--enable-source-maps",
      ...(profile ? ["--cpu-prof", `--cpu-prof-dir=${profile}`] : []),
      ...(options.nodeArgs ?? []),
      program,
      "serve",
      "--development",
      ...(options.flags ?? []),
    ],
    { env: environment(databaseUrl, dataDir, port), stdio: ["ignore", "pipe", "inherit"] },
  );
  await new Promise<void>((ready, failed) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += String(chunk);
      if (text.includes('"ready":true')) ready();
    });
    child.on("exit", (code) => failed(new Error(`the server ended with code ${code}`)));
  });
  const idle = resident(child.pid!, "VmRSS");
  return {
    port,
    url: `http://localhost:${port}`,
    peakMb: () => Math.max(0, resident(child.pid!, "VmHWM") - idle),
    stop: async () => {
      await ended(child);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.once("exit", () => done());
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), 8000).unref();
  });

export type Loader = {
  /** Keeps requests under a name; `load` sends them in turn. */
  prepare(name: string, requests: readonly string[]): void;
  load(server: Server, name: string, seconds: number, options?: { once?: boolean; clients?: number }): Promise<Load>;
  stop(): Promise<void>;
};

export const startLoader = (): Loader => {
  const folder = mkdtempSync(join(tmpdir(), "area-bench-load-"));
  mkdirSync(folder, { recursive: true });
  const child = fork(join(root, "bench/src/loader.ts"), {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const fileOf = (name: string) => join(folder, `${name}.json`);
  return {
    prepare: (name, requests) => writeFileSync(fileOf(name), JSON.stringify(requests)),
    load: (server, name, seconds, { once = false, clients = CLIENTS } = {}) =>
      new Promise((done, failed) => {
        child.once("message", (answer) => {
          const load = answer as Load;
          if (load.wrong > 0)
            failed(new Error(`${load.wrong} of ${load.served} answers were not 200:\n${load.firstWrong}`));
          else done(load);
        });
        child.send({ port: server.port, file: fileOf(name), once, clients, seconds } satisfies Job);
      }),
    stop: async () => {
      child.disconnect();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** The bytes of a request, with the headers that a browser sends. */
export const requestText = (
  server: Server,
  ask: { method: "GET" | "POST"; path: string; cookie: string; body?: unknown; headers?: Record<string, string> },
): string => {
  const body = ask.body === undefined ? "" : JSON.stringify(ask.body);
  const lines = [
    `${ask.method} ${ask.path} HTTP/1.1`,
    `host: localhost:${server.port}`,
    "accept: application/json",
    "accept-encoding: gzip, deflate, br",
    "accept-language: it",
    "user-agent: bench",
    `cookie: ar_session=${ask.cookie}`,
    ...(ask.method === "POST"
      ? [
          `origin: ${server.url}`,
          "sec-fetch-site: same-origin",
          "content-type: application/json",
          `content-length: ${Buffer.byteLength(body)}`,
        ]
      : []),
    ...Object.entries(ask.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
  ];
  return `${lines.join("\r\n")}\r\n\r\n${body}`;
};
