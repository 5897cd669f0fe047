import {
  admissionOf,
  CORRECTION_DAYS,
  FEWEST_FOR_A_MEDIAN,
  type OnboardingState,
  type Review,
  type ReviewLine,
  type ReviewOutcome,
  type ReviewStatus,
  type RuleAnswer,
  RuleInputs,
  type RuleRun,
  type reviewReasons,
  ruleBooks,
  type Workflow,
} from "@area/api";
import type { z } from "zod";
import { contentOf, type FieldValue, fieldsOf, type onboardingRow, personName } from "../onboarding/index.ts";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";
import { canonical } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import { productVersion } from "../products/index.ts";
import { staffNames } from "../staff/index.ts";
import type { FieldNotes, QueueRow } from "./store.ts";
import * as store from "./store.ts";

type Row = NonNullable<Awaited<ReturnType<typeof onboardingRow>>>;
const SINCE_DAYS = 180;

/** How long a decision on a product usually takes, as it is published; null while too few say so. */
export const medianSeconds = async (connection: Connection, productId: string, now: Date): Promise<number | null> => {
  const { decisions, median_seconds } = await store.times(
    connection,
    productId,
    new Date(now.getTime() - SINCE_DAYS * 86_400_000),
  );
  return decisions >= FEWEST_FOR_A_MEDIAN ? median_seconds : null;
};

/** Lines of the queue, with titles and names read once each. */
export const linesShown = async (
  parts: Pick<Parts, "cipher">,
  db: Db,
  rows: QueueRow[],
  me: string,
): Promise<z.input<typeof ReviewLine>[]> => {
  const titles = new Map<string, string>();
  for (const r of rows) {
    const key = `${r.product_id} ${r.product_version}`;
    if (!titles.has(key))
      titles.set(key, (await productVersion(db, r.product_id, r.product_version)).configuration.title);
  }
  const names = await staffNames(parts, db, [...new Set(rows.flatMap((r) => r.reviewer_id ?? []))]);
  return rows.map((r) => ({
    id: r.id,
    institution: { id: r.institution_id, name: r.institution_data.name, taxCode: r.institution_data.taxCode },
    productId: r.product_id,
    productTitle: titles.get(`${r.product_id} ${r.product_version}`)!,
    kind: r.kind,
    workflow: r.workflow as Workflow,
    state: r.state as OnboardingState,
    round: r.review_round,
    submittedAt: r.submitted_at.toISOString(),
    queuedAt: r.review_queued_at?.toISOString() ?? null,
    dueAt: r.state === "to-be-reviewed" ? (r.review_due_at?.toISOString() ?? null) : null,
    reviewer: r.reviewer_id
      ? { id: r.reviewer_id, name: names.get(r.reviewer_id) ?? "", me: r.reviewer_id === me }
      : null,
    unansweredSince: r.unanswered_since?.toISOString() ?? null,
    proposed: r.proposed,
    decidedAt: r.state === "to-be-reviewed" ? null : (r.reviewed_at?.toISOString() ?? null),
  }));
};

/** What changed since the time before. A field that is gone is shown with what it was. */
export const compared = (now: FieldValue[], before: FieldValue[] | null): z.input<typeof Review>["fields"] => {
  if (!before) return now.map((f) => ({ ...f, before: null, changed: false }));
  const was = new Map(before.map((f) => [f.path, f.value]));
  const is = new Set(now.map((f) => f.path));
  return [
    ...now.map((f) => {
      const old = was.get(f.path) ?? null;
      return { ...f, before: old, changed: old !== f.value };
    }),
    ...before
      .filter((f) => !is.has(f.path) && f.value !== null)
      .map((f) => ({ path: f.path, value: null, before: f.value, changed: true })),
  ];
};

const messages = async (parts: Pick<Parts, "cipher">, db: Db, onboardingId: string, forStaff: boolean) => {
  const rows = await store.messagesOf(db, onboardingId);
  const people = await personName(db, [...new Set(rows.flatMap((m) => m.person_id ?? []))]);
  const staff = forStaff
    ? await staffNames(parts, db, [...new Set(rows.flatMap((m) => m.staff_id ?? []))])
    : new Map<string, string>();
  return rows.map((m) => ({
    id: m.id,
    at: m.at.toISOString(),
    from: m.staff_id ? ("staff" as const) : ("applicant" as const),
    // Of the staff the applicant sees the role and no name.
    name: m.staff_id ? (staff.get(m.staff_id) ?? null) : (people.get(m.person_id!) ?? null),
    text: parts.cipher.open(m.text),
  }));
};

