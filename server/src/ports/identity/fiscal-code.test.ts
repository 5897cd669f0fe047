import { checkCharacter as fiscalCodeCheckCharacter, hasPersonCheck as isFiscalCode } from "@area/api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fiscalCodeOfAttribute } from "./fiscal-code.ts";

// Invented people; the check characters are true.
const known = ["RSSMRA80A01H501U", "MRTMTT25D09F205Z"];

describe("fiscal code", () => {
  it.each(known)("%s is one", (code) => expect(isFiscalCode(code)).toBe(true));

  it("with omocodia letters in place of digits", () => {
    const first = "RSSMRA80A01H50M";
    expect(isFiscalCode(first + fiscalCodeCheckCharacter(first))).toBe(true);
    const all = "RSSMRAULALMHRLM";
    expect(isFiscalCode(all + fiscalCodeCheckCharacter(all))).toBe(true);
  });

  it("one changed character never keeps a valid code valid, in the last place", () => {
    fc.assert(
      fc.property(fc.constantFrom(...known), fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"), (code, letter) => {
        expect(isFiscalCode(code.slice(0, 15) + letter)).toBe(letter === code[15]);
      }),
    );
  });

  it.each([
    "",
    "RSSMRA80A01H501",
    "rssmra80a01h501u",
    "RSSMRA80A01H501U ",
    "12345678903",
    "RSSMRA80F01H501U",
    "RSSMRA80A01H501Z",
  ])("%j is none", (code) => expect(isFiscalCode(code)).toBe(false));

  it("as the federations write it", () => {
    expect(fiscalCodeOfAttribute("\n TINIT-rssmra80a01h501u \n")).toBe("RSSMRA80A01H501U");
    for (const value of [
      "RSSMRA80A01H501U",
      "tinit-RSSMRA80A01H501U",
      "TINDE-RSSMRA80A01H501U",
      "TINIT-TINIT-RSSMRA80A01H501U",
      "TINIT-RſSMRA80A01H501U",
      "TINIT-",
    ])
      expect(fiscalCodeOfAttribute(value)).toBeUndefined();
  });
});
