import { api } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, someone, type World } from "../testing/world.ts";

const DAY = 86_400_000;
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const { invitations } = api.people;
const operator = { productId: "institution", choice: { profile: "operator" as const } };
const tokenTo = (address: string) =>
  new URL(world.linksTo(address).find((l) => l.includes("/enti/invito"))!).searchParams.get("token")!;

/** An institution, its administrator, and somebody invited there. */
const invited = async (offers: object[] = [operator]) => {
  const at = await world.municipality();
  const admin = await at.admin();
  const who = someone();
  const params = { institutionId: at.id };
  const invitation = await admin.call(invitations.invite, { params, body: { ...who, offers: offers as never } });
  await world.settle();
  return { at, admin, who, params, invitation, token: tokenTo(who.email) };
};

describe("an invitation", () => {
  it("arrives by mail, is accepted once by whom it is for, and gives what it offered", async () => {
    const ends = new Date(Date.now() + 30 * DAY).toISOString();
    const { admin, who, params, token } = await invited([{ ...operator, endsAt: ends }]);
    const them = await world.person(who);
    const read = await them.call(invitations.read, { body: { token } });
    expect(read.offers).toMatchObject([{ productId: "institution", profile: "operator", endsAt: ends }]);
    const accepted = await them.call(invitations.accept, { body: { token } });
    expect(accepted.institutionId).toBe(params.institutionId);
    const me = await admin.call(api.people.read, { params: { ...params, personId: them.id } });
    expect(me).toMatchObject({ email: who.email, memberships: [{ profile: "operator", endsAt: ends }] });
    expect(await codeOf(them.call(invitations.accept, { body: { token } }))).toBe("invitation-used");
    expect(await codeOf(admin.call(invitations.invite, { params, body: { ...who, offers: [operator] } }))).toBe(
      "already-here",
    );
  });

  it("used by another is refused, and the institution sees it", async () => {
    const { at, admin, token } = await invited();
    const thief = await world.person();
    for (const act of [invitations.read, invitations.accept])
      expect(await codeOf(thief.call(act, { body: { token } }))).toBe("invitation-for-somebody-else");
    expect((await thief.call(api.people.myInstitutions, {})).items).toEqual([]);
    const { items } = await admin.call(api.audit.trail, { params: { institutionId: at.id } });
    const refused = items.filter((l) => l.action === "people.invitation.accepted" && l.outcome === "refused");
    expect(refused.map((l) => l.actor.name)).toEqual(Array(2).fill(`${thief.name.givenName} ${thief.name.familyName}`));
  });

  it("ends with its time, when it is sent again and when it is withdrawn", async () => {
    const { admin, who, params, invitation, token } = await invited();
    const them = await world.person(who);
    expect(await codeOf(admin.call(invitations.invite, { params, body: { ...who, offers: [operator] } }))).toBe(
      "invitation-pending",
    );
    world.pass(60_000);
    const at = { params: { ...params, invitationId: invitation.id } };
    await admin.call(invitations.resend, at);
    await world.settle();
    const second = tokenTo(who.email);
    expect(second).not.toBe(token);
    expect(await codeOf(them.call(invitations.accept, { body: { token } }))).toBe("link-expired");
    await them.call(invitations.read, { body: { token: second } });
    await admin.call(invitations.revoke, at);
    expect(await codeOf(them.call(invitations.accept, { body: { token: second } }))).toBe("invitation-revoked");
    expect(await codeOf(admin.call(invitations.resend, at))).toBe("invitation-revoked");
    for (const forged of ["x.y", `${second}x`, second.replace(/^./, "A")])
      expect(await codeOf(them.call(invitations.accept, { body: { token: forged } }))).toBe("link-invalid");
    // A new one can be made, and its time passes too.
    await admin.call(invitations.invite, { params, body: { ...who, offers: [operator] } });
    await world.settle();
    const third = tokenTo(who.email);
    await world.database.asSystem(({ connection }) =>
      connection.query("update invitations set expires_at = now() - interval '1 second' where state = 'pending'"),
    );
    expect(await codeOf(them.call(invitations.accept, { body: { token: third } }))).toBe("link-expired");
    expect((await admin.call(invitations.list, { params })).items.map((v) => v.state)).toEqual(["expired", "revoked"]);
  });

  it("is worth no more than its maker may give, then and now", async () => {
    const { at, params, token, who, admin } = await invited();
    const second = await at.admin();
    const clerkProfile = await at.customProfile(second, "Solo persone", ["institution:people:write"]);
    const clerk = await at.member("custom", { profileId: clerkProfile });
    for (const profile of ["administrator", "operator"] as const)
      expect(
        await codeOf(
          clerk.call(invitations.invite, {
            params,
            body: { ...someone(), offers: [{ productId: "institution", choice: { profile } }] },
          }),
        ),
      ).toBe("grant-exceeds-own");
    await second.call(api.people.remove, { params: { ...params, personId: admin.id }, body: { productId: null } });
    const them = await world.person(who);
    expect(await codeOf(them.call(invitations.accept, { body: { token } }))).toBe("invitation-lapsed");
    expect((await them.call(api.people.myInstitutions, {})).items).toEqual([]);
  });

  it("accepted twice at once gives one membership", async () => {
    const { at, who, token } = await invited();
    const them = await world.person(who);
    const outcomes = await Promise.all(
      [1, 2].map(() =>
        them
          .call(invitations.accept, { body: { token } })
          .then(() => "done")
          .catch((e: { code: string }) => e.code),
      ),
    );
    expect(outcomes.sort()).toEqual(["done", "invitation-used"]);
    const { rows } = await world.database.asSystem(({ connection }) =>
      connection.query("select id from memberships where institution_id = $1 and person_id = $2", [at.id, them.id]),
    );
    expect(rows).toHaveLength(1);
  });
});
