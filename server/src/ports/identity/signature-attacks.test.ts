import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { verifyResponse } from "./index.ts";
import { algorithm, ns } from "./names.ts";
import { openResponse } from "./open-response.ts";
import { profileRows } from "./testing/profile-table.ts";
import {
  type Edit,
  elliptic,
  encode,
  type Made,
  makeEllipticKeys,
  makeResponse,
  makeWorld,
  now,
  request,
  signXml,
  swap,
  type World,
} from "./testing/response-maker.ts";
import { secondOpinion, xmlsecIsHere, xmlsecSigns } from "./testing/xmlsec.ts";
import { responseBounds } from "./xml-guard.ts";
import { verifyEnveloped } from "./xml-signature.ts";
import { children } from "./xml-tree.ts";

const { numbered, untried } = profileRows();
/** Rows of cases, each under the number it has in the table of §1.8. */
const of = <T extends [string, ...unknown[]]>(rows: T[]): T[] =>
  rows.map(([name, ...rest]) => [numbered("signatures", name), ...rest] as T);

let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, 60_000);

const verify = (samlResponse: string) =>
  verifyResponse({ samlResponse, request, identityProvider: world.spid, sp: world.sp, now });
const judge = (story: Omit<Made, "world">) => verify(makeResponse({ world, ...story }));
const decode = (samlResponse: string): string => Buffer.from(samlResponse, "base64").toString("utf8");

describe("whose signature it is", () => {
  const rows: [string, () => Omit<Made, "world">][] = [
    ["nothing signed", () => ({ signAssertion: false })],
    ["only the Response signed", () => ({ signAssertion: false, signResponse: world.idpKeys })],
    ["Assertion signed with another key, its certificate in KeyInfo", () => ({ signAssertion: world.strangerKeys })],
    [
      "Assertion signed with another key, the provider's certificate in KeyInfo",
      () => ({
        signAssertion: {
          privateKeyPem: world.strangerKeys.privateKeyPem,
          certificatePem: world.idpKeys.certificatePem,
        },
      }),
    ],
    ["Response signed with another key over a good Assertion", () => ({ signResponse: world.strangerKeys })],
    [
      "good Response signature over an Assertion of another key",
      () => ({
        signAssertion: world.strangerKeys,
        signResponse: world.idpKeys,
      }),
    ],
    ["signed with our own key", () => ({ signAssertion: world.sp.keys[0]! })],
  ];
  it.each(of(rows))("%s", (name, story) => {
    expect(judge(story())).toMatchObject({
      ok: false,
      problem: "login-response-untrusted",
      // A good Response around what is not.
      signed: /: (good|only)/.test(name),
    });
  });

  it(
    numbered("signatures", "a good signature with a stranger's certificate in KeyInfo: KeyInfo is not looked at"),
    () => {
      const signAssertion = {
        privateKeyPem: world.idpKeys.privateKeyPem,
        certificatePem: world.strangerKeys.certificatePem,
      };
      expect(judge({ signAssertion })).toMatchObject({ ok: true });
    },
  );

  it(numbered("signatures", "a provider whose metadata has no usable certificate"), () => {
    const identityProvider = { ...world.spid, signingCertificates: ["not a certificate"] };
    const verdict = verifyResponse({
      samlResponse: makeResponse({ world }),
      request,
      identityProvider,
      sp: world.sp,
      now,
    });
    expect(verdict).toMatchObject({ ok: false, problem: "login-response-untrusted" });
  });
});

