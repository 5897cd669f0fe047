import { api, isProblem, type Permission, type StationSettings } from "@area/api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { verifyChain } from "../../audit/index.ts";
import { databaseKind, makeWorld, type SignedIn, type World } from "../../testing/world.ts";
import { insertStation } from "./store.ts";

let world: World;
let answers: "passed" | "failed" | "warning" = "passed";
const probed: string[] = [];
beforeAll(async () => {
  world = await makeWorld({
    probe: async (url) => {
      probed.push(url);
      return [{ step: "answer", outcome: answers, why: null, facts: {}, milliseconds: 3 }];
    },
  });
});
afterAll(() => world.close());

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (e: unknown) => (isProblem(e) ? e.code : String(e)),
  );
type Environment = "test" | "production";
type Town = Awaited<ReturnType<World["municipality"]>>;
const at = (institutionId: string, environment: Environment = "test") => ({
  params: { institutionId },
  query: { environment },
});
const on = (institutionId: string, stationCode: string, environment: Environment = "test") => ({
  params: { institutionId, stationCode },
  query: { environment },
});
const address = {
  address: "Piazza di Prova, 1",
  city: "Prova",
  zipCode: "00100",
  county: "RM",
  taxDomicile: "Piazza di Prova, 1",
};
const SYNC: z.input<typeof StationSettings> = {
  connection: "sync",
  noticeUrl: "https://pagamenti.comune-prova.it/pagopa",
};
const ASYNC: z.input<typeof StationSettings> = { connection: "async" };
const onBoth = (own: Town) => own.admin().then((who) => own.member("administrator", { productId: "pagopa" }, who));
const register = (who: SignedIn, id: string, environment: Environment, more: object = {}) =>
  who.call(api.pagopa.registration.register, { ...at(id, environment), body: { ...address, ...more }, version: 0 });
/** A municipality with an administrator, registered and direct. */
const direct = async (environment: Environment = "test") => {
  const own = await world.municipality();
  const one = await onBoth(own);
  await register(one, own.id, environment);
  await one.call(api.pagopa.registration.setOperationsContact, {
    ...at(own.id, environment),
    version: 0,
    body: { referent: "Ufficio pagamenti", email: "pagamenti@ente.example", telephone: "06 123 4567" },
  });
  return { ...own, one };
};
/** A partner on the node, with one who may do all. */
const firm = async (environment: Environment = "test") => {
  const own = await world.partner();
  const one = await onBoth(own);
  await register(one, own.id, environment, { brokers: ["creditor-institutions"] });
  return { ...own, one };
};
const create = (who: SignedIn, id: string, settings = SYNC, environment: Environment = "test", description = "") =>
  who.call(api.pagopa.stations.create, { ...at(id, environment), body: { description, settings } });

