import type { Db } from "../platform/database/transaction.ts";

export const wasSent = async (db: Db, id: string): Promise<boolean> =>
  (await db.selectFrom("mails").select("id").where("id", "=", id).executeTakeFirst()) !== undefined;

export const keepSent = (
  db: Db,
  m: { id: string; institutionId: string | null; kind: "mail" | "pec"; template: string; recipient: Buffer; at: Date },
) =>
  db
    .insertInto("mails")
    .values({
      id: m.id,
      institution_id: m.institutionId,
      kind: m.kind,
      template: m.template,
      recipient: m.recipient,
      sent_at: m.at,
    })
    .onConflict((c) => c.doNothing())
    .execute();
