import { deflateRawSync } from "node:zlib";
import { anomaly } from "./anomaly.ts";
import { type IdentityProvider, issuer } from "./identity-provider.ts";
import type { SigningKey } from "./keys.ts";
import { checkEnvelope } from "./login-request.ts";
import type { Message } from "./message.ts";
import { newId } from "./response.ts";
import type { ServiceProvider } from "./service-providers.ts";
import { signElement, signQuery } from "./signature.ts";
import { attribute, child, NS, xml } from "./xml.ts";

export type LogoutAnswer =
  | { binding: "post"; location: string; response: string }
  | { binding: "redirect"; url: string };

/**
 * Answers a logout with success always: no session is kept here, and a logout of a session never made or already
 * closed is answered all the same (SPID technical rules, single logout).
 */
export function logoutAnswer(
  root: Element,
  message: Message,
  idp: IdentityProvider,
  sp: ServiceProvider,
  key: SigningKey,
): LogoutAnswer {
  if (root.namespaceURI !== NS.protocol || root.localName !== "LogoutRequest") {
    throw anomaly(8, `Atteso LogoutRequest, arrivato ${root.localName}.`);
  }
  checkEnvelope(root, idp, idp.slo);
  if (!child(root, NS.assertion, "NameID")) throw anomaly(8, "Manca NameID.");
  const target = sp.logout.find((service) => service.binding === message.binding) ?? sp.logout[0];
  if (!target) throw anomaly(8, "I metadata del servizio non hanno un SingleLogoutService HTTP-POST o HTTP-Redirect.");
  const id = newId();
  const text =
    xml`<samlp:LogoutResponse xmlns:samlp="${NS.protocol}" xmlns:saml="${NS.assertion}" ID="${id}" Version="2.0" IssueInstant="${new Date().toISOString()}" InResponseTo="${attribute(root, "ID")}" Destination="${target.location}">
    ${issuer(idp)}
    <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
  </samlp:LogoutResponse>`.xml;
  if (target.binding === "post") {
    return { binding: "post", location: target.location, response: signElement(text, id, key) };
  }
  const relay = message.relayState === undefined ? "" : `&RelayState=${encodeURIComponent(message.relayState)}`;
  const encoded = encodeURIComponent(deflateRawSync(text).toString("base64"));
  const query = signQuery(`SAMLResponse=${encoded}${relay}`, key);
  return { binding: "redirect", url: `${target.location}${target.location.includes("?") ? "&" : "?"}${query}` };
}