describe("the registration on the node", () => {
  it("makes a direct institution a broker, gives it its QR code, and says what comes next", async () => {
    const own = await world.municipality();
    const one = await onBoth(own);
    const before = await one.call(api.pagopa.registration.read, at(own.id));
    expect(before).toMatchObject({ registration: null, capacity: "creditor-institution" });
    expect(before.suggested).toMatchObject({
      taxCode: own.body.taxCode,
      address: "Piazza di Prova, 1",
      zipCode: "00000",
    });
    expect(before.steps.map((s) => s.state)).toEqual(["to-do", "to-do", "to-do", "to-do", "to-do"]);
    const { registration } = await register(one, own.id, "test");
    expect(registration).toMatchObject({
      connection: "direct",
      creditorBroker: true,
      encodings: [{ kind: "qr-code", code: own.body.taxCode }],
      version: 1,
    });
    const after = await one.call(api.pagopa.registration.read, at(own.id));
    expect(after.steps[0]).toEqual({ step: "registration", state: "done", whose: "institution" });
    // Each environment is another story.
    expect((await one.call(api.pagopa.registration.read, at(own.id, "production"))).registration).toBeNull();
  });

  it("goes through an intermediary and back, and not while a station stands in the way", async () => {
    const partner = await firm();
    const own = await world.municipality();
    const one = await onBoth(own);
    const change = (version: number, more: object) =>
      one.call(api.pagopa.registration.register, { ...at(own.id), body: { ...address, ...more }, version });
    const through = { connection: "intermediary", intermediaryId: partner.id };
    // A partner that the institution did not delegate is not offered, nor taken.
    expect((await one.call(api.pagopa.registration.intermediaries, at(own.id))).items.map((b) => b.id)).not.toContain(
      partner.id,
    );
    expect(await codeOf(change(0, through))).toBe("intermediary-unknown");
    await world.delegate(own, partner, { permissions: ["pagopa:registration:read"] });
    expect((await one.call(api.pagopa.registration.intermediaries, at(own.id))).items).toContainEqual(
      expect.objectContaining({ id: partner.id, delegated: true }),
    );
    const { registration } = await change(0, through);
    expect(registration).toMatchObject({ creditorBroker: false, intermediary: { id: partner.id } });
    expect(await codeOf(create(one, own.id))).toBe("registration-not-direct");
    await change(1, { connection: "direct" });
    const station = await create(one, own.id);
    // Tried first: what it would touch is shown, and nothing is done.
    const refused = await codeOf(
      one.call(api.pagopa.registration.register, {
        ...at(own.id),
        body: { ...address, ...through } as never,
        version: 2,
        dryRun: true,
      }),
    );
    expect(refused).toBe("registration-stations-open");
    await one.call(api.pagopa.stations.retire, on(own.id, station.code));
    const { touched } = await change(2, through);
    expect(touched.delegations).toEqual([{ id: expect.any(String), partner: partner.body.name }]);
  });

  it("is an error in production with a wrong check digit, and a warning in test", async () => {
    const own = await world.municipality();
    const one = await onBoth(own);
    const wrong = `${own.body.taxCode.slice(0, 10)}${(Number(own.body.taxCode[10]) + 1) % 10}`;
    await world.database.asSystem(({ connection }) =>
      connection.query("update institutions set tax_code = $2 where id = $1", [own.id, wrong]),
    );
    expect((await register(one, own.id, "test")).registration.taxCodeDoubtful).toBe(true);
    expect(await codeOf(register(one, own.id, "production"))).toBe("tax-code-doubtful");
  });

  it("of a partner says whom it connects; of two who register at once, one wins", async () => {
    const own = await world.partner();
    const [one, two] = [await onBoth(own), await onBoth(own)];
    expect(await codeOf(register(one, own.id, "test"))).toBe("registration-brokers-nothing");
    const brokers = { brokers: ["creditor-institutions", "psps"] };
    const done = await Promise.all([
      codeOf(register(one, own.id, "test", brokers)),
      codeOf(register(two, own.id, "test", brokers)),
    ]);
    expect(done.filter((d) => d === "done")).toHaveLength(1);
    const { registration } = await one.call(api.pagopa.registration.read, at(own.id));
    expect(registration).toMatchObject({ capacity: "technology-partner", creditorBroker: true, pspBroker: true });
  });
});

