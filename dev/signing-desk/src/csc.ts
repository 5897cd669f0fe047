import { constants, createHash, privateEncrypt, randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Signer } from "./authority.ts";
import { escaped, framed, personOptions } from "./page.ts";
import type { Person } from "./people.ts";

/*
 * The desk as a remote signature service (Cloud Signature Consortium API 2.0.0.2, with OAuth 2.0): one client, one credential
 * for each person, a yes for the service and a yes for each digest. Everything is in memory, and gone at the end.
 */
export interface CscClient {
  id: string;
  secret: string;
  redirectUri: string;
}

type Scope = "service" | "credential";
type Grant = { scope: Scope; person: string; credentialId?: string; hash?: string };

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > 64 * 1024) throw new Error("too long");
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
};
const secret = (): string => randomBytes(24).toString("base64url");

/** The PIN that authorises the company's seal: a stage prop. */
export const SEAL_PIN = "0000";
export const SEAL_CREDENTIAL = "company-seal";

export const cscService = (desk: {
  people: Person[];
  client: CscClient;
  cardOf(person: Person): Promise<Signer>;
  /** Of the client itself, which signs without a person (CSC API 2.0.0.2, 8.4.4: client credentials). */
  seal(): Signer | undefined;
}) => {
  const codes = new Map<string, Grant & { challenge: string }>();
  const tokens = new Map<string, Grant>();
  const { people, client } = desk;
  const personOf = (key: string | undefined): Person | undefined => people.find((one) => one.key === key);

  const json = (response: ServerResponse, status: number, body: object): void => {
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
    response.end(JSON.stringify(body));
  };
  const page = (response: ServerResponse, body: string, status = 200): void => {
    response.writeHead(status, {
      "content-type": "text/html; charset=utf-8",
      // The answer of the form leads to the client: Chromium asks the policy for that too.
      "content-security-policy": `default-src 'none'; style-src 'self'; form-action 'self' ${new URL(client.redirectUri).origin}; frame-ancestors 'none'; base-uri 'none'`,
      "cache-control": "no-store",
    });
    response.end(framed("Firma remota di prova", body));
  };

  /** What a request for a yes says; null when it does not come from the client. */
  const readAuthorize = (given: URLSearchParams) => {
    const scope = given.get("scope");
    const ok =
      given.get("client_id") === client.id &&
      given.get("redirect_uri") === client.redirectUri &&
      given.get("response_type") === "code" &&
      given.get("code_challenge_method") === "S256" &&
      (scope === "service" || (scope === "credential" && given.get("hashes") && given.get("credentialID")));
    return ok ? { scope: scope as Scope, given } : null;
  };
  const hidden = (given: URLSearchParams): string =>
    [...given]
      .filter(([name]) => name !== "person" && name !== "answer")
      .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
      .join("");

  const authorizePage = (given: URLSearchParams): [body: string, status?: number] => {
    const asked = readAuthorize(given);
    if (!asked) return ["<h1>Richiesta non valida</h1><p>Non viene da un cliente conosciuto.</p>", 400];
    const yes = (label: string) =>
      `<p class="row"><button name="answer" value="yes">${label}</button> <button name="answer" value="no">Annulla</button></p>`;
    if (asked.scope === "service")
      return [
        `<h1>Firma remota di prova</h1><p class="lead">Il portale chiede di vedere il tuo certificato di firma.</p>
<form method="post" action="/oauth2/authorize">${hidden(given)}<div class="field"><label for="person">Chi sei</label>
<select id="person" name="person">${personOptions(people, "")}</select></div>${yes("Consenti")}</form>`,
      ];
    const person = personOf(given.get("credentialID")?.replace(/^card-/, ""));
    if (!person) return ["<h1>Credenziale sconosciuta</h1>", 400];
    const digest = Buffer.from(given.get("hashes") ?? "", "base64url").toString("hex");
    return [
      `<h1>Firmi questo documento?</h1><p class="lead">${escaped(`${person.givenName} ${person.familyName}`)}, il portale chiede di firmare un documento con questa impronta:</p>
<form method="post" action="/oauth2/authorize">${hidden(given)}<code>${escaped(digest)}</code>${yes("Firma")}</form>`,
    ];
  };

  const answerAuthorize = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const given = new URLSearchParams(await readBody(request));
    const asked = readAuthorize(given);
    if (!asked) return page(response, "<h1>Richiesta non valida</h1>", 400);
    const back = new URL(client.redirectUri);
    back.searchParams.set("state", given.get("state") ?? "");
    const credentialId = given.get("credentialID") ?? undefined;
    const person = personOf(
      asked.scope === "service" ? (given.get("person") ?? "") : credentialId?.replace(/^card-/, ""),
    );
    if (given.get("answer") !== "yes" || !person) back.searchParams.set("error", "access_denied");
    else {
      const code = secret();
      codes.set(code, {
        scope: asked.scope,
        person: person.key,
        challenge: given.get("code_challenge") ?? "",
        ...(asked.scope === "credential" && credentialId
          ? { credentialId, hash: Buffer.from(given.get("hashes") ?? "", "base64url").toString("base64") }
          : {}),
      });
      back.searchParams.set("code", code);
    }
    response.writeHead(302, { location: back.href, "cache-control": "no-store" });
    response.end();
  };

  const giveToken = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const given = new URLSearchParams(await readBody(request));
    const code = given.get("code") ?? "";
    const kept = codes.get(code);
    codes.delete(code);
    const challenge = createHash("sha256")
      .update(given.get("code_verifier") ?? "")
      .digest("base64url");
    const basic = Buffer.from(/^Basic (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "", "base64").toString();
    const known =
      basic === `${encodeURIComponent(client.id)}:${encodeURIComponent(client.secret)}` ||
      (given.get("client_id") === client.id && given.get("client_secret") === client.secret);
    if (!known) return json(response, 401, { error: "invalid_client" });
    if (given.get("grant_type") === "client_credentials" && desk.seal()) {
      const token = secret();
      tokens.set(token, { scope: "service", person: SEAL_CREDENTIAL });
      return json(response, 200, { access_token: token, token_type: "Bearer", expires_in: 300, scope: "service" });
    }
    if (!kept || kept.challenge !== challenge || given.get("redirect_uri") !== client.redirectUri)
      return json(response, 400, { error: "invalid_grant" });
    const token = secret();
    tokens.set(token, kept);
    json(response, 200, { access_token: token, token_type: "Bearer", expires_in: 300, scope: kept.scope });
  };

  const bearer = (request: IncomingMessage, scope: Scope): Grant | undefined => {
    const grant = tokens.get(/^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "");
    return grant?.scope === scope ? grant : undefined;
  };

  const signHash = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = JSON.parse(await readBody(request)) as Record<string, unknown>;
    const grant = bearer(request, "service");
    const sad = tokens.get(String(asked["SAD"] ?? ""));
    tokens.delete(String(asked["SAD"] ?? ""));
    const [hash, ...more] = Array.isArray(asked["hashes"]) ? (asked["hashes"] as string[]) : [];
    const sealing = grant?.person === SEAL_CREDENTIAL ? desk.seal() : undefined;
    const person = personOf(grant?.person);
    // The second yes was for this digest and this credential, once.
    if (!grant || !(person || sealing) || sad?.scope !== "credential" || sad.hash !== hash || more.length > 0)
      return json(response, 400, { error: "invalid_request", error_description: "SAD not valid" });
    if (asked["credentialID"] !== sad.credentialId || sad.person !== grant.person)
      return json(response, 400, { error: "invalid_request", error_description: "credential" });
    const { privateKey } = sealing ?? (await desk.cardOf(person!));
    // A digest is signed as it is: PKCS #1 v1.5 wraps it into DigestInfo (RFC 8017, 9.2).
    const prefix = Buffer.from("3031300d060960864801650304020105000420", "hex");
    const value = privateEncrypt(
      { key: privateKey, padding: constants.RSA_PKCS1_PADDING },
      Buffer.concat([prefix, Buffer.from(hash ?? "", "base64")]),
    );
    json(response, 200, { signatures: [value.toString("base64")] });
  };

  /** Answers what belongs to the service; false when the request is for somebody else. */
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://desk");
    const asked = `${request.method} ${pathname}`;
    switch (asked) {
      case "GET /oauth2/authorize":
        page(response, ...authorizePage(searchParams));
        return true;
      case "POST /oauth2/authorize":
        await answerAuthorize(request, response);
        return true;
      case "POST /oauth2/token":
        await giveToken(request, response);
        return true;
      case "POST /csc/v2/info":
        json(response, 200, {
          specs: "2.0.0.2",
          name: "Firma remota di prova",
          region: "IT",
          lang: "it",
          authType: ["oauth2code"],
          methods: ["credentials/list", "credentials/info", "signatures/signHash"],
        });
        return true;
      case "POST /csc/v2/credentials/list": {
        const grant = bearer(request, "service");
        if (!grant) json(response, 401, { error: "invalid_token" });
        else json(response, 200, { credentialIDs: [`card-${grant.person}`] });
        return true;
      }
      case "POST /csc/v2/credentials/info": {
        const grant = bearer(request, "service");
        const { credentialID } = JSON.parse(await readBody(request)) as { credentialID?: string };
        const person = personOf(grant?.person);
        const sealing = grant?.person === SEAL_CREDENTIAL && credentialID === SEAL_CREDENTIAL ? desk.seal() : undefined;
        if (!grant || !(sealing || (person && credentialID === `card-${grant.person}`))) {
          json(response, grant ? 400 : 401, { error: grant ? "invalid_request" : "invalid_token" });
          return true;
        }
        const card = sealing ?? (await desk.cardOf(person!));
        json(response, 200, {
          key: { status: "enabled", algo: ["1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11"], len: 2048 },
          cert: {
            status: "valid",
            certificates: [card.certificate, ...card.chain].map((one) => Buffer.from(one).toString("base64")),
          },
          auth: { mode: "oauth2code" },
          multisign: 1,
        });
        return true;
      }
      case "POST /csc/v2/credentials/authorize": {
        const grant = bearer(request, "service");
        const asked = JSON.parse(await readBody(request)) as {
          credentialID?: string;
          hashes?: string[];
          authData?: { id: string; value: string }[];
        };
        const pin = asked.authData?.find((one) => one.id === "PIN")?.value;
        if (!grant || !desk.seal() || asked.credentialID !== SEAL_CREDENTIAL || pin !== SEAL_PIN) {
          json(response, grant ? 400 : 401, { error: grant ? "invalid_pin" : "invalid_token" });
          return true;
        }
        const sad = secret();
        tokens.set(sad, {
          scope: "credential",
          person: SEAL_CREDENTIAL,
          credentialId: SEAL_CREDENTIAL,
          hash: asked.hashes?.[0] ?? "",
        });
        json(response, 200, { SAD: sad, expiresIn: 300 });
        return true;
      }
      case "POST /csc/v2/signatures/signHash":
        await signHash(request, response);
        return true;
      default:
        return false;
    }
  };
};
