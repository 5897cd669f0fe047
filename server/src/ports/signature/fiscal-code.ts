// Omocodia: when two people would get the same code, the Revenue Agency replaces digits by letters, from the right
// (DM 23 December 1976, art. 6). A person may hold certificates made before and after.

const digitPositions = [6, 7, 9, 10, 12, 13, 14];
const letters = "LMNPQRSTUV";

const withDigits = (fiscalCode: string): string =>
  [...fiscalCode.toUpperCase()]
    .map((character, position) => {
      const digit = digitPositions.includes(position) ? letters.indexOf(character) : -1;
      return digit < 0 ? character : String(digit);
    })
    .join("");

/** Same person: same code once letters are read as digits. The sixteenth character is a checksum of the others. */
export const samePerson = (one: string, other: string): boolean =>
  one.length === 16 && other.length === 16 && withDigits(one).slice(0, 15) === withDigits(other).slice(0, 15);

export const maskFiscalCode = (fiscalCode: string): string =>
  fiscalCode.slice(0, 6).toUpperCase() + "•".repeat(Math.max(0, fiscalCode.length - 6));

const shape = /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/;

/** Semantics identifier of ETSI EN 319 412-1, 5.1.3 (`TINIT-…`), or the older Italian `IT:…`. */
export const fiscalCodeIn = (subjectSerialNumber: string): string | null => {
  const written = subjectSerialNumber.trim().toUpperCase();
  const code = written.startsWith("TINIT-") ? written.slice(6) : written.startsWith("IT:") ? written.slice(3) : "";
  return shape.test(code) ? code : null;
};
