import type { Capacity, Environment, NodeConnection } from "@area/api";
import { sql } from "kysely";
import type { Connection } from "../../platform/database/connection.ts";
import type { Db } from "../../platform/database/transaction.ts";

export type At = { institutionId: string; environment: Environment };

export type RegistrationRow = {
  id: string;
  institution_id: string;
  environment: Environment;
  capacity: Capacity;
  name: string;
  tax_code: string;
  connection: NodeConnection;
  intermediary_id: string | null;
  intermediary_name: string | null;
  /** Does the intermediary act by a delegation that holds, or need none because it is an institution that is a broker? */
  entitled: boolean | null;
  creditor_broker: boolean;
  psp_broker: boolean;
  address: string;
  city: string;
  zip_code: string;
  county: string;
  tax_domicile: string;
  psp_payment: boolean;
  cbill_code: string | null;
  version: number;
  registered_at: Date;
  changed_at: Date;
  changed_by_name: string | null;
  encodings: { kind: "qr-code" | "barcode-128-aim"; code: string }[];
};

export const registrationOf = async (connection: Connection, at: At, now: Date): Promise<RegistrationRow | null> =>
  (
    await connection.query<RegistrationRow>(
      `select r.*, b.name as intermediary_name, b.delegated or b.capacity = 'creditor-institution' as entitled, p.given_name || ' ' || p.family_name as changed_by_name,
         coalesce((select jsonb_agg(jsonb_build_object('kind', e.kind, 'code', e.code) order by e.kind desc, e.code) from node_encodings e
           where e.institution_id = r.institution_id and e.environment = r.environment), '[]') as encodings
       from node_registrations r left join persons p on p.id = r.changed_by
         left join lateral creditor_broker(r.institution_id, r.intermediary_id, r.environment, $3) b on true
       where r.institution_id = $1 and r.environment = $2`,
      [at.institutionId, at.environment, now],
    )
  ).rows[0] ?? null;

/** The registration under its lock: whoever allocates a station's number, or changes how the institution connects, takes turns. */
export const lockRegistration = (db: Db, at: At) =>
  db
    .selectFrom("node_registrations")
    .selectAll()
    .where("institution_id", "=", at.institutionId)
    .where("environment", "=", at.environment)
    .forUpdate()
    .executeTakeFirst();

export type NewRegistrationRow = At & {
  capacity: Capacity;
  name: string;
  taxCode: string;
  connection: NodeConnection;
  intermediaryId: string | null;
  creditorBroker: boolean;
  pspBroker: boolean;
  address: string;
  city: string;
  zipCode: string;
  county: string;
  taxDomicile: string;
  pspPayment: boolean;
  cbillCode?: string | null;
  by: string | null;
  at: Date;
};
const valuesOf = (r: NewRegistrationRow) => ({
  connection: r.connection,
  intermediary_id: r.intermediaryId,
  creditor_broker: r.creditorBroker,
  psp_broker: r.pspBroker,
  address: r.address,
  city: r.city,
  zip_code: r.zipCode,
  county: r.county,
  tax_domicile: r.taxDomicile,
  psp_payment: r.pspPayment,
  changed_at: r.at,
  changed_by: r.by,
});
/** Writes a registration down; null when there is one already, or the tax code is registered for another. */
export const insertRegistration = async (db: Db, r: NewRegistrationRow): Promise<string | null> =>
  (
    await db
      .insertInto("node_registrations")
      .values({
        institution_id: r.institutionId,
        environment: r.environment,
        capacity: r.capacity,
        name: r.name,
        tax_code: r.taxCode,
        cbill_code: r.cbillCode ?? null,
        registered_at: r.at,
        registered_by: r.by,
        ...valuesOf(r),
      })
      .onConflict((c) => c.doNothing())
      .returning("id")
      .executeTakeFirst()
  )?.id ?? null;

export const updateRegistration = async (
  db: Db,
  id: string,
  version: number,
  r: NewRegistrationRow,
): Promise<boolean> =>
  Number(
    (
      await db
        .updateTable("node_registrations")
        .set({ ...valuesOf(r), version: sql`version + 1` })
        .where("id", "=", id)
        .where("version", "=", version)
        .executeTakeFirst()
    ).numUpdatedRows,
  ) === 1;

/** The interbank code, as PagoPA loads it. */
export const setCbillCode = async (db: Db, at: At, cbillCode: string, now: Date): Promise<boolean> =>
  Number(
    (
      await db
        .updateTable("node_registrations")
        .set({ cbill_code: cbillCode, version: sql`version + 1`, changed_at: now, changed_by: null })
        .where("institution_id", "=", at.institutionId)
        .where("environment", "=", at.environment)
        .executeTakeFirst()
    ).numUpdatedRows,
  ) === 1;

/** Adds a code to an institution; false when another has it. */
export const insertEncoding = async (
  db: Db,
  at: At,
  kind: "qr-code" | "barcode-128-aim",
  code: string,
): Promise<boolean> =>
  (await db
    .insertInto("node_encodings")
    .values({ institution_id: at.institutionId, environment: at.environment, kind, code })
    .onConflict((c) => c.doNothing())
    .returning("id")
    .executeTakeFirst()) !== undefined;

