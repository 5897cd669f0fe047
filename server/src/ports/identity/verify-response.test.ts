import { beforeAll, describe, expect, it } from "vitest";
import {
  type IdentityProblem,
  isVerifiedIdentity,
  peekResponse,
  type VerifiedIdentity,
  verifyResponse,
} from "./index.ts";
import { profileRows } from "./testing/profile-table.ts";
import {
  type Edit,
  type Made,
  makeResponse,
  makeWorld,
  now,
  request,
  swap,
  type World,
} from "./testing/response-maker.ts";

const { numbered, untried } = profileRows();
type Part = Parameters<typeof numbered>[0];
/** Rows of cases, each under the number it has in the table of §1.8. */
const of = <T extends [string, ...unknown[]]>(part: Part, rows: T[]): T[] =>
  rows.map(([name, ...rest]) => [numbered(part, name), ...rest] as T);

let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, 60_000);

type Story = Omit<Made, "world">;

function judge(story: Story, asked: Partial<typeof request> = {}) {
  return verifyResponse({
    samlResponse: makeResponse({ world, ...story }),
    request: { ...request, ...asked },
    identityProvider: story.scheme === "cie" ? world.cie : world.spid,
    sp: world.sp,
    now,
  });
}

const drop = (pattern: RegExp): Edit => swap(pattern, "");
const element = (name: string) => new RegExp(`<saml:${name}[ >/].*?</saml:${name}>|<saml:${name}[^>]*/>`);
const empty = (name: string): Edit => swap(element(name), `<saml:${name}/>`);
const without = (name: string): Edit => drop(element(name));
/** Edits one attribute inside the tag of the first element so named. */
const inTag =
  (tag: string, attribute: string, to: string | undefined): Edit =>
  (xml) => {
    const opening = new RegExp(`<${tag}[ >][^>]*>|<${tag}>`).exec(xml)?.[0];
    if (!opening) throw new Error(`no ${tag}`);
    const changed = swap(new RegExp(` ${attribute}="[^"]*"`), to === undefined ? "" : ` ${attribute}="${to}"`)(opening);
    return xml.replace(opening, () => changed);
  };
const each =
  (edits: Edit[]): Edit =>
  (xml) =>
    edits.reduce((text, edit) => edit(text), xml);

const R = "samlp:Response";
const A = "saml:Assertion";
const SCD = "saml:SubjectConfirmationData";
const malformed: IdentityProblem = "login-response-malformed";
const untrusted: IdentityProblem = "login-response-untrusted";
const notForUs: IdentityProblem = "login-response-not-for-us";
const outOfTime: IdentityProblem = "login-response-out-of-time";
const unexpected: IdentityProblem = "login-response-unexpected";
const tooWeak: IdentityProblem = "login-level-insufficient";
const providerError: IdentityProblem = "login-provider-error";
const noFiscalCode: IdentityProblem = "login-fiscal-code-missing";
const statusTag = /<samlp:Status>.*<\/samlp:Status>/;
const replaceStatus = (inner: string): Edit => swap(statusTag, inner);

