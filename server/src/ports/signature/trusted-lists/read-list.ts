import { attribute, childElements, children, is, textOf } from "../../identity/xml-tree.ts";
import type { Qualification, TrustPeriod, TrustService } from "../trust.ts";
import { ListProblem, listNamespace, verifyList } from "./verify-list.ts";

/*
 * What a verified list says (ETSI TS 119 612, 5.3 to 5.6): who it is, which lists it points to, which services it vouches
 * for and since when. Of services only those that a signature rests on: qualified certificates, qualified time stamps.
 */
export interface ListPointer {
  address: string;
  territory: string;
  /** Certificates in DER that may sign the list there. */
  signers: Uint8Array[];
}

export interface TrustedList {
  territory: string;
  sequence: number;
  issuedAt: Date;
  /** `null`: a list that was closed, and will have no other. */
  nextUpdate: Date | null;
  pointers: ListPointer[];
  services: TrustService[];
}

const ts = listNamespace;
const sie = "http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#";
const listsOfLists = "http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUlistofthelists";
const kinds: Record<string, TrustService["kind"]> = {
  "http://uri.etsi.org/TrstSvc/Svctype/CA/QC": "certificates",
  "http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST": "timestamps",
};
/** Statuses under which what a service issues counts; those before July 2016 are of directive 1999/93 (TS 119 612, Annex D.5). */
const grantedStatuses = ["granted", "undersupervision", "supervisionincessation", "accredited"];
const usageBits = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "crlSign",
  "encipherOnly",
  "decipherOnly",
];

const one = (parent: Element | undefined, name: string, namespace = ts): Element | undefined =>
  parent && children(parent, namespace, name)[0];
const inside = (parent: Element | undefined, ...path: string[]): Element | undefined =>
  path.reduce<Element | undefined>((element, name) => one(element, name), parent);
const textIn = (parent: Element | undefined, ...path: string[]): string => {
  const found = inside(parent, ...path);
  return (found && textOf(found)) ?? "";
};
const needed = (text: string, what: string): string => {
  if (!text) throw new ListProblem("not-a-list", `${what} missing`);
  return text;
};
const dateOf = (text: string, what: string): Date => {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new ListProblem("not-a-list", `${what} is no date`);
  return date;
};
const lastWord = (address: string): string => address.slice(address.lastIndexOf("/") + 1);
/** In English where it is there (lists must have it), else the first. */
const nameIn = (parent: Element | undefined): string => {
  const names = parent ? children(parent, ts, "Name") : [];
  const english = names.find(
    (name) => name.getAttributeNS("http://www.w3.org/XML/1998/namespace", "lang")?.toLowerCase() === "en",
  );
  const [first] = names;
  const chosen = english ?? first;
  return ((chosen && textOf(chosen)) ?? "").slice(0, 300);
};
const certificatesIn = (identity: Element | undefined): Uint8Array[] =>
  (identity ? children(identity, ts, "DigitalId") : []).flatMap((id) => {
    const text = textIn(id, "X509Certificate").replace(/\s/g, "");
    return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? [new Uint8Array(Buffer.from(text, "base64"))] : [];
  });

const criteriaIn = (list: Element): Omit<Qualification, "qualifiers"> => {
  const assert = attribute(list, "assert");
  const policies: string[][] = [];
  const keyUsage: Qualification["keyUsage"] = [];
  let others = assert !== "all" && assert !== "atLeastOne" && assert !== "none";
  for (const criterion of childElements(list)) {
    if (is(criterion, sie, "KeyUsage"))
      keyUsage.push(
        children(criterion, sie, "KeyUsageBit").map((bit) => ({
          bit: usageBits.indexOf(attribute(bit, "name") ?? ""),
          value: textOf(bit) === "true" || textOf(bit) === "1",
        })),
      );
    else if (is(criterion, sie, "PolicySet"))
      policies.push(
        children(criterion, sie, "PolicyIdentifier").map((policy) => {
          const identifier = childElements(policy).find((child) => child.localName === "Identifier");
          return ((identifier && textOf(identifier)) ?? "").replace(/^urn:oid:/i, "");
        }),
      );
    else if (!is(criterion, sie, "Description")) others = true;
  }
  return { assert: (others ? "all" : assert) as Qualification["assert"], policies, keyUsage, others };
};

const qualificationsIn = (extensions: Element[]): Qualification[] =>
  extensions.flatMap((extension) =>
    children(extension, sie, "Qualifications").flatMap((all) =>
      children(all, sie, "QualificationElement").map((element): Qualification => {
        const qualifiers = children(element, sie, "Qualifiers")
          .flatMap((list) => children(list, sie, "Qualifier"))
          .map((qualifier) => lastWord(attribute(qualifier, "uri") ?? ""));
        const list = one(element, "CriteriaList", sie);
        return list
          ? { qualifiers, ...criteriaIn(list) }
          : { qualifiers, assert: "all", policies: [], keyUsage: [], others: true };
      }),
    ),
  );

