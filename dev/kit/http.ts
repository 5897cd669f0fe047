import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Html } from "./html.ts";

export const BODY_LIMIT = 256 * 1024;

/** A refusal with its HTTP status: the caller's fault, said in one sentence. */
export type Refusal = Error & { status: number };

export function refusal(status: number, message: string): Refusal {
  return Object.assign(new Error(message), { status });
}

export function statusOf(error: unknown): number {
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  return typeof status === "number" ? status : 500;
}

export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") throw refusal(415, "Atteso un modulo HTML (form).");
  return new URLSearchParams(await readBody(request));
}

export async function readBody(request: IncomingMessage, limit = BODY_LIMIT): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The socket must survive a refusal half way, so that the answer can be read.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw refusal(413, `Il corpo della richiesta supera ${limit} byte.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Every page is closed to scripts, frames and outside loads; `formAction` opens only the way a form must go. */
export function sendPage(response: ServerResponse, page: Html, status = 200, formAction = "'self'"): void {
  send(response, status, "text/html; charset=utf-8", page.html, {
    "Content-Security-Policy": `default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action ${formAction}`,
  });
}

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    // Anything that is not a page (a message, metadata) opens as data, never as a document with powers.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    ...headers,
  });
  response.end(body);
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  send(response, status, "application/json; charset=utf-8", JSON.stringify(body));
}

export function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { Location: location, "Cache-Control": "no-store", "Content-Length": 0 });
  response.end();
}

export async function listen(port: number, host: string, listener: RequestListener): Promise<[Server, number]> {
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 64 * 1024 }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return [server, (server.address() as AddressInfo).port];
}

export async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
