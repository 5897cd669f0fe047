import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { api, isProblem, type NodeFileReport } from "@area/api";
import words from "@area/words/node-files/it";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorld, root, type World } from "../../testing/world.ts";
import { readNodeFile } from "./read-node-file.ts";
import { readXml, wrongIn, XmlRefused } from "./read-xml.ts";
import { counterpartTable, creditAccountNotice } from "./shapes.ts";

let world: World;
let staff: Awaited<ReturnType<World["staff"]>>;
let town: Awaited<ReturnType<World["municipality"]>>;
beforeAll(async () => {
  world = await makeWorld();
  staff = await world.staff(["revisori-pagopa"]);
  town = await world.municipality();
});
afterAll(() => world.close());

const check = (content: string | Uint8Array, environment: "test" | "production" = "test", name = "file") =>
  staff.call(api.pagopa.nodeFiles.check, {
    query: { environment },
    body: {},
    file: new Blob([content as BlobPart]),
    fileName: name,
  });
const told = (report: NodeFileReport) =>
  report.lines.map((l) => [
    l.verdict,
    ...l.problems.map((p) => p.code).filter((c) => c !== "institution-not-registered"),
  ]);
const HEAD =
  "cf,idstazione,ambiente,broadcast,auxdigit,codicesegregazione,applicationcode,datavalidita,operazione,aca,standIn";
const notice = (
  more: { taxCode?: string; from?: string; accounts?: string } = {},
) => `<?xml version="1.0" encoding="UTF-8"?>
<informativaContoAccredito><identificativoFlusso>flusso</identificativoFlusso><identificativoDominio>${more.taxCode ?? town.body.taxCode}</identificativoDominio>
<ragioneSociale>${town.body.name}</ragioneSociale><dataPubblicazione>2026-01-01T00:00:00</dataPubblicazione><dataInizioValidita>${more.from ?? "2099-01-01T00:00:00"}</dataInizioValidita>
<contiDiAccredito>${more.accounts ?? "<ibanAccredito>IT60X0542811101000000123456</ibanAccredito>"}</contiDiAccredito></informativaContoAccredito>`;

