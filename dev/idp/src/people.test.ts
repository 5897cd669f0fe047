import { describe, expect, it } from "vitest";
import { checkCharacter, fiscalCodeOf, withoutHomocodes } from "./fiscal-code.ts";
import { loadPeople } from "./people.ts";

const people = loadPeople(new URL("../../../demo/people.json", import.meta.url).pathname);

describe("the invented people", () => {
  it("starts with the three used most, and has unique keys, codes and addresses", () => {
    expect(people.slice(0, 3).map((p) => p.key)).toEqual(["elena-conti", "giulia-ferri", "luca-marini"]);
    for (const field of ["key", "fiscalNumber", "email"] as const) {
      expect(new Set(people.map((p) => p[field])).size).toBe(people.length);
    }
  });

  it.each(people)("$key has a code that agrees with its data", (person) => {
    const code = person.fiscalNumber;
    expect(code).toMatch(/^[A-Z]{6}[\dLMNPQRSTUV]{2}[ABCDEHLMPRST][\dLMNPQRSTUV]{2}[A-Z][\dLMNPQRSTUV]{3}[A-Z]$/);
    expect(code[15]).toBe(checkCharacter(code.slice(0, 15)));
    expect(withoutHomocodes(code)).toBe(fiscalCodeOf(person));
    const day = Number(withoutHomocodes(code).slice(9, 11));
    expect(day > 40 ? "F" : "M").toBe(person.gender);
    expect(day % 40).toBe(Number(person.dateOfBirth.slice(8)));
    expect(new Date(person.dateOfBirth).toISOString().slice(0, 10)).toBe(person.dateOfBirth);
    expect(person.email).toMatch(/^[a-z0-9.-]+@posta\.example$/);
    expect(person.schemes).toContain("spid");
    expect(person.note).toMatch(/\.$/);
  });

  it("covers the cases worth having", () => {
    const homonyms = people.filter((p) => p.givenName === "Paolo" && p.familyName === "Neri");
    expect(homonyms.map((p) => p.key)).toEqual(["paolo-neri", "paolo-neri-2"]);
    expect(people.some((p) => p.fiscalNumber !== withoutHomocodes(p.fiscalNumber))).toBe(true);
    expect(people.some((p) => p.placeOfBirth.startsWith("Z"))).toBe(true);
    expect(people.some((p) => p.levels.length === 1 && p.levels[0] === 1)).toBe(true);
    expect([2, 3, 4].every((type) => people.some((p) => p.purpose === type))).toBe(true);
    for (const p of people) expect(Boolean(p.company)).toBe(p.purpose === 2 || p.purpose === 4);
  });

  it("has known codes right", () => {
    // Two textbook specimens.
    expect(checkCharacter("RSSMRA85T10A562")).toBe("S");
    expect(checkCharacter("RSSMRA80A01H501")).toBe("U");
  });
});
