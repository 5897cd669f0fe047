import type { ProposalState } from "@area/api";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";

export type ProposalRow = {
  id: string;
  endpoint: string;
  product_id: string;
  environment: string | null;
  input: Uint8Array;
  digest: Uint8Array;
  outcome: Uint8Array;
  reason: string | null;
  state: ProposalState;
  proposed_by: string;
  proposed_at: Date;
  proposed_by_name: string;
  expires_at: Date;
  decided_by_name: string | null;
  decided_at: Date | null;
  note: string | null;
};

const SELECT = `select o.id, o.endpoint, o.product_id, o.environment, o.input, o.digest, o.outcome, o.reason, o.state, o.proposed_by, o.proposed_at,
  p.given_name || ' ' || p.family_name as proposed_by_name, o.expires_at, d.given_name || ' ' || d.family_name as decided_by_name, o.decided_at, o.note
  from proposals o join persons p on p.id = o.proposed_by left join persons d on d.id = o.decided_by`;

export const proposalsOf = async (
  connection: Connection,
  institutionId: string,
  ask: { state: ProposalState | null; after: { at: string; id: string } | null; limit: number },
): Promise<ProposalRow[]> =>
  (
    await connection.query<ProposalRow>(
      `${SELECT} where o.institution_id = $1 and ($2::text is null or o.state = $2) and ($3::timestamptz is null or (o.proposed_at, o.id) < ($3, $4::uuid))
       order by o.proposed_at desc, o.id desc limit $5`,
      [institutionId, ask.state, ask.after?.at ?? null, ask.after?.id ?? null, ask.limit],
    )
  ).rows;

export const proposalOf = async (
  connection: Connection,
  institutionId: string,
  proposalId: string,
): Promise<ProposalRow | null> =>
  (
    await connection.query<ProposalRow>(`${SELECT} where o.institution_id = $1 and o.id = $2`, [
      institutionId,
      proposalId,
    ])
  ).rows[0] ?? null;

/** The same under its lock: two who decide at once, one wins and the other is told. */
export const lockProposal = async (
  connection: Connection,
  institutionId: string,
  proposalId: string,
): Promise<ProposalRow | null> =>
  (
    await connection.query<ProposalRow>(`${SELECT} where o.institution_id = $1 and o.id = $2 for update of o`, [
      institutionId,
      proposalId,
    ])
  ).rows[0] ?? null;

export const insertProposal = async (
  db: Db,
  p: {
    institutionId: string;
    endpoint: string;
    productId: string;
    environment: string | null;
    input: Buffer;
    digest: Buffer;
    outcome: Buffer;
    reason: string | null;
    by: string;
    at: Date;
    expiresAt: Date;
  },
): Promise<string> =>
  (
    await db
      .insertInto("proposals")
      .values({
        institution_id: p.institutionId,
        endpoint: p.endpoint,
        product_id: p.productId,
        environment: p.environment,
        input: p.input,
        digest: p.digest,
        outcome: p.outcome,
        reason: p.reason,
        proposed_by: p.by,
        proposed_at: p.at,
        expires_at: p.expiresAt,
      })
      .returning("id")
      .executeTakeFirstOrThrow()
  ).id;

export const close = (
  db: Db,
  proposalId: string,
  state: Exclude<ProposalState, "open">,
  d: { by: string | null; at: Date; note: string | null },
) =>
  db
    .updateTable("proposals")
    .set({ state, decided_by: d.by, decided_at: d.at, note: d.note })
    .where("id", "=", proposalId)
    .execute();

/** Proposals whose days are over, across institutions: for the clock alone. */
export const overdue = (db: Db, now: Date) =>
  db
    .selectFrom("proposals")
    .select(["id", "institution_id", "endpoint"])
    .where("state", "=", "open")
    .where("expires_at", "<=", now)
    .limit(500)
    .execute();
