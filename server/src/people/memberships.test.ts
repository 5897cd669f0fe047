import { api, may } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf, refusalOf } from "../testing/refusals.ts";
import { databaseKind, makeWorld, someone, type World } from "../testing/world.ts";
import { whoMay } from "./may-store.ts";

const DAY = 86_400_000;
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const suspend = { body: { productId: null } };

describe("people of an institution", () => {
  it("are found by name, a page at a time, with what they hold and why", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const one = await at.member("operator");
    const params = { institutionId: at.id };
    const first = await admin.call(api.people.list, { params, query: { limit: 1 } });
    expect(first.items).toHaveLength(1);
    const second = await admin.call(api.people.list, { params, query: { limit: 1, cursor: first.next! } });
    expect(second.items[0]!.id).not.toBe(first.items[0]!.id);
    const found = await admin.call(api.people.list, {
      params,
      query: { search: `${one.name.givenName} ${one.name.familyName}`.toLowerCase(), limit: 20 },
    });
    expect(found.items.map((p) => p.id)).toContain(one.id);
    const operators = await admin.call(api.people.list, { params, query: { profile: "operator", limit: 20 } });
    expect(operators.items.map((p) => p.id)).toEqual([one.id]);
    expect(operators.items[0]!.memberships[0]!.permissions).toEqual(["institution:overview:read"]);
    expect(await codeOf(one.call(api.people.list, { params }))).toBe("permission-missing");
    const wild = await admin.call(api.people.list, { params, query: { search: "%" } });
    expect(wild.items).toEqual([]);
  });

  it("are found by the name they have now, in either order, and not once they hold nothing", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const one = await at.member(
      "operator",
      {},
      await world.person({ ...someone(), givenName: "Zoe", familyName: "Prima" }),
    );
    const params = { institutionId: at.id };
    const names = async (search?: string) =>
      (await admin.call(api.people.list, { params, query: { limit: 100, ...(search ? { search } : {}) } })).items.map(
        (p) => p.familyName,
      );
    expect(await names("zoe prima")).toEqual(["Prima"]);
    // The identity provider corrects the name: the list moves with it.
    await world.database.asSystem(({ connection }) =>
      connection.query("update persons set family_name = 'Aaron' where id = $1", [one.id]),
    );
    expect([await names("prima"), await names("aaron  ZOE"), (await names())[0]]).toEqual([[], ["Aaron"], "Aaron"]);
    await admin.call(api.people.remove, { params: { ...params, personId: one.id }, ...suspend });
    expect(await names("aaron")).toEqual([]);
    await at.member("read-only", {}, one);
    expect(await names("aaron")).toEqual(["Aaron"]);
  });

  it("hold a profile from one instant to another, not a moment more", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const p = await at.member("operator");
    const begins = new Date(Date.now() + 2 * DAY);
    const ends = new Date(begins.getTime() + DAY);
    const gift = { productId: "institution", choice: { profile: "read-only" as const } };
    await admin.call(api.people.give, {
      params: { institutionId: at.id, personId: p.id },
      body: { ...gift, beginsAt: begins.toISOString(), endsAt: ends.toISOString() },
    });
    const reads = async (now: Date) =>
      (
        await world.database.transaction({ institution: at.id }, ({ connection }) =>
          whoMay(10 ** 6)(connection, {
            sessionHash: p.hash,
            institutionId: at.id,
            wants: {
              permission: "institution:agreements:read",
              productId: "institution",
              profiles: ["administrator", "read-only"],
              resource: null,
            },
            now,
          }),
        )
      ).permitted;
    const around = async (edge: Date) => [
      await reads(new Date(edge.getTime() - 1)),
      await reads(edge),
      await reads(new Date(edge.getTime() + 1)),
    ];
    // Nine hours end a session: the decision alone is asked here, on the clock's edges.
    await world.database.asSystem(({ connection }) =>
      connection.query("update sessions set expires_at = now() + interval '30 days' where person_id = $1", [p.id]),
    );
    expect(await around(begins)).toEqual([false, true, true]);
    expect(await around(ends)).toEqual([true, false, false]);
    const holding = {
      productId: "institution",
      profile: "read-only" as const,
      state: "active" as const,
      beginsAt: begins,
      endsAt: ends,
    };
    expect([begins, ends].map((now) => may([holding], "institution:agreements:read", now))).toEqual([true, false]);
    const backwards = { ...gift, beginsAt: ends.toISOString(), endsAt: begins.toISOString() };
    expect(
      await codeOf(admin.call(api.people.give, { params: { institutionId: at.id, personId: p.id }, body: backwards })),
    ).toBe("dates-out-of-order");
    expect(
      await codeOf(admin.call(api.people.give, { params: { institutionId: at.id, personId: p.id }, body: gift })),
    ).toBe("membership-repeated");
  });

  it("are suspended, restored and removed, on one product or on all", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    await at.member("administrator", { productId: "pagopa" }, admin);
    const p = await at.member("read-only");
    await at.member("operator", { productId: "pagopa" }, p);
    const params = { institutionId: at.id, personId: p.id };
    const sees = () => p.call(api.agreements.ofInstitution, { params: { institutionId: at.id } }).then(() => true);
    const done = await admin.call(api.people.suspend, { params, body: { productId: "institution" } });
    expect(done.memberships.map((m) => [m.productId, m.state])).toEqual([
      ["institution", "suspended"],
      ["pagopa", "active"],
    ]);
    expect(await codeOf(sees())).toBe("permission-missing");
    expect(await codeOf(admin.call(api.people.suspend, { params, body: { productId: "institution" } }))).toBe(
      "nothing-to-change",
    );
    await admin.call(api.people.restore, { params, ...suspend });
    expect(await sees()).toBe(true);
    await admin.call(api.people.remove, { params, ...suspend });
    expect(await codeOf(sees())).toBe("permission-missing");
    expect(await codeOf(admin.call(api.people.read, { params }))).toBe("person-unknown");
    expect((await p.call(api.people.myInstitutions, {})).items).toEqual([]);
  });

  it("nobody gives or takes away more than they hold", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const clerkProfile = await at.customProfile(admin, "Solo persone", [
      "institution:people:read",
      "institution:people:write",
      "institution:profiles:write",
    ]);
    const clerk = await at.member("custom", { profileId: clerkProfile });
    const p = await at.member("operator");
    const params = { institutionId: at.id, personId: p.id };
    const give = (choice: { profile: "administrator" | "read-only" } | { profileId: string }, who = clerk) =>
      who.call(api.people.give, { params, body: { productId: "institution", choice } });
    expect(await codeOf(give({ profile: "administrator" }))).toBe("grant-exceeds-own");
    expect(await codeOf(give({ profile: "read-only" }))).toBe("grant-exceeds-own");
    // Neither to themselves, nor by a profile or a group of their own making, nor on a product that is not theirs.
    expect(
      await codeOf(
        clerk.call(api.people.give, {
          params: { institutionId: at.id, personId: clerk.id },
          body: { productId: "institution", choice: { profile: "administrator" } },
        }),
      ),
    ).toBe("grant-exceeds-own");
    expect(
      await codeOf(
        clerk.call(api.people.give, { params, body: { productId: "pagopa", choice: { profile: "operator" } } }),
      ),
    ).toBe("grant-exceeds-own");
    expect(
      await codeOf(
        clerk.call(api.people.profiles.make, {
          params: { institutionId: at.id },
          body: { productId: "institution", name: "Mio", permissions: ["institution:people:write"] },
        }),
      ),
    ).toBe("profile-exceeds-maker");
    expect(
      await codeOf(
        clerk.call(api.people.groups.make, {
          params: { institutionId: at.id },
          body: { productId: "institution", name: "Nostro", choice: { profile: "read-only" } },
        }),
      ),
    ).toBe("grant-exceeds-own");
    expect(
      await codeOf(
        admin.call(api.people.groups.make, {
          params: { institutionId: at.id },
          body: { productId: "institution", name: "Capi", choice: { profile: "administrator" } },
        }),
      ),
    ).toBe("group-of-administrators");
    const target = { institutionId: at.id, personId: admin.id };
    for (const act of [api.people.suspend, api.people.remove])
      expect(await codeOf(clerk.call(act, { params: target, ...suspend }))).toBe("grant-exceeds-own");
    // What they hold they pass on.
    expect((await give({ profileId: clerkProfile })).profileName).toBe("Solo persone");
  });

  it("one profile is all one has where the product says so", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    await at.member("administrator", { productId: "uno" }, admin);
    await world.database.asSystem(async ({ connection }) => {
      await connection.query("insert into products (id, position) values ('uno', 99) on conflict do nothing");
      await connection.query(
        `insert into product_versions (product_id, version, configuration, published_at)
         select 'uno', 1, configuration || '{"severalProfiles": false, "title": "Uno"}'::jsonb, now() from product_versions where product_id = 'pagopa' limit 1`,
      );
      await connection.query(
        `insert into institution_products (institution_id, product_id, product_version, kind, origin, state, active_since, onboarding_id, geographic_areas)
         values ($1, 'uno', 1, 'PA', 'IPA', 'active', now(), gen_random_uuid(), '[]')`,
        [at.id],
      );
    });
    const p = await at.member("operator");
    const give = (profile: "operator" | "read-only", productId: string) =>
      admin.call(api.people.give, {
        params: { institutionId: at.id, personId: p.id },
        body: { productId, choice: { profile } },
      });
    await give("operator", "uno");
    expect(await codeOf(give("read-only", "uno"))).toBe("profiles-not-combinable");
    expect(await codeOf(give("read-only", "nessuno"))).toBe("product-not-active");
    await give("read-only", "institution");
  });
});

