import { createHash, randomBytes, sign } from "node:crypto";
import {
  addToPdf,
  openTestAuthority,
  type Signer,
  signCades,
  signPades,
  stampPdf,
  type TestAuthority,
  timestamper,
  timestampPdf,
  untrustedSigner,
} from "@area/dev-signing-desk/src/index.ts";
import { PDFDocument, PDFName, type PDFRef, PDFString } from "@cantoo/pdf-lib";
import { writeDocument } from "../../documents/index.ts";
import type { SignatureProblem } from "../verdict.ts";
import { hiddenObjects } from "./hidden-objects.ts";

/*
 * Files as they come back, good and hostile, made afresh at each run: what each is, and the verdict it must get.
 */
type Code = "form" | "integrity" | "document" | "trust" | "validity" | "signer";
export interface Case {
  family: string;
  name: string;
  file: () => Promise<Uint8Array> | Uint8Array;
  /** Problems by check; none means accepted. */
  expect: Partial<Record<Code, SignatureProblem>>;
  /** Why openssl or pdfsig, which look at less, see no fault in the signature itself. */
  stricter?: string;
}

export const mayor = { givenName: "Mario", familyName: "Rossi", fiscalCode: "RSSMRA80A01H501U" };
export const secretary = { givenName: "Anna", familyName: "Bianchi", fiscalCode: "BNCNNA85T50F205A" };
export const issuedAt = new Date(Date.now() - 2 * 3_600_000);
const day = 24 * 3_600_000;
const hour = 3_600_000;
const ago = (ms: number) => new Date(Date.now() - ms);

const write = (title: string, createdAt: Date): Promise<Uint8Array> =>
  writeDocument({
    language: "it",
    title,
    subject: "Comune di Prova",
    createdAt,
    reference: "AR-1",
    blocks: [
      { kind: "heading", level: 1, text: title },
      ...Array.from({ length: 40 }, () => ({
        kind: "paragraph" as const,
        text: "Le parti convengono quanto segue. ".repeat(6),
      })),
    ],
    attachment: { name: "accordo.json", mediaType: "application/json", bytes: Buffer.from("{}"), description: "Dati" },
  });

const base64Of = (file: Uint8Array): Uint8Array =>
  Buffer.from(Buffer.from(file).toString("base64").replace(/.{64}/g, "$&\r\n"));
const pemOf = (file: Uint8Array): Uint8Array =>
  Buffer.from(
    `-----BEGIN CMS-----\n${Buffer.from(file).toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CMS-----\n`,
  );
const cut = (file: Uint8Array, share: number): Uint8Array => file.subarray(0, Math.floor(file.length * share));
const flipped = (file: Uint8Array, at: number): Uint8Array => {
  const changed = Uint8Array.from(file);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
};
/** Writes the byte range anew, in the room it had. */
const ranged = (pdf: Uint8Array, change: (range: number[]) => (number | string)[]): Uint8Array => {
  const text = Buffer.from(pdf).toString("latin1");
  const found = /\/ByteRange \[ ?([\d ]+?) *\]/.exec(text);
  if (!found) throw new Error("no byte range");
  const written = change((found[1] ?? "").split(/ +/).map(Number)).join(" ");
  const replaced = `/ByteRange [ ${written}`.padEnd(found[0].length - 1, " ").concat("]");
  if (replaced.length !== found[0].length) throw new Error("no room for this byte range");
  return Buffer.from(text.replace(found[0], replaced), "latin1");
};
const wrapped = (file: Uint8Array, signer: Signer, times: number): Uint8Array =>
  times === 0 ? file : wrapped(signCades(file, signer), signer, times - 1);

