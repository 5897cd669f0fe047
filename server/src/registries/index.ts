import { api } from "@area/api";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import * as store from "./store.ts";

export { type ImportReport, importIpa } from "./import-ipa.ts";
export { findBody } from "./store.ts";

export const registries = (_parts: Parts) => ({
  handlers: {
    search: handle(api.registries.search, async ({ query }, { connection }) => ({
      items: (await store.searchBodies(connection, query.search, query.limit)).rows.map((r) => ({
        ipaCode: r.ipa_code,
        name: r.name,
        taxCode: r.tax_code,
        category: r.category,
        city: r.city,
        state: r.state,
      })),
    })),
    read: handle(api.registries.read, async ({ params }, { db, connection, fail }) => {
      const body = await store.findBody(db, params.ipaCode);
      if (!body) return fail("registry-body-unknown", { ipaCode: params.ipaCode });
      const products = await store.productsOfBody(connection, params.ipaCode);
      return {
        ipaCode: body.ipa_code,
        name: body.name,
        taxCode: body.tax_code,
        category: body.category,
        pec: body.pec,
        address: body.address,
        zipCode: body.zip_code,
        city: body.city,
        updatedAt: body.read_at.toISOString(),
        state: body.state as "active" | "ended",
        products: products.map((p) => ({ productId: p.product_id, state: p.state, since: p.since.toISOString() })),
      };
    }),
  },
});