describe("a station", () => {
  it("has the first free code of its broker, past the first hundred, with those pending and retired counted", async () => {
    const own = await direct();
    const code = (n: number) => `${own.body.taxCode}_${String(n).padStart(2, "0")}`;
    expect((await create(own.one, own.id)).code).toBe(code(1));
    await world.database.asSystem(async ({ db }) => {
      for (const n of [...Array(110).keys()].map((i) => i + 2).filter((i) => i !== 7))
        await insertStation(db, {
          institutionId: own.id,
          environment: "test",
          code: code(n),
          description: "",
          settings: { ...ASYNC } as never,
          state: n % 2 ? "active" : "pending",
          by: null,
          at: world.parts.clock(),
        });
    });
    expect((await create(own.one, own.id)).code).toBe(code(7));
    expect((await create(own.one, own.id)).code).toBe(code(112));
    await own.one.call(api.pagopa.stations.retire, on(own.id, code(7)));
    expect((await create(own.one, own.id)).code).toBe(code(113));
    // Pages by code, with search, in the same order whoever asks.
    const first = await own.one.call(api.pagopa.stations.list, {
      ...at(own.id),
      query: { environment: "test", limit: 100 },
    });
    const second = await own.one.call(api.pagopa.stations.list, {
      ...at(own.id),
      query: { environment: "test", limit: 100, cursor: first.next! },
    });
    const all = [...first.items, ...second.items].map((s) => s.code);
    expect(all).toHaveLength(112);
    expect(new Set(all).size).toBe(112);
    expect(second.next).toBeNull();
  });

  it("of two that are made at once has two codes", async () => {
    const own = await direct();
    const made = await Promise.all([...Array(databaseKind === "postgres" ? 6 : 2)].map(() => create(own.one, own.id)));
    expect(new Set(made.map((s) => s.code)).size).toBe(made.length);
  });

  it("says what of its addresses does not go together", async () => {
    const own = await direct();
    const settings = (s: z.input<typeof StationSettings>) => codeOf(create(own.one, own.id, s));
    expect(await settings({ connection: "sync" })).toBe("input-invalid");
    expect(await settings({ connection: "sync", receiptUrl: "https://a.comune-prova.it/rt" })).toBe("input-invalid");
    expect(await settings({ connection: "async", noticeUrl: "https://a.comune-prova.it" })).toBe("input-invalid");
    expect(await settings({ ...SYNC, paymentOptions: true })).toBe("input-invalid");
    expect(await settings({ ...SYNC, noticeUrl: "ftp://a.comune-prova.it" })).toBe("input-invalid");
    expect(
      await settings({
        connection: "sync",
        receiptUrl: "https://a.comune-prova.it/rt",
        redirectUrl: "https://a.comune-prova.it/ok",
      }),
    ).toBe("done");
  });

  it("changes at once in test; of two who change it together the second is told, and its history keeps both", async () => {
    const own = await direct();
    const s = await create(own.one, own.id);
    const change = (version: number, description: string, settings = SYNC) =>
      own.one.call(api.pagopa.stations.change, { ...on(own.id, s.code), version, body: { description, settings } });
    const changed = await change(1, "Tributi", { ...SYNC, noticeUrl: "https://nuovo.comune-prova.it/pagopa" });
    expect(changed).toMatchObject({ description: "Tributi", state: "active", version: 2, change: null });
    expect(await codeOf(change(1, "Altro"))).toBe("version-stale");
    expect(await codeOf(change(2, "Tributi", { ...SYNC, noticeUrl: "https://nuovo.comune-prova.it/pagopa" }))).toBe(
      "nothing-to-change",
    );
    const { items } = await own.one.call(api.pagopa.stations.history, on(own.id, s.code));
    expect(items.map((v) => [v.version, v.by])).toEqual([
      [2, `${own.one.name.givenName} ${own.one.name.familyName}`],
      [1, `${own.one.name.givenName} ${own.one.name.familyName}`],
    ]);
    expect(items[0]!.difference).toContainEqual({
      field: "noticeUrl",
      before: "https://pagamenti.comune-prova.it/pagopa",
      after: "https://nuovo.comune-prova.it/pagopa",
    });
    expect((await verifyChain(world.database, own.id)).whole).toBe(true);
  });
});

