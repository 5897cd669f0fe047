// DER by hand: a signature is a dozen nested records, and the tests want to spoil them one byte at a time,
// so the desk writes every byte itself (ITU-T X.690).

export type Bytes = Uint8Array;

export const concat = (...parts: Bytes[]): Bytes => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

const lengthOf = (size: number): Bytes => {
  if (size < 0x80) return Uint8Array.of(size);
  const digits: number[] = [];
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Uint8Array.of(0x80 | digits.length, ...digits);
};

export const der = (tag: number, ...parts: Bytes[]): Bytes => {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  return concat(Uint8Array.of(tag), lengthOf(size), ...parts);
};

export const sequence = (...parts: Bytes[]): Bytes => der(0x30, ...parts);
export const octets = (bytes: Bytes): Bytes => der(0x04, bytes);
export const small = (value: number): Bytes => der(0x02, Uint8Array.of(value));
export const nothing = (): Bytes => der(0x05);

/** X.690 11.6: the elements of a SET OF travel in the order of their encodings. */
export const setOf = (parts: Bytes[]): Bytes => der(0x31, ...[...parts].sort(Buffer.compare));

export const oid = (dotted: string): Bytes => {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return der(0x06, Uint8Array.from(bytes));
};

/** RFC 5652 11.3: UTCTime up to 2049, GeneralizedTime after. */
export const time = (when: Date): Bytes => {
  const digits = `${when.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
  return when.getUTCFullYear() < 2050
    ? der(0x17, Buffer.from(digits.slice(2), "latin1"))
    : der(0x18, Buffer.from(digits, "latin1"));
};

/** The pieces of one record, as they stand: enough to lift the issuer and the serial number out of a certificate. */
export const childrenOf = (record: Bytes): Bytes[] => {
  const sizeAt = (at: number): { header: number; size: number } => {
    const first = record[at + 1] ?? 0;
    if (first < 0x80) return { header: 2, size: first };
    let size = 0;
    for (let i = 0; i < (first & 0x7f); i++) size = size * 256 + (record[at + 2 + i] ?? 0);
    return { header: 2 + (first & 0x7f), size };
  };
  const children: Bytes[] = [];
  for (let at = sizeAt(0).header; at < record.length; ) {
    const { header, size } = sizeAt(at);
    children.push(record.subarray(at, at + header + size));
    at += header + size;
  }
  return children;
};
