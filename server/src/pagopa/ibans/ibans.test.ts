import { api, cinOf, hasIbanCheck, isProblem, type Profile } from "@area/api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyChain } from "../../audit/index.ts";
import { dayInRome, daysAfter } from "../../platform/days.ts";
import { databaseKind, makeWorld, type SignedIn, type World } from "../../testing/world.ts";
import { earliest } from "./guards.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (e: unknown) => (isProblem(e) ? e.code : String(e)),
  );
let serial = Math.floor(Math.random() * 1e9);
/** An invented account that nobody else has. */
const account = (abi = "03069"): string => {
  const rest = `${abi}05020${String(serial++).padStart(12, "0")}`;
  for (let n = 2; n < 99; n++) {
    const iban = `IT${String(n).padStart(2, "0")}${cinOf(rest)}${rest}`;
    if (hasIbanCheck(iban)) return iban;
  }
  throw new Error("no check digits");
};
const today = () => dayInRome(world.parts.clock());
const inDays = (n: number) => daysAfter(today(), n);
type Environment = "test" | "production";
const at = (institutionId: string, environment: Environment = "production") => ({
  params: { institutionId },
  query: { environment },
});
const body = (iban: string, more: object = {}) => ({
  iban,
  description: "Conto di tesoreria",
  validFrom: inDays(1),
  ...more,
});
type Town = Awaited<ReturnType<World["municipality"]>>;
/** Somebody with a profile both on the institution and on pagoPA. */
const onBoth = async (own: Town, profile: Profile, more: { beginsAt?: Date } = {}) =>
  world.confirm(await own.member(profile, { productId: "pagopa", ...more }, await own.member(profile, more)));
type Place = { id: string; one: SignedIn };
const town = async () => {
  const own = await world.municipality();
  const admin = () => onBoth(own, "administrator");
  return { ...own, admin, one: await admin() };
};
const register = (
  who: SignedIn,
  institutionId: string,
  iban: string,
  more: object = {},
  environment: Environment = "production",
) => who.call(api.pagopa.ibans.register, { ...at(institutionId, environment), body: body(iban, more) });

