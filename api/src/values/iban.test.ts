import fc from "fast-check";
import { countrySpecs, isSEPACountry, isValidIBAN } from "ibantools";
import { describe, expect, it } from "vitest";
import { cinOf, fieldProblems, hasIbanCheck, Iban, ibanInFours, isPostal, italianParts, sepaLengths } from "./index.ts";

const verdict = (text: string): string => {
  const read = Iban.safeParse(text);
  return read.success ? `ok ${read.data}` : (fieldProblems(read.error, "body")[0]?.code ?? "?");
};

/** An IBAN of any country with right check digits, from its BBAN. */
const withCheck = (country: string, bban: string): string => {
  for (let n = 2; n < 99; n++) {
    const iban = `${country}${String(n).padStart(2, "0")}${bban}`;
    if (hasIbanCheck(iban)) return iban;
  }
  throw new Error(`no check digits for ${country}${bban}`);
};
const digits = (n: number) => fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: n, maxLength: n });
const alphanumerics = (n: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), minLength: n, maxLength: n });
const italian = fc
  .tuple(fc.constantFrom("IT", "SM"), digits(10), alphanumerics(12))
  .map(([country, bank, account]) => withCheck(country, cinOf(bank + account) + bank + account));

describe("an IBAN", () => {
  it("is read with spaces, hyphens and small letters, and says what is wrong", () => {
    for (const [text, wanted] of [
      ["IT60X0542811101000000123456", "ok IT60X0542811101000000123456"],
      ["it60 x054 2811 1010 0000 0123 456", "ok IT60X0542811101000000123456"],
      ["IT49S0300203280447684177591", "ok IT49S0300203280447684177591"],
      ["IT84H0706676470000000822789", "ok IT84H0706676470000000822789"],
      ["IT74L0306905020100000046450", "ok IT74L0306905020100000046450"],
      ["IT04Q0760102800000003072720", "ok IT04Q0760102800000003072720"],
      ["DE89370400440532013000", "ok DE89370400440532013000"],
      ["IT12A1234512345123456789012", "wrong-check-digit"],
      ["IT60X054281110100000012345", "wrong-length"],
      ["IT60X05428111010000001234567", "wrong-length"],
      ["US64SVBKUS6S3300958879", "iban-not-sepa"],
      ["IT60", "wrong-length"],
      ["60IT", "wrong-format"],
      ["IT60X05428111010000001234€6", "wrong-format"],
      ["IT600542811101000000123456X", "wrong-format"],
      ["", "required"],
      ["   ", "required"],
    ])
      expect([text, verdict(text!)]).toEqual([text, wanted]);
    // The check digits can be right around a wrong CIN: the letter alone finds it.
    expect(verdict(withCheck("IT", "Y0542811101000000123456"))).toBe("wrong-cin");
  });

  it("knows the countries of SEPA and their lengths as an independent library does", () => {
    for (const [country, length] of Object.entries(sepaLengths)) {
      expect([country, countrySpecs[country]?.chars]).toEqual([country, length]);
    }
    for (const country of Object.keys(countrySpecs))
      if (isSEPACountry(country) && countrySpecs[country]?.IBANRegistry)
        expect(Object.keys(sepaLengths)).toContain(country);
  });

  it("of Italy or San Marino passes here whenever it is made by the rules, and there too", () => {
    fc.assert(
      fc.property(italian, (iban) => {
        expect(verdict(ibanInFours(iban))).toBe(`ok ${iban}`);
        expect(isValidIBAN(iban)).toBe(true);
        expect(isPostal(iban)).toBe(italianParts(iban)?.abi === "07601");
      }),
    );
  });

  it("with a digit or a letter mistaken, or two of a kind swapped, is refused", () => {
    const kindOf = (character: string) => (/\d/.test(character) ? "digit" : "letter");
    // A digit for a letter moves every place after it: that mistake the standard finds nearly always, not always.
    fc.assert(
      fc.property(italian, fc.nat(26), alphanumerics(1), (iban, place, other) => {
        const [here, next] = [iban.charAt(place), iban.charAt(place + 1)];
        if (other !== here && kindOf(other) === kindOf(here))
          expect(verdict(iban.slice(0, place) + other + iban.slice(place + 1))).not.toMatch(/^ok/);
        if (next && next !== here && kindOf(next) === kindOf(here))
          expect(verdict(iban.slice(0, place) + next + here + iban.slice(place + 2))).not.toMatch(/^ok/);
      }),
      { numRuns: 500 },
    );
  });

  it("is never let in where the other library refuses its check digits", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(sepaLengths)),
        alphanumerics(30),
        digits(2),
        (country, bban, check) => {
          const iban = country + check + bban.slice(0, sepaLengths[country]! - 4);
          if (verdict(iban).startsWith("ok")) expect(hasIbanCheck(iban)).toBe(true);
          if (isValidIBAN(iban) && !/^(IT|SM)/.test(iban)) expect(verdict(iban)).toBe(`ok ${iban}`);
        },
      ),
    );
  });
});