describe("a file of the node's mass load", () => {
  it("of associations says of each row all that is wrong, and puts aside what was allowed once", async () => {
    const t = town.body.taxCode;
    const report = await check(
      [
        HEAD,
        `${t},X_01,COLL,N,3,47,,2026-01-01,A,1,1`,
        `${t},X_02,ESER,Q,3,60,,2026-13-01,U,0,1`,
        `${t},X_03,COLL,N,0,,12,,A,1,1`,
        `${t},X_04,COLL,N,1,01,,,A,1,1`,
        `${t},X_01,COLL,N,3,05,,,A,1,1`,
        "11100011111,X_05,COLL,N,3,05,,,A,1,1",
        "123,X_06,COLL,N,4,xx,,,C,2,0",
      ].join("\n"),
    );
    expect(report.kind).toBe("associations");
    expect(told(report)).toEqual([
      ["refused", "station-unknown", "segregation-old"],
      [
        "refused",
        "station-unknown",
        "environment-other",
        "flag-wrong",
        "stand-in-without-aca",
        "segregation-reserved",
        "date-wrong",
        "operation-unknown",
      ],
      ["refused", "station-unknown", "aux-retired"],
      ["refused", "station-unknown", "aux-retired", "codes-not-here"],
      ["refused", "station-unknown", "repeated"],
      ["refused", "tax-code-check", "institution-unknown", "station-unknown"],
      [
        "refused",
        "tax-code-form",
        "institution-unknown",
        "station-unknown",
        "flag-wrong",
        "aux-wrong",
        "association-missing",
      ],
    ]);
  });

  it("takes a wrong check digit as a warning where it is rehearsed, and as an error where money moves", async () => {
    const file = "CF;SIA;RAGIONESOCIALE\n11100011111;ABCDE;\n";
    const codes = async (environment: "test" | "production") =>
      (await check(file, environment)).lines[0]!.problems.map((p) => p.code);
    expect(await codes("test")).toContain("tax-code-check");
    const own = (await check(`CF;SIA;RAGIONESOCIALE\n${town.body.taxCode};ABCDE;Altro nome\n`)).lines[0];
    expect([own?.verdict, own?.problems.map((p) => p.code)]).toEqual(["warning", ["name-differs"]]);
  });

  it("of IBANs and of credit accounts is looked at account by account", async () => {
    const t = town.body.taxCode;
    const head = "iddominio,ragionesociale,descrizione,iban,dataattivazioneiban,operazione";
    const ibans = await check(
      [
        head,
        `${t},,Tesoreria,IT60X0542811101000000123456,2099-12-01,I`,
        `${t},,Tesoreria,IT12A1234512345123456789012,2099-12-01,I`,
        `${t},,Tesoreria,IT84H0706676470000000822789,2020-12-01,U`,
        `${t},,,IT84H0706676470000000822789,,X`,
      ].join("\n"),
    );
    expect(told(ibans).map(([, ...codes]) => codes)).toEqual([
      [],
      ["iban-wrong"],
      ["date-past", "iban-unknown"],
      ["operation-unknown", "description-missing", "date-missing", "repeated"],
    ]);
    const ica = await check(notice(), "test", "ica.xml");
    expect([ica.kind, told(ica)[0]!.slice(1)]).toEqual(["credit-accounts", ["qr-code-missing"]]);
    const both = zipSync({
      "a.xml": new TextEncoder().encode(notice()),
      "b.xml": new TextEncoder().encode(notice({ from: "2020-01-01T00:00:00" })),
    });
    expect(told(await check(both)).map(([, ...codes]) => codes)).toEqual([
      ["qr-code-missing"],
      ["flow-repeated", "date-past", "qr-code-missing"],
    ]);
    expect((await check(notice({ accounts: "<iban>x</iban>" }))).lines[0]?.problems[0]).toEqual({
      code: "structure",
      facts: { reason: "informativaContoAccredito/contiDiAccredito: «iban» non è previsto" },
    });
  });

  it("with entities, a DTD, two roots or open elements is refused, and the staff alone may try one", async () => {
    const whole = (content: string) =>
      check(content).then(
        () => "done",
        (e: unknown) => (isProblem(e) ? e.code : String(e)),
      );
    for (const bad of [
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><informativaContoAccredito>&x;</informativaContoAccredito>',
      "<informativaContoAccredito>&lol;</informativaContoAccredito>",
      "<informativaContoAccredito><![CDATA[x]]></informativaContoAccredito>",
      "<informativaContoAccredito>",
      "<a/><b/>",
      "<altro/>",
      "<?xml version='1.0'?><?php x?><informativaContoAccredito/>",
      `${"<a>".repeat(50)}${"</a>".repeat(50)}`,
    ])
      expect([bad.slice(0, 30), await whole(bad)]).toEqual([bad.slice(0, 30), "node-file-malformed"]);
    const citizen = await town.member("administrator");
    const asked = citizen.call(api.pagopa.nodeFiles.check, {
      query: { environment: "test" },
      body: {},
      file: new Blob(["x"]),
      fileName: "x",
    });
    expect(await asked.catch((e: unknown) => isProblem(e) && e.status)).toBe(401);
  });
});

