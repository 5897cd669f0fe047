import type { IncomingMessage, ServerResponse } from "node:http";
import { listen, readForm, redirect, refusal, send, sendPage, statusOf, stop } from "../../kit/http.ts";
import { isAnomaly } from "./anomaly.ts";
import { type Choice, choiceOf, presetChoice } from "./choice.ts";
import { type IdentityProvider, identityProviders, metadata } from "./identity-provider.ts";
import { loadOrMakeKey, makeKey } from "./keys.ts";
import { type LoginRequest, readLoginRequest } from "./login-request.ts";
import { logoutAnswer } from "./logout.ts";
import { authenticate, receive } from "./message.ts";
import { openIdProvider } from "./openid/index.ts";
import { anomalyPage, carryPage, chooserPage, homePage, messagePage, submitScript } from "./pages.ts";
import { pendingRequests } from "./pending.ts";
import { loadPeople } from "./people.ts";
import { type Keys, responseFor } from "./response.ts";
import { registry } from "./service-providers.ts";
import { type StaffClient, staffProvider } from "./staff/index.ts";
import { styleCss } from "./style.ts";

export interface IdpOptions {
  /** 0 takes any free port. */
  port: number;
  host?: string;
  /** The origin browsers use, when it is not http://localhost:port. */
  origin?: string;
  dataDir: string;
  peopleFile: string;
  /** URLs of the metadata of the service providers that may ask for a login. */
  serviceProviders: string[];
  /** The staff of the company, and the one service that may ask for them; absent, there is no provider of the staff. */
  staff?: { peopleFile: string; client: StaffClient } | undefined;
  /** The services (client_id) that may ask for CIE by OpenID; absent, there is no federation. */
  openIdClients?: string[];
}

export interface RunningIdp {
  origin: string;
  port: number;
  metadataUrl: string;
  cieMetadataUrl: string;
  staffIssuer: string;
  openIdProvider: string;
  openIdAnchor: string;
  close(): Promise<void>;
}

