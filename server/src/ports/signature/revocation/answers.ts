import { createHash, randomBytes } from "node:crypto";
import { isSignedBy, signatureAlgorithmOf } from "../algorithms.ts";
import { type BerRecord, childrenOf, expect, malformed, oidOf, recordAt, sameBytes, tags, timeOf } from "../ber.ts";
import { type Certificate, readCertificate } from "../certificate.ts";
import { der } from "../der.ts";
import { issued } from "../trust.ts";

/*
 * What an authority answers on one of its certificates: OCSP (RFC 6960, in the plain profile of RFC 5019) and lists of
 * revoked certificates (RFC 5280, 5). Read strictly, and believed only from whom the certificate came, or from whom that
 * one named for it.
 */

export type RevocationState = "good" | "revoked";
export interface RevocationAnswer {
  state: RevocationState;
  /** When it was revoked; the reason as RFC 5280, 5.3.1 numbers it. */
  since?: Date;
  reason?: number;
  thisUpdate: Date;
  nextUpdate: Date;
}

/** Clocks of others may be wrong by this much. */
const clockSlack = 5 * 60_000;
/** How long an answer without an end of its own is believed. */
const withoutEnd = 24 * 3_600_000;

const oids = {
  sha1: Uint8Array.of(0x2b, 0x0e, 0x03, 0x02, 0x1a),
  basic: "1.3.6.1.5.5.7.48.1.1",
  nonce: "1.3.6.1.5.5.7.48.1.2",
  ocspSigning: "1.3.6.1.5.5.7.3.9",
  reasonCode: "2.5.29.21",
  deltaIndicator: "2.5.29.27",
  issuingDistributionPoint: "2.5.29.28",
} as const;

const sha1 = (bytes: Uint8Array): Buffer => createHash("sha1").update(bytes).digest();
/** The name of a certificate for OCSP. SHA-1 only names here; every responder knows it (RFC 5019, 2.1.1). */
const certId = (certificate: Certificate, issuer: Certificate): Uint8Array =>
  der(
    0x30,
    der(0x30, der(0x06, oids.sha1), der(0x05)),
    der(0x04, sha1(issuer.subject)),
    der(0x04, sha1(issuer.keyBits)),
    certificate.serialNumber,
  );

/** The question about one certificate, and the nonce that a fresh answer repeats (RFC 9654). */
export const ocspRequest = (
  certificate: Certificate,
  issuer: Certificate,
): { bytes: Uint8Array; nonce: Uint8Array } => {
  const nonce = randomBytes(32);
  // id-pkix-ocsp-nonce, 1.3.6.1.5.5.7.48.1.2
  const nonceOid = Uint8Array.of(0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x02);
  const extension = der(0x30, der(0x06, nonceOid), der(0x04, der(0x04, nonce)));
  const list = der(0x30, der(0x30, certId(certificate, issuer)));
  return { bytes: der(0x30, der(0x30, list, der(0xa2, der(0x30, extension)))), nonce };
};

const fresh = (thisUpdate: Date | null, nextUpdate: Date | null, now: Date): { thisUpdate: Date; nextUpdate: Date } => {
  if (!thisUpdate) throw malformed();
  const end = nextUpdate ?? new Date(thisUpdate.getTime() + withoutEnd);
  if (thisUpdate.getTime() > now.getTime() + clockSlack) throw new Error("an answer of tomorrow");
  if (end.getTime() < now.getTime() - clockSlack) throw new Error("an answer of yesterday");
  return { thisUpdate, nextUpdate: end };
};

const bitsOf = (record: BerRecord | undefined): Uint8Array => {
  const { content } = expect(record, tags.bits);
  if (content[0] !== 0) throw malformed();
  return content.subarray(1);
};

const signedBy = (signer: Certificate, body: BerRecord, algorithm: BerRecord, signature: BerRecord): boolean => {
  const known = signatureAlgorithmOf(algorithm, null);
  return known?.hash.strong === true && isSignedBy(signer.publicKey, known, body.raw, bitsOf(signature));
};

/** The responder: the issuer itself, or somebody whom that issuer named for it (RFC 6960, 4.2.2.2). */
const mayAnswer = (candidate: Certificate, issuer: Certificate, at: Date): boolean =>
  sameBytes(candidate.der, issuer.der) ||
  (issued(issuer, candidate) &&
    candidate.extendedKeyUsage.includes(oids.ocspSigning) &&
    !candidate.isBeyondUs &&
    candidate.notBefore <= at &&
    at <= candidate.notAfter);

