import { DOMParser, XMLSerializer } from "@xmldom/xmldom";
import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { ExclusiveCanonicalization } from "xml-crypto";
import { verifyResponse } from "./index.ts";
import { ns } from "./names.ts";
import { openResponse } from "./open-response.ts";
import { makeResponse, makeWorld, now, request, type World } from "./testing/response-maker.ts";
import { responseBounds } from "./xml-guard.ts";
import { keyOfCertificate, libraryVerdict, repeatedId, verifyEnveloped } from "./xml-signature.ts";

// Hundreds of verifications a test, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

/**
 * Whatever happens to a valid response on its way, it is either refused or means exactly what was signed. "Exactly"
 * is judged apart from the verifier: same canonical bytes of every signed element, same identity.
 */
let world: World;
let originals: { xml: string; isResponseSigned: boolean }[];
beforeAll(async () => {
  world = await makeWorld();
  originals = [false, true].map((isResponseSigned) => ({
    isResponseSigned,
    xml: Buffer.from(
      makeResponse({ world, ...(isResponseSigned ? { signResponse: world.idpKeys } : {}) }),
      "base64",
    ).toString("utf8"),
  }));
});

const quiet = { warning: () => {}, error: () => {}, fatalError: () => {} };
const parse = (xml: string) => new DOMParser({ errorHandler: quiet }).parseFromString(xml, "text/xml");
const verify = (samlResponse: string) =>
  verifyResponse({ samlResponse, request, identityProvider: world.spid, sp: world.sp, now });

/** What the signer of that element signed: its canonical form without its own signature. */
function signedBytes(xml: string, localName: string): string {
  const found = parse(xml).getElementsByTagNameNS("*", localName)[0];
  if (!found) throw new Error(`no ${localName}`);
  for (const child of Array.from(found.childNodes)) {
    if ((child as Element).localName === "Signature" && (child as Element).namespaceURI === ns.signature)
      found.removeChild(child);
  }
  return new ExclusiveCanonicalization().process(found, {});
}

/**
 * Our verdict on a signature and the library's own, which searches the document by itself: on whatever has the allowed
 * shape they agree, and on the same bytes.
 */
let compared = { agreed: 0, good: 0 };
function mustAgreeWithTheLibrary(samlResponse: string): void {
  let opened: ReturnType<typeof openResponse>;
  try {
    opened = openResponse(samlResponse);
  } catch {
    return;
  }
  const keys = world.spid.signingCertificates.map((pem) => keyOfCertificate(pem)!);
  for (const signature of Array.from(opened.root.getElementsByTagNameNS(ns.signature, "Signature"))) {
    const signed = signature.parentNode as Element;
    const ours = verifyEnveloped(opened.xml, signed, signature, world.spid.signingCertificates, responseBounds);
    // What the shape already forbids never comes to be verified; an ID twice is refused before (§1.7, step 7).
    const judged = ours.ok || ours.reason === "digest does not match" || ours.reason === "value does not verify";
    if (!judged || repeatedId(opened.root) !== undefined) continue;
    let theirs: ReturnType<typeof libraryVerdict>;
    try {
      theirs = libraryVerdict(opened.xml, signature, keys);
    } catch (error) {
      theirs = { ok: false, reason: String(error) };
    }
    expect(theirs.ok ? theirs.canonical : "refused").toBe(ours.ok ? ours.canonical : "refused");
    compared = { agreed: compared.agreed + 1, good: compared.good + (ours.ok ? 1 : 0) };
  }
}

function mustBeRefusedOrMeanTheSame(original: (typeof originals)[number], samlResponse: string): "refused" | "same" {
  mustAgreeWithTheLibrary(samlResponse);
  const verdict = verify(samlResponse);
  if (!verdict.ok) return "refused";
  const changed = Buffer.from(samlResponse, "base64").toString("utf8");
  expect(signedBytes(changed, "Assertion")).toBe(signedBytes(original.xml, "Assertion"));
  if (original.isResponseSigned) expect(signedBytes(changed, "Response")).toBe(signedBytes(original.xml, "Response"));
  const first = verify(Buffer.from(original.xml).toString("base64"));
  const { responseId: _unsigned, ...identity } = verdict.identity;
  expect(first).toMatchObject({ ok: true, identity });
  if (original.isResponseSigned) expect(first).toEqual(verdict);
  return "same";
}

const which = fc.boolean().map((isResponseSigned) => () => originals[isResponseSigned ? 1 : 0]!);
const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const at = <T>(list: ArrayLike<T>, place: number): T => list[Math.floor(place * list.length)]!;
const runs = { numRuns: 350 };

function changeText(change: (xml: string, place: number, extra: string) => string, extra: fc.Arbitrary<string>): void {
  fc.assert(
    fc.property(which, fraction, extra, (original, place, text) => {
      mustBeRefusedOrMeanTheSame(original(), Buffer.from(change(original().xml, place, text)).toString("base64"));
    }),
    runs,
  );
}

