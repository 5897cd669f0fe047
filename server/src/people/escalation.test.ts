import { api, type Permission } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf, refusalOf } from "../testing/refusals.ts";
import { databaseKind, makeWorld, type SignedIn, someone, type World } from "../testing/world.ts";
import { mayHere } from "./may-store.ts";

/* What people try, or run into, to hold more than somebody meant to give them. */
const DAY = 86_400_000;
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const { profiles, groups, requests, invitations, permissions } = api.people;
const read: Permission = "institution:agreements:read";
const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(() => "done").catch((e: { code: string }) => e.code);
type At = Awaited<ReturnType<World["municipality"]>>;
const reads = (who: SignedIn, at: At) =>
  outcome(who.call(api.agreements.ofInstitution, { params: { institutionId: at.id } }));

describe("a custom profile and a group give no more than who stands behind them", () => {
  it("what is held through a profile, a group or a request cannot be passed on in a profile of one's own", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const params = { institutionId: at.id };
    const makers: Permission[] = ["institution:profiles:write", "institution:people:read", read];
    const profileId = await at.customProfile(admin, "Fa profili", makers);
    const byProfile = await at.member("custom", { profileId });
    const groupId = await at.group("Ufficio", "custom", { profileId });
    const byGroup = await at.member("custom", { profileId, groupId });
    const byRequest = await at.member("granted", { permissions: makers });
    for (const who of [byProfile, byGroup, byRequest]) {
      expect(await reads(who, at)).toBe("done");
      const refused = await refusalOf(
        who.call(profiles.make, { params, body: { productId: "institution", name: "Copia", permissions: [read] } }),
      );
      expect([refused.code, refused.facts]).toEqual(["profile-exceeds-maker", { permissions: [read] }]);
      // The page that offers the permissions says the same beforehand.
      const { items } = await who.call(permissions.list, { params });
      expect(items.filter((i) => i.passable)).toEqual([]);
    }
    const { items } = await admin.call(permissions.list, { params });
    expect(items.filter((i) => i.passable).map((i) => i.productId)).toEqual(
      items.filter((i) => i.productId === "institution").map(() => "institution"),
    );
  });

  it("what is held on one product is not given on another, though its permission has the same name", async () => {
    const at = await world.municipality();
    await at.joined("io");
    await at.joined("io-sign");
    const admin = await at.admin();
    const gives = await at.customProfile(admin, "Dà accessi", ["institution:people:read", "institution:people:write"]);
    const clerk = await at.member("custom", { profileId: gives });
    await at.member("technical-referent", { productId: "io" }, clerk);
    const { id: personId } = await at.member("operator");
    const give = (productId: string) =>
      outcome(
        clerk.call(api.people.give, {
          params: { institutionId: at.id, personId },
          body: { productId, choice: { profile: "technical-referent" } },
        }),
      );
    expect([await give("io"), await give("io-sign")]).toEqual(["done", "grant-exceeds-own"]);
  });
  it("nor taken away: who makes profiles and holds less can neither change, end, nor suspend what gives more", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const params = { institutionId: at.id };
    const makes = await at.customProfile(admin, "Fa profili", [
      "institution:profiles:write",
      "institution:people:write",
    ]);
    const clerk = await at.member("custom", { profileId: makes });
    await at.member("technical-referent", {}, clerk);
    const larger = await at.customProfile(admin, "Documenti", [read]);
    const groupId = await at.group("Uno", "custom", { profileId: larger });
    const colleague = await at.member("operator");
    const asked: [string, () => Promise<unknown>][] = [
      [
        "change",
        () =>
          clerk.call(profiles.change, {
            params: { ...params, profileId: larger },
            body: { name: "Documenti", permissions: ["institution:overview:read"] },
            version: 1,
          }),
      ],
      ["end", () => clerk.call(profiles.end, { params: { ...params, profileId: larger } })],
      ["suspend group", () => clerk.call(groups.suspend, { params: { ...params, groupId } })],
      ["end group", () => clerk.call(groups.end, { params: { ...params, groupId } })],
      ["add to group", () => clerk.call(groups.add, { params: { ...params, groupId, personId: colleague.id } })],
      ["add self", () => clerk.call(groups.add, { params: { ...params, groupId, personId: clerk.id } })],
      [
        "change group",
        () =>
          clerk.call(groups.change, {
            params: { ...params, groupId },
            body: { name: "Uno", choice: { profile: "operator" } },
            version: 1,
          }),
      ],
    ];
    for (const [what, work] of asked) expect([what, await outcome(work())]).toEqual([what, "grant-exceeds-own"]);
    expect(await outcome(clerk.call(profiles.takeOver, { params: { ...params, profileId: larger } }))).toBe(
      "profile-exceeds-maker",
    );
    await admin.call(groups.suspend, { params: { ...params, groupId } });
    expect(await outcome(clerk.call(groups.restore, { params: { ...params, groupId } }))).toBe("grant-exceeds-own");
    // What they hold in person they may pass on.
    await clerk.call(profiles.make, {
      params,
      body: { productId: "institution", name: "Solo vedere", permissions: ["institution:overview:read"] },
    });
  });

  it("a maker who loses a permission takes it from everybody, also through a group, until somebody answers for it", async () => {
    const at = await world.municipality();
    const [maker, other] = [await at.admin(), await at.admin()];
    const params = { institutionId: at.id };
    const profileId = await at.customProfile(maker, "Documenti", [read]);
    const groupId = await at.group("Uno", "custom", { profileId });
    const alone = await at.member("custom", { profileId });
    const inGroup = await at.member("custom", { profileId, groupId });
    const both = async () => [await reads(alone, at), await reads(inGroup, at)];
    expect(await both()).toEqual(["done", "done"]);
    const theirs = (await other.call(api.people.read, { params: { ...params, personId: maker.id } })).memberships;
    await other.call(api.people.give, {
      params: { ...params, personId: maker.id },
      body: { productId: "institution", choice: { profile: "operator" } },
    });
    await other.call(api.people.end, { params: { ...params, membershipId: theirs[0]!.id } });
    expect(await both()).toEqual(["permission-missing", "permission-missing"]);
    const shown = await other.call(profiles.read, { params: { ...params, profileId } });
    expect(shown).toMatchObject({ permissions: [read], gives: [], madeBy: { id: maker.id } });
    // Nobody is given through it meanwhile what it does not give, and the page of permissions counts nobody that way.
    const ways = (await other.call(permissions.list, { params })).items.find((i) => i.permission === read)!.ways;
    expect(ways.some((w) => w.profileId === profileId)).toBe(false);
    expect(await outcome(maker.call(profiles.takeOver, { params: { ...params, profileId } }))).toBe(
      "permission-missing",
    );
    await other.call(profiles.takeOver, { params: { ...params, profileId } });
    expect(await both()).toEqual(["done", "done"]);
    await other.call(groups.suspend, { params: { ...params, groupId } });
    expect(await both()).toEqual(["done", "permission-missing"]);
  });

  it("of another institution it is neither found nor named, by address or in a body", async () => {
    const [here, there] = [await world.municipality(), await world.municipality()];
    const [mine, theirs] = [await here.admin(), await there.admin()];
    const profileId = await there.customProfile(theirs, "Loro", [read]);
    const groupId = await there.group("Loro", "read-only");
    const params = { institutionId: here.id };
    const colleague = await here.member("operator");
    expect(await codeOf(mine.call(profiles.read, { params: { ...params, profileId } }))).toBe("profile-unknown");
    expect(await codeOf(mine.call(groups.read, { params: { ...params, groupId } }))).toBe("group-unknown");
    for (const choice of [{ profileId }])
      expect(
        await codeOf(
          mine.call(api.people.give, {
            params: { ...params, personId: colleague.id },
            body: { productId: "institution", choice },
          }),
        ),
      ).toBe("profile-unknown");
    for (const query of [{ profileId }, { groupId }])
      expect((await mine.call(api.people.list, { params, query })).items).toEqual([]);
  });
});

