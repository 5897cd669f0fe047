import { spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTestAuthority } from "@area/dev-signing-desk/src/index.ts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startIdp } from "../../dev/idp/src/index.ts";
import { makeKey } from "../../dev/idp/src/keys.ts";
import { makeServiceProviderKeys } from "./ports/identity/index.ts";
import { ns } from "./ports/identity/names.ts";
import { type Keys, signXml } from "./ports/identity/testing/response-maker.ts";
import { root } from "./testing/world.ts";

/*
 * `area-server serve`, really started, in strict mode: with everything said it serves, and with any one thing that only
 * development may use it says which, and ends with 1. Only the network is played (testing/played-network.mjs).
 */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), "area-strict-"));
const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const registry = "https://registro.federazione.example/idp.xml";
const federationOf = "https://cie.federazione.example";

/** For starts that get as far as the database: made once, and never given a copy to keep. */
const migrated = mkdtempSync(join(folder, "migrated-"));

let network = new Map<string, string>();
const http = createServer((request, response) => {
  const body = network.get(request.url ?? "");
  if (body === undefined) response.destroy();
  else response.end(body);
});
const publishes = (document: string) => {
  network = new Map([["/registro.federazione.example/idp.xml", document]]);
};

const bare = (pem: string) => pem.replace(/-----[A-Z ]+-----|\s/g, "");
const unsigned = (entityId: string, certificate: string, address = "https://idp.federazione.example/sso") =>
  `<md:EntitiesDescriptor xmlns:md="${ns.metadata}" xmlns:ds="${ns.signature}" ID="_all"><md:EntityDescriptor entityID="${entityId}" ID="_one"><md:IDPSSODescriptor protocolSupportEnumeration="${ns.protocol}"><md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${bare(certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${address}"/></md:IDPSSODescriptor></md:EntityDescriptor></md:EntitiesDescriptor>`;
const signed = (document: string, by: Keys) => signXml(document, "EntitiesDescriptor", by);

let whole: Record<string, string>;
let federation: Keys;
let idp: Keys;
let development: { privateKeyPem: string; certificatePem: string };
let entry = "";
/** Settings of each refusal that need something made first. */
const made: Record<string, string> = {};

beforeAll(async () => {
  const { buildWhatChanged } = (await import("../../tools/build.mjs" as string)) as {
    buildWhatChanged(options: { only: string[] }): Promise<void>;
  };
  await buildWhatChanged({ only: ["server"] });
  await new Promise<void>((ready) => http.listen(0, "127.0.0.1", ready));
  const subject = { commonName: "Prova", organizationName: "Prova", locality: "Roma", ipaCode: "prova" };
  const keysFor = (entityId: string) => makeServiceProviderKeys({ ...subject, entityId });
  const [own, ofDevelopment, dev] = await Promise.all([
    keysFor("https://area.federazione.example"),
    keysFor("http://localhost:3000"),
    makeKey(),
  ]);
  [federation, idp] = await Promise.all([keysFor(registry), keysFor("https://idp.federazione.example")]);
  development = { privateKeyPem: dev.privateKey, certificatePem: dev.certificate };
  entry = unsigned("https://idp.federazione.example", idp.certificatePem);
  const desk = await openTestAuthority(join(folder, "desk"));
  made["desk"] = file("desk.pem", desk.trustListPem());
  made["devPin"] = file("dev-pin.pem", development.certificatePem);
  made["devKey"] = file("dev-key.pem", ofDevelopment.privateKeyPem);
  made["devCertificate"] = file("dev-certificate.pem", ofDevelopment.certificatePem);
  const jwk = (kid: string) => ({ kty: "EC", crv: "P-256", x: "a".repeat(43), y: "b".repeat(43), kid, use: "sig" });
  made["devAnchor"] = file("dev-anchor.json", JSON.stringify({ keys: [jwk("dev-1")] }));
  made["noAnchor"] = file("no-anchor.json", JSON.stringify({ keys: [] }));
  made["anchor"] = file("anchor.json", JSON.stringify({ keys: [jwk("a-1")] }));
  made["noMarks"] = file("no-marks.json", "[]");
  const { keysInFolder } = await import("./ports/identity/federation/index.ts");
  await keysInFolder(join(folder, "cie"), "make");
  whole = {
    PUBLIC_URL: "https://area.federazione.example",
    EMBEDDED_DATABASE_ACKNOWLEDGED: "true",
    DATA_KEY: Buffer.alloc(32, 7).toString("base64"),
    IDP_METADATA: registry,
    IDP_METADATA_CERTS: file("federation.pem", federation.certificatePem),
    SPID_KEY_FILE: file("key.pem", own.privateKeyPem),
    SPID_CERTIFICATE_FILE: file("certificate.pem", own.certificatePem),
    TRUST_LIST_FILE: file("trust.pem", federation.certificatePem),
    SMTP_URL: "smtp://127.0.0.1:9",
    LOG_LEVEL: "silent",
    HOST: "127.0.0.1",
    PORT: "0",
  };
});
afterAll(() => http.close());

