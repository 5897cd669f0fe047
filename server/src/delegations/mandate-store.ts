import {
  delicatePermissions,
  type Permission,
  permissions as permissionNames,
  productOf,
  profilesWith,
} from "@area/api";
import { callerIn, holds, holdsNow, SESSION, type SessionRow } from "../people/index.ts";
import type { Connection } from "../platform/database/connection.ts";
import type { MandateRefusal, WhoActs } from "../platform/pipeline.ts";

export type MandateRow = {
  delegation_id: string;
  institution_id: string;
  partner_id: string;
  product_id: string;
  environment: "test" | "production" | "both";
  permissions: string[];
  resources: string[] | null;
  state: string;
  begins_at: Date | null;
  ends_at: Date | null;
  reason: string;
  institution_name: string;
  partner_name: string;
  joined: boolean;
  of_partner: boolean;
  assigned: boolean;
  /** It serves the aggregates of who delegated too. */
  aggregates: boolean;
  /** The institution asked about, when it is not who delegated but an aggregate of theirs on the product, now. */
  aggregate_name: string | null;
};

/**
 * A delegation as it stands for one person: their partner still joined, they work there, somebody assigned them. For the aliases
 * of the delegation `d` and its portfolio row `v`, and the SQL of the person and of the moment.
 */
const standing = (
  person: string,
  now: string,
  asked: string,
) => `d.id as delegation_id, d.institution_id, d.partner_id, d.product_id, d.environment, d.permissions, d.resources, d.state,
  d.begins_at, d.ends_at, d.reason, d.aggregates, v.name as institution_name, v.partner_name,
  (select i.name from institution_products x join institutions i on i.id = x.institution_id
     join institution_products g on g.institution_id = x.aggregator_id and g.product_id = x.product_id and g.state = 'active'
    where x.institution_id = ${asked} and x.product_id = d.product_id and x.aggregator_id = d.institution_id and x.state = 'active'
      and x.institution_id <> d.partner_id) as aggregate_name,
  exists (select 1 from institution_products j where j.institution_id = d.partner_id and j.product_id = d.product_id and j.kind = 'PT' and j.state = 'active') as joined,
  exists (select 1 from memberships m where m.institution_id = d.partner_id and m.person_id = ${person} and ${holdsNow("m", now)}) as of_partner,
  serves(${person}, d.partner_id, d.product_id, d.id, ${now}) as assigned`;

const DECISION = `${SESSION}, ${standing("s.person_id", "$3", "$8")},
  ${holds("s.person_id", { institution: "d.partner_id", product: "$4", profiles: "$5", now: "$3", permission: "$6" }, "$7")} as holds,
  set_config('app.person', s.person_id::text, true)
  from sessions s join persons p on p.id = s.person_id
    left join delegations d on d.id = $2 left join delegation_portfolio v on v.delegation_id = d.id
  where s.id_hash = $1`;

type Ask = {
  institutionId: string;
  permission: Permission;
  productId: string;
  environment: "test" | "production";
  resource: string | null;
  now: Date;
};

/** Why a person does not act under a delegation at this moment, whatever they want to do; null: they do. */
export const standsInTheWay = (row: MandateRow, now: Date): MandateRefusal | null => {
  const refused = (code: MandateRefusal["code"], facts: MandateRefusal["facts"] = {}): MandateRefusal => ({
    code,
    facts: { institution: row.institution_name, partner: row.partner_name, ...facts },
    partnerId: row.partner_id,
    delegationId: row.delegation_id,
  });
  const over = row.ends_at !== null && row.ends_at <= now;
  if (row.state !== "active" || over)
    return refused("mandate-not-active", {
      state: over && ["active", "suspended"].includes(row.state) ? "expired" : row.state,
      ...(row.reason && ["suspended", "revoked"].includes(row.state) ? { reason: row.reason } : {}),
    });
  if (row.begins_at === null || row.begins_at > now)
    return refused("mandate-not-active", { state: "planned", beginsAt: row.begins_at?.toISOString() ?? "" });
  if (!row.joined) return refused("mandate-not-active", { state: "partner-left" });
  if (!row.assigned) return refused("mandate-not-assigned");
  return null;
};

/** Exactly profile ∩ scope ∩ dates: what is in the way comes out as its own sentence, the first that holds. */
const refusalOf = (row: MandateRow & { holds: boolean }, ask: Ask, forAggregate: boolean): MandateRefusal | null => {
  const way = standsInTheWay(row, ask.now);
  if (way) return way;
  const refused = (why: string): MandateRefusal => ({
    code: "mandate-out-of-scope",
    facts: {
      why,
      permission: ask.permission,
      environment: ask.environment,
      institution: row.aggregate_name ?? row.institution_name,
      partner: row.partner_name,
    },
    partnerId: row.partner_id,
    delegationId: row.delegation_id,
  });
  // A delegation of a delegation only where who delegated said so, and never for what moves money.
  if (forAggregate && !row.aggregates) return refused("aggregates");
  if (forAggregate && delicatePermissions.includes(ask.permission)) return refused("permission");
  if (row.product_id !== ask.productId) return refused("product");
  if (row.environment !== "both" && row.environment !== ask.environment) return refused("environment");
  if (!row.permissions.includes(ask.permission)) return refused("permission");
  if (row.resources !== null && ask.resource !== null && !row.resources.includes(ask.resource))
    return refused("resource");
  if (!row.holds)
    return {
      code: "permission-missing",
      facts: { partner: row.partner_name },
      partnerId: row.partner_id,
      delegationId: row.delegation_id,
    };
  return null;
};

