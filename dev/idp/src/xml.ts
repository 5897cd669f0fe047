import { DOMParser } from "@xmldom/xmldom";
import { escapeText } from "../../kit/html.ts";

export const NS = {
  protocol: "urn:oasis:names:tc:SAML:2.0:protocol",
  assertion: "urn:oasis:names:tc:SAML:2.0:assertion",
  metadata: "urn:oasis:names:tc:SAML:2.0:metadata",
  signature: "http://www.w3.org/2000/09/xmldsig#",
  spid: "https://spid.gov.it/saml-extensions",
  cie: "https://www.cartaidentita.interno.gov.it/saml-extensions",
} as const;

export const BINDING = {
  post: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
  redirect: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
} as const;
export type Binding = keyof typeof BINDING;

export const ENTITY_FORMAT = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
export const TRANSIENT_FORMAT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";

/** Parses once and strictly: any complaint of the parser is an error, and a DTD is refused before parsing. */
export function parseXml(text: string): Element {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new Error("Il documento contiene una DTD.");
  const complain = (message: string): never => {
    throw new Error(`XML non valido: ${message.split("\n")[0]}`);
  };
  const parser = new DOMParser({ errorHandler: { warning: complain, error: complain, fatalError: complain } });
  const root = parser.parseFromString(text, "text/xml")?.documentElement;
  if (!root) throw new Error("XML vuoto.");
  return root;
}

export function children(parent: Element, namespace: string, name: string): Element[] {
  const found: Element[] = [];
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    if (node.nodeType !== 1) continue;
    const element = node as Element;
    if (element.namespaceURI === namespace && element.localName === name) found.push(element);
  }
  return found;
}

export function child(parent: Element | undefined, namespace: string, name: string): Element | undefined {
  return parent && children(parent, namespace, name)[0];
}

export function textOf(element: Element | undefined): string {
  return element?.textContent?.trim() ?? "";
}

/** The attribute's value, or undefined when it is not there (an empty one stays empty). */
export function attribute(element: Element, name: string): string | undefined {
  return element.hasAttribute(name) ? (element.getAttribute(name) ?? "") : undefined;
}

/** XML from a template: every value is escaped, unless it was made by `xml` itself. */
export interface Xml {
  readonly xml: string;
}
export type XmlPiece = Xml | string | number | undefined | false | readonly Xml[];

export function xml(strings: TemplateStringsArray, ...pieces: XmlPiece[]): Xml {
  let out = strings[0]!.trimStart();
  pieces.forEach((piece, i) => {
    out += render(piece) + strings[i + 1]!;
  });
  // Blanks between elements would only be noise in what is signed.
  return { xml: out.replace(/>\s+</g, "><").trimEnd() };
}

function render(piece: XmlPiece): string {
  if (piece === undefined || piece === false) return "";
  if (typeof piece === "string" || typeof piece === "number") return escapeText(String(piece));
  return "xml" in piece ? piece.xml : piece.map((p) => p.xml).join("");
}
