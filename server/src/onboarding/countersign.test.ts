import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { api } from "@area/api";
import { openTestAuthority, startSigningDesk } from "@area/dev-signing-desk/src/index.ts";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, expect, it } from "vitest";
import { keySeal, remoteSeal, type Seal, sealFile } from "../ports/signature/index.ts";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, type someone, type World } from "../testing/world.ts";

/* A product whose agreement the company signs too: the institution's signature first, then the seal, then it is active. */
const links = api.onboarding.links;
let world: World;
let sealed = 0;
let works = true;
beforeAll(async () => {
  const authority = await openTestAuthority(mkdtempSync(join(tmpdir(), "seal-")));
  const made = await authority.issue({
    organization: "Società Sigillante S.p.A.",
    givenName: "",
    familyName: "",
    fiscalCode: "",
    qualified: "seal",
  });
  const real = keySeal(made.privateKeyPem, made.certificatePem + made.chainPem);
  const seal: Seal = {
    credential: real.credential,
    sign: async (hash) => {
      if (!works) throw new Error("the service of seals does not answer");
      sealed++;
      return real.sign(hash);
    },
  };
  world = await makeWorld({ seal });
});
afterAll(() => world.close());

const asked = async () => {
  const requester = await world.person();
  const body = await world.body();
  const request = world.request(body, { productId: "ced" });
  const { id, institution } = await requester.call(api.onboarding.submit, { body: request });
  await world.settle();
  const token = world.linksTo(body.pec)[0]!.split("/").at(-1)!;
  const issued = Buffer.from(await (await world.anonymous(links.document, { body: { token } })).arrayBuffer());
  const signer = await world.signer(request.manager);
  const upload = (bytes: Uint8Array) =>
    world.anonymous(links.upload, { body: { token }, file: new Blob([new Uint8Array(bytes)]), fileName: "firmato" });
  const read = () => requester.call(api.onboarding.read, { params: { onboardingId: id } });
  return { requester, body, request, id, institutionId: institution.id, token, issued, signer, upload, read };
};
const administrator = async (of: Awaited<ReturnType<typeof asked>>) =>
  world.person(of.request.administrators[0] as ReturnType<typeof someone>);

for (const form of ["CAdES", "PAdES"] as const)
  it(`${form}: is active after the second signature only, and every side sees whose turn it is`, async () => {
    const of = await asked();
    expect((await of.read()).signing).toMatchObject([
      { party: "institution", state: "next", since: expect.any(String) },
      { party: "company", state: "later", since: null },
    ]);
    const manager = `${of.request.manager.givenName} ${of.request.manager.familyName}`;
    const file = form === "CAdES" ? world.cades(of.issued, of.signer) : await world.pades(of.issued, of.signer);
    const answer = await of.upload(file);
    expect(answer).toMatchObject({ completedAt: null, signer: manager });
    expect(await of.read()).toMatchObject({
      state: "awaiting-countersignature",
      signing: [
        { name: manager, state: "signed" },
        { party: "company", state: "next", since: expect.any(String) },
      ],
    });
    // Nothing is active yet, and the link says where it stands.
    expect((await (await administrator(of)).call(api.people.myInstitutions, {})).items).toEqual([]);
    expect(await world.anonymous(links.read, { body: { token: of.token } })).toMatchObject({
      state: "awaiting-countersignature",
    });
    const page = await (await world.fetch(`/accordo/${of.token}`, { headers: { accept: "text/html" } })).text();
    expect(page).toContain("Hai fatto la tua parte: ora firma la società");
    expect(await codeOf(of.upload(file))).toBe("link-used");
    expect(await codeOf(of.requester.call(api.onboarding.cancel, { params: { onboardingId: of.id } }))).toBe(
      "onboarding-not-cancellable",
    );

    await world.settle();
    expect(await of.read()).toMatchObject({
      state: "completed",
      signing: [{ state: "signed" }, { name: "Società Sigillante S.p.A.", state: "signed" }],
    });
    const admin = await administrator(of);
    const at = { params: { institutionId: of.institutionId } };
    const [agreement] = (await admin.call(api.agreements.ofInstitution, { ...at, query: {} })).items;
    expect(agreement).toMatchObject({ state: "active", signedForm: form, hasProof: true });
    expect(agreement!.signers).toEqual(expect.arrayContaining([manager, "Società Sigillante S.p.A."]));
    const staff = await world.staff(["revisori"]);
    const [registered] = (
      await staff.call(api.agreements.register, { query: { search: of.body.name.split(" ").at(-1)! } })
    ).items;
    expect(registered?.signing.map((s) => s.state)).toEqual(["signed", "signed"]);
    const trail = await admin.call(api.audit.trail, { ...at, query: { limit: 30 } });
    expect(trail.items.map((l) => l.action)).toEqual(
      expect.arrayContaining([
        "agreements.agreement.signed",
        "onboarding.signed",
        "agreements.agreement.countersigned",
      ]),
    );

    // The file as it left: what the person signed is in it, untouched, and other programs find both signatures.
    const bytes = Buffer.from(
      await (
        (await admin.call(api.agreements.document, {
          params: { ...at.params, agreementId: agreement!.id },
          query: { form: "signed" },
        })) as Blob
      ).arrayBuffer(),
    );
    const folder = mkdtempSync(join(tmpdir(), "sealed-"));
    if (form === "PAdES") {
      expect(bytes.subarray(0, file.length).equals(Buffer.from(file))).toBe(true);
      writeFileSync(join(folder, "a.pdf"), bytes);
      const said = execFileSync("pdfsig", ["-nocert", join(folder, "a.pdf")]).toString();
      expect(said.match(/Signature is Valid/g)).toHaveLength(2);
    } else {
      writeFileSync(join(folder, "outer.p7m"), bytes);
      const open = (from: string, to: string) =>
        execFileSync("openssl", [
          ...["cms", "-verify", "-binary", "-noverify", "-inform", "DER"],
          ...["-in", join(folder, from), "-out", join(folder, to)],
        ]);
      open("outer.p7m", "inner.p7m");
      open("inner.p7m", "a.pdf");
      expect(execFileSync("cat", [join(folder, "inner.p7m")]).equals(Buffer.from(file))).toBe(true);
      expect(execFileSync("cat", [join(folder, "a.pdf")]).equals(of.issued)).toBe(true);
    }
    const proof = unzipSync(
      new Uint8Array(
        await (
          (await admin.call(api.agreements.proof, { params: { ...at.params, agreementId: agreement!.id } })) as Blob
        ).arrayBuffer(),
      ),
    );
    const report = JSON.parse(strFromU8(proof["verifica.json"]!)) as { signers: { name: string }[] };
    expect(report.signers.map((s) => s.name)).toEqual(expect.arrayContaining(["Società Sigillante S.p.A.", manager]));
  });

