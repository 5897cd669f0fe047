import PDFDocument from "pdfkit";
import type { Block, DocumentContent } from "./content.ts";
import { type Line, registerFonts, type Style, type Typesetter, typesetter } from "./typesetting.ts";

const paper = { width: 595.28, height: 841.89, left: 72, right: 72, top: 64, bottom: 84 };
/** Bands along the edges of the page, in points, where nothing is ever written: room for the stamp of a protocol office. */
export const freeMargins = { left: paper.left - 2, right: paper.right - 2, top: paper.top - 2, bottom: 36 };
const measure = paper.width - paper.left - paper.right;
const floor = paper.height - paper.bottom;
const ink = { text: "#15213a", second: "#465269", third: "#5a6680", line: "#d9dfe8", accent: "#1c4fc9" };

const styles = {
  brand: { face: "bold", size: 11.5, leading: 14, colour: ink.text },
  h1: { face: "bold", size: 23, leading: 28, colour: ink.text },
  h2: { face: "bold", size: 13.5, leading: 18, colour: ink.text },
  body: { face: "regular", size: 10.5, leading: 15.5, colour: ink.text },
  label: { face: "regular", size: 9.5, leading: 14.5, colour: ink.second },
  value: { face: "semibold", size: 10.5, leading: 14.5, colour: ink.text },
  code: { face: "mono", size: 9.5, leading: 14.5, colour: ink.text },
  name: { face: "bold", size: 12, leading: 17, colour: ink.text },
  small: { face: "regular", size: 8.5, leading: 12, colour: ink.third },
  foot: { face: "regular", size: 8, leading: 11, colour: ink.third },
  footCode: { face: "mono", size: 7.5, leading: 11, colour: ink.third },
} satisfies Record<string, Style>;

const pageWords: Record<DocumentContent["language"], (page: number, of: number) => string> = {
  it: (page, of) => `Pagina ${page} di ${of}`,
  en: (page, of) => `Page ${page} of ${of}`,
  de: (page, of) => `Seite ${page} von ${of}`,
  fr: (page, of) => `Page ${page} sur ${of}`,
  sl: (page, of) => `Stran ${page} od ${of}`,
};

const arch = ["M2 22V11a10 10 0 0 1 20 0v11h-4V11a6 6 0 0 0-12 0v11z", "M9 22V11.5a3 3 0 0 1 6 0V22z"];

/** One document being written: where the pen is, and the tree that screen readers follow (ISO 32000-1, 14.8). */
interface Sheet {
  pdf: PDFKit.PDFDocument;
  type: Typesetter;
  tree: PDFKit.PDFStructureElement;
  y: number;
}

/** Things without meaning, that a screen reader skips: rules, the logo, the foot of the page. */
const decorate = ({ pdf }: Sheet, draw: () => void, kind: "Layout" | "Pagination" = "Layout"): void => {
  pdf.markContent("Artifact", { type: kind });
  draw();
  pdf.endMarkedContent();
};

const rule = (sheet: Sheet, y: number, from = paper.left, to = paper.width - paper.right): void =>
  decorate(sheet, () => sheet.pdf.moveTo(from, y).lineTo(to, y).lineWidth(0.6).strokeColor(ink.line).stroke());

const turnPage = (sheet: Sheet): void => {
  sheet.pdf.addPage();
  sheet.y = paper.top;
};

const room = (sheet: Sheet, height: number): void => {
  if (sheet.y + height > floor && sheet.y > paper.top) turnPage(sheet);
};

const element = (sheet: Sheet, tag: string, parent = sheet.tree, options = {}): PDFKit.PDFStructureElement => {
  const made = sheet.pdf.struct(tag, options);
  parent.add(made);
  return made;
};

/** Lines of one element, at the pen's height. The baseline sits where the leading leaves the descenders room. */
const write = (
  sheet: Sheet,
  into: PDFKit.PDFStructureElement,
  lines: Line[],
  style: Style,
  x: number,
  y: number,
): void => {
  into.add(() => {
    for (const [index, line] of lines.entries())
      sheet.type.draw(line, style, x, y + style.leading * (index + 1) - style.leading * 0.28);
  });
};

/** How many lines go on this page: never one alone at its foot or at the head of the next. */
const fitting = (sheet: Sheet, lines: number, leading: number): number => {
  const fit = Math.floor((floor - sheet.y) / leading);
  if (fit >= lines) return lines;
  const left = Math.max(0, lines - fit) === 1 ? fit - 1 : fit;
  return left >= 2 ? left : 0;
};

