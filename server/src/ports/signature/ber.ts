// A reader of BER (ITU-T X.690) that looks at the bytes where they lie. A signed agreement of 10 MB is one record whose
// content is never copied, and hostile nesting or lengths end in a `Malformed`, not in memory.

export type Malformed = "truncated" | "malformed";

export interface BerRecord {
  tag: number;
  /** Header and content, as they stand in the file. */
  raw: Uint8Array;
  content: Uint8Array;
  definite: boolean;
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  octetsInPieces: 0x24,
  nothing: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

const deepest = 32;

export const malformed = (why: Malformed = "malformed"): Error & { malformed: Malformed } =>
  Object.assign(new Error(why), { malformed: why });

export const malformedIn = (problem: unknown): Malformed =>
  problem instanceof Error && "malformed" in problem && problem.malformed === "truncated" ? "truncated" : "malformed";

const sizeAt = (bytes: Uint8Array, at: number): { start: number; size: number | null } => {
  const first = bytes[at];
  if (first === undefined) throw malformed("truncated");
  if (first < 0x80) return { start: at + 1, size: first };
  if (first === 0x80) return { start: at + 1, size: null };
  const digits = first & 0x7f;
  if (digits > 4) throw malformed();
  if (at + digits >= bytes.length) throw malformed("truncated");
  let size = 0;
  for (let i = 1; i <= digits; i++) size = size * 256 + (bytes[at + i] ?? 0);
  return { start: at + 1 + digits, size };
};

/** The record that begins at `at`. `truncated` means that the bytes end before it does. */
export const recordAt = (bytes: Uint8Array, at = 0, depth = 0): BerRecord => {
  const tag = bytes[at];
  if (tag === undefined) throw malformed("truncated");
  // CMS and X.509 have no tag above 30 (RFC 5652, 12.1).
  if (depth > deepest || (tag & 0x1f) === 0x1f || tag === 0) throw malformed();
  const { start, size } = sizeAt(bytes, at + 1);
  if (size !== null) {
    if (start + size > bytes.length) throw malformed("truncated");
    return { tag, raw: bytes.subarray(at, start + size), content: bytes.subarray(start, start + size), definite: true };
  }
  if ((tag & 0x20) === 0) throw malformed();
  for (let next = start; ; ) {
    if (next + 2 > bytes.length) throw malformed("truncated");
    if (bytes[next] === 0 && bytes[next + 1] === 0)
      return { tag, raw: bytes.subarray(at, next + 2), content: bytes.subarray(start, next), definite: false };
    next += recordAt(bytes, next, depth + 1).raw.length;
  }
};

export const childrenOf = (record: BerRecord): BerRecord[] => {
  if ((record.tag & 0x20) === 0) throw malformed();
  const children: BerRecord[] = [];
  try {
    for (let at = 0; at < record.content.length; ) {
      const child = recordAt(record.content, at);
      children.push(child);
      at += child.raw.length;
    }
  } catch {
    // Too long for the record around it: the file is whole, the record is not.
    throw malformed();
  }
  return children;
};

export const expect = (record: BerRecord | undefined, ...accepted: number[]): BerRecord => {
  if (!record || !accepted.includes(record.tag)) throw malformed();
  return record;
};

export const oidOf = (record: BerRecord | undefined): string => {
  const { content } = expect(record, tags.oid);
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER / 128) throw malformed();
    if (byte & 0x80) continue;
    if (arcs.length === 0) {
      const top = Math.min(2, Math.floor(arc / 40));
      arcs.push(top, arc - top * 40);
    } else arcs.push(arc);
    arc = 0;
  }
  if (arcs.length === 0 || ((content.at(-1) ?? 0x80) & 0x80) !== 0) throw malformed();
  return arcs.join(".");
};

export const smallIntegerOf = (record: BerRecord | undefined): number => {
  const { content } = expect(record, tags.integer);
  const [value] = content;
  if (content.length !== 1 || value === undefined) throw malformed();
  return value;
};

/** An octet string, whole or in pieces (streamed files are written in pieces). */
export const octetsOf = (record: BerRecord, depth = 0): Uint8Array[] => {
  if (record.tag === tags.octets) return [record.content];
  if (depth > 4) throw malformed();
  return childrenOf(expect(record, tags.octetsInPieces)).flatMap((piece) => octetsOf(piece, depth + 1));
};

export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/** UTCTime or GeneralizedTime as certificates and answers write it (RFC 5280, 4.1.2.5; RFC 3161 allows fractions). */
export const timeOf = (record: BerRecord | undefined): Date | null => {
  if (!record || (record.tag !== tags.utcTime && record.tag !== tags.generalizedTime)) return null;
  const text = Buffer.from(record.content).toString("latin1");
  const digits = record.tag === tags.utcTime ? `${Number(text.slice(0, 2)) < 50 ? "20" : "19"}${text}` : text;
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.\d{1,9})?Z$/.exec(digits);
  if (!parts) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time.getTime()) ? null : time;
};
