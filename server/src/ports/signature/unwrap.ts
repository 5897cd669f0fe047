// A .p7m is found in four spellings: DER, BER, PEM (any label) and bare base64, as mail programs leave it.

const looksLikeText = (file: Uint8Array): boolean =>
  file.subarray(0, 64).every((byte) => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127));

const strictBase64 = (text: string): Uint8Array | null => {
  const packed = text.replace(/[\r\n\t ]+/g, "");
  if (packed.length === 0 || packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return null;
  // One spelling for one content: the bits left over at the end must be zero (RFC 4648, 3.5).
  const end = packed.slice(-4);
  return Buffer.from(end, "base64").toString("base64") === end ? Buffer.from(packed, "base64") : null;
};

/** The signature in binary, or `null` when text holds none. */
export const unwrap = (file: Uint8Array): Uint8Array | null => {
  if (file.length === 0) return null;
  if (!looksLikeText(file)) return file;
  const text = Buffer.from(file.buffer, file.byteOffset, file.length).toString("latin1");
  const armour =
    /^\s*-----BEGIN ([A-Z0-9 ]{1,40})-----\r?\n([A-Za-z0-9+/=\s]*)-----END ([A-Z0-9 ]{1,40})-----\s*$/.exec(text);
  if (armour) return armour[1] === armour[3] ? strictBase64(armour[2] ?? "") : null;
  return strictBase64(text);
};
