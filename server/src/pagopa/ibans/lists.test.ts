import { api, cinOf, hasIbanCheck, isProblem } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayInRome, daysAfter } from "../../platform/days.ts";
import { makeWorld, type SignedIn, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

let serial = Math.floor(Math.random() * 1e9);
const account = (abi = "03069"): string => {
  const rest = `${abi}05020${String(serial++).padStart(12, "0")}`;
  for (let n = 2; n < 99; n++) {
    const iban = `IT${String(n).padStart(2, "0")}${cinOf(rest)}${rest}`;
    if (hasIbanCheck(iban)) return iban;
  }
  throw new Error("no check digits");
};
const query = { environment: "production" as const };
const town = async (name?: string) => {
  const own = await world.municipality(name);
  const one = await world.confirm(await own.member("administrator", { productId: "pagopa" }));
  return { ...own, one };
};
type Town = Awaited<ReturnType<typeof town>>;
const add = ({ id, one }: Pick<Town, "id" | "one">, iban: string, description = "Tesoreria") =>
  one.call(api.pagopa.ibans.register, {
    params: { institutionId: id },
    query,
    body: { iban, description, validFrom: daysAfter(dayInRome(world.parts.clock()), 1) },
  });
const lines = async (file: Blob) => (await file.text()).replace("\ufeff", "").trimEnd().split("\r\n");

describe("the accounts as a file", () => {
  it("are live, one a line under the known columns, and nothing in it is a formula", async () => {
    const t = await town();
    const [a, b] = [account(), account()].sort() as [string, string];
    await add(t, b, "=HYPERLINK(1);+x");
    const { id: ibanId } = await add(t, a);
    await t.one.call(api.pagopa.ibans.label, {
      params: { institutionId: t.id, ibanId },
      query,
      body: { labels: ["cup", "stand-in"] },
      version: 1,
    });
    const file = await lines(await t.one.call(api.pagopa.ibans.export, { params: { institutionId: t.id }, query }));
    const begins = daysAfter(dayInRome(world.parts.clock()), 1);
    expect(file[0]?.replaceAll('"', "")).toBe(
      "denominazioneEnte;codiceFiscale;iban;stato;dataAttivazioneIban;descrizione;etichetta",
    );
    expect(file.slice(1).map((l) => l.replaceAll('"', ""))).toEqual([
      `${t.body.name};${t.body.taxCode};${a};In programma;${begins};Tesoreria;CUP, STAND-IN`,
      `${t.body.name};${t.body.taxCode};${b};In programma;${begins};'=HYPERLINK(1);+x;`,
    ]);
  });

  it("of more than a page come whole and once, and a postal one carries its code on the registration", async () => {
    const t = await town();
    const ibans = Array.from({ length: 620 }, () => account());
    const seen = await t.one.call(api.pagopa.ibanImports.check, {
      params: { institutionId: t.id },
      query,
      body: {},
      file: new Blob([
        ["descrizione,iban,dataattivazioneiban,operazione", ...ibans.map((i) => `x,${i},01/01/2099,CREATE`)].join("\n"),
      ]),
      fileName: "iban.csv",
    });
    await t.one.call(api.pagopa.ibanImports.apply, {
      params: { institutionId: t.id, importId: seen.id },
      query,
      body: {},
    });
    const file = await lines(await t.one.call(api.pagopa.ibans.export, { params: { institutionId: t.id }, query }));
    expect(file.slice(1).map((l) => l.split(";")[2]?.replaceAll('"', ""))).toEqual([...ibans].sort());
    const postal = account("07601");
    await add(t, postal);
    const { rows } = await world.database.asSystem(({ connection }) =>
      connection.query<{ code: string }>(
        "select code from node_encodings where institution_id = $1 and kind = 'barcode-128-aim'",
        [t.id],
      ),
    );
    expect(rows).toEqual([{ code: postal.slice(15) }]);
  });
});

describe("the accounts of a partner's institutions", () => {
  it("are those of each delegation that reads them, in one order, every one once, page after page", async () => {
    const firm = await world.partner();
    const [b, a, c] = [await town("Comune di Beta"), await town("Comune di Alfa"), await town("Comune di Gamma")];
    const mine: string[] = [];
    for (const t of [b, a]) {
      await world.delegate(t, firm);
      for (let n = 0; n < 5; n++) {
        const { iban } = await add(t, account());
        mine.push(`${t.body.name} ${iban}`);
      }
    }
    // Delegated in Collaudo alone, and another's: neither is shown.
    await world.delegate(c, firm, { environment: "test" });
    await add(c, account());
    await add(await town("Comune di Delta"), account());
    const technician = await firm.member("administrator", { productId: "pagopa" });
    const page = (who: SignedIn, more: object) =>
      who.call(api.pagopa.ibans.ofDelegators, { params: { institutionId: firm.id }, query: { ...query, ...more } });
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const { items, next } = await page(technician, { limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...items.map((i) => `${i.institution.name} ${i.iban}`));
      if (!next) break;
      cursor = next;
    }
    expect(seen).toEqual([...mine].sort());
    const file = await lines(
      await technician.call(api.pagopa.ibans.exportForDelegators, { params: { institutionId: firm.id }, query }),
    );
    expect(file).toHaveLength(11);
    // Revoked, the next page no longer shows it.
    await world.database.asSystem(({ connection }) =>
      connection.query("update delegations set state = 'revoked', moved_at = now() where institution_id = $1", [b.id]),
    );
    expect((await page(technician, { limit: 100 })).items.map((i) => i.institution.name)).toEqual(
      Array.from({ length: 5 }, () => "Comune di Alfa"),
    );
    const stranger = await (await world.partner()).member("administrator", { productId: "pagopa" });
    const refused = await page(stranger, {}).catch((e: unknown) => e);
    expect(isProblem(refused) && refused.code).toBe("permission-missing");
  });
});
