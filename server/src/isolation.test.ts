import {
  type AnyEndpoint,
  api,
  endpointsOf,
  fillPath,
  may,
  type Permission,
  type Profile,
  pathParameters,
  problems,
  profileNames,
} from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorld, type SignedIn, type World } from "./testing/world.ts";

/*
 * The isolation matrix: every endpoint × every kind of caller, built from the examples that the endpoints carry.
 * A cell is right when exactly those pass who may. "Pass" is: neither 401 nor 403, nor a foreign thing found.
 */
type Caller = { name: string; who: SignedIn | null; profile: Profile | null; here: boolean };

let world: World;
let callers: Caller[] = [];
let things: Record<string, string> = {};
let otherAgreement = "";
const cells = { tried: 0, wrong: [] as string[] };

beforeAll(async () => {
  world = await makeWorld();
  const own = await world.municipality("Comune Proprio");
  const other = await world.municipality("Comune Altrui");
  const now = Date.now();
  const day = 86_400_000;
  callers = [
    { name: "nobody", who: null, profile: null, here: false },
    { name: "a stranger", who: await world.person(), profile: null, here: false },
    ...(await Promise.all(
      profileNames.map(async (profile) => ({
        name: `${profile} here`,
        who: await own.member(profile),
        profile,
        here: true,
      })),
    )),
    ...(await Promise.all(
      profileNames.map(async (profile) => ({
        name: `${profile} elsewhere`,
        who: await other.member(profile),
        profile,
        here: false,
      })),
    )),
    {
      name: "suspended administrator",
      who: await own.member("administrator", { state: "suspended" }),
      profile: "administrator",
      here: false,
    },
    {
      name: "ended administrator",
      who: await own.member("administrator", { state: "ended" }),
      profile: "administrator",
      here: false,
    },
    {
      name: "expired administrator",
      who: await own.member("administrator", { beginsAt: new Date(now - 2 * day), endsAt: new Date(now - day) }),
      profile: "administrator",
      here: false,
    },
    {
      name: "administrator not yet begun",
      who: await own.member("administrator", { beginsAt: new Date(now + day) }),
      profile: "administrator",
      here: false,
    },
    {
      name: "administrator of another product",
      who: await own.member("administrator", { productId: "pagopa" }),
      profile: "administrator",
      here: false,
    },
  ];
  // One thing of each kind, made by somebody else again: nobody in the list may touch what is personal.
  const owner = await world.person();
  const body = await world.body();
  const onboarding = await owner.call(api.onboarding.submit, { body: world.request(body) });
  await world.settle();
  const draft = await owner.call(api.onboarding.drafts.open, { body: { productId: "pagopa" } });
  const agreement = async (institutionId: string) =>
    (
      await world.database.asSystem(({ connection }) =>
        connection.query<{ id: string }>("select id from agreements where institution_id = $1", [institutionId]),
      )
    ).rows[0]?.id;
  const joined = await world.person();
  const ownAgain = await joined.call(api.onboarding.submit, { body: world.request(await world.body()) });
  await world.settle();
  otherAgreement = (await agreement(ownAgain.institution.id))!;
  things = {
    institutionId: own.id,
    onboardingId: onboarding.id,
    draftId: draft.id,
    ipaCode: own.body.ipaCode,
    registry: "ivass",
    taxCode: own.body.taxCode,
    agreementId: otherAgreement,
  };
});
afterAll(() => world.close());

const send = async (caller: Caller, endpoint: AnyEndpoint, params: Record<string, string>) => {
  const query = new URLSearchParams(endpoint.example.query).toString();
  const reach = world.reach(caller.who ? { cookie: caller.who.cookie } : {});
  const headers: Record<string, string> = endpoint.versioned ? { "if-match": '"1"' } : {};
  let body: BodyInit | undefined;
  if (endpoint.upload) {
    const form = new FormData();
    for (const [k, v] of Object.entries((endpoint.example.body ?? {}) as Record<string, string>)) form.set(k, v);
    form.set("file", new Blob(["x"]), "x.pdf");
    body = form;
  } else if (endpoint.example.body !== undefined) {
    headers["content-type"] = "application/json";
    body = JSON.stringify(endpoint.example.body);
  }
  const response = await reach(
    `http://portal.test/api/v1${fillPath(endpoint.path, params)}${query ? `?${query}` : ""}`,
    { method: endpoint.method, headers, ...(body ? { body } : {}) },
  );
  const text = await response.text();
  return {
    status: response.status,
    code: response.status >= 400 ? ((JSON.parse(text) as { code?: string }).code ?? "?") : "ok",
  };
};

/** Ids that belong to one person: to anybody else they must look absent. */
const personal = new Set(["draftId", "onboardingId"]);

const wanted = (endpoint: AnyEndpoint, caller: Caller): "pass" | "unknown person" | "refused" | "absent" => {
  if (endpoint.needs === "nobody") return "pass";
  if (!caller.who) return "unknown person";
  if (endpoint.needs === "anyone")
    return pathParameters(endpoint.path).some((p) => personal.has(p)) ? "absent" : "pass";
  const holds =
    caller.here &&
    caller.profile !== null &&
    may(
      [{ productId: "institution", profile: caller.profile, state: "active", beginsAt: new Date(0), endsAt: null }],
      endpoint.needs as Permission,
      new Date(),
    );
  if (!holds) return "refused";
  // A permitted caller who names a thing of another institution finds nothing.
  return pathParameters(endpoint.path).includes("agreementId") ? "absent" : "pass";
};

describe("the isolation matrix", () => {
  const endings = new Set(["identity.leave"]);
  for (const { name, endpoint } of endpointsOf(api))
    it(`${endpoint.method} ${endpoint.path} (${name}) opens to exactly who may`, async () => {
      const params = Object.fromEntries(pathParameters(endpoint.path).map((p) => [p, things[p] ?? "missing"]));
      for (const caller of callers) {
        // Leaving ends the session of who tries it: that cell has a test of its own.
        if (endings.has(name) && caller.who) continue;
        const { status, code } = await send(caller, endpoint, params);
        const want = wanted(endpoint, caller);
        cells.tried++;
        const right =
          want === "unknown person"
            ? status === 401
            : want === "refused"
              ? status === 403 && code === "permission-missing"
              : want === "absent"
                ? status === 404
                : status < 500 &&
                  status !== 401 &&
                  !(status === 403 && ["permission-missing", "request-forged"].includes(code));
        if (!right) cells.wrong.push(`${name} × ${caller.name}: wanted ${want}, got ${status} ${code}`);
      }
      expect(cells.wrong).toEqual([]);
    });

  it("tried every cell and found none wrong", () => {
    expect(cells.tried).toBeGreaterThan(endpointsOf(api).length * (callers.length - 1));
    expect(cells.wrong).toEqual([]);
  });

  it("every path parameter of the promise has a thing in this matrix", () => {
    const missing = endpointsOf(api)
      .flatMap(({ endpoint }) => pathParameters(endpoint.path))
      .filter((p) => !(p in things));
    expect(missing).toEqual([]);
  });

  it("every refusal names its own status", () => {
    for (const { endpoint } of endpointsOf(api))
      for (const code of endpoint.problems) expect(problems[code]).toBeGreaterThanOrEqual(400);
  });
});