/** What stands on the registration: its own stations in use, where it receives, who acts for it. Fifty of each say enough. */
export const touchedBy = async (connection: Connection, at: At) =>
  (
    await connection.query<{
      stations: { code: string; state: string }[];
      associations: { stationCode: string; broker: string; segregationCode: string | null }[];
      delegations: { id: string; partner: string }[];
    }>(
      `select
         coalesce((select jsonb_agg(jsonb_build_object('code', s.code, 'state', s.state)) from (select code, state from stations
           where institution_id = $1 and environment = $2 and state <> 'retired' order by code limit 50) s), '[]') as stations,
         coalesce((select jsonb_agg(jsonb_build_object('stationCode', a.station_code, 'broker', a.broker_name, 'segregationCode', a.segregation_code)) from
           (select station_code, broker_name, segregation_code from station_associations
             where institution_id = $1 and environment = $2 and state = 'active' order by station_code limit 50) a), '[]') as associations,
         coalesce((select jsonb_agg(jsonb_build_object('id', d.delegation_id, 'partner', d.partner_name)) from (select delegation_id, partner_name from delegation_portfolio
           where institution_id = $1 and product_id = 'pagopa' and state = 'active' and environment in ($2, 'both') order by partner_name limit 50) d), '[]') as delegations`,
      [at.institutionId, at.environment],
    )
  ).rows[0]!;

/** Has somebody else chosen this institution as the one that connects them? */
export const servesOthers = async (connection: Connection, at: At, now: Date): Promise<boolean> =>
  (
    await connection.query<{ some: boolean }>(
      "select exists (select 1 from creditor_candidates($1, null, $2, $3, null, null, null, 2) c where c.id <> $1) as some",
      [at.institutionId, at.environment, now],
    )
  ).rows[0]?.some ?? false;

export type BrokerRow = { id: string; name: string; tax_code: string; delegated: boolean };
export const brokersFor = async (
  connection: Connection,
  at: At,
  ask: {
    search: string | null;
    after: { delegated: boolean; name: string; id: string } | null;
    limit: number;
    now: Date;
  },
): Promise<BrokerRow[]> =>
  (
    await connection.query<BrokerRow>("select * from creditor_brokers($1, $2, $3, $4, $5, $6, $7, $8)", [
      at.institutionId,
      at.environment,
      ask.now,
      ask.search,
      ask.after?.delegated ?? null,
      ask.after?.name ?? null,
      ask.after?.id ?? null,
      ask.limit,
    ])
  ).rows;

/** By what right may an institution choose this intermediary? Null when it is none. */
export const brokerFor = async (
  connection: Connection,
  at: At,
  brokerId: string,
  now: Date,
): Promise<{ name: string; capacity: Capacity; delegated: boolean } | null> =>
  (
    await connection.query<{ name: string; capacity: Capacity; delegated: boolean }>(
      "select * from creditor_broker($1, $2, $3, $4)",
      [at.institutionId, brokerId, at.environment, now],
    )
  ).rows[0] ?? null;

/** What of the way to the first payment is there already, in one statement. */
export const standing = async (connection: Connection, at: At) =>
  (
    await connection.query<{
      contact: boolean;
      station: boolean;
      association: boolean;
      serves: boolean;
    }>(
      `select exists (select 1 from operations_contacts where institution_id = $1 and environment = $2) as contact,
         exists (select 1 from stations where institution_id = $1 and environment = $2 and state = 'active') as station,
         exists (select 1 from station_associations where institution_id = $1 and environment = $2 and state = 'active') as association,
         exists (select 1 from station_associations where broker_id = $1 and environment = $2 and state = 'active') as serves`,
      [at.institutionId, at.environment],
    )
  ).rows[0]!;

// — whom the platform calls —
export type ContactRow = { sealed: Uint8Array; version: number; changed_at: Date; changed_by_name: string };
export const contactOf = async (connection: Connection, at: At): Promise<ContactRow | null> =>
  (
    await connection.query<ContactRow>(
      `select c.sealed, c.version, c.changed_at, p.given_name || ' ' || p.family_name as changed_by_name
       from operations_contacts c join persons p on p.id = c.changed_by where c.institution_id = $1 and c.environment = $2`,
      [at.institutionId, at.environment],
    )
  ).rows[0] ?? null;

/** Version 0 is "never written": of two who write it at once, one wins. */
export const writeContact = async (
  db: Db,
  at: At,
  version: number,
  contact: { sealed: Buffer; by: string; at: Date },
): Promise<boolean> => {
  const values = { sealed: contact.sealed, changed_by: contact.by, changed_at: contact.at };
  const row =
    version === 0
      ? await db
          .insertInto("operations_contacts")
          .values({ institution_id: at.institutionId, environment: at.environment, ...values })
          .onConflict((c) => c.columns(["institution_id", "environment"]).doNothing())
          .returning("id")
          .executeTakeFirst()
      : await db
          .updateTable("operations_contacts")
          .set({ ...values, version: sql`version + 1` })
          .where("institution_id", "=", at.institutionId)
          .where("environment", "=", at.environment)
          .where("version", "=", version)
          .returning("id")
          .executeTakeFirst();
  return row !== undefined;
};

/** Who connects the institution changes with a move between partners, where the other is on the node too. */
export const moveIntermediary = (connection: Connection, at: At, from: string, to: string, now: Date) =>
  connection.query(
    `update node_registrations r set intermediary_id = $4, changed_at = $5, changed_by = null, version = version + 1
     where r.institution_id = $1 and r.environment = $2 and r.intermediary_id = $3
       and exists (select 1 from node_registrations b where b.institution_id = $4 and b.environment = $2 and b.creditor_broker)`,
    [at.institutionId, at.environment, from, to, now],
  );
