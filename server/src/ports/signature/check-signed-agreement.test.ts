import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import {
  openTestAuthority,
  type Signer,
  signCades,
  signPades,
  type TestAuthority,
  untrustedSigner,
} from "@area/dev-signing-desk/src/index";
import { PDFDocument, PDFName } from "@cantoo/pdf-lib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeDocument } from "../documents/index.ts";
import { checkSignedAgreement, loadTrustList, type SignedAgreementReport, type TrustList } from "./index.ts";

const mayor = { givenName: "Mario", familyName: "Rossi", fiscalCode: "RSSMRA80A01H501U" };
const secretary = { givenName: "Anna", familyName: "Bianchi", fiscalCode: "BNCNNA85T50F205A" };
const day = 24 * 3600 * 1000;

let dir: string;
let authority: TestAuthority;
let trust: TrustList;
let rsa: Signer;
let ec: Signer;
let other: Signer;
let agreement: Uint8Array;

const makePdf = async (text: string): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create();
  pdf.addPage([595, 842]).drawText(text);
  pdf.addPage([595, 842]).drawText("Pagina due");
  return pdf.save({ useObjectStreams: false });
};

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "signature-"));
  authority = await openTestAuthority(dir);
  trust = loadTrustList(authority.trustListPem());
  [rsa, ec, other, agreement] = await Promise.all([
    authority.issue(mayor),
    authority.issue({ ...mayor, key: "ec" }),
    authority.issue({ ...secretary, key: "ec" }),
    makePdf("Accordo di adesione"),
  ]);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const issuedOf = (bytes: Uint8Array, withBytes = true) => ({
  ...(withBytes ? { bytes } : {}),
  sha256: createHash("sha256").update(bytes).digest("hex"),
  length: bytes.length,
});
const check = (file: Uint8Array, changes: Partial<Parameters<typeof checkSignedAgreement>[0]> = {}) =>
  checkSignedAgreement({
    file,
    issued: issuedOf(agreement),
    expectedSigner: { fiscalCode: mayor.fiscalCode },
    trust,
    now: new Date(),
    ...changes,
  });
const problemsOf = (report: SignedAgreementReport) =>
  Object.fromEntries(report.checks.flatMap(({ code, problem }) => (problem ? [[code, problem]] : [])));
const outcomesOf = (report: SignedAgreementReport) => report.checks.map(({ outcome }) => outcome);
const allPassed = Array(6).fill("passed");

const openssl = (...args: string[]) =>
  execFileSync("openssl", args, { cwd: dir, stdio: ["ignore", "pipe", "ignore"], maxBuffer: 64 << 20 });
const opensslSign = async (signer: Signer, ...options: string[]): Promise<Uint8Array> => {
  await Promise.all([
    writeFile(join(dir, "in.pdf"), agreement),
    writeFile(join(dir, "cert.pem"), signer.certificatePem),
    writeFile(join(dir, "chain.pem"), signer.chainPem),
    writeFile(join(dir, "key.pem"), signer.privateKeyPem),
  ]);
  const given = ["-in", "in.pdf", "-signer", "cert.pem", "-inkey", "key.pem", "-certfile", "chain.pem", "-out", "out"];
  openssl("cms", "-sign", "-cades", "-binary", "-md", "sha256", ...given, ...options);
  return new Uint8Array(await readFile(join(dir, "out")));
};

