import { type AggregateProblem, admissionOf, type EventPayload, kindInRegistry } from "@area/api";
import { activate, dataOfInstitution, enterInstitution, type InstitutionData } from "../institutions/index.ts";
import { notify } from "../notifications/index.ts";
import { aggregatesApplied } from "../onboarding/index.ts";
import type { Reaction } from "../platform/act.ts";
import type { Db, Transaction } from "../platform/database/transaction.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import { type PublishedProduct, productVersion, publishedProduct } from "../products/index.ts";
import { findBodyToJoin, findUnit } from "../registries/index.ts";
import * as store from "./store.ts";

/** Rows in one transaction: what a crash can undo at most. */
const BATCH = 50;
type Row = Awaited<ReturnType<typeof store.nextRows>>[number];
type Tx = Transaction & { now: Date; emit: Recorder["emit"] };

/** The body, or its part, as the registry has it when its turn comes. */
const dataOf = async (db: Db, row: Row): Promise<InstitutionData | null> => {
  const body = await findBodyToJoin(db, row.tax_code);
  if (!body) return null;
  const parent: InstitutionData = {
    taxCode: body.tax_code,
    name: body.name,
    ipaCode: body.ipa_code,
    category: body.category,
    pec: body.pec ?? "",
    address: body.address,
    zipCode: body.zip_code,
    city: body.city,
    readAt: body.read_at,
  };
  if (!row.unit_kind || !row.unit_code) return parent;
  const unit = await findUnit(db, row.unit_kind as "AOO" | "UO", row.unit_code);
  if (unit?.ipa_code !== body.ipa_code || unit.state === "ended") return null;
  return {
    ...parent,
    name: unit.name,
    pec: unit.pec ?? parent.pec,
    address: unit.address,
    zipCode: unit.zip_code,
    readAt: unit.read_at,
    unit: { kind: row.unit_kind as "AOO" | "UO", code: unit.code, parent },
  };
};

/** One institution joins under the aggregator's agreement; or why it no longer can. */
const join = async (
  tx: Tx,
  row: Row,
  of: { product: PublishedProduct; aggregatorId: string; onboardingId: string },
): Promise<AggregateProblem | null> => {
  const { db, now, emit } = tx;
  const data = await dataOf(db, row);
  if (!data) return "ended";
  const kind = kindInRegistry(data.category ?? "");
  if (!admissionOf(of.product.configuration, kind, "IPA")) return "kind-not-admitted";
  const institutionId = await enterInstitution(tx, data);
  const active = await activate(db, {
    institutionId,
    productId: of.product.id,
    productVersion: of.product.version,
    kind,
    origin: "IPA",
    onboardingId: of.onboardingId,
    at: now,
    vatNumber: row.vat_number,
    recipientCode: row.recipient_code,
    invoicedTaxCode: null,
    geographicAreas: [],
  });
  if (!active) return "already-active";
  await store.belongsTo(db, institutionId, of.product.id, of.aggregatorId);
  emit(
    "institutions.product.activated",
    { productId: of.product.id, externalId: of.product.configuration.externalId, onboardingId: of.onboardingId },
    { institutionId },
  );
  return null;
};

/** After the signature the rows are applied, some at a time. Each batch is kept before the next: a restart goes on from there. */
export const reactions = (parts: Parts): Record<string, Reaction> => ({
  "aggregates:tell-applied": {
    on: ["aggregates.file.applied"],
    react: async (fact) => {
      const { fileId, productId } = fact.payload as EventPayload<"aggregates.file.applied">;
      const { institutionId } = fact;
      if (!institutionId) return;
      const told = await parts.database.asSystem(async ({ db }) => ({
        file: await store.oneFile(db, { institutionId, productId, fileId }),
        institution: await dataOfInstitution(db, institutionId),
        product: await publishedProduct(db, productId),
      }));
      if (!told.file) return;
      await notify(parts, `event ${fact.id}`, {
        kind: "pec",
        to: told.institution.pec,
        institutionId,
        ...aggregatesApplied({
          institution: told.institution.name,
          product: told.product?.configuration.title ?? productId,
          joined: told.file.joined,
          skipped: told.file.skipped,
          url: `${parts.config.publicUrl}/enti/${institutionId}/prodotti/${productId}/aggregati`,
        }),
      });
    },
  },

  "aggregates:apply": {
    on: ["onboarding.completed"],
    react: async (fact) => {
      const { onboardingId } = fact.payload as EventPayload<"onboarding.completed">;
      const file = await parts.database.asSystem(({ db }) => store.fileOfOnboarding(db, onboardingId));
      if (!file || file.applied_at) return;
      for (let more = true; more; )
        more = await parts.act(
          { kind: "system", name: "aggregates" },
          async (tx) => {
            const { db, now, emit } = tx;
            // One worker at a time: a second that starts the same delivery waits here, and finds the rows done.
            const locked = (await store.lockFile(db, file.id))!;
            if (locked.applied_at) return false;
            const product = await productVersion(
              db,
              file.product_id,
              await store.versionHeld(db, file.institution_id, file.product_id),
            );
            const rows = await store.nextRows(db, file.id, BATCH);
            for (const row of rows)
              await store.settle(
                db,
                file.id,
                row.line,
                await join(tx, row, { product, aggregatorId: file.institution_id, onboardingId }),
              );
            if (rows.length === BATCH) return true;
            await store.applied(db, file.id, now);
            tx.enter({ institution: file.institution_id });
            emit(
              "aggregates.file.applied",
              { fileId: file.id, productId: file.product_id, onboardingId },
              { institutionId: file.institution_id },
            );
            return false;
          },
          { traceId: fact.traceId },
        );
    },
  },
});
