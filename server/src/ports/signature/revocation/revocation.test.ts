import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  crlOf,
  type NewCertificate,
  ocspAnswer,
  openTestAuthority,
  type Signer,
  serialOf,
  signCades,
  startSigningDesk,
  type TestAuthority,
  timestamper,
  untrustedSigner,
} from "@area/dev-signing-desk/src/index.ts";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openOutside } from "../../outside/index.ts";
import { readCertificate } from "../certificate.ts";
import { type CertificateStatuses, certificateStatuses, look, signatureChecker, trustSource } from "../index.ts";
import { readCrl, readOcsp } from "./answers.ts";

const mayor = { givenName: "Mario", familyName: "Rossi", fiscalCode: "RSSMRA80A01H501U" };
const hour = 3_600_000;
const day = 24 * hour;
const ago = (ms: number) => new Date(Date.now() - ms);
const agreement = Buffer.from("%PDF-1.7\n% un accordo che nessuno apre, ma che torna com’era\n%%EOF\n");

let dir: string;
let authority: TestAuthority;
let origin: string;
/** What the responder of the tests does with a question; each test says. */
let answer: (request: IncomingMessage, body: Uint8Array, response: ServerResponse) => void;
let asked: string[] = [];
const revoked = new Map<string, Date>();
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, Buffer.concat(chunks), response);
  });
});

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "revocation-"));
  authority = await openTestAuthority(join(dir, "authority"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(dir, { recursive: true, force: true });
});
const usual: typeof answer = (request, body, response) =>
  response.end(request.url === "/crl" ? crlOf(authority.issuer, revoked) : ocspAnswer(body, authority.issuer, revoked));
beforeEach(() => {
  asked = [];
  revoked.clear();
  answer = usual;
});

const limits = { ocsp: { timeout: 1_000, maxBytes: 10_000 }, crl: { timeout: 1_000, maxBytes: 100_000 } };
const fresh = (): CertificateStatuses => certificateStatuses(openOutside({ loopback: true }), limits);
const both = () => ({ ocsp: `${origin}/ocsp`, crl: `${origin}/crl` });
const issue = (more: Partial<NewCertificate> = {}): Promise<Signer> =>
  authority.issue({ ...mayor, key: "ec", ...both(), ...more });
const stateOf = (signer: Signer, statuses = fresh()) =>
  statuses.of(signer.certificate, authority.issuer.certificate, new Date());
const revoke = (signer: Signer, since: Date) => revoked.set(serialOf(signer.certificate), since);

const check = (file: Uint8Array, statuses = fresh()) =>
  signatureChecker({ look, trust: () => trustSource(authority.trustListPem()), statuses }).check({
    file,
    issued: {
      bytes: agreement,
      sha256: createHash("sha256").update(agreement).digest("hex"),
      length: agreement.length,
    },
    expectedSigner: { fiscalCode: mayor.fiscalCode },
    now: new Date(),
  });
const verdictOn = async (file: Uint8Array, statuses?: CertificateStatuses) => {
  const { accepted, checks } = await check(file, statuses);
  return accepted ? "accepted" : checks.flatMap(({ problem }) => problem ?? []).join(", ");
};

