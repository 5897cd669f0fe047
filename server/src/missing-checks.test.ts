import { type AnyEndpoint, api, endpointsOf } from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf } from "./testing/refusals.ts";
import { makeWorld, type SignedIn, type World } from "./testing/world.ts";

/*
 * Checks that were found missing elsewhere, where an institution could reach what belongs to another: a test for each that
 * is about something that is here. What is not here yet (stations, channels, keys, maintenances) meets the isolation matrix
 * with its first endpoint.
 */
let world: World;
type At = Awaited<ReturnType<World["municipality"]>>;
let own: At;
let other: At;
let mine: SignedIn;
let theirs: SignedIn;
let iban: string;
const query = { environment: "test" as const };
const account = { iban: "IT60X0542811101000000123456", description: "Conto di tesoreria", validFrom: "2099-01-01" };
beforeAll(async () => {
  world = await makeWorld();
  [own, other] = [await world.municipality(), await world.municipality()];
  const admin = async (at: At) =>
    world.confirm(await at.member("administrator", { productId: "pagopa" }, await at.admin()));
  [mine, theirs] = [await admin(own), await admin(other)];
  const registered = await theirs.call(api.pagopa.ibans.register, {
    params: { institutionId: other.id },
    query,
    body: account,
  });
  iban = registered.id;
});
afterAll(() => world.close());

/** Asked at the other institution's address, and at one's own with the other's id. */
const both = async (ask: (institutionId: string) => Promise<unknown>) => [
  await codeOf(ask(other.id)),
  await codeOf(ask(own.id)),
];

describe("creditor institutions", () => {
  it("the data, the people and the contacts of another are refused, read or written", async () => {
    const params = { institutionId: other.id };
    const personId = theirs.id;
    for (const ask of [
      () => mine.call(api.institutions.read, { params }),
      () => mine.call(api.people.list, { params }),
      () => mine.call(api.people.read, { params: { ...params, personId } }),
      () => mine.call(api.people.memberships, { params }),
      () => mine.call(api.people.suspend, { params: { ...params, personId }, body: { productId: null } }),
      () => mine.call(api.people.remove, { params: { ...params, personId }, body: { productId: null } }),
      () => mine.call(api.agreements.ofInstitution, { params }),
      () => mine.call(api.findings.list, { params }),
    ])
      expect(await codeOf(ask())).toBe("permission-missing");
    // A person of the other institution, named at one's own.
    expect(await codeOf(mine.call(api.people.read, { params: { institutionId: own.id, personId } }))).toBe(
      "person-unknown",
    );
  });
});

describe("lists to download", () => {
  it("the file of another institution is refused, and one's own holds nobody else", async () => {
    expect(await codeOf(mine.call(api.people.permissions.export, { params: { institutionId: other.id } }))).toBe(
      "permission-missing",
    );
    const file = await mine.call(api.people.permissions.export, { params: { institutionId: own.id } });
    expect(await file.text()).not.toContain(`${theirs.name.familyName}";"${theirs.name.givenName}`);
  });
});

describe("by id, without the institution: IBANs and their end", () => {
  it("is neither read, changed, labelled, retired nor kept by another institution", async () => {
    const at = (institutionId: string) => ({ params: { institutionId, ibanId: iban }, query });
    const asks: ((institutionId: string) => Promise<unknown>)[] = [
      (i) => mine.call(api.pagopa.ibans.read, at(i)),
      (i) =>
        mine.call(api.pagopa.ibans.change, {
          ...at(i),
          body: { description: "Nostro", validFrom: "2099-01-01", validUntil: null },
          version: 1,
        }),
      (i) => mine.call(api.pagopa.ibans.label, { ...at(i), body: { labels: [] }, version: 1 }),
      (i) => mine.call(api.pagopa.ibans.retire, { ...at(i), body: { on: "2099-06-01" } }),
      (i) => mine.call(api.pagopa.ibans.keep, at(i)),
    ];
    for (const ask of asks) expect(await both(ask)).toEqual(["permission-missing", "iban-unknown"]);
    const still = await theirs.call(api.pagopa.ibans.read, at(other.id));
    expect(still).toMatchObject({ description: "Conto di tesoreria", version: 1, retiresOn: null });
  });
});

describe("the role, and not only the institution", () => {
  it("every endpoint of an institution asks for a permission, and who holds none of it is refused at their own", async () => {
    const operator = await own.member("operator");
    const open = endpointsOf(api).filter(
      ({ endpoint }) =>
        (endpoint as AnyEndpoint).path.startsWith("/institutions/:institutionId") && endpoint.needs === "anyone",
    );
    expect(open.map(({ name }) => name)).toEqual([]);
    const params = { institutionId: own.id };
    for (const ask of [
      () => operator.call(api.pagopa.ibans.list, { params, query }),
      () => operator.call(api.pagopa.ibans.register, { params, query, body: account }),
      () => operator.call(api.people.profiles.list, { params }),
      () => operator.call(api.people.requests.list, { params }),
      () => operator.call(api.audit.trail, { params }),
    ])
      expect(await codeOf(ask())).toBe("permission-missing");
  });
});
