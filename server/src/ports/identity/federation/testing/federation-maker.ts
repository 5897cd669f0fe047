import { createHash, randomBytes } from "node:crypto";
import {
  CompactEncrypt,
  CompactSign,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTHeaderParameters,
} from "jose";
import {
  type Answer,
  type Federation,
  makeKeys,
  type Question,
  type RelyingPartyKeys,
  withNextKeys,
} from "../index.ts";
import { type Claims, publicPart, readSigned } from "../signed-token.ts";

/** A whole federation in memory: an anchor, a provider, a giver of marks. Whatever it says can be bent, to be refused. */
export const anchorId = "https://anchor.fed.example";
export const providerId = "https://cie.fed.example/oidc";
const markId = "https://anchor.fed.example/openid_provider/public";
const clientId = "http://portal.test/cie/oidc";

const names = ["anchor", "anchorNext", "provider", "providerNext", "core", "coreNext", "marks", "stranger"] as const;
type Name = (typeof names)[number];
let shared: Promise<{ keys: Record<Name, JWK>; own: RelyingPartyKeys }> | undefined;
const makeShared = async () => {
  const pairs = await Promise.all(
    names.map(async (name) => {
      const alg = name === "provider" || name === "marks" ? "ES256" : "RS256";
      const { privateKey } = await generateKeyPair(alg, { extractable: true });
      // One key that does not say for which algorithm it is: the header says it then.
      const named = name === "coreNext" ? {} : { alg };
      return [name, { ...(await exportJWK(privateKey)), kid: `${name}-1`, use: "sig", ...named }] as const;
    }),
  );
  return { keys: Object.fromEntries(pairs) as Record<Name, JWK>, own: await withNextKeys(await makeKeys()) };
};

/** Changes what would be said before it is signed. */
type Bend = (claims: Claims) => Claims;
type Said = "anchor" | "statement" | "provider" | "mark" | "idToken" | "userinfo";
type Person = { fiscalNumber: string; givenName: string; familyName: string; birthdate: string; sub: string };

export type TestFederation = Awaited<ReturnType<typeof makeFederation>>;

export const signed = async (key: JWK, claims: unknown, header: Partial<JWTHeaderParameters> = {}): Promise<string> => {
  const alg = header.alg ?? key.alg ?? "RS256";
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg, kid: key.kid!, ...header })
    .sign(await importJWK({ ...key, alg }, alg));
};

