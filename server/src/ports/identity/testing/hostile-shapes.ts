const filled = (piece: string, size: number, before = "", after = "") =>
  before + piece.repeat(Math.floor((size - before.length - after.length) / piece.length)) + after;

/** Documents made to cost their reader dear, each of about the size asked for. */
export const hostileShapes: [string, (size: number) => string][] = [
  ["elements nested without end", (size) => filled("<a>", size, '<a xmlns="urn:x">')],
  ["elements nested and closed", (size) => filled("<a>", size / 2, '<a xmlns="urn:x">') + filled("</a>", size / 2)],
  ["a crowd of siblings", (size) => filled("<a/>", size, '<a xmlns="urn:x">', "</a>")],
  [
    "one element with attributes without end",
    (size) => `<a xmlns="urn:x" ${Array.from({ length: size / 10 }, (_, n) => `b${n}="1"`).join(" ")}/>`,
  ],
  [
    "namespaces without end",
    (size) => `<a ${Array.from({ length: size / 20 }, (_, n) => `xmlns:b${n}="urn:x"`).join(" ")}/>`,
  ],
  ["one huge attribute never closed", (size) => filled("a", size, '<a b="')],
  ["one huge name", (size) => filled("a", size, "<")],
  ["spaces inside a tag", (size) => filled(" ", size, "<a")],
  ["ampersands", (size) => filled("&", size, '<a xmlns="urn:x">')],
  ["end tags only", (size) => filled("</a>", size)],
  ["openings only", (size) => filled("<", size)],
  ["a bomb of entities", (size) => filled('<!ENTITY a "&b;&b;&b;&b;">', size, "<!DOCTYPE a [", "]><a>&a;</a>")],
  ["comments without end", (size) => filled("<!--", size)],
];
