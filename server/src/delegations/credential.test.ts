import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { api } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorld, root, type World } from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const folder = mkdtempSync(join(tmpdir(), "area-verify-"));
/** What somebody without network holds: three files, and a program of one. */
const offline = (files: { credential: string; keys: string; list: string }, more: string[] = []) => {
  const path = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const done = spawnSync(
    process.execPath,
    [
      join(root, "verify/area-verify.mjs"),
      path("delega.jwt", files.credential),
      "--keys",
      path("keys.json", files.keys),
      "--list",
      path("list.jwt", files.list),
      ...more,
    ],
    { encoding: "utf8" },
  );
  return { code: done.status, verdict: done.stdout ? (JSON.parse(done.stdout) as { verdict: string }).verdict : "" };
};

describe("a delegation as a statement", () => {
  it("is checked by anyone, on line and off, and stops being valid when it is suspended, changed or revoked", async () => {
    const [town, firm] = [await world.municipality("Comune di Borgo Esempio"), await world.partner()];
    const id = await world.delegate(town, firm);
    const [giver, taker] = [await town.admin(), await firm.admin()];
    const at = (institutionId: string) => ({ params: { institutionId, delegationId: id } });
    const issue = async () => (await taker.call(api.delegations.credential, at(firm.id))).text();
    const list = async () => (await world.anonymous(api.delegations.statusList, {})).text();
    const keys = JSON.stringify(await world.anonymous(api.delegations.keys, {}));
    const check = async (credential: string) => {
      const online = (await world.anonymous(api.delegations.check, { body: { credential } })).verdict;
      const off = offline({ credential, keys, list: await list() });
      return [online, off.verdict, off.code];
    };
    const first = await issue();
    expect(await world.anonymous(api.delegations.check, { body: { credential: first } })).toMatchObject({
      verdict: "valid",
      statement: { delegator: { name: "Comune di Borgo Esempio" }, permissions: ["pagopa:ibans:read"] },
    });
    expect(await check(first)).toEqual(["valid", "valid", 0]);
    const before = await list();

    const why = { body: { reason: "Verifica" } };
    await giver.call(api.delegations.suspend, { ...at(town.id), ...why });
    expect(await check(first)).toEqual(["suspended", "suspended", 1]);
    await giver.call(api.delegations.resume, at(town.id));
    expect(await check(first)).toEqual(["valid", "valid", 0]);

    // What it says is no longer so: a statement made before a change is over, a new one says the new limits.
    const { version } = await giver.call(api.delegations.read, at(town.id));
    await giver.call(api.delegations.change, {
      ...at(town.id),
      body: { permissions: ["pagopa:ibans:read"], environment: "test" },
      version,
    });
    expect(await check(first)).toEqual(["not-valid", "not-valid", 1]);
    const second = await issue();
    expect(await check(second)).toEqual(["valid", "valid", 0]);

    await giver.call(api.delegations.revoke, { ...at(town.id), ...why });
    expect(await check(second)).toEqual(["not-valid", "not-valid", 1]);
    await expect(issue()).rejects.toMatchObject({ code: "delegation-state" });
    // A list that was kept holds a quarter of an hour, and says so afterwards.
    expect(offline({ credential: first, keys, list: before }).verdict).toBe("valid");
    const later = new Date(Date.now() + 16 * 60_000).toISOString();
    expect(offline({ credential: first, keys, list: before }, ["--at", later]).verdict).toBe("list-stale");
    const inYears = new Date(Date.now() + 400 * 86_400_000).toISOString();
    expect(offline({ credential: first, keys, list: before }, ["--at", inYears]).verdict).toBe("expired");
  });

  it("is checked on a page that needs no script", async () => {
    const [town, firm] = [await world.municipality("Comune <b>di Prova"), await world.partner()];
    const id = await world.delegate(town, firm);
    const credential = await (
      await (
        await firm.admin()
      ).call(api.delegations.credential, {
        params: { institutionId: firm.id, delegationId: id },
      })
    ).text();
    const page = async (typed?: string) =>
      (
        await world.fetch("http://portal.test/verifica-delega", {
          headers: { accept: "text/html", "content-type": "application/x-www-form-urlencoded" },
          ...(typed === undefined
            ? {}
            : { method: "POST", body: new URLSearchParams({ credential: typed }).toString() }),
        })
      ).text();
    expect(await page()).toContain("Verifica una delega");
    const good = await page(credential);
    expect(good).toContain("Vale adesso");
    expect(good).toContain("Comune &lt;b&gt;di Prova");
    expect(await page("x.y.z<script>")).toContain("Non è un’attestazione di questo portale");
    expect(await page("</textarea><script>")).not.toContain("<script>");
  });

  it("is not taken from anybody else, nor changed, nor with another kind of paper", async () => {
    const [town, firm] = [await world.municipality(), await world.partner()];
    const id = await world.delegate(town, firm);
    const taker = await firm.admin();
    const given = await (
      await taker.call(api.delegations.credential, { params: { institutionId: firm.id, delegationId: id } })
    ).text();
    const keys = JSON.stringify(await world.anonymous(api.delegations.keys, {}));
    const list = await (await world.anonymous(api.delegations.statusList, {})).text();
    const [head, body, signature] = given.split(".") as [string, string, string];
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as { delegation: object };
    const wider = encode({ ...claims, delegation: { ...claims.delegation, permissions: ["pagopa:ibans:write"] } });
    const forged = [
      `${head}.${wider}.${signature}`,
      `${encode({ alg: "none", typ: "delegation+jwt" })}.${body}.`,
      `${encode({ alg: "HS256", typ: "delegation+jwt" })}.${body}.${signature}`,
      list,
      "",
      "a.b.c",
      `${given}.x`,
    ];
    for (const credential of forged) {
      expect(offline({ credential, keys, list }).verdict).toBe("not-genuine");
      if (credential)
        expect((await world.anonymous(api.delegations.check, { body: { credential } })).verdict).toBe("not-ours");
    }
    // Another portal's keys and list are not ours.
    const elsewhere = await makeWorld();
    try {
      const otherKeys = JSON.stringify(await elsewhere.anonymous(api.delegations.keys, {}));
      expect(offline({ credential: given, keys: otherKeys, list }).verdict).toBe("not-genuine");
      expect((await elsewhere.anonymous(api.delegations.check, { body: { credential: given } })).verdict).toBe(
        "not-ours",
      );
    } finally {
      await elsewhere.close();
    }
    expect(offline({ credential: given, keys, list: given }).verdict).toBe("not-genuine");
  });

  it("goes over to another key on a day that is known before, and what was signed holds until it ends", async () => {
    const day = 86_400_000;
    const turn = new Date(Math.ceil(Date.now() / day) * day + day);
    const house = await makeWorld({ env: { STATEMENT_KEYS: `1,2@${turn.toISOString().slice(0, 10)}` } });
    let passed = 0;
    const pass = (ms: number) => {
      passed += ms;
      house.pass(ms);
    };
    try {
      const [town, firm] = [await house.municipality(), await house.partner()];
      const id = await house.delegate(town, firm);
      const issue = async () => {
        const taker = await firm.admin();
        return (
          await taker.call(api.delegations.credential, { params: { institutionId: firm.id, delegationId: id } })
        ).text();
      };
      const kidOf = (jws: string) =>
        (JSON.parse(Buffer.from(jws.split(".")[0]!, "base64url").toString()) as { kid: string }).kid;
      const keys = () => house.anonymous(api.delegations.keys, {});
      const check = async (credential: string) => {
        const online = (await house.anonymous(api.delegations.check, { body: { credential } })).verdict;
        const list = await (await house.anonymous(api.delegations.statusList, {})).text();
        const at = new Date(Date.now() + passed).toISOString();
        const { verdict } = offline({ credential, keys: JSON.stringify(await keys()), list }, ["--at", at]);
        return [online, verdict];
      };
      const first = await issue();
      // Whoever fetches the keys before the day has both.
      const [one, two] = (await keys()).keys.map(({ kid }) => kid);
      expect(kidOf(first)).toBe(one);
      expect(await check(first)).toEqual(["valid", "valid"]);
      pass(3 * day);
      const second = await issue();
      expect(kidOf(second)).toBe(two);
      expect(await check(first)).toEqual(["valid", "valid"]);
      expect(await check(second)).toEqual(["valid", "valid"]);
      // A year later nothing that the first key signed can hold: it is withdrawn.
      pass(366 * day);
      expect((await keys()).keys.map(({ kid }) => kid)).toEqual([two]);
      expect((await check(first))[0]).toBe("not-ours");
    } finally {
      await house.close();
    }
  });
});