describe("asked of OCSP", () => {
  test("good, with the answer kept for a proof", async () => {
    const status = await stateOf(await issue());
    expect(status).toMatchObject({ state: "good", source: "ocsp", address: `${origin}/ocsp` });
    expect(status.answer?.length).toBeGreaterThan(100);
    expect(asked).toEqual(["POST /ocsp"]);
  });

  test("revoked, with when and why", async () => {
    const signer = await issue();
    revoke(signer, ago(hour));
    const status = await stateOf(signer);
    expect(status).toMatchObject({ state: "revoked", reason: 1 });
    expect(Math.abs(status.since!.getTime() - ago(hour).getTime())).toBeLessThan(5_000);
  });

  test("answered by one whom the issuer named for it", async () => {
    const responder = await authority.issue({
      ...mayor,
      key: "ec",
      purpose: "ocspSigning",
      keyUsage: ["digitalSignature"],
    });
    answer = (_request, body, response) => response.end(ocspAnswer(body, responder, revoked));
    expect(await stateOf(await issue({ crl: "" }))).toMatchObject({ state: "good" });
  });

  const refused: [string, () => Promise<typeof answer>][] = [
    [
      "by somebody the issuer named for something else",
      async () => {
        const other = await authority.issue({ ...mayor, key: "ec" });
        return (_request, body, response) => response.end(ocspAnswer(body, other, revoked));
      },
    ],
    [
      "by a stranger who calls itself the same",
      async () => {
        const stranger = await untrustedSigner({ ...mayor, key: "ec", purpose: "ocspSigning" });
        return (_request, body, response) => response.end(ocspAnswer(body, stranger, revoked));
      },
    ],
    [
      "about another certificate",
      async () => {
        const other = await issue();
        let question: Uint8Array = new Uint8Array();
        const before = answer;
        answer = (_request, body, response) => {
          if (body.length > 0) question = body;
          response.end();
        };
        await stateOf(other);
        answer = before;
        return (_request, _body, response) =>
          response.end(ocspAnswer(question, authority.issuer, revoked, { keepNonce: false }));
      },
    ],
    [
      "to a question asked before",
      async () => {
        let first: Uint8Array | null = null;
        return (_request, body, response) => {
          // The nonce of an earlier question, on the certificate of this one.
          first ??= ocspAnswer(Buffer.from(body).fill(7, body.length - 8), authority.issuer, revoked);
          response.end(first);
        };
      },
    ],
    [
      "of yesterday",
      async () => (_request, body, response) =>
        response.end(ocspAnswer(body, authority.issuer, revoked, { at: ago(day) })),
    ],
    [
      "of tomorrow",
      async () => (_request, body, response) =>
        response.end(ocspAnswer(body, authority.issuer, revoked, { at: new Date(Date.now() + day) })),
    ],
    [
      "that knows nothing of it",
      async () => (_request, body, response) =>
        response.end(ocspAnswer(body, authority.issuer, revoked, { unknown: true })),
    ],
    [
      "that says to try later",
      async () => (_request, _body, response) => response.end(Buffer.from("30030a0103", "hex")),
    ],
    ["that is no answer", async () => (_request, _body, response) => response.end("<html>benvenuti</html>")],
    ["with an error", async () => (_request, _body, response) => response.writeHead(500).end()],
    ["too long", async () => (_request, _body, response) => response.end(Buffer.alloc(20_000))],
    ["elsewhere", async () => (_request, _body, response) => response.writeHead(302, { location: "/crl" }).end()],
    ["never", async () => () => undefined],
  ];
  test.each(refused)("an answer %s proves nothing", async (_name, make) => {
    const signer = await issue({ crl: "" });
    answer = await make();
    expect((await stateOf(signer)).state).toBe("unknown");
  });

  test("an answer without the nonce holds while its times do (RFC 5019)", async () => {
    answer = (_request, body, response) =>
      response.end(ocspAnswer(body, authority.issuer, revoked, { keepNonce: false }));
    expect((await stateOf(await issue({ crl: "" }))).state).toBe("good");
  });
});

describe("asked of the list", () => {
  test("when nobody answers at OCSP, or there is none", async () => {
    answer = (request, body, response) =>
      request.url === "/ocsp" ? response.writeHead(503).end() : usual(request, body, response);
    const signer = await issue();
    revoke(signer, ago(hour));
    expect(await stateOf(signer)).toMatchObject({ state: "revoked", source: "crl" });
    expect(asked).toEqual(["POST /ocsp", "GET /crl"]);
    expect(await stateOf(await issue({ ocsp: "" }))).toMatchObject({ state: "good", source: "crl" });
  });

  test("one in PEM is read too; a stale one, another's or a forged one is not", async () => {
    const signer = await issue({ ocsp: "" });
    const list = crlOf(authority.issuer, revoked);
    const says = (bytes: Uint8Array | string) => {
      answer = (_request, _body, response) => response.end(bytes);
      return stateOf(signer).then(({ state }) => state);
    };
    const pem = `-----BEGIN X509 CRL-----\n${Buffer.from(list).toString("base64")}\n-----END X509 CRL-----\n`;
    expect(await says(pem)).toBe("good");
    expect(await says(crlOf(authority.issuer, revoked, { at: ago(3 * day), next: ago(day) }))).toBe("unknown");
    expect(await says(crlOf(await untrustedSigner({ ...mayor, key: "ec" }), revoked))).toBe("unknown");
    const forged = Uint8Array.from(list);
    forged[forged.length - 5]! ^= 1;
    expect(await says(forged)).toBe("unknown");
    expect(await says(Buffer.concat([list, Buffer.from([0])]))).toBe("unknown");
  });

  test("a long list is read whole", async () => {
    const signer = await issue({ ocsp: "" });
    for (let at = 0; at < 20_000; at++) revoked.set(`02${at.toString(16).padStart(30, "0")}`, ago(day));
    revoke(signer, ago(hour));
    const list = crlOf(authority.issuer, revoked);
    const context = {
      certificate: readCertificate(signer.certificate),
      issuer: readCertificate(authority.issuer.certificate),
      now: new Date(),
    };
    expect(readCrl(list, context).state).toBe("revoked");
  });
});

