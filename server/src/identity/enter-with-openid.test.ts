import { api, type ProblemCode, problems } from "@area/api";
import { problemText } from "@area/words";
import { createLocalJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { verifyChain as verifyTrail } from "../audit/index.ts";
import { html } from "../platform/page.ts";
import { publicPart } from "../ports/identity/federation/signed-token.ts";
import {
  anchorId,
  encryptedTo,
  makeFederation,
  providerId,
  type TestFederation,
} from "../ports/identity/federation/testing/federation-maker.ts";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, type World } from "../testing/world.ts";
import { identity, refreshFederation } from "./index.ts";
import { cookieOf, inventedProvider, loginsAt } from "./testing/logins.ts";

let world: World;
let f: TestFederation;
beforeAll(async () => {
  f = await makeFederation(() => world.parts.clock());
  world = await makeWorld({ federation: f.federation });
  await refreshFederation(world.parts);
});
afterAll(() => world.close());
beforeEach(() => f.mend());

const site = "http://portal.test";
const started = async (more: { back?: string; cookie?: string } = {}) => {
  const response = await world.fetch(
    `${site}/cie/oidc/login${more.back ? `?ritorno=${encodeURIComponent(more.back)}` : ""}`,
    { headers: more.cookie ? { cookie: more.cookie } : {} },
  );
  return { response, location: response.headers.get("location")!, cookie: cookieOf(response, "ar_login") };
};
type Brought = { cookie?: string; language?: string };
const brought = (query: Record<string, string | undefined>, { cookie, language = "it" }: Brought) =>
  world.fetch(
    `${site}/cie/oidc/callback?${new URLSearchParams(
      Object.fromEntries(Object.entries(query).filter((e): e is [string, string] => e[1] !== undefined)),
    )}`,
    {
      headers: {
        accept: "text/html",
        "accept-language": language,
        "sec-fetch-site": "cross-site",
        ...(cookie ? { cookie } : {}),
      },
    },
  );
/** There and back: what the provider was asked, and what we answered. */
const entered = async (more: { back?: string } = {}) => {
  const to = await started(more);
  const { code, state, request } = await f.authenticate(to.location);
  const response = await brought({ code, state, iss: providerId }, to);
  const cookie = cookieOf(response, "ar_session");
  return { to, code, state, request, response, cookie, call: world.callWith({ cookie }) };
};
/** A refused login: the page of that problem, and no session. */
const refusedWith = async (response: Response, problem: ProblemCode, status = problems[problem]) => {
  const page = await response.text();
  expect([response.status, cookieOf(response, "ar_session")]).toEqual([status, ""]);
  expect(page).toContain(html`${problemText("it", problem).title}`.markup);
  return page;
};
const register = () =>
  world.database.asSystem(async ({ db }) =>
    (await db.selectFrom("login_register").selectAll().orderBy("at").execute()).map((r) => ({
      ...r,
      pair: world.cipher.open(r.pair),
    })),
  );
const sessions = async () =>
  world.database.asSystem(async ({ db }) => (await db.selectFrom("sessions").select("id_hash").execute()).length);

