import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  compactDecrypt,
  createLocalJWKSet,
  decodeJwt,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  jwtVerify,
} from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningIdp, startIdp } from "../index.ts";
import { publicPart, seconds, sign } from "./keys.ts";

/* A service of the federation, played: its configuration and requests can be bent, and the provider must say what is wrong. */
const peopleFile = new URL("../../../../demo/people.json", import.meta.url).pathname;
const dataDir = mkdtempSync(join(tmpdir(), "idp-openid-"));
let idp: RunningIdp;
let clientId: string;
let keys: Record<"federation" | "signing" | "encryption" | "stranger", JWK>;
let marks: { id: string; trust_mark: string }[];
type Claims = Record<string, unknown>;
let bendConfiguration: (claims: Claims) => Claims;

const keyFor = async (kid: string, use: "sig" | "enc"): Promise<JWK> => {
  const alg = use === "sig" ? "RS256" : "RSA-OAEP-256";
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, use, alg };
};
const configuration = () =>
  sign(
    keys.federation,
    bendConfiguration({
      iss: clientId,
      sub: clientId,
      iat: seconds(),
      exp: seconds() + 3600,
      jwks: { keys: [publicPart(keys.federation)] },
      authority_hints: [idp.openIdAnchor],
      trust_marks: marks,
      metadata: {
        federation_entity: {
          organization_name: "Servizio di prova",
          homepage_uri: clientId,
          policy_uri: clientId,
          logo_uri: clientId,
          contacts: ["prova@pec.example"],
        },
        openid_relying_party: {
          client_id: clientId,
          client_name: "Servizio di prova",
          client_registration_types: ["automatic"],
          redirect_uris: [`${clientId}/callback`],
          token_endpoint_auth_method: "private_key_jwt",
          id_token_signed_response_alg: "RS256",
          userinfo_signed_response_alg: "RS256",
          userinfo_encrypted_response_alg: "RSA-OAEP-256",
          userinfo_encrypted_response_enc: "A256CBC-HS512",
          jwks: { keys: [publicPart(keys.signing), publicPart(keys.encryption)] },
        },
      },
    }),
    "entity-statement+jwt",
  );
const http = createServer((request, response) => {
  if (!request.url?.endsWith("/.well-known/openid-federation")) return void response.writeHead(404).end();
  void configuration().then((body) =>
    response.writeHead(200, { "content-type": "application/entity-statement+jwt" }).end(body),
  );
});

beforeAll(async () => {
  await new Promise<void>((ready) => http.listen(0, "127.0.0.1", ready));
  clientId = `http://127.0.0.1:${(http.address() as AddressInfo).port}/rp`;
  const [federation, signing, encryption, stranger] = await Promise.all([
    keyFor("f", "sig"),
    keyFor("s", "sig"),
    keyFor("e", "enc"),
    keyFor("s", "sig"),
  ]);
  keys = { federation, signing, encryption, stranger };
  idp = await startIdp({ port: 0, dataDir, peopleFile, serviceProviders: [], openIdClients: [clientId] });
  marks = JSON.parse(readFileSync(join(dataDir, "openid-trust-marks.json"), "utf8")) as typeof marks;
}, 60_000);
afterAll(async () => {
  await idp.close();
  http.close();
  rmSync(dataDir, { recursive: true });
});
beforeEach(() => {
  bendConfiguration = (claims) => claims;
});

const unguessable = () => randomBytes(32).toString("hex");
type Bent = { inside?: Claims; outside?: Record<string, string>; key?: JWK; person?: string; outcome?: string };
const asks = async ({ inside = {}, outside = {}, key = keys.signing, ...preset }: Bent = {}) => {
  const verifier = unguessable();
  const shared = {
    client_id: clientId,
    response_type: "code",
    scope: "openid",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  };
  const nonce = unguessable();
  const request = await sign(key, {
    ...shared,
    iss: clientId,
    aud: idp.openIdProvider,
    iat: seconds(),
    exp: seconds() + 300,
    redirect_uri: `${clientId}/callback`,
    state: unguessable(),
    nonce,
    prompt: "consent login",
    acr_values: "https://www.spid.gov.it/SpidL2",
    claims: { userinfo: { given_name: null, "https://attributes.eid.gov.it/fiscal_number": null } },
    ...inside,
  });
  const query = new URLSearchParams({ ...shared, request, ...outside });
  const response = await fetch(`${idp.openIdProvider}/authorize?${query}`, {
    redirect: "manual",
    headers: { "dev-idp-auto": `person:${preset.person ?? "elena-conti"};outcome:${preset.outcome ?? "ok"}` },
  });
  const to = response.headers.get("location");
  return { response, verifier, nonce, answer: to?.startsWith(clientId) ? new URL(to).searchParams : undefined };
};
const assertion = (more: Claims = {}) =>
  sign(keys.signing, {
    iss: clientId,
    sub: clientId,
    aud: `${idp.openIdProvider}/token`,
    iat: seconds(),
    exp: seconds() + 60,
    jti: unguessable(),
    ...more,
  });
const exchanges = async (code: string, verifier: string, clientAssertion?: string) => {
  const response = await fetch(`${idp.openIdProvider}/token`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      code_verifier: verifier,
      redirect_uri: `${clientId}/callback`,
      client_id: clientId,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: clientAssertion ?? (await assertion()),
    }).toString(),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
};

