import type { UnitKind } from "@area/api";
import { sql } from "kysely";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";
import { plain, wordsQuery } from "./names.ts";
import type { Entry, Unit } from "./read-list-file.ts";

// — the parts of public bodies —
export const allUnits = (db: Db, kind: UnitKind) =>
  db.selectFrom("registry_units").selectAll().where("kind", "=", kind).execute();
export const allEntries = (db: Db, registry: string) =>
  db.selectFrom("registry_entries").selectAll().where("registry", "=", registry).execute();

/** What of a row counts as a change, for one read and for one kept. */
export const digestOf = (one: Unit | Entry): string =>
  "kind" in one
    ? JSON.stringify([
        one.ipaCode,
        one.name,
        one.parentCode,
        one.pec,
        one.address,
        one.zipCode,
        one.invoicing,
        one.invoicingTaxCode,
      ])
    : JSON.stringify([one.name, one.taxCode, one.pec, one.address, one.zipCode, one.city, one.country, one.detail]);
type UnitRow = Awaited<ReturnType<typeof allUnits>>[number];
type EntryRow = Awaited<ReturnType<typeof allEntries>>[number];
export const digestOfRow = (row: UnitRow | EntryRow): string =>
  "kind" in row
    ? JSON.stringify([
        row.ipa_code,
        row.name,
        row.parent_code,
        row.pec,
        row.address,
        row.zip_code,
        row.invoicing,
        row.invoicing_tax_code,
      ])
    : JSON.stringify([row.name, row.tax_code, row.pec, row.address, row.zip_code, row.city, row.country, row.detail]);

export const writeUnits = async (connection: Connection, units: readonly Unit[], at: Date) => {
  for (let i = 0; i < units.length; i += 1000)
    await connection.query(
      `insert into registry_units (kind, code, ipa_code, name, parent_code, pec, address, zip_code, invoicing, invoicing_tax_code, state, read_at, ended_at, name_key)
       select r.kind, r.code, r."ipaCode", r.name, r."parentCode", r.pec, r.address, r."zipCode", r.invoicing, r."invoicingTaxCode", 'active', $2, null, r."nameKey"
       from jsonb_to_recordset($1::jsonb) as r (kind text, code text, "ipaCode" text, name text, "parentCode" text, pec text, address text, "zipCode" text, invoicing boolean, "invoicingTaxCode" text, "nameKey" text)
       on conflict (kind, code) do update set ipa_code = excluded.ipa_code, name = excluded.name, parent_code = excluded.parent_code, pec = excluded.pec, address = excluded.address,
         zip_code = excluded.zip_code, invoicing = excluded.invoicing, invoicing_tax_code = excluded.invoicing_tax_code, state = 'active', read_at = excluded.read_at, ended_at = null, name_key = excluded.name_key`,
      [JSON.stringify(units.slice(i, i + 1000).map((u) => ({ ...u, nameKey: plain(u.name) }))), at],
    );
};
export const endUnits = async (db: Db, kind: UnitKind, codes: string[], at: Date) => {
  if (codes.length)
    await db
      .updateTable("registry_units")
      .set({ state: "ended", ended_at: at })
      .where("kind", "=", kind)
      .where("code", "in", codes)
      .execute();
};

/** The parts of a body in order of name; what was typed is the start of the name, or the code. */
export const unitsOf = (
  db: Db,
  ipaCode: string,
  ask: {
    kind: string | undefined;
    search: string | undefined;
    invoicing: boolean;
    after: { name: string; code: string } | null;
    limit: number;
  },
) =>
  db
    .selectFrom("registry_units")
    .selectAll()
    .where("ipa_code", "=", ipaCode)
    .where("state", "=", "active")
    .$if(ask.kind !== undefined, (q) => q.where("kind", "=", ask.kind!))
    .$if(ask.invoicing, (q) => q.where("invoicing", "=", true))
    .$if(Boolean(ask.search), (q) =>
      q.where((e) =>
        e.or([
          e("code", "=", ask.search!.toUpperCase()),
          sql<boolean>`name_key like ${`%${plain(ask.search!).replace(/[%_\\]/g, "\\$&")}%`}`,
        ]),
      ),
    )
    .$if(ask.after !== null, (q) => q.where(sql<boolean>`(name_key, code) > (${ask.after?.name}, ${ask.after?.code})`))
    .orderBy("name_key")
    .orderBy("code")
    .limit(ask.limit)
    .execute();