const flow = (sheet: Sheet, into: PDFKit.PDFStructureElement, text: string, style: Style, x = paper.left): void => {
  let rest = sheet.type.lines(text, style, measure - (x - paper.left));
  while (rest.length > 0) {
    const fit = fitting(sheet, rest.length, style.leading);
    if (fit === 0) {
      if (sheet.y === paper.top) break;
      turnPage(sheet);
      continue;
    }
    write(sheet, into, rest.slice(0, fit), style, x, sheet.y);
    sheet.y += fit * style.leading;
    rest = rest.slice(fit);
  }
};

/** A heading stays with what it announces: two lines of it, or the whole box for a signature. */
const announcedBy = (next: Block | undefined): number => (next?.kind === "signature" ? boxHeight + 40 : 64);

const writeHeading = (sheet: Sheet, block: Extract<Block, { kind: "heading" }>, next: Block | undefined): void => {
  const { level, text } = block;
  const style = level === 1 ? styles.h1 : styles.h2;
  const lines = sheet.type.lines(text, style, measure);
  const before = sheet.y === paper.top ? 0 : level === 1 ? 18 : 14;
  room(sheet, before + lines.length * style.leading + announcedBy(next));
  if (sheet.y > paper.top) sheet.y += before;
  const heading = element(sheet, level === 1 ? "H1" : "H2");
  write(sheet, heading, lines, style, paper.left, sheet.y);
  heading.end();
  sheet.y += lines.length * style.leading + (level === 1 ? 12 : 5);
};

const writeParagraph = (sheet: Sheet, text: string, style: Style): void => {
  const paragraph = element(sheet, "P");
  flow(sheet, paragraph, text, style);
  paragraph.end();
  sheet.y += style.leading * 0.55;
};

const boxHeight = 104;
const labelWidth = 156;
const gutter = 16;
const padding = 5.5;

const writeFacts = (sheet: Sheet, { facts }: Extract<Block, { kind: "facts" }>): void => {
  const table = element(sheet, "Table");
  const valueAt = paper.left + labelWidth + gutter;
  room(sheet, 40);
  sheet.y += 2;
  rule(sheet, sheet.y);
  for (const { label, value, code } of facts) {
    const style = code ? styles.code : styles.value;
    const labels = sheet.type.lines(label, styles.label, labelWidth);
    let values = sheet.type.lines(value, style, measure - labelWidth - gutter);
    const leading = styles.label.leading;
    const page = floor - paper.top - 2 * padding;
    const row = Math.max(labels.length, values.length) * leading;
    if (row <= page) room(sheet, row + 2 * padding);
    const record = element(sheet, "TR", table);
    const head = element(sheet, "TH", record, { scope: "Row" });
    sheet.y += padding;
    write(sheet, head, labels, styles.label, paper.left, sheet.y);
    head.end();
    const cell = element(sheet, "TD", record);
    const top = sheet.y;
    let turned = false;
    for (;;) {
      const fit = Math.max(1, Math.min(values.length, Math.floor((floor - sheet.y) / leading)));
      write(sheet, cell, values.slice(0, fit), style, valueAt, sheet.y);
      values = values.slice(fit);
      sheet.y += fit * leading;
      if (values.length === 0) break;
      turnPage(sheet);
      turned = true;
    }
    cell.end();
    record.end();
    if (!turned) sheet.y = top + row;
    sheet.y += padding;
    rule(sheet, sheet.y);
  }
  table.end();
  sheet.y += 12;
};

const writeList = (sheet: Sheet, { items, numbered }: Extract<Block, { kind: "list" }>): void => {
  const list = element(sheet, "L");
  const indent = 20;
  for (const [index, text] of items.entries()) {
    if (fitting(sheet, sheet.type.lines(text, styles.body, measure - indent).length, styles.body.leading) === 0)
      turnPage(sheet);
    const item = element(sheet, "LI", list);
    const mark = element(sheet, "Lbl", item);
    const style: Style = { ...styles.body, face: numbered ? "semibold" : "regular", colour: ink.accent };
    write(sheet, mark, sheet.type.lines(numbered ? `${index + 1}.` : "•", style, indent), style, paper.left, sheet.y);
    mark.end();
    const body = element(sheet, "LBody", item);
    flow(sheet, body, text, styles.body, paper.left + indent);
    body.end();
    item.end();
    sheet.y += 4;
  }
  list.end();
  sheet.y += 6;
};