describe("CIE by OpenID Federation, played", () => {
  it("gives a signed ID token, and userinfo with the claims that were asked, for the service's key alone", async () => {
    const { answer, verifier, nonce } = await asks();
    expect(answer!.get("iss")).toBe(idp.openIdProvider);
    const { status, body } = await exchanges(answer!.get("code")!, verifier);
    expect(status).toBe(200);
    const own = decodeJwt(await (await fetch(`${idp.openIdProvider}/.well-known/openid-federation`)).text());
    const { jwks } = (own["metadata"] as { openid_provider: { jwks: { keys: JWK[] } } }).openid_provider;
    const { payload } = await jwtVerify(body["id_token"]!, createLocalJWKSet(jwks), {
      issuer: idp.openIdProvider,
      audience: clientId,
    });
    expect(payload).toMatchObject({ nonce, acr: "https://www.spid.gov.it/SpidL2" });
    const userinfo = await fetch(`${idp.openIdProvider}/userinfo`, {
      headers: { authorization: `Bearer ${body["access_token"]!}` },
    });
    const opened = await compactDecrypt(await userinfo.text(), await importJWK(keys.encryption, "RSA-OAEP-256"));
    expect(opened.protectedHeader).toMatchObject({ alg: "RSA-OAEP-256", enc: "A256CBC-HS512", cty: "JWT" });
    const person = (await jwtVerify(Buffer.from(opened.plaintext).toString(), createLocalJWKSet(jwks))).payload;
    expect(person).toMatchObject({
      sub: payload.sub,
      given_name: "ELENA",
      "https://attributes.eid.gov.it/fiscal_number": "TINIT-CNTLNE71D52F205V",
    });
    expect(person).not.toHaveProperty("family_name");
  });

  it("takes a code once, with its own verifier, from its own service, by an assertion of one use", async () => {
    const once = await assertion();
    const one = await asks();
    expect((await exchanges(one.answer!.get("code")!, one.verifier, once)).status).toBe(200);
    expect((await exchanges(one.answer!.get("code")!, one.verifier)).body["error"]).toBe("invalid_grant");
    const two = await asks();
    expect((await exchanges(two.answer!.get("code")!, two.verifier, once)).status).toBe(401);
    const other = { aud: "https://altro.example/token" };
    expect((await exchanges(two.answer!.get("code")!, two.verifier, await assertion(other))).status).toBe(401);
    expect((await exchanges(two.answer!.get("code")!, unguessable())).body["error"]).toBe("invalid_grant");
  });

  const wrong: [string, () => Bent, RegExp][] = [
    ["signed by another key", () => ({ key: keys.stranger }), /Oggetto request/],
    ["another challenge outside", () => ({ outside: { code_challenge: "a".repeat(43) } }), /dentro e fuori/],
    ["a request_uri", () => ({ outside: { request_uri: "https://x.example" } }), /request_uri/],
    ["a service nobody knows", () => ({ outside: { client_id: "https://x.example" } }), /servizi conosciuti/],
    ["for another provider", () => ({ inside: { aud: "https://x.example" } }), /iss o aud/],
    ["to another address", () => ({ inside: { redirect_uri: "https://x.example" } }), /redirect_uri/],
    ["a state that can be guessed", () => ({ inside: { state: "1" } }), /32 lettere/],
    ["without a fresh login", () => ({ inside: { prompt: "none" } }), /prompt/],
    ["without a level", () => ({ inside: { acr_values: "" } }), /acr_values/],
    ["that expired", () => ({ inside: { exp: seconds() - 3600 } }), /exp/],
  ];
  it.each(wrong)("tells what is wrong with a request %s", async (_what, bent, sentence) => {
    const { response, answer } = await asks(bent());
    expect([response.status, answer]).toEqual([400, undefined]);
    expect(await response.text()).toMatch(sentence);
  });

  const configurations: [string, (claims: Claims) => Claims, RegExp][] = [
    ["is of somebody else", (c) => ({ ...c, sub: "https://x.example" }), /client_id/],
    ["does not name the anchor", (c) => ({ ...c, authority_hints: [] }), /anchor/],
    ["carries no mark", (c) => ({ ...c, trust_marks: [] }), /trust mark/],
    [
      "is not signed by the keys it shows",
      (c) => ({ ...c, jwks: { keys: [publicPart(keys.signing)] } }),
      /sconosciuta/,
    ],
    ["shows one key for two purposes", (c) => ({ ...c, metadata: sameKeys(c["metadata"] as Metadata) }), /le stesse/],
  ];
  type Metadata = { openid_relying_party: Claims };
  const sameKeys = ({ openid_relying_party: rp, ...rest }: Metadata) => ({
    ...rest,
    openid_relying_party: { ...rp, jwks: { keys: [publicPart(keys.federation), publicPart(keys.encryption)] } },
  });
  it.each(configurations)("does not believe a service whose configuration %s", async (_what, bend, sentence) => {
    bendConfiguration = bend;
    const { response, answer } = await asks();
    expect([response.status, answer]).toEqual([400, undefined]);
    expect(await response.text()).toMatch(sentence);
  });

  it("answers an error of the protocol without anybody, and needs a card", async () => {
    expect((await asks({ outcome: "consent_required" })).answer!.get("error")).toBe("consent_required");
    expect((await asks({ person: "luca-marini" })).response.status).toBe(400);
  });

  it("has an anchor that speaks of its provider and of nobody else", async () => {
    const about = (sub: string) => fetch(`${idp.openIdAnchor}/fetch?sub=${encodeURIComponent(sub)}`);
    expect(decodeJwt(await (await about(idp.openIdProvider)).text())).toMatchObject({
      iss: idp.openIdAnchor,
      sub: idp.openIdProvider,
    });
    expect((await about("https://x.example")).status).toBe(404);
    expect(await (await fetch(`${idp.openIdAnchor}/list`)).json()).toEqual([idp.openIdProvider]);
  });
});
