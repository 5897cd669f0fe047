import type { JWK } from "jose";
import { refuse } from "../problems.ts";
import { type Claims, checkTimes, isRecord, publicKeysOf, readSigned } from "./signed-token.ts";

/** What one entity of the federation says of another, or of itself (then it is its configuration). */
export type EntityStatement = { issuer: string; subject: string; keys: JWK[]; claims: Claims; expiresAt: Date };

/** Claims that a statement may call critical: those we act on. */
const understood = ["metadata", "metadata_policy", "constraints", "trust_marks", "trust_mark_issuers"];

/** Reads a statement that must say this of that, signed by one of these keys (OpenID Federation 1.0, 3). */
export async function readStatement(
  token: string,
  expected: { issuer: string; subject: string; keys: readonly JWK[]; now: Date },
): Promise<EntityStatement> {
  const { issuer, subject } = expected;
  const what = issuer === subject ? `configuration of ${subject}` : `statement about ${subject}`;
  const { claims } = await readSigned(token, { keys: expected.keys, what, type: "entity-statement+jwt" });
  if (claims["iss"] !== issuer || claims["sub"] !== subject)
    refuse("login-response-untrusted", `${what}: is of somebody else`);
  const critical = claims["crit"];
  if (
    critical !== undefined &&
    !(Array.isArray(critical) && critical.every((name) => understood.includes(String(name))))
  )
    refuse("login-response-untrusted", `${what}: something critical is not understood`);
  const { expiresAt } = checkTimes(claims, expected.now, what);
  return { issuer, subject, keys: publicKeysOf(claims["jwks"], what), claims, expiresAt };
}

/** The metadata that a statement holds for one type of entity. */
export function metadataOf(statement: EntityStatement, type: string): Claims | undefined {
  const all = statement.claims["metadata"];
  const own = isRecord(all) && Object.hasOwn(all, type) ? all[type] : undefined;
  return isRecord(own) ? own : undefined;
}
