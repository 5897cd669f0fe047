import { inflateSync } from "node:zlib";

// The PDF library opens compressed object streams as soon as it reads a file, and without a limit: a few kilobytes can
// unfold into gigabytes. So, before it sees them, the bytes that are not ours are weighed here.

const mostUnfolded = 32 * 1024 * 1024;
const mostObjects = 10_000;
const mostTokens = 500_000;
const otherFilters = /ASCIIHexDecode|ASCII85Decode|LZWDecode|RunLengthDecode/;

const occurrences = (bytes: Buffer, word: string, limit: number): number => {
  let found = 0;
  for (let at = bytes.indexOf(word); at >= 0 && found <= limit; at = bytes.indexOf(word, at + word.length)) found++;
  return found;
};

const opensToken = new Uint8Array(256);
for (const character of " \n\r/[<(") opensToken[character.charCodeAt(0)] = 1;

/** Roughly how many words the library would have to make objects of; pictures and fonts hold few such bytes. */
const tokens = (bytes: Uint8Array): number => {
  let found = 0;
  for (const byte of bytes) found += opensToken[byte] ?? 0;
  return found;
};

/** How much a deflated stream unfolds to, streams within streams included; `Infinity` past the limit. */
const unfolded = (bytes: Buffer, limit: number): number => {
  if (bytes.length < 2 || ((bytes[0] ?? 0) & 0x0f) !== 8) return 0;
  try {
    const inner = inflateSync(bytes, { maxOutputLength: limit });
    return inner.length + unfolded(inner, limit);
  } catch (problem) {
    return (problem as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? Number.POSITIVE_INFINITY : 0;
  }
};

/** Too much to read: more objects, words or compressed content than any signing program writes. */
export const isTooHeavy = (added: Uint8Array): boolean => {
  const bytes = Buffer.from(added.buffer, added.byteOffset, added.length);
  if (occurrences(bytes, "endobj", mostObjects) > mostObjects || tokens(bytes) > mostTokens) return true;
  // A name may be spelled with `#` codes (ISO 32000-1, 7.3.5), anywhere.
  const text = bytes
    .toString("latin1")
    .replace(/#([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  if (!/ObjStm|XRef/.test(text)) return false;
  if (otherFilters.test(text)) return true;
  let left = mostUnfolded;
  for (let at = bytes.indexOf("stream"); at >= 0; at = bytes.indexOf("stream", at + 6)) {
    let start = at + 6;
    while (bytes[start] === 13 || bytes[start] === 10 || bytes[start] === 32) start++;
    left -= unfolded(bytes.subarray(start), left);
    if (left <= 0) return true;
  }
  return false;
};
