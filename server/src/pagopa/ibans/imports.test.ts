import { deflateRawSync } from "node:zlib";
import { api, cinOf, hasIbanCheck, isProblem, type Permission } from "@area/api";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyChain } from "../../audit/index.ts";
import { dayInRome, daysAfter } from "../../platform/days.ts";
import { unzip, ZipRefused } from "../../platform/unzip.ts";
import { databaseKind, makeWorld, type SignedIn, type World } from "../../testing/world.ts";

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
let serial = Math.floor(Math.random() * 1e9);
const account = (abi = "03069"): string => {
  const rest = `${abi}05020${String(serial++).padStart(12, "0")}`;
  for (let n = 2; n < 99; n++) {
    const iban = `IT${String(n).padStart(2, "0")}${cinOf(rest)}${rest}`;
    if (hasIbanCheck(iban)) return iban;
  }
  throw new Error("no check digits");
};
const inDays = (n: number) => daysAfter(dayInRome(world.parts.clock()), n);
const italian = (day: string) => day.split("-").reverse().join("/");
const HEAD = "descrizione,iban,dataattivazioneiban,operazione";
const csv = (...lines: string[]) => [HEAD, ...lines, ""].join("\n");
const town = async () => {
  const own = await world.municipality();
  const admin = async () =>
    world.confirm(await own.member("administrator", { productId: "pagopa" }, await own.member("administrator")));
  return { ...own, admin, one: await admin() };
};
type Town = Awaited<ReturnType<typeof town>>;
type Environment = "test" | "production";
const at = (institutionId: string, environment: Environment = "production") => ({
  params: { institutionId },
  query: { environment },
});
const check = (
  who: SignedIn,
  institutionId: string,
  content: string | Uint8Array,
  more: { environment?: Environment; name?: string; mandate?: string; dryRun?: boolean } = {},
) =>
  who.call(api.pagopa.ibanImports.check, {
    ...at(institutionId, more.environment),
    body: {},
    file: new Blob([content as BlobPart]),
    fileName: more.name ?? "iban.csv",
    ...(more.mandate ? { mandate: more.mandate } : {}),
    ...(more.dryRun ? { dryRun: true } : {}),
  });
const rows = async (who: SignedIn, institutionId: string, importId: string, environment: Environment = "production") =>
  (
    await who.call(api.pagopa.ibanImports.rows, {
      params: { institutionId, importId },
      query: { environment, limit: 100 },
    })
  ).items;
const apply = (
  who: SignedIn,
  institutionId: string,
  importId: string,
  more: { partial?: boolean; environment?: Environment; mandate?: string } = {},
) =>
  who.call(api.pagopa.ibanImports.apply, {
    params: { institutionId, importId },
    query: { environment: more.environment ?? "production" },
    body: { partial: more.partial ?? false },
    ...(more.mandate ? { mandate: more.mandate } : {}),
  });
const list = async ({ id, one }: Town, environment: Environment = "production") =>
  (await one.call(api.pagopa.ibans.list, at(id, environment))).items;
const json = (taxCode: string, ibans: object[]) =>
  JSON.stringify({ creditor_institution_code: taxCode, description: "", ibans });
const zip = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)])));

