import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface TokenKey {
  kid: string;
  jwk: JsonWebKey;
  /** A compact JWS, RS256. */
  sign(claims: Record<string, unknown>): string;
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Made at the first run and kept, never shipped. */
export function loadOrMakeTokenKey(dataDir: string): TokenKey {
  const file = join(dataDir, "staff-signing.pem");
  let key: KeyObject;
  if (existsSync(file)) key = createPrivateKey(readFileSync(file, "utf8"));
  else {
    key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const temporary = `${file}.${randomBytes(4).toString("hex")}`;
    writeFileSync(temporary, key.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    renameSync(temporary, file);
  }
  const { kty, n, e } = createPublicKey(key).export({ format: "jwk" });
  // The thumbprint of RFC 7638.
  const kid = createHash("sha256").update(JSON.stringify({ e, kty, n })).digest("base64url");
  return {
    kid,
    jwk: { kty, n, e, kid, use: "sig", alg: "RS256" } as JsonWebKey,
    sign: (claims) => {
      const body = `${part({ alg: "RS256", typ: "JWT", kid })}.${part(claims)}`;
      return `${body}.${sign("sha256", Buffer.from(body), key).toString("base64url")}`;
    },
  };
}
