import { randomUUID } from "node:crypto";
import {
  type AnyEndpoint,
  api,
  delicatePermissions,
  endpointsOf,
  fillPath,
  grantsOn,
  type HeldProfile,
  isStaffNeed,
  mandateProblems,
  mayBeDelegated,
  type Permission,
  pathParameters,
  problems,
  profileNames,
  type StaffHolding,
  staffMay,
} from "@area/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertNomination } from "./nominations/store.ts";
import { insertRecovery } from "./people/recoveries-store.ts";
import { currentRepresentative } from "./people/representatives-store.ts";
import { hashOfSession } from "./platform/http.ts";
import { databaseKind, makeWorld, type SignedIn, someone, type World } from "./testing/world.ts";

/*
 * The isolation matrix: every endpoint × every kind of caller × whose things are named, built from the examples that the
 * endpoints carry. A cell is right when exactly those pass who may. "Pass" is: neither 401 nor 403, nor a foreign thing found.
 * Writes are dry runs, so that no cell changes what the next one sees. The whole matrix runs on PostgreSQL, where cells go
 * side by side; the embedded database, which takes one statement at a time, tries every way of holding here, and every
 * moment of one of them.
 */
type Caller = {
  name: string;
  who: Pick<SignedIn, "cookie"> | null;
  /** What the caller's membership gives at the institution of the path, if it holds there now. */
  gives: readonly Permission[];
  /** Works for the institution of the path, now. */
  member: boolean;
  /** The delegation that each request of theirs names, and where what it gives holds; they work for the institution not otherwise. */
  mandate?: string;
  environments?: readonly ("test" | "production")[];
  /** The staff profiles of a caller of the other door; null once their session is over. */
  staff?: StaffHolding[] | null;
};
/** The ids in a path, each of the own institution and of another. */
type Things = Record<string, { own: string; foreign: string }>;

let world: World;
let callers: Caller[] = [];
let things: Things = {};
const cells = { tried: 0, wrong: [] as string[] };

const CUSTOM: Permission[] = ["institution:agreements:read", "institution:people:write"];
const GROUP = "read-only" as const;
const GRANTED: Permission[] = ["institution:audit-trail:read"];
/** How somebody comes to hold something: each built-in profile, a custom one, a group, single permissions on request. */
const ways = [
  ...profileNames.map((profile) => ({ way: profile as string, gives: grantsOn("institution", profile) })),
  { way: "custom profile", gives: CUSTOM },
  { way: "group", gives: grantsOn("institution", GROUP) },
  { way: "granted permission", gives: GRANTED },
];
/** The whole matrix is PostgreSQL's: the embedded database tries some of each sort. */
const whole = databaseKind === "postgres";
const QUICK: HeldProfile[] = ["administrator", "technical-referent"];
const day = 86_400_000;
const moments = (way: string) => allMoments().filter((m) => whole || m.holds || way === "custom profile");
const allMoments = () => [
  { when: "here", at: {}, holds: true, elsewhere: false },
  { when: "elsewhere", at: {}, holds: false, elsewhere: true },
  { when: "suspended", at: { state: "suspended" as const }, holds: false, elsewhere: false },
  { when: "removed", at: { state: "ended" as const }, holds: false, elsewhere: false },
  {
    when: "expired",
    at: { beginsAt: new Date(Date.now() - 2 * day), endsAt: new Date(Date.now() - day) },
    holds: false,
    elsewhere: false,
  },
  { when: "not yet begun", at: { beginsAt: new Date(Date.now() + day) }, holds: false, elsewhere: false },
];

