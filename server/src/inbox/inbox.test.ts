import { randomUUID } from "node:crypto";
import { api } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, type SignedIn, someone, type World } from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

type Place = Awaited<ReturnType<World["municipality"]>>;
const DAY = 86_400_000;

/** Somebody who can be written to at an institution. */
const reachable = async (place: Place, profile: "administrator" | "operator" = "administrator"): Promise<SignedIn> => {
  const who = await place.member(profile);
  await world.database.asSystem(({ connection }) =>
    connection.query("insert into contacts (person_id, institution_id, email, email_index) values ($1, $2, $3, $4)", [
      who.id,
      place.id,
      world.cipher.seal(who.name.email),
      world.cipher.index("mail", who.name.email),
    ]),
  );
  return who;
};
/** The registry says that the body ended, or is back. */
const registry = async (place: Place, type: "registries.body.ended" | "registries.body.returned") => {
  await world.parts.act({ kind: "system", name: "test" }, async ({ connection, emit }) => {
    await connection.query("update registry_bodies set state = $2 where ipa_code = $1", [
      place.body.ipaCode,
      type === "registries.body.ended" ? "ended" : "active",
    ]);
    emit(type, { ipaCode: place.body.ipaCode });
  });
  await world.settle();
};
const given = async (place: Place, personId: string, profile = "operator") => {
  await world.parts.act({ kind: "system", name: "test" }, async ({ emit, enter }) => {
    enter({ institution: place.id });
    emit(
      "people.membership.activated",
      { membershipId: randomUUID(), personId, productId: "institution", profile },
      { institutionId: place.id },
    );
  });
  await world.settle();
};
const mailsTo = (who: SignedIn) => world.sent.filter((m) => m.to === who.name.email);
const view = async (who: SignedIn, which: "to-do" | "news" | "archive" = "to-do") =>
  (await who.call(api.inbox.list, { query: { view: which } })).items;

