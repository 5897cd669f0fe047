import { randomUUID } from "node:crypto";
import { api, type CatalogueProduct, ProductConfiguration } from "@area/api";
import type { z } from "zod";
import { templatesPublished } from "../agreements/index.ts";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { publish, publishedProduct, publishedProducts } from "../products/index.ts";
import { staffNames } from "../staff/index.ts";
import { rehearse } from "./rehearse.ts";
import * as store from "./store.ts";

/** The catalogue edited in the portal: tried before, proposed by one, published by another, never changed after. */
export const catalogue = (parts: Parts) => {
  type Tx = { db: Db; connection: Connection };
  const shown = async ({ db }: Tx, productId: string, me: string): Promise<z.input<typeof CatalogueProduct>> => {
    const versions = await store.versionsOf(db, productId);
    const open = await store.openProposal(db, productId);
    const past = await store.pastProposals(db, productId);
    const names = await staffNames(parts, db, [
      ...new Set(
        [...past, ...(open ? [open] : [])].flatMap((p) => [p.proposed_by, ...(p.answered_by ? [p.answered_by] : [])]),
      ),
    ]);
    const person = (id: string) => ({ id, name: names.get(id) ?? "", me: id === me });
    const proposal = (p: NonNullable<typeof open>) => ({
      id: p.id,
      baseVersion: p.base_version,
      configuration: p.configuration as Record<string, unknown>,
      reason: p.reason,
      state: p.state as "open",
      proposedBy: person(p.proposed_by),
      proposedAt: p.proposed_at.toISOString(),
      answeredBy: p.answered_by ? person(p.answered_by) : null,
      answeredAt: p.answered_at?.toISOString() ?? null,
      note: p.note,
    });
    const latest = versions[0]!;
    return {
      id: productId,
      title: ProductConfiguration.parse(latest.configuration).title,
      version: latest.version,
      configuration: latest.configuration as Record<string, unknown>,
      versions: versions.map((v) => ({ version: v.version, publishedAt: v.published_at.toISOString() })),
      proposal: open ? proposal(open) : null,
      past: past.map(proposal),
    };
  };
  const tried = async ({ db, connection }: Tx, productId: string, configuration: unknown) => {
    const current = await publishedProduct(db, productId);
    if (!current) return null;
    return {
      current,
      rehearsal: rehearse(current.configuration, configuration, {
        productId,
        templates: new Set(await templatesPublished(db)),
        products: new Set((await publishedProducts(db)).map((p) => p.id)),
        touched: await store.touched(connection, productId),
      }),
    };
  };

  return {
    handlers: {
      list: handle(api.catalogue.list, async (_input, { db }) => {
        const proposed = new Set((await store.openProposals(db)).map((p) => p.product_id));
        return {
          items: (await publishedProducts(db)).map((p) => ({
            id: p.id,
            title: p.configuration.title,
            version: p.version,
            state: p.configuration.state,
            proposed: proposed.has(p.id),
          })),
        };
      }),
      read: handle(api.catalogue.read, async ({ params }, { db, connection, actor, fail }) => {
        if (!(await publishedProduct(db, params.productId))) return fail("product-unknown");
        return shown({ db, connection }, params.productId, actor.staffId);
      }),
      rehearse: handle(api.catalogue.rehearse, async ({ params, body }, { db, connection, fail }) => {
        const found = await tried({ db, connection }, params.productId, body.configuration);
        return found ? found.rehearsal : fail("product-unknown");
      }),
      propose: handle(api.catalogue.propose, async ({ params, body }, { db, connection, actor, now, fail, emit }) => {
        const { productId } = params;
        if (!(await store.lockProduct(db, connection, productId))) return fail("product-unknown");
        const found = (await tried({ db, connection }, productId, body.configuration))!;
        if (found.current.version !== body.baseVersion)
          return fail("product-moved-on", { version: found.current.version });
        const { rehearsal } = found;
        if (!rehearsal.valid) return fail("product-faulty", { faults: rehearsal.faults });
        if (rehearsal.changes.length === 0) return fail("nothing-to-change");
        const id = randomUUID();
        const written = await store.insertProposal(db, {
          id,
          productId,
          baseVersion: body.baseVersion,
          configuration: body.configuration,
          reason: body.reason,
          by: actor.staffId,
          at: now,
        });
        if (!written) return fail("product-proposal-open");
        emit("catalogue.version.proposed", {
          productId,
          proposalId: id,
          baseVersion: body.baseVersion,
          staffId: actor.staffId,
        });
        return shown({ db, connection }, productId, actor.staffId);
      }),
      publish: handle(api.catalogue.publish, async ({ params, body }, { db, connection, actor, now, fail, emit }) => {
        const { productId } = params;
        const product = await store.lockProduct(db, connection, productId);
        if (!product) return fail("product-unknown");
        const open = await store.openProposal(db, productId);
        if (open?.id !== body.proposalId) return fail("product-proposal-missing");
        if (open.proposed_by === actor.staffId) return fail("proposal-own");
        const found = (await tried({ db, connection }, productId, open.configuration))!;
        if (found.current.version !== open.base_version)
          return fail("product-moved-on", { version: found.current.version });
        // Templates or other products may have moved since it was proposed.
        if (!found.rehearsal.valid) return fail("product-faulty", { faults: found.rehearsal.faults });
        const version = open.base_version + 1;
        await publish(db, { id: productId, position: product.position, version, configuration: open.configuration });
        await store.closeProposal(db, open.id, "published", { by: actor.staffId, at: now, note: null });
        emit("catalogue.version.published", {
          productId,
          proposalId: open.id,
          version,
          proposedBy: open.proposed_by,
          staffId: actor.staffId,
        });
        return shown({ db, connection }, productId, actor.staffId);
      }),
      decline: handle(api.catalogue.decline, async ({ params, body }, { db, connection, actor, now, fail, emit }) => {
        const { productId } = params;
        if (!(await store.lockProduct(db, connection, productId))) return fail("product-unknown");
        const open = await store.openProposal(db, productId);
        if (!open) return fail("product-proposal-missing");
        const withdrawn = open.proposed_by === actor.staffId;
        await store.closeProposal(db, open.id, withdrawn ? "withdrawn" : "declined", {
          by: actor.staffId,
          at: now,
          note: body.note ?? null,
        });
        emit("catalogue.version.declined", { productId, proposalId: open.id, staffId: actor.staffId, withdrawn });
        return shown({ db, connection }, productId, actor.staffId);
      }),
    },
  };
};
