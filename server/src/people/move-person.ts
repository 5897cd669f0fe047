import { api, type PersonAtInstitution } from "@area/api";
import type { Cipher } from "../platform/cipher.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { giftIn } from "./change-membership.ts";
import { holdingsOf, leftAlone, mayGive, type Tx } from "./rules.ts";
import * as store from "./store.ts";

/** One person with everything they hold at the institution; null when they hold nothing. */
export const personAt = async (
  cipher: Cipher,
  db: Db,
  institutionId: string,
  personId: string,
  now: Date,
): Promise<PersonAtInstitution | null> => {
  const rows = await store.heldBy(db, institutionId, [personId], now);
  if (!rows[0]) return null;
  const contact = await store.contactOf(db, institutionId, personId);
  return {
    ...store.shownPerson(rows[0]),
    email: contact ? cipher.open(contact) : null,
    memberships: rows.map(store.shownHeld),
  };
};

type Move = { from: readonly string[]; to: "active" | "suspended" | "ended" };
type Outcome = "person-unknown" | "nothing-to-change" | "grant-exceeds-own" | { alone: string } | "done";

/** Suspends, restores or removes what a person holds, on a product or on all: everything or nothing. */
const movePerson = async (
  { db, now, emit }: Tx,
  at: { institutionId: string; personId: string; productId: string | null; actorId: string },
  { from, to }: Move,
): Promise<Outcome> => {
  const { institutionId, personId, productId, actorId } = at;
  await store.lockPeople(db, institutionId);
  const all = await store.heldBy(db, institutionId, [personId], now);
  if (all.length === 0) return "person-unknown";
  const rows = all.filter((m) => (productId === null || m.product_id === productId) && from.includes(m.state));
  if (rows.length === 0) return "nothing-to-change";
  if (!(personId === actorId && to === "ended")) {
    const mine = await holdingsOf(db, institutionId, actorId, now);
    if (!rows.every((m) => mayGive(mine, giftIn(m), now))) return "grant-exceeds-own";
  }
  const administers = rows.filter((m) => m.profile === "administrator").map((m) => m.product_id);
  const { alone, done } = await leftAlone({ db, now }, institutionId, administers, () =>
    store.move(
      db,
      institutionId,
      rows.map((m) => m.id),
      to,
      now,
    ),
  );
  if (alone) return { alone };
  for (const m of done) {
    const facts = { membershipId: m.id, personId: m.person_id, productId: m.product_id, profile: m.profile };
    if (to === "ended") emit("people.membership.ended", { ...facts, reason: "removed" }, { institutionId });
    else emit(`people.membership.${to === "active" ? "restored" : "suspended"}`, facts, { institutionId });
  }
  return "done";
};

export const movePeople = ({ cipher }: Pick<Parts, "cipher">) => ({
  suspend: handle(api.people.suspend, async ({ params, body }, { db, actor, now, fail, emit }) => {
    const at = { ...params, productId: body.productId, actorId: actor.personId };
    const outcome = await movePerson({ db, now, emit }, at, { from: ["active"], to: "suspended" });
    if (typeof outcome === "object") return fail("last-administrator", { productId: outcome.alone });
    if (outcome !== "done") return fail(outcome);
    return (await personAt(cipher, db, params.institutionId, params.personId, now))!;
  }),
  restore: handle(api.people.restore, async ({ params, body }, { db, actor, now, fail, emit }) => {
    const at = { ...params, productId: body.productId, actorId: actor.personId };
    const outcome = await movePerson({ db, now, emit }, at, { from: ["suspended"], to: "active" });
    // Nobody is left alone by who comes back.
    if (typeof outcome === "object") throw new Error("a restored person left a product alone");
    if (outcome !== "done") return fail(outcome);
    return (await personAt(cipher, db, params.institutionId, params.personId, now))!;
  }),
  remove: handle(api.people.remove, async ({ params, body }, { db, actor, now, fail, emit }) => {
    const at = { ...params, productId: body.productId, actorId: actor.personId };
    const outcome = await movePerson({ db, now, emit }, at, { from: ["active", "suspended"], to: "ended" });
    if (typeof outcome === "object") return fail("last-administrator", { productId: outcome.alone });
    if (outcome !== "done") return fail(outcome);
  }),
});