export const makeCorpus = async (dir: string) => {
  const authority: TestAuthority = await openTestAuthority(dir);
  const issue = (more: object = {}) => authority.issue({ ...mayor, key: "ec", ...more });
  const [issued, other, older] = await Promise.all([
    write("Accordo di adesione", issuedAt),
    write("Un’altra cosa", issuedAt),
    write("Accordo di adesione, prima stesura", ago(40 * day)),
  ]);
  const rsa = await authority.issue(mayor);
  const ec = await issue();
  const anna = await authority.issue({ ...secretary, key: "ec" });
  const stranger = await untrustedSigner({ ...mayor, key: "ec" });
  const lapsed = await issue({ notBefore: ago(400 * day), notAfter: ago(hour) });
  const trusted = await timestamper(authority, () => ago(90 * 60_000));
  const early = await timestamper(authority, () => ago(3 * hour));
  const late = await timestamper(authority, () => new Date(Date.now() + 30 * day));
  const alien = await untrustedSigner({
    ...secretary,
    key: "ec",
    keyUsage: ["digitalSignature"],
    purpose: "timeStamping",
  });
  const alienStamp = (await timestamper({ ...authority, issue: async () => alien }, () => ago(90 * 60_000))).stamp;

  const changed = (change: (pdf: PDFDocument) => PDFRef[]) => addToPdf(issued, change);
  const onCatalog = (change: (pdf: PDFDocument) => void) =>
    changed((pdf) => {
      change(pdf);
      const ref = pdf.context.getObjectRef(pdf.catalog);
      return ref ? [ref] : [];
    });
  const onPage = (change: (pdf: PDFDocument) => PDFRef[]) => changed((pdf) => [...change(pdf), pdf.getPage(0).ref]);
  const script = { S: "JavaScript", JS: "app.alert(1)" };
  const hidden = hiddenObjects(issued);
  const cades = (file: Uint8Array, signer: Signer | Signer[] = ec) => signCades(file, signer);
  const review = { document: "signed-copy-to-review" } as const;
  const active = { document: "signed-copy-active-content" } as const;
  const alteredForm = { form: "signature-altered" } as const;

  const cases: Case[] = [];
  const family = (name: string, list: [string, Case["file"], Case["expect"], string?][]) => {
    for (const [title, file, expected, stricter] of list)
      cases.push({ family: name, name: title, file, expect: expected, ...(stricter ? { stricter } : {}) });
  };

  family("signed as asked", [
    ["CAdES, RSA", () => cades(issued, rsa), {}],
    ["CAdES, elliptic curve", () => cades(issued), {}],
    ["CAdES, SHA-384", () => signCades(issued, ec, { digest: "SHA-384" }), {}],
    [
      "CAdES, SHA-512, certificate bound the old way",
      () => signCades(issued, rsa, { digest: "SHA-512", signingCertificate: "v1" }),
      {},
    ],
    ["CAdES in PEM", () => pemOf(cades(issued)), {}],
    ["CAdES in base64, as mail leaves it", () => base64Of(cades(issued)), {}],
    ["CAdES, two signers side by side", () => cades(issued, [anna, ec]), {}],
    ["CAdES, nested twice", () => cades(cades(issued, anna), ec), {}],
    ["CAdES, nested five times", () => wrapped(issued, ec, 5), {}],
    ["PAdES, RSA", () => signPades(issued, rsa), {}],
    ["PAdES, elliptic curve", () => signPades(issued, ec), {}],
    ["PAdES, two signatures", async () => signPades(await signPades(issued, anna), ec), {}],
    ["PAdES with the signature drawn on its line", () => signPades(issued, ec, { rect: [300, 120, 520, 170] }), {}],
    ["PAdES inside CAdES", async () => cades(await signPades(issued, ec), anna), {}],
    ["PAdES inside CAdES, the mayor outside", async () => cades(await signPades(issued, anna), ec), {}],
    ["by somebody else too, who comes first", () => cades(issued, [anna, rsa]), {}],
  ]);
  family("stamped by a protocol office", [
    ["stamp in the upper margin, then CAdES", async () => cades(await stampPdf(issued, "Prot. 1234/2026")), {}],
    ["stamp in the upper margin, then PAdES", async () => signPades(await stampPdf(issued, "Prot. 1234/2026"), ec), {}],
    [
      "stamp in the left margin of page 2",
      async () => cades(await stampPdf(issued, "Prot. 1", { page: 1, x: 5, y: 300, width: 60, height: 200 })),
      {},
    ],
    [
      "signed, stamped, signed again",
      async () => signPades(await stampPdf(await signPades(issued, anna), "Prot. 1"), ec),
      {},
    ],
    ["stamp over the text", async () => cades(await stampPdf(issued, "Prot. 1", { y: 500 })), review],
    ["stamp that leaves the page", async () => cades(await stampPdf(issued, "Prot. 1", { y: 830 })), review],
    ["stamp at the foot, over the reference", async () => cades(await stampPdf(issued, "Prot. 1", { y: 30 })), review],
    [
      "stamp without its picture",
      async () =>
        cades(
          await onPage((pdf) => {
            pdf
              .getPage(0)
              .node.set(
                PDFName.of("Annots"),
                pdf.context.obj([{ Type: "Annot", Subtype: "FreeText", Rect: [200, 800, 300, 820] }]),
              );
            return [];
          }),
        ),
      review,
    ],
    [
      "stamp drawn into the page",
      async () => {
        const pdf = await PDFDocument.load(issued, { updateMetadata: false, forIncrementalUpdate: true });
        pdf.getPage(0).drawText("Prot. 1234/2026");
        return cades(await pdf.commit({ useObjectStreams: false }));
      },
      review,
    ],
    ["stamp with a link to a site", async () => cades(await stampPdf(issued, "Prot. 1", { more: { A: "x" } })), active],
    [
      "written anew by a program",
      async () =>
        cades(await (await PDFDocument.load(issued, { updateMetadata: false })).save({ useObjectStreams: true })),
      review,
    ],
  ]);
  family("another document", [
    ["CAdES of another document", () => cades(other), { document: "signature-of-another-document" }],
    ["PAdES of another document", () => signPades(other, ec), { document: "signature-of-another-document" }],
    ["CAdES of an earlier version", () => cades(older), { document: "signature-of-older-version" }],
    ["PAdES of an earlier version", () => signPades(older, ec), { document: "signature-of-older-version" }],
    ["CAdES of a text", () => cades(Buffer.from("Accetto")), { document: "signature-of-another-document" }],
    ["CAdES of nothing", () => cades(new Uint8Array()), { document: "signature-of-another-document" }],
    ["CAdES of the agreement cut short", () => cades(cut(issued, 0.9)), { document: "signature-of-another-document" }],
    [
      "CAdES of the agreement with a byte changed",
      () => cades(flipped(issued, 3000)),
      { document: "signature-of-another-document" },
    ],
    ["CAdES of 100 MB of zeros", () => cades(new Uint8Array(100 << 20)), { document: "signature-of-another-document" }],
  ]);
  family("changed after issue", [
    [
      "a page added",
      async () =>
        cades(
          await (async () => {
            const pdf = await PDFDocument.load(issued, { updateMetadata: false, forIncrementalUpdate: true });
            pdf.addPage();
            return pdf.commit({ useObjectStreams: false });
          })(),
        ),
      review,
    ],
    [
      "text changed between two signatures",
      async () => {
        const pdf = await PDFDocument.load(await signPades(issued, anna), {
          updateMetadata: false,
          forIncrementalUpdate: true,
        });
        pdf.getPage(0).drawText("e si paga il doppio");
        return signPades(await pdf.commit({ useObjectStreams: false }), ec);
      },
      review,
    ],
    ["a signature drawn over the whole page", () => signPades(issued, ec, { rect: [0, 0, 595, 842] }), review],
    [
      "a script that starts at opening",
      async () => cades(await onCatalog((pdf) => pdf.catalog.set(PDFName.of("OpenAction"), pdf.context.obj(script)))),
      active,
    ],
    [
      "a script among the names",
      async () =>
        cades(
          await onCatalog((pdf) =>
            pdf.catalog.set(
              PDFName.of("Names"),
              pdf.context.obj({ JavaScript: { Names: [PDFString.of("a"), script] } }),
            ),
          ),
        ),
      active,
    ],
    [
      "a file embedded",
      async () => {
        const pdf = await PDFDocument.load(issued, { updateMetadata: false, forIncrementalUpdate: true });
        await pdf.attach(Buffer.from("MZ"), "programma.exe");
        return cades(await pdf.commit({ useObjectStreams: false }));
      },
      active,
    ],
    [
      "a page that runs something when shown",
      async () =>
        cades(
          await onPage((pdf) => {
            pdf.getPage(0).node.set(PDFName.of("AA"), pdf.context.obj({ O: { S: "Launch", F: "calc" } }));
            return [];
          }),
        ),
      active,
    ],
    [
      "a form of another kind (XFA)",
      async () =>
        cades(
          await onCatalog((pdf) => pdf.catalog.set(PDFName.of("AcroForm"), pdf.context.obj({ Fields: [], XFA: [] }))),
        ),
      active,
    ],
    [
      "a note that opens a program, signed with PAdES",
      async () =>
        signPades(
          await onPage((pdf) => {
            const note = pdf.context.register(
              pdf.context.obj({ Type: "Annot", Subtype: "Link", Rect: [0, 0, 9, 9], A: { S: "Launch", F: "calc" } }),
            );
            pdf.getPage(0).node.set(PDFName.of("Annots"), pdf.context.obj([note]));
            return [note];
          }),
          ec,
        ),
      active,
    ],
  ]);
  family("two readings of one PDF", [
    ["a page hidden in a stream, where the table points", () => cades(hidden.inStream()), review],
    ["a key held twice", () => cades(hidden.keyTwice()), review],
    ["an object freed in the table alone", () => cades(hidden.freed()), review],
    ["an object written twice in one update", () => cades(hidden.writtenTwice()), review],
    ["an object that no table names", () => cades(hidden.unnamed()), review],
    ["a table that jumps over an update", () => cades(hidden.jumping()), review],
    [
      "a table that goes back to an earlier object",
      async () => cades(hidden.backwards(await stampPdf(issued, "Prot. 1"))),
      review,
    ],
    ["the same, signed with PAdES", async () => signPades(hidden.inStream(), ec), review],
  ]);
  family("byte ranges that lie", [
    [
      "it starts after the beginning",
      async () => ranged(await signPades(issued, ec), ([, ...rest]) => [1, ...rest]),
      { form: "signature-altered" },
    ],
    [
      "it goes past the end",
      async () => ranged(await signPades(issued, ec), ([a = 0, b = 0, c = 0, d = 0]) => [a, b, c, d + 9]),
      { form: "signed-file-truncated" },
    ],
    [
      "the hole is wider than the signature",
      async () => ranged(await signPades(issued, ec), ([a = 0, b = 0, c = 0, d = 0]) => [a, b - 30, c, d]),
      alteredForm,
    ],
    [
      "the hole reaches over an addition",
      async () => {
        const signed = Buffer.from(await signPades(issued, ec));
        const at = signed.lastIndexOf(">", signed.length - 100) + 1;
        const more = Buffer.from("\n% cosa si paga\n");
        return ranged(
          Buffer.concat([signed.subarray(0, at), more, signed.subarray(at)]),
          ([a = 0, b = 0, c = 0, d = 0]) => [a, b, c + more.length, d],
        );
      },
      alteredForm,
    ],
    [
      "it has six numbers",
      async () => ranged(await signPades(issued, ec), ([a = 0, b = 0, c = 0]) => [a, b, c, 1, c + 2, 1]),
      alteredForm,
    ],
    [
      "it ends early",
      async () => ranged(await signPades(issued, ec), ([a = 0, b = 0, c = 0, d = 0]) => [a, b, c, d - 10]),
      { integrity: "signature-incomplete-coverage" },
    ],
    [
      "something follows the last signature",
      async () => Buffer.concat([await signPades(issued, ec), Buffer.from("\n% aggiunta\n%%EOF\n")]),
      { integrity: "signature-incomplete-coverage" },
    ],
    [
      "a whole update follows the last signature",
      async () => stampPdf(await signPades(issued, ec), "Prot. 1"),
      { integrity: "signature-incomplete-coverage" },
    ],
  ]);
  family("altered", [
    [
      "a byte of the content, CAdES",
      () => flipped(cades(issued), 3000),
      { integrity: "signature-altered", document: "signature-of-another-document" },
    ],
    [
      "a byte of the content, PAdES",
      async () => flipped(await signPades(issued, ec), 3000),
      { integrity: "signature-altered", document: "signature-of-another-document" },
    ],
    [
      "the last byte of the signature",
      () => {
        const file = cades(issued);
        return flipped(file, file.length - 1);
      },
      { integrity: "signature-altered" },
    ],
    [
      "bytes after the end of the envelope",
      () => Buffer.concat([cades(issued), Buffer.from("x")]),
      { integrity: "signature-altered" },
      "openssl stops reading at the end of the envelope",
    ],
    [
      "another certificate for the same key",
      () => cades(issued, { ...anna, privateKey: ec.privateKey }),
      { integrity: "signature-altered", signer: "signer-not-legal-representative" },
    ],
    [
      "the certificate is not in the file",
      () => cades(issued, { ...ec, certificate: ec.certificate, chain: [] }),
      { trust: "signer-certificate-untrusted" },
    ],
    [
      "nested, the inner one altered",
      () => cades(flipped(cades(issued), 3000)),
      { integrity: "signature-altered", document: "signature-of-another-document" },
      "openssl looks at the outer envelope alone",
    ],
    ["nested six times", () => wrapped(issued, ec, 6), { form: "signature-nested-too-deep" }],
    ["nested ten times", () => wrapped(issued, ec, 10), { form: "signature-nested-too-deep" }],
    ["the signature alone", () => signCades(issued, ec, { detached: true }), { form: "signature-content-missing" }],
  ]);
  family("weak", [
    [
      "SHA-1, with which two files may share one digest",
      () => signCades(issued, ec, { digest: "SHA-1" }),
      { integrity: "signature-weak-algorithm" },
      "openssl still takes SHA-1",
    ],
    [
      "SHA-1 in a PDF",
      () => signPades(issued, ec, { digest: "SHA-1" }),
      { integrity: "signature-weak-algorithm" },
      "pdfsig still takes SHA-1",
    ],
    [
      "RSA of 1024 bits",
      async () => cades(issued, await authority.issue({ ...mayor, rsaBits: 1024 })),
      { integrity: "signature-weak-algorithm" },
      "openssl still takes 1024 bits",
    ],
    [
      "certificate not bound into the signature",
      () => signCades(issued, ec, { signingCertificate: "none" }),
      { integrity: "signature-weak-algorithm" },
      "plain CMS needs no such attribute",
    ],
  ]);
  family("who signed", [
    ["somebody else", () => cades(issued, anna), { signer: "signer-not-legal-representative" }],
    [
      "a certificate without fiscal code",
      async () => cades(issued, await issue({ serialNumber: null })),
      { signer: "signer-identity-missing" },
    ],
    [
      "a VAT number in place of the code",
      async () => cades(issued, await issue({ serialNumber: "VATIT-01234567890" })),
      { signer: "signer-identity-missing" },
    ],
    [
      "a code of the right shape in the wrong place",
      async () => cades(issued, await issue({ serialNumber: null, familyName: `Rossi ${mayor.fiscalCode}` })),
      { signer: "signer-identity-missing" },
    ],
    ["a namesake under an unknown authority", () => cades(issued, stranger), { trust: "signer-certificate-untrusted" }],
    ["one good, one unknown", () => cades(issued, [ec, stranger]), { trust: "signer-certificate-untrusted" }],
    [
      "issued by a person’s certificate",
      async () => cades(issued, await issuedByPerson(ec)),
      { trust: "signer-certificate-untrusted" },
    ],
    ["expired", () => cades(issued, lapsed), { validity: "signer-certificate-expired" }],
    [
      "not valid yet",
      async () => cades(issued, await issue({ notBefore: new Date(Date.now() + day) })),
      { validity: "signer-certificate-not-yet-valid" },
    ],
    [
      "for access, not for signing",
      async () => cades(issued, await issue({ keyUsage: ["digitalSignature"] })),
      { validity: "signer-certificate-not-for-signing" },
    ],
    [
      "signed, says its clock, before the agreement existed",
      () => signCades(issued, ec, { signingTime: ago(3 * day) }),
      { validity: "signature-before-issue" },
    ],
    ["a clock an hour behind", () => signCades(issued, ec, { signingTime: ago(3 * hour) }), {}],
  ]);
  family("time stamps", [
    ["CAdES-T", () => signCades(issued, ec, { timestamp: trusted.stamp }), {}],
    ["PAdES-T", () => signPades(issued, rsa, { timestamp: trusted.stamp }), {}],
    [
      "expired since, but stamped while valid: CAdES",
      () => signCades(issued, lapsed, { timestamp: trusted.stamp }),
      {},
    ],
    [
      "expired since, but stamped while valid: PAdES",
      () => signPades(issued, lapsed, { timestamp: trusted.stamp }),
      {},
    ],
    [
      "expired since, the whole PDF stamped while valid",
      async () => timestampPdf(await signPades(issued, lapsed), trusted.stampDigest),
      {},
    ],
    [
      "expired, stamped by nobody we trust",
      () => signCades(issued, lapsed, { timestamp: alienStamp }),
      { validity: "signer-certificate-expired" },
    ],
    [
      "expired, with the stamp of another signature",
      () => signCades(issued, lapsed, { timestamp: () => trusted.stamp(randomBytes(64)) }),
      { validity: "signer-certificate-expired" },
    ],
    [
      "expired, with a stamp from the future",
      () => signCades(issued, lapsed, { timestamp: late.stamp }),
      { validity: "signer-certificate-expired" },
    ],
    [
      "expired, with noise for a stamp",
      () => signCades(issued, lapsed, { timestamp: () => Uint8Array.of(0x30, 3, 2, 1, 5) }),
      { validity: "signer-certificate-expired" },
    ],
    [
      "proven to be of before the agreement",
      () => signCades(issued, ec, { timestamp: early.stamp }),
      { validity: "signature-before-issue" },
    ],
    [
      "a time stamp over a PDF that nobody signed",
      () => timestampPdf(issued, trusted.stampDigest),
      { form: "not-a-signature" },
    ],
  ]);
  family("absurd certificates", [
    ["a name of 50,000 letters", async () => cades(issued, await issue({ familyName: "R".repeat(50_000) })), {}],
    [
      "a name that writes backwards",
      async () => cades(issued, await issue({ familyName: "\u202eissoR\u0000<script>" })),
      {},
    ],
    [
      "valid until the year 9999",
      async () => cades(issued, await issue({ notAfter: new Date("9999-12-31T23:59:59Z") })),
      {},
    ],
    [
      "valid until before it began",
      async () => cades(issued, await issue({ notBefore: ago(day), notAfter: ago(2 * day) })),
      { trust: "signer-certificate-untrusted", validity: "signer-certificate-expired" },
    ],
    [
      "something it must not be used without knowing",
      async () => cades(issued, await issue({ unknownCritical: true })),
      { trust: "signer-certificate-untrusted" },
    ],
    ["no name at all", async () => cades(issued, await issue({ givenName: "", familyName: " " })), {}],
  ]);
  family("no signature", [
    ["the agreement itself", () => issued, { form: "not-a-signature" }],
    ["another PDF", () => other, { form: "not-a-signature", document: "signature-of-another-document" }],
    ["nothing", () => new Uint8Array(), { form: "not-a-signature" }],
    ["noise", () => randomBytes(5000), { form: "not-a-signature" }],
    ["100 MB of zeros", () => new Uint8Array(100 << 20), { form: "not-a-signature" }],
    ["an archive", () => Buffer.concat([Buffer.from("PK\u0003\u0004"), issued]), { form: "not-a-signature" }],
    ["a page of the web", () => Buffer.from("<!doctype html><title>Accedi</title>"), { form: "not-a-signature" }],
    [
      "XAdES",
      () => Buffer.from('<?xml version="1.0"?><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'),
      { form: "not-a-signature" },
    ],
    [
      "PEM that is none",
      () => Buffer.from("-----BEGIN CMS-----\n!!!!\n-----END CMS-----\n"),
      { form: "not-a-signature" },
    ],
    [
      "an envelope a thousand deep that never ends",
      () =>
        Uint8Array.from([
          0x30,
          0x80,
          6,
          9,
          0x2a,
          0x86,
          0x48,
          0x86,
          0xf7,
          0x0d,
          1,
          7,
          2,
          ...Array.from({ length: 2000 }, (_, i) => (i % 2 ? 0x80 : 0xa0)),
        ]),
      { integrity: "signature-altered" },
    ],
    [
      "a PDF of brackets",
      () => Buffer.from(`%PDF-1.7\n1 0 obj\n${"[".repeat(300_000)}\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF`),
      { form: "signature-altered" },
    ],
  ]);
  family("cut short", [
    ...[0.02, 0.3, 0.7, 0.99].map((share): [string, Case["file"], Case["expect"]] => [
      `CAdES, ${share * 100}% of it`,
      () => cut(cades(issued), share),
      { form: "signed-file-truncated" },
    ]),
    ...[0.02, 0.5, 0.99].map((share): [string, Case["file"], Case["expect"]] => [
      `PAdES, ${share * 100}% of it`,
      async () => cut(await signPades(issued, ec), share),
      { form: "signed-file-truncated" },
    ]),
    [
      "base64, half of it",
      () => {
        const text = base64Of(cades(issued));
        return text.subarray(0, Math.floor(text.length / 2 / 66) * 66);
      },
      { form: "signed-file-truncated" },
    ],
    ["PEM without its end", () => cut(pemOf(cades(issued)), 0.9), { form: "not-a-signature" }],
  ]);
  const fingerprint = (bytes: Uint8Array) => ({
    sha256: createHash("sha256").update(bytes).digest("hex"),
    length: bytes.length,
  });
  return {
    cases,
    authority,
    issued: {
      bytes: issued,
      ...fingerprint(issued),
      at: issuedAt,
      earlier: [{ ...fingerprint(older), at: ago(40 * day) }],
    },
  };
};

/** A certificate signed with the key of somebody who is no authority: same names, one link too many. */
const issuedByPerson = async (person: Signer): Promise<Signer> => {
  const { certificateBy } = await import("./certificate-by.ts");
  return certificateBy(person, (tbs) => sign("sha256", tbs, person.privateKey));
};
