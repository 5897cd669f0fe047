import { createHash, randomUUID } from "node:crypto";
import { type AggregateFile, type AggregateProblem, api } from "@area/api";
import { z } from "zod";
import { productsOf, readTaxCode } from "../institutions/index.ts";
import { askForAggregates } from "../onboarding/index.ts";
import type { Schedule } from "../platform/act.ts";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { productVersion } from "../products/index.ts";
import { reactions } from "./apply-file.ts";
import { checkFile } from "./check-file.ts";
import * as store from "./store.ts";

const UNUSED_DAYS = 30;
const Line = z.number().int();

const shown = (f: store.FileRow): z.input<typeof AggregateFile> => ({
  id: f.id,
  productId: f.product_id,
  name: f.name,
  sha256: Buffer.from(f.sha256).toString("hex"),
  uploadedAt: f.uploaded_at.toISOString(),
  rows: f.rows,
  accepted: f.accepted,
  refused: f.rows - f.accepted,
  joined: f.joined,
  skipped: f.skipped,
  onboardingId: f.onboarding_id,
  onboardingState: f.onboarding_state,
  appliedAt: f.applied_at?.toISOString() ?? null,
});

/** The product as the aggregator holds it: active, and one that may be joined for others. */
const heldProduct = async (
  db: Db,
  at: { institutionId: string; productId: string },
  fail: (code: "product-not-active" | "aggregates-not-allowed", facts?: Record<string, string>) => never,
) => {
  const held = (await productsOf(db, at.institutionId)).find((p) => p.product_id === at.productId);
  if (held?.state !== "active") return fail("product-not-active", { productId: at.productId });
  const product = await productVersion(db, at.productId, held.product_version);
  if (!product.configuration.aggregators) return fail("aggregates-not-allowed");
  return { product, held };
};

/** An institution joins for others with a file: each row has its verdict, one signature holds for all, batches apply them. */
export const aggregates = (parts: Parts) => ({
  handlers: {
    list: handle(api.aggregates.list, async ({ params, query }, { db }) =>
      pageOf(
        await store.filesOf(db, params, keyIn(query.cursor, AtAndId), query.limit + 1),
        query.limit,
        shown,
        (f) => ({ at: f.uploaded_at.toISOString(), id: f.id }),
      ),
    ),
    check: handle(api.aggregates.check, async ({ params, file }, { db, connection, actor, now, fail, audit }) => {
      const { product } = await heldProduct(db, params, fail);
      const rows = await checkFile(connection, file!.bytes, {
        productId: product.id,
        configuration: product.configuration,
        ownTaxCode: await readTaxCode(db, params.institutionId),
      });
      const id = randomUUID();
      const accepted = rows.filter((r) => r.problem === null).length;
      await store.insertFile(db, {
        id,
        institutionId: params.institutionId,
        productId: params.productId,
        by: actor.personId,
        at: now,
        name: file!.name.slice(0, 200),
        sha256: createHash("sha256").update(file!.bytes).digest(),
        rows: rows.length,
        accepted,
      });
      await store.insertRows(connection, id, params.institutionId, rows);
      audit(
        "aggregates.file.checked",
        { fileId: id, productId: params.productId, rows: rows.length, accepted },
        { institutionId: params.institutionId },
      );
      return shown((await store.oneFile(db, { ...params, fileId: id }))!);
    }),
    read: handle(api.aggregates.read, async ({ params }, { db, fail }) => {
      const found = await store.oneFile(db, params);
      return found ? shown(found) : fail("aggregate-file-unknown");
    }),
    rows: handle(api.aggregates.rows, async ({ params, query }, { db, fail }) => {
      if (!(await store.oneFile(db, params))) return fail("aggregate-file-unknown");
      return pageOf(
        await store.rowsOf(db, params.fileId, query.state ?? null, keyIn(query.cursor, Line), query.limit + 1),
        query.limit,
        (r) => ({
          line: r.line,
          taxCode: r.tax_code,
          name: r.name,
          unit: r.unit_kind && r.unit_code ? { kind: r.unit_kind, code: r.unit_code } : null,
          state: r.state as "accepted" | "refused" | "joined" | "skipped",
          problem: r.problem as AggregateProblem | null,
          facts: r.facts as Record<string, unknown>,
        }),
        (r) => r.line,
      );
    }),
    request: handle(api.aggregates.request, async ({ params, body }, { db, actor, now, fail, emit }) => {
      const found = await store.oneFile(db, params);
      if (!found) return fail("aggregate-file-unknown");
      const locked = (await store.lockFile(db, found.id))!;
      if (locked.onboarding_id) return fail("aggregate-file-used");
      if (locked.accepted === 0) return fail("aggregate-file-empty");
      const { product, held } = await heldProduct(db, params, fail);
      const onboardingId = await askForAggregates(
        parts,
        { db, now, emit },
        {
          institutionId: params.institutionId,
          product,
          kind: held.kind,
          origin: held.origin,
          requestedBy: actor.personId,
          manager: body.manager,
          list: { accepted: locked.accepted, sha256: Buffer.from(locked.sha256).toString("hex") },
        },
      );
      if (!onboardingId) return fail("already-awaiting-signature");
      await store.signFor(db, locked.id, onboardingId);
      return shown((await store.oneFile(db, params))!);
    }),
  },
  reactions: reactions(parts),
  schedules: {
    "aggregates:sweep": {
      everyMinutes: 24 * 60,
      run: async (now) =>
        void (await parts.database.asSystem(({ db }) =>
          store.sweep(db, new Date(now.getTime() - UNUSED_DAYS * 86_400_000)),
        )),
    } satisfies Schedule,
  },
});
