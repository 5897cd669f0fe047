import { sql } from "kysely";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";

export const linesOf = (db: Db, chain: string, ask: { before: number | null; limit: number }) =>
  db
    .selectFrom("audit_lines")
    .select(["sequence", "at", "action", "outcome", "body", "digest"])
    // Its chain is the institution's: a second condition on the institution made the planner read and sort the whole chain.
    .where("chain", "=", chain)
    .$if(ask.before !== null, (q) => q.where("sequence", "<", ask.before!))
    .orderBy("sequence", "desc")
    .limit(ask.limit)
    .execute();

export type DelegatedFilter = {
  delegationId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  outcome?: "done" | "refused" | undefined;
};
/** What was done for an institution under a delegation, the latest first. Days are Rome's. */
export const delegatedOf = (
  db: Db,
  institutionId: string,
  ask: DelegatedFilter & { before: number | null; limit: number },
) =>
  db
    .selectFrom("audit_lines")
    .select(["sequence", "at", "action", "outcome", "body", "digest"])
    .where("chain", "=", institutionId)
    .where("delegation_id", "is not", null)
    .$if(ask.delegationId !== undefined, (q) => q.where("delegation_id", "=", ask.delegationId!))
    .$if(ask.outcome !== undefined, (q) => q.where("outcome", "=", ask.outcome!))
    .$if(ask.from !== undefined, (q) =>
      q.where(sql<boolean>`at >= ${ask.from}::date::timestamp at time zone 'Europe/Rome'`),
    )
    .$if(ask.to !== undefined, (q) =>
      q.where(sql<boolean>`at < (${ask.to}::date + 1)::timestamp at time zone 'Europe/Rome'`),
    )
    .$if(ask.before !== null, (q) => q.where("sequence", "<", ask.before!))
    .orderBy("sequence", "desc")
    .limit(ask.limit)
    .execute();

/** What a partner's people did for others, the latest first. Days are Rome's. */
export const actsOfPartner = async (
  connection: Connection,
  partnerId: string,
  ask: {
    outcome: string | null;
    from: string | null;
    to: string | null;
    before: { at: string; chain: string; sequence: number } | null;
    limit: number;
  },
) =>
  (
    await connection.query<{
      chain: string;
      sequence: number;
      at: Date;
      action: string;
      outcome: string;
      body: string;
      digest: Buffer;
      institution_id: string;
      institution_name: string;
    }>(
      `select * from acts_of_partner($1, $2, $3::date::timestamp at time zone 'Europe/Rome', ($4::date + 1)::timestamp at time zone 'Europe/Rome',
         $5::timestamptz, $6, $7, $8)`,
      [
        partnerId,
        ask.outcome,
        ask.from,
        ask.to,
        ask.before?.at ?? null,
        ask.before?.chain ?? null,
        ask.before?.sequence ?? null,
        ask.limit,
      ],
    )
  ).rows;

/** How much each partner did for each institution between two moments: what the monthly letter counts. */
export const delegatedBetween = async (connection: Connection, from: Date, to: Date) =>
  (
    await connection.query<{
      institution_id: string;
      partner_name: string;
      product_id: string;
      person_id: string;
      person: string;
      done: number;
      refused: number;
    }>(
      `select l.institution_id, v.partner_name, v.product_id, p.id as person_id, p.given_name || ' ' || p.family_name as person,
         count(*) filter (where l.outcome = 'done')::int as done, count(*) filter (where l.outcome = 'refused')::int as refused
       from audit_lines l join delegation_portfolio v on v.delegation_id = l.delegation_id
         left join persons p on p.id = (l.body::jsonb -> 'actor' ->> 'personId')::uuid
       where l.delegation_id is not null and l.at >= $1 and l.at < $2 and l.institution_id = v.institution_id
       group by 1, 2, 3, 4, 5 order by 1, 2, 5 limit 100000`,
      [from, to],
    )
  ).rows;

export const namesOf = async (db: Db, ids: string[]): Promise<Map<string, string>> =>
  ids.length === 0
    ? new Map()
    : new Map(
        (
          await db.selectFrom("persons").select(["id", "given_name", "family_name"]).where("id", "in", ids).execute()
        ).map((p) => [p.id, `${p.given_name} ${p.family_name}`]),
      );

/** A whole chain in order, for who checks it. */
export const chainOf = (db: Db, chain: string, after: number, limit: number) =>
  db
    .selectFrom("audit_lines")
    .select(["sequence", "body", "previous_digest", "digest"])
    .where("chain", "=", chain)
    .where("sequence", ">", after)
    .orderBy("sequence")
    .limit(limit)
    .execute();

export const headOf = (db: Db, chain: string) =>
  db.selectFrom("audit_chains").select(["sequence", "digest"]).where("chain", "=", chain).executeTakeFirst();
