import { api } from "@area/api";
import { lockOnboarding } from "../onboarding/index.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { staffNames } from "../staff/index.ts";
import { reviewed } from "./read-reviews.ts";
import { reviewShown } from "./shown.ts";
import * as store from "./store.ts";

/** Says to colleagues who works on a request. Whoever has it keeps it, until a colleague takes it over knowingly. */
export const takeReview = (parts: Parts) => ({
  take: handle(api.reviews.take, async ({ params, body }, context) => {
    const { db, connection, actor, now, fail, emit, enter } = context;
    const found = await reviewed(context, params.onboardingId, "staff:onboardings:write");
    enter({ institution: found.institution_id });
    const o = (await lockOnboarding(db, found.id))!;
    if (o.state !== "to-be-reviewed" && o.state !== "changes-requested")
      return fail("review-decided-already", { state: o.state });
    if (o.reviewer_id && o.reviewer_id !== actor.staffId && !body.takeOver)
      return fail("review-taken", { by: (await staffNames(parts, db, [o.reviewer_id])).get(o.reviewer_id) ?? "" });
    if (o.reviewer_id !== actor.staffId) {
      await store.setReviewer(db, o.id, actor.staffId, now);
      emit(
        "reviews.review.taken",
        { onboardingId: o.id, productId: o.product_id, staffId: actor.staffId, takenFrom: o.reviewer_id },
        { institutionId: o.institution_id },
      );
    }
    return reviewShown(parts, { db, connection }, (await lockOnboarding(db, o.id))!, actor.staffId);
  }),
  release: handle(api.reviews.release, async ({ params }, context) => {
    const { db, connection, actor, fail, emit, enter } = context;
    const found = await reviewed(context, params.onboardingId, "staff:onboardings:write");
    enter({ institution: found.institution_id });
    const o = (await lockOnboarding(db, found.id))!;
    if (o.reviewer_id && o.reviewer_id !== actor.staffId)
      return fail("review-taken", { by: (await staffNames(parts, db, [o.reviewer_id])).get(o.reviewer_id) ?? "" });
    if (o.reviewer_id) {
      await store.setReviewer(db, o.id, null, null);
      emit(
        "reviews.review.released",
        { onboardingId: o.id, productId: o.product_id, staffId: actor.staffId },
        { institutionId: o.institution_id },
      );
    }
    return reviewShown(parts, { db, connection }, (await lockOnboarding(db, o.id))!, actor.staffId);
  }),
});
