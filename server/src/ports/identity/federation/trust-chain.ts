import type { JWK } from "jose";
import { refuse } from "../problems.ts";
import { type EntityStatement, metadataOf, readStatement } from "./entity-statement.ts";
import { applyPolicy } from "./metadata-policy.ts";
import { isOutsideAddress, type Reach } from "./reach.ts";
import { type Claims, isRecord, isText, publicKeysOf, readSigned, signatureAlgorithms } from "./signed-token.ts";
import { goodMarks, recognisedMarks } from "./trust-marks.ts";

/** Whom we believe, said by settings alone: an anchor by its keys, and the one provider we ask. */
export type Trusted = {
  anchor: string;
  /** Pinned: an anchor that shows other keys is not the anchor. */
  anchorKeys: () => readonly JWK[];
  provider: string;
  /** Marks the provider must carry; one that the anchor recognises is needed in any case. */
  requiredMarks: readonly string[];
  strict: boolean;
};

/** The signed documents of a chain, as they came: enough to check it again at any time, without asking anybody. */
export type ChainDocuments = {
  anchor: string;
  statement: string;
  provider: string;
  /** The anchor's statements about those who give marks in its name. */
  markIssuers: Record<string, string>;
  /** The provider's keys, when its metadata gives their address. */
  keySet?: { kind: "signed" | "plain"; document: string };
};

/** A provider as its chain lets us see it. */
export type OpenIdProvider = {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  userinfoEndpoint: string;
  revocationEndpoint?: string;
  keys: JWK[];
  idTokenAlgorithms: readonly string[];
  metadata: Claims;
  trustMarks: { id: string; token: string }[];
  documents: ChainDocuments;
  /** The earliest end of all that was relied on. */
  expiresAt: Date;
};

const DOCUMENT = 128 * 1024;
const MOST_MARK_ISSUERS = 5;

export const configurationAddress = (entity: string): string =>
  `${entity.replace(/\/$/, "")}/.well-known/openid-federation`;

/** Asks for what a chain is made of. Each address is followed only once who gives it has been believed. */
export async function fetchChain(trusted: Trusted, reach: Reach, now: Date): Promise<ChainDocuments> {
  const get = async (url: string): Promise<string> => {
    if (!isOutsideAddress(url, trusted.strict)) throw new Error(`${url.slice(0, 200)} is no address to ask`);
    const { status, body } = await reach({ url, largest: DOCUMENT });
    if (status !== 200) throw new Error(`${url} answered ${status}`);
    return body.trim();
  };
  const anchorDocument = await get(configurationAddress(trusted.anchor));
  const anchor = await readAnchor(trusted, anchorDocument, now);
  const fetchEndpoint = metadataOf(anchor, "federation_entity")?.["federation_fetch_endpoint"];
  if (!isText(fetchEndpoint)) throw new Error("the anchor has no fetch endpoint");
  const about = (subject: string) => {
    const url = new URL(fetchEndpoint);
    url.searchParams.set("sub", subject);
    return get(url.href);
  };
  const [providerDocument, statementDocument] = await Promise.all([
    get(configurationAddress(trusted.provider)),
    about(trusted.provider),
  ]);
  const statement = await readAbout(trusted, statementDocument, anchor, trusted.provider, now);
  const provider = await readProvider(trusted, providerDocument, statement, now);
  const issuers = [...new Set(recognisedMarks(provider, anchor).map((mark) => mark.issuer))].filter(
    (issuer) => issuer !== trusted.anchor,
  );
  const markIssuers: Record<string, string> = {};
  for (const issuer of issuers.slice(0, MOST_MARK_ISSUERS)) {
    const document = await about(issuer).catch(() => undefined);
    if (document !== undefined) markIssuers[issuer] = document;
  }
  const documents = { anchor: anchorDocument, statement: statementDocument, provider: providerDocument, markIssuers };
  const metadata = effectiveMetadata(provider, statement);
  if (isRecord(metadata["jwks"])) return documents;
  if (isText(metadata["signed_jwks_uri"]))
    return { ...documents, keySet: { kind: "signed", document: await get(metadata["signed_jwks_uri"]) } };
  if (isText(metadata["jwks_uri"]))
    return { ...documents, keySet: { kind: "plain", document: await get(metadata["jwks_uri"]) } };
  throw new Error("the provider shows no keys");
}

