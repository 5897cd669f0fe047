import { api } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replaceRepresentative } from "../people/representatives-store.ts";
import { publish, publishedProduct } from "../products/index.ts";
import { codeOf, refusalOf } from "../testing/refusals.ts";
import { makeWorld, type NamedPerson, type SignedIn, someone, type World } from "../testing/world.ts";

const { nominations } = api;
let world: World;
beforeAll(async () => {
  world = await makeWorld();
  // pagoPA, from now on with nominations on paper.
  await world.database.asSystem(async ({ db }) => {
    const product = (await publishedProduct(db, "pagopa"))!;
    await publish(db, {
      id: "pagopa",
      position: 1,
      version: product.version + 1,
      configuration: { ...product.configuration, nomination: "signed" },
    });
  });
});
afterAll(() => world.close());
const ready = async () => {
  const at = await world.municipality();
  const admin = await at.member("administrator", { productId: "pagopa" }, await at.admin());
  return { at, admin, params: { institutionId: at.id } };
};
const open = (who: SignedIn, institutionId: string, person: NamedPerson, more: object = {}) =>
  who.call(nominations.open, { params: { institutionId }, body: { productId: "pagopa", person, ...more } });
const signedBy = async (who: SignedIn, institutionId: string, nominationId: string, signer: NamedPerson) => {
  const blob = await who.call(nominations.document, { params: { institutionId, nominationId } });
  const issued = Buffer.from(await (blob as Blob).arrayBuffer());
  return new File([new Uint8Array(world.cades(issued, await world.signer(signer)))], "nomina.pdf.p7m");
};

