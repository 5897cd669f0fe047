import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A PostgreSQL of the bench's own, in a temporary folder: plainly tuned, with fsync, and gone afterwards. */
export type Cluster = { url: string; port: number; bin: string; version: string; stop(): Promise<void> };

export const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const server = createServer();
    server.on("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? done(address.port) : failed(new Error("no port"))));
    });
  });

const findBin = (): string => {
  const given = process.env["PG_BIN"];
  if (given) return given;
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  for (const version of versions)
    if (existsSync(join(debian, version, "bin/pgbench"))) return join(debian, version, "bin");
  for (const folder of (process.env["PATH"] ?? "").split(":"))
    if (existsSync(join(folder, "initdb")) && existsSync(join(folder, "pgbench"))) return folder;
  throw new Error("PostgreSQL with pgbench was not found: install it, or set PG_BIN to the folder of its programs.");
};

/** PostgreSQL refuses to run as root: then it runs as the user `postgres`. */
const root = process.getuid?.() === 0;
const asOwner = (command: string, args: readonly string[]): [string, string[]] =>
  root ? ["runuser", ["-u", "postgres", "--", command, ...args]] : [command, [...args]];

const SETTINGS = {
  fsync: "on",
  synchronous_commit: "on",
  shared_buffers: "512MB",
  work_mem: "16MB",
  maintenance_work_mem: "256MB",
  max_wal_size: "8GB",
  checkpoint_timeout: "30min",
  random_page_cost: "1.1",
  effective_cache_size: "2GB",
  max_connections: "80",
  listen_addresses: "127.0.0.1",
};

export const startCluster = async (): Promise<Cluster> => {
  const bin = findBin();
  const folder = mkdtempSync(join(tmpdir(), "area-bench-"));
  if (root) {
    chmodSync(folder, 0o755);
    execFileSync("chown", ["postgres", folder]);
  }
  const data = join(folder, "data");
  const run = (program: string, args: readonly string[]) => {
    const [command, words] = asOwner(join(bin, program), args);
    return execFileSync(command, words, { cwd: "/", stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
  };
  run("initdb", ["-D", data, "-U", "area", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]);
  const port = await freePort();
  const [command, words] = asOwner(join(bin, "postgres"), [
    ...["-D", data, "-p", String(port), "-k", folder],
    ...Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ]);
  const child: ChildProcess = spawn(command, words, { cwd: "/", stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said = (said + String(chunk)).slice(-4000);
  });
  for (let i = 0; ; i++) {
    try {
      run("pg_isready", ["-h", "127.0.0.1", "-p", String(port)]);
      break;
    } catch {
      if (i > 100 || child.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${said}`);
      await new Promise((r) => setTimeout(r, 100));
    }
  }
  run("createdb", ["-h", "127.0.0.1", "-p", String(port), "-U", "area", "area"]);
  return {
    url: `postgres://area@127.0.0.1:${port}/area`,
    port,
    bin,
    version: /\d+(\.\d+)?/.exec(run("postgres", ["--version"]))?.[0] ?? "?",
    stop: async () => {
      try {
        run("pg_ctl", ["-D", data, "stop", "-m", "immediate", "-w"]);
      } catch {
        child.kill("SIGTERM");
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
