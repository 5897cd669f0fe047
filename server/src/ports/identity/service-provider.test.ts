import { createVerify, X509Certificate } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import {
  authnRequest,
  certificateComplaints,
  cieMetadata,
  makeServiceProviderKeys,
  type ServiceProvider,
  serviceProviderMetadata,
} from "./index.ts";
import { ns } from "./names.ts";
import { makeEllipticKeys, makeWorld, now, type World } from "./testing/response-maker.ts";
import { secondOpinion, xmlsecIsHere, xmlsecVerifies } from "./testing/xmlsec.ts";
import { metadataBounds } from "./xml-guard.ts";
import { verifyEnveloped } from "./xml-signature.ts";
import { attribute, children, parseXml } from "./xml-tree.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, 60_000);

function signatureHolds(xml: string, certificate: string): boolean {
  const { root, xml: guarded } = parseXml(xml, metadataBounds);
  const [signature] = children(root, ns.signature, "Signature");
  return !!signature && verifyEnveloped(guarded, root, signature, [certificate], metadataBounds).ok;
}

const ask = (change: Partial<Parameters<typeof authnRequest>[0]> = {}) =>
  authnRequest({
    sp: world.sp,
    identityProvider: world.spid,
    level: 2,
    now: new Date("2026-11-23T10:00:00.789Z"),
    binding: "post",
    relayState: "wZ3nq8Lr5TbYk2Vd",
    ...change,
  });

