import { ns } from "./names.ts";
import { type Refusal, refusalOf, refuse } from "./problems.ts";
import { responseBounds } from "./xml-guard.ts";
import { attribute, children, is, parseXml, textOf } from "./xml-tree.ts";

/** A message of the protocol that nobody has verified yet: the guarded text and its tree. */
export type OpenedMessage = { xml: string; root: Element };

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** §1.7 steps 1 to 3: size, base64, no DTD, comment or instruction, one parse, and the right root by namespace. */
export const openResponse = (samlResponse: string): OpenedMessage =>
  openMessage(decodeBase64(samlResponse), "Response");

export function decodeBase64(text: string): Buffer {
  if (text.length > responseBounds.characters * 1.4) refuse("login-response-malformed", "message too large");
  // Older providers break base64 in lines of 76; any other letter outside the alphabet is refused.
  const joined = text.replace(/\r?\n/g, "");
  if (joined.length % 4 !== 0 || !base64.test(joined)) refuse("login-response-malformed", "not base64");
  const bytes = Buffer.from(joined, "base64");
  if (bytes.length > responseBounds.characters) refuse("login-response-malformed", "message too large");
  if (bytes.toString("base64") !== joined) refuse("login-response-malformed", "base64 not canonical");
  return bytes;
}

export function openMessage(bytes: Buffer, rootName: string): OpenedMessage {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const { root, xml } = parseXml(text, responseBounds);
    if (is(root, ns.protocol, rootName)) return { xml, root };
  } catch (thrown) {
    refuse("login-response-malformed", thrown instanceof Error ? thrown.message : "not readable");
  }
  return refuse("login-response-malformed", `root is not samlp:${rootName}`);
}

/** Said by an unverified document: fit to look a pending request up, and for nothing else. */
export type UnverifiedResponse = { inResponseTo: string; responseId: string; issuer: string };

/** `opened` saves the verifier a second reading of the same text. */
export type Peeked = { ok: true; unverified: UnverifiedResponse; opened: OpenedMessage } | ({ ok: false } & Refusal);

export function peekResponse(samlResponse: string): Peeked {
  try {
    const opened = openResponse(samlResponse);
    const response = opened.root;
    const inResponseTo = attribute(response, "InResponseTo");
    if (!inResponseTo) refuse("login-response-unexpected", "Response InResponseTo missing");
    const [issuer] = children(response, ns.assertion, "Issuer");
    const unverified = {
      inResponseTo,
      responseId: attribute(response, "ID") ?? "",
      issuer: (issuer && textOf(issuer)) ?? "",
    };
    return { ok: true, unverified, opened };
  } catch (thrown) {
    return { ok: false, ...refusalOf(thrown) };
  }
}
