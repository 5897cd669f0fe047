import { type AnswerOf, api } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, type SignedIn, someone, type World } from "../testing/world.ts";

/* A text changes: two people publish it, institutions read what changes and accept it, or the time passes. */
const { templates, acceptances } = api.terms;
const DAY = 86_400_000;
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

type Text = AnswerOf<typeof templates.read>;
type Block = { kind: string; items?: string[] };
const ID = "pagopa-pa";
const at = { params: { templateId: ID } };
/** The text with its last paragraph said otherwise, and one more. */
const rewritten = (text: Text, words: string) => ({
  ...text.content,
  blocks: (text.content["blocks"] as Block[]).map((b) =>
    b.kind === "list" && b.items
      ? { ...b, items: [...b.items.slice(0, -1), `${b.items.at(-1)} ${words}`, `Un articolo nuovo: ${words}`] }
      : b,
  ),
});
const publish = async (
  more: { way?: "online" | "signature" | "none"; overdue?: "stays" | "suspends"; days?: number } = {},
) => {
  const [author, colleague] = [await world.staff(["prodotti"]), await world.staff(["prodotti"])];
  const text = await author.call(templates.read, at);
  const proposed = await author.call(templates.propose, {
    ...at,
    body: {
      content: rewritten(text, `parole ${text.version}`),
      baseVersion: text.version,
      summary: "Cambia l’ultimo articolo, e ce n’è uno nuovo.",
      way: "online",
      reason: "Nuove norme",
      ...more,
    },
  });
  const body = { proposalId: proposed.proposal!.id };
  expect(await codeOf(author.call(templates.publish, { ...at, body }))).toBe("proposal-own");
  const published = await colleague.call(templates.publish, { ...at, body });
  await world.settle();
  return published;
};
const confirmed = async (who: SignedIn) => {
  await world.database.asSystem(({ connection }) =>
    connection.query("update sessions set step_up_until = $2 where id_hash = $1", [
      who.hash,
      new Date(Date.now() + 10 * 365 * DAY),
    ]),
  );
  return who;
};
const asksOf = async (who: SignedIn, institutionId: string) =>
  (await who.call(acceptances.list, { params: { institutionId } })).items;
const pecs = (to: string) => world.sent.filter((m) => m.to === to && m.kind === "pec").map((m) => m.subject);

