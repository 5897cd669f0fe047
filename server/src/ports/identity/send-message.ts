import { randomBytes, sign } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { algorithm } from "./names.ts";
import { type ServiceProvider, signingKey } from "./service-provider.ts";
import { signRoot } from "./xml-signature.ts";

type Parameter = "SAMLRequest" | "SAMLResponse";

/** A signed message of ours, ready for the browser to carry: a form to post, or an address to go to. */
export type Sent<P extends Parameter> = {
  xml: string;
  form?: { action: string; fields: Record<P | "RelayState", string> };
  redirectUrl?: string;
};

/** 160 bits that nobody can guess; an NCName may not begin with a digit. */
export const unguessableId = (): string => `_${randomBytes(20).toString("hex")}`;

export const isOpaque = (relayState: string): boolean =>
  /^[A-Za-z0-9_.-]{8,80}$/.test(relayState) && !/http/i.test(relayState);

export function send<P extends Parameter>(
  binding: "post" | "redirect",
  message: { parameter: P; unsigned: string; destination: string; relayState: string; sp: ServiceProvider },
): Sent<P> {
  const { parameter, unsigned, destination, relayState } = message;
  const key = signingKey(message.sp);
  if (binding === "redirect") {
    // On Redirect the query is what is signed, never the XML (SAML bindings 3.4.4.1).
    return {
      xml: unsigned,
      redirectUrl: signedAddress(destination, parameter, unsigned, relayState, key.privateKeyPem),
    };
  }
  const xml = signRoot(unsigned, key, { reference: "/*/*[local-name()='Issuer']", action: "after" });
  const fields = { [parameter]: Buffer.from(xml).toString("base64"), RelayState: relayState };
  return { xml, form: { action: destination, fields: fields as Record<P | "RelayState", string> } };
}

function signedAddress(
  destination: string,
  parameter: Parameter,
  xml: string,
  relayState: string,
  privateKeyPem: string,
): string {
  const parameters: [string, string][] = [
    [parameter, deflateRawSync(Buffer.from(xml)).toString("base64")],
    // A RelayState that is not there is not signed either.
    ...(relayState === "" ? [] : [["RelayState", relayState] as [string, string]]),
    ["SigAlg", algorithm.rsaSha256],
  ];
  const query = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  const signature = sign("sha256", Buffer.from(query), privateKeyPem).toString("base64");
  return `${destination}${destination.includes("?") ? "&" : "?"}${query}&Signature=${encodeURIComponent(signature)}`;
}
