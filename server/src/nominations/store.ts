import { sql } from "kysely";
import type { Db } from "../platform/database/transaction.ts";

const shown = (db: Db) =>
  db
    .selectFrom("nominations as n")
    .innerJoin("persons as o", "o.id", "n.opened_by")
    .innerJoin("legal_representatives as r", "r.id", "n.representative_id")
    .selectAll("n")
    .select([
      sql<string>`o.given_name || ' ' || o.family_name`.as("opener"),
      sql<string>`r.given_name || ' ' || r.family_name`.as("signer"),
      "r.fiscal_code as signer_code",
      "r.until as signer_until",
    ]);
export type Row = NonNullable<Awaited<ReturnType<typeof nomination>>>;

export const nomination = (db: Db, institutionId: string, id: string) =>
  shown(db).where("n.institution_id", "=", institutionId).where("n.id", "=", id).executeTakeFirst();
/** Of whatever institution: for who holds a link. */
export const nominationById = (db: Db, id: string) => shown(db).where("n.id", "=", id).executeTakeFirst();
export const lockNomination = (db: Db, id: string) =>
  db.selectFrom("nominations").select("id").where("id", "=", id).forUpdate().executeTakeFirst();

export const nominationsOf = (
  db: Db,
  institutionId: string,
  ask: { after: { at: string; id: string } | null; limit: number },
) =>
  shown(db)
    .where("n.institution_id", "=", institutionId)
    .$if(ask.after !== null, (q) =>
      q.where(sql<boolean>`(n.opened_at, n.id) < (${ask.after?.at}::timestamptz, ${ask.after?.id}::uuid)`),
    )
    .orderBy("n.opened_at", "desc")
    .orderBy("n.id", "desc")
    .limit(ask.limit)
    .execute();

export type NewNomination = {
  id: string;
  institutionId: string;
  productId: string;
  givenName: string;
  familyName: string;
  fiscalCode: Buffer;
  fiscalCodeIndex: Buffer;
  email: Buffer;
  endsAt: Date | null;
  representativeId: string;
  openedBy: string;
  at: Date;
  file: { fileName: string; length: number; sha256: Buffer; storageKey: string };
};
/** Writes it; false when one for the same person on the product already waits. */
export const insertNomination = async (db: Db, n: NewNomination): Promise<boolean> =>
  (await db
    .insertInto("nominations")
    .values({
      id: n.id,
      institution_id: n.institutionId,
      product_id: n.productId,
      given_name: n.givenName,
      family_name: n.familyName,
      fiscal_code: n.fiscalCode,
      fiscal_code_index: n.fiscalCodeIndex,
      email: n.email,
      ends_at: n.endsAt,
      representative_id: n.representativeId,
      opened_by: n.openedBy,
      opened_at: n.at,
      file_name: n.file.fileName,
      length: n.file.length,
      sha256: n.file.sha256,
      storage_key: n.file.storageKey,
    })
    .onConflict((c) =>
      c
        .columns(["institution_id", "product_id", "fiscal_code_index"])
        .where("state", "=", sql.lit("pending"))
        .doNothing(),
    )
    .returning("id")
    .executeTakeFirst()) !== undefined;

export const markSigned = (
  db: Db,
  id: string,
  s: { at: Date; form: "CAdES" | "PAdES"; sha256: Buffer; storageKey: string; membershipId: string },
) =>
  db
    .updateTable("nominations")
    .set({
      state: "signed",
      signed_at: s.at,
      signed_form: s.form,
      signed_sha256: s.sha256,
      signed_storage_key: s.storageKey,
      membership_id: s.membershipId,
      ended_at: s.at,
      version: sql`version + 1`,
    })
    .where("id", "=", id)
    .execute();

/** Takes it back; false when it is signed or gone. */
export const cancelNomination = async (db: Db, id: string, at: Date): Promise<boolean> =>
  (await db
    .updateTable("nominations")
    .set({ state: "cancelled", ended_at: at, version: sql`version + 1` })
    .where("id", "=", id)
    .where("state", "=", "pending")
    .returning("id")
    .executeTakeFirst()) !== undefined;
