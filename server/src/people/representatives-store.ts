import { sql } from "kysely";
import type { Db } from "../platform/database/transaction.ts";

/** Who signs for an institution now, as far as is known. */
export const currentRepresentative = (db: Db, institutionId: string) =>
  db
    .selectFrom("legal_representatives")
    .selectAll()
    .where("institution_id", "=", institutionId)
    .where("until", "is", null)
    .executeTakeFirst();

export type NewRepresentative = {
  institutionId: string;
  givenName: string;
  familyName: string;
  fiscalCode: Buffer;
  fiscalCodeIndex: Buffer;
  email: Buffer | null;
  source: "onboarding" | "declared";
  onboardingId?: string | null;
  declaredBy?: string | null;
  at: Date;
};
/** Puts somebody in the place of who signed until now. The institution's lock is the caller's. */
export const replaceRepresentative = async (db: Db, r: NewRepresentative): Promise<string> => {
  await db
    .updateTable("legal_representatives")
    .set({ until: r.at, version: sql`version + 1` })
    .where("institution_id", "=", r.institutionId)
    .where("until", "is", null)
    .execute();
  return (
    await db
      .insertInto("legal_representatives")
      .values({
        institution_id: r.institutionId,
        given_name: r.givenName,
        family_name: r.familyName,
        fiscal_code: r.fiscalCode,
        fiscal_code_index: r.fiscalCodeIndex,
        email: r.email,
        source: r.source,
        onboarding_id: r.onboardingId ?? null,
        declared_by: r.declaredBy ?? null,
        since: r.at,
      })
      .returning("id")
      .executeTakeFirstOrThrow()
  ).id;
};

export const representativesOf = (db: Db, institutionId: string) =>
  db
    .selectFrom("legal_representatives as r")
    .leftJoin("persons as d", "d.id", "r.declared_by")
    .selectAll("r")
    .select(sql<string | null>`d.given_name || ' ' || d.family_name`.as("declared_by_name"))
    .where("r.institution_id", "=", institutionId)
    .orderBy("r.since", "desc")
    .orderBy("r.id")
    .limit(21)
    .execute();
export type RepresentativeRow = Awaited<ReturnType<typeof representativesOf>>[number];

export const ipaCodeOf = async (db: Db, institutionId: string): Promise<string | null> =>
  (await db.selectFrom("institutions").select("ipa_code").where("id", "=", institutionId).executeTakeFirst())
    ?.ipa_code ?? null;
export const pecAndName = (db: Db, institutionId: string) =>
  db.selectFrom("institutions").select(["pec", "name"]).where("id", "=", institutionId).executeTakeFirst();
