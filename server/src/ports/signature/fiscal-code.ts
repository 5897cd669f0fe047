import { personCodePattern, withoutHomocody } from "@area/api";

/** Same person: same code once letters are read as digits. A person may hold certificates made before and after homocody. */
export const samePerson = (one: string, other: string): boolean =>
  one.length === 16 &&
  other.length === 16 &&
  withoutHomocody(one.toUpperCase()) === withoutHomocody(other.toUpperCase());

/** Semantics identifier of ETSI EN 319 412-1, 5.1.3 (`TINIT-…`), or the older Italian `IT:…`. */
export const fiscalCodeIn = (subjectSerialNumber: string): string | null => {
  const written = subjectSerialNumber.trim().toUpperCase();
  const code = written.startsWith("TINIT-") ? written.slice(6) : written.startsWith("IT:") ? written.slice(3) : "";
  return personCodePattern.test(code) ? code : null;
};
