import { admissionOf } from "@area/api";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { Recorder } from "../platform/record.ts";
import { productVersion, publishedProducts } from "../products/index.ts";
import * as store from "./store.ts";

const DAY = 86_400_000;
export type Concerned = { institutionId: string; productId: string; fromVersion: string };

/** The products that use a text, whatever its version. */
export const productsUsing = async (db: Db, templateId: string) =>
  (await publishedProducts(db)).filter((p) =>
    [
      ...p.configuration.admissions.map((a) => a.agreementTemplate),
      ...p.configuration.conventions.map((c) => c.template),
    ].some((template) => template?.id === templateId),
  );

/** The version of a text that an institution holds to on a product; null when it is not its text. */
export const heldVersion = async (
  db: Db,
  templateId: string,
  p: { institution_id: string; product_id: string; product_version: number; kind: string; origin: string },
): Promise<string | null> => {
  const product = await productVersion(db, p.product_id, p.product_version);
  const template = admissionOf(product.configuration, p.kind, p.origin)?.agreementTemplate;
  if (template?.id !== templateId) return null;
  const inForce = await store.inForce(db, { institutionId: p.institution_id, productId: p.product_id, templateId });
  // What was concluded elsewhere has no document here: it holds to what its product said then.
  return inForce?.template_version ?? template.version;
};

/** Active institutions that hold to another version of a text, some at a time. */
export const concerned = async (
  tx: { db: Db; connection: Connection },
  templateId: string,
  version: string,
  after: { institutionId: string; productId: string } | null,
  most: number,
): Promise<{ items: Concerned[]; next: { institutionId: string; productId: string } | null }> => {
  const products = (await productsUsing(tx.db, templateId)).map((p) => p.id);
  const rows = await store.activeOn(tx.connection, products, after, most);
  const items: Concerned[] = [];
  for (const row of rows) {
    const held = await heldVersion(tx.db, templateId, row);
    if (held && held !== version)
      items.push({ institutionId: row.institution_id, productId: row.product_id, fromVersion: held });
  }
  const last = rows.at(-1);
  return {
    items,
    next: rows.length === most && last ? { institutionId: last.institution_id, productId: last.product_id } : null,
  };
};

/** Asks one institution to accept a version; older questions about the same text are over. Works for that institution. */
export const askOne = async (
  tx: { db: Db; emit: Recorder["emit"]; now: Date },
  one: Concerned,
  p: NonNullable<Awaited<ReturnType<typeof store.publication>>>,
): Promise<void> => {
  const { db, emit, now } = tx;
  const at = { institutionId: one.institutionId, productId: one.productId, templateId: p.template_id };
  const id = await store.ask(db, {
    ...at,
    fromVersion: one.fromVersion,
    version: p.version,
    at: now,
    dueAt: new Date(now.getTime() + p.days * DAY),
  });
  if (!id) return;
  for (const older of await store.supersede(db, { ...at, version: p.version })) {
    if (older.agreement_id) await store.endAgreement(db, older.agreement_id, now);
    emit(
      "terms.acceptance.superseded",
      { acceptanceId: older.id, productId: one.productId },
      { institutionId: one.institutionId },
    );
  }
  emit(
    "terms.acceptance.asked",
    { acceptanceId: id, productId: one.productId, template: p.template_id, version: p.version, way: p.way },
    { institutionId: one.institutionId },
  );
};
