import { api } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf, refusalOf } from "../testing/refusals.ts";
import { makeWorld, type World } from "../testing/world.ts";
import { csv } from "./csv.ts";
import { keepContact } from "./store.ts";

const DAY = 86_400_000;
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const { requests, permissions } = api.people;
const trail = "institution:audit-trail:read" as const;

describe("why can't I?", () => {
  it("a refusal names who can give, and asking them is one call; granted until a day, it ends by itself", async () => {
    const at = await world.municipality();
    const [admin, operator] = [await at.admin(), await at.member("operator")];
    const params = { institutionId: at.id };
    await world.database.asSystem(({ db }) =>
      keepContact(db, {
        personId: operator.id,
        institutionId: at.id,
        email: world.cipher.seal(operator.name.email),
        emailIndex: world.cipher.index("mail", operator.name.email),
      }),
    );
    const refused = await refusalOf(operator.call(api.audit.trail, { params }));
    expect(refused.facts).toEqual({
      permission: trail,
      grantors: [`${admin.name.givenName} ${admin.name.familyName}`],
    });
    const why = await operator.call(permissions.explain, { params: { ...params, permission: trail } });
    expect(why).toMatchObject({
      held: false,
      profiles: ["administrator", "payments-referent"],
      givers: [{ id: admin.id, answersIn: null }],
      pending: null,
    });
    const friday = new Date(Date.now() + 3 * DAY);
    const body = { permission: trail, until: friday.toISOString(), message: "Devo controllare" };
    const asked = await operator.call(requests.ask, { params, body: { ...body, askedOf: admin.id } });
    expect(await codeOf(operator.call(requests.ask, { params, body }))).toBe("access-request-pending");
    expect((await operator.call(permissions.explain, { params: { ...params, permission: trail } })).pending?.id).toBe(
      asked.id,
    );
    await world.settle();
    const todo = await admin.call(api.findings.list, { params });
    expect(todo.items.map((f) => f.kind)).toContain("access-request-waiting");
    const [waiting] = (await admin.call(requests.list, { params, query: { state: "pending" } })).items;
    expect(waiting).toMatchObject({ id: asked.id, permission: trail, message: "Devo controllare" });
    const at1 = { params: { ...params, requestId: asked.id } };
    const granted = await admin.call(requests.grant, { ...at1, body: { endsAt: friday.toISOString() } });
    expect(granted.state).toBe("granted");
    await operator.call(api.audit.trail, { params });
    expect(await codeOf(admin.call(requests.refuse, { ...at1, body: {} }))).toBe("access-request-answered");
    expect(await codeOf(operator.call(requests.ask, { params, body: { permission: trail } }))).toBe(
      "permission-already-held",
    );
    await world.settle();
    const letter = world.sent.findLast((m) => m.to === operator.name.email)!;
    expect(letter.subject).toContain("il permesso «Vedere la storia");
    expect(letter.text).toContain("fino al");
    expect((await admin.call(api.findings.list, { params })).items.map((f) => f.kind)).not.toContain(
      "access-request-waiting",
    );
    // Friday has come.
    await world.database.asSystem(({ connection }) =>
      connection.query(
        "update memberships set begins_at = now() - interval '2 hours', ends_at = now() where person_id = $1 and profile = 'granted'",
        [operator.id],
      ),
    );
    expect(await codeOf(operator.call(api.audit.trail, { params }))).toBe("permission-missing");
  });

  it("is answered only by who holds what is asked, and only for colleagues", async () => {
    const at = await world.municipality();
    const [admin, operator, stranger] = [await at.admin(), await at.member("operator"), await world.person()];
    const params = { institutionId: at.id };
    const asked = await operator.call(requests.ask, { params, body: { permission: "institution:people:write" } });
    const half = await at.customProfile(admin, "Solo persone", ["institution:people:write"]);
    const clerk = await at.member("custom", { profileId: half });
    const whole = await operator.call(requests.ask, { params, body: { permission: trail } });
    const grant = (who: typeof admin, requestId: string) =>
      who.call(requests.grant, { params: { ...params, requestId }, body: {} });
    expect(await codeOf(grant(clerk, whole.id))).toBe("grant-exceeds-own");
    expect((await grant(clerk, asked.id)).state).toBe("granted");
    const ask = { params, body: { permission: trail } };
    expect(await codeOf(stranger.call(requests.ask, ask))).toBe("not-a-member");
    expect(
      await codeOf(
        operator.call(requests.ask, { params, body: { permission: "institution:profiles:write", askedOf: clerk.id } }),
      ),
    ).toBe("person-unknown");
    expect(await codeOf(operator.call(requests.withdraw, { params: { requestId: asked.id } }))).toBe(
      "access-request-answered",
    );
    expect(await codeOf(stranger.call(requests.withdraw, { params: { requestId: whole.id } }))).toBe(
      "access-request-unknown",
    );
    await operator.call(requests.withdraw, { params: { requestId: whole.id } });
    expect((await operator.call(requests.mine, {})).items.map((r) => r.state).sort()).toEqual(["granted", "withdrawn"]);
  });
});

