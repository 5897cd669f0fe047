import { createHash, timingSafeEqual, verify } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { readForm, redirect, refusal, sendJson, sendPage } from "../../../kit/http.ts";
import { staffChooserPage } from "../pages.ts";
import { shelf } from "../shelf.ts";
import { loadOrMakeTokenKey } from "./key.ts";
import { loadStaff, type StaffPerson } from "./people.ts";

/*
 * The provider of the company's staff: a plain OpenID Connect provider, in its own right beside SPID and CIE. Authorization
 * code with PKCE, one client, no session of its own: every login asks who enters.
 */
export interface StaffClient {
  id: string;
  secret: string;
  redirectUri: string;
  /** Public keys (PEM) that may sign its assertions, instead of the secret (RFC 7523). */
  keys?: string[];
}
interface Asked {
  redirectUri: string;
  state: string | null;
  nonce: string | null;
  challenge: string;
  acr: string | null;
}

const REQUEST_LIFE = 15 * 60_000;
const CODE_LIFE = 60_000;
const TOKEN_LIFE = 5 * 60_000;

const same = (a: string, b: string) =>
  Buffer.byteLength(a) === Buffer.byteLength(b) && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** private_key_jwt: issuer and subject are the client, the audience is us, not yet expired, signed by a key we know. */
