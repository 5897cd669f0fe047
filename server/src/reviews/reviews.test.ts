import { api } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyChain } from "../audit/index.ts";
import { publish } from "../products/index.ts";
import { codeOf, refusalOf } from "../testing/refusals.ts";
import { databaseKind, makeWorld, type World } from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const DAY = 86_400_000;
const privateOperator = (name?: string, more: { productId?: string } = {}) => world.privateOperator(name, more);
const submitted = async (body = privateOperator()) => {
  const applicant = await world.person();
  const onboarding = await applicant.call(api.onboarding.submit, { body });
  await world.settle();
  return { applicant, body, onboarding, at: { params: { onboardingId: onboarding.id } } };
};
const reviewer = () => world.staff(["revisori"]);
const lastTo = (address: string, subject: string) =>
  world.sent.findLast((m) => m.to === address && m.subject.includes(subject));

describe("the review desk", () => {
  it("walks a request from the queue to a changed field, and to the agreement", async () => {
    const { applicant, body, onboarding, at } = await submitted();
    expect(onboarding.state).toBe("to-be-reviewed");
    const status = await applicant.call(api.reviews.status, at);
    expect(status).toMatchObject({
      state: "to-be-reviewed",
      started: false,
      people: 1,
      messages: [],
      medianSeconds: null,
    });
    expect(Date.parse(status.dueAt!) - Date.now()).toBeGreaterThan(4.9 * DAY);

    const { call } = await reviewer();
    const line = (await call(api.reviews.list, { query: { search: body.institution.name.toUpperCase() } })).items;
    expect(line).toMatchObject([{ id: onboarding.id, kind: "GPU", round: 1, reviewer: null, proposed: false }]);
    const read = await call(api.reviews.read, at);
    const value = (path: string) => read.fields.find((f) => f.path === path)?.value;
    expect(value("manager.fiscalCode")).toBe(body.manager.fiscalCode);
    expect(value("details.fitnessDeclaration.managerEligible")).toBe(true);
    expect(read.fields.some((f) => f.changed)).toBe(false);

    const asked = await call(api.reviews.decide, {
      ...at,
      body: {
        outcome: "changes-requested",
        round: 1,
        note: "Manca una cosa sola",
        fields: [{ path: "details.fitnessDeclaration.legalRegisterNumber", note: "Il numero è di un altro albo" }],
      },
    });
    expect(asked).toMatchObject({
      state: "changes-requested",
      decisions: [{ outcome: "changes-requested", round: 1 }],
    });
    await world.settle();
    // In the province of Bolzano in both languages, with the fields by name.
    const pec = lastTo(body.institution.pec, "da correggere")!;
    expect(pec.subject).toMatch(/Adesione a pagoPA da correggere.* \/ Beitritt zu pagoPA zu berichtigen/);
    expect(pec.text).toContain("- Numero nell’albo: Il numero è di un altro albo");
    expect(pec.text).toContain("Manca una cosa sola");
    const toDo = () => applicant.call(api.inbox.list, { query: { view: "to-do" } });
    expect((await toDo()).items.map((i) => i.kind)).toContain("onboarding-changes-requested");

    const draft = await applicant.call(api.reviews.revise, at);
    expect(draft.revision).toEqual({
      onboardingId: onboarding.id,
      note: "Manca una cosa sola",
      fields: [{ path: "details.fitnessDeclaration.legalRegisterNumber", note: "Il numero è di un altro albo" }],
    });
    expect(draft.content).toMatchObject({
      kind: "GPU",
      institution: { name: body.institution.name, taxCode: body.institution.taxCode, county: "BZ" },
      manager: { fiscalCode: body.manager.fiscalCode },
      details: { fitnessDeclaration: { legalRegisterNumber: "77", managerEligible: true } },
    });
    expect((await applicant.call(api.reviews.revise, at)).id).toBe(draft.id);

    const again = await applicant.call(api.onboarding.submit, {
      body: {
        ...body,
        details: { fitnessDeclaration: { ...body.details.fitnessDeclaration, legalRegisterNumber: "78" } },
        draftId: draft.id,
      },
    });
    expect(again).toMatchObject({ id: onboarding.id, state: "to-be-reviewed", reviewNote: null });
    await world.settle();
    expect((await toDo()).items).toEqual([]);
    const back = await call(api.reviews.read, at);
    expect(back.round).toBe(2);
    expect(back.fields.filter((f) => f.changed)).toEqual([
      { path: "details.fitnessDeclaration.legalRegisterNumber", value: "78", before: "77", changed: true },
    ]);
    // What was read before it came back decides nothing.
    expect(await codeOf(call(api.reviews.decide, { ...at, body: { outcome: "approved", round: 1 } }))).toBe(
      "review-data-changed",
    );
    await call(api.reviews.decide, { ...at, body: { outcome: "approved", round: 2 } });
    await world.settle();
    expect(await applicant.call(api.onboarding.read, at)).toMatchObject({ state: "awaiting-signature" });
    expect((await call(api.reviews.read, at)).decisions.map((d) => [d.round, d.outcome])).toEqual([
      [2, "approved"],
      [1, "changes-requested"],
    ]);
    expect(lastTo(body.institution.pec, "Accordo pagoPA da firmare")).toBeDefined();
    expect((await verifyChain(world.database, onboarding.institution.id)).whole).toBe(true);
  });

  it("lets one of two reviewers win, and tells the other who decided what", async () => {
    for (let n = 0; n < 5; n++) {
      const { at } = await submitted();
      const [one, two] = [await reviewer(), await reviewer()];
      const outcomes = await Promise.allSettled([
        one.call(api.reviews.decide, { ...at, body: { outcome: "approved", round: 1 } }),
        two.call(api.reviews.decide, { ...at, body: { outcome: "rejected", round: 1, note: "No" } }),
      ]);
      const won = outcomes.filter((o) => o.status === "fulfilled");
      const lost = outcomes.find((o) => o.status === "rejected") as PromiseRejectedResult | undefined;
      expect(won).toHaveLength(1);
      expect(lost!.reason).toMatchObject({ code: "review-decided-already", facts: { by: "Persona del Personale" } });
      const { decisions, state } = await one.call(api.reviews.read, at);
      expect(decisions).toHaveLength(1);
      expect(lost!.reason.facts.outcome).toBe(decisions[0]!.outcome);
      expect(["submitted", "rejected"]).toContain(state);
    }
  });

  it("says who works on a request, and lets a colleague take it over knowingly", async () => {
    const { at, applicant } = await submitted();
    const [one, two] = [await reviewer(), await reviewer()];
    expect(await one.call(api.reviews.take, { ...at, body: {} })).toMatchObject({ reviewer: { me: true } });
    expect((await applicant.call(api.reviews.status, at)).started).toBe(true);
    expect(await codeOf(two.call(api.reviews.take, { ...at, body: {} }))).toBe("review-taken");
    expect(await codeOf(two.call(api.reviews.decide, { ...at, body: { outcome: "approved", round: 1 } }))).toBe(
      "review-taken",
    );
    expect(await codeOf(two.call(api.reviews.release, at))).toBe("review-taken");
    expect((await two.call(api.reviews.list, { query: { mine: "true" } })).items).toEqual([]);
    await two.call(api.reviews.take, { ...at, body: { takeOver: true } });
    expect((await two.call(api.reviews.list, { query: { mine: "true" } })).items).toHaveLength(1);
    expect(await one.call(api.reviews.read, at)).toMatchObject({ reviewer: { id: two.id, me: false } });
    expect((await two.call(api.reviews.release, at)).reviewer).toBeNull();
  });

  it("carries messages both ways, and shows who waits for an answer", async () => {
    const { at, applicant, body } = await submitted();
    const { call } = await reviewer();
    await call(api.reviews.write, { ...at, body: { text: "Ci manda il <b>verbale</b>?" } });
    await world.settle();
    // Nobody gave us an address of the applicant: the institution's certified mailbox has it.
    expect(lastTo(body.institution.pec, "Un messaggio")!.text).toContain("Ci manda il <b>verbale</b>?");
    const seen = await applicant.call(api.reviews.reply, { ...at, body: { text: "Eccolo." } });
    expect(seen.messages).toMatchObject([
      { from: "staff", name: null, text: "Ci manda il <b>verbale</b>?" },
      { from: "applicant", name: `${applicant.name.givenName} ${applicant.name.familyName}`, text: "Eccolo." },
    ]);
    const waiting = await call(api.reviews.read, at);
    expect(waiting.unansweredSince).not.toBeNull();
    expect(waiting.messages[0]!.name).toBe("Persona del Personale");
    expect((await call(api.reviews.write, { ...at, body: { text: "Grazie." } })).unansweredSince).toBeNull();
    await call(api.reviews.decide, {
      ...at,
      body: { outcome: "rejected", round: 1, note: "Non è un operatore ammesso" },
    });
    await world.settle();
    expect(lastTo(body.institution.pec, "rifiutata")!.text).toContain("Non è un operatore ammesso");
    expect(await codeOf(call(api.reviews.write, { ...at, body: { text: "x" } }))).toBe("review-over");
    expect(await codeOf(applicant.call(api.reviews.reply, { ...at, body: { text: "x" } }))).toBe("review-over");
    expect(await codeOf(applicant.call(api.reviews.revise, at))).toBe("onboarding-not-to-correct");
  });

  it("asks why for a refusal, and knows the fields that a note is about", async () => {
    const { at } = await submitted();
    const { call } = await reviewer();
    const refused = await refusalOf(call(api.reviews.decide, { ...at, body: { outcome: "rejected", round: 1 } }));
    expect(refused.fields).toMatchObject([{ path: "body/note", code: "required" }]);
    const unknown = await refusalOf(
      call(api.reviews.decide, {
        ...at,
        body: { outcome: "changes-requested", round: 1, fields: [{ path: "manager.shoeSize", note: "?" }] },
      }),
    );
    expect(unknown.fields).toMatchObject([{ path: "body/fields/0/path", code: "not-allowed" }]);
    expect((await call(api.reviews.read, at)).state).toBe("to-be-reviewed");
  });

  it("shows a reviewer their product and no other, and nobody else anything", async () => {
    const { at } = await submitted();
    const partner = { ...privateOperator(), productId: "io", kind: "PT" as const, billing: {}, details: {} };
    const { manager: _, ...withoutManager } = partner;
    const applicant = await world.person();
    const other = await applicant.call(api.onboarding.submit, { body: withoutManager });
    const ofPagopa = await world.staff(["revisori-pagopa"]);
    const seen = (await ofPagopa.call(api.reviews.list, { query: { limit: 100 } })).items;
    expect(new Set(seen.map((l) => l.productId))).toEqual(new Set(["pagopa"]));
    const there = { params: { onboardingId: other.id } };
    expect(await codeOf(ofPagopa.call(api.reviews.read, there))).toBe("permission-missing");
    expect(await codeOf(ofPagopa.call(api.reviews.decide, { ...there, body: { outcome: "approved", round: 1 } }))).toBe(
      "permission-missing",
    );
    for (const group of ["assistenza", "auditor", "prodotti", "sicurezza"])
      expect(await codeOf((await world.staff([group])).call(api.reviews.read, at))).toBe("permission-missing");
    const stranger = await world.person();
    expect(await codeOf(stranger.call(api.reviews.status, at))).toBe("onboarding-unknown");
    // What nobody reviews is not on the desk.
    const plain = await applicant.call(api.onboarding.submit, { body: world.request(await world.body()) });
    expect(await codeOf(ofPagopa.call(api.reviews.read, { params: { onboardingId: plain.id } }))).toBe(
      "onboarding-unknown",
    );
    expect(await codeOf(applicant.call(api.reviews.status, { params: { onboardingId: plain.id } }))).toBe(
      "onboarding-not-reviewed",
    );
    // The whole desk sees the partner; approval alone makes the product active: nobody signs.
    const every = await reviewer();
    await every.call(api.reviews.decide, { ...there, body: { outcome: "approved", round: 1 } });
    expect(await applicant.call(api.onboarding.read, there)).toMatchObject({ state: "completed", agreement: null });
  });

  it("leaves each reading of a request in the trail of its institution", async () => {
    const { at, onboarding } = await submitted();
    await (await reviewer()).call(api.reviews.read, at);
    const auditor = await world.staff(["auditor"]);
    const trail = await auditor.call(api.audit.ofInstitutionByStaff, {
      params: { institutionId: onboarding.institution.id },
      query: {},
    });
    expect(trail.items.find((l) => l.action === "staff.institution.read")).toMatchObject({
      actor: { kind: "staff", purpose: "review" },
    });
  });

  it("opens by its purpose the requests that somebody reviews, and only to read", async () => {
    const { onboarding } = await submitted();
    const applicant = await world.person();
    const plain = await applicant.call(api.onboarding.submit, { body: world.request(await world.body()) });
    await world.database.transaction({ purpose: "review" }, async ({ connection }) => {
      const ids = async (table: string, column: string) =>
        (await connection.query<{ id: string }>(`select ${column} as id from ${table}`)).rows.map((r) => r.id);
      for (const [table, column] of [
        ["onboardings", "id"],
        ["onboarding_administrators", "onboarding_id"],
      ] as const) {
        const seen = await ids(table, column);
        expect([table, seen.includes(onboarding.id), seen.includes(plain.id)]).toEqual([table, true, false]);
      }
      expect((await connection.query("update onboardings set state = 'rejected'")).affected).toBe(0);
    });
    for (const purpose of ["support", "monitoring", "audit"] as const)
      await world.database.transaction({ purpose }, async ({ connection }) => {
        for (const table of ["onboardings", "review_messages", "review_decisions", "onboarding_rounds"])
          expect((await connection.query(`select 1 from ${table}`)).rows).toEqual([]);
      });
  });
});

