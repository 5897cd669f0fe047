import { api, type FieldProblem, personCode } from "@area/api";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf, refusalOf } from "../testing/refusals.ts";
import { makeWorld, type SignedIn, someone, type World } from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

type Request = ReturnType<World["request"]>;
const submit = (by: SignedIn, request: Request) => by.call(api.onboarding.submit, { body: request });
/** What a request is refused for: its code, or for invalid input each place with its rule. */
const refused = async (by: SignedIn, request: Request): Promise<string | string[]> => {
  const problem = await refusalOf(submit(by, request));
  return problem.code === "input-invalid"
    ? problem.fields.map((f: FieldProblem) => `${f.path} ${f.code}`)
    : problem.code;
};
/** Every row of every table: what must not grow when nothing is written. */
const rows = async () =>
  world.database.asSystem(async ({ connection, db }) => {
    const tables = (
      await connection.query<{ name: string }>(
        "select tablename as name from pg_tables where schemaname = 'public' order by 1",
      )
    ).rows;
    const counts: Record<string, number> = {};
    for (const { name } of tables)
      if (name !== "sessions")
        counts[name] = (
          await sql<{ n: number }>`select count(*)::int as n from ${sql.table(name)}`
            .execute(db)
            .catch(() => ({ rows: [{ n: -1 }] }))
        ).rows[0]!.n;
    return counts;
  });

describe("a municipality joins a product", () => {
  it("is written down, and its agreement goes to the certified mail of the registry", async () => {
    const giulia = await world.person();
    const body = await world.body();
    const onboarding = await submit(giulia, world.request(body));
    expect(onboarding).toMatchObject({
      state: "submitted",
      institution: { name: body.name, taxCode: body.taxCode, pec: body.pec },
      agreement: null,
    });
    await world.settle();
    const later = await giulia.call(api.onboarding.read, { params: { onboardingId: onboarding.id } });
    expect(later.state).toBe("awaiting-signature");
    expect(later.agreement?.sha256).toMatch(/^[0-9a-f]{64}$/);
    const pec = world.sent.filter((m) => m.to === body.pec);
    expect(pec).toHaveLength(1);
    expect(pec[0]).toMatchObject({ kind: "pec" });
    expect(pec[0]!.text).toContain(later.agreement!.sha256);
  });

  it("refuses a second request of the same person for the same thing", async () => {
    const giulia = await world.person();
    const body = await world.body();
    await submit(giulia, world.request(body));
    expect(await refused(giulia, world.request(body))).toBe("already-awaiting-signature");
  });

  it("goes on when many are sent through the same connection", async () => {
    const giulia = await world.person();
    for (let i = 0; i < 12; i++)
      expect((await submit(giulia, world.request(await world.body()))).state).toBe("submitted");
  });

  it("takes codes and addresses as people type them, and keeps them as they are", async () => {
    const giulia = await world.person();
    const admin = someone();
    const typed = {
      ...admin,
      fiscalCode: admin.fiscalCode.toLowerCase().replace(/(.{6})/, "$1 "),
      email: ` ${admin.email.toUpperCase()} `,
    };
    const { id } = await submit(
      giulia,
      world.request(await world.body(), {
        administrators: [typed],
        billing: { recipientCode: " uftest ", vatNumber: "IT 00000000018" },
      }),
    );
    const row = await world.database.asSystem(({ db }) =>
      db.selectFrom("onboarding_administrators").selectAll().where("onboarding_id", "=", id).executeTakeFirstOrThrow(),
    );
    expect([world.cipher.open(row.fiscal_code), world.cipher.open(row.email)]).toEqual([admin.fiscalCode, admin.email]);
    const { billing } = await world.database.asSystem(({ db }) =>
      db.selectFrom("onboardings").select("billing").where("id", "=", id).executeTakeFirstOrThrow(),
    );
    expect(billing).toEqual({ recipientCode: "UFTEST", vatNumber: "00000000018" });
  });

  it("keeps fiscal codes and addresses of people unreadable in the database", async () => {
    const giulia = await world.person();
    const request = world.request(await world.body());
    await submit(giulia, request);
    await world.settle();
    const written = await world.database.asSystem(async ({ connection }) => {
      const texts: string[] = [];
      for (const table of [
        "onboardings",
        "onboarding_administrators",
        "persons",
        "events",
        "audit_lines",
        "row_versions",
        "mails",
        "agreements",
        "idempotency_keys",
      ])
        texts.push(
          ...(await connection.query<{ t: string }>(`select t::text as t from ${table} t`)).rows.map((r) => r.t),
        );
      return texts.join("\n");
    });
    for (const p of [request.manager, ...request.administrators]) {
      for (const secret of [p.fiscalCode, p.email]) {
        expect(written.includes(secret)).toBe(false);
        expect(written.includes(Buffer.from(secret).toString("hex"))).toBe(false);
      }
    }
  });
});

