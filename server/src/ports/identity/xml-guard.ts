import { ns } from "./names.ts";

/**
 * Reads a document's letters before any parser does, in one pass and with memory bound by the allowed depth.
 *
 * The parser in use forgives much: unquoted attributes, unknown entities, undeclared prefixes, line ends of XML 1.1.
 * Each kindness is a place where two readers may see two documents, which is how signatures get wrapped. So only the
 * plain part of XML that SAML needs passes: no DTD, no CDATA, no processing instruction, no comment, every element
 * and prefix in a declared namespace, no prefix bound to two meanings.
 */
export type XmlBounds = {
  characters: number;
  depth: number;
  elements: number;
  attributesPerElement: number;
  attributes: number;
  /** Metadata in the field is full of comments: they are cut out before anything else looks at the text. */
  comments: "refused" | "dropped";
};

export const responseBounds: XmlBounds = {
  characters: 256 * 1024,
  depth: 24,
  elements: 1_000,
  attributesPerElement: 24,
  attributes: 2_000,
  comments: "refused",
};

export const metadataBounds: XmlBounds = {
  characters: 8 * 1024 * 1024,
  depth: 32,
  elements: 120_000,
  attributesPerElement: 24,
  attributes: 240_000,
  comments: "dropped",
};

export type Guarded = { ok: true; xml: string } | { ok: false; complaint: string };

const declaration =
  /^<\?xml\s{1,8}version=(?:"1\.0"|'1\.0')(?:\s{1,8}encoding=(?:"utf-8"|'utf-8'))?(?:\s{1,8}standalone=(?:"(?:yes|no)"|'(?:yes|no)'))?\s{0,8}\?>/i;
// C1 controls and the line separators are legal XML 1.0, but the parser rewrites them as line ends or spaces.
const plainCharacters = /[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const characterReference = /&(?:amp|lt|gt|quot|apos|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));/y;
const qualifiedName = /(?:([A-Za-z_][A-Za-z0-9_.-]{0,99}):)?([A-Za-z_][A-Za-z0-9_.-]{0,99})(?![A-Za-z0-9_.:-])/y;
const blanks = /[ \t\r\n]*/y;
// The canonicaliser writes namespace names without escaping them: a quote in one would forge markup.
const plainNamespace = /^[A-Za-z0-9:/.#_?=%~+@,-]{1,300}$/;

export function guardXml(source: string, bounds: XmlBounds): Guarded {
  if (source.length > bounds.characters) return { ok: false, complaint: "document too large" };
  const body = source.replace(declaration, "");
  const xml = bounds.comments === "dropped" ? withoutComments(body) : body;
  if (xml === undefined) return { ok: false, complaint: "comment not closed" };
  const complaint = letterComplaint(xml) ?? structureComplaint(xml, bounds);
  return complaint === undefined ? { ok: true, xml } : { ok: false, complaint };
}

function withoutComments(xml: string): string | undefined {
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const start = xml.indexOf("<!--", at);
    if (start < 0) break;
    kept.push(xml.slice(at, start));
    const end = xml.indexOf("--", start + 4);
    if (end < 0 || xml[end + 2] !== ">") return undefined;
    at = end + 3;
  }
  kept.push(xml.slice(at));
  return kept.join("");
}

function letterComplaint(xml: string): string | undefined {
  if (plainCharacters.test(xml)) return "character not allowed";
  if (xml.includes("]]>")) return "CDATA end not allowed";
  for (let at = xml.indexOf("&"); at >= 0; at = xml.indexOf("&", at + 1)) {
    characterReference.lastIndex = at;
    const reference = characterReference.exec(xml);
    if (!reference) return "entity not allowed";
    const code = reference[1]
      ? Number.parseInt(reference[1], 10)
      : reference[2]
        ? Number.parseInt(reference[2], 16)
        : 32;
    if (code > 0x10ffff || plainCharacters.test(String.fromCodePoint(code))) return "character reference not allowed";
  }
  return undefined;
}

type Open = { name: string; declared: string[] };

function structureComplaint(xml: string, bounds: XmlBounds): string | undefined {
  const open: Open[] = [];
  const scope = new Map<string, string[]>([["xml", [ns.xml]]]);
  let elements = 0;
  let attributes = 0;
  let at = 0;
  for (;;) {
    const start = xml.indexOf("<", at);
    if (open.length === 0 && !isBlank(xml, at, start < 0 ? xml.length : start)) return "text outside the root";
    if (start < 0) break;
    if (xml[start + 1] === "!") return "declaration, comment or CDATA not allowed";
    if (xml[start + 1] === "?") return "processing instruction not allowed";

    if (xml[start + 1] === "/") {
      const name = nameAt(xml, start + 2);
      const last = open.pop();
      if (!name || !last || last.name !== name.text) return "end tag does not match";
      const end = afterBlanks(xml, name.end);
      if (xml[end] !== ">") return "end tag not closed";
      forget(scope, last.declared);
      at = end + 1;
      continue;
    }

    if (open.length === 0 && elements > 0) return "more than one root";
    elements += 1;
    if (elements > bounds.elements) return "too many elements";
    if (open.length >= bounds.depth) return "nested too deep";
    const tag = startTag(xml, start + 1, bounds.attributesPerElement);
    if (typeof tag === "string") return tag;
    attributes += tag.attributes.length;
    if (attributes > bounds.attributes) return "too many attributes";
    const declared = declareNamespaces(scope, tag.attributes);
    if (typeof declared === "string") return declared;
    const complaint = namespaceComplaint(scope, tag);
    if (complaint) return complaint;
    if (tag.empty) forget(scope, declared);
    else open.push({ name: tag.name.text, declared });
    at = tag.end;
  }
  if (open.length > 0) return "element not closed";
  return elements === 0 ? "no root element" : undefined;
}

