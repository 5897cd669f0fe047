import { describe, expect, it } from "vitest";
import { fetchChain, type Trusted, verifyChain } from "./index.ts";
import type { Question } from "./reach.ts";
import { type Claims, publicPart } from "./signed-token.ts";
import { anchorId, makeFederation, providerId, signed, type TestFederation } from "./testing/federation-maker.ts";

let now = new Date("2026-11-25T10:00:00Z");
const clock = () => now;

const resolved = async (f: TestFederation, more: Partial<Trusted> = {}) => {
  const trusted = { ...f.federation.trusted, ...more };
  return verifyChain(trusted, await fetchChain(trusted, f.federation.reach, now), now);
};
const open = (claims: Claims): Claims => (claims["metadata"] as { openid_provider: Claims }).openid_provider;
/** Changes the provider's metadata. */
const provider =
  (change: Claims) =>
  (claims: Claims): Claims => ({ ...claims, metadata: { openid_provider: { ...open(claims), ...change } } });
const policy =
  (rules: Claims, more: Claims = {}) =>
  (claims: Claims): Claims => ({ ...claims, ...more, metadata_policy: { openid_provider: rules } });

describe("a chain is believed", () => {
  it("when the anchor, its statement and the provider agree", async () => {
    const f = await makeFederation(clock);
    const found = await resolved(f);
    expect(found).toMatchObject({
      issuer: providerId,
      tokenEndpoint: `${providerId}/token`,
      idTokenAlgorithms: ["RS256"],
      trustMarks: [{ id: `${anchorId}/openid_provider/public` }],
    });
    expect(found.keys.map((key) => [key.kid, key.d])).toEqual([
      ["core-1", undefined],
      ["coreNext-1", undefined],
    ]);
    // The earliest of the ends: the statement's.
    expect(found.expiresAt).toEqual(new Date("2026-11-26T10:00:00Z"));
    expect(f.asked.map((q: Question) => q.url)).toEqual([
      `${anchorId}/.well-known/openid-federation`,
      `${providerId}/.well-known/openid-federation`,
      `${anchorId}/fetch?sub=${encodeURIComponent(providerId)}`,
    ]);
  });

  it("until a trust mark ends before it, and no longer", async () => {
    const f = await makeFederation(clock);
    f.bend.mark = (c) => ({ ...c, exp: f.seconds() + 600 });
    const documents = await fetchChain(f.federation.trusted, f.federation.reach, now);
    const found = await verifyChain(f.federation.trusted, documents, now);
    expect(found.expiresAt).toEqual(new Date(now.getTime() + 600_000));
    const later = new Date(now.getTime() + 631_000);
    await expect(verifyChain(f.federation.trusted, documents, later)).rejects.toThrow("lacks a good trust mark");
  });

  it("with the next key of the anchor, of the provider, and of its logins", async () => {
    const f = await makeFederation(clock);
    f.signer.statement = f.keys.anchorNext;
    f.bend.statement = (c) => ({
      ...c,
      jwks: { keys: [publicPart(f.keys.provider), publicPart(f.keys.providerNext)] },
    });
    f.signer.provider = f.keys.providerNext;
    expect((await resolved(f)).issuer).toBe(providerId);
    // The pinned file holds the next key before the anchor signs with it.
    f.signer.anchor = f.keys.anchorNext;
    const pinned = () => [publicPart(f.keys.anchor), publicPart(f.keys.anchorNext)];
    expect((await resolved(f, { anchorKeys: pinned })).issuer).toBe(providerId);
  });

  it("with a mark of somebody whom the anchor names and vouches for", async () => {
    const f = await makeFederation(clock);
    const issuer = "https://marks.fed.example";
    f.bend.provider = (c) => ({ ...c, trust_marks: [{ id: `${issuer}/one`, trust_mark: given }] });
    const given = await signed(f.keys.marks, { iss: issuer, sub: providerId, id: `${issuer}/one`, iat: f.seconds() });
    const about = (key = f.keys.marks) =>
      signed(
        f.keys.anchor,
        { iss: anchorId, sub: issuer, iat: f.seconds(), exp: f.seconds() + 900, jwks: { keys: [publicPart(key)] } },
        { typ: "entity-statement+jwt" },
      );
    let key = f.keys.marks;
    f.answer = async ({ url }) => {
      if (!url.endsWith(encodeURIComponent(issuer))) return undefined as never;
      return { status: 200, mediaType: "", body: await about(key) };
    };
    // What vouches for the giver ends first, and the chain with it.
    expect((await resolved(f)).expiresAt).toEqual(new Date(now.getTime() + 900_000));
    key = f.keys.stranger;
    await expect(resolved(f)).rejects.toThrow("lacks a good trust mark");
  });

  it("with keys at an address, signed by the provider's federation key or plain", async () => {
    const f = await makeFederation(clock);
    const keys = [publicPart(f.keys.core)];
    f.bend.provider = provider({ jwks: undefined, signed_jwks_uri: `${providerId}/jwks.jose` });
    let signer = f.keys.provider;
    f.answer = async ({ url }) =>
      url.endsWith("/jwks.jose")
        ? {
            status: 200,
            mediaType: "",
            body: await signed(signer, { iss: providerId, keys }, { typ: "jwk-set+jwt" }),
          }
        : url.endsWith("/jwks.json")
          ? { status: 200, mediaType: "", body: JSON.stringify({ keys }) }
          : (undefined as never);
    expect((await resolved(f)).keys.map((k) => k.kid)).toEqual(["core-1"]);
    signer = f.keys.stranger;
    await expect(resolved(f)).rejects.toThrow("a key that is not known");
    f.bend.provider = provider({ jwks: undefined, jwks_uri: `${providerId}/jwks.json` });
    expect((await resolved(f)).keys.map((k) => k.kid)).toEqual(["core-1"]);
  });
});