describe("a request with a mistake says where it is", () => {
  const wrongCheck = (code: string) => code.slice(0, -1) + (code.endsWith("A") ? "B" : "A");
  const person = (more: object) => ({ ...someone(), ...more });
  const cases: [string, () => Partial<Request>, string | string[]][] = [
    [
      "a VAT number with the wrong check digit",
      () => ({ billing: { recipientCode: "UFTEST", vatNumber: "00000000019" } }),
      ["body/billing/vatNumber wrong-check-digit"],
    ],
    [
      "a VAT number too short",
      () => ({ billing: { recipientCode: "UFTEST", vatNumber: "123" } }),
      ["body/billing/vatNumber wrong-length"],
    ],
    [
      "a VAT number with letters",
      () => ({ billing: { recipientCode: "UFTEST", vatNumber: "0000000001O" } }),
      ["body/billing/vatNumber wrong-format"],
    ],
    [
      "eleven zeros for a VAT number",
      () => ({ billing: { recipientCode: "UFTEST", vatNumber: "00000000000" } }),
      ["body/billing/vatNumber wrong-check-digit"],
    ],
    [
      "an invoiced tax code with the wrong check digit",
      () => ({ billing: { recipientCode: "UFTEST", invoicedTaxCode: "80000000019" } }),
      ["body/billing/invoicedTaxCode wrong-check-digit"],
    ],
    [
      "a recipient code of seven characters",
      () => ({ billing: { recipientCode: "UFTEST7" } }),
      ["body/billing/recipientCode wrong-length"],
    ],
    [
      "a recipient code with a sign in it",
      () => ({ billing: { recipientCode: "UF-EST" } }),
      ["body/billing/recipientCode wrong-format"],
    ],
    ["no recipient code", () => ({ billing: { recipientCode: "" } }), ["body/billing/recipientCode required"]],
    [
      "a manager's fiscal code with the wrong check character",
      () => {
        const p = someone();
        return { manager: { ...p, fiscalCode: wrongCheck(p.fiscalCode) } };
      },
      ["body/manager/fiscalCode wrong-check-digit"],
    ],
    [
      "an administrator's fiscal code with the wrong check character",
      () => {
        const p = someone();
        return { administrators: [someone(), { ...p, fiscalCode: wrongCheck(p.fiscalCode) }] };
      },
      ["body/administrators/1/fiscalCode wrong-check-digit"],
    ],
    [
      "a fiscal code of fifteen characters",
      () => ({ manager: person({ fiscalCode: someone().fiscalCode.slice(0, 15) }) }),
      ["body/manager/fiscalCode wrong-length"],
    ],
    [
      "a company's code where a person's is wanted",
      () => ({ manager: person({ fiscalCode: "80000000018" }) }),
      ["body/manager/fiscalCode wrong-length"],
    ],
    [
      "names that disagree with the code",
      () => ({ manager: { ...someone(), familyName: "Quercia" } }),
      ["body/manager/fiscalCode name-disagrees"],
    ],
    [
      "names swapped",
      () => {
        const p = someone();
        return { administrators: [{ ...p, givenName: p.familyName, familyName: p.givenName }] };
      },
      ["body/administrators/0/fiscalCode name-disagrees"],
    ],
    [
      "certified mail as an administrator's address",
      () => ({ administrators: [person({ email: "ada@pec.prova.example" })] }),
      ["body/administrators/0/email pec-not-personal"],
    ],
    [
      "an address that is none",
      () => ({ administrators: [person({ email: "ada chiocciola posta" })] }),
      ["body/administrators/0/email wrong-format"],
    ],
    ["no administrators", () => ({ administrators: [] }), ["body/administrators too-few"]],
    [
      "four administrators",
      () => ({ administrators: [someone(), someone(), someone(), someone()] }),
      ["body/administrators too-many"],
    ],
    [
      "the same administrator twice",
      () => {
        const p = someone();
        return { administrators: [p, { ...p, email: "altra@posta.example" }] };
      },
      ["body/administrators/1/fiscalCode not-allowed"],
    ],
    [
      "the manager among the administrators",
      () => {
        const p = someone();
        return { manager: p, administrators: [someone(), p] };
      },
      "manager-among-administrators",
    ],
    [
      "the manager's address as an administrator's",
      () => {
        const p = someone();
        return { manager: p, administrators: [person({ email: p.email })] };
      },
      "manager-among-administrators",
    ],
    ["an empty name", () => ({ manager: person({ givenName: "  " }) }), ["body/manager/givenName required"]],
    [
      "a NUL in a name",
      () => ({ manager: person({ givenName: "Ada\u0000" }) }),
      ["body/manager/givenName wrong-format"],
    ],
    [
      "a control character in a name",
      () => ({ administrators: [person({ familyName: "Abe\u001bte" })] }),
      ["body/administrators/0/familyName wrong-format"],
    ],
    [
      "half a character in a name",
      () => ({ manager: person({ familyName: "Abete\ud800" }) }),
      ["body/manager/familyName wrong-format"],
    ],
    [
      "a NUL in a place",
      () => ({ geographicAreas: [{ level: "municipality", name: "Pro\u0000va" }] }),
      ["body/geographicAreas/0/name wrong-format"],
    ],
    [
      "half a character in a place",
      () => ({ geographicAreas: [{ level: "province", name: "Prova\udc00" }] }),
      ["body/geographicAreas/0/name wrong-format"],
    ],
    ["a NUL in the product", () => ({ productId: "pago\u0000pa" }), ["body/productId wrong-format"]],
    ["no place", () => ({ geographicAreas: [] }), ["body/geographicAreas too-few"]],
    [
      "a region that does not exist",
      () => ({ geographicAreas: [{ level: "region", code: "21" as "20" }] }),
      ["body/geographicAreas/0/code not-allowed"],
    ],
    ["a product that does not exist", () => ({ productId: "inventato" }), "product-unknown"],
    [
      "a body that is not in the registry",
      () => ({ institution: { ipaCode: "c_zzz", name: "Comune di Nulla", pec: "a@pec.example" } }),
      "registry-body-unknown",
    ],
  ];
  for (const [what, change, answer] of cases)
    it(`${what}`, async () => {
      const giulia = await world.person();
      const body = await world.body();
      const before = await rows();
      expect(await refused(giulia, world.request(body, change()))).toEqual(answer);
      expect(await rows()).toEqual(before);
    });

  it("several mistakes are all said at once", async () => {
    const giulia = await world.person();
    const p = someone();
    const request = world.request(await world.body(), {
      billing: { recipientCode: "X", vatNumber: "1" },
      manager: { ...p, familyName: "Quercia", email: "no" },
    });
    const fields = (await refused(giulia, request)) as string[];
    expect(fields.map((f) => f.split(" ")[0]).sort()).toEqual([
      "body/billing/recipientCode",
      "body/billing/vatNumber",
      "body/manager/email",
      "body/manager/fiscalCode",
    ]);
  });

  it("a person with a single name, an apostrophe, an accent or letters for digits in the code is welcome", async () => {
    const giulia = await world.person();
    const born = { dateOfBirth: "1980-05-03", sex: "F", place: "H501" } as const;
    const homocody = "RSSMRA80A01H501U";
    expect(homocody).toHaveLength(16);
    for (const name of [
      { givenName: "Niccolò", familyName: "D’Àvila" },
      { givenName: "Fo", familyName: "Re" },
      { givenName: "Zoë", familyName: "Weiß" },
      { givenName: "Anna Maria", familyName: "De Santis" },
      { givenName: "Čedomir", familyName: "Žižek" },
    ]) {
      const fiscalCode = personCode({ ...name, ...born });
      expect(
        (
          await submit(
            giulia,
            world.request(await world.body(), { manager: { ...name, fiscalCode, email: "m@posta.example" } }),
          )
        ).manager,
      ).toEqual(name);
    }
  });
});