describe("weak or foreign algorithms", () => {
  const rows: [string, Made["signing"]][] = [
    ["RSA-SHA1", { method: "http://www.w3.org/2000/09/xmldsig#rsa-sha1" }],
    ["SHA-1 digest", { digest: "http://www.w3.org/2000/09/xmldsig#sha1" }],
    [
      "inclusive canonicalization of SignedInfo",
      { canonicalization: "http://www.w3.org/TR/2001/REC-xml-c14n-20010315" },
    ],
    ["canonicalization with comments", { canonicalization: "http://www.w3.org/2001/10/xml-exc-c14n#WithComments" }],
    [
      "inclusive canonicalization as transform",
      { transforms: [algorithm.enveloped, "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"] },
    ],
    [
      "comments kept by the transform",
      { transforms: [algorithm.enveloped, "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"] },
    ],
    ["no canonicalization", { transforms: [algorithm.enveloped] }],
    ["a transform twice", { transforms: [algorithm.enveloped, algorithm.exclusive, algorithm.exclusive] }],
  ];
  it.each(of(rows))("%s", (_name, signing) => {
    expect(judge({ signing })).toMatchObject({ ok: false, problem: "login-response-untrusted" });
  });

  it.each([
    ["XSLT", "http://www.w3.org/TR/1999/REC-xslt-19991116"],
    ["XPath", "http://www.w3.org/TR/1999/REC-xpath-19991116"],
    ["base64", "http://www.w3.org/2000/09/xmldsig#base64"],
  ])(numbered("signatures", "%s transform"), (_name, transform) => {
    const tamper = swap(
      `<ds:Transform Algorithm="${algorithm.enveloped}"/>`,
      `<ds:Transform Algorithm="${transform}"/>`,
    );
    expect(judge({ tamper })).toMatchObject({ ok: false, problem: "login-response-untrusted" });
  });

  it(numbered("signatures", "HMAC keyed with the provider's public certificate"), () => {
    for (const hash of ["sha1", "sha256"]) {
      const method = `http://www.w3.org/2000/09/xmldsig#hmac-${hash}`;
      const tamper: Edit = (xml) => {
        const info = /<ds:SignedInfo>.*?<\/ds:SignedInfo>/s.exec(xml)?.[0].replace(algorithm.rsaSha256, method) ?? "";
        const value = createHmac(hash, world.idpKeys.certificatePem).update(info).digest("base64");
        return xml.replace(
          /<ds:SignedInfo>.*<\/ds:SignatureValue>/s,
          `${info}<ds:SignatureValue>${value}</ds:SignatureValue>`,
        );
      };
      expect(judge({ tamper })).toMatchObject({ ok: false, problem: "login-response-untrusted" });
    }
  });
});

describe("the shape of the signature", () => {
  const signature = /<ds:Signature .*?<\/ds:Signature>/s;
  const info = /<ds:SignedInfo>.*?<\/ds:SignedInfo>/s;
  const reference = /<ds:Reference .*?<\/ds:Reference>/s;
  const twice =
    (pattern: RegExp): Edit =>
    (xml) =>
      xml.replace(pattern, (found) => found + found);
  const rows: [string, Edit][] = [
    ["two SignedInfo", twice(info)],
    ["two References", twice(reference)],
    ["two Signatures in the Assertion", twice(signature)],
    ["two SignatureValues", twice(/<ds:SignatureValue>.*?<\/ds:SignatureValue>/s)],
    ["two DigestValues", twice(/<ds:DigestValue>.*?<\/ds:DigestValue>/s)],
    ["Reference to the whole document", swap('URI="#_assertion1"', 'URI=""')],
    ["Reference to the Response", swap('URI="#_assertion1"', 'URI="#_response1"')],
    ["Reference by XPointer", swap('URI="#_assertion1"', "URI=\"#xpointer(id('_assertion1'))\"")],
    ["Reference without URI", swap(' URI="#_assertion1"', "")],
    ["an Object in the Signature", swap("</ds:Signature>", "<ds:Object/></ds:Signature>")],
    ["no SignatureValue", swap(/<ds:SignatureValue>.*?<\/ds:SignatureValue>/s, "")],
    ["SignatureValue that is not base64", swap("<ds:SignatureValue>", "<ds:SignatureValue>!")],
    ["SignedInfo in another namespace", swap("<ds:SignedInfo>", '<ds:SignedInfo xmlns:ds="urn:x">')],
    ["Signature emptied", swap(signature, '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>')],
    [
      "Signature in a made-up namespace",
      (xml) => xml.replaceAll('http://www.w3.org/2000/09/xmldsig#"', 'urn:made-up"'),
    ],
    [
      "Signature moved into Subject",
      (xml) => {
        const moved = signature.exec(xml)?.[0] ?? "";
        return xml.replace(moved, "").replace("</saml:Subject>", `${moved}</saml:Subject>`);
      },
    ],
    [
      "Signature moved to the Response",
      (xml) => {
        const moved = signature.exec(xml)?.[0] ?? "";
        return xml.replace(moved, "").replace("<samlp:Status>", `${moved}<samlp:Status>`);
      },
    ],
  ];
  it.each(of(rows))("%s", (_name, tamper) => {
    expect(judge({ tamper })).toMatchObject({ ok: false });
    expect(judge({ tamper: undefined })).toMatchObject({ ok: true });
  });
});

