import type { IdentityProvider } from "./identity-provider-metadata.ts";
import { formatInstant, wholeSeconds } from "./instants.ts";
import { classOfLevel, format, type Level, ns } from "./names.ts";
import { isOpaque, type Sent, send, unguessableId } from "./send-message.ts";
import type { ServiceProvider } from "./service-provider.ts";
import { escapeXml as x } from "./xml-tree.ts";

export type AuthnRequest = { id: string; issueInstant: Date; destination: string } & Sent<"SAMLRequest">;

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
  if (!isOpaque(relayState)) throw new Error("RelayState is not opaque");
  const destination = identityProvider.singleSignOn[asked.binding];
  if (destination === undefined) throw new Error(`${identityProvider.entityId} offers no ${asked.binding} binding`);
  // The metadata for CIE has one set, number 0: all that CIE certifies (§2.1).
  const attributeSet =
    identityProvider.scheme === "cie"
      ? { index: 0 }
      : sp.attributeSets.find((set) => asked.attributeSetIndex === undefined || set.index === asked.attributeSetIndex);
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

  const envelope = { parameter: "SAMLRequest", unsigned, destination, relayState, sp } as const;
  return { id, issueInstant, destination, ...send(asked.binding, envelope) };
}