// Public fixtures that are read where they lie, and shipped nowhere.
const shared = join(root, "../shared/data");
describe.runIf(existsSync(shared))("the public files of the node's own tests", () => {
  const files = ["ci-station", "iban-massload", "iban-massload/bdd", "ica", "ica/zip", "counterpart"].flatMap(
    (folder) =>
      readdirSync(join(shared, folder))
        .filter((name) => /\.(csv|xml|zip)$/.test(name))
        .sort()
        .map((name) => `${folder}/${name}`),
  );
  it("have a verdict each, in words", async () => {
    const table: string[] = [];
    for (const name of files) {
      const said = await check(readFileSync(join(shared, name)), "test", name).then(
        (report) =>
          `${report.kind}: ${report.lines
            .slice(0, 3)
            .map(
              (l) =>
                `${words.verdicts[l.verdict]}${l.problems.length ? ` (${l.problems.map((p) => words.problems[p.code](p.facts)).join("; ")})` : ""}`,
            )
            .join(" | ")}${report.lines.length > 3 ? ` | … ${report.lines.length} righe` : ""}`,
        (e: unknown) =>
          isProblem(e) ? `rifiutato intero: ${String(e.facts["reason"] ?? e.facts["why"] ?? e.code)}` : String(e),
      );
      expect(said).not.toMatch(/internal-error|undefined/);
      table.push(`${name}\n    ${said}`);
    }
    console.info(`${files.length} files\n${table.join("\n")}`);
    expect(files.length).toBeGreaterThan(20);
  });

  const xmllint = (() => {
    try {
      execFileSync("xmllint", ["--version"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  })();
  it.runIf(xmllint)("agree with xmllint and the published schemas, as they are and changed", () => {
    const folder = mkdtempSync(join(tmpdir(), "area-xsd-"));
    const valid = (text: string, xsd: string) => {
      const path = join(folder, "x.xml");
      writeFileSync(path, text);
      try {
        execFileSync("xmllint", ["--noout", "--schema", join(shared, "xsd", xsd), path], { stdio: "ignore" });
        return true;
      } catch {
        return false;
      }
    };
    const ours = (text: string, shape: typeof creditAccountNotice) => {
      try {
        return wrongIn(readXml(Buffer.from(text)), shape) === null;
      } catch (error) {
        if (error instanceof XmlRefused) return false;
        throw error;
      }
    };
    const mutations: ((text: string) => string)[] = [
      (t) => t,
      (t) => t.replace("2122-", "20122-"),
      (t) => t.replace("2122-02-03", "2122-02-30"),
      (t) => t.replace(/<identificativoFlusso>[^<]*/, "<identificativoFlusso>"),
      (t) => t.replace(/<identificativoFlusso>[^<]*/, `<identificativoFlusso>${"x".repeat(36)}`),
      (t) => t.replace(/<identificativoDominio>[^<]*/, "<identificativoDominio>123"),
      (t) => t.replace(/<ragioneSociale>[^<]*<\/ragioneSociale>/, ""),
      (t) => t.replace(/<pagamentiPressoPSP>1/, "<pagamentiPressoPSP>2"),
      (t) => t.replace("settimanale", "quotidiana"),
      (t) => t.replace("12:00:00", "25:00:00"),
      (t) => t.replace("<ibanAccredito>IT", "<ibanAccredito>I1"),
      (t) => t.replace("<idBancaSeller>CT000159</idBancaSeller>", ""),
      (t) => t.replace(/<contiDiAccredito>[\s\S]*<\/contiDiAccredito>/, "<contiDiAccredito/>"),
      (t) => t.replace(/<erogazioneServizio>[\s\S]*<\/erogazioneServizio>/, "<erogazioneServizio/>"),
    ];
    for (const name of files.filter((f) => /^(ica|counterpart)\/[^/]*\.xml$/.test(f)))
      for (const [n, mutate] of mutations.entries()) {
        const text = mutate(readFileSync(join(shared, name), "utf8"));
        const [shape, xsd] = name.startsWith("ica")
          ? [creditAccountNotice, "InformativaContoAccredito_1_2_1.xsd"]
          : [counterpartTable, "TabellaDelleControparti_1_0_8.xsd"];
        expect([name, n, ours(text, shape)]).toEqual([name, n, valid(text, xsd)]);
      }
  });
});

it("is told apart by what is inside, never by its name", () => {
  expect(
    readNodeFile({
      name: "a.txt",
      bytes: Buffer.from("cf,idstazione_provenienza,idstazione_destinazione,broadcast\n1,2,3,N\n"),
    }).kind,
  ).toBe("migration");
});
