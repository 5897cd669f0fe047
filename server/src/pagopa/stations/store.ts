import type {
  ConnectionTest,
  Environment,
  OperatorSettings,
  ProbeLine,
  StationChangeState,
  StationConnection,
  StationEndpoint,
  StationReviewView,
  StationRuleLine,
  StationSettings,
  StationState,
} from "@area/api";
import { sql } from "kysely";
import type { Connection } from "../../platform/database/connection.ts";
import type { Db } from "../../platform/database/transaction.ts";

export type At = { institutionId: string; environment: Environment };

export type LineRow = {
  id: string;
  institution_id: string;
  environment: Environment;
  code: string;
  description: string;
  state: StationState;
  connection: StationConnection;
  institutions: number;
  version: number;
  created_at: Date;
  created_by_name: string | null;
  changed_at: Date;
  changed_by_name: string | null;
  activated_at: Date | null;
  open_state: "waiting" | "changes-requested" | null;
  open_due_at: Date | null;
};
export type StationRow = LineRow & {
  settings: StationSettings;
  operator_settings: Partial<OperatorSettings>;
  broker_name: string;
  broker_tax_code: string;
  promoted_from: string | null;
  promoted_to: string | null;
};
const nameOf = (p: string) => `${p}.given_name || ' ' || ${p}.family_name`;
const LINE = `s.id, s.institution_id, s.environment, s.code, s.description, s.state, s.connection, s.institutions, s.version,
  s.created_at, ${nameOf("c")} as created_by_name, s.changed_at, ${nameOf("g")} as changed_by_name, s.activated_at,
  w.state as open_state, w.due_at as open_due_at`;
const FROM = `stations s left join persons c on c.id = s.created_by left join persons g on g.id = s.changed_by
  left join station_changes w on w.station_id = s.id and w.state in ('waiting', 'changes-requested')`;

export type Filter = {
  state: "in-use" | "waiting" | "retired";
  search: string | null;
  resources: readonly string[] | null;
};
const MATCH = `s.institution_id = $1 and s.environment = $2 and s.code > $3
  and case $4 when 'retired' then s.state = 'retired' when 'waiting' then w.id is not null else s.state <> 'retired' end
  and ($5::text is null or s.code ilike '%' || $5 || '%' or s.description ilike '%' || $5 || '%')
  and ($6::text[] is null or s.code = any ($6))`;
/** The stations of a broker by code, from a key on. The index of the broker gives the order; the text is looked for row by row. */
export const stationsOf = async (
  connection: Connection,
  at: At,
  ask: Filter & { after: string | null; limit: number },
): Promise<LineRow[]> =>
  (
    await connection.query<LineRow>(`select ${LINE} from ${FROM} where ${MATCH} order by s.code limit $7`, [
      at.institutionId,
      at.environment,
      ask.after ?? "",
      ask.state,
      ask.search,
      ask.resources,
      ask.limit,
    ])
  ).rows;

/** The same with all that is configured, for a file. */
export const stationsWhole = async (
  connection: Connection,
  at: At,
  ask: Filter & { after: string | null; limit: number },
): Promise<(LineRow & { settings: StationSettings })[]> =>
  (
    await connection.query<LineRow & { settings: StationSettings }>(
      `select ${LINE}, s.settings from ${FROM} where ${MATCH} order by s.code limit $7`,
      [at.institutionId, at.environment, ask.after ?? "", ask.state, ask.search, ask.resources, ask.limit],
    )
  ).rows;

const WHOLE = `select ${LINE}, s.settings, s.operator_settings, i.name as broker_name, i.tax_code as broker_tax_code,
    (select o.code from stations o where o.id = s.origin_id) as promoted_from,
    (select t.code from stations t where t.origin_id = s.id order by t.code limit 1) as promoted_to
  from ${FROM} join institutions i on i.id = s.institution_id`;
export const stationOf = async (connection: Connection, at: At, code: string): Promise<StationRow | null> =>
  (
    await connection.query<StationRow>(`${WHOLE} where s.institution_id = $1 and s.environment = $2 and s.code = $3`, [
      at.institutionId,
      at.environment,
      code,
    ])
  ).rows[0] ?? null;
export const stationById = async (connection: Connection, id: string): Promise<StationRow | null> =>
  (await connection.query<StationRow>(`${WHOLE} where s.id = $1`, [id])).rows[0] ?? null;

/** The station under its lock: changes, decisions and associations of one station take turns. */
export const lockStation = (db: Db, at: At, code: string) =>
  db
    .selectFrom("stations")
    .selectAll()
    .where("institution_id", "=", at.institutionId)
    .where("environment", "=", at.environment)
    .where("code", "=", code)
    .forUpdate()
    .executeTakeFirst();
