import { api, type Permission } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf, refusalOf } from "../testing/refusals.ts";
import { makeWorld, type SignedIn, type World } from "../testing/world.ts";
import { whoMay } from "./may-store.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const documents: Permission[] = ["institution:agreements:read"];
const sees = (who: SignedIn, institutionId: string) =>
  who
    .call(api.agreements.ofInstitution, { params: { institutionId } })
    .then(() => "sees")
    .catch((e: { code: string }) => e.code);

describe("a custom profile", () => {
  it("gives exactly what it lists, and changes for who has it at the next request", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const params = { institutionId: at.id };
    const profile = await admin.call(api.people.profiles.make, {
      params,
      body: { productId: "institution", name: "Solo documenti", permissions: documents },
    });
    expect(profile).toMatchObject({ gives: documents, people: 0, madeBy: { id: admin.id } });
    const p = await at.member("custom", { profileId: profile.id });
    expect(await sees(p, at.id)).toBe("sees");
    expect(await codeOf(p.call(api.institutions.read, { params }))).toBe("permission-missing");
    expect((await p.call(api.people.myInstitutions, {})).items[0]!.memberships).toMatchObject([
      { profile: "custom", profileName: "Solo documenti", permissions: documents, state: "active" },
    ]);
    const change = { name: "Solo documenti", permissions: ["institution:overview:read" as const] };
    const at1 = { params: { ...params, profileId: profile.id } };
    await admin.call(api.people.profiles.change, { ...at1, body: change, version: profile.version });
    expect(await sees(p, at.id)).toBe("permission-missing");
    await p.call(api.institutions.read, { params });
    expect(await codeOf(admin.call(api.people.profiles.change, { ...at1, body: change, version: 1 }))).toBe(
      "version-stale",
    );
    const again = { productId: "institution", name: "SOLO documenti", permissions: documents };
    expect(await codeOf(admin.call(api.people.profiles.make, { params, body: again }))).toBe("profile-name-taken");
    await admin.call(api.people.profiles.end, at1);
    expect(await codeOf(p.call(api.institutions.read, { params }))).toBe("permission-missing");
    expect(await codeOf(admin.call(api.people.profiles.end, at1))).toBe("profile-unknown");
  });

  it("never gives what its maker no longer holds, until somebody who does answers for it", async () => {
    const at = await world.municipality();
    const [maker, other] = [await at.admin(), await at.admin()];
    const params = { institutionId: at.id };
    const profile = await maker.call(api.people.profiles.make, {
      params,
      body: { productId: "institution", name: "Solo documenti", permissions: documents },
    });
    const p = await at.member("custom", { profileId: profile.id });
    expect(await sees(p, at.id)).toBe("sees");
    const whom = { params: { ...params, personId: maker.id }, body: { productId: null } };
    await other.call(api.people.suspend, whom);
    expect(await sees(p, at.id)).toBe("permission-missing");
    expect((await p.call(api.people.myInstitutions, {})).items[0]!.memberships[0]!.permissions).toEqual([]);
    await other.call(api.people.restore, whom);
    expect(await sees(p, at.id)).toBe("sees");
    // The maker keeps working with less: the profile keeps what the maker keeps.
    await other.call(api.people.remove, whom);
    await at.member("technical-referent", {}, maker);
    const [shown] = (await other.call(api.people.profiles.list, { params })).items;
    expect(shown).toMatchObject({ permissions: documents, gives: [] });
    const taken = await other.call(api.people.profiles.takeOver, { params: { ...params, profileId: profile.id } });
    expect(taken).toMatchObject({ gives: documents, madeBy: { id: other.id } });
    expect(await sees(p, at.id)).toBe("sees");
  });

  it("cannot be made out of another, nor hold permissions of another product", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const params = { institutionId: at.id };
    const first = await at.customProfile(admin, "Chi fa profili", [
      "institution:profiles:write",
      "institution:people:read",
    ]);
    const second = await at.member("custom", { profileId: first });
    const refused = await refusalOf(
      second.call(api.people.profiles.make, {
        params,
        body: { productId: "institution", name: "Copia", permissions: ["institution:people:read"] },
      }),
    );
    expect([refused.code, refused.facts]).toEqual([
      "profile-exceeds-maker",
      { permissions: ["institution:people:read"] },
    ]);
    const stray = { productId: "pagopa", name: "Misto", permissions: documents };
    expect(await codeOf(admin.call(api.people.profiles.make, { params, body: stray }))).toBe(
      "permission-of-another-product",
    );
    // Neither by changing one that is there, nor by taking it over.
    const at1 = { params: { ...params, profileId: first } };
    expect(
      await codeOf(
        second.call(api.people.profiles.change, { ...at1, body: { name: "Mio", permissions: documents }, version: 1 }),
      ),
    ).toBe("profile-exceeds-maker");
    expect(await codeOf(second.call(api.people.profiles.takeOver, at1))).toBe("profile-exceeds-maker");
  });
});