describe("an instant decides", () => {
  it("of who holds, of who made the profile, and of a permission given for a time", async () => {
    const at = await world.municipality();
    const start = Date.now();
    const t = (days: number) => new Date(start + days * DAY);
    const maker = await at.member("administrator", { beginsAt: t(2), endsAt: t(4) });
    const profileId = await at.customProfile(maker, "Documenti", [read]);
    const holder = await at.member("custom", { profileId, beginsAt: t(1), endsAt: t(5) });
    const granted = await at.member("granted", { permissions: [read], beginsAt: t(1), endsAt: t(3) });
    const holds = (who: SignedIn, now: Date) =>
      world.database.transaction({ institution: at.id }, ({ connection }) =>
        mayHere(connection, { institutionId: at.id, personId: who.id, permission: read, now }),
      );
    const around = async (who: SignedIn, edge: Date) => [
      await holds(who, new Date(edge.getTime() - 1)),
      await holds(who, edge),
    ];
    // The profile gives while both stand: from the maker's beginning to the maker's end, to the millisecond.
    expect(await around(holder, t(1))).toEqual([false, false]);
    expect(await around(holder, t(2))).toEqual([false, true]);
    expect(await around(holder, t(4))).toEqual([true, false]);
    expect(await around(granted, t(1))).toEqual([false, true]);
    expect(await around(granted, t(3))).toEqual([true, false]);
  });
});