describe("a file of accounts", () => {
  it("gets a verdict for each row, in words that people can mend by, and changes nothing", async () => {
    const t = await town();
    const { id, one } = t;
    const [kept, labelled] = [account(), account()];
    const add = (iban: string) =>
      one.call(api.pagopa.ibans.register, {
        ...at(id),
        body: { iban, description: "Tesoreria", validFrom: inDays(1) },
      });
    await add(kept);
    const carrying = await add(labelled);
    await one.call(api.pagopa.ibans.label, {
      params: { institutionId: id, ibanId: carrying.id },
      query: { environment: "production" },
      body: { labels: ["cup"] },
      version: 1,
    });
    const fresh = account();
    const seen = await check(
      one,
      id,
      csv(
        `Conto nuovo,${fresh},${italian(inDays(1))},CREATE`,
        `Nome nuovo,${kept},,UPDATE`,
        `Tesoreria,${labelled},,UPDATE`,
        `Conto nuovo,${fresh},${inDays(1)},CREATE`,
        `x,IT12A1234512345123456789012,${inDays(1)},CREATE`,
        `x,${account()},${inDays(0)},CREATE`,
        `x,${account()},31/02/2027,CREATE`,
        `x,${account()},,CREATE`,
        `,${account()},${inDays(1)},CREATE`,
        `x,${account()},${inDays(1)},ERASE`,
        `x,${account()},,UPDATE`,
        `via,${account()},,DELETE`,
        `,${account()},,DELETE`,
        `,${labelled.toLowerCase()},,DELETE`,
        `=cmd|' /C calc'!A0,${account()},${italian(inDays(1)).replaceAll("/", "-")},create`,
      ),
    );
    expect(seen).toMatchObject({
      rows: 15,
      toAdd: 2,
      toUpdate: 1,
      toDelete: 0,
      unchanged: 1,
      refused: 11,
      applied: null,
    });
    const told = (await rows(one, id, seen.id)).map((r) => [r.line, r.verdict, r.problem, r.facts]);
    expect(told).toEqual([
      [2, "accepted", null, {}],
      [3, "accepted", null, {}],
      [4, "unchanged", null, {}],
      [5, "refused", "repeated", { line: 2 }],
      [6, "refused", "iban-wrong", { rule: "wrong-check-digit" }],
      [7, "refused", "begins-too-early", { earliest: inDays(1) }],
      [8, "refused", "date-wrong", {}],
      [9, "refused", "date-missing", {}],
      [10, "refused", "description-missing", {}],
      [11, "refused", "operation-unknown", { written: "ERASE" }],
      [12, "refused", "unknown", {}],
      [13, "refused", "description-not-here", {}],
      [14, "refused", "unknown", {}],
      [15, "refused", "repeated", { line: 4 }],
      [16, "accepted", null, {}],
    ]);
    expect(await list(t)).toHaveLength(2);
    expect(await codeOf(apply(one, id, seen.id))).toBe("iban-import-partial");
    expect((await apply(one, id, seen.id, { partial: true })).applied?.by).toContain(one.name.familyName);
    const after = new Map((await list(t)).map((i) => [i.iban, i.description]));
    expect([after.size, after.get(fresh), after.get(kept)]).toEqual([4, "Conto nuovo", "Nome nuovo"]);
    expect((await verifyChain(world.database, id)).whole).toBe(true);
  });

  it("applied twice, or uploaded twice, does nothing twice", async () => {
    const t = await town();
    const content = csv(`Uno,${account()},${inDays(2)},CREATE`, `Due,${account()},${inDays(2)},CREATE`);
    const first = await check(t.one, t.id, content);
    const applied = await apply(t.one, t.id, first.id);
    expect(await apply(t.one, t.id, first.id)).toEqual(applied);
    const again = await check(t.one, t.id, content);
    expect(again).toMatchObject({ toAdd: 0, unchanged: 2, refused: 0, sha256: first.sha256 });
    expect(await codeOf(apply(t.one, t.id, again.id))).toBe("iban-import-empty");
    expect(await list(t)).toHaveLength(2);
    const { rows: told } = await world.database.asSystem(({ connection }) =>
      connection.query<{ n: number }>(
        "select count(*)::int as n from events where institution_id = $1 and type = 'pagopa.iban.import-applied'",
        [t.id],
      ),
    );
    expect(told[0]!.n).toBe(1);
  });

  it("is applied whole or not at all: what changed since the check stops everything", async () => {
    const t = await town();
    const [mine, other] = [account(), account("07601")];
    const seen = await check(t.one, t.id, csv(`Uno,${mine},${inDays(2)},CREATE`, `Due,${other},${inDays(2)},CREATE`));
    expect(seen.toAdd).toBe(2);
    const rival = await town();
    await rival.one.call(api.pagopa.ibans.register, {
      ...at(rival.id),
      body: { iban: other, description: "Nostro", validFrom: inDays(1) },
    });
    const refused = await apply(t.one, t.id, seen.id).catch((e: unknown) => e);
    expect(isProblem(refused) && [refused.code, refused.facts["line"], refused.facts["because"]]).toEqual([
      "iban-import-outdated",
      3,
      "of-another-institution",
    ]);
    expect(await list(t)).toEqual([]);
  });

  it("ends accounts from tomorrow, and never the last one", async () => {
    const t = await town();
    const [a, b] = [account(), account()];
    for (const iban of [a, b])
      await t.one.call(api.pagopa.ibans.register, {
        ...at(t.id),
        body: { iban, description: "Tesoreria", validFrom: inDays(1) },
      });
    const both = await check(t.one, t.id, csv(`,${a},,DELETE`, `,${b},,DELETE`));
    expect((await rows(t.one, t.id, both.id)).map((r) => r.problem)).toEqual([null, "last"]);
    // With a new one in the same file both may go.
    const three = await check(
      t.one,
      t.id,
      csv(`,${a},,DELETE`, `,${b},,DELETE`, `Nuovo,${account()},${inDays(1)},CREATE`),
    );
    expect(three).toMatchObject({ toAdd: 1, toDelete: 2, refused: 0 });
    await apply(t.one, t.id, three.id);
    expect((await list(t)).map((i) => i.retiresOn).sort()).toEqual([inDays(1), inDays(1), null]);
  });

  it("waits for a second person where the institution wants one, who runs exactly what was seen", async () => {
    const t = await town();
    const two = await t.admin();
    await t.one.call(api.pagopa.ibans.changeRules, { ...at(t.id), body: { secondPerson: true }, version: 0 });
    const seen = await check(t.one, t.id, csv(`Uno,${account()},${inDays(2)},CREATE`));
    expect(await codeOf(apply(t.one, t.id, seen.id))).toBe("second-person-needed");
    const proposal = await t.one.call(api.proposals.propose, {
      params: { institutionId: t.id },
      body: {
        endpoint: "pagopa.ibanImports.apply",
        params: { importId: seen.id },
        query: { environment: "production" },
        body: {},
      },
    });
    expect(proposal.announced).toMatchObject([{ type: "pagopa.iban.import-applied", payload: { added: 1 } }]);
    await two.call(api.proposals.approve, { params: { institutionId: t.id, proposalId: proposal.id }, body: {} });
    expect((await list(t))[0]?.changed.by).toContain(two.name.familyName);
  });

  it("asks who one is before money moves, belongs to its institution, and leaves nothing in a dry run", async () => {
    const [t, other] = [await town(), await town()];
    const content = csv(`Uno,${account()},${inDays(2)},CREATE`);
    expect((await check(t.one, t.id, content, { dryRun: true })).toAdd).toBe(1);
    expect((await t.one.call(api.pagopa.ibanImports.list, at(t.id))).items).toEqual([]);
    const seen = await check(t.one, t.id, content);
    expect(await codeOf(apply(other.one, other.id, seen.id))).toBe("iban-import-unknown");
    expect(await codeOf(rows(other.one, other.id, seen.id))).toBe("iban-import-unknown");
    expect(await codeOf(apply(t.one, t.id, seen.id, { environment: "test" }))).toBe("iban-import-unknown");
    await world.database.asSystem(({ connection }) =>
      connection.query("update sessions set step_up_until = null where id_hash = $1", [t.one.hash]),
    );
    expect(await codeOf(apply(t.one, t.id, seen.id))).toBe("step-up-needed");
    // Nobody wanted it for a month: it is gone.
    world.pass(31 * 86_400_000);
    await world.schedule("ibans:forget-imports");
    const later = await world.confirm(await world.person(t.one.name));
    expect(await codeOf(apply(later, t.id, seen.id))).toBe("iban-import-unknown");
  });

  it("that cannot be read is refused whole, with the line and the reason", async () => {
    const t = await town();
    const whole = async (content: string | Uint8Array, name = "x") => {
      const e = await check(t.one, t.id, content, { name }).catch((error: unknown) => error);
      return isProblem(e)
        ? [e.code, e.facts["line"] ?? e.facts["why"] ?? e.facts["file"] ?? e.facts["taxCode"] ?? null]
        : e;
    };
    expect(await whole("ragionesociale,iban\nx,y\n")).toEqual(["iban-file-malformed", 1]);
    expect(await whole(`${HEAD}\nx,"y\n`)).toEqual(["iban-file-malformed", 2]);
    expect(await whole(HEAD)).toEqual(["iban-file-malformed", 2]);
    expect(await whole(new Uint8Array([0x61, 0x3b, 0xff, 0xfe, 0x0a]))).toEqual(["iban-file-malformed", 1]);
    expect(await whole("{", "a.json")).toEqual(["iban-file-malformed", "a.json"]);
    expect(await whole('{"creditor_institution_code":"1","ibans":[]}', "a.json")).toEqual([
      "iban-file-malformed",
      "a.json",
    ]);
    expect(await whole("a")).toEqual(["iban-file-malformed", 1]);
    expect(await whole(json("15376371009", [{ iban: account(), description: "x", validity_date: inDays(1) }]))).toEqual(
      ["iban-file-of-another", "x"],
    );
    expect(
      await whole(
        json(t.body.taxCode, [{ iban: account(), validity_date: inDays(1) }]),
        "15376371009_20260101000000.json",
      ),
    ).toEqual(["iban-file-malformed", "15376371009_20260101000000.json"]);
    const one = json(t.body.taxCode, [{ iban: account(), description: "x", validity_date: inDays(1) }]);
    expect(await whole(zip(Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`${n}.json`, one]))))).toEqual([
      "iban-zip-refused",
      "too-many-files",
    ]);
    expect(await whole(zip({ "../../etc/passwd.json": one }))).toEqual(["iban-zip-refused", "folder"]);
    expect(await whole(zip({ "big.json": " ".repeat(10 * 1024 * 1024 + 1) }))).toEqual([
      "iban-zip-refused",
      "too-large",
    ]);
    const damaged = zip({ "a.json": one });
    damaged[40]! ^= 0xff;
    expect(((await whole(damaged)) as unknown[])[0]).toBe("iban-zip-refused");
    expect(await whole(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]))).toEqual(["iban-zip-refused", "not-a-zip"]);
  });

  it("in JSON adds what is new, changes what is there, and says what is already so", async () => {
    const t = await town();
    const [a, b] = [account(), account()];
    const file = (description: string) =>
      zip({
        [`${t.body.taxCode}_20261128093000.json`]: json(t.body.taxCode, [
          { iban: a, description, validity_date: `${inDays(2)}T11:00:00`, due_date: `${inDays(30)}T11:00:00` },
        ]),
        "altro.json": json(t.body.taxCode, [{ iban: b, description: "Diritti", validity_date: inDays(3) }]),
      });
    const first = await check(t.one, t.id, file("Tributi"), { name: "IBAN_UPSERT.zip" });
    expect(first).toMatchObject({ toAdd: 2, refused: 0 });
    await apply(t.one, t.id, first.id);
    expect((await list(t)).map((i) => [i.iban, i.validFrom, i.validUntil]).sort()).toEqual(
      [
        [a, inDays(2), inDays(30)],
        [b, inDays(3), null],
      ].sort(),
    );
    const second = await check(t.one, t.id, file("Tributi comunali"), { name: "IBAN_UPSERT.zip" });
    expect(second).toMatchObject({ toAdd: 0, toUpdate: 1, unchanged: 1, refused: 0 });
    expect((await rows(t.one, t.id, second.id)).map((r) => r.file)).toEqual([
      `${t.body.taxCode}_20261128093000.json`,
      "altro.json",
    ]);
  });

  it("of 10,000 rows is checked and applied in one transaction", async () => {
    const t = await town();
    const many = Array.from({ length: 10_000 }, () => account());
    const began = performance.now();
    const seen = await check(t.one, t.id, csv(...many.map((iban, n) => `Conto ${n},${iban},${inDays(2)},CREATE`)));
    const checked = performance.now();
    expect(seen).toMatchObject({ rows: 10_000, toAdd: 10_000, refused: 0 });
    await apply(t.one, t.id, seen.id);
    console.info(
      `10,000 rows on ${databaseKind}: checked in ${Math.round(checked - began)} ms, applied in ${Math.round(performance.now() - checked)} ms`,
    );
    expect((await list(t)).length).toBeGreaterThan(0);
  }, 120_000);
});

