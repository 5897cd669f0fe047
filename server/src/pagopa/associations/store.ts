import type { AssociationState, Environment, StationState } from "@area/api";
import { sql } from "kysely";
import type { Connection } from "../../platform/database/connection.ts";
import type { Db } from "../../platform/database/transaction.ts";

export type At = { institutionId: string; environment: Environment };
export type AssociationRow = {
  id: string;
  institution_id: string;
  broker_id: string;
  station_id: string;
  environment: Environment;
  station_code: string;
  station_state: StationState;
  broker_name: string;
  broker_tax_code: string;
  name: string;
  tax_code: string;
  aux_digit: number | null;
  segregation_code: string | null;
  application_code: string | null;
  broadcast: boolean;
  mod4: boolean;
  aca: boolean;
  stand_in: boolean;
  spontaneous_payment: boolean;
  valid_from: string;
  state: AssociationState;
  reason: string | null;
  moving: boolean;
  version: number;
  made_at: Date;
  changed_at: Date;
  changed_by_name: string | null;
};
const SELECT = `select a.*, p.given_name || ' ' || p.family_name as changed_by_name from station_associations a left join persons p on p.id = a.changed_by`;

export const ofStation = async (
  connection: Connection,
  stationId: string,
  ask: { search: string | null; after: { name: string; id: string } | null; limit: number },
): Promise<AssociationRow[]> =>
  (
    await connection.query<AssociationRow>(
      `${SELECT} where a.station_id = $1 and a.state = 'active' and ($2::text is null or a.name ilike '%' || $2 || '%' or a.tax_code = $2)
         and ($3::text is null or (a.name, a.id) > ($3, $4::uuid)) order by a.name, a.id limit $5`,
      [stationId, ask.search, ask.after?.name ?? null, ask.after?.id ?? null, ask.limit],
    )
  ).rows;

/** Whom a broker serves, on all its stations or on some: for a file. */
export const ofBroker = async (
  connection: Connection,
  at: At,
  ask: {
    stationCode: string | null;
    search: string | null;
    resources: readonly string[] | null;
    after: { name: string; id: string } | null;
    limit: number;
  },
): Promise<AssociationRow[]> =>
  (
    await connection.query<AssociationRow>(
      `${SELECT} where a.broker_id = $1 and a.environment = $2 and a.state = 'active' and ($3::text is null or a.station_code = $3)
         and ($4::text is null or a.name ilike '%' || $4 || '%' or a.tax_code = $4) and ($5::text[] is null or a.station_code = any ($5))
         and ($6::text is null or (a.name, a.id) > ($6, $7::uuid)) order by a.name, a.id limit $8`,
      [
        at.institutionId,
        at.environment,
        ask.stationCode,
        ask.search,
        ask.resources,
        ask.after?.name ?? null,
        ask.after?.id ?? null,
        ask.limit,
      ],
    )
  ).rows;

/** Through which stations an institution receives, the latest first. */
export const ofInstitution = async (
  connection: Connection,
  at: At,
  ask: { over: boolean; after: { at: string; id: string } | null; limit: number },
): Promise<AssociationRow[]> =>
  (
    await connection.query<AssociationRow>(
      `${SELECT} where a.institution_id = $1 and a.environment = $2 and (a.state <> 'active') = $3
         and ($4::timestamptz is null or (a.made_at, a.id) < ($4, $5::uuid)) order by a.made_at desc, a.id desc limit $6`,
      [at.institutionId, at.environment, ask.over, ask.after?.at ?? null, ask.after?.id ?? null, ask.limit],
    )
  ).rows;

export const associationOf = async (connection: Connection, id: string): Promise<AssociationRow | null> =>
  (await connection.query<AssociationRow>(`${SELECT} where a.id = $1`, [id])).rows[0] ?? null;

/** One of a station's, or one of the institution's own, under its lock. */
export const lockOfStation = async (
  connection: Connection,
  stationId: string,
  id: string,
): Promise<AssociationRow | null> =>
  (
    await connection.query<AssociationRow>(`${SELECT} where a.id = $2 and a.station_id = $1 for update of a`, [
      stationId,
      id,
    ])
  ).rows[0] ?? null;
export const lockOfInstitution = async (connection: Connection, at: At, id: string): Promise<AssociationRow | null> =>
  (
    await connection.query<AssociationRow>(
      `${SELECT} where a.id = $3 and a.institution_id = $1 and a.environment = $2 for update of a`,
      [at.institutionId, at.environment, id],
    )
  ).rows[0] ?? null;

/** The institution's associations with these brokers, held until the transaction ends. */
export const lockWithBrokers = async (
  connection: Connection,
  at: At,
  brokerIds: readonly string[],
): Promise<AssociationRow[]> =>
  (
    await connection.query<AssociationRow>(
      `${SELECT} where a.institution_id = $1 and a.environment = $2 and a.state = 'active' and a.broker_id = any ($3) order by a.id for update of a`,
      [at.institutionId, at.environment, brokerIds],
    )
  ).rows;

export type Creditor = { candidate: boolean; registered: boolean; tax_code: string; name: string; codes: string[] };
/** What a broker may know of an institution that it serves, codes in use included; null when it does not serve it. */
export const creditorFor = async (
  connection: Connection,
  brokerId: string,
  at: At,
  now: Date,
): Promise<Creditor | null> =>
  (
    await connection.query<Creditor>("select * from creditor_on_node($1, $2, $3, $4)", [
      brokerId,
      at.institutionId,
      at.environment,
      now,
    ])
  ).rows[0] ?? null;