const isNamedBy = (responder: BerRecord, candidate: Certificate): boolean =>
  responder.tag === 0xa1
    ? sameBytes(expect(childrenOf(responder)[0], tags.sequence).raw, candidate.subject)
    : sameBytes(expect(childrenOf(responder)[0], tags.octets).content, sha1(candidate.keyBits));

const extensionsIn = (record: BerRecord | undefined): { oid: string; critical: boolean; value: Uint8Array }[] =>
  record
    ? childrenOf(expect(childrenOf(record)[0], tags.sequence)).map((extension) => {
        const [oid, ...rest] = childrenOf(extension);
        const critical = rest[0]?.tag === tags.boolean && rest[0].content[0] !== 0;
        return { oid: oidOf(oid), critical, value: expect(rest.at(-1), tags.octets).content };
      })
    : [];

const isAbout = (one: BerRecord, certificate: Certificate, issuer: Certificate): boolean => {
  const [algorithm, name, key, serial] = childrenOf(expect(one, tags.sequence));
  // It answers in the terms of the question; another hash would be another question.
  return (
    sameBytes(childrenOf(expect(algorithm, tags.sequence))[0]?.content ?? new Uint8Array(), oids.sha1) &&
    sameBytes(expect(name, tags.octets).content, sha1(issuer.subject)) &&
    sameBytes(expect(key, tags.octets).content, sha1(issuer.keyBits)) &&
    sameBytes(expect(serial, tags.integer).raw, certificate.serialNumber)
  );
};

export interface AnswerContext {
  certificate: Certificate;
  issuer: Certificate;
  now: Date;
}

/** Reads an answer of OCSP. Throws on what proves nothing: malformed, stale, by another, about another, "unknown". */
export const readOcsp = (
  bytes: Uint8Array,
  nonce: Uint8Array,
  { certificate, issuer, now }: AnswerContext,
): RevocationAnswer => {
  const [status, explicit] = childrenOf(expect(recordAt(bytes), tags.sequence));
  if (expect(status, tags.enumerated).content[0] !== 0) throw new Error(`the responder says no: ${status?.content[0]}`);
  const [type, octets] = childrenOf(expect(childrenOf(expect(explicit, 0xa0))[0], tags.sequence));
  if (oidOf(type) !== oids.basic) throw malformed();
  const [data, algorithm, signature, bag] = childrenOf(
    expect(recordAt(expect(octets, tags.octets).content), tags.sequence),
  );
  if (!data || !algorithm || !signature) throw malformed();
  const fields = childrenOf(expect(data, tags.sequence)).filter(({ tag }) => tag !== 0xa0);
  const [responder, produced, responses, extensions] = fields;
  const producedAt = timeOf(produced);
  if (!producedAt || !responder || (responder.tag !== 0xa1 && responder.tag !== 0xa2)) throw malformed();

  const carried = bag ? childrenOf(expect(childrenOf(expect(bag, 0xa0))[0], tags.sequence)).slice(0, 5) : [];
  const candidates = [
    issuer,
    ...carried.flatMap(({ raw }) => {
      try {
        return [readCertificate(raw)];
      } catch {
        return [];
      }
    }),
  ];
  const answered = candidates.find(
    (one) => isNamedBy(responder, one) && mayAnswer(one, issuer, now) && signedBy(one, data, algorithm, signature),
  );
  if (!answered) throw new Error("nobody entitled signed this answer");

  const told = extensionsIn(extensions).find(({ oid }) => oid === oids.nonce);
  // Who prepares answers ahead repeats no nonce (RFC 5019, 4): then its times speak. A wrong one is somebody else's answer.
  if (told && !sameBytes(told.value, der(0x04, nonce)) && !sameBytes(told.value, nonce))
    throw new Error("an answer to another question");

  const single = childrenOf(expect(responses, tags.sequence)).find((one) =>
    isAbout(childrenOf(expect(one, tags.sequence))[0] as BerRecord, certificate, issuer),
  );
  if (!single) throw new Error("an answer about another certificate");
  const [, state, thisUpdate, ...more] = childrenOf(single);
  const next = more.find(({ tag }) => tag === 0xa0);
  const times = fresh(timeOf(thisUpdate), next ? timeOf(childrenOf(next)[0]) : null, now);
  switch (state?.tag) {
    case 0x80:
      return { state: "good", ...times };
    case 0xa1: {
      const [since, reason] = childrenOf(state);
      const when = timeOf(since);
      if (!when) throw malformed();
      return {
        state: "revoked",
        since: when,
        ...(reason ? { reason: childrenOf(reason)[0]?.content[0] ?? 0 } : {}),
        ...times,
      };
    }
    default:
      throw new Error("the responder does not know this certificate");
  }
};

