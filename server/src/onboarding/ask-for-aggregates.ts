import { randomUUID } from "node:crypto";
import { workflows } from "@area/api";
import { dataOfInstitution } from "../institutions/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import type { PublishedProduct } from "../products/index.ts";
import * as store from "./store.ts";
import { sealed } from "./submit-onboarding.ts";

/**
 * An institution that is active on a product asks to join for others: an agreement with their number and the digest of their list,
 * signed by its legal representative. Null when the same person has one open already.
 */
export const askForAggregates = async (
  { cipher }: Pick<Parts, "cipher">,
  { db, now, emit }: { db: Db; now: Date; emit: Recorder["emit"] },
  a: {
    institutionId: string;
    product: PublishedProduct;
    kind: string;
    origin: string;
    requestedBy: string;
    manager: { givenName: string; familyName: string; fiscalCode: string; email: string };
    list: { accepted: number; sha256: string };
  },
): Promise<string | null> => {
  const id = randomUUID();
  const institution = await dataOfInstitution(db, a.institutionId);
  const written = await store.insertOnboarding(db, {
    id,
    institutionId: a.institutionId,
    productId: a.product.id,
    productVersion: a.product.version,
    kind: a.kind,
    origin: a.origin,
    workflow: "aggregates",
    state: workflows.aggregates.startsIn,
    requestedBy: a.requestedBy,
    at: now,
    institutionData: { ...institution, aggregates: a.list },
    billing: {},
    geographicAreas: [],
    details: {},
    account: null,
    reviewReasons: [],
    reviewDueAt: null,
    manager: sealed(cipher, a.manager),
    administrators: [],
  });
  if (!written) return null;
  emit(
    "onboarding.submitted",
    { onboardingId: id, productId: a.product.id, productVersion: a.product.version, ipaCode: institution.ipaCode },
    { institutionId: a.institutionId, personal: { manager: `${a.manager.givenName} ${a.manager.familyName}` } },
  );
  return id;
};
