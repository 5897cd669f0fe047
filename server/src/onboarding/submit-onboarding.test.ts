import { api, isProblem } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorld, type World } from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: unknown) => (isProblem(error) ? error.code : String(error)),
  );

describe("a municipality joins a product", () => {
  it("is written down, and its agreement goes to the certified mail of the registry", async () => {
    const giulia = await world.person();
    const body = await world.body();
    const onboarding = await giulia.call(api.onboarding.submit, { body: world.request(body) });
    expect(onboarding).toMatchObject({
      state: "submitted",
      institution: { name: body.name, taxCode: body.taxCode, pec: body.pec },
      agreement: null,
    });
    await world.settle();
    const later = await giulia.call(api.onboarding.read, { params: { onboardingId: onboarding.id } });
    expect(later.state).toBe("awaiting-signature");
    expect(later.agreement?.sha256).toMatch(/^[0-9a-f]{64}$/);
    const pec = world.sent.filter((m) => m.to === body.pec);
    expect(pec).toHaveLength(1);
    expect(pec[0]).toMatchObject({ kind: "pec" });
    expect(pec[0]!.text).toContain(later.agreement!.sha256);
  });

  it("refuses a second request of the same person for the same thing", async () => {
    const giulia = await world.person();
    const body = await world.body();
    await giulia.call(api.onboarding.submit, { body: world.request(body) });
    expect(await refusal(giulia.call(api.onboarding.submit, { body: world.request(body) }))).toBe(
      "already-awaiting-signature",
    );
  });
});
