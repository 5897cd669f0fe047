import { api, DRAFT_DAYS, problems } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf, refusalOf } from "../testing/refusals.ts";
import { makeWorld, type SignedIn, type World } from "../testing/world.ts";
import { schedules } from "./reactions.ts";
import { HAND_OVER, SIGN } from "./tokens.ts";

const DAY = 86_400_000;
const { drafts } = api.onboarding;
const filled = {
  step: 3,
  kind: "PA",
  institution: { ipaCode: "c_bes0", name: "Comune di Borgo Esempio", pec: "protocollo@pec.borgo-esempio.example" },
  billing: { recipientCode: "ufb0e5 ", vatNumber: "non la so" },
  geographicAreas: [{ level: "region", code: "09" }],
  manager: { givenName: "Elena", fiscalCode: "CNTLNE" },
  administrators: [{ email: "non è una mail" }],
};

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const opened = async (by: SignedIn) => by.call(drafts.open, { body: { productId: "pagopa", content: filled } });
/** Hands a draft to an address and answers the token that the mail brought. */
const handed = async (by: SignedIn, draftId: string, email: string) => {
  await by.call(drafts.handOver, { params: { draftId }, body: { email } });
  await world.settle();
  const link = new URL(world.linksTo(email)[0]!);
  expect(link.pathname).toBe("/adesione/passata");
  return link.searchParams.get("token")!;
};

describe("a draft", () => {
  it("keeps what was typed as it was typed, however wrong", async () => {
    const giulia = await world.person();
    const draft = await opened(giulia);
    expect(draft).toMatchObject({
      version: 1,
      content: filled,
      openedBy: { me: true, name: `${giulia.name.givenName} ${giulia.name.familyName}` },
      handedTo: [],
    });
    expect(await giulia.call(drafts.read, { params: { draftId: draft.id } })).toEqual(draft);
    expect((await giulia.call(drafts.list, {})).items).toEqual([draft]);
    const row = await world.database.asSystem(({ db }) =>
      db.selectFrom("drafts").select("content").where("id", "=", draft.id).executeTakeFirstOrThrow(),
    );
    expect(Buffer.from(row.content).includes("CNTLNE")).toBe(false);
  });

  it("of a product that does not exist is not opened", async () => {
    const giulia = await world.person();
    expect(await codeOf(giulia.call(drafts.open, { body: { productId: "inventato" } }))).toBe("product-unknown");
    expect((await giulia.call(drafts.list, {})).items).toEqual([]);
  });

  it("is saved with the version that was read; a stale save is refused and nothing is lost", async () => {
    const giulia = await world.person();
    const { id } = await opened(giulia);
    const at = { params: { draftId: id } };
    const second = await giulia.call(drafts.save, { ...at, version: 1, body: { ...filled, step: 4 } });
    expect(second).toMatchObject({ version: 2, content: { step: 4 } });
    const stale = await refusalOf(giulia.call(drafts.save, { ...at, version: 1, body: { step: 1 } }));
    expect([stale.code, stale.status, stale.facts]).toEqual(["version-stale", 412, { version: 2 }]);
    expect(await codeOf(giulia.call(drafts.save, { ...at, body: { step: 1 } }))).toBe("version-missing");
    expect(await codeOf(giulia.call(drafts.save, { ...at, version: 3, body: { step: 1 } }))).toBe("version-stale");
    expect(await giulia.call(drafts.read, at)).toEqual(second);
  });

  it("saved by two at the same moment keeps one save and tells the other", async () => {
    const giulia = await world.person();
    const { id } = await opened(giulia);
    const outcomes = await Promise.all(
      [4, 5, 6].map((step) =>
        giulia.call(drafts.save, { params: { draftId: id }, version: 1, body: { ...filled, step } }).then(
          (d) => d.content.step,
          (e: { code?: string }) => e.code,
        ),
      ),
    );
    expect(outcomes.filter((o) => o === "version-stale")).toHaveLength(2);
    const kept = await giulia.call(drafts.read, { params: { draftId: id } });
    expect([kept.version, kept.content.step]).toEqual([2, outcomes.find((o) => typeof o === "number")]);
  });

  it("is only of who opened it: for others it is not there", async () => {
    const giulia = await world.person();
    const stranger = await world.person();
    const { id } = await opened(giulia);
    const at = { params: { draftId: id } };
    for (const call of [
      () => stranger.call(drafts.read, at),
      () => stranger.call(drafts.save, { ...at, version: 1, body: { step: 1 } }),
      () => stranger.call(drafts.discard, at),
      () => stranger.call(drafts.handOver, { ...at, body: { email: "altra@posta.example" } }),
    ])
      expect(await codeOf(call())).toBe("draft-unknown");
    expect((await stranger.call(drafts.list, {})).items).toEqual([]);
    expect(await codeOf(world.anonymous(drafts.read, at))).toBe("session-missing");
    expect((await giulia.call(drafts.read, at)).version).toBe(1);
  });

  it("is thrown away once", async () => {
    const giulia = await world.person();
    const { id } = await opened(giulia);
    await giulia.call(drafts.discard, { params: { draftId: id } });
    expect(await codeOf(giulia.call(drafts.discard, { params: { draftId: id } }))).toBe("draft-unknown");
    expect(await codeOf(giulia.call(drafts.read, { params: { draftId: id } }))).toBe("draft-unknown");
  });
});

