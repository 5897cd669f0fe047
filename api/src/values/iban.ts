import { z } from "zod";
import { rule } from "./rules.ts";

/**
 * IBANs. Sources: ISO 13616 (form, check digits modulo 97, length by country), the EPC's list of SEPA countries,
 * and for Italy and San Marino the BBAN of ABI: CIN, ABI, CAB, account.
 */

/** Countries of SEPA and the length of their IBANs. A credit of pagoPA travels as a SEPA credit transfer. */
export const sepaLengths: Readonly<Record<string, number>> = Object.fromEntries(
  (
    "AD24 AL28 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28 IE22 IS26 IT27 " +
    "LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MT31 NL18 NO15 PL28 PT25 RO24 RS22 SE24 SI19 SK24 SM27 VA22"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Letters as numbers from 10, the first four characters at the end: the remainder by 97 must be 1. */
export const hasIbanCheck = (iban: string): boolean => {
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4))
    remainder = Number(String(remainder) + Number.parseInt(character, 36)) % 97;
  return remainder === 1;
};

const ODD = "1 0 5 7 9 13 15 17 19 21 2 4 18 20 11 3 6 8 12 14 16 10 22 25 24 23".split(" ").map(Number);
/** The control letter (CIN) of the 22 characters that follow it: ABI, CAB, account. */
export const cinOf = (bban: string): string => {
  let sum = 0;
  [...bban].forEach((character, place) => {
    const value = character <= "9" ? Number(character) : character.charCodeAt(0) - 65;
    sum += place % 2 === 0 ? ODD[value]! : value;
  });
  return String.fromCharCode(65 + (sum % 26));
};

/** An Italian or Sammarinese IBAN taken apart; null for every other country. */
export const italianParts = (iban: string): { cin: string; abi: string; cab: string; account: string } | null =>
  /^(?:IT|SM)\d{2}[A-Z]\d{10}[A-Z0-9]{12}$/.test(iban)
    ? { cin: iban.slice(4, 5), abi: iban.slice(5, 10), cab: iban.slice(10, 15), account: iban.slice(15) }
    : null;

/** BancoPosta: an account that only one institution may have, printed on notices for payment at post offices. */
export const POSTAL_ABI = "07601";
export const isPostal = (iban: string): boolean => italianParts(iban)?.abi === POSTAL_ABI;

/** BARCODE-128-AIM: the last twelve characters of a postal account, as notices carry them; null for every other account. */
export const barcodeOf = (iban: string): string | null => (/^IT/.test(iban) && isPostal(iban) ? iban.slice(15) : null);

/** In fours, as people read it. */
export const ibanInFours = (iban: string): string => iban.replace(/(.{4})(?=.)/g, "$1 ");

export const Iban = z
  .string()
  .max(60)
  .transform((text) => text.replace(/[\s\u00a0-]+/g, "").toUpperCase())
  .pipe(
    z.string().superRefine((iban, context) => {
      const wrong = (name: Parameters<typeof rule>[0], facts = {}) =>
        context.addIssue({ code: "custom", ...rule(name, facts) });
      if (!iban) return wrong("required");
      if (!/^[A-Z]{2}\d{2}[A-Z0-9]*$/.test(iban)) return wrong("wrong-format");
      const length = sepaLengths[iban.slice(0, 2)];
      if (!length) return wrong("iban-not-sepa", { country: iban.slice(0, 2) });
      if (iban.length !== length) return wrong("wrong-length", { expected: length, written: iban.length });
      const parts = italianParts(iban);
      if (!parts && /^(?:IT|SM)/.test(iban)) return wrong("wrong-format");
      if (!hasIbanCheck(iban)) return wrong("wrong-check-digit");
      if (parts && cinOf(parts.abi + parts.cab + parts.account) !== parts.cin) return wrong("wrong-cin");
    }),
  )
  .describe("IBAN di un conto dell’area SEPA; spazi e minuscole sono tolti");
