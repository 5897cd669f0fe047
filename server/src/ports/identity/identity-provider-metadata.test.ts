import { beforeAll, describe, expect, it } from "vitest";
import { parseIdentityProviderMetadata } from "./index.ts";
import { ns } from "./names.ts";
import { makeWorld, now, signXml, swap, type World } from "./testing/response-maker.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, 60_000);

const bare = (pem: string) => pem.replace(/-----[A-Z ]+-----|\s/g, "");
type Entry = { entityId?: string; certificates?: string[]; attributes?: string; sso?: string };

function entity({ entityId = "https://idp.example.it", certificates, attributes = "", sso }: Entry = {}): string {
  const keys = (certificates ?? [bare(world.idpKeys.certificatePem), bare(world.nextIdpKeys.certificatePem)])
    .map(
      (certificate) =>
        `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
    )
    .join("");
  const services =
    sso ??
    ["POST", "Redirect", "POST-SimpleSign"]
      .map(
        (name) =>
          `<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-${name}" Location="https://idp.example.it/${name}"/>`,
      )
      .join("");
  return (
    `<md:EntityDescriptor entityID="${entityId}" ID="_${Buffer.from(entityId).toString("hex")}" ${attributes}><md:IDPSSODescriptor protocolSupportEnumeration="urn:mace:shibboleth:1.0 ${ns.protocol}">${keys}` +
    `<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.it/slo"/>${services}</md:IDPSSODescriptor>` +
    `<md:Organization><md:OrganizationName xml:lang="en">IdP</md:OrganizationName><md:OrganizationDisplayName xml:lang="en">Provider</md:OrganizationDisplayName><md:OrganizationDisplayName xml:lang="it"> Fornitore\n</md:OrganizationDisplayName></md:Organization></md:EntityDescriptor>`
  );
}
const document = (content: string) =>
  content.replace(/^<md:\w+/, (tag) => `${tag} xmlns:md="${ns.metadata}" xmlns:ds="${ns.signature}"`);
const aggregate = (...entries: Entry[]) =>
  document(`<md:EntitiesDescriptor ID="_all" Name="all">${entries.map(entity).join("")}</md:EntitiesDescriptor>`);