/** Believes a chain, or throws saying why not (OpenID Federation 1.0, 10.2). Asks nobody. */
export async function verifyChain(trusted: Trusted, documents: ChainDocuments, now: Date): Promise<OpenIdProvider> {
  const anchor = await readAnchor(trusted, documents.anchor, now);
  const statement = await readAbout(trusted, documents.statement, anchor, trusted.provider, now);
  const provider = await readProvider(trusted, documents.provider, statement, now);
  checkConstraints(statement);
  const marks = recognisedMarks(provider, anchor);
  const issuers = new Map<string, EntityStatement>();
  for (const [issuer, document] of Object.entries(documents.markIssuers)) {
    const read = await readAbout(trusted, document, anchor, issuer, now).catch(() => undefined);
    if (read) issuers.set(issuer, read);
  }
  const good = await goodMarks(marks, {
    subject: trusted.provider,
    keysOf: (issuer) => (issuer === trusted.anchor ? anchor.keys : issuers.get(issuer)?.keys),
    now,
  });
  const lacking = trusted.requiredMarks.find((id) => !good.some((mark) => mark.id === id));
  if (good.length === 0 || lacking !== undefined)
    refuse("login-response-untrusted", `the provider lacks a good trust mark${lacking ? ` ${lacking}` : ""}`);
  const relied = trusted.requiredMarks.length
    ? good.filter((m) => trusted.requiredMarks.includes(m.id))
    : [longest(good)];

  const metadata = effectiveMetadata(provider, statement);
  const ends = [
    anchor.expiresAt,
    statement.expiresAt,
    provider.expiresAt,
    ...relied.flatMap((mark) => [mark.expiresAt, issuers.get(mark.issuer)?.expiresAt]),
  ].filter((end) => end !== undefined);
  return {
    ...(await readOpenIdMetadata(trusted, metadata, provider, documents)),
    metadata,
    trustMarks: marks.filter((m) => relied.some((r) => r.id === m.id)).map(({ id, token }) => ({ id, token })),
    documents,
    expiresAt: new Date(Math.min(...ends.map((end) => end.getTime()))),
  };
}

const longest = <T extends { expiresAt?: Date }>(marks: readonly T[]): T =>
  marks.reduce((a, b) => ((b.expiresAt?.getTime() ?? Infinity) > (a.expiresAt?.getTime() ?? Infinity) ? b : a));

const readAnchor = ({ anchor, anchorKeys }: Trusted, document: string, now: Date) =>
  readStatement(document, { issuer: anchor, subject: anchor, keys: anchorKeys(), now });

const readAbout = (trusted: Trusted, document: string, anchor: EntityStatement, subject: string, now: Date) =>
  readStatement(document, { issuer: trusted.anchor, subject, keys: anchor.keys, now });

/** The provider's own word counts only under a key that the anchor says is the provider's, and that it shows as its own. */
async function readProvider({ anchor, provider }: Trusted, document: string, statement: EntityStatement, now: Date) {
  const expected = { issuer: provider, subject: provider, now };
  const configuration = await readStatement(document, { ...expected, keys: statement.keys });
  await readStatement(document, { ...expected, keys: configuration.keys });
  const hints = configuration.claims["authority_hints"];
  if (!Array.isArray(hints) || !hints.includes(anchor))
    refuse("login-response-untrusted", "the provider does not name the anchor");
  return configuration;
}

