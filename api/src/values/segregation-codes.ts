/**
 * Segregation codes tell apart the stations of one creditor institution within its notice numbers (SANP, "codice segregazione").
 * Those offered run from 00 to 45; three are kept for the platform itself, and three national bodies have one of their own and
 * no other.
 */
export const HIGHEST_SEGREGATION_CODE = 45;
export const reservedSegregationCodes = ["47", "81", "85"] as const;
/** Central notice archives, by the tax code of the body that runs them. */
export const wiredSegregationCodes: Readonly<Record<string, string>> = {
  "02438750586": "49",
  "00493410583": "96",
  "01484460587": "97",
};

const twoDigits = (n: number): string => String(n).padStart(2, "0");

/** The codes that an institution may choose from, whatever it uses already. */
export const offeredSegregationCodes = (taxCode: string): string[] => {
  const wired = wiredSegregationCodes[taxCode];
  if (wired) return [wired];
  return Array.from({ length: HIGHEST_SEGREGATION_CODE + 1 }, (_, n) => twoDigits(n)).filter(
    (code) => !(reservedSegregationCodes as readonly string[]).includes(code),
  );
};

/** Those really free: what is in use counts whether as a segregation code or as an application code. */
export const freeSegregationCodes = (taxCode: string, inUse: Iterable<string>): string[] => {
  const used = new Set(inUse);
  return offeredSegregationCodes(taxCode).filter((code) => !used.has(code));
};
