import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { api, elevenDigitCode } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf, refusalOf } from "../testing/refusals.ts";
import { makeWorld, root, type World } from "../testing/world.ts";
import { importIpa } from "./import-ipa.ts";

type Line = { ipaCode: string; name: string; taxCode: string; pec: string };
const COLUMNS = "Codice_IPA,Denominazione_ente,Codice_fiscale_ente,Codice_Categoria,Indirizzo,CAP,Mail1,Tipo_Mail1";
const file = (lines: Line[]) =>
  Buffer.from(
    [COLUMNS, ...lines.map((l) => `${l.ipaCode},"${l.name}",${l.taxCode},L6,Piazza 1,00100,${l.pec},Pec`), ""].join(
      "\n",
    ),
  );
const made = (n: number, more: Partial<Line> = {}): Line => ({
  ipaCode: `c_i${n}`,
  name: `Comune di Importa ${n}`,
  taxCode: elevenDigitCode(String(7_000_000_000 + n)),
  pec: `ente${n}@pec.example`,
  ...more,
});

const withWorld = async (work: (world: World) => Promise<void>) => {
  const world = await makeWorld();
  try {
    await work(world);
  } finally {
    await world.close();
  }
};
const events = (world: World) =>
  world.database.asSystem(async ({ db }) =>
    (
      await db
        .selectFrom("events")
        .select(["type", "payload"])
        .where("type", "like", "registries.%")
        .orderBy("id")
        .execute()
    ).map((e) => ({ type: e.type, payload: e.payload })),
  );
const bodies = (world: World) =>
  world.database.asSystem(({ db }) => db.selectFrom("registry_bodies").selectAll().orderBy("ipa_code").execute());

describe("the registry is brought to what the file says", () => {
  it("adds, renews in place, ends, and takes back what returns", () =>
    withWorld(async (world) => {
      const lines = [made(1), made(2), made(3)];
      expect(await importIpa(world.parts, file(lines))).toMatchObject({
        rows: 3,
        added: 3,
        changed: 0,
        ended: 0,
        doubtfulTaxCodes: 0,
      });
      expect(await importIpa(world.parts, file(lines))).toMatchObject({ rows: 3, added: 0, changed: 0, ended: 0 });
      const renamed = made(2, { name: "Comune di Importa Nuova", pec: "nuova@pec.example" });
      expect(await importIpa(world.parts, file([made(1), renamed, made(4)]))).toMatchObject({
        rows: 3,
        added: 1,
        changed: 1,
        ended: 1,
      });
      expect((await bodies(world)).map((b) => [b.ipa_code, b.name, b.pec, b.state])).toEqual([
        ["c_i1", "Comune di Importa 1", "ente1@pec.example", "active"],
        ["c_i2", "Comune di Importa Nuova", "nuova@pec.example", "active"],
        ["c_i3", "Comune di Importa 3", "ente3@pec.example", "ended"],
        ["c_i4", "Comune di Importa 4", "ente4@pec.example", "active"],
      ]);
      expect((await events(world)).filter((e) => e.type !== "registries.import.completed")).toEqual([
        {
          type: "registries.body.changed",
          payload: { ipaCode: "c_i2", field: "pec", before: "ente2@pec.example", after: "nuova@pec.example" },
        },
        {
          type: "registries.body.changed",
          payload: { ipaCode: "c_i2", field: "name", before: "Comune di Importa 2", after: "Comune di Importa Nuova" },
        },
        { type: "registries.body.ended", payload: { ipaCode: "c_i3" } },
      ]);
      const giulia = await world.person();
      const found = async (search: string) =>
        (await giulia.call(api.registries.search, { query: { search } })).items.map((i) => `${i.ipaCode} ${i.state}`);
      expect(await found("importa nuova")).toEqual(["c_i2 active"]);
      expect(await importIpa(world.parts, file([made(1), renamed, made(3), made(4)]))).toMatchObject({
        added: 0,
        changed: 1,
        ended: 0,
      });
      expect((await giulia.call(api.registries.read, { params: { ipaCode: "c_i3" } })).state).toBe("active");
    }));

  it("refuses a malformed file whole and says it in every language's words", () =>
    withWorld(async (world) => {
      await importIpa(world.parts, file([made(1)]));
      const before = [await bodies(world), await events(world)];
      const bad = Buffer.concat([file([made(1, { name: "Altro" }), made(2)]), Buffer.from("c_i3,senza campi\n")]);
      const problem = await refusalOf(importIpa(world.parts, bad));
      expect([problem.code, problem.facts["line"]]).toEqual(["registry-file-malformed", 4]);
      expect([await bodies(world), await events(world)]).toEqual(before);
    }));

  it("refuses a file suspiciously short, unless told that it is true", () =>
    withWorld(async (world) => {
      const hundred = Array.from({ length: 100 }, (_, n) => made(n));
      await importIpa(world.parts, file(hundred));
      expect(await importIpa(world.parts, file(hundred.slice(0, 80)))).toMatchObject({ ended: 20 });
      expect((await refusalOf(importIpa(world.parts, file(hundred.slice(0, 63))))).facts["reason"]).toMatch(
        /cessare 17 enti su 80/,
      );
      expect((await bodies(world)).filter((b) => b.state === "active")).toHaveLength(80);
      expect(await importIpa(world.parts, file(hundred.slice(0, 10)), { allowManyEnded: true })).toMatchObject({
        ended: 70,
      });
    }));

  it("takes three thousand bodies at once", () =>
    withWorld(async (world) => {
      const many = Array.from({ length: 3000 }, (_, n) => made(n));
      expect(await importIpa(world.parts, file(many))).toMatchObject({ rows: 3000, added: 3000 });
      expect(await importIpa(world.parts, file(many.map((l) => ({ ...l, name: `${l.name} bis` }))))).toMatchObject({
        changed: 3000,
      });
    }));
});

