import { api } from "@area/api";
import { afterAll, beforeAll, expect, it } from "vitest";
import { publish, publishedProduct } from "../products/index.ts";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, type SignedIn, someone, type World } from "../testing/world.ts";

/* A convention stands on an active product: asked for, signed as an agreement is, left, and over with its product. */
const { conventions } = api.terms;
const DAY = 86_400_000;
const what = { productId: "pagopa", conventionId: "recapito" };
let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.database.asSystem(async ({ db }) => {
    const product = (await publishedProduct(db, "pagopa"))!;
    await publish(db, {
      id: "pagopa",
      position: 10,
      version: product.version + 1,
      configuration: {
        ...product.configuration,
        conventions: [
          { id: "recapito", title: "Recapito", template: { id: "convenzione", version: "1.0.0" }, signatureDays: 10 },
          { id: "banche", title: "Banche", kinds: ["PSP"], template: { id: "convenzione", version: "1.0.0" } },
        ],
      },
    });
  });
});
afterAll(() => world.close());

const confirmed = (who: SignedIn) =>
  world.database.asSystem(({ connection }) =>
    connection.query("update sessions set step_up_until = $2 where id_hash = $1", [
      who.hash,
      new Date(Date.now() + 365 * DAY),
    ]),
  );
const ready = async () => {
  const place = await world.municipality();
  const admin = await place.admin();
  const params = { institutionId: place.id };
  const list = async () => (await admin.call(conventions.list, { params })).items;
  const ask = () => admin.call(conventions.ask, { params, body: what });
  const token = () =>
    world
      .linksTo(place.body.pec)
      .find((l) => l.includes("/accordo/"))!
      .split("/")
      .at(-1)!;
  const subjects = () => world.sent.filter((m) => m.to === place.body.pec).map((m) => m.subject);
  return { place, admin, params, list, ask, token, subjects };
};
const { links } = api.onboarding;
const upload = async (token: string, who: ReturnType<typeof someone>) => {
  const issued = Buffer.from(await (await world.anonymous(links.document, { body: { token } })).arrayBuffer());
  const signer = await world.signer(who, { key: "ec" });
  const file = new Blob([new Uint8Array(world.cades(issued, signer, { signingTime: world.parts.clock() }))]);
  return world.anonymous(links.upload, { body: { token }, file });
};

it("is asked for once, signed by who represents, and stands among the documents and in the register", async () => {
  const of = await ready();
  expect(await of.list()).toMatchObject([{ ...what, state: "available" }]);
  const reader = await of.place.member("read-only");
  expect(await codeOf(reader.call(conventions.ask, { params: of.params, body: what }))).toBe("permission-missing");
  const unknown = { ...what, conventionId: "banche" };
  expect(await codeOf(of.admin.call(conventions.ask, { params: of.params, body: unknown }))).toBe("convention-unknown");
  const both = await Promise.allSettled([of.ask(), of.ask()]);
  expect(both.map((b) => b.status).sort()).toEqual(["fulfilled", "rejected"]);
  await world.settle();
  expect(of.subjects().at(-1)).toBe("Convenzione «Recapito»: da firmare");
  expect(await of.list()).toMatchObject([{ state: "pending", signing: [{ state: "next" }] }]);
  const token = of.token();
  const page = await (await world.fetch(`/accordo/${token}`, { headers: { accept: "text/html" } })).text();
  expect(page).toContain("Firma la convenzione Recapito");
  expect(await codeOf(upload(token, someone()))).toBe("signer-not-legal-representative");
  expect(await upload(token, of.place.manager)).toMatchObject({ kind: "convention" });
  await world.settle();
  expect(await of.list()).toMatchObject([{ state: "active", since: expect.any(String) }]);
  expect(of.subjects().at(-1)).toBe("Convenzione «Recapito» attiva");
  expect(await codeOf(upload(token, of.place.manager))).toBe("link-used");
  const [document] = (await of.admin.call(api.agreements.ofInstitution, { params: of.params, query: {} })).items;
  expect(document).toMatchObject({ kind: "convention", conventionTitle: "Recapito", state: "active", hasProof: true });
  const staff = await world.staff(["revisori"]);
  expect((await staff.call(api.agreements.register, { query: {} })).items[0]).toMatchObject({ kind: "convention" });
});

it("is left by who confirms who they are, and can be asked for again", async () => {
  const of = await ready();
  await of.ask();
  await world.settle();
  const [pending] = await of.list();
  const at = { params: { ...of.params, agreementId: pending!.agreementId! } };
  expect(await codeOf(of.admin.call(conventions.leave, at))).toBe("step-up-needed");
  await confirmed(of.admin);
  const token = of.token();
  await of.admin.call(conventions.leave, at);
  await world.settle();
  expect(of.subjects().at(-1)).toBe("Convenzione «Recapito»: richiesta ritirata");
  expect(await codeOf(of.admin.call(conventions.leave, at))).toBe("convention-unknown");
  expect(await world.anonymous(links.read, { body: { token } })).toMatchObject({ state: "superseded" });
  await of.ask();
  expect(await of.list()).toMatchObject([{ state: "pending" }]);
});

it("ends with its product, and when nobody signs it in time", async () => {
  const of = await ready();
  await confirmed(of.admin);
  await of.ask();
  await world.settle();
  world.pass(11 * DAY);
  await world.schedule("terms:expire-conventions");
  await world.settle();
  // Days later one enters anew.
  const later = await of.place.admin();
  expect((await later.call(conventions.list, { params: of.params })).items).toMatchObject([{ state: "available" }]);
  expect(of.subjects().at(-1)).toBe("Convenzione «Recapito»: tempo finito");

  const other = await ready();
  await other.ask();
  await world.settle();
  await upload(other.token(), other.place.manager);
  await confirmed(other.admin);
  await other.admin.call(api.onboarding.leaving.leave, {
    params: { institutionId: other.place.id, productId: "pagopa" },
  });
  await world.settle();
  expect(await other.list()).toEqual([]);
  expect(other.subjects()).toContain("Convenzione «Recapito» finita");
});