describe("the registry decides who the institution is", () => {
  it("a body that ended cannot join", async () => {
    const giulia = await world.person();
    const body = await world.body();
    await world.database.asSystem(({ db }) =>
      db.updateTable("registry_bodies").set({ state: "ended" }).where("ipa_code", "=", body.ipaCode).execute(),
    );
    expect(await refused(giulia, world.request(body))).toBe("registry-body-ended");
  });

  it("what changed since the person saw it is said before anything is written", async () => {
    const giulia = await world.person();
    const body = await world.body();
    const before = await rows();
    for (const institution of [
      { ipaCode: body.ipaCode, name: body.name, pec: "vecchia@pec.example" },
      { ipaCode: body.ipaCode, name: "Comune di Prima", pec: body.pec },
      { ipaCode: body.ipaCode, name: `${body.name}\u0000`, pec: body.pec },
    ]) {
      const problem = await refusalOf(submit(giulia, { ...world.request(body), institution }));
      if (institution.name.includes("\u0000")) expect(problem.code).toBe("input-invalid");
      else
        expect([problem.code, problem.facts]).toEqual(["institution-data-differ", { pec: body.pec, name: body.name }]);
    }
    expect(await rows()).toEqual(before);
  });

  it("a body without certified mail, or with an impossible tax code, cannot join yet", async () => {
    const giulia = await world.person();
    const silent = await world.body();
    await world.database.asSystem(({ db }) =>
      db.updateTable("registry_bodies").set({ pec: null }).where("ipa_code", "=", silent.ipaCode).execute(),
    );
    expect(await refused(giulia, world.request(silent))).toEqual(["body/institution/pec required"]);
    const doubtful = await world.body(undefined, { taxCode: "12345678901" });
    expect(await refused(giulia, world.request(doubtful))).toEqual(["body/institution/taxCode wrong-check-digit"]);
  });

  it("an institution that has already joined does not join again", async () => {
    const giulia = await world.person();
    const { body } = await world.municipality();
    const before = await rows();
    expect(await refused(giulia, world.request(body))).toBe("already-active");
    expect(await rows()).toEqual(before);
  });

  it("two people who start for a new institution at once make one institution and two requests", async () => {
    const body = await world.body();
    const people = await Promise.all([1, 2, 3, 4].map(() => world.person()));
    const sent = await Promise.all(people.map((p) => submit(p, world.request(body))));
    expect(new Set(sent.map((o) => o.institution.id)).size).toBe(1);
    const made = await world.database.asSystem(({ db }) =>
      db.selectFrom("institutions").select("id").where("tax_code", "=", body.taxCode).execute(),
    );
    expect(made).toHaveLength(1);
  });

  it("one person who presses twice at once sends one request", async () => {
    const giulia = await world.person();
    const request = world.request(await world.body());
    const outcomes = await Promise.all(
      [1, 2, 3].map(() =>
        submit(giulia, request).then(
          () => "sent",
          (e: { code?: string }) => e.code,
        ),
      ),
    );
    expect(outcomes.sort()).toEqual(["already-awaiting-signature", "already-awaiting-signature", "sent"]);
  });
});

