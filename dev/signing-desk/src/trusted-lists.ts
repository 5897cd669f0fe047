import { createHash, sign, X509Certificate } from "node:crypto";
import type { Signer } from "./authority.ts";

/*
 * Trusted lists as the European Union publishes them (ETSI TS 119 612), of invented services: a list of lists, and the list
 * of a state. Written in canonical form (exclusive c14n) letter by letter, so that what is signed is what is written.
 */
export interface ListedService {
  kind?: "CA/QC" | "TSA/QTST" | "CA/PKC";
  provider?: string;
  name: string;
  certificate: Uint8Array;
  /** From the newest to the oldest: `granted`, `withdrawn`… and since when. */
  statuses: { status: string; since: Date }[];
  /** `ForeSignatures`, `ForeSeals`, `ForWebSiteAuthentication`; for signatures when left out. */
  serves?: string[];
  /** Raw extensions of the present status, in canonical form. */
  extensions?: string;
}

export interface ListToWrite {
  type: "EUlistofthelists" | "EUgeneric";
  territory: string;
  sequence?: number;
  issuedAt?: Date;
  nextUpdate?: Date | null;
  pointers?: { address: string; territory: string; signers: Uint8Array[] }[];
  services?: ListedService[];
}

const list = "http://uri.etsi.org/02231/v2#";
const more = "http://uri.etsi.org/02231/v2/additionaltypes#";
const ds = "http://www.w3.org/2000/09/xmldsig#";
const xades = "http://uri.etsi.org/01903/v1.3.2#";
const c14n = "http://www.w3.org/2001/10/xml-exc-c14n#";
const svc = "http://uri.etsi.org/TrstSvc";

const text = (value: string): string => value.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const instant = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const name = (value: string): string => `<Name xml:lang="en">${text(value)}</Name>`;
const identity = (certificate: Uint8Array): string =>
  `<DigitalId><X509Certificate>${base64(certificate)}</X509Certificate></DigitalId>`;

const serviceOf = (service: ListedService): string => {
  const type = `<ServiceTypeIdentifier>${svc}/Svctype/${service.kind ?? "CA/QC"}</ServiceTypeIdentifier>`;
  const called = `<ServiceName>${name(service.name)}</ServiceName>`;
  const [present, ...before] = service.statuses;
  const state = ({ status, since }: { status: string; since: Date }) =>
    `<ServiceStatus>${svc}/TrustedList/Svcstatus/${status}</ServiceStatus><StatusStartingTime>${instant(since)}</StatusStartingTime>`;
  const serves = (service.serves ?? (service.kind === "TSA/QTST" ? [] : ["ForeSignatures"]))
    .map(
      (word) =>
        `<Extension Critical="true"><AdditionalServiceInformation><URI xml:lang="en">${svc}/TrustedList/SvcInfoExt/${word}</URI></AdditionalServiceInformation></Extension>`,
    )
    .join("");
  const extensions = `${serves}${service.extensions ?? ""}`;
  const said = extensions ? `<ServiceInformationExtensions>${extensions}</ServiceInformationExtensions>` : "";
  const history = before
    .map(
      (one) =>
        `<ServiceHistoryInstance>${type}${called}<ServiceDigitalIdentity><DigitalId><X509SubjectName>CN=prova</X509SubjectName></DigitalId></ServiceDigitalIdentity>${state(one)}${said}</ServiceHistoryInstance>`,
    )
    .join("");
  if (!present) throw new Error("a service has a status");
  return `<TSPService><ServiceInformation>${type}${called}<ServiceDigitalIdentity>${identity(service.certificate)}</ServiceDigitalIdentity>${state(present)}${said}</ServiceInformation>${history ? `<ServiceHistory>${history}</ServiceHistory>` : ""}</TSPService>`;
};

const pointerOf = (
  pointer: { address: string; territory: string; signers: Uint8Array[] },
  type: string,
  mime = "application/vnd.etsi.tsl+xml",
): string =>
  `<OtherTSLPointer><ServiceDigitalIdentities>${pointer.signers.map((one) => `<ServiceDigitalIdentity>${identity(one)}</ServiceDigitalIdentity>`).join("")}</ServiceDigitalIdentities><TSLLocation>${text(pointer.address)}</TSLLocation><AdditionalInformation><OtherInformation><TSLType>${svc}/TrustedList/TSLType/${type}</TSLType></OtherInformation><OtherInformation><SchemeTerritory>${pointer.territory}</SchemeTerritory></OtherInformation><OtherInformation><MimeType xmlns="${more}">${mime}</MimeType></OtherInformation></AdditionalInformation></OtherTSLPointer>`;

