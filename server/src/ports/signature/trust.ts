import { createHash } from "node:crypto";
import * as pkijs from "pkijs";
import { isSignedBy } from "./algorithms.ts";
import { sameBytes } from "./ber.ts";
import { type Certificate, certificatesInPem, engine, readCertificate } from "./certificate.ts";
import { isQualifiedForSignatures } from "./qualification.ts";
import { failed, passed, type Verdict } from "./verdict.ts";

/** What a list says of certificates that meet a criterion (ETSI TS 119 612, 5.5.9.2). */
export interface Qualification {
  /** The last word of the address: `QCForESig`, `NotQualified`… */
  qualifiers: string[];
  assert: "all" | "atLeastOne" | "none";
  /** Sets of policies, each to be found whole; bits of the key usage as they must be. */
  policies: string[][];
  keyUsage: { bit: number; value: boolean }[][];
  /** A criterion we cannot read: it is never met. */
  others: boolean;
}

/** A stretch of a service's life under one status (ETSI TS 119 612, 5.5.4 to 5.6). */
export interface TrustPeriod {
  from: string;
  to: string | null;
  granted: boolean;
  /** Of its qualified certificates: for signatures, or only for seals and web sites. */
  forSignatures: boolean;
  qualifications: Qualification[];
}

export interface TrustService {
  kind: "certificates" | "timestamps";
  territory: string;
  provider: string;
  name: string;
  certificate: Uint8Array;
  periods: TrustPeriod[];
}

/** All that is trusted, as plain data: it travels to a worker, which opens it once. */
export interface TrustSource {
  /** Names this content: the same digest, the same trust. */
  digest: string;
  /** Certificates in PEM whose word is taken. For development: what they issue counts as qualified by its own word. */
  pem: string;
  /** What the trusted lists of the European Union say. */
  services: TrustService[];
}

export const trustSource = (pem: string, services: TrustService[] = [], version = ""): TrustSource => ({
  digest: createHash("sha256").update(`${version}\n${services.length}\n${pem}`).digest("hex"),
  pem,
  services,
});

type Anchor = { certificate: Certificate; service: TrustService | null };
export interface TrustList {
  readonly anchors: readonly Anchor[];
}

export const openTrust = (source: TrustSource): TrustList => ({
  anchors: [
    ...certificatesInPem(source.pem).map((der) => ({ certificate: readCertificate(der), service: null })),
    ...source.services.flatMap((service): Anchor[] => {
      try {
        return [{ certificate: readCertificate(service.certificate), service }];
      } catch {
        // A list may hold certificates with keys that nobody reads any more: they vouch for nothing.
        return [];
      }
    }),
  ],
});

/** Certificates in PEM, for development and tests. */
export const loadTrustList = (pem: string): TrustList => {
  const list = openTrust(trustSource(pem));
  if (list.anchors.length === 0) throw new Error("The trust list holds no certificate in PEM.");
  return list;
};

const longestChain = 6;
const mostTries = 60;

export const issued = (issuer: Certificate, certificate: Certificate): boolean => {
  if (!certificate.signatureAlgorithm?.hash.strong || !sameBytes(issuer.subject, certificate.issuer)) return false;
  try {
    return isSignedBy(issuer.publicKey, certificate.signatureAlgorithm, certificate.tbs, certificate.signature);
  } catch {
    return false;
  }
};

/** From a certificate up to what we trust; the last is the anchor. */
export interface Path {
  certificates: Certificate[];
  /** Services of trusted lists that the anchor stands for; none for a plain certificate of development. */
  services: TrustService[];
}

/**
 * From the certificate up to one we trust, through those the file brings along. Found here, without loops and within
 * a number of tries, because the chain engine follows two certificates that vouch for each other for ever.
 */
const climbToTrust = (leaf: Certificate, carried: Certificate[], anchors: readonly Anchor[]): Certificate[] | null => {
  let tries = 0;
  const climb = (path: Certificate[]): Certificate[] | null => {
    const top = path[path.length - 1] as Certificate;
    const anchor = anchors.find(({ certificate }) => issued(certificate, top));
    if (anchor) return [...path, anchor.certificate];
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

/** A valid chain to what we trust for this purpose (RFC 5280, 6). `at` is a moment within the certificate's own validity. */
export const pathToTrust = async (
  leaf: Certificate,
  carried: Certificate[],
  trust: TrustList,
  at: Date,
  kind: TrustService["kind"],
): Promise<Path | null> => {
  const anchors = trust.anchors.filter(({ service }) => service === null || service.kind === kind);
  // A list may name the very certificate: time stamping units often stand there themselves.
  const itself = anchors.filter(({ certificate }) => sameBytes(certificate.der, leaf.der));
  const certificates = itself[0] ? [itself[0].certificate] : climbToTrust(leaf, carried, anchors);
  const top = certificates?.at(-1);
  if (!certificates || !top || certificates.some((one) => one.isBeyondUs)) return null;
  if (certificates.length > 1) {
    const chain = new pkijs.CertificateChainValidationEngine({
      trustedCerts: [top.pkijs],
      // The engine takes the last for the one to validate.
      certs: [...certificates.slice(1, -1), leaf].map((one) => one.pkijs),
      checkDate: at,
    });
    const { result } = await chain.verify({}, engine);
    if (!result) return null;
  }
  return {
    certificates,
    services: anchors.flatMap(({ certificate, service }) =>
      service &&
      sameBytes(
        certificate.publicKey.export({ type: "spki", format: "der" }),
        top.publicKey.export({ type: "spki", format: "der" }),
      )
        ? [service]
        : [],
    ),
  };
};

export const periodAt = (service: TrustService, at: Date): TrustPeriod | undefined =>
  service.periods.find(({ from, to }) => new Date(from) <= at && (to === null || at < new Date(to)));

/** Was this certificate a qualified one, from a service granted when it was issued and when it signed (ETSI TS 119 615, 4.4)? */
export const judgeServices = (
  certificate: Certificate,
  path: Path,
  signedAt: Date,
  facts: Record<string, string>,
): Verdict => {
  if (path.services.length === 0) return passed(facts);
  const verdicts = path.services.map((service): Verdict => {
    const told = { ...facts, service: service.name, provider: service.provider, territory: service.territory };
    const [then, now] = [periodAt(service, certificate.notBefore), periodAt(service, signedAt)];
    if (!then?.granted || !now?.granted)
      return failed("signer-certificate-untrusted", { ...told, reason: "service-not-granted" });
    return isQualifiedForSignatures(certificate, then) && isQualifiedForSignatures(certificate, now)
      ? passed({ ...told, qualified: "yes" })
      : failed("signer-certificate-not-qualified", told);
  });
  return (
    verdicts.find(({ outcome }) => outcome === "passed") ??
    verdicts.find(({ problem }) => problem === "signer-certificate-not-qualified") ??
    (verdicts[0] as Verdict)
  );
};
