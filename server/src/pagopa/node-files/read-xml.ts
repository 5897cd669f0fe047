/*
 * The plain part of XML that the node's files need: elements, text, the five entities of the standard. No DTD, no entity of one's
 * own, no CDATA, no processing instruction besides the declaration: two readers can see but one document (OWASP, XXE).
 */
export type Node = { name: string; children: Node[]; text: string };
export class XmlRefused extends Error {}

const BOUNDS = { characters: 2 * 1024 * 1024, elements: 50_000, depth: 8 };
const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const unescaped = (text: string): string =>
  text.replace(/&([^;]{0,12});?/g, (_, name: string) => {
    const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
    const point = code ? Number.parseInt(code[1] ?? code[2]!, code[1] ? 16 : 10) : null;
    if (point !== null && point > 0x1f && point <= 0x10ffff) return String.fromCodePoint(point);
    const known = entities[name];
    if (known === undefined) throw new XmlRefused("contiene un’entità");
    return known;
  });

export const readXml = (bytes: Uint8Array): Node => {
  let source: string;
  try {
    source = new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/^\ufeff/, "");
  } catch {
    throw new XmlRefused("non è testo UTF-8");
  }
  if (source.length > BOUNDS.characters) throw new XmlRefused("è troppo grande");
  const text = source.replace(/^\s*<\?xml\s[^?]*\?>/, "").replace(/<!--(?:(?!--)[\s\S])*-->/g, "");
  if (/<!|<\?/.test(text)) throw new XmlRefused("contiene una DTD, una sezione CDATA o un’istruzione");
  const root: Node = { name: "", children: [], text: "" };
  const open: Node[] = [root];
  let elements = 0;
  let at = 0;
  // Names without prefix; attributes only where the node's own files have them, on the root, and never read.
  const tag = /<(\/?)([A-Za-z_][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
  while (at < text.length) {
    const next = text.indexOf("<", at);
    const between = text.slice(at, next < 0 ? text.length : next);
    const parent = open.at(-1)!;
    if (open.length === 1 && between.trim()) throw new XmlRefused("ha testo fuori dal documento");
    parent.text += unescaped(between);
    if (next < 0) break;
    tag.lastIndex = next;
    const found = tag.exec(text);
    if (!found) throw new XmlRefused("ha un elemento scritto male");
    at = tag.lastIndex;
    const [, closing, name, attributes, empty] = found as unknown as [string, string, string, string, string];
    if (closing) {
      if (attributes || empty || open.length === 1 || parent.name !== name)
        throw new XmlRefused(`chiude «${name}» fuori posto`);
      open.pop();
      continue;
    }
    if (attributes.trim() && open.length > 1) throw new XmlRefused(`«${name}» ha attributi`);
    if (++elements > BOUNDS.elements) throw new XmlRefused("ha troppi elementi");
    if (open.length === 1 && root.children.length > 0) throw new XmlRefused("ha più di una radice");
    const node: Node = { name, children: [], text: "" };
    parent.children.push(node);
    if (!empty) {
      if (open.length > BOUNDS.depth) throw new XmlRefused("è troppo profondo");
      open.push(node);
    }
  }
  if (open.length > 1) throw new XmlRefused(`non chiude «${open.at(-1)!.name}»`);
  const [only] = root.children;
  if (!only) throw new XmlRefused("è vuoto");
  return only;
};

/** What a schema asks of an element: a sequence of children, each so many times, or text of a form. */
export type Shape =
  | { text: RegExp | ((text: string) => boolean) }
  | { sequence: readonly [name: string, shape: Shape, least: number, most: number][] }
  | { choice: readonly [name: string, shape: Shape][]; least: number };

const fits = (shape: Extract<Shape, { text: unknown }>, text: string): boolean =>
  shape.text instanceof RegExp ? shape.text.test(text) : shape.text(text);

/** The first place where a document is not what its schema says; null when it is. The order of elements matters, as in xs:sequence. */
export const wrongIn = (node: Node, shape: Shape, path = node.name): string | null => {
  if ("text" in shape) {
    if (node.children.length > 0) return `${path}: qui va solo testo`;
    return fits(shape, node.text) ? null : `${path}: valore «${node.text.trim().slice(0, 40)}» non ammesso`;
  }
  if (node.text.trim()) return `${path}: qui non va testo`;
  if ("choice" in shape) {
    if (node.children.length < shape.least) return `${path}: manca il contenuto`;
    for (const child of node.children) {
      const found = shape.choice.find(([name]) => name === child.name);
      if (!found) return `${path}: «${child.name}» non è previsto`;
      const wrong = wrongIn(child, found[1], `${path}/${child.name}`);
      if (wrong) return wrong;
    }
    return null;
  }
  let at = 0;
  for (const [name, inner, least, most] of shape.sequence) {
    let times = 0;
    while (times < most && node.children[at]?.name === name) {
      const wrong = wrongIn(node.children[at]!, inner, `${path}/${name}`);
      if (wrong) return wrong;
      times++;
      at++;
    }
    if (times < least) return `${path}: manca «${name}»`;
  }
  return at < node.children.length ? `${path}: «${node.children[at]!.name}» non è previsto qui` : null;
};

export const child = (node: Node, name: string): Node | undefined => node.children.find((one) => one.name === name);
export const textIn = (node: Node, name: string): string => (child(node, name)?.text ?? "").trim();
