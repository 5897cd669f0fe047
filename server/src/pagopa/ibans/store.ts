import type { Environment, IbanLabel } from "@area/api";
import { sql } from "kysely";
import type { Connection } from "../../platform/database/connection.ts";
import type { Db } from "../../platform/database/transaction.ts";

export type IbanRow = {
  id: string;
  iban: string;
  description: string;
  valid_from: string;
  valid_until: string | null;
  holder_kind: string;
  holder_tax_code: string | null;
  holder_name: string | null;
  holder_ground: string | null;
  retires_on: string | null;
  retired_at: Date | null;
  version: number;
  changed_at: Date;
  changed_by_name: string;
  labels: IbanLabel[];
};

const COLUMNS = `i.id, i.iban, i.description, i.valid_from, i.valid_until, i.holder_kind, i.holder_tax_code, i.holder_name, i.holder_ground,
  i.retires_on, i.retired_at, i.version, i.changed_at, p.given_name || ' ' || p.family_name as changed_by_name,
  coalesce((select jsonb_agg(l.label order by l.label) from iban_labels l where l.iban_id = i.id), '[]') as labels`;

export const ibansOf = async (
  connection: Connection,
  at: { institutionId: string; environment: Environment },
  ask: { retired: boolean; after: { iban: string; id: string } | null; limit: number },
): Promise<IbanRow[]> =>
  (
    await connection.query<IbanRow>(
      `select ${COLUMNS} from ibans i join persons p on p.id = i.changed_by
       where i.institution_id = $1 and i.environment = $2 and (i.retired_at is not null) = $3 and (i.iban, i.id) > ($4, $5::uuid)
       order by i.iban, i.id limit $6`,
      [
        at.institutionId,
        at.environment,
        ask.retired,
        ask.after?.iban ?? "",
        ask.after?.id ?? "00000000-0000-0000-0000-000000000000",
        ask.limit,
      ],
    )
  ).rows;

/** Has the institution an account that payers are offered, today or from a day that is written? */
export const hasUsable = async (db: Db, at: { institutionId: string; environment: string }, today: string) =>
  (await db
    .selectFrom("ibans")
    .select("id")
    .where("institution_id", "=", at.institutionId)
    .where("environment", "=", at.environment)
    .where("retired_at", "is", null)
    .where((e) => e.or([e("valid_until", "is", null), e("valid_until", ">=", today)]))
    .limit(1)
    .executeTakeFirst()) !== undefined;

export const ibanOf = async (
  connection: Connection,
  at: { institutionId: string; environment: Environment },
  ibanId: string,
): Promise<IbanRow | null> =>
  (
    await connection.query<IbanRow>(
      `select ${COLUMNS} from ibans i join persons p on p.id = i.changed_by where i.institution_id = $1 and i.environment = $2 and i.id = $3`,
      [at.institutionId, at.environment, ibanId],
    )
  ).rows[0] ?? null;

/** The account in use, under its lock until the transaction ends; null when it is not there or was retired. */
export const lockIban = (db: Db, at: { institutionId: string; environment: Environment }, ibanId: string) =>
  db
    .selectFrom("ibans")
    .selectAll()
    .where("institution_id", "=", at.institutionId)
    .where("environment", "=", at.environment)
    .where("id", "=", ibanId)
    .where("retired_at", "is", null)
    .forUpdate()
    .executeTakeFirst();

export type NewIban = {
  institutionId: string;
  environment: Environment;
  iban: string;
  description: string;
  validFrom: string;
  validUntil: string | null;
  holder: { kind: "own" } | { kind: "other"; taxCode: string; name: string; ground: string };
  by: string;
  at: Date;
};
/** Writes the account down; null when an index says that somebody has it: this institution, or for postal accounts another. */
export const insertIban = async (db: Db, n: NewIban): Promise<string | null> =>
  (
    await db
      .insertInto("ibans")
      .values({
        institution_id: n.institutionId,
        environment: n.environment,
        iban: n.iban,
        description: n.description,
        valid_from: n.validFrom,
        valid_until: n.validUntil,
        holder_kind: n.holder.kind,
        holder_tax_code: n.holder.kind === "other" ? n.holder.taxCode : null,
        holder_name: n.holder.kind === "other" ? n.holder.name : null,
        holder_ground: n.holder.kind === "other" ? n.holder.ground : null,
        registered_at: n.at,
        registered_by: n.by,
        changed_at: n.at,
        changed_by: n.by,
      })
      .onConflict((c) => c.doNothing())
      .returning("id")
      .executeTakeFirst()
  )?.id ?? null;

/** What other institutions make of these accounts: whether they use them, and whether one of them is the owner. */
export const elsewhere = async (
  connection: Connection,
  at: { institutionId: string; environment: Environment },
  ibans: readonly string[],
): Promise<Map<string, { shared: boolean; owned: boolean }>> =>
  new Map(
    (
      await connection.query<{ iban: string; shared: boolean; owned: boolean }>(
        "select iban, shared, owned from ibans_elsewhere($1, $2, $3::text[])",
        [at.environment, at.institutionId, ibans],
      )
    ).rows.map((r) => [r.iban, r]),
  );

