import { X509Certificate } from "node:crypto";
import { parseInstant } from "./instants.ts";
import { binding, ns } from "./names.ts";
import { metadataBounds } from "./xml-guard.ts";
import { keyOfCertificate, repeatedId, verifyEnveloped } from "./xml-signature.ts";
import { attribute, childElements, children, is, parseXml, textOf } from "./xml-tree.ts";

export type Scheme = "spid" | "cie";

export type IdentityProvider = {
  entityId: string;
  scheme: Scheme;
  displayName: string;
  singleSignOn: { post?: string; redirect?: string };
  singleLogout: { post?: string; redirect?: string };
  /** Every signing certificate published, so that a provider may roll its key over (§1.4). */
  signingCertificates: string[];
  validUntil?: Date;
};

/**
 * Reads one provider's metadata or a federation's aggregate. With trusted certificates the document must be signed by
 * one of them, and what is read is what was signed. A document that cannot be believed is thrown out whole; inside a
 * believed one, an entry we could not use (no SSO, no strong key, expired) is left out and does not hurt the others.
 */
export function parseIdentityProviderMetadata(
  xml: string,
  options: { scheme?: Scheme; schemeByName?: boolean; trustedCertificates?: readonly string[]; now: Date },
): IdentityProvider[] {
  if (Buffer.byteLength(xml) > metadataBounds.characters) throw new Error("metadata too large");
  const arrived = parseXml(xml.replace(/^\ufeff/, "").trimStart(), metadataBounds);
  const root = options.trustedCertificates
    ? signedRoot(arrived.xml, arrived.root, options.trustedCertificates)
    : arrived.root;
  if (is(root, ns.metadata, "EntitiesDescriptor") && hasExpired(root, options.now)) throw new Error("metadata expired");
  const providers = entities(root).flatMap((entity) => {
    const provider = identityProvider(entity, options);
    return provider ? [provider] : [];
  });
  if (new Set(providers.map((provider) => provider.entityId)).size !== providers.length)
    throw new Error("metadata names one entity twice");
  return providers;
}

function signedRoot(xml: string, root: Element, trusted: readonly string[]): Element {
  const repeated = repeatedId(root);
  if (repeated !== undefined) throw new Error("metadata repeats an ID");
  const [signature, ...others] = children(root, ns.signature, "Signature");
  if (!signature || others.length > 0) throw new Error("metadata is not signed");
  const verified = verifyEnveloped(xml, root, signature, trusted, metadataBounds);
  if (!verified.ok) throw new Error(`metadata signature refused: ${verified.reason}`);
  return verified.root;
}

function entities(root: Element): Element[] {
  if (is(root, ns.metadata, "EntityDescriptor")) return [root];
  if (!is(root, ns.metadata, "EntitiesDescriptor")) throw new Error("not SAML metadata");
  // Aggregates may be grouped; the depth was bounded before parsing.
  return childElements(root).flatMap((child) =>
    is(child, ns.metadata, "EntityDescriptor") || is(child, ns.metadata, "EntitiesDescriptor") ? entities(child) : [],
  );
}

/** An unreadable date counts as expired: validUntil is there to end our trust. */
function hasExpired(element: Element, now: Date): boolean {
  const text = attribute(element, "validUntil");
  return text !== undefined && (parseInstant(text)?.getTime() ?? 0) <= now.getTime();
}

/** An entry and all that it stands in, up to the document. */
function above(element: Element): Element[] {
  const parent = element.parentNode as Element | null;
  return [element, ...(parent && is(parent, ns.metadata, "EntitiesDescriptor") ? above(parent) : [])];
}

function endOf(elements: readonly Element[]): Date | undefined {
  const ends = elements.flatMap((element) => parseInstant(attribute(element, "validUntil")) ?? []);
  return ends.length ? new Date(Math.min(...ends.map((end) => end.getTime()))) : undefined;
}

function identityProvider(
  entity: Element,
  { scheme, schemeByName = false, now }: { scheme?: Scheme; schemeByName?: boolean; now: Date },
): IdentityProvider | undefined {
  const entityId = attribute(entity, "entityID")?.trim();
  const role = children(entity, ns.metadata, "IDPSSODescriptor").find((candidate) =>
    (attribute(candidate, "protocolSupportEnumeration") ?? "").split(/\s+/).includes(ns.protocol),
  );
  if (!entityId || entityId.length > 1024 || !role || [...above(entity), role].some((e) => hasExpired(e, now)))
    return undefined;
  const signingCertificates = children(role, ns.metadata, "KeyDescriptor")
    .filter((key) => (attribute(key, "use") ?? "signing") === "signing")
    .flatMap(certificatesOf);
  const singleSignOn = endpoints(role, "SingleSignOnService");
  if (signingCertificates.length === 0 || (!singleSignOn.post && !singleSignOn.redirect)) return undefined;
  // Of what holds the entry (it may stand in groups) and of its role, the first end counts.
  const until = endOf([...above(entity), role]);
  return {
    entityId,
    scheme: scheme ?? schemeOf(entityId, schemeByName),
    displayName: displayName(entity) ?? entityId,
    singleSignOn,
    singleLogout: endpoints(role, "SingleLogoutService"),
    signingCertificates: [...new Set(signingCertificates)],
    ...(until ? { validUntil: until } : {}),
  };
}

/**
 * CIE has one provider, here and in its test environments (§2.1). Elsewhere a source says it is CIE's (`cie=` before its
 * address in IDP_METADATA); in development the word "cie" in the entityID says it too.
 */
function schemeOf(entityId: string, byName: boolean): Scheme {
  const isCie = /^https:\/\/(?:[a-z-]+\.)?idserver\.servizicie\.interno\.gov\.it(?:\/|$)/.test(entityId);
  return isCie || (byName && /(?:^|[^a-z])cie(?:[^a-z]|$)/i.test(entityId)) ? "cie" : "spid";
}

function endpoints(role: Element, localName: string): { post?: string; redirect?: string } {
  const at = (name: string) =>
    children(role, ns.metadata, localName)
      .filter((service) => attribute(service, "Binding") === name)
      .map((service) => attribute(service, "Location")?.trim() ?? "")
      .find(isWebAddress);
  const post = at(binding.post);
  const redirect = at(binding.redirect);
  return { ...(post ? { post } : {}), ...(redirect ? { redirect } : {}) };
}

function isWebAddress(location: string): boolean {
  return /^https?:\/\/[^\s"'<>]+$/.test(location) && URL.canParse(location);
}

function certificatesOf(keyDescriptor: Element): string[] {
  return children(keyDescriptor, ns.signature, "KeyInfo")
    .flatMap((keyInfo) => children(keyInfo, ns.signature, "X509Data"))
    .flatMap((data) => children(data, ns.signature, "X509Certificate"))
    .flatMap((element) => {
      const der = (textOf(element) ?? "").replace(/\s/g, "");
      const pem = `-----BEGIN CERTIFICATE-----\n${der.match(/.{1,64}/g)?.join("\n") ?? ""}\n-----END CERTIFICATE-----\n`;
      return keyOfCertificate(pem) ? [new X509Certificate(pem).toString()] : [];
    });
}

function displayName(entity: Element): string | undefined {
  const names = children(entity, ns.metadata, "Organization").flatMap((organization) =>
    children(organization, ns.metadata, "OrganizationDisplayName"),
  );
  const italian = names.find((name) => name.getAttribute("xml:lang")?.toLowerCase() === "it") ?? names[0];
  return italian ? textOf(italian)?.replace(/\s+/g, " ").slice(0, 200) || undefined : undefined;
}
