import type { IncomingMessage, ServerResponse } from "node:http";
import { listen, refusal, send, sendJson, sendPage, statusOf, stop } from "../../kit/http.ts";
import { type Message, nameOf, readAttachment } from "./message.ts";
import { listPage, messagePage, problemPage } from "./pages.ts";
import { startSmtp } from "./smtp.ts";
import { openStore } from "./store.ts";
import { styleCss } from "./style.ts";

export interface MailboxOptions {
  /** 0 takes any free port, here and below. */
  smtpPort: number;
  httpPort: number;
  host?: string;
  /** The origin browsers use, when it is not http://localhost:port. */
  origin?: string;
  /** Where messages are kept as .eml files, at most 2,000; in memory when absent. */
  dataDir?: string;
}

export interface RunningMailbox {
  origin: string;
  smtpUrl: string;
  httpPort: number;
  smtpPort: number;
  close(): Promise<void>;
}

export async function startMailbox(options: MailboxOptions): Promise<RunningMailbox> {
  const host = options.host ?? "127.0.0.1";
  const store = await openStore(options.dataDir);
  const smtp = await startSmtp(options.smtpPort, host, store);
  const smtpUrl = `smtp://127.0.0.1:${smtp.port}`;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://mailbox");
    const method = request.method === "HEAD" ? "GET" : request.method;
    if (method === "DELETE" && pathname === "/api/messages") {
      await store.clear();
      response.writeHead(204).end();
      return;
    }
    if (method !== "GET") throw refusal(405, "Questa casella si legge soltanto.");
    if (pathname === "/style.css") return send(response, 200, "text/css; charset=utf-8", styleCss);
    if (pathname === "/") {
      const search = searchParams.get("q")?.trim() ?? "";
      const start = Math.max(0, Math.trunc(Number(searchParams.get("da")) || 0));
      return sendPage(response, listPage(found(store.all(), search), search, start, smtpUrl));
    }
    if (pathname === "/api/messages") {
      const [to, subject] = ["to", "subject"].map((name) => searchParams.get(name) ?? "");
      return sendJson(response, { messages: store.all().filter((m) => inTo(m, to!) && inSubject(m, subject!)) });
    }
    const [, id = "", part, index] =
      /^\/(?:messaggi|api\/messages)\/(\d{15})(?:\/(raw|allegati\/(\d{1,4})))?$/.exec(pathname) ?? [];
    const message = store.find(id);
    const raw = await store.raw(id);
    if (!message || !raw) throw refusal(404, "Questo messaggio non c’è, o è stato tolto per far posto ai più recenti.");
    if (part === "raw") return send(response, 200, "message/rfc822", raw, download(`${id}.eml`));
    if (index !== undefined) return sendAttachment(response, raw, Number(index));
    if (pathname.startsWith("/api/")) return sendJson(response, message);
    sendPage(response, messagePage(message));
  }

  try {
    const [server, httpPort] = await listen(options.httpPort, host, (request, response) => {
      handle(request, response).catch((error: unknown) => fail(request, response, error));
    });
    return {
      origin: (options.origin ?? `http://localhost:${httpPort}`).replace(/\/$/, ""),
      smtpUrl,
      httpPort,
      smtpPort: smtp.port,
      close: async () => {
        await Promise.all([smtp.close(), stop(server)]);
      },
    };
  } catch (error) {
    await smtp.close();
    throw error;
  }
}

const contains = (text: string, part: string) => text.toLocaleLowerCase("it").includes(part.toLocaleLowerCase("it"));
const inTo = (message: Message, part: string) => message.to.some((address) => contains(address, part));
const inSubject = (message: Message, part: string) => contains(message.subject, part);

function found(messages: Message[], search: string): Message[] {
  return search ? messages.filter((m) => inTo(m, search) || inSubject(m, search)) : messages;
}

async function sendAttachment(response: ServerResponse, raw: Buffer, index: number): Promise<void> {
  const attachment = await readAttachment(raw, index);
  if (!attachment) throw refusal(404, "Il messaggio non ha questo allegato.");
  // The sender chose the type: only one that is well formed goes into a header.
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(attachment.contentType)
    ? attachment.contentType
    : "application/octet-stream";
  send(response, 200, type, attachment.content, download(nameOf(attachment, index)));
}

function download(name: string): Record<string, string> {
  // Through bytes, so that half a character cannot make the encoding throw.
  const encoded = encodeURIComponent(Buffer.from(name).toString()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return { "Content-Disposition": `attachment; filename*=UTF-8''${encoded}` };
}

function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const status = statusOf(error);
  const text = error instanceof Error ? error.message : String(error);
  if (request.url?.startsWith("/api/")) sendJson(response, { error: text }, status);
  else sendPage(response, problemPage(status === 404 ? "Non trovato" : "Non si può rispondere", text), status);
}
