import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";
import { plain, wordsQuery } from "./names.ts";
import type { IpaBody } from "./read-ipa-file.ts";

export type SearchRow = {
  ipa_code: string;
  name: string;
  tax_code: string;
  category: string;
  city: string | null;
  state: "active" | "ended";
};

/**
 * As one types: codes first, then names that start so, then names that hold it from a later word on, then names that hold
 * the start of every word. Each branch is a range of an index that stops by itself, and runs only when those before it
 * left room: the work does not grow with the registry. Words out of order alone are looked up in the index of words.
 */
export const searchBodies = (connection: Connection, typed: string, limit: number) => {
  const words = wordsQuery(typed);
  return connection.query<SearchRow>(
    `with named as (
       select b.ipa_code, b.name_key from registry_bodies b where b.name_key ~>=~ $2 and b.name_key ~<~ $3 order by b.name_key using ~<~ limit $5
     ), started as (
       select s.ipa_code from registry_starts s where (select count(*) from named) < $5 and s.start >= $2 and s.start < $3 order by s.start limit $5 * 2
     ), worded as (
       select b.ipa_code from registry_bodies b where (select count(*) from named) + (select count(*) from started) < $5 and b.words @@ to_tsquery('simple', $4) limit 200
     ), found as (
       select ipa_code, min(rank) as rank from (
         select ipa_code, 0 as rank from registry_bodies where tax_code = upper($1) or ipa_code in ($1, lower($1), upper($1))
         union all select ipa_code, 1 from named
         union all select ipa_code, 2 from started
         union all select ipa_code, 2 from worded
       ) x group by ipa_code
     )
     select b.ipa_code, b.name, b.tax_code, b.category, b.city, b.state from found f join registry_bodies b using (ipa_code) order by f.rank, b.state, b.name_key limit $5`,
    [typed.trim(), plain(typed) || "\uffff", `${plain(typed)}\u{10ffff}`, words.includes("&") ? words : null, limit],
  );
};

export const findBody = (db: Db, ipaCode: string) =>
  db.selectFrom("registry_bodies").selectAll().where("ipa_code", "=", ipaCode).executeTakeFirst();

/** A public body by its tax code, if it is one. */
/** The one active body of a tax code, whole; none when it ended or several share the code. */
export const findBodyToJoin = async (db: Db, taxCode: string) => {
  const found = await db
    .selectFrom("registry_bodies")
    .selectAll()
    .where("tax_code", "=", taxCode)
    .where("state", "=", "active")
    .limit(2)
    .execute();
  return found.length === 1 ? found[0] : undefined;
};
export const findBodyByTaxCode = (db: Db, taxCode: string) =>
  db
    .selectFrom("registry_bodies")
    .select(["name", "pec"])
    .where("tax_code", "=", taxCode)
    .where("state", "=", "active")
    .limit(1)
    .executeTakeFirst();

export const productsOfBody = async (connection: Connection, ipaCode: string) =>
  (
    await connection.query<{ product_id: string; state: "active" | "awaiting-signature"; since: Date }>(
      "select * from products_of_body($1)",
      [ipaCode],
    )
  ).rows;

export const allBodies = (db: Db) =>
  db
    .selectFrom("registry_bodies")
    .select(["ipa_code", "name", "tax_code", "category", "pec", "address", "zip_code", "city", "state"])
    .execute();

/** Writes bodies, a thousand at a time: new ones in, known ones renewed in place. */
export const writeBodies = async (connection: Connection, bodies: readonly IpaBody[], at: Date) => {
  for (let i = 0; i < bodies.length; i += 1000)
    await connection.query(
      `insert into registry_bodies as b (ipa_code, name, tax_code, category, pec, address, zip_code, city, responsible_given_name, responsible_family_name, responsible_title, state, read_at, ended_at, name_key, words)
       select r.ipa_code, r.name, r.tax_code, r.category, r.pec, r.address, r.zip_code, r.city, r.responsible_given_name, r.responsible_family_name, r.responsible_title, 'active', $2, null, r.name_key, to_tsvector('simple', r.words)
       from jsonb_to_recordset($1::jsonb) as r (ipa_code text, name text, tax_code text, category text, pec text, address text, zip_code text, city text, responsible_given_name text, responsible_family_name text, responsible_title text, name_key text, words text)
       on conflict (ipa_code) do update set name = excluded.name, tax_code = excluded.tax_code, category = excluded.category, pec = excluded.pec, address = excluded.address,
         zip_code = excluded.zip_code, city = excluded.city, responsible_given_name = excluded.responsible_given_name,
         responsible_family_name = excluded.responsible_family_name, responsible_title = excluded.responsible_title, state = 'active', read_at = excluded.read_at, ended_at = null, name_key = excluded.name_key, words = excluded.words`,
      [
        JSON.stringify(
          bodies.slice(i, i + 1000).map((b) => ({
            ipa_code: b.ipaCode,
            name: b.name,
            tax_code: b.taxCode,
            category: b.category,
            pec: b.pec,
            address: b.address,
            zip_code: b.zipCode,
            city: b.city,
            responsible_given_name: b.responsible?.givenName || null,
            responsible_family_name: b.responsible?.familyName || null,
            responsible_title: b.responsible?.title || null,
            name_key: plain(b.name),
            words: [plain(b.name), b.city ? plain(b.city) : ""].join(" "),
          })),
        ),
        at,
      ],
    );
};

/** Bodies that are as before were read all the same: their date says so. */
export const markRead = async (connection: Connection, at: Date) => {
  await connection.query("update registry_bodies set read_at = $1 where state = 'active' and read_at <> $1", [at]);
};

export const endBodies = async (connection: Connection, ipaCodes: readonly string[], at: Date) => {
  if (ipaCodes.length)
    await connection.query(
      "update registry_bodies set state = 'ended', ended_at = $2, read_at = $2 where ipa_code = any ($1)",
      [ipaCodes, at],
    );
};

export const keepImport = (
  db: Db,
  i: { registry: string; at: Date; digest: Buffer; rows: number; added: number; changed: number; ended: number },
) =>
  db
    .insertInto("registry_imports")
    .values({
      registry: i.registry,
      at: i.at,
      file_digest: i.digest,
      rows: i.rows,
      added: i.added,
      changed: i.changed,
      ended: i.ended,
    })
    .execute();