describe("the door of CIE", () => {
  const doorOf = async (w: World) => {
    const page = await (await w.fetch(`${site}/?ritorno=/enti/abc`)).text();
    return /href="(\/cie\/[^"?]+)\?ritorno=%2Fenti%2Fabc"/.exec(page)?.[1];
  };

  it("is SAML's unless CIE_PREFERRED says OpenID, and the one there is where there is only one", async () => {
    const { idp } = await inventedProvider("cie");
    expect(await doorOf(world)).toBe("/cie/oidc/login");
    world.providers.push(idp);
    expect(await doorOf(world)).toBe("/cie/login");
    world.providers.pop();
    const preferring = await makeWorld({
      federation: f.federation,
      env: {
        CIE_OIDC_PROVIDER: providerId,
        CIE_OIDC_TRUST_ANCHOR: anchorId,
        CIE_OIDC_TRUST_ANCHOR_KEYS: "k.json",
        CIE_PREFERRED: "oidc",
      },
    });
    preferring.providers.push(idp);
    expect(await doorOf(preferring)).toBe("/cie/oidc/login");
    await preferring.close();
  });

  it("confirms who came in through it", async () => {
    const { cookie } = await entered();
    const asked = await world.fetch(`${site}/conferma?ritorno=%2Fprofilo%2Findirizzi`, { headers: { cookie } });
    expect(asked.headers.get("location")).toBe("/cie/oidc/login?conferma=1&ritorno=%2Fprofilo%2Findirizzi");
    const to = await world.fetch(site + asked.headers.get("location")!, { headers: { cookie } });
    const { code, state } = await f.authenticate(to.headers.get("location")!);
    const response = await brought(
      { code, state, iss: providerId },
      { cookie: `${cookie}; ${cookieOf(to, "ar_login")}` },
    );
    const confirmed = cookieOf(response, "ar_session");
    expect([response.status, response.headers.get("location")]).toEqual([303, "/profilo/indirizzi"]);
    const { session } = await world.callWith({ cookie: confirmed })(api.identity.me, {});
    expect(session.stepUpUntil).not.toBeNull();
    expect(await codeOf(world.callWith({ cookie })(api.identity.me, {}))).toBe("session-expired");
  });
});

describe("a person enters with CIE by OpenID", () => {
  it("is sent to the provider with a signed request, bound to this browser", async () => {
    const { response, location, cookie } = await started();
    expect(response.status).toBe(302);
    const { origin, pathname, searchParams: query } = new URL(location);
    expect(origin + pathname).toBe(`${providerId}/authorize`);
    const { request } = await f.authenticate(location);
    expect(Object.fromEntries(query)).toEqual({
      client_id: "http://portal.test/cie/oidc",
      response_type: "code",
      scope: "openid",
      code_challenge: request["code_challenge"],
      code_challenge_method: "S256",
      request: query.get("request"),
    });
    expect(request).toMatchObject({
      iss: "http://portal.test/cie/oidc",
      aud: providerId,
      redirect_uri: "http://portal.test/cie/oidc/callback",
      prompt: "consent login",
      acr_values: "https://www.spid.gov.it/SpidL2",
      state: expect.stringMatching(/^[0-9a-f]{64}$/),
      nonce: expect.stringMatching(/^[0-9a-f]{64}$/),
      claims: { userinfo: { "https://attributes.eid.gov.it/fiscal_number": { essential: true } } },
    });
    expect(request["exp"] as number).toBeLessThanOrEqual(f.seconds() + 300);
    expect(cookie).toMatch(/^ar_login=[\w-]{43}$/);
  });

  it("and comes in, with the pair and the chain in the register, encrypted", async () => {
    const { response, cookie, call, state, request, code } = await entered({ back: "/enti/abc?pagina=2" });
    expect([response.status, response.headers.get("location")]).toEqual([303, "/enti/abc?pagina=2"]);
    expect(cookie).toMatch(/^ar_session=[\w-]{43}$/);
    expect(await call(api.identity.me, {})).toMatchObject({
      person: { givenName: "MARIO", familyName: "ROSSI", maskedFiscalCode: "RSSMRA••••••••••" },
      session: { scheme: "cie", level: 2 },
    });
    const kept = (await register()).at(-1)!;
    expect(kept).toMatchObject({ request_id: state, identity_provider: providerId, outcome: "entered" });
    const pair = JSON.parse(kept.pair);
    expect(pair.request.url).toContain("request=");
    expect(pair.response.query).toMatchObject({ code, iss: providerId });
    expect(decodeJwt(pair.response.idToken)).toMatchObject({ nonce: request["nonce"], jti: kept.assertion_id });
    expect(decodeJwt(pair.response.userinfo)["sub"]).toBe("pairwise-1");
    expect(decodeJwt(pair.chain.statement)).toMatchObject({ iss: anchorId, sub: providerId });
    // The access token would still open something: it is nowhere in the register.
    const sent = f.asked.findLast((q) => q.url.endsWith("/userinfo"))!;
    expect(kept.pair).not.toContain(sent.headers!["authorization"]!.replace("Bearer ", ""));
    expect((await verifyTrail(world.database, "portal")).whole).toBe(true);
  });

  it("is the same person as by SPID, whatever the pairwise subject says", async () => {
    const spid = await inventedProvider();
    world.providers.push(spid.idp);
    const first = await loginsAt(spid).entered(world);
    f.person.sub = "pairwise-2";
    f.person.fiscalNumber = "TINIT-rssmra80a01h501u";
    const second = await entered();
    expect((await second.call(api.identity.me, {})).person.id).toBe((await first.call(api.identity.me, {})).person.id);
  });

  it("at a higher level than was asked, with a rolled key, and with the other ciphers of the profile", async () => {
    f.acr = "https://www.spid.gov.it/SpidL3";
    f.signer.idToken = f.keys.coreNext;
    f.signer.userinfo = f.keys.coreNext;
    f.header.userinfo = { alg: "PS512" };
    // To our next key, by the older way.
    f.token.userinfo = (token) =>
      encryptedTo(f.federation.rp.keys.encryption[1]!, token, { alg: "RSA-OAEP", enc: "A128CBC-HS256" });
    const { response, call } = await entered();
    expect(response.status).toBe(303);
    expect((await call(api.identity.me, {})).session).toMatchObject({ level: 3 });
  });

  it("with an audience in a list, and names with spaces too many", async () => {
    f.bend.idToken = (c) => ({ ...c, aud: [c["aud"]], auth_time: f.seconds() });
    f.person.givenName = "  ANNA   MARIA ";
    const { response, call } = await entered();
    expect(response.status).toBe(303);
    expect((await call(api.identity.me, {})).person.givenName).toBe("ANNA MARIA");
  });
});

