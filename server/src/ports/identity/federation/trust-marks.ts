import type { JWK } from "jose";
import { refuse } from "../problems.ts";
import type { EntityStatement } from "./entity-statement.ts";
import { type Claims, checkTimes, isRecord, isText, momentOf, peekClaims, readSigned } from "./signed-token.ts";

const MOST_MARKS = 10;

/** A seal that somebody the anchor named has put on an entity (OpenID Federation 1.0, 7). */
export type TrustMark = { id: string; issuer: string; expiresAt?: Date };

/** Drafts and the Italian profile say `id`, later drafts `trust_mark_id`, version 1.0 `trust_mark_type`. */
export const markIdOf = (claims: Claims): unknown =>
  claims["trust_mark_type"] ?? claims["trust_mark_id"] ?? claims["id"];

/** The marks of a configuration that the anchor recognises, before anybody checks them: which issuers must be known. */
export function recognisedMarks(
  configuration: EntityStatement,
  anchor: EntityStatement,
): { id: string; issuer: string; token: string }[] {
  const given = configuration.claims["trust_marks"];
  const issuers = anchor.claims["trust_mark_issuers"];
  if (!Array.isArray(given) || !isRecord(issuers)) return [];
  if (given.length > MOST_MARKS) refuse("login-response-malformed", "trust marks: too many");
  return given.flatMap((entry: unknown) => {
    const token = isRecord(entry) ? entry["trust_mark"] : undefined;
    if (typeof token !== "string") return [];
    const claims = peekClaims(token, "trust mark");
    const id = markIdOf(claims);
    const issuer = claims["iss"];
    if (!isText(id) || !isText(issuer)) return [];
    // Who may give this mark is the anchor's to say. Where it lets anybody, a mark proves nothing.
    const allowed = Object.hasOwn(issuers, id) ? issuers[id] : undefined;
    return Array.isArray(allowed) && allowed.includes(issuer) ? [{ id, issuer, token }] : [];
  });
}

/** Checks the marks and answers the good ones. One whose issuer, signature or time is wrong is as if it were not there. */
export async function goodMarks(
  recognised: ReturnType<typeof recognisedMarks>,
  given: { subject: string; keysOf: (issuer: string) => readonly JWK[] | undefined; now: Date },
): Promise<TrustMark[]> {
  const good: TrustMark[] = [];
  for (const { id, issuer, token } of recognised) {
    const mark = await checkMark(token, { ...given, keys: given.keysOf(issuer) ?? [] }).catch(() => undefined);
    if (mark && mark.id === id && mark.issuer === issuer) good.push(mark);
  }
  return good;
}

export async function checkMark(
  token: string,
  given: { subject: string; keys: readonly JWK[]; now: Date },
): Promise<TrustMark> {
  const { claims } = await readSigned(token, { keys: given.keys, what: "trust mark" });
  const { id, issuer } = { id: markIdOf(claims), issuer: claims["iss"] };
  if (claims["sub"] !== given.subject || !isText(id) || !isText(issuer))
    return refuse("login-response-untrusted", "trust mark: of somebody else");
  if (claims["exp"] === undefined) {
    momentOf(claims, "iat", "trust mark");
    return { id, issuer };
  }
  return { id, issuer, expiresAt: checkTimes(claims, given.now, "trust mark").expiresAt };
}
