import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RefusedToStart } from "../config.ts";
import type { Engine } from "./connection.ts";

export type Migration = { name: string; sql: string; digest: string };

export const readMigrations = (directory: string): Migration[] =>
  readdirSync(directory)
    .filter((name) => /^\d{4}-[a-z-]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(directory, name), "utf8");
      return { name, sql, digest: createHash("sha256").update(sql).digest("hex") };
    });

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;

/**
 * Brings the database to this version, each migration in a transaction of its own; safe when several servers start at once.
 * A database newer than the program, or a migration that was edited after it ran, is refused with what to do.
 */
export const migrate = async (engine: Engine, migrations: readonly Migration[]): Promise<string[]> => {
  await engine.script(`
    select pg_advisory_lock(727001);
    create table if not exists public.migrations (name text primary key, digest text not null, applied_at timestamptz not null default now());
    select pg_advisory_unlock(727001);
  `);
  const before = new Map(
    (await engine.script("select name, digest from public.migrations")).map((m) => [
      String(m["name"]),
      String(m["digest"]),
    ]),
  );
  const known = new Set(migrations.map((m) => m.name));
  const newer = [...before.keys()].filter((name) => !known.has(name)).sort();
  if (newer.length)
    throw new RefusedToStart(
      `This database was made by a newer version (${newer.join(", ")}). Start that version, or choose another DATA_DIR or DATABASE_URL.`,
    );
  const applied: string[] = [];
  for (const { name, digest, sql } of migrations) {
    const done = before.get(name);
    if (done === digest) continue;
    if (done)
      throw new RefusedToStart(
        `Migration ${name} was changed after it ran on this database. Start the version that made it, restore a backup, or (demo data only) delete the data directory.`,
      );
    try {
      await engine.script(`
        begin;
        select pg_advisory_xact_lock(727001);
        do $guard$ begin
          if exists (select 1 from public.migrations where name = ${quote(name)}) then raise exception 'already-applied'; end if;
        end $guard$;
        ${sql}
        insert into public.migrations (name, digest) values (${quote(name)}, ${quote(digest)});
        commit;
      `);
      applied.push(name);
    } catch (error) {
      // Another server that started with us was quicker.
      if (!(error instanceof Error && error.message.includes("already-applied"))) throw error;
    }
  }
  return applied;
};
