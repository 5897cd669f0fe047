import { sql } from "kysely";
import type { Db } from "../platform/database/transaction.ts";

export const keepTemplate = (
  db: Db,
  t: { id: string; version: string; language: string; content: unknown; digest: Buffer },
) =>
  db
    .insertInto("agreement_templates")
    .values({
      id: t.id,
      version: t.version,
      language: t.language,
      content: JSON.stringify(t.content),
      digest: t.digest,
      published_at: sql`now()`,
    })
    .onConflict((c) => c.doNothing())
    .execute();

export const template = (db: Db, id: string, version: string, language: string) =>
  db
    .selectFrom("agreement_templates")
    .select(["content", "digest"])
    .where("id", "=", id)
    .where("version", "=", version)
    .where("language", "=", language)
    .executeTakeFirst();

export const insertAgreement = async (
  db: Db,
  a: {
    id: string;
    institutionId: string;
    productId: string;
    productVersion: number;
    onboardingId: string | null;
    kind: "adhesion" | "version" | "convention";
    conventionId: string | null;
    expiresAt: Date | null;
    requestedBy: string;
    template: { id: string; version: string; language: string };
    fileName: string;
    length: number;
    sha256: Buffer;
    storageKey: string;
    at: Date;
  },
): Promise<boolean> =>
  (await db
    .insertInto("agreements")
    .values({
      id: a.id,
      institution_id: a.institutionId,
      product_id: a.productId,
      product_version: a.productVersion,
      onboarding_id: a.onboardingId,
      kind: a.kind,
      convention_id: a.conventionId,
      expires_at: a.expiresAt,
      requested_by: a.requestedBy,
      template_id: a.template.id,
      template_version: a.template.version,
      template_language: a.template.language,
      state: "pending",
      file_name: a.fileName,
      length: a.length,
      sha256: a.sha256,
      storage_key: a.storageKey,
      written_at: a.at,
      signed_at: null,
      signed_form: null,
      signed_sha256: null,
      signed_length: null,
      signed_storage_key: null,
      proof_sha256: null,
      proof_length: null,
      proof_storage_key: null,
    })
    .onConflict((c) => c.doNothing())
    .returning("id")
    .executeTakeFirst()) !== undefined;

/** In force without a signature: somebody who may confirmed it in the portal. */
export const markConfirmed = (db: Db, id: string, by: { name: string; at: Date }) =>
  db
    .updateTable("agreements")
    .set({
      state: "active",
      signed_at: by.at,
      signers: JSON.stringify([by.name]),
      version: sql`version + 1`,
    })
    .where("id", "=", id)
    .execute();

/** What a newer text takes the place of. */
export const endInForce = (
  db: Db,
  a: { institutionId: string; productId: string; templateId: string; but: string; at: Date },
) =>
  db
    .updateTable("agreements")
    .set({ state: "ended", ended_at: a.at, version: sql`version + 1` })
    .where("institution_id", "=", a.institutionId)
    .where("product_id", "=", a.productId)
    .where("template_id", "=", a.templateId)
    .where("kind", "<>", "convention")
    .where("state", "=", "active")
    .where("id", "<>", a.but)
    .execute();

/** Those whose signature it wants, in order; the first one's turn begins now. */
export const insertSignatures = (
  db: Db,
  a: { id: string; institutionId: string; requestedBy: string; at: Date },
  parties: readonly { party: "institution" | "company"; name: string; fiscalCode: Buffer | null }[],
) =>
  db
    .insertInto("agreement_signatures")
    .values(
      parties.map((one, n) => ({
        agreement_id: a.id,
        position: n + 1,
        institution_id: a.institutionId,
        requested_by: a.requestedBy,
        party: one.party,
        name: one.name,
        fiscal_code: one.fiscalCode,
        since: n === 0 ? a.at : null,
        signed_at: null,
        form: null,
        sha256: null,
      })),
    )
    .execute();
export const signaturesOf = (db: Db, agreementIds: readonly string[]) =>
  agreementIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom("agreement_signatures")
        .select(["agreement_id", "position", "party", "name", "fiscal_code", "since", "signed_at"])
        .where("agreement_id", "in", [...agreementIds])
        .orderBy("agreement_id")
        .orderBy("position")
        .limit(2000)
        .execute();
export const markStep = (
  db: Db,
  at: { agreementId: string; position: number; name?: string },
  s: { at: Date; form: "CAdES" | "PAdES"; sha256: Buffer },
) =>
  db
    .updateTable("agreement_signatures")
    .set({ signed_at: s.at, form: s.form, sha256: s.sha256, ...(at.name ? { name: at.name } : {}) })
    .where("agreement_id", "=", at.agreementId)
    .where("position", "=", at.position)
    .execute();
export const beginStep = (db: Db, at: { agreementId: string; position: number }, since: Date) =>
  db
    .updateTable("agreement_signatures")
    .set({ since })
    .where("agreement_id", "=", at.agreementId)
    .where("position", "=", at.position)
    .execute();
export const countersignatureLate = async (db: Db, id: string, at: Date): Promise<boolean> =>
  (await db
    .updateTable("agreements")
    .set({ countersignature_late_at: at })
    .where("id", "=", id)
    .where("countersignature_late_at", "is", null)
    .returning("id")
    .executeTakeFirst()) !== undefined;