describe("an answer that is not to be believed lets nobody in", () => {
  it("brought by another browser, or by one without the cookie", async () => {
    const to = await started();
    const other = await started();
    const { code, state } = await f.authenticate(to.location);
    for (const cookie of ["", other.cookie, `${to.cookie}x`])
      await refusedWith(await brought({ code, state, iss: providerId }, { cookie }), "login-other-browser");
    expect((await brought({ code, state, iss: providerId }, to)).status).toBe(303);
  });

  it("to a question never asked, or asked by SAML", async () => {
    const spid = await inventedProvider("spid", "https://idp2.example.it");
    world.providers.push(spid.idp);
    const saml = await loginsAt(spid).started(world);
    for (const state of ["", "a".repeat(64), "\0", saml.id, saml.relayState, "%00"])
      await refusedWith(await brought({ code: "x", state, iss: providerId }, saml), "login-response-unexpected");
    const { cookie, location } = await started();
    const state = (await f.authenticate(location)).state;
    // Two answers in one address are none.
    const twice = await world.fetch(`${site}/cie/oidc/callback?state=${state}&state=${state}&code=x`, {
      headers: { cookie, accept: "text/html" },
    });
    await refusedWith(twice, "login-response-unexpected");
  });

  it("brought twice, together and after", async () => {
    const to = await started();
    const { code, state } = await f.authenticate(to.location);
    const both = await Promise.all([1, 2].map(() => brought({ code, state, iss: providerId }, to)));
    expect(both.map((r) => r.status).sort()).toEqual([303, 403]);
    await refusedWith(await brought({ code, state, iss: providerId }, to), "login-response-replayed");
  });

  it("with an ID token that was used already", async () => {
    f.bend.idToken = (c) => ({ ...c, jti: "once-only" });
    expect((await entered()).response.status).toBe(303);
    const before = await sessions();
    await refusedWith((await entered()).response, "login-response-replayed");
    expect(await sessions()).toBe(before);
  });

  it("after too long at the provider", async () => {
    const to = await started();
    const { code, state } = await f.authenticate(to.location);
    world.pass(15 * 60_000 + 1);
    await refusedWith(await brought({ code, state, iss: providerId }, to), "login-response-out-of-time");
  });

  it("from another provider, or from one that does not say its name", async () => {
    for (const iss of [undefined, "https://altro.example", `${providerId}/`]) {
      const to = await started();
      const { code, state } = await f.authenticate(to.location);
      const asked = f.asked.length;
      await refusedWith(await brought({ code, state, iss }, to), "login-response-untrusted");
      // The code of one was not shown to another.
      expect(f.asked).toHaveLength(asked);
      expect((await register()).at(-1)).toMatchObject({ request_id: state, outcome: "login-response-untrusted" });
    }
  });

  it("with the code of another login", async () => {
    const [one, two] = [await started(), await started()];
    const stolen = await f.authenticate(one.location);
    const own = await f.authenticate(two.location);
    await refusedWith(
      await brought({ code: stolen.code, state: own.state, iss: providerId }, two),
      "login-provider-error",
    );
  });

  const hours = (n: number) => f.seconds() + n * 3600;
  const wrong: [string, ProblemCode, () => void][] = [
    [
      "another issuer",
      "login-response-untrusted",
      () => {
        f.bend.idToken = (c) => ({ ...c, iss: "https://altro.example" });
      },
    ],
    [
      "another audience",
      "login-response-not-for-us",
      () => {
        f.bend.idToken = (c) => ({ ...c, aud: "https://altro.example" });
      },
    ],
    [
      "two audiences",
      "login-response-not-for-us",
      () => {
        f.bend.idToken = (c) => ({ ...c, aud: [c["aud"], "https://altro.example"] });
      },
    ],
    [
      "no audience",
      "login-response-not-for-us",
      () => {
        f.bend.idToken = ({ aud: _, ...c }) => c;
      },
    ],
    [
      "another authorized party",
      "login-response-not-for-us",
      () => {
        f.bend.idToken = (c) => ({ ...c, azp: "https://altro.example" });
      },
    ],
    [
      "another nonce",
      "login-response-unexpected",
      () => {
        f.bend.idToken = (c) => ({ ...c, nonce: "0".repeat(64) });
      },
    ],
    [
      "no nonce",
      "login-response-unexpected",
      () => {
        f.bend.idToken = ({ nonce: _, ...c }) => c;
      },
    ],
    [
      "the first level",
      "login-level-insufficient",
      () => {
        f.acr = "https://www.spid.gov.it/SpidL1";
      },
    ],
    [
      "a level that is none",
      "login-level-insufficient",
      () => {
        f.acr = "urn:oasis:names:tc:SAML:2.0:ac:classes:SpidL2";
      },
    ],
    [
      "no level",
      "login-level-insufficient",
      () => {
        f.bend.idToken = ({ acr: _, ...c }) => c;
      },
    ],
    [
      "the hash of another access token",
      "login-response-untrusted",
      () => {
        f.bend.idToken = (c) => ({ ...c, at_hash: "AAAAAAAAAAAAAAAAAAAAAA" });
      },
    ],
    [
      "no hash of the access token",
      "login-response-untrusted",
      () => {
        f.bend.idToken = ({ at_hash: _, ...c }) => c;
      },
    ],
    [
      "no jti",
      "login-response-malformed",
      () => {
        f.bend.idToken = ({ jti: _, ...c }) => c;
      },
    ],
    [
      "no subject",
      "login-response-malformed",
      () => {
        f.bend.idToken = ({ sub: _, ...c }) => c;
      },
    ],
    [
      "a time that has passed",
      "login-response-out-of-time",
      () => {
        f.bend.idToken = (c) => ({ ...c, exp: f.seconds() - 31 });
      },
    ],
    [
      "a time without end",
      "login-response-malformed",
      () => {
        f.bend.idToken = ({ exp: _, ...c }) => c;
      },
    ],
    [
      "a time to come",
      "login-response-out-of-time",
      () => {
        f.bend.idToken = (c) => ({ ...c, iat: f.seconds() + 60 });
      },
    ],
    [
      "a beginning to come",
      "login-response-out-of-time",
      () => {
        f.bend.idToken = (c) => ({ ...c, nbf: f.seconds() + 60 });
      },
    ],
    [
      "a token older than the request",
      "login-response-out-of-time",
      () => {
        f.bend.idToken = (c) => ({ ...c, iat: hours(-1) });
      },
    ],
    [
      "an authentication older than the request",
      "login-response-out-of-time",
      () => {
        f.bend.idToken = (c) => ({ ...c, auth_time: hours(-1) });
      },
    ],
    [
      "the key of a stranger",
      "login-response-untrusted",
      () => {
        f.signer.idToken = f.keys.stranger;
      },
    ],
    [
      "the key of a stranger under the provider's name",
      "login-response-untrusted",
      () => {
        f.signer.idToken = { ...f.keys.stranger, kid: "core-1" };
      },
    ],
    [
      "the key of a stranger brought along",
      "login-response-untrusted",
      () => {
        f.signer.idToken = f.keys.stranger;
        f.header.idToken = { jwk: publicPart(f.keys.stranger) as never };
      },
    ],
    [
      "the federation's key, which signs no logins",
      "login-response-untrusted",
      () => {
        f.signer.idToken = f.keys.provider;
      },
    ],
    [
      "an algorithm that the anchor's policy took away",
      "login-response-untrusted",
      () => {
        f.signer.idToken = { ...f.keys.core, alg: undefined as never };
        f.header.idToken = { alg: "PS256" };
      },
    ],
    [
      "a shared secret made of the public key",
      "login-response-untrusted",
      () => {
        f.signer.idToken = {
          kty: "oct",
          kid: "core-1",
          k: Buffer.from(publicPart(f.keys.core).n!).toString("base64url"),
          alg: "HS256",
        };
      },
    ],
    [
      "no signature",
      "login-response-untrusted",
      () => {
        f.token.idToken = (token) =>
          `${Buffer.from('{"alg":"none","kid":"core-1"}').toString("base64url")}.${token.split(".")[1]}.`;
      },
    ],
    [
      "a changed body",
      "login-response-untrusted",
      () => {
        f.token.idToken = (token) => {
          const [head, , tail] = token.split(".");
          const body = Buffer.from(
            JSON.stringify({ ...decodeJwt(token), acr: "https://www.spid.gov.it/SpidL3" }),
          ).toString("base64url");
          return `${head}.${body}.${tail}`;
        };
      },
    ],
    [
      "an ID token that is not one",
      "login-response-malformed",
      () => {
        f.token.idToken = () => "<html>";
      },
    ],
    [
      "an oversize ID token",
      "login-response-malformed",
      () => {
        f.token.idToken = () => "a".repeat(70_000);
      },
    ],
    [
      "userinfo that is signed and not encrypted",
      "login-response-untrusted",
      () => {
        f.token.userinfo = (token) => token;
      },
    ],
    [
      "userinfo in the clear",
      "login-response-untrusted",
      () => {
        f.token.userinfo = () => JSON.stringify({ sub: "pairwise-1" });
      },
    ],
    [
      "userinfo encrypted and not signed",
      "login-response-malformed",
      () => {
        f.token.userinfo = () =>
          encryptedTo(f.federation.rp.keys.encryption[0]!, JSON.stringify({ sub: "pairwise-1" }));
      },
    ],
    [
      "userinfo signed by somebody else",
      "login-response-untrusted",
      () => {
        f.signer.userinfo = f.keys.stranger;
      },
    ],
    [
      "userinfo encrypted to somebody else",
      "login-response-untrusted",
      () => {
        f.token.userinfo = (token) => encryptedTo(f.keys.stranger, token);
      },
    ],
    [
      "userinfo by a cipher outside the profile",
      "login-response-untrusted",
      () => {
        f.token.userinfo = (token) => encryptedTo(f.federation.rp.keys.encryption[0]!, token, { enc: "A256GCM" });
      },
    ],
    [
      "userinfo that does not say what it holds",
      "login-response-untrusted",
      () => {
        f.token.userinfo = (token) => encryptedTo(f.federation.rp.keys.encryption[0]!, token, { cty: "text" });
      },
    ],
    [
      "userinfo about somebody else",
      "login-response-untrusted",
      () => {
        f.bend.userinfo = (c) => ({ ...c, sub: "pairwise-9" });
      },
    ],
    [
      "userinfo for somebody else",
      "login-response-not-for-us",
      () => {
        f.bend.userinfo = (c) => ({ ...c, aud: "https://altro.example" });
      },
    ],
    [
      "userinfo of another issuer",
      "login-response-untrusted",
      () => {
        f.bend.userinfo = (c) => ({ ...c, iss: "https://altro.example" });
      },
    ],
    [
      "userinfo out of time",
      "login-response-out-of-time",
      () => {
        f.bend.userinfo = (c) => ({ ...c, exp: f.seconds() - 31 });
      },
    ],
    [
      "no fiscal code",
      "login-fiscal-code-missing",
      () => {
        f.bend.userinfo = ({ "https://attributes.eid.gov.it/fiscal_number": _, ...c }) => c;
      },
    ],
    [
      "a fiscal code of another country",
      "login-fiscal-code-missing",
      () => {
        f.person.fiscalNumber = "TINDE-123456789";
      },
    ],
    [
      "an impossible fiscal code",
      "login-fiscal-code-missing",
      () => {
        f.person.fiscalNumber = "TINIT-RSSMRA80A01H501X";
      },
    ],
    [
      "no name",
      "login-response-malformed",
      () => {
        f.person.givenName = " ";
      },
    ],
    [
      "a birth date that the fiscal code denies",
      "login-identity-mismatch",
      () => {
        f.person.birthdate = "1981-01-01";
      },
    ],
    [
      "a token endpoint that refuses",
      "login-provider-error",
      () => {
        f.answer = ({ url }) =>
          url.endsWith("/token") ? { status: 400, mediaType: "", body: '{"error":"invalid_grant"}' } : undefined;
      },
    ],
    [
      "tokens of another kind",
      "login-response-malformed",
      () => {
        f.answer = ({ url }) =>
          url.endsWith("/token")
            ? { status: 200, mediaType: "", body: '{"access_token":"a","id_token":"b","token_type":"DPoP"}' }
            : undefined;
      },
    ],
    [
      "a token endpoint that is broken",
      "login-provider-unavailable",
      () => {
        f.answer = ({ url }) => (url.endsWith("/token") ? { status: 502, mediaType: "", body: "" } : undefined);
      },
    ],
    [
      "userinfo that does not answer",
      "login-provider-unavailable",
      () => {
        f.answer = ({ url }) => {
          if (url.endsWith("/userinfo")) throw new Error("timeout");
          return undefined;
        };
      },
    ],
  ];
  for (const [what, problem, bend] of wrong)
    it(`with ${what}`, async () => {
      bend();
      const before = await sessions();
      const { response, state } = await entered();
      const page = await refusedWith(response, problem);
      expect(await sessions()).toBe(before);
      expect(page).toContain("/cie/oidc/login");
      // Nothing of what came from outside stands on the page.
      expect(page).not.toMatch(/altro\.example|invalid_grant|at_hash|pairwise/);
      expect((await register()).at(-1)).toMatchObject({ request_id: state, outcome: problem, person_id: null });
    });

  it("that the provider itself refused, in our words and in the person's language", async () => {
    for (const [error, word, language] of [
      ["access_denied", "Hai annullato", "it"],
      ["consent_required", "consenso", "it"],
      ["server_error", "risponde", "it"],
      ["<script>alert(1)</script>", "", "de"],
      ["__proto__", "", "fr"],
    ] as const) {
      const to = await started();
      const { state, code } = await f.authenticate(to.location);
      const answer = await brought(
        { error, error_description: "<b>x</b>", state, iss: providerId },
        { ...to, language },
      );
      const page = await answer.text();
      expect([answer.status, answer.headers.get("content-language")]).toEqual([403, language]);
      expect(page.toLowerCase()).toContain(word.toLowerCase());
      expect(page).not.toMatch(/alert\(1\)|<b>x/);
      expect((await register()).at(-1)!.outcome).toBe("login-provider-error");
      // It came unsigned, so it has not used the request up.
      expect((await brought({ code, state, iss: providerId }, to)).status).toBe(303);
    }
  });
});

