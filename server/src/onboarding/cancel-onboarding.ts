import { api, mayMove, type OnboardingState } from "@area/api";
import { endPending } from "../agreements/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import { shown } from "./shown.ts";
import * as store from "./store.ts";

/** Ends an onboarding that nobody signed yet. The row must be locked by the caller. */
export const cancel = async (
  tx: { db: Db; emit: Recorder["emit"] },
  o: { id: string; institution_id: string; product_id: string },
  by: "requester" | "link",
  at: Date,
): Promise<void> => {
  await store.move(tx.db, o.id, "cancelled", { endedAt: at });
  await endPending(tx.db, o.id);
  tx.emit(
    "onboarding.cancelled",
    { onboardingId: o.id, productId: o.product_id, by },
    { institutionId: o.institution_id },
  );
};

export const cancelOnboarding = (_parts: Parts) =>
  handle(api.onboarding.cancel, async ({ params }, { db, actor, now, fail, emit, enter }) => {
    const mine = await store.oneRequestedBy(db, actor.personId, params.onboardingId);
    if (!mine) return fail("onboarding-unknown");
    enter({ institution: mine.institution_id });
    const o = (await store.lockOnboarding(db, mine.id))!;
    if (!mayMove(o.state as OnboardingState, "cancelled")) return fail("onboarding-not-cancellable");
    await cancel({ db, emit }, o, "requester", now);
    return (await shown(db, [(await store.oneRequestedBy(db, actor.personId, o.id))!]))[0]!;
  });