describe("a draft handed to a colleague", () => {
  it("is taken by the link of the mail, and from then on both see it and go on with it", async () => {
    const giulia = await world.person();
    const marco = await world.person();
    const { id } = await opened(giulia);
    const token = await handed(giulia, id, marco.name.email);
    const letters = world.sent.filter((m) => m.to === marco.name.email);
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({ kind: "mail" });
    expect(letters[0]!.text).toContain(`${giulia.name.givenName} ${giulia.name.familyName}`);
    expect((await giulia.call(drafts.read, { params: { draftId: id } })).handedTo).toEqual([
      { email: marco.name.email, accepted: false },
    ]);
    expect(await codeOf(marco.call(drafts.read, { params: { draftId: id } }))).toBe("draft-unknown");

    const taken = await marco.call(drafts.accept, { body: { token } });
    expect(taken).toMatchObject({
      id,
      content: filled,
      openedBy: { me: false, name: `${giulia.name.givenName} ${giulia.name.familyName}` },
    });
    expect((await marco.call(drafts.list, {})).items.map((d) => d.id)).toEqual([id]);
    await marco.call(drafts.save, { params: { draftId: id }, version: 1, body: { ...filled, step: 5 } });
    expect(await giulia.call(drafts.read, { params: { draftId: id } })).toMatchObject({
      version: 2,
      content: { step: 5 },
      handedTo: [{ accepted: true }],
    });
    expect(await codeOf(giulia.call(drafts.save, { params: { draftId: id }, version: 1, body: filled }))).toBe(
      "version-stale",
    );
  });

  it("is taken by one person only, who may come back by the same link", async () => {
    const giulia = await world.person();
    const [marco, sara] = [await world.person(), await world.person()];
    const { id } = await opened(giulia);
    const token = await handed(giulia, id, marco.name.email);
    const outcomes = await Promise.all(
      [marco, sara].map((p) =>
        p.call(drafts.accept, { body: { token } }).then(
          () => "taken",
          (e: { code?: string }) => e.code,
        ),
      ),
    );
    expect(outcomes.toSorted()).toEqual(["hand-over-link-invalid", "taken"]);
    const [winner, loser] = outcomes[0] === "taken" ? [marco, sara] : [sara, marco];
    expect((await winner.call(drafts.accept, { body: { token } })).id).toBe(id);
    expect(await codeOf(loser.call(drafts.read, { params: { draftId: id } }))).toBe("draft-unknown");
    const { people } = await world.database.asSystem(({ db }) =>
      db.selectFrom("drafts").select("people").where("id", "=", id).executeTakeFirstOrThrow(),
    );
    expect([...people].sort()).toEqual([giulia.id, winner.id].sort());
  });

  it("is not given for a token altered, of another purpose, or without entering", async () => {
    const giulia = await world.person();
    const marco = await world.person();
    const { id } = await opened(giulia);
    const token = await handed(giulia, id, marco.name.email);
    for (let i = 0; i < token.length; i += 3) {
      const letters = [...token];
      letters[i] = letters[i] === "A" ? "B" : "A";
      expect(await codeOf(marco.call(drafts.accept, { body: { token: letters.join("") } }))).toBe(
        "hand-over-link-invalid",
      );
    }
    const { cipher } = world.parts;
    const soon = Date.now() + DAY;
    expect(
      await codeOf(
        marco.call(drafts.accept, { body: { token: cipher.signToken({ purpose: SIGN, id, expires: soon }) } }),
      ),
    ).toBe("hand-over-link-invalid");
    expect(
      await codeOf(
        marco.call(drafts.accept, { body: { token: cipher.signToken({ purpose: HAND_OVER, id, expires: soon }) } }),
      ),
    ).toBe("draft-unknown");
    expect(await codeOf(world.anonymous(drafts.accept, { body: { token } }))).toBe("session-missing");
    expect(await codeOf(marco.call(drafts.read, { params: { draftId: id } }))).toBe("draft-unknown");
  });

  it("goes to an ordinary mail address, not to certified mail", async () => {
    const giulia = await world.person();
    const { id } = await opened(giulia);
    const problem = await refusalOf(
      giulia.call(drafts.handOver, { params: { draftId: id }, body: { email: "protocollo@pec.comune.example" } }),
    );
    expect([problem.code, problem.fields]).toMatchObject([
      "input-invalid",
      [{ path: "body/email", code: "pec-not-personal" }],
    ]);
  });

  it("is gone with the draft: the link then leads nowhere", async () => {
    const giulia = await world.person();
    const marco = await world.person();
    const { id } = await opened(giulia);
    const token = await handed(giulia, id, marco.name.email);
    await giulia.call(drafts.discard, { params: { draftId: id } });
    expect(await codeOf(marco.call(drafts.accept, { body: { token } }))).toBe("draft-unknown");
  });
});

