import { api, elevenDigitCode } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activate } from "../institutions/index.ts";
import { writeBodies } from "../registries/store.ts";
import { codeOf, refusalOf } from "../testing/refusals.ts";
import { type Body, makeWorld, type SignedIn, someone, type World } from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

let serial = Math.floor(Math.random() * 1e5);
const codes = (count: number) => Array.from({ length: count }, () => elevenDigitCode(String(5_000_000_000 + serial++)));
/** Bodies of the registry that joined nothing, written together. */
const bodies = async (taxCodes: readonly string[], category = "L6"): Promise<Body[]> => {
  const made = taxCodes.map((taxCode) => ({
    ipaCode: `c_g${taxCode}`,
    name: `Comune Aggregato ${taxCode}`,
    taxCode,
    pec: `protocollo@pec.g${taxCode}.example`,
  }));
  await world.database.asSystem(({ connection }) =>
    writeBodies(
      connection,
      made.map((b) => ({ ...b, category, address: "Piazza 1", zipCode: "20121", city: "Prova" })),
      new Date(),
    ),
  );
  return made;
};
/** A municipality that is active on App IO, where one may join for others. */
const aggregator = async () => {
  const place = await world.municipality();
  await world.database.asSystem(({ db }) =>
    activate(db, {
      institutionId: place.id,
      productId: "io",
      productVersion: 1,
      kind: "PA",
      origin: "IPA",
      onboardingId: "00000000-0000-4000-8000-000000000000",
      at: new Date(),
      vatNumber: null,
      recipientCode: null,
      invoicedTaxCode: null,
      geographicAreas: [],
    }),
  );
  return { place, admin: await place.admin(), at: { institutionId: place.id, productId: "io" } };
};
type Aggregator = Awaited<ReturnType<typeof aggregator>>;
const csv = (lines: string[], head = "taxCode;vatNumber;subunitType;subunitCode") =>
  new Blob([new Uint8Array(Buffer.from([head, ...lines, ""].join("\n")))]);
const check = ({ admin, at }: Pick<Aggregator, "admin" | "at">, file: Blob) =>
  admin.call(api.aggregates.check, { params: at, body: {}, file, fileName: "enti.csv" });
const rowsOf = async ({ admin, at }: Aggregator, fileId: string, state?: "refused" | "joined" | "skipped") =>
  (
    await admin.call(api.aggregates.rows, {
      params: { ...at, fileId },
      query: { limit: 100, ...(state ? { state } : {}) },
    })
  ).items;
/** The agreement for the file, signed by whom it names. */
const sign = async ({ place, admin, at }: Aggregator, fileId: string) => {
  const manager = someone();
  const asked = await admin.call(api.aggregates.request, { params: { ...at, fileId }, body: { manager } });
  await world.settle();
  const token = world
    .linksTo(place.body.pec)
    .find((l) => l.includes("/accordo/"))!
    .split("/accordo/")[1]!;
  const issued = new Uint8Array(
    await (await world.anonymous(api.onboarding.links.document, { body: { token } })).arrayBuffer(),
  );
  const signed = world.cades(issued, await world.signer(manager));
  await world.anonymous(api.onboarding.links.upload, {
    body: { token },
    file: new Blob([new Uint8Array(signed)]),
    fileName: "accordo.p7m",
  });
  return asked;
};
const read = ({ admin, at }: { admin: SignedIn; at: Aggregator["at"] }, fileId: string) =>
  admin.call(api.aggregates.read, { params: { ...at, fileId } });

