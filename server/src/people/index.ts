import { cutTo, type EventPayload, type Profile } from "@area/api";
import * as identity from "../identity/index.ts";
import type { Reaction, Schedule } from "../platform/act.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { Page } from "../platform/page.ts";
import type { Invoke, WhoGrants } from "../platform/pipeline.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import { changeMembership } from "./change-membership.ts";
import { contactReactions, contacts } from "./contacts.ts";
import { sweepChanges } from "./contacts-store.ts";
import { customProfiles } from "./custom-profiles.ts";
import { giveMembership, writeMembership } from "./give-membership.ts";
import { groups, type StrangeResources } from "./groups.ts";
import { invitations } from "./invitations.ts";
import * as invitationsStore from "./invitations-store.ts";
import { listPeople } from "./list-people.ts";
import { belongs, giversOf } from "./may-store.ts";
import { movePeople } from "./move-person.ts";
import { permissionPage } from "./permissions.ts";
import * as profilesStore from "./profiles-store.ts";
import { reactions } from "./reactions.ts";
import { recoveries } from "./recoveries.ts";
import * as recoveriesStore from "./recoveries-store.ts";
import { recoveryPages } from "./recovery-pages.ts";
import { recoveryReactions } from "./recovery-reactions.ts";
import { representatives } from "./representatives.ts";
import { requests } from "./requests.ts";
import { reviews } from "./reviews.ts";
import * as reviewsStore from "./reviews-store.ts";
import { endOverdue, giftOf, holdingsOf, mayGive } from "./rules.ts";
import * as store from "./store.ts";

export { CSV_START, csv, csvLine } from "./csv.ts";
export {
  belongs,
  callerIn,
  countBoth,
  holds,
  holdsNow,
  mayHere,
  SESSION,
  type SessionRow,
  whoMay,
} from "./may-store.ts";
export { contactOf, holdersOf } from "./recipients-store.ts";
export { keepRepresentative, representativeCode } from "./representatives.ts";
export { currentRepresentative as representativeToSign } from "./representatives-store.ts";
export { administratorsToTell } from "./store.ts";

/** The people who could grant a permission at an institution; null for somebody who does not belong there at all. */
export const whoGrants: WhoGrants = async (connection, { institutionId, personId, permission, productId, now }) =>
  (await belongs(connection, institutionId, personId))
    ? (await giversOf(connection, institutionId, permission, productId, now)).slice(0, 5).map((giver) => giver.name)
    : null;

export const people = (parts: Parts, strange: StrangeResources) => {
  const recovery = recoveries(parts);
  const review = reviews(parts);
  const representative = representatives(parts);
  return {
    handlers: {
      ...listPeople(parts),
      give: giveMembership,
      ...changeMembership,
      ...movePeople(parts),
      invitations: invitations(parts),
      requests: requests(parts),
      profiles: customProfiles,
      groups: groups(strange),
      permissions: permissionPage,
      contacts: contacts(parts),
      recoveries: recovery.handlers,
      reviews: review.handlers,
      representative: representative.handlers,
    },
    pages: (invoke: Invoke): Page[] => recoveryPages(recovery.handlers.links, invoke),
    reactions: {
      ...reactions(parts),
      ...contactReactions(parts),
      ...recoveryReactions(parts),
      ...representative.reactions,
      /** Who has nothing left anywhere has nothing left to do here: whatever they have open closes. */
      "people:last-membership": {
        on: ["people.membership.ended"],
        react: async (fact) => {
          const { personId } = fact.payload as EventPayload<"people.membership.ended">;
          await parts.act({ kind: "system", name: "people" }, async ({ db, emit, now }) => {
            if (await store.hasAnything(db, personId, now)) return;
            await identity.closeSessions({ db, emit, now }, personId, "last-membership");
          });
        },
      } satisfies Reaction,
    },
    schedules: {
      ...recovery.schedules,
      ...review.schedules,
      "people:sweep-contacts": {
        everyMinutes: 60,
        run: async (now) => void (await parts.database.asSystem(({ db }) => sweepChanges(db, now))),
      } satisfies Schedule,
      /** A date that passes ends the access at that moment; here the state says so and the trail keeps it. */
      "people:end-overdue": {
        everyMinutes: 5,
        run: async (now) => {
          const due = await parts.database.asSystem(({ db }) => store.overdue(db, now));
          for (const row of due)
            await parts.act({ kind: "system", name: "people" }, ({ db, emit, now: at }) =>
              endOverdue({ db, emit, now: at }, [row]),
            );
        },
      } satisfies Schedule,
    },
  };
};

