/** Us, as the federations know us. */
export type ServiceProvider = {
  entityId: string;
  acsUrl: string;
  sloUrl: string;
  /** The first signs; all are published, so that the next key is known before it is used (§1.2, rollover). */
  keys: { privateKeyPem: string; certificatePem: string }[];
  organization: {
    name: string;
    displayName: string;
    url: string;
    ipaCode: string;
    email: string;
    telephone?: string;
    /** A private body (SPID_PROFILE=private): who it is and who is invoiced. Absent: a public one, known by its IPA code. */
    company?: Company;
    /** Where we are, as CIE wants it: the cadastral code of the municipality, the province. */
    municipality?: string;
    province?: string;
  };
  attributeSets: { index: number; name: string; attributes: string[] }[];
};

export type Company = {
  vatNumber?: string;
  fiscalCode?: string;
  /** Kind of business by NACE revision 2, asked by CIE. */
  nace2?: string;
  billing: { email: string; address: string; number?: string; zipCode: string; city: string; province?: string };
};

export function signingKey(sp: ServiceProvider): { privateKeyPem: string; certificatePem: string } {
  const [first] = sp.keys;
  if (!first) throw new Error("the service provider has no key");
  return first;
}