describe("an administrator named on paper", () => {
  it("has access when the document comes back signed by the legal representative, and not before", async () => {
    const { at, admin, params } = await ready();
    const named = someone();
    // The other ways in are closed for this profile on this product.
    const colleague = await at.member("operator");
    const give = { productId: "pagopa", choice: { profile: "administrator" as const } };
    expect(
      await codeOf(admin.call(api.people.give, { params: { ...params, personId: colleague.id }, body: give })),
    ).toBe("nomination-needed");
    expect(
      await codeOf(admin.call(api.people.invitations.invite, { params, body: { ...someone(), offers: [give] } })),
    ).toBe("nomination-needed");
    const opened = await open(admin, at.id, named);
    expect(opened).toMatchObject({ state: "pending", signer: `${at.manager.givenName} ${at.manager.familyName}` });
    expect(await codeOf(open(admin, at.id, named))).toBe("nomination-pending");
    const person = await world.person(named);
    expect((await person.call(api.people.myInstitutions, {})).items).toEqual([]);

    const at1 = { params: { ...params, nominationId: opened.id } };
    const stranger = await signedBy(admin, at.id, opened.id, someone());
    expect((await refusalOf(admin.call(nominations.sign, { ...at1, file: stranger }))).code).toBe(
      "signer-not-legal-representative",
    );
    const other = await open(admin, at.id, someone());
    const wrong = await signedBy(admin, at.id, other.id, at.manager);
    expect((await refusalOf(admin.call(nominations.sign, { ...at1, file: wrong }))).code).toBe(
      "signature-of-another-document",
    );
    expect((await person.call(api.people.myInstitutions, {})).items).toEqual([]);
    const right = await signedBy(admin, at.id, opened.id, at.manager);
    expect((await admin.call(nominations.sign, { ...at1, file: right })).state).toBe("signed");
    expect(await codeOf(admin.call(nominations.sign, { ...at1, file: right }))).toBe("nomination-closed");
    const [mine] = (await person.call(api.people.myInstitutions, {})).items;
    expect(mine).toMatchObject({ id: at.id, memberships: [{ productId: "pagopa", profile: "administrator" }] });
    const trail = await admin.call(api.audit.trail, { params, query: { limit: 10 } });
    expect(trail.items.map((l) => l.action)).toEqual(
      expect.arrayContaining(["people.nomination.opened", "people.nomination.signed", "people.membership.activated"]),
    );
  });

  it("is opened by who could give the profile, withdrawn, and worth nothing once somebody else signs", async () => {
    const { at, admin, params } = await ready();
    const onlyHere = await at.admin();
    expect(await codeOf(open(onlyHere, at.id, someone()))).toBe("grant-exceeds-own");
    expect(await codeOf(open(admin, at.id, someone(), { endsAt: "2020-01-01T00:00:00Z" }))).toBe("dates-out-of-order");
    expect(await codeOf(open(admin, at.id, someone(), { productId: "altro" }))).toBe("product-not-active");
    const first = await open(admin, at.id, someone());
    const at1 = { params: { ...params, nominationId: first.id } };
    await admin.call(nominations.cancel, at1);
    expect(await codeOf(admin.call(nominations.cancel, at1))).toBe("nomination-closed");
    const second = await open(admin, at.id, someone());
    const file = await signedBy(admin, at.id, second.id, at.manager);
    const successor = someone();
    await world.database.asSystem(({ db }) =>
      replaceRepresentative(db, {
        institutionId: at.id,
        givenName: successor.givenName,
        familyName: successor.familyName,
        fiscalCode: world.cipher.seal(successor.fiscalCode),
        fiscalCodeIndex: world.cipher.index("fiscal-code", successor.fiscalCode),
        email: null,
        source: "onboarding",
        at: new Date(),
      }),
    );
    expect(await codeOf(admin.call(nominations.sign, { params: { ...params, nominationId: second.id }, file }))).toBe(
      "nomination-outdated",
    );
    const elsewhere = await ready();
    expect(
      await codeOf(
        elsewhere.admin.call(nominations.document, { params: { ...elsewhere.params, nominationId: second.id } }),
      ),
    ).toBe("nomination-unknown");
  });

  it("is signed by the link of the PEC, or from the portal, by who needs no access of their own", async () => {
    const { at, admin, params } = await ready();
    const named = someone();
    const opened = await open(admin, at.id, named);
    await world.settle();
    const letter = world.sent.findLast((m) => m.to === at.body.pec)!;
    expect(letter).toMatchObject({ kind: "pec", subject: "Nomina di un amministratore per pagoPA: da firmare" });
    const mailed = world.linksTo(at.body.pec).find((l) => l.includes("/accordo/"))!;
    const { url } = await admin.call(nominations.signingLink, { params: { ...params, nominationId: opened.id } });
    for (const link of [mailed, url])
      expect(await (await world.fetch(link, { headers: { accept: "text/html" } })).text()).toContain(
        "Firma la nomina per pagoPA",
      );
    const token = mailed.split("/").at(-1)!;
    const { links } = api.onboarding;
    const upload = async (signer: NamedPerson) =>
      world.anonymous(links.upload, { body: { token }, file: await signedBy(admin, at.id, opened.id, signer) });
    expect((await refusalOf(upload(someone()))).code).toBe("signer-not-legal-representative");
    expect(await upload(at.manager)).toMatchObject({ kind: "nomination", onboardingId: null });
    const person = await world.person(named);
    expect((await person.call(api.people.myInstitutions, {})).items[0]).toMatchObject({ id: at.id });
    expect((await refusalOf(upload(at.manager))).code).toBe("link-used");
    // Withdrawn, its link leads nowhere any more.
    const other = await open(admin, at.id, someone());
    await world.settle();
    const gone = world
      .linksTo(at.body.pec)
      .find((l) => l.includes("/accordo/"))!
      .split("/")
      .at(-1)!;
    await admin.call(nominations.cancel, { params: { ...params, nominationId: other.id } });
    expect(await world.anonymous(links.read, { body: { token: gone } })).toMatchObject({ state: "cancelled" });
  });

  it("two uploads of the same signed document make one membership", async () => {
    const { at, admin, params } = await ready();
    const opened = await open(admin, at.id, someone());
    const file = await signedBy(admin, at.id, opened.id, at.manager);
    const sign = () => admin.call(nominations.sign, { params: { ...params, nominationId: opened.id }, file });
    const both = await Promise.allSettled([sign(), sign()]);
    expect(both.map((b) => b.status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