describe("changes after signing", () => {
  const rows: [string, Edit][] = [
    ["another fiscal code", swap("RSSMRA80A01H501U", "MRTMTT25D09F205Z")],
    ["a comment inside the fiscal code", swap("RSSMRA80A01H501U", "RSSMRA80A01H501U<!-- -->")],
    ["a comment inside NameID", swap("_transient1", "_trans<!-- -->ient1")],
    ["a comment outside everything", (xml) => `${xml}<!-- -->`],
    [
      "a processing instruction inside the fiscal code",
      swap("TINIT-RSSMRA80A01H501U", "<?x TINIT-RSSMRA80A01H501U?>TINIT-MRTMTT25D09F205Z"),
    ],
    [
      "a processing instruction that hides part of a value",
      swap("TINIT-RSSMRA80A01H501U", "TINIT-<?x RSSMRA80A01H501U?>"),
    ],
    ["a processing instruction before the root", (xml) => `<?x y?>${xml}`],
    ["CDATA around the fiscal code", swap("TINIT-RSSMRA80A01H501U", "<![CDATA[TINIT-RSSMRA80A01H501U]]>")],
    ["DOCTYPE", (xml) => `<!DOCTYPE Response>${xml}`],
    [
      "an internal entity",
      (xml) => `<!DOCTYPE Response [<!ENTITY who "MRTMTT25D09F205Z">]>${xml.replace("RSSMRA80A01H501U", "&who;")}`,
    ],
    [
      "an external entity",
      (xml) =>
        `<!DOCTYPE Response [<!ENTITY who SYSTEM "file:///etc/hostname">]>${xml.replace("RSSMRA80A01H501U", "&who;")}`,
    ],
    [
      "an ID attribute default in a DTD",
      (xml) => `<!DOCTYPE Response [<!ATTLIST saml:Assertion ID CDATA "_assertion1">]>${xml}`,
    ],
    ["an entity nobody declared", swap("RSSMRA80A01H501U", "&who;")],
    ["a second root", (xml) => `${xml}<x xmlns="urn:x"/>`],
    ["the same ID on the Response", swap("_response1", "_assertion1")],
    ["the same ID, spelt Id, on a child", swap("<samlp:Status>", '<samlp:Status Id="_assertion1">')],
    ["the same ID in a namespace", swap("<samlp:Status>", '<samlp:Status xml:id="_assertion1">')],
    ["an attribute the canonicaliser would skip", swap("<saml:Subject>", '<saml:Subject xmlnsx="y">')],
    ["markup inside a namespace name", swap("<saml:Subject>", '<saml:Subject xmlns:q="x&quot; y=&quot;z">')],
    ["a prefix bound anew", swap("<saml:Subject>", '<saml:Subject xmlns:saml="urn:x">')],
    ["the Assertion sent without its Response", (xml) => /<saml:Assertion.*<\/saml:Assertion>/s.exec(xml)?.[0] ?? ""],
  ];
  it.each(of(rows))("%s", (_name, tamper) => {
    expect(judge({ tamper })).toMatchObject({ ok: false });
    expect(judge({ tamper, signResponse: world.idpKeys })).toMatchObject({ ok: false });
  });
});

