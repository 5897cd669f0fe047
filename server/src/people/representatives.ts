import type { Db } from "../platform/database/transaction.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import * as store from "./representatives-store.ts";

/**
 * A signed agreement says who signs for an institution: from now on it is they. The same person stays as they are. The
 * transaction must already work for the institution.
 */
export const keepRepresentative = async (
  { cipher }: Pick<Parts, "cipher">,
  { db, emit, now }: { db: Db; emit: Recorder["emit"]; now: Date },
  at: { institutionId: string; onboardingId: string },
  named: { givenName: string; familyName: string; fiscalCode: string; email: string },
): Promise<void> => {
  const fiscalCodeIndex = cipher.index("fiscal-code", named.fiscalCode);
  const known = await store.currentRepresentative(db, at.institutionId);
  if (known && fiscalCodeIndex.equals(Buffer.from(known.fiscal_code_index))) return;
  const representativeId = await store.replaceRepresentative(db, {
    institutionId: at.institutionId,
    givenName: named.givenName,
    familyName: named.familyName,
    fiscalCode: cipher.seal(named.fiscalCode),
    fiscalCodeIndex,
    email: cipher.seal(named.email),
    source: "onboarding",
    onboardingId: at.onboardingId,
    at: now,
  });
  emit(
    "people.representative.changed",
    { representativeId, source: "onboarding" },
    { institutionId: at.institutionId, personal: { representative: `${named.givenName} ${named.familyName}` } },
  );
};
