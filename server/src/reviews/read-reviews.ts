import { api, Problem, type StaffPermission, staffMay, staffProducts, type Workflow, workflows } from "@area/api";
import { lockOnboarding, onboardingRow } from "../onboarding/index.ts";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle, type StaffActor } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { publishedProducts } from "../products/index.ts";
import { linesShown, medianSeconds, reviewShown } from "./shown.ts";
import * as store from "./store.ts";

const DAY = 86_400_000;

/** The products whose requests somebody of the staff may see: those of their profiles, in the catalogue's order. */
const productsOf = async (db: Db, actor: StaffActor): Promise<string[]> => {
  const may = staffProducts(actor.holdings, "staff:onboardings:read");
  return (await publishedProducts(db)).map((p) => p.id).filter((id) => may === "all" || may.includes(id));
};

/** The request named, if it is one that is reviewed and of a product on which whoever calls may do this. */
export const reviewed = async (
  { db, actor }: { db: Db; actor: StaffActor },
  onboardingId: string,
  permission: StaffPermission,
  how: "read" | "lock" = "read",
) => {
  // Across institutions the purpose opens it to be read; it is locked once its institution is entered.
  const o = await (how === "lock" ? lockOnboarding : onboardingRow)(db, onboardingId);
  if (!o || !workflows[o.workflow as Workflow].reviewed) throw new Problem("onboarding-unknown");
  if (!staffMay(actor.holdings, permission, o.product_id))
    throw new Problem("permission-missing", { permission, staff: true });
  return o;
};

export const readReviews = (parts: Parts) => ({
  list: handle(api.reviews.list, async ({ query }, { db, connection, actor, now }) => {
    const mine = await productsOf(db, actor);
    const rows = await store.queue(connection, {
      view: query.view,
      products: query.productId ? mine.filter((id) => id === query.productId) : mine,
      kind: query.kind ?? null,
      dueBefore: query.clock ? new Date(now.getTime() + (query.clock === "soon" ? DAY : 0)) : null,
      queuedBefore: query.waitingDays ? new Date(now.getTime() - query.waitingDays * DAY) : null,
      reviewer: query.mine ? actor.staffId : null,
      search: query.search?.trim() || null,
      after: keyIn(query.cursor, AtAndId),
      limit: query.limit + 1,
    });
    const { items, next } = pageOf(
      rows,
      query.limit,
      (r) => r,
      (r) => ({ at: (query.view === "waiting" ? r.review_due_at : r.reviewed_at)!.toISOString(), id: r.id }),
    );
    return { items: await linesShown(parts, db, items, actor.staffId), next };
  }),
  summary: handle(api.reviews.summary, async (_input, { db, connection, actor, now }) => {
    const products = await productsOf(db, actor);
    const titles = new Map((await publishedProducts(db)).map((p) => [p.id, p.configuration]));
    const reviewedOnes = products.filter((id) =>
      titles.get(id)!.admissions.some((a) => workflows[a.workflow].reviewed),
    );
    return {
      ...(await store.counts(connection, { products, now, staffId: actor.staffId })),
      products: await Promise.all(
        reviewedOnes.map(async (productId) => ({
          productId,
          title: titles.get(productId)!.title,
          medianSeconds: await medianSeconds(connection, productId, now),
        })),
      ),
    };
  }),
  read: handle(api.reviews.read, async ({ params }, context) => {
    const { db, connection, actor, audit } = context;
    const o = await reviewed(context, params.onboardingId, "staff:onboardings:read");
    // As for every reading of an institution by the staff.
    audit("staff.institution.read", { path: api.reviews.read.path }, { institutionId: o.institution_id });
    return reviewShown(parts, { db, connection }, o, actor.staffId);
  }),
});