describe("a station in production", () => {
  it("is active at once where every rule passes, and otherwise waits for a test, which is enough", async () => {
    const own = await direct("production");
    expect(await create(own.one, own.id, ASYNC, "production")).toMatchObject({
      state: "active",
      change: { state: "approved", decided: { byRules: true } },
    });
    const s = await create(own.one, own.id, SYNC, "production");
    expect(s).toMatchObject({ state: "pending", change: { state: "waiting" } });
    expect(s.change!.rules.filter((r) => !r.passes).map((r) => r.rule)).toEqual(["connection-tested"]);
    const test = () =>
      own.one.call(api.pagopa.stations.test, { ...on(own.id, s.code, "production"), body: { endpoint: "notice" } });
    answers = "failed";
    expect((await test()).outcome).toBe("failed");
    expect((await own.one.call(api.pagopa.stations.read, on(own.id, s.code, "production"))).state).toBe("pending");
    answers = "passed";
    expect((await test()).outcome).toBe("passed");
    expect(await own.one.call(api.pagopa.stations.read, on(own.id, s.code, "production"))).toMatchObject({
      state: "active",
      change: { state: "approved", decided: { byRules: true } },
    });
  });

  it("keeps what is live while a change waits; a person decides, once, on the round they read", async () => {
    const own = await direct("production");
    const s = await create(own.one, own.id, ASYNC, "production");
    const legacy = {
      connection: "sync" as const,
      receiptUrl: "https://a.comune-prova.it/rt",
      redirectUrl: "https://a.comune-prova.it/ok",
    };
    const change = (version: number, settings: z.input<typeof StationSettings>) =>
      own.one.call(api.pagopa.stations.change, {
        ...on(own.id, s.code, "production"),
        version,
        body: { description: "", settings },
      });
    const proposed = await change(1, legacy);
    expect(proposed).toMatchObject({ state: "active", connection: "async", change: { state: "waiting", round: 1 } });
    expect(proposed.settings.receiptUrl).toBeNull();
    // Who read the version before has not seen what waits.
    expect(await codeOf(change(1, SYNC))).toBe("version-stale");
    const again = await change(2, { ...legacy, redirectUrl: "https://a.comune-prova.it/fine" });
    expect(again.change).toMatchObject({ round: 2, state: "waiting" });
    const id = again.change!.id;
    const [ada, bea, other] = [
      await world.staff(["revisori-pagopa"]),
      await world.staff(["revisori"]),
      await world.staff(["auditor"]),
    ];
    expect(await codeOf(other.call(api.pagopa.stationReviews.list, {}))).toBe("permission-missing");
    const { items } = await ada.call(api.pagopa.stationReviews.list, {});
    expect(items.find((r) => r.id === id)).toMatchObject({ station: { code: s.code }, kind: "update", round: 2 });
    const review = await ada.call(api.pagopa.stationReviews.read, { params: { stationChangeId: id } });
    expect(review.change.difference).toContainEqual({
      field: "redirectUrl",
      before: null,
      after: "https://a.comune-prova.it/fine",
    });
    expect(review.suggestedOperator).toMatchObject({ host: "a.comune-prova.it", port: 443, path: "/rt" });
    const decide = (who: typeof ada, outcome: "approved" | "changes-requested" | "refused", round: number) =>
      codeOf(
        who.call(api.pagopa.stationReviews.decide, {
          params: { stationChangeId: id },
          body: { outcome, round, ...(outcome === "approved" ? {} : { note: "Manca il percorso" }) },
        }),
      );
    expect(await decide(ada, "approved", 1)).toBe("station-change-moved-on");
    expect(await decide(ada, "changes-requested", 2)).toBe("done");
    const back = await own.one.call(api.pagopa.stations.read, on(own.id, s.code, "production"));
    await world.settle();
    const toDo = async () =>
      (await own.one.call(api.findings.list, { params: { institutionId: own.id } })).items.map((f) => f.kind);
    expect(await toDo()).toContain("station-to-correct");
    expect(back.change).toMatchObject({
      state: "changes-requested",
      decided: { byRules: false, note: "Manca il percorso" },
    });
    await own.one.call(api.pagopa.stations.write, { ...on(own.id, s.code, "production"), body: { text: "Corretto." } });
    await change(back.version, { ...legacy, redirectUrl: "https://a.comune-prova.it/esito" });
    await world.settle();
    expect(await toDo()).not.toContain("station-to-correct");
    // Two reviewers at once: one wins.
    const both = await Promise.all([decide(ada, "approved", 3), decide(bea, "refused", 3)]);
    expect(both.sort()).toEqual(["done", "station-change-decided"]);
    const after = await own.one.call(api.pagopa.stations.read, on(own.id, s.code, "production"));
    expect([after.state, after.settings.redirectUrl]).toEqual(
      after.change!.state === "approved" ? ["active", "https://a.comune-prova.it/esito"] : ["active", null],
    );
  });
});

