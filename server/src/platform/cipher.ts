import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Encryption of personal data at rest: AES-256-GCM with a fresh nonce, and beside it a keyed index (HMAC-SHA-256)
 * that lets the database compare for equality without reading. Keys are derived from DATA_KEY, one per use.
 */
export type Cipher = ReturnType<typeof cipher>;

export const cipher = (dataKey: Buffer) => {
  const derive = (use: string) => Buffer.from(hkdfSync("sha256", dataKey, "area-riservata", use, 32));
  const encryptionKey = derive("field-encryption-1");
  const indexKey = derive("equality-index-1");
  const linkKey = derive("mailed-links-1");
  const seal = (bytes: Uint8Array): Buffer => {
    const nonce = randomBytes(12);
    const c = createCipheriv("aes-256-gcm", encryptionKey, nonce);
    const body = Buffer.concat([c.update(bytes), c.final()]);
    return Buffer.concat([Buffer.from([1]), nonce, c.getAuthTag(), body]);
  };
  const open = (sealed: Uint8Array): Buffer => {
    if (sealed[0] !== 1) throw new Error("sealed field of an unknown version");
    const d = createDecipheriv("aes-256-gcm", encryptionKey, sealed.subarray(1, 13));
    d.setAuthTag(sealed.subarray(13, 29));
    return Buffer.concat([d.update(sealed.subarray(29)), d.final()]);
  };
  const mac = (body: string) => createHmac("sha256", linkKey).update(body).digest().subarray(0, 24);
  return {
    seal: (text: string): Buffer => seal(Buffer.from(text, "utf8")),
    open: (sealed: Uint8Array): string => open(sealed).toString("utf8"),
    /** The same text gives the same index, which tells nothing without the key. */
    index: (use: "fiscal-code" | "mail" | "contact-code", text: string): Buffer =>
      createHmac("sha256", indexKey).update(`${use}\n${text}`).digest(),
    /** The seed of a key that signs what anybody may check (Ed25519): the same in every process that shares DATA_KEY. */
    statementSeed: (generation: number): Buffer => derive(`signed-statements-${generation}`),
    /** A token for a mailed link: its purpose, what it is for and until when, signed. */
    signToken: (claims: { purpose: string; id: string; expires: number }): string => {
      const body = Buffer.from(JSON.stringify([claims.purpose, claims.id, claims.expires])).toString("base64url");
      return `${body}.${mac(body).toString("base64url")}`;
    },
    /** The claims of a token that we signed for this purpose, or null. Expiry is the caller's to judge. */
    readToken: (token: string, purpose: string): { id: string; expires: number } | null => {
      const [body, signature, ...rest] = token.split(".");
      if (!body || !signature || rest.length) return null;
      const given = Buffer.from(signature, "base64url");
      const wanted = mac(body);
      if (
        given.length !== wanted.length ||
        !timingSafeEqual(given, wanted) ||
        given.toString("base64url") !== signature
      )
        return null;
      const [p, id, expires] = JSON.parse(Buffer.from(body, "base64url").toString()) as [string, string, number];
      return p === purpose ? { id, expires } : null;
    },
  };
};
