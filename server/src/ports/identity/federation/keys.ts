import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
import { isRecord } from "./signed-token.ts";

export type RelyingPartyKeys = { federation: JWK[]; signing: JWK[]; encryption: JWK[] };

/** The two files in which our keys lie: those that speak to the federation, and those that work in a login. */
export type KeyFiles = { federation: string; core: string };

const makeKey = async (use: "sig" | "enc"): Promise<JWK> => {
  const alg = use === "sig" ? "RS256" : "RSA-OAEP-256";
  const { privateKey } = await generateKeyPair(alg, { modulusLength: 2048, extractable: true });
  const key = await exportJWK(privateKey);
  return { ...key, kid: await calculateJwkThumbprint(key), use, alg };
};

export const makeKeys = async (): Promise<RelyingPartyKeys> => {
  const [federation, signing, encryption] = await Promise.all([makeKey("sig"), makeKey("sig"), makeKey("enc")]);
  return { federation: [federation], signing: [signing], encryption: [encryption] };
};

export const writeKeys = ({ federation, signing, encryption }: RelyingPartyKeys): KeyFiles => ({
  federation: `${JSON.stringify({ keys: federation }, null, 2)}\n`,
  core: `${JSON.stringify({ keys: [...signing, ...encryption] }, null, 2)}\n`,
});

/** Rollover, first half: a second key of each kind, published and not yet used. Whatever stood second leaves. */
export const withNextKeys = async (keys: RelyingPartyKeys): Promise<RelyingPartyKeys> => {
  const next = await makeKeys();
  const both = (now: readonly JWK[], then: readonly JWK[]) => [...now.slice(0, 1), ...then];
  return {
    federation: both(keys.federation, next.federation),
    signing: both(keys.signing, next.signing),
    encryption: both(keys.encryption, next.encryption),
  };
};

/** Rollover, second half: the next key works from now on, and the old one stays for what is under way. */
export const withKeysTurned = (keys: RelyingPartyKeys): RelyingPartyKeys => ({
  federation: keys.federation.toReversed(),
  signing: keys.signing.toReversed(),
  encryption: keys.encryption.toReversed(),
});

/** Reads our keys, and throws the sentence that says what is wrong with them. */
export const readKeys = async (files: KeyFiles): Promise<RelyingPartyKeys> => {
  const federation = keysIn(files.federation, "federation keys");
  const core = keysIn(files.core, "core keys");
  const kinds = {
    federation,
    signing: core.filter((key) => key.use === "sig"),
    encryption: core.filter((key) => key.use === "enc"),
  };
  for (const [kind, keys] of Object.entries(kinds))
    if (keys.length < 1 || keys.length > 2)
      throw new Error(`CIE by OpenID needs one or two ${kind} keys, not ${keys.length}.`);
  const all = [...federation, ...core];
  const prints = await Promise.all(all.map((key) => calculateJwkThumbprint(key)));
  if (new Set(prints).size !== all.length || new Set(all.map((key) => key.kid)).size !== all.length)
    throw new Error("CIE by OpenID: each key serves one purpose and has a kid of its own; one appears twice.");
  return kinds;
};

const keysIn = (text: string, what: string): JWK[] => {
  const set: unknown = JSON.parse(text);
  const keys: unknown = isRecord(set) ? set["keys"] : undefined;
  if (!Array.isArray(keys)) throw new Error(`CIE by OpenID: the ${what} are not a JWK set.`);
  return keys.map((key: unknown) => {
    if (!isRecord(key) || key["kty"] !== "RSA" || typeof key["d"] !== "string" || typeof key["kid"] !== "string")
      throw new Error(`CIE by OpenID: the ${what} must be private RSA keys, each with its kid.`);
    if (Buffer.from(String(key["n"]), "base64url").length < 256)
      throw new Error(`CIE by OpenID: the ${what} must be of 2048 bits or more.`);
    return key as JWK;
  });
};