/** One thing of each kind at an institution. */
const thingsAt = async (at: Awaited<ReturnType<World["municipality"]>>) => {
  const maker = await at.member("administrator");
  const profileId = await at.customProfile(maker, "Solo documenti e persone", CUSTOM);
  const groupId = await at.group("Ufficio", GROUP);
  const person = await at.member("operator");
  await at.member(GROUP, { groupId }, person);
  const membershipId = (
    await maker.call(api.people.read, { params: { institutionId: at.id, personId: person.id } })
  ).memberships.find((m) => m.profile === "operator")!.id;
  const invitation = await maker.call(api.people.invitations.invite, {
    params: { institutionId: at.id },
    body: { ...someone(), offers: [{ productId: "institution", choice: { profile: "operator" } }] },
  });
  const request = await person.call(api.people.requests.ask, {
    params: { institutionId: at.id },
    body: { permission: "institution:audit-trail:read" },
  });
  const both = await world.confirm(await at.member("administrator", { productId: "pagopa" }, maker));
  const account = (validFrom: string) => ({
    iban: "IT60X0542811101000000123456",
    description: "Conto di tesoreria",
    validFrom,
  });
  const test = { params: { institutionId: at.id }, query: { environment: "test" as const } };
  const { id: ibanId } = await both.call(api.pagopa.ibans.register, { ...test, body: account("2099-01-01") });
  const { id: importId } = await both.call(api.pagopa.ibanImports.check, {
    ...test,
    body: {},
    file: new Blob(["descrizione,iban,dataattivazioneiban,operazione\nx,IT60X0542811101000000123456,,UPDATE\n"]),
    fileName: "iban.csv",
  });
  // On the node in both environments, with a station in each; the one in Produzione waits to be looked at.
  const address = { address: "Via", city: "Prova", zipCode: "00100", county: "RM", taxDomicile: "Via" };
  const settings = { connection: "sync" as const, noticeUrl: "https://pagamenti.comune-prova.it/pagopa" };
  let stationCode = "";
  for (const environment of ["test", "production"] as const) {
    const node = { params: { institutionId: at.id }, query: { environment } };
    await both.call(api.pagopa.registration.register, { ...node, version: 0, body: address });
    stationCode = (await both.call(api.pagopa.stations.create, { ...node, body: { settings } })).code;
  }
  const { id: associationId } = await both.call(api.pagopa.associations.associate, {
    params: { institutionId: at.id, stationCode },
    query: { environment: "test" },
    body: { institutionId: at.id, segregationCode: "07" },
  });
  const stationChangeId = (
    await both.call(api.pagopa.stations.read, {
      params: { institutionId: at.id, stationCode },
      query: { environment: "production" },
    })
  ).change!.id;
  const { id: proposalId } = await both.call(api.proposals.propose, {
    params: { institutionId: at.id },
    body: { endpoint: "pagopa.ibans.register", query: { environment: "production" }, body: account("2099-01-01") },
  });
  // A delegation to a partner whose people are not in this matrix; an assignment, as if the institution were a partner itself.
  const delegationId = await world.delegate(at, await world.partner());
  const assignmentId = await world.database.asSystem(
    async ({ connection }) =>
      (
        await connection.query<{ id: string }>(
          "insert into delegation_assignments (partner_id, product_id, made_by, made_at) values ($1, 'pagopa', $2, now()) returning id",
          [at.id, maker.id],
        )
      ).rows[0]!.id,
  );
  const recoveryId = await world.database.asSystem(({ db }) =>
    insertRecovery(db, {
      institutionId: at.id,
      personId: maker.id,
      says: "member",
      email: world.cipher.seal(maker.name.email),
      emailIndex: world.cipher.index("mail", maker.name.email),
      message: "",
      pec: at.body.pec,
      pecFromRegistry: true,
      representativeIndex: null,
      at: new Date(),
      expiresAt: new Date(Date.now() + 30 * day),
      vouched: false,
    }),
  );
  const nominationId = randomUUID();
  await world.storage.put(`nominations/${nominationId}.pdf`, Buffer.from("x"), "application/pdf");
  await world.database.asSystem(async ({ db }) =>
    insertNomination(db, {
      ...someone(),
      id: nominationId,
      institutionId: at.id,
      productId: "pagopa",
      fiscalCode: world.cipher.seal("X"),
      fiscalCodeIndex: world.cipher.index("fiscal-code", nominationId),
      email: world.cipher.seal("x@posta.example"),
      endsAt: null,
      representativeId: (await currentRepresentative(db, at.id))!.id,
      openedBy: maker.id,
      at: new Date(),
      file: {
        fileName: "x.pdf",
        length: 1,
        sha256: Buffer.alloc(32),
        storageKey: `nominations/${nominationId}.pdf`,
      },
    }),
  );
  const review = await maker.call(api.people.reviews.open, { params: { institutionId: at.id } });
  const fileId = await world.database.asSystem(async ({ connection }) => {
    const { rows } = await connection.query<{ id: string }>(
      "insert into aggregate_files (institution_id, product_id, uploaded_by, uploaded_at, name, sha256, rows, accepted) values ($1, 'pagopa', $2, now(), 'enti.csv', 'x', 1, 1) returning id",
      [at.id, maker.id],
    );
    return rows[0]!.id;
  });
  // A version of a text of its own, which this institution is asked to accept.
  const templateId = "adesione";
  const acceptanceVersion = `9.${Math.floor(Math.random() * 1e9)}.0`;
  const editor = await world.staff(["prodotti"]);
  const acceptanceId = await world.database.asSystem(async ({ connection }) => {
    const { rows } = await connection.query<{ id: string }>(
      `with proposed as (
         insert into template_proposals (template_id, base_version, version, content, summary, way, days, reminder_days, overdue, reason, state, proposed_by, proposed_at, answered_by, answered_at)
         values ($1, '1.0.0', $2, (select content from agreement_templates where id = $1 and version = '1.0.0'), 'x', 'online', 30, '[]', 'stays', 'x', 'withdrawn', $3, now(), $3, now()) returning id
       ), published as (
         insert into template_publications (template_id, version, base_version, summary, way, days, reminder_days, overdue, proposal_id, published_at)
         select $1, $2, '1.0.0', 'x', 'online', 30, '[]', 'stays', id, now() from proposed returning version
       )
       insert into agreement_templates (id, version, language, content, digest, published_at)
         select $1, version, 'it', (select content from agreement_templates where id = $1 and version = '1.0.0'), 'x', now() from published returning id`,
      [templateId, acceptanceVersion, editor.id],
    );
    expect(rows).toHaveLength(1);
    return (
      await connection.query<{ id: string }>(
        `insert into agreement_acceptances (institution_id, product_id, template_id, from_version, version, asked_at, due_at)
         values ($1, 'pagopa', $2, '1.0.0', $3, now(), now() + interval '30 days') returning id`,
        [at.id, templateId, acceptanceVersion],
      )
    ).rows[0]!.id;
  });
  const next = await world.partner();
  const { id: moveId } = await maker.call(api.delegations.moves.plan, {
    params: { institutionId: at.id },
    body: { delegationId, partnerId: next.id, cutOverAt: "2099-01-01T00:00:00Z" },
  });
  return {
    acceptanceId,
    templateId,
    version: acceptanceVersion,
    fileId,
    moveId,
    delegationId,
    assignmentId,
    institutionId: at.id,
    nominationId,
    reviewId: review.id,
    recoveryId: recoveryId!,
    profileId,
    groupId,
    personId: person.id,
    membershipId,
    invitationId: invitation.id,
    requestId: request.id,
    ibanId,
    importId,
    stationCode,
    associationId,
    stationChangeId,
    proposalId,
  };
};

