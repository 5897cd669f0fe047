import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { api, endpointsOf } from "../index.ts";
import {
  agreesWithNames,
  birthOf,
  Email,
  elevenDigitCode,
  FiscalCode,
  fieldProblems,
  hasElevenDigitCheck,
  hasPersonCheck,
  PersonalEmail,
  personCode,
  RecipientCode,
  TaxCode,
  Text,
  VatNumber,
  withoutHomocody,
} from "./index.ts";

const ruleOf = (type: z.ZodType, value: unknown) => {
  const read = type.safeParse(value);
  return read.success ? "fine" : fieldProblems(read.error, "x")[0]!.code;
};
const digits = (n: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: n, maxLength: n }).map((d) => d.join(""));
const name = fc
  .array(fc.constantFrom(..."ABCDEFGHILMNOPQRSTUVZàèìòù' "), { minLength: 2, maxLength: 20 })
  .map((c) => c.join(""))
  .filter((t) => /[A-Za-zàèìòù]/.test(t));
const person = fc.record({
  givenName: name,
  familyName: name,
  dateOfBirth: fc
    .date({ min: new Date("1930-01-01"), max: new Date("2008-12-31"), noInvalidDate: true })
    .map((d) => d.toISOString().slice(0, 10)),
  sex: fc.constantFrom("F" as const, "M" as const),
  place: fc.constant("H501"),
});

describe("eleven-digit codes", () => {
  it("of real bodies pass", () => {
    for (const code of ["03301860544", "80092570011", "99900001373"]) expect(hasElevenDigitCheck(code)).toBe(true);
  });
  it("have exactly one good check digit", () => {
    fc.assert(
      fc.property(
        digits(10).filter((d) => !/^0+$/.test(d)),
        (ten) => Array.from({ length: 10 }, (_, d) => hasElevenDigitCheck(ten + d)).filter(Boolean).length === 1,
      ),
    );
  });
  it("betray every single wrong digit", () => {
    fc.assert(
      fc.property(
        digits(10).filter((d) => !/^0+$/.test(d)),
        fc.nat(10),
        fc.integer({ min: 1, max: 9 }),
        (ten, place, by) => {
          const code = elevenDigitCode(ten);
          const wrong = code.slice(0, place) + ((Number(code[place]) + by) % 10) + code.slice(place + 1);
          return !hasElevenDigitCheck(wrong);
        },
      ),
    );
  });
  it("say which rule they break", () => {
    expect(ruleOf(VatNumber, "IT 03301860544")).toBe("fine");
    expect(ruleOf(VatNumber, "03301860545")).toBe("wrong-check-digit");
    expect(ruleOf(VatNumber, "0330186054")).toBe("wrong-length");
    expect(ruleOf(VatNumber, "0330186054X")).toBe("wrong-format");
    expect(ruleOf(VatNumber, "")).toBe("required");
    expect(ruleOf(VatNumber, undefined)).toBe("required");
    expect(ruleOf(TaxCode, "00000000000")).toBe("wrong-check-digit");
  });
});

describe("codes of persons", () => {
  it("made from a person pass, agree with the names and tell the birth", () => {
    fc.assert(
      fc.property(person, (p) => {
        const code = personCode(p);
        const birth = birthOf(code, new Date("2026-11-23"))!;
        return (
          hasPersonCheck(code) &&
          agreesWithNames(code, p.givenName, p.familyName) &&
          birth.sex === p.sex &&
          birth.date.slice(2) === p.dateOfBirth.slice(2)
        );
      }),
    );
  });
  it("with homocody letters pass and fold to the same person", () => {
    const code = "FRRGLI84P67A944J";
    const letters = "FRRGLI84P67A94Q";
    expect(hasPersonCheck(code)).toBe(true);
    const homocode = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((c) => letters + c).find(hasPersonCheck)!;
    expect(withoutHomocody(homocode)).toBe(code);
  });
  it("are tidied as people type them", () => {
    expect(FiscalCode.parse(" frrgli84p67 a944j ")).toBe("FRRGLI84P67A944J");
    expect(ruleOf(FiscalCode, "FRRGLI84P67A944K")).toBe("wrong-check-digit");
    expect(ruleOf(FiscalCode, "FRRGLI84P67A944")).toBe("wrong-length");
    expect(ruleOf(FiscalCode, "1234567890123456")).toBe("wrong-format");
  });
  it("never throw on anything", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (t) => {
        FiscalCode.safeParse(t);
        TaxCode.safeParse(t);
        VatNumber.safeParse(t);
        return true;
      }),
    );
  });
});

describe("contacts and codes", () => {
  it("tell a certified address from a person's own", () => {
    for (const pec of [
      "a@pec.comune.it",
      "a@postacert.regione.it",
      "b@legalmail.it",
      "c@cert.ordine.it",
      "d@pec-ente.it",
    ])
      expect([pec, ruleOf(PersonalEmail, pec)]).toEqual([pec, "pec-not-personal"]);
    for (const own of ["Giulia.Ferri@posta.example", "a+b@comune.borgo.it", "x@peccioli.it"])
      expect([own, ruleOf(PersonalEmail, own)]).toEqual([own, "fine"]);
    for (const bad of ["a@b", "a b@c.it", "@c.it", "a..b@c.it", "a@c.it."])
      expect([bad, ruleOf(Email, bad)]).toEqual([bad, "wrong-format"]);
  });
  it("want six characters for an invoicing office", () => {
    expect(RecipientCode.parse("ufb0e5")).toBe("UFB0E5");
    expect(ruleOf(RecipientCode, "UFAD4")).toBe("wrong-length");
    expect(ruleOf(RecipientCode, "UFAD4!")).toBe("wrong-format");
  });
  it("keep control characters and broken text out of names", () => {
    expect(ruleOf(Text(80), "Ada\u0000")).toBe("wrong-format");
    expect(ruleOf(Text(80), "Ada\ud800")).toBe("wrong-format");
    expect(Text(80).parse("  Niccolò ")).toBe("Niccolò");
  });
});

describe("the promise", () => {
  it("carries examples that its own shapes accept", () => {
    for (const { name, endpoint } of endpointsOf(api)) {
      if (endpoint.body)
        expect([name, endpoint.body.safeParse(endpoint.example.body).error?.issues ?? []]).toEqual([name, []]);
      if (endpoint.query)
        expect([name, endpoint.query.safeParse(endpoint.example.query ?? {}).success]).toEqual([name, true]);
    }
  });
});

describe("a choice among shapes", () => {
  const body = api.people.give.body!;
  const said = (given: unknown) => {
    const read = body.safeParse(given);
    return read.success ? [] : fieldProblems(read.error, "body");
  };
  it("that was not made is missing; one that does not exist is not allowed", () => {
    expect(said({ productId: "institution" })).toEqual([{ path: "body/choice", code: "required" }]);
    expect(said({ productId: "institution", choice: { profile: "king" } })).toEqual([
      { path: "body/choice", code: "not-allowed" },
    ]);
    expect(said({ productId: "institution", choice: 1 })).toEqual([{ path: "body/choice", code: "not-allowed" }]);
  });
});
