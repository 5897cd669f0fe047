/** What people type and what the registry writes, brought to the same letters: lower case, no accents, no punctuation. */
export const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

/** The start of each word typed, all of which must be found: `borgo es` → `borgo:* & es:*`. At most eight. */
export const wordsQuery = (typed: string): string =>
  plain(typed)
    .split(" ")
    .filter(Boolean)
    .slice(0, 8)
    .map((word) => `${word}:*`)
    .join(" & ");

/** The registry gives no city in words; a municipality's own name does. */
export const cityIn = (name: string): string | null =>
  /^(?:Comune|Citta|Città) (?:di |del |della |d['’] ?)?(.{2,60})$/i.exec(name.trim())?.[1] ?? null;