/** A product without permissions of its own: what is of each product is asked on this one. */
const EACH = "io-sign";
const BOTH: Permission[] = grantsOn("pagopa", "administrator");
const READS: Permission[] = grantsOn("pagopa", "read-only");
const ALWAYS = ["test", "production"] as const;
/** People of partners, each with one delegation of the institution that every request of theirs names. */
const delegates = async (
  own: Awaited<ReturnType<World["municipality"]>>,
  other: Awaited<ReturnType<World["municipality"]>>,
): Promise<Caller[]> => {
  type Case = {
    name: string;
    /** What the delegation becomes after it was made: columns, as SQL. */
    set?: string;
    profile?: (typeof profileNames)[number];
    gives?: Permission[];
    environments?: readonly ("test" | "production")[];
    permissions?: Permission[];
    of?: typeof own;
    after?: (firm: typeof own) => string;
    assign?: boolean;
    names?: string | null;
    quick?: boolean;
    productId?: string;
  };
  // The own institution joined through an aggregator; another aggregator has nothing to do with it.
  const aggregator = await world.municipality();
  const stranger = await world.municipality();
  await world.database.asSystem(({ connection }) =>
    connection.query(
      "update institution_products set aggregator_id = $2 where institution_id = $1 and product_id = 'pagopa'",
      [own.id, aggregator.id],
    ),
  );
  // What is delicate never reaches an aggregate.
  const READ = BOTH.filter((p) => !delicatePermissions.includes(p));
  const cases: Case[] = [
    {
      name: "delegate of the aggregator, aggregates served",
      of: aggregator,
      set: "aggregates = true",
      gives: READ,
      quick: true,
    },
    { name: "delegate of the aggregator alone", of: aggregator, quick: true },
    {
      name: "delegate of the aggregator in Collaudo, aggregates served",
      of: aggregator,
      set: "aggregates = true, environment = 'test'",
      gives: READ,
      environments: ["test"],
    },
    { name: "delegate of the aggregator, revoked", of: aggregator, set: "aggregates = true, state = 'revoked'" },
    {
      name: "delegate of the aggregator, on another product",
      of: aggregator,
      set: "aggregates = true, product_id = 'io'",
    },
    { name: "delegate of another aggregator", of: stranger, set: "aggregates = true", quick: true },
    { name: "delegate", gives: BOTH, quick: true },
    {
      name: "delegate in Collaudo alone",
      set: "environment = 'test'",
      gives: BOTH,
      environments: ["test"],
      quick: true,
    },
    {
      name: "delegate in Produzione alone",
      set: "environment = 'production'",
      gives: BOTH,
      environments: ["production"],
    },
    { name: "delegate who may only read", permissions: READS, gives: READS },
    { name: "delegate whose profile only reads", profile: "read-only", gives: READS },
    { name: "delegate whose profile holds nothing", profile: "operator" },
    {
      name: "delegate on another product, set up there",
      productId: EACH,
      permissions: grantsOn(EACH, "administrator"),
      gives: grantsOn(EACH, "administrator"),
      environments: ["test"],
      set: `product_id = '${EACH}', environment = 'test'`,
      quick: true,
    },
    { name: "delegate, suspended", set: "state = 'suspended'" },
    { name: "delegate, revoked", set: "state = 'revoked'", quick: true },
    { name: "delegate, expired by the clock", set: "state = 'expired'" },
    {
      name: "delegate, past the end",
      set: "begins_at = now() - interval '2 days', ends_at = now() - interval '1 day'",
    },
    { name: "delegate, not yet begun", set: "begins_at = now() + interval '1 day'" },
    { name: "delegate, not accepted", set: "state = 'offered'" },
    { name: "delegate who asked", set: "state = 'asked'" },
    { name: "delegate, refused", set: "state = 'refused'" },
    { name: "delegate who is not assigned", assign: false },
    { name: "delegate on another product", set: "product_id = 'io'", quick: true },
    { name: "delegate of another institution", of: other, quick: true },
    { name: "delegate who names no mandate", names: null },
    { name: "delegate who names nonsense", names: "x' or true --" },
    {
      name: "delegate whose partner left the product",
      after: (firm) => `update institution_products set state = 'ended' where institution_id = '${firm.id}'`,
    },
    {
      name: "delegate whose partner is a partner no more",
      after: (firm) => `update institution_products set kind = 'PA' where institution_id = '${firm.id}'`,
    },
    {
      name: "delegate who was removed",
      after: (firm) =>
        `update memberships set state = 'ended' where institution_id = '${firm.id}' and profile = 'administrator' and product_id = 'pagopa'`,
    },
  ];
  const made: Caller[] = [];
  for (const c of cases.filter((one) => whole || one.quick)) {
    const firm = await world.partner();
    const id = await world.delegate(c.of ?? own, firm, c.assign === false ? { assign: false } : {});
    const productId = c.productId ?? "pagopa";
    if (productId !== "pagopa") await firm.joined(productId);
    const who = await firm.member(c.profile ?? "administrator", { productId });
    if (productId !== "pagopa")
      await world.database.asSystem(({ connection }) =>
        connection.query(
          "insert into delegation_assignments (partner_id, product_id, made_by, made_at) values ($1, $2, $3, now())",
          [firm.id, productId, who.id],
        ),
      );
    await world.database.asSystem(async ({ connection }) => {
      await connection.query(`update delegations set permissions = $2${c.set ? `, ${c.set}` : ""} where id = $1`, [
        id,
        c.permissions ?? BOTH,
      ]);
      if (c.after) await connection.query(c.after(firm));
    });
    made.push({
      name: c.name,
      who,
      gives: c.gives ?? [],
      member: false,
      environments: c.environments ?? ALWAYS,
      ...(c.names === null ? {} : { mandate: c.names ?? id }),
    });
  }
  return made;
};

