import { randomUUID } from "node:crypto";
import { api, Id, type Institution, Problem } from "@area/api";
import { z } from "zod";
import { keyIn, pageOf } from "../platform/cursor.ts";
import type { Transaction } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { productVersion, publishedProducts } from "../products/index.ts";
import * as store from "./store.ts";

export { activate, type InstitutionData, joinedFrom, productState, refreshFromRegistry } from "./store.ts";

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
      .filter((p) => !taken.has(p.id))
      .map((p) => ({ productId: p.id, title: p.configuration.title })),
  };
};

export const institutions = (_parts: Parts) => ({
  handlers: {
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

/** Finds the institution of a tax code or writes it down, and makes the transaction work for it. */
export const enterInstitution = async (
  tx: Pick<Transaction, "db" | "connection" | "enter">,
  data: store.InstitutionData,
): Promise<string> => {
  for (;;) {
    const known = await store.idOf(tx.connection, data.taxCode);
    const id = known ?? randomUUID();
    tx.enter({ institution: id });
    // Two people may start at once: whoever comes second finds the first one's row.
    if (known || (await store.insertInstitution(tx.db, id, data))) return id;
  }
};