describe("a new version of a text", () => {
  it("is tried, proposed by one, published by another; products and newcomers take it, active institutions are asked", async () => {
    const joined = await world.municipality();
    const admin = await joined.admin();
    const author = await world.staff(["prodotti"]);
    const text = await author.call(templates.read, at);
    expect(text).toMatchObject({ version: "1.0.0", products: [{ id: "pagopa" }] });
    const tried = await author.call(templates.rehearse, { ...at, body: { content: rewritten(text, "subito") } });
    expect(tried).toMatchObject({ valid: true, version: "1.1.0", institutions: 1 });
    expect(tried.difference.filter((d) => d.change !== "same").map((d) => d.change)).toEqual(["changed", "added"]);
    const unknown = await author.call(templates.rehearse, { ...at, body: { content: rewritten(text, "{{ignoto}}") } });
    expect(unknown).toMatchObject({ valid: false, faults: [{ path: "ignoto" }] });
    expect(await codeOf(author.call(templates.propose, { ...at, body: { ...nothing(text) } }))).toBe(
      "nothing-to-change",
    );
    // Nobody of the staff without the catalogue, and nobody of an institution.
    expect(await codeOf((await world.staff(["assistenza"])).call(templates.read, at))).toBe("permission-missing");

    const published = await publish();
    expect(published).toMatchObject({ version: "1.1.0" });
    expect(published.versions.map((v) => v.version)).toEqual(["1.1.0", "1.0.0"]);
    const product = (await world.anonymous(api.products.list, {})).items.find((p) => p.id === "pagopa")!;
    expect(product.version).toBe(3);
    const [asked] = await asksOf(admin, joined.id);
    expect(asked).toMatchObject({ state: "asked", fromVersion: "1.0.0", version: "1.1.0", way: "online" });
    expect(pecs(joined.body.pec)).toEqual(["Nuova versione dell’accordo pagoPA: da accettare"]);
    const findings = await admin.call(api.findings.list, { params: { institutionId: joined.id } });
    expect(findings.items.map((f) => f.kind)).toContain("agreement-version-to-accept");
    const fresh = await world.staff(["prodotti"]);
    const list = await fresh.call(templates.acceptances, {
      params: { templateId: ID, version: "1.1.0" },
      query: { state: "asked" },
    });
    expect(list.items.map((i) => i.institution.id)).toContain(joined.id);
    // Told once, however often the reaction runs.
    await world.database.asSystem(({ connection }) =>
      connection.query("update deliveries set state = 'waiting', next_at = now(), attempts = 0"),
    );
    await world.settle();
    expect(pecs(joined.body.pec)).toHaveLength(1);
    expect(await asksOf(admin, joined.id)).toHaveLength(1);
  });

  it("is read paragraph by paragraph and accepted by who may, who confirms who they are", async () => {
    const joined = await world.municipality();
    const admin = await joined.admin();
    const reader = await joined.member("read-only");
    await publish();
    const [asked] = await asksOf(admin, joined.id);
    const one = { params: { institutionId: joined.id, acceptanceId: asked!.id } };
    const body = { version: asked!.version };
    const read = await reader.call(acceptances.read, one);
    expect(read.difference.some((d) => d.change === "changed")).toBe(true);
    expect(JSON.stringify(read.difference)).not.toContain("{{");
    expect(await codeOf(reader.call(acceptances.confirm, { ...one, body }))).toBe("permission-missing");
    expect(await codeOf(admin.call(acceptances.confirm, { ...one, body }))).toBe("step-up-needed");
    await confirmed(admin);
    expect(await codeOf(admin.call(acceptances.confirm, { ...one, body: { version: "0.9.0" } }))).toBe(
      "acceptance-moved-on",
    );
    const elsewhere = await world.municipality();
    const stranger = await confirmed(await elsewhere.admin());
    expect(
      await codeOf(
        stranger.call(acceptances.confirm, {
          params: { institutionId: elsewhere.id, acceptanceId: asked!.id },
          body,
        }),
      ),
    ).toBe("acceptance-unknown");
    const both = await Promise.allSettled([
      admin.call(acceptances.confirm, { ...one, body }),
      admin.call(acceptances.confirm, { ...one, body }),
    ]);
    expect(both.map((b) => b.status).sort()).toEqual(["fulfilled", "rejected"]);
    await world.settle();
    const name = `${admin.name.givenName} ${admin.name.familyName}`;
    expect((await asksOf(admin, joined.id))[0]).toMatchObject({ state: "accepted", acceptedBy: name });
    const documents = (
      await admin.call(api.agreements.ofInstitution, { params: { institutionId: joined.id }, query: {} })
    ).items;
    expect(documents).toMatchObject([{ kind: "version", state: "active", signers: [name], signedForm: null }]);
    const pdf = await admin.call(api.agreements.document, {
      params: { institutionId: joined.id, agreementId: documents[0]!.id },
      query: {},
    });
    expect(
      Buffer.from(await (pdf as Blob).arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    expect(
      (await admin.call(api.findings.list, { params: { institutionId: joined.id } })).items.map((f) => f.kind),
    ).not.toContain("agreement-version-to-accept");
    expect(pecs(joined.body.pec).at(-1)).toBe("Accettata la nuova versione dell’accordo pagoPA");
    const trail = await admin.call(api.audit.trail, { params: { institutionId: joined.id }, query: { limit: 20 } });
    expect(trail.items.map((l) => l.action)).toEqual(
      expect.arrayContaining(["terms.acceptance.asked", "terms.acceptance.accepted"]),
    );
    const csv = await (await world.staff(["prodotti"])).call(templates.export, {
      params: { templateId: ID, version: asked!.version },
    });
    expect(await (csv as Blob).text()).toContain(`"accettata"`);
  });

  it("is remembered on its days, late when the time is over, and then does what it said", async () => {
    const joined = await world.municipality();
    await publish({ overdue: "suspends", days: 10 });
    const name = () => joined.body.pec;
    expect(pecs(name())).toHaveLength(1);
    world.pass(3.5 * DAY);
    for (let turn = 0; turn < 2; turn++) {
      await world.schedule("terms:remind");
      await world.settle();
    }
    expect(pecs(name())).toHaveLength(2);
    expect(pecs(name()).at(-1)).toBe("Mancano 7 giorni: nuova versione dell’accordo pagoPA");
    world.pass(7 * DAY);
    await world.schedule("terms:overdue");
    await world.settle();
    const admin = await confirmed(await joined.admin());
    const state = async () =>
      (await admin.call(api.institutions.read, { params: { institutionId: joined.id } })).products.find(
        (p) => p.productId === "pagopa",
      )?.state;
    const [late] = await asksOf(admin, joined.id);
    expect(late).toMatchObject({ state: "overdue" });
    expect(await state()).toBe("suspended");
    expect(pecs(name()).at(-1)).toBe("Tempo finito: nuova versione dell’accordo pagoPA");
    await admin.call(acceptances.confirm, {
      params: { institutionId: joined.id, acceptanceId: late!.id },
      body: { version: late!.version },
    });
    expect(await state()).toBe("active");
  });

  it("is signed where it says so, by the link of the PEC or from the portal, and only by who represents", async () => {
    const joined = await world.municipality();
    const admin = await joined.admin();
    await publish({ way: "signature" });
    const [asked] = await asksOf(admin, joined.id);
    expect(asked).toMatchObject({ way: "signature", signing: [{ state: "next" }] });
    await confirmed(admin);
    expect(
      await codeOf(
        admin.call(acceptances.confirm, {
          params: { institutionId: joined.id, acceptanceId: asked!.id },
          body: { version: asked!.version },
        }),
      ),
    ).toBe("acceptance-wants-signature");
    const mailed = world.linksTo(joined.body.pec).find((l) => l.includes("/accordo/"))!;
    const { url } = await admin.call(api.terms.signingLink, {
      params: { institutionId: joined.id, agreementId: asked!.agreementId! },
    });
    for (const link of [mailed, url]) {
      const page = await world.fetch(link, { headers: { accept: "text/html" } });
      expect(page.status).toBe(200);
      expect(await page.text()).toContain("Firma la nuova versione dell’accordo pagoPA");
    }
    const token = mailed.split("/").at(-1)!;
    const links = api.onboarding.links;
    const issued = Buffer.from(await (await world.anonymous(links.document, { body: { token } })).arrayBuffer());
    const file = async (who: ReturnType<typeof someone>) =>
      new Blob([
        new Uint8Array(
          world.cades(issued, await world.signer(who, { key: "ec" }), { signingTime: world.parts.clock() }),
        ),
      ]);
    expect(await world.anonymous(links.check, { body: { token }, file: await file(someone()) })).toMatchObject({
      accepted: false,
    });
    expect(await codeOf(world.anonymous(links.upload, { body: { token }, file: await file(someone()) }))).toBe(
      "signer-not-legal-representative",
    );
    const done = await world.anonymous(links.upload, { body: { token }, file: await file(joined.manager) });
    expect(done).toMatchObject({ kind: "version", onboardingId: null });
    await world.settle();
    expect((await asksOf(admin, joined.id))[0]).toMatchObject({ state: "accepted" });
    expect(await codeOf(world.anonymous(links.upload, { body: { token }, file: await file(joined.manager) }))).toBe(
      "link-used",
    );
    const [document] = (
      await admin.call(api.agreements.ofInstitution, { params: { institutionId: joined.id }, query: {} })
    ).items;
    expect(document).toMatchObject({ kind: "version", state: "active", signedForm: "CAdES", hasProof: true });
    // It no longer stands once the product is left.
    expect(await codeOf(world.anonymous(links.document, { body: { token: `${token}x` } }))).toBe("link-invalid");
  });

  it("asks nothing where it says so, and a newer one takes the place of what was asked", async () => {
    const joined = await world.municipality();
    const admin = await joined.admin();
    await publish({ way: "none" });
    expect(await asksOf(admin, joined.id)).toEqual([]);
    await publish();
    const [first] = await asksOf(admin, joined.id);
    await publish();
    const after = await asksOf(admin, joined.id);
    expect(after.find((a) => a.id === first!.id)).toMatchObject({ state: "superseded" });
    expect(after.filter((a) => a.state === "asked")).toHaveLength(1);
  });

  it("is asked of who was on the way when it changed, as soon as they are in", async () => {
    const requester = await world.person();
    const body = await world.body();
    const request = world.request(body);
    const { institution } = await requester.call(api.onboarding.submit, { body: request });
    await world.settle();
    const token = world
      .linksTo(body.pec)
      .find((l) => l.includes("/accordo/"))!
      .split("/")
      .at(-1)!;
    await publish();
    const issued = Buffer.from(
      await (await world.anonymous(api.onboarding.links.document, { body: { token } })).arrayBuffer(),
    );
    await world.anonymous(api.onboarding.links.upload, {
      body: { token },
      file: new Blob([
        new Uint8Array(
          world.cades(issued, await world.signer(request.manager, { key: "ec" }), { signingTime: world.parts.clock() }),
        ),
      ]),
    });
    await world.settle();
    const admin = await world.person(request.administrators[0] as ReturnType<typeof someone>);
    expect(await asksOf(admin, institution.id)).toMatchObject([{ state: "asked" }]);
  });
});

const nothing = (text: Text) => ({
  content: text.content,
  baseVersion: text.version,
  summary: "Niente",
  way: "online" as const,
  reason: "Niente",
});
