import { type AccessReview, type AccessReviewLine, api, type HeldProfile, Id, REVIEW_WARNINGS } from "@area/api";
import { z } from "zod";
import type { Schedule } from "../platform/act.ts";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import type { Connection } from "../platform/database/connection.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { giftIn } from "./change-membership.ts";
import { datesIn } from "./give-membership.ts";
import * as store from "./reviews-store.ts";
import { holdingsOf, leftAlone, mayGive, type Tx } from "./rules.ts";
import * as people from "./store.ts";

const DAY = 86_400_000;
const DEFAULTS = { everyMonths: 6, daysToAnswer: 30, endsUnanswered: false } as const;
const NameAndId = z.object({ name: z.string().max(1000), id: Id });

/** The same day some months later, or the last of that month. */
export const monthsLater = (from: Date, months: number): Date => {
  const to = new Date(from);
  to.setUTCDate(1);
  to.setUTCMonth(to.getUTCMonth() + months);
  const last = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), last));
  return to;
};

const shown = (r: store.ReviewRow): AccessReview => ({
  id: r.id,
  state: r.state as "open" | "closed",
  openedAt: r.opened_at.toISOString(),
  openedBy: r.opener,
  dueAt: r.due_at.toISOString(),
  closedAt: r.closed_at?.toISOString() ?? null,
  endsUnanswered: r.ends_unanswered,
  lines: r.lines,
  left: r.state === "open" ? r.left : 0,
  outcomes: r.outcomes as AccessReview["outcomes"],
});
const shownLine = (l: store.LineRow): AccessReviewLine => ({
  id: l.id,
  person: { id: l.person_id, name: `${l.given_name} ${l.family_name}`, hasEntered: l.first_entered_at !== null },
  membershipId: l.membership_id,
  productId: l.product_id,
  profile: l.profile as HeldProfile,
  profileName: l.profile_name,
  groupName: l.group_name,
  state: l.state as AccessReviewLine["state"],
  beginsAt: l.begins_at.toISOString(),
  endsAt: l.ends_at?.toISOString() ?? null,
  answer: l.answer as AccessReviewLine["answer"],
  answeredBy: l.answered_by,
  answeredAt: l.answered_at?.toISOString() ?? null,
  outcome: l.outcome as AccessReviewLine["outcome"],
});
const shownRules = (row: Awaited<ReturnType<typeof store.rulesOf>>) =>
  row
    ? {
        everyMonths: row.every_months as 3 | 6 | 12 | null,
        daysToAnswer: row.days_to_answer,
        endsUnanswered: row.ends_unanswered,
        version: row.version,
        nextAt: row.next_at?.toISOString() ?? null,
      }
    : { ...DEFAULTS, version: 0, nextAt: null };

/** Opens a review with a line for each membership of this moment. Answers its id; null when one is open. */
const openReview = async (
  { db, connection, now, emit }: Tx & { connection: Connection },
  institutionId: string,
  by: string | null,
): Promise<string | null> => {
  const row = await store.rulesOf(db, institutionId);
  const rules = shownRules(row);
  const id = await store.insertReview(db, {
    institutionId,
    at: now,
    by,
    dueAt: new Date(now.getTime() + rules.daysToAnswer * DAY),
    endsUnanswered: rules.endsUnanswered,
  });
  if (!id) return null;
  const lines = await store.insertLines(connection, id, institutionId, now);
  if (row) await store.planNext(db, institutionId, rules.everyMonths ? monthsLater(now, rules.everyMonths) : null);
  emit("people.review.opened", { reviewId: id, lines }, { institutionId });
  return id;
};

const close = async ({ db, now, emit }: Tx, institutionId: string, reviewId: string): Promise<void> => {
  await store.closeReview(db, reviewId, now);
  const { outcomes } = (await store.review(db, institutionId, reviewId))!;
  emit("people.review.closed", { reviewId, outcomes }, { institutionId });
};

