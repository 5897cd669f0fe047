import { api, elevenDigitCode, type RuleInputs, ruleBooks } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorld, someone, type World } from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

let serial = Math.floor(Math.random() * 1e6);
const taxCode = () => elevenDigitCode(String(6_000_000_000 + serial++));
/** A private company that asks to join a product which reviews it first. */
const company = (more: { taxCode?: string; name?: string; pec?: string; productId?: string } = {}) => ({
  productId: more.productId ?? "pagopa",
  kind: "PRV" as const,
  institution: {
    origin: "business-register" as const,
    name: more.name ?? "Società Campione S.r.l.",
    pec: more.pec ?? "societa@pec.campione.example",
    taxCode: more.taxCode ?? taxCode(),
    address: "Via di Prova, 1",
    zipCode: "20121",
    city: "Milano",
    county: "MI",
  },
  billing: { recipientCode: "ABCDEF1" },
  geographicAreas: [{ level: "national" as const }],
  details: { companyRea: { rea: "MI 123456" } },
  manager: someone(),
  administrators: [someone()],
});
type Company = ReturnType<typeof company>;
const held = (c: Company) => ({
  answer: "found" as const,
  company: {
    taxCode: c.institution.taxCode,
    name: c.institution.name,
    pec: c.institution.pec,
    address: c.institution.address,
    zipCode: c.institution.zipCode,
    city: c.institution.city,
    county: c.institution.county,
    atecoCodes: [],
    rea: null,
    businessRegisterPlace: null,
    vatNumber: null,
    active: true,
  },
});
const send = async (body: Company) => {
  const applicant = await world.person();
  const onboarding = await applicant.call(api.onboarding.submit, { body });
  const { call } = await world.staff(["revisori"]);
  const review = await call(api.reviews.read, { params: { onboardingId: onboarding.id } });
  return { applicant, onboarding, review, call };
};

describe("the published rules", () => {
  it("approve a company that the register confirms: the agreement leaves at once, and why stays written", async () => {
    const body = company();
    world.registerSays(() => held(body));
    const { applicant, onboarding, review } = await send(body);
    expect(onboarding.state).toBe("submitted");
    expect(review.rules).toMatchObject({ verdict: "approve", rule: "register-confirmed", version: "1", replays: true });
    expect(review.rules!.inputs).toMatchObject({ confirmedBy: "business-register", reasons: [], before: null });
    expect(review.decisions).toMatchObject([{ outcome: "approved", by: null, rulesVersion: "1", round: 1 }]);
    await world.settle();
    expect(await applicant.call(api.onboarding.read, { params: { onboardingId: onboarding.id } })).toMatchObject({
      state: "awaiting-signature",
    });
    // Nobody was asked to wait for a person.
    expect(world.sent.filter((m) => m.to === body.institution.pec).map((m) => m.subject)).toEqual([
      expect.stringContaining("da firmare") as string,
    ]);
  });

  it("leave to a person what a register doubts, and say so", async () => {
    world.registerSays(() => ({ answer: "silent" }));
    const { onboarding, review, call } = await send(company());
    expect(onboarding.state).toBe("to-be-reviewed");
    expect(review.rules).toMatchObject({ verdict: "person", rule: null, because: ["registry-doubt"], replays: true });
    expect((await call(api.reviews.list, { query: { limit: 100 } })).items.map((l) => l.id)).toContain(onboarding.id);
  });

  it("leave to a person a mailbox that only the applicant names", async () => {
    const body = company();
    const found = held(body);
    world.registerSays(() => ({ ...found, company: { ...found.company, pec: null } }));
    const { onboarding, review } = await send(body);
    expect(onboarding.state).toBe("to-be-reviewed");
    expect(review.rules).toMatchObject({ because: ["pec-declared", "first-time"] });
  });

  it("leave to a person a declaration, and what nobody signs", async () => {
    const applicant = await world.person();
    const declared = await applicant.call(api.onboarding.submit, { body: world.privateOperator() });
    const { call } = await world.staff(["revisori"]);
    expect((await call(api.reviews.read, { params: { onboardingId: declared.id } })).rules).toMatchObject({
      because: ["declaration"],
    });
    const { manager: _, ...partner } = world.privateOperator();
    const signsNothing = await applicant.call(api.onboarding.submit, {
      body: { ...partner, productId: "io", kind: "PT", billing: {}, geographicAreas: [], details: {} },
    });
    expect(signsNothing.state).toBe("to-be-reviewed");
    expect((await call(api.reviews.read, { params: { onboardingId: signsNothing.id } })).rules).toBeNull();
  });

  it("are public, as an answer and as a page, in every version", async () => {
    const rules = await world.anonymous(api.reviewRules.list, {});
    expect(rules.versions.map((v) => v.version)).toContain(rules.inForce);
    expect(rules.products.map((p) => p.productId)).toContain("pagopa");
    const text = await (await world.fetch("http://portal.test/regole-adesione")).text();
    expect(text).toContain("Confermata dal registro delle imprese");
    expect(text).not.toContain("<script");
  });

  it("keep every run as it was: the table refuses a change", async () => {
    for (const statement of ["update review_rule_runs set verdict = 'person'", "delete from review_rule_runs"])
      await expect(world.database.asSystem(({ connection }) => connection.query(statement))).rejects.toThrow();
  });
});

describe("version 1 of the rules", () => {
  const inputs = (more: Partial<RuleInputs> = {}): RuleInputs => ({
    at: "2026-11-28T10:00:00.000Z",
    productId: "pagopa",
    productVersion: 2,
    allowed: ["register-confirmed", "known-institution"],
    people: 1,
    kind: "PSP",
    origin: "declared",
    declaration: false,
    reasons: [],
    confirmedBy: null,
    pecConfirmed: false,
    before: {
      onboardingId: "00000000-0000-4000-8000-000000000001",
      kind: "PSP",
      completedAt: "2026-01-28T10:00:00.000Z",
      sameData: true,
      sameManager: true,
    },
    ...more,
  });
  const before = inputs().before!;
  /** What it answered when it was published: an answer that changes here changes the past. */
  it.each<[name: string, given: RuleInputs, verdict: string, because: string[]]>([
    ["known, nothing changed", inputs(), "known-institution", []],
    [
      "confirmed by the register",
      inputs({ confirmedBy: "business-register", pecConfirmed: true, before: null }),
      "register-confirmed",
      [],
    ],
    ["first time, declared", inputs({ before: null }), "person", ["not-in-register", "first-time"]],
    ["as another kind", inputs({ before: { ...before, kind: "GPU" } }), "person", ["not-in-register", "other-kind"]],
    [
      "long ago, with other data and signer",
      inputs({ before: { ...before, completedAt: "2024-01-01T00:00:00.000Z", sameData: false, sameManager: false } }),
      "person",
      ["not-in-register", "too-long-ago", "data-changed", "manager-changed"],
    ],
    ["a doubt outweighs all", inputs({ reasons: ["pec-differs"] }), "person", ["registry-doubt"]],
    ["a declaration and two people", inputs({ declaration: true, people: 2 }), "person", ["declaration", "two-people"]],
    [
      "a product that allows no rule",
      inputs({ allowed: [], confirmedBy: "business-register", pecConfirmed: true }),
      "person",
      ["rule-not-allowed"],
    ],
  ])("%s", (_name, given, verdict, because) => {
    const answer = ruleBooks["1"]!.decide(given);
    expect([answer.rule ?? answer.verdict, answer.because]).toEqual([verdict, because]);
    expect(ruleBooks["1"]!.decide(structuredClone(given))).toEqual(answer);
  });
});
