import { endPending } from "../agreements/index.ts";
import { activate, type InstitutionData, refreshFromRegistry } from "../institutions/index.ts";
import { appointAdministrator, keepRepresentative } from "../people/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import { productVersion, publishedProduct } from "../products/index.ts";
import * as store from "./store.ts";

type Row = NonNullable<Awaited<ReturnType<typeof store.lockOnboarding>>>;
type Billing = { recipientCode?: string; vatNumber?: string; invoicedTaxCode?: string };

/**
 * Everything that makes an institution active on a product: its data, the product and its test twins, the administrators, the end
 * of other open requests. In the caller's transaction, with the request locked and the institution entered; false when the product
 * is active already, and then nothing may be kept.
 */
export const completeOnboarding = async (
  parts: Pick<Parts, "cipher">,
  tx: { db: Db; emit: Recorder["emit"]; now: Date },
  o: Row,
): Promise<boolean> => {
  const { db, emit, now } = tx;
  const at = { institutionId: o.institution_id, onboardingId: o.id };
  // Joined for others: the institution itself is active already, and the rows of its file come after.
  if (o.workflow === "aggregates") {
    await store.move(db, o.id, "completed", { endedAt: now });
    emit("onboarding.completed", { onboardingId: o.id, productId: o.product_id }, { institutionId: o.institution_id });
    return true;
  }
  const product = await productVersion(db, o.product_id, o.product_version);
  const data = o.institution_data as Omit<InstitutionData, "readAt"> & { readAt: string | null };
  await refreshFromRegistry(db, o.institution_id, { ...data, readAt: data.readAt ? new Date(data.readAt) : null });
  const billing = o.billing as Billing;
  const administrators = (await store.administratorsOf(db, o.id)).map((a) => ({
    givenName: a.given_name,
    familyName: a.family_name,
    fiscalCode: parts.cipher.open(a.fiscal_code),
    email: parts.cipher.open(a.email),
  }));
  const switchOn = async (one: typeof product): Promise<boolean> => {
    const active = await activate(db, {
      ...at,
      productId: one.id,
      productVersion: one.version,
      kind: o.kind,
      origin: o.origin,
      at: now,
      vatNumber: billing.vatNumber ?? null,
      recipientCode: billing.recipientCode ?? null,
      invoicedTaxCode: billing.invoicedTaxCode ?? null,
      geographicAreas: o.geographic_areas,
      details: o.details,
    });
    if (!active) return false;
    emit(
      "institutions.product.activated",
      { productId: one.id, externalId: one.configuration.externalId, onboardingId: o.id },
      { institutionId: o.institution_id },
    );
    for (const a of administrators) await appointAdministrator(parts, tx, a, { ...at, productId: one.id });
    return true;
  };
  if (!(await switchOn(product))) return false;
  for (const id of product.configuration.testTwins) {
    const twin = await publishedProduct(db, id);
    // One that is on already stays as it is.
    if (twin) await switchOn(twin);
  }
  if (o.manager_fiscal_code && o.manager_email)
    await keepRepresentative(parts, tx, at, {
      givenName: o.manager_given_name ?? "",
      familyName: o.manager_family_name ?? "",
      fiscalCode: parts.cipher.open(o.manager_fiscal_code),
      email: parts.cipher.open(o.manager_email),
    });
  await store.move(db, o.id, "completed", { endedAt: now });
  for (const rival of await store.rivals(db, {
    id: o.id,
    institutionId: o.institution_id,
    productId: o.product_id,
  })) {
    await store.move(db, rival.id, "superseded", { endedAt: now });
    await endPending(db, rival.id);
    emit(
      "onboarding.superseded",
      { onboardingId: rival.id, productId: o.product_id, byOnboardingId: o.id },
      { institutionId: o.institution_id },
    );
  }
  emit("onboarding.completed", { onboardingId: o.id, productId: o.product_id }, { institutionId: o.institution_id });
  return true;
};
