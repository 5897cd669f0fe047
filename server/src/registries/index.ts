import { api, type UnitKind } from "@area/api";
import { z } from "zod";
import { keyIn, pageOf } from "../platform/cursor.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import * as lists from "./lists-store.ts";
import * as store from "./store.ts";

export { type ImportReport, importIpa } from "./import-ipa.ts";
export { importList, type ListName, type ListReport, listNames } from "./import-list.ts";
export { findEntry, findUnit, recipientOf } from "./lists-store.ts";
export { plain } from "./names.ts";
export { readRows } from "./read-rows.ts";
export { findBody, findBodyByTaxCode, findBodyToJoin } from "./store.ts";

const NameAndCode = z.object({ name: z.string().max(1000), code: z.string().max(40) });

export const registries = ({ ports }: Parts) => ({
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
    units: handle(api.registries.units, async ({ params, query }, { db }) => {
      const body = await store.findBody(db, params.ipaCode);
      const rows = await lists.unitsOf(db, params.ipaCode, {
        kind: query.kind,
        search: query.search,
        invoicing: query.invoicing !== undefined,
        after: keyIn(query.cursor, NameAndCode),
        limit: query.limit + 1,
      });
      return pageOf(
        rows,
        query.limit,
        (r) => ({
          code: r.code,
          kind: r.kind as UnitKind,
          name: r.name,
          // A unit without certified mail of its own is reached at the body's.
          pec: r.pec ?? body?.pec ?? null,
          address: r.address,
          zipCode: r.zip_code,
          invoicing: r.invoicing,
        }),
        (r) => ({ name: r.name_key, code: r.code }),
      );
    }),
    listed: handle(api.registries.listed, async ({ params, query }, { db }) => ({
      items: (await lists.searchEntries(db, params.registry.toUpperCase(), query.search, query.limit)).map((r) => ({
        code: r.code,
        name: r.name,
        taxCode: r.tax_code,
        pec: r.pec,
        address: r.address,
        zipCode: r.zip_code,
        city: r.city,
        country: r.country,
        state: r.state as "active" | "ended",
        updatedAt: r.read_at.toISOString(),
      })),
    })),
    company: handle(api.registries.company, {
      prepare: async ({ params }) => ports.businessRegister.find(params.taxCode),
      run: async (_input, _context, found) => ({
        answer: found.answer,
        company: found.answer === "found" ? found.company : null,
      }),
    }),
  },
});