describe("an institution's IBANs", () => {
  it("are registered, read back, and told to every administrator", async () => {
    const { id, one, admin } = await town();
    const other = await admin();
    await world.database.asSystem(({ connection }) =>
      connection.query("insert into contacts (person_id, institution_id, email, email_index) values ($1, $2, $3, $4)", [
        other.id,
        id,
        world.cipher.seal("altra@posta.example"),
        world.cipher.index("mail", "altra@posta.example"),
      ]),
    );
    const iban = account();
    const made = await register(one, id, iban.replace(/(.{4})/g, "$1 ").toLowerCase());
    expect(made).toMatchObject({
      iban,
      bank: { abi: "03069", cab: "05020" },
      postal: false,
      holder: { kind: "own" },
      state: "planned",
      labels: [],
      version: 1,
      changed: { by: `${one.name.givenName} ${one.name.familyName}` },
    });
    expect((await other.call(api.pagopa.ibans.list, at(id))).items).toEqual([made]);
    expect((await other.call(api.pagopa.ibans.list, at(id, "test"))).items).toEqual([]);
    await world.settle();
    const mail = world.sent.find((m) => m.to === "altra@posta.example" && m.subject.startsWith("IBAN di"));
    expect(mail?.text).toContain(iban.replace(/(.{4})(?=.)/g, "$1 "));
    expect((await verifyChain(world.database, id)).whole).toBe(true);
    // From its day on it is in use.
    world.pass(2 * 86_400_000);
    const later = await world.confirm(await world.person(one.name));
    expect((await later.call(api.pagopa.ibans.list, at(id))).items[0]?.state).toBe("active");
  });

  it("hold at the earliest from tomorrow where money moves, from today where it is rehearsed", async () => {
    const { id, one } = await town();
    const when = (validFrom: string, environment: Environment, more = {}) =>
      codeOf(register(one, id, account(), { validFrom, ...more }, environment));
    expect(await when(inDays(0), "production")).toBe("iban-dates");
    expect(await when(inDays(1), "production")).toBe("done");
    expect(await when(inDays(-1), "test")).toBe("iban-dates");
    expect(await when(inDays(0), "test")).toBe("done");
    expect(await when(inDays(1), "production", { validUntil: inDays(1) })).toBe("iban-dates");
    expect(await when("2026-02-30", "test")).toBe("input-invalid");
  });

  it("count days in Rome: on the last evening of the year, tomorrow is next year there before it is in Greenwich", async () => {
    const late = new Date("2026-12-31T23:30:00Z");
    const w = await makeWorld({ clock: () => late });
    const own = await w.municipality();
    const one = await w.confirm(await onBoth(own, "administrator", { beginsAt: new Date("2026-01-01T00:00:00Z") }));
    const when = (validFrom: string) =>
      codeOf(
        one.call(api.pagopa.ibans.register, { ...at(own.id), body: { iban: account(), description: "x", validFrom } }),
      );
    expect([dayInRome(late), await when("2027-01-01"), await when("2027-01-02")]).toEqual([
      "2027-01-01",
      "iban-dates",
      "done",
    ]);
    await w.close();
  });

  it("are one row per account and environment, and a postal one is of a single institution", async () => {
    const [own, other] = [await town(), await town()];
    const [iban, postal] = [account(), account("07601")];
    expect(await codeOf(register(own.one, own.id, iban))).toBe("done");
    expect(await codeOf(register(own.one, own.id, iban))).toBe("iban-already-registered");
    expect(await codeOf(register(own.one, own.id, iban, {}, "test"))).toBe("done");
    expect(await codeOf(register(other.one, other.id, iban))).toBe("done");
    expect((await register(own.one, own.id, postal)).postal).toBe(true);
    expect(await codeOf(register(other.one, other.id, postal))).toBe("iban-of-another-institution");
    expect(await codeOf(register(other.one, other.id, postal, {}, "test"))).toBe("done");
  });

  it("say whose the account is, with the ground when it is another's, and in production the file that shows it", async () => {
    const { id, one } = await town();
    const elsewhere = await town();
    const holder = { kind: "other", taxCode: "15376371009", name: "Tesoreria Esempio S.p.A.", ground: "treasurer" };
    expect((await register(one, id, account(), { holder }, "test")).holder).toEqual(holder);
    expect(await codeOf(register(one, id, account(), { holder }))).toBe("evidence-needed");
    const upload = (who: SignedIn, institutionId: string, bytes: string) =>
      who.call(api.pagopa.ibans.addEvidence, {
        ...at(institutionId),
        body: {},
        file: new Blob([bytes]),
        fileName: "Convenzione di tesoreria.pdf",
      });
    expect(await codeOf(upload(one, id, "<script>"))).toBe("evidence-not-a-pdf");
    const shown = await upload(one, id, "%PDF-1.7 convenzione");
    const theirs = await upload(elsewhere.one, elsewhere.id, "%PDF-1.7 convenzione");
    const with_ = (evidenceId: string, iban = account()) =>
      register(one, id, iban, { holder: { ...holder, evidenceId } });
    // Another institution's file proves nothing here, and nothing of the refused account stays.
    const iban = account();
    expect(await codeOf(with_(theirs.id, iban))).toBe("evidence-unknown");
    const made = await with_(shown.id, iban);
    expect(await codeOf(with_(shown.id))).toBe("evidence-unknown");
    const on = { params: { institutionId: id, ibanId: made.id }, query: { environment: "production" as const } };
    expect((await one.call(api.pagopa.ibans.dependents, on)).evidence).toEqual(shown);
    expect(await (await one.call(api.pagopa.ibans.evidence, on)).text()).toBe("%PDF-1.7 convenzione");
    // What nobody named is forgotten after a month; what shows something is not.
    world.pass(31 * 86_400_000);
    await world.schedule("ibans:forget-evidence");
    const later = await world.person(one.name);
    expect((await later.call(api.pagopa.ibans.dependents, on)).evidence?.id).toBe(shown.id);
    const { rows } = await world.database.asSystem(({ connection }) =>
      connection.query<{ id: string }>("select id from iban_evidence where institution_id = $1", [elsewhere.id]),
    );
    expect(rows).toEqual([]);
    expect(await codeOf(register(one, id, account(), { holder: { ...holder, ground: "amicizia" } }))).toBe(
      "input-invalid",
    );
    expect(await codeOf(register(one, id, account(), { holder: { ...holder, taxCode: "11100011111" } }))).toBe(
      "input-invalid",
    );
  });

  it("carry a label one at a time: it moves whole", async () => {
    const { id, one } = await town();
    const [a, b] = [await register(one, id, account()), await register(one, id, account())];
    const label = (ibanId: string, version: number, labels: ("cup" | "stand-in")[]) =>
      one.call(api.pagopa.ibans.label, {
        params: { institutionId: id, ibanId },
        query: { environment: "production" },
        body: { labels },
        version,
      });
    expect((await label(a.id, 1, ["stand-in", "cup"])).labels).toEqual(["cup", "stand-in"]);
    expect((await label(b.id, 1, ["cup"])).labels).toEqual(["cup"]);
    const list = (await one.call(api.pagopa.ibans.list, at(id))).items;
    expect(Object.fromEntries(list.map((i) => [i.id, i.labels]))).toEqual({ [a.id]: ["stand-in"], [b.id]: ["cup"] });
    // Who lost a label has changed too: a form open on it is told.
    expect(await codeOf(label(a.id, 2, []))).toBe("version-stale");
    expect((await label(a.id, 3, [])).labels).toEqual([]);
  });

  it("change in description and validity, never against somebody who changed meanwhile", async () => {
    const { id, one } = await town();
    const made = await register(one, id, account());
    const change = (version: number, more: object = {}) =>
      one.call(api.pagopa.ibans.change, {
        params: { institutionId: id, ibanId: made.id },
        query: { environment: "production" },
        body: { description: "Altro nome", validFrom: made.validFrom, validUntil: null, ...more },
        version,
      });
    const both = await Promise.all([codeOf(change(1)), codeOf(change(1, { description: "Terzo nome" }))]);
    expect(both.sort()).toEqual(["done", "version-stale"]);
    expect(await codeOf(change(2, { validFrom: inDays(0) }))).toBe("iban-dates");
    expect((await change(2, { validFrom: inDays(3), validUntil: inDays(9) })).validUntil).toBe(inDays(9));
    world.pass(4 * 86_400_000);
    const later = await world.confirm(await world.person(one.name));
    const again = (validFrom: string) =>
      later.call(api.pagopa.ibans.change, {
        params: { institutionId: id, ibanId: made.id },
        query: { environment: "production" },
        body: { description: "x", validFrom, validUntil: null },
        version: 3,
      });
    // It holds already: its beginning is a matter of fact.
    expect(await codeOf(again(inDays(5)))).toBe("iban-dates");
  });

  it("end on a planned day, which can be taken back, and never the last one or one with a label", async () => {
    const { id, one } = await town();
    const [a, b] = [await register(one, id, account()), await register(one, id, account())];
    const on = (ibanId: string) => ({
      params: { institutionId: id, ibanId },
      query: { environment: "production" as const },
    });
    const retire = (ibanId: string, day: string) =>
      one.call(api.pagopa.ibans.retire, { ...on(ibanId), body: { on: day } });
    expect(await codeOf(retire(a.id, today()))).toBe("iban-dates");
    await one.call(api.pagopa.ibans.label, { ...on(a.id), body: { labels: ["cup"] }, version: 1 });
    expect(await codeOf(retire(a.id, inDays(2)))).toBe("iban-labelled");
    expect((await retire(b.id, inDays(2))).retiresOn).toBe(inDays(2));
    expect(await codeOf(retire(b.id, inDays(3)))).toBe("iban-retiring");
    await one.call(api.pagopa.ibans.label, { ...on(a.id), body: { labels: [] }, version: 2 });
    expect(await codeOf(retire(a.id, inDays(2)))).toBe("iban-last");
    await one.call(api.pagopa.ibans.keep, on(b.id));
    expect(await codeOf(one.call(api.pagopa.ibans.keep, on(b.id)))).toBe("iban-not-retiring");
    await retire(b.id, inDays(2));
    await world.schedule("ibans:retire");
    expect((await one.call(api.pagopa.ibans.list, at(id))).items).toHaveLength(2);
    world.pass(3 * 86_400_000);
    await world.schedule("ibans:retire");
    const later = await world.confirm(await world.person(one.name));
    expect((await later.call(api.pagopa.ibans.list, at(id))).items.map((i) => i.id)).toEqual([a.id]);
    const gone = await later.call(api.pagopa.ibans.list, {
      ...at(id),
      query: { environment: "production", state: "retired" },
    });
    expect(gone.items.map((i) => [i.id, i.state])).toEqual([[b.id, "retired"]]);
    expect(await codeOf(later.call(api.pagopa.ibans.keep, on(b.id)))).toBe("iban-unknown");
    // The account may come back as a new row.
    expect(await codeOf(later.call(api.pagopa.ibans.register, { ...at(id), body: body(b.iban) }))).toBe("done");
  });

  it("belong to who holds the permission on pagoPA, and to no other institution by any id", async () => {
    const [own, other] = [await town(), await town()];
    const made = await register(own.one, own.id, account());
    for (const profile of ["technical-referent", "operator"] as const) {
      const who = await onBoth(own, profile);
      expect([profile, await codeOf(who.call(api.pagopa.ibans.list, at(own.id)))]).toEqual([
        profile,
        "permission-missing",
      ]);
      expect(await codeOf(register(who, own.id, account()))).toBe("permission-missing");
    }
    const reader = await onBoth(own, "read-only");
    expect(await codeOf(reader.call(api.pagopa.ibans.list, at(own.id)))).toBe("done");
    expect(await codeOf(register(reader, own.id, account()))).toBe("permission-missing");
    // An administrator of the institution alone, who holds nothing on pagoPA, does not touch its accounts.
    expect(await codeOf(register(await world.confirm(await own.member("administrator")), own.id, account()))).toBe(
      "permission-missing",
    );
    expect(await codeOf(other.one.call(api.pagopa.ibans.list, at(own.id)))).toBe("permission-missing");
    const foreign = {
      params: { institutionId: other.id, ibanId: made.id },
      query: { environment: "production" as const },
    };
    expect(await codeOf(other.one.call(api.pagopa.ibans.retire, { ...foreign, body: { on: inDays(2) } }))).toBe(
      "iban-unknown",
    );
    expect(
      await codeOf(other.one.call(api.pagopa.ibans.label, { ...foreign, body: { labels: ["cup"] }, version: 1 })),
    ).toBe("iban-unknown");
    // The right id in the other environment is another thing altogether.
    expect(
      await codeOf(
        own.one.call(api.pagopa.ibans.keep, {
          params: { institutionId: own.id, ibanId: made.id },
          query: { environment: "test" },
        }),
      ),
    ).toBe("iban-unknown");
  });

  it("are written only by who confirmed who they are in the last ten minutes: people and delegates alike", async () => {
    const own = await town();
    const iban = account();
    const cold = await onBoth(own, "administrator");
    await world.database.asSystem(({ connection }) =>
      connection.query("update sessions set step_up_until = null where id_hash = $1", [cold.hash]),
    );
    expect(await codeOf(register(cold, own.id, iban))).toBe("step-up-needed");
    const proposed = cold.call(api.proposals.propose, {
      params: { institutionId: own.id },
      body: { endpoint: "pagopa.ibans.register", query: { environment: "production" }, body: body(iban) },
    });
    expect(await codeOf(proposed)).toBe("step-up-needed");
    const firm = await world.partner();
    const mandate = await world.delegate(own, firm);
    await world.database.asSystem(({ connection }) =>
      connection.query(
        "update delegations set permissions = array['pagopa:ibans:read', 'pagopa:ibans:write'] where id = $1",
        [mandate],
      ),
    );
    const technician = await firm.member("administrator", { productId: "pagopa" });
    const asDelegate = () => technician.call(api.pagopa.ibans.register, { ...at(own.id), body: body(iban), mandate });
    expect(await codeOf(asDelegate())).toBe("step-up-needed");
    await world.confirm(technician);
    expect((await asDelegate()).iban).toBe(iban);
    // Every administrator reads who did it, for which partner, and what to do about it.
    await world.database.asSystem(({ connection }) =>
      connection.query("insert into contacts (person_id, institution_id, email, email_index) values ($1, $2, $3, $4)", [
        own.one.id,
        own.id,
        world.cipher.seal("fermalo@posta.example"),
        world.cipher.index("mail", "fermalo@posta.example"),
      ]),
    );
    await world.settle();
    const told = world.sent.find((m) => m.to === "fermalo@posta.example" && m.subject.startsWith("IBAN di"))?.text;
    expect(told).toContain(
      `Chi: ${technician.name.givenName} ${technician.name.familyName}, per conto del partner ${firm.body.name}`,
    );
    expect(told).toContain("programma il suo ritiro");
    expect(told).toContain("sospendere la delega");
  });

  it("may be of several institutions: the end is chosen by who said first that the account is theirs", async () => {
    const [first, second] = [await town(), await town()];
    const iban = account();
    const made = await register(first.one, first.id, iban);
    const shared = await register(second.one, second.id, iban);
    expect(await codeOf(register(second.one, second.id, iban, { validUntil: inDays(9) }, "test"))).toBe("done");
    const change = (t: Place, ibanId: string, validUntil: string | null) =>
      t.one.call(api.pagopa.ibans.change, {
        params: { institutionId: t.id, ibanId },
        query: { environment: "production" },
        body: { description: "Conto comune", validFrom: inDays(1), validUntil },
        version: 1,
      });
    expect(await codeOf(change(second, shared.id, inDays(9)))).toBe("iban-not-owner");
    expect((await change(second, shared.id, null)).description).toBe("Conto comune");
    expect((await change(first, made.id, inDays(9))).validUntil).toBe(inDays(9));
    const dependents = (t: Place, ibanId: string) =>
      t.one.call(api.pagopa.ibans.dependents, {
        params: { institutionId: t.id, ibanId },
        query: { environment: "production" },
      });
    expect(await dependents(first, made.id)).toMatchObject({
      shared: true,
      owner: true,
      lastInUse: true,
      barcode: null,
    });
    expect(await dependents(second, shared.id)).toMatchObject({ shared: true, owner: false });
    const third = await town();
    expect(await codeOf(register(third.one, third.id, iban, { validUntil: inDays(9) }))).toBe("iban-not-owner");
  });

  it("carry, when postal, the code of paper notices, which no other institution can have", async () => {
    const [own, other] = [await town(), await town()];
    const registered = await register(own.one, own.id, "IT04Q0760102800000003072720", {}, "test");
    expect(registered).toMatchObject({ postal: true, barcode: "000003072720" });
    // The same number at another branch would print the same code.
    const rest = "0760103200000003072720";
    const twin = Array.from({ length: 97 }, (_, n) => `IT${String(n + 2).padStart(2, "0")}${cinOf(rest)}${rest}`).find(
      hasIbanCheck,
    )!;
    expect(await codeOf(register(other.one, other.id, twin, {}, "test"))).toBe("iban-of-another-institution");
    expect((await register(own.one, own.id, account(), {}, "test")).barcode).toBeNull();
  });

  it("stand on days of Rome when the clocks change, and at the turn of the year", async () => {
    for (const [instant, today, tomorrow] of [
      // Clocks go back at 01:00 UTC on the last Sunday of October, forward on the last of March.
      ["2026-10-24T22:30:00Z", "2026-10-25", "2026-10-26"],
      ["2026-10-25T22:59:00Z", "2026-10-25", "2026-10-26"],
      ["2026-10-25T23:01:00Z", "2026-10-26", "2026-10-27"],
      ["2027-03-27T23:30:00Z", "2027-03-28", "2027-03-29"],
      ["2027-03-28T21:59:00Z", "2027-03-28", "2027-03-29"],
      ["2027-03-28T22:01:00Z", "2027-03-29", "2027-03-30"],
      ["2026-12-31T22:59:00Z", "2026-12-31", "2027-01-01"],
      ["2028-02-28T23:30:00Z", "2028-02-29", "2028-03-01"],
    ] as const) {
      expect([instant, dayInRome(new Date(instant)), earliest("production", new Date(instant))]).toEqual([
        instant,
        today,
        tomorrow,
      ]);
      expect(earliest("test", new Date(instant))).toBe(today);
    }
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2024-01-01"), max: new Date("2034-01-01"), noInvalidDate: true }),
        (instant) => {
          const [now, next] = [dayInRome(instant), earliest("production", instant)];
          expect(next > now).toBe(true);
          // No day is skipped or said twice: the day after is reached within twenty-five hours, never within one.
          expect([now, next]).toContain(dayInRome(new Date(instant.getTime() + 23 * 3_600_000)));
          expect(dayInRome(new Date(instant.getTime() + 25 * 3_600_000)) >= next).toBe(true);
        },
      ),
    );
  });

  it("page by key, each account once", async () => {
    const { id, one } = await town();
    const made = new Set<string>();
    for (let n = 0; n < 7; n++) made.add((await register(one, id, account(), {}, "test")).id);
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await one.call(api.pagopa.ibans.list, {
        params: { institutionId: id },
        query: { environment: "test", limit: 3, ...(cursor ? { cursor } : {}) },
      });
      seen.push(...page.items.map((i) => i.id));
      if (!page.next) break;
      cursor = page.next;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen)).toEqual(made);
    expect(
      await codeOf(one.call(api.pagopa.ibans.list, { ...at(id), query: { environment: "test", cursor: "e30" } })),
    ).toBe("input-invalid");
  });

  if (databaseKind === "postgres")
    it("never end all together: of two people who end one each, the second is refused", async () => {
      const { id, one, admin } = await town();
      const two = await admin();
      const [a, b] = [await register(one, id, account()), await register(one, id, account())];
      const retire = (who: SignedIn, ibanId: string) =>
        codeOf(
          who.call(api.pagopa.ibans.retire, {
            params: { institutionId: id, ibanId },
            query: { environment: "production" },
            body: { on: inDays(2) },
          }),
        );
      expect((await Promise.all([retire(one, a.id), retire(two, b.id)])).sort()).toEqual(["done", "iban-last"]);
    });

  if (databaseKind === "postgres")
    it("registered twice at the same instant are one", async () => {
      const { id, one, admin } = await town();
      const two = await admin();
      const iban = account();
      const both = await Promise.all([codeOf(register(one, id, iban)), codeOf(register(two, id, iban))]);
      expect(both.sort()).toEqual(["done", "iban-already-registered"]);
      const [own, other, postal] = [await town(), await town(), account("07601")];
      const races = await Promise.all([
        codeOf(register(own.one, own.id, postal)),
        codeOf(register(other.one, other.id, postal)),
      ]);
      expect(races.sort()).toEqual(["done", "iban-of-another-institution"]);
    });
});