type Started = { ready: boolean; code: number | null; said: string };
/** Starts the server with these settings and nothing else of this process's; ends it once it is ready. */
const start = (change: Record<string, string | undefined>, dataDir = mkdtempSync(join(folder, "data-"))) =>
  new Promise<Started>((done) => {
    const { PATH } = process.env;
    const env = { PATH, ...whole, DATA_DIR: dataDir, PLAYED_NETWORK: `http://127.0.0.1:${port()}`, ...change };
    const args = [
      "--import",
      join(root, "server/src/testing/played-network.mjs"),
      join(root, "server/dist/area-server.js"),
      "serve",
    ];
    const child = spawn(process.execPath, args, { env: env as NodeJS.ProcessEnv, stdio: ["ignore", "pipe", "pipe"] });
    let [ready, said] = [false, ""];
    child.stdout.on("data", (chunk) => {
      if (!String(chunk).includes('"ready":true')) return;
      ready = true;
      child.kill("SIGTERM");
    });
    child.stderr.on("data", (chunk) => (said += String(chunk)));
    child.on("close", (code) => done({ ready, code, said }));
  });
const port = () => (http.address() as AddressInfo).port;

describe("in strict mode the server", () => {
  it("starts with everything said, and again from its last good copy while the federation is down", async () => {
    const dataDir = mkdtempSync(join(folder, "kept-"));
    publishes(signed(entry, federation));
    expect(await start({}, dataDir)).toEqual({ ready: true, code: 0, said: "" });
    network.clear();
    expect(await start({}, dataDir)).toEqual({ ready: true, code: 0, said: "" });
    // Another federation's certificate is pinned now: the copy counts for nothing.
    const other = await start({ IDP_METADATA_CERTS: file("idp.pem", idp.certificatePem) }, dataDir);
    expect(other).toMatchObject({ ready: false, code: 1 });
  });

  const refusals: [string, () => Record<string, string | undefined>, RegExp][] = [
    ["no address", () => ({ PUBLIC_URL: undefined }), /^PUBLIC_URL is missing/],
    ["plain http", () => ({ PUBLIC_URL: "http://area.example" }), /^PUBLIC_URL must be https/],
    ["the embedded database unacknowledged", () => ({ EMBEDDED_DATABASE_ACKNOWLEDGED: undefined }), /power cut/],
    ["no key for the data", () => ({ DATA_KEY: undefined }), /^DATA_KEY is missing/],
    ["a key for the data that is none", () => ({ DATA_KEY: "dev" }), /^DATA_KEY must be 32 bytes/],
    ["keys made for development: none of its own", () => ({ SPID_KEY_FILE: undefined }), /development keys are for/],
    [
      "keys made for development: those of npm start",
      () => ({ SPID_KEY_FILE: made["devKey"], SPID_CERTIFICATE_FILE: made["devCertificate"] }),
      /does not follow the federation's profile \(avviso 29\): the subject's uri must be the entityID/,
    ],
    ["half of the next key", () => ({ SPID_NEXT_KEY_FILE: "next.pem" }), /^SPID_NEXT_KEY_FILE and SPID_NEXT/],
    ["a key that cannot be read", () => ({ SPID_KEY_FILE: "nowhere.pem" }), /^SPID_KEY_FILE and .* cannot be read/],
    ["no identity providers", () => ({ IDP_METADATA: undefined }), /^IDP_METADATA is missing/],
    ["metadata unpinned", () => ({ IDP_METADATA_CERTS: undefined }), /^IDP_METADATA_CERTS is missing/],
    ["a pin that is no certificate", () => ({ IDP_METADATA_CERTS: "nowhere.pem" }), /nowhere\.pem cannot be read/],
    [
      "the pin of the development provider",
      () => ({ IDP_METADATA_CERTS: made["devPin"] }),
      /^IDP_METADATA_CERTS: this is the certificate of the development provider/,
    ],
    ["metadata over plain http", () => ({ IDP_METADATA: registry.replace("https", "http") }), /plain http is for dev/],
    [
      "CIE's metadata over plain http",
      () => ({ IDP_METADATA: `cie=${registry.replace("https", "http")}` }),
      /plain http is for development only/,
    ],
    ...[
      "https://localhost/metadata",
      "https://127.0.0.1:8443/metadata",
      "https://[::1]/metadata",
      "https://10.1.2.3/metadata",
      "https://192.168.0.9/metadata",
      "https://169.254.169.254/metadata",
      "https://idp.test/metadata",
      "https://idp.internal/metadata",
      "/etc/idp/metadata.xml",
      "file:///etc/idp/metadata.xml",
    ].map((address): [string, () => Record<string, string>, RegExp] => [
      `metadata from ${address}`,
      () => ({ IDP_METADATA: address }),
      /is not https on a public host: files, plain http and private addresses are for development only/,
    ]),
    ["metadata of development", () => ({ DEV_IDP_METADATA: registry }), /^DEV_IDP_METADATA is for development only/],
    ["helpers of development", () => ({ DEV_LINKS: "{}" }), /^DEV_LINKS is for development only/],
    ["no trust list", () => ({ TRUST_LIST_FILE: undefined }), /^LOTL_URL and TRUST_LIST_FILE are missing/],
    ["a trust list that is none", () => ({ TRUST_LIST_FILE: "nowhere.pem" }), /^TRUST_LIST_FILE cannot be used/],
    [
      "the development desk's trust list",
      () => ({ TRUST_LIST_FILE: made["desk"] }),
      /authority of the development desk/,
    ],
    [
      "the trusted lists over plain http",
      () => ({ LOTL_URL: "http://ec.example/lotl.xml", LOTL_CERTIFICATES_FILE: made["devPin"] }),
      /^LOTL_URL must be https/,
    ],
    ["no mail server", () => ({ SMTP_URL: undefined }), /^SMTP_URL is missing/],
    ["a business register over plain http", () => ({ BUSINESS_REGISTER_URL: "http://r.example" }), /must be https/],
    [
      "the staff's provider over plain http",
      () => ({ STAFF_ISSUER: "http://s.example", STAFF_CLIENT_ID: "a", STAFF_CLIENT_SECRET: "b" }),
      /^STAFF_ISSUER must be https/,
    ],
  ];
  it.each(refusals)("refuses to boot with %s, and says so", async (_what, change, sentence) => {
    publishes(signed(entry, federation));
    const { ready, code, said } = await start(change());
    expect({ ready, code }).toEqual({ ready: false, code: 1 });
    expect(said).toMatch(sentence);
    // A sentence, not a stack.
    expect(said.trim().split("\n").length).toBe(1);
  });

  const documents: [string, () => string | undefined, RegExp][] = [
    ["unsigned", () => entry, /metadata is not signed/],
    ["signed by another than the pinned", () => signed(entry, idp), /metadata signature refused/],
    ["changed after the signature", () => signed(entry, federation).replace("/sso", "/ssp"), /signature refused/],
    ["that nobody gives", () => undefined, /registro\.federazione\.example\/idp\.xml: /],
    [
      "of the development provider",
      () => signed(unsigned("http://localhost:8090/spid", idp.certificatePem), federation),
      /http:\/\/localhost:8090\/spid is the name of a provider for development/,
    ],
    [
      "whose provider answers inside",
      () => signed(unsigned("https://idp.example", idp.certificatePem, "https://127.0.0.1/sso"), federation),
      /https:\/\/127\.0\.0\.1\/sso, which is not https on a public host/,
    ],
    ...[
      "https://validator.spid.gov.it",
      "https://demo.spid.gov.it",
      "https://preproduzione.idserver.servizicie.interno.gov.it/idp/profile/SAML2/POST/SSO",
      "https://collaudo.idserver.servizicie.interno.gov.it/idp/profile/SAML2/POST/SSO",
    ].map((entityId): [string, () => string, RegExp] => [
      `of ${new URL(entityId).host}`,
      () => signed(unsigned(entityId, idp.certificatePem), federation),
      /is a test provider/,
    ]),
    [
      "whose provider signs with a development key",
      () => signed(unsigned("https://idp.example", development.certificatePem), federation),
      /https:\/\/idp\.example signs with a development key/,
    ],
  ];
  it.each(documents)("refuses to boot with metadata %s, and says so", async (_what, document, sentence) => {
    network.clear();
    const text = document();
    if (text !== undefined) publishes(text);
    const { ready, code, said } = await start({}, migrated);
    expect({ ready, code }).toEqual({ ready: false, code: 1 });
    expect(said).toMatch(/^No metadata of identity providers to be believed/);
    expect(said).toMatch(sentence);
  });

  it("refuses to boot with the very metadata that the development provider publishes, its own certificate pinned or not", async () => {
    const dataDir = mkdtempSync(join(folder, "idp-"));
    const played = await startIdp({
      port: 0,
      dataDir,
      peopleFile: join(root, "demo/people.json"),
      serviceProviders: [],
    });
    try {
      publishes(await (await fetch(played.metadataUrl)).text());
    } finally {
      await played.close();
    }
    expect((await start({}, migrated)).said).toMatch(/metadata signature refused/);
    const [, certificate] = /<ds:X509Certificate>([^<]+)/.exec([...network.values()][0]!)!;
    const pem = file("played.pem", new X509Certificate(Buffer.from(certificate!, "base64")).toString());
    expect((await start({ IDP_METADATA_CERTS: pem })).said).toMatch(/certificate of the development provider/);
  });

  const cie = (change: Record<string, string | undefined>) => ({
    CIE_OIDC_PROVIDER: `${federationOf}/oidc`,
    CIE_OIDC_TRUST_ANCHOR: "https://anchor.federazione.example",
    CIE_OIDC_TRUST_ANCHOR_KEYS: made["anchor"],
    CIE_OIDC_FEDERATION_KEYS: join(folder, "cie/federation.jwks.json"),
    CIE_OIDC_CORE_KEYS: join(folder, "cie/core.jwks.json"),
    CIE_OIDC_TRUST_MARKS: made["noMarks"],
    ...change,
  });
  const openId: [string, Record<string, string | undefined> | (() => Record<string, string | undefined>), RegExp][] = [
    ["a provider over plain http", { CIE_OIDC_PROVIDER: "http://cie.example" }, /^CIE_OIDC_PROVIDER must be https/],
    ["the development provider", { CIE_OIDC_PROVIDER: "https://localhost:8090/cie-oidc" }, /is a test federation/],
    [
      "the proof environment's anchor",
      { CIE_OIDC_TRUST_ANCHOR: "https://preproduzione.oidc.registry.servizicie.interno.gov.it" },
      /is a test federation/,
    ],
    ["an anchor without keys", { CIE_OIDC_TRUST_ANCHOR_KEYS: undefined }, /^CIE_OIDC_TRUST_ANCHOR_KEYS is missing/],
    ["an anchor whose file holds none", () => ({ CIE_OIDC_TRUST_ANCHOR_KEYS: made["noAnchor"] }), /unpinned anchor/],
    ["the development anchor", () => ({ CIE_OIDC_TRUST_ANCHOR_KEYS: made["devAnchor"] }), /the development anchor/],
    ["development keys", { CIE_OIDC_CORE_KEYS: undefined }, /development keys are for development only/],
    ["no trust marks", { CIE_OIDC_TRUST_MARKS: undefined }, /^CIE_OIDC_TRUST_MARKS is missing/],
    ["a file without trust marks", {}, /^CIE_OIDC_TRUST_MARKS holds no trust mark/],
  ];
  it.each(openId)("refuses to boot with CIE by OpenID and %s, and says so", async (_what, change, sentence) => {
    publishes(signed(entry, federation));
    const { ready, code, said } = await start(cie(typeof change === "function" ? change() : change));
    expect({ ready, code }).toEqual({ ready: false, code: 1 });
    expect(said).toMatch(sentence);
  });
});