describe("a group", () => {
  it("gives its profile to its members, all at once, and nothing when suspended", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const p = await at.member("operator");
    const params = { institutionId: at.id };
    const group = await admin.call(api.people.groups.make, {
      params,
      body: { productId: "institution", name: "Ufficio protocollo", choice: { profile: "read-only" } },
    });
    const at1 = { ...params, groupId: group.id };
    const member = { params: { ...at1, personId: p.id } };
    await admin.call(api.people.groups.add, member);
    expect(await sees(p, at.id)).toBe("sees");
    expect(await codeOf(admin.call(api.people.groups.add, member))).toBe("membership-repeated");
    const stranger = await world.person();
    expect(await codeOf(admin.call(api.people.groups.add, { params: { ...at1, personId: stranger.id } }))).toBe(
      "person-unknown",
    );
    await admin.call(api.people.groups.suspend, { params: at1 });
    expect(await sees(p, at.id)).toBe("permission-missing");
    const smaller = { name: "Ufficio protocollo", choice: { profile: "technical-referent" as const } };
    expect(await codeOf(admin.call(api.people.groups.change, { params: at1, body: smaller, version: 2 }))).toBe(
      "group-suspended",
    );
    const restored = await admin.call(api.people.groups.restore, { params: at1 });
    expect(await sees(p, at.id)).toBe("sees");
    await admin.call(api.people.groups.change, { params: at1, body: smaller, version: restored.version });
    expect(await sees(p, at.id)).toBe("permission-missing");
    await p.call(api.people.list, { params });
    await admin.call(api.people.groups.take, member);
    expect(await codeOf(p.call(api.people.list, { params }))).toBe("permission-missing");
    await admin.call(api.people.groups.end, { params: at1 });
    expect((await admin.call(api.people.groups.list, { params })).items).toEqual([]);
  });

  it("carries a custom profile, which then stays, and limits it to things where the permission has some", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const params = { institutionId: at.id };
    const profileId = await at.customProfile(admin, "Solo documenti", documents);
    const group = await admin.call(api.people.groups.make, {
      params,
      body: { productId: "institution", name: "Uno", choice: { profileId } },
    });
    // Of the institution itself nothing can be named one by one: as if it could.
    await world.database.asSystem(({ connection }) =>
      connection.query("update groups set resources = $2 where id = $1", [group.id, ["a", "b"]]),
    );
    const p = await at.member("operator");
    await admin.call(api.people.groups.add, { params: { ...params, groupId: group.id, personId: p.id } });
    const refused = await refusalOf(admin.call(api.people.profiles.end, { params: { ...params, profileId } }));
    expect([refused.code, refused.facts]).toEqual(["profile-of-group", { group: "Uno" }]);
    const decides = async (resource: string | null) =>
      (
        await world.database.transaction({ institution: at.id }, ({ connection }) =>
          whoMay(60)(connection, {
            sessionHash: p.hash,
            institutionId: at.id,
            wants: {
              permission: documents[0]!,
              productId: "institution",
              profiles: ["administrator", "read-only"],
              resource,
            },
            now: new Date(),
          }),
        )
      ).permitted;
    expect([await decides("a"), await decides("c"), await decides(null)]).toEqual([true, false, true]);
  });
});
