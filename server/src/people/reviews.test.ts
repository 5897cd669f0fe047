import { api } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, type SignedIn, type World } from "../testing/world.ts";
import { monthsLater } from "./reviews.ts";

const DAY = 86_400_000;
const { reviews } = api.people;
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());
const tick = async () => {
  await world.schedule("people:reviews");
  await world.settle();
};
/** The same person in a session of now. */
const again = (who: SignedIn) => world.person(who.name);
const linesOf = async (who: SignedIn, institutionId: string, reviewId: string, pending = false) =>
  (
    await who.call(reviews.lines, {
      params: { institutionId, reviewId },
      query: { limit: 100, ...(pending ? { pending: "true" as const } : {}) },
    })
  ).items;
const kinds = async (who: SignedIn, view: "news" | "to-do" = "news") =>
  (await who.call(api.inbox.list, { query: { view, limit: 100 } })).items.map((i) => i.kind);

describe("a review of who has access to what", () => {
  it("is opened, answered in a few calls and recorded line by line", async () => {
    const at = await world.municipality();
    const [admin, other, operator, reader] = [
      await at.admin(),
      await at.admin(),
      await at.member("operator"),
      await at.member("read-only"),
    ];
    const params = { institutionId: at.id };
    expect(await codeOf(reader.call(reviews.open, { params }))).toBe("permission-missing");
    const opened = await admin.call(reviews.open, { params });
    expect(opened).toMatchObject({ state: "open", lines: 4, left: 4, endsUnanswered: false });
    expect(await codeOf(other.call(reviews.open, { params }))).toBe("review-open");
    await world.settle();
    expect((await admin.call(api.findings.list, { params })).items.map((f) => f.kind)).toContain("access-review-open");
    expect(await kinds(other, "to-do")).toContain("finding");
    // Paged: two by two, each line once.
    const first = await admin.call(reviews.lines, { params: { ...params, reviewId: opened.id }, query: { limit: 3 } });
    const second = await admin.call(reviews.lines, {
      params: { ...params, reviewId: opened.id },
      query: { limit: 3, cursor: first.next! },
    });
    expect(new Set([...first.items, ...second.items].map((l) => l.id)).size).toBe(4);

    const lines = await linesOf(admin, at.id, opened.id);
    const of = (who: SignedIn) => lines.find((l) => l.person.id === who.id)!.id;
    const answer = (
      who: SignedIn,
      answers: { lineId: string; answer: "keep" | "remove" | "change"; endsAt?: string }[],
    ) => who.call(reviews.answer, { params: { ...params, reviewId: opened.id }, body: { answers } });
    // Nobody confirms themselves while somebody else can, and then nothing of the call is kept.
    expect(
      await codeOf(
        answer(admin, [
          { lineId: of(operator), answer: "keep" },
          { lineId: of(admin), answer: "keep" },
        ]),
      ),
    ).toBe("review-own-line");
    expect((await linesOf(admin, at.id, opened.id, true)).length).toBe(4);
    const friday = new Date(Date.now() + 5 * DAY).toISOString();
    const two = await answer(admin, [
      { lineId: of(operator), answer: "remove" },
      { lineId: of(reader), answer: "change", endsAt: friday },
    ]);
    expect(two.left).toBe(2);
    expect(await codeOf(answer(admin, [{ lineId: of(operator), answer: "keep" }]))).toBe("review-line-answered");
    expect(await codeOf(operator.call(api.institutions.read, { params }))).toBe("permission-missing");
    await answer(admin, [{ lineId: of(other), answer: "keep" }]);
    const done = await answer(other, [{ lineId: of(admin), answer: "keep" }]);
    expect(done).toMatchObject({ state: "closed", left: 0, outcomes: { kept: 2, removed: 1, changed: 1 } });
    expect(await codeOf(answer(other, [{ lineId: of(admin), answer: "keep" }]))).toBe("review-closed");
    const held = await admin.call(api.people.read, { params: { ...params, personId: reader.id } });
    expect(held.memberships[0]?.endsAt).toBe(friday);
    await world.settle();
    expect((await admin.call(api.findings.list, { params })).items.map((f) => f.kind)).not.toContain(
      "access-review-open",
    );
    const trail = await admin.call(api.audit.trail, { params, query: { limit: 30 } });
    expect(trail.items.filter((l) => l.action === "people.review.answered")).toHaveLength(4);
    expect((await admin.call(reviews.list, { params })).items).toHaveLength(1);
  });

  it("never removes the last administrator, not even two of them in one answer or at once", async () => {
    const at = await world.municipality();
    const [one, two] = [await at.admin(), await at.admin()];
    const params = { institutionId: at.id };
    const { id: reviewId } = await one.call(reviews.open, { params });
    const lines = await linesOf(one, at.id, reviewId);
    const both = lines.map((l) => ({ lineId: l.id, answer: "remove" as const }));
    expect(await codeOf(one.call(reviews.answer, { params: { ...params, reviewId }, body: { answers: both } }))).toBe(
      "last-administrator",
    );
    expect((await linesOf(one, at.id, reviewId, true)).length).toBe(2);
    const remove = (who: SignedIn, whose: SignedIn) =>
      who.call(reviews.answer, {
        params: { ...params, reviewId },
        body: { answers: [{ lineId: lines.find((l) => l.person.id === whose.id)!.id, answer: "remove" }] },
      });
    const race = await Promise.allSettled([remove(one, two), remove(two, one)]);
    expect(race.map((r) => r.status).sort()).toEqual(["fulfilled", "rejected"]);
    const left = await world.database.asSystem(({ connection }) =>
      connection.query(
        "select 1 from memberships where institution_id = $1 and product_id = 'institution' and profile = 'administrator' and state = 'active'",
        [at.id],
      ),
    );
    expect(left.rows).toHaveLength(1);
  });

  it("confirms nothing that who answers could not give", async () => {
    const at = await world.municipality();
    const [admin, operator] = [await at.admin(), await at.member("operator")];
    const params = { institutionId: at.id };
    const half = await at.customProfile(admin, "Solo persone", ["institution:people:read", "institution:people:write"]);
    const clerk = await at.member("custom", { profileId: half });
    const { id: reviewId } = await admin.call(reviews.open, { params });
    const lines = await linesOf(clerk, at.id, reviewId);
    const answer = (whose: SignedIn) =>
      clerk.call(reviews.answer, {
        params: { ...params, reviewId },
        body: { answers: [{ lineId: lines.find((l) => l.person.id === whose.id)!.id, answer: "keep" }] },
      });
    expect(await codeOf(answer(admin))).toBe("grant-exceeds-own");
    expect(await codeOf(answer(operator))).toBe("grant-exceeds-own");
    const elsewhere = await (await world.municipality()).admin();
    expect(await codeOf(elsewhere.call(reviews.lines, { params: { ...params, reviewId } }))).toBe("permission-missing");
  });

  it("warns a week and a day before its end, once each; then what nobody confirmed stays, unless the institution chose", async () => {
    for (const ends of [false, true]) {
      const at = await world.municipality();
      const [admin, operator, ended] = [await at.admin(), await at.member("operator"), await at.member("read-only")];
      const params = { institutionId: at.id };
      const rules = await admin.call(reviews.changeRules, {
        params,
        body: { everyMonths: 3, daysToAnswer: 14, endsUnanswered: ends },
        version: 0,
      });
      expect(rules).toMatchObject({ version: 1, everyMonths: 3 });
      expect(
        await codeOf(admin.call(reviews.changeRules, { params, body: { ...rules, everyMonths: 6 }, version: 0 })),
      ).toBe("version-stale");
      const opened = await admin.call(reviews.open, { params });
      expect(opened.lines).toBe(3);
      // Ended by another way meanwhile: it needs no answer.
      await admin.call(api.people.remove, { params: { ...params, personId: ended.id }, body: { productId: null } });
      const warnings = async () => (await kinds(await again(admin))).filter((k) => k === "review-warning").length;
      world.pass(7 * DAY - 60_000);
      await tick();
      expect(await warnings()).toBe(0);
      world.pass(60_000);
      await tick();
      await tick();
      expect(await warnings()).toBe(1);
      world.pass(6 * DAY);
      await tick();
      await tick();
      expect(await warnings()).toBe(2);
      // A moment before the end an answer still counts; after it, none does.
      world.pass(DAY - 60_000);
      await tick();
      const late = await again(admin);
      expect((await late.call(reviews.list, { params })).items[0]?.state).toBe("open");
      world.pass(60_000);
      const [line] = await linesOf(late, at.id, opened.id, true);
      const answer = {
        params: { ...params, reviewId: opened.id },
        body: { answers: [{ lineId: line!.id, answer: "keep" as const }] },
      };
      expect(await codeOf(late.call(reviews.answer, answer))).toBe("review-closed");
      await tick();
      const closed = (await late.call(reviews.list, { params })).items[0]!;
      expect(closed.outcomes).toEqual(
        ends ? { gone: 1, "ended-unanswered": 1, "last-administrator": 1 } : { gone: 1, unanswered: 2 },
      );
      const works = (await again(operator)).call(api.institutions.read, { params });
      if (ends) expect(await codeOf(works)).toBe("permission-missing");
      else expect((await works).id).toBe(at.id);
      // The administrator is still at work in both cases.
      expect((await late.call(reviews.rules, { params })).everyMonths).toBe(3);
    }
  });

  it("comes by the calendar: half a year after joining, then as often as the institution chose", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const params = { institutionId: at.id };
    await tick();
    expect((await admin.call(reviews.list, { params })).items).toEqual([]);
    const { nextAt } = await admin.call(reviews.rules, { params });
    const wait = new Date(nextAt!).getTime() - world.parts.clock().getTime();
    expect(wait).toBeGreaterThan(180 * DAY);
    world.pass(wait - 60_000);
    await tick();
    expect((await (await again(admin)).call(reviews.list, { params })).items).toEqual([]);
    world.pass(120_000);
    await tick();
    const who = await again(admin);
    const [first] = (await who.call(reviews.list, { params })).items;
    expect(first).toMatchObject({ state: "open", openedBy: null });
    await tick();
    expect((await who.call(reviews.list, { params })).items).toHaveLength(1);
    const rules = await who.call(reviews.rules, { params });
    expect(new Date(rules.nextAt!).getTime()).toBeGreaterThan(new Date(first!.openedAt).getTime() + 180 * DAY);
    const never = await who.call(reviews.changeRules, {
      params,
      body: { everyMonths: null, daysToAnswer: 30, endsUnanswered: false },
      version: rules.version,
    });
    expect(never.nextAt).toBeNull();
    world.pass(400 * DAY);
    await tick();
    expect((await (await again(admin)).call(reviews.list, { params })).items).toHaveLength(1);
  });
});

it("months are added on the calendar: the last day of a shorter month, never the month after", () => {
  const later = (day: string, months: number) =>
    monthsLater(new Date(`${day}T10:00:00Z`), months)
      .toISOString()
      .slice(0, 10);
  expect(later("2026-08-31", 6)).toBe("2027-02-28");
  expect(later("2027-08-31", 6)).toBe("2028-02-29");
  expect(later("2026-11-30", 3)).toBe("2027-02-28");
  expect(later("2026-12-15", 3)).toBe("2027-03-15");
  expect(later("2024-02-29", 12)).toBe("2025-02-28");
});
