import { createHash } from "node:crypto";
import { api } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyChain } from "../audit/index.ts";
import { cipher as makeCipher } from "../platform/cipher.ts";
import { swap } from "../ports/identity/testing/response-maker.ts";
import { makeWorld, type World } from "../testing/world.ts";
import { identity, searchLoginRegister } from "./index.ts";
import { inventedProvider, loginsAt, refusedThere } from "./testing/logins.ts";

let world: World;
let login: ReturnType<typeof loginsAt>;
beforeAll(async () => {
  world = await makeWorld();
  login = loginsAt(await inventedProvider());
  world.providers.push(login.idp);
});
afterAll(() => world.close());

const find = (text: string) => searchLoginRegister(world.parts, text);
const lines = (action: string) =>
  world.database.asSystem(({ db }) =>
    db
      .selectFrom("audit_lines")
      .select(["body"])
      .where("chain", "=", "portal")
      .where("action", "=", action)
      .orderBy("sequence", "desc")
      .execute(),
  );

describe("the register of logins (SPID technical rules)", () => {
  it("finds a login by each of the five things the rules name, with the whole pair", async () => {
    const { to, response } = await login.entered(world, { serial: 710_001 });
    expect(response.status).toBe(303);
    for (const search of [to.id, "_response710001", "_assertion710001"]) {
      const found = await find(search);
      expect(found.map((f) => [f.requestId, f.outcome, f.responseIssuer])).toEqual([
        [to.id, "entered", "https://idp.example.it"],
      ]);
      const pair = found[0]!.pair as { request: { document: string }; response: string };
      expect(pair.request.document).toBe(to.asked);
      expect(pair.response).toContain('ID="_response710001"');
    }
    for (const search of ["https://idp.example.it", "RSSMRA80A01H501U", "tinit-rssmra80a01h501u"])
      expect((await find(search)).map((f) => f.requestId)).toContain(to.id);
    expect(await find("_mai")).toEqual([]);
    expect(await find("' or true --")).toEqual([]);
  });

  it("keeps what was refused too, however far it came", async () => {
    const refused = async (
      more: Parameters<typeof login.answered>[2],
      change: Partial<{ cookie: string; relayState: string }> = {},
    ) => {
      const to = await login.started(world);
      const answer = await login.brought(world, login.answered(world, to, more), { ...to, ...change });
      expect(answer.status).toBe(403);
      return (await find(to.id)).map((f) => [f.outcome, f.personId]);
    };
    expect(await refused({ tamper: swap("RSSMRA80A01H501U", "RSSMRA80A01H501X") })).toEqual([
      ["login-response-untrusted", null],
    ]);
    expect(await refused({ response: refusedThere("ErrorCode nr25") })).toEqual([["login-provider-error", null]]);
    expect(await refused({}, { cookie: "" })).toEqual([["login-other-browser", null]]);
    expect(await refused({}, { relayState: "altro" })).toEqual([["login-response-unexpected", null]]);
    expect(await refused({ born: "1981-01-01" })).toEqual([["login-identity-mismatch", null]]);
    const to = await login.started(world);
    const response = login.answered(world, to);
    const both = await Promise.all([login.brought(world, response, to), login.brought(world, response, to)]);
    expect(both.map((r) => r.status).sort()).toEqual([303, 403]);
    expect((await find(to.id)).map((f) => f.outcome).sort()).toEqual(["entered", "login-response-replayed"]);
    // What contradicts itself was certified all the same, so it is found by subject.
    expect((await find("RSSMRA80A01H501U")).some((f) => f.outcome === "login-identity-mismatch")).toBe(true);
  });

  it("stands in the trail by its digest, and opening it leaves a line", async () => {
    const { to } = await login.entered(world);
    const [row] = await world.database.asSystem(({ db }) =>
      db.selectFrom("login_register").select("pair").where("request_id", "=", to.id).execute(),
    );
    const digest = createHash("sha256").update(row!.pair).digest("hex");
    expect(JSON.stringify(await lines("identity.person.entered"))).toContain(digest);
    expect(row!.pair.toString("latin1")).not.toContain("RSSMRA80A01H501U");
    await find("RSSMRA80A01H501U");
    const [line] = await lines("identity.login-register.searched");
    expect(JSON.stringify(line)).toContain("subject");
    expect(JSON.stringify(line)).not.toContain("RSSMRA80A01H501U");
    expect((await verifyChain(world.database, "portal")).whole).toBe(true);
  });

  it("is written with the login or not at all: where it cannot be, nobody enters and nothing is used up", async () => {
    const to = await login.started(world);
    const response = login.answered(world, to);
    const sessions = () => world.database.asSystem(({ db }) => db.selectFrom("sessions").select("id").execute());
    const before = (await sessions()).length;
    await world.engine.script("revoke insert on login_register from ar_app");
    try {
      const answer = await login.brought(world, response, to);
      expect([answer.status, answer.headers.getSetCookie().filter((c) => c.startsWith("ar_session="))]).toEqual([
        500,
        [],
      ]);
    } finally {
      await world.engine.script("grant insert on login_register to ar_app");
    }
    expect([(await sessions()).length, await find(to.id)]).toEqual([before, []]);
    expect((await login.brought(world, response, to)).status).toBe(303);
    expect((await find(to.id)).map((f) => f.outcome)).toEqual(["entered"]);
  });

  it("shows nothing to who reads the table without the key", async () => {
    const { to } = await login.entered(world);
    const [row] = await world.database.asSystem(
      async ({ connection }) =>
        (
          await connection.query<{ text: string }>(
            "select r::text as text from login_register r where request_id = $1",
            [to.id],
          )
        ).rows,
    );
    const readable = `${row!.text} ${Buffer.from(/\\\\x([0-9a-f]+)/.exec(row!.text)?.[1] ?? "", "hex").toString("latin1")}`;
    for (const secret of ["RSSMRA80A01H501U", "Niccol", "1980-01-01", "n.davila@example.it", "<saml"])
      expect(readable).not.toContain(secret);
    const other = makeCipher(Buffer.alloc(32, 9));
    const { pair } = await world.database.asSystem(({ db }) =>
      db.selectFrom("login_register").select("pair").where("request_id", "=", to.id).executeTakeFirstOrThrow(),
    );
    expect(() => other.open(pair)).toThrow();
    expect(world.cipher.open(pair)).toContain("RSSMRA80A01H501U");
  });

  it("is emptied after 24 months, and not before", async () => {
    const { to } = await login.entered(world);
    const sweepIn = (days: number) =>
      identity(world.parts).schedules["identity:sweep"].run(new Date(Date.now() + days * 86_400_000));
    await sweepIn(729);
    expect(await find(to.id)).toHaveLength(1);
    await sweepIn(732);
    expect(await find(to.id)).toEqual([]);
  });
});