describe("what must be refused (§1.8), Response", () => {
  const rows: [string, Edit, IdentityProblem][] = [
    ["ID empty", inTag(R, "ID", ""), malformed],
    ["ID missing", inTag(R, "ID", undefined), malformed],
    ["Version 1.0", inTag(R, "Version", "1.0"), malformed],
    ["Version missing", inTag(R, "Version", undefined), malformed],
    ["IssueInstant empty", inTag(R, "IssueInstant", ""), malformed],
    ["IssueInstant missing", inTag(R, "IssueInstant", undefined), malformed],
    ["IssueInstant in a bad format", inTag(R, "IssueInstant", "23/11/2026 10:00"), malformed],
    ["IssueInstant on a day that does not exist", inTag(R, "IssueInstant", "2026-02-30T10:00:00Z"), malformed],
    ["IssueInstant before the request", inTag(R, "IssueInstant", "2026-11-23T09:55:00Z"), outOfTime],
    ["IssueInstant in 2099", inTag(R, "IssueInstant", "2099-01-01T00:00:00Z"), outOfTime],
    ["InResponseTo empty", inTag(R, "InResponseTo", ""), unexpected],
    ["InResponseTo missing", inTag(R, "InResponseTo", undefined), unexpected],
    ["InResponseTo of another request", inTag(R, "InResponseTo", "_other"), unexpected],
    ["Destination empty", inTag(R, "Destination", ""), notForUs],
    ["Destination missing", inTag(R, "Destination", undefined), notForUs],
    ["Destination of another service", inTag(R, "Destination", "https://altro.example.it/acs"), notForUs],
    ["Status empty", replaceStatus("<samlp:Status/>"), malformed],
    ["Status missing", replaceStatus(""), malformed],
    ["StatusCode Value empty", inTag("samlp:StatusCode", "Value", ""), malformed],
    ["StatusCode Value missing", inTag("samlp:StatusCode", "Value", undefined), malformed],
    [
      "StatusCode missing",
      replaceStatus("<samlp:Status><samlp:StatusMessage>x</samlp:StatusMessage></samlp:Status>"),
      malformed,
    ],
    [
      "StatusCode unknown",
      inTag("samlp:StatusCode", "Value", "urn:oasis:names:tc:SAML:2.0:status:Fantasy"),
      providerError,
    ],
    ["Issuer empty", empty("Issuer"), untrusted],
    ["Issuer missing", without("Issuer"), malformed],
    ["Issuer of another provider", swap(">https://idp.example.it<", ">https://altro.example.it<"), untrusted],
    [
      "Issuer Format wrong",
      inTag("saml:Issuer", "Format", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"),
      malformed,
    ],
    ["Issuer Format empty", inTag("saml:Issuer", "Format", ""), malformed],
    [
      "Success with a second status",
      replaceStatus(
        '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/></samlp:StatusCode></samlp:Status>',
      ),
      malformed,
    ],
    ["success without Assertion", swap("{{assertion}}", ""), malformed],
    ["EncryptedAssertion", swap("{{assertion}}", "{{assertion}}<saml:EncryptedAssertion/>"), malformed],
    ["two Assertions", swap("{{assertion}}", '{{assertion}}<saml:Assertion ID="_x"/>'), malformed],
    [
      "provider metadata first, then the assertion",
      swap(
        "<saml:Issuer",
        '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"/><saml:Issuer',
      ),
      malformed,
    ],
    [
      "root in another namespace",
      swap('xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"', 'xmlns:samlp="urn:other"'),
      malformed,
    ],
  ];
  it.each(of("response", rows))("%s", (name, response, problem) => {
    for (const signResponse of [false, world.idpKeys] as const) {
      if (signResponse && /(ID|root|Version) (empty|missing|in another)/.test(name)) continue;
      const verdict = judge({ response, signResponse });
      expect(verdict).toMatchObject({ ok: false });
      expect(verdict).toMatchObject({ problem });
    }
  });
});

describe("what must be refused (§1.8), Assertion", () => {
  const rows: [string, Edit, IdentityProblem][] = [
    ["Version 1.0", inTag(A, "Version", "1.0"), malformed],
    ["IssueInstant empty", inTag(A, "IssueInstant", ""), malformed],
    ["IssueInstant missing", inTag(A, "IssueInstant", undefined), malformed],
    ["IssueInstant in a bad format", inTag(A, "IssueInstant", "2026-11-23"), malformed],
    ["IssueInstant before the request", inTag(A, "IssueInstant", "2026-11-23T09:55:00Z"), outOfTime],
    ["IssueInstant in 2099", inTag(A, "IssueInstant", "2099-01-01T00:00:00Z"), outOfTime],
    ["Subject empty", empty("Subject"), malformed],
    ["Subject missing", without("Subject"), malformed],
    ["NameID empty", swap("_transient1", ""), malformed],
    ["NameID missing", without("NameID"), malformed],
    ["NameID Format empty", inTag("saml:NameID", "Format", ""), malformed],
    ["NameID Format missing", inTag("saml:NameID", "Format", undefined), malformed],
    [
      "NameID Format not transient",
      inTag("saml:NameID", "Format", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"),
      malformed,
    ],
    ["NameQualifier empty", inTag("saml:NameID", "NameQualifier", ""), malformed],
    ["NameQualifier missing", inTag("saml:NameID", "NameQualifier", undefined), malformed],
    ["SubjectConfirmation empty", empty("SubjectConfirmation"), malformed],
    ["SubjectConfirmation missing", without("SubjectConfirmation"), malformed],
    ["SubjectConfirmation without data", drop(/<saml:SubjectConfirmationData[^>]*\/>/), malformed],
    ["Method empty", inTag("saml:SubjectConfirmation", "Method", ""), malformed],
    ["Method missing", inTag("saml:SubjectConfirmation", "Method", undefined), malformed],
    [
      "Method not bearer",
      inTag("saml:SubjectConfirmation", "Method", "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key"),
      malformed,
    ],
    ["Recipient empty", inTag(SCD, "Recipient", ""), notForUs],
    ["Recipient missing", inTag(SCD, "Recipient", undefined), notForUs],
    ["Recipient of another service", inTag(SCD, "Recipient", "https://altro.example.it/acs"), notForUs],
    ["SubjectConfirmationData InResponseTo empty", inTag(SCD, "InResponseTo", ""), unexpected],
    ["SubjectConfirmationData InResponseTo missing", inTag(SCD, "InResponseTo", undefined), unexpected],
    ["SubjectConfirmationData InResponseTo of another request", inTag(SCD, "InResponseTo", "_other"), unexpected],
    ["SubjectConfirmationData NotOnOrAfter empty", inTag(SCD, "NotOnOrAfter", ""), malformed],
    ["SubjectConfirmationData NotOnOrAfter missing", inTag(SCD, "NotOnOrAfter", undefined), malformed],
    ["SubjectConfirmationData NotOnOrAfter in a bad format", inTag(SCD, "NotOnOrAfter", "tomorrow"), malformed],
    ["SubjectConfirmationData NotOnOrAfter past", inTag(SCD, "NotOnOrAfter", "2026-11-23T10:00:00Z"), outOfTime],
    ["Issuer empty", empty("Issuer"), untrusted],
    ["Issuer missing", without("Issuer"), malformed],
    ["Issuer of another provider", swap(">https://idp.example.it<", ">https://altro.example.it<"), untrusted],
    ["Issuer Format empty", inTag("saml:Issuer", "Format", ""), malformed],
    ["Issuer Format missing", inTag("saml:Issuer", "Format", undefined), malformed],
    [
      "Issuer Format wrong",
      inTag("saml:Issuer", "Format", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"),
      malformed,
    ],
    ["Conditions empty", empty("Conditions"), malformed],
    ["Conditions missing", without("Conditions"), malformed],
    ["NotBefore empty", inTag("saml:Conditions", "NotBefore", ""), malformed],
    ["NotBefore missing", inTag("saml:Conditions", "NotBefore", undefined), malformed],
    ["NotBefore in a bad format", inTag("saml:Conditions", "NotBefore", "2026-11-23T10:00:00"), malformed],
    ["NotBefore in the future", inTag("saml:Conditions", "NotBefore", "2026-11-23T10:02:00Z"), outOfTime],
    [
      "NotBefore beyond the 30 seconds that clocks may differ",
      inTag("saml:Conditions", "NotBefore", "2026-11-23T10:01:01Z"),
      outOfTime,
    ],
    ["NotOnOrAfter empty", inTag("saml:Conditions", "NotOnOrAfter", ""), malformed],
    ["NotOnOrAfter missing", inTag("saml:Conditions", "NotOnOrAfter", undefined), malformed],
    ["NotOnOrAfter in a bad format", inTag("saml:Conditions", "NotOnOrAfter", "never"), malformed],
    ["NotOnOrAfter past", inTag("saml:Conditions", "NotOnOrAfter", "2026-11-23T10:00:00Z"), outOfTime],
    ["AudienceRestriction empty", empty("AudienceRestriction"), malformed],
    ["AudienceRestriction missing", without("AudienceRestriction"), malformed],
    ["Audience empty", empty("Audience"), malformed],
    ["Audience missing", without("Audience"), malformed],
    ["Audience of another service", swap(/<saml:Audience>.*?</, "<saml:Audience>https://altro.example.it<"), notForUs],
    [
      "condition nobody knows",
      swap("<saml:AudienceRestriction>", "<saml:Condition/><saml:AudienceRestriction>"),
      malformed,
    ],
    ["AuthnStatement empty", empty("AuthnStatement"), malformed],
    ["AuthnStatement missing", without("AuthnStatement"), malformed],
    [
      "AuthnInstant before the request, despite ForceAuthn",
      inTag("saml:AuthnStatement", "AuthnInstant", "2026-11-23T09:00:00Z"),
      outOfTime,
    ],
    ["AuthnContext empty", empty("AuthnContext"), malformed],
    ["AuthnContext missing", without("AuthnContext"), malformed],
    ["AuthnContextClassRef empty", empty("AuthnContextClassRef"), malformed],
    ["AuthnContextClassRef missing", without("AuthnContextClassRef"), malformed],
    ["old urn class", swap("https://www.spid.gov.it/SpidL2", "urn:oasis:names:tc:SAML:2.0:ac:classes:SpidL2"), tooWeak],
    ["AttributeStatement without Attribute", empty("AttributeStatement"), malformed],
    ["Attribute without value", swap(element("AttributeValue"), ""), malformed],
    ["AttributeStatement missing", without("AttributeStatement"), noFiscalCode],
    ["Attribute repeated", swap('Name="email"', 'Name="name"'), malformed],
    ["name empty", swap(">Niccolò<", "> <"), malformed],
    ["fiscalNumber missing", swap('Name="fiscalNumber"', 'Name="other"'), noFiscalCode],
    ["fiscalNumber empty", swap("TINIT-RSSMRA80A01H501U", ""), noFiscalCode],
    ["fiscalNumber of another country", swap("TINIT-RSSMRA80A01H501U", "TINDE-RSSMRA80A01H501U"), noFiscalCode],
    ["fiscalNumber with a wrong check character", swap("H501U", "H501V"), noFiscalCode],
    ["fiscalNumber that is a VAT number", swap("TINIT-RSSMRA80A01H501U", "TINIT-12345678903"), noFiscalCode],
    ["markup inside fiscalNumber", swap("TINIT-RSSMRA80A01H501U", "TINIT-RSSMRA80A01H501U<saml:X/>"), noFiscalCode],
  ];
  it.each(of("assertion", rows))("%s", (_name, assertion, problem) => {
    expect(judge({ assertion })).toMatchObject({ ok: false, problem });
    expect(judge({ assertion, signResponse: world.idpKeys })).toMatchObject({ ok: false, problem });
  });

  const once = ["Issuer", "Subject", "NameID", "SubjectConfirmation", "Conditions", "AudienceRestriction"];
  const onceMore = ["AuthnStatement", "AuthnContext", "AuthnContextClassRef", "AttributeStatement"];
  it.each([...once, ...onceMore])("two of %s", (name) => {
    const assertion: Edit = (xml) => xml.replace(element(name), (found) => found + found);
    expect(judge({ assertion })).toMatchObject({ ok: false, problem: malformed });
  });

  it(numbered("assertion", "ID empty or missing, even when only the Response's signature covers it"), () => {
    for (const id of ["", undefined]) {
      const story = { assertion: inTag(A, "ID", id), signAssertion: false as const, signResponse: world.idpKeys };
      expect(judge(story)).toMatchObject({ ok: false, problem: untrusted });
      // Signed before the ID is taken away.
      expect(judge({ tamper: inTag(A, "ID", id) })).toMatchObject({ ok: false, problem: untrusted });
    }
  });
});

describe("what must be accepted (§1.8)", () => {
  const rows: [string, Story][] = [
    ["a correct response", {}],
    ["Response signed too", { signResponse: "idp" as never }],
    ["signed with the provider's next key", { signAssertion: "next" as never }],
    ["Response Issuer Format omitted", { response: inTag("saml:Issuer", "Format", undefined) }],
    ["attributes without NameFormat", { assertion: (xml) => xml.replace(/ NameFormat="[^"]*"/g, "") }],
    ["IssueInstant with milliseconds", { assertion: inTag(A, "IssueInstant", "2026-11-23T10:00:30.123Z") }],
    ["IssueInstant with microseconds", { response: inTag(R, "IssueInstant", "2026-11-23T10:00:30.123456Z") }],
    [
      "IssueInstant equal to the request's",
      {
        assertion: inTag(A, "IssueInstant", "2026-11-23T10:00:00Z"),
        response: inTag(R, "IssueInstant", "2026-11-23T10:00:00Z"),
      },
    ],
    ["clocks 20 seconds apart", { assertion: inTag("saml:Conditions", "NotBefore", "2026-11-23T10:00:50Z") }],
    ["values padded with line ends", { assertion: swap("TINIT-RSSMRA80A01H501U", "\n   TINIT-rssmra80a01h501u\n  ") }],
    ["another set of attributes", { assertion: (xml) => xml.replace('Name="email"', 'Name="gender"') }],
    [
      "RSA-SHA512",
      {
        signing: {
          method: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
          digest: "http://www.w3.org/2001/04/xmlenc#sha512",
        },
      },
    ],
    ["an XML declaration", { tamper: (xml) => `<?xml version="1.0" encoding="UTF-8"?>\n${xml}` }],
    ["CIE: no Issuer Format, four attributes", { scheme: "cie", level: 3 }],
    [
      "CIE: Issuer Format all the same",
      {
        scheme: "cie",
        assertion: swap("<saml:Issuer>", '<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">'),
      },
    ],
  ];
  it.each(of("accepted", rows))("%s", (_name, story) => {
    const keys = (of: unknown) => (of === "idp" ? world.idpKeys : of === "next" ? world.nextIdpKeys : undefined);
    const verdict = judge({
      ...story,
      signAssertion: keys(story.signAssertion),
      signResponse: keys(story.signResponse),
    });
    expect(verdict).toMatchObject({ ok: true });
    expect(verdict).toMatchObject({ identity: { fiscalCode: "RSSMRA80A01H501U", givenName: "Niccolò" } });
  });

  it("lines of 76 letters in the base64", () => {
    const samlResponse = makeResponse({ world }).replace(/.{76}/g, "$&\r\n");
    const verdict = verifyResponse({ samlResponse, request, identityProvider: world.spid, sp: world.sp, now });
    expect(verdict).toMatchObject({ ok: true });
  });

  it("tells all it verified", () => {
    const verdict = judge({ level: 1 }, { level: 1 });
    expect(verdict).toEqual({
      ok: true,
      identity: {
        scheme: "spid",
        identityProvider: "https://idp.example.it",
        responseId: "_response1",
        assertionId: "_assertion1",
        assertionExpiresAt: new Date("2026-11-23T10:06:00Z"),
        level: 1,
        authenticatedAt: now,
        fiscalCode: "RSSMRA80A01H501U",
        givenName: "Niccolò",
        familyName: "D'Àvila",
        dateOfBirth: "1980-01-01",
        email: "n.davila@example.it",
        spidCode: "PROV1234567890",
        sessionIndex: "_session1",
        nameId: "_transient1",
        nameQualifier: "https://idp.example.it",
      },
    });
    expect(verdict.ok && isVerifiedIdentity(verdict.identity)).toBe(true);
    expect(verdict.ok && isVerifiedIdentity({ ...verdict.identity, fiscalCode: "X" })).toBe(false);
  });
});

it("only the verifier makes a verified identity: anything else does not compile", () => {
  const { identity } = judge({}) as { identity: VerifiedIdentity };
  const plain = JSON.parse(JSON.stringify(identity)) as {
    [Key in Exclude<keyof VerifiedIdentity, symbol>]: VerifiedIdentity[Key];
  };
  // @ts-expect-error the brand is missing
  const forged: VerifiedIdentity = plain;
  expect(isVerifiedIdentity(forged)).toBe(false);
  expect(Object.isFrozen(identity)).toBe(true);
});

describe("levels: at least what was asked", () => {
  const rows = ([1, 2, 3] as const).flatMap((asked) => ([1, 2, 3] as const).map((given) => [given, asked] as const));
  it.each(rows)(numbered("levels", "L%i given, L%i asked"), (given, asked) => {
    const verdict = judge({ level: given }, { level: asked });
    expect(verdict.ok).toBe(given >= asked);
    if (!verdict.ok) expect(verdict.problem).toBe(tooWeak);
  });
});

describe("refusals of the provider (§1.5)", () => {
  const refusal = (message: string) =>
    replaceStatus(
      `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/></samlp:StatusCode><samlp:StatusMessage>${message}</samlp:StatusMessage></samlp:Status>`,
    );
  it.each([8, 9, 11, 19, 20, 21, 22, 23, 25, 30])(numbered("errors", "nr%i, unsigned and signed"), (number) => {
    const edit: Edit = each([refusal(`ErrorCode nr${String(number).padStart(2, "0")}`), swap("{{assertion}}", "")]);
    const expected = { ok: false, problem: providerError, statusCode: number };
    expect(judge({ response: edit })).toMatchObject({ ...expected, signed: false });
    expect(judge({ response: edit, signResponse: world.idpKeys })).toMatchObject({ ...expected, signed: true });
  });

  it.each([
    "",
    "ErrorCode nr",
    "ErrorCode nr99",
    "ErrorCode nr1",
    "nr25 ErrorCode nr19",
    "<b xmlns='urn:x'>ErrorCode nr25</b>",
  ])("a message that is not of the table has no number: %s", (message) => {
    const verdict = judge({ response: each([refusal(message), swap("{{assertion}}", "")]) });
    expect(verdict).toMatchObject({ ok: false, problem: providerError });
    expect(verdict).not.toHaveProperty("statusCode");
  });

  it("a refusal with a perfect assertion inside is still a refusal", () => {
    expect(judge({ response: refusal("ErrorCode nr25") })).toMatchObject({ ok: false, problem: providerError });
  });

  it("a refusal with a false signature is not the provider's", () => {
    const response = each([refusal("ErrorCode nr25"), swap("{{assertion}}", "")]);
    expect(judge({ response, signResponse: world.strangerKeys })).toMatchObject({ problem: untrusted, signed: false });
  });
});

describe("before anything is verified", () => {
  it("peeks at what names the pending request, and says it is unverified", () => {
    expect(peekResponse(makeResponse({ world, signAssertion: false }))).toMatchObject({
      ok: true,
      unverified: { inResponseTo: request.id, responseId: "_response1", issuer: "https://idp.example.it" },
    });
    expect(peekResponse("%%%")).toMatchObject({ ok: false, problem: malformed });
    expect(peekResponse(makeResponse({ world, response: inTag(R, "InResponseTo", undefined) }))).toMatchObject({
      ok: false,
      problem: unexpected,
    });
  });

  it("judges what the peek opened as it judges the text", () => {
    for (const samlResponse of [
      makeResponse({ world, signResponse: world.idpKeys }),
      makeResponse({ world, signAssertion: world.strangerKeys }),
    ]) {
      const given = { request, identityProvider: world.spid, sp: world.sp, now };
      const peeked = peekResponse(samlResponse);
      const opened = peeked.ok ? peeked.opened : "";
      expect(verifyResponse({ ...given, samlResponse: opened })).toEqual(verifyResponse({ ...given, samlResponse }));
    }
  });

  it("RelayState that came back different", () => {
    const given = { samlResponse: makeResponse({ world }), request, identityProvider: world.spid, sp: world.sp, now };
    expect(verifyResponse({ ...given, relayState: "other" })).toMatchObject({ problem: unexpected });
    expect(verifyResponse({ ...given, relayState: request.relayState })).toMatchObject({ ok: true });
  });

  it.each([
    ["empty", ""],
    ["not base64", "<samlp:Response/>"],
    ["url-safe base64", "_-_-"],
    ["spaces inside", "AAAA AAAA"],
    ["padding in the middle", "AA==AAAA"],
    ["bits beyond the padding", "AB=="],
    ["not UTF-8", Buffer.from([0xff, 0xfe, 0x3c]).toString("base64")],
    ["more than 256 KiB", Buffer.from("<a/>".padEnd(262_145)).toString("base64")],
  ])("%s", (_name, samlResponse) => {
    const verdict = verifyResponse({ samlResponse, request, identityProvider: world.spid, sp: world.sp, now });
    expect(verdict).toMatchObject({ ok: false, problem: malformed });
  });
});

it("every row of the table that is judged here was tried", () => {
  expect(untried("response", "assertion", "accepted", "levels", "errors")).toEqual([]);
});
