import { importJWK, type JWK, SignJWT } from "jose";
import { classOfLevel } from "../names.ts";
import { publicPart } from "./signed-token.ts";
import type { OpenIdProvider } from "./trust-chain.ts";

/** Us, as a federation of OpenID providers knows us. In each list of keys the first works; all are published (rollover). */
export type RelyingParty = {
  clientId: string;
  redirectUri: string;
  resolveEndpoint: string;
  anchor: string;
  authorityHints: readonly string[];
  keys: { federation: JWK[]; signing: JWK[]; encryption: JWK[] };
  /** The seals that the federation has put on us, read afresh: they end, and are renewed. */
  trustMarks: () => { id: string; trust_mark: string }[];
  organization: { name: string; url: string; policyUrl: string; logoUrl: string; email: string };
};

/** Our sign as the federation wants it: an image of its own, SVG. */
export const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="#2a5fd6"><title>Area Riservata</title><path d="M2 22V11a10 10 0 0 1 20 0v11h-4V11a6 6 0 0 0-12 0v11z"/><path d="M9 22V11.5a3 3 0 0 1 6 0V22z"/></svg>';

const HOUR = 3600;
const seconds = (moment: Date) => Math.floor(moment.getTime() / 1000);

const first = (keys: readonly JWK[]): JWK => {
  const [key] = keys;
  if (!key) throw new Error("the relying party has no key");
  return key;
};

export async function sign(key: JWK, claims: Record<string, unknown>, type?: string): Promise<string> {
  const alg = key.alg ?? "RS256";
  return new SignJWT(claims)
    .setProtectedHeader({ alg, kid: key.kid!, ...(type ? { typ: type } : {}) })
    .sign(await importJWK(key, alg));
}

export const coreKeys = (rp: RelyingParty): { keys: JWK[] } => ({
  keys: [...rp.keys.signing, ...rp.keys.encryption].map(publicPart),
});

/** What we say of ourselves, at `<client_id>/.well-known/openid-federation`. */
export const entityConfiguration = (rp: RelyingParty, now: Date): Promise<string> =>
  sign(
    first(rp.keys.federation),
    {
      iss: rp.clientId,
      sub: rp.clientId,
      iat: seconds(now),
      exp: seconds(now) + 24 * HOUR,
      jwks: { keys: rp.keys.federation.map(publicPart) },
      authority_hints: rp.authorityHints,
      trust_marks: rp.trustMarks(),
      metadata: {
        federation_entity: {
          organization_name: rp.organization.name,
          homepage_uri: rp.organization.url,
          policy_uri: rp.organization.policyUrl,
          logo_uri: rp.organization.logoUrl,
          contacts: [rp.organization.email],
          federation_resolve_endpoint: rp.resolveEndpoint,
        },
        openid_relying_party: {
          client_id: rp.clientId,
          client_name: rp.organization.name,
          application_type: "web",
          client_registration_types: ["automatic"],
          redirect_uris: [rp.redirectUri],
          grant_types: ["authorization_code", "refresh_token"],
          response_types: ["code"],
          subject_type: "pairwise",
          token_endpoint_auth_method: "private_key_jwt",
          id_token_signed_response_alg: "RS256",
          userinfo_signed_response_alg: "RS256",
          userinfo_encrypted_response_alg: "RSA-OAEP-256",
          userinfo_encrypted_response_enc: "A256CBC-HS512",
          jwks: coreKeys(rp),
        },
      },
    },
    "entity-statement+jwt",
  );

/** What we know of the provider, for who asks at our resolve endpoint: the chain we hold, never one fetched for a stranger. */
export const resolveResponse = (rp: RelyingParty, provider: OpenIdProvider, now: Date): Promise<string> =>
  sign(
    first(rp.keys.federation),
    {
      iss: rp.clientId,
      sub: provider.issuer,
      iat: seconds(now),
      exp: seconds(provider.expiresAt),
      metadata: { openid_provider: provider.metadata },
      trust_marks: provider.trustMarks.map(({ id, token }) => ({ id, trust_mark: token })),
      trust_chain: [provider.documents.provider, provider.documents.statement, provider.documents.anchor],
    },
    "resolve-response+jwt",
  );

const person = ["given_name", "family_name", "birthdate", "https://attributes.eid.gov.it/fiscal_number"];

/** Asks the provider to authenticate somebody: a signed request, with the challenge also outside as the profile wants. */
export async function loginRequest(asked: {
  rp: RelyingParty;
  provider: OpenIdProvider;
  level: 1 | 2 | 3;
  now: Date;
  state: string;
  nonce: string;
  challenge: string;
}): Promise<{ requestObject: string; url: string }> {
  const { rp, provider, now } = asked;
  const parameters = {
    client_id: rp.clientId,
    response_type: "code",
    scope: "openid",
    code_challenge: asked.challenge,
    code_challenge_method: "S256",
  };
  const requestObject = await sign(first(rp.keys.signing), {
    ...parameters,
    iss: rp.clientId,
    aud: provider.issuer,
    iat: seconds(now),
    exp: seconds(now) + 300,
    jti: asked.state,
    redirect_uri: rp.redirectUri,
    state: asked.state,
    nonce: asked.nonce,
    // Never somebody's old session: a login of this portal is always made anew.
    prompt: "consent login",
    acr_values: classOfLevel(asked.level),
    claims: { userinfo: Object.fromEntries(person.map((name) => [name, { essential: true }])) },
    ui_locales: "it",
  });
  const url = new URL(provider.authorizationEndpoint);
  for (const [name, value] of Object.entries({ ...parameters, request: requestObject }))
    url.searchParams.set(name, value);
  return { requestObject, url: url.href };
}

/** Who we are, to the provider's own addresses: private_key_jwt (RFC 7523), good for one call and two minutes. */
export const clientAssertion = (rp: RelyingParty, audience: string, now: Date): Promise<string> =>
  sign(first(rp.keys.signing), {
    iss: rp.clientId,
    sub: rp.clientId,
    aud: audience,
    iat: seconds(now),
    exp: seconds(now) + 120,
    jti: crypto.randomUUID(),
  });
