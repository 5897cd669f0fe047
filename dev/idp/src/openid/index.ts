import { createHash, randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { CompactEncrypt, importJWK } from "jose";
import { readForm, redirect, refusal, send, sendJson, sendPage, statusOf } from "../../../kit/http.ts";
import { presetChoice } from "../choice.ts";
import { openIdChooserPage } from "../pages.ts";
import { type Level, namesFor, type Person } from "../people.ts";
import { shelf } from "../shelf.ts";
import { openAnchor, STATEMENT } from "./anchor.ts";
import { assertedClient, type Client, knownClient, readSigned, recordOf } from "./client.ts";
import { loadOrMakeFederationKeys, publicPart, seconds, sign } from "./keys.ts";
import { isError, isOpenIdOutcome, type OpenIdOutcome } from "./outcomes.ts";

/*
 * CIE by OpenID Federation (Italian profile): an anchor, and the one provider under it. It judges the service as the real one
 * would: configuration, trust mark, signed request, PKCE, private_key_jwt. No session of its own: every login asks who enters.
 */
export interface Asked {
  client: Client;
  redirectUri: string;
  state: string;
  nonce: string;
  challenge: string;
  level: Level;
  claims: string[];
}
interface Grant {
  asked: Asked;
  person: Person;
  level: Level;
  outcome: OpenIdOutcome;
  at: number;
}

const REQUEST_LIFE = 15 * 60_000;
const CODE_LIFE = 60_000;
const TOKEN_LIFE = 5 * 60_000;
const FISCAL_NUMBER = "https://attributes.eid.gov.it/fiscal_number";
const UNGUESSABLE = /^[A-Za-z0-9]{32,}$/;

const digest = (text: string) => createHash("sha256").update(text).digest();

export async function openIdProvider(options: {
  origin: string;
  dataDir: string;
  people: readonly Person[];
  /** The client_id of the services that may ask. */
  clients: readonly string[];
}) {
  const { origin, people, clients } = options;
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const keys = await loadOrMakeFederationKeys(options.dataDir);
  const id = `${origin}/openid/cie`;
  const anchor = await openAnchor({ ...options, providerId: id, keys });
  const requests = shelf<Asked>(REQUEST_LIFE);
  const codes = shelf<Grant>(CODE_LIFE);
  const tokens = shelf<Grant>(TOKEN_LIFE);
  const assertions = new Set<string>();
  const requestIds = new Set<string>();

  const configuration = async () =>
    sign(
      keys.provider,
      {
        iss: id,
        sub: id,
        iat: seconds(),
        exp: seconds() + 86_400,
        jwks: { keys: [publicPart(keys.provider)] },
        authority_hints: [anchor.id],
        trust_marks: [await anchor.providerMark()],
        metadata: {
          federation_entity: { organization_name: "DEV IdP", homepage_uri: origin, contacts: ["cie@idp.example"] },
          openid_provider: {
            issuer: id,
            authorization_endpoint: `${id}/authorize`,
            token_endpoint: `${id}/token`,
            userinfo_endpoint: `${id}/userinfo`,
            revocation_endpoint: `${id}/revoke`,
            jwks: { keys: [publicPart(keys.core)] },
            response_types_supported: ["code"],
            grant_types_supported: ["authorization_code"],
            subject_types_supported: ["pairwise"],
            acr_values_supported: [1, 2, 3].map(classOf),
            id_token_signing_alg_values_supported: ["RS256"],
            userinfo_signing_alg_values_supported: ["RS256"],
            userinfo_encryption_alg_values_supported: ["RSA-OAEP", "RSA-OAEP-256"],
            userinfo_encryption_enc_values_supported: ["A128CBC-HS256", "A256CBC-HS512"],
            request_object_signing_alg_values_supported: ["RS256"],
            token_endpoint_auth_methods_supported: ["private_key_jwt"],
            code_challenge_methods_supported: ["S256"],
            client_registration_types_supported: ["automatic"],
            scopes_supported: ["openid", "profile", "email"],
            claims_supported: ["given_name", "family_name", "birthdate", "email", FISCAL_NUMBER],
            authorization_response_iss_parameter_supported: true,
          },
        },
      },
      STATEMENT,
    );

  /** The request, judged: a wrong one gets a page and leads nowhere, since here it is always our own bug. */
  async function readRequest(query: URLSearchParams): Promise<Asked> {
    const wrong = (why: string) => refusal(400, `La richiesta OpenID non va bene: ${why}.`);
    const outside = (name: string) => query.get(name) ?? "";
    if (query.has("request_uri")) throw wrong("request_uri non è ammesso");
    if (!clients.includes(outside("client_id")))
      throw wrong(`«${outside("client_id")}» non è fra i servizi conosciuti`);
    const client = await knownClient(outside("client_id"), anchor, keys);
    const signing = client.keys.filter((key) => key.use === "sig");
    const claims = await readSigned(outside("request"), signing, "Oggetto request");
    const inside = (name: string) => (typeof claims[name] === "string" ? claims[name] : "");
    for (const name of ["client_id", "response_type", "scope", "code_challenge", "code_challenge_method"])
      if (!outside(name) || outside(name) !== inside(name)) throw wrong(`${name} dentro e fuori deve essere uguale`);
    if (inside("iss") !== client.id || ![claims["aud"]].flat().includes(id)) throw wrong("iss o aud è di un altro");
    if (Number(claims["exp"]) > seconds() + 3600) throw wrong("vale troppo a lungo");
    if (inside("response_type") !== "code" || !inside("scope").split(" ").includes("openid"))
      throw wrong("attesi response_type=code e lo scope openid");
    if (inside("code_challenge_method") !== "S256" || !/^[\w-]{43}$/.test(inside("code_challenge")))
      throw wrong("attesa una code_challenge S256");
    if (!client.redirectUris.includes(inside("redirect_uri"))) throw wrong("redirect_uri non è nella configurazione");
    if (!UNGUESSABLE.test(inside("state")) || !UNGUESSABLE.test(inside("nonce")))
      throw wrong("state e nonce devono avere almeno 32 lettere o cifre");
    if (inside("prompt") !== "consent login") throw wrong("prompt deve essere «consent login»");
    const level = /^https:\/\/www\.spid\.gov\.it\/SpidL([123])$/.exec(inside("acr_values").split(" ")[0]!)?.[1];
    if (!level) throw wrong("acr_values manca o non esiste");
    if (requestIds.has(inside("state"))) throw wrong("è già arrivata una volta");
    requestIds.add(inside("state"));
    return {
      client,
      redirectUri: inside("redirect_uri"),
      state: inside("state"),
      nonce: inside("nonce"),
      challenge: inside("code_challenge"),
      level: Number(level) as Level,
      claims: Object.keys(recordOf(recordOf(claims["claims"])["userinfo"])),
    };
  }

  const back = ({ redirectUri, state }: Asked, answer: Record<string, string>) => {
    const url = new URL(redirectUri);
    for (const [name, value] of Object.entries({ ...answer, state, iss: id })) url.searchParams.set(name, value);
    return url.href;
  };

  /** Where the choice leads; undefined while nobody has chosen. */
  function decided(asked: Asked, fields: URLSearchParams): string | undefined {
    if (fields.has("cancel")) return back(asked, { error: "access_denied" });
    const outcome = fields.get("outcome") || "ok";
    if (!isOpenIdOutcome(outcome)) throw refusal(400, `L’esito «${outcome}» non esiste.`);
    const key = fields.get("person");
    const person = people.find((p) => p.key === key);
    if (isError(outcome) && (person || !key))
      return back(asked, { error: outcome, error_description: "Esito di prova" });
    if (!key) return undefined;
    if (!person?.schemes.includes("cie")) throw refusal(400, `Non c’è nessuna persona con la CIE «${key}».`);
    const level = outcome === "low-level" ? 1 : (Number(fields.get("level")) as Level) || asked.level;
    return back(asked, { code: codes.keep({ asked, person, level, outcome, at: seconds() }) });
  }

  async function authorize(request: IncomingMessage, response: ServerResponse, query: URLSearchParams) {
    const asked = await readRequest(request.method === "POST" ? await readForm(request) : query);
    const preset = presetChoice(request);
    const to = preset && decided(asked, preset);
    redirect(response, to ?? `/openid/accesso?request=${requests.keep(asked)}`);
  }

  async function choose(request: IncomingMessage, response: ServerResponse, query: URLSearchParams) {
    const form = request.method === "POST" ? await readForm(request) : query;
    const token = form.get("request") ?? "";
    const asked = requests.find(token);
    if (!asked) throw refusal(404, "Questa richiesta di accesso è scaduta o non è mai arrivata. Riparti dal servizio.");
    // A browser that comes from another site brings its cookie here and not to the request itself.
    const to = decided(asked, request.method === "POST" ? form : (presetChoice(request) ?? new URLSearchParams()));
    if (!to) {
      const targets = `'self' ${new URL(asked.redirectUri).origin} http://localhost:* http://127.0.0.1:*`;
      return sendPage(response, openIdChooserPage(token, asked, people), 200, targets);
    }
    requests.take(token);
    redirect(response, to);
  }

  /** The service behind a call to the token or revocation endpoint, by its own signature. */
  async function caller(form: URLSearchParams, audience: string): Promise<Client> {
    const clientId = form.get("client_id") ?? "";
    if (!clients.includes(clientId)) throw refusal(401, "Servizio sconosciuto.");
    const client = await knownClient(clientId, anchor, keys);
    await assertedClient(form, client, audience, assertions);
    return client;
  }

  const subject = (grant: Grant, person = grant.person) =>
    digest(`${grant.asked.client.id} ${person.key}`).toString("hex").slice(0, 32);

  async function exchange(request: IncomingMessage, response: ServerResponse) {
    const form = await readForm(request);
    const client = await caller(form, `${id}/token`);
    const grant = codes.take(form.get("code") ?? "");
    const verified = digest(form.get("code_verifier") ?? "").toString("base64url");
    if (
      form.get("grant_type") !== "authorization_code" ||
      !grant ||
      grant.asked.client.id !== client.id ||
      form.get("redirect_uri") !== grant.asked.redirectUri ||
      verified !== grant.asked.challenge
    )
      return sendJson(response, { error: "invalid_grant" }, 400);
    const { outcome, asked } = grant;
    const accessToken = tokens.keep(grant);
    const past = outcome === "expired" ? 3600 : 0;
    const idToken = await sign(outcome === "other-key" ? { ...keys.stranger, kid: keys.core.kid! } : keys.core, {
      iss: id,
      sub: subject(grant),
      aud: outcome === "wrong-audience" ? "https://altro-servizio.example" : client.id,
      acr: classOf(grant.level),
      auth_time: grant.at - past,
      nonce: outcome === "other-nonce" ? randomBytes(32).toString("hex") : asked.nonce,
      at_hash: digest(accessToken).subarray(0, 16).toString("base64url"),
      iat: seconds() - past,
      exp: seconds() - past + 300,
      jti: randomBytes(16).toString("hex"),
    });
    sendJson(response, {
      access_token: accessToken,
      token_type: "Bearer",
      expires_in: TOKEN_LIFE / 1000,
      id_token: outcome === "tampered" ? tampered(idToken) : idToken,
    });
  }

  async function userinfo(request: IncomingMessage, response: ServerResponse) {
    const grant = tokens.find(/^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "");
    if (!grant) return sendJson(response, { error: "invalid_token" }, 401);
    const { asked, person, outcome } = grant;
    const names = namesFor(person, "cie");
    const known: Record<string, string> = {
      given_name: names.givenName,
      family_name: names.familyName,
      birthdate: person.dateOfBirth,
      email: person.email,
      [FISCAL_NUMBER]: `TINIT-${person.fiscalNumber}`,
    };
    const inner = await sign(keys.core, {
      iss: id,
      aud: asked.client.id,
      sub:
        outcome === "other-person"
          ? subject(
              grant,
              people.find((p) => p.key !== person.key),
            )
          : subject(grant),
      iat: seconds(),
      exp: seconds() + 300,
      ...Object.fromEntries(asked.claims.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]]))),
    });
    if (outcome === "unencrypted") return send(response, 200, "application/jwt", inner);
    const key = asked.client.keys.find((k) => k.use === "enc")!;
    const { alg, enc } = asked.client.encryption;
    const body = await new CompactEncrypt(Buffer.from(inner))
      .setProtectedHeader({ alg, enc, cty: "JWT", kid: key.kid! })
      .encrypt(await importJWK(key, alg));
    send(response, 200, "application/jose", body);
  }

  async function revoke(request: IncomingMessage, response: ServerResponse) {
    const form = await readForm(request);
    await caller(form, `${id}/revoke`);
    tokens.take(form.get("token") ?? "");
    sendJson(response, {});
  }

  const statement = async (response: ServerResponse, document: Promise<string | undefined>) => {
    const text = await document;
    if (text === undefined) return sendJson(response, { error: "not_found" }, 404);
    send(response, 200, `application/${STATEMENT}`, text);
  };
  /** Who calls these is a program: it gets the error in its own language. */
  const asJson = (response: ServerResponse, work: Promise<unknown>) =>
    work.catch((error: unknown) =>
      sendJson(response, { error: "invalid_client", error_description: (error as Error).message }, statusOf(error)),
    );

  return {
    id,
    anchorId: anchor.id,
    /** Answers what is under /openid; false when there is nothing at that address. */
    async answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> {
      switch (url.pathname) {
        case "/openid/anchor/.well-known/openid-federation":
          await statement(response, anchor.configuration());
          return true;
        case "/openid/anchor/fetch":
          await statement(response, anchor.statement(url.searchParams.get("sub") ?? ""));
          return true;
        case "/openid/anchor/list":
          sendJson(response, anchor.list());
          return true;
        case "/openid/cie/.well-known/openid-federation":
          await statement(response, configuration());
          return true;
        case "/openid/cie/authorize":
          await authorize(request, response, url.searchParams);
          return true;
        case "/openid/accesso":
          await choose(request, response, url.searchParams);
          return true;
        case "/openid/cie/token":
          await asJson(response, exchange(request, response));
          return true;
        case "/openid/cie/userinfo":
          await userinfo(request, response);
          return true;
        case "/openid/cie/revoke":
          await asJson(response, revoke(request, response));
          return true;
      }
      return false;
    },
  };
}

const classOf = (level: number) => `https://www.spid.gov.it/SpidL${level}`;

/** Another body under the same signature. */
function tampered(token: string): string {
  const [header, body, signature] = token.split(".") as [string, string, string];
  const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
  const changed = Buffer.from(JSON.stringify({ ...claims, sub: "altro" })).toString("base64url");
  return [header, changed, signature].join(".");
}
