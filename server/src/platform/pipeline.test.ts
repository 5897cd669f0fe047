import { api, isProblem } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyChain } from "../audit/index.ts";
import { databaseKind, makeWorld, type World } from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (e: unknown) => (isProblem(e) ? e.code : String(e)),
  );
const count = async (table: string) =>
  (
    await world.database.asSystem(({ connection }) =>
      connection.query<{ n: number }>(`select count(*)::int as n from ${table}`),
    )
  ).rows[0]!.n;

describe("a write with an Idempotency-Key", () => {
  it("happens once and gives the first answer again", async () => {
    const p = await world.person();
    const body = world.request(await world.body());
    const first = await p.call(api.onboarding.submit, { body, idempotencyKey: "uno" });
    const again = await p.call(api.onboarding.submit, { body, idempotencyKey: "uno" });
    expect(again).toEqual(first);
  });

  it("is refused under the same key with another body, and free for another person", async () => {
    const p = await world.person();
    const q = await world.person();
    await p.call(api.onboarding.submit, { body: world.request(await world.body()), idempotencyKey: "due" });
    expect(
      await codeOf(p.call(api.onboarding.submit, { body: world.request(await world.body()), idempotencyKey: "due" })),
    ).toBe("idempotency-key-reused");
    expect(
      await codeOf(q.call(api.onboarding.submit, { body: world.request(await world.body()), idempotencyKey: "due" })),
    ).toBe("done");
  });

  it("does not keep a refusal", async () => {
    const p = await world.person();
    const b = await world.body();
    const wrong = world.request({ ...b, pec: "altra@pec.example" });
    expect(await codeOf(p.call(api.onboarding.submit, { body: wrong, idempotencyKey: "tre" }))).toBe(
      "institution-data-differ",
    );
    expect(await codeOf(p.call(api.onboarding.submit, { body: world.request(b), idempotencyKey: "tre" }))).toBe("done");
  });

  it("sent twenty times at once is done once", async () => {
    const p = await world.person();
    const body = world.request(await world.body());
    const before = await count("onboardings");
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => codeOf(p.call(api.onboarding.submit, { body, idempotencyKey: "venti" }))),
    );
    expect(await count("onboardings")).toBe(before + 1);
    // Embedded, requests queue and all get the first answer; on PostgreSQL who comes while it runs is told so.
    expect(answers.filter((a) => a !== "done" && a !== "idempotency-key-running")).toEqual([]);
    expect(answers).toContain("done");
    if (databaseKind === "embedded") expect(new Set(answers)).toEqual(new Set(["done"]));
  });
});

describe("a dry run", () => {
  it("answers as the real one and writes nothing anywhere", async () => {
    const p = await world.person();
    const body = world.request(await world.body());
    const tables = [
      "onboardings",
      "institutions",
      "events",
      "deliveries",
      "audit_lines",
      "idempotency_keys",
      "row_versions",
    ];
    const before = await Promise.all(tables.map(count));
    const answer = await p.call(api.onboarding.submit, { body, dryRun: true, idempotencyKey: "prova" });
    expect(answer.state).toBe("submitted");
    expect(await Promise.all(tables.map(count))).toEqual(before);
    expect((await p.call(api.onboarding.submit, { body, idempotencyKey: "prova" })).id).not.toBe(answer.id);
  });
});

describe("a versioned write", () => {
  it("needs the version that was read, and loses nothing when somebody was quicker", async () => {
    const p = await world.person();
    const draft = await p.call(api.onboarding.drafts.open, { body: { productId: "pagopa" } });
    expect(await codeOf(p.call(api.onboarding.drafts.save, { params: { draftId: draft.id }, body: { step: 2 } }))).toBe(
      "version-missing",
    );
    const saved = await Promise.all(
      [2, 3].map((step) =>
        codeOf(
          p.call(api.onboarding.drafts.save, { params: { draftId: draft.id }, body: { step }, version: draft.version }),
        ),
      ),
    );
    expect(saved.sort()).toEqual(["done", "version-stale"]);
    const now = await p.call(api.onboarding.drafts.read, { params: { draftId: draft.id } });
    expect(now.version).toBe(draft.version + 1);
  });
});