export const lockStationById = (db: Db, id: string) =>
  db.selectFrom("stations").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
export type LockedStation = NonNullable<Awaited<ReturnType<typeof lockStation>>>;

/** The station that was made out of one in test, and is still in use. */
export const promotedFrom = (db: Db, originId: string) =>
  db
    .selectFrom("stations")
    .selectAll()
    .where("origin_id", "=", originId)
    .where("state", "<>", "retired")
    .orderBy("code")
    .limit(1)
    .forUpdate()
    .executeTakeFirst();

/** Which of these codes are stations of the institution, or of who serves it: in either environment. */
export const knownCodes = async (
  connection: Connection,
  institutionId: string,
  codes: readonly string[],
): Promise<string[]> =>
  (
    await connection.query<{ code: string }>(
      `select code from stations where institution_id = $1 and code = any ($2)
       union select station_code from station_associations where institution_id = $1 and state = 'active' and station_code = any ($2)`,
      [institutionId, codes],
    )
  ).rows.map((r) => r.code);

/** The first number that no row with this tax code has. The caller holds the lock of the broker's registration. */
export const nextNumber = async (
  connection: Connection,
  environment: Environment,
  prefix: string,
): Promise<number | null> =>
  (await connection.query<{ n: number | null }>("select next_station_number($1, $2) as n", [environment, prefix]))
    .rows[0]?.n ?? null;

export type NewStationRow = At & {
  code: string;
  description: string;
  settings: StationSettings;
  operatorSettings?: Partial<OperatorSettings>;
  state: "pending" | "active";
  originId?: string | null;
  by: string | null;
  at: Date;
};
/** Writes a station down; null when its code is taken in this environment. */
export const insertStation = async (db: Db, s: NewStationRow): Promise<string | null> =>
  (
    await db
      .insertInto("stations")
      .values({
        institution_id: s.institutionId,
        environment: s.environment,
        code: s.code,
        description: s.description,
        settings: JSON.stringify(s.settings),
        operator_settings: JSON.stringify(s.operatorSettings ?? {}),
        state: s.state,
        origin_id: s.originId ?? null,
        activated_at: s.state === "active" ? s.at : null,
        created_at: s.at,
        created_by: s.by,
        changed_at: s.at,
        changed_by: s.by,
      })
      .onConflict((c) => c.columns(["environment", "code"]).doNothing())
      .returning("id")
      .executeTakeFirst()
  )?.id ?? null;

export const updateStation = (
  db: Db,
  id: string,
  change: {
    description?: string;
    settings?: StationSettings;
    operatorSettings?: Partial<OperatorSettings>;
    state?: StationState;
    activatedAt?: Date;
    retiredAt?: Date;
    originId?: string;
    /** Undefined: who changed it last stays, as when the staff decide. */
    by?: string | null;
    at: Date;
  },
) =>
  db
    .updateTable("stations")
    .set({
      ...(change.description === undefined ? {} : { description: change.description }),
      ...(change.settings === undefined ? {} : { settings: JSON.stringify(change.settings) }),
      ...(change.operatorSettings === undefined ? {} : { operator_settings: JSON.stringify(change.operatorSettings) }),
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.activatedAt === undefined ? {} : { activated_at: change.activatedAt }),
      ...(change.retiredAt === undefined ? {} : { retired_at: change.retiredAt }),
      ...(change.originId === undefined ? {} : { origin_id: change.originId }),
      ...(change.by === undefined ? {} : { changed_by: change.by }),
      changed_at: change.at,
      version: sql`version + 1`,
    })
    .where("id", "=", id)
    .execute();

// — what was asked of a station —
export type ChangeRow = {
  id: string;
  institution_id: string;
  environment: Environment;
  station_id: string;
  kind: "creation" | "update";
  description: string;
  settings: StationSettings;
  before: { description?: string; settings?: StationSettings };
  state: StationChangeState;
  round: number;
  rules_version: string;
  rules: StationRuleLine[];
  proposed_at: Date;
  proposed_by_name: string | null;
  due_at: Date | null;
  decided_at: Date | null;
  decided_by: string | null;
  note: string | null;
  unanswered_since: Date | null;
};
const CHANGE = `select h.*, ${nameOf("p")} as proposed_by_name from station_changes h left join persons p on p.id = h.proposed_by`;

/** The change that waits, or else the last that was asked for. */
export const lastChange = async (connection: Connection, stationId: string): Promise<ChangeRow | null> =>
  (
    await connection.query<ChangeRow>(
      `${CHANGE} where h.station_id = $1 order by h.state in ('waiting', 'changes-requested') desc, h.proposed_at desc, h.id desc limit 1`,
      [stationId],
    )
  ).rows[0] ?? null;
