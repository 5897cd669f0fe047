#!/usr/bin/env node
// Is a statement of delegation genuine, and does it hold? One file, no dependency, no network.
import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inflateSync } from "node:zlib";

const MOST = 64 * 1024 * 1024;
/** Clocks of two machines may differ by so much, in seconds. */
const SKEW = 60;

const parse = (part) => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));

/** The claims of a JWS of this type, if one of these keys signed it; else null. No algorithm but Ed25519 is spoken. */
export const claimsIn = (jws, type, keys) => {
  const parts = String(jws).trim().split(".");
  if (parts.length !== 3) return null;
  const [head, body, signature] = parts;
  try {
    const header = parse(head);
    if (header.alg !== "EdDSA" || header.typ !== type || header.crit !== undefined) return null;
    const jwk = keys.find((key) => key.kid === header.kid && key.kty === "OKP" && key.crv === "Ed25519");
    if (!jwk) return null;
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: jwk.x }, format: "jwk" });
    const good = verify(null, Buffer.from(`${head}.${body}`, "ascii"), key, Buffer.from(signature, "base64url"));
    return good ? parse(body) : null;
  } catch {
    return null;
  }
};

/** The state of one place of a list: 0 valid, 2 suspended, anything else not valid. What lies outside is not valid. */
export const statusIn = (list, index) => {
  const { bits, lst } = list.status_list;
  if (![1, 2, 4, 8].includes(bits) || !Number.isInteger(index) || index < 0) return 1;
  const bytes = inflateSync(Buffer.from(lst, "base64url"), { maxOutputLength: MOST });
  const each = 8 / bits;
  const byte = bytes[Math.floor(index / each)];
  return byte === undefined ? 1 : (byte >> ((index % each) * bits)) & (2 ** bits - 1);
};

/** @returns {{ verdict: string, statement: object | null }} */
export const checkDelegation = ({ credential, keys, list, at = new Date() }) => {
  const now = at.getTime() / 1000;
  const claims = claimsIn(credential, "delegation+jwt", keys);
  const reference = claims?.status?.status_list;
  if (!claims || !claims.delegation || !reference) return { verdict: "not-genuine", statement: null };
  const statement = {
    issuer: claims.iss,
    subject: claims.sub,
    ...claims.delegation,
    issuedAt: new Date(claims.iat * 1000).toISOString(),
  };
  if (claims.exp <= now) return { verdict: "expired", statement };
  if (claims.iat > now + SKEW) return { verdict: "not-genuine", statement: null };
  const states = claimsIn(list, "statuslist+jwt", keys);
  // A list of somebody else, or of another moment, says nothing about this statement.
  if (!states || states.sub !== reference.uri) return { verdict: "not-genuine", statement: null };
  if (states.exp <= now || states.iat > now + SKEW) return { verdict: "list-stale", statement };
  const state = statusIn(states, reference.idx);
  return { verdict: state === 0 ? "valid" : state === 2 ? "suspended" : "not-valid", statement };
};

const main = (args) => {
  const option = (name) => {
    const at = args.indexOf(name);
    return at < 0 ? undefined : args.splice(at, 2)[1];
  };
  const [keysFile, listFile, when] = [option("--keys"), option("--list"), option("--at")];
  const [file] = args;
  if (!file || !keysFile || !listFile) {
    process.stderr.write("area-verify FILE --keys KEYS.json --list LIST.jwt [--at INSTANT]\n");
    return 2;
  }
  try {
    const answer = checkDelegation({
      credential: readFileSync(file, "utf8"),
      keys: JSON.parse(readFileSync(keysFile, "utf8")).keys,
      list: readFileSync(listFile, "utf8"),
      ...(when ? { at: new Date(when) } : {}),
    });
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    return answer.verdict === "valid" ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));
