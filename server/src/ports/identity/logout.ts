import { inflateRawSync } from "node:zlib";
import type { IdentityProvider } from "./identity-provider-metadata.ts";
import { formatInstant, wholeSeconds } from "./instants.ts";
import { format, ns, statusSuccess } from "./names.ts";
import { decodeBase64, openMessage } from "./open-response.ts";
import { type Refusal, refusalOf, refuse } from "./problems.ts";
import {
  checkMessage,
  checkNotPast,
  type Expectations,
  onlyChild,
  requiredInstant,
  requiredText,
} from "./response-expectations.ts";
import { type Sent, send, unguessableId } from "./send-message.ts";
import type { ServiceProvider } from "./service-provider.ts";
import { responseBounds } from "./xml-guard.ts";
import { repeatedId, verifyEnveloped, verifyQuery } from "./xml-signature.ts";
import { attribute, children, everyElement, textOf, escapeXml as x } from "./xml-tree.ts";

/** Single logout (§1.9). Only L1 leaves a session at the provider; we answer whoever rightly asks, always. */
type Addressed = { sp: ServiceProvider; identityProvider: IdentityProvider; binding: "post" | "redirect"; now: Date };

export type LogoutRequest = { id: string; issueInstant: Date; destination: string } & Sent<"SAMLRequest">;

export function logoutRequest(
  asked: Addressed & { nameId: string; nameQualifier: string; sessionIndex: string; relayState: string },
): LogoutRequest {
  const { sp } = asked;
  const destination = logoutAddress(asked);
  const id = unguessableId();
  const issueInstant = wholeSeconds(asked.now);
  const unsigned =
    `<samlp:LogoutRequest ${head(id, issueInstant, destination)}>${issuer(sp)}` +
    `<saml:NameID Format="${format.transient}" NameQualifier="${x(asked.nameQualifier)}">${x(asked.nameId)}</saml:NameID>` +
    `<samlp:SessionIndex>${x(asked.sessionIndex)}</samlp:SessionIndex></samlp:LogoutRequest>`;
  const envelope = { parameter: "SAMLRequest", unsigned, destination, relayState: asked.relayState, sp } as const;
  return { id, issueInstant, destination, ...send(asked.binding, envelope) };
}

/** `relayState` goes back as it came; "" when none did. */
export function logoutResponse(
  answered: Addressed & { inResponseTo: string; partial?: boolean; relayState: string },
): { id: string; destination: string } & Sent<"SAMLResponse"> {
  const { sp } = answered;
  const destination = logoutAddress(answered);
  const id = unguessableId();
  const status = answered.partial
    ? `<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Requester"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:PartialLogout"/></samlp:StatusCode>`
    : `<samlp:StatusCode Value="${statusSuccess}"/>`;
  const unsigned =
    `<samlp:LogoutResponse ${head(id, wholeSeconds(answered.now), destination)} InResponseTo="${x(answered.inResponseTo)}">` +
    `${issuer(sp)}<samlp:Status>${status}</samlp:Status></samlp:LogoutResponse>`;
  const envelope = { parameter: "SAMLResponse", unsigned, destination, relayState: answered.relayState, sp } as const;
  return { id, destination, ...send(answered.binding, envelope) };
}

export type ArrivedLogout =
  | { ok: true; request: { id: string; nameId: string; sessionIndexes: string[] } }
  | ({ ok: false } & Refusal);

/**
 * A provider's request to end a session: by POST the signature is in the XML, by Redirect over the raw query, which
 * must be handed in as it arrived. Whoever is not the provider ends nobody's session.
 */
export function readLogoutRequest(given: {
  arrived: Arrived;
  identityProvider: IdentityProvider;
  sp: ServiceProvider;
  now: Date;
  clockSkewSeconds?: number;
}): ArrivedLogout {
  const { arrived, identityProvider, sp, now } = given;
  const skew = (given.clockSkewSeconds ?? 30) * 1000;
  try {
    const root = signedMessage(arrived, "SAMLRequest", "LogoutRequest", identityProvider);
    // Nothing of ours came before it: five minutes is how long such a request may travel.
    const issueInstant = new Date(now.getTime() - 300_000);
    const expected: Expectations = { request: { id: "", issueInstant, level: 1 }, identityProvider, sp, now, skew };
    const id = checkMessage(root, expected, "optional");
    if (attribute(root, "Destination") !== sp.sloUrl)
      refuse("login-response-not-for-us", "Destination is another service");
    if (attribute(root, "NotOnOrAfter") !== undefined)
      checkNotPast(root, requiredInstant(root, "NotOnOrAfter"), "NotOnOrAfter", expected);
    const nameId = requiredText(onlyChild(root, ns.assertion, "NameID"));
    return {
      ok: true,
      request: { id, nameId, sessionIndexes: children(root, ns.protocol, "SessionIndex").map(requiredText) },
    };
  } catch (thrown) {
    return { ok: false, ...refusalOf(thrown) };
  }
}

