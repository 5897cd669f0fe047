import { readdirSync } from "node:fs";
import { request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { api, type ProblemBody, type ProblemCode } from "@area/api";
import { untrustedSigner } from "@area/dev-signing-desk/src/index.ts";
import { type Language, languages, problemText } from "@area/words";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyChain } from "../audit/index.ts";
import { html } from "../platform/page.ts";
import { codeOf, refusalOf } from "../testing/refusals.ts";
import { makeWorld, someone, type World } from "../testing/world.ts";
import { schedules } from "./reactions.ts";
import { HAND_OVER } from "./tokens.ts";

const DAY = 86_400_000;
const links = api.onboarding.links;
const asBlob = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]);
/** A text as a page shows it. */
const shown = (text: string) => html`${text}`.markup;
const tokenOf = (link: string) => link.slice(link.lastIndexOf("/") + 1);

/** A municipality that asked to join, with the links that its certified mail received and the agreement as it was issued. */
const asked = async (
  world: World,
  more: { administrators?: number; body?: Awaited<ReturnType<World["body"]>> } = {},
) => {
  const requester = await world.person();
  const body = more.body ?? (await world.body());
  const request = world.request(body, { administrators: Array.from({ length: more.administrators ?? 1 }, someone) });
  const { id, institution } = await requester.call(api.onboarding.submit, { body: request });
  await world.settle();
  const [signLink = "", cancelLink = ""] = world.linksTo(body.pec);
  const token = tokenOf(signLink);
  const issued = Buffer.from(await (await world.anonymous(links.document, { body: { token } })).arrayBuffer());
  const manager = request.manager as ReturnType<typeof someone>;
  const administrators = request.administrators as ReturnType<typeof someone>[];
  const signer = await world.signer(manager, { key: "ec" });
  return {
    id,
    institutionId: institution.id,
    requester,
    body,
    manager,
    administrators,
    signer,
    signLink,
    cancelLink,
    token,
    issued,
    cancelToken: tokenOf(cancelLink),
    upload: (bytes: Uint8Array) =>
      world.anonymous(links.upload, { body: { token }, file: asBlob(bytes), fileName: "accordo.p7m" }),
    state: async () => (await requester.call(api.onboarding.read, { params: { onboardingId: id } })).state,
  };
};
type Asked = Awaited<ReturnType<typeof asked>>;

/** Everything that a refusal must leave as it was. */
const everything = async (world: World, of: Asked) => {
  const rows = await world.database.asSystem(async ({ db }) => {
    const count = (table: "events" | "audit_lines" | "memberships" | "institution_products" | "mails" | "deliveries") =>
      db.selectFrom(table).select(sql<number>`count(*)::int`.as("n")).executeTakeFirstOrThrow();
    return {
      onboarding: await db
        .selectFrom("onboardings")
        .select(["state", "version", "ended_at"])
        .where("id", "=", of.id)
        .executeTakeFirstOrThrow(),
      agreement: await db
        .selectFrom("agreements")
        .select([
          "state",
          "version",
          "signed_at",
          "signed_form",
          "signed_sha256",
          "signed_length",
          "signed_storage_key",
          "signers",
        ])
        .where("onboarding_id", "=", of.id)
        .executeTakeFirstOrThrow(),
      counts: [
        await count("events"),
        await count("audit_lines"),
        await count("memberships"),
        await count("institution_products"),
        await count("mails"),
        await count("deliveries"),
      ].map((c) => c.n),
    };
  });
  const files = readdirSync(join(world.dataDir, "files/agreements")).filter((name) => name.startsWith(of.id));
  return { ...rows, files };
};
const unchangedBy = async <T>(world: World, of: Asked, act: () => Promise<T>): Promise<T> => {
  const before = await everything(world, of);
  const answer = await act();
  expect(await everything(world, of)).toEqual(before);
  return answer;
};

const form = (bytes: Uint8Array) => {
  const f = new FormData();
  f.set("file", asBlob(bytes), "accordo.p7m");
  return f;
};
/** Uploads by the page, as a program or as a browser would. */
const post = async (world: World, link: string, bytes: Uint8Array, headers: Record<string, string>) =>
  world.fetch(link, { method: "POST", body: form(bytes), headers });

