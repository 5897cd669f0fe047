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
