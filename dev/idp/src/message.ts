import type { IncomingMessage } from "node:http";
import { inflateRawSync } from "node:zlib";
import { BODY_LIMIT, readForm } from "../../kit/http.ts";
import { anomaly } from "./anomaly.ts";
import type { SchemeName } from "./people.ts";
import type { Registry, ServiceProvider } from "./service-providers.ts";
import { verifyDocument, verifyQuery } from "./signature.ts";
import { type Binding, children, NS, parseXml, textOf } from "./xml.ts";

export interface Message {
  binding: Binding;
  text: string;
  relayState: string | undefined;
  query?: { signed: string; algorithm: string; signature: string };
}

/** Takes a SAML message off the wire, by either binding, without believing anything of it yet. */
export async function receive(request: IncomingMessage): Promise<Message> {
  if (request.method === "POST") {
    const form = await readForm(request);
    return {
      binding: "post",
      text: fromBase64(one(form, "SAMLRequest")).toString("utf8"),
      relayState: form.get("RelayState") ?? undefined,
    };
  }
  if (request.method !== "GET") throw anomaly(6, `Metodo ${request.method}: attesi GET o POST.`);
  const query = (request.url ?? "").replace(/^[^?]*\??/, "");
  const form = new URLSearchParams(query);
  const message: Message = {
    binding: "redirect",
    text: inflate(fromBase64(one(form, "SAMLRequest"))),
    relayState: form.get("RelayState") ?? undefined,
  };
  if (form.has("SigAlg") || form.has("Signature")) {
    const names = form.has("RelayState") ? ["SAMLRequest", "RelayState", "SigAlg"] : ["SAMLRequest", "SigAlg"];
    message.query = {
      // The signature is over the bytes as they came: decoding and encoding again would change them.
      signed: names.map((name) => raw(query, name)).join("&"),
      algorithm: one(form, "SigAlg"),
      signature: one(form, "Signature"),
    };
  }
  return message;
}

/** Who sent it, and its root element as the signature covers it. */
export async function authenticate(
  message: Message,
  scheme: SchemeName,
  registry: Registry,
): Promise<{ sp: ServiceProvider; root: Element }> {
  const claimed = parseOrRefuse(message.text);
  const entityId = textOf(children(claimed, NS.assertion, "Issuer")[0]);
  if (!entityId) throw anomaly(10, "Manca Issuer.");
  let sp = await registry.find(entityId, scheme);
  if (!sp) {
    const problems = registry.problems();
    const known = problems.length > 0 ? ` Metadata non letti: ${problems.join("; ")}.` : "";
    throw anomaly(10, `Nessun fornitore di servizi configurato ha entityID «${entityId}».${known}`);
  }
  const hasSignature =
    message.binding === "redirect" ? message.query : children(claimed, NS.signature, "Signature").length > 0;
  if (!hasSignature) throw anomaly(7, "La richiesta non è firmata.");
  let root = verify(message, claimed, sp.certificates);
  if (!root) {
    // The key may have changed since the metadata was read.
    await registry.refresh();
    sp = (await registry.find(entityId, scheme)) ?? sp;
    root = verify(message, claimed, sp.certificates);
  }
  if (!root) {
    throw anomaly(
      5,
      "La firma non si verifica con i certificati dei metadata, o usa algoritmi non ammessi (SHA-1 mai).",
    );
  }
  return { sp, root };
}

function verify(message: Message, claimed: Element, certificates: readonly string[]): Element | undefined {
  if (message.binding === "post") return verifyDocument(message.text, certificates);
  const query = message.query;
  return query && verifyQuery(query.signed, query.algorithm, query.signature, certificates) ? claimed : undefined;
}

function one(form: URLSearchParams, name: string): string {
  const values = form.getAll(name);
  if (values.length !== 1 || !values[0]) throw anomaly(4, `Atteso il parametro ${name}, una volta sola.`);
  return values[0];
}

function raw(query: string, name: string): string {
  return query.split("&").find((part) => part.startsWith(`${name}=`)) ?? "";
}

function fromBase64(value: string): Buffer {
  const plain = value.replace(/\s/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(plain)) throw anomaly(4, "SAMLRequest non è in base64.");
  return Buffer.from(plain, "base64");
}

function inflate(bytes: Buffer): string {
  try {
    return inflateRawSync(bytes, { maxOutputLength: BODY_LIMIT }).toString("utf8");
  } catch {
    throw anomaly(4, "SAMLRequest non è compressa con DEFLATE, o è troppo grande.");
  }
}

function parseOrRefuse(text: string): Element {
  try {
    return parseXml(text);
  } catch (error) {
    throw anomaly(8, error instanceof Error ? error.message : String(error));
  }
}