describe("the trust chain", () => {
  const kept = () =>
    world.database.asSystem(({ db }) => db.selectFrom("federation_chains").selectAll().executeTakeFirstOrThrow());
  const due = async () => {
    await world.database.asSystem(({ db }) =>
      db
        .updateTable("federation_chains")
        .set({ refresh_at: new Date(0) })
        .execute(),
    );
    await refreshFederation(world.parts);
  };
  const fetches = () => f.asked.filter((q) => q.url.includes("well-known")).length;

  it("is fetched ahead of its end, never by a login, and the last good copy is kept when that fails", async () => {
    await due();
    const before = fetches();
    await entered();
    await refreshFederation(world.parts);
    expect(fetches()).toBe(before);
    world.pass(6 * 3_600_000 + 1_000);
    f.answer = ({ url }) => (url.includes("well-known") ? { status: 500, mediaType: "", body: "" } : undefined);
    const old = await kept();
    await refreshFederation(world.parts);
    expect(fetches()).toBe(before + 1);
    expect(await kept()).toMatchObject({ documents: old.documents, fetched_at: old.fetched_at });
    expect((await entered()).response.status).toBe(303);
    f.answer = undefined;
    await refreshFederation(world.parts);
    expect(fetches()).toBe(before + 1);
    world.pass(5 * 60_000 + 1_000);
    await refreshFederation(world.parts);
    expect((await kept()).fetched_at.getTime()).toBeGreaterThan(old.fetched_at.getTime());
  });

  it("that has ended lets nobody in, and says so on a page", async () => {
    f.bend.statement = (c) => ({ ...c, exp: f.seconds() + 300 });
    await due();
    const to = await started();
    const { code, state } = await f.authenticate(to.location);
    world.pass(331_000);
    await refusedWith((await started()).response, "login-provider-unavailable");
    await refusedWith(await brought({ code, state, iss: providerId }, to), "login-provider-unavailable");
    f.mend();
    await due();
    expect((await entered()).response.status).toBe(303);
  });

  it("is asked for again, off the road of the login, when a token does not fit it", async () => {
    await due();
    const before = fetches();
    world.pass(10 * 60_000);
    // The provider has changed all its keys at once.
    f.signer.idToken = { ...f.keys.stranger, kid: "core-9" };
    f.signer.userinfo = { ...f.keys.stranger, kid: "core-9" };
    f.bend.provider = (c) => {
      const metadata = (c["metadata"] as { openid_provider: object }).openid_provider;
      return {
        ...c,
        metadata: {
          openid_provider: { ...metadata, jwks: { keys: [{ ...publicPart(f.keys.stranger), kid: "core-9" }] } },
        },
      };
    };
    await refusedWith((await entered()).response, "login-response-untrusted");
    expect(fetches()).toBe(before);
    await refreshFederation(world.parts);
    expect(fetches()).toBe(before + 2);
    expect((await entered()).response.status).toBe(303);
    const [line] = await world.database.asSystem(({ db }) =>
      db
        .selectFrom("events")
        .select("payload")
        .where("type", "=", "identity.federation.changed")
        .orderBy("id", "desc")
        .limit(1)
        .execute(),
    );
    expect(line!.payload).toMatchObject({ identityProvider: providerId, keys: ["core-9"] });
    f.mend();
    await due();
  });
});

