import { type Permission, permissions as permissionNames, productOf, profilesWith } from "@area/api";
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
};

/**
 * A delegation as it stands for one person: their partner still joined, they work there, somebody assigned them. For the aliases
 * of the delegation `d` and its portfolio row `v`, and the SQL of the person and of the moment.
 */
const standing = (
  person: string,
  now: string,
) => `d.id as delegation_id, d.institution_id, d.partner_id, d.product_id, d.environment, d.permissions, d.resources, d.state,
  d.begins_at, d.ends_at, d.reason, v.name as institution_name, v.partner_name,
  exists (select 1 from institution_products j where j.institution_id = d.partner_id and j.product_id = d.product_id and j.kind = 'PT' and j.state = 'active') as joined,
  exists (select 1 from memberships m where m.institution_id = d.partner_id and m.person_id = ${person} and ${holdsNow("m", now)}) as of_partner,
  serves(${person}, d.partner_id, d.product_id, d.id, ${now}) as assigned`;

const DECISION = `${SESSION}, ${standing("s.person_id", "$3")},
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
const refusalOf = (row: MandateRow & { holds: boolean }, ask: Ask): MandateRefusal | null => {
  const way = standsInTheWay(row, ask.now);
  if (way) return way;
  const refused = (why: string): MandateRefusal => ({
    code: "mandate-out-of-scope",
    facts: {
      why,
      permission: ask.permission,
      environment: ask.environment,
      institution: row.institution_name,
      partner: row.partner_name,
    },
    partnerId: row.partner_id,
    delegationId: row.delegation_id,
  });
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
    ]);
    const found = callerIn(connection, rows[0], { sessionHash, now, idleMinutes });
    if (!found.caller) return { ...found, mandate: null, refusal: null };
    const row = rows[0]!;
    // Another institution's delegation, or a partner one does not work for: whether it exists is not told.
    if (row.delegation_id === null || row.institution_id !== institutionId || !row.of_partner)
      return { ...found, mandate: null, refusal: UNKNOWN };
    const refusal = refusalOf(row, ask);
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
): Promise<(MandateRow & { tax_code: string; city: string | null; findings: unknown; held: string[] }) | null> => {
  const { rows } = await connection.query<
    MandateRow & { tax_code: string; city: string | null; findings: unknown; held: string[] }
  >(
    `select ${standing("$1::uuid", "$3")}, v.tax_code, v.city, v.findings,
       array(select q.permission from unnest($4::text[], $5::text[], $6::text[]) q (permission, product, profiles)
         where q.product in (d.product_id, 'product') and ${holds("$1", { institution: "d.partner_id", product: "d.product_id", profiles: "string_to_array(q.profiles, ',')", now: "$3", permission: "q.permission" })}) as held
     from delegations d join delegation_portfolio v on v.delegation_id = d.id where d.id = $2`,
    [
      personId,
      delegationId,
      now,
      codes,
      codes.map((code) => productOf(code)),
      codes.map((code) => profilesWith(code).join(",")),
    ],
  );
  return rows[0] ?? null;
};
const codes = Object.keys(permissionNames) as Permission[];
