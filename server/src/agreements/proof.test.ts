import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { api } from "@area/api";
import {
  ocspAnswer,
  openTestAuthority,
  type Signer,
  signCades,
  signPades,
  type TestAuthority,
  timestamper,
} from "@area/dev-signing-desk/src/index.ts";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeDocument } from "../ports/documents/index.ts";
import { openOutside } from "../ports/outside/index.ts";
import { certificateStatuses, look, signatureChecker, trustSource } from "../ports/signature/index.ts";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, someone, type World } from "../testing/world.ts";
import { type ProofInput, writeProof } from "./proof.ts";

const asBlob = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]);
const day = 86_400_000;

describe("the package", () => {
  let dir: string;
  let authority: TestAuthority;
  let input: (form: "CAdES" | "PAdES") => Promise<ProofInput>;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => response.end(ocspAnswer(Buffer.concat(chunks), authority.issuer, new Map())));
  });
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "proof-"));
    authority = await openTestAuthority(join(dir, "authority"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const ocsp = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const manager = someone();
    const signer: Signer = await authority.issue({ ...manager, ocsp, notBefore: new Date(Date.now() - 10 * day) });
    const { stamp } = await timestamper(authority, () => new Date(Date.now() - day));
    const issued = await writeDocument({
      language: "it",
      title: "Accordo",
      subject: "Comune di Borgo Esempio",
      createdAt: new Date(Date.now() - 2 * day),
      reference: "AR-1",
      blocks: [{ kind: "heading", level: 1, text: "Accordo" }],
    });
    const at = new Date();
    input = async (form) => {
      const signed =
        form === "CAdES"
          ? signCades(issued, signer, { signingTime: new Date(Date.now() - day), timestamp: stamp })
          : await signPades(issued, signer);
      const checker = signatureChecker({
        look,
        trust: () => trustSource(authority.trustListPem()),
        statuses: certificateStatuses(openOutside({ loopback: true })),
      });
      const checked = await checker.check({
        file: signed,
        issued: { bytes: issued, sha256: createHash("sha256").update(issued).digest("hex"), length: issued.length },
        expectedSigner: { fiscalCode: manager.fiscalCode },
        now: at,
      });
      expect(checked.accepted).toBe(true);
      return {
        agreementId: "0b9f1f5e-0000-4000-8000-000000000001",
        institutionName: "Comune di Borgo Esempio",
        productTitle: "pagoPA",
        fileName: "accordo-pagopa-borgo-esempio.pdf",
        issued,
        signed,
        checked,
        at,
      };
    };
  });
  afterAll(() => {
    server.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const unpacked = (bytes: Uint8Array): { folder: string; names: string[] } => {
    const folder = mkdtempSync(join(dir, "out-"));
    const files = unzipSync(bytes);
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return { folder, names: Object.keys(files) };
  };
  /** The commands that the package itself tells, as it tells them. */
  const told = (folder: string, readMe: string, program: string): string => {
    const line = readMe.split("\r\n").find((one) => one.trim().startsWith(program))!;
    return execFileSync("sh", ["-c", line.trim()], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] }).toString();
  };

  it("is checked by other programs with nothing but what is inside", async () => {
    const { folder, names } = unpacked((await writeProof(await input("CAdES"))).bytes);
    const readMe = Buffer.from(unzipSync((await writeProof(await input("CAdES"))).bytes)["LEGGIMI.txt"]!).toString();
    expect(told(folder, readMe, "sha256sum")).not.toContain("FAILED");
    told(folder, readMe, "openssl cms -verify");
    expect(
      spawnSync("cmp", ["documento.pdf", "documento/accordo-pagopa-borgo-esempio.pdf"], { cwd: folder }).status,
    ).toBe(0);
    expect(told(folder, readMe, "openssl ocsp")).toContain("Cert Status: good");
    expect(told(folder, readMe, "openssl cms -cmsout")).toContain("id-smime-ct-TSTInfo");
    expect(names.filter((one) => one.startsWith("certificati/")).length).toBeGreaterThanOrEqual(3);
    // Every file but the list of digests stands in it.
    const listed = Buffer.from(unzipSync((await writeProof(await input("CAdES"))).bytes)["impronte.sha256"]!)
      .toString()
      .trim()
      .split("\n");
    expect(listed.length).toBe(names.length - 1);
  });

  it("holds for PAdES, and a changed byte shows", async () => {
    const { folder } = unpacked((await writeProof(await input("PAdES"))).bytes);
    const pdfsig = execFileSync("pdfsig", ["-nocert", "firmato/accordo-pagopa-borgo-esempio-firmato.pdf"], {
      cwd: folder,
    }).toString();
    expect(pdfsig).toContain("Signature is Valid");
    writeFileSync(join(folder, "documento/accordo-pagopa-borgo-esempio.pdf"), "altro");
    const digests = spawnSync("sha256sum", ["-c", "impronte.sha256"], { cwd: folder });
    expect(digests.status).not.toBe(0);
  });

  it("is the same for the same input, and its report is a tagged document with the same facts inside", async () => {
    const given = await input("CAdES");
    const [one, other] = [await writeProof(given), await writeProof(given)];
    expect(Buffer.from(one.bytes).equals(Buffer.from(other.bytes))).toBe(true);
    const { folder } = unpacked(one.bytes);
    expect(execFileSync("pdfinfo", ["verifica.pdf"], { cwd: folder }).toString()).toMatch(/Tagged: +yes/);
    const text = execFileSync("pdftotext", ["-layout", "verifica.pdf", "-"], { cwd: folder }).toString();
    expect(text).toContain("Comune di Borgo Esempio");
    expect(text).toContain("valido, chiesto con OCSP");
    // The person's code is nowhere whole.
    expect(text).not.toMatch(/[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]/);
  });
});