export const candidatesFor = async (
  connection: Connection,
  brokerId: string,
  ask: {
    stationId: string;
    environment: Environment;
    search: string | null;
    after: { name: string; id: string } | null;
    limit: number;
    now: Date;
  },
): Promise<{ id: string; name: string; tax_code: string; registered: boolean }[]> =>
  (
    await connection.query<{ id: string; name: string; tax_code: string; registered: boolean }>(
      "select * from creditor_candidates($1, $2, $3, $4, $5, $6, $7, $8)",
      [
        brokerId,
        ask.stationId,
        ask.environment,
        ask.now,
        ask.search,
        ask.after?.name ?? null,
        ask.after?.id ?? null,
        ask.limit,
      ],
    )
  ).rows;

export type NewAssociationRow = {
  institutionId: string;
  stationId: string;
  auxDigit: number | null;
  segregationCode: string | null;
  applicationCode: string | null;
  broadcast: boolean;
  mod4: boolean;
  aca: boolean;
  standIn: boolean;
  spontaneousPayment?: boolean;
  validFrom: string;
  moving?: boolean;
  by: string | null;
  at: Date;
};
export type CodeTaken = "already-associated" | "segregation-code-taken" | "application-code-taken";
const CLASHES: Record<string, CodeTaken> = {
  station_associations_once: "already-associated",
  station_associations_segregation: "segregation-code-taken",
  station_associations_application: "application-code-taken",
};
/** Whichever index speaks says which of the rules is broken, whoever of the two sides asks. */
const clash = (error: unknown): { taken: CodeTaken } => {
  const taken = CLASHES[(error as { constraint?: string }).constraint ?? ""];
  if (!taken) throw error;
  return { taken };
};
/** A statement that may meet an index, without losing the transaction around it. */
const guarded = async <T>(connection: Connection, work: () => Promise<T>): Promise<T | { taken: CodeTaken }> => {
  await connection.query("savepoint association");
  try {
    const done = await work();
    await connection.query("release savepoint association");
    return done;
  } catch (error) {
    await connection.query("rollback to savepoint association");
    return clash(error);
  }
};

/** Writes an association down; station, broker and names are filled in by the database. */
export const insertAssociation = (
  connection: Connection,
  a: NewAssociationRow,
): Promise<{ id: string } | { taken: CodeTaken }> =>
  guarded(
    connection,
    async () =>
      (
        await connection.query<{ id: string }>(
          `insert into station_associations (institution_id, station_id, aux_digit, segregation_code, application_code, broadcast, mod4, aca, stand_in,
             spontaneous_payment, valid_from, moving, made_at, made_by, changed_at, changed_by)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13, $14) returning id`,
          [
            a.institutionId,
            a.stationId,
            a.auxDigit,
            a.segregationCode,
            a.applicationCode,
            a.broadcast,
            a.mod4,
            a.aca,
            a.aca && a.standIn,
            a.spontaneousPayment ?? false,
            a.validFrom,
            a.moving ?? false,
            a.at,
            a.by,
          ],
        )
      ).rows[0]!,
  );

export const updateAssociation = (
  connection: Connection,
  id: string,
  a: {
    auxDigit: number | null;
    segregationCode: string | null;
    applicationCode: string | null;
    broadcast: boolean;
    aca: boolean;
    standIn: boolean;
    by: string | null;
    at: Date;
  },
): Promise<{ id: string } | { taken: CodeTaken }> =>
  guarded(
    connection,
    async () =>
      (
        await connection.query<{ id: string }>(
          `update station_associations set aux_digit = $2, segregation_code = $3, application_code = $4, broadcast = $5, aca = $6, stand_in = $7,
             changed_at = $8, changed_by = $9, version = version + 1 where id = $1 returning id`,
          [id, a.auxDigit, a.segregationCode, a.applicationCode, a.broadcast, a.aca, a.aca && a.standIn, a.at, a.by],
        )
      ).rows[0]!,
  );

export const endAssociation = (
  db: Db,
  id: string,
  state: "ended" | "refused",
  d: { by: string | null; reason: string | null; at: Date },
) =>
  db
    .updateTable("station_associations")
    .set({ state, reason: d.reason, moving: false, changed_at: d.at, changed_by: d.by, version: sql`version + 1` })
    .where("id", "=", id)
    .execute();

export const setMoving = (db: Db, ids: readonly string[], moving: boolean, at: Date) =>
  db
    .updateTable("station_associations")
    .set({ moving, changed_at: at, version: sql`version + 1` })
    .where("id", "in", ids.length > 0 ? [...ids] : ["00000000-0000-0000-0000-000000000000"])
    .execute();

/** Takes numbers in a row: the row of the sequence is locked, so nobody gets the same. Answers the first. */
export const takeBases = async (
  connection: Connection,
  at: At,
  segregationCode: string,
  count: number,
): Promise<bigint> =>
  BigInt(
    (
      await connection.query<{ last: string }>(
        `insert into notice_sequences (institution_id, environment, segregation_code, last_base) values ($1, $2, $3, $4)
         on conflict (institution_id, environment, segregation_code) do update set last_base = notice_sequences.last_base + $4
         returning last_base::text as last`,
        [at.institutionId, at.environment, segregationCode, count],
      )
    ).rows[0]!.last,
  ) -
  BigInt(count) +
  1n;

export const holdsSegregation = async (connection: Connection, at: At, code: string): Promise<boolean> =>
  (
    await connection.query<{ held: boolean }>(
      `select exists (select 1 from station_associations where institution_id = $1 and environment = $2 and segregation_code = $3 and state = 'active') as held`,
      [at.institutionId, at.environment, code],
    )
  ).rows[0]!.held;
