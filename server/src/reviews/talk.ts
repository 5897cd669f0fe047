import { randomUUID } from "node:crypto";
import { api, mayMove, type OnboardingState, type Workflow, workflows } from "@area/api";
import { lockOnboarding, onboardingRow, revisionDraft } from "../onboarding/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { reviewed } from "./read-reviews.ts";
import { reviewShown, statusShown } from "./shown.ts";
import * as store from "./store.ts";

/** While somebody still decides, or the applicant corrects, both may write. */
const talks = (state: string) => state === "to-be-reviewed" || state === "changes-requested";

/** What applicant and reviewers say to each other, and what the applicant sees and may do meanwhile. */
export const talk = (parts: Parts) => {
  /** A request of the person who asks, which somebody reviews. */
  const own = async (db: Db, personId: string, onboardingId: string) => {
    const o = await onboardingRow(db, onboardingId);
    return o?.requested_by === personId ? o : null;
  };

  return {
    write: handle(api.reviews.write, async ({ params, body }, context) => {
      const { db, connection, actor, now, fail, emit, enter } = context;
      const found = await reviewed(context, params.onboardingId, "staff:onboardings:write");
      enter({ institution: found.institution_id });
      const o = (await lockOnboarding(db, found.id))!;
      if (!talks(o.state)) return fail("review-over", { state: o.state });
      const id = randomUUID();
      await store.insertMessage(db, {
        id,
        onboardingId: o.id,
        institutionId: o.institution_id,
        personId: null,
        staffId: actor.staffId,
        text: parts.cipher.seal(body.text),
        at: now,
      });
      await store.unanswered(db, o.id, null);
      emit(
        "reviews.message.written",
        { onboardingId: o.id, productId: o.product_id, messageId: id, from: "staff" },
        { institutionId: o.institution_id },
      );
      return reviewShown(parts, { db, connection }, (await lockOnboarding(db, o.id))!, actor.staffId);
    }),

    status: handle(api.reviews.status, async ({ params }, { db, connection, actor, now, fail, enter }) => {
      const o = await own(db, actor.personId, params.onboardingId);
      if (!o) return fail("onboarding-unknown");
      if (!workflows[o.workflow as Workflow].reviewed) return fail("onboarding-not-reviewed");
      enter({ institution: o.institution_id });
      return statusShown(parts, { db, connection }, o, now);
    }),

    reply: handle(api.reviews.reply, async ({ params, body }, { db, connection, actor, now, fail, emit, enter }) => {
      const mine = await own(db, actor.personId, params.onboardingId);
      if (!mine) return fail("onboarding-unknown");
      if (!workflows[mine.workflow as Workflow].reviewed) return fail("onboarding-not-reviewed");
      enter({ institution: mine.institution_id });
      const o = (await lockOnboarding(db, mine.id))!;
      if (!talks(o.state)) return fail("review-over", { state: o.state });
      const id = randomUUID();
      await store.insertMessage(db, {
        id,
        onboardingId: o.id,
        institutionId: o.institution_id,
        personId: actor.personId,
        staffId: null,
        text: parts.cipher.seal(body.text),
        at: now,
      });
      await store.unanswered(db, o.id, o.unanswered_since ?? now);
      emit(
        "reviews.message.written",
        { onboardingId: o.id, productId: o.product_id, messageId: id, from: "applicant" },
        { institutionId: o.institution_id },
      );
      return statusShown(parts, { db, connection }, (await lockOnboarding(db, o.id))!, now);
    }),

    revise: handle(api.reviews.revise, async ({ params }, { db, actor, now, fail, emit, enter }) => {
      const mine = await own(db, actor.personId, params.onboardingId);
      if (!mine) return fail("onboarding-unknown");
      enter({ institution: mine.institution_id });
      const o = (await lockOnboarding(db, mine.id))!;
      if (!mayMove(o.state as OnboardingState, "to-be-reviewed")) return fail("onboarding-not-to-correct");
      const draft = await revisionDraft(parts, { db, now }, o, actor.personId);
      if (!draft) return fail("onboarding-not-to-correct");
      emit("onboarding.draft.opened", { draftId: draft.id, productId: o.product_id });
      return draft;
    }),
  };
};