export async function startIdp(options: IdpOptions): Promise<RunningIdp> {
  const people = loadPeople(options.peopleFile);
  const own = await loadOrMakeKey(options.dataDir);
  const providers = registry(options.serviceProviders);
  const pending = pendingRequests();
  const staff = options.staff && staffProvider({ dataDir: options.dataDir, ...options.staff });
  const documents = new Map<string, string>();
  let otherKey: Promise<Keys["other"]> | undefined;
  let idps: ReturnType<typeof identityProviders>;
  let openId: Awaited<ReturnType<typeof openIdProvider>> | undefined;

  async function answer(response: ServerResponse, login: LoginRequest, choice: Choice): Promise<void> {
    // Made only when asked for: a second RSA key costs a good part of a second.
    if (choice.outcome === "other-key") otherKey ??= makeKey();
    const text = responseFor(login, choice, { own, other: (await otherKey) ?? own });
    sendPage(
      response,
      carryPage(login.idp.displayName, login.acs, {
        SAMLResponse: Buffer.from(text).toString("base64"),
        RelayState: login.relayState,
      }),
      200,
      formTargets(login.acs),
    );
  }

  async function signOn(
    request: IncomingMessage,
    response: ServerResponse,
    idp: IdentityProvider,
    query: URLSearchParams,
  ) {
    const message = await receive(request);
    const { sp, root } = await authenticate(message, idp.scheme, providers);
    const login = readLoginRequest(root, idp, sp, message.relayState);
    const fields = query.has("auto") ? query : presetChoice(request);
    const choice = fields && choiceOf(fields, login, people);
    if (choice) return answer(response, login, choice);
    redirect(response, `/accesso?request=${pending.keep(login)}`);
  }

  async function choose(request: IncomingMessage, response: ServerResponse, query: URLSearchParams) {
    const form = request.method === "POST" ? await readForm(request) : new URLSearchParams();
    const fields = new URLSearchParams([...query, ...form]);
    const token = fields.get("request") ?? "";
    const login = pending.find(token);
    if (!login) throw refusal(404, "Questa richiesta di accesso è scaduta o non è mai arrivata. Riparti dal servizio.");
    // A browser that comes from another site brings its cookie here and not to the request itself.
    const preset = fields.has("person") || fields.has("cancel") ? undefined : presetChoice(request);
    const decided = request.method === "POST" || fields.has("auto") ? fields : preset;
    const choice = decided && choiceOf(decided, login, people);
    if (choice) return answer(response, login, choice);
    sendPage(response, chooserPage(token, login, people));
  }

  async function signOff(request: IncomingMessage, response: ServerResponse, idp: IdentityProvider) {
    if (idp.scheme === "cie")
      return sendPage(response, messagePage("Sei uscito", "La CIE non tiene altre sessioni aperte."));
    const message = await receive(request);
    const { sp, root } = await authenticate(message, idp.scheme, providers);
    const result = logoutAnswer(root, message, idp, sp, own);
    if (result.binding === "redirect") return redirect(response, result.url);
    const fields = { SAMLResponse: Buffer.from(result.response).toString("base64"), RelayState: message.relayState };
    sendPage(response, carryPage(idp.displayName, result.location, fields), 200, formTargets(result.location));
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://idp");
    const { pathname, searchParams } = url;
    const file = documents.get(pathname);
    if (file !== undefined) return send(response, 200, "application/samlmetadata+xml; charset=utf-8", file);
    switch (pathname) {
      case "/":
        return sendPage(response, homePage(Object.values(idps), openId, options.serviceProviders, people));
      case "/style.css":
        return send(response, 200, "text/css; charset=utf-8", styleCss);
      case "/submit.js":
        return send(response, 200, "text/javascript; charset=utf-8", submitScript);
      case "/accesso":
        return choose(request, response, searchParams);
      case "/spid/sso":
      case "/cie/sso":
        return signOn(request, response, idpOf(pathname), searchParams);
      case "/spid/slo":
      case "/cie/slo":
        return signOff(request, response, idpOf(pathname));
    }
    if (await openId?.answer(request, response, url)) return;
    if (await staff?.answer(request, response, url, origin)) return;
    throw refusal(404, `Qui non c’è niente all’indirizzo ${pathname}.`);
  }

  const idpOf = (path: string): IdentityProvider => (path.startsWith("/cie/") ? idps.cie : idps.spid);

  const [server, port] = await listen(options.port, options.host ?? "127.0.0.1", (request, response) => {
    handle(request, response).catch((error: unknown) => fail(response, error));
  });
  const origin = (options.origin ?? `http://localhost:${port}`).replace(/\/$/, "");
  idps = identityProviders(origin);
  if (options.openIdClients?.length)
    openId = await openIdProvider({ origin, dataDir: options.dataDir, people, clients: options.openIdClients });
  documents.set("/metadata", metadata(idps.spid, own));
  documents.set("/cie/metadata", metadata(idps.cie, own));
  return {
    origin,
    port,
    metadataUrl: idps.spid.metadataUrl,
    cieMetadataUrl: idps.cie.metadataUrl,
    staffIssuer: `${origin}/staff`,
    openIdProvider: `${origin}/openid/cie`,
    openIdAnchor: `${origin}/openid/anchor`,
    close: () => stop(server),
  };
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (isAnomaly(error)) {
    // Anomalies 4 to 7 and 10 put the sender itself in doubt (SPID technical rules: 403); the others are its form.
    const status = error.nr <= 7 || error.nr === 10 ? 403 : 400;
    sendPage(response, anomalyPage(error, "IdP di prova"), status);
    return;
  }
  const status = statusOf(error);
  if (status === 413) response.setHeader("Connection", "close");
  const text = error instanceof Error ? error.message : String(error);
  sendPage(response, messagePage(status === 404 ? "Non trovato" : "Non si può rispondere", text), status);
}

/**
 * Where the form may go. Chromium holds the redirects that follow a form to the same rule, and a service under
 * development often answers on one local port and goes on to another.
 */
function formTargets(location: string): string {
  return `'self' ${new URL(location).origin} http://localhost:* http://127.0.0.1:*`;
}
