import { type KeyObject, webcrypto, X509Certificate } from "node:crypto";
import * as pkijs from "pkijs";
import { isSignedBy, publicKeyOf, type SignatureAlgorithm, signatureAlgorithmOf } from "./algorithms.ts";
import { childrenOf, expect, malformed, oidOf, recordAt, sameBytes, tags } from "./ber.ts";
import { fiscalCodeIn } from "./fiscal-code.ts";

const engine = new pkijs.CryptoEngine({
  crypto: webcrypto as ConstructorParameters<typeof pkijs.CryptoEngine>[0]["crypto"],
});
pkijs.setEngine("node", engine);

export interface Certificate {
  der: Uint8Array;
  tbs: Uint8Array;
  signatureAlgorithm: SignatureAlgorithm | null;
  signature: Uint8Array;
  issuer: Uint8Array;
  subject: Uint8Array;
  serialNumber: Uint8Array;
  keyIdentifier: Uint8Array | null;
  publicKey: KeyObject;
  notBefore: Date;
  notAfter: Date;
  /** How to call its holder: given name and surname, else the common name. */
  name: string;
  issuerName: string;
  fiscalCode: string | null;
  /** Its key may commit its holder to a content: non-repudiation (RFC 5280, 4.2.1.3; ETSI EN 319 412-2, 4.3.2). */
  forSigning: boolean;
  /** Declares itself qualified (QcCompliance, ETSI EN 319 412-5, 4.2.1). Its own word: the trust list decides. */
  declaresQualified: boolean;
  pkijs: pkijs.Certificate;
}

const textOf = (name: pkijs.RelativeDistinguishedNames, oid: string): string | null => {
  const found = name.typesAndValues.find((one) => String(one.type) === oid);
  const value: unknown = found?.value.valueBlock.value;
  return typeof value === "string" && value.trim() ? value.trim() : null;
};

const nameOf = (name: pkijs.RelativeDistinguishedNames): string => {
  const given = textOf(name, "2.5.4.42");
  const family = textOf(name, "2.5.4.4");
  return given && family ? `${given} ${family}` : (textOf(name, "2.5.4.3") ?? textOf(name, "2.5.4.10") ?? "");
};

const extensionOf = (certificate: pkijs.Certificate, oid: string): Uint8Array | null => {
  const extension = certificate.extensions?.find((one) => String(one.extnID) === oid);
  return extension ? extension.extnValue.valueBlock.valueHexView : null;
};

const allowsNonRepudiation = (certificate: pkijs.Certificate): boolean => {
  const usage = extensionOf(certificate, "2.5.29.15");
  return usage !== null && ((recordAt(usage).content[1] ?? 0) & 0x40) !== 0;
};

const declaresCompliance = (certificate: pkijs.Certificate): boolean => {
  const statements = extensionOf(certificate, "1.3.6.1.5.5.7.1.3");
  return (
    statements !== null &&
    childrenOf(recordAt(statements)).some((one) => oidOf(childrenOf(one)[0]) === "0.4.0.1862.1.1")
  );
};

export const readCertificate = (der: Uint8Array): Certificate => {
  const outer = recordAt(der);
  const [tbs, algorithm, signature, ...more] = childrenOf(expect(outer, tags.sequence));
  const bits = expect(signature, tags.bits).content;
  const fields = childrenOf(expect(tbs, tags.sequence)).filter((field) => field.tag !== 0xa0);
  const [serialNumber, innerAlgorithm, issuer, , subject, subjectPublicKeyInfo] = fields;
  if (!tbs || !algorithm || !innerAlgorithm || more.length > 0 || outer.raw.length !== der.length) throw malformed();
  // The algorithm outside the signature must be the one inside (RFC 5280, 4.1.1.2).
  if (bits[0] !== 0 || !sameBytes(algorithm.raw, innerAlgorithm.raw)) throw malformed();

  const certificate = pkijs.Certificate.fromBER(Uint8Array.from(der));
  const keyIdentifier = extensionOf(certificate, "2.5.29.14");
  const subjectSerial = textOf(certificate.subject, "2.5.4.5");
  return {
    der,
    tbs: tbs.raw,
    signatureAlgorithm: signatureAlgorithmOf(algorithm, null),
    signature: bits.subarray(1),
    issuer: expect(issuer, tags.sequence).raw,
    subject: expect(subject, tags.sequence).raw,
    serialNumber: expect(serialNumber, tags.integer).raw,
    keyIdentifier: keyIdentifier ? recordAt(keyIdentifier).content : null,
    publicKey: publicKeyOf(expect(subjectPublicKeyInfo, tags.sequence).raw),
    notBefore: certificate.notBefore.value,
    notAfter: certificate.notAfter.value,
    name: nameOf(certificate.subject),
    issuerName: textOf(certificate.issuer, "2.5.4.3") ?? nameOf(certificate.issuer),
    fiscalCode: subjectSerial ? fiscalCodeIn(subjectSerial) : null,
    forSigning: allowsNonRepudiation(certificate),
    declaresQualified: declaresCompliance(certificate),
    pkijs: certificate,
  };
};

/** Certificates in PEM whose word is taken: roots, or the issuing CAs of a national trusted list. */
export interface TrustList {
  readonly anchors: readonly Certificate[];
}

export const loadTrustList = (pem: string): TrustList => {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new Error("The trust list holds no certificate in PEM.");
  return { anchors: blocks.map((block) => readCertificate(new Uint8Array(new X509Certificate(block).raw))) };
};

const longestChain = 6;
const mostTries = 60;

const issued = (issuer: Certificate, certificate: Certificate): boolean => {
  if (!certificate.signatureAlgorithm?.hash.strong || !sameBytes(issuer.subject, certificate.issuer)) return false;
  try {
    return isSignedBy(issuer.publicKey, certificate.signatureAlgorithm, certificate.tbs, certificate.signature);
  } catch {
    return false;
  }
};

/**
 * From the certificate up to one we trust, through those the file brings along. Found here, without loops and within
 * a number of tries, because the chain engine follows two certificates that vouch for each other for ever.
 */
const pathToTrust = (leaf: Certificate, carried: Certificate[], trust: TrustList): Certificate[] | null => {
  let tries = 0;
  const climb = (path: Certificate[]): Certificate[] | null => {
    const top = path[path.length - 1] as Certificate;
    const anchor = trust.anchors.find((one) => issued(one, top));
    if (anchor) return [...path, anchor];
    if (path.length >= longestChain) return null;
    for (const next of carried) {
      if (path.includes(next) || !sameBytes(next.subject, top.issuer)) continue;
      if (++tries > mostTries) return null;
      const found = issued(next, top) ? climb([...path, next]) : null;
      if (found) return found;
    }
    return null;
  };
  return climb([leaf]);
};

/** Is there a valid chain to the trust list (RFC 5280, 6)? `at` is a moment within the certificate's own validity. */
export const isTrusted = async (
  leaf: Certificate,
  carried: Certificate[],
  trust: TrustList,
  at: Date,
): Promise<boolean> => {
  const path = pathToTrust(leaf, carried, trust);
  const anchor = path?.at(-1);
  if (!path || !anchor) return false;
  const chain = new pkijs.CertificateChainValidationEngine({
    trustedCerts: [anchor.pkijs],
    // The engine takes the last for the one to validate.
    certs: [...path.slice(1, -1), leaf].map((one) => one.pkijs),
    checkDate: at,
  });
  const { result } = await chain.verify({}, engine);
  return result;
};
