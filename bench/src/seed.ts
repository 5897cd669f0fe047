import { createHash, randomBytes } from "node:crypto";
import pg from "pg";
import { cipher } from "../../server/src/platform/cipher.ts";
import { postgresEngine } from "../../server/src/platform/database/postgres.ts";
import { database } from "../../server/src/platform/database/transaction.ts";
import { writeBodies } from "../../server/src/registries/store.ts";
import { body } from "./names.ts";
import { DATA_KEY } from "./server.ts";

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
/** How large the data set is. */
export const size = {
  bodies: number("BENCH_BODIES", 25_000),
  memberships: number("BENCH_MEMBERSHIPS", 120_000),
  persons: number("BENCH_PERSONS", 40_000),
  auditRows: number("BENCH_AUDIT_ROWS", 2_000_000),
  delegations: number("BENCH_DELEGATIONS", 60_000),
  portfolio: number("BENCH_PORTFOLIO", 5_000),
  ibans: number("BENCH_IBANS", 150_000),
};
/** The four sizes of the growth figures, as shares of the whole. */
export const stages = [1 / 64, 1 / 16, 1 / 4, 1] as const;
/** Eight people with a session each: one for each connection of the load. Each administers 20 institutions, their own number first. */
export const callers = Array.from({ length: 8 }, (_, i) => ({
  cookie: createHash("sha256").update(`bench caller ${i}`).digest("base64url"),
  personId: personId(i + 1),
  institutionId: institutionId(i + 1),
}));
const INSTITUTIONS_EACH = 20;
/** Institutions with more and more people: the callers above administer them. */
export const crowds = [31, 125, 500, 2000].map((size, i) => ({ size, institutionId: institutionId(9_000_001 + i) }));
/** Eight people for each of four sizes, who work for so many institutions. */
export const manyPlaces = [5, 19, 75, 300].flatMap((size, s) =>
  Array.from({ length: 8 }, (_, i) => ({
    size,
    cookie: createHash("sha256").update(`bench of ${size} number ${i}`).digest("base64url"),
    personId: personId(8_000_001 + s * 8 + i),
    institutionId: institutionId(1),
  })),
);

function personId(n: number): string {
  return `00000000-0000-4000-8000-1${String(n).padStart(11, "0")}`;
}
export function institutionId(n: number): string {
  return `00000000-0000-4000-8000-2${String(n).padStart(11, "0")}`;
}
export function delegationId(n: number): string {
  return `00000000-0000-4000-8000-3${String(n).padStart(11, "0")}`;
}
/** The partner with the largest portfolio; eleven others share the rest. */
export const partnerId = institutionId(size.bodies);
const personSql = (n: string) => `('00000000-0000-4000-8000-1' || lpad((${n})::text, 11, '0'))::uuid`;
const institutionSql = (n: string) => `('00000000-0000-4000-8000-2' || lpad((${n})::text, 11, '0'))::uuid`;

export const withClient = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };

/** Bodies of the registry, numbers `from` to `to`, written as an import writes them. */
export const seedBodies = async (url: string, from: number, to: number, prefix = "c"): Promise<void> => {
  const engine = postgresEngine(url, { pool: 1, log: silent });
  const db = database(engine);
  try {
    const bodies = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => body(from + i, prefix));
    await db.asSystem(({ connection }) => writeBodies(connection, bodies, new Date()));
  } finally {
    await db.close();
  }
};