describe("institutions on a station", () => {
  const associate = (
    who: SignedIn,
    brokerId: string,
    code: string,
    institutionId: string,
    segregationCode: string,
    more = {},
  ) =>
    who.call(api.pagopa.associations.associate, {
      ...on(brokerId, code),
      body: { institutionId, segregationCode, ...more },
    });

  it("are those that delegated the partner and are on the node; each side sees it, and the institution may refuse", async () => {
    const partner = await firm();
    const own = await world.municipality();
    const one = await onBoth(own);
    const s = await create(partner.one, partner.id);
    expect(await codeOf(associate(partner.one, partner.id, s.code, own.id, "02"))).toBe("institution-not-candidate");
    await world.delegate(own, partner, { permissions: ["pagopa:registration:read"] });
    await world.settle();
    const toDo = async () =>
      (await one.call(api.findings.list, { params: { institutionId: own.id } })).items
        .map((f) => f.kind)
        .filter((kind) => kind === "registration-missing" || kind === "association-missing");
    // The partner is on the node: what the institution must do is told to both, and later whose turn it is.
    expect(await toDo()).toEqual(["registration-missing"]);
    const candidates = async () =>
      (await partner.one.call(api.pagopa.associations.candidates, on(partner.id, s.code))).items;
    expect(await candidates()).toEqual([
      { id: own.id, name: own.body.name, taxCode: own.body.taxCode, registered: false },
    ]);
    expect(await codeOf(associate(partner.one, partner.id, s.code, own.id, "02"))).toBe("institution-not-registered");
    await register(one, own.id, "test", { connection: "intermediary", intermediaryId: partner.id });
    await world.settle();
    expect(await toDo()).toEqual(["association-missing"]);
    const made = await associate(partner.one, partner.id, s.code, own.id, "02", { aca: false, standIn: true });
    expect(made).toMatchObject({
      auxDigit: 3,
      segregationCode: "02",
      mod4: true,
      aca: false,
      standIn: false,
      broadcast: false,
    });
    expect(await candidates()).toEqual([]);
    expect((await one.call(api.pagopa.associations.list, at(own.id))).items).toEqual([made]);
    expect((await partner.one.call(api.pagopa.stations.read, on(partner.id, s.code))).institutions).toBe(1);
    expect(await codeOf(partner.one.call(api.pagopa.stations.retire, on(partner.id, s.code)))).toBe(
      "station-has-institutions",
    );
    // Who serves it sees that it refused, and why; the code is free again.
    const refused = await one.call(api.pagopa.associations.refuse, {
      params: { institutionId: own.id, associationId: made.id },
      query: { environment: "test" },
      body: { reason: "Non l’abbiamo scelto" },
    });
    expect(refused).toMatchObject({ state: "refused", reason: "Non l’abbiamo scelto" });
    expect((await partner.one.call(api.pagopa.stations.read, on(partner.id, s.code))).institutions).toBe(0);
    expect((await verifyChain(world.database, partner.id)).whole).toBe(true);
  });

  it("have each code once, and each is looked for in its own column", async () => {
    const own = await direct();
    const [a, b, c] = [await create(own.one, own.id), await create(own.one, own.id), await create(own.one, own.id)];
    await associate(own.one, own.id, a.code, own.id, "01", { applicationCode: "07" });
    expect(await codeOf(associate(own.one, own.id, a.code, own.id, "02"))).toBe("already-associated");
    expect(await codeOf(associate(own.one, own.id, b.code, own.id, "01"))).toBe("segregation-code-taken");
    // Used as an application code: not offered as a segregation code either.
    expect(await codeOf(associate(own.one, own.id, b.code, own.id, "07"))).toBe("segregation-code-taken");
    expect(await codeOf(associate(own.one, own.id, b.code, own.id, "02", { applicationCode: "07" }))).toBe(
      "application-code-taken",
    );
    // The fault of the portal in service: an application code that is somebody's segregation code was let through, or the reverse.
    expect(await codeOf(associate(own.one, own.id, b.code, own.id, "02", { applicationCode: "08" }))).toBe("done");
    const { free } = await own.one.call(api.pagopa.associations.segregationCodes, on(own.id, c.code));
    expect(free).toHaveLength(46 - 4);
    expect(free).not.toContain("08");
    expect(await codeOf(associate(own.one, own.id, c.code, own.id, "46"))).toBe("segregation-code-taken");
    const old = await create(own.one, own.id, { ...SYNC, primitiveVersion: 1 });
    expect(await codeOf(associate(own.one, own.id, old.code, own.id, "03", { broadcast: true }))).toBe(
      "broadcast-needs-version-2",
    );
  });

  it("never get a code twice, whoever asks and however the asking falls", async () => {
    const own = await direct();
    const stations: string[] = [];
    for (let i = 0; i < 5; i++) stations.push((await create(own.one, own.id)).code);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(4), fc.nat(3), fc.boolean()), {
          minLength: 1,
          maxLength: databaseKind === "postgres" ? 8 : 4,
        }),
        async (acts) => {
          await Promise.all(
            acts.map(async ([station, code, ends]) => {
              const stationCode = stations[station]!;
              if (!ends) return codeOf(associate(own.one, own.id, stationCode, own.id, `0${code}`));
              const [held] = (await own.one.call(api.pagopa.associations.ofStation, on(own.id, stationCode))).items;
              return held
                ? codeOf(
                    own.one.call(api.pagopa.associations.end, {
                      ...on(own.id, stationCode),
                      params: { institutionId: own.id, stationCode, associationId: held.id },
                    }),
                  )
                : "nothing";
            }),
          );
          const { items } = await own.one.call(api.pagopa.associations.list, at(own.id));
          const codes = items.map((a) => a.segregationCode);
          expect(new Set(codes).size).toBe(codes.length);
          const { free } = await own.one.call(api.pagopa.associations.segregationCodes, on(own.id, stations[0]!));
          expect(free.some((f) => codes.includes(f))).toBe(false);
          expect(free.length + codes.length).toBe(46);
        },
      ),
      { numRuns: databaseKind === "postgres" ? 12 : 5 },
    );
  }, 60_000);

  it("get notice numbers from a sequence: many at once, and none twice", async () => {
    const own = await direct();
    const s = await create(own.one, own.id);
    const take = (segregationCode: string, count: number) =>
      own.one.call(api.pagopa.associations.noticeNumbers, { ...at(own.id), body: { segregationCode, count } });
    expect(await codeOf(take("05", 1))).toBe("segregation-code-not-associated");
    await associate(own.one, own.id, s.code, own.id, "05");
    const taken = (await Promise.all([...Array(6)].map(() => take("05", 50)))).flatMap((t) =>
      t.items.map((n) => n.noticeNumber),
    );
    expect(new Set(taken).size).toBe(300);
  });
});