beforeAll(async () => {
  world = await makeWorld();
  const own = await world.municipality("Comune Proprio");
  const other = await world.municipality("Comune Altrui");
  await own.joined(EACH);
  await other.joined(EACH);
  const here = await thingsAt(own);
  const there = await thingsAt(other);
  const hold = (at: typeof own, of: typeof here, way: string, m: Parameters<typeof own.member>[1]) =>
    way === "custom profile"
      ? at.member("custom", { ...m, profileId: of.profileId })
      : way === "group"
        ? at.member(GROUP, { ...m, groupId: of.groupId })
        : way === "granted permission"
          ? at.member("granted", { ...m, permissions: GRANTED })
          : at.member(way as HeldProfile, m);
  callers = [
    { name: "nobody", who: null, gives: [], member: false },
    { name: "a stranger", who: await world.person(), gives: [], member: false },
  ];
  // On a product: what is held there opens what is configured there, and nothing of the institution itself.
  for (const profile of profileNames.filter((name) => whole || QUICK.includes(name)))
    for (const { when, at, holds, elsewhere } of moments(profile))
      callers.push({
        name: `${profile} on pagoPA ${when}`,
        who: await (elsewhere ? other : own).member(profile, { ...at, productId: "pagopa" }),
        gives: holds ? grantsOn("pagopa", profile) : [],
        member: holds,
      });
  // The moments of a membership are the same on every product: one profile tries them all here.
  for (const profile of profileNames.filter((name) => whole || QUICK.includes(name)))
    for (const { when, at, holds, elsewhere } of moments(profile).filter(
      (m) => m.when === "here" || profile === "technical-referent",
    ))
      callers.push({
        name: `${profile} on a product of each ${when}`,
        who: await (elsewhere ? other : own).member(profile, { ...at, productId: EACH }),
        gives: holds ? grantsOn(EACH, profile) : [],
        member: holds,
      });
  callers.push({
    name: "administrator of both",
    who: await own.member("administrator", { productId: "pagopa" }, await own.member("administrator")),
    gives: [...grantsOn("institution", "administrator"), ...grantsOn("pagopa", "administrator")],
    member: true,
  });
  for (const { way, gives } of ways)
    for (const { when, at, holds, elsewhere } of moments(way))
      callers.push({
        name: `${way} ${when}`,
        who: await (elsewhere ? hold(other, there, way, at) : hold(own, here, way, at)),
        gives: holds ? gives : [],
        member: holds,
      });
  // What stands behind a membership is over: the group sleeps, who answers for the profile holds nothing any more.
  const sleeping = await own.group("Fermo", GROUP);
  await world.database.asSystem(({ connection }) =>
    connection.query("update groups set state = 'suspended' where id = $1", [sleeping]),
  );
  const gone = await own.member("administrator", { state: "ended" });
  const hollow = await own.customProfile(gone, "Vuoto", CUSTOM);
  callers.push(
    {
      name: "member of a suspended group",
      who: await own.member(GROUP, { groupId: sleeping }),
      gives: [],
      member: false,
    },
    {
      name: "custom profile that nobody answers for",
      who: await own.member("custom", { profileId: hollow }),
      gives: [],
      member: true,
    },
  );
  callers.push(...(await delegates(own, other)));
  // One of the institution's own people who names a mandate acts under it alone: what they hold is not added.
  const administrator = await own.member("administrator", { productId: "pagopa" });
  callers.push({
    name: "administrator on pagoPA who names a mandate",
    who: administrator,
    gives: [],
    member: true,
    mandate: here.delegationId,
    environments: ALWAYS,
  });
  const everyProduct = (profile: StaffHolding["profile"]): StaffHolding[] => [{ profile, productId: null }];
  const leaver = await world.staff(["sicurezza"]);
  await leaver.call(api.staff.leave, {});
  const staff: [name: string, groups: string[], holdings: StaffHolding[]][] = [
    ["reviewer of every product", ["revisori"], everyProduct("reviewer")],
    ["reviewer of one product", ["revisori-pagopa"], [{ profile: "reviewer", productId: "pagopa" }]],
    ["product manager", ["prodotti"], everyProduct("product-manager")],
    ["support", ["assistenza"], everyProduct("support")],
    ["auditor", ["auditor"], everyProduct("auditor")],
    ["security", ["sicurezza"], everyProduct("security")],
    ["staff without a group that counts", ["mensa"], []],
  ];
  for (const [name, groups, holdings] of staff.filter((_one, n) => whole || n % 2 === 1))
    callers.push({ name, who: await world.staff(groups), gives: [], member: false, staff: holdings });
  callers.push({ name: "staff whose session is over", who: leaver, gives: [], member: false, staff: null });
  // One thing of each kind, made by somebody else again: nobody in the list may touch what is personal.
  const owner = await world.person();
  const onboarding = await owner.call(api.onboarding.submit, { body: world.privateOperator() });
  await world.settle();
  const draft = await owner.call(api.onboarding.drafts.open, { body: { productId: "pagopa" } });
  /** An agreement, given to an institution. */
  const agreementOf = async (institutionId: string) => {
    const asked = await owner.call(api.onboarding.submit, { body: world.request(await world.body()) });
    await world.settle();
    return (
      await world.database.asSystem(({ connection }) =>
        connection.query<{ id: string }>(
          "update agreements set institution_id = $2 where institution_id = $1 returning id",
          [asked.institution.id, institutionId],
        ),
      )
    ).rows[0]!.id;
  };
  // A line in somebody's inbox: their own onboarding, cancelled from the mailbox of the institution.
  const given = await world.body();
  await owner.call(api.onboarding.submit, { body: world.request(given) });
  await world.settle();
  const cancel = world.linksTo(given.pec).find((l) => l.includes("/annulla/"))!;
  await world.anonymous(api.onboarding.links.cancel, { body: { token: cancel.split("/annulla/")[1]! } });
  await world.settle();
  const item = (await owner.call(api.inbox.list, { query: { view: "news" } })).items[0]!;
  const [session] = (await owner.call(api.identity.sessions.list, {})).items;
  const help = await owner.call(api.assistance.ask, {
    body: { page: "/enti", message: "Non vedo il mio ente.", email: "chi.chiede@posta.example" },
  });
  const ids: Record<string, [string, string]> = {
    assistanceRequestId: [help.id, help.id],
    acceptanceId: [here.acceptanceId, there.acceptanceId],
    // A text is of the company.
    templateId: [here.templateId, here.templateId],
    version: [here.version, here.version],
    institutionId: [own.id, own.id],
    onboardingId: [onboarding.id, onboarding.id],
    sessionId: [session!.id, session!.id],
    draftId: [draft.id, draft.id],
    ipaCode: [own.body.ipaCode, own.body.ipaCode],
    registry: ["ivass", "ivass"],
    taxCode: [own.body.taxCode, own.body.taxCode],
    agreementId: [await agreementOf(own.id), await agreementOf(other.id)],
    profileId: [here.profileId, there.profileId],
    groupId: [here.groupId, there.groupId],
    personId: [here.personId, there.personId],
    membershipId: [here.membershipId, there.membershipId],
    itemId: [item.id, item.id],
    invitationId: [here.invitationId, there.invitationId],
    requestId: [here.requestId, there.requestId],
    permission: ["institution:agreements:read", "institution:agreements:read"],
    ibanId: [here.ibanId, there.ibanId],
    importId: [here.importId, there.importId],
    stationCode: [here.stationCode, there.stationCode],
    associationId: [here.associationId, there.associationId],
    stationChangeId: [here.stationChangeId, here.stationChangeId],
    delegationId: [here.delegationId, there.delegationId],
    moveId: [here.moveId, there.moveId],
    assignmentId: [here.assignmentId, there.assignmentId],
    proposalId: [here.proposalId, there.proposalId],
    productId: ["pagopa", "pagopa"],
    nominationId: [here.nominationId, there.nominationId],
    reviewId: [here.reviewId, there.reviewId],
    fileId: [here.fileId, there.fileId],
    recoveryId: [here.recoveryId, there.recoveryId],
    changeId: [randomUUID(), randomUUID()],
  };
  things = Object.fromEntries(Object.entries(ids).map(([name, [o, f]]) => [name, { own: o, foreign: f }]));
}, 240_000);
afterAll(() => world.close());