describe("trying and repeating", () => {
  it("a dry run answers and writes nothing", async () => {
    const giulia = await world.person();
    const body = await world.body();
    const before = await rows();
    const tried = await giulia.call(api.onboarding.submit, {
      body: world.request(body),
      dryRun: true,
      idempotencyKey: "prova",
    });
    expect(tried).toMatchObject({ state: "submitted", institution: { name: body.name } });
    expect(
      await codeOf(
        giulia.call(api.onboarding.submit, { body: world.request(body, { productId: "no" }), dryRun: true }),
      ),
    ).toBe("product-unknown");
    expect(await rows()).toEqual(before);
    expect(await codeOf(giulia.call(api.onboarding.read, { params: { onboardingId: tried.id } }))).toBe(
      "onboarding-unknown",
    );
    expect((await submit(giulia, world.request(body))).state).toBe("submitted");
  });

  it("the same key gives the first answer again, and another body under it is refused", async () => {
    const giulia = await world.person();
    const request = world.request(await world.body());
    const first = await giulia.call(api.onboarding.submit, { body: request, idempotencyKey: "k1" });
    const before = await rows();
    expect(await giulia.call(api.onboarding.submit, { body: request, idempotencyKey: "k1" })).toEqual(first);
    const other = await refusalOf(
      giulia.call(api.onboarding.submit, { body: world.request(await world.body()), idempotencyKey: "k1" }),
    );
    expect([other.code, other.status]).toEqual(["idempotency-key-reused", 422]);
    expect({ ...(await rows()), registry_bodies: 0 }).toEqual({ ...before, registry_bodies: 0 });
    // A key is of one person: somebody else's is another.
    const marco = await world.person();
    expect((await marco.call(api.onboarding.submit, { body: request, idempotencyKey: "k1" })).id).not.toBe(first.id);
    // A refusal is not kept: mended, the same key serves.
    expect(await codeOf(giulia.call(api.onboarding.submit, { body: request, idempotencyKey: "k2" }))).toBe(
      "already-awaiting-signature",
    );
    expect(
      (await giulia.call(api.onboarding.submit, { body: world.request(await world.body()), idempotencyKey: "k2" }))
        .state,
    ).toBe("submitted");
  });

  it("the same key at the same moment writes once", async () => {
    const giulia = await world.person();
    const request = world.request(await world.body());
    const outcomes = await Promise.all(
      [1, 2, 3, 4].map(() =>
        giulia.call(api.onboarding.submit, { body: request, idempotencyKey: "kk" }).then(
          (o) => o.id,
          (e: { code?: string }) => e.code,
        ),
      ),
    );
    const ids = new Set(outcomes.filter((o) => o !== "idempotency-key-running"));
    expect(ids.size).toBe(1);
    expect((await giulia.call(api.onboarding.mine, {})).items.map((o) => o.id)).toEqual([...ids]);
  });

  it("what one sent is listed page by page, newest first, to who sent it", async () => {
    const giulia = await world.person();
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.unshift((await submit(giulia, world.request(await world.body()))).id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await giulia.call(api.onboarding.mine, { query: { limit: 2, ...(cursor ? { cursor } : {}) } });
      seen.push(...page.items.map((o) => o.id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen).toEqual(ids);
    expect((await (await world.person()).call(api.onboarding.mine, {})).items).toEqual([]);
  });
});