export const reviews = (parts: Pick<Parts, "database" | "act">) => {
  const r = api.people.reviews;
  return {
    handlers: {
      list: handle(r.list, async ({ params, query }, { db }) =>
        pageOf(
          await store.reviewsOf(db, params.institutionId, {
            after: keyIn(query.cursor, AtAndId),
            limit: query.limit + 1,
          }),
          query.limit,
          shown,
          (row) => ({ at: row.opened_at.toISOString(), id: row.id }),
        ),
      ),
      open: handle(r.open, async ({ params }, { db, connection, actor, now, fail, emit }) => {
        const { institutionId } = params;
        await people.lockPeople(db, institutionId);
        const id = await openReview({ db, connection, now, emit }, institutionId, actor.personId);
        return id ? shown((await store.review(db, institutionId, id))!) : fail("review-open");
      }),
      lines: handle(r.lines, async ({ params, query }, { db, fail }) => {
        if (!(await store.review(db, params.institutionId, params.reviewId))) return fail("review-unknown");
        return pageOf(
          await store.linesOf(db, params.institutionId, params.reviewId, {
            pending: query.pending === "true",
            after: keyIn(query.cursor, NameAndId),
            limit: query.limit + 1,
          }),
          query.limit,
          shownLine,
          (l) => ({ name: l.name, id: l.id }),
        );
      }),

      answer: handle(r.answer, async ({ params, body }, { db, connection, actor, now, fail, emit }) => {
        const { institutionId, reviewId } = params;
        await people.lockPeople(db, institutionId);
        const found = await store.review(db, institutionId, reviewId);
        if (!found) return fail("review-unknown");
        if (found.state === "closed" || found.due_at <= now) return fail("review-closed");
        const ids = [...new Set(body.answers.map((a) => a.lineId))];
        const known = new Map((await store.linesByIds(db, institutionId, reviewId, ids)).map((l) => [l.id, l]));
        const held = new Map(
          (await people.heldBy(db, institutionId, [...new Set([...known.values()].map((l) => l.person_id))], now)).map(
            (m) => [m.id, m],
          ),
        );
        const mine = await holdingsOf(db, institutionId, actor.personId, now);
        const others = (await people.administratorsOf(db, institutionId, now)).some(
          (a) => a.person_id !== actor.personId,
        );
        // Removals and dates together, so that two of them cannot leave a product alone one after the other.
        const administered: string[] = [];
        const changes: (() => Promise<unknown>)[] = [];
        const told: (() => void)[] = [];
        for (const { lineId, answer, endsAt } of body.answers) {
          const line = known.get(lineId);
          if (!line) return fail("review-line-unknown");
          const membership = held.get(line.membership_id);
          if (line.outcome !== null || !membership) {
            // Who confirms what is left with one click confirms what is still left.
            if (answer === "keep" && ids.length > 1) continue;
            return fail("review-line-answered");
          }
          // Confirming oneself is no review, while somebody else can do it.
          if (line.person_id === actor.personId && answer !== "remove" && others) return fail("review-own-line");
          if (!mayGive(mine, giftIn(membership), now)) return fail("grant-exceeds-own");
          known.set(lineId, { ...line, outcome: "kept" });
          const facts = {
            membershipId: membership.id,
            personId: membership.person_id,
            productId: membership.product_id,
            profile: membership.profile,
          };
          const outcome = answer === "keep" ? "kept" : answer === "remove" ? "removed" : "changed";
          changes.push(() => store.answerLine(db, lineId, { answer, by: actor.personId, at: now, outcome }));
          told.push(() => emit("people.review.answered", { reviewId, ...facts, answer }, { institutionId }));
          if (answer === "keep") continue;
          if (membership.profile === "administrator") administered.push(membership.product_id);
          if (answer === "remove") {
            changes.push(() => people.move(db, institutionId, [membership.id], "ended", now));
            told.push(() => emit("people.membership.ended", { ...facts, reason: "review" }, { institutionId }));
            continue;
          }
          if (membership.group_id) return fail("membership-from-group");
          const dates = endsAt ? datesIn({ beginsAt: membership.begins_at.toISOString(), endsAt }, now) : null;
          if (!dates) return fail("dates-out-of-order");
          changes.push(() => people.setDates(db, institutionId, membership.id, membership.version, dates));
          told.push(() =>
            emit(
              "people.membership.changed",
              { ...facts, beginsAt: dates.beginsAt.toISOString(), endsAt: dates.endsAt?.toISOString() ?? null },
              { institutionId },
            ),
          );
        }
        const { alone } = await leftAlone({ db, now }, institutionId, administered, async () => {
          for (const change of changes) await change();
        });
        if (alone) return fail("last-administrator", { productId: alone });
        for (const tell of told) tell();
        await store.settleGone(connection, reviewId);
        if ((await store.review(db, institutionId, reviewId))!.left === 0)
          await close({ db, now, emit }, institutionId, reviewId);
        return shown((await store.review(db, institutionId, reviewId))!);
      }),

      rules: handle(r.rules, async ({ params }, { db }) => shownRules(await store.rulesOf(db, params.institutionId))),
      changeRules: handle(r.changeRules, async ({ params, body }, { db, now, version, fail, emit }) => {
        const { institutionId } = params;
        const before = await store.rulesOf(db, institutionId);
        const nextAt =
          body.everyMonths === null
            ? null
            : before?.next_at && before.every_months === body.everyMonths
              ? before.next_at
              : monthsLater(now, body.everyMonths);
        if (!(await store.writeRules(db, institutionId, version, { ...body, nextAt })))
          return fail("version-stale", { version: before?.version ?? 0 });
        emit("people.review.rules-changed", body, { institutionId });
        return shownRules(await store.rulesOf(db, institutionId));
      }),
    },

    schedules: {
      "people:reviews": {
        everyMinutes: 60,
        run: async (now) => {
          const system = { kind: "system", name: "people" } as const;
          await parts.database.asSystem(({ connection }) => store.writeMissingRules(connection, now));
          for (const { institution_id: institutionId } of await parts.database.asSystem(({ db }) =>
            store.institutionsDue(db, now),
          ))
            await parts.act(system, async ({ db, connection, emit, now: at }) => {
              await people.lockPeople(db, institutionId);
              await openReview({ db, connection, emit, now: at }, institutionId, null);
            });
          const soon = new Date(now.getTime() + REVIEW_WARNINGS[0] * DAY);
          for (const due of await parts.database.asSystem(({ db }) => store.reviewsEnding(db, soon)))
            await parts.act(system, async (tx) => {
              await people.lockPeople(tx.db, due.institution_id);
              const row = await store.review(tx.db, due.institution_id, due.id);
              if (row?.state !== "open") return;
              if (row.due_at <= tx.now) await endReview(tx, row);
              else await warn(tx, row);
            });
        },
      } satisfies Schedule,
    },
  };
};