type Whose = "own" | "foreign";
const send = async (caller: Caller, endpoint: AnyEndpoint, params: Record<string, string>, given?: unknown) => {
  const writes = endpoint.method !== "GET" && !endpoint.reads;
  const query = new URLSearchParams({ ...endpoint.example.query, ...(writes ? { dryRun: "true" } : {}) }).toString();
  const reach = world.reach(caller.who ? { cookie: caller.who.cookie } : {});
  const headers: Record<string, string> = {
    ...(endpoint.versioned ? { "if-match": '"1"' } : {}),
    ...(caller.mandate === undefined ? {} : { mandate: caller.mandate }),
  };
  const what = given ?? endpoint.example.body;
  let body: BodyInit | undefined;
  if (endpoint.upload) {
    const form = new FormData();
    for (const [k, v] of Object.entries((what ?? {}) as Record<string, string>)) form.set(k, v);
    form.set("file", new Blob(["x"]), "x.pdf");
    body = form;
  } else if (what !== undefined) {
    headers["content-type"] = "application/json";
    body = JSON.stringify(what);
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
const personal = new Set(["draftId", "onboardingId", "itemId", "requestId", "sessionId", "recoveryId"]);
/** Parameters that name a thing of an institution: another institution's must look absent. */
const subResources = (endpoint: AnyEndpoint) =>
  pathParameters(endpoint.path).filter((p) => things[p] && things[p].own !== things[p].foreign);

/** Verbs that ask, beside their endpoint's permission, for that of what they are about: here, an IBAN. */
const asksToo: Record<string, Permission> = {
  [`POST ${api.proposals.propose.path}`]: "pagopa:ibans:write",
  [`POST ${api.proposals.approve.path}`]: "pagopa:ibans:write",
  [`POST ${api.proposals.reject.path}`]: "pagopa:ibans:write",
};

const wanted = (endpoint: AnyEndpoint, caller: Caller, whose: Whose) => {
  if (endpoint.needs === "nobody") return "pass";
  // Two doors, two cookies: each side is nobody to the other.
  if (!caller.who || isStaffNeed(endpoint.needs) !== (caller.staff !== undefined)) return "unknown person";
  if (isStaffNeed(endpoint.needs)) {
    if (!caller.staff) return "unknown person";
    if (endpoint.needs === "staff") return "pass";
    const product = pathParameters(endpoint.path).includes("productId") ? things["productId"]?.own : undefined;
    return staffMay(caller.staff, endpoint.needs, product) ? "pass" : "refused";
  }
  // A mandate is nobody's but its own people's, and nobody of the matrix works for that partner.
  if (pathParameters(endpoint.path).includes("delegationId") && endpoint.needs === "anyone") return "absent";
  if (endpoint.needs === "anyone")
    return pathParameters(endpoint.path).some((p) => personal.has(p)) ? "absent" : "pass";
  const { query, body } = endpoint.example as { query?: Record<string, string>; body?: Record<string, unknown> };
  const environment = [query?.["environment"], body?.["environment"]].includes("test") ? "test" : "production";
  const holds =
    endpoint.needs === "member"
      ? caller.member
      : caller.environments
        ? caller.mandate !== undefined &&
          mayBeDelegated(endpoint) &&
          caller.gives.includes(endpoint.needs) &&
          caller.environments.includes(environment)
        : caller.gives.includes(endpoint.needs);
  if (!holds) return "refused";
  if (whose === "foreign" && subResources(endpoint).length > 0) return "absent";
  const too = asksToo[`${endpoint.method} ${endpoint.path}`];
  return too && !caller.gives.includes(too) ? "refused" : "pass";
};
const refusals: string[] = ["permission-missing", "not-a-member", ...mandateProblems];
const isRight = (want: ReturnType<typeof wanted>, status: number, code: string): boolean =>
  want === "unknown person"
    ? status === 401
    : want === "refused"
      ? status === 403 && refusals.includes(code)
      : want === "absent"
        ? status === 404
        : status < 500 &&
          status !== 401 &&
          !(status === 403 && [...refusals, "request-forged", "step-up-needed"].includes(code));

const stepUp = (who: NonNullable<Caller["who"]>, lasts = "10 minutes") =>
  world.database.asSystem(({ connection }) =>
    connection.query("update sessions set step_up_until = now() + $2::interval where id_hash = $1", [
      hashOfSession(who.cookie.split("=")[1]!),
      lasts,
    ]),
  );

/** Bodies that name a thing of another institution: whoever sends them, nothing of it is touched. */
const foreignBodies: Record<string, () => unknown[]> = {
  "people.give": () => [{ productId: "institution", choice: { profileId: things["profileId"]!.foreign } }],
  "people.groups.make": () => [
    { productId: "institution", name: "Altro", choice: { profileId: things["profileId"]!.foreign } },
  ],
  "people.invitations.invite": () => [
    { ...someone(), offers: [{ productId: "institution", choice: { profileId: things["profileId"]!.foreign } }] },
  ],
  "people.requests.ask": () => [{ permission: "institution:people:write", askedOf: things["personId"]!.foreign }],
  "proposals.propose": () => [
    {
      endpoint: "pagopa.ibans.change",
      params: { ibanId: things["ibanId"]!.foreign },
      query: { environment: "test" },
      body: { description: "Altro", validFrom: "2099-01-01", validUntil: null },
      version: 1,
    },
  ],
  "delegations.assignments.make": () => [
    { productId: "pagopa", delegationId: things["delegationId"]!.foreign },
    { productId: "pagopa", personId: things["personId"]!.foreign },
    { productId: "pagopa", groupId: things["groupId"]!.foreign },
  ],
  "people.groups.change": () => [{ name: "Altro", choice: { profileId: things["profileId"]!.foreign } }],
};

describe("the isolation matrix", () => {
  for (const [turn, { name, endpoint }] of endpointsOf(api).entries())
    it(`${endpoint.method} ${endpoint.path} (${name}) opens to exactly who may`, async () => {
      const paths: Whose[] = subResources(endpoint).length > 0 ? ["own", "foreign"] : ["own"];
      const paramsOf = (whose: Whose) =>
        Object.fromEntries(
          pathParameters(endpoint.path).map((p) => [
            p,
            p === "productId" && endpoint.needs.startsWith("product:") ? EACH : (things[p]?.[whose] ?? "missing"),
          ]),
        );
      // The embedded database, one statement at a time, takes a third of the callers, others for each endpoint.
      const here = whole ? callers : callers.filter((_one, n) => (n + turn) % 3 === 0);
      const tries = here.flatMap((caller) => [
        ...paths.map((whose) => async () => {
          const want = wanted(endpoint, caller, whose);
          // What asks for a fresh confirmation refuses whoever may, until they have confirmed; so does what is proposed.
          const asks = endpoint.stepUp || asksToo[`${endpoint.method} ${endpoint.path}`];
          if (asks && (want === "pass" || want === "absent")) {
            const { code } = await send(caller, endpoint, paramsOf(whose));
            if (endpoint.stepUp && code !== "step-up-needed")
              cells.wrong.push(`${name} × ${caller.name}: done without a confirmation`);
            await stepUp(caller.who!);
          }
          const { status, code } = await send(caller, endpoint, paramsOf(whose));
          // The next verb that asks for a confirmation finds none.
          if (asks && (want === "pass" || want === "absent")) await stepUp(caller.who!, "-1 minute");
          if (!isRight(want, status, code))
            cells.wrong.push(`${name} × ${caller.name} × ${whose}: wanted ${want}, got ${status} ${code}`);
        }),
        ...(foreignBodies[name]?.() ?? []).map((body) => async () => {
          const { status, code } = await send(caller, endpoint, paramsOf("own"), body);
          const want = wanted(endpoint, caller, "own");
          if (want === "pass" ? status < 400 || status >= 500 : !isRight(want, status, code))
            cells.wrong.push(`${name} × ${caller.name} × foreign body: got ${status} ${code}`);
        }),
      ]);
      cells.tried += tries.length;
      // A session that is confirmed in one cell would be found confirmed in the next: those go one by one.
      const side = endpoint.stepUp || asksToo[`${endpoint.method} ${endpoint.path}`] ? 1 : 8;
      for (let i = 0; i < tries.length; i += side)
        await Promise.all(tries.slice(i, i + side).map((attempt) => attempt()));
      expect(cells.wrong).toEqual([]);
    }, 120_000);

  it("tried every cell and found none wrong", () => {
    console.info(`isolation matrix: ${cells.tried} cells, ${cells.wrong.length} wrong`);
    expect(cells.tried).toBeGreaterThanOrEqual(
      Math.floor((endpointsOf(api).length * callers.length) / (whole ? 1 : 3)),
    );
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
