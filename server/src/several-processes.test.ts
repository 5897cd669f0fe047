import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { api, isProblem } from "@area/api";
import { describe, expect, it } from "vitest";
import { holdDirectory, holderOf } from "./platform/database/lock.ts";
import { postgresEngine } from "./platform/database/postgres.ts";
import { databaseKind, makeWorld } from "./testing/world.ts";

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (e: unknown) => (isProblem(e) ? e.code : String(e)),
  );

describe("an embedded data directory", () => {
  it("belongs to one process at a time, and is taken over from one that was killed", async () => {
    const directory = mkdtempSync(join(tmpdir(), "area-lock-"));
    // Somebody alive: the process that runs this test's parent.
    writeFileSync(join(directory, "holder.json"), JSON.stringify({ pid: process.ppid, since: "2026-11-23T10:00:00Z" }));
    expect(holdDirectory(directory)).toMatchObject({ held: false, holder: { pid: process.ppid } });
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    writeFileSync(join(directory, "holder.json"), JSON.stringify({ pid: gone, since: "2026-11-23T10:00:00Z" }));
    expect(holderOf(directory)).toBeNull();
    const hold = (holder: object) => writeFileSync(join(directory, "holder.json"), JSON.stringify(holder));
    if (process.platform === "linux") {
      // A number that another process took over since: not who held the directory.
      hold({ pid: process.ppid, born: "1", since: "2026-11-23T10:00:00Z" });
      expect(holderOf(directory)).toBeNull();
      // Ended, and never waited for by its parent, as orphans are where the first process of a container does not care.
      const parent = spawn("sh", ["-c", "sleep 0.05 & echo $!; exec sleep 30"], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      const zombie = Number(String((await once(parent.stdout, "data"))[0]));
      const state = () => /\) (\S)/.exec(readFileSync(`/proc/${zombie}/stat`, "utf8"))?.[1];
      while (state() !== "Z") await new Promise((r) => setTimeout(r, 20));
      hold({ pid: zombie, since: "2026-11-23T10:00:00Z" });
      expect(holderOf(directory)).toBeNull();
      parent.kill();
    }
    const mine = holdDirectory(directory);
    expect(mine.held).toBe(true);
    expect(holderOf(directory)?.pid).toBe(process.pid);
    if (mine.held) mine.release();
    expect(holderOf(directory)).toBeNull();
  });
});

// What only a real PostgreSQL can show: two processes at once, and a statement that takes too long.
if (databaseKind === "postgres")
  describe("two processes on one PostgreSQL", () => {
    it("accept a signed agreement once, and send each message once", async () => {
      const one = await makeWorld();
      const two = await makeWorld({ beside: { url: one.url!, dataDir: one.dataDir } });
      try {
        const requester = await one.person();
        const body = await one.body();
        const request = one.request(body);
        const manager = { ...request.manager, familyName: request.manager.familyName };
        const onboarding = await requester.call(api.onboarding.submit, { body: request });
        await Promise.all([one.settle(), two.settle()]);
        const pecs = [...one.sent, ...two.sent].filter((m) => m.to === body.pec);
        expect(pecs).toHaveLength(1);
        const token = /\/accordo\/(\S+)/.exec(pecs[0]!.text)![1]!;
        const pdf = Buffer.from(
          await (await one.anonymous(api.onboarding.links.document, { body: { token } })).arrayBuffer(),
        );
        const signed = new Uint8Array(one.cades(pdf, await one.signer(manager)));
        const upload = (w: typeof one) =>
          codeOf(
            w.anonymous(api.onboarding.links.upload, {
              body: { token },
              file: new Blob([signed]),
              fileName: "accordo.pdf.p7m",
            }),
          );
        // The second process trusts its own test authority: it reads the first one's from the shared folder.
        const answers = await Promise.all([upload(one), upload(two), upload(one), upload(two)]);
        expect(answers.filter((a) => a === "done")).toHaveLength(1);
        expect(new Set(answers)).toEqual(new Set(["done", "link-used"]));
        await Promise.all([one.settle(), two.settle(), one.settle(), two.settle()]);
        const told = [...one.sent, ...two.sent]
          .filter((m) => m.subject.includes("è attivo"))
          .map((m) => m.to)
          .sort();
        expect(told).toEqual([...new Set(told)]);
        const { rows } = await one.database.asSystem(({ connection }) =>
          connection.query<{ n: number }>(
            "select count(*)::int as n from events where type = 'onboarding.completed' and payload ->> 'onboardingId' = $1",
            [onboarding.id],
          ),
        );
        expect(rows[0]!.n).toBe(1);
      } finally {
        await two.close();
        await one.close();
      }
    });

    it("write one institution when many start at once for the same body", async () => {
      const world = await makeWorld();
      const body = await world.body();
      const people = await Promise.all(Array.from({ length: 8 }, () => world.person()));
      const answers = await Promise.all(
        people.map((p) => p.call(api.onboarding.submit, { body: world.request(body) })),
      );
      expect(new Set(answers.map((a) => a.institution.id)).size).toBe(1);
      await world.close();
    });

    it("give up a statement that takes too long, and go on working", async () => {
      const world = await makeWorld();
      const engine = postgresEngine(world.url!, {
        pool: 1,
        log: { info() {}, warn() {}, error() {}, debug() {} },
        statementTimeoutMs: 200,
      });
      await expect(engine.borrow((c) => c.query("select pg_sleep(3)"))).rejects.toMatchObject({ code: "57014" });
      expect((await engine.borrow((c) => c.query("select 1 as one"))).rows).toEqual([{ one: 1 }]);
      await engine.close();
      await world.close();
    });
  });