describe("at the end of a session", () => {
  it("the access token is given back to the provider, and kept nowhere", async () => {
    const tokens = () => world.database.asSystem(({ db }) => db.selectFrom("access_tokens").selectAll().execute());
    await world.database.asSystem(({ db }) => db.deleteFrom("access_tokens").execute());
    const { call, cookie } = await entered();
    const sent = f.asked
      .findLast((q) => q.url.endsWith("/userinfo"))!
      .headers!["authorization"]!.replace("Bearer ", "");
    expect(world.cipher.open((await tokens())[0]!.token)).toBe(sent);
    f.revoked = [];
    await world.callWith({ cookie })(api.identity.leave, {});
    expect(f.revoked).toEqual([]);
    await world.settle();
    expect(f.revoked).toEqual([sent]);
    expect(await tokens()).toEqual([]);
    expect(await codeOf(call(api.identity.me, {}))).toBe("session-expired");
  });

  it("also when it ends by itself, and again later when the provider does not answer", async () => {
    await entered();
    f.revoked = [];
    world.pass(10 * 3_600_000);
    const schedule = () => identity(world.parts).schedules["identity:give-back-tokens"]!.run();
    f.answer = ({ url }) => (url.endsWith("/revoke") ? { status: 503, mediaType: "", body: "" } : undefined);
    await expect(schedule()).rejects.toThrow();
    f.answer = undefined;
    await schedule();
    expect(f.revoked).toHaveLength(1);
    await schedule();
    expect(f.revoked).toHaveLength(1);
  });
});