describe("an invitation", () => {
  it("does not open twice, not even after who accepted it was removed", async () => {
    const at = await world.municipality();
    const [admin, who] = [await at.admin(), someone()];
    const params = { institutionId: at.id };
    await admin.call(invitations.invite, {
      params,
      body: { ...who, offers: [{ productId: "institution", choice: { profile: "read-only" } }] },
    });
    await world.settle();
    const token = new URL(world.linksTo(who.email).find((l) => l.includes("/enti/invito"))!).searchParams.get("token")!;
    const them = await world.person(who);
    await them.call(invitations.accept, { body: { token } });
    await admin.call(api.people.remove, { params: { ...params, personId: them.id }, body: { productId: null } });
    const again = await world.person(who);
    expect(await codeOf(again.call(invitations.accept, { body: { token } }))).toBe("invitation-used");
    expect((await again.call(api.people.myInstitutions, {})).items).toEqual([]);
  });
});

describe("two administrators at once", () => {
  it("who suspend, remove or take the profile from each other never leave the institution alone", async () => {
    const acts = [api.people.suspend, api.people.remove] as const;
    for (let turn = 0; turn < (databaseKind === "postgres" ? 12 : 2); turn++) {
      const at = await world.municipality();
      const [a, b] = [await at.admin(), await at.admin()];
      const params = { institutionId: at.id };
      const [, theirs] = await Promise.all(
        [a, b].map((p) => a.call(api.people.read, { params: { ...params, personId: p.id } })),
      );
      const outcomes = await Promise.all([
        outcome(
          turn % 3 === 2
            ? a.call(api.people.end, { params: { ...params, membershipId: theirs!.memberships[0]!.id } })
            : a.call(acts[turn % 3]!, { params: { ...params, personId: b.id }, body: { productId: null } }),
        ),
        outcome(b.call(acts[(turn + 1) % 2]!, { params: { ...params, personId: a.id }, body: { productId: null } })),
      ]);
      expect(outcomes.filter((o) => o === "done")).toHaveLength(1);
      const left = outcomes[0] === "done" ? a : b;
      expect((await left.call(api.people.list, { params, query: { state: "active" } })).items.map((p) => p.id)).toEqual(
        [left.id],
      );
    }
  });

  it("who answer the same request give it once", async () => {
    const at = await world.municipality();
    const [a, b, operator] = [await at.admin(), await at.admin(), await at.member("operator")];
    const params = { institutionId: at.id };
    const { id } = await operator.call(requests.ask, { params, body: { permission: read } });
    const outcomes = await Promise.all([
      outcome(a.call(requests.grant, { params: { ...params, requestId: id }, body: {} })),
      outcome(b.call(requests.refuse, { params: { ...params, requestId: id }, body: {} })),
    ]);
    expect(outcomes.filter((o) => o === "done")).toHaveLength(1);
    expect(outcomes.find((o) => o !== "done")).toBe("access-request-answered");
    expect(await reads(operator, at)).toBe(outcomes[0] === "done" ? "done" : "permission-missing");
  });
});

describe("who holds a permission", () => {
  it("is found by the server exactly as the memberships say, in the list and in the file", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const params = { institutionId: at.id };
    const profileId = await at.customProfile(admin, "Documenti", [read]);
    const answersNoMore = await at.member("administrator", { state: "suspended" });
    const cut = await at.customProfile(answersNoMore, "Vuoto", [read]);
    const sleeping = await at.group("Fermo", "read-only");
    await at.member("read-only");
    await at.member("read-only", { state: "suspended" });
    await at.member("read-only", { beginsAt: new Date(Date.now() + DAY) });
    await at.member("read-only", { beginsAt: new Date(Date.now() - 2 * DAY), endsAt: new Date(Date.now() - DAY) });
    await at.member("operator");
    await at.member("custom", { profileId });
    await at.member("custom", { profileId: cut });
    await at.member("granted", { permissions: [read] });
    await at.member("read-only", { groupId: sleeping });
    await admin.call(groups.suspend, { params: { ...params, groupId: sleeping } });
    const { items } = await admin.call(api.people.list, { params, query: { limit: 100 } });
    const now = new Date();
    const expected = items
      .filter((p) =>
        p.memberships.some(
          (m) =>
            m.state === "active" &&
            m.permissions.includes(read) &&
            new Date(m.beginsAt) <= now &&
            (m.endsAt === null || new Date(m.endsAt) > now),
        ),
      )
      .map((p) => p.id);
    expect(expected).toHaveLength(4);
    const found = await admin.call(api.people.list, { params, query: { limit: 100, permission: read } });
    expect(found.items.map((p) => p.id)).toEqual(expected);
    const file = await admin.call(permissions.export, { params, query: { permission: read } });
    expect((await file.text()).trim().split("\r\n")).toHaveLength(5);
    // Page after page, the same people.
    const first = await admin.call(api.people.list, { params, query: { limit: 3, permission: read } });
    const second = await admin.call(api.people.list, {
      params,
      query: { limit: 3, permission: read, cursor: first.next! },
    });
    expect([...first.items, ...second.items].map((p) => p.id)).toEqual(expected);
  });

  it("one of my institutions is found by its id, and nobody else's", async () => {
    const [mine, theirs] = [await world.municipality(), await world.municipality()];
    const admin = await mine.admin();
    await mine.member("operator", { productId: "pagopa" }, admin);
    const one = (institutionId: string) =>
      admin.call(api.people.myInstitutions, { query: { institutionId, limit: 1 } });
    expect((await one(mine.id)).items.map((i) => [i.id, i.memberships.length])).toEqual([[mine.id, 2]]);
    expect((await one(theirs.id)).items).toEqual([]);
  });
});