const writeSignature = (sheet: Sheet, { label, name }: Extract<Block, { kind: "signature" }>): void => {
  const left = paper.left;
  const width = 290;
  const labels = sheet.type.lines(label, styles.label, width - 32);
  const names = sheet.type.lines(name, styles.name, width - 32);
  const words = labels.length * styles.label.leading + names.length * styles.name.leading;
  const height = Math.max(boxHeight, words + 62);
  room(sheet, height + 14);
  sheet.y += 6;
  const top = sheet.y;
  decorate(sheet, () => {
    sheet.pdf.roundedRect(left, top, width, height, 5).lineWidth(0.8).strokeColor(ink.line).stroke();
    const line = top + height - 16;
    sheet.pdf
      .moveTo(left + 16, line)
      .lineTo(left + width - 16, line)
      .lineWidth(0.8)
      .strokeColor(ink.third)
      .stroke();
  });
  const said = element(sheet, "P");
  write(sheet, said, labels, styles.label, left + 16, top + 12);
  said.end();
  const named = element(sheet, "P");
  write(sheet, named, names, styles.name, left + 16, top + 12 + labels.length * styles.label.leading);
  named.end();
  sheet.y = top + height + 14;
};

const writeBlock = (sheet: Sheet, block: Block, next: Block | undefined): void => {
  switch (block.kind) {
    case "heading":
      writeHeading(sheet, block, next);
      break;
    case "paragraph":
      writeParagraph(sheet, block.text, styles.body);
      break;
    case "facts":
      writeFacts(sheet, block);
      break;
    case "list":
      writeList(sheet, block);
      break;
    case "signature":
      writeSignature(sheet, block);
      break;
    case "small-print":
      writeParagraph(sheet, block.text, styles.small);
      break;
  }
};

const writeBrand = (sheet: Sheet): void => {
  const size = 20;
  decorate(sheet, () => {
    sheet.pdf
      .save()
      .translate(paper.left - 1.6, paper.top - 6)
      .scale(size / 24);
    for (const path of arch) sheet.pdf.path(path).fill(ink.accent);
    sheet.pdf.restore();
    for (const line of sheet.type.lines("Area Riservata", styles.brand, measure))
      sheet.type.draw(line, styles.brand, paper.left + 25, paper.top + 10.5);
  });
  rule(sheet, paper.top + 28);
  sheet.y = paper.top + 52;
};

const writeFeet = (sheet: Sheet, { reference, language }: DocumentContent): void => {
  const { start, count } = sheet.pdf.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    sheet.pdf.switchToPage(start + page);
    const y = paper.height - 52;
    rule(sheet, y - 14);
    decorate(
      sheet,
      () => {
        const [number] = sheet.type.lines(pageWords[language](page + 1, count), styles.foot, measure);
        const lines = sheet.type.lines(reference, styles.footCode, measure - (number?.width ?? 0) - 24).slice(0, 2);
        for (const [index, line] of lines.entries())
          sheet.type.draw(line, styles.footCode, paper.left, y + index * styles.footCode.leading);
        if (number) sheet.type.draw(number, styles.foot, paper.width - paper.right - number.width, y);
      },
      "Pagination",
    );
  }
};

const bytesOf = (pdf: PDFKit.PDFDocument): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
    pdf.on("error", reject);
    pdf.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
  });

/**
 * A tagged PDF in the PDF/A-3a profile (ISO 19005-3; AgID guidelines on electronic documents, annex 2). The same content
 * gives the same bytes: a returned signature is checked against what was issued, which can then be written again.
 */
export const writeDocument = async (content: DocumentContent): Promise<Uint8Array> => {
  const { title, subject, createdAt, language, blocks, attachment } = content;
  const pdf = new PDFDocument({
    size: "A4",
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: "1.7",
    subset: "PDF/A-3a",
    tagged: true,
    lang: language,
    displayTitle: true,
    info: {
      Title: title,
      Subject: subject,
      Author: "Area Riservata",
      Creator: "Area Riservata",
      Producer: "Area Riservata",
      CreationDate: createdAt,
      ModDate: createdAt,
    },
  });
  const written = bytesOf(pdf);
  registerFonts(pdf);
  pdf.addPage();
  const tree = pdf.struct("Document");
  pdf.addStructure(tree);
  const sheet: Sheet = { pdf, type: typesetter(pdf), tree, y: paper.top };
  writeBrand(sheet);
  for (const [index, block] of blocks.entries()) writeBlock(sheet, block, blocks[index + 1]);
  tree.end();
  writeFeet(sheet, content);
  if (attachment)
    pdf.file(Buffer.from(attachment.bytes), {
      name: attachment.name,
      type: attachment.mediaType,
      description: attachment.description,
      creationDate: createdAt,
      modifiedDate: createdAt,
      // The same facts as on the page, for machines (ISO 19005-3, annex E).
      relationship: "Alternative",
    } as PDFKit.Mixins.PDFAttachmentOptions);
  pdf.end();
  return written;
};