describe("one fiscal code is one person", () => {
  const nameOf = async (more: Parameters<typeof login.entered>[1]) => {
    const { call } = await login.entered(world, more);
    const { person } = await call(api.identity.me, {});
    return [person.id, person.givenName, person.familyName];
  };
  const code = "BNCGNN75D49H501B";
  const born = "1975-04-09";

  it("whose newer certificate counts, unless it is the same name in other letters", async () => {
    const code = "VRDLCU85T10H501A";
    const born = "1985-12-10";
    const names = (givenName: string, familyName: string) => ({ givenName, familyName });
    const [id] = await nameOf({ code, born, names: names("Luca", "Verdi") });
    expect(await nameOf({ code, born, names: names("LUCA", "VER DI") })).toEqual([id, "Luca", "Verdi"]);
    expect(await nameOf({ code, born, names: names("Luca Maria", "Verdi") })).toEqual([id, "Luca Maria", "Verdi"]);
    expect(JSON.stringify((await lines("identity.person.changed"))[0])).toContain("givenName");
    // Without the birth date nothing shows that the newer one is right.
    const undated = swap("dateOfBirth", "gender");
    expect(await nameOf({ code, born, names: names("Altro", "Nome"), assertion: undated })).toEqual([
      id,
      "Luca Maria",
      "Verdi",
    ]);
  });

  it("made once when two first logins race", async () => {
    const [one, two] = [await login.started(world), await login.started(world)];
    const both = await Promise.all(
      [one, two].map((to) => login.brought(world, login.answered(world, to, { code, born }), to)),
    );
    expect(both.map((r) => r.status)).toEqual([303, 303]);
    const rows = await world.database.asSystem(({ db }) =>
      db
        .selectFrom("persons")
        .select("id")
        .where("fiscal_code_index", "=", world.cipher.index("fiscal-code", code))
        .execute(),
    );
    expect(rows).toHaveLength(1);
  });
});
