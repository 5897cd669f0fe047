import { crc32, inflateRawSync } from "node:zlib";

/*
 * Reads a ZIP from outside, whole and within bounds (PKWARE APPNOTE 6.3). What it declares is not believed: each entry stops at
 * the size it said, so a bomb costs no more than its bounds. No folders, no encryption, no ZIP64, no entry over another.
 */
export type ZipRefusal =
  | "not-a-zip"
  | "too-many-files"
  | "too-large"
  | "encrypted"
  | "damaged"
  | "folder"
  | "repeated-name"
  | "empty";
export class ZipRefused extends Error {
  constructor(
    readonly why: ZipRefusal,
    readonly file: string | null = null,
  ) {
    super(`zip refused: ${why}`);
  }
}
export type ZipEntry = { name: string; bytes: Buffer };

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

export const unzip = (zip: Buffer, limits: { files: number; bytes: number }): ZipEntry[] => {
  const end = endOf(zip);
  const [count, size, offset] = [zip.readUInt16LE(end + 10), zip.readUInt32LE(end + 12), zip.readUInt32LE(end + 16)];
  if (count === 0) throw new ZipRefused("empty");
  if (count > limits.files) throw new ZipRefused("too-many-files");
  if (zip.readUInt16LE(end + 4) !== 0 || offset + size > end) throw new ZipRefused("damaged");
  const entries: ZipEntry[] = [];
  const seen = new Set<string>();
  const ranges: [number, number][] = [];
  let left = limits.bytes;
  for (let at = offset, n = 0; n < count; n++) {
    if (at + 46 > end || zip.readUInt32LE(at) !== CENTRAL) throw new ZipRefused("damaged");
    const flags = zip.readUInt16LE(at + 8);
    const method = zip.readUInt16LE(at + 10);
    const [crc, packed, plain] = [zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24)];
    const nameLength = zip.readUInt16LE(at + 28);
    const next = at + 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    const local = zip.readUInt32LE(at + 42);
    if (next > end) throw new ZipRefused("damaged");
    const name = zip.subarray(at + 46, at + 46 + nameLength).toString("utf8");
    at = next;
    // Written by macOS beside each file: what it holds is not the file.
    if (name.startsWith("__MACOSX/") || name.endsWith(".DS_Store")) continue;
    if (/[/\\\0]/.test(name) || name === "" || name.startsWith("..")) throw new ZipRefused("folder", name);
    if (flags & 0x41) throw new ZipRefused("encrypted", name);
    if (seen.has(name)) throw new ZipRefused("repeated-name", name);
    seen.add(name);
    if (plain > left) throw new ZipRefused("too-large", name);
    left -= plain;
    if (local + 30 > offset || zip.readUInt32LE(local) !== LOCAL) throw new ZipRefused("damaged", name);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    if (from + packed > offset || ranges.some(([a, b]) => local < b && from + packed > a))
      throw new ZipRefused("damaged", name);
    ranges.push([local, from + packed]);
    const data = zip.subarray(from, from + packed);
    const bytes = method === 0 ? Buffer.from(data) : method === 8 ? inflate(data, plain, name) : null;
    if (!bytes || bytes.length !== plain || crc32(bytes) !== crc) throw new ZipRefused("damaged", name);
    entries.push({ name, bytes });
  }
  if (entries.length === 0) throw new ZipRefused("empty");
  return entries;
};

const inflate = (data: Buffer, plain: number, name: string): Buffer => {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, plain) });
  } catch (error) {
    throw new ZipRefused((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE" ? "too-large" : "damaged", name);
  }
};

/** The end of the central directory: the last 22 bytes, before a comment of 65,535 at most. */
const endOf = (zip: Buffer): number => {
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 22 - 65_535); at--)
    if (zip.readUInt32LE(at) === END && at + 22 + zip.readUInt16LE(at + 20) === zip.length) return at;
  throw new ZipRefused("not-a-zip");
};
