import type { IdentityProvider } from "./identity-provider-metadata.ts";
import { type Level, ns } from "./names.ts";
import { type OpenedMessage, openResponse } from "./open-response.ts";
import { type Refusal, refusalOf, refuse } from "./problems.ts";
import { checkMessage, type Expectations, requiredAttribute } from "./response-expectations.ts";
import { checkStatus } from "./response-status.ts";
import type { ServiceProvider } from "./service-provider.ts";
import { identityOf, type VerifiedIdentity } from "./verified-identity.ts";
import { responseBounds } from "./xml-guard.ts";
import { repeatedId, verifyEnveloped } from "./xml-signature.ts";
import { childElements, children, everyElement } from "./xml-tree.ts";

export type Verification =
  | { ok: true; identity: VerifiedIdentity }
  /**
   * `signed`: the Response that brought this problem carried a good signature. An unsigned refusal may come from
   * anybody who can reach the page, so it must not use up the pending request (§1.5).
   */
  | ({ ok: false; signed: boolean } & Refusal);

/**
 * Judges a provider's answer, in the order of §1.7. Remembering that a request or an assertion was already used is
 * the caller's duty, in the transaction that opens the session.
 */
export function verifyResponse(given: {
  /** As it came, or as `peekResponse` opened it. */
  samlResponse: string | OpenedMessage;
  /** RelayState as it came back; when given it must be the request's. */
  relayState?: string;
  request: { id: string; issueInstant: Date; level: Level; relayState: string };
  identityProvider: IdentityProvider;
  sp: ServiceProvider;
  now: Date;
  clockSkewSeconds?: number;
}): Verification {
  const { request, identityProvider, sp, now } = given;
  const expected: Expectations = { request, identityProvider, sp, now, skew: (given.clockSkewSeconds ?? 30) * 1000 };
  let signed = false;
  try {
    if (given.relayState !== undefined && given.relayState !== request.relayState)
      refuse("login-response-unexpected", "RelayState is not the request's");
    const arrived = typeof given.samlResponse === "string" ? openResponse(given.samlResponse) : given.samlResponse;
    const parts = partsOf(arrived.root);

    let response = arrived.root;
    if (parts.responseSignature) {
      response = signedRoot(arrived.xml, response, parts.responseSignature, identityProvider);
      signed = true;
    }
    const responseId = checkMessage(response, expected, "optional");
    checkAddressee(response, expected);
    checkStatus(response);

    if (!parts.assertion) refuse("login-response-malformed", "success without Assertion");
    if (!parts.assertionSignature) refuse("login-response-untrusted", "Assertion is not signed");
    const assertion = signedRoot(arrived.xml, parts.assertion, parts.assertionSignature, identityProvider);
    return { ok: true, identity: identityOf(assertion, responseId, expected) };
  } catch (thrown) {
    return { ok: false, signed, ...refusalOf(thrown) };
  }
}

type Parts = { assertion?: Element; assertionSignature?: Element; responseSignature?: Element };

/**
 * §1.7 step 7 and the layout of step 8, before any cryptography: at most one Assertion in the whole document and only
 * as a child of the Response, and signatures only as children of what they sign. Local names alone are compared, so
 * that a namesake in a made-up namespace is refused too.
 */
function partsOf(response: Element): Parts {
  const all = Array.from(everyElement(response));
  const called = (name: string) => all.filter((element) => element.localName.toLowerCase() === name);
  if (all.some((element) => element.localName.startsWith("Encrypted")))
    refuse("login-response-malformed", "encrypted content");
  if (called("response").length > 1) refuse("login-response-malformed", "a Response inside the Response");
  const [assertion, ...otherAssertions] = children(response, ns.assertion, "Assertion");
  if (otherAssertions.length > 0 || called("assertion").length !== (assertion ? 1 : 0))
    refuse("login-response-malformed", "more than one Assertion, or out of place");
  if (repeatedId(response) !== undefined) refuse("login-response-untrusted", "ID repeated");
  const [responseSignature, ...moreOfResponse] = children(response, ns.signature, "Signature");
  const [assertionSignature, ...moreOfAssertion] = assertion ? children(assertion, ns.signature, "Signature") : [];
  const placed = [responseSignature, assertionSignature].filter((signature) => signature !== undefined);
  if (moreOfResponse.length > 0 || moreOfAssertion.length > 0 || called("signature").length !== placed.length)
    refuse("login-response-untrusted", "a Signature out of place");
  refuseStrangers(response);
  return {
    ...(assertion ? { assertion } : {}),
    ...(assertionSignature ? { assertionSignature } : {}),
    ...(responseSignature ? { responseSignature } : {}),
  };
}

const partsOfResponse = new Set([
  `${ns.assertion} Issuer`,
  `${ns.signature} Signature`,
  `${ns.protocol} Extensions`,
  `${ns.protocol} Status`,
  `${ns.assertion} Assertion`,
]);

/** "Signed IdP metadata element first in the Response" (§1.8): nothing foreign stands beside what the schema names. */
function refuseStrangers(response: Element): void {
  const stranger = childElements(response).find(
    (child) => !partsOfResponse.has(`${child.namespaceURI} ${child.localName}`),
  );
  if (stranger) refuse("login-response-malformed", `unexpected ${stranger.localName} in the Response`);
}

function signedRoot(xml: string, signed: Element, signature: Element, identityProvider: IdentityProvider): Element {
  const result = verifyEnveloped(xml, signed, signature, identityProvider.signingCertificates, responseBounds);
  if (!result.ok) refuse("login-response-untrusted", `${signed.localName} signature: ${result.reason}`);
  return result.root;
}

/** Step 5: the answer is to our question, and was sent to our door. */
function checkAddressee(response: Element, { request, sp }: Expectations): void {
  if (requiredAttribute(response, "InResponseTo", "login-response-unexpected") !== request.id)
    refuse("login-response-unexpected", "Response answers another request");
  if (requiredAttribute(response, "Destination", "login-response-not-for-us") !== sp.acsUrl)
    refuse("login-response-not-for-us", "Destination is another service");
}
