import { createHash, randomBytes } from "node:crypto";
import type { NewCertificate, Signer, TestAuthority } from "./authority.ts";
import { makeSignature } from "./cades.ts";
import { der, nothing, octets, oid, sequence, small } from "./der.ts";
import { appendSignature } from "./pades.ts";

const timestampInfo = "1.2.840.113549.1.9.16.1.4";
const sha256 = "2.16.840.1.101.3.4.2.1";

const generalized = (when: Date): Uint8Array =>
  der(0x18, Buffer.from(`${when.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`, "latin1"));

/** A time stamp token (RFC 3161, 2.4.2) over bytes, or over a SHA-256 of them. */
export const timestampToken = (unit: Signer, hash: Uint8Array, at: Date): Uint8Array =>
  makeSignature(
    [
      sequence(
        small(1),
        oid("1.3.6.1.4.1.99999.1"),
        sequence(sequence(oid(sha256), nothing()), octets(hash)),
        der(0x02, Uint8Array.of(1), randomBytes(8)),
        generalized(at),
      ),
    ],
    [unit],
    { detached: false, contentType: timestampInfo },
  );

/** A time stamping unit: `at` is the moment it will write, since tests need others than now. */
export const timestamper = async (
  authority: TestAuthority,
  at: () => Date = () => new Date(),
  more: Pick<NewCertificate, "ocsp" | "crl"> = {},
): Promise<{
  unit: Signer;
  stamp: (stamped: Uint8Array) => Uint8Array;
  stampDigest: (hash: Uint8Array) => Uint8Array;
}> => {
  const unit = await authority.issue({
    givenName: "Unità",
    familyName: "di marca temporale",
    fiscalCode: "",
    serialNumber: null,
    key: "ec",
    qualified: "no",
    keyUsage: ["digitalSignature"],
    purpose: "timeStamping",
    notBefore: new Date("2021-01-01T00:00:00Z"),
    notAfter: new Date("2048-01-01T00:00:00Z"),
    ...more,
  });
  return {
    unit,
    stamp: (stamped) => timestampToken(unit, createHash("sha256").update(stamped).digest(), at()),
    stampDigest: (hash) => timestampToken(unit, hash, at()),
  };
};

/** A time stamp over a whole PDF (ETSI EN 319 142-1, 5.4.3). */
export const timestampPdf = (pdf: Uint8Array, stampDigest: (hash: Uint8Array) => Uint8Array): Promise<Uint8Array> =>
  appendSignature(pdf, { Type: "DocTimeStamp", Filter: "Adobe.PPKLite", SubFilter: "ETSI.RFC3161" }, (covered) => {
    const hash = createHash("sha256");
    for (const part of covered) hash.update(part);
    return stampDigest(hash.digest());
  });