describe("a refusal", () => {
  it("of somebody known stays in the trail of the institution, and names who can grant", async () => {
    const m = await world.municipality();
    const admin = await m.admin();
    const operator = await m.member("operator");
    const refused = await operator
      .call(api.people.memberships, { params: { institutionId: m.id } })
      .catch((e: unknown) => e);
    expect(isProblem(refused) && refused.facts).toEqual({
      permission: "institution:people:read",
      grantors: [`${admin.name.givenName} ${admin.name.familyName}`],
    });
    const trail = await admin.call(api.audit.trail, { params: { institutionId: m.id } });
    expect(trail.items[0]).toMatchObject({
      action: "permission.refused",
      outcome: "refused",
      actor: { kind: "person" },
    });
  });

  it("of a stranger leaves no trace in an institution's chain and tells no names", async () => {
    const m = await world.municipality();
    await m.admin();
    const before = await count("audit_lines");
    const refused = await (await world.person())
      .call(api.people.memberships, { params: { institutionId: m.id } })
      .catch((e: unknown) => e);
    expect(isProblem(refused) && refused.facts).toEqual({ permission: "institution:people:read" });
    expect(await count("audit_lines")).toBe(before);
  });
});

describe("the trail", () => {
  it("is whole after many writers at once, and shows where it was touched", async () => {
    const bodies = await Promise.all(Array.from({ length: 8 }, () => world.body()));
    await Promise.all(
      bodies.map(async (b) => (await world.person()).call(api.onboarding.submit, { body: world.request(b) })),
    );
    await world.settle();
    const chains = (
      await world.database.asSystem(({ connection }) =>
        connection.query<{ chain: string }>("select chain from audit_chains"),
      )
    ).rows;
    for (const { chain } of chains)
      expect(await verifyChain(world.database, chain)).toMatchObject({ whole: true, brokenAt: null });
    const victim = (
      await world.database.asSystem(({ connection }) =>
        connection.query<{ chain: string }>("select chain from audit_lines where sequence = 3 limit 1"),
      )
    ).rows[0]!.chain;
    const touch = (sql: string) => world.engine.script(sql.replaceAll("$c", `'${victim}'`));
    await touch(
      "update audit_lines set body = replace(body, '\"done\"', '\"redone\"') where chain = $c and sequence = 2",
    );
    expect(await verifyChain(world.database, victim)).toMatchObject({ whole: false, brokenAt: 2 });
    await touch(
      "update audit_lines set body = replace(body, '\"redone\"', '\"done\"') where chain = $c and sequence = 2",
    );
    expect(await verifyChain(world.database, victim)).toMatchObject({ whole: true });
    await touch(
      "delete from audit_personal where chain = $c; delete from audit_lines where chain = $c and sequence = (select max(sequence) from audit_lines where chain = $c)",
    );
    expect(await verifyChain(world.database, victim)).toMatchObject({ whole: false });
  });

  it("keeps personal data apart: erasing it leaves the chain whole", async () => {
    const p = await world.person();
    const { institution } = await p.call(api.onboarding.submit, { body: world.request(await world.body()) });
    const { rows } = await world.database.asSystem(({ connection }) =>
      connection.query<{ body: string }>("select body from audit_lines where chain = $1", [institution.id]),
    );
    expect(rows[0]!.body).toContain("commitments");
    await world.engine.script(`delete from audit_personal where chain = '${institution.id}'`);
    expect(await verifyChain(world.database, institution.id)).toMatchObject({ whole: true });
  });
});

describe("personal data at rest", () => {
  it("is nowhere in clear: fiscal codes and mail addresses", async () => {
    const p = await world.person();
    const request = world.request(await world.body());
    await p.call(api.onboarding.submit, { body: request });
    await p.call(api.onboarding.drafts.open, {
      body: {
        productId: "pagopa",
        content: { step: 1, manager: { fiscalCode: request.manager.fiscalCode, email: request.manager.email } },
      },
      idempotencyKey: "bozza",
    });
    await world.settle();
    const tables = (
      await world.engine.script(
        "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
      )
    ).map((t) => String(t["table_name"]));
    const secrets = [
      p.name.fiscalCode,
      request.manager.fiscalCode,
      request.manager.email,
      ...request.administrators.flatMap((a) => [a.fiscalCode, a.email]),
    ];
    const found: string[] = [];
    for (const table of tables)
      for (const secret of secrets) {
        const [row] = await world.engine.script(
          `select count(*)::int as n from ${table} t where position('${secret.toLowerCase()}' in lower(t::text)) > 0`,
        );
        if (Number(row!["n"]) > 0) found.push(`${table}: ${secret}`);
      }
    expect(found).toEqual([]);
  });
});
