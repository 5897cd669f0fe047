import { api, ProductConfiguration } from "@area/api";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import * as store from "./store.ts";

export type PublishedProduct = { id: string; version: number; configuration: ProductConfiguration };

export const products = (_parts: Parts) => ({
  handlers: {
    list: handle(api.products.list, async (_input, { db }) => ({
      items: (await publishedProducts(db)).map(({ id, version, configuration: c }) => ({
        id,
        version,
        title: c.title,
        institutionKinds: c.institutionKinds,
        signatureDays: c.signatureDays,
        administrators: c.administrators,
      })),
    })),
  },
});

const read = (row: { product_id: string; version: number; configuration: unknown }): PublishedProduct => ({
  id: row.product_id,
  version: row.version,
  configuration: ProductConfiguration.parse(row.configuration),
});

/** The latest published version of every product, in the catalogue's order. */
export const publishedProducts = async (db: Db): Promise<PublishedProduct[]> =>
  (await store.latestVersions(db)).map(read);
export const publishedProduct = async (db: Db, productId: string): Promise<PublishedProduct | null> =>
  (await publishedProducts(db)).find((p) => p.id === productId) ?? null;
export const productVersion = async (db: Db, productId: string, version: number): Promise<PublishedProduct> =>
  read(await store.oneVersion(db, productId, version));
export { publish } from "./store.ts";