describe("requests without measure", () => {
  it("a stranger may have five waiting, also when sent all at once, and no more of one institution in a day", async () => {
    const everywhere = await Promise.all(Array.from({ length: 7 }, () => world.municipality()));
    const stranger = await world.person();
    const join = (at: At, who = stranger) =>
      outcome(
        who.call(requests.join, {
          body: {
            institution: { ipaCode: at.body.ipaCode },
            productId: "institution",
            profile: "operator",
            email: who.name.email,
            message: "Lavoro al protocollo",
          },
        }),
      );
    const outcomes = await Promise.all(everywhere.map((at) => join(at)));
    expect(outcomes.filter((o) => o === "done")).toHaveLength(5);
    expect(outcomes.filter((o) => o === "too-many-access-requests")).toHaveLength(2);
    const other = await world.person();
    for (let n = 0; n < 3; n++) {
      expect(await join(everywhere[0]!, other)).toBe("done");
      const [mine] = (await other.call(requests.mine, {})).items;
      await other.call(requests.withdraw, { params: { requestId: mine!.id } });
    }
    expect(await join(everywhere[0]!, other)).toBe("too-many-access-requests");
    expect(await join(everywhere[1]!, other)).toBe("done");
  });

  it("a colleague asks for one permission three times in a day, and then waits", async () => {
    const at = await world.municipality();
    const [admin, operator] = [await at.admin(), await at.member("operator")];
    const params = { institutionId: at.id };
    const ask = () => operator.call(requests.ask, { params, body: { permission: read } });
    for (let n = 0; n < 3; n++) {
      const { id } = await ask();
      await admin.call(requests.refuse, { params: { ...params, requestId: id }, body: { note: "No" } });
    }
    const refused = await refusalOf(ask());
    expect([refused.code, refused.facts]).toMatchObject(["too-many-access-requests", { most: 3 }]);
    world.pass(DAY + 1000);
    const back = await world.person(operator.name);
    await back.call(requests.ask, { params, body: { permission: read } });
  });

  it("who is refused at the door does not learn who administers the institution, by screen or by mail", async () => {
    const at = await world.municipality();
    const [admin, stranger] = [await at.admin(), await world.person()];
    const body = {
      institution: { ipaCode: at.body.ipaCode },
      productId: "institution",
      profile: "administrator" as const,
      email: stranger.name.email,
      message: "Sono il sindaco",
    };
    const asked = await stranger.call(requests.join, { body });
    const names = new RegExp(`${admin.name.givenName} ${admin.name.familyName}|${admin.id}`);
    await admin.call(requests.refuse, {
      params: { institutionId: at.id, requestId: asked.id },
      body: { note: "Non la conosciamo." },
    });
    await world.settle();
    const [mine] = (await stranger.call(requests.mine, {})).items;
    expect(mine).toMatchObject({ state: "refused", note: "Non la conosciamo.", answeredBy: null });
    const letter = world.sent.findLast((m) => m.to === stranger.name.email)!;
    for (const text of [JSON.stringify([asked, mine]), `${letter.subject} ${letter.text}`])
      expect(text).not.toMatch(names);
    expect(
      await codeOf(stranger.call(permissions.explain, { params: { institutionId: at.id, permission: read } })),
    ).toBe("not-a-member");
    // The institution itself keeps who answered.
    const [kept] = (await admin.call(requests.list, { params: { institutionId: at.id } })).items;
    expect(kept!.answeredBy).toMatch(names);
  });
});
