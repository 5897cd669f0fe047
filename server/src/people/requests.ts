import { type AccessRequest, api, may, type Permission, type Profile, productOf, type RequestState } from "@area/api";
import { joinedFrom, joinedWithTaxCode } from "../institutions/index.ts";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { chosen, datesIn, needsNomination, productOpen, writeMembership } from "./give-membership.ts";
import * as store from "./invitations-store.ts";
import { giversOf } from "./may-store.ts";
import { giftOf, holdingsOf, mayGive } from "./rules.ts";
import * as people from "./store.ts";

export const shownRequest = (r: store.RequestRow): AccessRequest => ({
  id: r.id,
  kind: r.kind as "membership" | "permission",
  person: { id: r.person_id, name: r.person_name },
  institution: { id: r.institution_id, name: r.institution_name },
  productId: r.product_id,
  profile: r.profile as Profile | null,
  permission: r.permission as Permission | null,
  wantedUntil: r.wanted_until?.toISOString() ?? null,
  message: r.message,
  askedOf: r.asked_of_name,
  state: r.state as RequestState,
  askedAt: r.asked_at.toISOString(),
  answeredAt: r.answered_at?.toISOString() ?? null,
  answeredBy: r.answered_by_name,
  note: r.note,
});
/** As who asked sees it: whoever is still outside does not learn who administers the institution. */
const shownToAsker = (r: store.RequestRow): AccessRequest => ({
  ...shownRequest(r),
  ...(r.kind === "membership" && r.state !== "granted" ? { answeredBy: null } : {}),
});
/** How many requests of a kind somebody can send in a day, in all and about one thing, and have waiting. */
const MOST = { membership: { waiting: 5, inADay: 10, ofOne: 3 }, permission: { waiting: 20, inADay: 30, ofOne: 3 } };
const DAY = 86_400;
const key = (r: store.RequestRow) => ({ at: r.asked_at.toISOString(), id: r.id });
const facts = (r: store.RequestRow) => ({
  requestId: r.id,
  personId: r.person_id,
  productId: r.product_id,
  kind: r.kind as "membership" | "permission",
  permission: r.permission,
});

/** What would be one too many, if it is: the number that was reached. */
const tooMany = async (
  db: Db,
  kind: "membership" | "permission",
  personId: string,
  institutionId: string,
  permission: Permission | null,
  now: Date,
): Promise<number | null> => {
  await store.lockRequestsOf(db, personId);
  const sent = await store.requestsSent(db, personId, kind, {
    institutionId,
    permission,
    since: new Date(now.getTime() - DAY * 1000),
  });
  const most = MOST[kind];
  if (sent.ofOne >= most.ofOne) return most.ofOne;
  if (sent.waiting >= most.waiting) return most.waiting;
  return sent.inADay >= most.inADay ? most.inADay : null;
};

