import type { DelegationState } from "@area/api";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";

export type MoveRow = {
  id: string;
  institution_id: string;
  product_id: string;
  from_delegation_id: string;
  to_delegation_id: string;
  from_partner_id: string;
  to_partner_id: string;
  cut_over_at: Date;
  state: "planned" | "cut-over" | "completed" | "returned";
  moved_at: Date | null;
  reason: string;
  planned_at: Date;
  name: string;
  from_partner: string;
  to_partner: string;
  from_state: DelegationState;
  to_state: DelegationState;
};
// Each partner reads the plan whole: a definer tells it what stands in the delegation that is not its own.
const SELECT = `select m.*, s.* from delegation_moves m, lateral delegation_move_sides(m.id) s`;

export const movesOf = async (
  connection: Connection,
  institutionId: string,
  ask: { after: { at: string; id: string } | null; limit: number },
): Promise<MoveRow[]> =>
  (
    await connection.query<MoveRow>(
      `${SELECT} where $1::uuid in (m.institution_id, m.from_partner_id, m.to_partner_id)
         and ($2::timestamptz is null or (m.planned_at, m.id) < ($2, $3::uuid))
       order by m.planned_at desc, m.id desc limit $4`,
      [institutionId, ask.after?.at ?? null, ask.after?.id ?? null, ask.limit],
    )
  ).rows;

/** A plan of which the institution is one of the three, under its lock. */
export const lockMove = async (connection: Connection, institutionId: string, id: string): Promise<MoveRow | null> => {
  const { rows } = await connection.query(
    "select id from delegation_moves where id = $2 and $1::uuid in (institution_id, from_partner_id, to_partner_id) for update",
    [institutionId, id],
  );
  return rows.length ? moveOf(connection, id) : null;
};
export const moveOf = async (connection: Connection, id: string): Promise<MoveRow | null> =>
  (await connection.query<MoveRow>(`${SELECT} where m.id = $1`, [id])).rows[0] ?? null;

export const insertMove = async (
  db: Db,
  m: {
    institutionId: string;
    productId: string;
    from: { id: string; partnerId: string };
    to: { id: string; partnerId: string };
    cutOverAt: Date;
    reason: string;
    by: string;
    at: Date;
  },
): Promise<string | null> =>
  (
    await db
      .insertInto("delegation_moves")
      .values({
        institution_id: m.institutionId,
        product_id: m.productId,
        from_delegation_id: m.from.id,
        to_delegation_id: m.to.id,
        from_partner_id: m.from.partnerId,
        to_partner_id: m.to.partnerId,
        cut_over_at: m.cutOverAt,
        reason: m.reason,
        planned_by: m.by,
        planned_at: m.at,
      })
      .onConflict((c) => c.doNothing())
      .returning("id")
      .executeTakeFirst()
  )?.id ?? null;

export const setMove = (db: Db, id: string, state: MoveRow["state"], at: Date) =>
  db.updateTable("delegation_moves").set({ state, moved_at: at }).where("id", "=", id).execute();

/** Plans whose day has come: to stop the first partner, or to end what it could still take up again. */
export const dueMoves = (db: Db, now: Date, wayBackSince: Date) =>
  db
    .selectFrom("delegation_moves")
    .select(["id", "institution_id", "state"])
    .where((e) =>
      e.or([
        e.and([e("state", "=", "planned"), e("cut_over_at", "<=", now)]),
        e.and([e("state", "=", "cut-over"), e("moved_at", "<=", wayBackSince)]),
      ]),
    )
    .limit(500)
    .execute();

/** The last plan by which an institution came to a partner. */
export const latestMoveTo = async (
  connection: Connection,
  institutionId: string,
  partnerId: string,
): Promise<MoveRow | null> =>
  (
    await connection.query<MoveRow>(
      `${SELECT} where m.institution_id = $1 and m.to_partner_id = $2 order by m.planned_at desc, m.id desc limit 1`,
      [institutionId, partnerId],
    )
  ).rows[0] ?? null;
