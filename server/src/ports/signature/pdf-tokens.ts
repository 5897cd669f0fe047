// A strict reader of the few things an update of a PDF is made of (ISO 32000-1, 7.2 and 7.3). It builds nothing: it
// walks, and throws where two programs could read two documents, such as a key that a dictionary holds twice.

export interface Walker {
  bytes: Buffer;
  at: number;
}

export const unclear = (): Error => new Error("unclear structure");

const deepest = 40;
const isBlank = (byte: number | undefined): boolean =>
  byte === 32 || byte === 10 || byte === 13 || byte === 9 || byte === 12 || byte === 0;
const isDelimiter = (byte: number | undefined): boolean =>
  byte === undefined || isBlank(byte) || "()<>[]{}/%".includes(String.fromCharCode(byte));

export const skipBlanks = (walker: Walker): void => {
  const { bytes } = walker;
  for (;;) {
    while (isBlank(bytes[walker.at])) walker.at++;
    if (bytes[walker.at] !== 0x25) return;
    while (walker.at < bytes.length && bytes[walker.at] !== 10 && bytes[walker.at] !== 13) walker.at++;
  }
};

/** The run of ordinary characters here: a number or a keyword. */
export const wordAt = (walker: Walker): string => {
  const start = walker.at;
  while (!isDelimiter(walker.bytes[walker.at])) walker.at++;
  if (walker.at - start > 40 || walker.at === start) throw unclear();
  return walker.bytes.toString("latin1", start, walker.at);
};

export const numberAt = (walker: Walker): number => {
  skipBlanks(walker);
  const word = wordAt(walker);
  if (!/^\d{1,10}$/.test(word)) throw unclear();
  return Number(word);
};

export const expectWord = (walker: Walker, word: string): void => {
  skipBlanks(walker);
  if (wordAt(walker) !== word) throw unclear();
};

const nameAt = (walker: Walker): string => {
  const start = ++walker.at;
  while (!isDelimiter(walker.bytes[walker.at])) walker.at++;
  // A name may be spelled with `#` codes (7.3.5).
  return walker.bytes
    .toString("latin1", start, walker.at)
    .replace(/#([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
};

const skipString = (walker: Walker): void => {
  let open = 0;
  for (; walker.at < walker.bytes.length; walker.at++) {
    const byte = walker.bytes[walker.at];
    if (byte === 0x5c) walker.at++;
    else if (byte === 0x28) open++;
    else if (byte === 0x29 && --open === 0) {
      walker.at++;
      return;
    }
  }
  throw unclear();
};

const skipHexadecimal = (walker: Walker): void => {
  const end = walker.bytes.indexOf(">", walker.at);
  if (end < 0) throw unclear();
  for (let at = walker.at + 1; at < end; at++) {
    const byte = walker.bytes[at] ?? 0;
    const digit = (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102);
    if (!digit && !isBlank(byte)) throw unclear();
  }
  walker.at = end + 1;
};

/** Walks one value. Of a dictionary it answers the direct integers among its entries, by key. */
export const skipValue = (walker: Walker, depth = 0): Map<string, number | null> | null => {
  if (depth > deepest) throw unclear();
  skipBlanks(walker);
  const { bytes } = walker;
  const first = bytes[walker.at];
  if (first === 0x28) skipString(walker);
  else if (first === 0x2f) nameAt(walker);
  else if (first === 0x5b) {
    walker.at++;
    for (skipBlanks(walker); bytes[walker.at] !== 0x5d; skipBlanks(walker)) skipValue(walker, depth + 1);
    walker.at++;
  } else if (first === 0x3c && bytes[walker.at + 1] === 0x3c) {
    walker.at += 2;
    const entries = new Map<string, number | null>();
    for (;;) {
      skipBlanks(walker);
      if (bytes[walker.at] === 0x3e && bytes[walker.at + 1] === 0x3e) break;
      if (bytes[walker.at] !== 0x2f) throw unclear();
      const key = nameAt(walker);
      if (entries.has(key)) throw unclear();
      skipBlanks(walker);
      const start = walker.at;
      skipValue(walker, depth + 1);
      const written = walker.at - start <= 12 ? bytes.toString("latin1", start, walker.at) : "";
      entries.set(key, /^\d{1,10}$/.test(written) ? Number(written) : null);
    }
    walker.at += 2;
    return entries;
  } else if (first === 0x3c) skipHexadecimal(walker);
  else skipNumberOrReference(walker);
  return null;
};

const skipNumberOrReference = (walker: Walker): void => {
  const word = wordAt(walker);
  if (!/^(?:[+-]?(?:\d+\.?\d*|\.\d+)|true|false|null)$/.test(word)) throw unclear();
  if (!/^\d+$/.test(word)) return;
  const start = walker.at;
  try {
    numberAt(walker);
    expectWord(walker, "R");
  } catch {
    walker.at = start;
  }
};
