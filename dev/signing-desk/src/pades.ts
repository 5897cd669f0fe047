import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFNumber, PDFRef, PDFString } from "@cantoo/pdf-lib";
import type { Signer } from "./authority.ts";
import { makeSignature, type SignatureOptions } from "./cades.ts";
import { concat } from "./der.ts";

/** Room for the signature: a certificate chain of three, an RSA signature and a time stamp stay well under it. */
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

/** Lays an annotation on a page, by hand: the library's own way also rewrites the page's contents. */
const annotate = (document: PDFDocument, pageIndex: number, annotation: PDFRef): PDFRef[] => {
  const page = document.getPage(pageIndex);
  const annots = page.node.get(PDFName.of("Annots"));
  const annotations = page.node.lookupMaybe(PDFName.of("Annots"), PDFArray);
  if (annotations) annotations.push(annotation);
  else page.node.set(PDFName.of("Annots"), document.context.obj([annotation]));
  return [page.ref, ...(annots instanceof PDFRef ? [annots] : [])];
};

const openForUpdate = (pdf: Uint8Array): Promise<PDFDocument> =>
  PDFDocument.load(pdf, { updateMetadata: false, forIncrementalUpdate: true });

/** An incremental update (ISO 32000-1, 7.5.6) with what `change` touched: the file given stays the beginning, byte for byte. */
export const addToPdf = async (
  pdf: Uint8Array,
  change: (document: PDFDocument) => PDFRef[],
  options: { useObjectStreams?: boolean } = {},
): Promise<Uint8Array> => {
  const document = await openForUpdate(pdf);
  const snapshot = document.context.snapshot ?? document.takeSnapshot();
  snapshot.markRefsForSave(change(document));
  return concat(pdf, await document.saveIncremental(snapshot, { useObjectStreams: false, ...options }));
};

/** The stamp of a protocol office, as an annotation with its appearance; by default in the upper margin. */
export const stampPdf = (
  pdf: Uint8Array,
  text: string,
  at: { page?: number; x?: number; y?: number; width?: number; height?: number; more?: Record<string, string> } = {},
): Promise<Uint8Array> => {
  const { page = 0, x = 200, y = 800, width = 220, height = 24, more = {} } = at;
  return addToPdf(pdf, (document) => {
    const { context } = document;
    const drawn = `0.2 0.2 0.6 rg 0 0 ${width} ${height} re S BT /F 9 Tf 4 8 Td (${text.replace(/[()\\]/g, "")}) Tj ET`;
    const appearance = context.register(
      context.flateStream(drawn, {
        Type: "XObject",
        Subtype: "Form",
        BBox: [0, 0, width, height],
        Resources: { Font: { F: { Type: "Font", Subtype: "Type1", BaseFont: "Helvetica" } } },
      }),
    );
    const stamp = context.register(
      context.obj({
        Type: "Annot",
        Subtype: "Stamp",
        Rect: [x, y, x + width, y + height],
        F: 4,
        AP: { N: appearance },
        ...more,
      }),
    );
    return [appearance, stamp, ...annotate(document, page, stamp)];
  });
};

/** Adds a signature dictionary and fills it with what `make` gives for the bytes around it. */
export const appendSignature = async (
  pdf: Uint8Array,
  entries: Record<string, string>,
  make: (covered: Uint8Array[]) => Uint8Array,
  told: { at?: Date; by?: string; rect?: [number, number, number, number] } = {},
): Promise<Uint8Array> => {
  const document = await openForUpdate(pdf);
  const { context, catalog } = document;
  const snapshot = context.snapshot ?? document.takeSnapshot();
  const signature = context.register(
    context.obj({
      ...entries,
      ByteRange: [0, PDFName.of(unknownOffset), PDFName.of(unknownOffset), PDFName.of(unknownOffset)],
      Contents: PDFHexString.of("0".repeat(reserved)),
      ...(told.at ? { M: PDFString.fromDate(told.at) } : {}),
      ...(told.by ? { Name: PDFHexString.fromText(told.by) } : {}),
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
      P: document.getPage(0).ref,
      Rect: told.rect ?? [0, 0, 0, 0],
      F: 132,
    }),
  );
  list.push(field);
  form.set(PDFName.of("SigFlags"), PDFNumber.of(3));
  const catalogRef = context.getObjectRef(catalog);
  snapshot.markRefsForSave([
    signature,
    field,
    ...touched,
    ...annotate(document, 0, field),
    ...(catalogRef ? [catalogRef] : []),
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
  const cms = make([signed.subarray(0, contentsAt), signed.subarray(after)]);
  Buffer.from(signed.buffer).write(Buffer.from(cms).toString("hex"), contentsAt + 1, "latin1");
  return signed;
};

/**
 * A PAdES signature as an incremental update: the file given stays the beginning of the file returned, byte for byte
 * (ISO 32000-1, 7.5.6 and 12.8; ETSI EN 319 142-1, 5.3).
 */
export const signPades = (
  pdf: Uint8Array,
  signer: Signer,
  options: SignatureOptions & { rect?: [number, number, number, number] } = {},
): Promise<Uint8Array> =>
  appendSignature(
    pdf,
    { Type: "Sig", Filter: "Adobe.PPKLite", SubFilter: "ETSI.CAdES.detached" },
    // The time goes in /M: PAdES baseline keeps signing-time out of the CMS (EN 319 142-1, 6.3).
    (covered) => makeSignature(covered, [signer], { ...options, signingTime: undefined, detached: true }),
    { at: options.signingTime ?? new Date(), by: signer.name, ...(options.rect ? { rect: options.rect } : {}) },
  );