/** Failures come back later; here later is at once. */
const settleWhateverFails = async (world: World) => {
  for (let turn = 0; turn < 12; turn++) {
    await world.settle();
    const waiting = await world.database.asSystem(({ connection }) =>
      connection.query("update deliveries set next_at = now() where state = 'waiting'"),
    );
    if (waiting.affected === 0) return;
  }
  throw new Error("the outbox never settles");
};
/** As if every delivery had been forgotten: a worker killed before it could write down what it did. */
const deliverAllAgain = async (world: World) => {
  await world.database.asSystem(({ connection }) =>
    connection.query("update deliveries set state = 'waiting', next_at = now(), attempts = 0"),
  );
  await world.settle();
};

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

describe("the legal representative signs", () => {
  for (const way of ["CAdES", "PAdES"] as const)
    it(`a ${way} signature makes the product active, its administrators at work and everything on record`, async () => {
      const of = await asked(world, { administrators: 3 });
      expect(of.signLink).toMatch(/^http:\/\/portal\.test\/accordo\/\S+$/);
      expect(of.cancelLink).toMatch(/^http:\/\/portal\.test\/annulla\/\S+$/);
      await unchangedBy(world, of, async () => {
        for (let i = 0; i < 5; i++) {
          const page = await world.fetch(of.signLink, { headers: { accept: "text/html" } });
          expect(page.status).toBe(200);
          expect(await page.text()).toContain(`${of.manager.givenName} ${of.manager.familyName}`);
          expect((await world.fetch(of.signLink, { method: "HEAD" })).status).toBe(200);
          expect((await world.fetch(of.cancelLink, { headers: { accept: "text/html" } })).status).toBe(200);
          expect(await world.anonymous(links.read, { body: { token: of.token } })).toMatchObject({
            purpose: "sign",
            state: "awaiting-signature",
            institutionName: of.body.name,
          });
          const document = await world.fetch(`${of.signLink}/documento`);
          expect(Buffer.from(await document.arrayBuffer()).equals(of.issued)).toBe(true);
        }
      });

      const signed = Buffer.from(
        way === "CAdES" ? world.cades(of.issued, of.signer) : await world.pades(of.issued, of.signer),
      );
      await unchangedBy(world, of, async () =>
        expect(await world.anonymous(links.check, { body: { token: of.token }, file: asBlob(signed) })).toMatchObject({
          accepted: true,
          form: way,
        }),
      );
      expect(await of.upload(signed)).toMatchObject({
        onboardingId: of.id,
        institutionName: of.body.name,
        productTitle: "pagoPA",
      });
      await world.settle();
      expect(await of.state()).toBe("completed");

      for (const named of of.administrators) {
        const admin = await world.person(named);
        const mine = await admin.call(api.people.myInstitutions, {});
        expect(mine.items).toMatchObject([{ id: of.institutionId, name: of.body.name }]);
        expect(mine.items[0]!.memberships.map((m) => `${m.productId} ${m.profile} ${m.state}`).sort()).toEqual([
          "institution administrator active",
          "pagopa administrator active",
        ]);
        const institution = await admin.call(api.institutions.read, { params: { institutionId: of.institutionId } });
        expect(institution).toMatchObject({
          products: [{ productId: "pagopa", state: "active", recipientCode: "UFTEST" }],
          awaiting: [],
        });
      }

      const admin = await world.person(of.administrators[1]);
      const at = { institutionId: of.institutionId };
      const { items } = await admin.call(api.agreements.ofInstitution, { params: at });
      expect(items).toMatchObject([
        {
          state: "active",
          sha256: world.digest(of.issued),
          signedForm: way,
          signers: [`${of.manager.givenName} ${of.manager.familyName}`],
        },
      ]);
      for (const [which, bytes] of [
        ["issued", of.issued],
        ["signed", signed],
      ] as const) {
        const file = await admin.call(api.agreements.document, {
          params: { ...at, agreementId: items[0]!.id },
          query: { form: which },
        });
        expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
      }
      const row = await world.database.asSystem(({ db }) =>
        db.selectFrom("agreements").selectAll().where("onboarding_id", "=", of.id).executeTakeFirstOrThrow(),
      );
      expect([Buffer.from(row.signed_sha256!).toString("hex"), Number(row.signed_length)]).toEqual([
        world.digest(signed),
        signed.length,
      ]);

      const events = await world.database.asSystem(({ db }) =>
        db.selectFrom("events").select("type").where("institution_id", "=", of.institutionId).orderBy("id").execute(),
      );
      const appointed = Array.from({ length: 6 }, () => "people.membership.activated");
      const told = [
        "onboarding.submitted",
        "agreements.agreement.written",
        "agreements.agreement.sent",
        "findings.finding.raised",
        "agreements.agreement.signed",
        "institutions.product.activated",
        ...appointed,
        "people.representative.changed",
        "onboarding.completed",
        "findings.finding.resolved",
      ];
      expect(events.map((e) => e.type)).toEqual(told);
      const trail = await admin.call(api.audit.trail, { params: at, query: { limit: 100 } });
      expect(trail.items.map((l) => l.action).reverse()).toEqual(told);
      expect(trail.items.map((l) => l.sequence)).toEqual(told.map((_, i) => told.length - i));
      expect(trail.items.find((l) => l.action === "agreements.agreement.signed")?.actor.kind).toBe("link");
      expect(await verifyChain(world.database, of.institutionId)).toEqual({
        lines: told.length,
        whole: true,
        brokenAt: null,
      });
      expect((await admin.call(api.findings.list, { params: at })).items).toEqual([]);
    });

  it("everybody concerned is written to once, however often the mail fails or the worker starts again", async () => {
    world.failMail(2);
    const requester = await world.person();
    const body = await world.body();
    const request = world.request(body, { administrators: [someone(), someone()] });
    const { id } = await requester.call(api.onboarding.submit, { body: request });
    await settleWhateverFails(world);
    const letters = (to: string) => world.sent.filter((m) => m.to === to).map((m) => m.subject.split(" ")[0]);
    expect(letters(body.pec)).toEqual(["Accordo"]);
    for (const a of request.administrators) expect(letters(a.email)).toEqual(["Sei"]);
    expect(letters(request.manager.email)).toEqual([]);
    await deliverAllAgain(world);

    const token = tokenOf(world.linksTo(body.pec)[0]!);
    const issued = Buffer.from(await (await world.anonymous(links.document, { body: { token } })).arrayBuffer());
    const signed = world.cades(
      issued,
      await world.signer(request.manager as ReturnType<typeof someone>, { key: "ec" }),
    );
    await world.anonymous(links.upload, { body: { token }, file: asBlob(signed) });
    for (const failures of [1, 2]) {
      world.failMail(failures);
      await settleWhateverFails(world);
    }
    await deliverAllAgain(world);
    expect(letters(body.pec)).toEqual(["Accordo", "pagoPA"]);
    for (const a of request.administrators) expect(letters(a.email)).toEqual(["Sei", "pagoPA"]);
    expect(letters(request.manager.email)).toEqual(["pagoPA"]);
    expect(world.sent.filter((m) => m.to === body.pec).map((m) => m.kind)).toEqual(["pec", "pec"]);
    expect((await requester.call(api.onboarding.read, { params: { onboardingId: id } })).state).toBe("completed");
    world.failMail(0);
  });

  it("the file may come by the page, and the page then says that the product is active", async () => {
    const of = await asked(world);
    const page = await post(world, of.signLink, world.cades(of.issued, of.signer), { accept: "text/html" });
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(await of.state()).toBe("completed");
    const other = await asked(world);
    const json = await post(world, other.signLink, world.cades(other.issued, other.signer), {
      accept: "application/json",
    });
    expect(json.status).toBe(200);
    expect(await json.json()).toMatchObject({ onboardingId: other.id, institutionName: other.body.name });
  });

  it("of two files sent at the same moment one counts and the other finds the link used", async () => {
    const of = await asked(world);
    const file = world.cades(of.issued, of.signer);
    const outcomes = await Promise.all(
      [1, 2, 3].map(() =>
        of.upload(file).then(
          () => "done",
          (e: { code?: string }) => e.code,
        ),
      ),
    );
    expect(outcomes.sort()).toEqual(["done", "link-used", "link-used"]);
  });

  it("of a signature and a cancellation at the same moment one counts", async () => {
    const of = await asked(world);
    const file = world.cades(of.issued, of.signer);
    const [signed, cancelled] = await Promise.all([
      of.upload(file).then(
        () => "done",
        (e: { code?: string }) => e.code,
      ),
      world.anonymous(links.cancel, { body: { token: of.cancelToken } }).then(
        () => "done",
        (e: { code?: string }) => e.code,
      ),
    ]);
    expect([
      ["done", "onboarding-not-cancellable"],
      ["onboarding-cancelled", "done"],
    ]).toContainEqual([signed, cancelled]);
    expect(await of.state()).toBe(signed === "done" ? "completed" : "cancelled");
  });
});

