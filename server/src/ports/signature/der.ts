// The little DER that we write ourselves (ITU-T X.690): questions to authorities, and signatures made elsewhere.

export const der = (tag: number, ...contents: Uint8Array[]): Uint8Array => {
  const content = Buffer.concat(contents);
  const { length } = content;
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  const header = length < 0x80 ? [length] : [0x80 | digits.length, ...digits];
  return Buffer.concat([Uint8Array.of(tag, ...header), content]);
};

export const sequence = (...parts: Uint8Array[]): Uint8Array => der(0x30, ...parts);
export const octets = (bytes: Uint8Array): Uint8Array => der(0x04, bytes);
export const nothing = (): Uint8Array => der(0x05);
/** The elements of a SET OF travel in the order of their encodings (X.690, 11.6). */
export const setOf = (parts: readonly Uint8Array[]): Uint8Array => der(0x31, ...[...parts].sort(Buffer.compare));

export const oid = (dotted: string): Uint8Array => {
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
