import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { elevenDigitCode, isProblem } from "@area/api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { root } from "../testing/world.ts";
import { readIpaFile } from "./read-ipa-file.ts";

const TAX = elevenDigitCode("8000000001");
const COLUMNS =
  "Codice_IPA,Denominazione_ente,Codice_fiscale_ente,Codice_Categoria,Indirizzo,CAP,Mail1,Tipo_Mail1,Mail2,Tipo_Mail2";
const line = (ipaCode: string, name = "Comune di Prova") =>
  `${ipaCode},${name},${TAX},L6,"Piazza, 1",00100,ente@pec.example,Pec,,`;
const file = (...lines: string[]) => Buffer.from([COLUMNS, ...lines, ""].join("\n"));
/** Where and why a file is refused. */
const refusal = (bytes: Uint8Array) => {
  try {
    readIpaFile(bytes);
  } catch (error) {
    if (isProblem(error) && error.code === "registry-file-malformed") return error.facts;
    throw error;
  }
  throw new Error("the file was read");
};

describe("a file of the registry", () => {
  it("is read by the names of its columns, in any order, with any of the usual separators and endings", () => {
    const wanted = {
      ipaCode: "c_a1",
      name: "Comune di Àgira",
      taxCode: TAX,
      category: "L6",
      pec: "ente@pec.example",
      address: "Piazza, 1",
      zipCode: "00100",
      city: "Àgira",
      responsible: null,
    };
    expect(readIpaFile(file(line("c_a1", "Comune di Àgira"))).bodies).toEqual([wanted]);
    for (const d of [";", "\t", "|"]) {
      const text = `CAP${d} Codice_IPA ${d}Denominazione_ente${d}Tipo_Mail1${d}Mail1${d}Indirizzo${d}Codice_Categoria${d}Codice_fiscale_ente${d}Altro\r\n00100${d}c_a1${d}Comune di A\u0300gira${d}PEC${d}ENTE@pec.example${d}Piazza, 1${d}L6${d}${TAX}${d}x\r\n`;
      expect(readIpaFile(Buffer.from(`\ufeff${text}`)).bodies).toEqual([wanted]);
    }
  });

  it("gives the first certified mail, not an ordinary one, and none when there is none", () => {
    const mails = (text: string) =>
      readIpaFile(Buffer.from(`${COLUMNS}\nc_a1,Comune di Prova,${TAX},L6,Via,00100,${text}\n`)).bodies[0]!.pec;
    expect(mails("a@posta.example,Altro,b@pec.example,Pec")).toBe("b@pec.example");
    expect(mails("A@PEC.EXAMPLE,pec,b@pec.example,Pec")).toBe("a@pec.example");
    expect(mails("a@posta.example,Altro,,")).toBeNull();
    expect(mails("null,Pec,,")).toBeNull();
  });

  it("with doubtful tax codes is read all the same, and they are counted", () => {
    const { bodies, doubtfulTaxCodes } = readIpaFile(
      Buffer.from(`${COLUMNS}\nc_a1,A,12345678901,L6,V,0,,,,\nc_a2,B,,L6,V,0,,,,\nc_a3,C,${TAX},L6,V,0,,,,\n`),
    );
    expect([bodies.length, doubtfulTaxCodes]).toEqual([3, 2]);
  });

  it("takes quoted fields with separators, quotes and new lines inside", () => {
    const { bodies } = readIpaFile(
      Buffer.from(`${COLUMNS}\nc_a1,"Unione ""dei"" Comuni,\ncon sede",${TAX},L6,V,0,,,,\n`),
    );
    expect(bodies[0]!.name).toBe('Unione "dei" Comuni,\ncon sede');
  });
});