/** How many people hold a profile on some products. */
export const membershipsOn = async (db: Db, institutionId: string, productIds: readonly string[]): Promise<number> =>
  new Set((await store.onProducts(db, institutionId, productIds)).map((m) => m.person_id)).size;

/** Ends every profile on products that an institution leaves. */
export const endOnProducts = async (
  { db, now, emit }: { db: Db; now: Date; emit: Recorder["emit"] },
  institutionId: string,
  productIds: readonly string[],
): Promise<void> => {
  const held = await store.onProducts(db, institutionId, productIds);
  for (const m of await store.move(
    db,
    institutionId,
    held.map((one) => one.id),
    "ended",
    now,
  ))
    emit(
      "people.membership.ended",
      { membershipId: m.id, personId: m.person_id, productId: m.product_id, profile: m.profile, reason: "product" },
      { institutionId },
    );
};
/** Has a person a profile on a product of the institution that has not ended? */
export const worksOn = async (
  db: Db,
  at: { institutionId: string; personId: string; productId: string },
  now: Date,
): Promise<boolean> =>
  (await store.heldBy(db, at.institutionId, [at.personId], now)).some((m) => m.product_id === at.productId);
/** On which product a group of the institution is; null: there is no such group. */
export const productOfGroup = async (db: Db, institutionId: string, groupId: string): Promise<string | null> =>
  (await profilesStore.group(db, institutionId, groupId))?.product_id ?? null;

/** Who administers an institution, now or from a day that is written. */
export const whoAdministers = async (
  db: Db,
  institutionId: string,
  now: Date,
): Promise<{ id: string; name: string }[]> => [
  ...new Map(
    (await store.administratorsOf(db, institutionId, now)).map((a) => [
      a.person_id,
      { id: a.person_id, name: `${a.given_name} ${a.family_name}` },
    ]),
  ).values(),
];

/** Profiles in use that give less than they list, because who answers for them no longer holds it. */
export const profilesCut = async (db: Db, institutionId: string, now: Date): Promise<{ id: string; name: string }[]> =>
  (await profilesStore.profilesOf(db, institutionId, { after: null, limit: 500, now }))
    .filter(
      (p) => p.people > 0 && cutTo(p.maker_profiles ?? [], p.product_id, p.permissions).length < p.permissions.length,
    )
    .map((p) => ({ id: p.id, name: p.name }));

/** A request that nobody has answered yet, as a finding tells it; null: it is answered. */
export const waitingRequest = async (db: Db, requestId: string): Promise<Record<string, string> | null> => {
  const row = await invitationsStore.request(db, requestId);
  return row?.state === "pending"
    ? {
        person: row.person_name,
        requestKind: row.kind,
        ...(row.permission ? { permission: row.permission } : {}),
        ...(row.profile ? { profile: row.profile } : {}),
      }
    : null;
};

export type NewAdministrator = { givenName: string; familyName: string; fiscalCode: string; email: string };

/**
 * Makes somebody administrator of an institution and of one of its products. The person is found, or made, by fiscal code:
 * at the first login with that code they are at work. The transaction must already work for the institution.
 */
