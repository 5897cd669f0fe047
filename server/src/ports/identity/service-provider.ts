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
  };
  attributeSets: { index: number; name: string; attributes: string[] }[];
};

export function signingKey(sp: ServiceProvider): { privateKeyPem: string; certificatePem: string } {
  const [first] = sp.keys;
  if (!first) throw new Error("the service provider has no key");
  return first;
}