describe("from test to production", () => {
  it("a station goes with what is different shown first, and takes along the institutions that can follow", async () => {
    const own = await direct();
    const s = await create(own.one, own.id, SYNC, "test", "Tributi");
    await own.one.call(api.pagopa.associations.associate, {
      ...on(own.id, s.code),
      body: { institutionId: own.id, segregationCode: "04" },
    });
    const promote = (settings: z.input<typeof StationSettings>, dryRun = false) =>
      own.one.call(api.pagopa.stations.promote, {
        params: { institutionId: own.id, stationCode: s.code },
        query: { environment: "production" },
        body: { settings, institutionIds: [own.id] },
        dryRun,
      });
    expect(await codeOf(promote(SYNC))).toBe("registration-missing");
    await register(own.one, own.id, "production");
    await own.one.call(api.pagopa.registration.setOperationsContact, {
      ...at(own.id, "production"),
      version: 0,
      body: { referent: "Turno", email: "turno@ente.example", telephone: "0612345678" },
    });
    const live = { ...SYNC, noticeUrl: "https://esercizio.comune-prova.it/pagopa" };
    const tried = await promote(live, true);
    expect(tried.difference).toEqual([
      { field: "noticeUrl", before: SYNC.noticeUrl, after: "https://esercizio.comune-prova.it/pagopa" },
    ]);
    expect((await own.one.call(api.pagopa.stations.list, at(own.id, "production"))).items).toEqual([]);
    // It waits for its test; whoever would follow waits with it, and follows when it goes again.
    const first = await promote(live);
    expect(first).toMatchObject({ station: { state: "pending", promotedFrom: s.code } });
    expect(first.associations).toMatchObject([{ outcome: "refused", why: "station-not-active" }]);
    answers = "passed";
    await own.one.call(api.pagopa.stations.test, {
      ...on(own.id, first.station.code, "production"),
      body: { endpoint: "notice" },
    });
    const again = await promote(live);
    expect(again).toMatchObject({
      station: { id: first.station.id, state: "active", institutions: 1 },
      associations: [{ segregationCode: "04", outcome: "associated" }],
    });
    expect((await promote(live)).associations).toMatchObject([{ outcome: "already" }]);
  });
});

describe("files", () => {
  it("hold the rows of the list, whole, and no formula that a spreadsheet would run", async () => {
    const own = await direct();
    for (let i = 0; i < 3; i++) await create(own.one, own.id, SYNC, "test", `=cmd|'/c calc'!A${i} "x", y`);
    const get = async (path: string) =>
      (await own.one.fetch(`http://portal.test/api/v1/institutions/${own.id}/pagopa/${path}`)).text();
    const text = await get("station-exports?environment=test&separator=comma");
    const lines = text.trim().split("\r\n");
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain(`"'=cmd|'/c calc'!A0 ""x"", y"`);
    expect((await get("station-exports?environment=test&search=A1")).trim().split("\r\n")).toHaveLength(2);
    const one = (await own.one.call(api.pagopa.stations.list, at(own.id))).items[0]!;
    await own.one.call(api.pagopa.associations.associate, {
      ...on(own.id, one.code),
      body: { institutionId: own.id, segregationCode: "00" },
    });
    expect(await get("institution-exports?environment=test")).toContain(`"${own.body.taxCode}";"${one.code}"`);
  });
});