export const makeFederation = async (clock: () => Date) => {
  shared ??= makeShared();
  const { keys, own } = await shared;
  const seconds = () => Math.floor(clock().getTime() / 1000);
  const person: Person = {
    fiscalNumber: "TINIT-RSSMRA80A01H501U",
    givenName: "MARIO",
    familyName: "ROSSI",
    birthdate: "1980-01-01",
    sub: "pairwise-1",
  };
  const f = {
    keys,
    person,
    acr: "https://www.spid.gov.it/SpidL2",
    bend: {} as Partial<Record<Said, Bend>>,
    /** Who signs, when it is not who should. */
    signer: {} as Partial<Record<Said, JWK>>,
    header: {} as Partial<Record<Said, Partial<JWTHeaderParameters>>>,
    /** Changes a finished token, or an answer as it leaves. */
    token: {} as Partial<Record<"idToken" | "userinfo", (token: string) => string | Promise<string>>>,
    answer: undefined as ((question: Question) => Answer | Promise<Answer> | undefined) | undefined,
    asked: [] as Question[],
    revoked: [] as string[],
    codes: new Map<string, { nonce: string; challenge: string; used: boolean }>(),
  };
  const say = (what: Said, key: JWK, claims: Claims, type?: string) =>
    signed(f.signer[what] ?? key, (f.bend[what] ?? ((c: Claims) => c))(claims), {
      ...(type ? { typ: type } : {}),
      ...f.header[what],
    });
  const life = (hours: number) => ({ iat: seconds() - 60, exp: seconds() + hours * 3600 });
  const statementType = "entity-statement+jwt";

  const anchorConfiguration = () =>
    say(
      "anchor",
      keys.anchor,
      {
        iss: anchorId,
        sub: anchorId,
        ...life(48),
        jwks: { keys: [publicPart(keys.anchor), publicPart(keys.anchorNext)] },
        metadata: { federation_entity: { federation_fetch_endpoint: `${anchorId}/fetch` } },
        trust_mark_issuers: { [markId]: [anchorId], "https://marks.fed.example/one": ["https://marks.fed.example"] },
      },
      statementType,
    );
  const statement = () =>
    say(
      "statement",
      keys.anchor,
      {
        iss: anchorId,
        sub: providerId,
        ...life(24),
        jwks: { keys: [publicPart(keys.provider)] },
        metadata_policy: {
          openid_provider: {
            id_token_signing_alg_values_supported: { subset_of: ["RS256", "RS512"], essential: true },
            response_types_supported: { value: ["code"] },
          },
        },
      },
      statementType,
    );
  const mark = () =>
    say("mark", keys.anchor, { iss: anchorId, sub: providerId, id: markId, ...life(30 * 24) }, "trust-mark+jwt");
  const providerConfiguration = async () =>
    say(
      "provider",
      keys.provider,
      {
        iss: providerId,
        sub: providerId,
        ...life(36),
        jwks: { keys: [publicPart(keys.provider), publicPart(keys.providerNext)] },
        authority_hints: [anchorId],
        trust_marks: [{ id: markId, trust_mark: await mark() }],
        metadata: {
          openid_provider: {
            issuer: providerId,
            authorization_endpoint: `${providerId}/authorize`,
            token_endpoint: `${providerId}/token`,
            userinfo_endpoint: `${providerId}/userinfo`,
            revocation_endpoint: `${providerId}/revoke`,
            id_token_signing_alg_values_supported: ["RS256", "ES256"],
            token_endpoint_auth_methods_supported: ["private_key_jwt"],
            code_challenge_methods_supported: ["S256"],
            client_registration_types_supported: ["automatic"],
            jwks: { keys: [publicPart(keys.core), publicPart(keys.coreNext)] },
          },
        },
      },
      statementType,
    );

  const rp: Federation["rp"] = {
    clientId,
    redirectUri: "http://portal.test/cie/oidc/callback",
    resolveEndpoint: `${clientId}/resolve`,
    anchor: anchorId,
    authorityHints: [anchorId],
    keys: own,
    trustMarks: () => [{ id: "https://anchor.fed.example/openid_relying_party/public", trust_mark: "a.b.c" }],
    organization: {
      name: "Prova",
      url: "http://portal.test",
      policyUrl: "http://portal.test/privacy",
      logoUrl: "http://portal.test/cie/oidc/logo.svg",
      email: "prova@pec.example",
    },
  };
  const trusted: Federation["trusted"] = {
    anchor: anchorId,
    anchorKeys: () => [publicPart(keys.anchor)],
    provider: providerId,
    requiredMarks: [],
    strict: true,
  };

  /** The provider authenticates somebody: reads the signed request, gives a code, answers where the browser goes next. */
  const authenticate = async (location: string): Promise<{ code: string; state: string; request: Claims }> => {
    const query = new URL(location).searchParams;
    const { claims } = await readSigned(query.get("request")!, { keys: own.signing.map(publicPart), what: "request" });
    const code = randomBytes(16).toString("hex");
    f.codes.set(code, {
      nonce: String(claims["nonce"]),
      challenge: String(claims["code_challenge"]),
      used: false,
    });
    return { code, state: String(claims["state"]), request: claims };
  };

  const json = (body: unknown, status = 200): Answer => ({
    status,
    mediaType: "application/json",
    body: JSON.stringify(body),
  });
  const assertedClient = async (form: Record<string, string>, audience: string): Promise<boolean> => {
    const { claims } = await readSigned(form["client_assertion"] ?? "", {
      keys: own.signing.map(publicPart),
      what: "assertion",
    });
    return claims["iss"] === clientId && claims["sub"] === clientId && claims["aud"] === audience;
  };
  const tokens = async (form: Record<string, string>): Promise<Answer> => {
    const grant = f.codes.get(form["code"] ?? "");
    const verified = createHash("sha256")
      .update(form["code_verifier"] ?? "")
      .digest("base64url");
    if (!(await assertedClient(form, `${providerId}/token`))) return json({ error: "invalid_client" }, 401);
    if (!grant || grant.used || verified !== grant.challenge || form["redirect_uri"] !== rp.redirectUri)
      return json({ error: "invalid_grant" }, 400);
    grant.used = true;
    const accessToken = randomBytes(24).toString("base64url");
    const idToken = await say("idToken", keys.core, {
      iss: providerId,
      sub: f.person.sub,
      aud: clientId,
      acr: f.acr,
      nonce: grant.nonce,
      at_hash: createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url"),
      iat: seconds(),
      exp: seconds() + 300,
      jti: randomBytes(16).toString("hex"),
    });
    return json({
      access_token: accessToken,
      token_type: "Bearer",
      expires_in: 300,
      id_token: (await f.token.idToken?.(idToken)) ?? idToken,
    });
  };
  const userinfo = async (): Promise<Answer> => {
    const inner = await say("userinfo", keys.core, {
      iss: providerId,
      aud: clientId,
      sub: f.person.sub,
      iat: seconds(),
      exp: seconds() + 300,
      given_name: f.person.givenName,
      family_name: f.person.familyName,
      birthdate: f.person.birthdate,
      "https://attributes.eid.gov.it/fiscal_number": f.person.fiscalNumber,
    });
    const body = f.token.userinfo ? await f.token.userinfo(inner) : await encryptedTo(own.encryption[0]!, inner);
    return { status: 200, mediaType: "application/jose", body };
  };

  const reach: Federation["reach"] = async (question) => {
    f.asked.push(question);
    const bent = await f.answer?.(question);
    if (bent) return bent;
    const document = async (body: Promise<string>): Promise<Answer> => ({
      status: 200,
      mediaType: "application/entity-statement+jwt",
      body: await body,
    });
    switch (question.url) {
      case `${anchorId}/.well-known/openid-federation`:
        return document(anchorConfiguration());
      case `${providerId}/.well-known/openid-federation`:
        return document(providerConfiguration());
      case `${anchorId}/fetch?sub=${encodeURIComponent(providerId)}`:
        return document(statement());
      case `${providerId}/token`:
        return tokens(question.form ?? {});
      case `${providerId}/userinfo`:
        return userinfo();
      case `${providerId}/revoke`:
        if (!(await assertedClient(question.form ?? {}, `${providerId}/revoke`))) return json({}, 401);
        f.revoked.push(question.form!["token"]!);
        return json({});
    }
    return json({ error: "not_found" }, 404);
  };

  /** Everything as it should be again. */
  const mend = () => {
    Object.assign(f, { bend: {}, signer: {}, header: {}, token: {}, answer: undefined, person: { ...person } });
    f.acr = "https://www.spid.gov.it/SpidL2";
  };
  return Object.assign(f, { federation: { rp, trusted, reach } satisfies Federation, authenticate, mend, seconds });
};

export const encryptedTo = async (key: JWK, text: string, header: Record<string, string> = {}): Promise<string> => {
  const { alg = "RSA-OAEP-256", enc = "A256CBC-HS512", ...more } = header;
  return new CompactEncrypt(Buffer.from(text))
    .setProtectedHeader({ alg, enc, cty: "JWT", kid: key.kid!, ...more })
    .encrypt(await importJWK({ ...publicPart(key), alg }, alg));
};
