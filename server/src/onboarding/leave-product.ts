import { api } from "@area/api";
import { endOnProducts as endAgreements } from "../agreements/index.ts";
import { endProduct, lockProducts } from "../institutions/index.ts";
import { endOnProducts, membershipsOn } from "../people/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { productVersion, publishedProducts } from "../products/index.ts";

type Refuse = (code: "product-not-active", facts?: Record<string, string>) => never;

/** What ends with a product: the twins that came along with it, and who works on it. What builds on it must be left first. */
const whatEnds = async (db: Db, institutionId: string, productId: string, fail: Refuse) => {
  // Under their lock: two who leave at once, or an onboarding that completes meanwhile, take turns.
  const active = await lockProducts(db, institutionId);
  const own = active.find((p) => p.product_id === productId);
  const catalogue = await publishedProducts(db);
  const titleOf = (id: string) => catalogue.find((p) => p.id === id)?.configuration.title ?? id;
  // A twin for trying leaves with its product, never alone.
  if (!own || catalogue.find((p) => p.id === productId)?.configuration.state === "test-twin")
    return fail("product-not-active", { productId });
  const product = await productVersion(db, productId, own.product_version);
  const children = active
    .filter((p) => catalogue.find((one) => one.id === p.product_id)?.configuration.parent === productId)
    .map((p) => titleOf(p.product_id));
  const twins = product.configuration.testTwins.filter((id) => active.some((p) => p.product_id === id));
  return { product, own, children, ends: [productId, ...twins], twins: twins.map(titleOf) };
};

/** An institution leaves a product: what that switches off is said before, and done in one transaction. */
export const leaveProduct = (_parts: Parts) => ({
  preview: handle(api.onboarding.leaving.preview, async ({ params }, { db, fail }) => {
    const { product, children, ends, twins } = await whatEnds(db, params.institutionId, params.productId, fail);
    return {
      productId: product.id,
      title: product.configuration.title,
      switchesOff: product.configuration.onLeaving,
      twins,
      first: children,
      people: await membershipsOn(db, params.institutionId, ends),
    };
  }),
  leave: handle(api.onboarding.leaving.leave, async ({ params }, { db, now, fail, emit }) => {
    const { institutionId, productId } = params;
    const { product, children, ends } = await whatEnds(db, institutionId, productId, fail);
    if (children.length > 0) return fail("product-has-children", { children: children.join(", ") });
    for (const id of ends) await endProduct(db, institutionId, id, now);
    await endOnProducts({ db, now, emit }, institutionId, ends);
    for (const a of await endAgreements(db, institutionId, ends, now))
      if (a.kind === "convention")
        emit(
          "terms.convention.ended",
          { agreementId: a.id, productId: a.product_id, convention: a.convention_id ?? "", because: "product" },
          { institutionId },
        );
    const catalogue = await publishedProducts(db);
    for (const id of ends)
      emit(
        "institutions.product.ended",
        {
          productId: id,
          externalId: catalogue.find((p) => p.id === id)?.configuration.externalId ?? id,
          because: id === productId ? "left" : "twin",
        },
        { institutionId },
      );
    return { productId, title: product.configuration.title, endedAt: now.toISOString() };
  }),
});
