import { isLanguage, type Language } from "@area/words";
import type { Db } from "../platform/database/transaction.ts";
import { languagesOf } from "./languages.ts";

/** The language that a person chose for what is written to them. */
export const languageOfPerson = async (db: Db, personId: string): Promise<Language | null> => {
  const chosen = (
    await db.selectFrom("inbox_settings").select("language").where("person_id", "=", personId).executeTakeFirst()
  )?.language;
  return isLanguage(chosen) ? chosen : null;
};

/** In which languages an institution is written to. */
export const languagesAt = async (db: Db, institutionId: string): Promise<Language[]> => {
  const at = await db
    .selectFrom("institutions")
    .select(["zip_code", "county"])
    .where("id", "=", institutionId)
    .executeTakeFirst();
  return languagesOf({ zipCode: at?.zip_code ?? null, county: at?.county ?? null });
};

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
