import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from "jose";

/** Who signs what: the anchor its statements, the provider its configuration, the core key the tokens; a stranger, wrongly. */
const NAMES = ["anchor", "provider", "core", "stranger"] as const;
export type KeyName = (typeof NAMES)[number];
export type FederationKeys = Record<KeyName, JWK>;

/** Made at the first run and kept, never shipped. The names begin with `dev-`, so that a service can refuse them. */
export async function loadOrMakeFederationKeys(dataDir: string): Promise<FederationKeys> {
  const file = join(dataDir, "openid-keys.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as FederationKeys;
  const made = await Promise.all(
    NAMES.map(async (name) => {
      const { privateKey } = await generateKeyPair("RS256", { modulusLength: 2048, extractable: true });
      const day = new Date().toISOString().slice(0, 10);
      return [name, { ...(await exportJWK(privateKey)), kid: `dev-${name}-${day}`, use: "sig", alg: "RS256" }] as const;
    }),
  );
  const keys = Object.fromEntries(made) as FederationKeys;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return keys;
}

export function publicPart({ kty, n, e, kid, use, alg }: JWK): JWK {
  return { kty, n, e, kid, use, alg } as JWK;
}

export async function sign(key: JWK, claims: Record<string, unknown>, typ?: string): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "RS256", kid: key.kid!, ...(typ ? { typ } : {}) })
    .sign(await importJWK(key, "RS256"));
}

export const seconds = (): number => Math.floor(Date.now() / 1000);
