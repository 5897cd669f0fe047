import { ns } from "./names";
import { type Refusal, refusalOf, refuse } from "./problems";
import { responseBounds } from "./xml-guard";
import { attribute, children, is, parseXml, textOf } from "./xml-tree";

/** A samlp:Response nobody has verified yet: the guarded text and its tree. */
export type OpenedResponse = { xml: string; response: Element };

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** §1.7 steps 1 to 3: size, base64, no DTD, comment or instruction, one parse, and the right root by namespace. */
export function openResponse(samlResponse: string): OpenedResponse {
  if (samlResponse.length > responseBounds.characters * 1.4) refuse("login-response-malformed", "response too large");
  // Older providers break base64 in lines of 76; any other letter outside the alphabet is refused.
  const joined = samlResponse.replace(/\r?\n/g, "");
  if (joined.length % 4 !== 0 || !base64.test(joined)) refuse("login-response-malformed", "not base64");
  const bytes = Buffer.from(joined, "base64");
  if (bytes.length > responseBounds.characters) refuse("login-response-malformed", "response too large");
  if (bytes.toString("base64") !== joined) refuse("login-response-malformed", "base64 not canonical");
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const { root, xml } = parseXml(text, responseBounds);
    if (is(root, ns.protocol, "Response")) return { xml, response: root };
  } catch (thrown) {
    refuse("login-response-malformed", thrown instanceof Error ? thrown.message : "not readable");
  }
  return refuse("login-response-malformed", "root is not samlp:Response");
}

/** Said by an unverified document: fit to look a pending request up, and for nothing else. */
export type UnverifiedResponse = { inResponseTo: string; responseId: string; issuer: string };

export type Peeked = { ok: true; unverified: UnverifiedResponse } | ({ ok: false } & Refusal);

export function peekResponse(samlResponse: string): Peeked {
  try {
    const { response } = openResponse(samlResponse);
    const inResponseTo = attribute(response, "InResponseTo");
    if (!inResponseTo) refuse("login-response-unexpected", "Response InResponseTo missing");
    const [issuer] = children(response, ns.assertion, "Issuer");
    const unverified = {
      inResponseTo,
      responseId: attribute(response, "ID") ?? "",
      issuer: (issuer && textOf(issuer)) ?? "",
    };
    return { ok: true, unverified };
  } catch (thrown) {
    return { ok: false, ...refusalOf(thrown) };
  }
}