describe("a body that joined and that the registry changes", () => {
  it("raises findings for the institution and for the staff, and changes nothing of theirs", () =>
    withWorld(async (world) => {
      const changes = await world.municipality();
      const ends = await world.municipality();
      const stays = await world.municipality();
      const neverJoined = await world.body();
      const admins = [await changes.admin(), await ends.admin(), await stays.admin()] as const;
      const institutions = () =>
        world.database.asSystem(async ({ db }) => [
          await db.selectFrom("institutions").selectAll().orderBy("id").execute(),
          await db.selectFrom("institution_products").selectAll().orderBy("institution_id").execute(),
          await db.selectFrom("memberships").selectAll().orderBy("id").execute(),
        ]);
      const before = await institutions();
      await importIpa(world.parts, file([{ ...changes.body, pec: "altrove@pec.example" }, stays.body]));
      await world.settle();
      // The same news delivered twice raises nothing more.
      await world.database.asSystem(({ connection }) =>
        connection.query("update deliveries set state = 'waiting', next_at = now()"),
      );
      await world.settle();
      expect(await institutions()).toEqual(before);
      const [pec] = (await admins[0].call(api.findings.list, { params: { institutionId: changes.id } })).items;
      expect(pec).toMatchObject({
        kind: "registry-pec-changed",
        severity: "attention",
        facts: { before: changes.body.pec, after: "altrove@pec.example" },
      });
      const over = (await admins[1].call(api.findings.list, { params: { institutionId: ends.id } })).items;
      expect(over).toMatchObject([
        { kind: "registry-body-ended", severity: "critical", facts: { ipaCode: ends.body.ipaCode } },
      ]);
      expect((await admins[2].call(api.findings.list, { params: { institutionId: stays.id } })).items).toEqual([]);
      const all = await world.database.asSystem(({ db }) =>
        db
          .selectFrom("findings")
          .select(["audience", "kind", "institution_id"])
          .orderBy("kind")
          .orderBy("audience")
          .execute(),
      );
      expect(all.map((f) => `${f.audience} ${f.kind}`)).toEqual([
        "institution registry-body-ended",
        "staff registry-body-ended",
        "institution registry-pec-changed",
        "staff registry-pec-changed",
      ]);
      expect((await admins[0].call(api.people.myInstitutions, {})).items[0]).toMatchObject({
        id: changes.id,
        findings: 1,
      });
      // The registry thinks again: what was said is over, by itself.
      await importIpa(world.parts, file([changes.body, ends.body, stays.body]), { allowManyEnded: true });
      await world.settle();
      for (const [n, one] of [changes, ends].entries())
        expect((await admins[n]!.call(api.findings.list, { params: { institutionId: one.id } })).items).toEqual([]);
      expect(
        await codeOf(
          (await world.person()).call(api.registries.read, { params: { ipaCode: `${neverJoined.ipaCode}x` } }),
        ),
      ).toBe("registry-body-unknown");
    }));
});