describe("a draft and the request it becomes", () => {
  it("is closed by the submission, also when a colleague sends it", async () => {
    const giulia = await world.person();
    const marco = await world.person();
    const own = await opened(giulia);
    await giulia.call(api.onboarding.submit, { body: world.request(await world.body(), { draftId: own.id }) });
    expect(await codeOf(giulia.call(drafts.read, { params: { draftId: own.id } }))).toBe("draft-unknown");

    const shared = await opened(giulia);
    await marco.call(drafts.accept, { body: { token: await handed(giulia, shared.id, marco.name.email) } });
    await marco.call(api.onboarding.submit, { body: world.request(await world.body(), { draftId: shared.id }) });
    expect((await giulia.call(drafts.list, {})).items).toEqual([]);
  });

  it("stays open when the submission is refused or only tried", async () => {
    const giulia = await world.person();
    const { id } = await opened(giulia);
    const body = await world.body();
    expect(
      await codeOf(
        giulia.call(api.onboarding.submit, {
          body: {
            ...world.request(body, { draftId: id }),
            institution: { ipaCode: body.ipaCode, name: "Altro", pec: body.pec },
          },
        }),
      ),
    ).toBe("institution-data-differ");
    const taken = (await world.municipality()).body;
    expect(await codeOf(giulia.call(api.onboarding.submit, { body: world.request(taken, { draftId: id }) }))).toBe(
      "already-active",
    );
    await giulia.call(api.onboarding.submit, { body: world.request(body, { draftId: id }), dryRun: true });
    expect((await giulia.call(drafts.read, { params: { draftId: id } })).id).toBe(id);
  });

  it("is refused with somebody else's draft, which stays as it was", async () => {
    const giulia = await world.person();
    const stranger = await world.person();
    const { id } = await opened(giulia);
    const body = await world.body();
    expect(await codeOf(stranger.call(api.onboarding.submit, { body: world.request(body, { draftId: id }) }))).toBe(
      "draft-unknown",
    );
    expect((await stranger.call(api.onboarding.mine, {})).items).toEqual([]);
    expect((await giulia.call(drafts.read, { params: { draftId: id } })).version).toBe(1);
  });
});

describe("time passes over a draft", () => {
  it("kept sixty days from the last save, then gone, and its hand-over link a week", async () => {
    const late = await makeWorld();
    try {
      const giulia = await late.person();
      const marco = await late.person();
      const again = (p: SignedIn) => late.person(p.name);
      const draft = await giulia.call(drafts.open, { body: { productId: "pagopa", content: filled } });
      expect(Date.parse(draft.keptUntil) - Date.parse(draft.savedAt)).toBe(DRAFT_DAYS * DAY);
      await giulia.call(drafts.handOver, { params: { draftId: draft.id }, body: { email: marco.name.email } });
      await late.settle();
      const token = new URL(late.linksTo(marco.name.email)[0]!).searchParams.get("token")!;

      late.pass(7 * DAY + 60_000);
      expect(await codeOf((await again(marco)).call(drafts.accept, { body: { token } }))).toBe("link-expired");
      late.pass(52 * DAY);
      const at = { params: { draftId: draft.id } };
      const saved = await (await again(giulia)).call(drafts.save, { ...at, version: 1, body: filled });
      late.pass(59 * DAY);
      expect((await (await again(giulia)).call(drafts.read, at)).keptUntil).toBe(saved.keptUntil);
      late.pass(2 * DAY);
      const back = await again(giulia);
      expect((await back.call(drafts.list, {})).items).toEqual([]);
      for (const call of [
        () => back.call(drafts.read, at),
        () => back.call(drafts.save, { ...at, version: 2, body: filled }),
        () => back.call(drafts.handOver, { ...at, body: { email: "c@posta.example" } }),
      ])
        expect(await codeOf(call())).toBe("draft-expired");
      expect(problems["draft-expired"]).toBe(410);
      late.pass(8 * DAY);
      await schedules(late.parts)["onboarding:sweep-drafts"]!.run(late.parts.clock());
      expect(await codeOf((await again(giulia)).call(drafts.read, at))).toBe("draft-unknown");
    } finally {
      await late.close();
    }
  });
});