describe("a malformed file is refused whole, with line and reason", () => {
  const cases: [string, Uint8Array, number, RegExp][] = [
    ["nothing at all", new Uint8Array(), 1, /vuoto/],
    ["blank lines alone", Buffer.from("\n\n \n"), 1, /vuoto/],
    ["the header alone", Buffer.from(`${COLUMNS}\n`), 2, /nessun ente/],
    ["the header alone, without its end of line", Buffer.from(COLUMNS), 2, /nessun ente/],
    [
      "a column missing",
      Buffer.from(`${COLUMNS.replace("CAP,", "")}\nc_a1,A,${TAX},L6,V,m@pec.example,Pec,,\n`),
      1,
      /mancano le colonne CAP/,
    ],
    ["a line with a field less", file(line("c_a1"), `c_a2,Comune,${TAX}`, line("c_a3")), 3, /numero di colonne/],
    ["a line with a field more", file(line("c_a1"), `${line("c_a2")},di troppo`), 3, /numero di colonne/],
    [
      "a quote that never closes on the first line",
      file(`"c_a1,Comune,${TAX},L6,V,0,,,,`, line("c_a2")),
      2,
      /virgolette/,
    ],
    [
      "a quote that never closes",
      file(line("c_a1"), `c_a2,"Comune,${TAX},L6,V,0,,,,`, line("c_a3"), line("c_a4")),
      3,
      /virgolette/,
    ],
    ["a quote in the middle of a field", file(line("c_a1"), `c_a2,"Comune" di,${TAX},L6,V,0,,,,`), 3, /virgolette/],
    ["a code twice", file(line("c_a1"), line("c_a2"), line("C_A1")), 4, /C_A1 già alla riga 2/],
    ["a body without code", file(line("c_a1"), line("")), 3, /Codice_IPA/],
    ["a body with an impossible code", file(line("c a1")), 2, /Codice_IPA/],
    ["a body without name", file(line("c_a1"), line("c_a2", "  ")), 3, /Denominazione_ente mancante/],
    [
      "bytes that are no UTF-8",
      Buffer.concat([
        file(line("c_a1"), line("c_a2")),
        Buffer.from("c_a3,Citt"),
        Buffer.from([0xe0]),
        Buffer.from(`,${TAX},L6,V,0,,,,\n`),
      ]),
      4,
      /UTF-8/,
    ],
    ["text in Latin-1", Buffer.from(`${COLUMNS}\n${line("c_a1", "Città di Prova")}\n`, "latin1"), 2, /UTF-8/],
    ["a NUL inside a name", file(line("c_a1"), line("c_a2", "Comune\u0000di Prova")), 3, /Denominazione_ente/],
    ["a name of ten thousand letters", file(line("c_a1", "a".repeat(10_000))), 2, /troppo lungo/],
    ["a line that never ends", Buffer.concat([Buffer.from(`${COLUMNS}\n`), Buffer.alloc(300_000, "a")]), 2, /./],
    ["a page of the web", Buffer.from("<!doctype html><html><body>Servizio non disponibile</body></html>\n"), 1, /./],
    ["a compressed file", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff]), 1, /UTF-8/],
  ];
  for (const [what, bytes, wantedLine, reason] of cases)
    it(what, () => {
      const facts = refusal(bytes);
      expect(String(facts["reason"])).toMatch(reason);
      expect(facts["line"]).toBe(wantedLine);
    });

  it("whatever comes is read or refused, never anything else", () => {
    const good = file(line("c_a1"), line("c_a2"), line("c_a3")).toString();
    fc.assert(
      fc.property(fc.nat(good.length), fc.nat(20), fc.string({ unit: "binary", maxLength: 12 }), (at, drop, put) => {
        try {
          readIpaFile(Buffer.from(good.slice(0, at) + put + good.slice(at + drop)));
        } catch (error) {
          if (!isProblem(error)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});

const sample = join(root, "../shared/data/ipa/enti-sample.csv");
if (existsSync(sample))
  it("the sample of the real registry is read to its last line", () => {
    const bytes = readFileSync(sample);
    const { bodies } = readIpaFile(bytes);
    expect(bodies).toHaveLength(bytes.toString().trim().split("\n").length - 1);
    expect(bodies.every((b) => b.name && b.ipaCode && b.category)).toBe(true);
    expect(bodies.find((b) => b.ipaCode === "056")).toMatchObject({
      name: "Azienda Unita' Sanitaria Locale Viterbo",
      taxCode: "01455570562",
      pec: "prot.gen.asl.vt.it@legalmail.it",
      zipCode: "01100",
    });
  });