describe("an agreement signed as asked is accepted", () => {
  test("CAdES and PAdES, RSA and EC", async () => {
    for (const signer of [rsa, ec]) {
      const cades = await check(signCades(agreement, signer, { signingTime: new Date("2026-11-20T10:42:00Z") }));
      expect(problemsOf(cades)).toEqual({});
      expect(cades).toMatchObject({ form: "CAdES", accepted: true });
      expect(outcomesOf(cades)).toEqual(allPassed);
      expect(cades.signers[0]).toMatchObject({
        name: "Mario Rossi",
        maskedFiscalCode: "RSSMRA••••••••••",
        signedAt: "2026-11-20T10:42:00.000Z",
        issuer: "DEV Firma di prova - Emissione",
      });
      const pades = await check(await signPades(agreement, signer, { signingTime: new Date("2026-11-20T10:42:00Z") }));
      expect(problemsOf(pades)).toEqual({});
      expect(pades).toMatchObject({ form: "PAdES", accepted: true });
      expect(pades.signers[0]?.signedAt).toBe("2026-11-20T10:42:00.000Z");
    }
  });

  test("the file's own digest and the six checks are reported, in order", async () => {
    const file = signCades(agreement, rsa);
    const report = await check(file);
    expect(report.sha256).toBe(createHash("sha256").update(file).digest("hex"));
    expect(report.checks.map(({ code }) => code)).toEqual([
      "form",
      "integrity",
      "document",
      "trust",
      "validity",
      "signer",
    ]);
    expect(report.checks[3]?.facts).toEqual({ issuer: "DEV Firma di prova - Emissione", declaresQualified: "yes" });
  });

  test("knowing only digest and length of what was issued", async () => {
    const issued = issuedOf(agreement, false);
    expect((await check(signCades(agreement, rsa), { issued })).accepted).toBe(true);
    expect((await check(await signPades(agreement, ec), { issued })).accepted).toBe(true);
  });

  test.each([
    ["DER", ["-nodetach", "-outform", "DER"]],
    ["BER, streamed in pieces", ["-nodetach", "-stream", "-outform", "DER"]],
    ["PEM", ["-nodetach", "-outform", "PEM"]],
    ["DER, by key identifier", ["-nodetach", "-keyid", "-outform", "DER"]],
  ])("made by openssl: %s", async (_, options) => {
    for (const signer of [rsa, ec]) {
      const report = await check(await opensslSign(signer, ...options));
      expect(problemsOf(report)).toEqual({});
      expect(report.accepted).toBe(true);
    }
  });

  test("made by openssl with RSA-PSS", async () => {
    const pss = ["-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:32"];
    const report = await check(await opensslSign(rsa, "-nodetach", "-outform", "DER", ...pss));
    expect(problemsOf(report)).toEqual({});
    expect(report.accepted).toBe(true);
  });

  test("in base64, as mail programs leave it", async () => {
    const base64 = Buffer.from(signCades(agreement, ec)).toString("base64");
    expect((await check(Buffer.from(base64.replace(/.{64}/g, "$&\r\n")))).accepted).toBe(true);
    expect((await check(Buffer.from(`${base64.slice(0, -3)}!!!`))).accepted).toBe(false);
  });

  test("signed by two people, side by side or one after the other", async () => {
    const parallel = await check(signCades(agreement, [other, rsa]));
    expect(problemsOf(parallel)).toEqual({});
    expect(parallel.signers.map(({ name }) => name).sort()).toEqual(["Anna Bianchi", "Mario Rossi"]);
    for (const [inner, outer] of [
      [rsa, other],
      [other, rsa],
    ] as const) {
      const nested = await check(signCades(signCades(agreement, inner), outer));
      expect(problemsOf(nested)).toEqual({});
      expect(nested.signers).toHaveLength(2);
      const pdf = await check(await signPades(await signPades(agreement, inner), outer));
      expect(problemsOf(pdf)).toEqual({});
      expect(pdf.signers).toHaveLength(2);
    }
  });

  test("by the same person under a code with letters for digits, or the older way of writing it", async () => {
    const twin = await authority.issue({ ...mayor, key: "ec", serialNumber: "TINIT-rssmra80a01h50mp" });
    expect((await check(signCades(agreement, twin))).accepted).toBe(true);
    const older = await authority.issue({ ...mayor, key: "ec", serialNumber: "IT:RSSMRA80A01H501U" });
    expect((await check(signCades(agreement, older))).accepted).toBe(true);
  });

  test("a document as the portal writes them", async () => {
    const bytes = await writeDocument({
      language: "it",
      title: "Accordo",
      subject: "Adesione",
      createdAt: new Date("2026-11-23T09:30:00Z"),
      reference: "AR-1",
      blocks: [{ kind: "heading", level: 1, text: "Accordo" }],
      attachment: { name: "a.json", mediaType: "application/json", bytes: Buffer.from("{}"), description: "Dati" },
    });
    const signed = await signPades(await signPades(bytes, rsa), other);
    expect(problemsOf(await check(signed, { issued: issuedOf(bytes) }))).toEqual({});
  });

  test("a trust list of issuing authorities does as well as one of roots", async () => {
    const issuing = loadTrustList(rsa.chainPem);
    expect((await check(signCades(agreement, rsa), { trust: issuing })).accepted).toBe(true);
  });
});

