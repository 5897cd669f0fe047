import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ListedService,
  type ListToWrite,
  openTestAuthority,
  type Signer,
  type TestAuthority,
  writeTrustedList,
} from "@area/dev-signing-desk/src/index.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readTrustedList } from "./read-list.ts";
import type { ListFailure } from "./verify-list.ts";

const operator = { givenName: "Gestore", familyName: "di Elenchi", fiscalCode: "GSTLNC80A01H501U" };
const day = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * day);

let dir: string;
let authority: TestAuthority;
let signer: Signer;
let other: Signer;
let service: ListedService;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "lists-"));
  authority = await openTestAuthority(join(dir, "authority"));
  signer = await authority.issue({ ...operator, key: "rsa" });
  other = await authority.issue({ ...operator, key: "ec" });
  service = {
    name: "Firme di prova",
    certificate: authority.issuer.certificate,
    statuses: [
      { status: "withdrawn", since: ago(10) },
      { status: "granted", since: ago(3_000) },
      { status: "undersupervision", since: ago(6_000) },
    ],
  };
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const written = (more: Partial<ListToWrite> = {}, by = signer): string =>
  writeTrustedList({ type: "EUgeneric", territory: "IT", services: [service], ...more }, by);
const read = (xml: string, signers = [signer.certificate]) => readTrustedList(xml, signers, new Date());
const whyOf = (xml: string, signers?: Uint8Array[]): ListFailure | "read" => {
  try {
    read(xml, signers);
    return "read";
  } catch (problem) {
    return (problem as { why: ListFailure }).why;
  }
};

test.each(["rsa", "ec"] as const)(
  "xmlsec1 accepts our lists signed with %s, so they are what they claim to be",
  async (key) => {
    const by = key === "rsa" ? signer : other;
    await writeFile(join(dir, "list.xml"), written({}, by));
    await writeFile(join(dir, "signer.pem"), by.certificatePem);
    const told = execFileSync(
      "xmlsec1",
      [
        "--verify",
        "--pubkey-cert-pem",
        "signer.pem",
        "--id-attr:Id",
        "http://uri.etsi.org/01903/v1.3.2#:SignedProperties",
        "--enabled-key-data",
        "rsa,ecdsa,key-name",
        "list.xml",
      ],
      { cwd: dir, stdio: ["ignore", "pipe", "pipe"] },
    );
    expect(told.toString()).toBe("");
  },
);

test("a list of a state: who it is, its services, and what each was from when to when", () => {
  const list = read(written({ sequence: 42 }));
  expect(list).toMatchObject({ territory: "IT", sequence: 42, pointers: [] });
  expect(list.nextUpdate!.getTime()).toBeGreaterThan(Date.now());
  expect(list.services).toHaveLength(1);
  const [one] = list.services;
  expect(one).toMatchObject({ kind: "certificates", provider: "DEV Firma di prova", name: "Firme di prova" });
  expect(Buffer.from(one!.certificate).equals(authority.issuer.certificate)).toBe(true);
  expect(one!.periods.map(({ granted, to }) => [granted, to === null])).toEqual([
    [false, true],
    [true, false],
    [true, false],
  ]);
  expect(one!.periods[1]!.to).toBe(one!.periods[0]!.from);
});

test("the list of lists: where the others are, and who signs them; neither itself nor those for people", () => {
  const list = read(
    written({
      type: "EUlistofthelists",
      territory: "EU",
      services: [],
      pointers: [{ address: "https://it.example/tsl.xml", territory: "IT", signers: [other.certificate] }],
    }),
  );
  expect(list.pointers).toHaveLength(1);
  expect(list.pointers[0]).toMatchObject({ address: "https://it.example/tsl.xml", territory: "IT" });
  expect(Buffer.from(list.pointers[0]!.signers[0]!).equals(other.certificate)).toBe(true);
});