it("waits for a service that is down, tells the staff once, and seals once when it is back", async () => {
  works = false;
  const of = await asked();
  await of.upload(world.cades(of.issued, of.signer));
  await world.settle();
  const late = async () =>
    (await (await world.staff(["revisori"])).call(api.findings.ofStaff, { query: {} })).items.filter(
      (f) => f.kind === "countersignature-late",
    );
  expect((await of.read()).state).toBe("awaiting-countersignature");
  await world.schedule("onboarding:countersign");
  await world.settle();
  expect(await late()).toEqual([]);
  world.pass(20 * 60_000);
  for (let turn = 0; turn < 2; turn++) {
    await world.schedule("onboarding:countersign");
    await world.settle();
  }
  expect(await late()).toMatchObject([{ institution: { id: of.institutionId }, severity: "critical" }]);
  works = true;
  const before = sealed;
  await Promise.all([world.schedule("onboarding:countersign"), world.schedule("onboarding:countersign")]);
  await world.settle();
  expect((await of.read()).state).toBe("completed");
  expect(await late()).toEqual([]);
  // Whatever was computed twice, one is on record, and a repeated reaction finds it done.
  expect(sealed - before).toBeLessThanOrEqual(2);
  await world.database.asSystem(({ connection }) =>
    connection.query("update deliveries set state = 'waiting', next_at = now(), attempts = 0"),
  );
  const again = sealed;
  await world.settle();
  expect(sealed).toBe(again);
  const countersigned = await world.database.asSystem(({ connection }) =>
    connection.query<{ n: number }>(
      "select count(*)::int as n from events where type = 'agreements.agreement.countersigned' and institution_id = $1",
      [of.institutionId],
    ),
  );
  expect(countersigned.rows[0]?.n).toBe(1);
});

it("seals by a signature service too (CSC), with the client's own token and a PIN", async () => {
  const client = { id: "area-riservata", secret: "a-secret", redirectUri: "http://portal.test/firma-remota/ritorno" };
  const folder = mkdtempSync(join(tmpdir(), "desk-"));
  const people = join(folder, "people.json");
  writeFileSync(people, "[]");
  const desk = await startSigningDesk({ port: 0, dataDir: folder, peopleFile: people, client });
  try {
    const settings = { url: desk.origin, clientId: client.id, clientSecret: client.secret, insecure: true };
    const seal = remoteSeal({ ...settings, credentialId: "company-seal", pin: "0000" });
    const text = Buffer.from("un contenuto qualunque");
    const { bytes, name } = await sealFile(seal, text, "PAdES", new Date(), true);
    expect(name).toBe("DEV Società di prova");
    writeFileSync(join(folder, "a.p7m"), bytes);
    const out = execFileSync("openssl", [
      ...["cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any"],
      ...["-CAfile", desk.trustFile, "-in", join(folder, "a.p7m")],
    ]);
    expect(out.equals(text)).toBe(true);
    const wrong = remoteSeal({ ...settings, credentialId: "company-seal", pin: "1111" });
    await expect(sealFile(wrong, text, "PAdES", new Date(), true)).rejects.toThrow("refused");
    const stranger = remoteSeal({ ...settings, clientSecret: "other", credentialId: "company-seal", pin: "0000" });
    await expect(sealFile(stranger, text, "PAdES", new Date(), true)).rejects.toThrow("refused");
  } finally {
    await desk.close();
  }
});