describe("signature wrapping, namespaces intact", () => {
  // The eight classic forms: where the forged element stands, and where the signed original is hidden.
  const assertionOf = (xml: string) => /<saml:Assertion.*<\/saml:Assertion>/s.exec(xml)?.[0] ?? "";
  const signatureOf = (xml: string) => /<ds:Signature .*?<\/ds:Signature>/s.exec(xml)?.[0] ?? "";
  const forged = (xml: string, id: string) =>
    xml.replace("RSSMRA80A01H501U", "MRTMTT25D09F205Z").replace(/ ID="_[a-z0-9]+"/, ` ID="${id}"`);
  const unsigned = (xml: string) => xml.replace(signatureOf(xml), "");
  const inResponseSignature =
    (hidden: (xml: string) => string): Edit =>
    (xml) => {
      const signature = signatureOf(xml);
      const original = unsigned(xml);
      return hidden(forged(original, "_evil").replace("<samlp:Status>", () => `${signature}<samlp:Status>`)).replace(
        "{{original}}",
        () => original,
      );
    };
  const responseForms: [string, Edit][] = [
    [
      "XSW1: the original Response inside the signature of a forged one",
      inResponseSignature((xml) =>
        xml.replace("</ds:Signature>", "<ds:Object>{{original}}</ds:Object></ds:Signature>"),
      ),
    ],
    [
      "XSW2: the original Response beside the signature in a forged one",
      inResponseSignature((xml) => xml.replace("<samlp:Status>", "{{original}}<samlp:Status>")),
    ],
  ];
  it.each(of(responseForms))("%s", (_name, tamper) => {
    expect(judge({ tamper, signResponse: world.idpKeys })).toMatchObject({ ok: false });
  });

  const assertionForms: [string, Edit][] = [
    [
      "XSW3: forged Assertion before the original",
      (xml) => xml.replace(assertionOf(xml), (a) => forged(unsigned(a), "_evil") + a),
    ],
    [
      "XSW4: the original inside a forged Assertion",
      (xml) =>
        xml.replace(assertionOf(xml), (a) =>
          forged(unsigned(a), "_evil").replace("</saml:Assertion>", () => `${a}</saml:Assertion>`),
        ),
    ],
    [
      "XSW5: the signature kept in the forged one, the original after it",
      (xml) => xml.replace(assertionOf(xml), (a) => forged(a, "_evil") + unsigned(a)),
    ],
    [
      "XSW6: the original inside the signature of the forged one",
      (xml) =>
        xml.replace(assertionOf(xml), (a) =>
          forged(a, "_evil").replace("</ds:Signature>", () => `${unsigned(a)}</ds:Signature>`),
        ),
    ],
    [
      "XSW7: the forged one in Extensions, same ID",
      (xml) =>
        xml.replace(
          "<samlp:Status>",
          () =>
            `<samlp:Extensions>${forged(unsigned(assertionOf(xml)), "_assertion1")}</samlp:Extensions><samlp:Status>`,
        ),
    ],
    [
      "XSW7: the original in Extensions, the forged one in its place",
      (xml) => {
        const a = assertionOf(xml);
        return xml
          .replace(a, () => forged(unsigned(a), "_evil"))
          .replace("<samlp:Status>", () => `<samlp:Extensions>${a}</samlp:Extensions><samlp:Status>`);
      },
    ],
    [
      "XSW8: the original inside an Object of the forged one's signature",
      (xml) =>
        xml.replace(assertionOf(xml), (a) =>
          forged(a, "_evil").replace("</ds:Signature>", () => `<ds:Object>${unsigned(a)}</ds:Object></ds:Signature>`),
        ),
    ],
    [
      "the forged one keeps ID and signature, the original hides in Status",
      (xml) => {
        const a = assertionOf(xml);
        return xml
          .replace(a, () => forged(a, "_assertion1"))
          .replace("</samlp:Status>", () => `<samlp:StatusDetail>${unsigned(a)}</samlp:StatusDetail></samlp:Status>`);
      },
    ],
    [
      "the forged one takes the ID of the original, the original gets another",
      (xml) => xml.replace(assertionOf(xml), (a) => forged(a, "_assertion1")),
    ],
    [
      "a forged Assertion in a namesake namespace first",
      (xml) => xml.replace(assertionOf(xml), (a) => `<x:Assertion xmlns:x="urn:x"/>${a}`),
    ],
  ];
  it.each(of(assertionForms))("%s", (_name, tamper) => {
    expect(judge({ tamper })).toMatchObject({ ok: false });
    expect(judge({ tamper, signResponse: world.idpKeys })).toMatchObject({ ok: false });
    // Even an attacker who could have the Response signed around the forged Assertion.
    const resigned = encode(signXml(decode(makeResponse({ world, tamper })), "Response", world.idpKeys));
    expect(verify(resigned)).toMatchObject({ ok: false });
  });

  it.each([
    ["an Assertion", `<saml:Assertion ID="_evil"/>`],
    ["an Assertion of no known namespace", `<x:Assertion xmlns:x="urn:x" ID="_evil"/>`],
    ["a Response", `<samlp:Response ID="_evil"/>`],
    ["a Signature", `<ds:Signature xmlns:ds="${ns.signature}"/>`],
    ["an EncryptedAssertion", "<saml:EncryptedAssertion/>"],
  ])(numbered("signatures", "%s kept in Extensions, though the original is whole and in its place"), (_name, kept) => {
    const response = swap("<samlp:Status>", `<samlp:Extensions>${kept}</samlp:Extensions><samlp:Status>`);
    expect(judge({ response })).toMatchObject({ ok: false });
  });

  it(numbered("signatures", "what is read is a new document, made of the signed bytes"), () => {
    const samlResponse = makeResponse({ world });
    const { root, xml } = openResponse(samlResponse);
    const [assertion] = children(root, ns.assertion, "Assertion");
    const [signature] = children(assertion!, ns.signature, "Signature");
    const verified = verifyEnveloped(xml, assertion!, signature!, world.spid.signingCertificates, responseBounds);
    expect(verified.ok && verified.root.ownerDocument).not.toBe(assertion!.ownerDocument);
    expect(verified.ok && verified.canonical).toMatch(/^<saml:Assertion xmlns:saml=/);
    expect(verified.ok && verified.canonical).not.toContain("Signature");
    // The same signature shown as another element's.
    expect(verifyEnveloped(xml, root, signature!, world.spid.signingCertificates, responseBounds)).toMatchObject({
      ok: false,
    });
  });

  it(
    numbered("signatures", "signed provider metadata first in the Response, Assertion unsigned or badly signed"),
    () => {
      const metadata = `<md:EntityDescriptor xmlns:md="${ns.metadata}" xmlns:saml="${ns.assertion}" ID="_metadata1" entityID="https://idp.example.it"><saml:Issuer>x</saml:Issuer></md:EntityDescriptor>`;
      const signed = signXml(metadata, "EntityDescriptor", world.idpKeys);
      const response = swap("<saml:Issuer", `${signed}<saml:Issuer`);
      expect(judge({ response, signAssertion: false })).toMatchObject({ ok: false });
      expect(judge({ response, signAssertion: world.strangerKeys })).toMatchObject({ ok: false });
    },
  );
});

