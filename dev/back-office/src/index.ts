import type { IncomingMessage, ServerResponse } from "node:http";
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import { baseCss } from "../../kit/base-css.ts";
import { frame } from "../../kit/frame.ts";
import { html } from "../../kit/html.ts";
import { listen, readForm, refusal, send, sendPage, statusOf, stop } from "../../kit/http.ts";

/*
 * A product's own back office, as a product would write it: it believes nothing but a token that the portal signed for it, is
 * still good, and was never used before.
 */
export interface BackOfficeOptions {
  /** 0 takes any free port. */
  port: number;
  host?: string;
  origin?: string;
  /** The portal: issuer of the tokens, and where its keys are. */
  issuer: string;
  keys: string;
  /** What this back office is called in the tokens. */
  audiences: string[];
}
export interface RunningBackOffice {
  origin: string;
  port: number;
  close(): Promise<void>;
}

type Visitor = JWTPayload & {
  name?: string;
  family_name?: string;
  environment?: string;
  organization?: { name?: string; fiscal_code?: string; roles?: { role: string }[] };
  mandate?: { partner?: { name?: string } };
};

const NAME = "Back office di prova";
const page = (content: ReturnType<typeof html>, title = NAME) =>
  frame({
    title,
    name: NAME,
    home: "/",
    sign: "Un prodotto inventato: niente di ciò che fai qui ha effetto.",
    content,
  });

/** The token is in the fragment, which no server sees: the page hands it over and takes it out of the address. */
const SCRIPT = `const token = new URLSearchParams(location.hash.slice(1)).get("selfcareToken");
history.replaceState(null, "", location.pathname);
if (token) { const form = document.getElementById("entra"); form.elements.token.value = token; form.submit(); }
else document.getElementById("senza").hidden = false;`;

export async function startBackOffice(options: BackOfficeOptions): Promise<RunningBackOffice> {
  const host = options.host ?? "127.0.0.1";
  const keys = createRemoteJWKSet(new URL(options.keys), { cooldownDuration: 1000 });
  /** Used tokens, until they would have expired anyway. */
  const used = new Map<string, number>();

  const believe = async (token: string): Promise<Visitor> => {
    const { payload } = await jwtVerify<Visitor>(token, keys, {
      issuer: options.issuer,
      audience: options.audiences,
      algorithms: ["RS256"],
      requiredClaims: ["jti", "sub", "exp", "iat"],
      maxTokenAge: "5 minutes",
    });
    const now = Date.now() / 1000;
    for (const [jti, exp] of used) if (exp < now) used.delete(jti);
    if (used.has(payload.jti!)) throw refusal(403, "Questo token è già stato usato: rientra da «Gestisci».");
    used.set(payload.jti!, payload.exp!);
    return payload;
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://back-office");
    if (pathname === "/style.css") return send(response, 200, "text/css; charset=utf-8", baseCss);
    if (pathname === "/entra.js") return send(response, 200, "text/javascript; charset=utf-8", SCRIPT);
    if (request.method === "POST" && pathname === "/accesso") {
      const form = await readForm(request);
      const who = await believe(form.get("token") ?? "").catch((error: unknown) => {
        if (error instanceof errors.JOSEError) throw refusal(403, `Il token non va bene: ${error.message}.`);
        throw error;
      });
      return sendPage(
        response,
        page(html`<h1>Benvenuta nel back office</h1>
<dl>
<div><dt>Chi</dt><dd>${who.name} ${who.family_name}</dd></div>
<div><dt>Ente</dt><dd>${who.organization?.name}, ${who.organization?.fiscal_code}</dd></div>
<div><dt>Ruolo</dt><dd>${(who.organization?.roles ?? []).map((r) => r.role).join(", ") || "nessuno"}</dd></div>
<div><dt>Ambiente</dt><dd>${who.environment === "test" ? "Collaudo" : "Produzione"}</dd></div>
${who.mandate ? html`<div><dt>Per conto dell’ente agisce</dt><dd>${who.mandate.partner?.name}</dd></div>` : ""}
</dl>
<p><a href="${options.issuer}/enti">Torna all’Area Riservata</a></p>`),
      );
    }
    if (request.method !== "GET") throw refusal(405, "Qui si entra soltanto.");
    sendPage(
      response,
      page(html`<h1>${NAME}</h1>
<form id="entra" method="post" action="/accesso"><input type="hidden" name="token"></form>
<p id="senza" hidden>Ci si entra dall’Area Riservata, con «Gestisci» su un prodotto attivo.</p>
<script src="/entra.js"></script>`),
    );
  }

  const [server, port] = await listen(options.port, host, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : "Non ha funzionato.";
      sendPage(
        response,
        page(html`<h1>Non si entra</h1><p role="alert">${message}</p>`, "Non si entra"),
        statusOf(error),
      );
    });
  });
  return {
    origin: (options.origin ?? `http://localhost:${port}`).replace(/\/$/, ""),
    port,
    close: () => stop(server),
  };
}
