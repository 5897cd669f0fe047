import { api } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashOfSession } from "../platform/http.ts";
import { importIpa } from "../registries/index.ts";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, type SignedIn, someone, type World } from "../testing/world.ts";

const { representative } = api.people;
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());
const confirmed = async (who: SignedIn) => {
  await world.database.asSystem(({ connection }) =>
    connection.query("update sessions set step_up_until = now() + interval '10 minutes' where id_hash = $1", [
      hashOfSession(who.cookie.split("=")[1]!),
    ]),
  );
  return who;
};

describe("who signs for an institution", () => {
  it("comes from its agreement, is declared changed by an administrator who confirmed, and everybody concerned is told", async () => {
    const at = await world.municipality();
    const [admin, reader] = [await at.admin(), await at.member("read-only")];
    const params = { institutionId: at.id };
    const before = await reader.call(representative.read, { params });
    expect(before.current).toMatchObject({ familyName: at.manager.familyName, source: "onboarding", until: null });
    expect(JSON.stringify(before)).not.toContain(at.manager.fiscalCode);
    const successor = someone();
    const declare = (who: SignedIn, body: typeof successor) => who.call(representative.declare, { params, body });
    expect(await codeOf(declare(reader, successor))).toBe("permission-missing");
    expect(await codeOf(declare(admin, successor))).toBe("step-up-needed");
    await confirmed(admin);
    expect(await codeOf(declare(admin, { ...successor, familyName: "Altrocognome" }))).toBe("input-invalid");
    expect(await codeOf(declare(admin, at.manager))).toBe("representative-unchanged");
    // Two at once: one after the other, and one is current.
    const both = await Promise.allSettled([declare(admin, successor), declare(admin, successor)]);
    expect(both.map((b) => b.status).sort()).toEqual(["fulfilled", "rejected"]);
    const after = await reader.call(representative.read, { params });
    expect(after.current).toMatchObject({ familyName: successor.familyName, source: "declared" });
    expect(after.past).toMatchObject([{ familyName: at.manager.familyName }]);
    // In the Valle d’Aosta an institution is written to in both its languages.
    await world.database.asSystem(({ connection }) =>
      connection.query("update institutions set zip_code = '11100' where id = $1", [at.id]),
    );
    await world.settle();
    const pec = world.sent.findLast((m) => m.to === at.body.pec)!;
    expect(pec.kind).toBe("pec");
    expect(pec.subject).toBe(
      `${at.body.name}: dichiarato un nuovo legale rappresentante / ${at.body.name} : un nouveau représentant légal a été déclaré`,
    );
    expect(pec.text).toContain("a déclaré dans l’Area Riservata");
    expect(pec.text).toContain(`${successor.givenName} ${successor.familyName}`);
    expect(world.sent.filter((m) => m.to === at.manager.email && m.subject === pec.subject)).toHaveLength(1);
    const trail = await admin.call(api.audit.trail, { params, query: { limit: 5 } });
    expect(trail.items.map((l) => l.action)).toContain("people.representative.changed");
  });

  it("says of agreements on their way that they wait for somebody who is no longer it, until they are over", async () => {
    const at = await world.municipality();
    const admin = await confirmed(await at.admin());
    const params = { institutionId: at.id };
    // An agreement of this institution on its way to the mayor of before.
    const asked = await admin.call(api.onboarding.submit, {
      body: world.request(await world.body(), { manager: at.manager }),
    });
    await world.settle();
    await world.database.asSystem(({ connection }) =>
      connection.query("update onboardings set institution_id = $2 where id = $1", [asked.id, at.id]),
    );
    const kinds = async () => (await admin.call(api.findings.list, { params })).items.map((f) => f.kind as string);
    await admin.call(representative.declare, { params, body: someone() });
    await world.settle();
    expect(await kinds()).toContain("agreement-of-former-representative");
    // The one of before is it again: nothing is amiss.
    await admin.call(representative.declare, { params, body: at.manager });
    await world.settle();
    expect(await kinds()).not.toContain("agreement-of-former-representative");
  });

  it("is compared with whom the registry names, where it names somebody", async () => {
    const at = await world.municipality();
    const admin = await at.admin();
    const params = { institutionId: at.id };
    expect((await admin.call(representative.read, { params })).registry).toBeNull();
    const say = (given: string, family: string) =>
      importIpa(
        world.parts,
        Buffer.from(
          [
            "Codice_IPA,Denominazione_ente,Codice_fiscale_ente,Codice_Categoria,Indirizzo,CAP,Mail1,Tipo_Mail1,Nome_responsabile,Cognome_responsabile,Titolo_responsabile",
            `${at.body.ipaCode},${at.body.name},${at.body.taxCode},L6,"Piazza di Prova, 1",00000,${at.body.pec},Pec,${given},${family},Sindaca`,
          ].join("\n"),
        ),
        { allowManyEnded: true },
      );
    await say(at.manager.givenName.toUpperCase(), at.manager.familyName.toUpperCase());
    expect((await admin.call(representative.read, { params })).registry).toMatchObject({
      title: "Sindaca",
      agrees: true,
    });
    await say("Norma", "Nuova");
    expect((await admin.call(representative.read, { params })).registry).toMatchObject({
      name: "Norma Nuova",
      agrees: false,
    });
  });
});
