import { workflows } from "@area/api";
import { personNamed } from "../identity/index.ts";
import type { InstitutionData } from "../institutions/index.ts";
import { keepRepresentative } from "../people/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import type { PublishedProduct } from "../products/index.ts";
import * as store from "./store.ts";
import { sealed } from "./submit-onboarding.ts";

type Named = { givenName: string; familyName: string; fiscalCode: string; email: string };

/** Writes down an onboarding that was concluded elsewhere, with no agreement of ours. */
export const importOnboarding = async (
  parts: Pick<Parts, "cipher">,
  tx: { db: Db; emit: Recorder["emit"]; now: Date },
  o: {
    id: string;
    institutionId: string;
    product: PublishedProduct;
    data: InstitutionData;
    manager: Named;
    administrators: Named[];
    recipientCode: string;
  },
): Promise<void> => {
  const requestedBy = await personNamed(parts, tx.db, o.administrators[0]!);
  await store.insertOnboarding(tx.db, {
    id: o.id,
    institutionId: o.institutionId,
    productId: o.product.id,
    productVersion: o.product.version,
    kind: "PA",
    origin: "IPA",
    workflow: "import",
    state: workflows.import.startsIn,
    requestedBy,
    at: tx.now,
    institutionData: o.data,
    billing: { recipientCode: o.recipientCode },
    geographicAreas: [{ level: "national" }],
    details: {},
    account: null,
    reviewReasons: [],
    reviewDueAt: null,
    manager: sealed(parts.cipher, o.manager),
    administrators: o.administrators.map((a) => sealed(parts.cipher, a)),
  });
  await keepRepresentative(parts, tx, { institutionId: o.institutionId, onboardingId: o.id }, o.manager);
  await store.move(tx.db, o.id, "completed", { endedAt: tx.now });
};
