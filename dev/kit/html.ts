// Text becomes HTML in one way only: a tagged template that escapes every value that is not itself `Html`.

export interface Html {
  readonly html: string;
}
export type Piece = Html | string | number | false | undefined | null | readonly Piece[];

export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Html {
  let out = strings[0]!;
  pieces.forEach((piece, i) => {
    out += render(piece) + strings[i + 1]!;
  });
  return { html: out };
}

export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

function render(piece: Piece): string {
  if (piece === false || piece === undefined || piece === null) return "";
  if (typeof piece === "string") return escapeText(piece);
  if (typeof piece === "number") return String(piece);
  if (isList(piece)) return piece.map(render).join("");
  return piece.html;
}

function isList(piece: Html | readonly Piece[]): piece is readonly Piece[] {
  return Array.isArray(piece);
}
