import type { DelegationEnvironment, DelegationState, Permission } from "@area/api";
import { sql } from "kysely";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { PortfolioFinding } from "./portfolio-store.ts";

export type DelegationRow = {
  id: string;
  version: number;
  institution_id: string;
  partner_id: string;
  product_id: string;
  environment: DelegationEnvironment;
  permissions: Permission[];
  resources: string[] | null;
  aggregates: boolean;
  state: DelegationState;
  begins_at: Date | null;
  ends_at: Date | null;
  answer_by: Date;
  proposed_at: Date;
  answered_at: Date | null;
  moved_at: Date;
  reason: string;
  proposer: string;
  name: string;
  tax_code: string;
  partner_name: string;
  partner_tax_code: string;
  findings: PortfolioFinding[];
  served: boolean;
};

const SELECT = `select d.id, d.version, d.institution_id, d.partner_id, d.product_id, d.environment, d.permissions, d.resources, d.aggregates, d.state, d.begins_at, d.ends_at,
    d.answer_by, d.proposed_at, d.answered_at, d.moved_at, d.reason, p.given_name || ' ' || p.family_name as proposer,
    v.name, v.tax_code, v.partner_name, v.partner_tax_code, v.findings, delegation_is_served(d.id) as served
  from delegations d join delegation_portfolio v on v.delegation_id = d.id join persons p on p.id = d.proposed_by`;
const OPEN = "('offered', 'asked', 'active', 'suspended')";

/** What an institution delegated, the latest first. */
export const given = async (
  connection: Connection,
  institutionId: string,
  ask: {
    productId: string | null;
    state: DelegationState | null;
    after: { at: string; id: string } | null;
    limit: number;
  },
): Promise<DelegationRow[]> =>
  (
    await connection.query<DelegationRow>(
      `${SELECT} where d.institution_id = $1 and ($2::text is null or d.product_id = $2)
         and (case when $3::text is null then d.state in ${OPEN} else d.state = $3 end)
         and ($4::timestamptz is null or (d.proposed_at, d.id) < ($4, $5::uuid))
       order by d.proposed_at desc, d.id desc limit $6`,
      [institutionId, ask.productId, ask.state, ask.after?.at ?? null, ask.after?.id ?? null, ask.limit],
    )
  ).rows;

/** A delegation of which the institution is one side. */
export const delegationOf = async (
  connection: Connection,
  institutionId: string,
  delegationId: string,
): Promise<DelegationRow | null> =>
  (
    await connection.query<DelegationRow>(
      `${SELECT} where d.id = $2 and $1::uuid in (d.institution_id, d.partner_id)`,
      [institutionId, delegationId],
    )
  ).rows[0] ?? null;

/** The same, under the lock of its row: of two who move it at once the second sees what the first did. */
export const lockDelegation = async (
  connection: Connection,
  institutionId: string,
  delegationId: string,
): Promise<DelegationRow | null> => {
  const { rows } = await connection.query(
    "select id from delegations where id = $2 and $1::uuid in (institution_id, partner_id) for update",
    [institutionId, delegationId],
  );
  return rows.length ? delegationOf(connection, institutionId, delegationId) : null;
};

/** Offers, acceptances and wider environments on a product come one at a time: cycles and overlaps are then seen by who comes second. */
export const lockProduct = (connection: Connection, productId: string) =>
  connection.query("select pg_advisory_xact_lock(hashtextextended('delegations ' || $1, 0))", [productId]);

/** Would a delegation to `from` come back to `to`, or to one of its aggregates when these are to be served too? */
export const returns = async (
  connection: Connection,
  from: string,
  to: string,
  productId: string,
  aggregates: boolean,
): Promise<boolean> =>
  (
    await connection.query<{ returns: boolean }>("select delegation_returns($1, $2, $3, $4) as returns", [
      from,
      to,
      productId,
      aggregates,
    ])
  ).rows[0]!.returns;

/** Who an institution is on a product, whoever asks; null: it never joined it. */
export const partyOn = async (connection: Connection, institutionId: string, productId: string) =>
  (
    await connection.query<{ name: string; tax_code: string; kind: string; state: string }>(
      "select * from party_on_product($1, $2)",
      [institutionId, productId],
    )
  ).rows[0] ?? null;

export const partnersOn = async (
  connection: Connection,
  productId: string,
  ask: { search: string | null; after: { name: string; id: string } | null; limit: number },
) =>
  (
    await connection.query<{ id: string; name: string; tax_code: string; city: string | null }>(
      "select * from parties_on_product($1, true, $2, $3, $4, $5)",
      [productId, ask.search, ask.after?.name ?? null, ask.after?.id ?? null, ask.limit],
    )
  ).rows;

export const institutionWith = async (connection: Connection, taxCode: string): Promise<string | null> =>
  (await connection.query<{ id: string | null }>("select institution_id_of($1, null, null) as id", [taxCode])).rows[0]
    ?.id ?? null;

export type NewDelegation = {
  institutionId: string;
  partnerId: string;
  productId: string;
  environment: DelegationEnvironment;
  permissions: readonly string[];
  resources: readonly string[] | null;
  aggregates: boolean;
  state: "offered" | "asked";
  beginsAt: Date | null;
  endsAt: Date | null;
  answerBy: Date;
  by: string;
  at: Date;
};
/** Writes an offer or a request; null when one that is open holds the same product and environment already. */
export const insertDelegation = async (db: Db, d: NewDelegation): Promise<string | null> =>
  (
    await db
      .insertInto("delegations")
      .values({
        institution_id: d.institutionId,
        partner_id: d.partnerId,
        product_id: d.productId,
        environment: d.environment,
        permissions: [...d.permissions],
        resources: d.resources ? [...d.resources] : null,
        aggregates: d.aggregates,
        state: d.state,
        begins_at: d.beginsAt,
        ends_at: d.endsAt,
        answer_by: d.answerBy,
        proposed_by: d.by,
        proposed_at: d.at,
        moved_by: d.by,
        moved_at: d.at,
      })
      .onConflict((c) => c.doNothing())
      .returning("id")
      .executeTakeFirst()
  )?.id ?? null;

