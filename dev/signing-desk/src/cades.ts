import { createHash, sign } from "node:crypto";
import type { Signer } from "./authority.ts";
import { type Bytes, childrenOf, concat, der, nothing, octets, oid, sequence, setOf, small, time } from "./der.ts";

const names = { "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512" } as const;
const digestOids = {
  "SHA-1": "1.3.14.3.2.26",
  "SHA-256": "2.16.840.1.101.3.4.2.1",
  "SHA-384": "2.16.840.1.101.3.4.2.2",
  "SHA-512": "2.16.840.1.101.3.4.2.3",
} as const;
const ecdsaOids = {
  "SHA-1": "1.2.840.10045.4.1",
  "SHA-256": "1.2.840.10045.4.3.2",
  "SHA-384": "1.2.840.10045.4.3.3",
  "SHA-512": "1.2.840.10045.4.3.4",
} as const;
const data = "1.2.840.113549.1.7.1";
const signedData = "1.2.840.113549.1.7.2";

export interface SignatureOptions {
  signingTime?: Date;
  /** Weaker ones are for trying refusals. */
  digest?: keyof typeof digestOids;
  /** CAdES-BES wants `v2` (ETSI EN 319 122-1, 5.2.2.3); `none` is for trying refusals. */
  signingCertificate?: "v2" | "v1" | "none";
  /** Asked for a time stamp over the signature (CAdES-T, PAdES-T: ETSI EN 319 122-1, 5.3). */
  timestamp?: ((stamped: Uint8Array) => Uint8Array) | undefined;
  /** What is signed, when it is not plain data. */
  contentType?: string;
}

const attribute = (type: string, value: Bytes): Bytes => sequence(oid(type), setOf([value]));

const signingCertificate = (signer: Signer, version: "v2" | "v1"): Bytes => {
  const hash = createHash(version === "v2" ? "sha256" : "sha1")
    .update(signer.certificate)
    .digest();
  // ESSCertIDv2 leaves SHA-256 out, being the default (RFC 5035, 4).
  return attribute(
    version === "v2" ? "1.2.840.113549.1.9.16.2.47" : "1.2.840.113549.1.9.16.2.12",
    sequence(sequence(sequence(octets(hash)))),
  );
};

const signerInfo = (content: Bytes[], signer: Signer, options: SignatureOptions): Bytes => {
  const digest = options.digest ?? "SHA-256";
  const hash = createHash(names[digest]);
  for (const part of content) hash.update(part);
  const attributes = setOf([
    attribute("1.2.840.113549.1.9.3", oid(options.contentType ?? data)),
    attribute("1.2.840.113549.1.9.4", octets(hash.digest())),
    ...(options.signingTime ? [attribute("1.2.840.113549.1.9.5", time(options.signingTime))] : []),
    ...(options.signingCertificate === "none" ? [] : [signingCertificate(signer, options.signingCertificate ?? "v2")]),
  ]);
  const [tbs = new Uint8Array()] = childrenOf(signer.certificate);
  const [, serialNumber = new Uint8Array(), , issuer = new Uint8Array()] = childrenOf(tbs);
  const ec = signer.privateKey.asymmetricKeyType === "ec";
  // The signature covers the attributes as a SET; inside the record they travel under [0] (RFC 5652, 5.4).
  const implicit = Uint8Array.from(attributes);
  implicit[0] = 0xa0;
  const signature = sign(names[digest], attributes, signer.privateKey);
  const token = options.timestamp?.(signature);
  return sequence(
    small(1),
    sequence(issuer, serialNumber),
    sequence(oid(digestOids[digest]), nothing()),
    implicit,
    ec ? sequence(oid(ecdsaOids[digest])) : sequence(oid("1.2.840.113549.1.1.1"), nothing()),
    octets(signature),
    ...(token ? [der(0xa1, attribute("1.2.840.113549.1.9.16.2.14", token))] : []),
  );
};

/** One SignedData (RFC 5652) by one or more signers, over the given pieces of content, carried inside or left out. */
export const makeSignature = (
  content: Bytes[],
  signers: Signer[],
  { detached, ...options }: SignatureOptions & { detached: boolean },
): Uint8Array => {
  const contentType = options.contentType ?? data;
  const certificates = new Map<string, Bytes>();
  for (const signer of signers)
    for (const one of [signer.certificate, ...signer.chain]) certificates.set(Buffer.from(one).toString("base64"), one);
  return sequence(
    oid(signedData),
    der(
      0xa0,
      sequence(
        small(contentType === data ? 1 : 3),
        setOf([sequence(oid(digestOids[options.digest ?? "SHA-256"]), nothing())]),
        detached ? sequence(oid(contentType)) : sequence(oid(contentType), der(0xa0, octets(concat(...content)))),
        der(0xa0, ...certificates.values()),
        setOf(signers.map((signer) => signerInfo(content, signer, options))),
      ),
    ),
  );
};

/** A CAdES-BES file (.p7m) in DER; several signers sign in parallel. */
export const signCades = (
  bytes: Uint8Array,
  signer: Signer | Signer[],
  options: SignatureOptions & { detached?: boolean } = {},
): Uint8Array =>
  makeSignature([bytes], [signer].flat(), {
    signingTime: new Date(),
    ...options,
    detached: options.detached ?? false,
  });