/** People, institutions, what they joined, who works there, sessions with known cookies. */
export const seedPeopleAndInstitutions = (url: string): Promise<void> =>
  withClient(url, async (client) => {
    const sealed = cipher(Buffer.from(DATA_KEY, "base64")).seal("RSSMRA80A01H501U");
    // The rows are known to be right: triggers and foreign keys would only make the seeding slow.
    await client.query("set session_replication_role = replica");
    await client.query(
      `insert into persons (id, fiscal_code_index, fiscal_code, given_name, family_name, first_entered_at)
       select ${personSql("n")}, sha256(convert_to(n::text, 'UTF8')), $2,
         (array['Anna','Bruno','Carla','Dario','Elena','Fabio','Giulia','Ivo','Lucia','Marco'])[1 + n % 10],
         (array['Rossi','Bianchi','Ferri','Conti','Greco','Villa','Serra','Fontana','Riva'])[1 + n % 9] || ' ' || (n / 90), now()
       from generate_series(1, $1::int) n`,
      [size.persons, sealed],
    );
    await client.query(
      `insert into institutions (id, tax_code, name, ipa_code, category, pec, address, zip_code, city, registry, registry_read_at)
       select ${institutionSql("substr(b.ipa_code, 3)::int")}, b.tax_code, b.name, b.ipa_code, b.category, b.pec, b.address, b.zip_code, b.city, 'IPA', b.read_at
       from registry_bodies b where b.ipa_code like 'c!_%' escape '!'`,
    );
    await client.query(
      `insert into institution_products (institution_id, product_id, product_version, kind, origin, state, active_since, onboarding_id, recipient_code, geographic_areas)
       select i.id, 'pagopa', 1, 'PA', 'IPA', 'active', now() - interval '100 days', gen_random_uuid(), 'UFB0E5', '[{"level":"national"}]' from institutions i`,
    );
    await client.query(
      `insert into memberships (person_id, institution_id, product_id, profile, state, begins_at)
       select ${personSql("9 + (i * 31::bigint) % ($2::int - 9)")}, ${institutionSql("1 + i % $3::int")}, case when i / $3::int % 2 = 0 then 'institution' else 'pagopa' end,
         (array['administrator','operator','read-only','technical-referent'])[1 + i % 4], 'active', now() - interval '90 days'
       from generate_series(1, $1::int) i`,
      [Math.max(0, size.memberships - callers.length * INSTITUTIONS_EACH), size.persons, size.bodies],
    );
    await client.query(
      `insert into memberships (person_id, institution_id, product_id, profile, state, begins_at)
       select ${personSql("p")}, ${institutionSql("p + k * 8")}, 'institution', 'administrator', 'active', now() - interval '90 days'
       from generate_series(1, $1::int) p, generate_series(0, $2::int - 1) k`,
      [callers.length, INSTITUTIONS_EACH],
    );
    for (const [n, { size: people, institutionId: id }] of crowds.entries()) {
      await client.query(
        `insert into institutions (id, tax_code, name, ipa_code, category, pec, address, zip_code, city, registry, registry_read_at)
         select $1, $2, 'Ente con ' || $3::int || ' persone', $4, category, pec, address, zip_code, city, registry, registry_read_at
         from institutions where id = ${institutionSql("1")}`,
        [id, `9000000000${n}`, people, `x_${n}`],
      );
      await client.query(
        `insert into memberships (person_id, institution_id, product_id, profile, state, begins_at)
         select ${personSql("100 + n")}, $1::uuid, p.product, p.profile, 'active', now() - interval '90 days'
         from generate_series(1, $2::int) n, (values ('institution', 'operator'), ('pagopa', 'read-only')) p (product, profile)
         where p.product = 'institution' or n % 2 = 0
         union all
         select ${personSql("100 + n")}, $1::uuid, 'institution', 'read-only', 'active', now() - interval '90 days'
         from generate_series(1, $2::int) n where n % 10 = 0
         union all
         select ${personSql("n")}, $1::uuid, 'institution', 'administrator', 'active', now() - interval '90 days' from generate_series(1, $3::int) n`,
        [id, people, callers.length],
      );
    }
    for (const [n, person] of manyPlaces.entries()) {
      await client.query(
        `insert into persons (id, fiscal_code_index, fiscal_code, given_name, family_name, first_entered_at)
         values ($1, sha256(convert_to($2, 'UTF8')), $3, 'Irma', 'Molti', now())`,
        [person.personId, `many ${n}`, sealed],
      );
      await client.query(
        `insert into memberships (person_id, institution_id, product_id, profile, state, begins_at)
         select $1::uuid, ${institutionSql("1 + k * 7")}, 'institution', 'operator', 'active', now() - interval '90 days'
         from generate_series(1, $2::int) k`,
        [person.personId, person.size],
      );
    }
    // What triggers keep, written here without them.
    await client.query(
      `insert into roster (institution_id, person_id, name, searched)
       select distinct m.institution_id, p.id, p.family_name || ' ' || p.given_name, lower(p.family_name || ' ' || p.given_name || ' ' || p.family_name)
       from memberships m join persons p on p.id = m.person_id on conflict do nothing`,
    );
    // Seen an hour from now: no session is touched while it is measured.
    for (const caller of [...callers, ...manyPlaces])
      await client.query(
        `insert into sessions (id_hash, person_id, scheme, identity_provider, level, authenticated_at, created_at, last_seen_at, expires_at)
         values ($1, $2, 'spid', 'https://idp.example', 2, now(), now(), now() + interval '1 hour', now() + interval '9 hours')`,
        [createHash("sha256").update(caller.cookie).digest(), caller.personId],
      );
  });

/**
 * Lines of the trail, numbers `from` to `to`: a tenth belongs to the eight institutions that are measured, the rest to all others.
 * The digests are made up: nothing here is verified.
 */
