import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK, type JWK } from "jose";
import { refusal } from "../../../kit/http.ts";
import type { Anchor } from "./anchor.ts";
import { type FederationKeys, publicPart, seconds } from "./keys.ts";

type Claims = Record<string, unknown>;
const TIMEOUT = 5_000;
const SKEW = 180;
const SIGNS = ["RS256", "RS512", "ES256", "ES512", "PS256", "PS512"];

/** A service as its own configuration shows it, once the anchor's mark and its signature were found good. */
export interface Client {
  id: string;
  name: string;
  redirectUris: string[];
  keys: JWK[];
  encryption: { alg: string; enc: string };
}

export const recordOf = (value: unknown): Claims =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Claims) : {};
const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
const keysIn = (set: unknown): JWK[] => {
  const keys = recordOf(set)["keys"];
  return Array.isArray(keys) ? (keys as JWK[]) : [];
};

/** Reads a token signed by one of these keys; what does not hold is told in a sentence: here it is always our own bug. */
export async function readSigned(token: string, keys: readonly JWK[], what: string): Promise<Claims> {
  try {
    const { alg = "", kid } = decodeProtectedHeader(token);
    if (!SIGNS.includes(alg)) throw new Error(`algoritmo «${alg}» non ammesso`);
    const key = keys.find((k) => k.kid === kid);
    if (!kid || !key) throw new Error(`chiave «${kid ?? ""}» sconosciuta`);
    await compactVerify(token, await importJWK(key, alg), { algorithms: [alg] });
    const claims = decodeJwt(token) as Claims;
    const { iat, exp } = claims as { iat?: number; exp?: number };
    if (typeof iat !== "number" || iat > seconds() + SKEW) throw new Error("iat manca o è nel futuro");
    if (typeof exp !== "number" || exp < seconds() - SKEW) throw new Error("exp manca o è passato");
    return claims;
  } catch (error) {
    throw refusal(400, `${what}: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** Fetches a service's configuration and believes it as a provider of the federation does (automatic registration). */
export async function knownClient(id: string, anchor: Anchor, keys: FederationKeys): Promise<Client> {
  const what = `Configurazione di ${id}`;
  const wrong = (why: string) => refusal(400, `${what}: ${why}.`);
  const response = await fetch(`${id}/.well-known/openid-federation`, {
    signal: AbortSignal.timeout(TIMEOUT),
    redirect: "error",
  }).catch((error: unknown) => {
    throw wrong(error instanceof Error ? error.message : String(error));
  });
  if (!response.ok || !response.headers.get("content-type")?.startsWith("application/entity-statement+jwt"))
    throw wrong(`risponde ${response.status}, ${response.headers.get("content-type") ?? "senza tipo"}`);
  const token = (await response.text()).trim();
  if (decodeProtectedHeader(token).typ !== "entity-statement+jwt") throw wrong("typ non è entity-statement+jwt");
  const own = keysIn((decodeJwt(token) as Claims)["jwks"]);
  const claims = await readSigned(token, own, what);
  if (claims["iss"] !== id || claims["sub"] !== id) throw wrong("iss e sub devono essere il client_id");
  if (!textsIn(claims["authority_hints"]).includes(anchor.id)) throw wrong("authority_hints non nomina l’anchor");
  await checkMarks(claims["trust_marks"], id, keys);
  const metadata = recordOf(claims["metadata"]);
  const entity = recordOf(metadata["federation_entity"]);
  for (const name of ["organization_name", "homepage_uri", "policy_uri", "logo_uri", "contacts"])
    if (entity[name] === undefined) throw wrong(`manca federation_entity.${name}`);
  const rp = recordOf(metadata["openid_relying_party"]);
  const core = keysIn(rp["jwks"]);
  if (core.some((key) => own.some((other) => other.kid === key.kid || other.n === key.n)))
    throw wrong("le chiavi dei login sono le stesse della federazione");
  if (rp["client_id"] !== id) throw wrong("client_id diverso da sub");
  if (!textsIn(rp["client_registration_types"]).includes("automatic")) throw wrong("registrazione non automatica");
  if (rp["token_endpoint_auth_method"] !== "private_key_jwt") throw wrong("atteso private_key_jwt");
  if (rp["id_token_signed_response_alg"] !== "RS256" || rp["userinfo_signed_response_alg"] !== "RS256")
    throw wrong("questo gestore firma solo con RS256");
  const redirectUris = textsIn(rp["redirect_uris"]);
  const encryption = {
    alg: String(rp["userinfo_encrypted_response_alg"]),
    enc: String(rp["userinfo_encrypted_response_enc"]),
  };
  if (redirectUris.length === 0 || core.length === 0 || !core.some((key) => key.use === "enc"))
    throw wrong("mancano redirect_uris o chiavi");
  return { id, name: String(rp["client_name"] ?? entity["organization_name"]), redirectUris, keys: core, encryption };
}

async function checkMarks(marks: unknown, subject: string, keys: FederationKeys): Promise<void> {
  const given = Array.isArray(marks) ? marks.map((mark) => recordOf(mark)["trust_mark"]) : [];
  for (const token of given) {
    if (typeof token !== "string") continue;
    const claims = await readSigned(token, [publicPart(keys.anchor)], "Trust mark");
    if (claims["sub"] === subject) return;
  }
  throw refusal(400, `Configurazione di ${subject}: manca un trust mark dell’anchor.`);
}

/** private_key_jwt (RFC 7523): who the caller is, for this address, once. */
export async function assertedClient(
  form: URLSearchParams,
  client: Client,
  audience: string,
  seen: Set<string>,
): Promise<void> {
  if (form.get("client_assertion_type") !== "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
    throw refusal(401, "Atteso client_assertion_type jwt-bearer.");
  const claims = await readSigned(form.get("client_assertion") ?? "", client.keys, "client_assertion");
  const { iss, sub, aud, jti, exp } = claims;
  if (iss !== client.id || sub !== client.id || ![aud].flat().includes(audience))
    throw refusal(401, "client_assertion di un altro, o per un altro indirizzo.");
  if (Number(exp) > seconds() + 600 || typeof jti !== "string" || seen.has(jti))
    throw refusal(401, "client_assertion già usata, o che vale troppo a lungo.");
  seen.add(jti);
}