export type ArrivedLogoutResponse = { ok: true; complete: boolean } | ({ ok: false } & Refusal);

type Arrived = { binding: "post"; message: string } | { binding: "redirect"; query: string };

/** The provider's answer to our own request. Partial logout is an answer too: somewhere a session is still open. */
export function readLogoutResponse(given: {
  arrived: Arrived;
  inResponseTo: string;
  identityProvider: IdentityProvider;
  sp: ServiceProvider;
  now: Date;
  clockSkewSeconds?: number;
}): ArrivedLogoutResponse {
  const { arrived, identityProvider, sp, now } = given;
  const skew = (given.clockSkewSeconds ?? 30) * 1000;
  try {
    const root = signedMessage(arrived, "SAMLResponse", "LogoutResponse", identityProvider);
    const issueInstant = new Date(now.getTime() - 300_000);
    const expected: Expectations = { request: { id: "", issueInstant, level: 1 }, identityProvider, sp, now, skew };
    checkMessage(root, expected, "optional");
    if (attribute(root, "InResponseTo") !== given.inResponseTo)
      refuse("login-response-unexpected", "LogoutResponse answers another request");
    if (attribute(root, "Destination") !== sp.sloUrl)
      refuse("login-response-not-for-us", "Destination is another service");
    const status = onlyChild(onlyChild(root, ns.protocol, "Status"), ns.protocol, "StatusCode");
    const complete =
      attribute(status, "Value") === statusSuccess && children(status, ns.protocol, "StatusCode").length === 0;
    return { ok: true, complete };
  } catch (thrown) {
    return { ok: false, ...refusalOf(thrown) };
  }
}

/** Said by a message nobody has verified: fit to choose whose key is tried, and which request it may answer. */
export function peekLogout(
  arrived: Arrived,
  name: "LogoutRequest" | "LogoutResponse",
): { issuer: string; inResponseTo: string } | undefined {
  try {
    const parameter = name === "LogoutRequest" ? "SAMLRequest" : "SAMLResponse";
    const root =
      arrived.binding === "post"
        ? openMessage(decodeBase64(arrived.message), name).root
        : inflated(new URLSearchParams(arrived.query).get(parameter) ?? "", name);
    const [issuer] = children(root, ns.assertion, "Issuer");
    return { issuer: (issuer && textOf(issuer)) ?? "", inResponseTo: attribute(root, "InResponseTo") ?? "" };
  } catch {
    return undefined;
  }
}

/** By POST the signature is in the XML; by Redirect over the raw query, which must be handed in as it arrived. */
function signedMessage(
  arrived: Arrived,
  parameter: "SAMLRequest" | "SAMLResponse",
  name: "LogoutRequest" | "LogoutResponse",
  identityProvider: IdentityProvider,
): Element {
  if (arrived.binding === "redirect") {
    const message = verifyQuery(arrived.query, parameter, identityProvider.signingCertificates);
    if (message === undefined) refuse("login-response-untrusted", `${name} query signature`);
    return inflated(message, name);
  }
  const { root, xml } = openMessage(decodeBase64(arrived.message), name);
  const [signature, ...others] = Array.from(everyElement(root)).filter((element) => element.localName === "Signature");
  if (!signature || others.length > 0 || repeatedId(root) !== undefined)
    refuse("login-response-untrusted", `${name} is not signed once`);
  const verified = verifyEnveloped(xml, root, signature, identityProvider.signingCertificates, responseBounds);
  if (!verified.ok) refuse("login-response-untrusted", `${name} signature: ${verified.reason}`);
  return verified.root;
}

function inflated(message: string, name: string): Element {
  const deflated = decodeBase64(message);
  try {
    return openMessage(inflateRawSync(deflated, { maxOutputLength: responseBounds.characters }), name).root;
  } catch {
    return refuse("login-response-malformed", `${name} not readable`);
  }
}

function logoutAddress({ identityProvider, binding }: Addressed): string {
  const destination = identityProvider.singleLogout[binding];
  if (destination === undefined) throw new Error(`${identityProvider.entityId} offers no logout by ${binding}`);
  return destination;
}

function head(id: string, issueInstant: Date, destination: string): string {
  return (
    `xmlns:samlp="${ns.protocol}" xmlns:saml="${ns.assertion}" ID="${id}" Version="2.0"` +
    ` IssueInstant="${formatInstant(issueInstant)}" Destination="${x(destination)}"`
  );
}

function issuer(sp: ServiceProvider): string {
  return `<saml:Issuer Format="${format.entity}" NameQualifier="${x(sp.entityId)}">${x(sp.entityId)}</saml:Issuer>`;
}