describe("asking to join one's own institution", () => {
  it("an administrator lets them in with one answer, with another profile and an end if they like", async () => {
    const at = await world.municipality();
    const [admin, newcomer] = [await at.admin(), await world.person()];
    const body = {
      institution: { ipaCode: at.body.ipaCode },
      productId: "institution",
      profile: "administrator" as const,
      email: "nuova@posta.example",
      message: "Ufficio ragioneria",
    };
    const asked = await newcomer.call(requests.join, { body });
    expect(asked).toMatchObject({ kind: "membership", institution: { id: at.id }, state: "pending" });
    expect(await codeOf(newcomer.call(requests.join, { body }))).toBe("access-request-pending");
    expect(await codeOf(newcomer.call(requests.join, { body: { ...body, productId: "altro" } }))).toBe(
      "product-not-active",
    );
    const away = await world.body();
    expect(
      await codeOf(newcomer.call(requests.join, { body: { ...body, institution: { ipaCode: away.ipaCode } } })),
    ).toBe("institution-not-joined");
    // Who is in no IndicePA is named by tax code: it is the same institution, and the same request.
    expect(
      await codeOf(newcomer.call(requests.join, { body: { ...body, institution: { taxCode: at.body.taxCode } } })),
    ).toBe("access-request-pending");
    const ends = new Date(Date.now() + 90 * DAY).toISOString();
    await admin.call(requests.grant, {
      params: { institutionId: at.id, requestId: asked.id },
      body: { choice: { profile: "read-only" }, endsAt: ends },
    });
    await newcomer.call(api.agreements.ofInstitution, { params: { institutionId: at.id } });
    const person = await admin.call(api.people.read, { params: { institutionId: at.id, personId: newcomer.id } });
    expect(person).toMatchObject({
      email: "nuova@posta.example",
      memberships: [{ profile: "read-only", endsAt: ends }],
    });
    expect(await codeOf(newcomer.call(requests.join, { body }))).toBe("already-here");
    await world.settle();
    expect(world.sent.findLast((m) => m.to === "nuova@posta.example")!.subject).toContain("Sola lettura");
  });
});

describe("the permissions page", () => {
  it("lists every permission with the profiles that give it and how many hold them now", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    await at.member("read-only");
    await at.member("read-only", { state: "suspended" });
    const profileId = await at.customProfile(admin, "Solo documenti", ["institution:agreements:read"]);
    await at.member("custom", { profileId });
    const { items } = await admin.call(permissions.list, { params: { institutionId: at.id } });
    const reads = items.find((i) => i.permission === "institution:agreements:read")!;
    expect(reads.ways).toMatchObject([
      { profile: "administrator", people: 1 },
      { profile: "payments-referent", people: 0 },
      { profile: "read-only", people: 1 },
      { profile: "custom", profileName: "Solo documenti", people: 1 },
    ]);
  });

  it("is exported as a table that no spreadsheet runs", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    await at.member("operator", { endsAt: new Date("2036-12-31T22:00:00Z") });
    const profileId = await at.customProfile(admin, "=HYPERLINK(1)", ["institution:agreements:read"]);
    await at.member("custom", { profileId });
    const file = await admin.call(permissions.export, { params: { institutionId: at.id } });
    const text = await file.text();
    expect(text.split("\r\n")).toHaveLength(5);
    expect(text).toContain('"Operatore, fino al 31/12/2036"');
    expect(text).toContain('"\'=HYPERLINK(1)"');
    for (const bad of ["=1", "+1", "-1", "@a", " =1", "\t=1", "＝1"]) expect(csv([[bad]])).toMatch(/^\ufeff"'/);
    expect(csv([['a"b', "c;d", "e\nf"]])).toBe('\ufeff"a""b";"c;d";"e f"\r\n');
  });
});

describe("an institution with one administrator", () => {
  it("is nudged to have two, and told of a profile that nobody answers for", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const params = { institutionId: at.id };
    const kinds = async () => {
      await world.settle();
      return (await admin.call(api.findings.list, { params })).items.map((f) => f.kind).sort();
    };
    const second = await at.member("operator");
    const appointed = await admin.call(api.people.give, {
      params: { ...params, personId: second.id },
      body: { productId: "institution", choice: { profile: "administrator" } },
    });
    expect(await kinds()).toEqual([]);
    const made = await second.call(api.people.profiles.make, {
      params,
      body: { productId: "institution", name: "Solo documenti", permissions: ["institution:agreements:read"] },
    });
    await at.member("custom", { profileId: made.id });
    await admin.call(api.people.end, { params: { ...params, membershipId: appointed.id } });
    expect(await kinds()).toEqual(["profile-without-answer", "single-administrator"]);
    await admin.call(api.people.profiles.takeOver, { params: { ...params, profileId: made.id } });
    expect(await kinds()).toEqual(["single-administrator"]);
  });
});
