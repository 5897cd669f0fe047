import { type CompactJWSHeaderParameters, compactVerify, decodeProtectedHeader, importJWK, type JWK } from "jose";
import { refuse } from "../problems.ts";

/** What signs in the Italian profile of OpenID Federation: never `none`, never a shared secret. */
export const signatureAlgorithms = ["RS256", "RS512", "ES256", "ES512", "PS256", "PS512"] as const;
export const keyEncryption = ["RSA-OAEP", "RSA-OAEP-256"] as const;
export const contentEncryption = ["A128CBC-HS256", "A256CBC-HS512"] as const;

export type Claims = Record<string, unknown>;
export type Signed = { header: CompactJWSHeaderParameters; claims: Claims };

/** Clocks that disagree, both ways. */
export const SKEW_SECONDS = 30;
const LARGEST = 128 * 1024;
const MOST_KEYS = 20;
const privateParts = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

export const isRecord = (value: unknown): value is Claims =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isText = (value: unknown, longest = 2048): value is string =>
  typeof value === "string" && value.length > 0 && value.length <= longest;

/** The public keys of a set: each with a name of its own, asymmetric, and few. */
export function publicKeysOf(set: unknown, what: string): JWK[] {
  if (!isRecord(set) || !Array.isArray(set["keys"]) || set["keys"].length > MOST_KEYS)
    refuse("login-response-malformed", `${what}: no key set`);
  const keys = (set["keys"] as unknown[]).filter(
    (key): key is JWK => isRecord(key) && isText(key["kid"], 200) && (key["kty"] === "RSA" || key["kty"] === "EC"),
  );
  if (new Set(keys.map((key) => key.kid)).size !== keys.length)
    refuse("login-response-malformed", `${what}: two keys with one name`);
  return keys.map(publicPart);
}

export const publicPart = (key: JWK): JWK =>
  Object.fromEntries(Object.entries(key).filter(([name]) => !privateParts.includes(name)));

/**
 * Reads a token that one of these keys signed. The key is chosen by its name among those handed in, never taken from the
 * token itself, and must be able to do what the header says.
 */
export async function readSigned(
  token: string,
  given: { keys: readonly JWK[]; what: string; type?: string; algorithms?: readonly string[] },
): Promise<Signed> {
  const { what } = given;
  if (token.length > LARGEST) refuse("login-response-malformed", `${what}: too large`);
  const header = headerOf(token, what);
  if (!(given.algorithms ?? signatureAlgorithms).includes(header.alg ?? ""))
    refuse("login-response-untrusted", `${what}: algorithm ${String(header.alg)} is not allowed`);
  if (given.type !== undefined && header.typ?.toLowerCase().replace(/^application\//, "") !== given.type)
    refuse("login-response-untrusted", `${what}: typ is not ${given.type}`);
  const key = given.keys.find((k) => k.kid === header.kid && (k.use ?? "sig") === "sig");
  if (!header.kid || !key) refuse("login-response-untrusted", `${what}: signed by a key that is not known`);
  if (key.alg !== undefined && key.alg !== header.alg)
    refuse("login-response-untrusted", `${what}: the key is for ${key.alg}`);
  try {
    const { payload, protectedHeader } = await compactVerify(token, await importJWK(key, header.alg!), {
      algorithms: [header.alg!],
    });
    return { header: protectedHeader, claims: claimsOf(new TextDecoder("utf-8", { fatal: true }).decode(payload)) };
  } catch (error) {
    return refuse("login-response-untrusted", `${what}: ${error instanceof Error ? error.message : "bad signature"}`);
  }
}

/** Claims whose signature nobody checked: only to find out whom to ask. */
export function peekClaims(token: string, what: string): Claims {
  const [, body, signature, ...rest] = token.length > LARGEST ? [] : token.split(".");
  if (!body || !signature || rest.length > 0) return refuse("login-response-malformed", `${what}: not a signed token`);
  try {
    return claimsOf(Buffer.from(body, "base64url").toString("utf8"));
  } catch {
    return refuse("login-response-malformed", `${what}: not a signed token`);
  }
}

function headerOf(token: string, what: string) {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return refuse("login-response-malformed", `${what}: not a signed token`);
  }
}

function claimsOf(text: string): Claims {
  const claims: unknown = JSON.parse(text);
  if (!isRecord(claims)) throw new Error("claims are not an object");
  return claims;
}

/** A moment in seconds, as tokens write it. */
export function momentOf(claims: Claims, name: string, what: string): Date {
  const seconds = claims[name];
  if (typeof seconds !== "number" || !Number.isFinite(seconds) || seconds < 0 || seconds > 1e11)
    refuse("login-response-malformed", `${what}: ${name} is not a moment`);
  return new Date(seconds * 1000);
}

/** `iat`, `exp` and, where it stands, `nbf`. */
export function checkTimes(claims: Claims, now: Date, what: string): { issuedAt: Date; expiresAt: Date } {
  const issuedAt = momentOf(claims, "iat", what);
  const expiresAt = momentOf(claims, "exp", what);
  const late = now.getTime() + SKEW_SECONDS * 1000;
  if (issuedAt.getTime() > late || (claims["nbf"] !== undefined && momentOf(claims, "nbf", what).getTime() > late))
    refuse("login-response-out-of-time", `${what}: from the future`);
  if (expiresAt.getTime() <= now.getTime() - SKEW_SECONDS * 1000)
    refuse("login-response-out-of-time", `${what}: expired`);
  return { issuedAt, expiresAt };
}
