import { execFileSync, spawn, spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PDFDocument } from "@cantoo/pdf-lib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestAuthority, type SigningDesk, signCades, startSigningDesk } from "./index.ts";

const people = [
  { key: "sindaco", givenName: "Elio", familyName: "Prova", fiscalNumber: "TINIT-PRVLEI70A01H501X", note: "Sindaco" },
  { key: "altra", givenName: "Ada <b>", familyName: "D’Esempio", fiscalNumber: "DSMDAA80A41H501Q", role: "altro" },
];

let dir: string;
let desk: SigningDesk;
let pdf: Uint8Array;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "signing-desk-"));
  await writeFile(join(dir, "people.json"), JSON.stringify(people));
  desk = await startSigningDesk({ port: 0, dataDir: join(dir, "data"), peopleFile: join(dir, "people.json") });
  const document = await PDFDocument.create();
  document.addPage().drawText("Accordo");
  pdf = await document.save({ useObjectStreams: false });
});
afterAll(async () => {
  await desk.close();
  await rm(dir, { recursive: true, force: true });
});

const sign = (fields: Record<string, string>, file: Uint8Array = pdf, name = "accordo é.pdf"): Promise<Response> => {
  const form = new FormData();
  for (const [field, value] of Object.entries({ person: "sindaco", format: "cades", variant: "valid", ...fields }))
    form.set(field, value);
  form.set("file", new Blob([Uint8Array.from(file)]), name);
  return fetch(`${desk.origin}/sign`, { method: "POST", body: form });
};
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());
const opensslVerify = async (p7m: Uint8Array): Promise<Buffer> => {
  await writeFile(join(dir, "a.p7m"), p7m);
  const args = ["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", join(dir, "a.p7m")];
  return execFileSync("openssl", [...args, "-CAfile", desk.trustFile, "-purpose", "any"], { stdio: "pipe" });
};

describe("the desk signs", () => {
  test("CAdES: openssl agrees, and gives the document back", async () => {
    const response = await sign({});
    expect(response.status).toBe(200);
    expect(response.headers.get("content-disposition")).toContain("accordo%20%C3%A9.pdf.p7m");
    expect((await opensslVerify(await bytesOf(response))).equals(pdf)).toBe(true);
  });

  test("PAdES: the original is the beginning of the signed file", async () => {
    const response = await sign({ format: "pades" }, pdf, "accordo.pdf");
    expect(response.headers.get("content-disposition")).toContain('filename="accordo-firmato.pdf"');
    const signed = await bytesOf(response);
    expect(signed.subarray(0, pdf.length).equals(pdf)).toBe(true);
    expect(signed.includes("ETSI.CAdES.detached")).toBe(true);
  });

  test("with the wrong certificates too, for trying refusals", async () => {
    for (const variant of ["expired", "untrusted"]) {
      const signed = await bytesOf(await sign({ variant }));
      await expect(opensslVerify(signed)).rejects.toThrow();
    }
    expect((await sign({ variant: "not-for-signing" })).status).toBe(200);
  });

  test("refusing what it cannot sign, in words", async () => {
    const refusals: [Response, number, string][] = [
      [await sign({ person: "nessuno" }), 400, "Scegli chi firma."],
      [await sign({ format: "xades" }), 400, "Scegli il formato"],
      [await sign({}, Buffer.from("ciao")), 400, "non è un PDF"],
      [await sign({ format: "pades" }, Buffer.from("%PDF-1.7 niente")), 400, "danneggiato"],
      [await sign({}, new Uint8Array(21 * 1024 * 1024)), 413, "supera 20 MB"],
      [await fetch(`${desk.origin}/sign`, { method: "POST", body: "x" }), 400, "incompleto"],
    ];
    for (const [response, status, words] of refusals) {
      expect(response.status).toBe(status);
      expect(await response.text()).toContain(words);
    }
  });
});

describe("the page", () => {
  test("needs no script, lists the people and escapes their names", async () => {
    const response = await fetch(`${desk.origin}/?person=altra&format=pades`);
    const html = await response.text();
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(html).not.toContain("<script");
    expect(html).not.toContain("Ada <b>");
    expect(html).toContain("Elio Prova · PRVLEI70A01H501X · Sindaco");
    expect(html).toMatch(/value="altra" selected/);
    expect(html).toMatch(/value="pades" required checked/);
    expect((await fetch(`${desk.origin}/style.css`)).headers.get("content-type")).toContain("text/css");
    expect((await fetch(`${desk.origin}/altrove`)).status).toBe(404);
    expect(await (await fetch(`${desk.origin}/trust.pem`)).text()).toBe(await readFile(desk.trustFile, "utf8"));
  });
});

describe("the authority", () => {
  test("is kept, for its owner only, and is the same when opened again", async () => {
    const kept = join(dir, "data");
    for (const name of await readdir(kept))
      if (!["trust.pem", "lists.pem", "seal.pem"].includes(name))
        expect((await stat(join(kept, name))).mode & 0o777).toBe(0o600);
    const again = await openTestAuthority(kept);
    expect(again.trustListPem()).toBe(await readFile(desk.trustFile, "utf8"));
  });

  test("writes on the certificate who signs, as Italian authorities do", async () => {
    const authority = await openTestAuthority(join(dir, "data"));
    const signer = await authority.issue({ givenName: "Elio", familyName: "Prova", fiscalCode: "PRVLEI70A01H501X" });
    const { subject, issuer } = new X509Certificate(Buffer.from(signer.certificate));
    for (const part of ["C=IT", "SN=Prova", "GN=Elio", "serialNumber=TINIT-PRVLEI70A01H501X", "CN=Elio Prova"])
      expect(subject).toContain(part);
    expect(issuer).toContain("O=DEV Firma di prova");
    expect((await opensslVerify(signCades(pdf, signer))).equals(pdf)).toBe(true);
  });
});

describe("as a process", () => {
  const main = fileURLToPath(new URL("./main.ts", import.meta.url));
  const env = { ...process.env, NODE_ENV: "development" };

  test("says where it is in one line, and stops when told", async () => {
    const child = spawn(process.execPath, ["--import", "tsx", main], {
      env: { ...env, SIGNING_DESK_DATA_DIR: join(dir, "data"), SIGNING_DESK_PEOPLE: join(dir, "people.json") },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const line = await new Promise<string>((resolve) =>
      child.stdout.once("data", (data: Buffer) => resolve(String(data))),
    );
    const ready: unknown = JSON.parse(line);
    expect(ready).toMatchObject({ ready: true, origin: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
    expect(ready).toMatchObject({ trustFile: desk.trustFile });
    child.kill("SIGTERM");
    expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(0);
  }, 20_000);

  test("never in production", () => {
    const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", main], {
      env: { ...env, NODE_ENV: "production" },
    });
    expect(status).toBe(1);
    expect(String(stderr)).toContain("never runs in production");
  }, 20_000);
});
