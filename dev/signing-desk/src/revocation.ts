import { createHash, sign } from "node:crypto";
import type { Signer } from "./authority.ts";
import { type Bytes, childrenOf, der, octets, oid, sequence, small, time } from "./der.ts";

/** What an authority knows: serial numbers in hexadecimal, and when they were revoked. */
export type RevokedCertificates = ReadonlyMap<string, Date>;

const ecdsaSha256 = (): Bytes => sequence(oid("1.2.840.10045.4.3.2"));
const bits = (bytes: Bytes): Bytes => der(0x03, Uint8Array.of(0), bytes);
const generalized = (when: Date): Bytes =>
  der(0x18, Buffer.from(`${when.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`, "latin1"));
const contentOf = (record: Bytes): Bytes => {
  const first = record[1] ?? 0;
  return record.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f));
};
const signed = (body: Bytes, signer: Signer): Bytes => sign("sha256", body, signer.privateKey);
const partsOf = (certificate: Bytes): { serial: Bytes; subject: Bytes; keyBits: Bytes } => {
  const [tbs = new Uint8Array()] = childrenOf(certificate);
  const fields = childrenOf(tbs).filter((field) => field[0] !== 0xa0);
  const key = childrenOf(fields[5] ?? new Uint8Array())[1] ?? new Uint8Array();
  return {
    serial: fields[0] ?? new Uint8Array(),
    subject: fields[4] ?? new Uint8Array(),
    keyBits: contentOf(key).subarray(1),
  };
};
export const serialOf = (certificate: Bytes): string =>
  Buffer.from(contentOf(partsOf(certificate).serial)).toString("hex");

/** What the request asks about, and its nonce (RFC 6960, 4.1.1). */
const readRequest = (request: Bytes): { certId: Bytes; serial: string; nonce: Bytes | null } => {
  const [tbs = new Uint8Array()] = childrenOf(request);
  const parts = childrenOf(tbs);
  const list = parts.find((part) => part[0] === 0x30) ?? new Uint8Array();
  const [one = new Uint8Array()] = childrenOf(list);
  const [certId = new Uint8Array()] = childrenOf(one);
  const extensions = parts.find((part) => part[0] === 0xa2);
  const nonce = extensions ? (childrenOf(childrenOf(extensions)[0] ?? new Uint8Array())[0] ?? null) : null;
  return { certId, serial: Buffer.from(contentOf(childrenOf(certId)[3] ?? new Uint8Array(2))).toString("hex"), nonce };
};

/** An answer of an OCSP responder (RFC 6960, 4.2), signed by the issuer or by whom it delegated. */
export const ocspAnswer = (
  request: Bytes,
  responder: Signer,
  revoked: RevokedCertificates,
  options: { at?: Date; keepNonce?: boolean; unknown?: boolean } = {},
): Bytes => {
  const at = options.at ?? new Date();
  const { certId, serial, nonce } = readRequest(request);
  const since = revoked.get(serial);
  const status = options.unknown
    ? der(0x82)
    : since
      ? der(0xa1, generalized(since), der(0xa0, der(0x0a, Uint8Array.of(1))))
      : der(0x80);
  const data = sequence(
    der(0xa2, octets(createHash("sha1").update(partsOf(responder.certificate).keyBits).digest())),
    generalized(at),
    sequence(sequence(certId, status, generalized(at), der(0xa0, generalized(new Date(at.getTime() + 3_600_000))))),
    ...(nonce && options.keepNonce !== false ? [der(0xa1, sequence(nonce))] : []),
  );
  const basic = sequence(
    data,
    ecdsaSha256(),
    bits(signed(data, responder)),
    der(0xa0, sequence(responder.certificate)),
  );
  return sequence(der(0x0a, Uint8Array.of(0)), der(0xa0, sequence(oid("1.3.6.1.5.5.7.48.1.1"), octets(basic))));
};

/** A list of revoked certificates (RFC 5280, 5). */
export const crlOf = (
  issuer: Signer,
  revoked: RevokedCertificates,
  options: { at?: Date; next?: Date } = {},
): Bytes => {
  const at = options.at ?? new Date();
  const entries = [...revoked].map(([serial, since]) => sequence(der(0x02, Buffer.from(serial, "hex")), time(since)));
  const body = sequence(
    small(1),
    ecdsaSha256(),
    partsOf(issuer.certificate).subject,
    time(at),
    time(options.next ?? new Date(at.getTime() + 24 * 3_600_000)),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
  );
  return sequence(body, ecdsaSha256(), bits(signed(body, issuer)));
};