/** What the superior writes goes before what the entity writes, and the policy after both (6.1.4.2). */
function effectiveMetadata(provider: EntityStatement, statement: EntityStatement): Claims {
  const own = metadataOf(provider, "openid_provider");
  if (!own) throw new Error("the provider is no OpenID provider");
  const policies = statement.claims["metadata_policy"];
  const policy =
    isRecord(policies) && Object.hasOwn(policies, "openid_provider") ? policies["openid_provider"] : undefined;
  return applyPolicy(
    { ...own, ...metadataOf(statement, "openid_provider") },
    policy,
    statement.claims["metadata_policy_crit"],
  );
}

/** Only the two constraints that mean something on a chain of one step (6.2). */
function checkConstraints(statement: EntityStatement): void {
  const constraints = statement.claims["constraints"];
  if (constraints === undefined) return;
  if (!isRecord(constraints)) throw new Error("constraints are not an object");
  const types = constraints["allowed_entity_types"];
  if (types !== undefined && !(Array.isArray(types) && types.includes("openid_provider")))
    throw new Error("the anchor does not let this entity be a provider");
  const naming = constraints["naming_constraints"];
  if (naming === undefined) return;
  const { permitted, excluded } = isRecord(naming) ? naming : { permitted: [], excluded: [] };
  const host = new URL(statement.subject).hostname;
  const covers = (pattern: unknown) =>
    typeof pattern === "string" && (pattern.startsWith(".") ? host.endsWith(pattern) : host === pattern);
  if (
    (permitted !== undefined && !(Array.isArray(permitted) && permitted.some(covers))) ||
    (excluded !== undefined && !(Array.isArray(excluded) && !excluded.some(covers)))
  )
    throw new Error("the anchor does not vouch for that host");
}

async function readOpenIdMetadata(
  trusted: Trusted,
  metadata: Claims,
  provider: EntityStatement,
  documents: ChainDocuments,
) {
  if (metadata["issuer"] !== trusted.provider) throw new Error("the provider calls itself by another name");
  const address = (name: string): string => {
    const value = metadata[name];
    if (typeof value !== "string" || !isOutsideAddress(value, trusted.strict))
      throw new Error(`the provider's ${name} is no address to ask`);
    return value;
  };
  const offers = (name: string, wanted: string) => {
    const values = metadata[name];
    if (values !== undefined && !(Array.isArray(values) && values.includes(wanted)))
      throw new Error(`the provider does not offer ${wanted} in ${name}`);
  };
  offers("response_types_supported", "code");
  offers("code_challenge_methods_supported", "S256");
  offers("token_endpoint_auth_methods_supported", "private_key_jwt");
  offers("client_registration_types_supported", "automatic");
  const named = metadata["id_token_signing_alg_values_supported"];
  const idTokenAlgorithms = signatureAlgorithms.filter((alg) => !Array.isArray(named) || named.includes(alg));
  const keys = (await keySetOf(metadata, provider, documents)).filter((key) => (key.use ?? "sig") === "sig");
  if (keys.length === 0 || idTokenAlgorithms.length === 0) throw new Error("the provider shows no keys that sign");
  return {
    issuer: trusted.provider,
    authorizationEndpoint: address("authorization_endpoint"),
    tokenEndpoint: address("token_endpoint"),
    userinfoEndpoint: address("userinfo_endpoint"),
    ...(metadata["revocation_endpoint"] === undefined ? {} : { revocationEndpoint: address("revocation_endpoint") }),
    keys,
    idTokenAlgorithms,
  };
}

async function keySetOf(metadata: Claims, provider: EntityStatement, { keySet }: ChainDocuments): Promise<JWK[]> {
  if (isRecord(metadata["jwks"])) return publicKeysOf(metadata["jwks"], "the provider");
  if (!keySet) throw new Error("the provider shows no keys");
  if (keySet.kind === "plain") return publicKeysOf(JSON.parse(keySet.document), "the provider");
  const { claims } = await readSigned(keySet.document, {
    keys: provider.keys,
    what: "the provider's keys",
    type: "jwk-set+jwt",
  });
  if (claims["iss"] !== provider.issuer) throw new Error("the provider's keys are signed by somebody else");
  return publicKeysOf(claims, "the provider");
}