test("services of other kinds are passed over; seals are told from signatures; qualifiers and their criteria are read", () => {
  const qualifications =
    '<Extension Critical="true"><ecc:Qualifications xmlns:ecc="http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#"><ecc:QualificationElement><ecc:Qualifiers><ecc:Qualifier uri="http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/NotQualified"></ecc:Qualifier></ecc:Qualifiers><ecc:CriteriaList assert="atLeastOne"><ecc:KeyUsage><ecc:KeyUsageBit name="nonRepudiation">false</ecc:KeyUsageBit></ecc:KeyUsage><ecc:PolicySet><ecc:PolicyIdentifier><xad:Identifier xmlns:xad="http://uri.etsi.org/01903/v1.3.2#">urn:oid:1.2.3.4</xad:Identifier></ecc:PolicyIdentifier></ecc:PolicySet></ecc:CriteriaList></ecc:QualificationElement></ecc:Qualifications></Extension>';
  const { services } = read(
    written({
      services: [
        { ...service, kind: "CA/PKC" },
        { ...service, serves: ["ForeSeals"] },
        { ...service, kind: "TSA/QTST", name: "Marche di prova" },
        { ...service, extensions: qualifications },
      ],
    }),
  );
  expect(services.map(({ kind, periods }) => [kind, periods[0]!.forSignatures])).toEqual([
    ["certificates", false],
    ["timestamps", true],
    ["certificates", true],
  ]);
  expect(services[2]!.periods[0]!.qualifications).toEqual([
    {
      qualifiers: ["NotQualified"],
      assert: "atLeastOne",
      policies: [["1.2.3.4"]],
      keyUsage: [[{ bit: 1, value: false }]],
      others: false,
    },
  ]);
});

describe("what is not a list to believe", () => {
  const hostile: [string, (xml: string) => string, ListFailure][] = [
    ["a service’s status changed", (xml) => xml.replace("Svcstatus/withdrawn", "Svcstatus/granted"), "signature"],
    ["a territory changed", (xml) => xml.replace(">IT<", ">FR<"), "signature"],
    [
      "an element added",
      (xml) => xml.replace("<SchemeInformation>", "<SchemeInformation><Extra></Extra>"),
      "signature",
    ],
    ["no signature", (xml) => xml.replace(/<ds:Signature [\s\S]*<\/ds:Signature>/, ""), "signature"],
    ["two signatures", (xml) => xml.replace(/<ds:Signature [\s\S]*<\/ds:Signature>/, (one) => one + one), "signature"],
    [
      "the list wrapped in another",
      (xml) => {
        const inner = xml.slice(xml.indexOf("<Trust"));
        const outer = inner
          .replace("Svcstatus/withdrawn", "Svcstatus/granted")
          .replace(/<ds:Signature [\s\S]*<\/ds:Signature>/, "");
        const signature = /<ds:Signature [\s\S]*<\/ds:Signature>/.exec(inner)![0];
        return outer.replace(
          "</TrustServiceStatusList>",
          `${signature.replace("<ds:Object>", `<ds:Object>${inner}`)}</TrustServiceStatusList>`,
        );
      },
      "signature",
    ],
    [
      "a reference that leaves the list out",
      (xml) => xml.replace('<ds:Reference URI="">', '<ds:Reference URI="#proprieta">'),
      "signature",
    ],
    [
      "a transform more",
      (xml) =>
        xml.replace(
          "</ds:Transforms>",
          '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"></ds:Transform></ds:Transforms>',
        ),
      "signature",
    ],
    [
      "SHA-1",
      (xml) => xml.replace("xmlenc#sha256", "xmlenc#sha1").replace("xmldsig-more#rsa-sha256", "xmldsig#rsa-sha1"),
      "signature",
    ],
    ["an entity bomb", (xml) => xml.replace("<Trust", '<!DOCTYPE a [<!ENTITY b "bb">]><Trust'), "unreadable"],
    ["half of it", (xml) => xml.slice(0, xml.length / 2), "unreadable"],
    ["nothing", () => "", "unreadable"],
    ["something else", () => '<a xmlns="urn:b"></a>', "not-a-list"],
  ];
  test.each(hostile)("%s", (_name, change, why) => {
    expect(whyOf(written())).toBe("read");
    expect(whyOf(change(written()))).toBe(why);
  });

  test("signed by one that was not announced, with its own certificate inside", () => {
    expect(whyOf(written({}, other))).toBe("signer-unknown");
    expect(whyOf(written(), [])).toBe("signer-unknown");
  });

  test("signed by a certificate that is over, or issued tomorrow", async () => {
    const over = await authority.issue({ ...operator, key: "ec", notBefore: ago(300), notAfter: ago(1) });
    expect(whyOf(written({}, over), [over.certificate])).toBe("signer-unknown");
    expect(whyOf(written({ issuedAt: new Date(Date.now() + day) }))).toBe("not-a-list");
  });
});