/** For what its certificates are (5.5.9.4): a service that says only seals or web sites is not for signatures. */
const servesSignatures = (extensions: Element[]): boolean => {
  const told = extensions
    .map((extension) => lastWord(textIn(extension, "AdditionalServiceInformation", "URI")))
    .filter((word) => word.startsWith("For"));
  return told.length === 0 || told.includes("ForeSignatures");
};

const periodOf = (information: Element): Omit<TrustPeriod, "to"> => {
  const extensions = children(information, ts, "ServiceInformationExtensions").flatMap((all) =>
    children(all, ts, "Extension"),
  );
  return {
    from: dateOf(textIn(information, "StatusStartingTime"), "StatusStartingTime").toISOString(),
    granted: grantedStatuses.includes(lastWord(textIn(information, "ServiceStatus"))),
    forSignatures: servesSignatures(extensions),
    qualifications: qualificationsIn(extensions),
  };
};

const servicesIn = (root: Element, territory: string): TrustService[] =>
  children(root, ts, "TrustServiceProviderList")
    .flatMap((list) => children(list, ts, "TrustServiceProvider"))
    .flatMap((provider) => {
      const providerName = nameIn(inside(provider, "TSPInformation", "TSPName"));
      return children(provider, ts, "TSPServices")
        .flatMap((all) => children(all, ts, "TSPService"))
        .flatMap((service): TrustService[] => {
          const information = one(service, "ServiceInformation");
          const kind = kinds[textIn(information, "ServiceTypeIdentifier")];
          if (!information || !kind) return [];
          const before = children(service, ts, "ServiceHistory")
            .flatMap((history) => children(history, ts, "ServiceHistoryInstance"))
            // A service may once have been of another kind.
            .filter((instance) => kinds[textIn(instance, "ServiceTypeIdentifier")] === kind);
          const starts = [information, ...before].map(periodOf).sort((a, b) => (a.from < b.from ? 1 : -1));
          const periods = starts.map((period, at) => ({ ...period, to: starts[at - 1]?.from ?? null }));
          const common = {
            kind,
            territory,
            provider: providerName,
            name: nameIn(one(information, "ServiceName")),
            periods,
          };
          return certificatesIn(one(information, "ServiceDigitalIdentity")).map((certificate) => ({
            ...common,
            certificate,
          }));
        });
    });

const pointersIn = (scheme: Element): ListPointer[] =>
  children(scheme, ts, "PointersToOtherTSL")
    .flatMap((all) => children(all, ts, "OtherTSLPointer"))
    .flatMap((pointer): ListPointer[] => {
      const told = children(pointer, ts, "AdditionalInformation").flatMap((all) =>
        children(all, ts, "OtherInformation").flatMap(childElements),
      );
      const word = (name: string): string => {
        const found = told.find((element) => element.localName === name);
        return (found && textOf(found)) ?? "";
      };
      // Each list stands there as XML and as a PDF for people; the list of lists points to itself too.
      if (word("MimeType") !== "application/vnd.etsi.tsl+xml" || word("TSLType") === listsOfLists) return [];
      return [
        {
          address: textIn(pointer, "TSLLocation"),
          territory: word("SchemeTerritory"),
          signers: children(pointer, ts, "ServiceDigitalIdentities")
            .flatMap((all) => children(all, ts, "ServiceDigitalIdentity"))
            .flatMap(certificatesIn),
        },
      ];
    });

/**
 * Verifies and reads one list.
 * @throws ListProblem when it is not what it should be; nothing of it counts then.
 */
export const readTrustedList = (xml: string, signers: readonly Uint8Array[], now: Date): TrustedList => {
  const { root, signer } = verifyList(xml, signers);
  const scheme = one(root, "SchemeInformation");
  const version = textIn(scheme, "TSLVersionIdentifier");
  if (!scheme || !["5", "6"].includes(version)) throw new ListProblem("not-a-list", `version ${version}`);
  const issuedAt = dateOf(textIn(scheme, "ListIssueDateTime"), "ListIssueDateTime");
  if (issuedAt.getTime() > now.getTime() + 5 * 60_000) throw new ListProblem("not-a-list", "issued in the future");
  if (new Date(signer.validFrom) > now || new Date(signer.validTo) < now)
    throw new ListProblem("signer-unknown", "the signer's certificate is not valid today");
  const sequence = Number(textIn(scheme, "TSLSequenceNumber"));
  if (!Number.isSafeInteger(sequence) || sequence < 1) throw new ListProblem("not-a-list", "TSLSequenceNumber");
  const next = textIn(scheme, "NextUpdate", "dateTime");
  const territory = needed(textIn(scheme, "SchemeTerritory"), "SchemeTerritory").toUpperCase();
  return {
    territory,
    sequence,
    issuedAt,
    nextUpdate: next ? dateOf(next, "NextUpdate") : null,
    pointers: pointersIn(scheme),
    services: servicesIn(root, territory),
  };
};
