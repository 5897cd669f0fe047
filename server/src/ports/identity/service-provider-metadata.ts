import { createHash, X509Certificate } from "node:crypto";
import { binding, format, ns } from "./names.ts";
import { type ServiceProvider, signingKey } from "./service-provider.ts";
import { signRoot } from "./xml-signature.ts";
import { escapeXml as x } from "./xml-tree.ts";

/** The only names a SPID service provider may ask for (SPID attribute table). */
const spidAttributes = new Set(
  (
    "spidCode name familyName placeOfBirth countyOfBirth dateOfBirth gender companyName registeredOffice fiscalNumber " +
    "ivaCode idCard mobilePhone email domicileStreetAddress domicilePostalCode domicileMunicipality domicileProvince " +
    "domicileNation expirationDate digitalAddress companyFiscalNumber address"
  ).split(" "),
);

/**
 * What AgID hands to every identity provider (avviso 29 v3, public profile). The order of the elements is the
 * schema's, and nothing comes before the root: some readers choke on a leading line end.
 */
export function serviceProviderMetadata(sp: ServiceProvider): string {
  refuseUnfitAttributeSets(sp);
  // The same content has the same ID, so that publishing twice gives one document.
  const id = `_${createHash("sha256")
    .update(JSON.stringify({ ...sp, keys: sp.keys.map((key) => key.certificatePem) }))
    .digest("hex")}`;
  const { organization } = sp;
  const telephone = organization.telephone
    ? `<md:TelephoneNumber>${x(organization.telephone.replace(/\s/g, ""))}</md:TelephoneNumber>`
    : "";
  const xml =
    `<md:EntityDescriptor xmlns:md="${ns.metadata}" xmlns:ds="${ns.signature}" xmlns:spid="${ns.spid}" entityID="${x(sp.entityId)}" ID="${id}">` +
    `<md:SPSSODescriptor protocolSupportEnumeration="${ns.protocol}" AuthnRequestsSigned="true" WantAssertionsSigned="true">` +
    sp.keys.map((key) => keyDescriptor(key.certificatePem)).join("") +
    `<md:SingleLogoutService Binding="${binding.post}" Location="${x(sp.sloUrl)}"/>` +
    `<md:SingleLogoutService Binding="${binding.redirect}" Location="${x(sp.sloUrl)}"/>` +
    `<md:NameIDFormat>${format.transient}</md:NameIDFormat>` +
    `<md:AssertionConsumerService Binding="${binding.post}" Location="${x(sp.acsUrl)}" index="0" isDefault="true"/>` +
    sp.attributeSets.map(attributeConsumingService).join("") +
    `</md:SPSSODescriptor>` +
    `<md:Organization>` +
    `<md:OrganizationName xml:lang="it">${x(organization.name)}</md:OrganizationName>` +
    `<md:OrganizationDisplayName xml:lang="it">${x(organization.displayName)}</md:OrganizationDisplayName>` +
    `<md:OrganizationURL xml:lang="it">${x(organization.url)}</md:OrganizationURL>` +
    `</md:Organization>` +
    `<md:ContactPerson contactType="other">` +
    `<md:Extensions><spid:IPACode>${x(organization.ipaCode)}</spid:IPACode><spid:Public/></md:Extensions>` +
    `<md:Company>${x(organization.name)}</md:Company>` +
    `<md:EmailAddress>${x(organization.email)}</md:EmailAddress>${telephone}` +
    `</md:ContactPerson>` +
    `</md:EntityDescriptor>`;
  return signRoot(xml, signingKey(sp), { reference: "/*/*[1]", action: "before" });
}

function refuseUnfitAttributeSets(sp: ServiceProvider): void {
  if (sp.attributeSets.length === 0) throw new Error("at least one attribute set is required");
  if (new Set(sp.attributeSets.map((set) => set.index)).size !== sp.attributeSets.length)
    throw new Error("attribute set index repeated");
  for (const set of sp.attributeSets) {
    const unknown = set.attributes.find((name) => !spidAttributes.has(name));
    if (unknown !== undefined) throw new Error(`not a SPID attribute: ${unknown}`);
    if (set.attributes.length === 0 || new Set(set.attributes).size !== set.attributes.length)
      throw new Error(`attribute set ${set.index} is empty or repeats an attribute`);
  }
}

function keyDescriptor(certificatePem: string): string {
  const der = new X509Certificate(certificatePem).raw.toString("base64");
  return `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${der}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
}

function attributeConsumingService(set: ServiceProvider["attributeSets"][number]): string {
  const requested = set.attributes.map((name) => `<md:RequestedAttribute Name="${x(name)}"/>`).join("");
  return `<md:AttributeConsumingService index="${set.index}"><md:ServiceName xml:lang="it">${x(set.name)}</md:ServiceName>${requested}</md:AttributeConsumingService>`;
}