describe("where two people decide", () => {
  const product = "due-persone";
  beforeAll(() =>
    world.database.asSystem(async ({ db, connection }) => {
      const { rows } = await connection.query<{ configuration: object }>(
        "select configuration from product_versions where product_id = 'pagopa' order by version desc limit 1",
      );
      await publish(db, {
        id: product,
        position: 900,
        version: 1,
        configuration: {
          ...rows[0]!.configuration,
          title: "Due Persone",
          externalId: "prod-due",
          testTwins: [],
          review: { days: 2, people: 2 },
        },
      });
    }),
  );

  it("keeps the first decision as a proposal, which its author cannot confirm and a colleague can", async () => {
    const { at, applicant } = await submitted(privateOperator(undefined, { productId: product }));
    expect((await applicant.call(api.reviews.status, at)).people).toBe(2);
    const [one, two] = [await reviewer(), await reviewer()];
    const body = { outcome: "approved" as const, round: 1 };
    const proposed = await one.call(api.reviews.decide, { ...at, body });
    expect(proposed).toMatchObject({ state: "to-be-reviewed", proposal: { outcome: "approved", by: { me: true } } });
    expect(await codeOf(one.call(api.reviews.confirm, { ...at, body: { round: 1 } }))).toBe("proposal-own");
    expect(await codeOf(two.call(api.reviews.decide, { ...at, body }))).toBe("review-proposal-open");
    const declined = await two.call(api.reviews.decline, { ...at, body: { note: "Guardiamo meglio" } });
    expect(declined.proposal).toBeNull();
    expect(await codeOf(two.call(api.reviews.confirm, { ...at, body: { round: 1 } }))).toBe("review-proposal-missing");

    await two.call(api.reviews.decide, { ...at, body });
    const outcomes = await Promise.allSettled([
      one.call(api.reviews.confirm, { ...at, body: { round: 1 } }),
      two.call(api.reviews.decline, { ...at, body: {} }),
    ]);
    expect(outcomes.filter((o) => o.status === "fulfilled")).toHaveLength(1);
    if (outcomes[0].status === "fulfilled")
      expect((await one.call(api.reviews.read, at)).decisions).toMatchObject([
        { outcome: "approved", by: "Persona del Personale", proposedBy: "Persona del Personale" },
      ]);
  });

  it("needs no second person to ask for changes", async () => {
    const { at } = await submitted(privateOperator(undefined, { productId: product }));
    const { call } = await reviewer();
    expect(
      await call(api.reviews.decide, { ...at, body: { outcome: "changes-requested", round: 1, note: "Rileggere" } }),
    ).toMatchObject({ state: "changes-requested", proposal: null });
  });
});

