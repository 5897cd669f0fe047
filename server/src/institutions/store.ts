import type { InstitutionKind } from "@area/api";
import { sql } from "kysely";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";

/** A part of a public body that stands for itself. */
export type InstitutionUnit = { kind: "AOO" | "UO"; code: string; parent: InstitutionData };
export type InstitutionData = {
  taxCode: string;
  name: string;
  ipaCode: string | null;
  category: string | null;
  pec: string;
  address: string;
  zipCode: string;
  city: string | null;
  county?: string | null;
  country?: string | null;
  /** Where the data are from; null when they were declared. */
  registry?: "IPA" | "ANAC" | "IVASS" | "business-register" | null;
  registryCode?: string | null;
  readAt: Date | null;
  unit?: InstitutionUnit | null;
};
/** Those without a registry named are of IndicePA: the first form of these data. */
const registryOf = (d: InstitutionData) => (d.registry === undefined ? "IPA" : d.registry);

export const idOf = async (
  connection: Connection,
  taxCode: string,
  unit: { kind: string; code: string } | null,
): Promise<string | null> =>
  (
    await connection.query<{ id: string | null }>("select institution_id_of($1, $2, $3) as id", [
      taxCode,
      unit?.kind ?? null,
      unit?.code ?? null,
    ])
  ).rows[0]?.id ?? null;

