import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFNumber, PDFRef, PDFString } from "@cantoo/pdf-lib";
import type { Signer } from "./authority.ts";
import { makeSignature, type SignatureOptions } from "./cades.ts";
import { concat } from "./der.ts";

/** Room for the signature: a certificate chain of three and an RSA signature stay well under it. */
const reserved = 16_384;
const unknownOffset = "**********";

const fields = (document: PDFDocument): { form: PDFDict; list: PDFArray; touched: PDFRef[] } => {
  const { context, catalog } = document;
  const held = catalog.get(PDFName.of("AcroForm"));
  const known = catalog.lookupMaybe(PDFName.of("AcroForm"), PDFDict);
  const form = known ?? context.obj({ Fields: [] });
  const formRef = held instanceof PDFRef ? held : context.register(form);
  catalog.set(PDFName.of("AcroForm"), formRef);
  const list = form.lookup(PDFName.of("Fields"), PDFArray);
  const listHeld = form.get(PDFName.of("Fields"));
  return { form, list, touched: [formRef, ...(listHeld instanceof PDFRef ? [listHeld] : [])] };
};

/**
 * A PAdES signature as an incremental update: the file given stays the beginning of the file returned, byte for byte
 * (ISO 32000-1, 7.5.6 and 12.8; ETSI EN 319 142-1, 5.3).
 */
export const signPades = async (
  pdf: Uint8Array,
  signer: Signer,
  options: SignatureOptions = {},
): Promise<Uint8Array> => {
  const document = await PDFDocument.load(pdf, { updateMetadata: false, forIncrementalUpdate: true });
  const { context, catalog } = document;
  const snapshot = context.snapshot ?? document.takeSnapshot();
  const page = document.getPage(0);
  const signature = context.register(
    context.obj({
      Type: "Sig",
      Filter: "Adobe.PPKLite",
      SubFilter: "ETSI.CAdES.detached",
      ByteRange: [0, PDFName.of(unknownOffset), PDFName.of(unknownOffset), PDFName.of(unknownOffset)],
      Contents: PDFHexString.of("0".repeat(reserved)),
      M: PDFString.fromDate(options.signingTime ?? new Date()),
      Name: PDFHexString.fromText(signer.name),
    }),
  );
  const { form, list, touched } = fields(document);
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
  // By hand: the library's own way also rewrites the page's contents, which a signature has no business touching.
  const annots = page.node.get(PDFName.of("Annots"));
  const annotations = page.node.lookupMaybe(PDFName.of("Annots"), PDFArray);
  if (annotations) annotations.push(field);
  else page.node.set(PDFName.of("Annots"), context.obj([field]));
  const catalogRef = context.getObjectRef(catalog);
  snapshot.markRefsForSave([
    signature,
    field,
    page.ref,
    ...touched,
    ...(catalogRef ? [catalogRef] : []),
    ...(annots instanceof PDFRef ? [annots] : []),
  ]);
  const update = await document.saveIncremental(snapshot, { useObjectStreams: false });
  const signed = concat(pdf, update);

  const text = Buffer.from(signed.buffer, pdf.length);
  const contentsAt = pdf.length + text.indexOf(`<${"0".repeat(reserved)}>`);
  const after = contentsAt + reserved + 2;
  for (const value of [contentsAt, after, signed.length - after]) {
    const at = text.indexOf(`/${unknownOffset}`);
    text.write(String(value).padEnd(unknownOffset.length + 1, " "), at, "latin1");
  }
  const covered = [signed.subarray(0, contentsAt), signed.subarray(after)];
  // The time goes in /M: PAdES baseline keeps signing-time out of the CMS (EN 319 142-1, 6.3).
  const cms = makeSignature(covered, [signer], { ...options, signingTime: undefined, detached: true });
  Buffer.from(signed.buffer).write(Buffer.from(cms).toString("hex"), contentsAt + 1, "latin1");
  return signed;
};