export const ofOnboarding = (db: Db, onboardingId: string) =>
  db.selectFrom("agreements").selectAll().where("onboarding_id", "=", onboardingId).executeTakeFirst();

/** What the same institution was given to sign before for the same product, the last ones. */
export const issuedBefore = (db: Db, a: { id: string; institution_id: string; product_id: string }) =>
  db
    .selectFrom("agreements")
    .select(["sha256", "length", "written_at"])
    .where("institution_id", "=", a.institution_id)
    .where("product_id", "=", a.product_id)
    .where("id", "<>", a.id)
    .orderBy("written_at", "desc")
    .orderBy("id", "desc")
    .limit(20)
    .execute();

export const markSigned = (
  db: Db,
  id: string,
  s: {
    at: Date;
    form: "CAdES" | "PAdES";
    sha256: Buffer;
    length: number;
    storageKey: string;
    signers: string[];
    /** Null while others must still sign: kept, and not in force. */
    proof: { sha256: Buffer; length: number; storageKey: string } | null;
  },
) =>
  db
    .updateTable("agreements")
    .set({
      ...(s.proof
        ? {
            state: "active",
            signed_at: s.at,
            proof_sha256: s.proof.sha256,
            proof_length: s.proof.length,
            proof_storage_key: s.proof.storageKey,
          }
        : {}),
      signed_form: s.form,
      signed_sha256: s.sha256,
      signed_length: s.length,
      signed_storage_key: s.storageKey,
      signers: JSON.stringify(s.signers),
      version: sql`version + 1`,
    })
    .where("id", "=", id)
    .execute();

export const endPending = (db: Db, onboardingId: string) =>
  db
    .updateTable("agreements")
    .set({ state: "ended", version: sql`version + 1` })
    .where("onboarding_id", "=", onboardingId)
    .where("state", "=", "pending")
    .execute();

/** Everything agreed on products that are left: what is in force, and what waits for a signature. */
export const endOnProducts = (db: Db, institutionId: string, productIds: readonly string[], at: Date) =>
  db
    .updateTable("agreements")
    .set({ state: "ended", ended_at: at, version: sql`version + 1` })
    .where("institution_id", "=", institutionId)
    .where("product_id", "in", [...productIds])
    .where((e) => e.or([e("state", "=", "active"), e.and([e("state", "=", "pending"), e("kind", "<>", "adhesion")])]))
    .returning(["id", "kind", "product_id", "convention_id"])
    .execute();

export const agreementsOf = (
  db: Db,
  institutionId: string,
  ask: { after: { at: string; id: string } | null; limit: number },
) =>
  db
    .selectFrom("agreements as a")
    .select([
      "a.id",
      "a.product_id",
      "a.product_version",
      "a.kind",
      "a.convention_id",
      "a.state",
      "a.template_id",
      "a.template_version",
      "a.sha256",
      "a.written_at",
      "a.signed_at",
      "a.signers",
      "a.signed_form",
      "a.proof_length",
    ])
    .where("a.institution_id", "=", institutionId)
    .$if(ask.after !== null, (q) =>
      q.where(sql<boolean>`(a.written_at, a.id) < (${ask.after?.at}::timestamptz, ${ask.after?.id}::uuid)`),
    )
    .orderBy("a.written_at", "desc")
    .orderBy("a.id", "desc")
    .limit(ask.limit)
    .execute();

export const oneOf = (db: Db, institutionId: string, id: string) =>
  db
    .selectFrom("agreements")
    .selectAll()
    .where("institution_id", "=", institutionId)
    .where("id", "=", id)
    .executeTakeFirst();

/** What was signed, over every institution: for the staff, of the products that they may see. */
export const signedOfAll = (
  db: Db,
  ask: {
    products: string[] | "all";
    search: string | null;
    after: { at: string; id: string } | null;
    limit: number;
  },
) =>
  db
    .selectFrom("agreements as a")
    .innerJoin("institutions as i", "i.id", "a.institution_id")
    .select([
      "a.id",
      "a.institution_id",
      "i.name as institution_name",
      "a.product_id",
      "a.product_version",
      "a.kind",
      "a.convention_id",
      "a.template_id",
      "a.template_version",
      "a.sha256",
      "a.signed_at",
      "a.signers",
      "a.signed_form",
      "a.proof_length",
    ])
    .where("a.signed_at", "is not", null)
    .$if(ask.products !== "all", (q) => q.where("a.product_id", "in", ask.products as string[]))
    .$if(ask.search !== null, (q) => q.where("i.name", "ilike", `%${ask.search!.replace(/[%_\\]/g, "\\$&")}%`))
    .$if(ask.after !== null, (q) =>
      q.where(sql<boolean>`(a.signed_at, a.id) < (${ask.after?.at}::timestamptz, ${ask.after?.id}::uuid)`),
    )
    .orderBy("a.signed_at", "desc")
    .orderBy("a.id", "desc")
    .limit(ask.limit)
    .execute();

export const templatesPublished = async (db: Db): Promise<string[]> =>
  (await db.selectFrom("agreement_templates").select(["id", "version"]).limit(1000).execute()).map(
    (t) => `${t.id} ${t.version}`,
  );
