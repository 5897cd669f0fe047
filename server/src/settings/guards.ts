import { productState } from "../institutions/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import { type Declared, declaredBy } from "./shown.ts";
import type { At } from "./store.ts";

/** What is asked before anything else: the institution is on the product, and the product has something to set. */
export const requireDeclared = async (
  context: {
    db: Db;
    fail: (code: "product-not-active" | "product-without-settings", facts?: Record<string, unknown>) => never;
  },
  key: Omit<At, "environment">,
): Promise<Declared> => {
  const { db, fail } = context;
  const declared = await declaredBy(db, key.productId);
  if (!declared) return fail("product-without-settings");
  if ((await productState(db, key.institutionId, key.productId)) !== "active")
    return fail("product-not-active", { productId: key.productId });
  return declared;
};
