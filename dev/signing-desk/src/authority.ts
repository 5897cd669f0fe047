import "reflect-metadata";
import { createPrivateKey, generateKeyPair, type KeyObject, randomBytes, webcrypto } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import * as x509 from "@peculiar/x509";
import { oid, sequence } from "./der.ts";

/** What the desk writes on a certificate it issues. */
export interface NewCertificate {
  /** A seal is of an organization, not of a person (ETSI EN 319 412-3). */
  organization?: string;
  givenName: string;
  familyName: string;
  fiscalCode: string;
  key?: "rsa" | "ec";
  /** For trying refusals: a key that no rule accepts any more. */
  rsaBits?: number;
  notBefore?: Date;
  notAfter?: Date;
  /** Signing wants non-repudiation (ETSI EN 319 412-2, 4.3.2); anything else is for trying refusals. */
  keyUsage?: ("nonRepudiation" | "digitalSignature")[];
  /** The subject's serial number as written; `null` leaves it out. By default `TINIT-<fiscal code>`. */
  serialNumber?: string | null;
  /** Declares itself qualified, for signatures; `seal` is for trying refusals. */
  qualified?: "signature" | "seal" | "no";
  /** What else its key is for (RFC 5280, 4.2.1.12): time stamps, answers on revocation. */
  purpose?: "timeStamping" | "ocspSigning";
  /** For trying refusals: an extension that nobody knows, and that nobody may ignore (RFC 5280, 4.2). */
  unknownCritical?: boolean;
  /** Where its state can be asked. */
  ocsp?: string;
  crl?: string;
}

/** Somebody who can sign: a certificate, those above it, and the private key. */
export interface Signer {
  name: string;
  certificate: Uint8Array;
  chain: Uint8Array[];
  privateKey: KeyObject;
  certificatePem: string;
  chainPem: string;
  privateKeyPem: string;
}

export interface TestAuthority {
  issue: (wanted: NewCertificate) => Promise<Signer>;
  /** The authority that issues, as a signer: it answers for revocation. */
  issuer: Signer;
  /** The root, in DER. */
  root: Uint8Array;
  /** The root, in PEM: what a verifier is told to trust. */
  trustListPem: () => string;
}

interface CertificateAuthority {
  certificate: x509.X509Certificate;
  key: webcrypto.CryptoKey;
}

const generate = promisify(generateKeyPair);
const year = 365 * 24 * 3600 * 1000;
const curve = { name: "ECDSA", namedCurve: "P-256" } as const;
const ecdsa = { name: "ECDSA", hash: "SHA-256" } as const;

x509.cryptoProvider.set(webcrypto as unknown as Crypto);

const serial = (): string => `01${randomBytes(15).toString("hex")}`;
const authorityName = (commonName: string): x509.JsonName => [
  { C: ["IT"] },
  { O: ["DEV Firma di prova"] },
  { CN: [commonName] },
];

/** QcCompliance and QcType (ETSI EN 319 412-5, 4.2): "this is a qualified certificate, for signatures". A stage prop. */
const qcStatements = (kind: "signature" | "seal"): x509.Extension =>
  new x509.Extension(
    "1.3.6.1.5.5.7.1.3",
    false,
    new Uint8Array(
      sequence(
        sequence(oid("0.4.0.1862.1.1")),
        sequence(oid("0.4.0.1862.1.6"), sequence(oid(`0.4.0.1862.1.6.${kind === "seal" ? 2 : 1}`))),
      ),
    ),
  );
const purposes = { timeStamping: "1.3.6.1.5.5.7.3.8", ocspSigning: "1.3.6.1.5.5.7.3.9" } as const;
const addressesOf = ({ ocsp, crl }: NewCertificate): x509.Extension[] => [
  ...(ocsp ? [new x509.AuthorityInfoAccessExtension({ ocsp })] : []),
  ...(crl ? [new x509.CRLDistributionPointsExtension([crl])] : []),
];

const makeAuthority = async (commonName: string, above?: CertificateAuthority): Promise<CertificateAuthority> => {
  const keys = await webcrypto.subtle.generateKey(curve, true, ["sign", "verify"]);
  const subject = authorityName(commonName);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject,
    issuer: above?.certificate.subjectName ?? subject,
    // Long before today, so that certificates already expired can be issued for trying refusals.
    notBefore: new Date("2020-01-01T00:00:00Z"),
    notAfter: new Date("2049-01-01T00:00:00Z"),
    publicKey: keys.publicKey,
    signingKey: above?.key ?? keys.privateKey,
    signingAlgorithm: ecdsa,
    extensions: [
      new x509.BasicConstraintsExtension(true, above ? 0 : undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ...(above ? [await x509.AuthorityKeyIdentifierExtension.create(above.certificate)] : []),
    ],
  });
  return { certificate, key: keys.privateKey };
};