describe("a file that is not the signed agreement", () => {
  let of: Asked;
  beforeAll(async () => {
    of = await asked(world);
  });
  const flipped = (bytes: Uint8Array, at: number) => bytes.map((b, i) => (i === at ? b ^ 1 : b));
  /** What the page must say: the words of the refusal, or for another signer's name both names. */
  const saidOf = (language: Language, code: ProblemCode) =>
    code === "signer-not-legal-representative"
      ? `${of.manager.givenName} ${of.manager.familyName}`
      : problemText(language, code).title;
  const by = (more: object) => world.signer(of.manager, { key: "ec", ...more });
  const ago = (days: number) => new Date(Date.now() - days * DAY);
  const wrong: [string, ProblemCode, () => Promise<Uint8Array> | Uint8Array][] = [
    ["a letter", "not-a-signature", () => Buffer.from("Gentile portale, firmo volentieri.")],
    ["the agreement as it was, unsigned", "not-a-signature", () => of.issued],
    ["noise", "not-a-signature", () => Uint8Array.from({ length: 5000 }, (_, i) => (i * 197) & 0xff)],
    [
      "the signature of another document",
      "signature-of-another-document",
      () => world.cades(Buffer.from("un altro documento"), of.signer),
    ],
    [
      "a signature by somebody else",
      "signer-not-legal-representative",
      async () => world.cades(of.issued, await world.signer(someone(), { key: "ec" })),
    ],
    [
      "a PDF signed by somebody else",
      "signer-not-legal-representative",
      async () => world.pades(of.issued, await world.signer(of.administrators[0]!, { key: "ec" })),
    ],
    [
      "a certificate that has expired",
      "signer-certificate-expired",
      async () => world.cades(of.issued, await by({ notBefore: ago(700), notAfter: ago(1) })),
    ],
    [
      "a certificate that is not yet valid",
      "signer-certificate-not-yet-valid",
      async () => world.cades(of.issued, await by({ notBefore: ago(-2) })),
    ],
    [
      "a certificate of an authority nobody trusts",
      "signer-certificate-untrusted",
      async () => world.cades(of.issued, await untrustedSigner({ ...of.manager, key: "ec" })),
    ],
    [
      "a certificate that is for entering, not for signing",
      "signer-certificate-not-for-signing",
      async () => world.cades(of.issued, await by({ keyUsage: ["digitalSignature"] })),
    ],
    [
      "a certificate without a fiscal code",
      "signer-identity-missing",
      async () => world.cades(of.issued, await by({ serialNumber: null })),
    ],
    [
      "a signature with a digest nobody accepts any more",
      "signature-weak-algorithm",
      () => world.cades(of.issued, of.signer, { digest: "SHA-1" }),
    ],
    [
      "a signature altered after signing",
      "signature-altered",
      () => {
        const file = world.cades(of.issued, of.signer);
        return flipped(file, file.length - 8);
      },
    ],
    [
      "an agreement altered inside its envelope",
      "signature-altered",
      () => {
        const file = world.cades(of.issued, of.signer);
        return flipped(file, Buffer.from(file).indexOf(of.issued.subarray(0, 64)) + 5000);
      },
    ],
    [
      "a signed PDF altered after signing",
      "signature-altered",
      async () => flipped(await world.pades(of.issued, of.signer), 2000),
    ],
    [
      "a signature without its document",
      "signature-content-missing",
      () => world.cades(of.issued, of.signer, { detached: true }),
    ],
    [
      "a signed file cut short",
      "signed-file-truncated",
      () => {
        const file = world.cades(of.issued, of.signer);
        return file.subarray(0, file.length - 700);
      },
    ],
    [
      "a signed PDF with something added after the signature",
      "signature-incomplete-coverage",
      async () =>
        Buffer.concat([await world.pades(of.issued, of.signer), Buffer.from("\nprotocollo 1234 del 23/11/2026\n")]),
    ],
    ["an empty file", "file-missing", () => new Uint8Array()],
  ];
  for (const [what, code, make] of wrong)
    it(`${what} is refused as ${code} and changes nothing`, async () => {
      const file = await make();
      const problem = await unchangedBy(world, of, async () => {
        const refused = await refusalOf(of.upload(file));
        const json = await post(world, of.signLink, file, { accept: "application/json" });
        expect([json.status, json.headers.get("content-type")?.split(";")[0]]).toEqual([
          refused.status,
          "application/problem+json",
        ]);
        expect((await json.json()) as ProblemBody).toMatchObject({ code, status: refused.status });
        for (const language of languages) {
          const headers = { accept: "text/html", "accept-language": language };
          const page = await post(world, of.signLink, file, headers);
          expect([page.status, page.headers.get("content-type"), page.headers.get("content-language")]).toEqual([
            refused.status,
            "text/html; charset=utf-8",
            language,
          ]);
          expect((await page.text()).includes(shown(saidOf(language, code)))).toBe(true);
          const told = await world.fetch(of.signLink, {
            method: "POST",
            body: form(file),
            headers: { accept: "application/json", "accept-language": language },
          });
          const body = (await told.json()) as ProblemBody;
          expect([body.title, body.detail]).toEqual(Object.values(problemText(language, code, body.facts)));
        }
        return refused;
      });
      expect(problem.code).toBe(code);
    });

  it("a file of 20 MB and one byte is refused, one of 20 MB is read", async () => {
    await unchangedBy(world, of, async () => {
      const most = 20 * 1024 * 1024;
      expect(await codeOf(of.upload(new Uint8Array(most + 1)))).toBe("file-too-large");
      expect(await codeOf(of.upload(new Uint8Array(most)))).toBe("not-a-signature");
      const page = await post(world, of.signLink, new Uint8Array(most + 1), { accept: "text/html" });
      expect(page.status).toBe(413);
      expect((await page.text()).includes(shown(problemText("it", "file-too-large").title))).toBe(true);
      const json = await post(world, of.signLink, new Uint8Array(most + 1), { accept: "application/json" });
      expect([json.status, ((await json.json()) as ProblemBody).code]).toEqual([413, "file-too-large"]);
    });
  });

  it("100 MB that keep coming are read away and refused", async () => {
    const address = await world.app
      .listen({ port: 0, host: "127.0.0.1" })
      .then(() => world.app.server.address() as AddressInfo);
    await unchangedBy(world, of, async () => {
      const before = process.memoryUsage().rss;
      const { status, body } = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
        const out = send(
          {
            host: "127.0.0.1",
            port: address.port,
            path: new URL(of.signLink).pathname,
            method: "POST",
            headers: { "content-type": "multipart/form-data; boundary=confine", accept: "application/json" },
          },
          (response) => {
            const chunks: Buffer[] = [];
            response
              .on("data", (c: Buffer) => chunks.push(c))
              .on("end", () => resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString() }));
          },
        );
        out.on("error", reject);
        out.write('--confine\r\ncontent-disposition: form-data; name="file"; filename="a.p7m"\r\n\r\n');
        const piece = Buffer.alloc(1024 * 1024);
        let left = 100;
        const more = () => {
          while (left-- > 0) if (!out.write(piece)) return void out.once("drain", more);
          out.end("\r\n--confine--\r\n");
        };
        more();
      });
      expect([status, (JSON.parse(body) as ProblemBody).code]).toEqual([413, "file-too-large"]);
      expect(process.memoryUsage().rss - before).toBeLessThan(90 * 1024 * 1024);
    });
  });

  it("an upload cut short on its way is refused as such, wherever it was cut", async () => {
    const file = Buffer.from(world.cades(of.issued, of.signer));
    const whole = Buffer.concat([
      Buffer.from(
        '--confine\r\ncontent-disposition: form-data; name="file"; filename="a.p7m"\r\ncontent-type: application/pkcs7-mime\r\n\r\n',
      ),
      file,
      Buffer.from("\r\n--confine--\r\n"),
    ]);
    await unchangedBy(world, of, async () => {
      for (const length of [
        1,
        9,
        40,
        110,
        200,
        5000,
        whole.length - 20,
        whole.length - 12,
        whole.length - 8,
        whole.length - 4,
      ]) {
        const headers = { "content-type": "multipart/form-data; boundary=confine", accept: "application/json" };
        const answer = await world.fetch(of.signLink, {
          method: "POST",
          body: new Uint8Array(whole.subarray(0, length)),
          headers,
        });
        expect([length, answer.status, ((await answer.json()) as ProblemBody).code]).toEqual([
          length,
          400,
          "upload-truncated",
        ]);
        const page = await world.fetch(of.signLink, {
          method: "POST",
          body: new Uint8Array(whole.subarray(0, length)),
          headers: { ...headers, accept: "text/html" },
        });
        expect([page.status, page.headers.get("content-type")]).toEqual([400, "text/html; charset=utf-8"]);
      }
    });
  });

  it("a form without a file, or that is no form, is refused", async () => {
    await unchangedBy(world, of, async () => {
      const empty = new FormData();
      empty.set("nota", "dimenticato");
      const missing = await world.fetch(of.signLink, {
        method: "POST",
        body: empty,
        headers: { accept: "application/json" },
      });
      expect([missing.status, ((await missing.json()) as ProblemBody).code]).toEqual([400, "file-missing"]);
      const text = await world.fetch(of.signLink, {
        method: "POST",
        body: "file=ciao",
        headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
      });
      expect([text.status, ((await text.json()) as ProblemBody).code]).toEqual([415, "media-type-unsupported"]);
      expect(await codeOf(world.anonymous(links.upload, { body: { token: of.token } }))).toBe("file-missing");
      const check = await world.fetch(`${of.signLink}/controllo`, {
        method: "POST",
        body: empty,
        headers: { accept: "application/json" },
      });
      expect([check.status, check.headers.get("content-type")?.split(";")[0]]).toEqual([
        400,
        "application/problem+json",
      ]);
    });
  });

  it("the check says the same and keeps nothing", async () => {
    await unchangedBy(world, of, async () => {
      for (const [, code, make] of wrong) {
        const file = await make();
        if (file.length === 0) continue;
        const report = await world.anonymous(links.check, { body: { token: of.token }, file: asBlob(file) });
        expect(report.accepted).toBe(false);
        expect(report.checks.find((c) => c.outcome === "failed")?.problem).toBe(code);
        const page = await post(world, `${of.signLink}/controllo`, file, { accept: "text/html" });
        expect(page.status).toBe(200);
        expect((await page.text()).includes(shown(saidOf("it", code)))).toBe(true);
      }
    });
  });

  it("a dry run accepts the right file, says what it would announce and leaves no trace", async () => {
    await unchangedBy(world, of, async () => {
      const done = await world.anonymous(links.upload, {
        body: { token: of.token },
        file: asBlob(world.cades(of.issued, of.signer)),
        dryRun: true,
      });
      expect(done.onboardingId).toBe(of.id);
    });
  });

  it("after all these refusals the link still takes the right file", async () => {
    await of.upload(world.cades(of.issued, of.signer));
    expect(await of.state()).toBe("completed");
  });
});