/** What a list says of its own reach (RFC 5280, 5.2.5): only one for all certificates and all reasons tells who is good. */
const reaches = (value: Uint8Array, addresses: readonly string[]): boolean => {
  const parts = childrenOf(expect(recordAt(value), tags.sequence));
  // [3] some reasons, [4] indirect, [5] attribute certificates.
  if (parts.some(({ tag, content }) => tag === 0x83 || (tag === 0x84 && content[0]) || (tag === 0x85 && content[0])))
    return false;
  if (parts.some(({ tag, content }) => tag === 0x82 && content[0])) return false;
  const point = parts.find(({ tag }) => tag === 0xa0);
  if (!point) return true;
  const full = childrenOf(point).find(({ tag }) => tag === 0xa0);
  return full
    ? childrenOf(full).some(({ tag, content }) => tag === 0x86 && addresses.includes(Buffer.from(content).toString()))
    : false;
};

/** Lists come in DER, and now and then in PEM against the rule. */
export const listBytes = (bytes: Uint8Array): Uint8Array => {
  if (bytes[0] === tags.sequence) return bytes;
  const [, inner] = /-----BEGIN X509 CRL-----([\s\S]+?)-----END/.exec(Buffer.from(bytes).toString("latin1")) ?? [];
  return inner ? Buffer.from(inner, "base64") : bytes;
};

/** Reads a list of revoked certificates, which may be long: its lines are walked where they lie. Throws as `readOcsp`. */
export const readCrl = (bytes: Uint8Array, { certificate, issuer, now }: AnswerContext): RevocationAnswer => {
  const list = listBytes(bytes);
  const outer = expect(recordAt(list), tags.sequence);
  if (outer.raw.length !== list.length) throw malformed();
  const [body, algorithm, signature] = childrenOf(outer);
  if (!body || !algorithm || !signature) throw malformed();
  if (!signedBy(issuer, body, algorithm, signature)) throw new Error("the issuer did not sign this list");

  const fields = childrenOf(expect(body, tags.sequence));
  if (fields[0]?.tag === tags.integer) fields.shift();
  const [inner, name, thisUpdate, ...rest] = fields;
  if (!inner || !sameBytes(inner.raw, algorithm.raw)) throw malformed();
  if (!sameBytes(expect(name, tags.sequence).raw, issuer.subject)) throw new Error("a list of somebody else");
  const next = rest[0] && rest[0].tag !== tags.sequence && rest[0].tag !== 0xa0 ? rest.shift() : undefined;
  const lines = rest[0]?.tag === tags.sequence ? rest.shift() : undefined;
  for (const { oid, critical, value } of extensionsIn(rest[0])) {
    if (oid === oids.deltaIndicator) throw new Error("a list of changes alone");
    if (oid === oids.issuingDistributionPoint) {
      if (!reaches(value, certificate.crlAddresses)) throw new Error("a list that does not reach this certificate");
    } else if (critical) throw new Error("a list with something nobody knows");
  }
  const times = fresh(timeOf(thisUpdate), timeOf(next), now);
  for (let at = 0; lines && at < lines.content.length; ) {
    const line = recordAt(lines.content, at);
    at += line.raw.length;
    if (!sameBytes(recordAt(line.content).raw, certificate.serialNumber)) continue;
    const [, since, extensions] = childrenOf(line);
    const when = timeOf(since);
    if (!when) throw malformed();
    const reason = extensions
      ? childrenOf(extensions).find((one) => oidOf(childrenOf(one)[0]) === oids.reasonCode)
      : undefined;
    const value = reason && childrenOf(reason).at(-1);
    return {
      state: "revoked",
      since: when,
      ...(value ? { reason: recordAt(value.content).content[0] ?? 0 } : {}),
      ...times,
    };
  }
  return { state: "good", ...times };
};