const digest = (written: string): string => createHash("sha256").update(written, "utf8").digest("base64");

/** One list, signed (XAdES, enveloped) by `signer`. */
export const writeTrustedList = (wanted: ListToWrite, signer: Signer): string => {
  const issuedAt = wanted.issuedAt ?? new Date(Date.now() - 3_600_000);
  const next = wanted.nextUpdate === undefined ? new Date(Date.now() + 180 * 86_400_000) : wanted.nextUpdate;
  const providers = new Map<string, ListedService[]>();
  for (const service of wanted.services ?? []) {
    const provider = service.provider ?? "DEV Firma di prova";
    providers.set(provider, [...(providers.get(provider) ?? []), service]);
  }
  const pointers = [
    ...(wanted.type === "EUgeneric"
      ? []
      : // The list of lists points to itself, and to each list for people too.
        [pointerOf({ address: "http://lists.example/lotl.xml", territory: "EU", signers: [] }, "EUlistofthelists")]),
    ...(wanted.pointers ?? []).flatMap((one) => [
      pointerOf({ ...one, address: `${one.address}.pdf` }, "EUgeneric", "application/pdf"),
      pointerOf(one, "EUgeneric"),
    ]),
  ].join("");
  const body = [
    `<SchemeInformation><TSLVersionIdentifier>6</TSLVersionIdentifier><TSLSequenceNumber>${wanted.sequence ?? 1}</TSLSequenceNumber><TSLType>${svc}/TrustedList/TSLType/${wanted.type}</TSLType><SchemeOperatorName>${name("DEV Gestore di elenchi di prova")}</SchemeOperatorName><SchemeTerritory>${wanted.territory}</SchemeTerritory><HistoricalInformationPeriod>65535</HistoricalInformationPeriod>${pointers ? `<PointersToOtherTSL>${pointers}</PointersToOtherTSL>` : ""}<ListIssueDateTime>${instant(issuedAt)}</ListIssueDateTime><NextUpdate>${next ? `<dateTime>${instant(next)}</dateTime>` : ""}</NextUpdate></SchemeInformation>`,
    ...(providers.size === 0
      ? []
      : [
          `<TrustServiceProviderList>${[...providers]
            .map(
              ([provider, services]) =>
                `<TrustServiceProvider><TSPInformation><TSPName>${name(provider)}</TSPName></TSPInformation><TSPServices>${services.map(serviceOf).join("")}</TSPServices></TrustServiceProvider>`,
            )
            .join("")}</TrustServiceProviderList>`,
        ]),
  ].join("");
  const root = `<TrustServiceStatusList xmlns="${list}" Id="lista" TSLTag="http://uri.etsi.org/19612/TSLTag">`;
  const end = "</TrustServiceStatusList>";

  const properties = `<xades:SignedProperties xmlns:xades="${xades}" Id="proprieta"><xades:SignedSignatureProperties><xades:SigningTime>${instant(issuedAt)}</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod xmlns:ds="${ds}" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue xmlns:ds="${ds}">${createHash("sha256").update(signer.certificate).digest("base64")}</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties></xades:SignedProperties>`;
  const reference = (attributes: string, transforms: readonly string[], value: string): string =>
    `<ds:Reference ${attributes}><ds:Transforms>${transforms.map((one) => `<ds:Transform Algorithm="${one}"></ds:Transform>`).join("")}</ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>${value}</ds:DigestValue></ds:Reference>`;
  const ec = new X509Certificate(signer.certificate).publicKey.asymmetricKeyType === "ec";
  const info = `<ds:SignedInfo xmlns:ds="${ds}"><ds:CanonicalizationMethod Algorithm="${c14n}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#${ec ? "ecdsa" : "rsa"}-sha256"></ds:SignatureMethod>${reference('URI=""', [`${ds}enveloped-signature`, c14n], digest(`${root}${body}${end}`))}${reference('Type="http://uri.etsi.org/01903#SignedProperties" URI="#proprieta"', [c14n], digest(properties))}</ds:SignedInfo>`;
  const value = sign(
    "sha256",
    Buffer.from(info, "utf8"),
    ec ? { key: signer.privateKey, dsaEncoding: "ieee-p1363" } : signer.privateKey,
  ).toString("base64");
  const signature = `<ds:Signature xmlns:ds="${ds}" Id="firma">${info}<ds:SignatureValue>${value}</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${base64(signer.certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object><xades:QualifyingProperties xmlns:xades="${xades}" Target="#firma">${properties}</xades:QualifyingProperties></ds:Object></ds:Signature>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}${body}${signature}${end}`;
};