test("nobody to ask, asked twice, and what was not learnt", async () => {
  expect((await stateOf(await authority.issue({ ...mayor, key: "ec" }))).state).toBe("unknown");
  const statuses = fresh();
  const signer = await issue({ crl: "" });
  answer = (_request, _body, response) => response.writeHead(500).end();
  expect((await stateOf(signer, statuses)).state).toBe("unknown");
  answer = usual;
  expect((await stateOf(signer, statuses)).state).toBe("good");
  expect((await stateOf(signer, statuses)).state).toBe("good");
  expect(asked).toEqual(["POST /ocsp", "POST /ocsp"]);
});

test("answers changed in any byte never turn a revoked certificate into a good one", async () => {
  const signer = await issue();
  revoke(signer, ago(hour));
  let question: Uint8Array = new Uint8Array();
  answer = (_request, body, response) => {
    if (body.length > 0) question = body;
    response.end();
  };
  await stateOf(signer);
  const context = {
    certificate: readCertificate(signer.certificate),
    issuer: readCertificate(authority.issuer.certificate),
    now: new Date(),
  };
  const ocsp = ocspAnswer(question, authority.issuer, revoked, { keepNonce: false });
  const list = crlOf(authority.issuer, revoked);
  expect(readOcsp(ocsp, new Uint8Array(32), context).state).toBe("revoked");
  const saysGood = (bytes: Uint8Array, read: (bytes: Uint8Array) => { state: string }) => {
    try {
      return read(bytes).state === "good";
    } catch {
      return false;
    }
  };
  let tried = 0;
  for (const [original, read] of [
    [ocsp, (bytes: Uint8Array) => readOcsp(bytes, new Uint8Array(32), context)],
    [list, (bytes: Uint8Array) => readCrl(bytes, context)],
  ] as const)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        fc.nat(original.length),
        (changes, length) => {
          const changed = Uint8Array.from(original);
          for (const [at, byte] of changes) changed[at] = byte;
          tried += 2;
          return !saysGood(changed, read) && !saysGood(changed.subarray(0, length), read);
        },
      ),
      { numRuns: 1_500 },
    );
  expect(tried).toBeGreaterThan(5_000);
});

describe("an agreement comes back", () => {
  test("signed with a certificate that stands: accepted, and the answers travel with the report", async () => {
    const report = await check(signCades(agreement, await issue()));
    expect(report.accepted).toBe(true);
    expect(report.statuses.map(({ of, state }) => `${of} ${state}`)).toEqual(["signer good", "authority not-asked"]);
  });

  test("signed with a revoked one, or one nobody answers for", async () => {
    const signer = await issue();
    const file = signCades(agreement, signer);
    revoke(signer, ago(hour));
    const { checks } = await check(file);
    expect(checks.find(({ code }) => code === "validity")).toMatchObject({
      outcome: "failed",
      problem: "signer-certificate-revoked",
      facts: { name: "Mario Rossi", of: "signer" },
    });
    answer = (_request, _body, response) => response.writeHead(503).end();
    expect(await verdictOn(file)).toBe("signer-certificate-status-unknown");
  });

  test("revoked after a time stamp proved the signature: it had been made in time; before it: not", async () => {
    const signer = await issue({ notBefore: ago(10 * day) });
    const { stamp } = await timestamper(authority, () => ago(2 * day));
    const file = signCades(agreement, signer, { signingTime: ago(2 * day), timestamp: stamp });
    revoke(signer, ago(day));
    expect(await verdictOn(file)).toBe("accepted");
    revoke(signer, ago(3 * day));
    expect(await verdictOn(file)).toBe("signer-certificate-revoked");
    // Without the stamp, only now is proven.
    revoke(signer, ago(day));
    expect(await verdictOn(signCades(agreement, signer, { signingTime: ago(2 * day) }))).toBe(
      "signer-certificate-revoked",
    );
  });

  test("the stamp of a revoked authority proves nothing: the moment is now, and an expired signer is expired", async () => {
    const signer = await issue({ notBefore: ago(10 * day), notAfter: ago(day) });
    const { stamp, unit } = await timestamper(authority, () => ago(2 * day), both());
    const file = signCades(agreement, signer, { signingTime: ago(2 * day), timestamp: stamp });
    expect(await verdictOn(file)).toBe("accepted");
    revoke(unit, ago(hour));
    expect(await verdictOn(file)).toBe("signer-certificate-expired");
  });

  test("addresses in certificates nobody vouches for are not followed", async () => {
    const stranger = await untrustedSigner({ ...mayor, key: "ec", ...both() });
    expect(await verdictOn(signCades(agreement, stranger))).toContain("signer-certificate-untrusted");
    const signer = await issue();
    const altered = Uint8Array.from(signCades(agreement, signer));
    altered[altered.length - 3]! ^= 1;
    expect(await verdictOn(altered)).toContain("signature-altered");
    expect(asked).toEqual([]);
  });
});