export const isMine = async (
  db: Db,
  at: { institutionId: string; environment: Environment },
  iban: string,
): Promise<boolean> =>
  (await db
    .selectFrom("ibans")
    .select("id")
    .where("institution_id", "=", at.institutionId)
    .where("environment", "=", at.environment)
    .where("iban", "=", iban)
    .where("retired_at", "is", null)
    .executeTakeFirst()) !== undefined;

/** Changes a row that was read at a version: false when somebody changed it since. */
export const changeIban = async (
  db: Db,
  ibanId: string,
  version: number | null,
  change: {
    description?: string;
    validFrom?: string;
    validUntil?: string | null;
    retiresOn?: string | null;
    by: string;
    at: Date;
  },
): Promise<boolean> => {
  const done = await db
    .updateTable("ibans")
    .set({
      ...(change.description === undefined ? {} : { description: change.description }),
      ...(change.validFrom === undefined ? {} : { valid_from: change.validFrom }),
      ...(change.validUntil === undefined ? {} : { valid_until: change.validUntil }),
      ...(change.retiresOn === undefined ? {} : { retires_on: change.retiresOn }),
      changed_by: change.by,
      changed_at: change.at,
      version: sql`version + 1`,
    })
    .where("id", "=", ibanId)
    .where("retired_at", "is", null)
    .$if(version !== null, (q) => q.where("version", "=", version!))
    .executeTakeFirst();
  return Number(done.numUpdatedRows) === 1;
};

/** Only one at a time decides which accounts of an institution end: two who end one each must not leave none. */
export const holdAccounts = async (
  connection: Connection,
  at: { institutionId: string; environment: Environment },
): Promise<void> => {
  await connection.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [
    `ibans ${at.environment} ${at.institutionId}`,
  ]);
};

/** Does another account receive payments on that day? */
export const othersOn = async (
  db: Db,
  at: { institutionId: string; environment: Environment },
  but: readonly string[],
  day: string,
): Promise<boolean> =>
  (await db
    .selectFrom("ibans")
    .select("id")
    .where("institution_id", "=", at.institutionId)
    .where("environment", "=", at.environment)
    .where("id", "not in", but)
    .where("retired_at", "is", null)
    .where("valid_from", "<=", day)
    .where((e) => e.or([e("valid_until", "is", null), e("valid_until", ">=", day)]))
    .where((e) => e.or([e("retires_on", "is", null), e("retires_on", ">", day)]))
    .limit(1)
    .executeTakeFirst()) !== undefined;

export const insertEvidence = (
  db: Db,
  e: {
    id: string;
    institutionId: string;
    environment: Environment;
    name: string;
    mediaType: string;
    length: number;
    sha256: Buffer;
    storageKey: string;
    by: string;
    at: Date;
  },
) =>
  db
    .insertInto("iban_evidence")
    .values({
      id: e.id,
      institution_id: e.institutionId,
      environment: e.environment,
      iban_id: null,
      name: e.name,
      media_type: e.mediaType,
      length: e.length,
      sha256: e.sha256,
      storage_key: e.storageKey,
      uploaded_by: e.by,
      uploaded_at: e.at,
    })
    .execute();

/** Ties a file that waits to its account; false when it is not there, or serves another. */
export const tieEvidence = async (
  db: Db,
  at: { institutionId: string; environment: Environment },
  evidenceId: string,
  ibanId: string,
): Promise<boolean> =>
  Number(
    (
      await db
        .updateTable("iban_evidence")
        .set({ iban_id: ibanId })
        .where("id", "=", evidenceId)
        .where("institution_id", "=", at.institutionId)
        .where("environment", "=", at.environment)
        .where("iban_id", "is", null)
        .executeTakeFirst()
    ).numUpdatedRows,
  ) === 1;

export const evidenceOf = (db: Db, at: { institutionId: string; environment: Environment }, ibanId: string) =>
  db
    .selectFrom("iban_evidence")
    .selectAll()
    .where("institution_id", "=", at.institutionId)
    .where("environment", "=", at.environment)
    .where("iban_id", "=", ibanId)
    .executeTakeFirst();

/** Files that no account names after so long, across institutions: for the clock alone. */
export const evidenceWaitingSince = (db: Db, before: Date) =>
  db
    .selectFrom("iban_evidence")
    .select(["id", "storage_key"])
    .where("iban_id", "is", null)
    .where("uploaded_at", "<", before)
    .limit(500)
    .execute();
export const dropEvidence = (db: Db, id: string) =>
  db.deleteFrom("iban_evidence").where("id", "=", id).where("iban_id", "is", null).execute();

export const labelsOn = async (db: Db, ibanId: string): Promise<IbanLabel[]> =>
  (await db.selectFrom("iban_labels").select("label").where("iban_id", "=", ibanId).orderBy("label").execute()).map(
    (r) => r.label as IbanLabel,
  );