/** What the rules said, and whether they would say it again: asked anew each time it is read. */
const ruleRun = async (
  parts: Pick<Parts, "cipher">,
  db: Db,
  onboardingId: string,
): Promise<z.input<typeof RuleRun> | null> => {
  const run = await store.ruleRunOf(db, onboardingId);
  if (!run) return null;
  const inputs = RuleInputs.parse(JSON.parse(parts.cipher.open(run.inputs)));
  const said = { verdict: run.verdict, rule: run.rule, because: run.because } as RuleAnswer;
  const again = ruleBooks[run.rules_version]?.decide(inputs);
  return {
    version: run.rules_version,
    ...said,
    at: run.at.toISOString(),
    inputs,
    replays: again !== undefined && canonical(again) === canonical(said),
  };
};

/** One request as who reviews it sees it. */
export const reviewShown = async (
  parts: Pick<Parts, "cipher">,
  { db, connection }: { db: Db; connection: Connection },
  o: Row,
  me: string,
): Promise<z.input<typeof Review>> => {
  const line = (await linesShown(parts, db, [(await store.oneInQueue(connection, o.id))!], me))[0]!;
  const product = await productVersion(db, o.product_id, o.product_version);
  const before = o.review_round > 1 ? await store.roundOf(db, o.id, o.review_round - 1) : undefined;
  const decisions = await store.decisionsOf(db, o.id);
  const proposal = await store.openProposal(db, o.id);
  const names = await staffNames(parts, db, [
    ...new Set([
      ...decisions.flatMap((d) => [d.staff_id ?? [], d.proposed_by ?? []].flat()),
      ...(proposal ? [proposal.proposed_by] : []),
    ]),
  ]);
  return {
    ...line,
    reasons: o.review_reasons as (typeof reviewReasons)[number][],
    rules: await ruleRun(parts, db, o.id),
    applicant: { name: (await personName(db, [o.requested_by])).get(o.requested_by) ?? "" },
    people: product.configuration.review.people,
    fields: compared(
      fieldsOf(await contentOf(parts.cipher, db, o)),
      before ? (JSON.parse(parts.cipher.open(before.fields)) as FieldValue[]) : null,
    ),
    attachments: (admissionOf(product.configuration, o.kind, o.origin)?.attachments ?? []).map((one) => one.title),
    messages: await messages(parts, db, o.id, true),
    decisions: decisions.map((d) => ({
      round: d.round,
      outcome: d.outcome as ReviewOutcome,
      at: d.decided_at.toISOString(),
      by: d.staff_id ? (names.get(d.staff_id) ?? "") : null,
      proposedBy: d.proposed_by ? (names.get(d.proposed_by) ?? "") : null,
      rulesVersion: d.rules_version,
      note: d.note,
      fields: d.fields as FieldNotes,
    })),
    proposal: proposal
      ? {
          outcome: proposal.outcome as Exclude<ReviewOutcome, "changes-requested">,
          note: proposal.note,
          by: {
            id: proposal.proposed_by,
            name: names.get(proposal.proposed_by) ?? "",
            me: proposal.proposed_by === me,
          },
          at: proposal.proposed_at.toISOString(),
        }
      : null,
  };
};

/** The same request as the applicant sees it: place, promise, who decides by role, what was said. */
export const statusShown = async (
  parts: Pick<Parts, "cipher">,
  { db, connection }: { db: Db; connection: Connection },
  o: Row,
  now: Date,
): Promise<z.input<typeof ReviewStatus>> => {
  const waiting = o.state === "to-be-reviewed";
  return {
    state: o.state as OnboardingState,
    ahead: waiting ? await store.ahead(connection, o.id) : null,
    dueAt: waiting ? (o.review_due_at?.toISOString() ?? null) : null,
    correctBy:
      o.state === "changes-requested" && o.reviewed_at
        ? new Date(o.reviewed_at.getTime() + CORRECTION_DAYS * 86_400_000).toISOString()
        : null,
    started: waiting && o.reviewer_id !== null,
    people: (await productVersion(db, o.product_id, o.product_version)).configuration.review.people,
    medianSeconds: await medianSeconds(connection, o.product_id, now),
    note: o.review_note,
    fields: o.review_fields as FieldNotes,
    messages: await messages(parts, db, o.id, false),
  };
};
