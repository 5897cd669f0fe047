// A PostgreSQL of its own for tests and measures: found or installed, started as a user that is not root, thrown away after.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const isRoot = process.getuid?.() === 0;

const found = () => {
  if (process.env.PG_BIN) return process.env.PG_BIN;
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian)
    ? readdirSync(debian)
        .filter((v) => existsSync(join(debian, v, "bin/initdb")))
        .sort((a, b) => Number(b) - Number(a))
    : [];
  if (versions[0]) return join(debian, versions[0], "bin");
  const onPath = spawnSync("sh", ["-c", "command -v initdb"], { encoding: "utf8" }).stdout.trim();
  return onPath ? join(onPath, "..") : null;
};

/** Debian's packages, when we may; otherwise the one line that would. */
export const installFromDebian = (packages, why) => {
  const line = `apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  if (!isRoot || spawnSync("sh", ["-c", "command -v apt-get"]).status !== 0) {
    console.error(`${why} Install it with:\n  sudo ${line}`);
    process.exit(1);
  }
  console.log(`${why} Installing: ${packages.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-qq"], { stdio: "ignore", env });
  const done = spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], {
    stdio: ["ignore", "ignore", "inherit"],
    env,
  });
  if (done.status !== 0) {
    console.error(`It failed. Try:\n  sudo ${line}`);
    process.exit(1);
  }
};

export const findPostgres = () => {
  let bin = found();
  if (!bin) {
    installFromDebian(["postgresql"], "PostgreSQL is missing.");
    bin = found();
  }
  if (!bin) {
    console.error("PostgreSQL is not where it was looked for: set PG_BIN to the folder that holds initdb.");
    process.exit(1);
  }
  return bin;
};

const freePort = () =>
  new Promise((done, failed) => {
    const s = createServer();
    s.on("error", failed);
    s.listen(0, "127.0.0.1", () => {
      const { port } = s.address();
      s.close(() => done(port));
    });
  });

/** Starts a cluster in a temporary folder. `fast` gives up durability, for tests. */
export const startPostgres = async ({ fast = true, settings = {} } = {}) => {
  const bin = findPostgres();
  const directory = mkdtempSync(join(tmpdir(), "area-pg-"));
  const asUser = isRoot
    ? {
        uid: Number(execFileSync("id", ["-u", "postgres"], { encoding: "utf8" })),
        gid: Number(execFileSync("id", ["-g", "postgres"], { encoding: "utf8" })),
      }
    : {};
  if (isRoot) chownSync(directory, asUser.uid, asUser.gid);
  const data = join(directory, "data");
  const init = spawnSync(
    join(bin, "initdb"),
    ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
    { ...asUser, encoding: "utf8", cwd: directory, env: { ...process.env, HOME: directory } },
  );
  if (init.status !== 0) throw new Error(`initdb failed: ${init.stderr}`);
  const port = await freePort();
  const options = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: directory,
    max_connections: 200,
    shared_buffers: "256MB",
    ...(fast ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off" } : {}),
    ...settings,
  };
  // Its log goes to a file: a pipe that nobody empties (who started it may be waiting for another program) would stop it.
  const logFile = join(directory, "log");
  const log = openSync(logFile, "a");
  const server = spawn(
    join(bin, "postgres"),
    ["-D", data, ...Object.entries(options).flatMap(([k, v]) => ["-c", `${k}=${v}`])],
    { ...asUser, cwd: directory, stdio: ["ignore", "ignore", log] },
  );
  closeSync(log);
  for (let i = 0; ; i++) {
    if (spawnSync(join(bin, "pg_isready"), ["-h", "127.0.0.1", "-p", String(port), "-q"]).status === 0) break;
    if (i > 100 || server.exitCode !== null)
      throw new Error(`PostgreSQL did not start: ${readFileSync(logFile, "utf8").slice(-4000)}`);
    await new Promise((done) => setTimeout(done, 100));
  }
  const stop = () =>
    new Promise((done) => {
      server.once("exit", () => {
        rmSync(directory, { recursive: true, force: true });
        done();
      });
      server.kill("SIGINT");
    });
  return { bin, port, directory, url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop, server, data, asUser };
};