describe("a chain is refused", () => {
  const refused: [string, (f: TestFederation) => Partial<Trusted> | void, RegExp][] = [
    [
      "the anchor signs with a key that is not pinned",
      (f) => {
        f.signer.anchor = f.keys.anchorNext;
      },
      /not known/,
    ],
    [
      "the anchor is somebody else with the same key name",
      (f) => {
        f.signer.anchor = { ...f.keys.stranger, kid: "anchor-1" };
      },
      /signature verification failed/,
    ],
    [
      "the statement is signed by somebody else",
      (f) => {
        f.signer.statement = f.keys.stranger;
      },
      /not known/,
    ],
    [
      "the provider signs its configuration itself, by a key the anchor does not name",
      (f) => {
        f.signer.provider = f.keys.providerNext;
      },
      /configuration of .*not known/,
    ],
    [
      "the provider signs by a key that it does not show",
      (f) => {
        f.bend.provider = (c) => ({ ...c, jwks: { keys: [publicPart(f.keys.providerNext)] } });
      },
      /configuration of .*not known/,
    ],
    [
      "no signature at all",
      (f) => {
        f.answer = ({ url }) => {
          if (!url.startsWith(anchorId)) return undefined;
          const part = (o: object) => Buffer.from(JSON.stringify(o)).toString("base64url");
          const body = `${part({ alg: "none", kid: "anchor-1", typ: "entity-statement+jwt" })}.${part({ iss: anchorId })}.`;
          return { status: 200, mediaType: "", body };
        };
      },
      /algorithm none is not allowed/,
    ],
    [
      "a public key used as a secret",
      (f) => {
        f.signer.anchor = {
          kty: "oct",
          k: Buffer.from(JSON.stringify(publicPart(f.keys.anchor))).toString("base64url"),
          kid: "anchor-1",
          alg: "HS256",
        };
      },
      /algorithm HS256 is not allowed/,
    ],
    [
      "another type of token",
      (f) => {
        f.header.statement = { typ: "JWT" };
      },
      /typ/,
    ],
    [
      "a statement about another",
      (f) => {
        f.bend.statement = (c) => ({ ...c, sub: "https://altro.example" });
      },
      /somebody else/,
    ],
    [
      "a statement of another",
      (f) => {
        f.bend.statement = (c) => ({ ...c, iss: "https://altro.example" });
      },
      /somebody else/,
    ],
    [
      "an expired anchor",
      (f) => {
        f.bend.anchor = (c) => ({ ...c, exp: f.seconds() - 31 });
      },
      /expired/,
    ],
    [
      "an expired statement",
      (f) => {
        f.bend.statement = (c) => ({ ...c, exp: f.seconds() - 31 });
      },
      /expired/,
    ],
    [
      "an expired provider",
      (f) => {
        f.bend.provider = (c) => ({ ...c, exp: f.seconds() - 31 });
      },
      /expired/,
    ],
    [
      "a statement from the future",
      (f) => {
        f.bend.statement = (c) => ({ ...c, iat: f.seconds() + 60 });
      },
      /future/,
    ],
    [
      "a statement without an end",
      (f) => {
        f.bend.statement = ({ exp: _, ...c }) => c;
      },
      /exp is not a moment/,
    ],
    [
      "an end that is no number",
      (f) => {
        f.bend.statement = (c) => ({ ...c, exp: "9999999999" });
      },
      /exp is not a moment/,
    ],
    [
      "something critical that we do not know",
      (f) => {
        f.bend.statement = (c) => ({ ...c, crit: ["new_rule"] });
      },
      /critical/,
    ],
    [
      "no hint to the anchor",
      (f) => {
        f.bend.provider = (c) => ({ ...c, authority_hints: ["https://altro.example"] });
      },
      /does not name the anchor/,
    ],
    [
      "a policy that the provider breaks",
      (f) => {
        f.bend.statement = policy({
          token_endpoint_auth_methods_supported: { superset_of: ["tls_client_auth"] },
        });
      },
      /lacks what it must have/,
    ],
    [
      "a policy that leaves nothing of what is essential",
      (f) => {
        f.bend.statement = policy({
          id_token_signing_alg_values_supported: { subset_of: ["PS512"], essential: true },
        });
      },
      /is missing/,
    ],
    [
      "a policy with a critical operator that we do not know",
      (f) => {
        f.bend.statement = policy({}, { metadata_policy_crit: ["regexp"] });
      },
      /critical operator/,
    ],
    [
      "a policy that is no object",
      (f) => {
        f.bend.statement = policy([] as never);
      },
      /not an object/,
    ],
    [
      "a constraint on its kind",
      (f) => {
        f.bend.statement = (c) => ({ ...c, constraints: { allowed_entity_types: ["openid_relying_party"] } });
      },
      /does not let/,
    ],
    [
      "a constraint on its host",
      (f) => {
        f.bend.statement = (c) => ({
          ...c,
          constraints: { naming_constraints: { permitted: [".gov.example"] } },
        });
      },
      /does not vouch/,
    ],
    [
      "no trust mark",
      (f) => {
        f.bend.provider = (c) => ({ ...c, trust_marks: [] });
      },
      /trust mark/,
    ],
    [
      "a trust mark of another entity",
      (f) => {
        f.bend.mark = (c) => ({ ...c, sub: "https://altro.example" });
      },
      /trust mark/,
    ],
    [
      "a trust mark signed by somebody else",
      (f) => {
        f.signer.mark = { ...f.keys.stranger, kid: "anchor-1" };
      },
      /trust mark/,
    ],
    [
      "a trust mark that the provider gave itself",
      (f) => {
        f.signer.mark = f.keys.provider;
        f.bend.mark = (c) => ({ ...c, iss: providerId });
      },
      /trust mark/,
    ],
    [
      "an expired trust mark",
      (f) => {
        f.bend.mark = (c) => ({ ...c, exp: f.seconds() - 31 });
      },
      /trust mark/,
    ],
    [
      "a mark that anybody may give",
      (f) => {
        f.bend.anchor = (c) => ({ ...c, trust_mark_issuers: { [`${anchorId}/openid_provider/public`]: [] } });
      },
      /trust mark/,
    ],
    [
      "a mark, but not the one we want",
      () => ({ requiredMarks: ["https://anchor.fed.example/gold"] }),
      /trust mark https:\/\/anchor.fed.example\/gold/,
    ],
    [
      "another name in its metadata",
      (f) => {
        f.bend.provider = provider({ issuer: "https://altro.example" });
      },
      /another name/,
    ],
    [
      "an endpoint on plain http",
      (f) => {
        f.bend.provider = provider({ token_endpoint: "http://cie.fed.example/token" });
      },
      /token_endpoint is no address/,
    ],
    [
      "an endpoint in a private network",
      (f) => {
        f.bend.provider = provider({ userinfo_endpoint: "https://169.254.169.254/latest" });
      },
      /userinfo_endpoint is no address/,
    ],
    [
      "keys in a private network",
      (f) => {
        f.bend.provider = provider({ jwks: undefined, signed_jwks_uri: "https://[::1]/jwks" });
      },
      /no address to ask/,
    ],
    [
      "no keys",
      (f) => {
        f.bend.provider = provider({ jwks: { keys: [] } });
      },
      /no keys/,
    ],
    [
      "two keys with one name",
      (f) => {
        f.bend.provider = provider({ jwks: { keys: [publicPart(f.keys.core), publicPart(f.keys.core)] } });
      },
      /one name/,
    ],
    [
      "keys without end",
      (f) => {
        f.bend.provider = provider({
          jwks: { keys: Array.from({ length: 21 }, (_, i) => ({ ...publicPart(f.keys.core), kid: `k${i}` })) },
        });
      },
      /no key set/,
    ],
    [
      "no code challenge",
      (f) => {
        f.bend.provider = provider({ code_challenge_methods_supported: ["plain"] });
      },
      /does not offer S256/,
    ],
    [
      "no automatic registration",
      (f) => {
        f.bend.provider = provider({ client_registration_types_supported: ["explicit"] });
      },
      /automatic/,
    ],
    [
      "no OpenID provider",
      (f) => {
        f.bend.provider = (c) => ({ ...c, metadata: {} });
      },
      /no OpenID provider/,
    ],
    [
      "marks without end",
      (f) => {
        f.bend.provider = (c) => ({
          ...c,
          trust_marks: Array.from({ length: 11 }, () => (c["trust_marks"] as unknown[])[0]),
        });
      },
      /too many/,
    ],
    [
      "an oversize document",
      (f) => {
        f.answer = () => ({ status: 200, mediaType: "", body: `${"a".repeat(200_000)}.b.c` });
      },
      /too large/,
    ],
    [
      "a page instead of a document",
      (f) => {
        f.answer = () => ({ status: 200, mediaType: "text/html", body: "<!doctype html>" });
      },
      /not a signed token/,
    ],
    [
      "an error instead of a document",
      (f) => {
        f.answer = () => ({ status: 404, mediaType: "", body: "" });
      },
      /answered 404/,
    ],
  ];
  for (const [what, bend, sentence] of refused)
    it(`for ${what}`, async () => {
      const f = await makeFederation(clock);
      const more = bend(f) ?? {};
      await expect(resolved(f, more)).rejects.toThrow(sentence);
    });

  it("once it has ended, though it was good when it came", async () => {
    const f = await makeFederation(clock);
    const documents = await fetchChain(f.federation.trusted, f.federation.reach, now);
    const before = now;
    now = new Date(now.getTime() + 24 * 3_600_000 + 31_000);
    await expect(verifyChain(f.federation.trusted, documents, now)).rejects.toThrow("expired");
    now = before;
  });

  it("never follows an address before it believes who gives it", async () => {
    const f = await makeFederation(clock);
    f.signer.anchor = f.keys.stranger;
    await expect(resolved(f)).rejects.toThrow("not known");
    expect(f.asked).toHaveLength(1);
  });
});
