import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { api } from "@area/api";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { verifyChain } from "../audit/index.ts";
import { readConfig } from "../platform/config.ts";
import { makeServiceProviderKeys } from "../ports/identity/index.ts";
import { ns } from "../ports/identity/names.ts";
import { heldProviders, type ProviderSource, providerSources } from "../ports/identity/providers.ts";
import { type Keys, signXml } from "../ports/identity/testing/response-maker.ts";
import type { Parts } from "../ports/index.ts";
import { makeWorld, type World } from "../testing/world.ts";
import { readCopies, refreshProviders, startProviders } from "./providers.ts";
import { inventedProvider, loginsAt } from "./testing/logins.ts";

/* A federation that publishes its providers, signed, at an address that can be down, slow, cut or false. */
const subject = { commonName: "Prova", organizationName: "Prova", locality: "Roma", ipaCode: "prova" };
let federation: Keys;
let stranger: Keys;
let first: Awaited<ReturnType<typeof inventedProvider>>;
let second: Awaited<ReturnType<typeof inventedProvider>>;
let next: Keys;

type Entry = { entityId: string; keys: Keys[]; address?: string };
const bare = (pem: string) => pem.replace(/-----[A-Z ]+-----|\s/g, "");
const entity = ({ entityId, keys, address = "https://idp.example.it/sso" }: Entry) =>
  `<md:EntityDescriptor entityID="${entityId}" ID="_${Buffer.from(entityId).toString("hex")}"><md:IDPSSODescriptor protocolSupportEnumeration="${ns.protocol}">${keys.map((k) => `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${bare(k.certificatePem)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`).join("")}<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${address}"/></md:IDPSSODescriptor></md:EntityDescriptor>`;
const aggregate = (entries: Entry[], attributes = "") =>
  `<md:EntitiesDescriptor xmlns:md="${ns.metadata}" xmlns:ds="${ns.signature}" ID="_all" ${attributes}>${entries.map(entity).join("")}</md:EntitiesDescriptor>`;
const published = (entries: Entry[], attributes = "", by = federation) =>
  signXml(aggregate(entries, attributes), "EntitiesDescriptor", by);

let answer: (response: ServerResponse) => void;
let asked = 0;
const says = (document: string) => {
  answer = (response) => response.end(document);
};
const isDown = () => {
  answer = (response) => response.destroy();
};
const http = createServer((_, response) => {
  asked++;
  answer(response);
});
let sources: ProviderSource[];
let folder: string;
beforeAll(async () => {
  [federation, stranger, next, first, second] = await Promise.all([
    makeServiceProviderKeys({ ...subject, entityId: "https://registro.example.it" }),
    makeServiceProviderKeys({ ...subject, entityId: "https://registro.example.it" }),
    makeServiceProviderKeys({ ...subject, entityId: "https://idp.example.it" }),
    inventedProvider(),
    inventedProvider("spid", "https://altro.example.it"),
  ]);
  await new Promise<void>((ready) => http.listen(0, "127.0.0.1", ready));
  folder = mkdtempSync(join(tmpdir(), "area-registry-"));
  writeFileSync(join(folder, "federation.pem"), federation.certificatePem);
  sources = providerSources(
    readConfig(
      {
        DATA_DIR: folder,
        IDP_METADATA: `http://127.0.0.1:${(http.address() as AddressInfo).port}/all.xml`,
        IDP_METADATA_CERTS: join(folder, "federation.pem"),
      },
      "development",
    ),
  );
}, 60_000);
afterAll(() => http.close());

let world: World;
let before = 0;
beforeAll(async () => {
  world = await makeWorld({ sources });
});
afterAll(() => world.close());
/** As if nobody had asked yet. The trail cannot be emptied: what is older than the test is not looked at. */
beforeEach(async () => {
  asked = 0;
  says(published([entryOf(first)]));
  world.parts.ports.identityProviders.hold(sources[0]!.name, []);
  await world.settle();
  const [last] = await world.engine.script(
    "delete from identity_provider_copies; delete from findings; select coalesce(max(sequence), 0)::int as n from audit_lines where chain = 'portal'",
  );
  before = Number(last!["n"]);
});
const entryOf = ({ idp, keys }: typeof first, more: Partial<Entry> = {}): Entry => ({
  entityId: idp.entityId,
  keys: [keys],
  ...more,
});
/** Another process of the same portal, or this one after a restart: nothing in memory. */
const another = (given = sources): Parts => ({
  ...world.parts,
  ports: { ...world.parts.ports, identityProviders: heldProviders(given, world.parts.clock) },
});
const namesIn = (parts: Parts) => parts.ports.identityProviders.all().map((p) => p.entityId);
const start = async (parts: Parts) => (await startProviders(parts)).stop();
const refresh = async (hours = 7) => {
  world.pass(hours * 3_600_000);
  await refreshProviders(world.parts);
};
const trail = (): Promise<Record<string, unknown>[]> =>
  world.database.asSystem(async ({ connection }) =>
    (
      await connection.query<{ body: string }>(
        "select body from audit_lines where chain = 'portal' and sequence > $1 and body like '%identity.provider.%' order by sequence",
        [before],
      )
    ).rows.map(({ body }) => {
      const { action, facts } = JSON.parse(body) as { action: string; facts: object };
      return { action: action.replace("identity.provider.", ""), ...facts };
    }),
  );
const copy = () =>
  world.database.asSystem(({ db }) => db.selectFrom("identity_provider_copies").selectAll().executeTakeFirstOrThrow());

describe("the registry of identity providers", () => {
  it("keeps the last good copy over a restart while the source is down, and believes it only after checking it", async () => {
    await start(world.parts);
    expect([asked, namesIn(world.parts)]).toEqual([1, [first.idp.entityId]]);
    isDown();
    const restarted = another();
    await start(restarted);
    expect([asked, namesIn(restarted)]).toEqual([2, [first.idp.entityId]]);
    // What was kept is checked again: a row that somebody changed is not believed.
    await world.database.asSystem(({ connection }) =>
      connection.query(
        "update identity_provider_copies set document = replace(document, '/sso', '/ladro'), digest = 'altro'",
      ),
    );
    const cheated = another();
    await start(cheated);
    expect(namesIn(cheated)).toEqual([]);
  });

  it("is asked at a start all the same, so that nobody meets a key that was rolled meanwhile", async () => {
    await start(world.parts);
    says(published([entryOf(first, { keys: [next] })]));
    const restarted = another();
    await start(restarted);
    expect(restarted.ports.identityProviders.all()[0]!.signingCertificates).toEqual([next.certificatePem]);
    expect((await trail()).map((line) => line["action"])).toEqual(["added", "changed"]);
  });

  it("is never asked on the road of a login", async () => {
    await start(world.parts);
    isDown();
    world.pass(24 * 3_600_000);
    const { response } = await loginsAt(first).started(world);
    expect([response.status, response.headers.get("location")?.startsWith("https://idp.example.it/sso")]).toEqual([
      302,
      true,
    ]);
    expect((await world.fetch("http://portal.test/")).status).toBe(200);
    expect(asked).toBe(1);
  });

  it("is asked when it is due, by the clock, a little earlier each time than six hours", async () => {
    await start(world.parts);
    await refreshProviders(world.parts);
    expect(asked).toBe(1);
    const minutes = ((await copy()).refresh_at.getTime() - world.parts.clock().getTime()) / 60_000;
    expect(minutes).toBeGreaterThan(5.4 * 60);
    expect(minutes).toBeLessThanOrEqual(6 * 60);
    await refresh();
    expect(asked).toBe(2);
  });

  const broken: [string, () => void][] = [
    ["does not answer", isDown],
    ["answers an error", () => (answer = (r) => r.writeHead(500).end())],
    ["redirects without end", () => (answer = (r) => r.writeHead(302, { location: "/again" }).end())],
    [
      "stops half-way through the file",
      () => {
        const document = published([entryOf(first), entryOf(second)]);
        answer = (r) => {
          r.writeHead(200, { "content-length": document.length }).write(document.slice(0, document.length / 2), () =>
            r.destroy(),
          );
        };
      },
    ],
    [
      "gives half the file as if it were whole",
      () => {
        const document = published([entryOf(first), entryOf(second)]);
        says(document.slice(0, document.length / 2));
      },
    ],
    ["gives the file unsigned", () => says(aggregate([entryOf(second)]))],
    ["gives a file signed by somebody else", () => says(published([entryOf(second)], "", stranger))],
    [
      "gives a file changed after the signature",
      () => says(published([entryOf(first)]).replace("https://idp.example.it/sso", "https://ladro.example.it/sso")),
    ],
    ["gives a file that has expired", () => says(published([entryOf(second)], 'validUntil="2020-01-01T00:00:00Z"'))],
    ["gives a file without any provider of use", () => says(published([entryOf(second, { keys: [] })]))],
    ["gives an error page", () => says("<!doctype html><title>502</title>")],
    ["gives more than it may", () => (answer = (r) => r.end("x".repeat(9 * 1024 * 1024)))],
  ];
  it.each(broken)("keeps the last good copy when the source %s", async (_what, breaks) => {
    await start(world.parts);
    const before = await copy();
    breaks();
    await refresh();
    const after = await copy();
    expect(namesIn(world.parts)).toEqual([first.idp.entityId]);
    expect(after).toMatchObject({ document: before.document, digest: before.digest, failures: 1 });
    expect(after.good_at).toEqual(before.good_at);
    expect(after.last_error).not.toBeNull();
    expect((await trail()).map((line) => line["action"])).toEqual(["added"]);
    // It is asked again soon, then ever less often.
    const pauses: number[] = [];
    for (let turn = 0; turn < 8; turn++) {
      const { refresh_at: at } = await copy();
      pauses.push(Math.round((at.getTime() - world.parts.clock().getTime()) / 60_000));
      world.pass(at.getTime() - world.parts.clock().getTime());
      if (turn < 7) await refreshProviders(world.parts);
    }
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 180, 180]);
    says(published([entryOf(first), entryOf(second)]));
    await refreshProviders(world.parts);
    expect(namesIn(world.parts)).toEqual([first.idp.entityId, second.idp.entityId]);
    expect(await copy()).toMatchObject({ failures: 0, last_error: null });
  });

  it("writes in the portal's trail who came, who left, whose key or address is another, and nothing else", async () => {
    await start(world.parts);
    const same = published([entryOf(first)]);
    says(same);
    await refresh();
    says(published([entryOf(first, { keys: [first.keys, next] }), entryOf(second)]));
    await refresh();
    says(published([entryOf(first, { keys: [next] }), entryOf(second, { address: "https://nuovo.example.it/sso" })]));
    await refresh();
    says(published([entryOf(first, { keys: [next] })]));
    await refresh();
    const lines = await trail();
    const hex = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(lines).toMatchObject([
      { action: "added", identityProvider: first.idp.entityId, source: sources[0]!.name, keys: [hex] },
      { action: "added", identityProvider: second.idp.entityId },
      {
        action: "changed",
        identityProvider: first.idp.entityId,
        keysAdded: [hex],
        keysRemoved: [],
        endpointsAdded: [],
      },
      { action: "changed", identityProvider: first.idp.entityId, keysAdded: [], keysRemoved: [hex] },
      {
        action: "changed",
        identityProvider: second.idp.entityId,
        keysAdded: [],
        endpointsAdded: ["sign-on redirect https://nuovo.example.it/sso"],
        endpointsRemoved: ["sign-on redirect https://idp.example.it/sso"],
      },
      { action: "removed", identityProvider: second.idp.entityId },
    ]);
    expect(lines[2]!["keysAdded"]).not.toEqual(lines[0]!["keys"]);
    expect(lines[3]!["keysRemoved"]).toEqual(lines[0]!["keys"]);
    expect((await verifyChain(world.database, "portal")).whole).toBe(true);
  });

  it("lets people in by the old and the new key of a provider that rolls it, and by the old no more once it is gone", async () => {
    await start(world.parts);
    const login = loginsAt(first);
    const by = async (keys: Keys) => {
      const to = await login.started(world);
      return (await login.brought(world, login.answered(world, to, { keys }), to)).status;
    };
    expect([await by(first.keys), await by(next)]).toEqual([303, 403]);
    says(published([entryOf(first, { keys: [first.keys, next] })]));
    await refresh();
    expect([await by(first.keys), await by(next)]).toEqual([303, 303]);
    says(published([entryOf(first, { keys: [next] })]));
    await refresh();
    expect([await by(first.keys), await by(next)]).toEqual([403, 303]);
  });

  it("believes a copy until its own end and no longer, however long the source is down", async () => {
    const until = new Date(world.parts.clock().getTime() + 3_600_000).toISOString().replace(/\.\d+/, "");
    says(published([entryOf(first)], `validUntil="${until}"`));
    await start(world.parts);
    isDown();
    world.pass(59 * 60_000);
    expect((await loginsAt(first).started(world)).response.status).toBe(302);
    world.pass(2 * 60_000);
    const login = `http://portal.test/spid/login?idp=${encodeURIComponent(first.idp.entityId)}`;
    expect((await world.fetch(login)).status).toBe(404);
    const restarted = another();
    await start(restarted);
    expect(namesIn(restarted)).toEqual([]);
  });

  it("tells every process what one of them learned, and writes it once when two ask at the same moment", async () => {
    await start(world.parts);
    const other = another();
    await start(other);
    says(published([entryOf(first), entryOf(second)]));
    world.pass(7 * 3_600_000);
    await Promise.all([refreshProviders(world.parts), refreshProviders(another())]);
    expect(namesIn(other)).toEqual([first.idp.entityId]);
    await readCopies(other);
    expect(namesIn(other)).toEqual([first.idp.entityId, second.idp.entityId]);
    expect((await trail()).map((line) => line["identityProvider"])).toEqual([first.idp.entityId, second.idp.entityId]);
  });

  it("forgets whom a source brought when the settings name it no more, and says so", async () => {
    await start(world.parts);
    await start(another([]));
    expect((await trail()).map((line) => line["action"])).toEqual(["added", "removed"]);
    expect(await readCopies(another())).toHaveLength(1);
  });
});

describe("when no good copy came for two days", () => {
  const open = async () => {
    await world.settle();
    const { call } = await world.staff(["assistenza"]);
    return (await call(api.findings.ofStaff, { query: { limit: 20 } })).items;
  };

  it("the staff are told once, with the source, and told no more when one comes", async () => {
    await start(world.parts);
    isDown();
    for (let hours = 0; hours < 46; hours += 23) await refresh(23);
    expect(await open()).toEqual([]);
    await refresh(3);
    await refresh(3);
    const [finding, ...others] = await open();
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      kind: "identity-metadata-stale",
      severity: "critical",
      institution: null,
      facts: { source: sources[0]!.name, goodAt: (await copy()).good_at!.toISOString() },
    });
    says(published([entryOf(first)]));
    await refresh();
    expect(await open()).toEqual([]);
    // Down again, and told again.
    isDown();
    await refresh(60);
    expect(await open()).toHaveLength(1);
  });

  it("also of a source that never gave anything", async () => {
    isDown();
    await start(world.parts);
    await refresh(49);
    expect(await open()).toMatchObject([{ kind: "identity-metadata-stale", facts: { source: sources[0]!.name } }]);
    await start(another([]));
    expect(await open()).toEqual([]);
  });
});