const UNKNOWN: MandateRefusal = { code: "mandate-unknown", facts: {}, partnerId: null, delegationId: null };

export const whoActs =
  (idleMinutes: number): WhoActs =>
  async (connection, ask) => {
    const { sessionHash, institutionId, delegationId, permission, resource, now } = ask;
    const { rows } = await connection.query<SessionRow & MandateRow & { holds: boolean }>(DECISION, [
      sessionHash,
      delegationId,
      now,
      ask.productId,
      profilesWith(permission),
      permission,
      resource,
      institutionId,
    ]);
    const found = callerIn(connection, rows[0], { sessionHash, now, idleMinutes });
    if (!found.caller) return { ...found, mandate: null, refusal: null };
    const row = rows[0]!;
    // Another institution's delegation, or a partner one does not work for: whether it exists is not told.
    const forAggregate = row.institution_id !== institutionId;
    if (row.delegation_id === null || !row.of_partner || (forAggregate && row.aggregate_name === null))
      return { ...found, mandate: null, refusal: UNKNOWN };
    const refusal = refusalOf(row, ask, forAggregate);
    return {
      ...found,
      mandate: refusal
        ? null
        : { delegationId: row.delegation_id, partnerId: row.partner_id, resources: row.resources },
      refusal,
    };
  };

/** One delegation as it stands for a person, for their own screen. */
export const mandateOf = async (
  connection: Connection,
  personId: string,
  delegationId: string,
  now: Date,
  /** For an aggregate of who delegated: its name, its codes and its findings instead of theirs. */
  aggregateId: string | null = null,
): Promise<(MandateRow & { tax_code: string; city: string | null; findings: unknown; held: string[] }) | null> => {
  const { rows } = await connection.query<
    MandateRow & { tax_code: string; city: string | null; findings: unknown; held: string[] }
  >(
    `select ${standing("$1::uuid", "$3", "$7::uuid")}, coalesce(a.tax_code, v.tax_code) as tax_code, coalesce(a.city, v.city) as city,
       case when a.id is null then v.findings else delegation_findings(a.id, d.product_id, d.environment) end as findings,
       array(select q.permission from unnest($4::text[], $5::text[], $6::text[]) q (permission, product, profiles)
         where q.product in (d.product_id, 'product') and ${holds("$1", { institution: "d.partner_id", product: "d.product_id", profiles: "string_to_array(q.profiles, ',')", now: "$3", permission: "q.permission" })}) as held
     from delegations d join delegation_portfolio v on v.delegation_id = d.id left join institutions a on a.id = $7 where d.id = $2`,
    [
      personId,
      delegationId,
      now,
      codes,
      codes.map((code) => productOf(code)),
      codes.map((code) => profilesWith(code).join(",")),
      aggregateId,
    ],
  );
  return rows[0] ?? null;
};

/** The institutions that a delegator aggregated on a product, by name. */
export const aggregatesOf = async (
  connection: Connection,
  at: { aggregatorId: string; partnerId: string; productId: string },
  ask: { search: string | null; after: { name: string; id: string } | null; limit: number },
) =>
  (
    await connection.query<{ id: string; name: string; tax_code: string; city: string | null }>(
      `select i.id, i.name, i.tax_code, i.city from institution_products x join institutions i on i.id = x.institution_id
        where x.aggregator_id = $1 and x.product_id = $2 and x.state = 'active' and i.id <> $3
          and ($4::text is null or i.name ilike '%' || $4 || '%' or i.tax_code = $4) and ($5::text is null or (i.name, i.id) > ($5, $6::uuid))
        order by i.name, i.id limit $7`,
      [
        at.aggregatorId,
        at.productId,
        at.partnerId,
        ask.search,
        ask.after?.name ?? null,
        ask.after?.id ?? null,
        ask.limit,
      ],
    )
  ).rows;

/** By which delegations of its aggregators a partner acts for an institution. */
export const throughAggregator = async (
  connection: Connection,
  institutionId: string,
  ask: { after: { name: string; id: string } | null; limit: number },
) =>
  (
    await connection.query<{
      delegation_id: string;
      aggregator_id: string;
      aggregator_name: string;
      aggregator_tax_code: string;
      partner_id: string;
      partner_name: string;
      partner_tax_code: string;
      product_id: string;
      permissions: Permission[];
      environment: "test" | "production" | "both";
      state: "active" | "suspended";
      begins_at: Date | null;
      ends_at: Date | null;
    }>(
      `select d.id as delegation_id, v.institution_id as aggregator_id, v.name as aggregator_name, v.tax_code as aggregator_tax_code,
         v.partner_id, v.partner_name, v.partner_tax_code, d.product_id,
         array(select p from unnest(d.permissions) p where p <> all ($5::text[])) as permissions, d.environment, d.state, d.begins_at, d.ends_at
       from institution_products x join delegations d on d.institution_id = x.aggregator_id and d.product_id = x.product_id
         join delegation_portfolio v on v.delegation_id = d.id
       where x.institution_id = $1 and x.state = 'active' and d.aggregates and d.state in ('active', 'suspended') and d.partner_id <> $1
         and ($2::text is null or (v.partner_name, d.id) > ($2, $3::uuid))
       order by v.partner_name, d.id limit $4`,
      [institutionId, ask.after?.name ?? null, ask.after?.id ?? null, ask.limit, delicatePermissions],
    )
  ).rows;
const codes = Object.keys(permissionNames) as Permission[];
