import { webcrypto } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";

export type CertificateSubject = {
  entityId: string;
  commonName: string;
  organizationName: string;
  locality: string;
  ipaCode: string;
  /** A private body's; then the IPA code is not used. */
  vatNumber?: string;
  fiscalCode?: string;
};

export const oid = {
  commonName: "2.5.4.3",
  organizationName: "2.5.4.10",
  organizationIdentifier: "2.5.4.97",
  uri: "2.5.4.83",
  country: "2.5.4.6",
  locality: "2.5.4.7",
  basicConstraints: "2.5.29.19",
  keyUsage: "2.5.29.15",
  certificatePolicies: "2.5.29.32",
  userNotice: "1.3.6.1.5.5.7.2.2",
} as const;

/** AgID's own policy, and that of a public or private service provider; the notices are those its profile prescribes. */
export const policies = (profile: "public" | "private"): (readonly [string, string])[] => [
  ["1.3.76.16.6", "agIDcert"],
  profile === "public" ? ["1.3.76.16.4.2.1", "cert_SP_Pub"] : ["1.3.76.16.4.3.1", "cert_SP_Priv"],
];
const isPrivate = (subject: CertificateSubject) => Boolean(subject.vatNumber ?? subject.fiscalCode);

/**
 * A key and the self-signed certificate a public body may use in SPID (avviso 29, certificate profile). A private body
 * gets its own from AgID (avviso 23): one made here is for development.
 */
export async function makeServiceProviderKeys(
  subject: CertificateSubject,
  { now = new Date(), validForDays = 3 * 365 }: { now?: Date; validForDays?: number } = {},
): Promise<{ privateKeyPem: string; certificatePem: string }> {
  const crypto = new pkijs.CryptoEngine({ name: "node", crypto: webcrypto as unknown as Crypto });
  const keys = await webcrypto.subtle.generateKey(
    { name: "RSASSA-PKCS1-v1_5", modulusLength: 3072, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" },
    true,
    ["sign", "verify"],
  );

  const certificate = new pkijs.Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1js.Integer({ valueHex: positiveSerial() });
  const name = distinguishedName(subject).toBER(false);
  certificate.subject = pkijs.RelativeDistinguishedNames.fromBER(name);
  certificate.issuer = pkijs.RelativeDistinguishedNames.fromBER(name);
  certificate.notBefore.value = now;
  certificate.notAfter.value = new Date(now.getTime() + validForDays * 86_400_000);
  certificate.extensions = extensions(isPrivate(subject) ? "private" : "public");
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey as CryptoKey, crypto);
  await certificate.sign(keys.privateKey as CryptoKey, "SHA-256", crypto);

  return {
    privateKeyPem: pem("PRIVATE KEY", await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)),
    certificatePem: pem("CERTIFICATE", certificate.toSchema(true).toBER(false)),
  };
}

/** Written out here because pkijs would put all of them in one set, as if they were a single many-valued name. */
function distinguishedName(subject: CertificateSubject): asn1js.Sequence {
  const part = (type: string, value: asn1js.BaseBlock) =>
    new asn1js.Set({ value: [new asn1js.Sequence({ value: [new asn1js.ObjectIdentifier({ value: type }), value] })] });
  const utf8 = (type: string, value: string) => part(type, new asn1js.Utf8String({ value }));
  return new asn1js.Sequence({
    value: [
      utf8(oid.commonName, subject.commonName),
      utf8(oid.organizationName, subject.organizationName),
      utf8(oid.organizationIdentifier, organizationIdentifier(subject)),
      utf8(oid.uri, subject.entityId),
      part(oid.country, new asn1js.PrintableString({ value: "IT" })),
      utf8(oid.locality, subject.locality),
    ],
  });
}

function organizationIdentifier({ ipaCode, vatNumber, fiscalCode }: CertificateSubject): string {
  if (vatNumber) return `VATIT-${vatNumber}`;
  return fiscalCode ? `CF:IT-${fiscalCode}` : `PA:IT-${ipaCode}`;
}

function extensions(profile: "public" | "private"): pkijs.Extension[] {
  const extension = (extnID: string, critical: boolean, value: asn1js.BaseBlock) =>
    new pkijs.Extension({ extnID, critical, extnValue: value.toBER(false) });
  return [
    // CA=false is the default, and DER writes no default: an empty sequence.
    extension(oid.basicConstraints, false, new asn1js.Sequence({ value: [] })),
    // digitalSignature and contentCommitment are the first two bits.
    extension(oid.keyUsage, true, new asn1js.BitString({ valueHex: new Uint8Array([0xc0]).buffer, unusedBits: 6 })),
    extension(oid.certificatePolicies, false, new asn1js.Sequence({ value: policies(profile).map(policyInformation) })),
  ];
}

function policyInformation([policy, notice]: readonly [string, string]): asn1js.Sequence {
  const userNotice = new asn1js.Sequence({ value: [new asn1js.Utf8String({ value: notice })] });
  const qualifier = new asn1js.Sequence({
    value: [new asn1js.ObjectIdentifier({ value: oid.userNotice }), userNotice],
  });
  return new asn1js.Sequence({
    value: [new asn1js.ObjectIdentifier({ value: policy }), new asn1js.Sequence({ value: [qualifier] })],
  });
}

function positiveSerial(): ArrayBuffer {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.buffer as ArrayBuffer;
}

function pem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