describe("AuthnRequest (§1.1)", () => {
  it("asks what the rules want, and nothing they forbid", () => {
    const { id, issueInstant, xml, destination, form } = ask();
    const { root } = parseXml(xml, metadataBounds);
    expect(id).toMatch(/^_[0-9a-f]{40}$/);
    expect(issueInstant.toISOString()).toBe("2026-11-23T10:00:00.000Z");
    expect(
      Object.fromEntries(
        [
          "ID",
          "Version",
          "IssueInstant",
          "Destination",
          "ForceAuthn",
          "AssertionConsumerServiceIndex",
          "AttributeConsumingServiceIndex",
        ].map((name) => [name, attribute(root, name)]),
      ),
    ).toEqual({
      ID: id,
      Version: "2.0",
      IssueInstant: "2026-11-23T10:00:00Z",
      Destination: destination,
      ForceAuthn: "true",
      AssertionConsumerServiceIndex: "0",
      AttributeConsumingServiceIndex: "0",
    });
    expect(destination).toBe("https://idp.example.it/sso");
    expect(xml).not.toMatch(
      /IsPassive|AssertionConsumerServiceURL|ProtocolBinding|AllowCreate|Scoping|Conditions|<saml:Subject/,
    );
    expect(xml).toContain(
      `<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity" NameQualifier="${world.sp.entityId}">${world.sp.entityId}</saml:Issuer><ds:Signature`,
    );
    expect(xml).toContain('<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient"/>');
    expect(xml).toContain(
      '<samlp:RequestedAuthnContext Comparison="minimum"><saml:AuthnContextClassRef>https://www.spid.gov.it/SpidL2</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>',
    );
    expect(form).toEqual({
      action: destination,
      fields: { SAMLRequest: Buffer.from(xml).toString("base64"), RelayState: "wZ3nq8Lr5TbYk2Vd" },
    });
    expect(signatureHolds(xml, world.sp.keys[0]!.certificatePem)).toBe(true);
    expect(signatureHolds(xml.replace("SpidL2", "SpidL1"), world.sp.keys[0]!.certificatePem)).toBe(false);
  });

  it.skipIf(!xmlsecIsHere)(secondOpinion("the signature on POST"), () => {
    const { xml } = ask({ level: 3 });
    expect(xmlsecVerifies(xml, world.sp.keys[0]!.certificatePem, `${ns.protocol}:AuthnRequest`)).toBe(true);
    expect(
      xmlsecVerifies(xml.replace("SpidL3", "SpidL1"), world.sp.keys[0]!.certificatePem, `${ns.protocol}:AuthnRequest`),
    ).toBe(false);
  });

  it("on Redirect signs the query, in its order, and not the XML", () => {
    const identityProvider = { ...world.spid, singleSignOn: { redirect: "https://idp.example.it/sso?tenant=1" } };
    const { redirectUrl = "", xml, form } = ask({ binding: "redirect", identityProvider });
    expect(form).toBeUndefined();
    expect(xml).not.toContain("Signature");
    const [, query = ""] = redirectUrl.split("https://idp.example.it/sso?tenant=1&");
    const [signed = "", signature = ""] = query.split("&Signature=");
    expect(signed.split("&").map((pair) => pair.split("=")[0])).toEqual(["SAMLRequest", "RelayState", "SigAlg"]);
    const certificate = new X509Certificate(world.sp.keys[0]!.certificatePem);
    expect(
      createVerify("sha256").update(signed).verify(certificate.publicKey, decodeURIComponent(signature), "base64"),
    ).toBe(true);
    const parameters = new URLSearchParams(query);
    expect(inflateRawSync(Buffer.from(parameters.get("SAMLRequest") ?? "", "base64")).toString()).toBe(xml);
    expect(parameters.get("SigAlg")).toBe("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
  });

  it("never repeats an ID, and refuses a RelayState that says something", () => {
    expect(new Set(Array.from({ length: 50 }, () => ask({ binding: "redirect" }).id)).size).toBe(50);
    for (const relayState of ["", "https://portale.example.it/", "xxhttpxxxx", "a b c d e f g", "short"])
      expect(() => ask({ relayState })).toThrow();
  });

  it("refuses a binding the provider lacks and a set of attributes we do not publish", () => {
    expect(() => ask({ identityProvider: { ...world.spid, singleSignOn: { redirect: "https://x.it" } } })).toThrow();
    expect(() => ask({ attributeSetIndex: 7 })).toThrow();
  });
});

describe("our metadata (§1.2)", () => {
  it("is signed, in the schema's order, with every key", () => {
    const sp = { ...world.sp, keys: [world.sp.keys[0]!, world.nextIdpKeys] };
    const xml = serviceProviderMetadata(sp);
    expect(xml.startsWith("<md:EntityDescriptor ")).toBe(true);
    expect(xml).toMatch(/^<md:EntityDescriptor [^>]*><ds:Signature/);
    expect(signatureHolds(xml, sp.keys[0]!.certificatePem)).toBe(true);
    const { root } = parseXml(xml, metadataBounds);
    const [role] = children(root, ns.metadata, "SPSSODescriptor");
    expect(Array.from(role!.childNodes).map((child) => (child as Element).localName)).toEqual([
      "KeyDescriptor",
      "KeyDescriptor",
      "SingleLogoutService",
      "SingleLogoutService",
      "NameIDFormat",
      "AssertionConsumerService",
      "AttributeConsumingService",
    ]);
    expect(attribute(role!, "AuthnRequestsSigned")).toBe("true");
    expect(attribute(role!, "WantAssertionsSigned")).toBe("true");
    expect(xml).toContain('index="0" isDefault="true"');
    expect(xml).toContain(
      '<md:ContactPerson contactType="other"><md:Extensions><spid:IPACode>c_e000</spid:IPACode><spid:Public/></md:Extensions><md:Company>Comune di Esempio</md:Company><md:EmailAddress>protocollo@comune.example.it</md:EmailAddress><md:TelephoneNumber>+39061234567</md:TelephoneNumber></md:ContactPerson>',
    );
  });

  it.skipIf(!xmlsecIsHere)(secondOpinion("the signature"), () => {
    const sp = { ...world.sp, organization: { ...world.sp.organization, name: `Città & "Comune" d'Àvila` } };
    const xml = serviceProviderMetadata(sp);
    const certificate = sp.keys[0]!.certificatePem;
    expect(xmlsecVerifies(xml, certificate, `${ns.metadata}:EntityDescriptor`)).toBe(true);
    expect(xmlsecVerifies(xml.replace("c_e000", "c_e001"), certificate, `${ns.metadata}:EntityDescriptor`)).toBe(false);
  });

  it.skipIf(!xmlsecIsHere)(secondOpinion("the signature for CIE"), () => {
    const xml = cieMetadata(world.sp);
    const certificate = world.sp.keys[0]!.certificatePem;
    expect(xmlsecVerifies(xml, certificate, `${ns.metadata}:EntityDescriptor`)).toBe(true);
    expect(xmlsecVerifies(xml.replace("c_e000", "c_e001"), certificate, `${ns.metadata}:EntityDescriptor`)).toBe(false);
  });

  const company: ServiceProvider["organization"]["company"] = {
    vatNumber: "01234567897",
    billing: { email: "fatture@impresa.example.it", address: "Via dei Tigli", zipCode: "00100", city: "Roma" },
  };
  const asCompany = (more: Partial<typeof company> = {}): ServiceProvider => ({
    ...world.sp,
    organization: { ...world.sp.organization, company: { ...company!, ...more } },
  });

  it("of a private body says its tax code and who is invoiced, and no IPA code", () => {
    const xml = serviceProviderMetadata(asCompany());
    expect(xml).toContain(
      '<md:ContactPerson contactType="other"><md:Extensions><spid:VATNumber>IT01234567897</spid:VATNumber><spid:Private/></md:Extensions><md:Company>Comune di Esempio</md:Company><md:EmailAddress>',
    );
    expect(xml).not.toContain("IPACode");
    expect(xml).toContain(
      '<md:ContactPerson contactType="billing"><md:Extensions xmlns:fpa="https://spid.gov.it/invoicing-extensions"><fpa:CessionarioCommittente>' +
        "<fpa:DatiAnagrafici><fpa:IdFiscaleIVA><fpa:IdPaese>IT</fpa:IdPaese><fpa:IdCodice>01234567897</fpa:IdCodice></fpa:IdFiscaleIVA>" +
        "<fpa:Anagrafica><fpa:Denominazione>Comune di Esempio</fpa:Denominazione></fpa:Anagrafica></fpa:DatiAnagrafici>" +
        "<fpa:Sede><fpa:Indirizzo>Via dei Tigli</fpa:Indirizzo><fpa:CAP>00100</fpa:CAP><fpa:Comune>Roma</fpa:Comune><fpa:Nazione>IT</fpa:Nazione></fpa:Sede>" +
        "</fpa:CessionarioCommittente></md:Extensions><md:Company>Comune di Esempio</md:Company><md:EmailAddress>fatture@impresa.example.it</md:EmailAddress></md:ContactPerson>",
    );
    expect(signatureHolds(xml, world.sp.keys[0]!.certificatePem)).toBe(true);
    const byCode = asCompany({ vatNumber: undefined as never, fiscalCode: "RSSMRA80A01H501U" });
    expect(serviceProviderMetadata(byCode)).toContain(
      "<spid:FiscalCode>RSSMRA80A01H501U</spid:FiscalCode><spid:Private/>",
    );
  });

  it("for CIE is another document: four attributes, an administrative contact, where we are", () => {
    const sp = {
      ...world.sp,
      organization: { ...world.sp.organization, municipality: "H501", province: "RM" },
    };
    const xml = cieMetadata(sp);
    expect(signatureHolds(xml, sp.keys[0]!.certificatePem)).toBe(true);
    expect(xml).toMatch(/^<md:EntityDescriptor [^>]*xmlns:cie="[^"]+saml-extensions"[^>]*><ds:Signature/);
    expect([...xml.matchAll(/RequestedAttribute Name="(\w+)"/g)].map((m) => m[1])).toEqual([
      "name",
      "familyName",
      "dateOfBirth",
      "fiscalNumber",
    ]);
    expect(xml).toContain(
      '<md:ContactPerson contactType="administrative"><md:Extensions><cie:Public/><cie:IPACode>c_e000</cie:IPACode><cie:Municipality>H501</cie:Municipality><cie:Province>RM</cie:Province><cie:Country>IT</cie:Country></md:Extensions><md:Company>Comune di Esempio</md:Company>',
    );
    expect(xml).toContain('SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"');
    expect(xml).not.toContain("spid");
    expect(cieMetadata(asCompany({ nace2: "62.01" }))).toContain(
      "<cie:Private/><cie:VATNumber>IT01234567897</cie:VATNumber><cie:FiscalCode>01234567897</cie:FiscalCode><cie:NACE2Code>62.01</cie:NACE2Code>",
    );
  });

  it("publishes both keys while one is being changed, and the one in use signs", () => {
    const [old, next] = [world.sp.keys[0]!, world.nextIdpKeys];
    for (const document of [serviceProviderMetadata, cieMetadata])
      for (const keys of [
        [old, next],
        [next, old],
      ]) {
        const xml = document({ ...world.sp, keys });
        expect([...xml.matchAll(/<md:KeyDescriptor use="signing">/g)]).toHaveLength(2);
        expect(signatureHolds(xml, keys[0]!.certificatePem)).toBe(true);
        expect(signatureHolds(xml, keys[1]!.certificatePem)).toBe(false);
      }
    expect(signatureHolds(ask({ sp: { ...world.sp, keys: [next, old] } }).xml, next.certificatePem)).toBe(true);
  });

  it("says nothing unless it changes: published twice it is one document", () => {
    expect(serviceProviderMetadata(world.sp)).toBe(serviceProviderMetadata(world.sp));
    expect(serviceProviderMetadata(world.sp)).not.toBe(
      serviceProviderMetadata({ ...world.sp, sloUrl: "https://x.it" }),
    );
  });

  it("refuses attributes SPID does not know, repeated or none", () => {
    for (const attributes of [["fiscalCode"], ["name", "name"], []])
      expect(() =>
        serviceProviderMetadata({ ...world.sp, attributeSets: [{ index: 0, name: "x", attributes }] }),
      ).toThrow();
    expect(() => serviceProviderMetadata({ ...world.sp, attributeSets: [] })).toThrow();
  });
});

describe("our certificate (§1.2, certificate profile)", () => {
  it("says who we are, and what the key is for", () => {
    const certificate = new X509Certificate(world.sp.keys[0]!.certificatePem);
    expect(certificate.publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 3072 });
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey).toBeTypeOf("function");
    expect(certificate.ca).toBe(false);
    expect(certificate.subject.split("\n").sort()).toEqual(
      [
        "C=IT",
        "CN=Prova",
        "L=Roma",
        "O=Prova",
        "organizationIdentifier=PA:IT-prova",
        "2.5.4.83=https://portale.example.it",
      ].sort(),
    );
    // DER of the extensions: keyUsage critical with the two bits, empty basicConstraints, the two policies.
    const der = certificate.raw.toString("hex");
    expect(der).toContain("0603551d0f0101ff0404030206c0");
    expect(der).toContain("0603551d1304023000");
    expect(der).toContain("06042b4c1006");
    expect(der).toContain("06062b4c10040201");
    expect(new Date(certificate.validTo).getTime()).toBeGreaterThan(now.getTime());
  });

  const expected = {
    entityId: "https://portale.example.it",
    profile: "public",
    now: new Date(Date.now() + 60_000),
  } as const;
  it("of a public or private body passes the federation's profile", async () => {
    expect(certificateComplaints(world.sp.keys[0]!, expected)).toEqual([]);
    const company = await makeServiceProviderKeys({
      entityId: expected.entityId,
      commonName: "Impresa",
      organizationName: "Impresa",
      locality: "Roma",
      ipaCode: "",
      vatNumber: "01234567897",
    });
    expect(certificateComplaints(company, { ...expected, profile: "private" })).toEqual([]);
    expect(certificateComplaints(company, expected)).toEqual([
      "organizationIdentifier must be PA:IT-<IPA code>",
      "certificatePolicies lacks 1.3.76.16.4.2.1",
    ]);
  });

  it("that is not fit is told why", async () => {
    const own = world.sp.keys[0]!;
    const complaints = (change: Partial<typeof own>, more: object = {}) =>
      certificateComplaints({ ...own, ...change }, { ...expected, ...more });
    expect(complaints({ certificatePem: "niente" })).toEqual(["the certificate cannot be read"]);
    expect(complaints({ privateKeyPem: world.idpKeys.privateKeyPem })).toEqual(["the key is not the certificate's"]);
    expect(complaints({}, { entityId: "https://altro.example.it" })).toEqual([
      "the subject's uri must be the entityID https://altro.example.it",
    ]);
    expect(complaints({}, { now: new Date("2099-01-01") })).toEqual([
      expect.stringContaining("the certificate is valid"),
    ]);
    const elliptic = await makeEllipticKeys();
    expect(certificateComplaints(elliptic, { ...expected, now })).toEqual([
      "the key must be RSA of 2048, 3072 or 4096 bits",
      "the certificate must be signed with SHA-256 or SHA-512",
      "the subject lacks CN",
      "the subject lacks O",
      "the subject lacks C",
      "the subject lacks L",
      "organizationIdentifier must be PA:IT-<IPA code>",
      "the subject's uri must be the entityID https://portale.example.it",
      "basicConstraints must say CA=false and not be critical",
      "keyUsage must be critical, and exactly digitalSignature and contentCommitment",
      "certificatePolicies lacks 1.3.76.16.6",
      "certificatePolicies lacks 1.3.76.16.4.2.1",
    ]);
  });
});
