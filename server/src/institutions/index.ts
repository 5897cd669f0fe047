import { randomUUID } from "node:crypto";
import { api } from "@area/api";
import type { Transaction } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { productVersion, publishedProducts } from "../products/index.ts";
import * as store from "./store.ts";

export {
  activate,
  type InstitutionData,
  institutionName,
  joinedFrom,
  productState,
  refreshFromRegistry,
} from "./store.ts";

export const institutions = (_parts: Parts) => ({
  handlers: {
    read: handle(api.institutions.read, async ({ params }, { db, connection, fail }) => {
      const found = await store.readInstitution(connection, params.institutionId);
      if (!found) return fail("institution-unknown");
      const catalogue = await publishedProducts(db);
      const title = async (productId: string, version: number) => {
        const latest = catalogue.find((p) => p.id === productId);
        return (latest?.version === version ? latest : await productVersion(db, productId, version)).configuration
          .title;
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