describe("a link that does not open", () => {
  it("with any one of its characters changed is not ours", async () => {
    const of = await asked(world);
    const file = world.cades(of.issued, of.signer);
    await unchangedBy(world, of, async () => {
      for (let i = 0; i < of.token.length; i++) {
        const letters = [...of.token];
        letters[i] = letters[i] === "A" ? "B" : "A";
        const altered = letters.join("");
        expect(await codeOf(world.anonymous(links.read, { body: { token: altered } }))).toBe("link-invalid");
        if (i % 16 === 0)
          expect(await codeOf(world.anonymous(links.upload, { body: { token: altered }, file: asBlob(file) }))).toBe(
            "link-invalid",
          );
        if (i % 16 === 8)
          expect(
            (await post(world, `http://portal.test/accordo/${altered}`, file, { accept: "text/html" })).status,
          ).toBe(403);
      }
      for (const token of [
        of.token.slice(0, -1),
        `${of.token}A`,
        `${of.token}=`,
        `${of.token}.x`,
        of.token.toLowerCase(),
        of.token.replace(".", ".."),
        ".",
        "..",
        "a.b",
        "\u0000",
        "%00",
        "é".repeat(100),
      ])
        expect(await codeOf(world.anonymous(links.read, { body: { token } }))).toMatch(
          /^link-invalid$|^input-invalid$/,
        );
      const long = await world.fetch(`http://portal.test/accordo/${"a".repeat(650)}`, {
        headers: { accept: "text/html" },
      });
      expect(long.status).toBeLessThan(500);
    });
  });

  it("serves one purpose only", async () => {
    const of = await asked(world);
    const file = world.cades(of.issued, of.signer);
    const handOver = world.parts.cipher.signToken({ purpose: HAND_OVER, id: of.id, expires: Date.now() + DAY });
    await unchangedBy(world, of, async () => {
      for (const token of [of.cancelToken, handOver]) {
        expect(await codeOf(world.anonymous(links.upload, { body: { token }, file: asBlob(file) }))).toBe(
          "link-invalid",
        );
        expect(await codeOf(world.anonymous(links.document, { body: { token } }))).toBe("link-invalid");
        for (const language of languages) {
          const page = await world.fetch(`http://portal.test/accordo/${token}`, {
            headers: { accept: "text/html", "accept-language": language },
          });
          expect([page.status, page.headers.get("content-language")]).toEqual([403, language]);
          expect((await page.text()).includes(shown(problemText(language, "link-invalid").title))).toBe(true);
        }
        expect(
          (await post(world, `http://portal.test/accordo/${token}`, file, { accept: "application/json" })).status,
        ).toBe(403);
      }
      for (const token of [of.token, handOver]) {
        expect(await codeOf(world.anonymous(links.cancel, { body: { token } }))).toBe("link-invalid");
        expect(
          (
            await world.fetch(`http://portal.test/annulla/${token}`, {
              method: "POST",
              headers: { accept: "application/json" },
            })
          ).status,
        ).toBe(403);
      }
    });
  });

  it("was used for a file that was accepted: a second one finds it used", async () => {
    const of = await asked(world);
    const file = world.cades(of.issued, of.signer);
    await of.upload(file);
    await unchangedBy(world, of, async () => {
      expect(await codeOf(of.upload(file))).toBe("link-used");
      const page = await post(world, of.signLink, file, { accept: "text/html" });
      expect(page.status).toBe(409);
      expect(await codeOf(world.anonymous(links.cancel, { body: { token: of.cancelToken } }))).toBe(
        "onboarding-not-cancellable",
      );
      expect((await world.fetch(of.signLink, { headers: { accept: "text/html" } })).status).toBe(200);
    });
  });

  it("was cancelled, by the certified mail or by who asked: nothing can be signed any more", async () => {
    const byLink = await asked(world);
    expect(await world.anonymous(links.cancel, { body: { token: byLink.cancelToken } })).toMatchObject({
      institutionName: byLink.body.name,
    });
    const byRequester = await asked(world);
    expect(
      await byRequester.requester.call(api.onboarding.cancel, { params: { onboardingId: byRequester.id } }),
    ).toMatchObject({ state: "cancelled" });
    await world.settle();
    for (const of of [byLink, byRequester]) {
      await unchangedBy(world, of, async () => {
        expect(await codeOf(of.upload(world.cades(of.issued, of.signer)))).toBe("onboarding-cancelled");
        expect(await codeOf(world.anonymous(links.document, { body: { token: of.token } }))).toBe(
          "onboarding-cancelled",
        );
        expect(await codeOf(world.anonymous(links.cancel, { body: { token: of.cancelToken } }))).toBe("link-used");
        expect(await codeOf(of.requester.call(api.onboarding.cancel, { params: { onboardingId: of.id } }))).toBe(
          "onboarding-not-cancellable",
        );
      });
      expect(world.sent.filter((m) => m.to === of.body.pec).map((m) => m.subject.split(" ")[0])).toEqual([
        "Accordo",
        "Adesione",
      ]);
      expect(await verifyChain(world.database, of.institutionId)).toMatchObject({ whole: true });
    }
  });

  it("is of a request that another one for the same institution made pointless", async () => {
    const first = await asked(world);
    const second = await asked(world, { body: first.body });
    expect(second.institutionId).toBe(first.institutionId);
    await second.upload(world.cades(second.issued, second.signer));
    await world.settle();
    expect([await first.state(), await second.state()]).toEqual(["superseded", "completed"]);
    await unchangedBy(world, first, async () => {
      expect(await codeOf(first.upload(world.cades(first.issued, first.signer)))).toBe("onboarding-superseded");
      expect(await world.anonymous(links.read, { body: { token: first.token } })).toMatchObject({
        state: "superseded",
      });
      const page = await post(world, first.signLink, world.cades(first.issued, first.signer), { accept: "text/html" });
      expect([
        page.status,
        (await page.text()).includes(shown(problemText("it", "onboarding-superseded").title)),
      ]).toEqual([409, true]);
      expect(await codeOf(world.anonymous(links.cancel, { body: { token: first.cancelToken } }))).toBe(
        "onboarding-not-cancellable",
      );
    });
    const third = await world.person();
    expect(await codeOf(third.call(api.onboarding.submit, { body: world.request(first.body) }))).toBe("already-active");
    expect(await verifyChain(world.database, first.institutionId)).toMatchObject({ whole: true });
  });

  it("somebody else's onboarding is nobody's to read or cancel", async () => {
    const of = await asked(world);
    const stranger = await world.person();
    expect(await codeOf(stranger.call(api.onboarding.read, { params: { onboardingId: of.id } }))).toBe(
      "onboarding-unknown",
    );
    expect(await codeOf(stranger.call(api.onboarding.cancel, { params: { onboardingId: of.id } }))).toBe(
      "onboarding-unknown",
    );
  });
});

