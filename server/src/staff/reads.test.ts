import { api } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyChain } from "../audit/index.ts";
import { codeOf } from "../testing/refusals.ts";
import { makeWorld, type World } from "../testing/world.ts";

/* What the staff read across institutions, by which purpose, and the trace that it leaves. */
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

/** A registry that no longer knows the body: a finding for the institution and one for the staff. */
const ended = async (ipaCode: string) => {
  await world.parts.act({ kind: "system", name: "test" }, async ({ connection, emit }) => {
    await connection.query("update registry_bodies set state = 'ended' where ipa_code = $1", [ipaCode]);
    emit("registries.body.ended", { ipaCode });
  });
  await world.settle();
};

describe("what the staff read", () => {
  it("shows the staff's half of the findings, with their institution, page by page", async () => {
    const own = await world.municipality("Comune Segnalato");
    const other = await world.municipality("Comune Segnalato Due");
    await ended(own.body.ipaCode);
    world.pass(1000);
    await ended(other.body.ipaCode);
    const { call } = await world.staff(["assistenza"]);
    const first = await call(api.findings.ofStaff, { query: { limit: 1 } });
    expect(first.items[0]).toMatchObject({ kind: "registry-body-ended", institution: { id: other.id } });
    const second = await call(api.findings.ofStaff, { query: { limit: 1, cursor: first.next! } });
    expect(second.items[0]!.institution).toEqual({ id: own.id, name: "Comune Segnalato" });
  });

  it("shows a reviewer what is of their product, or of none", async () => {
    const own = await world.municipality();
    await world.database.asSystem(({ connection }) =>
      connection.query(
        "insert into findings (audience, institution_id, kind, severity, product_id, subject, raised_at) select 'staff', $1, 'registry-body-ended', 'attention', p, p, now() + interval '1 day' from unnest(array['pagopa', 'altro']) p",
        [own.id],
      ),
    );
    const productsSeen = async (groups: string[]) => {
      const { items } = await (await world.staff(groups)).call(api.findings.ofStaff, { query: { limit: 100 } });
      return [...new Set(items.map((f) => f.productId))].sort();
    };
    expect(await productsSeen(["revisori-pagopa"])).toEqual([null, "pagopa"].sort());
    expect(await productsSeen(["revisori"])).toEqual([null, "pagopa", "altro"].sort());
  });

  it("finds institutions by a part of their name or a whole code, and nothing by a wildcard", async () => {
    const own = await world.municipality("Comune di Pietra 100% Liscia");
    const { call } = await world.staff(["assistenza"]);
    const found = async (search: string) =>
      (await call(api.institutions.search, { query: { search } })).items.map((i) => i.id);
    expect(await found("pietra 100% l")).toEqual([own.id]);
    expect(await found(own.body.taxCode)).toEqual([own.id]);
    expect(await found(own.body.ipaCode.toUpperCase())).toEqual([own.id]);
    expect(await found("_____")).toEqual([]);
    expect(await found("%%%%")).toEqual([]);
    const all = await call(api.institutions.search, { query: { limit: 1 } });
    const next = await call(api.institutions.search, { query: { limit: 1, cursor: all.next! } });
    expect(next.items[0]!.name >= all.items[0]!.name && next.items[0]!.id !== all.items[0]!.id).toBe(true);
  });

  it("leaves every reading of an institution in that institution's trail, with purpose and without a name", async () => {
    const own = await world.municipality();
    const support = await world.staff(["assistenza"]);
    await support.call(api.institutions.readByStaff, { params: { institutionId: own.id } });
    const auditor = await world.staff(["auditor"]);
    const seen = await auditor.call(api.audit.ofInstitutionByStaff, { params: { institutionId: own.id }, query: {} });
    expect(seen.items[0]).toMatchObject({
      action: "staff.institution.read",
      actor: { kind: "staff", name: "Persona del Personale", purpose: "support" },
    });
    const admin = await own.admin();
    const own1 = await admin.call(api.audit.trail, { params: { institutionId: own.id }, query: {} });
    expect(own1.items.slice(0, 2).map((l) => [l.action, l.actor])).toEqual([
      ["staff.institution.read", { kind: "staff", name: null, partner: null, purpose: "audit" }],
      ["staff.institution.read", { kind: "staff", name: null, partner: null, purpose: "support" }],
    ]);
    expect((await verifyChain(world.database, own.id)).whole).toBe(true);
  });

  it("starts no chain for an institution that does not exist", async () => {
    const nowhere = { institutionId: "00000000-0000-4000-8000-000000000000" };
    const { call } = await world.staff(["sicurezza"]);
    expect(await codeOf(call(api.institutions.readByStaff, { params: nowhere }))).toBe("institution-unknown");
    expect(await codeOf(call(api.audit.ofInstitutionByStaff, { params: nowhere, query: {} }))).toBe(
      "institution-unknown",
    );
    const { rows } = await world.database.asSystem(({ connection }) =>
      connection.query("select 1 from audit_chains where chain = $1", [nowhere.institutionId]),
    );
    expect(rows).toEqual([]);
  });

  it("reads the portal's trail, where a refusal to somebody of the staff stands with their name", async () => {
    const product = await world.staff(["prodotti"]);
    expect(await codeOf(product.call(api.audit.ofPortal, { query: {} }))).toBe("permission-missing");
    const { call } = await world.staff(["auditor"]);
    const { items } = await call(api.audit.ofPortal, { query: { limit: 5 } });
    expect(items[0]).toMatchObject({
      action: "permission.refused",
      outcome: "refused",
      actor: { kind: "staff", name: "Persona del Personale", purpose: "audit" },
    });
  });

  it("opens across institutions only what the purpose needs, and only to read", async () => {
    const own = await world.municipality();
    await ended(own.body.ipaCode);
    const count = (purpose: "support" | "monitoring" | "audit", table: string) =>
      world.database.transaction({ purpose }, async ({ connection }) => {
        const { rows } = await connection.query<{ n: number }>(`select count(*)::int as n from ${table}`);
        return rows[0]!.n > 0;
      });
    expect(await count("support", "institutions")).toBe(true);
    for (const table of ["findings", "memberships", "agreements", "contacts", "onboardings", "audit_lines"])
      expect([table, await count("support", table)]).toEqual([table, false]);
    expect(await count("monitoring", "findings")).toBe(true);
    expect(await count("monitoring", "audit_lines")).toBe(false);
    const { rows } = await world.database.transaction({ purpose: "audit" }, ({ connection }) =>
      connection.query<{ chain: string }>("select distinct chain from audit_lines"),
    );
    expect(rows).toEqual([{ chain: "portal" }]);
    const touched = await world.database.transaction({ purpose: "support" }, ({ connection }) =>
      connection.query("update institutions set name = 'x'"),
    );
    expect(touched.affected).toBe(0);
  });
});
