import { beforeAll, describe, expect, it } from "vitest";
import {
  type IdentityProvider,
  logoutRequest,
  logoutResponse,
  readLogoutRequest,
  type ServiceProvider,
} from "./index.ts";
import { ns } from "./names.ts";
import { encode, makeWorld, now, swap, type World } from "./testing/response-maker.ts";
import { secondOpinion, xmlsecIsHere, xmlsecVerifies } from "./testing/xmlsec.ts";

let world: World;
let us: ServiceProvider;
let provider: IdentityProvider;
/** The provider as if it were a service, so that our builder makes its requests to us. */
let asked: Parameters<typeof logoutRequest>[0];
beforeAll(async () => {
  world = await makeWorld();
  us = world.sp;
  const singleLogout = { post: "https://idp.example.it/slo", redirect: "https://idp.example.it/slo" };
  provider = { ...world.spid, singleLogout };
  asked = {
    sp: { ...us, entityId: provider.entityId, keys: [world.idpKeys] },
    identityProvider: { ...provider, entityId: us.entityId, singleLogout: { post: us.sloUrl, redirect: us.sloUrl } },
    binding: "post",
    now,
    nameId: "_transient1",
    nameQualifier: provider.entityId,
    sessionIndex: "_session1",
    relayState: "wZ3nq8Lr5TbYk2Vd",
  };
}, 60_000);

const read = (arrived: Parameters<typeof readLogoutRequest>[0]["arrived"]) =>
  readLogoutRequest({ arrived, identityProvider: provider, sp: us, now });
const post = (change: Partial<typeof asked> = {}) => logoutRequest({ ...asked, ...change });
const query = (change: Partial<typeof asked> = {}) =>
  logoutRequest({ ...asked, binding: "redirect", ...change }).redirectUrl!.split("?")[1]!;

describe("logout (§1.9)", () => {
  it("a provider's request, by POST and by Redirect", () => {
    const expected = { ok: true, request: { nameId: "_transient1", sessionIndexes: ["_session1"] } };
    expect(read({ binding: "post", message: post().form!.fields.SAMLRequest })).toMatchObject(expected);
    expect(read({ binding: "redirect", query: query() })).toMatchObject(expected);
    expect(read({ binding: "redirect", query: query({ relayState: "" }) })).toMatchObject(expected);
  });

  it("nobody else ends a session", () => {
    const stranger = { sp: { ...asked.sp, keys: [world.strangerKeys] } };
    const changed = swap("_transient1", "_transient2")(post().xml);
    const unsigned = logoutRequest({ ...asked, binding: "redirect" }).xml;
    const refused = [
      read({ binding: "post", message: post(stranger).form!.fields.SAMLRequest }),
      read({ binding: "post", message: encode(changed) }),
      read({ binding: "post", message: encode(unsigned) }),
      read({ binding: "redirect", query: query(stranger) }),
      read({ binding: "redirect", query: query().replace("RelayState=w", "RelayState=x") }),
      read({ binding: "redirect", query: query().replace(/&Signature=.*/, "") }),
      read({ binding: "redirect", query: `${query()}&SAMLRequest=AAAA` }),
      read({ binding: "redirect", query: "%%%" }),
    ];
    for (const verdict of refused) expect(verdict).toMatchObject({ ok: false, problem: "login-response-untrusted" });
  });

  it("old requests, other addressees and other issuers", () => {
    const old = post({ now: new Date(now.getTime() - 600_000) }).form!.fields.SAMLRequest;
    expect(read({ binding: "post", message: old })).toMatchObject({ problem: "login-response-out-of-time" });
    const elsewhere = { ...asked.identityProvider, singleLogout: { post: "https://altro.example.it/slo" } };
    expect(
      read({ binding: "post", message: post({ identityProvider: elsewhere }).form!.fields.SAMLRequest }),
    ).toMatchObject({ problem: "login-response-not-for-us" });
    const other = { ...asked.sp, entityId: "https://altro.example.it" };
    expect(read({ binding: "post", message: post({ sp: other }).form!.fields.SAMLRequest })).toMatchObject({
      problem: "login-response-untrusted",
    });
  });

  it("our answers, whole and partial", () => {
    const answer = {
      sp: us,
      identityProvider: provider,
      binding: "post" as const,
      now,
      inResponseTo: "_r1",
      relayState: "",
    };
    const whole = logoutResponse(answer);
    expect(whole.form?.action).toBe("https://idp.example.it/slo");
    expect(whole.xml).toContain('InResponseTo="_r1"');
    expect(whole.xml).toContain("status:Success");
    expect(logoutResponse({ ...answer, partial: true }).xml).toMatch(/status:Requester.*status:PartialLogout/);
    expect(logoutResponse({ ...answer, binding: "redirect" }).redirectUrl).not.toContain("RelayState");
    expect(() => logoutResponse({ ...answer, identityProvider: world.spid })).toThrow();
  });

  it.skipIf(!xmlsecIsHere)(secondOpinion("the signatures"), () => {
    expect(xmlsecVerifies(post().xml, world.idpKeys.certificatePem, `${ns.protocol}:LogoutRequest`)).toBe(true);
    const answer = logoutResponse({
      sp: us,
      identityProvider: provider,
      binding: "post",
      now,
      inResponseTo: "_r1",
      relayState: "",
    });
    expect(xmlsecVerifies(answer.xml, us.keys[0]!.certificatePem, `${ns.protocol}:LogoutResponse`)).toBe(true);
  });
});