export const requests = ({ cipher }: Pick<Parts, "cipher">) => ({
  /** Somebody who works for the institution, and has no access yet, asks for it. */
  join: handle(api.people.requests.join, async ({ body }, { db, actor, now, fail, emit, enter }) => {
    // Which institution it is, and whether they are there already, is not theirs to read: the portal itself looks.
    enter({ purpose: "system" });
    const asked = body.institution;
    const [institution] =
      "ipaCode" in asked ? await joinedFrom(db, asked.ipaCode) : await joinedWithTaxCode(db, asked.taxCode);
    if (!institution) return fail("institution-not-joined");
    if (!(await productOpen(db, institution.id, body.productId))) return fail("product-not-active");
    if ((await people.heldBy(db, institution.id, [actor.personId], now)).length > 0) return fail("already-here");
    const most = await tooMany(db, "membership", actor.personId, institution.id, null, now);
    if (most) return fail("too-many-access-requests", { most, seconds: DAY });
    const id = await store.insertRequest(db, {
      institutionId: institution.id,
      personId: actor.personId,
      kind: "membership",
      productId: body.productId,
      profile: body.profile,
      permission: null,
      wantedUntil: null,
      message: body.message,
      askedOf: null,
      email: cipher.seal(body.email),
      at: now,
    });
    if (!id) return fail("access-request-pending");
    const row = (await store.request(db, id))!;
    emit("people.access.requested", facts(row), { institutionId: institution.id });
    return shownToAsker(row);
  }),

  mine: handle(api.people.requests.mine, async ({ query }, { db, actor, enter }) => {
    // Their own rows, with the name of an institution that is not theirs yet.
    enter({ purpose: "system" });
    const ask = { after: keyIn(query.cursor, AtAndId), limit: query.limit + 1 };
    return pageOf(await store.requestsBy(db, actor.personId, ask), query.limit, shownToAsker, key);
  }),

  withdraw: handle(api.people.requests.withdraw, async ({ params }, { db, actor, now, fail, emit, enter }) => {
    enter({ purpose: "system" });
    await store.lockRequest(db, params.requestId);
    const row = await store.request(db, params.requestId, { personId: actor.personId });
    if (!row) return fail("access-request-unknown");
    if (!(await store.answerRequest(db, row.id, { state: "withdrawn", by: actor.personId, at: now })))
      return fail("access-request-answered");
    emit("people.access.withdrawn", facts(row), { institutionId: row.institution_id });
  }),

  /** A colleague asks for a permission. */
  ask: handle(api.people.requests.ask, async ({ params, body }, { db, connection, actor, now, fail, emit }) => {
    const { institutionId } = params;
    const productId = productOf(body.permission, body.productId);
    const until = body.until ? new Date(body.until) : null;
    if (until && until <= now) return fail("dates-out-of-order");
    if (may(await holdingsOf(db, institutionId, actor.personId, now), body.permission, now, productId))
      return fail("permission-already-held");
    if (body.askedOf) {
      const givers = await giversOf(connection, institutionId, body.permission, productId, now);
      if (!givers.some((g) => g.id === body.askedOf)) return fail("person-unknown");
    }
    const most = await tooMany(db, "permission", actor.personId, institutionId, body.permission, now);
    if (most) return fail("too-many-access-requests", { most, seconds: DAY });
    const id = await store.insertRequest(db, {
      institutionId,
      personId: actor.personId,
      kind: "permission",
      productId,
      profile: null,
      permission: body.permission,
      wantedUntil: until,
      message: body.message,
      askedOf: body.askedOf,
      email: null,
      at: now,
    });
    if (!id) return fail("access-request-pending");
    const row = (await store.request(db, id))!;
    emit("people.access.requested", facts(row), { institutionId });
    return shownRequest(row);
  }),

  list: handle(api.people.requests.list, async ({ params, query }, { db }) =>
    pageOf(
      await store.requestsOf(db, params.institutionId, {
        state: query.state,
        after: keyIn(query.cursor, AtAndId),
        limit: query.limit + 1,
      }),
      query.limit,
      shownRequest,
      key,
    ),
  ),

  grant: handle(api.people.requests.grant, async ({ params, body }, { db, actor, now, fail, emit }) => {
    const { institutionId, requestId } = params;
    await people.lockPeople(db, institutionId);
    const row = await store.request(db, requestId, { institutionId });
    if (!row) return fail("access-request-unknown");
    if (row.state !== "pending") return fail("access-request-answered");
    const dates = datesIn({ endsAt: body.endsAt }, now);
    if (!dates) return fail("dates-out-of-order");
    const productId = row.kind === "permission" ? row.product_id : (body.productId ?? row.product_id);
    if (!(await productOpen(db, institutionId, productId))) return fail("product-not-active");
    const choice =
      row.kind === "permission"
        ? { gift: giftOf(productId, "granted", [row.permission as Permission]), profileId: null }
        : await chosen(db, institutionId, productId, body.choice ?? { profile: row.profile as Profile });
    if (!choice) return fail("profile-unknown");
    if (!mayGive(await holdingsOf(db, institutionId, actor.personId, now), choice.gift, now))
      return fail("grant-exceeds-own");
    if (await needsNomination(db, choice.gift)) return fail("nomination-needed");
    const written = await writeMembership({ db, now, emit }, institutionId, {
      personId: row.person_id,
      gift: choice.gift,
      profileId: choice.profileId,
      ...dates,
      givenBy: actor.personId,
    });
    if (typeof written === "string") return fail(written);
    if (row.email) {
      const email = Buffer.from(row.email);
      await people.keepContact(db, {
        personId: row.person_id,
        institutionId,
        email,
        emailIndex: cipher.index("mail", cipher.open(email)),
      });
    }
    const answered = await store.answerRequest(db, row.id, {
      state: "granted",
      by: actor.personId,
      at: now,
      note: body.note,
      membershipId: written.id,
    });
    // Refused or withdrawn in the same moment: what was given goes back with the transaction.
    if (!answered) return fail("access-request-answered");
    emit("people.access.granted", { ...facts(row), membershipId: written.id }, { institutionId });
    return shownRequest((await store.request(db, row.id))!);
  }),

  refuse: handle(api.people.requests.refuse, async ({ params, body }, { db, actor, now, fail, emit }) => {
    const { institutionId, requestId } = params;
    const row = await store.request(db, requestId, { institutionId });
    if (!row) return fail("access-request-unknown");
    if (!(await store.answerRequest(db, row.id, { state: "refused", by: actor.personId, at: now, note: body.note })))
      return fail("access-request-answered");
    emit("people.access.refused", facts(row), { institutionId });
    return shownRequest((await store.request(db, row.id))!);
  }),
});