export const seedAudit = (url: string, from: number, to: number): Promise<void> =>
  withClient(url, async (client) => {
    await client.query("set session_replication_role = replica");
    const others = Math.max(1, size.bodies - 8);
    await client.query(
      `insert into audit_lines (chain, sequence, at, institution_id, action, outcome, body, previous_digest, digest)
       select id::text, sequence, at, id, 'people.membership.activated', 'done',
         '{"action":"people.membership.activated","actor":{"kind":"person","mandate":{"institutionId":"' || id || '"},"personId":"' || ${personSql("1 + i % 30000")} ||
         '"},"at":"2026-01-01T10:00:00.000Z","facts":{"membershipId":"' || ${personSql("i")} || '","productId":"pagopa","profile":"administrator"},"outcome":"done","traceId":"' || ${institutionSql("i")} || '"}',
         sha256(convert_to((i - 1)::text, 'UTF8')), sha256(convert_to(i::text, 'UTF8'))
       from (
         select i, ${institutionSql("case when i % 10 = 0 then 1 + i / 10 % 8 else 9 + (i - i / 10 - 1) % $3::int end")} as id,
           case when i % 10 = 0 then (i / 10 - 1) / 8 + 1 else (i - i / 10 - 1) / $3::int + 1 end as sequence,
           timestamptz '2025-01-01' + i * interval '15 seconds' as at
         from generate_series($1::int, $2::int) i
       ) x on conflict do nothing`,
      [from, to, others],
    );
  });

const delegationSql = (n: string) => `('00000000-0000-4000-8000-3' || lpad((${n})::text, 11, '0'))::uuid`;
/** The partners, their people, and who is assigned: once, before the delegations. */
export const seedPartners = (url: string): Promise<void> =>
  withClient(url, async (client) => {
    await client.query("set session_replication_role = replica");
    await client.query(
      `update institution_products set kind = 'PT' where institution_id in (select ${institutionSql("n")} from generate_series($1::int - 11, $1::int) n)`,
      [size.bodies],
    );
    // The eight callers work there too, as administrators of the partner and of its pagoPA.
    await client.query(
      `insert into memberships (person_id, institution_id, product_id, profile, state, begins_at)
       select ${personSql("p")}, $1::uuid, product, 'administrator', 'active', now() - interval '90 days'
       from generate_series(1, $2::int) p, unnest(array['institution', 'pagopa']) product`,
      [partnerId, callers.length],
    );
    await client.query(
      `insert into delegation_assignments (partner_id, product_id, made_by, made_at) values ($1, 'pagopa', ${personSql("1")}, now())`,
      [partnerId],
    );
  });

/**
 * Delegations, numbers \`from\` to \`to\`: those up to the size of the portfolio belong to the one partner, the others to eleven.
 * What triggers would keep is written here as they write it, in bulk.
 */
export const seedDelegations = (url: string, from: number, to: number, own: boolean): Promise<void> =>
  withClient(url, async (client) => {
    await client.query("set session_replication_role = replica");
    const partner = own ? "$4::uuid" : institutionSql("$3::int - 1 - n % 11");
    await client.query(
      `with made as (
         insert into delegations (id, institution_id, partner_id, product_id, environment, permissions, state, begins_at, ends_at, answer_by, proposed_by, proposed_at, moved_at)
         select ${delegationSql("n")}, ${institutionSql("1 + (n - 1) % ($3::int - 20)")}, ${partner}, 'pagopa',
           case when n <= $3::int then 'both' when n % 2 = 0 then 'test' else 'production' end, array['pagopa:ibans:read'], 'active', now() - interval '60 days',
           case when n % 7 = 0 then now() + (n % 400) * interval '1 day' + interval '1 hour' end, now(), ${personSql("1")}, now() - interval '90 days', now()
         from generate_series($1::int, $2::int) n
         where $4::uuid is not null
         on conflict do nothing returning *
       ), told as (
         insert into delegation_portfolio (delegation_id, institution_id, partner_id, product_id, environment, state, begins_at, ends_at, name, tax_code, ipa_code, city, partner_name, partner_tax_code, due_at)
         select d.id, d.institution_id, d.partner_id, d.product_id, d.environment, d.state, d.begins_at, d.ends_at, i.name, i.tax_code, i.ipa_code, i.city, p.name, p.tax_code, d.ends_at
         from made d join institutions i on i.id = d.institution_id join institutions p on p.id = d.partner_id returning *
       )
       insert into delegation_words (partner_id, word, name, delegation_id)
       select t.partner_id, w, t.name, t.delegation_id from told t, delegation_words_of(t.name, t.tax_code, t.ipa_code, t.city) w`,
      [from, to, size.bodies, partnerId],
    );
  });

export const finishAudit = (url: string): Promise<void> =>
  withClient(url, async (client) => {
    await client.query(
      "insert into audit_chains (chain, sequence, digest) select chain, max(sequence), $1 from audit_lines group by chain on conflict (chain) do update set sequence = excluded.sequence",
      [randomBytes(32)],
    );
  });

export const vacuum = (url: string): Promise<void> =>
  withClient(url, async (client) => {
    await client.query("vacuum analyze");
    await client.query("checkpoint");
  });
