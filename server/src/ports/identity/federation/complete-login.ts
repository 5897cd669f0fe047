import { createHash } from "node:crypto";
import { compactDecrypt, decodeProtectedHeader, importJWK } from "jose";
import { type Level, levelOfClass } from "../names.ts";
import { type Refusal, refusalOf, refuse } from "../problems.ts";
import { identityOfTokens, type VerifiedIdentity } from "../verified-identity.ts";
import type { Reach } from "./reach.ts";
import { clientAssertion, type RelyingParty } from "./relying-party.ts";
import {
  type Claims,
  checkTimes,
  contentEncryption,
  isRecord,
  isText,
  keyEncryption,
  readSigned,
  SKEW_SECONDS,
} from "./signed-token.ts";
import type { OpenIdProvider } from "./trust-chain.ts";

/** What was asked, that the answer must fit. */
export type LoginExpectations = {
  rp: RelyingParty;
  provider: OpenIdProvider;
  request: { issuedAt: Date; level: Level; nonce: string };
};

export type Completed = {
  verdict: { ok: true; identity: VerifiedIdentity; accessToken: string } | ({ ok: false } & Refusal);
  /** What went over the wire, for the register: without the access token, which would still open something. */
  exchanged: { idToken?: string; userinfo?: string; error?: string };
};

const TOKENS = 64 * 1024;

/** From the code to the person: tokens by our key and the code's verifier, the ID token judged, then who it is about. */
export async function completeLogin(
  given: LoginExpectations & { code: string; verifier: string; reach: Reach; clock: () => Date },
): Promise<Completed> {
  const { rp, provider, request, reach, clock } = given;
  const exchanged: Completed["exchanged"] = {};
  try {
    const tokens = await exchangeCode(given, exchanged);
    exchanged.idToken = tokens.idToken;
    const idToken = await verifyIdToken({ rp, provider, request, ...tokens, now: clock() });
    const answer = await asked(() =>
      reach({
        url: provider.userinfoEndpoint,
        headers: { authorization: `Bearer ${tokens.accessToken}` },
        largest: TOKENS,
      }),
    );
    const opened = await openUserinfo(rp, answer.body);
    exchanged.userinfo = opened;
    const userinfo = await verifyUserinfo({ rp, provider, opened, idToken, now: clock() });
    const identity = identityOfTokens(idToken, userinfo, {
      issuer: provider.issuer,
      request: { issueInstant: request.issuedAt },
      now: clock(),
      skew: SKEW_SECONDS * 1000,
    });
    return { verdict: { ok: true, identity, accessToken: tokens.accessToken }, exchanged };
  } catch (thrown) {
    return { verdict: { ok: false, ...refusalOf(thrown) }, exchanged };
  }
}

/** An address that does not answer is not the person's fault, nor an attack. */
const asked = async (ask: () => ReturnType<Reach>): ReturnType<Reach> => {
  const answer = await ask().catch((error: unknown) =>
    refuse("login-provider-unavailable", error instanceof Error ? error.message : "no answer"),
  );
  if (answer.status >= 500) refuse("login-provider-unavailable", `the provider answered ${answer.status}`);
  return answer;
};

async function exchangeCode(
  given: Parameters<typeof completeLogin>[0],
  exchanged: Completed["exchanged"],
): Promise<{ accessToken: string; idToken: string }> {
  const { rp, provider } = given;
  const assertion = await clientAssertion(rp, provider.tokenEndpoint, given.clock());
  const answer = await asked(() =>
    given.reach({
      url: provider.tokenEndpoint,
      form: {
        grant_type: "authorization_code",
        code: given.code,
        code_verifier: given.verifier,
        redirect_uri: rp.redirectUri,
        client_id: rp.clientId,
        ...assertedBy(assertion),
      },
      largest: TOKENS,
    }),
  );
  const body = jsonOf(answer.body);
  if (answer.status !== 200) {
    exchanged.error = isText(body["error"], 100) ? body["error"] : String(answer.status);
    refuse("login-provider-error", `token endpoint: ${exchanged.error}`);
  }
  const { access_token: accessToken, id_token: idToken, token_type: kind } = body;
  if (!isText(accessToken, 16_384) || !isText(idToken, TOKENS) || String(kind).toLowerCase() !== "bearer")
    return refuse("login-response-malformed", "token endpoint: tokens missing");
  return { accessToken, idToken };
}

const assertedBy = (assertion: string) => ({
  client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
  client_assertion: assertion,
});

const jsonOf = (text: string): Claims => {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
};

