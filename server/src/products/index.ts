import { api, environments, type Product, ProductConfiguration, requirementsOf } from "@area/api";
import type { z } from "zod";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import * as store from "./store.ts";

export type PublishedProduct = { id: string; version: number; configuration: ProductConfiguration };

export const products = (_parts: Parts) => ({
  handlers: {
    list: handle(api.products.list, async (_input, { db }) => {
      const all = await publishedProducts(db);
      return { items: all.filter(isOpen).map((p) => shown(p, all)) };
    }),
  },
});

const shown = (
  { id, version, configuration: c }: PublishedProduct,
  all: readonly PublishedProduct[],
): z.input<typeof Product> => ({
  id,
  version,
  title: c.title,
  description: c.description,
  parent: c.parent,
  parentTitle: all.find((p) => p.id === c.parent)?.configuration.title ?? null,
  testTwins: c.testTwins,
  twinTitles: c.testTwins.flatMap((twin) => all.find((p) => p.id === twin)?.configuration.title ?? []),
  admissions: c.admissions.map((a) => requirementsOf(c, a)),
  signatureDays: c.signatureDays,
  administrators: c.administrators,
  roles: c.roles.map(({ profile, code, title }) => ({ profile, code, title })),
  onLeaving: c.onLeaving,
  settings: c.settings !== undefined,
  backOffice: environments.filter((environment) => c.backOffice?.environments[environment]),
  // Who is invited is nobody else's business.
  privateBeta: c.privateBeta !== null,
  aggregators: c.aggregators,
  delegable: c.delegable,
  signedNominations: c.nomination === "signed",
});

const read = (row: { product_id: string; version: number; configuration: unknown }): PublishedProduct => ({
  id: row.product_id,
  version: row.version,
  configuration: ProductConfiguration.parse(row.configuration),
});

/** The latest published version of every product, in the catalogue's order. */
export const publishedProducts = async (db: Db): Promise<PublishedProduct[]> =>
  (await store.latestVersions(db)).map(read);
/** Those that somebody may join: not the test twins, which come along, and not the closed ones. */
const isOpen = (p: PublishedProduct): boolean => p.configuration.state === "active";
export const openProducts = async (db: Db): Promise<PublishedProduct[]> => (await publishedProducts(db)).filter(isOpen);
export const publishedProduct = async (db: Db, productId: string): Promise<PublishedProduct | null> =>
  (await publishedProducts(db)).find((p) => p.id === productId) ?? null;
export const productVersion = async (db: Db, productId: string, version: number): Promise<PublishedProduct> =>
  read(await store.oneVersion(db, productId, version));
export { publish } from "./store.ts";