export const openChange = async (connection: Connection, stationId: string): Promise<ChangeRow | null> =>
  (
    await connection.query<ChangeRow>(
      `${CHANGE} where h.station_id = $1 and h.state in ('waiting', 'changes-requested') for update of h`,
      [stationId],
    )
  ).rows[0] ?? null;
export const changeById = async (connection: Connection, id: string, lock = false): Promise<ChangeRow | null> =>
  (await connection.query<ChangeRow>(`${CHANGE} where h.id = $1${lock ? " for update of h" : ""}`, [id])).rows[0] ??
  null;

export const insertChange = async (
  db: Db,
  c: At & {
    stationId: string;
    kind: "creation" | "update";
    description: string;
    settings: StationSettings;
    before: ChangeRow["before"];
    rulesVersion: string;
    rules: StationRuleLine[];
    state: "waiting" | "approved";
    dueAt: Date | null;
    by: string | null;
    at: Date;
  },
): Promise<string> =>
  (
    await db
      .insertInto("station_changes")
      .values({
        institution_id: c.institutionId,
        environment: c.environment,
        station_id: c.stationId,
        kind: c.kind,
        description: c.description,
        settings: JSON.stringify(c.settings),
        before: JSON.stringify(c.before),
        rules_version: c.rulesVersion,
        rules: JSON.stringify(c.rules),
        state: c.state,
        due_at: c.dueAt,
        proposed_by: c.by,
        proposed_at: c.at,
        decided_at: c.state === "approved" ? c.at : null,
      })
      .returning("id")
      .executeTakeFirstOrThrow()
  ).id;

/** Sent again while it waited: another round, with its own clock. */
export const resendChange = (
  db: Db,
  id: string,
  c: {
    description: string;
    settings: StationSettings;
    rulesVersion: string;
    rules: StationRuleLine[];
    dueAt: Date;
    by: string;
    at: Date;
  },
) =>
  db
    .updateTable("station_changes")
    .set({
      description: c.description,
      settings: JSON.stringify(c.settings),
      rules_version: c.rulesVersion,
      rules: JSON.stringify(c.rules),
      state: "waiting",
      round: sql`round + 1`,
      due_at: c.dueAt,
      proposed_by: c.by,
      proposed_at: c.at,
      decided_at: null,
      decided_by: null,
      note: null,
      version: sql`version + 1`,
    })
    .where("id", "=", id)
    .execute();

export const setRules = (db: Db, id: string, rulesVersion: string, rules: StationRuleLine[]) =>
  db
    .updateTable("station_changes")
    .set({ rules_version: rulesVersion, rules: JSON.stringify(rules), version: sql`version + 1` })
    .where("id", "=", id)
    .execute();

export const closeChange = (
  db: Db,
  id: string,
  state: Exclude<StationChangeState, "waiting">,
  d: { by: string | null; note: string | null; at: Date },
) =>
  db
    .updateTable("station_changes")
    .set({
      state,
      decided_at: state === "withdrawn" ? null : d.at,
      decided_by: d.by,
      note: d.note,
      unanswered_since: null,
      version: sql`version + 1`,
    })
    .where("id", "=", id)
    .execute();

export const setUnanswered = (db: Db, id: string, since: Date | null) =>
  db.updateTable("station_changes").set({ unanswered_since: since }).where("id", "=", id).execute();

export type MessageRow = { id: string; at: Date; text: string; person_name: string | null; staff_id: string | null };
export const messagesOf = async (connection: Connection, changeId: string): Promise<MessageRow[]> =>
  (
    await connection.query<MessageRow>(
      `select m.id, m.at, m.text, ${nameOf("p")} as person_name, m.staff_id from station_messages m left join persons p on p.id = m.person_id
       where m.change_id = $1 order by m.at, m.id limit 200`,
      [changeId],
    )
  ).rows;
export const insertMessage = async (
  db: Db,
  m: At & { changeId: string; personId: string | null; staffId: string | null; text: string; at: Date },
): Promise<string> =>
  (
    await db
      .insertInto("station_messages")
      .values({
        institution_id: m.institutionId,
        environment: m.environment,
        change_id: m.changeId,
        person_id: m.personId,
        staff_id: m.staffId,
        text: m.text,
        at: m.at,
      })
      .returning("id")
      .executeTakeFirstOrThrow()
  ).id;

