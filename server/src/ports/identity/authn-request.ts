import { randomBytes, sign } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import type { IdentityProvider } from "./identity-provider-metadata";
import { formatInstant, wholeSeconds } from "./instants";
import { algorithm, classOfLevel, format, type Level, ns } from "./names";
import { type ServiceProvider, signingKey } from "./service-provider";
import { signRoot } from "./xml-signature";
import { escapeXml as x } from "./xml-tree";

export type AuthnRequest = {
  id: string;
  issueInstant: Date;
  xml: string;
  destination: string;
  form?: { action: string; fields: { SAMLRequest: string; RelayState: string } };
  redirectUrl?: string;
};

/** 160 bits that nobody can guess; an NCName may not begin with a digit. */
export const unguessableId = (): string => `_${randomBytes(20).toString("hex")}`;

/**
 * Asks a provider to authenticate somebody (§1.1). ForceAuthn is always true: the rules want it from L2 up and CIE
 * wants it always. Comparison is minimum, the one word both federations admit that lets a higher level pass.
 */
export function authnRequest(asked: {
  sp: ServiceProvider;
  identityProvider: IdentityProvider;
  level: Level;
  now: Date;
  binding: "post" | "redirect";
  relayState: string;
  /** Which attribute set of the metadata is asked for; the first when not said. */
  attributeSetIndex?: number;
}): AuthnRequest {
  const { sp, identityProvider, level, relayState } = asked;
  // §1.1: RelayState must exist, be unreadable and never look like an address.
  if (!/^[A-Za-z0-9_.-]{8,80}$/.test(relayState) || /http/i.test(relayState))
    throw new Error("RelayState is not opaque");
  const destination = identityProvider.singleSignOn[asked.binding];
  if (destination === undefined) throw new Error(`${identityProvider.entityId} offers no ${asked.binding} binding`);
  const attributeSet = sp.attributeSets.find(
    (set) => asked.attributeSetIndex === undefined || set.index === asked.attributeSetIndex,
  );
  if (!attributeSet) throw new Error("no such attribute set in our metadata");

  const id = unguessableId();
  const issueInstant = wholeSeconds(asked.now);
  // NameQualifier is our entityID because AgID's validator takes it for the Audience of its answers.
  const unsigned =
    `<samlp:AuthnRequest xmlns:samlp="${ns.protocol}" xmlns:saml="${ns.assertion}" ID="${id}" Version="2.0"` +
    ` IssueInstant="${formatInstant(issueInstant)}" Destination="${x(destination)}" ForceAuthn="true"` +
    ` AssertionConsumerServiceIndex="0" AttributeConsumingServiceIndex="${attributeSet.index}">` +
    `<saml:Issuer Format="${format.entity}" NameQualifier="${x(sp.entityId)}">${x(sp.entityId)}</saml:Issuer>` +
    `<samlp:NameIDPolicy Format="${format.transient}"/>` +
    `<samlp:RequestedAuthnContext Comparison="minimum">` +
    `<saml:AuthnContextClassRef>${classOfLevel(level)}</saml:AuthnContextClassRef>` +
    `</samlp:RequestedAuthnContext></samlp:AuthnRequest>`;

  if (asked.binding === "redirect") {
    // On Redirect the query is what is signed, never the XML (SAML bindings 3.4.4.1).
    const redirectUrl = signedRedirect(destination, unsigned, relayState, signingKey(sp).privateKeyPem);
    return { id, issueInstant, xml: unsigned, destination, redirectUrl };
  }
  const xml = signRoot(unsigned, signingKey(sp), { reference: "/*/*[local-name()='Issuer']", action: "after" });
  const fields = { SAMLRequest: Buffer.from(xml).toString("base64"), RelayState: relayState };
  return { id, issueInstant, xml, destination, form: { action: destination, fields } };
}

function signedRedirect(destination: string, xml: string, relayState: string, privateKeyPem: string): string {
  const query = [
    ["SAMLRequest", deflateRawSync(Buffer.from(xml)).toString("base64")],
    ["RelayState", relayState],
    ["SigAlg", algorithm.rsaSha256],
  ]
    .map(([name, value]) => `${name}=${encodeURIComponent(value ?? "")}`)
    .join("&");
  const signature = sign("sha256", Buffer.from(query), privateKeyPem).toString("base64");
  return `${destination}${destination.includes("?") ? "&" : "?"}${query}&Signature=${encodeURIComponent(signature)}`;
}