function changeTree(change: (elements: Element[], place: number, other: number, text: string) => void): void {
  fc.assert(
    fc.property(which, fraction, fraction, nasty, (original, place, other, text) => {
      const document = parse(original().xml);
      const elements = Array.from(document.getElementsByTagName("*"));
      change(elements, place, other, text);
      const xml = new XMLSerializer().serializeToString(document);
      mustBeRefusedOrMeanTheSame(original(), Buffer.from(xml).toString("base64"));
    }),
    runs,
  );
}

const nasty = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\n",
    "\u0085",
    "\u2028",
    "\r\n",
    "&#13;",
    "&#x2028;",
    "&amp;",
    "&#0;",
    "&x;",
    "<!-- -->",
    "<!---->",
    "<?x y?>",
    "<![CDATA[a]]>",
    '<!DOCTYPE a [<!ENTITY x "y">]>',
    "<saml:Assertion/>",
    "</saml:Assertion>",
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>',
    ' ID="_assertion1"',
    ' xmlns=""',
    ' xmlns:saml="urn:x"',
    ' xml:lang="it"',
    ' xmlnsa="b"',
    "_response1",
    "_assertion1",
    "#_assertion1",
    "MRTMTT25D09F205Z",
    "TINIT-",
    "https://www.spid.gov.it/SpidL3",
    "2026-11-23T10:00:40Z",
    "=",
    '"',
    ">",
    "/>",
    "__proto__",
  ),
  fc.string({ unit: "binary", maxLength: 6 }),
);

describe("a valid response changed at random", () => {
  it("one byte of the XML changed", () => {
    fc.assert(
      fc.property(which, fraction, fc.integer({ min: 1, max: 255 }), (original, place, flip) => {
        const bytes = Buffer.from(original().xml);
        const index = Math.floor(place * bytes.length);
        bytes[index] = bytes[index]! ^ flip;
        mustBeRefusedOrMeanTheSame(original(), bytes.toString("base64"));
      }),
      { numRuns: 1_000 },
    );
  });

  it("one letter of the base64 changed", () => {
    fc.assert(
      fc.property(which, fraction, fc.constantFrom(..."AZaz09+/= -_\n"), (original, place, letter) => {
        const text = Buffer.from(original().xml).toString("base64");
        const index = Math.floor(place * text.length);
        mustBeRefusedOrMeanTheSame(original(), text.slice(0, index) + letter + text.slice(index + 1));
      }),
      runs,
    );
  });

  it("something inserted anywhere", () => {
    changeText((xml, place, text) => {
      const index = Math.floor(place * xml.length);
      return xml.slice(0, index) + text + xml.slice(index);
    }, nasty);
  });

  it("something inserted inside a text or a value", () => {
    changeText((xml, place, text) => {
      const spots = [...xml.matchAll(/>[^<]|="[^"]/g)].map((match) => match.index + match[0].length);
      const index = at(spots, place);
      return xml.slice(0, index) + text + xml.slice(index);
    }, nasty);
  });

  it("a piece cut out", () => {
    changeText(
      (xml, place, text) => {
        const index = Math.floor(place * xml.length);
        return xml.slice(0, index) + xml.slice(index + 1 + text.length * 7);
      },
      fc.string({ maxLength: 60 }),
    );
  });

  it("an element taken away", () => {
    changeTree((elements, place) => {
      const element = at(elements, place);
      element.parentNode?.removeChild(element);
    });
  });

  it("an element copied or moved elsewhere", () => {
    changeTree((elements, place, other, text) => {
      const element = at(elements, place);
      const parent = at(elements, other);
      const moved = text.length % 2 === 0 ? (element.cloneNode(true) as Element) : element;
      for (let above: Node | null = parent; above; above = above.parentNode) if (above === moved) return;
      parent.insertBefore(moved, text.length % 3 === 0 ? parent.firstChild : null);
    });
  });

  it("an attribute changed, added or taken away", () => {
    changeTree((elements, place, other, text) => {
      const element = at(elements, place);
      const attribute = element.attributes.length > 0 ? at(element.attributes, other) : undefined;
      if (!attribute || text.length % 4 === 1) element.setAttribute("ID", text);
      else if (text.length % 4 === 2) element.removeAttribute(attribute.name);
      else attribute.value = text;
    });
  });

  it("changes that mean nothing are let in: the property is not true for want of trying", () => {
    const harmless: ((xml: string) => string)[] = [
      (xml) => xml.replace("<saml:Subject>", "<saml:Subject >"),
      (xml) => xml.replace(/ID="_assertion1" Version="2.0"/, "Version='2.0'  ID='_assertion1'"),
      (xml) => xml.replace(/<ds:X509Certificate>[^<]*/g, "<ds:X509Certificate>"),
      (xml) => xml.replace("RSSMRA", "&#82;SSMRA"),
    ];
    for (const original of originals) {
      for (const change of original.isResponseSigned ? harmless.filter((_, index) => index !== 2) : harmless)
        expect(mustBeRefusedOrMeanTheSame(original, Buffer.from(change(original.xml)).toString("base64"))).toBe("same");
    }
  });

  it("and our verdict was the library's, on hundreds of signatures good and bad", () => {
    expect(compared.agreed).toBeGreaterThan(300);
    expect(compared.good).toBeGreaterThan(50);
    expect(compared.agreed - compared.good).toBeGreaterThan(50);
  });
});
