import { createHash } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { api } from "@area/api";
import {
  type ListedService,
  type ListToWrite,
  openTestAuthority,
  type Signer,
  signCades,
  type TestAuthority,
  timestamper,
  writeTrustedList,
} from "@area/dev-signing-desk/src/index.ts";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { look, readTrustedList, signatureChecker } from "../ports/signature/index.ts";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, type World } from "../testing/world.ts";
import { refreshTrustedLists, trustNow } from "./index.ts";

/* From lists fetched over the net to the verdict on a signature; and what happens when the net brings something else. */
const day = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * day);
const mayor = { givenName: "Ada", familyName: "Abete", fiscalCode: "BTADAA80A41H501X" };
const agreement = Buffer.from("%PDF-1.7\n% un accordo\n%%EOF\n");

let world: World;
let authority: TestAuthority;
let european: Signer;
let italian: Signer;
let french: Signer;
/** What stands at each address. */
const net = new Map<string, string>();
let pinned: Uint8Array[];

beforeAll(async () => {
  authority = await openTestAuthority(await mkdtemp(join(tmpdir(), "trust-")));
  [european, italian, french] = (await Promise.all(
    ["Europa", "Italia", "Francia"].map((givenName) =>
      authority.issue({ givenName, familyName: "Gestore", fiscalCode: "", serialNumber: null, key: "ec" }),
    ),
  )) as [Signer, Signer, Signer];
  pinned = [european.certificate];
  world = await makeWorld({
    env: {
      LOTL_URL: "https://lists.example/lotl.xml",
      LOTL_CERTIFICATES_FILE: "pinned.pem",
      STAFF_ALERT_EMAIL: "turno@societa.example",
    },
    trustedLists: {
      fetch: async (address) => net.get(address) ?? Promise.reject(new Error("status 404")),
      read: async (xml, signers, now) => readTrustedList(xml, signers, now),
      signers: () => pinned,
    },
  });
});
afterAll(() => world.close());

let number = 1;
const service = (more: Partial<ListedService> = {}): ListedService => ({
  name: "Firme di prova",
  certificate: authority.issuer.certificate,
  statuses: [{ status: "granted", since: ago(2_500) }],
  ...more,
});
const publish = (italy: Partial<ListToWrite> = {}, by = italian, europe: Partial<ListToWrite> = {}) => {
  net.set(
    "https://lists.example/lotl.xml",
    writeTrustedList(
      {
        type: "EUlistofthelists",
        territory: "EU",
        sequence: number,
        pointers: [
          { address: "https://it.example/tsl.xml", territory: "IT", signers: [italian.certificate] },
          { address: "https://fr.example/tsl.xml", territory: "FR", signers: [french.certificate] },
        ],
        ...europe,
      },
      european,
    ),
  );
  net.set(
    "https://it.example/tsl.xml",
    writeTrustedList({ type: "EUgeneric", territory: "IT", sequence: number, services: [service()], ...italy }, by),
  );
  net.set(
    "https://fr.example/tsl.xml",
    writeTrustedList({ type: "EUgeneric", territory: "FR", sequence: number }, french),
  );
  number++;
};
const outcomes = async () =>
  Object.fromEntries((await refreshTrustedLists(world.parts)).lists.map((one) => [one.territory, one.outcome]));
const factsOf = async (type: string): Promise<unknown[]> =>
  (
    await world.database.asSystem(({ connection }) =>
      connection.query<{ payload: unknown }>("select payload from events where type = $1 order by id", [type]),
    )
  ).rows.map(({ payload }) => payload);

const verdictOn = async (file: Uint8Array, now = new Date()): Promise<string> => {
  const checker = signatureChecker({
    look,
    trust: trustNow(world.parts, () => ""),
    statuses: { of: async () => ({ state: "good" }) },
  });
  const { accepted, checks, signers } = await checker.check({
    file,
    issued: {
      bytes: agreement,
      sha256: createHash("sha256").update(agreement).digest("hex"),
      length: agreement.length,
    },
    expectedSigner: { fiscalCode: mayor.fiscalCode },
    now,
  });
  return accepted ? `accepted: ${signers[0]?.service}` : checks.flatMap(({ problem }) => problem ?? []).join(", ");
};
const signed = async (more: object = {}) =>
  signCades(agreement, await authority.issue({ ...mayor, key: "ec", ...more }));

beforeEach(async () => {
  publish();
  await refreshTrustedLists(world.parts);
});

it("keeps every list that can be verified, and says so once", async () => {
  const before = (await factsOf("trust.list.changed")).length;
  publish();
  expect(await outcomes()).toEqual({ EU: "new", IT: "new", FR: "new" });
  expect(await outcomes()).toEqual({ EU: "same", IT: "same", FR: "same" });
  expect((await factsOf("trust.list.changed")).length - before).toBe(3);
});

