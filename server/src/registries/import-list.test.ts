import { api, elevenDigitCode } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refusalOf } from "../testing/refusals.ts";
import { makeWorld, type World } from "../testing/world.ts";
import { importList } from "./import-list.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const file = (columns: string, rows: string[]) => Buffer.from([columns, ...rows, ""].join("\n"));
const AOO = "Codice_IPA;Codice_uni_aoo;Denominazione_aoo;Indirizzo;CAP;Mail1;Tipo_Mail1";
const aoo = (code: string, name: string, ipa = "c_prova", mail = "aoo@pec.example") =>
  `${ipa};${code};${name};Piazza 1;00100;${mail};Pec`;
const UO = "Codice_IPA;Codice_uni_uo;Codice_uni_aoo;Descrizione_uo;Indirizzo;CAP;Mail1;Tipo_Mail1;Codice_fiscale_sfe";
const IVASS = "CODICE_IVASS;DENOMINAZIONE_IMPRESA;PEC;TIPO_ALBO;CODICE_FISCALE;NAZIONE";
const ANAC = "cf_gestore;denominazione;domicilio_digitale;anac_abilitato";
const plain = { added: 0, changed: 0, ended: 0, refused: 0 };

describe("a list is brought to what its file says", () => {
  it("adds parts of bodies, renews, ends, and changes nothing when the same file comes again", async () => {
    const first = file(AOO, [aoo("AAA1111", "Protocollo"), aoo("AAA2222", "Tributi"), aoo("AAA3333", "Scuola")]);
    expect(await importList(world.parts, "ipa-aoo", first)).toMatchObject({ ...plain, rows: 3, added: 3 });
    expect(await importList(world.parts, "ipa-aoo", first)).toMatchObject({ ...plain, rows: 3 });
    const second = file(AOO, [aoo("AAA1111", "Protocollo generale"), aoo("AAA2222", "Tributi")]);
    expect(await importList(world.parts, "ipa-aoo", second)).toMatchObject({ ...plain, rows: 2, changed: 1, ended: 1 });
    const { items } = await (await world.person()).call(api.registries.units, {
      params: { ipaCode: "c_prova" },
      query: { kind: "AOO" },
    });
    expect(items.map((u) => [u.code, u.name])).toEqual([
      ["AAA1111", "Protocollo generale"],
      ["AAA2222", "Tributi"],
    ]);
  });

  it("refuses a wrong row with its line and reason, takes the others, and ends nothing that a wrong row names", async () => {
    const rows = ["BBB1111", "BBB2222", "BBB3333", "BBB4444", "BBB5555", "BBB6666"];
    const uo = (code: string, name = `Ufficio ${code}`) => `c_righe;${code};;${name};Via 1;00100;uo@pec.example;Pec;`;
    await importList(
      world.parts,
      "ipa-uo",
      file(
        UO,
        rows.map((code) => uo(code)),
      ),
    );
    const again = await importList(
      world.parts,
      "ipa-uo",
      file(UO, [...rows.slice(0, 5).map((code) => uo(code)), uo("BBB6666", "")]),
    );
    expect(again).toMatchObject({
      ...plain,
      refused: 1,
      refusedRows: [{ line: 7, reason: "Descrizione_uo mancante" }],
    });
    const { items } = await (await world.person()).call(api.registries.units, {
      params: { ipaCode: "c_righe" },
      query: { kind: "UO" },
    });
    expect(items).toHaveLength(6);
    // A code said twice is true once at most: the second is refused.
    const twice = await importList(world.parts, "ipa-uo", file(UO, [...rows.map((code) => uo(code)), uo("BBB1111")]));
    expect(twice).toMatchObject({
      refused: 1,
      refusedRows: [{ line: 8, reason: "Codice_uni_uo BBB1111 già alla riga 2" }],
    });
  });

  it("knows insurers by their five digits, and platforms that are enabled", async () => {
    const insurers = file(IVASS, [
      `123;Assicura Campione S.p.A.;pec@assicura.example;Albo imprese;${elevenDigitCode("1234567890")};`,
      "45678;Foreign Sample Ltd;pec@foreign.example;Elenco II imprese estere;;Irlanda",
    ]);
    expect(await importList(world.parts, "ivass", insurers)).toMatchObject({ ...plain, rows: 2, added: 2 });
    const platforms = file(ANAC, [
      `${elevenDigitCode("2234567890")};Gare Campione S.p.A.;gare@pec.example;si`,
      `${elevenDigitCode("3234567890")};Spenta S.p.A.;spenta@pec.example;no`,
    ]);
    expect(await importList(world.parts, "anac", platforms)).toMatchObject({ ...plain, rows: 1, added: 1 });
    const listed = async (registry: "ivass" | "anac", search: string) =>
      (await (await world.person()).call(api.registries.listed, { params: { registry }, query: { search } })).items;
    expect(await listed("ivass", "00123")).toMatchObject([{ code: "00123", country: "IT" }]);
    expect(await listed("ivass", "foreign")).toMatchObject([{ taxCode: null, country: "Irlanda" }]);
    expect(await listed("anac", "spenta")).toEqual([]);
  });

  it("takes nothing from a file that is not of the list, and writes nothing half", async () => {
    const before = await world.database.asSystem(({ db }) => db.selectFrom("registry_entries").selectAll().execute());
    for (const [bytes, reason] of [
      [file("altro;colonne", ["1;2"]), /mancano le colonne/],
      [file(IVASS, ["x;Uno;;Albo;;", "y;Due;;Albo;;", "00999;Tre;;Albo;;"]), /righe sbagliate: 2 su 3/],
      [Buffer.from([0xff, 0xfe, 0x41]), /UTF-8/],
    ] as const)
      expect((await refusalOf(importList(world.parts, "ivass", bytes))).facts["reason"]).toMatch(reason);
    expect(await world.database.asSystem(({ db }) => db.selectFrom("registry_entries").selectAll().execute())).toEqual(
      before,
    );
  });
});