describe("the register", () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
  });
  afterAll(() => world.close());

  /** A municipality that joined with a signed agreement. */
  const joined = async (name: string) => {
    const requester = await world.person();
    const body = await world.body(name);
    const administrator = await world.person();
    const request = world.request(body, { administrators: [administrator.name] });
    const { institution } = await requester.call(api.onboarding.submit, { body: request });
    await world.settle();
    const link = world.linksTo(body.pec)[0]!;
    const token = link.slice(link.lastIndexOf("/") + 1);
    const issued = await (await world.anonymous(api.onboarding.links.document, { body: { token } })).arrayBuffer();
    const signer = await world.signer(request.manager, { key: "ec" });
    const file = world.cades(new Uint8Array(issued), signer);
    await world.anonymous(api.onboarding.links.upload, { body: { token }, file: asBlob(file), fileName: "a.p7m" });
    await world.settle();
    return { institutionId: institution.id, administrator };
  };

  it("gives the institution its proof, and nobody else", async () => {
    const own = await joined("Comune con la Prova");
    const other = await world.municipality();
    const params = { institutionId: own.institutionId };
    const { items } = await own.administrator.call(api.agreements.ofInstitution, { params });
    expect(items[0]).toMatchObject({ hasProof: true });
    const agreementId = items[0]!.id;
    const answer = await own.administrator.call(api.agreements.proof, { params: { ...params, agreementId } });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(Object.keys(unzipSync(bytes))).toEqual(
      expect.arrayContaining(["LEGGIMI.txt", "verifica.json", "verifica.pdf"]),
    );
    const report = JSON.parse(Buffer.from(unzipSync(bytes)["verifica.json"]!).toString());
    expect(report).toMatchObject({
      accepted: true,
      agreement: { id: agreementId, institution: "Comune con la Prova" },
    });
    const stranger = await other.admin();
    expect(await codeOf(stranger.call(api.agreements.proof, { params: { ...params, agreementId } }))).toBe(
      "permission-missing",
    );
    expect(
      await codeOf(stranger.call(api.agreements.proof, { params: { institutionId: other.id, agreementId } })),
    ).toBe("agreement-unknown");
  });

  it("lets the staff find what was signed, product by product, and leaves a line where they look", async () => {
    const first = await joined("Comune del Registro Primo");
    world.pass(1_000);
    const second = await joined("Comune del Registro Secondo");
    const auditor = await world.staff(["auditor"]);
    const page = await auditor.call(api.agreements.register, { query: { search: "del registro", limit: 1 } });
    expect(page.items.map((one) => one.institution.id)).toEqual([second.institutionId]);
    const next = await auditor.call(api.agreements.register, {
      query: { search: "del registro", limit: 1, cursor: page.next! },
    });
    expect(next.items.map((one) => one.institution.name)).toEqual(["Comune del Registro Primo"]);
    const found = next.items[0]!;
    const file = await auditor.call(api.agreements.fileForStaff, {
      params: { institutionId: first.institutionId, agreementId: found.id },
      query: { form: "proof" },
    });
    expect(Object.keys(unzipSync(new Uint8Array(await file.arrayBuffer())))).toContain("verifica.json");
    const { items: lines } = await first.administrator.call(api.audit.trail, {
      params: { institutionId: first.institutionId },
      query: { limit: 20 },
    });
    expect(lines.map((line) => line.action)).toContain("staff.institution.read");

    // A reviewer of another product finds nothing, and opens nothing.
    await world.database.asSystem(({ connection }) =>
      connection.query("update agreements set product_id = 'altro' where institution_id = $1", [first.institutionId]),
    );
    const reviewer = await world.staff(["revisori-pagopa"]);
    const mine = await reviewer.call(api.agreements.register, { query: { search: "del registro" } });
    expect(mine.items.map((one) => one.institution.id)).toEqual([second.institutionId]);
    expect(
      await codeOf(
        reviewer.call(api.agreements.fileForStaff, {
          params: { institutionId: first.institutionId, agreementId: found.id },
        }),
      ),
    ).toBe("agreement-unknown");
    expect(await codeOf((await world.staff(["assistenza"])).call(api.agreements.register, { query: {} }))).toBe(
      "permission-missing",
    );
  });
});