const issueFrom = async (
  wanted: NewCertificate,
  issuing: CertificateAuthority,
  chain: x509.X509Certificate[],
): Promise<Signer> => {
  const pair =
    wanted.key === "ec"
      ? await generate("ec", { namedCurve: "P-256" })
      : await generate("rsa", { modulusLength: wanted.rsaBits ?? 2048 });
  const publicKey = new x509.PublicKey(pair.publicKey.export({ type: "spki", format: "der" }));
  const name = wanted.organization ?? `${wanted.givenName} ${wanted.familyName}`;
  const subjectSerial = wanted.serialNumber === undefined ? `TINIT-${wanted.fiscalCode}` : wanted.serialNumber;
  const usages = wanted.keyUsage ?? ["nonRepudiation"];
  const notBefore = wanted.notBefore ?? new Date(Date.now() - 24 * 3600 * 1000);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: [
      { C: ["IT"] },
      ...(wanted.organization
        ? ([{ O: [wanted.organization] }, { "2.5.4.97": ["VATIT-00000000000"] }] as x509.JsonName)
        : ([
            { "2.5.4.4": [wanted.familyName] },
            { "2.5.4.42": [wanted.givenName] },
            ...(subjectSerial === null ? [] : [{ "2.5.4.5": [subjectSerial] }]),
          ] as x509.JsonName)),
      { CN: [name] },
    ],
    issuer: issuing.certificate.subjectName,
    notBefore,
    notAfter: wanted.notAfter ?? new Date(notBefore.getTime() + 3 * year),
    publicKey,
    signingKey: issuing.key,
    signingAlgorithm: ecdsa,
    extensions: [
      new x509.KeyUsagesExtension(
        usages.reduce((flags, usage) => flags | x509.KeyUsageFlags[usage], 0),
        true,
      ),
      ...(wanted.qualified === "no" ? [] : [qcStatements(wanted.qualified ?? "signature")]),
      ...(wanted.purpose ? [new x509.ExtendedKeyUsageExtension([purposes[wanted.purpose]], true)] : []),
      ...(wanted.purpose === "ocspSigning"
        ? [new x509.Extension("1.3.6.1.5.5.7.48.1.5", false, new Uint8Array([5, 0]))]
        : []),
      ...(wanted.unknownCritical ? [new x509.Extension("1.3.6.1.4.1.99999.9", true, new Uint8Array([5, 0]))] : []),
      ...addressesOf(wanted),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuing.certificate),
    ],
  });
  return {
    name,
    certificate: new Uint8Array(certificate.rawData),
    chain: chain.map((one) => new Uint8Array(one.rawData)),
    privateKey: pair.privateKey,
    certificatePem: `${certificate.toString("pem")}\n`,
    chainPem: chain.map((one) => `${one.toString("pem")}\n`).join(""),
    privateKeyPem: pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
};

const readAuthority = async (dataDir: string, name: string): Promise<CertificateAuthority> => {
  const certificate = new x509.X509Certificate(await readFile(join(dataDir, `${name}.pem`), "utf8"));
  const pem = await readFile(join(dataDir, `${name}.key.pem`), "utf8");
  const pkcs8 = createPrivateKey(pem).export({ type: "pkcs8", format: "der" });
  return { certificate, key: await webcrypto.subtle.importKey("pkcs8", pkcs8, curve, true, ["sign"]) };
};

const keepAuthority = async (dataDir: string, name: string, authority: CertificateAuthority): Promise<void> => {
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", authority.key)).toString("base64");
  const pem = `-----BEGIN PRIVATE KEY-----\n${pkcs8.match(/.{1,64}/g)?.join("\n")}\n-----END PRIVATE KEY-----\n`;
  await writeFile(join(dataDir, `${name}.key.pem`), pem, { mode: 0o600 });
  await writeFile(join(dataDir, `${name}.pem`), `${authority.certificate.toString("pem")}\n`, { mode: 0o600 });
};

/** Opens the test authority kept in `dataDir`, making root and issuing CA the first time. */
export const openTestAuthority = async (dataDir: string): Promise<TestAuthority> => {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  let root: CertificateAuthority;
  let issuing: CertificateAuthority;
  try {
    [root, issuing] = await Promise.all([readAuthority(dataDir, "root"), readAuthority(dataDir, "issuing")]);
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code !== "ENOENT") throw problem;
    root = await makeAuthority("DEV Firma di prova - Radice");
    issuing = await makeAuthority("DEV Firma di prova - Emissione", root);
    await keepAuthority(dataDir, "root", root);
    await keepAuthority(dataDir, "issuing", issuing);
  }
  const certificate = new Uint8Array(issuing.certificate.rawData);
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", issuing.key));
  const privateKey = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  const rootBytes = new Uint8Array(root.certificate.rawData);
  return {
    issuer: {
      name: "DEV Firma di prova - Emissione",
      certificate,
      chain: [rootBytes],
      privateKey,
      certificatePem: `${issuing.certificate.toString("pem")}\n`,
      chainPem: `${root.certificate.toString("pem")}\n`,
      privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    },
    root: rootBytes,
    issue: (wanted) => issueFrom(wanted, issuing, [issuing.certificate]),
    trustListPem: () => `${root.certificate.toString("pem")}\n`,
  };
};

/** A signer with the right name under a CA nobody trusts, whose names mimic the trusted ones. */
export const untrustedSigner = async (wanted: NewCertificate): Promise<Signer> => {
  const root = await makeAuthority("DEV Firma di prova - Radice");
  const issuing = await makeAuthority("DEV Firma di prova - Emissione", root);
  return issueFrom(wanted, issuing, [issuing.certificate, root.certificate]);
};
