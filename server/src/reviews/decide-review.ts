import { api, Problem, type ReviewOutcome } from "@area/api";
import { approve, askForChanges, contentOf, fieldsOf, lockOnboarding, reject } from "../onboarding/index.ts";
import type { Db, Scope } from "../platform/database/transaction.ts";
import { handle, type StaffActor } from "../platform/pipeline.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import { productVersion } from "../products/index.ts";
import { staffNames } from "../staff/index.ts";
import { reviewed } from "./read-reviews.ts";
import { reviewShown } from "./shown.ts";
import type { FieldNotes } from "./store.ts";
import * as store from "./store.ts";

type Row = NonNullable<Awaited<ReturnType<typeof lockOnboarding>>>;
type Tx = { db: Db; now: Date; emit: Recorder["emit"] };
type Fail = (
  code: "review-decided-already" | "review-data-changed" | "already-active",
  facts?: Record<string, string | number>,
) => never;

/** What a colleague did in the meantime, for whom comes second. */
const alreadyDecided = async (parts: Pick<Parts, "cipher">, db: Db, o: Row, fail: Fail): Promise<never> => {
  const last = (await store.decisionsOf(db, o.id))[0];
  const by = last?.staff_id ? (await staffNames(parts, db, [last.staff_id])).get(last.staff_id) : undefined;
  return fail("review-decided-already", {
    state: o.state,
    ...(last ? { outcome: last.outcome, at: last.decided_at.toISOString() } : {}),
    ...(by ? { by } : {}),
  });
};

/** The request under its lock, still undecided, as whoever decides has read it. */
const undecided = async (
  parts: Pick<Parts, "cipher">,
  context: Tx & { actor: StaffActor; enter(scope: Scope): void },
  onboardingId: string,
  round: number,
  fail: Fail,
): Promise<Row> => {
  const { db, enter } = context;
  const found = await reviewed(context, onboardingId, "staff:onboardings:write");
  enter({ institution: found.institution_id });
  const o = (await lockOnboarding(db, found.id))!;
  if (o.state !== "to-be-reviewed") return alreadyDecided(parts, db, o, fail);
  if (o.review_round !== round) return fail("review-data-changed", { round: o.review_round });
  return o;
};

type Decided = {
  outcome: ReviewOutcome;
  note: string | null;
  fields: FieldNotes;
  by: { staffId: string; proposedBy: string | null } | { rules: { version: string; inputs: Buffer } };
};
/** Carries a decision out, and writes it down: once for each round, says the table too. */
export const carryOut = async (
  parts: Pick<Parts, "cipher">,
  tx: Tx,
  o: Row,
  d: Decided,
): Promise<"done" | "decided-already" | "already-active"> => {
  const done =
    d.outcome === "approved"
      ? await approve(parts, tx, o)
      : d.outcome === "rejected"
        ? await reject(tx, o, d.note ?? "")
        : await askForChanges(tx, o, d.note, d.fields);
  if (done !== "done") return done;
  await store.insertDecision(tx.db, {
    onboardingId: o.id,
    institutionId: o.institution_id,
    productId: o.product_id,
    round: o.review_round,
    outcome: d.outcome,
    staffId: "staffId" in d.by ? d.by.staffId : null,
    proposedBy: "staffId" in d.by ? d.by.proposedBy : null,
    rules: "rules" in d.by ? d.by.rules : null,
    note: d.note,
    fields: d.fields,
    queuedAt: o.review_queued_at ?? o.submitted_at,
    at: tx.now,
  });
  return "done";
};

