import { createHash } from "node:crypto";
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFNumber, PDFRef, PDFString } from "@cantoo/pdf-lib";
import { readCertificate } from "../certificate.ts";
import { type Prepared, prepareSignedData } from "./signed-data.ts";

/*
 * A PAdES baseline signature whose value is made elsewhere (ETSI EN 319 142-1, 5.3 and 6.3): the document gets room for it as
 * an incremental update, so that what was issued stays the beginning; a service signs the digest of the attributes; the value
 * is put into the room. Same document, certificate and moment, same bytes: nothing is kept between the two steps.
 */

/** Room for the signature and a chain. */
const reserved = 16_384;
const unknown = "**********";

export type { Prepared };

/** Where the form keeps its fields, made if it is not there; and every object that was touched. */
const fieldsOf = (document: PDFDocument): { list: PDFArray; form: PDFDict; touched: PDFRef[] } => {
  const { context, catalog } = document;
  const held = catalog.get(PDFName.of("AcroForm"));
  const form = catalog.lookupMaybe(PDFName.of("AcroForm"), PDFDict) ?? context.obj({ Fields: [] });
  const formRef = held instanceof PDFRef ? held : context.register(form);
  catalog.set(PDFName.of("AcroForm"), formRef);
  const listHeld = form.get(PDFName.of("Fields"));
  const list = form.lookup(PDFName.of("Fields"), PDFArray);
  return { list, form, touched: [formRef, ...(listHeld instanceof PDFRef ? [listHeld] : [])] };
};

const withRoom = async (
  pdf: Uint8Array,
  name: string,
  at: Date,
): Promise<{ bytes: Uint8Array; contentsAt: number }> => {
  const document = await PDFDocument.load(pdf, { updateMetadata: false, forIncrementalUpdate: true });
  const { context, catalog } = document;
  const snapshot = context.snapshot ?? document.takeSnapshot();
  const signature = context.register(
    context.obj({
      Type: "Sig",
      Filter: "Adobe.PPKLite",
      SubFilter: "ETSI.CAdES.detached",
      ByteRange: [0, PDFName.of(unknown), PDFName.of(unknown), PDFName.of(unknown)],
      Contents: PDFHexString.of("0".repeat(reserved)),
      M: PDFString.fromDate(at),
      Name: PDFHexString.fromText(name),
    }),
  );
  const { list, form, touched } = fieldsOf(document);
  const page = document.getPage(0);
  const field = context.register(
    context.obj({
      Type: "Annot",
      Subtype: "Widget",
      FT: "Sig",
      T: PDFString.of(`Firma ${list.size() + 1}`),
      V: signature,
      P: page.ref,
      Rect: [0, 0, 0, 0],
      F: 132,
    }),
  );
  list.push(field);
  form.set(PDFName.of("SigFlags"), PDFNumber.of(3));
  const annotsHeld = page.node.get(PDFName.of("Annots"));
  const annots = page.node.lookupMaybe(PDFName.of("Annots"), PDFArray);
  if (annots) annots.push(field);
  else page.node.set(PDFName.of("Annots"), context.obj([field]));
  const catalogRef = context.getObjectRef(catalog);
  snapshot.markRefsForSave([
    signature,
    field,
    page.ref,
    ...touched,
    ...(annotsHeld instanceof PDFRef ? [annotsHeld] : []),
    ...(catalogRef ? [catalogRef] : []),
  ]);
  const update = await document.saveIncremental(snapshot, { useObjectStreams: false });
  const bytes = new Uint8Array(pdf.length + update.length);
  bytes.set(pdf);
  bytes.set(update, pdf.length);

  const text = Buffer.from(bytes.buffer, pdf.length);
  const contentsAt = pdf.length + text.indexOf(`<${"0".repeat(reserved)}>`);
  const after = contentsAt + reserved + 2;
  for (const value of [contentsAt, after, bytes.length - after])
    text.write(String(value).padEnd(unknown.length + 1, " "), text.indexOf(`/${unknown}`), "latin1");
  return { bytes, contentsAt };
};

/**
 * Makes room in a document and says what to sign.
 * @param pdf the document as issued
 * @param chain the signer's certificate and those above it, in DER
 * @param at the time that the signature claims; it proves nothing by itself
 */
export const preparePades = async (pdf: Uint8Array, chain: readonly Uint8Array[], at: Date): Promise<Prepared> => {
  const signer = readCertificate(chain[0] as Uint8Array);
  const { bytes, contentsAt } = await withRoom(pdf, signer.name, at);
  const after = contentsAt + reserved + 2;
  const content = createHash("sha256").update(bytes.subarray(0, contentsAt)).update(bytes.subarray(after)).digest();
  // The time goes into the PDF, not into the attributes (6.3).
  const prepared = prepareSignedData(content, chain);
  return {
    hash: prepared.hash,
    complete: (value) => {
      const cms = prepared.complete(value);
      if (cms.length * 2 > reserved) throw new Error("the signature does not fit its room");
      const signed = Uint8Array.from(bytes);
      Buffer.from(signed.buffer).write(Buffer.from(cms).toString("hex"), contentsAt + 1, "latin1");
      return signed;
    },
  };
};
