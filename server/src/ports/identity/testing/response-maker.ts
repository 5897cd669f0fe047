import { sign, webcrypto } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { SignedXml } from "xml-crypto";
import type { IdentityProvider, Scheme } from "../identity-provider-metadata.ts";
import { formatInstant } from "../instants.ts";
import { algorithm, bearer, classOfLevel, format, type Level, ns, statusSuccess } from "../names.ts";
import type { ServiceProvider } from "../service-provider.ts";
import { makeServiceProviderKeys } from "../service-provider-keys.ts";
import { escapeXml } from "../xml-tree.ts";

/** A provider invented in the test: it signs whatever it is told to, however wrong. */
export type Keys = { privateKeyPem: string; certificatePem: string };
export type Edit = (xml: string) => string;

export const now = new Date("2026-11-23T10:00:30Z");
export const request = {
  id: "_f2c4a8d1e07b4c6d9a3e5b7c8d9e0f1a2b3c4d5e",
  issueInstant: new Date("2026-11-23T10:00:00Z"),
  level: 2 as Level,
  relayState: "wZ3nq8Lr5TbYk2Vd",
};

const subject = { commonName: "Prova", organizationName: "Prova", locality: "Roma", ipaCode: "prova" };

export async function makeWorld() {
  const [spKeys, idpKeys, nextIdpKeys, strangerKeys] = await Promise.all([
    makeServiceProviderKeys({ ...subject, entityId: "https://portale.example.it" }),
    makeServiceProviderKeys({ ...subject, entityId: "https://idp.example.it" }),
    makeServiceProviderKeys({ ...subject, entityId: "https://idp.example.it" }),
    makeServiceProviderKeys({ ...subject, entityId: "https://idp.example.it" }),
  ]);
  const sp: ServiceProvider = {
    entityId: "https://portale.example.it",
    acsUrl: "https://portale.example.it/login/acs",
    sloUrl: "https://portale.example.it/login/slo",
    keys: [spKeys],
    organization: {
      name: "Comune di Esempio",
      displayName: "Esempio",
      url: "https://www.comune.example.it",
      ipaCode: "c_e000",
      email: "protocollo@comune.example.it",
      telephone: "+39 06 1234567",
    },
    attributeSets: [{ index: 0, name: "Accesso", attributes: ["name", "familyName", "fiscalNumber", "dateOfBirth"] }],
  };
  const provider = (scheme: Scheme): IdentityProvider => ({
    entityId: scheme === "cie" ? "https://idp.example.it/cie" : "https://idp.example.it",
    scheme,
    displayName: "Fornitore di prova",
    singleSignOn: { post: "https://idp.example.it/sso", redirect: "https://idp.example.it/sso" },
    singleLogout: {},
    signingCertificates: [idpKeys.certificatePem, nextIdpKeys.certificatePem],
  });
  return { sp, spid: provider("spid"), cie: provider("cie"), idpKeys, nextIdpKeys, strangerKeys };
}

export type World = Awaited<ReturnType<typeof makeWorld>>;

/** Replaces a piece that must be there: a test whose edit found nothing would prove nothing. */
export function swap(from: string | RegExp, to: string): Edit {
  return (xml) => {
    if (typeof from === "string" ? !xml.includes(from) : !from.test(xml)) throw new Error(`not in the XML: ${from}`);
    return xml.replace(from, () => to);
  };
}

export type Made = {
  world: World;
  scheme?: Scheme;
  level?: Level;
  /** Before anything is signed. */
  assertion?: Edit;
  /** After the assertion was signed, before the response is; `{{assertion}}` stands for the assertion. */
  response?: Edit;
  /** After everything was signed: what an attacker on the way can do. */
  tamper?: Edit;
  signAssertion?: Keys | false;
  signResponse?: Keys | false;
  signing?: Signing;
};

export function makeResponse(made: Made): string {
  const { world } = made;
  const provider = made.scheme === "cie" ? world.cie : world.spid;
  const keys = made.signAssertion ?? world.idpKeys;
  const bare = (made.assertion ?? same)(assertionXml(world.sp, provider, made.level ?? 2));
  const assertion = keys === false ? bare : signXml(bare, "Assertion", keys, made.signing);
  const wrapped = (made.response ?? same)(responseXml(world.sp, provider)).replace("{{assertion}}", () => assertion);
  const responseKeys = made.signResponse ?? false;
  const response = responseKeys === false ? wrapped : signXml(wrapped, "Response", responseKeys, made.signing);
  return encode((made.tamper ?? same)(response));
}

export const encode = (xml: string): string => Buffer.from(xml).toString("base64");
const same: Edit = (xml) => xml;

function responseXml(sp: ServiceProvider, provider: IdentityProvider): string {
  const issuerFormat = provider.scheme === "cie" ? "" : ` Format="${format.entity}"`;
  return (
    `<samlp:Response xmlns:samlp="${ns.protocol}" xmlns:saml="${ns.assertion}" ID="_response1" Version="2.0"` +
    ` IssueInstant="${formatInstant(now)}" InResponseTo="${request.id}" Destination="${sp.acsUrl}">` +
    `<saml:Issuer${issuerFormat}>${provider.entityId}</saml:Issuer>` +
    `<samlp:Status><samlp:StatusCode Value="${statusSuccess}"/></samlp:Status>` +
    `{{assertion}}</samlp:Response>`
  );
}