export const findUnit = (db: Db, kind: string, code: string) =>
  db
    .selectFrom("registry_units")
    .selectAll()
    .where("kind", "=", kind)
    .where("code", "=", code.toUpperCase())
    .executeTakeFirst();

/** Whose office a recipient code is, and whether any office of the body is known at all. */
export const recipientOf = async (db: Db, ipaCode: string, recipientCode: string) => {
  const known = await db
    .selectFrom("registry_units")
    .select("code")
    .where("ipa_code", "=", ipaCode)
    .where("kind", "=", "UO")
    .limit(1)
    .executeTakeFirst();
  if (!known) return "unknown" as const;
  const unit = await findUnit(db, "UO", recipientCode);
  if (unit?.state !== "active" || unit.ipa_code !== ipaCode) return "not-of-institution" as const;
  return unit.invoicing ? ("fine" as const) : ("without-invoicing" as const);
};

// — insurers and platforms —
export const writeEntries = async (connection: Connection, entries: readonly Entry[], at: Date) => {
  for (let i = 0; i < entries.length; i += 1000)
    await connection.query(
      `insert into registry_entries (registry, code, name, tax_code, pec, address, zip_code, city, country, detail, state, read_at, ended_at, name_key, words)
       select r.registry, r.code, r.name, r."taxCode", r.pec, r.address, r."zipCode", r.city, r.country, r.detail, 'active', $2, null, r."nameKey", to_tsvector('simple', r."nameKey")
       from jsonb_to_recordset($1::jsonb) as r (registry text, code text, name text, "taxCode" text, pec text, address text, "zipCode" text, city text, country text, detail text, "nameKey" text)
       on conflict (registry, code) do update set name = excluded.name, tax_code = excluded.tax_code, pec = excluded.pec, address = excluded.address, zip_code = excluded.zip_code, city = excluded.city,
         country = excluded.country, detail = excluded.detail, state = 'active', read_at = excluded.read_at, ended_at = null, name_key = excluded.name_key, words = excluded.words`,
      [JSON.stringify(entries.slice(i, i + 1000).map((e) => ({ ...e, nameKey: plain(e.name) }))), at],
    );
};
export const endEntries = async (db: Db, registry: string, codes: string[], at: Date) => {
  if (codes.length)
    await db
      .updateTable("registry_entries")
      .set({ state: "ended", ended_at: at })
      .where("registry", "=", registry)
      .where("code", "in", codes)
      .execute();
};

export const searchEntries = (db: Db, registry: string, typed: string, limit: number) => {
  const code = typed.trim().toUpperCase();
  const words = wordsQuery(typed);
  return db
    .selectFrom("registry_entries")
    .selectAll()
    .where("registry", "=", registry)
    .where((e) =>
      e.or([
        e("code", "=", /^\d{1,5}$/.test(code) ? code.padStart(5, "0") : code),
        e("tax_code", "=", code),
        ...(words ? [sql<boolean>`words @@ to_tsquery('simple', ${words})`] : []),
      ]),
    )
    .orderBy("state")
    .orderBy("name_key")
    .orderBy("code")
    .limit(limit)
    .execute();
};
export const findEntry = (db: Db, registry: string, code: string) =>
  db
    .selectFrom("registry_entries")
    .selectAll()
    .where("registry", "=", registry)
    .where("code", "=", code)
    .executeTakeFirst();
