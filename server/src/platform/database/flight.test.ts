import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseKind, makeWorld, type World } from "../../testing/world.ts";
import type { Connection } from "./connection.ts";

/* Statements of one turn fly together; what one of them breaks must not outlive its transaction. */
let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.database.engine.script("create table flown (n int primary key); grant all on flown to ar_app");
});
afterAll(() => world.close());

const states = (told: PromiseSettledResult<unknown>[]) => told.map((t) => t.status === "fulfilled");

describe(`statements that fly together on ${databaseKind}`, () => {
  it("answers each its own rows, in order, however many wait", async () => {
    await world.database.asSystem(async ({ connection }) => {
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          i % 3 === 0
            ? connection.query("select $1::int as n, $2::text as t, null as nothing", [i, `è ${i}`])
            : i % 3 === 1
              ? connection.query("select generate_series(1, $1::int) as n", [i])
              : connection.query("insert into flown values ($1) on conflict do nothing", [i]),
        ),
      );
      expect(answers[0]!.rows).toEqual([{ n: 0, t: "è 0", nothing: null }]);
      expect(answers.map((a) => (a.rows.length === 0 ? a.affected : a.rows.length))).toEqual(
        Array.from({ length: 40 }, (_, i) => (i % 3 === 1 ? i : 1)),
      );
    });
  });

  it("takes with a statement that fails those behind it, and gives back a connection that works", async () => {
    for (let i = 0; i < 20; i++) {
      const work = world.database.transaction({ purpose: "system" }, async ({ connection }) => {
        const told = await Promise.allSettled([
          connection.query("insert into flown values ($1)", [1000 + i]),
          connection.query("select 1 / ($1::int - $1::int) as broken", [1]),
          connection.query("insert into flown values ($1)", [2000 + i]),
        ]);
        expect(states(told)).toEqual([true, false, false]);
        throw new Error("let go");
      });
      await expect(work).rejects.toThrow("let go");
      // Not waited for, and broken: the rollback must not fall with it.
      const careless = world.database.transaction({ purpose: "system" }, async ({ connection }) => {
        connection.query("select * from what_is_not_there").catch(() => undefined);
        throw new Error("too soon");
      });
      await expect(careless).rejects.toThrow();
    }
    const many = await Promise.all(
      Array.from({ length: 20 }, () =>
        world.database.asSystem(({ connection }) =>
          connection.query<{ n: number }>("select count(*)::int as n from flown where n >= 1000"),
        ),
      ),
    );
    expect(many.map(({ rows }) => rows[0]!.n)).toEqual(Array(20).fill(0));
  });

  it("asks again what PostgreSQL did not understand the first time", async () => {
    const ask = (connection: Connection) => connection.query<{ n: number }>("select n from not_yet order by n");
    for (let i = 0; i < 3; i++)
      await expect(world.database.asSystem(({ connection }) => ask(connection))).rejects.toThrow();
    await world.database.engine.script(
      "create table not_yet (n int); grant all on not_yet to ar_app; insert into not_yet values (7)",
    );
    for (let i = 0; i < 3; i++)
      expect((await world.database.asSystem(({ connection }) => ask(connection))).rows).toEqual([{ n: 7 }]);
  });
});