/** The ID token (OpenID Connect Core 3.1.3.7, and what the Italian profile adds: acr, at_hash and jti always). */
export async function verifyIdToken(
  given: LoginExpectations & { idToken: string; accessToken: string; now: Date },
): Promise<Claims> {
  const { rp, provider, request, now } = given;
  const what = "ID token";
  const { header, claims } = await readSigned(given.idToken, {
    keys: provider.keys,
    algorithms: provider.idTokenAlgorithms,
    what,
  });
  checkParties(claims, { rp, provider, what });
  if (claims["azp"] !== undefined && claims["azp"] !== rp.clientId)
    refuse("login-response-not-for-us", `${what}: authorized party is another`);
  if (claims["nonce"] !== request.nonce) refuse("login-response-unexpected", `${what}: nonce is not the request's`);
  const { issuedAt } = checkTimes(claims, now, what);
  if (issuedAt.getTime() < request.issuedAt.getTime() - SKEW_SECONDS * 1000)
    refuse("login-response-out-of-time", `${what}: older than the request`);
  const digest = createHash(`sha${(header.alg ?? "").slice(-3)}`)
    .update(given.accessToken)
    .digest();
  if (claims["at_hash"] !== digest.subarray(0, digest.length / 2).toString("base64url"))
    refuse("login-response-untrusted", `${what}: at_hash is not the access token's`);
  if (!isText(claims["jti"], 300) || !isText(claims["sub"], 300))
    refuse("login-response-malformed", `${what}: jti or sub missing`);
  checkLevel(claims, request.level);
  return claims;
}

function checkParties(
  claims: Claims,
  { rp, provider, what }: { rp: RelyingParty; provider: OpenIdProvider; what: string },
): void {
  if (claims["iss"] !== provider.issuer) refuse("login-response-untrusted", `${what}: issuer is another`);
  const audience = Array.isArray(claims["aud"]) ? (claims["aud"] as unknown[]) : [claims["aud"]];
  if (audience.length !== 1 || audience[0] !== rp.clientId)
    refuse("login-response-not-for-us", `${what}: audience is another`);
}

function checkLevel(claims: Claims, asked: Level): void {
  const level = levelOfClass(String(claims["acr"]));
  if (level === undefined || level < asked)
    refuse("login-level-insufficient", `acr ${String(claims["acr"]).slice(0, 100)}, level ${asked} asked`);
}

/** Userinfo comes encrypted to us around what the provider signed; anything else is not looked at. */
export async function openUserinfo(rp: RelyingParty, body: string): Promise<string> {
  const what = "userinfo";
  const token = body.trim();
  if (token.split(".").length !== 5) refuse("login-response-untrusted", `${what}: not encrypted`);
  try {
    const { kid } = decodeProtectedHeader(token);
    const key = rp.keys.encryption.find((k) => k.kid === kid);
    if (!key) return refuse("login-response-untrusted", `${what}: encrypted to another key`);
    const { plaintext, protectedHeader } = await compactDecrypt(
      token,
      async ({ alg }) => importJWK({ ...key, alg }, alg),
      { keyManagementAlgorithms: [...keyEncryption], contentEncryptionAlgorithms: [...contentEncryption] },
    );
    if (protectedHeader.cty?.toUpperCase() !== "JWT") refuse("login-response-untrusted", `${what}: cty is not JWT`);
    return new TextDecoder("utf-8", { fatal: true }).decode(plaintext);
  } catch (error) {
    return refuse(
      "login-response-untrusted",
      `${what}: ${error instanceof Error ? error.message : "cannot be opened"}`,
    );
  }
}

export async function verifyUserinfo(given: {
  rp: RelyingParty;
  provider: OpenIdProvider;
  opened: string;
  idToken: Claims;
  now: Date;
}): Promise<Claims> {
  const what = "userinfo";
  const { claims } = await readSigned(given.opened, { keys: given.provider.keys, what });
  checkParties(claims, { ...given, what });
  checkTimes(claims, given.now, what);
  if (claims["sub"] !== given.idToken["sub"]) refuse("login-response-untrusted", `${what}: is about somebody else`);
  return claims;
}

/** Tells the provider that an access token is no longer needed (RFC 7009). True also when it knew it no more. */
export async function revokeAccessToken(given: {
  rp: RelyingParty;
  provider: OpenIdProvider;
  accessToken: string;
  reach: Reach;
  now: Date;
}): Promise<boolean> {
  const { rp, provider } = given;
  if (!provider.revocationEndpoint) return true;
  const assertion = await clientAssertion(rp, provider.revocationEndpoint, given.now);
  const { status } = await given.reach({
    url: provider.revocationEndpoint,
    form: {
      token: given.accessToken,
      token_type_hint: "access_token",
      client_id: rp.clientId,
      ...assertedBy(assertion),
    },
    largest: TOKENS,
  });
  return status === 200;
}
