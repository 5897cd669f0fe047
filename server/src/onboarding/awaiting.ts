import type { Db } from "../platform/database/transaction.ts";
import * as store from "./store.ts";

/** Who must still sign and until when; null once nobody must. */
export const awaitingSignature = async (
  db: Db,
  onboardingId: string,
): Promise<{ signer: string; expiresAt: Date | null } | null> => {
  const o = await store.onboarding(db, onboardingId);
  return o?.state === "awaiting-signature"
    ? { signer: [o.manager_given_name, o.manager_family_name].filter(Boolean).join(" "), expiresAt: o.expires_at }
    : null;
};

/** Does the company's seal still miss? */
export const awaitsSeal = async (db: Db, onboardingId: string): Promise<boolean> =>
  (await store.onboarding(db, onboardingId))?.state === "awaiting-countersignature";

/** Who sent an onboarding, and what became of it, for who tells them. */
export const requestOf = async (
  db: Db,
  onboardingId: string,
): Promise<{
  requestedBy: string;
  institutionId: string;
  institutionName: string;
  productId: string;
  state: string;
  round: number;
} | null> => {
  const o = await store.onboarding(db, onboardingId);
  return o
    ? {
        requestedBy: o.requested_by,
        institutionId: o.institution_id,
        state: o.state,
        round: o.review_round,
        institutionName: (o.institution_data as { name: string }).name,
        productId: o.product_id,
      }
    : null;
};

/** The agreements of an institution that wait for a signature, and whose. */
export const awaitingOf = async (
  db: Db,
  institutionId: string,
): Promise<{ onboardingId: string; productId: string; signer: string; signerCode: Buffer; expiresAt: Date | null }[]> =>
  (await store.awaitingAt(db, institutionId)).map((o) => ({
    onboardingId: o.id,
    productId: o.product_id,
    signer: [o.manager_given_name, o.manager_family_name].filter(Boolean).join(" "),
    signerCode: Buffer.from(o.manager_fiscal_code_index!),
    expiresAt: o.expires_at,
  }));