describe("a partner's ZIP", () => {
  it("is checked for each institution it may write for, touches no other, and each is applied under its own delegation", async () => {
    const [a, b, c, d] = [await town(), await town(), await town(), await town()];
    const firm = await world.partner();
    const write = ["pagopa:ibans:read", "pagopa:ibans:write"] as Permission[];
    const delegated = async (t: Town, permissions: Permission[], environment: "test" | "both" = "both") => {
      const id = await world.delegate(t, firm, { environment });
      await world.database.asSystem(({ connection }) =>
        connection.query("update delegations set permissions = $2 where id = $1", [id, permissions]),
      );
      return id;
    };
    const forA = await delegated(a, write);
    await delegated(b, write.slice(0, 1));
    await delegated(c, write, "test");
    const technician = await world.confirm(await firm.member("administrator", { productId: "pagopa" }));
    const [ibanA, ibanB] = [account(), account()];
    const file = (t: Town, iban: string) =>
      json(t.body.taxCode, [{ iban, description: "Conto", validity_date: inDays(2) }]);
    const upload = (who: SignedIn, files: Record<string, string>) =>
      who.call(api.pagopa.ibanImports.checkForDelegators, {
        ...at(firm.id),
        body: {},
        file: new Blob([zip(files) as BlobPart]),
        fileName: `IBAN_UPSERT_${firm.body.taxCode}_20261128093000.zip`,
      });
    const told = await upload(technician, {
      "a.json": file(a, ibanA),
      "b.json": file(b, ibanB),
      "c.json": file(c, account()),
      "d.json": file(d, account()),
    });
    expect(told.files.map((f) => [f.institution?.id ?? null, f.problem, f.import?.toAdd ?? null])).toEqual([
      [a.id, null, 1],
      [b.id, "mandate-out-of-scope", null],
      [c.id, "mandate-out-of-scope", null],
      [null, "mandate-unknown", null],
    ]);
    for (const t of [b, c, d]) expect((await t.one.call(api.pagopa.ibanImports.list, at(t.id))).items).toEqual([]);
    const [seen] = (await a.one.call(api.pagopa.ibanImports.list, at(a.id))).items;
    expect(seen).toMatchObject({
      partner: firm.body.name,
      uploadedBy: `${technician.name.givenName} ${technician.name.familyName}`,
    });
    // Named without a mandate, or under another institution's, it is nobody's.
    expect(await codeOf(apply(technician, a.id, seen!.id))).toBe("permission-missing");
    await apply(technician, a.id, seen!.id, { mandate: forA });
    expect((await list(a)).map((i) => i.iban)).toEqual([ibanA]);
    const trail = (await a.one.call(api.audit.trail, { params: { institutionId: a.id }, query: { limit: 100 } })).items;
    expect(trail.filter((l) => l.action.startsWith("pagopa.iban.import")).map((l) => l.actor)).toMatchObject([
      { partner: firm.body.name },
      { partner: firm.body.name },
    ]);
    for (const t of [a, firm]) expect((await verifyChain(world.database, t.id)).whole).toBe(true);
    const colleague = await firm.member("operator", { productId: "pagopa" });
    expect(await codeOf(upload(colleague, { "a.json": file(a, account()) }))).toBe("permission-missing");
  });
});