describe("what is not the signature asked for is refused, saying why", () => {
  test("an empty file, noise, and a file of something else: not-a-signature", async () => {
    for (const file of [new Uint8Array(), randomBytes(5000), Buffer.from("Ciao"), Buffer.from([0x30])]) {
      const report = await check(file);
      expect(problemsOf(report)).toEqual({ form: "not-a-signature" });
      expect(report).toMatchObject({ form: null, accepted: false, signers: [] });
    }
  });

  test("the agreement itself, never signed: not-a-signature, yet the right document", async () => {
    const report = await check(agreement);
    expect(problemsOf(report)).toEqual({ form: "not-a-signature" });
    expect(report.checks[0]?.facts).toEqual({ reason: "pdf-without-signature" });
    expect(report.checks[2]?.outcome).toBe("passed");
    expect(problemsOf(await check(await makePdf("Altro")))).toEqual({
      form: "not-a-signature",
      document: "signature-of-another-document",
    });
  });

  test("a good signature on another document: signature-of-another-document", async () => {
    const letter = await makePdf("Un’altra cosa");
    for (const file of [signCades(letter, rsa), await signPades(letter, rsa)]) {
      const report = await check(file);
      expect(problemsOf(report)).toEqual({ document: "signature-of-another-document" });
      expect(report.checks[2]?.facts?.difference).toBe("other-document");
      expect(outcomesOf(report).filter((outcome) => outcome === "passed")).toHaveLength(5);
    }
  });

  test("text drawn on the agreement before it was signed: to review, saying on which page", async () => {
    const pdf = await PDFDocument.load(agreement, { updateMetadata: false, forIncrementalUpdate: true });
    pdf.getPage(0).drawText("Prot. 1234/2026");
    const stamped = await pdf.commit({ useObjectStreams: false });
    expect(Buffer.from(stamped.subarray(0, agreement.length)).equals(agreement)).toBe(true);
    for (const file of [signCades(stamped, rsa), await signPades(stamped, rsa)]) {
      const report = await check(file);
      expect(problemsOf(report)).toEqual({ document: "signed-copy-to-review" });
      expect(report.checks[2]).toMatchObject({ outcome: "to-review", facts: { changed: "content", pages: "1" } });
      expect(report.accepted).toBe(false);
    }
  });

  test("an added page, or a note over the text, slipped in with the signature: to review", async () => {
    const edits: [string, (pdf: PDFDocument) => void][] = [
      ["pages", (pdf) => pdf.addPage()],
      [
        "annotations",
        (pdf) => pdf.getPage(1).node.set(PDFName.of("Annots"), pdf.context.obj([{ Subtype: "FreeText" }])),
      ],
    ];
    for (const [changed, edit] of edits) {
      const pdf = await PDFDocument.load(agreement, { updateMetadata: false, forIncrementalUpdate: true });
      edit(pdf);
      const report = await check(await signPades(await pdf.commit({ useObjectStreams: false }), rsa));
      expect(problemsOf(report)).toEqual({ document: "signed-copy-to-review" });
      expect(report.checks[2]?.facts?.changed).toBe(changed);
    }
  });

  test("a changed content: signature-altered, and another document too", async () => {
    const file = Uint8Array.from(signCades(agreement, rsa));
    const at = Buffer.from(file).indexOf("%PDF-") + 200;
    file[at] = (file[at] ?? 0) ^ 1;
    expect(problemsOf(await check(file))).toEqual({
      integrity: "signature-altered",
      document: "signature-of-another-document",
    });
  });

  test("somebody else signed: signer-not-legal-representative", async () => {
    const report = await check(signCades(agreement, other));
    expect(problemsOf(report)).toEqual({ signer: "signer-not-legal-representative" });
    expect(report.checks[5]?.facts).toEqual({
      expected: "RSSMRA••••••••••",
      actual: "BNCNNA••••••••••",
      name: "Anna Bianchi",
    });
  });

  test("no tax code in the certificate: signer-identity-missing", async () => {
    for (const serialNumber of [null, "VATIT-01234567890", "TINIT-RSSMRA"]) {
      const anonymous = await authority.issue({ ...mayor, key: "ec", serialNumber });
      expect(problemsOf(await check(signCades(agreement, anonymous)))).toEqual({ signer: "signer-identity-missing" });
    }
  });

  test("expired, and not valid yet", async () => {
    const expired = await authority.issue({
      ...mayor,
      key: "ec",
      notBefore: new Date(Date.now() - 400 * day),
      notAfter: new Date(Date.now() - day),
    });
    expect(problemsOf(await check(signCades(agreement, expired)))).toEqual({ validity: "signer-certificate-expired" });
    const early = await authority.issue({ ...mayor, key: "ec", notBefore: new Date(Date.now() + day) });
    const report = await check(signCades(agreement, early));
    expect(problemsOf(report)).toEqual({ validity: "signer-certificate-not-yet-valid" });
    expect(Object.keys(report.checks[4]?.facts ?? {})).toEqual(["notBefore", "notAfter"]);
  });

  test("a namesake authority nobody knows: signer-certificate-untrusted", async () => {
    const stranger = await untrustedSigner({ ...mayor, key: "ec" });
    for (const file of [signCades(agreement, stranger), await signPades(agreement, stranger)])
      expect(problemsOf(await check(file))).toEqual({ trust: "signer-certificate-untrusted" });
  });

  test("a certificate for access, not for signing: signer-certificate-not-for-signing", async () => {
    const access = await authority.issue({ ...mayor, key: "ec", keyUsage: ["digitalSignature"] });
    expect(problemsOf(await check(signCades(agreement, access)))).toEqual({
      validity: "signer-certificate-not-for-signing",
    });
  });

  test("SHA-1, a short key, a certificate not bound in: signature-weak-algorithm", async () => {
    const short = await authority.issue({ ...mayor, rsaBits: 1024 });
    const weak = { integrity: "signature-weak-algorithm" };
    expect(problemsOf(await check(signCades(agreement, rsa, { digest: "SHA-1" })))).toEqual(weak);
    expect(problemsOf(await check(signCades(agreement, short)))).toEqual(weak);
    expect(problemsOf(await check(signCades(agreement, rsa, { signingCertificate: "none" })))).toEqual(weak);
    expect((await check(signCades(agreement, rsa, { signingCertificate: "v1", digest: "SHA-512" }))).accepted).toBe(
      true,
    );
  });

  test("another certificate for the same key, swapped in: signature-altered", async () => {
    const swapped = { ...other, privateKey: rsa.privateKey };
    expect(problemsOf(await check(signCades(agreement, swapped)))).toMatchObject({ integrity: "signature-altered" });
  });

  test("the signature without the document: signature-content-missing, the rest told all the same", async () => {
    const report = await check(signCades(agreement, rsa, { detached: true }));
    expect(problemsOf(report)).toEqual({ form: "signature-content-missing" });
    expect(outcomesOf(report)).toEqual(["failed", "passed", "not-reached", "passed", "passed", "passed"]);
  });

  test("cut short: signed-file-truncated", async () => {
    const cades = signCades(agreement, rsa);
    const pades = await signPades(agreement, rsa);
    for (const file of [cades, pades])
      for (const part of [0.3, 0.6, 0.95]) {
        const report = await check(file.subarray(0, Math.floor(file.length * part)));
        expect(problemsOf(report)).toEqual({ form: "signed-file-truncated" });
        expect(report.accepted).toBe(false);
      }
    const streamed = await opensslSign(rsa, "-nodetach", "-stream", "-outform", "DER");
    expect(problemsOf(await check(streamed.subarray(0, -10)))).toEqual({ form: "signed-file-truncated" });
  });

  test("bytes after the last signature of a PDF: signature-incomplete-coverage", async () => {
    const pades = await signPades(agreement, rsa);
    const report = await check(Buffer.concat([pades, Buffer.from("\n% aggiunta\n%%EOF\n")]));
    expect(problemsOf(report)).toMatchObject({ integrity: "signature-incomplete-coverage" });
    const pdf = await PDFDocument.load(pades, { updateMetadata: false, forIncrementalUpdate: true });
    pdf.getPage(0).drawText("Aggiunto dopo");
    expect(problemsOf(await check(await pdf.commit({ useObjectStreams: false })))).toEqual({
      integrity: "signature-incomplete-coverage",
      document: "signed-copy-to-review",
    });
  });

  test("bytes after the end of a .p7m: signature-altered", async () => {
    const report = await check(Buffer.concat([signCades(agreement, rsa), Buffer.from("x")]));
    expect(problemsOf(report)).toEqual({ integrity: "signature-altered" });
  });

  test("one good signature does not save a bad one beside it", async () => {
    const stranger = await untrustedSigner({ ...secretary, key: "ec" });
    for (const file of [
      signCades(agreement, [rsa, stranger]),
      signCades(signCades(agreement, rsa), stranger),
      signCades(signCades(agreement, stranger), rsa),
      await signPades(await signPades(agreement, stranger), rsa),
    ])
      expect(problemsOf(await check(file))).toEqual({ trust: "signer-certificate-untrusted" });
  });

  test("more than five envelopes are not opened", async () => {
    const wrap = (times: number) => {
      let file = agreement;
      for (let i = 0; i < times; i++) file = signCades(file, ec);
      return file;
    };
    expect((await check(wrap(5))).accepted).toBe(true);
    expect(problemsOf(await check(wrap(6)))).toEqual({ form: "signature-nested-too-deep" });
  });

  test("several faults are all told at once", async () => {
    const stranger = await untrustedSigner({
      ...secretary,
      key: "ec",
      notBefore: new Date(Date.now() - 400 * day),
      notAfter: new Date(Date.now() - day),
    });
    expect(problemsOf(await check(signCades(await makePdf("Altro"), stranger)))).toEqual({
      document: "signature-of-another-document",
      trust: "signer-certificate-untrusted",
      validity: "signer-certificate-expired",
      signer: "signer-not-legal-representative",
    });
  });
});