describe("by others’ programs", () => {
  let responder: ChildProcess;
  let port: number;
  const files = (name: string) => join(dir, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: dir, stdio: ["ignore", "pipe", "pipe"] });

  beforeAll(async () => {
    await writeFile(files("ca.pem"), authority.issuer.certificatePem);
    await writeFile(files("ca.key"), authority.issuer.privateKeyPem);
    port = await new Promise<number>((resolve) => {
      const probe = createTcpServer().listen(0, "127.0.0.1", () => {
        const { port: free } = probe.address() as AddressInfo;
        probe.close(() => resolve(free));
      });
    });
  });
  afterAll(() => {
    responder?.kill("SIGKILL");
  });

  test("OpenSSL’s responder and OpenSSL’s list: good, revoked, and a certificate they do not know", async () => {
    const at = { ocsp: `http://127.0.0.1:${port}/`, crl: `${origin}/crl` };
    const [good, lost, stranger] = await Promise.all([issue(at), issue(at), issue({ ...at, crl: "" })]);
    const line = (state: string, when: string, signer: Signer) =>
      [state, "490101000000Z", when, serialOf(signer.certificate).toUpperCase(), "unknown", "/CN=prova"].join("\t");
    await writeFile(files("index.txt"), `${line("V", "", good)}\n${line("R", "260101000000Z,keyCompromise", lost)}\n`);
    await writeFile(files("index.txt.attr"), "unique_subject = no\n");
    await writeFile(files("crlnumber"), "01\n");
    await writeFile(
      files("ca.cnf"),
      "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256\ndefault_crl_days=1\ncrl_extensions=e\n[e]\nauthorityKeyIdentifier=keyid\n",
    );
    responder = spawn(
      "openssl",
      [
        "ocsp",
        "-port",
        String(port),
        "-index",
        "index.txt",
        "-CA",
        "ca.pem",
        "-rsigner",
        "ca.pem",
        "-rkey",
        "ca.key",
        "-ndays",
        "1",
      ],
      { cwd: dir, stdio: "ignore" },
    );
    // It says nowhere that it listens: it is asked until it answers.
    let first = await stateOf(good);
    for (let again = 0; again < 50 && first.source !== "ocsp"; again++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      first = await stateOf(good);
    }
    expect(first).toMatchObject({ state: "good", source: "ocsp" });
    expect(await stateOf(lost)).toMatchObject({
      state: "revoked",
      source: "ocsp",
      reason: 1,
      since: new Date("2026-01-01T00:00:00Z"),
    });
    expect((await stateOf(stranger)).state).toBe("unknown");

    responder.kill("SIGKILL");
    openssl("ca", "-gencrl", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-out", "list.pem");
    const list = openssl("crl", "-in", "list.pem", "-outform", "DER");
    answer = (_request, _body, response) => response.end(list);
    expect(await stateOf(good)).toMatchObject({ state: "good", source: "crl" });
    expect(await stateOf(lost)).toMatchObject({ state: "revoked", source: "crl", reason: 1 });
  });

  test("our questions read well, and our desk answers OpenSSL", async () => {
    await writeFile(
      join(dir, "people.json"),
      JSON.stringify([{ key: "sindaco", ...mayor, fiscalNumber: `TINIT-${mayor.fiscalCode}` }]),
    );
    const desk = await startSigningDesk({
      port: 0,
      dataDir: join(dir, "authority"),
      peopleFile: join(dir, "people.json"),
    });
    try {
      const sign = async (variant: string) => {
        const form = new FormData();
        for (const [name, value] of Object.entries({ person: "sindaco", format: "cades", variant }))
          form.set(name, value);
        form.set("file", new Blob([agreement]), "accordo.pdf");
        return new Uint8Array(await (await fetch(`${desk.origin}/sign`, { method: "POST", body: form })).arrayBuffer());
      };
      expect(await verdictOn(await sign("valid"))).toBe("accepted");
      const lost = await sign("revoked");
      expect(await verdictOn(lost)).toBe("signer-certificate-revoked");
      await writeFile(files("lost.p7m"), lost);
      openssl("pkcs7", "-inform", "DER", "-in", "lost.p7m", "-print_certs", "-out", "lost.pem");
      const { stdout } = await new Promise<{ stdout: string }>((resolve) => {
        const asking = spawn(
          "openssl",
          [
            "ocsp",
            "-issuer",
            "ca.pem",
            "-cert",
            "lost.pem",
            "-url",
            `${desk.origin}/ocsp`,
            "-CAfile",
            desk.trustFile,
            "-partial_chain",
          ],
          { cwd: dir },
        );
        let stdout = "";
        asking.stdout.on("data", (text) => (stdout += text));
        asking.stderr.on("data", (text) => (stdout += text));
        asking.on("close", () => resolve({ stdout }));
      });
      expect(stdout).toContain("Response verify OK");
      expect(stdout).toContain(": revoked");
    } finally {
      await desk.close();
    }
  });
});