function assertionXml(sp: ServiceProvider, provider: IdentityProvider, level: Level): string {
  const issuerFormat = provider.scheme === "cie" ? "" : ` Format="${format.entity}"`;
  const end = formatInstant(new Date(now.getTime() + 300_000));
  const session = level === 1 ? ` SessionIndex="_session1"` : "";
  const person: Record<string, string> = {
    name: "Niccolò",
    familyName: "D'Àvila",
    fiscalNumber: "TINIT-RSSMRA80A01H501U",
    dateOfBirth: "1980-01-01",
    ...(provider.scheme === "cie" ? {} : { email: "n.davila@example.it", spidCode: "PROV1234567890" }),
  };
  const attributes = Object.entries(person).map(
    ([name, value]) =>
      `<saml:Attribute Name="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic">` +
      `<saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">${escapeXml(value)}</saml:AttributeValue></saml:Attribute>`,
  );
  return (
    `<saml:Assertion xmlns:saml="${ns.assertion}" ID="_assertion1" Version="2.0" IssueInstant="${formatInstant(now)}">` +
    `<saml:Issuer${issuerFormat}>${provider.entityId}</saml:Issuer>` +
    `<saml:Subject><saml:NameID Format="${format.transient}" NameQualifier="${provider.entityId}">_transient1</saml:NameID>` +
    `<saml:SubjectConfirmation Method="${bearer}"><saml:SubjectConfirmationData Recipient="${sp.acsUrl}" InResponseTo="${request.id}" NotOnOrAfter="${end}"/></saml:SubjectConfirmation></saml:Subject>` +
    `<saml:Conditions NotBefore="${formatInstant(now)}" NotOnOrAfter="${end}"><saml:AudienceRestriction><saml:Audience>${sp.entityId}</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
    `<saml:AuthnStatement AuthnInstant="${formatInstant(now)}"${session}><saml:AuthnContext><saml:AuthnContextClassRef>${classOfLevel(level)}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>` +
    `<saml:AttributeStatement>${attributes.join("")}</saml:AttributeStatement></saml:Assertion>`
  );
}

export type Signing = {
  method?: string;
  digest?: string;
  canonicalization?: string;
  transforms?: string[];
  /** How to sign, where the library does not know the method. */
  make?: (material: string, privateKeyPem: string) => string;
};

/** Signs the element of that name, after its Issuer as the schema has it. */
export function signXml(xml: string, element: string, keys: Keys, signing: Signing = {}): string {
  const signer = new SignedXml({
    privateKey: keys.privateKeyPem,
    publicCert: keys.certificatePem,
    signatureAlgorithm: signing.method ?? algorithm.rsaSha256,
    canonicalizationAlgorithm: signing.canonicalization ?? algorithm.exclusive,
  });
  signer.idAttributes = ["ID"];
  const { make, method = "" } = signing;
  if (make) {
    const signed = (material: unknown) => make(String(material), keys.privateKeyPem);
    signer.SignatureAlgorithms[method] = class {
      getAlgorithmName = () => method;
      getSignature = signed;
      verifySignature = () => false;
    };
  }
  const path = `//*[local-name()='${element}']`;
  signer.addReference({
    xpath: path,
    transforms: signing.transforms ?? [algorithm.enveloped, algorithm.exclusive],
    digestAlgorithm: signing.digest ?? algorithm.sha256,
  });
  const issuer = `${path}/*[local-name()='Issuer']`;
  // Where the Issuer was taken away the signature comes first.
  const hasIssuer = new RegExp(`<[a-z]+:${element} [^>]*><[a-z]+:Issuer`).test(xml);
  const place = hasIssuer
    ? { reference: issuer, action: "after" as const }
    : { reference: path, action: "prepend" as const };
  signer.computeSignature(xml, { prefix: "ds", location: place });
  return signer.getSignedXml();
}

const ecdsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";

/** A provider with an elliptic key, which the library cannot sign with by itself. */
export async function makeEllipticKeys(): Promise<Keys> {
  const engine = new pkijs.CryptoEngine({ name: "node", crypto: webcrypto as unknown as Crypto });
  const pair = await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const certificate = new pkijs.Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1js.Integer({ value: 1 });
  certificate.notBefore.value = now;
  certificate.notAfter.value = new Date(now.getTime() + 86_400_000);
  await certificate.subjectPublicKeyInfo.importKey(pair.publicKey as CryptoKey, engine);
  await certificate.sign(pair.privateKey as CryptoKey, "SHA-256", engine);
  const pem = (label: string, der: ArrayBuffer) =>
    `-----BEGIN ${label}-----\n${Buffer.from(der).toString("base64")}\n-----END ${label}-----\n`;
  return {
    privateKeyPem: pem("PRIVATE KEY", await webcrypto.subtle.exportKey("pkcs8", pair.privateKey)),
    certificatePem: pem("CERTIFICATE", certificate.toSchema(true).toBER(false)),
  };
}

export const elliptic: Signing = {
  method: ecdsaSha256,
  make: (material, key) => sign("sha256", Buffer.from(material), { key, dsaEncoding: "ieee-p1363" }).toString("base64"),
};