describe("who looks for a body", () => {
  let world: World;
  let find: (search: string, limit?: number) => Promise<string[]>;
  beforeAll(async () => {
    world = await makeWorld();
    const names = [
      "Comune di Borgo Esempio",
      "Comune di Borgo San Lorenzo",
      "Unione dei Comuni di Borgo e Valle",
      "Borgo Antico S.p.A.",
      "Città di Àgira",
      "Comune di Agrate",
      "Ente d'Ambito dell’Alto Ticino",
      "Provincia autonoma di Bolzano - Südtirol",
    ];
    await importIpa(world.parts, file(names.map((name, n) => made(n, { name }))));
    for (let n = 0; n < 30; n++) await world.body(`Comune di Tantissimi ${String(n).padStart(2, "0")}`);
    await world.database.asSystem(({ db }) =>
      db.updateTable("registry_bodies").set({ state: "ended" }).where("name", "=", "Comune di Borgo Esempio").execute(),
    );
    const giulia = await world.person();
    find = async (search, limit) =>
      (await giulia.call(api.registries.search, { query: { search, ...(limit ? { limit } : {}) } })).items.map(
        (i) => i.name,
      );
  });
  afterAll(() => world.close());

  it("finds by the start of the name, the ended ones last", async () => {
    expect(await find("comune di bo")).toEqual(
      ["Comune di Borgo San Lorenzo", "Comune di Borgo Esempio", "Unione dei Comuni di Borgo e Valle"].slice(0, 2),
    );
    expect(await find("borgo")).toEqual([
      "Borgo Antico S.p.A.",
      "Comune di Borgo San Lorenzo",
      "Unione dei Comuni di Borgo e Valle",
      "Comune di Borgo Esempio",
    ]);
  });
  it("finds by words begun, in any order", async () => {
    expect(await find("lor bor")).toEqual(["Comune di Borgo San Lorenzo"]);
    expect(await find("valle borgo uni")).toEqual(["Unione dei Comuni di Borgo e Valle"]);
    expect(await find("valle lorenzo")).toEqual([]);
  });
  it("minds neither accents nor capitals nor punctuation", async () => {
    for (const typed of ["agira", "ÀGIRA", "citta di a\u0300gira", "  Città   di  Àgira "])
      expect(await find(typed)).toEqual(["Città di Àgira"]);
    expect(await find("d ambito")).toEqual(["Ente d'Ambito dell’Alto Ticino"]);
    expect(await find("dell'alto")).toEqual(["Ente d'Ambito dell’Alto Ticino"]);
    expect(await find("sudtirol")).toEqual(["Provincia autonoma di Bolzano - Südtirol"]);
  });
  it("finds by tax code and by IPA code, first of all", async () => {
    expect(await find(elevenDigitCode("7000000003"))).toEqual(["Borgo Antico S.p.A."]);
    expect(await find("C_I5")).toEqual(["Comune di Agrate"]);
    expect(await find("c_i5 ")).toEqual(["Comune di Agrate"]);
  });
  it("shows twenty at most, or as many as asked", async () => {
    expect(await find("tantissimi")).toHaveLength(20);
    expect(await find("comune di tantissimi", 3)).toEqual([
      "Comune di Tantissimi 00",
      "Comune di Tantissimi 01",
      "Comune di Tantissimi 02",
    ]);
    expect(await codeOf(find("tantissimi", 21))).toBe("input-invalid");
    expect(await codeOf(find("t"))).toBe("input-invalid");
    expect(await codeOf(find("a".repeat(101)))).toBe("input-invalid");
  });
  it("gets an answer or a refusal whatever is typed", async () => {
    for (const typed of [
      "''",
      "';--",
      "%%",
      "__",
      "\\\\",
      ":*",
      "a:*",
      "& |",
      "!!",
      "!a & b",
      "(a",
      "a <-> b",
      "'a' 'b'",
      "\u00ad\u200b",
      "😀😀",
      "ß",
      "ﬁ",
      "İi",
      "\uffff\uffff",
      "\u{10ffff}\u{10ffff}",
      "x".repeat(100),
      "è".repeat(100),
      "a ".repeat(49),
      "' OR 1=1 --",
      "to_tsquery('x')",
      "$1",
      "\t\n a",
    ])
      expect(
        Array.isArray(await find(typed).catch((e: { code?: string }) => (e.code === "input-invalid" ? [] : e))),
      ).toBe(true);
    for (const typed of ["ab\u0000", "\u0000\u0000"]) expect(await codeOf(find(typed))).toBe("input-invalid");
    expect(await find("%%")).toEqual([]);
    expect(await find(":*")).toEqual([]);
  });
  it("must have entered", async () => {
    expect(await codeOf(world.anonymous(api.registries.search, { query: { search: "borgo" } }))).toBe(
      "session-missing",
    );
  });
});

const sample = join(root, "../shared/data/ipa/enti-sample.csv");
if (existsSync(sample))
  it("the sample of the real registry is imported and can be searched", () =>
    withWorld(async (world) => {
      const report = await importIpa(world.parts, readFileSync(sample));
      expect(report.added).toBe(report.rows);
      const giulia = await world.person();
      expect(
        (await giulia.call(api.registries.search, { query: { search: "viterbo azienda" } })).items.map(
          (i) => i.ipaCode,
        ),
      ).toEqual(["056"]);
    }));