describe("whatever is uploaded", () => {
  const flip = (file: Uint8Array, position: number, mask: number): Uint8Array => {
    const changed = Uint8Array.from(file);
    changed[position] = (changed[position] ?? 0) ^ mask;
    return changed;
  };

  test("one byte changed anywhere in a .p7m is refused", async () => {
    for (const signer of [rsa, ec]) {
      const file = signCades(agreement, signer);
      await fc.assert(
        fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (position, mask) => {
          expect((await check(flip(file, position, mask))).accepted).toBe(false);
        }),
        { numRuns: 200 },
      );
    }
    // Where no signature reaches: the envelope, the certificates, the signer's record. Every byte of them.
    const file = signCades(agreement, ec);
    const end = Buffer.from(file).indexOf("%%EOF") + 5;
    for (let position = 0; position < file.length; position++) {
      if (position > 60 && position < end) continue;
      const { accepted } = await check(flip(file, position, 1 << (position % 8)));
      expect(accepted, `byte ${position} of ${file.length}`).toBe(false);
    }
  }, 120_000);

  test("one byte changed anywhere in a signed PDF is refused", async () => {
    const file = await signPades(agreement, ec);
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (position, mask) => {
        expect((await check(flip(file, position, mask))).accepted).toBe(false);
      }),
      { numRuns: 400 },
    );
  }, 120_000);

  test("hostile bytes come back as a problem, never as an exception", async () => {
    const header = [0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
    const nested = Uint8Array.from([...header, ...Array.from({ length: 200_000 }, (_, i) => (i % 2 ? 0x80 : 0xa0))]);
    expect((await check(nested)).accepted).toBe(false);
    const deep = Buffer.from(`%PDF-1.7\n1 0 obj\n${"[".repeat(500_000)}\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF`);
    expect((await check(deep)).accepted).toBe(false);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (tail) => {
        for (const start of [Buffer.from(header), Buffer.from("%PDF-1.7\n"), Buffer.from("-----BEGIN CMS-----\n")]) {
          const report = await check(Buffer.concat([start, tail, Buffer.from("\n%%EOF")]));
          expect(report.accepted).toBe(false);
          expect(report.checks.some(({ problem }) => problem)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  test("a PDF that would unfold without end is not unfolded", async () => {
    const bomb = deflateSync(Buffer.alloc(200 << 20));
    for (const [type, data] of [
      ["/ObjStm", bomb],
      ["/Obj#53tm", bomb],
      ["/ObjStm", deflateSync(bomb)],
    ] as const) {
      const object = `\n90 0 obj\n<</Type ${type}/N 1/First 5/Filter/FlateDecode/Length ${data.length}>>\nstream\n`;
      const file = Buffer.concat([agreement, Buffer.from(object), data, Buffer.from("\nendstream\nendobj\n%%EOF\n")]);
      const before = performance.now();
      expect(problemsOf(await check(file))).toEqual({ form: "signature-altered" });
      expect(performance.now() - before).toBeLessThan(1500);
    }
    const crowd = Buffer.from(Array.from({ length: 20_000 }, (_, i) => `${i + 90} 0 obj\n<<>>\nendobj\n`).join(""));
    for (const added of [crowd, Buffer.from(`90 0 obj [${"<<>>".repeat(2_000_000)}] endobj\n`)])
      expect(problemsOf(await check(Buffer.concat([agreement, added, Buffer.from("%%EOF\n")])))).toEqual({
        form: "signature-altered",
      });
  });

  test("an update written with compressed objects, as some programs do, is read", async () => {
    const pdf = await PDFDocument.load(agreement, { updateMetadata: false, forIncrementalUpdate: true });
    pdf.context.register(pdf.context.obj({ Note: "niente" }));
    const updated = await pdf.commit({ useObjectStreams: true });
    expect(Buffer.from(updated).includes("ObjStm")).toBe(true);
    expect(problemsOf(await check(await signPades(updated, rsa)))).toEqual({});
  });

  test("two authorities that vouch for each other do not keep us busy for ever", async () => {
    const one = await untrustedSigner({ ...mayor, key: "ec" });
    const two = await untrustedSigner({ ...mayor, key: "ec" });
    const entangled = { ...one, chain: [...one.chain, ...two.chain, one.certificate, two.certificate] };
    expect(problemsOf(await check(signCades(agreement, entangled)))).toEqual({ trust: "signer-certificate-untrusted" });
  });

  test("10 MB: noise and a whole agreement stay within time and memory", async () => {
    const size = 10 * 1024 * 1024;
    const noise = randomBytes(size);
    expect(problemsOf(await check(noise))).toEqual({ form: "not-a-signature" });
    const pdf = await PDFDocument.create();
    pdf.addPage().drawText("Grande");
    await pdf.attach(noise.subarray(0, size - 100_000), "allegato.bin");
    const big = await pdf.save({ useObjectStreams: false });
    const issued = issuedOf(big);
    for (const file of [signCades(big, ec), await signPades(big, ec)]) {
      const before = process.memoryUsage().rss;
      const report = await check(file, { issued });
      expect(problemsOf(report)).toEqual({});
      expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(150);
    }
  }, 60_000);
});

test("a trust list without certificates is a mistake of ours, said at once", () => {
  expect(() => loadTrustList("nothing")).toThrow("no certificate");
});