// — the desk —
export type QueueRow = ChangeRow & {
  code: string;
  station_description: string;
  broker_name: string;
  broker_tax_code: string;
};
const views: Record<StationReviewView, { where: string; at: string; order: "asc" | "desc" }> = {
  waiting: { where: "h.state = 'waiting'", at: "h.due_at", order: "asc" },
  "with-broker": { where: "h.state = 'changes-requested'", at: "h.decided_at", order: "desc" },
  decided: { where: "h.state in ('approved', 'refused')", at: "h.decided_at", order: "desc" },
};
export const queue = async (
  connection: Connection,
  ask: { view: StationReviewView; after: { at: string; id: string } | null; limit: number },
): Promise<QueueRow[]> => {
  const { where, at, order } = views[ask.view];
  return (
    await connection.query<QueueRow>(
      `select h.*, null::text as proposed_by_name, s.code, s.description as station_description, i.name as broker_name, i.tax_code as broker_tax_code
       from station_changes h join stations s on s.id = h.station_id join institutions i on i.id = h.institution_id
       where ${where} and ($1::timestamptz is null or (${at}, h.id) ${order === "asc" ? ">" : "<"} ($1, $2::uuid))
       order by ${at} ${order}, h.id ${order} limit $3`,
      [ask.after?.at ?? null, ask.after?.id ?? null, ask.limit],
    )
  ).rows;
};

// — tests of endpoints —
type TestRow = {
  id: string;
  endpoint: StationEndpoint;
  url: string;
  outcome: ConnectionTest["outcome"];
  steps: ProbeLine[];
  at: Date;
  by_name: string | null;
};
const testShown = (r: TestRow): ConnectionTest => ({
  id: r.id,
  endpoint: r.endpoint,
  url: r.url,
  outcome: r.outcome,
  steps: r.steps,
  at: r.at.toISOString(),
  by: r.by_name,
});
/** The last test of each endpoint and address. */
export const lastTests = async (connection: Connection, stationId: string): Promise<ConnectionTest[]> =>
  (
    await connection.query<TestRow>(
      `select distinct on (t.endpoint, t.url) t.id, t.endpoint, t.url, t.outcome, t.steps, t.at, ${nameOf("p")} as by_name
       from (select * from connection_tests where station_id = $1 order by at desc limit 60) t left join persons p on p.id = t.by
       order by t.endpoint, t.url, t.at desc`,
      [stationId],
    )
  ).rows.map(testShown);
/** Addresses whose last test since then was good. */
export const testedSince = async (connection: Connection, stationId: string, since: Date): Promise<Set<string>> =>
  new Set(
    (
      await connection.query<{ url: string; outcome: string }>(
        `select distinct on (url) url, outcome from connection_tests where station_id = $1 and at > $2 order by url, at desc`,
        [stationId, since],
      )
    ).rows
      .filter((r) => r.outcome === "passed")
      .map((r) => r.url),
  );
/** How many tests the institution made since then: at most so many are counted. */
export const testsSince = async (
  connection: Connection,
  institutionId: string,
  since: Date,
  most: number,
): Promise<number> =>
  (
    await connection.query<{ n: number }>(
      "select count(*)::int as n from (select 1 from connection_tests where institution_id = $1 and at > $2 limit $3) t",
      [institutionId, since, most],
    )
  ).rows[0]!.n;
export const insertTest = async (
  db: Db,
  t: At & {
    stationId: string;
    endpoint: StationEndpoint;
    url: string;
    outcome: ConnectionTest["outcome"];
    steps: ProbeLine[];
    by: string;
    at: Date;
  },
): Promise<string> =>
  (
    await db
      .insertInto("connection_tests")
      .values({
        institution_id: t.institutionId,
        environment: t.environment,
        station_id: t.stationId,
        endpoint: t.endpoint,
        url: t.url,
        outcome: t.outcome,
        steps: JSON.stringify(t.steps),
        by: t.by,
        at: t.at,
      })
      .returning("id")
      .executeTakeFirstOrThrow()
  ).id;

/** Every kept version of a station, the latest first, each with the one before it. */
export const versionsOf = async (
  connection: Connection,
  stationId: string,
  ask: { before: number | null; limit: number },
): Promise<
  {
    version: number;
    at: Date;
    by: string | null;
    row: Record<string, unknown>;
    earlier: Record<string, unknown> | null;
  }[]
> =>
  (
    await connection.query<{
      version: number;
      at: Date;
      by: string | null;
      row: Record<string, unknown>;
      earlier: Record<string, unknown> | null;
    }>(
      `select v.version, v.changed_at as at, ${nameOf("p")} as by, v.row_state as row, e.row_state as earlier
       from row_versions v left join persons p on p.id = v.changed_by
         left join row_versions e on e.table_name = v.table_name and e.row_key = v.row_key and e.version = v.version - 1
       where v.table_name = 'stations' and v.row_key = $1::text and ($2::int is null or v.version < $2) order by v.version desc limit $3`,
      [stationId, ask.before, ask.limit],
    )
  ).rows;