export const appointAdministrator = async (
  parts: Pick<Parts, "cipher">,
  tx: { db: Db; emit: Recorder["emit"]; now: Date },
  named: NewAdministrator,
  at: {
    institutionId: string;
    productId: string;
    onboardingId: string;
    /** Other profiles than those of an administrator, by product. */
    profiles?: Record<string, Profile>;
  },
): Promise<string> => {
  const personId = await identity.personNamed(parts, tx.db, named);
  const email = named.email.toLowerCase();
  await store.keepContact(tx.db, {
    personId,
    institutionId: at.institutionId,
    email: parts.cipher.seal(email),
    emailIndex: parts.cipher.index("mail", email),
  });
  const profiles = at.profiles ?? { institution: "administrator", [at.productId]: "administrator" };
  for (const [productId, profile] of Object.entries(profiles)) {
    const membershipId = await store.appoint(tx.db, {
      personId,
      institutionId: at.institutionId,
      productId,
      profile,
      onboardingId: at.onboardingId,
      beginsAt: tx.now,
    });
    if (membershipId)
      tx.emit(
        "people.membership.activated",
        { membershipId, personId, productId, profile, onboardingId: at.onboardingId },
        { institutionId: at.institutionId, personal: { administrator: `${named.givenName} ${named.familyName}` } },
      );
  }
  return personId;
};

/** A recovery, and everybody of the institution who is told of it. */
export const recoveryToTell = async (db: Db, recoveryId: string, now: Date) => {
  const row = await recoveriesStore.recovery(db, recoveryId);
  return row
    ? {
        institutionName: row.institution_name,
        personId: row.person_id,
        person: row.person_name,
        until: row.waits_until,
        stoppedByName: row.stopped_by_name,
        goingOn: row.state === "open" || row.state === "waiting",
        people: await recoveriesStore.peopleNow(db, row.institution_id, now),
      }
    : null;
};

/** Gives an invented person a first foot in an institution of the demonstration. */
export const appointOperator = async (
  parts: Pick<Parts, "cipher">,
  tx: { db: Db; emit: Recorder["emit"]; now: Date },
  named: NewAdministrator,
  institutionId: string,
): Promise<void> => {
  const personId = await identity.personNamed(parts, tx.db, named);
  await store.keepContact(tx.db, {
    personId,
    institutionId,
    email: parts.cipher.seal(named.email),
    emailIndex: parts.cipher.index("mail", named.email),
  });
  await writeMembership(tx, institutionId, {
    personId,
    gift: giftOf("institution", "operator", []),
    beginsAt: tx.now,
    endsAt: null,
    givenBy: null,
  });
};

/** An access review that is open, as a finding tells it; null: it is closed. */
export const openReviewOf = async (
  db: Db,
  institutionId: string,
  reviewId: string,
): Promise<{ dueAt: Date; left: number } | null> => {
  const row = await reviewsStore.review(db, institutionId, reviewId);
  return row?.state === "open" ? { dueAt: row.due_at, left: row.left } : null;
};

/** May somebody name an administrator of a product here? */
export const mayAppoint = async (
  db: Db,
  institutionId: string,
  personId: string,
  productId: string,
  now: Date,
): Promise<boolean> =>
  mayGive(await holdingsOf(db, institutionId, personId, now), giftOf(productId, "administrator", []), now);

/** Makes the membership of a nomination that came back signed. The person is found, or made, by fiscal code. */
export const nominate = async (
  parts: Pick<Parts, "cipher">,
  tx: { db: Db; emit: Recorder["emit"]; now: Date },
  institutionId: string,
  what: { named: NewAdministrator; productId: string; endsAt: Date | null; givenBy: string },
): Promise<{ id: string } | "membership-repeated" | "profiles-not-combinable"> => {
  await store.lockPeople(tx.db, institutionId);
  const personId = await identity.personNamed(parts, tx.db, what.named);
  const email = what.named.email.toLowerCase();
  await store.keepContact(tx.db, {
    personId,
    institutionId,
    email: parts.cipher.seal(email),
    emailIndex: parts.cipher.index("mail", email),
  });
  return writeMembership(tx, institutionId, {
    personId,
    gift: giftOf(what.productId, "administrator", []),
    beginsAt: tx.now,
    endsAt: what.endsAt,
    givenBy: what.givenBy,
  });
};