describe("who may", () => {
  it("a partner's people keep to the stations that a delegation names, and see nothing of other brokers", async () => {
    const own = await direct();
    const [a, b] = [await create(own.one, own.id), await create(own.one, own.id)];
    const partner = await firm();
    const permissions: Permission[] = ["pagopa:stations:read", "pagopa:stations:write", "pagopa:registration:read"];
    const delegationId = await world.delegate(own, partner, { permissions, environment: "test" });
    const as = partner.one.call;
    const acting = { mandate: delegationId };
    expect((await as(api.pagopa.stations.list, { ...at(own.id), ...acting })).items.map((s) => s.code)).toEqual([
      a.code,
      b.code,
    ]);
    expect(await codeOf(as(api.pagopa.stations.list, { ...at(own.id, "production"), ...acting }))).toBe(
      "mandate-out-of-scope",
    );
    await world.database.asSystem(({ connection }) =>
      connection.query("update delegations set resources = $2 where id = $1", [delegationId, [b.code]]),
    );
    expect((await as(api.pagopa.stations.list, { ...at(own.id), ...acting })).items.map((s) => s.code)).toEqual([
      b.code,
    ]);
    expect(await codeOf(as(api.pagopa.stations.read, { ...on(own.id, a.code), ...acting }))).toBe(
      "mandate-out-of-scope",
    );
    expect(await codeOf(as(api.pagopa.stations.read, { ...on(own.id, b.code), ...acting }))).toBe("done");
    expect(await codeOf(as(api.pagopa.stations.read, on(own.id, b.code)))).toBe("permission-missing");
    // Limited to one of them, nobody makes another: neither by the delegation nor by a group.
    const another = {
      description: "Altra",
      settings: { connection: "sync" as const, noticeUrl: "https://pagamenti.ente.example/altra" },
    };
    expect(await codeOf(as(api.pagopa.stations.create, { ...at(own.id), body: another, ...acting }))).toBe(
      "mandate-out-of-scope",
    );
    expect(
      await codeOf(
        as(api.pagopa.associations.associate, {
          ...on(own.id, a.code),
          body: { institutionId: own.id, segregationCode: "00" },
          ...acting,
        }),
      ),
    ).toBe("mandate-out-of-scope");
    const groupId = await own.group("Una stazione", "technical-referent", { productId: "pagopa", resources: [b.code] });
    const limited = await own.member("technical-referent", { productId: "pagopa", groupId });
    const mine = limited.call;
    expect(await codeOf(mine(api.pagopa.stations.read, on(own.id, b.code)))).toBe("done");
    expect(await codeOf(mine(api.pagopa.stations.read, on(own.id, a.code)))).toBe("permission-missing");
    expect(await codeOf(mine(api.pagopa.stations.create, { ...at(own.id), body: another }))).toBe("permission-missing");
    // What is named must exist, in a delegation and in a group.
    const giver = await own.member("administrator");
    await own.member("administrator", { productId: "pagopa" }, giver);
    const { version } = await giver.call(api.delegations.read, { params: { institutionId: own.id, delegationId } });
    const limit = (resources: string[]) =>
      giver.call(api.delegations.change, {
        params: { institutionId: own.id, delegationId },
        body: { permissions: permissions as [Permission], environment: "test", resources },
        version,
      });
    expect(await codeOf(limit([a.code, "00000000000_99"]))).toBe("delegation-scope-unknown");
    expect(await codeOf(limit([a.code]))).toBe("done");
    expect(await codeOf(as(api.pagopa.stations.read, { ...on(own.id, b.code), ...acting }))).toBe(
      "mandate-out-of-scope",
    );
    const group = (resources: string[]) =>
      giver.call(api.people.groups.make, {
        params: { institutionId: own.id },
        body: {
          productId: "pagopa",
          name: `Gruppo ${resources.join(" ")}`,
          choice: { profile: "technical-referent" },
          resources,
        },
      });
    expect(await codeOf(group(["00000000000_99"]))).toBe("group-resource-unknown");
    expect(await codeOf(group([a.code]))).toBe("done");
    // At one's own address, another broker's code is nobody's.
    expect(await codeOf(as(api.pagopa.stations.read, on(partner.id, b.code)))).toBe("station-unknown");
  });
});
