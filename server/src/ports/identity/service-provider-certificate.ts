import { createPrivateKey, X509Certificate } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { oid, policies } from "./service-provider-keys.ts";

/** Names a service provider's certificate must never carry: it belongs to a body, not to a person. */
const personal = new Map([
  ["2.5.4.41", "name"],
  ["2.5.4.4", "surname"],
  ["2.5.4.42", "givenName"],
  ["2.5.4.43", "initials"],
  ["2.5.4.65", "pseudonym"],
]);
const identifiers = {
  public: /^PA:IT-[\w.-]+$/,
  private: /^(?:VATIT-\d{11}|CF:IT-[A-Z0-9]{16})$/,
} as const;
const signatureAlgorithms = new Map([
  ["1.2.840.113549.1.1.11", "SHA-256"],
  ["1.2.840.113549.1.1.13", "SHA-512"],
]);

/** What the federation would complain about in a key and its certificate (avviso 29, certificate profile); empty when fit. */
export function certificateComplaints(
  key: { privateKeyPem: string; certificatePem: string },
  expected: { entityId: string; profile: "public" | "private"; now: Date },
): string[] {
  let certificate: pkijs.Certificate;
  let x509: X509Certificate;
  try {
    x509 = new X509Certificate(key.certificatePem);
    certificate = pkijs.Certificate.fromBER(x509.raw);
  } catch {
    return ["the certificate cannot be read"];
  }
  const complaints: string[] = [];
  const demand = (holds: boolean, complaint: string) => void (holds || complaints.push(complaint));
  demand(isKeyOf(key.privateKeyPem, x509), "the key is not the certificate's");
  const { publicKey } = x509;
  demand(
    publicKey.asymmetricKeyType === "rsa" &&
      [2048, 3072, 4096].includes(publicKey.asymmetricKeyDetails?.modulusLength ?? 0),
    "the key must be RSA of 2048, 3072 or 4096 bits",
  );
  demand(
    signatureAlgorithms.has(certificate.signatureAlgorithm.algorithmId),
    "the certificate must be signed with SHA-256 or SHA-512",
  );
  const { now } = expected;
  demand(
    certificate.notBefore.value <= now && now < certificate.notAfter.value,
    `the certificate is valid from ${certificate.notBefore.value.toISOString()} to ${certificate.notAfter.value.toISOString()}`,
  );
  demandSubject(certificate, expected, demand);
  demandExtensions(certificate, expected.profile, demand);
  return complaints;
}

type Demand = (holds: boolean, complaint: string) => void;

function demandSubject(
  certificate: pkijs.Certificate,
  { entityId, profile }: { entityId: string; profile: "public" | "private" },
  demand: Demand,
): void {
  const subject = new Map(
    certificate.subject.typesAndValues.map(({ type, value }) => [
      type as string,
      String((value as { valueBlock: { value?: unknown } }).valueBlock.value ?? ""),
    ]),
  );
  const required = [
    ["CN", oid.commonName],
    ["O", oid.organizationName],
    ["C", oid.country],
    ["L", oid.locality],
  ] as const;
  for (const [name, type] of required) demand(Boolean(subject.get(type)), `the subject lacks ${name}`);
  for (const [type, name] of personal) demand(!subject.has(type), `the subject must not carry ${name}`);
  demand(
    identifiers[profile].test(subject.get(oid.organizationIdentifier) ?? ""),
    profile === "public"
      ? "organizationIdentifier must be PA:IT-<IPA code>"
      : "organizationIdentifier must be VATIT-<11 digits> or CF:IT-<16 characters>",
  );
  demand(subject.get(oid.uri) === entityId, `the subject's uri must be the entityID ${entityId}`);
}

function demandExtensions(certificate: pkijs.Certificate, profile: "public" | "private", demand: Demand): void {
  const extension = (id: string) => certificate.extensions?.find((e) => e.extnID === id);
  const constraints = extension(oid.basicConstraints);
  demand(
    constraints !== undefined &&
      !constraints.critical &&
      !(constraints.parsedValue as pkijs.BasicConstraints | undefined)?.cA,
    "basicConstraints must say CA=false and not be critical",
  );
  const usage = extension(oid.keyUsage);
  const bits = usage ? asn1js.fromBER(usage.extnValue.valueBlock.valueHexView).result : undefined;
  demand(
    usage !== undefined &&
      usage.critical &&
      bits instanceof asn1js.BitString &&
      bits.valueBlock.valueHexView[0] === 0xc0 &&
      bits.valueBlock.valueHexView.slice(1).every((byte) => byte === 0),
    "keyUsage must be critical, and exactly digitalSignature and contentCommitment",
  );
  const named = (
    (extension(oid.certificatePolicies)?.parsedValue as pkijs.CertificatePolicies | undefined)?.certificatePolicies ??
    []
  ).map((policy) => policy.policyIdentifier);
  for (const [policy] of policies(profile)) demand(named.includes(policy), `certificatePolicies lacks ${policy}`);
}

function isKeyOf(privateKeyPem: string, certificate: X509Certificate): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(privateKeyPem));
  } catch {
    return false;
  }
}