type Name = { text: string; prefix: string; local: string; end: number };
type Attribute = { name: Name; value: string };
type Tag = { name: Name; attributes: Attribute[]; empty: boolean; end: number };

function startTag(xml: string, from: number, most: number): Tag | string {
  const name = nameAt(xml, from);
  if (!name) return "element name not allowed";
  const attributes: Attribute[] = [];
  let at = name.end;
  for (;;) {
    const next = afterBlanks(xml, at);
    if (xml[next] === ">") return { name, attributes, empty: false, end: next + 1 };
    if (xml[next] === "/" && xml[next + 1] === ">") return { name, attributes, empty: true, end: next + 2 };
    if (next === at) return "space missing before attribute";
    if (attributes.length >= most) return "too many attributes on one element";
    const attribute = nameAt(xml, next);
    if (!attribute) return "attribute name not allowed";
    const equals = afterBlanks(xml, attribute.end);
    const opening = afterBlanks(xml, equals + 1);
    const quote = xml[opening];
    if (xml[equals] !== "=" || (quote !== '"' && quote !== "'")) return "attribute without a quoted value";
    const closing = xml.indexOf(quote, opening + 1);
    if (closing < 0) return "attribute value not closed";
    const value = xml.slice(opening + 1, closing);
    if (value.includes("<")) return "markup inside an attribute value";
    attributes.push({ name: attribute, value });
    at = closing + 1;
  }
}

/** Binds what the tag declares; answers the prefixes bound, or a complaint. The default namespace has prefix "". */
function declareNamespaces(scope: Map<string, string[]>, attributes: Attribute[]): string[] | string {
  const declared: string[] = [];
  for (const { name, value } of attributes) {
    const isDefault = name.text === "xmlns";
    if (!isDefault && name.prefix !== "xmlns") {
      // An attribute called xmlnsSomething is skipped by the canonicaliser, and so would not be signed.
      if (name.text.toLowerCase().startsWith("xmlns")) return "attribute name not allowed";
      continue;
    }
    const prefix = isDefault ? "" : name.local;
    if (prefix.toLowerCase().startsWith("xml")) return "prefix not allowed";
    if (!plainNamespace.test(value) || value === ns.xml) return "namespace name not allowed";
    if (declared.includes(prefix)) return "namespace declared twice";
    const bound = scope.get(prefix) ?? [];
    const current = bound.at(-1);
    if (!isDefault && current !== undefined && current !== value) return "prefix bound to two namespaces";
    scope.set(prefix, bound);
    bound.push(value);
    declared.push(prefix);
  }
  return declared;
}

function namespaceComplaint(scope: Map<string, string[]>, tag: Tag): string | undefined {
  if (tag.name.prefix === "xml" || !scope.get(tag.name.prefix)?.length) return "element in no declared namespace";
  const seen = new Set<string>();
  for (const { name } of tag.attributes) {
    const bound = name.prefix === "" || name.prefix === "xmlns" ? name.prefix : scope.get(name.prefix)?.at(-1);
    if (bound === undefined) return "attribute prefix not declared";
    const expanded = `${bound} ${name.local}`;
    if (seen.has(expanded)) return "attribute repeated";
    seen.add(expanded);
  }
  return undefined;
}

function forget(scope: Map<string, string[]>, declared: string[]): void {
  for (const prefix of declared) {
    const bound = scope.get(prefix);
    bound?.pop();
    if (bound?.length === 0) scope.delete(prefix);
  }
}

function nameAt(xml: string, at: number): Name | undefined {
  qualifiedName.lastIndex = at;
  const found = qualifiedName.exec(xml);
  if (!found?.[2]) return undefined;
  return { text: found[0], prefix: found[1] ?? "", local: found[2], end: at + found[0].length };
}

function afterBlanks(xml: string, at: number): number {
  blanks.lastIndex = at;
  return blanks.exec(xml) ? blanks.lastIndex : at;
}

function isBlank(xml: string, from: number, to: number): boolean {
  return afterBlanks(xml, from) >= to;
}