describe("a request that came back", () => {
  const askedToCorrect = async () => {
    const made = await submitted();
    const { call } = await reviewer();
    await call(api.reviews.decide, {
      ...made.at,
      body: { outcome: "changes-requested", round: 1, note: "Correggere" },
    });
    await world.settle();
    return { ...made, call };
  };

  it("is corrected by a colleague who takes the draft over, and then is theirs", async () => {
    const { applicant, body, onboarding, at } = await askedToCorrect();
    const draft = await applicant.call(api.reviews.revise, at);
    const colleague = await world.person();
    await applicant.call(api.onboarding.drafts.handOver, {
      params: { draftId: draft.id },
      body: { email: colleague.name.email },
    });
    await world.settle();
    const token = new URL(world.linksTo(colleague.name.email).find((l) => l.includes("passata"))!).searchParams.get(
      "token",
    )!;
    const taken = await colleague.call(api.onboarding.drafts.accept, { body: { token } });
    expect(taken.revision).toMatchObject({ onboardingId: onboarding.id, note: "Correggere" });
    await colleague.call(api.onboarding.submit, { body: { ...body, draftId: draft.id } });
    expect(await colleague.call(api.reviews.status, at)).toMatchObject({ state: "to-be-reviewed" });
    expect(await codeOf(applicant.call(api.reviews.status, at))).toBe("onboarding-unknown");
  });

  it("stays the request of its institution, is sent once, and keeps what was left on the clock", async () => {
    const { applicant, body, at } = await askedToCorrect();
    const draft = await applicant.call(api.reviews.revise, at);
    const elsewhere = privateOperator().institution;
    expect(
      await codeOf(
        applicant.call(api.onboarding.submit, { body: { ...body, institution: elsewhere, draftId: draft.id } }),
      ),
    ).toBe("onboarding-of-another-institution");
    world.pass(40 * DAY);
    const again = await world.person(applicant.name);
    const both = await Promise.allSettled([
      again.call(api.onboarding.submit, { body: { ...body, draftId: draft.id } }),
      again.call(api.onboarding.submit, { body: { ...body, draftId: draft.id } }),
    ]);
    expect(both.filter((o) => o.status === "fulfilled")).toHaveLength(1);
    const { dueAt } = await again.call(api.reviews.status, at);
    const left = Date.parse(dueAt!) - (Date.now() + 40 * DAY);
    expect(left).toBeGreaterThan(4.9 * DAY);
    expect(left).toBeLessThanOrEqual(5 * DAY);
    expect(await codeOf(again.call(api.onboarding.submit, { body: { ...body, draftId: draft.id } }))).toBe(
      "draft-unknown",
    );
  });
});

