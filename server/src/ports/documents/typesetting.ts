import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// Words into lines. The fonts come in two halves, Latin and extended Latin (č, š, ž), so a word may need both:
// each line is a row of runs, and no line ever breaks where one half gives way to the other.

export interface Style {
  face: Face;
  size: number;
  leading: number;
  colour: string;
}

export interface Run {
  font: string;
  text: string;
  width: number;
}

export interface Line {
  runs: Run[];
  width: number;
}

export type Face = "regular" | "semibold" | "bold" | "mono";

const faces: Record<Face, string[]> = {
  regular: ["text-400", "text-ext-400"],
  semibold: ["text-600", "text-ext-600"],
  bold: ["text-700", "text-ext-700"],
  mono: ["mono-400", "mono-ext-400", "text-400", "text-ext-400"],
};

const resolve = createRequire(import.meta.url).resolve;
const titillium = (half: string, weight: number): string =>
  resolve(`@fontsource/titillium-web/files/titillium-web-${half}-${weight}-normal.woff`);
const mono = (half: string): string => resolve(`@fontsource/dm-mono/files/dm-mono-${half}-400-normal.woff`);

const fontFiles: Record<string, string> = {
  "text-400": titillium("latin", 400),
  "text-600": titillium("latin", 600),
  "text-700": titillium("latin", 700),
  "text-ext-400": titillium("latin-ext", 400),
  "text-ext-600": titillium("latin-ext", 600),
  "text-ext-700": titillium("latin-ext", 700),
  "mono-400": mono("latin"),
  "mono-ext-400": mono("latin-ext"),
};

const bytesOf = new Map<string, Buffer>();
const fontBytes = (path: string): Buffer => {
  const known = bytesOf.get(path);
  if (known) return known;
  const bytes = readFileSync(path);
  bytesOf.set(path, bytes);
  return bytes;
};

export const registerFonts = (pdf: PDFKit.PDFDocument): void => {
  for (const [name, path] of Object.entries(fontFiles)) pdf.registerFont(name, fontBytes(path));
};

/** The part of pdfkit's font that its types leave out. */
interface OpenedFont {
  font: { hasGlyphForCodePoint: (codePoint: number) => boolean };
}

export interface Typesetter {
  lines: (text: string, style: Style, width: number) => Line[];
  draw: (line: Line, style: Style, x: number, baseline: number) => void;
}

export const typesetter = (pdf: PDFKit.PDFDocument): Typesetter => {
  const covered = new Map<string, boolean>();
  const covers = (font: string, character: string): boolean => {
    const key = `${font} ${character}`;
    const known = covered.get(key);
    if (known !== undefined) return known;
    const opened = (pdf.font(font) as unknown as { _font: OpenedFont })._font;
    const answer = opened.font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
    covered.set(key, answer);
    return answer;
  };

  /** A letter none of the fonts has: its plain form if there is one, else a question mark (PDF/A wants no empty glyph). */
  const plain = (character: string): string => {
    const [first = "?"] = character.normalize("NFKD");
    return covers("text-400", first) ? first : "?";
  };

  const widthOf = (font: string, size: number, text: string): number =>
    pdf.font(font).fontSize(size).widthOfString(text);

  const runsOf = (text: string, style: Style): Run[] => {
    const runs: Run[] = [];
    for (const written of text) {
      const fonts = faces[style.face];
      const found = fonts.find((font) => covers(font, written));
      const character = found ? written : plain(written);
      // A blank goes along with whatever stands before it.
      const last = runs.at(-1);
      const font = found ?? fonts[0] ?? "text-400";
      if (last && (last.font === font || (character === " " && covers(last.font, " ")))) last.text += character;
      else runs.push({ font, text: character, width: 0 });
    }
    for (const run of runs) run.width = widthOf(run.font, style.size, run.text);
    return runs;
  };

  const lineOf = (text: string, style: Style): Line => {
    const runs = runsOf(text, style);
    return { runs, width: runs.reduce((sum, run) => sum + run.width, 0) };
  };

  /** A word longer than the line (an address, a digest) is cut where it must be. */
  const cut = (word: string, style: Style, width: number): string[] => {
    if (lineOf(word, style).width <= width) return [word];
    const parts = [""];
    for (const character of word) {
      const longer = parts[parts.length - 1] + character;
      if (lineOf(longer, style).width <= width) parts[parts.length - 1] = longer;
      else parts.push(character);
    }
    return parts;
  };

  const wordWidths = new Map<string, number>();
  const wordWidth = (word: string, style: Style): number => {
    const key = `${style.face} ${style.size} ${word}`;
    const width = wordWidths.get(key) ?? lineOf(word, style).width;
    wordWidths.set(key, width);
    return width;
  };

  const lines: Typesetter["lines"] = (text, style, width) =>
    text.split("\n").flatMap((paragraph) => {
      const done: string[] = [];
      let current = "";
      let filled = 0;
      for (const word of paragraph
        .normalize("NFC")
        .split(/[ \t]+/)
        .filter(Boolean)) {
        const wide = wordWidth(word, style);
        const blank = current ? wordWidth(" ", style) : 0;
        if (filled + blank + wide <= width) {
          current = current ? `${current} ${word}` : word;
          filled += blank + wide;
          continue;
        }
        // The blank stays at the end of the line, so that whoever copies the text gets whole words back.
        if (current) done.push(`${current} `);
        const parts = cut(word, style, width);
        done.push(...parts.slice(0, -1));
        current = parts.at(-1) ?? "";
        filled = lineOf(current, style).width;
      }
      return [...done, current].map((line) => lineOf(line, style));
    });

  const draw: Typesetter["draw"] = (line, style, x, baseline) => {
    let at = x;
    for (const run of line.runs) {
      pdf.font(run.font).fontSize(style.size).fillColor(style.colour);
      pdf.text(run.text, at, baseline, { lineBreak: false, baseline: "alphabetic" });
      at += run.width;
    }
  };

  return { lines, draw };
};