export const insertInstitution = async (
  db: Db,
  id: string,
  d: InstitutionData,
  parentId: string | null = null,
): Promise<boolean> => {
  const row = await db
    .insertInto("institutions")
    .values({
      id,
      tax_code: d.taxCode,
      name: d.name,
      ipa_code: d.ipaCode,
      category: d.category,
      pec: d.pec,
      address: d.address,
      zip_code: d.zipCode,
      city: d.city,
      county: d.county ?? null,
      country: d.country ?? null,
      subunit_kind: d.unit?.kind ?? null,
      subunit_code: d.unit?.code ?? null,
      parent_id: parentId,
      registry: registryOf(d),
      registry_code: d.registryCode ?? null,
      registry_read_at: d.readAt,
    })
    .onConflict((c) => c.columns(["tax_code", "subunit_kind", "subunit_code"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
};

export const refreshFromRegistry = (db: Db, id: string, d: InstitutionData) =>
  db
    .updateTable("institutions")
    .set({
      name: d.name,
      ipa_code: d.ipaCode,
      category: d.category,
      pec: d.pec,
      address: d.address,
      zip_code: d.zipCode,
      city: d.city,
      county: d.county ?? null,
      country: d.country ?? null,
      registry: registryOf(d),
      registry_code: d.registryCode ?? null,
      registry_read_at: d.readAt,
      version: sql`version + 1`,
    })
    .where("id", "=", id)
    // What somebody declares never takes the place of what a registry says.
    .$if(registryOf(d) === null, (q) => q.where("registry", "is", null))
    .execute();

export const readTaxCode = async (db: Db, id: string): Promise<string> =>
  (await db.selectFrom("institutions").select("tax_code").where("id", "=", id).executeTakeFirstOrThrow()).tax_code;
/** The data of an institution as they stand, for an agreement that it signs again. */
export const dataOfInstitution = async (db: Db, id: string): Promise<InstitutionData> => {
  const i = await db.selectFrom("institutions").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  return {
    taxCode: i.tax_code,
    name: i.name,
    ipaCode: i.ipa_code,
    category: i.category,
    pec: i.pec,
    address: i.address,
    zipCode: i.zip_code,
    city: i.city,
    county: i.county,
    country: i.country,
    registry: i.registry as NonNullable<InstitutionData["registry"]> | null,
    registryCode: i.registry_code,
    readAt: i.registry_read_at,
  };
};
export const institutionName = async (db: Db, id: string): Promise<string> =>
  (await db.selectFrom("institutions").select("name").where("id", "=", id).executeTakeFirstOrThrow()).name;
/** The certified mail by which an institution is known. */
export const pecOf = async (db: Db, id: string): Promise<string | null> =>
  (await db.selectFrom("institutions").select("pec").where("id", "=", id).executeTakeFirst())?.pec ?? null;

/** The institution with its products and what waits for a signature, as one document. */
export const readInstitution = async (connection: Connection, id: string) =>
  (
    await connection.query<{
      id: string;
      name: string;
      tax_code: string;
      ipa_code: string | null;
      category: string | null;
      pec: string;
      address: string;
      zip_code: string;
      city: string | null;
      subunit_kind: "AOO" | "UO" | null;
      subunit_code: string | null;
      registry: "IPA" | "ANAC" | "IVASS" | "business-register" | null;
      registry_read_at: Date | null;
      products: {
        productId: string;
        kind: InstitutionKind;
        state: "active" | "suspended" | "ended";
        activeSince: string;
        vatNumber: string | null;
        recipientCode: string | null;
        geographicAreas: never;
        agreementId: string | null;
        version: number;
      }[];
      awaiting: {
        onboardingId: string;
        productId: string;
        productVersion: number;
        state:
          | "submitted"
          | "to-be-reviewed"
          | "changes-requested"
          | "awaiting-signature"
          | "awaiting-countersignature";
        expiresAt: string | null;
      }[];
    }>(
      `select i.id, i.name, i.tax_code, i.ipa_code, i.category, i.pec, i.address, i.zip_code, i.city, i.subunit_kind, i.subunit_code, i.registry, i.registry_read_at,
        coalesce((select jsonb_agg(jsonb_build_object('productId', p.product_id, 'kind', p.kind, 'state', p.state, 'activeSince', to_char(p.active_since at time zone 'Europe/Rome', 'YYYY-MM-DD'), 'vatNumber', p.vat_number,
            'recipientCode', p.recipient_code, 'geographicAreas', p.geographic_areas, 'version', p.product_version,
            'agreementId', (select a.id from agreements a where a.onboarding_id = p.onboarding_id)) order by p.active_since, p.product_id)
          from institution_products p where p.institution_id = i.id), '[]') as products,
        coalesce((select jsonb_agg(jsonb_build_object('onboardingId', o.id, 'productId', o.product_id, 'productVersion', o.product_version, 'state', o.state, 'expiresAt', o.expires_at) order by o.submitted_at)
          from onboardings o where o.institution_id = i.id and o.state in ('submitted', 'to-be-reviewed', 'changes-requested', 'awaiting-signature', 'awaiting-countersignature')), '[]') as awaiting
       from institutions i where i.id = $1`,
      [id],
    )
  ).rows[0] ?? null;

/** As which kind an institution is active on a product, if it is. */
export const activeKind = async (db: Db, institutionId: string, productId: string): Promise<string | null> =>
  (
    await db
      .selectFrom("institution_products")
      .select("kind")
      .where("institution_id", "=", institutionId)
      .where("product_id", "=", productId)
      .where("state", "=", "active")
      .executeTakeFirst()
  )?.kind ?? null;

export const productState = async (db: Db, institutionId: string, productId: string): Promise<string | null> =>
  (
    await db
      .selectFrom("institution_products")
      .select("state")
      .where("institution_id", "=", institutionId)
      .where("product_id", "=", productId)
      .executeTakeFirst()
  )?.state ?? null;

export type Activation = {
  institutionId: string;
  productId: string;
  productVersion: number;
  kind: string;
  origin: string;
  onboardingId: string;
  at: Date;
  vatNumber: string | null;
  recipientCode: string | null;
  invoicedTaxCode: string | null;
  geographicAreas: unknown;
  details?: unknown;
};

/** Makes a product active; false when it already is. An ended one begins anew. */
export const activate = async (db: Db, a: Activation): Promise<boolean> => {
  const values = {
    product_version: a.productVersion,
    kind: a.kind,
    origin: a.origin,
    state: "active",
    active_since: a.at,
    ended_at: null,
    onboarding_id: a.onboardingId,
    vat_number: a.vatNumber,
    recipient_code: a.recipientCode,
    invoiced_tax_code: a.invoicedTaxCode,
    geographic_areas: JSON.stringify(a.geographicAreas),
    details: JSON.stringify(a.details ?? {}),
  };
  const row = await db
    .insertInto("institution_products")
    .values({ institution_id: a.institutionId, product_id: a.productId, ...values })
    .onConflict((c) =>
      c
        .columns(["institution_id", "product_id"])
        .doUpdateSet({ ...values, version: sql`institution_products.version + 1` })
        .where("institution_products.state", "=", "ended"),
    )
    .returning("institution_id")
    .executeTakeFirst();
  return row !== undefined;
};

/** Ends a product; false when it is not active. */
export const endProduct = async (db: Db, institutionId: string, productId: string, at: Date): Promise<boolean> =>
  (await db
    .updateTable("institution_products")
    .set({ state: "ended", ended_at: at, version: sql`version + 1` })
    .where("institution_id", "=", institutionId)
    .where("product_id", "=", productId)
    .where("state", "<>", "ended")
    .returning("institution_id")
    .executeTakeFirst()) !== undefined;

/** What was agreed is missing: the product rests until it is there. False when it was not active. */
export const suspendProduct = async (db: Db, institutionId: string, productId: string): Promise<boolean> =>
  turn(db, { institutionId, productId }, "active", "suspended");
export const resumeProduct = async (db: Db, institutionId: string, productId: string): Promise<boolean> =>
  turn(db, { institutionId, productId }, "suspended", "active");
const turn = async (db: Db, at: { institutionId: string; productId: string }, from: string, to: string) =>
  (await db
    .updateTable("institution_products")
    .set({ state: to, version: sql`version + 1` })
    .where("institution_id", "=", at.institutionId)
    .where("product_id", "=", at.productId)
    .where("state", "=", from)
    .returning("institution_id")
    .executeTakeFirst()) !== undefined;

/** The same, under their lock. */
export const lockProducts = (db: Db, institutionId: string) =>
  db
    .selectFrom("institution_products")
    .select(["product_id", "product_version", "state", "onboarding_id"])
    .where("institution_id", "=", institutionId)
    .where("state", "<>", "ended")
    .orderBy("product_id")
    .limit(200)
    .forUpdate()
    .execute();

/** The products that an institution has, and as what. */
export const productsOf = (db: Db, institutionId: string) =>
  db
    .selectFrom("institution_products")
    .select(["product_id", "product_version", "state", "kind", "origin"])
    .where("institution_id", "=", institutionId)
    .where("state", "<>", "ended")
    .orderBy("active_since")
    .limit(200)
    .execute();

/** Institutions that joined from this registry entry, for who must be told when it changes. */
export const joinedFrom = (db: Db, ipaCode: string) =>
  db
    .selectFrom("institutions as i")
    .select(["i.id", "i.name", "i.pec"])
    .where("i.ipa_code", "=", ipaCode)
    .where("i.subunit_kind", "is", null)
    .where((e) =>
      e.exists(
        e
          .selectFrom("institution_products as p")
          .select("p.product_id")
          .whereRef("p.institution_id", "=", "i.id")
          .where("p.state", "<>", "ended"),
      ),
    )
    .limit(50)
    .execute();

/** The same by tax code, for who is in no IndicePA: the whole institution, not a part of it. */
export const joinedWithTaxCode = (db: Db, taxCode: string) =>
  db
    .selectFrom("institutions as i")
    .select(["i.id", "i.name", "i.pec"])
    .where("i.tax_code", "=", taxCode)
    .where("i.subunit_kind", "is", null)
    .where((e) =>
      e.exists(
        e
          .selectFrom("institution_products as p")
          .select("p.product_id")
          .whereRef("p.institution_id", "=", "i.id")
          .where("p.state", "<>", "ended"),
      ),
    )
    .limit(1)
    .execute();

/** Institutions by name, for the staff: a part of the name, or a whole code. */
export const searchInstitutions = (
  db: Db,
  ask: { search: string | null; after: { name: string; id: string } | null; limit: number },
) =>
  db
    .selectFrom("institutions")
    .select(["id", "name", "tax_code", "ipa_code", "city"])
    .$if(ask.search !== null, (q) =>
      q.where((e) =>
        e.or([
          e("name", "ilike", `%${ask.search!.replace(/[%_\\]/g, "\\$&")}%`),
          e("tax_code", "=", ask.search!.toUpperCase()),
          e("ipa_code", "=", ask.search!.toLowerCase()),
        ]),
      ),
    )
    .$if(ask.after !== null, (q) => q.where(sql<boolean>`(name, id) > (${ask.after?.name}, ${ask.after?.id}::uuid)`))
    .orderBy("name")
    .orderBy("id")
    .limit(ask.limit)
    .execute();

export type InstitutionFacts = { name: string; tax_code: string; pec: string; zip_code: string };
/** What a document says of an institution. */
export const institutionFacts = (db: Db, id: string): Promise<InstitutionFacts> =>
  db
    .selectFrom("institutions")
    .select(["name", "tax_code", "pec", "zip_code"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
