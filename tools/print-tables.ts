import { readFileSync, writeFileSync } from "node:fs";
import { embeddedEngine } from "../server/src/platform/database/embedded.ts";
import { migrate, readMigrations } from "../server/src/platform/database/migrate.ts";

/** Prints the types of the tables from the migrations. `--check` fails when the committed file is stale. */
const target = new URL("../server/src/platform/database/tables.ts", import.meta.url);
const types: Record<string, string> = {
  uuid: "string",
  text: "string",
  bytea: "Buffer",
  timestamptz: "Date",
  date: "string",
  int4: "number",
  int8: "number",
  bool: "boolean",
  jsonb: "unknown",
  tsvector: "string",
  _uuid: "string[]",
  _text: "string[]",
};
const pascal = (name: string) => name.replace(/(^|_)([a-z])/g, (_, __, c: string) => c.toUpperCase());

const engine = await embeddedEngine(null);
await migrate(engine, readMigrations(new URL("../server/migrations", import.meta.url).pathname));
const columns = (await engine.script(`
  select c.table_name, c.column_name, c.udt_name, c.is_nullable = 'YES' as nullable, c.column_default is not null or c.is_identity = 'YES' as has_default,
    col_description(format('public.%I', c.table_name)::regclass, c.ordinal_position) as comment,
    obj_description(format('public.%I', c.table_name)::regclass) as table_comment
  from information_schema.columns c where c.table_schema = 'public' and c.table_name <> 'migrations' order by c.table_name, c.ordinal_position`)) as {
  table_name: string;
  column_name: string;
  udt_name: string;
  nullable: boolean;
  has_default: boolean;
  comment: string | null;
  table_comment: string | null;
}[];
await engine.close();

const tables = [...new Set(columns.map((c) => c.table_name))];
const text = `// Printed from server/migrations by tools/print-tables.ts; do not edit.
import type { ColumnType, Generated } from "kysely";

/** jsonb: read as a value, written as its JSON text. */
type Json = ColumnType<unknown, string, string>;

${tables
  .map((table) => {
    const own = columns.filter((c) => c.table_name === table);
    return `${own[0]!.table_comment ? `/** ${own[0]!.table_comment} */\n` : ""}export interface ${pascal(table)}Table {\n${own
      .map((c) => {
        const base = c.udt_name === "jsonb" ? "Json" : (types[c.udt_name] ?? "unknown");
        const full = c.nullable && base !== "Json" ? `${base} | null` : base;
        return `${c.comment ? `  /** ${c.comment} */\n` : ""}  ${c.column_name}: ${c.has_default ? (base === "Json" ? "ColumnType<unknown, string | undefined, string>" : `Generated<${full}>`) : c.nullable && base === "Json" ? "ColumnType<unknown, string | null, string | null>" : full};`;
      })
      .join("\n")}\n}`;
  })
  .join("\n\n")}

export interface Tables {
${tables.map((table) => `  ${table}: ${pascal(table)}Table;`).join("\n")}
}
`;
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    process.stderr.write("server/src/platform/database/tables.ts is stale: run `npx tsx tools/print-tables.ts`\n");
    process.exit(1);
  }
} else writeFileSync(target, text);
