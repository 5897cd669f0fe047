import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { dumpEmbedded } from "../platform/database/embedded.ts";
import { migrate, readMigrations } from "../platform/database/migrate.ts";
import { postgresEngine } from "../platform/database/postgres.ts";

const root = join(import.meta.dirname, "../../..");

/** Once for all tests: a migrated database to copy from, so that each test file starts in a second. */
export default async function prepare() {
  const migrations = readMigrations(join(root, "server/migrations"));
  const server = process.env["AREA_TEST_DATABASE_URL"];
  if (server) {
    const owner = new pg.Client({ connectionString: server });
    await owner.connect();
    await owner.query("drop database if exists area_template with (force)");
    await owner.query("create database area_template");
    await owner.end();
    const url = new URL(server);
    url.pathname = "/area_template";
    const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };
    const engine = postgresEngine(url.href, { pool: 1, log: quiet });
    await migrate(engine, migrations);
    await engine.close();
    return;
  }
  const version = (
    JSON.parse(readFileSync(join(root, "node_modules/@electric-sql/pglite/package.json"), "utf8")) as {
      version: string;
    }
  ).version;
  const digest = createHash("sha256")
    .update(version)
    .update(migrations.map((m) => m.digest).join())
    .digest("hex")
    .slice(0, 16);
  const folder = join(root, "node_modules/.cache/area");
  const seed = join(folder, `embedded-${digest}.tar.gz`);
  if (!existsSync(seed)) {
    mkdirSync(folder, { recursive: true });
    const dump = await dumpEmbedded((engine) => migrate(engine, migrations).then(() => undefined));
    writeFileSync(seed, Buffer.from(await dump.arrayBuffer()));
  }
  process.env["AREA_TEST_SEED"] = seed;
}