describe("an institution is never left without an administrator", () => {
  it("neither by removing, suspending or taking the profile, nor by a date", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const params = { institutionId: at.id, personId: admin.id };
    const [mine] = (await admin.call(api.people.read, { params })).memberships;
    const dated = (endsAt: Date | null, version = mine!.version, membershipId = mine!.id) =>
      admin.call(api.people.changeDates, {
        params: { institutionId: at.id, membershipId },
        body: { endsAt: endsAt?.toISOString() ?? null },
        version,
      });
    for (const act of [api.people.suspend, api.people.remove])
      expect((await refusalOf(admin.call(act, { params, ...suspend }))).facts).toEqual({ productId: "institution" });
    expect(await codeOf(admin.call(api.people.end, { params: { institutionId: at.id, membershipId: mine!.id } }))).toBe(
      "last-administrator",
    );
    const friday = new Date(Date.now() + 3 * DAY);
    expect(await codeOf(dated(friday))).toBe("last-administrator");
    // A successor who begins before the end is one; a day later is a day without.
    const next = await at.member("operator");
    const appointed = (beginsAt: Date) =>
      admin.call(api.people.give, {
        params: { institutionId: at.id, personId: next.id },
        body: { productId: "institution", choice: { profile: "administrator" }, beginsAt: beginsAt.toISOString() },
      });
    const successor = await appointed(new Date(friday.getTime() + 1));
    expect(await codeOf(dated(friday))).toBe("last-administrator");
    await admin.call(api.people.changeDates, {
      params: { institutionId: at.id, membershipId: successor.id },
      body: { beginsAt: friday.toISOString() },
      version: successor.version,
    });
    const changed = await dated(friday);
    expect(changed.endsAt).toBe(friday.toISOString());
    expect(await codeOf(dated(null, mine!.version))).toBe("version-stale");
    // Still the only one at work today.
    expect(await codeOf(admin.call(api.people.suspend, { params, ...suspend }))).toBe("last-administrator");
  });

  it("nor by two who remove each other at once: one wins, the other is told", async () => {
    for (let turn = 0; turn < (databaseKind === "postgres" ? 20 : 2); turn++) {
      const at = await world.municipality();
      const [a, b] = [await at.admin(), await at.admin()];
      const outcomes = await Promise.all(
        [
          [a, b],
          [b, a],
        ].map(([who, whom]) =>
          who!
            .call(api.people.remove, { params: { institutionId: at.id, personId: whom!.id }, ...suspend })
            .then(() => "done")
            .catch((e: { code: string }) => e.code),
        ),
      );
      expect(outcomes.filter((o) => o === "done")).toHaveLength(1);
      // Too late by a moment: no longer administrator, or the last.
      expect(["permission-missing", "grant-exceeds-own", "last-administrator"]).toContain(
        outcomes.find((o) => o !== "done"),
      );
      const left = outcomes[0] === "done" ? a : b;
      const params = { institutionId: at.id };
      expect((await left.call(api.people.list, { params })).items.map((p) => p.id)).toEqual([left.id]);
    }
  });
});

describe("what is over by its date", () => {
  it("is written down by the schedule, and can be given again before that", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const p = await at.member("read-only", { endsAt: new Date(Date.now() - 1000) });
    await at.member("operator", {}, p);
    const params = { institutionId: at.id, personId: p.id };
    await admin.call(api.people.give, {
      params,
      body: { productId: "institution", choice: { profile: "read-only" } },
    });
    const late = await at.member("technical-referent", { endsAt: new Date(Date.now() - 1000) });
    const { people } = await import("./index.ts");
    await people(world.parts, async () => []).schedules["people:end-overdue"].run(new Date());
    const { rows } = await world.database.asSystem(({ connection }) =>
      connection.query<{ state: string }>("select state from memberships where person_id = $1", [late.id]),
    );
    expect(rows).toEqual([{ state: "ended" }]);
    const trail = await admin.call(api.audit.trail, { params: { institutionId: at.id } });
    expect(trail.items.filter((l) => l.action === "people.membership.ended").map((l) => l.facts["reason"])).toEqual([
      "expired",
      "expired",
    ]);
  });
});
