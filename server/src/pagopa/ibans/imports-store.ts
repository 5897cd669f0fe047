import type { Environment, IbanImportOperation, IbanImportProblem, IbanImportVerdict } from "@area/api";
import { sql } from "kysely";
import type { Connection } from "../../platform/database/connection.ts";
import type { Db } from "../../platform/database/transaction.ts";
import type { Known, Verdict } from "./verdicts.ts";

type At = { institutionId: string; environment: Environment };

/** The accounts in use of the institution, among these or all of them; `hold` keeps them until the transaction ends. */
export const knownIbans = async (connection: Connection, at: At, hold = false): Promise<Known[]> =>
  (
    await connection.query<Known>(
      `select i.id, i.iban, i.description, i.valid_from, i.valid_until, i.retires_on,
         exists (select 1 from iban_labels l where l.iban_id = i.id) as labelled
       from ibans i where i.institution_id = $1 and i.environment = $2 and i.retired_at is null order by i.iban${hold ? " for update of i" : ""}`,
      [at.institutionId, at.environment],
    )
  ).rows;

export const barcodesCarried = async (
  connection: Connection,
  environment: Environment,
  codes: readonly string[],
): Promise<Map<string, string>> =>
  codes.length === 0
    ? new Map()
    : new Map(
        (
          await connection.query<{ code: string; iban: string }>(
            "select code, iban from barcodes_carried($1, $2::text[])",
            [environment, codes],
          )
        ).rows.map((r) => [r.code, r.iban]),
      );

export const insertImport = (
  db: Db,
  i: At & {
    id: string;
    uploadId: string;
    name: string;
    sha256: Buffer;
    by: string;
    at: Date;
    partner: { id: string; name: string } | null;
    counts: Record<IbanImportOperation | "unchanged" | "refused", number>;
  },
) =>
  db
    .insertInto("iban_imports")
    .values({
      id: i.id,
      institution_id: i.institutionId,
      environment: i.environment,
      upload_id: i.uploadId,
      name: i.name,
      sha256: i.sha256,
      uploaded_by: i.by,
      partner_id: i.partner?.id ?? null,
      partner_name: i.partner?.name ?? null,
      uploaded_at: i.at,
      rows: Object.values(i.counts).reduce((sum, n) => sum + n, 0),
      to_add: i.counts.add,
      to_change: i.counts.change,
      to_retire: i.counts.retire,
      unchanged: i.counts.unchanged,
      refused: i.counts.refused,
      applied_at: null,
      applied_by: null,
    })
    .execute();

export const insertVerdicts = async (
  connection: Connection,
  importId: string,
  at: At,
  verdicts: readonly Verdict[],
): Promise<void> => {
  for (let from = 0; from < verdicts.length; from += 2000)
    await connection.query(
      `insert into iban_import_rows (import_id, number, institution_id, environment, line, file, operation, iban, description, valid_from, valid_until, iban_id, verdict, problem, facts)
       select $1, r.number, $2, $3, r.line, r.file, r.operation, r.iban, r.description, r."validFrom", r."validUntil", r."ibanId", r.verdict, r.problem, r.facts
       from jsonb_to_recordset($4::jsonb) as r (number int, line int, file text, operation text, iban text, description text, "validFrom" date, "validUntil" date, "ibanId" uuid, verdict text, problem text, facts jsonb)`,
      [
        importId,
        at.institutionId,
        at.environment,
        JSON.stringify(verdicts.slice(from, from + 2000).map((v, i) => ({ ...v, number: from + i + 1 }))),
      ],
    );
};

const imports = (db: Db, at: At) =>
  db
    .selectFrom("iban_imports as i")
    .innerJoin("persons as u", "u.id", "i.uploaded_by")
    .leftJoin("persons as a", "a.id", "i.applied_by")
    .selectAll("i")
    .select([
      sql<string>`u.given_name || ' ' || u.family_name`.as("uploaded_by_name"),
      sql<string | null>`a.given_name || ' ' || a.family_name`.as("applied_by_name"),
    ])
    .where("i.institution_id", "=", at.institutionId)
    .where("i.environment", "=", at.environment);
export type ImportRow = Awaited<ReturnType<typeof importsOf>>[number];
export const importsOf = (db: Db, at: At, after: { at: string; id: string } | null, limit: number) =>
  imports(db, at)
    .$if(after !== null, (q) =>
      q.where(sql<boolean>`(i.uploaded_at, i.id) < (${after?.at}::timestamptz, ${after?.id}::uuid)`),
    )
    .orderBy("i.uploaded_at", "desc")
    .orderBy("i.id", "desc")
    .limit(limit)
    .execute();
