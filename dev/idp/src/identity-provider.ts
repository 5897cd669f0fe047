import type { SigningKey } from "./keys.ts";
import type { SchemeName } from "./people.ts";
import { signElement } from "./signature.ts";
import { BINDING, ENTITY_FORMAT, NS, TRANSIENT_FORMAT, xml } from "./xml.ts";

/** One of the two identity providers this process plays. */
export interface IdentityProvider {
  scheme: SchemeName;
  displayName: string;
  entityId: string;
  sso: string;
  slo: string;
  metadataUrl: string;
}

export function identityProviders(origin: string): Record<SchemeName, IdentityProvider> {
  const make = (scheme: SchemeName, displayName: string, metadataPath: string): IdentityProvider => ({
    scheme,
    displayName,
    entityId: `${origin}/${scheme}`,
    sso: `${origin}/${scheme}/sso`,
    slo: `${origin}/${scheme}/slo`,
    metadataUrl: origin + metadataPath,
  });
  return {
    spid: make("spid", "IdP di prova (SPID)", "/metadata"),
    cie: make("cie", "IdP di prova (CIE)", "/cie/metadata"),
  };
}

/** The attributes each scheme may send (SPID attribute table; CIE SAML minimum set). */
export const ATTRIBUTES: Record<SchemeName, readonly string[]> = {
  spid: [
    "spidCode",
    "name",
    "familyName",
    "placeOfBirth",
    "countyOfBirth",
    "dateOfBirth",
    "gender",
    "companyName",
    "companyFiscalNumber",
    "registeredOffice",
    "fiscalNumber",
    "ivaCode",
    "idCard",
    "mobilePhone",
    "email",
    "domicileStreetAddress",
    "domicilePostalCode",
    "domicileMunicipality",
    "domicileProvince",
    "domicileNation",
    "expirationDate",
    "digitalAddress",
  ],
  cie: ["name", "familyName", "dateOfBirth", "fiscalNumber"],
};

/** CIE has no SAML logout: its endpoint only closes its own session and shows a page, and it answers by GET alone. */
export function metadata(idp: IdentityProvider, key: SigningKey): string {
  const bindings = [BINDING.post, BINDING.redirect];
  const sloBindings = idp.scheme === "spid" ? bindings : [BINDING.redirect];
  const certificate = key.certificate.replace(/-----[^-]+-----|\s/g, "");
  const id = `_${idp.scheme}-metadata`;
  const document = xml`<md:EntityDescriptor xmlns:md="${NS.metadata}" xmlns:ds="${NS.signature}" entityID="${idp.entityId}" ID="${id}">
    <md:IDPSSODescriptor protocolSupportEnumeration="${NS.protocol}" WantAuthnRequestsSigned="true">
      <md:KeyDescriptor use="signing">
        <ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
      </md:KeyDescriptor>
      ${sloBindings.map((binding) => xml`<md:SingleLogoutService Binding="${binding}" Location="${idp.slo}"/>`)}
      <md:NameIDFormat>${TRANSIENT_FORMAT}</md:NameIDFormat>
      ${bindings.map((binding) => xml`<md:SingleSignOnService Binding="${binding}" Location="${idp.sso}"/>`)}
      ${ATTRIBUTES[idp.scheme].map(
        (name) =>
          xml`<saml:Attribute xmlns:saml="${NS.assertion}" Name="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic"/>`,
      )}
    </md:IDPSSODescriptor>
    <md:Organization>
      <md:OrganizationName xml:lang="it">DEV IdP</md:OrganizationName>
      <md:OrganizationDisplayName xml:lang="it">${idp.displayName}</md:OrganizationDisplayName>
      <md:OrganizationURL xml:lang="it">${new URL(idp.entityId).origin}/</md:OrganizationURL>
    </md:Organization>
  </md:EntityDescriptor>`;
  return signElement(document.xml, id, key, false);
}

/** SPID puts Format on the Issuer of its responses; CIE does not, and a service provider must take both. */
export function issuer(idp: IdentityProvider) {
  return idp.scheme === "spid"
    ? xml`<saml:Issuer Format="${ENTITY_FORMAT}">${idp.entityId}</saml:Issuer>`
    : xml`<saml:Issuer>${idp.entityId}</saml:Issuer>`;
}
