import { api } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, type World } from "../testing/world.ts";

const { assistance } = api;
let world: World;
beforeAll(async () => {
  world = await makeWorld({ env: { SUPPORT_EMAIL: "banco@assistenza.example" } });
});
afterAll(() => world.close());

describe("asking for help", () => {
  it("carries page and code to the desk and to the staff, and the answer comes back, once", async () => {
    const at = await world.municipality();
    const person = await at.member("operator");
    const body = {
      institutionId: at.id,
      page: `/enti/${at.id}/utenti`,
      supportCode: "0f5c2e1a-7f0e-4d35-9f1e-2f6a8d1c0b11",
      message: "Non riesco a vedere i colleghi.",
      email: "chi.chiede@posta.example",
      language: "de" as const,
    };
    const asked = await person.call(assistance.ask, { body });
    expect(asked).toMatchObject({ institution: { id: at.id, name: at.body.name }, state: "open", answer: null });
    await world.settle();
    const letter = world.sent.findLast((m) => m.to === "banco@assistenza.example")!;
    expect(letter.text).toContain(body.page);
    expect(letter.text).toContain(body.supportCode);
    expect(letter.text).toContain(body.message);
    const [support, auditor] = [await world.staff(["assistenza"]), await world.staff(["auditor"])];
    expect(await codeOf(auditor.call(assistance.ofStaff, {}))).toBe("permission-missing");
    const [waiting] = (await support.call(assistance.ofStaff, { query: { state: "open" } })).items;
    expect(waiting).toMatchObject({
      id: asked.id,
      supportCode: body.supportCode,
      language: "de",
      person: { id: person.id },
    });
    const params = { assistanceRequestId: asked.id };
    const answered = await support.call(assistance.answer, {
      params,
      body: { text: "Serve il permesso di vedere le persone." },
    });
    expect(answered.state).toBe("answered");
    expect(await codeOf(support.call(assistance.answer, { params, body: { text: "Ancora." } }))).toBe(
      "assistance-answered",
    );
    await world.settle();
    const replies = world.sent.filter((m) => m.to === "chi.chiede@posta.example");
    expect(replies).toHaveLength(1);
    expect(replies[0]?.text).toContain("Serve il permesso di vedere le persone.");
    expect((await person.call(assistance.mine, {})).items[0]?.answer).toContain("Serve il permesso");
    const news = (await person.call(api.inbox.list, { query: { view: "news" } })).items;
    expect(news.filter((i) => i.kind === "assistance-answered")).toHaveLength(1);
    // What people write is not readable in the database.
    const stored = await world.database.asSystem(({ connection }) =>
      connection.query<{ row: string }>("select row_to_json(r)::text as row from assistance_requests r"),
    );
    expect(JSON.stringify(stored.rows)).not.toContain("colleghi");
  });

  it("is of who asked: no institution of others, no requests of others, and not without end", async () => {
    const at = await world.municipality();
    const [person, other] = [await world.person(), await world.person()];
    const body = { page: "/enti", message: "Non vedo il mio ente.", email: "uno@posta.example" };
    const asked = await person.call(assistance.ask, { body: { ...body, institutionId: at.id } });
    expect(asked.institution).toBeNull();
    expect((await other.call(assistance.mine, {})).items).toEqual([]);
    for (const wrong of [
      { page: "https://altrove.example" },
      { supportCode: "<script>" },
      { message: "corto" },
      { email: "uno@pec.it" },
    ])
      expect(await codeOf(person.call(assistance.ask, { body: { ...body, ...wrong } }))).toBe("input-invalid");
    for (let i = 0; i < 9; i++) await person.call(assistance.ask, { body });
    expect(await codeOf(person.call(assistance.ask, { body }))).toBe("assistance-too-many");
    world.pass(3_600_001);
    await (await world.person(person.name)).call(assistance.ask, { body });
    const first = await (await world.person(person.name)).call(assistance.mine, { query: { limit: 6 } });
    const rest = await (await world.person(person.name)).call(assistance.mine, {
      query: { limit: 6, cursor: first.next! },
    });
    expect(new Set([...first.items, ...rest.items].map((r) => r.id)).size).toBe(11);
    expect(
      await codeOf(
        (await world.staff(["assistenza"])).call(assistance.answer, {
          params: { assistanceRequestId: "00000000-0000-4000-8000-000000000000" },
          body: { text: "Risposta" },
        }),
      ),
    ).toBe("assistance-unknown");
  });
});