describe("a file of an aggregator", () => {
  it("gets a verdict for each row: three bad ones are said, the others stay", async () => {
    const own = await aggregator();
    const good = codes(4);
    await bodies(good);
    const [unknown, companies] = codes(2) as [string, string];
    await bodies([companies], "S01G");
    const file = await check(
      own,
      csv([
        `${good[0]};;;`,
        `12345678901;;;`,
        `${good[1]};;;`,
        `${unknown};;;`,
        "",
        `(*) il codice fiscale dell’ente;;;`,
        `${good[2]};;UO;`,
        `${good[0]};;;`,
        `${good[3]};123;;`,
        `${companies};;;`,
        `${own.place.body.taxCode};;;`,
      ]),
    );
    expect(file).toMatchObject({ rows: 9, accepted: 2, refused: 7, joined: 0, onboardingId: null, name: "enti.csv" });
    expect((await rowsOf(own, file.id, "refused")).map((r) => [r.line, r.problem, r.facts])).toEqual([
      [3, "tax-code-wrong", {}],
      [5, "not-in-registry", {}],
      [8, "unit-incomplete", {}],
      [9, "repeated", { line: 2 }],
      [10, "vat-number-wrong", {}],
      [11, "kind-not-admitted", { kind: "SCEC" }],
      [12, "own", {}],
    ]);
    expect((await rowsOf(own, file.id)).find((r) => r.line === 2)).toMatchObject({
      state: "accepted",
      name: `Comune Aggregato ${good[0]}`,
    });
  });

  it("is signed for once, and its rows join in batches, each institution under the aggregator", async () => {
    const own = await aggregator();
    const good = codes(120);
    const made = await bodies(good);
    const { id } = await check(own, csv(good.map((code) => `${code};;;`)));
    const asked = await sign(own, id);
    expect(asked).toMatchObject({ onboardingState: "submitted" });
    await world.settle();
    expect(await read(own, id)).toMatchObject({
      joined: 120,
      skipped: 0,
      onboardingState: "completed",
      appliedAt: expect.any(String),
    });
    const { rows } = await world.database.asSystem(({ connection }) =>
      connection.query<{ n: number; aggregators: string[] }>(
        `select count(*)::int as n, array_agg(distinct p.aggregator_id::text) as aggregators from institution_products p join institutions i on i.id = p.institution_id
          where p.product_id = 'io' and p.state = 'active' and i.tax_code = any ($1::text[])`,
        [good],
      ),
    );
    expect(rows[0]).toEqual({ n: 120, aggregators: [own.place.id] });
    // The agreement names the list by number and digest.
    const pec = world.sent.filter((m) => m.to === own.place.body.pec).map((m) => m.subject);
    expect(pec.some((s) => s.includes("da firmare"))).toBe(true);
    expect(pec.at(-1)).toBe("Enti aggiunti a App IO: 120");
    expect(pec.some((s) => s.includes("è attivo"))).toBe(false);
    expect(
      await codeOf(
        own.admin.call(api.aggregates.request, { params: { ...own.at, fileId: id }, body: { manager: someone() } }),
      ),
    ).toBe("aggregate-file-used");
    // Whoever joined is refused in the next file.
    const again = await check(own, csv([`${made[0]!.taxCode};;;`]));
    expect((await rowsOf(own, again.id))[0]).toMatchObject({ state: "refused", problem: "already-active" });
    expect(
      await codeOf(
        own.admin.call(api.aggregates.request, {
          params: { ...own.at, fileId: again.id },
          body: { manager: someone() },
        }),
      ),
    ).toBe("aggregate-file-empty");
  });

  it("goes on after a crash where it was, and does nothing twice", async () => {
    const own = await aggregator();
    const good = codes(130);
    await bodies(good);
    const { id } = await check(own, csv(good.map((code) => `${code};;;`)));
    const system = (statement: string) => world.engine.script(statement);
    // In the third batch the database fails: the first two are kept.
    await system(`create function fail_late() returns trigger language plpgsql as $$ begin
        if new.line > 110 and new.state = 'joined' then raise exception 'the power went'; end if; return new; end $$;
      create trigger fail_late before update on aggregate_rows for each row execute function fail_late();`);
    await sign(own, id);
    await world.settle().catch(() => undefined);
    expect(await read(own, id)).toMatchObject({ joined: 100, appliedAt: null });
    await system("drop trigger fail_late on aggregate_rows; drop function fail_late();");
    await world.database.asSystem(({ connection }) =>
      connection.query("update deliveries set next_at = now() where state = 'waiting'"),
    );
    await world.settle();
    expect(await read(own, id)).toMatchObject({ joined: 130, skipped: 0, appliedAt: expect.any(String) });
    const { rows } = await world.database.asSystem(({ connection }) =>
      connection.query<{ n: number }>(
        `select count(*)::int as n from events e join institutions i on i.id = e.institution_id
          where e.type = 'institutions.product.activated' and e.payload ->> 'productId' = 'io' and i.tax_code = any ($1::text[])`,
        [good],
      ),
    );
    expect(rows[0]!.n).toBe(130);
  });

  it("skips what became impossible between the check and its turn, and says why", async () => {
    const own = await aggregator();
    const good = codes(3);
    await bodies(good);
    const { id } = await check(own, csv(good.map((code) => `${code};;;`)));
    await world.database.asSystem(({ connection }) =>
      connection.query("update registry_bodies set state = 'ended' where tax_code = $1", [good[1]]),
    );
    await sign(own, id);
    await world.settle();
    expect(await read(own, id)).toMatchObject({ joined: 2, skipped: 1 });
    expect(await rowsOf(own, id, "skipped")).toMatchObject([{ taxCode: good[1], problem: "ended" }]);
  });

  it("of 10,000 rows is checked in one request, every row with its verdict", async () => {
    const own = await aggregator();
    const many = codes(10_000);
    await bodies(many.slice(0, 2_000));
    const file = await check(
      own,
      csv(many.map((code, n) => (n % 1000 === 999 ? `${code.slice(1)};;;` : `${code};;;`))),
    );
    expect(file).toMatchObject({ rows: 10_000, accepted: 1_998, refused: 8_002 });
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await own.admin.call(api.aggregates.rows, {
        params: { ...own.at, fileId: file.id },
        query: { state: "refused", limit: 100, cursor },
      });
      seen.push(...page.items.map((r) => r.line));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(8_002);
    expect(new Set(seen).size).toBe(8_002);
  }, 120_000);

  it("is refused whole when it cannot be read, and where nobody joins for others", async () => {
    const own = await aggregator();
    for (const [file, code] of [
      [csv(["x"], "altro"), "aggregate-file-malformed"],
      [csv(['"mai chiusa;;;']), "aggregate-file-malformed"],
      [new Blob([]), "file-missing"],
    ] as const)
      expect((await refusalOf(check(own, file))).code).toBe(code);
    const dry = await own.admin.call(api.aggregates.check, {
      params: own.at,
      body: {},
      file: csv([`${codes(1)[0]};;;`]),
      dryRun: true,
    });
    expect(dry).toMatchObject({ rows: 1, refused: 1 });
    expect((await own.admin.call(api.aggregates.list, { params: own.at, query: {} })).items).toEqual([]);
    const pagopa = { ...own, at: { ...own.at, productId: "pagopa" } };
    expect(await codeOf(check(pagopa, csv([`${codes(1)[0]};;;`])))).toBe("aggregates-not-allowed");
    expect(await codeOf(check({ ...own, at: { ...own.at, productId: "send" } }, csv(["1;;;"])))).toBe(
      "product-not-active",
    );
  });
});
