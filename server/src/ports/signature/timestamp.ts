import { createHash } from "node:crypto";
import { hashOf } from "./algorithms.ts";
import { childrenOf, expect, recordAt, sameBytes, tags, timeOf } from "./ber.ts";
import { readSignedData, timestampInfoOid } from "./cms.ts";
import { certificateOf, integrityOf, readable } from "./signer-integrity.ts";
import { type Path, pathToTrust, periodAt, type TrustList } from "./trust.ts";

export interface Timestamp {
  at: Date;
  authority: string;
  token: Uint8Array;
  path: Path;
}

const timeStamping = "1.3.6.1.5.5.7.3.8";

const concat = (pieces: Uint8Array[]): Uint8Array =>
  pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);

/**
 * A time stamp (RFC 3161) over the given bytes, from an authority we trust for it; `null` when it proves nothing. One that
 * does not hold spoils nothing either: whoever signed may not have asked for it.
 */
export const readTimestamp = async (
  token: Uint8Array,
  stamped: (hash: string) => Uint8Array,
  trust: TrustList,
  now: Date,
): Promise<Timestamp | null> => {
  try {
    const { signedData } = readSignedData(token);
    const [info, ...others] = signedData.signers;
    if (!info || others.length > 0 || signedData.contentType !== timestampInfoOid || !signedData.content) return null;
    const content = concat(signedData.content);
    const [, , imprint, , generated] = childrenOf(expect(recordAt(content), tags.sequence));
    const [algorithm, hashed] = childrenOf(expect(imprint, tags.sequence));
    const hash = hashOf(algorithm);
    const at = timeOf(expect(generated, tags.generalizedTime));
    if (!hash?.strong || !at || at > now) return null;
    if (!sameBytes(expect(hashed, tags.octets).content, stamped(hash.name))) return null;

    const bag = readable(signedData.certificates);
    const certificate = certificateOf(info.sid, bag);
    if (!certificate) return null;
    const digest = (name: string): Uint8Array => createHash(name).update(content).digest();
    const integrity = integrityOf(info, timestampInfoOid, timestampInfoOid, certificate, digest);
    if (integrity.outcome !== "passed") return null;
    // Its key may do this and nothing else (RFC 3161, 2.3).
    if (certificate.extendedKeyUsage.length !== 1 || certificate.extendedKeyUsage[0] !== timeStamping) return null;
    if (at < certificate.notBefore || at > certificate.notAfter) return null;
    const carried = bag.filter((one) => one !== certificate);
    const path = await pathToTrust(certificate, carried, trust, at, "timestamps");
    if (!path || (path.services.length > 0 && !path.services.some((one) => periodAt(one, at)?.granted))) return null;
    return { at, authority: certificate.name, token, path };
  } catch {
    return null;
  }
};