/** A week before the end, and a day before: how much is left, and what happens to it. Each warning once. */
const warn = async ({ db, now, emit }: Tx, row: store.ReviewRow): Promise<void> => {
  const passed = REVIEW_WARNINGS.filter((days) => row.due_at.getTime() - now.getTime() <= days * DAY).length;
  if (passed <= row.warned || row.left === 0) return;
  await store.markWarned(db, row.id, passed);
  emit(
    "people.review.warned",
    { reviewId: row.id, left: row.left, until: row.due_at.toISOString(), endsUnanswered: row.ends_unanswered },
    { institutionId: row.institution_id },
  );
};

/** The time is over: what nobody answered ends only where the institution chose so, and never the last administrator. */
const endReview = async (tx: Tx & { connection: Connection }, row: store.ReviewRow): Promise<void> => {
  const { db, connection, now, emit } = tx;
  const institutionId = row.institution_id;
  await store.settleGone(connection, row.id);
  for (;;) {
    const batch = await store.linesOf(db, institutionId, row.id, { pending: true, after: null, limit: 200 });
    if (batch.length === 0) break;
    if (!row.ends_unanswered) {
      await store.settleLines(
        db,
        batch.map((l) => l.id),
        "unanswered",
      );
      continue;
    }
    for (const line of batch) {
      // Who administers a product stays if nobody else would: looked at one by one, the others first in line end first.
      const keeps =
        line.profile === "administrator" &&
        line.group_id === null &&
        (await wouldLeaveAlone({ db, now }, institutionId, line.membership_id, line.product_id));
      await store.settleLines(db, [line.id], keeps ? "last-administrator" : "ended-unanswered");
      if (keeps) continue;
      for (const m of await people.move(db, institutionId, [line.membership_id], "ended", now))
        emit(
          "people.membership.ended",
          { membershipId: m.id, personId: m.person_id, productId: m.product_id, profile: m.profile, reason: "review" },
          { institutionId },
        );
    }
  }
  await close({ db, now, emit }, institutionId, row.id);
};

const wouldLeaveAlone = async (
  { db, now }: Pick<Tx, "db" | "now">,
  institutionId: string,
  membershipId: string,
  productId: string,
): Promise<boolean> =>
  !(await people.administratorTimes(db, institutionId, productId, now)).some(
    (a) => a.id !== membershipId && a.begins_at <= now && a.ends_at === null,
  );