describe("the inbox", () => {
  it("lays out a finding to who can act on it, by mail too, and takes it away when it is resolved", async () => {
    const place = await world.municipality("Comune della Cosa da Fare");
    const admin = await reachable(place);
    const operator = await reachable(place, "operator");
    await registry(place, "registries.body.ended");
    const items = await view(admin);
    expect(items).toMatchObject([
      {
        kind: "finding",
        topic: "to-do",
        asks: true,
        institution: { id: place.id, name: "Comune della Cosa da Fare" },
        facts: { finding: "registry-body-ended" },
        read: false,
        settledAt: null,
      },
    ]);
    expect(await view(operator)).toEqual([]);
    expect(await admin.call(api.inbox.counts, {})).toEqual({ toDo: 1, unread: 1 });
    const [mail, ...more] = mailsTo(admin);
    expect(more).toEqual([]);
    expect(mail!.subject).toBe("In IndicePA l’ente risulta cessato · Comune della Cosa da Fare");
    expect(mail!.text).toContain(`/enti/${place.id}`);
    expect(mail!.text).toContain("/da-fare/preferenze");
    expect(mailsTo(operator)).toEqual([]);

    await registry(place, "registries.body.returned");
    expect(await view(admin)).toEqual([]);
    expect((await view(admin, "news"))[0]).toMatchObject({ kind: "finding", settledAt: expect.any(String) });
    expect(await admin.call(api.inbox.counts, {})).toMatchObject({ toDo: 0 });
  });

  it("tells nothing twice, however often a reaction is repeated", async () => {
    const place = await world.municipality();
    const admin = await reachable(place);
    await registry(place, "registries.body.ended");
    await world.database.asSystem(({ connection }) =>
      connection.query("update deliveries set state = 'waiting', next_at = now() where subscriber like 'inbox:%'"),
    );
    await world.settle();
    expect(await view(admin)).toHaveLength(1);
    expect(mailsTo(admin)).toHaveLength(1);
  });

  it("keeps the line when the mail cannot leave, and sends it later, once", async () => {
    const place = await world.municipality();
    const admin = await reachable(place);
    world.failMail(1);
    await given(place, admin.id);
    expect(await view(admin, "news")).toHaveLength(1);
    expect(mailsTo(admin)).toEqual([]);
    world.pass(5 * 60_000);
    await given(place, (await reachable(place)).id);
    expect(mailsTo(admin)).toHaveLength(1);
    world.pass(DAY / 4);
    await given(place, (await reachable(place)).id);
    expect(mailsTo(admin)).toHaveLength(1);
  });

  it("writes no mail about what was settled before it could leave", async () => {
    const place = await world.municipality();
    const admin = await reachable(place);
    world.failMail(1);
    await registry(place, "registries.body.ended");
    await registry(place, "registries.body.returned");
    world.pass(DAY / 4);
    await given(place, (await reachable(place)).id);
    expect(mailsTo(admin)).toEqual([]);
  });

  it("gives a newcomer what already stands open, without a mail for it", async () => {
    const place = await world.municipality();
    await registry(place, "registries.body.ended");
    const admin = await reachable(place);
    await given(place, admin.id, "administrator");
    // What the registry says, and that they are the only administrator.
    expect((await view(admin)).map((i) => [i.kind, i.facts["finding"]])).toEqual(
      expect.arrayContaining([
        ["finding", "registry-body-ended"],
        ["finding", "single-administrator"],
      ]),
    );
    expect(mailsTo(admin).map((m) => m.subject)).toEqual([
      expect.stringContaining("Hai il profilo «Amministratore»") as string,
    ]);
  });

  it("tells the sender of an onboarding that it was cancelled from the mailbox, not that they cancelled it", async () => {
    const who = await world.person();
    const sent = async () => {
      const body = await world.body();
      const o = await who.call(api.onboarding.submit, { body: world.request(body) });
      await world.settle();
      return {
        o,
        cancel: world
          .linksTo(body.pec)
          .find((l) => l.includes("/annulla/"))!
          .split("/annulla/")[1]!,
      };
    };
    const own = await sent();
    await who.call(api.onboarding.cancel, { params: { onboardingId: own.o.id } });
    await world.settle();
    expect(await view(who, "news")).toEqual([]);
    const other = await sent();
    await world.anonymous(api.onboarding.links.cancel, { body: { token: other.cancel } });
    await world.settle();
    expect(await view(who, "news")).toMatchObject([
      { kind: "onboarding-cancelled", facts: { onboardingId: other.o.id, productTitle: expect.any(String) } },
    ]);
  });

  it("marks as read, archives and takes back, each person their own", async () => {
    const place = await world.municipality();
    const [one, two] = [await reachable(place), await reachable(place)];
    await registry(place, "registries.body.ended");
    const item = (await view(one))[0]!;
    expect(await codeOf(two.call(api.inbox.change, { params: { itemId: item.id }, body: { read: true } }))).toBe(
      "inbox-item-unknown",
    );
    expect(await one.call(api.inbox.change, { params: { itemId: item.id }, body: { archived: true } })).toMatchObject({
      archived: true,
      read: true,
    });
    expect(await view(one)).toEqual([]);
    expect(await view(one, "archive")).toHaveLength(1);
    expect(await one.call(api.inbox.counts, {})).toEqual({ toDo: 0, unread: 0 });
    expect(
      await one.call(api.inbox.change, { params: { itemId: item.id }, body: { archived: false, read: false } }),
    ).toMatchObject({ archived: false, read: false });
    // An empty change is none.
    expect(await one.call(api.inbox.change, { params: { itemId: item.id }, body: {} })).toMatchObject({ read: false });
    // What arrives after the moment that was seen stays unread.
    expect(
      await one.call(api.inbox.markRead, { body: { until: new Date(Date.parse(item.at) - 1000).toISOString() } }),
    ).toMatchObject({ unread: 1 });
    expect(await one.call(api.inbox.markRead, { body: { until: item.at } })).toMatchObject({ unread: 0 });
    expect(await two.call(api.inbox.counts, {})).toMatchObject({ unread: 1 });
  });

  it("tells who loses an access, by mail whatever they chose, and asks them for nothing there any more", async () => {
    const place = await world.municipality("Comune che Toglie");
    const [boss, who] = [await place.admin(), await reachable(place)];
    await registry(place, "registries.body.ended");
    expect(await view(who)).toHaveLength(1);
    await who.call(api.inbox.preferences.choose, { body: { topic: "access", byMail: false } });
    const at = { params: { institutionId: place.id, personId: who.id }, body: { productId: null } };
    await boss.call(api.people.suspend, at);
    await boss.call(api.people.restore, at);
    await boss.call(api.people.remove, at);
    await world.settle();
    // Nothing is left to them: their sessions closed too, and they enter again.
    const again = await world.person(who.name);
    expect((await view(again, "news")).map((i) => i.kind)).toEqual(
      expect.arrayContaining(["membership-suspended", "membership-restored", "membership-ended"]),
    );
    expect(await view(again)).toEqual([]);
    expect((await view(boss)).map((i) => i.facts["finding"])).toContain("registry-body-ended");
    expect(mailsTo(who).map((m) => m.subject)).toEqual(
      expect.arrayContaining([
        "Sospeso il tuo profilo «Amministratore» · Comune che Toglie",
        "Restituito il tuo profilo «Amministratore» · Comune che Toglie",
        "Finito il tuo profilo «Amministratore» · Comune che Toglie",
      ]),
    );
    expect(mailsTo(who).at(-1)!.text).toContain("arriva sempre");
  });

  it("pages by key, without losing or repeating a line, at equal instants too", async () => {
    const place = await world.municipality();
    const who = await place.member("operator");
    await world.database.asSystem(({ connection }) =>
      connection.query(
        `insert into inbox_items (person_id, institution_id, kind, cause, asks, facts, at, mail_state)
         select $1, $2, 'membership-activated', 'test ' || n, false, '{}', date_trunc('second', now()) - make_interval(secs => n / 3), 'none' from generate_series(1, 45) n`,
        [who.id, place.id],
      ),
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await who.call(api.inbox.list, { query: { view: "news", limit: 20, cursor } });
      seen.push(...page.items.map((i) => i.id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(45);
    expect(seen).toHaveLength(45);
    expect(await codeOf(who.call(api.inbox.list, { query: { cursor: "qualunque" } }))).toBe("input-invalid");
  });
});

describe("preferences", () => {
  it("hold in general, then for one institution, and never for security", async () => {
    const [first, second] = [await world.municipality("Comune Primo"), await world.municipality("Comune Secondo")];
    const who = await reachable(first);
    await world.database.asSystem(async ({ connection }) => {
      await connection.query(
        "insert into memberships (person_id, institution_id, product_id, profile, state, begins_at) values ($1, $2, 'institution', 'administrator', 'active', now() - interval '1 day')",
        [who.id, second.id],
      );
      await connection.query(
        "insert into contacts (person_id, institution_id, email, email_index) select person_id, $2, email, email_index from contacts where person_id = $1",
        [who.id, second.id],
      );
    });
    const choose = (topic: "access" | "security", byMail: boolean | null, institutionId: string | null = null) =>
      who.call(api.inbox.preferences.choose, { body: { topic, byMail, institutionId } });
    await choose("access", false);
    await given(first, who.id);
    expect(mailsTo(who)).toEqual([]);
    const chosen = await choose("access", true, second.id);
    expect(chosen.general.find((p) => p.topic === "access")).toMatchObject({ byMail: false });
    expect(chosen.exceptions).toMatchObject([{ institution: { name: "Comune Secondo" } }]);
    await given(second, who.id);
    await given(first, who.id);
    expect(mailsTo(who).map((m) => m.subject)).toEqual([expect.stringContaining("Comune Secondo") as string]);
    expect((await choose("access", null, second.id)).exceptions).toEqual([]);
    expect(await codeOf(choose("security", false))).toBe("topic-always-mailed");
    const elsewhere = await world.municipality();
    expect(await codeOf(choose("access", true, elsewhere.id))).toBe("institution-unknown");
    expect(await view(who, "news")).toHaveLength(3);
  });

  it("choose the language of the mails", async () => {
    const place = await world.municipality();
    const who = await reachable(place);
    expect((await who.call(api.inbox.preferences.read, {})).language).toBeNull();
    expect((await who.call(api.inbox.preferences.speak, { body: { language: "de" } })).language).toBe("de");
    await given(place, who.id);
    expect(mailsTo(who)[0]!.subject).toContain("Sie haben das Profil „Sachbearbeitung“");
  });

  it("are one's own", async () => {
    const [one, two] = [await world.person(someone()), await world.person(someone())];
    await one.call(api.inbox.preferences.choose, { body: { topic: "onboarding", byMail: true } });
    expect(
      (await two.call(api.inbox.preferences.read, {})).general.find((p) => p.topic === "onboarding"),
    ).toMatchObject({ byMail: false });
  });
});
