import { personNamed } from "../identity/index.ts";
import type { InstitutionData } from "../institutions/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import type { PublishedProduct } from "../products/index.ts";
import * as store from "./store.ts";

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
  const { cipher } = parts;
  const sealed = (p: Named) => ({
    givenName: p.givenName,
    familyName: p.familyName,
    fiscalCode: cipher.seal(p.fiscalCode),
    fiscalCodeIndex: cipher.index("fiscal-code", p.fiscalCode),
    email: cipher.seal(p.email),
    emailIndex: cipher.index("mail", p.email),
  });
  const requestedBy = await personNamed(parts, tx.db, o.administrators[0]!);
  await store.insertOnboarding(tx.db, {
    id: o.id,
    institutionId: o.institutionId,
    productId: o.product.id,
    productVersion: o.product.version,
    kind: "PA",
    requestedBy,
    at: tx.now,
    institutionData: o.data,
    billing: { recipientCode: o.recipientCode },
    geographicAreas: [{ level: "national" }],
    manager: sealed(o.manager),
    administrators: o.administrators.map(sealed),
  });
  await store.move(tx.db, o.id, "completed", { endedAt: tx.now });
};