export const importOf = (db: Db, at: At, importId: string) =>
  imports(db, at).where("i.id", "=", importId).executeTakeFirst();
export const lockImport = (db: Db, at: At, importId: string) =>
  db
    .selectFrom("iban_imports")
    .select("id")
    .where("id", "=", importId)
    .where("institution_id", "=", at.institutionId)
    .where("environment", "=", at.environment)
    .forUpdate()
    .executeTakeFirst();

export type KeptVerdict = Omit<Verdict, "facts"> & { number: number; facts: Record<string, unknown> };
export const verdictsOf = async (
  db: Db,
  importId: string,
  ask: { verdict: IbanImportVerdict | null; after: number | null; limit: number },
): Promise<KeptVerdict[]> =>
  (
    await db
      .selectFrom("iban_import_rows")
      .selectAll()
      .where("import_id", "=", importId)
      .$if(ask.verdict !== null, (q) => q.where("verdict", "=", ask.verdict!))
      .$if(ask.after !== null, (q) => q.where("number", ">", ask.after!))
      .orderBy("number")
      .limit(ask.limit)
      .execute()
  ).map((r) => ({
    number: r.number,
    line: r.line,
    file: r.file,
    operation: r.operation as IbanImportOperation | null,
    iban: r.iban,
    description: r.description,
    validFrom: r.valid_from,
    validUntil: r.valid_until,
    ibanId: r.iban_id,
    verdict: r.verdict as IbanImportVerdict,
    problem: r.problem as IbanImportProblem | null,
    facts: r.facts as Record<string, unknown>,
  }));

/**
 * Writes what was accepted, in three statements for any number of rows. Answers how many rows of each kind were really written:
 * fewer than asked means that the world moved on, and the transaction must not stand.
 */
export const applyRows = async (
  connection: Connection,
  importId: string,
  at: At,
  by: { personId: string; now: Date; retiresOn: string },
): Promise<Record<IbanImportOperation, number>> => {
  // By primary key from the rows to the accounts, and by nothing else: a plan that walks all accounts for each row would take minutes.
  const rows = "from iban_import_rows r where r.import_id = $1 and r.verdict = 'accepted' and r.operation";
  const added = await connection.query(
    `insert into ibans (institution_id, environment, iban, description, valid_from, valid_until, holder_kind, registered_at, registered_by, changed_at, changed_by)
     select $2, $3, r.iban, r.description, r.valid_from, r.valid_until, 'own', $4, $5, $4, $5 ${rows} = 'add'
     order by r.number on conflict do nothing`,
    [importId, at.institutionId, at.environment, by.now, by.personId],
  );
  const changed = await connection.query(
    `update ibans i set description = r.description, valid_from = r.valid_from, valid_until = r.valid_until, changed_at = $2, changed_by = $3, version = i.version + 1
     ${rows} = 'change' and i.id = r.iban_id and i.retired_at is null`,
    [importId, by.now, by.personId],
  );
  const retiring = await connection.query(
    `update ibans i set retires_on = $4, changed_at = $2, changed_by = $3, version = i.version + 1
     ${rows} = 'retire' and i.id = r.iban_id and i.retired_at is null and i.retires_on is null`,
    [importId, by.now, by.personId, by.retiresOn],
  );
  return { add: added.affected, change: changed.affected, retire: retiring.affected };
};

export const markApplied = (db: Db, importId: string, by: string, at: Date) =>
  db.updateTable("iban_imports").set({ applied_at: at, applied_by: by }).where("id", "=", importId).execute();

/** Files that nobody applied, across institutions: for the clock alone. */
export const sweepImports = (db: Db, before: Date) =>
  db.deleteFrom("iban_imports").where("applied_at", "is", null).where("uploaded_at", "<", before).execute();

export const delegatorsByTaxCode = async (
  connection: Connection,
  partnerId: string,
  taxCodes: readonly string[],
): Promise<{ tax_code: string; institution_id: string; name: string; delegation_id: string }[]> =>
  (
    await connection.query<{ tax_code: string; institution_id: string; name: string; delegation_id: string }>(
      "select tax_code, institution_id, name, delegation_id from delegators_by_tax_code($1, $2::text[])",
      [partnerId, taxCodes],
    )
  ).rows;
