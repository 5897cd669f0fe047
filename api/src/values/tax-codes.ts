import { z } from "zod";
import { rule } from "./rules.ts";

/**
 * Tax codes of Italy. Sources: D.M. 23/12/1976 (fiscal code of persons, check character and homocody),
 * art. 35 D.P.R. 633/1972 and circ. 8/1977 (11-digit number with Luhn check digit).
 */

/** The 11-digit number of a VAT holder or of a body: odd places as they are, even places doubled; the sum ends in 0. */
export const hasElevenDigitCheck = (code: string): boolean => {
  if (!/^\d{11}$/.test(code) || code === "00000000000") return false;
  let sum = 0;
  for (let i = 0; i < 11; i++) {
    const digit = code.charCodeAt(i) - 48;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
};

/** The check digit for ten digits: used by who makes codes up (demo data, load generators). */
export const elevenDigitCode = (tenDigits: string): string => {
  for (let check = 0; check < 10; check++) if (hasElevenDigitCheck(tenDigits + check)) return tenDigits + check;
  throw new RangeError("ten digits wanted");
};

const ODD = "1 0 5 7 9 13 15 17 19 21 2 4 18 20 11 3 6 8 12 14 16 10 22 25 24 23".split(" ").map(Number);
const HOMOCODY = "LMNPQRSTUV";
const DIGIT_PLACES = [6, 7, 9, 10, 12, 13, 14];
const MONTHS = "ABCDEHLMPRST";
export const personCodePattern =
  /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/;

const characterValue = (character: string): number =>
  character <= "9" ? character.charCodeAt(0) - 48 : character.charCodeAt(0) - 65;

/** The 16th character from the first fifteen. */
export const checkCharacter = (fifteen: string): string => {
  let sum = 0;
  for (let i = 0; i < 15; i++) sum += i % 2 === 0 ? ODD[characterValue(fifteen[i]!)]! : characterValue(fifteen[i]!);
  return String.fromCharCode(65 + (sum % 26));
};

export const hasPersonCheck = (code: string): boolean =>
  personCodePattern.test(code) && checkCharacter(code.slice(0, 15)) === code[15];

/** The code without homocody letters: two codes of one person compare equal. */
export const withoutHomocody = (code: string): string => {
  const plain = [...code.slice(0, 15)];
  for (const place of DIGIT_PLACES) {
    const letter = HOMOCODY.indexOf(plain[place]!);
    if (letter >= 0) plain[place] = String(letter);
  }
  return plain.join("") + checkCharacter(plain.join(""));
};

/** What a person's code tells: born when (the century is a guess below 100 years of age), and of which sex. */
export const birthOf = (code: string, today = new Date()): { date: string; sex: "F" | "M"; place: string } | null => {
  const plain = withoutHomocody(code);
  const day = Number(plain.slice(9, 11));
  const month = MONTHS.indexOf(plain[8]!) + 1;
  const short = Number(plain.slice(6, 8));
  const year = 2000 + short > today.getFullYear() ? 1900 + short : 2000 + short;
  const born = day > 40 ? day - 40 : day;
  if (born < 1 || born > 31) return null;
  const date = `${year}-${String(month).padStart(2, "0")}-${String(born).padStart(2, "0")}`;
  return { date, sex: day > 40 ? "F" : "M", place: plain.slice(11, 15) };
};

const letters = (name: string): string =>
  name
    .normalize("NFD")
    .toUpperCase()
    .replace(/ß/g, "SS")
    .replace(/[^A-Z]/g, "");
const triple = (consonants: string, vowels: string): string => `${consonants}${vowels}XXX`.slice(0, 3);
const parts = (name: string) => ({
  c: letters(name).replace(/[AEIOU]/g, ""),
  v: letters(name).replace(/[^AEIOU]/g, ""),
});
export const surnameTriple = (name: string): string => triple(parts(name).c, parts(name).v);
export const givenNameTriple = (name: string): string => {
  const { c, v } = parts(name);
  return c.length >= 4 ? c[0]! + c[2]! + c[3]! : triple(c, v);
};
/** Does the code's start agree with these names? Catches a code typed for somebody else. */
export const agreesWithNames = (code: string, givenName: string, familyName: string): boolean =>
  code.startsWith(surnameTriple(familyName) + givenNameTriple(givenName));

/** Makes the code of an invented person. */
export const personCode = (p: {
  givenName: string;
  familyName: string;
  dateOfBirth: string;
  sex: "F" | "M";
  place: string;
}): string => {
  const [year, month, day] = p.dateOfBirth.split("-").map(Number) as [number, number, number];
  const fifteen = `${surnameTriple(p.familyName)}${givenNameTriple(p.givenName)}${String(year % 100).padStart(2, "0")}${MONTHS[month - 1]}${String(p.sex === "F" ? day + 40 : day).padStart(2, "0")}${p.place}`;
  return fifteen + checkCharacter(fifteen);
};

/** What may be shown of somebody else's code: the six letters of the name, and no more. */
export const maskFiscalCode = (code: string): string => `${code.slice(0, 6)}••••••••••`;

const tidy = (text: string): string => text.replace(/\s+/g, "").toUpperCase();

export const FiscalCode = z
  .string()
  .max(40)
  .transform(tidy)
  .pipe(
    z
      .string()
      .min(1, { abort: true })
      .refine((c) => c.length === 16, { ...rule("wrong-length", { expected: 16 }), abort: true })
      .refine((c) => personCodePattern.test(c), { ...rule("wrong-format"), abort: true })
      .refine(hasPersonCheck, rule("wrong-check-digit")),
  )
  .describe("Codice fiscale di una persona (16 caratteri, carattere di controllo verificato)");

export const VatNumber = z
  .string()
  .max(40)
  .transform((text) => tidy(text).replace(/^IT/, ""))
  .pipe(
    z
      .string()
      .min(1, { abort: true })
      .refine((c) => /^\d*$/.test(c), { ...rule("wrong-format"), abort: true })
      .refine((c) => c.length === 11, { ...rule("wrong-length", { expected: 11 }), abort: true })
      .refine(hasElevenDigitCheck, rule("wrong-check-digit")),
  )
  .describe("Partita IVA (11 cifre, cifra di controllo verificata)");

/** Tax code of a body: eleven digits, or the sixteen of a person who is a business. */
export const TaxCode = z
  .string()
  .max(40)
  .transform(tidy)
  .pipe(
    z
      .string()
      .min(1, { abort: true })
      .refine((c) => c.length === 11 || c.length === 16, { ...rule("wrong-length", { expected: 11 }), abort: true })
      .refine((c) => /^\d{11}$/.test(c) || personCodePattern.test(c), { ...rule("wrong-format"), abort: true })
      .refine((c) => (c.length === 11 ? hasElevenDigitCheck(c) : hasPersonCheck(c)), rule("wrong-check-digit")),
  )
  .describe("Codice fiscale dell’ente (11 cifre, o 16 caratteri)");
