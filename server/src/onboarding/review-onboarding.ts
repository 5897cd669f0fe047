import { mayMove, type OnboardingState, type Workflow, workflows } from "@area/api";
import type { Db } from "../platform/database/transaction.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import { completeOnboarding } from "./complete-onboarding.ts";
import * as store from "./store.ts";

type Tx = { db: Db; emit: Recorder["emit"]; now: Date };
type Row = NonNullable<Awaited<ReturnType<typeof store.lockOnboarding>>>;

/*
 * What who reviews decides. The request is locked by the caller and its institution entered: of two who decide at once the second
 * finds it decided, and is told.
 */
const undecided = (o: Row, to: OnboardingState): boolean =>
  o.state === "to-be-reviewed" && mayMove(o.state as OnboardingState, to);

/** Approves. Where an agreement is signed it is written now and the time to sign begins; where none is, the product is active. */
export const approve = async (
  parts: Pick<Parts, "cipher">,
  tx: Tx,
  o: Row,
): Promise<"done" | "decided-already" | "already-active"> => {
  const signs = workflows[o.workflow as Workflow].agreement;
  if (!undecided(o, signs ? "submitted" : "completed")) return "decided-already";
  if (signs) await store.move(tx.db, o.id, "submitted", { reviewedAt: tx.now, reviewNote: null });
  else {
    await store.move(tx.db, o.id, o.state as OnboardingState, { reviewedAt: tx.now, reviewNote: null });
    if (!(await completeOnboarding(parts, tx, o))) return "already-active";
  }
  tx.emit("onboarding.approved", { onboardingId: o.id, productId: o.product_id }, { institutionId: o.institution_id });
  return "done";
};

/** Says no, and why. */
export const reject = async (tx: Tx, o: Row, reason: string): Promise<"done" | "decided-already"> => {
  if (!undecided(o, "rejected")) return "decided-already";
  await store.move(tx.db, o.id, "rejected", { reviewedAt: tx.now, endedAt: tx.now, reviewNote: reason });
  tx.emit("onboarding.rejected", { onboardingId: o.id, productId: o.product_id }, { institutionId: o.institution_id });
  return "done";
};

/** Sends it back to who asked, saying what to change. The clock stands still until it comes back. */
export const askForChanges = async (
  tx: Tx,
  o: Row,
  note: string | null,
  fields: { path: string; note: string }[],
): Promise<"done" | "decided-already"> => {
  if (!undecided(o, "changes-requested")) return "decided-already";
  const left = o.review_due_at ? Math.round((o.review_due_at.getTime() - tx.now.getTime()) / 1000) : 0;
  await store.move(tx.db, o.id, "changes-requested", {
    reviewedAt: tx.now,
    reviewNote: note,
    reviewFields: fields,
    secondsLeft: left,
  });
  tx.emit(
    "onboarding.changes-requested",
    { onboardingId: o.id, productId: o.product_id },
    { institutionId: o.institution_id },
  );
  return "done";
};
