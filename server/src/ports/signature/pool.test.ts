import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isProblem } from "@area/api";
import {
  openTestAuthority,
  signCades,
  type TestAuthority,
  writeTrustedList,
} from "@area/dev-signing-desk/src/index.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { look, openPool, readTrustedList, trustSource } from "./index.ts";

const mayor = { givenName: "Mario", familyName: "Rossi", fiscalCode: "RSSMRA80A01H501U" };
const agreement = Buffer.from("%PDF-1.7\n% un accordo\n%%EOF\n");
const silent = { warn: () => undefined };

let dir: string;
let authority: TestAuthority;
let signed: Uint8Array;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "pool-"));
  authority = await openTestAuthority(dir);
  signed = signCades(agreement, await authority.issue({ ...mayor, key: "ec" }));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const asked = (file: Uint8Array) => ({
  file,
  issued: {
    bytes: agreement,
    sha256: createHash("sha256").update(agreement).digest("hex"),
    length: agreement.length,
  },
  expectedSigner: { fiscalCode: mayor.fiscalCode },
  now: new Date(),
  disprovedTimestamps: new Set<string>(),
});
const trust = () => trustSource(authority.trustListPem());
const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "looked at",
    (problem: unknown) => (isProblem(problem) ? problem.code : String(problem)),
  );

test("a thread sees what we would see, good and bad", async () => {
  const pool = openPool({ log: silent });
  const altered = Uint8Array.from(signed);
  altered[altered.length - 2]! ^= 1;
  try {
    for (const file of [signed, altered, Buffer.from("%PDF-1.7 niente"), Buffer.alloc(0)]) {
      const question = asked(file);
      expect(await pool.look(question, trust())).toEqual(await look(question, trust()));
    }
    expect((await pool.look(asked(signed), trust())).accepted).toBe(true);
  } finally {
    await pool.close();
  }
}, 60_000);

test("a trusted list is verified and read in a thread, and its fault keeps its name", async () => {
  const pool = openPool({ log: silent });
  const { issuer } = authority;
  const xml = writeTrustedList(
    {
      type: "EUgeneric",
      territory: "IT",
      services: [
        {
          name: "Prova",
          certificate: issuer.certificate,
          statuses: [{ status: "granted", since: new Date("2020-01-01") }],
        },
      ],
    },
    issuer,
  );
  try {
    const list = await pool.readList(xml, [issuer.certificate], new Date());
    expect(list).toEqual(readTrustedList(xml, [issuer.certificate], new Date()));
    await expect(pool.readList(xml.replace(">IT<", ">FR<"), [issuer.certificate], new Date())).rejects.toMatchObject({
      name: "ListProblem",
      why: "signature",
    });
  } finally {
    await pool.close();
  }
}, 60_000);

test("when what is trusted changes, the next file is judged by it", async () => {
  const pool = openPool({ log: silent });
  try {
    expect((await pool.look(asked(signed), trust())).accepted).toBe(true);
    expect((await pool.look(asked(signed), trustSource(""))).accepted).toBe(false);
    expect((await pool.look(asked(signed), trust())).accepted).toBe(true);
  } finally {
    await pool.close();
  }
}, 60_000);

test("past the end of the queue one is told to come back, and the others are served", async () => {
  const pool = openPool({ log: silent, threads: 1, queue: 3 });
  try {
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => outcomeOf(pool.look(asked(signed), trust()))));
    expect(new Set(outcomes)).toEqual(new Set(["looked at", "temporarily-unavailable"]));
    expect(outcomes.filter((one) => one === "looked at").length).toBe(4);
    expect(await outcomeOf(pool.look(asked(signed), trust()))).toBe("looked at");
  } finally {
    await pool.close();
  }
}, 60_000);

test("a file that takes too long is given up, and the next is looked at", async () => {
  const pool = openPool({ log: silent, threads: 1, milliseconds: 1 });
  const patient = openPool({ log: silent, threads: 1 });
  try {
    expect(await outcomeOf(pool.look(asked(signed), trust()))).toBe("temporarily-unavailable");
    expect(await outcomeOf(patient.look(asked(signed), trust()))).toBe("looked at");
  } finally {
    await pool.close();
    await patient.close();
  }
}, 60_000);