describe("the queue", () => {
  it("pages by what is due first, filters, counts, and tells the applicant their place", async () => {
    const queue = await makeWorld();
    try {
      const staff = await queue.staff(["revisori"]);
      const applicant = await queue.person();
      const made: { body: ReturnType<typeof queue.privateOperator>; o: { id: string } }[] = [];
      for (let n = 0; n < 5; n++) {
        const body = queue.privateOperator(n === 2 ? "Società Ago nel Pagliaio" : undefined);
        made.push({ body, o: await applicant.call(api.onboarding.submit, { body }) });
        queue.pass(60_000);
      }
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await staff.call(api.reviews.list, { query: { limit: 2, cursor } });
        seen.push(...page.items.map((l) => l.id));
        cursor = page.next ?? undefined;
      } while (cursor);
      expect(seen).toEqual(made.map((m) => m.o.id));
      const ids = async (query: Parameters<typeof staff.call<typeof api.reviews.list>>[1]["query"]) =>
        (await staff.call(api.reviews.list, { query })).items.map((l) => l.id);
      expect(await ids({ search: "ago nel" })).toEqual([made[2]!.o.id]);
      expect(await ids({ search: made[3]!.body.institution.taxCode })).toEqual([made[3]!.o.id]);
      expect(await ids({ search: "%" })).toEqual([]);
      expect(await ids({ kind: "PSP" })).toEqual([]);
      expect(await ids({ productId: "io" })).toEqual([]);
      expect(await ids({ clock: "late" })).toEqual([]);
      const place = async (n: number) =>
        (await applicant.call(api.reviews.status, { params: { onboardingId: made[n]!.o.id } })).ahead;
      expect([await place(0), await place(4)]).toEqual([0, 4]);
      await staff.call(api.reviews.decide, {
        params: { onboardingId: made[0]!.o.id },
        body: { outcome: "rejected", round: 1, note: "No" },
      });
      expect(await place(4)).toBe(3);
      queue.pass(6 * DAY);
      const again = await queue.staff(["revisori"]);
      expect(await again.call(api.reviews.summary, {})).toMatchObject({ waiting: 4, late: 4, mine: 0 });
      const late = await again.call(api.reviews.list, { query: { clock: "late", waitingDays: 6 } });
      expect(late.items).toHaveLength(4);
      expect((await again.call(api.reviews.list, { query: { view: "decided" } })).items.map((l) => l.id)).toEqual([
        made[0]!.o.id,
      ]);
      // The median is published from five decisions on.
      for (const { o } of made.slice(1))
        await again.call(api.reviews.decide, {
          params: { onboardingId: o.id },
          body: { outcome: "approved", round: 1 },
        });
      const { products } = await again.call(api.reviews.summary, {});
      const median = products.find((p) => p.productId === "pagopa")!.medianSeconds!;
      expect(Math.round(median / 86_400)).toBe(6);
    } finally {
      await queue.close();
    }
  });

  // The plan is PostgreSQL's own: what the index gives in order is not sorted again, however long the queue.
  it.runIf(databaseKind === "postgres")("walks an index, and sorts nothing but the page", async () => {
    await submitted();
    await world.database.transaction({ purpose: "review" }, async ({ connection }) => {
      // With a handful of rows anything is cheap: what would not grow with the queue is asked for, and must be possible.
      for (const way of ["seqscan", "bitmapscan", "sort"]) await connection.query(`set local enable_${way} = off`);
      const { rows } = await connection.query<{ "QUERY PLAN": string }>(
        `explain select o.id from onboardings o where o.product_id = 'pagopa' and o.state = 'to-be-reviewed'
           and (o.review_due_at, o.id) > (now(), '00000000-0000-4000-8000-000000000000'::uuid) order by o.review_due_at, o.id limit 20`,
      );
      const plan = rows.map((r) => r["QUERY PLAN"]).join("\n");
      expect(plan).toContain("Index Scan using onboardings_queue on onboardings");
      expect(plan).not.toContain("Sort");
    });
  });
});