describe("two people for every change", () => {
  const withRule = async () => {
    const t = await town();
    const two = await t.admin();
    await t.one.call(api.pagopa.ibans.changeRules, { ...at(t.id), body: { secondPerson: true }, version: 0 });
    return { ...t, two };
  };
  const propose = (who: SignedIn, institutionId: string, iban: string, reason?: string) =>
    who.call(api.proposals.propose, {
      params: { institutionId },
      body: {
        endpoint: "pagopa.ibans.register",
        query: { environment: "production" },
        body: body(iban),
        ...(reason ? { reason } : {}),
      },
    });
  const decide = (who: SignedIn, institutionId: string, proposalId: string) =>
    who.call(api.proposals.approve, { params: { institutionId, proposalId }, body: {} });

  it("are asked only where there are two who could", async () => {
    const { id, one, admin } = await town();
    const set = (version: number) =>
      one.call(api.pagopa.ibans.changeRules, { ...at(id), body: { secondPerson: true }, version });
    expect(await codeOf(set(0))).toBe("second-person-missing");
    await admin();
    expect(await set(0)).toEqual({ secondPerson: true, version: 1 });
    expect(await codeOf(set(0))).toBe("second-person-needed");
  });

  it("mean that one proposes and another approves: then exactly that happens, and in test it is not asked", async () => {
    const { id, one, two } = await withRule();
    const iban = account();
    expect(await codeOf(register(one, id, iban))).toBe("second-person-needed");
    expect(await codeOf(register(one, id, iban, {}, "test"))).toBe("done");
    const proposal = await propose(one, id, iban, "Cambia la tesoreria");
    expect(proposal).toMatchObject({
      state: "open",
      reason: "Cambia la tesoreria",
      environment: "production",
      proposedBy: { me: true },
      input: { body: { iban } },
      announced: [{ type: "pagopa.iban.registered" }],
    });
    expect((await one.call(api.pagopa.ibans.list, at(id))).items).toEqual([]);
    expect(await codeOf(decide(one, id, proposal.id))).toBe("proposal-own");
    expect((await decide(two, id, proposal.id)).state).toBe("approved");
    const [made] = (await one.call(api.pagopa.ibans.list, at(id))).items;
    expect([made?.iban, made?.changed.by]).toEqual([iban, `${two.name.givenName} ${two.name.familyName}`]);
    expect(await codeOf(decide(two, id, proposal.id))).toBe("proposal-closed");
    expect((await verifyChain(world.database, id)).whole).toBe(true);
  });

  it("hold for taking the rule back, too", async () => {
    const { id, one, two } = await withRule();
    const off = { ...at(id), body: { secondPerson: false }, version: 1 };
    expect(await codeOf(one.call(api.pagopa.ibans.changeRules, off))).toBe("second-person-needed");
    const proposal = await one.call(api.proposals.propose, {
      params: { institutionId: id },
      body: {
        endpoint: "pagopa.ibans.changeRules",
        query: { environment: "production" },
        body: { secondPerson: false },
        version: 1,
      },
    });
    await decide(two, id, proposal.id);
    expect(await one.call(api.pagopa.ibans.rules, at(id))).toEqual({ secondPerson: false, version: 2 });
  });

  it("refuse at once what would be refused, and what is not to be proposed", async () => {
    const { id, one, two } = await withRule();
    const elsewhere = await town();
    const iban = account();
    const p = await propose(one, id, iban);
    await decide(two, id, p.id);
    expect(await codeOf(propose(one, id, iban))).toBe("iban-already-registered");
    const raw = (endpoint: string, more: object = {}) =>
      codeOf(one.call(api.proposals.propose, { params: { institutionId: id }, body: { endpoint, ...more } }));
    expect(await raw("pagopa.ibans.list", { query: { environment: "production" } })).toBe("proposal-not-possible");
    expect(await raw("constructor")).toBe("proposal-not-possible");
    expect(await raw("pagopa.ibans.register", { query: { environment: "production" }, body: { iban: "x" } })).toBe(
      "input-invalid",
    );
    // The institution inside is the one of the path, whatever was written.
    const smuggled = await one.call(api.proposals.propose, {
      params: { institutionId: id },
      body: {
        endpoint: "pagopa.ibans.register",
        params: { institutionId: elsewhere.id },
        query: { environment: "production" },
        body: body(account()),
      },
    });
    expect(smuggled.input.params).toEqual({ institutionId: id });
    const reader = await onBoth(await world.municipality(), "administrator");
    expect(await codeOf(decide(reader, id, smuggled.id))).toBe("permission-missing");
  });

  it("ask of who approves the permission of the act itself", async () => {
    const { id, one, member } = await withRule();
    const proposal = await propose(one, id, account());
    // Holds the permission to decide, and none on pagoPA.
    const half = await world.confirm(await member("administrator"));
    expect(await codeOf(decide(half, id, proposal.id))).toBe("permission-missing");
    expect(
      await codeOf(
        half.call(api.proposals.reject, {
          params: { institutionId: id, proposalId: proposal.id },
          body: { note: "no" },
        }),
      ),
    ).toBe("permission-missing");
  });

  it("can say no with a reason, take back, or let time pass", async () => {
    const { id, one, two } = await withRule();
    const [a, b, c] = [
      await propose(one, id, account()),
      await propose(one, id, account()),
      await propose(one, id, account()),
    ];
    const here = (proposalId: string) => ({ params: { institutionId: id, proposalId } });
    const no = await two.call(api.proposals.reject, { ...here(a.id), body: { note: "Il conto è chiuso" } });
    expect([no.state, no.decided?.note]).toEqual(["rejected", "Il conto è chiuso"]);
    expect(await codeOf(two.call(api.proposals.withdraw, here(b.id)))).toBe("proposal-of-another");
    await one.call(api.proposals.withdraw, here(b.id));
    expect(await codeOf(decide(two, id, b.id))).toBe("proposal-closed");
    world.pass(15 * 86_400_000);
    const later = await world.confirm(await world.person(two.name));
    expect(await codeOf(decide(later, id, c.id))).toBe("proposal-closed");
    await world.schedule("proposals:expire");
    const all = (await later.call(api.proposals.list, { params: { institutionId: id }, query: {} })).items;
    expect(Object.fromEntries(all.map((p) => [p.id, p.state]))).toEqual({
      [a.id]: "rejected",
      [b.id]: "withdrawn",
      [c.id]: "expired",
    });
  });

  it("find an outdated proposal refused, and nothing half done", async () => {
    const { id, one, two } = await withRule();
    const iban = account();
    const [first, second] = [await propose(one, id, iban), await propose(one, id, iban)];
    await decide(two, id, first.id);
    expect(await codeOf(decide(two, id, second.id))).toBe("proposal-outdated");
    const still = await two.call(api.proposals.list, { params: { institutionId: id }, query: { state: "open" } });
    expect(still.items.map((p) => p.id)).toEqual([second.id]);
    expect((await two.call(api.pagopa.ibans.list, at(id))).items).toHaveLength(1);
  });

  if (databaseKind === "postgres")
    it("decided by two at once is done once", async () => {
      const { id, one, two, admin } = await withRule();
      const three = await admin();
      const proposal = await propose(one, id, account());
      const both = await Promise.all([codeOf(decide(two, id, proposal.id)), codeOf(decide(three, id, proposal.id))]);
      expect(both.sort()).toEqual(["done", "proposal-closed"]);
      expect((await two.call(api.pagopa.ibans.list, at(id))).items).toHaveLength(1);
    });
});