it("believes a signature by what the lists say on the day", async () => {
  const file = await signed();
  expect(await verdictOn(file)).toBe("accepted: Firme di prova");
  // Withdrawn this morning: what is signed now no longer counts…
  publish({
    services: [
      service({
        statuses: [
          { status: "withdrawn", since: ago(0.5) },
          { status: "granted", since: ago(2_500) },
        ],
      }),
    ],
  });
  await refreshTrustedLists(world.parts);
  expect(await verdictOn(file)).toBe("signer-certificate-untrusted");
  // …and what a time stamp proves of yesterday still does.
  publish({
    services: [
      service({
        statuses: [
          { status: "withdrawn", since: ago(0.5) },
          { status: "granted", since: ago(2_500) },
        ],
      }),
      service({ kind: "TSA/QTST", name: "Marche di prova" }),
    ],
  });
  await refreshTrustedLists(world.parts);
  const signer = await authority.issue({ ...mayor, key: "ec", notBefore: ago(20) });
  const { stamp } = await timestamper(authority, () => ago(1));
  expect(await verdictOn(signCades(agreement, signer, { signingTime: ago(1), timestamp: stamp }))).toBe(
    "accepted: Firme di prova",
  );
});

it("asks for a qualified certificate, of a service for signatures", async () => {
  expect(await verdictOn(await signed({ qualified: "no" }))).toBe("signer-certificate-not-qualified");
  expect(await verdictOn(await signed({ qualified: "seal" }))).toBe("signer-certificate-not-qualified");
  publish({ services: [service({ serves: ["ForeSeals"] })] });
  await refreshTrustedLists(world.parts);
  expect(await verdictOn(await signed())).toBe("signer-certificate-not-qualified");
  publish({ services: [] });
  await refreshTrustedLists(world.parts);
  expect(await verdictOn(await signed())).toBe("signer-certificate-untrusted");
});

it("keeps the last good copy of what is down, forged, half there, or signed by another", async () => {
  const file = await signed();
  const failures = (await factsOf("trust.list.failed")).length;
  const whole = net.get("https://it.example/tsl.xml")!;
  const brought: [string, string | null][] = [
    ["down", null],
    ["half", whole.slice(0, whole.length / 2)],
    ["forged", whole.replace("Svcstatus/granted", "Svcstatus/withdrawn")],
    ["of another state", net.get("https://fr.example/tsl.xml")!],
    ["signed by another", writeTrustedList({ type: "EUgeneric", territory: "IT", sequence: 9_999 }, french)],
    [
      "of a state that is not Italy, rightly signed",
      writeTrustedList({ type: "EUgeneric", territory: "SI", sequence: 9_999 }, italian),
    ],
    ["an old one sent again", writeTrustedList({ type: "EUgeneric", territory: "IT", sequence: 1 }, italian)],
  ];
  for (const [what, xml] of brought) {
    if (xml === null) net.delete("https://it.example/tsl.xml");
    else net.set("https://it.example/tsl.xml", xml);
    expect((await outcomes())["IT"], what).toBe("kept");
    expect(await verdictOn(file), what).toBe("accepted: Firme di prova");
  }
  // Told once, however often it is looked at.
  expect((await factsOf("trust.list.failed")).length - failures).toBe(1);
  publish();
  expect(await outcomes()).toMatchObject({ IT: "new" });
});

it("tells the staff, in their findings and by mail once, when a list cannot be renewed; and closes it when it can", async () => {
  publish();
  await refreshTrustedLists(world.parts);
  await world.settle();
  const staff = await world.staff(["revisori"]);
  const open = async () =>
    (await staff.call(api.findings.ofStaff, { query: {} })).items.filter((f) => f.kind === "trusted-list-stale");
  const mails = () => world.sent.filter((m) => m.to === "turno@societa.example").length;
  expect(await open()).toEqual([]);
  const before = mails();
  net.delete("https://it.example/tsl.xml");
  for (let look = 0; look < 3; look++) {
    await refreshTrustedLists(world.parts);
    await world.settle();
  }
  expect(await open()).toMatchObject([{ facts: { territory: "IT", problem: "status 404" }, severity: "critical" }]);
  expect(mails() - before).toBe(1);
  expect(world.sent.at(-1)).toMatchObject({ kind: "mail", subject: "L’elenco di fiducia IT non si rinnova" });
  publish();
  await refreshTrustedLists(world.parts);
  await world.settle();
  expect(await open()).toEqual([]);
});

it("reads no list of a state while the list of lists cannot be believed", async () => {
  pinned = [french.certificate];
  publish({ services: [] });
  expect(await outcomes()).toEqual({ EU: "kept" });
  pinned = [european.certificate];
  expect(await verdictOn(await signed())).toBe("accepted: Firme di prova");
});

it("shows the staff where each list stands", async () => {
  net.delete("https://fr.example/tsl.xml");
  await refreshTrustedLists(world.parts);
  const { call } = await world.staff(["assistenza"]);
  const { configured, items } = await call(api.trust.lists, {});
  expect(configured).toBe(true);
  expect(items.map(({ territory, services, problem }) => [territory, services, problem])).toEqual([
    ["EU", 0, null],
    ["FR", 0, "status 404"],
    ["IT", 1, null],
  ]);
  const person = await world.person();
  expect(await codeOf(person.call(api.trust.lists, {}))).toBe("session-missing");
});
