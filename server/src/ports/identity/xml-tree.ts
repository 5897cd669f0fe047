import { DOMParser } from "@xmldom/xmldom";
import { guardXml, type XmlBounds } from "./xml-guard.ts";

/** Parses a document that passed the guard; a complaint of either is thrown. */
export function parseXml(source: string, bounds: XmlBounds): { document: Document; root: Element; xml: string } {
  const guarded = guardXml(source, bounds);
  if (!guarded.ok) throw new Error(guarded.complaint);
  // The parser's habit is to print what displeases it and go on: here every displeasure ends the reading.
  const complain = (message: unknown): never => {
    throw new Error(`XML: ${String(message).split("\n")[0]}`);
  };
  const parser = new DOMParser({ errorHandler: { warning: complain, error: complain, fatalError: complain } });
  const document = parser.parseFromString(guarded.xml, "text/xml");
  const root = document?.documentElement;
  if (!root) throw new Error("XML: no root element");
  return { document, root, xml: guarded.xml };
}

export const isElement = (node: Node): node is Element => node.nodeType === 1;

export function childElements(parent: Element): Element[] {
  return Array.from(parent.childNodes).filter(isElement);
}

export function children(parent: Element, namespace: string, localName: string): Element[] {
  return childElements(parent).filter((child) => is(child, namespace, localName));
}

export function is(element: Element, namespace: string, localName: string): boolean {
  return element.namespaceURI === namespace && element.localName === localName;
}

/** Every element of the tree under (and with) the given one, in document order. */
export function* everyElement(root: Element): Generator<Element> {
  yield root;
  for (const child of childElements(root)) yield* everyElement(child);
}

/** The value of an attribute in no namespace; undefined when absent, "" when empty. */
export function attribute(element: Element, name: string): string | undefined {
  const found = element.getAttributeNode(name);
  return found && !found.namespaceURI ? found.value : undefined;
}

/** The text of an element that holds nothing but text, trimmed: real documents pad values with line ends. */
export function textOf(element: Element): string | undefined {
  const nodes = Array.from(element.childNodes);
  if (nodes.some((node) => node.nodeType !== 3)) return undefined;
  return nodes
    .map((node) => node.nodeValue ?? "")
    .join("")
    .trim();
}

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

export function escapeXml(value: string): string {
  return value.replace(/[&<>"']/g, (letter) => escapes[letter] ?? letter);
}
