// For the tests of this package: a service provider with its own key, metadata at a URL, and signed requests.
import { randomBytes } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { listen, send, stop } from "../../kit/http.ts";
import { certificateBody, makeKey, type SigningKey } from "./keys.ts";
import { signElement, signQuery } from "./signature.ts";
import type { Binding } from "./xml.ts";
import { BINDING, ENTITY_FORMAT, NS, TRANSIENT_FORMAT, xml } from "./xml.ts";

export interface RequestOptions {
  level?: number;
  purpose?: string;
  attributeSet?: string;
  comparison?: string;
  relayState?: string;
  /** Changes the request's text before signing. */
  edit?: (text: string) => string;
  key?: SigningKey;
  signed?: boolean;
}

export const ENTITY = "https://sp.borgo.example/spid";
export const ACS = "https://sp.borgo.example/acs";

export async function fakeServiceProvider() {
  let key = await makeKey();
  const [server, port] = await listen(0, "127.0.0.1", (_request, response) =>
    send(response, 200, "application/xml", metadata(key)),
  );

  function authnRequest(destination: string, options: RequestOptions = {}) {
    const id = `_${randomBytes(16).toString("hex")}`;
    const purpose = options.purpose;
    const text =
      xml`<samlp:AuthnRequest xmlns:samlp="${NS.protocol}" xmlns:saml="${NS.assertion}" ID="${id}" Version="2.0" IssueInstant="${new Date().toISOString()}" Destination="${destination}" ForceAuthn="true" AssertionConsumerServiceIndex="0" AttributeConsumingServiceIndex="${options.attributeSet ?? "0"}">
      <saml:Issuer Format="${ENTITY_FORMAT}" NameQualifier="${ENTITY}">${ENTITY}</saml:Issuer>
      ${purpose && xml`<samlp:Extensions><spid:Purpose xmlns:spid="${NS.spid}">${purpose}</spid:Purpose></samlp:Extensions>`}
      <samlp:NameIDPolicy Format="${TRANSIENT_FORMAT}"/>
      <samlp:RequestedAuthnContext Comparison="${options.comparison ?? "minimum"}"><saml:AuthnContextClassRef>https://www.spid.gov.it/SpidL${options.level ?? 2}</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>
    </samlp:AuthnRequest>`.xml;
    return { id, text: options.edit?.(text) ?? text };
  }

  function logoutRequest(destination: string) {
    const id = `_${randomBytes(16).toString("hex")}`;
    return {
      id,
      text: xml`<samlp:LogoutRequest xmlns:samlp="${NS.protocol}" xmlns:saml="${NS.assertion}" ID="${id}" Version="2.0" IssueInstant="${new Date().toISOString()}" Destination="${destination}">
        <saml:Issuer Format="${ENTITY_FORMAT}" NameQualifier="${ENTITY}">${ENTITY}</saml:Issuer>
        <saml:NameID Format="${TRANSIENT_FORMAT}" NameQualifier="x">_abc</saml:NameID>
        <samlp:SessionIndex>_s</samlp:SessionIndex>
      </samlp:LogoutRequest>`.xml,
    };
  }

  /** Sends a message as a browser would, without following redirects. */
  async function deliver(
    binding: Binding,
    location: string,
    message: { id: string; text: string },
    options: RequestOptions = {},
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const signer = options.key ?? key;
    const relay = options.relayState;
    if (binding === "post") {
      const text = options.signed === false ? message.text : signElement(message.text, message.id, signer);
      const body = new URLSearchParams({ SAMLRequest: Buffer.from(text).toString("base64") });
      if (relay !== undefined) body.set("RelayState", relay);
      return fetch(location, { method: "POST", body, headers, redirect: "manual" });
    }
    const parts = `SAMLRequest=${encodeURIComponent(deflateRawSync(message.text).toString("base64"))}${
      relay === undefined ? "" : `&RelayState=${encodeURIComponent(relay)}`
    }`;
    const query = options.signed === false ? parts : signQuery(parts, signer);
    return fetch(`${location}${location.includes("?") ? "&" : "?"}${query}`, { headers, redirect: "manual" });
  }

  return {
    metadataUrl: `http://127.0.0.1:${port}/metadata`,
    authnRequest,
    logoutRequest,
    deliver,
    async rollKey() {
      key = await makeKey();
    },
    close: () => stop(server),
  };
}

function metadata(key: SigningKey): string {
  const set = (index: number, names: string[]) =>
    xml`<md:AttributeConsumingService index="${index}"><md:ServiceName xml:lang="it">Set ${index}</md:ServiceName>${names.map((name) => xml`<md:RequestedAttribute Name="${name}"/>`)}</md:AttributeConsumingService>`;
  return xml`<md:EntityDescriptor xmlns:md="${NS.metadata}" xmlns:ds="${NS.signature}" entityID="${ENTITY}" ID="_sp">
    <md:SPSSODescriptor protocolSupportEnumeration="${NS.protocol}" AuthnRequestsSigned="true" WantAssertionsSigned="true">
      <md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificateBody(key.certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
      <md:SingleLogoutService Binding="${BINDING.post}" Location="https://sp.borgo.example/slo"/>
      <md:SingleLogoutService Binding="${BINDING.redirect}" Location="https://sp.borgo.example/slo"/>
      <md:NameIDFormat>${TRANSIENT_FORMAT}</md:NameIDFormat>
      <md:AssertionConsumerService Binding="${BINDING.post}" Location="${ACS}" index="0" isDefault="true"/>
      ${set(0, ["name", "familyName", "fiscalNumber", "dateOfBirth", "email", "spidCode"])}
      ${set(1, ["fiscalNumber", "companyName", "companyFiscalNumber", "ivaCode", "registeredOffice"])}
    </md:SPSSODescriptor>
    <md:Organization><md:OrganizationName xml:lang="it">Borgo</md:OrganizationName><md:OrganizationDisplayName xml:lang="it">Portale &lt;di prova&gt;</md:OrganizationDisplayName><md:OrganizationURL xml:lang="it">https://sp.borgo.example</md:OrganizationURL></md:Organization>
  </md:EntityDescriptor>`.xml;
}
