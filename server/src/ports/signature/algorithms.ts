import { constants, createPublicKey, type KeyObject, verify } from "node:crypto";
import { type BerRecord, childrenOf, expect, malformed, oidOf, recordAt, smallIntegerOf, tags } from "./ber.ts";

// What is still strong: SHA-256 and above, RSA from 2048 bits, curves from 256 (AgID determination 147/2019, 3;
// ETSI TS 119 312). The weaker ones are recognised so that they can be named, and refused.

export interface Hash {
  name: "md5" | "sha1" | "sha224" | "sha256" | "sha384" | "sha512";
  strong: boolean;
}

const hashes: Record<string, Hash> = {
  "1.2.840.113549.2.5": { name: "md5", strong: false },
  "1.3.14.3.2.26": { name: "sha1", strong: false },
  "2.16.840.1.101.3.4.2.4": { name: "sha224", strong: false },
  "2.16.840.1.101.3.4.2.1": { name: "sha256", strong: true },
  "2.16.840.1.101.3.4.2.2": { name: "sha384", strong: true },
  "2.16.840.1.101.3.4.2.3": { name: "sha512", strong: true },
};
const hashNamed = (name: Hash["name"]): Hash => ({ name, strong: !["md5", "sha1", "sha224"].includes(name) });

const signatures: Record<string, { key: "rsa" | "ec"; hash: Hash | null }> = {
  "1.2.840.113549.1.1.1": { key: "rsa", hash: null },
  "1.2.840.113549.1.1.4": { key: "rsa", hash: hashNamed("md5") },
  "1.2.840.113549.1.1.5": { key: "rsa", hash: hashNamed("sha1") },
  "1.2.840.113549.1.1.14": { key: "rsa", hash: hashNamed("sha224") },
  "1.2.840.113549.1.1.11": { key: "rsa", hash: hashNamed("sha256") },
  "1.2.840.113549.1.1.12": { key: "rsa", hash: hashNamed("sha384") },
  "1.2.840.113549.1.1.13": { key: "rsa", hash: hashNamed("sha512") },
  "1.2.840.10045.4.1": { key: "ec", hash: hashNamed("sha1") },
  "1.2.840.10045.4.3.1": { key: "ec", hash: hashNamed("sha224") },
  "1.2.840.10045.4.3.2": { key: "ec", hash: hashNamed("sha256") },
  "1.2.840.10045.4.3.3": { key: "ec", hash: hashNamed("sha384") },
  "1.2.840.10045.4.3.4": { key: "ec", hash: hashNamed("sha512") },
};
const rsaPss = "1.2.840.113549.1.1.10";
const strongCurves = [
  "prime256v1",
  "secp384r1",
  "secp521r1",
  "brainpoolP256r1",
  "brainpoolP320r1",
  "brainpoolP384r1",
  "brainpoolP512r1",
];

/** Parameters that must not be there, or be NULL (RFC 5754, 2 and 3). */
const withoutParameters = (rest: BerRecord[]): void => {
  const [parameters] = rest;
  if (rest.length > 1 || (parameters && (parameters.tag !== tags.nothing || parameters.content.length > 0)))
    throw malformed();
};

/** A hash algorithm, or `null` when it is none we know. */
export const hashOf = (algorithm: BerRecord | undefined): Hash | null => {
  const [oid, ...rest] = childrenOf(expect(algorithm, tags.sequence));
  withoutParameters(rest);
  return hashes[oidOf(oid)] ?? null;
};

export interface SignatureAlgorithm {
  key: "rsa" | "ec";
  hash: Hash;
  pssSalt?: number;
}

const pssOf = (parameters: BerRecord | undefined): SignatureAlgorithm | null => {
  let hash: Hash | null = hashNamed("sha1");
  let mask: Hash | null = hashNamed("sha1");
  let salt = 20;
  for (const part of childrenOf(expect(parameters, tags.sequence))) {
    const [inner, ...more] = childrenOf(part);
    if (more.length > 0) throw malformed();
    if (part.tag === 0xa0) hash = hashOf(inner);
    else if (part.tag === 0xa1) mask = hashOf(childrenOf(expect(inner, tags.sequence))[1]);
    else if (part.tag === 0xa2) salt = smallIntegerOf(inner);
    else if (part.tag !== 0xa3) throw malformed();
  }
  return hash && mask?.name === hash.name ? { key: "rsa", hash, pssSalt: salt } : null;
};

/** How the signature was made; plain RSA leaves the hash to the digest algorithm beside it (RFC 3370, 3.2). */
export const signatureAlgorithmOf = (
  algorithm: BerRecord | undefined,
  digest: Hash | null,
): SignatureAlgorithm | null => {
  const [oid, ...rest] = childrenOf(expect(algorithm, tags.sequence));
  const named = oidOf(oid);
  if (named === rsaPss) return pssOf(rest[0]);
  withoutParameters(rest);
  const known = signatures[named];
  const hash = known?.hash ?? digest;
  return known && hash ? { key: known.key, hash } : null;
};

export const publicKeyOf = (subjectPublicKeyInfo: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.from(subjectPublicKeyInfo), format: "der", type: "spki" });

export const isStrongKey = (key: KeyObject): boolean => {
  const details = key.asymmetricKeyDetails;
  return key.asymmetricKeyType === "ec"
    ? strongCurves.includes(details?.namedCurve ?? "")
    : (details?.modulusLength ?? 0) >= 2048;
};

export const isSignedBy = (
  key: KeyObject,
  algorithm: SignatureAlgorithm,
  signed: Uint8Array,
  signature: Uint8Array,
): boolean => {
  const family = key.asymmetricKeyType === "ec" ? "ec" : "rsa";
  if (family !== algorithm.key) return false;
  const padding =
    algorithm.pssSalt === undefined ? {} : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.pssSalt };
  return verify(algorithm.hash.name, signed, { key, ...padding }, signature);
};

/** An ECDSA signature is two numbers; one spelling only, so that nobody can respell a signature (X.690, 10 and 11). */
export const isCanonicalSignature = (algorithm: SignatureAlgorithm, signature: Uint8Array): boolean => {
  if (algorithm.key === "rsa") return true;
  const record = recordAt(signature);
  return record.raw.length === signature.length && childrenOf(expect(record, tags.sequence)).length === 2;
};
