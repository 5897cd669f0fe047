import { describe, expect, it } from "vitest";
import { migrations } from "../../testing/world.ts";
import { RefusedToStart } from "../config.ts";
import { embeddedEngine } from "./embedded.ts";
import { migrate } from "./migrate.ts";

describe("a database of another version", () => {
  it("of an older one is brought to this, step by step, and once", async () => {
    const engine = await embeddedEngine(null);
    const all = migrations();
    expect(await migrate(engine, all.slice(0, 3))).toHaveLength(3);
    expect(await migrate(engine, all)).toEqual(all.slice(3).map((m) => m.name));
    expect(await migrate(engine, all)).toEqual([]);
    // A step that fails leaves nothing behind.
    const broken = { name: "9999-broken.sql", sql: "create table half (id int); select 1/0;", digest: "x" };
    await expect(migrate(engine, [...all, broken])).rejects.toThrow();
    expect(await engine.script("select to_regclass('public.half') as half")).toEqual([{ half: null }]);
    // A newer one, or a step edited after it ran, is refused with what to do.
    await expect(migrate(engine, all.slice(0, -1))).rejects.toThrow(RefusedToStart);
    await expect(migrate(engine, all.slice(0, -1))).rejects.toThrow(/newer version/);
    await expect(migrate(engine, [{ ...all[0]!, digest: "edited" }, ...all.slice(1)])).rejects.toThrow(
      /changed after it ran/,
    );
    await engine.close();
  });
});
