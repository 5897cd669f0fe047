import { createHash, X509Certificate } from "node:crypto";
import { binding, format, ns } from "./names.ts";
import { type Company, type ServiceProvider, signingKey } from "./service-provider.ts";
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

/** The minimum set of CIE: all that its provider certifies (§2.1). */
const cieAttributes = ["name", "familyName", "dateOfBirth", "fiscalNumber"];

/**
 * What AgID hands to every identity provider (avviso 29 v3): a public body says its IPA code, a private one its tax code
 * and who is invoiced.
 */
export function serviceProviderMetadata(sp: ServiceProvider): string {
  refuseUnfitAttributeSets(sp);
  const { organization } = sp;
  const { company } = organization;
  const who = company
    ? company.vatNumber
      ? `<spid:VATNumber>IT${x(company.vatNumber)}</spid:VATNumber><spid:Private/>`
      : `<spid:FiscalCode>${x(company.fiscalCode ?? "")}</spid:FiscalCode><spid:Private/>`
    : `<spid:IPACode>${x(organization.ipaCode)}</spid:IPACode><spid:Public/>`;
  const contacts = contact("other", who, sp) + (company ? billingContact(sp, company) : "");
  return signedDocument(sp, `xmlns:spid="${ns.spid}"`, sp.attributeSets, contacts);
}

/** The document of the CIE federation: same doors, its own attributes, another kind of contact (§2.1). */
export function cieMetadata(sp: ServiceProvider): string {
  const { organization } = sp;
  const { company } = organization;
  const optional = (name: string, value: string | undefined) => (value ? `<cie:${name}>${x(value)}</cie:${name}>` : "");
  const who = company
    ? `<cie:Private/>${optional("VATNumber", company.vatNumber && `IT${company.vatNumber}`)}` +
      `${optional("FiscalCode", company.fiscalCode ?? company.vatNumber)}${optional("NACE2Code", company.nace2)}`
    : `<cie:Public/>${optional("IPACode", organization.ipaCode)}`;
  const where =
    optional("Municipality", organization.municipality) +
    optional("Province", organization.province) +
    optional("Country", "IT");
  const [set] = sp.attributeSets;
  const sets = [{ index: 0, name: set?.name ?? organization.displayName, attributes: cieAttributes }];
  return signedDocument(sp, `xmlns:cie="${ns.cie}"`, sets, contact("administrative", who + where, sp));
}

/** The order of the elements is the schema's, and nothing comes before the root: some readers choke on a leading line end. */
function signedDocument(
  sp: ServiceProvider,
  namespace: string,
  sets: ServiceProvider["attributeSets"],
  contacts: string,
): string {
  const { organization } = sp;
  const body =
    `<md:SPSSODescriptor protocolSupportEnumeration="${ns.protocol}" AuthnRequestsSigned="true" WantAssertionsSigned="true">` +
    sp.keys.map((key) => keyDescriptor(key.certificatePem)).join("") +
    `<md:SingleLogoutService Binding="${binding.post}" Location="${x(sp.sloUrl)}"/>` +
    `<md:SingleLogoutService Binding="${binding.redirect}" Location="${x(sp.sloUrl)}"/>` +
    `<md:NameIDFormat>${format.transient}</md:NameIDFormat>` +
    `<md:AssertionConsumerService Binding="${binding.post}" Location="${x(sp.acsUrl)}" index="0" isDefault="true"/>` +
    sets.map(attributeConsumingService).join("") +
    `</md:SPSSODescriptor>` +
    `<md:Organization>` +
    `<md:OrganizationName xml:lang="it">${x(organization.name)}</md:OrganizationName>` +
    `<md:OrganizationDisplayName xml:lang="it">${x(organization.displayName)}</md:OrganizationDisplayName>` +
    `<md:OrganizationURL xml:lang="it">${x(organization.url)}</md:OrganizationURL>` +
    `</md:Organization>${contacts}`;
  // The same content has the same ID, so that publishing twice gives one document.
  const id = `_${createHash("sha256").update(sp.entityId).update("\n").update(body).digest("hex")}`;
  const xml =
    `<md:EntityDescriptor xmlns:md="${ns.metadata}" xmlns:ds="${ns.signature}" ${namespace} entityID="${x(sp.entityId)}" ID="${id}">` +
    `${body}</md:EntityDescriptor>`;
  return signRoot(xml, signingKey(sp), { reference: "/*/*[1]", action: "before" });
}

function contact(type: string, extensions: string, { organization }: ServiceProvider): string {
  const telephone = organization.telephone
    ? `<md:TelephoneNumber>${x(organization.telephone.replace(/\s/g, ""))}</md:TelephoneNumber>`
    : "";
  return (
    `<md:ContactPerson contactType="${type}"><md:Extensions>${extensions}</md:Extensions>` +
    `<md:Company>${x(organization.name)}</md:Company>` +
    `<md:EmailAddress>${x(organization.email)}</md:EmailAddress>${telephone}</md:ContactPerson>`
  );
}

/** Who pays, with the names of the electronic invoice (avviso 29, private service providers). */
function billingContact({ organization }: ServiceProvider, { vatNumber, fiscalCode, billing }: Company): string {
  const element = (name: string, value: string | undefined) => (value ? `<fpa:${name}>${x(value)}</fpa:${name}>` : "");
  const vat = vatNumber
    ? `<fpa:IdFiscaleIVA><fpa:IdPaese>IT</fpa:IdPaese><fpa:IdCodice>${x(vatNumber)}</fpa:IdCodice></fpa:IdFiscaleIVA>`
    : "";
  return (
    `<md:ContactPerson contactType="billing"><md:Extensions xmlns:fpa="${ns.invoicing}"><fpa:CessionarioCommittente>` +
    `<fpa:DatiAnagrafici>${vat}${element("CodiceFiscale", fiscalCode)}` +
    `<fpa:Anagrafica>${element("Denominazione", organization.name)}</fpa:Anagrafica></fpa:DatiAnagrafici>` +
    `<fpa:Sede>${element("Indirizzo", billing.address)}${element("NumeroCivico", billing.number)}` +
    `${element("CAP", billing.zipCode)}${element("Comune", billing.city)}${element("Provincia", billing.province)}` +
    `${element("Nazione", "IT")}</fpa:Sede></fpa:CessionarioCommittente></md:Extensions>` +
    `<md:Company>${x(organization.name)}</md:Company><md:EmailAddress>${x(billing.email)}</md:EmailAddress></md:ContactPerson>`
  );
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