type Change = {
  environment?: string;
  permissions?: string[];
  resources?: string[] | null;
  aggregates?: boolean;
  state?: DelegationState;
  begins_at?: Date | null;
  ends_at?: Date | null;
  answered_by?: string;
  answered_at?: Date;
  reason?: string;
};
/** Changes a delegation, of the version that was read if one is named. */
export const updateDelegation = async (
  db: Db,
  id: string,
  version: number | null,
  change: Change,
  moved: { by: string | null; at: Date },
): Promise<boolean> =>
  (await db
    .updateTable("delegations")
    .set({
      ...change,
      // What was said of it is no longer so: statements made before lose their place in the list of states.
      ...(change.permissions ? { status_index: sql<number>`default` } : {}),
      moved_by: moved.by,
      moved_at: moved.at,
      version: sql<number>`version + 1`,
    })
    .where("id", "=", id)
    .$if(version !== null, (q) => q.where("version", "=", version!))
    .returning("id")
    .executeTakeFirst()) !== undefined;

/** Another open delegation of the same two on the product that would hold in the same environment. */
export const overlaps = async (db: Db, d: DelegationRow, environment: DelegationEnvironment): Promise<boolean> =>
  (await db
    .selectFrom("delegations")
    .select("id")
    .where("institution_id", "=", d.institution_id)
    .where("partner_id", "=", d.partner_id)
    .where("product_id", "=", d.product_id)
    .where("id", "<>", d.id)
    .where("state", "in", ["offered", "asked", "active", "suspended"])
    .$if(environment !== "both", (q) => q.where("environment", "in", [environment, "both"]))
    .executeTakeFirst()) !== undefined;

/** Delegations whose time is over, of an answer or of themselves: for the clock. */
export const overdue = (db: Db, now: Date) =>
  db
    .selectFrom("delegations")
    .select(["id", "institution_id"])
    .where((e) =>
      e.or([
        e.and([e("state", "in", ["offered", "asked"]), e.or([e("answer_by", "<=", now), e("ends_at", "<=", now)])]),
        e.and([e("state", "in", ["active", "suspended"]), e("ends_at", "<=", now)]),
      ]),
    )
    .limit(500)
    .execute();

/** Active delegations that end before a day, with the two sides: what the institution is told in time. */
export const endingBefore = (db: Db, now: Date, until: Date) =>
  db
    .selectFrom("delegation_portfolio")
    .select(["delegation_id", "institution_id", "partner_id", "product_id", "partner_name", "ends_at"])
    .where("state", "in", ["active", "suspended"])
    .where("ends_at", ">", now)
    .where("ends_at", "<=", until)
    .limit(5000)
    .execute();

export const stateOf = (db: Db, id: string) =>
  db
    .selectFrom("delegation_portfolio")
    .select([
      "delegation_id",
      "state",
      "product_id",
      "environment",
      "partner_name",
      "name",
      "ends_at",
      "institution_id",
      "partner_id",
    ])
    .where("delegation_id", "=", id)
    .executeTakeFirst();

/** Does a partner have offers to answer? */
export const hasOffers = async (db: Db, partnerId: string): Promise<boolean> =>
  (await db
    .selectFrom("delegations")
    .select("id")
    .where("partner_id", "=", partnerId)
    .where("state", "=", "offered")
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** Did another offer already wait for the partner when this one came? */
export const offeredBefore = async (db: Db, partnerId: string, delegationId: string): Promise<boolean> =>
  (await db
    .selectFrom("delegations as o")
    .innerJoin("delegations as d", "d.partner_id", "o.partner_id")
    .select("o.id")
    .where("d.id", "=", delegationId)
    .where("o.partner_id", "=", partnerId)
    .where("o.id", "<>", delegationId)
    .where("o.state", "=", "offered")
    .whereRef("o.proposed_at", "<=", "d.proposed_at")
    .limit(1)
    .executeTakeFirst()) !== undefined;

export const statusIndexOf = async (db: Db, id: string): Promise<number> =>
  (await db.selectFrom("delegations").select("status_index").where("id", "=", id).executeTakeFirstOrThrow())
    .status_index;

/** The partners behind lines of the trail of an institution: of its own delegations, or of its aggregator's. */
export const partnerNames = async (db: Db, delegationIds: readonly string[]): Promise<Map<string, string>> =>
  delegationIds.length === 0
    ? new Map()
    : new Map(
        (
          await sql<{
            delegation_id: string;
            partner_name: string;
          }>`select * from delegation_partner_names(${[...delegationIds]}::uuid[])`.execute(db)
        ).rows.map((r) => [r.delegation_id, r.partner_name]),
      );

/** Who lets a partner act on a product in an environment, by the delegation's id: for who must tell them something. */
export const delegatorsOf = (
  db: Db,
  partnerId: string,
  productId: string,
  environment: string,
  after: string | null,
  limit: number,
) =>
  db
    .selectFrom("delegation_portfolio")
    .select(["delegation_id", "institution_id", "partner_name"])
    .where("partner_id", "=", partnerId)
    .where("product_id", "=", productId)
    .where("state", "=", "active")
    .where("environment", "in", [environment, "both"])
    .$if(after !== null, (q) => q.where("delegation_id", ">", after!))
    .orderBy("delegation_id")
    .limit(limit)
    .execute();
