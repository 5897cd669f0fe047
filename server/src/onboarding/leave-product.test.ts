import { api } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activate } from "../institutions/index.ts";
import { hashOfSession } from "../platform/http.ts";
import { codeOf, refusalOf } from "../testing/refusals.ts";
import { makeWorld, type SignedIn, type World } from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

type Place = Awaited<ReturnType<World["municipality"]>>;
const confirm = (who: SignedIn) =>
  world.database.asSystem(({ connection }) =>
    connection.query("update sessions set step_up_until = $2 where id_hash = $1", [
      hashOfSession(who.cookie.split("=")[1]!),
      new Date(Date.now() + 600_000),
    ]),
  );
const join = (place: Place, productId: string, productVersion = 1) =>
  world.database.asSystem(({ db }) =>
    activate(db, {
      institutionId: place.id,
      productId,
      productVersion,
      kind: "PA",
      origin: "IPA",
      onboardingId: "00000000-0000-4000-8000-000000000000",
      at: new Date(),
      vatNumber: null,
      recipientCode: null,
      invoicedTaxCode: null,
      geographicAreas: [],
    }),
  );
const at = (place: Place, productId = "pagopa") => ({ params: { institutionId: place.id, productId } });
const states = async (place: Place, who: SignedIn) =>
  Object.fromEntries(
    (await who.call(api.institutions.read, { params: { institutionId: place.id } })).products.map((p) => [
      p.productId,
      p.state,
    ]),
  );

describe("leaving a product", () => {
  it("is said before, asks who one is, and ends agreement, profiles and product together", async () => {
    const place = await world.municipality("Comune che Lascia");
    const admin = await place.member("administrator", { productId: "pagopa" }, await place.admin());
    const operator = await place.member("operator", { productId: "pagopa" });
    const preview = await admin.call(api.onboarding.leaving.preview, at(place));
    expect(preview).toMatchObject({ title: "pagoPA", twins: [], first: [], people: 2 });
    expect(preview.switchesOff.length).toBeGreaterThan(0);
    expect(await codeOf(admin.call(api.onboarding.leaving.leave, at(place)))).toBe("step-up-needed");
    await confirm(admin);
    await admin.call(api.onboarding.leaving.leave, at(place));
    expect(await states(place, admin)).toMatchObject({ pagopa: "ended" });
    expect(
      await codeOf(
        operator.call(api.pagopa.ibans.list, { params: { institutionId: place.id }, query: { environment: "test" } }),
      ),
    ).toBe("permission-missing");
    await world.settle();
    const pec = world.sent.findLast((m) => m.to === place.body.pec)!;
    expect(pec.subject).toBe("Comune che Lascia ha lasciato pagoPA");
    expect(pec.text).toContain(preview.switchesOff[0]);
    expect(await codeOf(admin.call(api.onboarding.leaving.leave, at(place)))).toBe("product-not-active");
    // The institution's own people stay: only what was on the product ended.
    expect(
      (await admin.call(api.audit.trail, { params: { institutionId: place.id }, query: {} })).items.map(
        (l) => l.action,
      ),
    ).toEqual(expect.arrayContaining(["institutions.product.ended", "people.membership.ended"]));
  });

  it("wants what builds on the product to be left first, and takes its twins along", async () => {
    const place = await world.municipality();
    const admin = await place.admin();
    await join(place, "io");
    await join(place, "io-premium");
    await join(place, "send");
    await join(place, "send-collaudo");
    await confirm(admin);
    const refused = await refusalOf(admin.call(api.onboarding.leaving.leave, at(place, "io")));
    expect(refused).toMatchObject({ code: "product-has-children", facts: { children: "App IO Premium" } });
    await admin.call(api.onboarding.leaving.leave, at(place, "io-premium"));
    await admin.call(api.onboarding.leaving.leave, at(place, "io"));
    expect(await codeOf(admin.call(api.onboarding.leaving.leave, at(place, "send-collaudo")))).toBe(
      "product-not-active",
    );
    expect((await admin.call(api.onboarding.leaving.preview, at(place, "send"))).twins).toEqual(["SEND, collaudo"]);
    await admin.call(api.onboarding.leaving.leave, at(place, "send"));
    expect(await states(place, admin)).toMatchObject({
      io: "ended",
      "io-premium": "ended",
      send: "ended",
      "send-collaudo": "ended",
      pagopa: "active",
    });
  });

  it("happens once when two press at once, and one can join again", async () => {
    const place = await world.municipality();
    const admin = await place.admin();
    await confirm(admin);
    const both = await Promise.allSettled([
      admin.call(api.onboarding.leaving.leave, at(place)),
      admin.call(api.onboarding.leaving.leave, at(place)),
    ]);
    expect(both.filter((o) => o.status === "fulfilled")).toHaveLength(1);
    await admin.call(api.onboarding.submit, { body: world.request(place.body) });
  });
});