function signedBy(assertion: string, client: StaffClient, issuer: string): boolean {
  const [head = "", body = "", signature = ""] = assertion.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
  const audience = [claims["aud"]].flat();
  return (
    claims["iss"] === client.id &&
    claims["sub"] === client.id &&
    (audience.includes(issuer) || audience.includes(`${issuer}/token`)) &&
    Number(claims["exp"]) > Date.now() / 1000 &&
    (client.keys ?? []).some((key) =>
      verify("sha256", Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url")),
    )
  );
}

export function staffProvider(options: { dataDir: string; peopleFile: string; client: StaffClient }) {
  const people = loadStaff(options.peopleFile);
  const key = loadOrMakeTokenKey(options.dataDir);
  const { client } = options;
  const requests = shelf<Asked>(REQUEST_LIFE);
  const codes = shelf<{ asked: Asked; person: StaffPerson; at: number }>(CODE_LIFE);
  const tokens = shelf<StaffPerson>(TOKEN_LIFE);

  const claimsOf = (person: StaffPerson) => ({
    sub: createHash("sha256").update(`staff ${person.key}`).digest("hex").slice(0, 32),
    name: person.name,
    email: person.email,
    email_verified: true,
    groups: person.groups,
  });

  function discovery(issuer: string) {
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ["code"],
      grant_types_supported: ["authorization_code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
      token_endpoint_auth_signing_alg_values_supported: ["RS256"],
      code_challenge_methods_supported: ["S256"],
      scopes_supported: ["openid", "profile", "email"],
      claims_supported: ["sub", "name", "email", "email_verified", "groups", "auth_time", "acr"],
      authorization_response_iss_parameter_supported: true,
    };
  }

  const back = (issuer: string, asked: Asked, answer: Record<string, string>) => {
    const url = new URL(asked.redirectUri);
    for (const [name, value] of Object.entries({ ...answer, iss: issuer })) url.searchParams.set(name, value);
    if (asked.state) url.searchParams.set("state", asked.state);
    return url.href;
  };

  /** A request with an address that is not the client's never leads anywhere (RFC 6749, 4.1.2.1). */
  function authorize(response: ServerResponse, query: URLSearchParams): void {
    if (query.get("client_id") !== client.id || query.get("redirect_uri") !== client.redirectUri)
      throw refusal(400, "Questo servizio, o il suo indirizzo di ritorno, non è fra quelli conosciuti.");
    const scopes = (query.get("scope") ?? "").split(" ");
    if (query.get("response_type") !== "code" || !scopes.includes("openid"))
      throw refusal(400, "Attesi response_type=code e lo scope openid.");
    const challenge = query.get("code_challenge") ?? "";
    if (query.get("code_challenge_method") !== "S256" || !/^[\w-]{43}$/.test(challenge))
      throw refusal(400, "Attesa una code_challenge S256 (RFC 7636).");
    const token = requests.keep({
      redirectUri: client.redirectUri,
      state: query.get("state"),
      nonce: query.get("nonce"),
      challenge,
      acr: query.get("acr_values")?.split(" ")[0] ?? null,
    });
    redirect(response, `/staff/accesso?request=${token}`);
  }

  async function choose(request: IncomingMessage, response: ServerResponse, query: URLSearchParams, issuer: string) {
    const form = request.method === "POST" ? await readForm(request) : query;
    const token = form.get("request") ?? "";
    const asked = requests.find(token);
    if (!asked) throw refusal(404, "Questa richiesta di accesso è scaduta o non è mai arrivata. Riparti dal servizio.");
    if (request.method !== "POST")
      return sendPage(response, staffChooserPage(token, people), 200, `'self' ${new URL(asked.redirectUri).origin}`);
    requests.take(token);
    if (form.has("cancel")) return redirect(response, back(issuer, asked, { error: "access_denied" }));
    const person = people.find((p) => p.key === form.get("person"));
    if (!person) throw refusal(400, "Questa persona non esiste.");
    redirect(response, back(issuer, asked, { code: codes.keep({ asked, person, at: Date.now() }) }));
  }

  async function exchange(request: IncomingMessage, response: ServerResponse, issuer: string) {
    const form = await readForm(request);
    const assertion = form.get("client_assertion");
    const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    const [id, secret] = basic
      ? Buffer.from(basic, "base64")
          .toString()
          .split(":")
          .map((s) => decodeURIComponent(s.replaceAll("+", " ")))
      : [form.get("client_id") ?? "", form.get("client_secret") ?? ""];
    const known = assertion
      ? signedBy(assertion, client, issuer)
      : id === client.id && same(secret ?? "", client.secret);
    if (!known) return sendJson(response, { error: "invalid_client" }, 401);
    if (form.get("grant_type") !== "authorization_code")
      return sendJson(response, { error: "unsupported_grant_type" }, 400);
    const given = codes.take(form.get("code") ?? "");
    const verified = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (!given || form.get("redirect_uri") !== given.asked.redirectUri || verified !== given.asked.challenge)
      return sendJson(response, { error: "invalid_grant" }, 400);
    const now = Math.floor(Date.now() / 1000);
    sendJson(response, {
      access_token: tokens.keep(given.person),
      token_type: "Bearer",
      expires_in: TOKEN_LIFE / 1000,
      id_token: key.sign({
        iss: issuer,
        aud: client.id,
        iat: now,
        exp: now + 300,
        auth_time: Math.floor(given.at / 1000),
        ...(given.asked.nonce ? { nonce: given.asked.nonce } : {}),
        ...(given.asked.acr ? { acr: given.asked.acr } : {}),
        ...claimsOf(given.person),
      }),
    });
  }

  function userinfo(request: IncomingMessage, response: ServerResponse) {
    const person = tokens.find(/^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "");
    if (!person) return sendJson(response, { error: "invalid_token" }, 401);
    sendJson(response, claimsOf(person));
  }

  return {
    people,
    /** Answers what is under /staff; false when there is nothing at that address. */
    async answer(request: IncomingMessage, response: ServerResponse, url: URL, origin: string): Promise<boolean> {
      const issuer = `${origin}/staff`;
      switch (url.pathname) {
        case "/staff/.well-known/openid-configuration":
          sendJson(response, discovery(issuer));
          return true;
        case "/staff/jwks":
          sendJson(response, { keys: [key.jwk] });
          return true;
        case "/staff/authorize":
          authorize(response, url.searchParams);
          return true;
        case "/staff/accesso":
          await choose(request, response, url.searchParams, issuer);
          return true;
        case "/staff/token":
          await exchange(request, response, issuer);
          return true;
        case "/staff/userinfo":
          userinfo(request, response);
          return true;
      }
      return false;
    },
  };
}