describe("metadata of identity providers (§1.4)", () => {
  it("one provider, with what we need of it", () => {
    expect(
      parseIdentityProviderMetadata(`<?xml version="1.0"?>\n<!-- a comment -->\n${document(entity())}`, { now }),
    ).toEqual([
      {
        entityId: "https://idp.example.it",
        scheme: "spid",
        displayName: "Fornitore",
        singleSignOn: { post: "https://idp.example.it/POST", redirect: "https://idp.example.it/Redirect" },
        singleLogout: { redirect: "https://idp.example.it/slo" },
        signingCertificates: [world.idpKeys.certificatePem, world.nextIdpKeys.certificatePem],
      },
    ]);
  });

  it.each([
    ["https://idserver.servizicie.interno.gov.it/idp/profile/SAML2/POST/SSO", "cie", "cie"],
    ["https://preproduzione.idserver.servizicie.interno.gov.it/idp/profile/SAML2/POST/SSO", "cie", "cie"],
    ["http://127.0.0.1:8090/cie", "spid", "cie"],
    ["https://cie.idp.example.it/metadata", "spid", "cie"],
    ["https://evil-idserver.servizicie.interno.gov.it.example.org/", "spid", "spid"],
    ["http://idserver.servizicie.interno.gov.it/", "spid", "spid"],
    ["https://societa.example.it/spid", "spid", "spid"],
  ])("%s is %s, and by its name in development %s", (entityId, strict, byName) => {
    const schemeOf = (more: object) =>
      parseIdentityProviderMetadata(document(entity({ entityId })), { now, ...more })[0]?.scheme;
    expect(schemeOf({})).toBe(strict);
    expect(schemeOf({ schemeByName: true })).toBe(byName);
    // What the setting of the source says is above names.
    expect([schemeOf({ scheme: "cie", schemeByName: true }), schemeOf({ scheme: "spid" })]).toEqual(["cie", "spid"]);
  });

  it("a signed aggregate, read from what was signed", () => {
    const xml = signXml(
      aggregate({ entityId: "https://a.it" }, { entityId: "https://b.it" }),
      "EntitiesDescriptor",
      world.strangerKeys,
    );
    const trustedCertificates = [world.idpKeys.certificatePem, world.strangerKeys.certificatePem];
    expect(
      parseIdentityProviderMetadata(xml, { now, trustedCertificates }).map((provider) => provider.entityId),
    ).toEqual(["https://a.it", "https://b.it"]);
  });

  it("providers that sign themselves inside a signed aggregate", () => {
    const own = signXml(document(entity({ entityId: "https://a.it" })), "EntityDescriptor", world.idpKeys);
    const xml = signXml(
      document(`<md:EntitiesDescriptor ID="_all">${own}</md:EntitiesDescriptor>`),
      "EntitiesDescriptor",
      world.strangerKeys,
    );
    expect(
      parseIdentityProviderMetadata(xml, { now, trustedCertificates: [world.strangerKeys.certificatePem] }),
    ).toHaveLength(1);
    // The provider's own signature is no reason to believe the aggregate.
    expect(() =>
      parseIdentityProviderMetadata(xml, { now, trustedCertificates: [world.idpKeys.certificatePem] }),
    ).toThrow();
  });

  const refused: [string, () => [string, string[]?]][] = [
    ["unsigned where a signature is due", () => [aggregate({}), [world.strangerKeys.certificatePem]]],
    ["no certificate to trust", () => [signXml(aggregate({}), "EntitiesDescriptor", world.strangerKeys), []]],
    [
      "signed by somebody else",
      () => [signXml(aggregate({}), "EntitiesDescriptor", world.idpKeys), [world.strangerKeys.certificatePem]],
    ],
    [
      "changed after signing",
      () => [
        swap(
          "idp.example.it/POST",
          "evil.example.it/POST",
        )(signXml(aggregate({}), "EntitiesDescriptor", world.strangerKeys)),
        [world.strangerKeys.certificatePem],
      ],
    ],
    [
      "a signed entity wrapped in an unsigned aggregate",
      () => [
        document(
          `<md:EntitiesDescriptor ID="_all">${signXml(document(entity()), "EntityDescriptor", world.strangerKeys)}</md:EntitiesDescriptor>`,
        ),
        [world.strangerKeys.certificatePem],
      ],
    ],
    ["DOCTYPE", () => [`<!DOCTYPE x>${document(entity())}`]],
    ["an entity named twice", () => [aggregate({}, {})]],
    ["an aggregate that has expired", () => [swap('Name="all"', 'validUntil="2026-11-23T10:00:00Z"')(aggregate({}))]],
    ["an aggregate with an unreadable date", () => [swap('Name="all"', 'validUntil="soon"')(aggregate({}))]],
    ["something that is no metadata", () => ['<a xmlns="urn:x"/>']],
    ["an error page", () => ["<!doctype html><html><body>502</body></html>"]],
    ["more than 8 MiB", () => [aggregate({}) + " ".repeat(8 * 1024 * 1024)]],
  ];
  it.each(refused)("refused: %s", (_name, make) => {
    const [xml, trustedCertificates] = make();
    expect(() =>
      parseIdentityProviderMetadata(xml, { now, ...(trustedCertificates ? { trustedCertificates } : {}) }),
    ).toThrow();
  });

  it("entries of no use are left out, and do not hurt the others", () => {
    const xml = aggregate(
      { entityId: "https://good.it" },
      { entityId: "https://no-key.it", certificates: [] },
      { entityId: "https://bad-key.it", certificates: ["AAAA"] },
      { entityId: "https://no-sso.it", sso: "" },
      {
        entityId: "https://script.it",
        sso: '<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="javascript:alert(1)"/>',
      },
      { entityId: "https://expired.it", attributes: 'validUntil="2026-01-01T00:00:00Z"' },
      { entityId: "https://until.it", attributes: 'validUntil="2026-12-01T00:00:00Z"' },
    );
    const providers = parseIdentityProviderMetadata(xml, { now });
    expect(providers.map((provider) => provider.entityId)).toEqual(["https://good.it", "https://until.it"]);
    expect(providers[1]?.validUntil).toEqual(new Date("2026-12-01T00:00:00Z"));
  });
});
