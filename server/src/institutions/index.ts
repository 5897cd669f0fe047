import { randomUUID } from "node:crypto";
import { api, Id, type Institution, kindInRegistry, Problem, type ProductConfiguration } from "@area/api";
import { z } from "zod";
import { keyIn, pageOf } from "../platform/cursor.ts";
import type { Transaction } from "../platform/database/transaction.ts";
import type { Page } from "../platform/page.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { productVersion, publishedProducts } from "../products/index.ts";
import { logoPages, ownPage } from "./own-page.ts";
import * as store from "./store.ts";

export {
  activate,
  activeKind,
  dataOfInstitution,
  endProduct,
  type InstitutionData,
  type InstitutionFacts,
  institutionFacts,
  institutionName,
  joinedFrom,
  joinedWithTaxCode,
  lockProducts,
  pecOf,
  productState,
  productsOf,
  readTaxCode,
  refreshFromRegistry,
  resumeProduct,
  suspendProduct,
} from "./store.ts";

const NameAndId = z.object({ name: z.string().max(1000), id: Id });

/** The institution and its products, as its own people and the staff read it. */
const readWhole = async (
  { db, connection }: Pick<Transaction, "db" | "connection">,
  institutionId: string,
): Promise<z.input<typeof Institution>> => {
  const found = await store.readInstitution(connection, institutionId);
  if (!found) throw new Problem("institution-unknown");
  const catalogue = await publishedProducts(db);
  const title = async (productId: string, version: number) => {
    const latest = catalogue.find((p) => p.id === productId);
    return (latest?.version === version ? latest : await productVersion(db, productId, version)).configuration.title;
  };
  const taken = new Set([
    ...found.products.filter((p) => p.state !== "ended").map((p) => p.productId),
    ...found.awaiting.map((o) => o.productId),
  ]);
  const active = found.products.filter((p) => p.state !== "ended").map((p) => p.productId);
  return {
    id: found.id,
    name: found.name,
    taxCode: found.tax_code,
    ipaCode: found.ipa_code,
    category: found.category,
    pec: found.pec,
    address: found.address,
    zipCode: found.zip_code,
    city: found.city,
    unit: found.subunit_kind && found.subunit_code ? { kind: found.subunit_kind, code: found.subunit_code } : null,
    registry:
      found.registry && found.registry_read_at
        ? { name: found.registry, readAt: found.registry_read_at.toISOString() }
        : null,
    products: await Promise.all(
      found.products.map(async ({ version, ...p }) => ({ ...p, title: await title(p.productId, version) })),
    ),
    awaiting: await Promise.all(
      found.awaiting.map(async ({ productVersion: version, ...o }) => ({
        ...o,
        expiresAt: o.expiresAt ? new Date(o.expiresAt).toISOString() : null,
        title: await title(o.productId, version),
      })),
    ),
    available: catalogue
      .filter((p) => !taken.has(p.id) && p.configuration.state === "active")
      .filter((p) => admits(p.configuration, found, active))
      .map((p) => ({ productId: p.id, title: p.configuration.title })),
  };
};

export const institutions = (parts: Parts) => ({
  pages: (): Page[] => logoPages(parts),
  handlers: {
    page: ownPage(parts),
    read: handle(api.institutions.read, async ({ params }, tx) => readWhole(tx, params.institutionId)),
    readByStaff: handle(api.institutions.readByStaff, async ({ params }, tx) => readWhole(tx, params.institutionId)),
    search: handle(api.institutions.search, async ({ query }, { db }) => {
      const rows = await store.searchInstitutions(db, {
        search: query.search?.trim() || null,
        after: keyIn(query.cursor, NameAndId),
        limit: query.limit + 1,
      });
      return pageOf(
        rows,
        query.limit,
        (r) => ({ id: r.id, name: r.name, taxCode: r.tax_code, ipaCode: r.ipa_code, city: r.city }),
        (r) => ({ name: r.name, id: r.id }),
      );
    }),
  },
});

/** May this institution ask for a product, as far as is known before anything is asked? A declared kind is for the wizard to tell. */
const admits = (
  c: ProductConfiguration,
  i: { tax_code: string; category: string | null; registry: string | null; subunit_kind: string | null },
  active: readonly string[],
): boolean =>
  (c.parent === null || active.includes(c.parent)) &&
  (c.privateBeta === null || c.privateBeta.taxCodes.includes(i.tax_code)) &&
  (i.subunit_kind === null || c.units) &&
  c.admissions.some(
    (a) =>
      a.origin === (i.registry ?? "declared") &&
      (i.category === null || (a.kind === kindInRegistry(i.category) && (a.categories?.includes(i.category) ?? true))),
  );

/**
 * Finds the institution of a tax code, or of a part of a body, or writes it down, and makes the transaction work for it.
 * A part has its body as parent, which is written down too if it is not there.
 */
export const enterInstitution = async (
  tx: Pick<Transaction, "db" | "connection" | "enter">,
  data: store.InstitutionData,
): Promise<string> => {
  const parentId = data.unit ? await enterInstitution(tx, data.unit.parent) : null;
  for (;;) {
    const known = await store.idOf(tx.connection, data.taxCode, data.unit ?? null);
    const id = known ?? randomUUID();
    tx.enter({ institution: id });
    // Two people may start at once: whoever comes second finds the first one's row.
    if (known || (await store.insertInstitution(tx.db, id, data, parentId))) return id;
  }
};