describe("a ZIP from outside", () => {
  const limits = { files: 10, bytes: 1000 };
  const whyOf = (bytes: Uint8Array): string => {
    try {
      return unzip(Buffer.from(bytes), limits)
        .map((e) => e.name)
        .join();
    } catch (error) {
      if (error instanceof ZipRefused) return error.why;
      throw error;
    }
  };
  it("that lies about its size stops at the size it said", () => {
    // A hundred megabytes of nothing, declared as ten bytes.
    const bomb = Buffer.from(zipSync({ "a.json": new Uint8Array(10) }, { level: 9 }));
    const packed = deflateRawSync(Buffer.alloc(100 * 1024 * 1024));
    const central = bomb.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    const head = bomb.subarray(0, 30 + 6);
    const directory = Buffer.from(bomb.subarray(central));
    directory.writeUInt32LE(packed.length, 20);
    directory.writeUInt32LE(head.length + packed.length, directory.indexOf(Buffer.from([0x50, 0x4b, 5, 6])) + 16);
    const before = process.memoryUsage().arrayBuffers;
    expect(whyOf(Buffer.concat([head, packed, directory]))).toBe("too-large");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * 1024 * 1024);
  });
  it("is refused when cut, at any byte, and never breaks the reader", () => {
    const whole = zipSync({ "a.json": new TextEncoder().encode('{"a":1}'), "b.json": new TextEncoder().encode("[]") });
    expect(whyOf(whole)).toBe("a.json,b.json");
    for (let n = 0; n < whole.length; n++) expect(whyOf(whole.subarray(0, n))).not.toBe("a.json,b.json");
    for (let n = 0; n < whole.length; n++) {
      const changed = whole.slice();
      changed[n]! ^= 0xff;
      expect(typeof whyOf(changed)).toBe("string");
    }
  });
});
