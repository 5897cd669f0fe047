import { sql } from "kysely";
import type { Db } from "../platform/database/transaction.ts";

export const assignmentsOf = (
  db: Db,
  partnerId: string,
  ask: { delegationId: string | null; id: string | null; after: { at: string; id: string } | null; limit: number },
) =>
  db
    .selectFrom("delegation_assignments as a")
    .leftJoin("persons as p", "p.id", "a.person_id")
    .leftJoin("groups as g", "g.id", "a.group_id")
    .leftJoin("delegation_portfolio as v", "v.delegation_id", "a.delegation_id")
    .innerJoin("persons as b", "b.id", "a.made_by")
    .select([
      "a.id",
      "a.product_id",
      "a.person_id",
      "a.group_id",
      "a.delegation_id",
      "a.made_at",
      "p.given_name",
      "p.family_name",
      "g.name as group_name",
      "v.name as institution_name",
      sql<string>`b.given_name || ' ' || b.family_name`.as("maker"),
    ])
    .where("a.partner_id", "=", partnerId)
    .$if(ask.id !== null, (q) => q.where("a.id", "=", ask.id!))
    .$if(ask.delegationId !== null, (q) =>
      q.where((e) =>
        e.or([
          e("a.delegation_id", "=", ask.delegationId!),
          e.and([
            e("a.delegation_id", "is", null),
            e(
              "a.product_id",
              "=",
              e.selectFrom("delegations as d").select("d.product_id").where("d.id", "=", ask.delegationId!),
            ),
          ]),
        ]),
      ),
    )
    .$if(ask.after !== null, (q) =>
      q.where(sql<boolean>`(a.made_at, a.id) < (${ask.after?.at}::timestamptz, ${ask.after?.id}::uuid)`),
    )
    .orderBy("a.made_at", "desc")
    .orderBy("a.id", "desc")
    .limit(ask.limit)
    .execute();
export type AssignmentRow = Awaited<ReturnType<typeof assignmentsOf>>[number];

/** Writes an assignment; null when it is there already. */
export const insertAssignment = async (
  db: Db,
  a: {
    partnerId: string;
    productId: string;
    personId: string | null;
    groupId: string | null;
    delegationId: string | null;
    by: string;
    at: Date;
  },
): Promise<string | null> =>
  (
    await db
      .insertInto("delegation_assignments")
      .values({
        partner_id: a.partnerId,
        product_id: a.productId,
        person_id: a.personId,
        group_id: a.groupId,
        delegation_id: a.delegationId,
        made_by: a.by,
        made_at: a.at,
      })
      .onConflict((c) => c.doNothing())
      .returning("id")
      .executeTakeFirst()
  )?.id ?? null;

export const deleteAssignment = async (db: Db, partnerId: string, id: string): Promise<boolean> =>
  (await db
    .deleteFrom("delegation_assignments")
    .where("partner_id", "=", partnerId)
    .where("id", "=", id)
    .returning("id")
    .executeTakeFirst()) !== undefined;