describe("the time to sign passes", () => {
  it("the link is refused from that moment, and the schedule says so in the state", async () => {
    const late = await makeWorld();
    try {
      const of = await asked(late);
      const file = late.cades(of.issued, of.signer);
      const expire = schedules(late.parts)["onboarding:expire"]!;
      late.pass(30 * DAY - 120_000);
      await expire.run(new Date());
      expect((await late.fetch(of.signLink, { headers: { accept: "text/html" } })).status).toBe(200);
      late.pass(240_000);
      const again = await late.person(of.requester.name);
      const state = async () => (await again.call(api.onboarding.read, { params: { onboardingId: of.id } })).state;
      expect(await state()).toBe("awaiting-signature");
      const refused = async () => {
        const body = { token: of.token };
        for (const call of [
          () => of.upload(file),
          () => late.anonymous(links.read, { body }),
          () => late.anonymous(links.document, { body }),
          () => late.anonymous(links.cancel, { body: { token: of.cancelToken } }),
        ])
          expect(await codeOf(call())).toBe("link-expired");
        for (const language of languages) {
          const page = await post(late, of.signLink, file, { accept: "text/html", "accept-language": language });
          expect([page.status, page.headers.get("content-language")]).toEqual([410, language]);
          expect((await page.text()).includes(shown(problemText(language, "link-expired").title))).toBe(true);
        }
      };
      await unchangedBy(late, of, refused);
      await expire.run(new Date());
      await expire.run(new Date());
      await late.settle();
      expect(await state()).toBe("expired");
      await unchangedBy(late, of, refused);
      const events = await late.database.asSystem(({ db }) =>
        db
          .selectFrom("events")
          .select("type")
          .where("institution_id", "=", of.institutionId)
          .where("type", "=", "onboarding.expired")
          .execute(),
      );
      expect(events).toHaveLength(1);
      expect(late.sent.filter((m) => m.to === of.body.pec).map((m) => m.subject.split(" ")[0])).toEqual([
        "Accordo",
        "Adesione",
      ]);
      expect(await verifyChain(late.database, of.institutionId)).toMatchObject({ whole: true });
      // Who asked may ask again.
      const anew = await again.call(api.onboarding.submit, { body: late.request(of.body) });
      expect(anew.state).toBe("submitted");
    } finally {
      await late.close();
    }
  });
});
