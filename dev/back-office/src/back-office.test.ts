import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningBackOffice, startBackOffice } from "./index.ts";

const ISSUER = "https://portale.example";
const { privateKey, publicKey } = await generateKeyPair("RS256");
const stranger = await generateKeyPair("RS256");
const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "k", alg: "RS256", use: "sig" }] });
const published = createServer((_request, response) => {
  response.setHeader("content-type", "application/json");
  response.end(jwks);
});
let office: RunningBackOffice;
beforeAll(async () => {
  await new Promise<void>((listening) => published.listen(0, "127.0.0.1", listening));
  office = await startBackOffice({
    port: 0,
    issuer: ISSUER,
    keys: `http://127.0.0.1:${(published.address() as AddressInfo).port}/`,
    audiences: ["qui"],
  });
});
afterAll(async () => {
  await office.close();
  published.close();
});

const token = ({
  audience = "qui",
  issuer = ISSUER,
  seconds = 120,
  key = privateKey,
  jti = crypto.randomUUID(),
} = {}) =>
  new SignJWT({
    name: "Giulia",
    family_name: "Ferri",
    organization: { name: "Comune <di Prova>", roles: [{ role: "admin" }] },
  })
    .setProtectedHeader({ alg: "RS256", kid: "k" })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject("p")
    .setJti(jti)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .sign(key);
const enter = async (what: string) => {
  const answer = await fetch(`http://127.0.0.1:${office.port}/accesso`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ token: what }),
  });
  return { status: answer.status, text: await answer.text() };
};

it("lets in whoever brings a token made for it, once, and says who they are", async () => {
  const good = await token();
  const first = await enter(good);
  expect(first.status).toBe(200);
  expect(first.text).toContain("Giulia Ferri");
  expect(first.text).toContain("Comune &#60;di Prova&#62;");
  const again = await enter(good);
  expect([again.status, again.text.includes("già stato usato")]).toEqual([403, true]);
});

it("lets in nobody else: for another, of another, too late, signed by a stranger, not signed, not a token", async () => {
  const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from('{"aud":"qui"}').toString("base64url")}.`;
  for (const wrong of [
    await token({ audience: "altrove" }),
    await token({ issuer: "https://altro.example" }),
    await token({ seconds: -10 }),
    await token({ key: stranger.privateKey }),
    unsigned,
    "",
  ])
    expect((await enter(wrong)).status).toBe(403);
});