describe("documents of other makers", () => {
  it("an elliptic key, and only for the method that goes with it", async () => {
    const keys = await makeEllipticKeys();
    const samlResponse = makeResponse({ world, signAssertion: keys, signing: elliptic });
    const judged = (signingCertificates: string[], response = samlResponse) => {
      const identityProvider = { ...world.spid, signingCertificates };
      return verifyResponse({ samlResponse: response, request, identityProvider, sp: world.sp, now });
    };
    expect(judged([keys.certificatePem])).toMatchObject({ ok: true });
    expect(judged([...world.spid.signingCertificates, keys.certificatePem])).toMatchObject({ ok: true });
    expect(judged(world.spid.signingCertificates)).toMatchObject({ ok: false, problem: "login-response-untrusted" });
    const renamed = swap(elliptic.method ?? "", algorithm.rsaSha256)(decode(samlResponse));
    expect(judged([keys.certificatePem], encode(renamed))).toMatchObject({ ok: false });
  });

  it.skipIf(!xmlsecIsHere)(
    secondOpinion("an Assertion signed with prefixes listed in the transform, as OpenSAML does"),
    () => {
      const template =
        `<ds:Signature xmlns:ds="${ns.signature}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${algorithm.exclusive}"/><ds:SignatureMethod Algorithm="${algorithm.rsaSha256}"/>` +
        `<ds:Reference URI="#_assertion1"><ds:Transforms><ds:Transform Algorithm="${algorithm.enveloped}"/><ds:Transform Algorithm="${algorithm.exclusive}"><ec:InclusiveNamespaces xmlns:ec="${algorithm.exclusive}" PrefixList="xsd"/></ds:Transform></ds:Transforms>` +
        `<ds:DigestMethod Algorithm="${algorithm.sha256}"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/></ds:Signature>`;
      const xml = decode(
        makeResponse({
          world,
          signAssertion: false,
          response: swap("<samlp:Response ", '<samlp:Response xmlns:xsd="http://www.w3.org/2001/XMLSchema" '),
          assertion: (text) =>
            text.replace("</saml:Issuer>", `</saml:Issuer>${template}`).replaceAll('xsi:type="xs:', 'xsi:type="xsd:'),
        }),
      );
      const signed = xmlsecSigns(xml, world.idpKeys.privateKeyPem, `${ns.assertion}:Assertion`);
      expect(verify(encode(signed))).toMatchObject({ ok: true, identity: { familyName: "D'Àvila" } });
      expect(verify(encode(swap("TINIT-RSS", "TINIT-RSV")(signed)))).toMatchObject({ ok: false });
    },
  );
});

it("every row of the table about signatures was tried", () => {
  expect(untried("signatures")).toEqual([]);
});
