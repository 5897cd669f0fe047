import { beforeAll, describe, expect, it, vi } from "vitest";
import { parseIdentityProviderMetadata, peekResponse, verifyResponse } from "./index.ts";
import { hostileShapes } from "./testing/hostile-shapes.ts";
import { encode, makeResponse, makeWorld, now, request, type World } from "./testing/response-maker.ts";
import { guardXml, metadataBounds, responseBounds } from "./xml-guard.ts";

// Documents of 8 MiB, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

describe("hostile documents are refused before any parser sees them, in constant memory", () => {
  it.each(hostileShapes)("%s", (_name, shape) => {
    for (const [bounds, size] of [
      [responseBounds, responseBounds.characters],
      [metadataBounds, metadataBounds.characters],
    ] as const) {
      const xml = shape(size).slice(0, size);
      const before = process.memoryUsage().heapUsed;
      const started = performance.now();
      // A crowd of siblings is legal in an aggregate up to its bound; everything else is not.
      expect(guardXml(xml, bounds).ok).toBe(false);
      expect(performance.now() - started).toBeLessThan(4_000);
      // Well below one copy of the document's tree; garbage of one pass included.
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(Math.max(8_000_000, size * 5));
    }
    const samlResponse = encode(shape(200_000));
    const verdict = verifyResponse({ samlResponse, request, identityProvider: world.spid, sp: world.sp, now });
    expect(verdict).toMatchObject({ ok: false, problem: "login-response-malformed" });
    expect(peekResponse(samlResponse)).toMatchObject({ ok: false });
    expect(() => parseIdentityProviderMetadata(shape(200_000), { now })).toThrow();
  });

  it("a valid response inside a hostile wrapping", () => {
    const xml = Buffer.from(makeResponse({ world }), "base64").toString("utf8");
    const deep = xml.replace(
      "<samlp:Status>",
      () => `<samlp:Extensions>${"<samlp:a>".repeat(40)}${"</samlp:a>".repeat(40)}</samlp:Extensions><samlp:Status>`,
    );
    expect(peekResponse(encode(deep))).toMatchObject({ ok: false, detail: "nested too deep" });
  });

  it("what passes the bounds is cheap to refuse", () => {
    const xml = Buffer.from(makeResponse({ world, signResponse: world.idpKeys }), "base64").toString("utf8");
    const names = Array.from({ length: 9 }, (_, n) => n);
    const open = Array.from({ length: 18 }, (_, depth) => {
      const declared = names.map((n) => `xmlns:p${depth}-${n}="urn:x" p${depth}-${n}:a${n}="1"`).join(" ");
      return `<samlp:a ${declared}>`;
    }).join("");
    const crowd = '<samlp:b p0-0:c="1" p1-1:d="2"/>'.repeat(750);
    const fillings = [
      open + crowd + "</samlp:a>".repeat(18),
      `<samlp:b>${"a &amp; ".repeat(20_000)}</samlp:b>`,
      `<samlp:b c="${"&#65;".repeat(30_000)}"/>`,
      `<samlp:b>${"\n".repeat(150_000)}</samlp:b>`,
    ];
    for (const filling of fillings) {
      const padded = xml.replace(
        "<samlp:Status>",
        () => `<samlp:Extensions>${filling}</samlp:Extensions><samlp:Status>`,
      );
      const started = performance.now();
      const given = { samlResponse: encode(padded), request, identityProvider: world.spid, sp: world.sp, now };
      expect(verifyResponse(given)).toMatchObject({ detail: "Response signature: digest does not match" });
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });

  it("prototype names are only names", () => {
    for (const name of ["__proto__", "constructor", "hasOwnProperty", "length"]) {
      const xml = Buffer.from(makeResponse({ world }), "base64")
        .toString("utf8")
        .replace("<samlp:Status>", `<samlp:Status ${name}="1">`);
      const verdict = verifyResponse({
        samlResponse: encode(xml),
        request,
        identityProvider: world.spid,
        sp: world.sp,
        now,
      });
      if (verdict.ok) expect(verdict.identity.fiscalCode).toBe("RSSMRA80A01H501U");
    }
    expect({}).not.toHaveProperty("1");
  });
});

describe("the guard's grammar", () => {
  const plain = (body: string) => guardXml(`<a xmlns="urn:x" xmlns:p="urn:p">${body}</a>`, responseBounds).ok;
  it.each(["", "text", "<b/>", "<b c='d'/>", '<p:b p:c="&lt;\'" />', "&#65;&#x1F600;", '<b\n c = "d"\n>e</b >', "è"])(
    "passes %j",
    (body) => {
      expect(plain(body)).toBe(true);
    },
  );
  it.each([
    "<b>",
    "</b>",
    "<b></c>",
    "<b c=d/>",
    "<b c/>",
    '<b c="1" c="2"/>',
    '<b p:c="1" q:c="2" xmlns:q="urn:p"/>',
    "<q:b/>",
    '<b q:c="1"/>',
    "<b c='<'/>",
    "&nbsp;",
    "&#0;",
    "&#xD800;",
    "&#1114112;",
    "&#x85;",
    "&",
    "]]>",
    "<![CDATA[x]]>",
    "<!-- -->",
    "<?x?>",
    "\u0001",
    "\u0085",
    "\u2028",
    "\ufffe",
    "< b/>",
    "<b:c:d/>",
    "<è/>",
    '<b c="1"d="2"/>',
    '<b xmlns=""/>',
    '<b xmlns:p="urn:other"/>',
    '<b xmlns:xml="urn:x"/>',
    "<xmlns:b/>",
    "<xml:b/>",
    '<b xmlnsa="1"/>',
    '<b xmlns:c="&quot;"/>',
    "<b / >",
    "<b/ >",
    '<b xmlns:c="urn:1" xmlns:c="urn:1"/>',
  ])("refuses %j", (body) => {
    expect(plain(body)).toBe(false);
  });
  it("speaks of one root and of nothing outside it", () => {
    for (const xml of [
      "",
      " ",
      "x",
      '<a xmlns="u"/>x',
      'x<a xmlns="u"/>',
      '<a xmlns="u"/><a xmlns="u"/>',
      "<a/>",
      '\ufeff<a xmlns="u"/>',
    ])
      expect(guardXml(xml, responseBounds).ok).toBe(false);
    expect(guardXml('<?xml version="1.0" encoding="UTF-8"?>\n<a xmlns="u"/>\n', responseBounds)).toEqual({
      ok: true,
      xml: '\n<a xmlns="u"/>\n',
    });
    expect(guardXml('<?xml version="1.0" encoding="UTF-16"?><a xmlns="u"/>', responseBounds).ok).toBe(false);
    expect(guardXml('<?xml version="1.1"?><a xmlns="u"/>', responseBounds).ok).toBe(false);
  });
});
