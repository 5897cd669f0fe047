/** The names SAML, XML Signature and SPID give to things. */
export const ns = {
  protocol: "urn:oasis:names:tc:SAML:2.0:protocol",
  assertion: "urn:oasis:names:tc:SAML:2.0:assertion",
  metadata: "urn:oasis:names:tc:SAML:2.0:metadata",
  signature: "http://www.w3.org/2000/09/xmldsig#",
  spid: "https://spid.gov.it/saml-extensions",
  invoicing: "https://spid.gov.it/invoicing-extensions",
  cie: "https://www.cartaidentita.interno.gov.it/saml-extensions",
  xml: "http://www.w3.org/XML/1998/namespace",
} as const;

export const format = {
  entity: "urn:oasis:names:tc:SAML:2.0:nameid-format:entity",
  transient: "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
} as const;

export const binding = {
  post: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
  redirect: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
} as const;

export const bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
export const statusSuccess = "urn:oasis:names:tc:SAML:2.0:status:Success";

export const algorithm = {
  enveloped: "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
  exclusive: "http://www.w3.org/2001/10/xml-exc-c14n#",
  rsaSha256: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  sha256: "http://www.w3.org/2001/04/xmlenc#sha256",
} as const;

/** Level of assurance: SPID's own, which CIE uses too. */
export type Level = 1 | 2 | 3;

const levelClasses = new Map<string, Level>([
  ["https://www.spid.gov.it/SpidL1", 1],
  ["https://www.spid.gov.it/SpidL2", 2],
  ["https://www.spid.gov.it/SpidL3", 3],
]);

export const classOfLevel = (level: Level): string => `https://www.spid.gov.it/SpidL${level}`;
export const levelOfClass = (reference: string): Level | undefined => levelClasses.get(reference);