describe("what we publish", () => {
  it("is our configuration, signed by the federation key and not by those of logins", async () => {
    const response = await world.fetch(`${site}/cie/oidc/.well-known/openid-federation`);
    expect(response.headers.get("content-type")).toBe("application/entity-statement+jwt");
    const { federation, signing, encryption } = f.federation.rp.keys;
    const { payload, protectedHeader } = await jwtVerify(
      await response.text(),
      createLocalJWKSet({ keys: federation.map(publicPart) as never }),
      { typ: "entity-statement+jwt", currentDate: world.parts.clock() },
    );
    expect(protectedHeader.kid).toBe(federation[0]!.kid);
    expect(payload).toMatchObject({
      iss: "http://portal.test/cie/oidc",
      sub: "http://portal.test/cie/oidc",
      authority_hints: [anchorId],
      trust_marks: [{ trust_mark: "a.b.c" }],
      metadata: {
        federation_entity: {
          organization_name: "Prova",
          contacts: ["prova@pec.example"],
          federation_resolve_endpoint: "http://portal.test/cie/oidc/resolve",
        },
        openid_relying_party: {
          redirect_uris: ["http://portal.test/cie/oidc/callback"],
          grant_types: ["authorization_code", "refresh_token"],
          response_types: ["code"],
          client_registration_types: ["automatic"],
          token_endpoint_auth_method: "private_key_jwt",
          userinfo_encrypted_response_alg: "RSA-OAEP-256",
          userinfo_encrypted_response_enc: "A256CBC-HS512",
        },
      },
    });
    const kids = (keys: unknown) => (keys as { keys: { kid: string }[] }).keys.map((k) => k.kid);
    const core = (payload["metadata"] as { openid_relying_party: { jwks: unknown } }).openid_relying_party.jwks;
    expect(kids(payload["jwks"])).toEqual(federation.map((k) => k.kid));
    // Two of each kind, so that one can take the other's place.
    expect(kids(core)).toEqual([...signing, ...encryption].map((k) => k.kid));
    expect(kids(core)).toHaveLength(4);
    const published = JSON.stringify(payload);
    for (const key of [...federation, ...signing, ...encryption]) expect(published).not.toContain(key.d!);
    const set = await world.fetch(`${site}/cie/oidc/jwks.json`);
    expect(await set.json()).toEqual(core);
    expect((await world.fetch(`${site}/cie/oidc/logo.svg`)).headers.get("content-type")).toBe("image/svg+xml");
  });

  it("is also what we know of the provider, and of nobody else", async () => {
    await refreshFederation(world.parts);
    const ask = (query: Record<string, string>) =>
      world.fetch(`${site}/cie/oidc/resolve?${new URLSearchParams(query)}`);
    const good = await ask({ sub: providerId, anchor: anchorId, type: "openid_provider" });
    expect(good.headers.get("content-type")).toBe("application/resolve-response+jwt");
    const keys = createLocalJWKSet({ keys: f.federation.rp.keys.federation.map(publicPart) as never });
    const { payload } = await jwtVerify(await good.text(), keys, {
      typ: "resolve-response+jwt",
      currentDate: world.parts.clock(),
    });
    expect(payload).toMatchObject({ iss: "http://portal.test/cie/oidc", sub: providerId });
    expect(payload["metadata"]).toMatchObject({
      openid_provider: { id_token_signing_alg_values_supported: ["RS256"] },
    });
    expect(payload["trust_chain"]).toHaveLength(3);
    const asked = f.asked.length;
    for (const [query, status] of [
      [{ sub: providerId, trust_anchor: anchorId }, 200],
      [{ sub: providerId }, 400],
      [{ anchor: anchorId }, 400],
      [{ sub: "http://169.254.169.254/", anchor: anchorId }, 404],
      [{ sub: providerId, anchor: "https://altro.example" }, 404],
      [{ sub: providerId, anchor: anchorId, entity_type: "openid_relying_party" }, 404],
    ] as const)
      expect([query, (await ask(query)).status]).toEqual([query, status]);
    expect(f.asked).toHaveLength(asked);
  });
});
