import { randomUUID } from "node:crypto";
import { api } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf, refusalOf } from "../testing/refusals.ts";
import { makeWorld, type SignedIn, type World } from "../testing/world.ts";

import { appointAdministrator } from "./index.ts";

/* One mail address at each institution, used once its owner has answered from it. */
let world: World;
let at: Awaited<ReturnType<World["municipality"]>>;
beforeAll(async () => {
  world = await makeWorld();
  at = await world.municipality("Comune degli Indirizzi");
});
afterAll(() => world.close());

/** As if the person had confirmed who they are just now. */
const confirmed = async (who: SignedIn) => {
  await world.database.asSystem(({ connection }) =>
    connection.query("update sessions set step_up_until = $2 where id_hash = $1", [
      who.hash,
      new Date(world.parts.clock().getTime() + 600_000),
    ]),
  );
  return who;
};
const asked = async (who: SignedIn, email: string, where = at) => {
  await (await confirmed(who)).call(api.people.contacts.change, {
    params: { institutionId: where.id },
    body: { email },
  });
  await world.settle();
  return /\n(\d{6})\n/.exec(world.sent.findLast((m) => m.to === email)!.text)![1]!;
};
const confirm = (who: SignedIn, code: string, more: { dryRun?: boolean } = {}, where = at) =>
  who.call(api.people.contacts.confirm, { params: { institutionId: where.id }, body: { code }, ...more });
const mine = async (who: SignedIn, where = at) =>
  (await who.call(api.people.contacts.mine, { query: {} })).items.find((c) => c.institution.id === where.id)!;
const another = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

describe("one's own mail address at an institution", () => {
  it("is asked for, mailed a code, and used only once the code comes back", async () => {
    const who = await at.member("operator");
    expect(await mine(who)).toMatchObject({ email: null, verified: false, pending: null });
    const first = await asked(who, "prima@posta.example");
    await confirm(who, first);
    const second = await asked(who, "seconda@posta.example");
    expect(await mine(who)).toMatchObject({
      email: "prima@posta.example",
      verified: true,
      pending: { email: "seconda@posta.example", attemptsLeft: 5 },
    });
    expect(await who.call(api.people.contacts.here, { params: { institutionId: at.id } })).toMatchObject({
      email: "prima@posta.example",
      pending: { email: "seconda@posta.example" },
    });
    expect(await confirm(who, second)).toEqual({ email: "seconda@posta.example" });
    expect(await mine(who)).toMatchObject({ email: "seconda@posta.example", verified: true, pending: null });
    expect(await codeOf(confirm(who, second))).toBe("contact-code-over");
  });

  it("is a person's: a PEC is refused, and said so", async () => {
    const who = await confirmed(await at.member("operator"));
    const problem = await refusalOf(
      who.call(api.people.contacts.change, {
        params: { institutionId: at.id },
        body: { email: "protocollo@pec.comune.example" },
      }),
    );
    expect([problem.code, problem.fields]).toMatchObject([
      "input-invalid",
      [{ path: "body/email", code: "pec-not-personal" }],
    ]);
  });

  it("takes five attempts, none of them free: not in a dry run, not side by side", async () => {
    const who = await at.member("operator");
    const code = await asked(who, "tentativi@posta.example");
    expect(await codeOf(confirm(who, another(code), { dryRun: true }))).toBe("contact-code-wrong");
    const problem = await refusalOf(confirm(who, another(code)));
    expect([problem.code, problem.facts["attemptsLeft"]]).toEqual(["contact-code-wrong", 3]);
    const many = await Promise.all(Array.from({ length: 6 }, () => codeOf(confirm(who, another(code)))));
    expect(many.filter((c) => c === "contact-code-wrong")).toHaveLength(3);
    expect(await codeOf(confirm(who, code))).toBe("contact-code-over");
    expect((await mine(who)).pending).toBeNull();
  });

  it("takes a code for fifteen minutes, and only the last one asked for", async () => {
    const who = await at.member("operator");
    const old = await asked(who, "vecchio@posta.example");
    const late = await asked(who, "tardi@posta.example");
    if (old !== late) expect(await codeOf(confirm(who, old))).toBe("contact-code-wrong");
    world.pass(15 * 60_000);
    expect(await codeOf(confirm(who, late))).toBe("contact-code-over");
  });

  it("confirmed twice at the same moment is confirmed once", async () => {
    const who = await at.member("operator");
    const code = await asked(who, "gemelli@posta.example");
    const both = await Promise.all(
      [0, 1].map(() =>
        confirm(who, code).then(
          () => "ok",
          (e: { code: string }) => e.code,
        ),
      ),
    );
    expect(both.sort()).toEqual(["contact-code-over", "ok"]);
  });

  it("has five codes sent in an hour, and no more", async () => {
    const who = await at.member("operator");
    for (let i = 0; i < 5; i++) await asked(who, `pioggia${i}@posta.example`);
    expect(await codeOf(asked(who, "pioggia6@posta.example"))).toBe("contact-changes-too-many");
    world.pass(61 * 60_000);
  });

  it("is one for each institution, and hidden from colleagues", async () => {
    const there = await world.municipality("Comune Altro");
    const who = await at.member("operator");
    await there.member("operator", {}, who);
    await confirm(who, await asked(who, "qui@posta.example"));
    await confirm(who, await asked(who, "la@posta.example", there), {}, there);
    expect([(await mine(who)).email, (await mine(who, there)).email]).toEqual([
      "qui@posta.example",
      "la@posta.example",
    ]);
    const colleague = await at.member("administrator");
    expect(JSON.stringify(await colleague.call(api.people.contacts.mine, { query: {} }))).not.toContain("qui@posta");
  });

  it("leaves no code behind: not in the rows, not in the trail, not in the outbox", async () => {
    const who = await at.member("operator");
    const code = await asked(who, "traccia@posta.example");
    const { rows } = await world.database.asSystem(({ connection }) =>
      connection.query<{ t: string }>(
        "select (select string_agg(c::text, '') from contact_changes c) || (select string_agg(body, '') from audit_lines) || (select string_agg(payload::text, '') from events) as t",
      ),
    );
    expect(rows[0]!.t).not.toContain(`"${code}"`);
    expect(rows[0]!.t).not.toContain("traccia@posta.example");
  });

  it("once verified is not replaced by what somebody else declares", async () => {
    const who = await at.member("operator");
    await confirm(who, await asked(who, "mia@posta.example"));
    const { cipher } = world;
    await world.parts.act({ kind: "system", name: "test" }, ({ db, emit, now, enter }) => {
      enter({ institution: at.id });
      return appointAdministrator(
        { cipher },
        { db, emit, now },
        { ...who.name, email: "altrui@posta.example" },
        { institutionId: at.id, productId: "pagopa", onboardingId: randomUUID() },
      );
    });
    expect(await mine(who)).toMatchObject({ email: "mia@posta.example", verified: true });
  });
});
