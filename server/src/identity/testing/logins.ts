import { inflateRawSync } from "node:zlib";
import type { IdentityProvider, Scheme } from "../../ports/identity/index.ts";
import { makeServiceProviderKeys } from "../../ports/identity/index.ts";
import { formatInstant } from "../../ports/identity/instants.ts";
import {
  request as askedThere,
  type Edit,
  type Keys,
  makeResponse,
  now as signedAt,
} from "../../ports/identity/testing/response-maker.ts";
import type { World } from "../../testing/world.ts";

/** A provider invented for a test, with a browser that walks through a login there and back. */
export type Answered = {
  code?: string;
  born?: string;
  names?: { givenName: string; familyName: string };
  assertion?: Edit;
  response?: Edit;
  tamper?: Edit;
  keys?: Keys;
  signResponse?: boolean;
  level?: 1 | 2 | 3;
  serial?: number;
};
export type Started = {
  response: Response;
  location: URL;
  asked: string;
  id: string;
  relayState: string;
  cookie: string;
};

const cookiesOf = (response: Response) => response.headers.getSetCookie().map((c) => c.split("; "));
export const cookieOf = (response: Response, name: string): string =>
  cookiesOf(response).find(([pair]) => pair!.startsWith(`${name}=`))?.[0] ?? "";

/** The Status of a refusal, as providers write it. */
export const refusedThere =
  (message: string): Edit =>
  (xml) =>
    xml
      .replace(
        /<samlp:Status>.*<\/samlp:Status>/,
        `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/></samlp:StatusCode><samlp:StatusMessage>${message}</samlp:StatusMessage></samlp:Status>`,
      )
      .replace(/\{\{assertion\}\}|<saml:Assertion.*<\/saml:Assertion>/, "");

export const inventedProvider = async (
  scheme: Scheme = "spid",
  entityId = scheme === "cie" ? "https://idp.example.it/cie" : "https://idp.example.it",
): Promise<{ idp: IdentityProvider; keys: Keys }> => {
  const subject = { commonName: "Prova", organizationName: "Prova", locality: "Roma", ipaCode: "prova", entityId };
  const keys = await makeServiceProviderKeys(subject);
  const idp: IdentityProvider = {
    entityId,
    scheme,
    displayName: "Fornitore di prova",
    singleSignOn: { redirect: "https://idp.example.it/sso", post: "https://idp.example.it/sso" },
    singleLogout: {},
    signingCertificates: [keys.certificatePem],
  };
  return { idp, keys };
};

let answers = 0;

export const loginsAt = ({ idp, keys }: { idp: IdentityProvider; keys: Keys }) => {
  /** Presses on the provider's button: what the browser is given to carry. */
  const started = async (
    w: World,
    { back, cookie, confirming }: { back?: string; cookie?: string; confirming?: boolean } = {},
  ): Promise<Started> => {
    const query = new URLSearchParams({
      idp: idp.entityId,
      ...(back ? { ritorno: back } : {}),
      ...(confirming ? { conferma: "1" } : {}),
    });
    const response = await w.fetch(`${w.config.publicUrl}/${idp.scheme}/login?${query}`, {
      headers: { ...(cookie ? { cookie } : {}) },
    });
    const location = new URL(response.headers.get("location")!);
    const asked = inflateRawSync(Buffer.from(location.searchParams.get("SAMLRequest")!, "base64")).toString();
    return {
      response,
      location,
      asked,
      id: / ID="([^"]+)"/.exec(asked)![1]!,
      relayState: location.searchParams.get("RelayState")!,
      cookie: cookieOf(response, w.config.secure ? "__Host-ar_login" : "ar_login"),
    };
  };
  /** What the provider answers: signed, for that request, at the application's own time. */
  const answered = (
    w: World,
    to: Started,
    { code = "RSSMRA80A01H501U", born = "1980-01-01", ...more }: Answered = {},
  ) => {
    const at = w.parts.clock();
    const serial = more.serial ?? answers++;
    const due: Edit = (xml) =>
      xml
        .replaceAll(askedThere.id, to.id)
        .replaceAll(formatInstant(signedAt), formatInstant(at))
        .replaceAll(
          formatInstant(new Date(signedAt.getTime() + 300_000)),
          formatInstant(new Date(at.getTime() + 300_000)),
        )
        .replace("_assertion1", `_assertion${serial}`)
        .replace("_response1", `_response${serial}`)
        .replace("RSSMRA80A01H501U", code)
        .replace("1980-01-01", born)
        .replace("Niccolò", more.names?.givenName ?? "Niccolò")
        .replace("D&apos;Àvila", more.names?.familyName ?? "D&apos;Àvila");
    const same: Edit = (xml) => xml;
    return makeResponse({
      world: { sp: w.serviceProvider, spid: idp, cie: idp, idpKeys: keys, nextIdpKeys: keys, strangerKeys: keys },
      scheme: idp.scheme,
      assertion: (xml) => (more.assertion ?? same)(due(xml)),
      response: (xml) => (more.response ?? same)(due(xml)),
      ...(more.tamper ? { tamper: more.tamper } : {}),
      ...(more.keys ? { signAssertion: more.keys } : {}),
      ...(more.signResponse ? { signResponse: keys } : {}),
      ...(more.level ? { level: more.level } : {}),
    });
  };
  /** The browser brings the answer back. The request comes from the provider's page: another origin. */
  const brought = (
    w: World,
    samlResponse: string,
    {
      cookie,
      relayState,
      language = "it",
      userAgent,
    }: { cookie: string; relayState: string; language?: string; userAgent?: string },
  ) =>
    w.fetch(`${w.config.publicUrl}/spid/acs`, {
      method: "POST",
      body: new URLSearchParams({ SAMLResponse: samlResponse, RelayState: relayState }).toString(),
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        origin: "https://idp.example.it",
        accept: "text/html",
        "accept-language": language,
        ...(userAgent ? { "user-agent": userAgent } : {}),
        ...(cookie ? { cookie } : {}),
      },
    });
  const entered = async (w: World, more: Answered & { back?: string } = {}) => {
    const to = await started(w, more.back ? { back: more.back } : {});
    const response = await brought(w, answered(w, to, more), to);
    const cookie = cookieOf(response, w.config.secure ? "__Host-ar_session" : "ar_session");
    return { to, response, cookie, call: w.callWith({ cookie }) };
  };
  return { idp, keys, started, answered, brought, entered };
};