export const decideReview = (parts: Parts) => {
  const finish = async (tx: Tx, o: Row, d: Decided, fail: Fail) => {
    const done = await carryOut(parts, tx, o, d);
    if (done === "decided-already") return alreadyDecided(parts, tx.db, o, fail);
    if (done === "already-active") return fail("already-active");
  };

  return {
    decide: handle(api.reviews.decide, async ({ params, body }, context) => {
      const { db, connection, actor, now, fail, emit } = context;
      const o = await undecided(parts, context, params.onboardingId, body.round, fail);
      // A colleague who works on it is not passed by: it is taken over first, knowingly.
      if (o.reviewer_id && o.reviewer_id !== actor.staffId)
        return fail("review-taken", { by: (await staffNames(parts, db, [o.reviewer_id])).get(o.reviewer_id) ?? "" });
      if (await store.openProposal(db, o.id)) return fail("review-proposal-open");
      const known = new Set(fieldsOf(await contentOf(parts.cipher, db, o)).map((f) => f.path));
      const unknown = body.fields.flatMap((f, n) =>
        known.has(f.path) ? [] : [{ path: `body/fields/${n}/path`, code: "not-allowed" as const }],
      );
      if (unknown.length > 0) throw new Problem("input-invalid", {}, unknown);
      const note = body.note ?? null;
      const { people } = (await productVersion(db, o.product_id, o.product_version)).configuration.review;
      if (people > 1 && body.outcome !== "changes-requested") {
        await store.insertProposal(db, {
          onboardingId: o.id,
          institutionId: o.institution_id,
          round: o.review_round,
          outcome: body.outcome,
          note,
          by: actor.staffId,
          at: now,
        });
        // The second person must be able to take it: nobody works on it alone any more.
        await store.setReviewer(db, o.id, null, null);
        emit(
          "reviews.decision.proposed",
          { onboardingId: o.id, productId: o.product_id, outcome: body.outcome, staffId: actor.staffId },
          { institutionId: o.institution_id },
        );
      } else {
        if (!o.reviewer_id) await store.setReviewer(db, o.id, actor.staffId, now);
        await finish(
          context,
          o,
          { outcome: body.outcome, note, fields: body.fields, by: { staffId: actor.staffId, proposedBy: null } },
          fail,
        );
      }
      return reviewShown(parts, { db, connection }, (await lockOnboarding(db, o.id))!, actor.staffId);
    }),

    confirm: handle(api.reviews.confirm, async ({ params, body }, context) => {
      const { db, connection, actor, now, fail } = context;
      const o = await undecided(parts, context, params.onboardingId, body.round, fail);
      const proposal = await store.openProposal(db, o.id);
      if (!proposal) return fail("review-proposal-missing");
      if (proposal.proposed_by === actor.staffId) return fail("proposal-own");
      await store.closeProposal(db, proposal.id, "confirmed", { by: actor.staffId, at: now, answer: null });
      await finish(
        context,
        o,
        {
          outcome: proposal.outcome as ReviewOutcome,
          note: proposal.note,
          fields: [],
          by: { staffId: actor.staffId, proposedBy: proposal.proposed_by },
        },
        fail,
      );
      return reviewShown(parts, { db, connection }, (await lockOnboarding(db, o.id))!, actor.staffId);
    }),

    decline: handle(api.reviews.decline, async ({ params, body }, context) => {
      const { db, connection, actor, now, fail, emit, enter } = context;
      const found = await reviewed(context, params.onboardingId, "staff:onboardings:write");
      enter({ institution: found.institution_id });
      const o = (await lockOnboarding(db, found.id))!;
      const proposal = await store.openProposal(db, o.id);
      if (!proposal) return fail("review-proposal-missing");
      const withdrawn = proposal.proposed_by === actor.staffId;
      await store.closeProposal(db, proposal.id, withdrawn ? "withdrawn" : "declined", {
        by: actor.staffId,
        at: now,
        answer: body.note ?? null,
      });
      emit(
        "reviews.decision.declined",
        { onboardingId: o.id, productId: o.product_id, staffId: actor.staffId, withdrawn },
        { institutionId: o.institution_id },
      );
      return reviewShown(parts, { db, connection }, o, actor.staffId);
    }),
  };
};