/** Puts exactly these labels on an account, taking them from wherever they were. Answers who lost one. */
export const moveLabels = async (
  db: Db,
  at: { institutionId: string; environment: Environment },
  ibanId: string,
  labels: readonly IbanLabel[],
): Promise<string[]> => {
  await db
    .deleteFrom("iban_labels")
    .where("iban_id", "=", ibanId)
    .$if(labels.length > 0, (q) => q.where("label", "not in", labels))
    .execute();
  const losers = new Set<string>();
  for (const label of labels) {
    const held = await db
      .selectFrom("iban_labels")
      .select("iban_id")
      .where("institution_id", "=", at.institutionId)
      .where("environment", "=", at.environment)
      .where("label", "=", label)
      .forUpdate()
      .executeTakeFirst();
    if (held && held.iban_id !== ibanId) losers.add(held.iban_id);
    await db
      .insertInto("iban_labels")
      .values({ institution_id: at.institutionId, environment: at.environment, label, iban_id: ibanId })
      .onConflict((c) => c.columns(["institution_id", "environment", "label"]).doUpdateSet({ iban_id: ibanId }))
      .execute();
  }
  return [...losers];
};

export const rulesOf = async (
  db: Db,
  at: { institutionId: string; environment: Environment },
): Promise<{ secondPerson: boolean; version: number }> => {
  const row = await db
    .selectFrom("iban_rules")
    .select(["second_person", "version"])
    .where("institution_id", "=", at.institutionId)
    .where("environment", "=", at.environment)
    .executeTakeFirst();
  return { secondPerson: row?.second_person ?? false, version: row?.version ?? 0 };
};

/** Version 0 is "never set": two people who set it at once, one wins. */
export const changeRules = async (
  db: Db,
  at: { institutionId: string; environment: Environment },
  version: number,
  rule: { secondPerson: boolean; by: string; at: Date },
): Promise<number | null> => {
  const values = { second_person: rule.secondPerson, changed_by: rule.by, changed_at: rule.at };
  const row =
    version === 0
      ? await db
          .insertInto("iban_rules")
          .values({ institution_id: at.institutionId, environment: at.environment, ...values })
          .onConflict((c) => c.columns(["institution_id", "environment"]).doNothing())
          .returning("version")
          .executeTakeFirst()
      : await db
          .updateTable("iban_rules")
          .set({ ...values, version: sql`version + 1` })
          .where("institution_id", "=", at.institutionId)
          .where("environment", "=", at.environment)
          .where("version", "=", version)
          .returning("version")
          .executeTakeFirst();
  return row?.version ?? null;
};

/** Accounts whose day has come, across institutions: for the clock alone. */
export const dueForRetirement = (db: Db, today: string) =>
  db
    .selectFrom("ibans")
    .select(["id", "institution_id", "environment", "iban"])
    .where("retired_at", "is", null)
    .where("retires_on", "<=", today)
    .orderBy("retires_on")
    .limit(500)
    .execute();

/** Retires an account whose day has come; false when it was kept meanwhile. Its labels go with it. */
export const retire = async (db: Db, ibanId: string, today: string, at: Date): Promise<boolean> => {
  const done = await db
    .updateTable("ibans")
    .set({ retired_at: at, version: sql`version + 1` })
    .where("id", "=", ibanId)
    .where("retired_at", "is", null)
    .where("retires_on", "<=", today)
    .executeTakeFirst();
  if (Number(done.numUpdatedRows) === 0) return false;
  await db.deleteFrom("iban_labels").where("iban_id", "=", ibanId).execute();
  return true;
};

export const nameOfPerson = async (db: Db, id: string): Promise<string | null> => {
  const row = await db
    .selectFrom("persons")
    .select(["given_name", "family_name"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row ? `${row.given_name} ${row.family_name}` : null;
};

export type DelegatorIban = {
  institution_id: string;
  name: string;
  tax_code: string;
  iban: string;
  description: string;
  valid_from: string;
  valid_until: string | null;
  labels: IbanLabel[];
};
/** A page of the accounts of all institutions that a person of a partner serves. */
export const delegatorsIbans = async (
  connection: Connection,
  at: { institutionId: string; environment: Environment },
  ask: {
    personId: string;
    now: Date;
    after: { name: string; institution: string; iban: string } | null;
    limit: number;
  },
): Promise<DelegatorIban[]> =>
  (
    await connection.query<DelegatorIban>(
      "select institution_id, name, tax_code, iban, description, valid_from, valid_until, labels from delegators_ibans($1, $2, $3, $4, $5, $6, $7, $8)",
      [
        ask.personId,
        at.institutionId,
        at.environment,
        ask.now,
        ask.after?.name ?? "",
        ask.after?.institution ?? "00000000-0000-0000-0000-000000000000",
        ask.after?.iban ?? "",
        ask.limit,
      ],
    )
  ).rows;
