import { api, profilesWith } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { whoMay } from "../people/index.ts";
import { databaseKind, makeWorld, type World } from "../testing/world.ts";

/* The second wall: a query that forgot its `where` finds nothing that is not of the transaction's institution or person. */
let world: World;
let ownTown: ReturnType<World["municipality"]>;
let own: string;
let other: string;
beforeAll(async () => {
  world = await makeWorld();
  ownTown = world.municipality("Comune Uno");
  own = (await ownTown).id;
  other = (await world.municipality("Comune Due")).id;
  const person = await world.person();
  await person.call(api.onboarding.submit, { body: world.request(await world.body()) });
  await person.call(api.onboarding.drafts.open, { body: { productId: "pagopa" } });
  await world.settle();
});
afterAll(() => world.close());

const guarded = async () =>
  (
    await world.database.asSystem(({ connection }) =>
      connection.query<{ name: string }>(
        "select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' and c.relrowsecurity order by 1",
      ),
    )
  ).rows.map((r) => r.name);

describe(`row-level security on ${databaseKind}`, () => {
  it("guards every table that belongs to an institution", async () => {
    const { rows } = await world.database.asSystem(({ connection }) =>
      connection.query<{ name: string }>(
        "select distinct c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid where n.nspname = 'public' and c.relkind = 'r' and a.attname = 'institution_id' and not c.relrowsecurity",
      ),
    );
    expect(rows).toEqual([]);
  });

  it("shows nothing to a transaction that says for nobody", async () => {
    for (const table of await guarded()) {
      const { rows } = await world.database.transaction({}, ({ connection }) =>
        connection.query<{ n: number }>(`select count(*)::int as n from ${table}`),
      );
      expect([table, rows[0]!.n]).toEqual([table, 0]);
    }
  });

  it("shows to an institution its own rows alone", async () => {
    for (const table of await guarded()) {
      const hasColumn = await world.database.asSystem(({ connection }) =>
        connection.query(
          "select 1 from information_schema.columns where table_name = $1 and column_name = 'institution_id'",
          [table],
        ),
      );
      if (hasColumn.rows.length === 0) continue;
      const { rows } = await world.database.transaction({ institution: own }, ({ connection }) =>
        connection.query<{ institution_id: string | null }>(`select distinct institution_id from ${table}`),
      );
      expect([table, rows.filter((r) => r.institution_id !== own)]).toEqual([table, []]);
    }
  });

  it("shows to a delegate what is delegated, in its environment, and nothing else of the institution", async () => {
    const firm = await world.partner();
    await world.delegate(await ownTown, firm);
    const maker = await world.confirm(await (await ownTown).member("administrator", { productId: "pagopa" }));
    for (const environment of ["test", "production"] as const)
      await maker.call(api.pagopa.ibans.register, {
        params: { institutionId: own },
        query: { environment },
        body: { iban: "IT60X0542811101000000123456", description: "Conto", validFrom: "2099-01-01" },
      });
    const seen = async (mandate: string) => {
      const rows: Record<string, number> = {};
      for (const table of await guarded()) {
        const { rows: counted } = await world.database.transaction({ delegator: own, mandate }, ({ connection }) =>
          connection.query<{ n: number }>(`select count(*)::int as n from ${table}`),
        );
        if (counted[0]!.n > 0) rows[table] = counted[0]!.n;
      }
      return rows;
    };
    const name = { institutions: 1, institution_products: 1 };
    expect(await seen("pagopa/test")).toEqual({ ...name, ibans: 1 });
    expect(await seen("pagopa/production")).toEqual({ ...name, ibans: 1 });
    expect(await seen("pagopa/both")).toEqual(name);
    expect(await seen("io/test")).toEqual({ institutions: 1 });
    expect(await seen("")).toEqual({ institutions: 1 });
    const write = (environment: string) =>
      world.database.transaction({ delegator: own, mandate: "pagopa/test" }, ({ connection }) =>
        connection.query("update ibans set description = 'x' where environment = $1", [environment]),
      );
    expect((await write("test")).affected).toBe(1);
    expect((await write("production")).affected).toBe(0);
  });

  it("shows a delegation to both its sides, and to nobody else", async () => {
    const firm = await world.partner();
    await world.delegate(await ownTown, firm);
    const seen = async (institution: string) =>
      (
        await world.database.transaction({ institution }, ({ connection }) =>
          connection.query<{ n: number }>("select count(*)::int as n from delegations where partner_id = $1", [
            firm.id,
          ]),
        )
      ).rows[0]!.n;
    expect([await seen(own), await seen(firm.id), await seen(other)]).toEqual([1, 1, 0]);
  });

  it("closes the institution to work that left together with a question answered no", async () => {
    const town = await ownTown;
    const allowed = await town.member("administrator");
    const narrow = await town.member("operator");
    const stranger = await world.person();
    const suspended = await town.member("administrator", { state: "suspended" });
    const ask = whoMay(30);
    const seen = (sessionHash: Buffer, institutionId: string, now = new Date()) =>
      world.database.transaction({ institution: institutionId }, async ({ connection }) => {
        const [who, rows] = await Promise.all([
          ask(connection, {
            sessionHash,
            institutionId,
            wants: {
              permission: "institution:people:write",
              productId: "institution",
              profiles: profilesWith("institution:people:write"),
              resource: null,
            },
            now,
            closing: true,
          }),
          connection.query<{ n: number }>("select count(*)::int as n from institution_products"),
        ]);
        return [who.permitted, rows.rows[0]!.n > 0];
      });
    expect(await seen(allowed.hash, own)).toEqual([true, true]);
    expect(await seen(narrow.hash, own)).toEqual([false, false]);
    expect(await seen(stranger.hash, own)).toEqual([false, false]);
    expect(await seen(allowed.hash, other)).toEqual([false, false]);
    expect(await seen(suspended.hash, own)).toEqual([false, false]);
    expect(await seen(Buffer.alloc(32), own)).toEqual([false, false]);
    // A session that nobody used for too long closes it too.
    expect(await seen(allowed.hash, own, new Date(Date.now() + 31 * 60_000))).toEqual([false, false]);
  });

  it("lets nobody write a row of another institution", async () => {
    const write = world.database.transaction({ institution: own }, ({ connection }) =>
      connection.query(
        "insert into findings (audience, institution_id, kind, severity, raised_at) values ('institution', $1, 'x', 'progress', now())",
        [other],
      ),
    );
    await expect(write).rejects.toMatchObject({ code: "42501" });
  });

  it("lets the application append to the trail only through the recorder, and change nothing there", async () => {
    for (const sql of [
      "update audit_lines set action = 'x'",
      "delete from audit_lines",
      "insert into audit_lines (chain, sequence, at, action, outcome, body, previous_digest, digest) values ('portal', 999, now(), 'x', 'done', '{}', '', '')",
      "update audit_chains set sequence = 0",
    ])
      await expect(world.database.asSystem(({ connection }) => connection.query(sql))).rejects.toMatchObject({
        code: "42501",
      });
  });

  it("forgets its settings with the transaction", async () => {
    await world.database.transaction({ institution: own }, ({ connection }) => connection.query("select 1"));
    const { rows } = await world.engine.borrow((c) =>
      c.query<{ i: string }>("select current_setting('app.institution', true) as i"),
    );
    expect(rows[0]!.i ?? "").toBe("");
  });
});
