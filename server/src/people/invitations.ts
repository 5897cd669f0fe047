import { api, type HeldProfile, INVITATION_DAYS, type Invitation, type Profile } from "@area/api";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { publishedProduct } from "../products/index.ts";
import { chosen, datesIn, needsNomination, productOpen, writeMembership } from "./give-membership.ts";
import * as store from "./invitations-store.ts";
import * as profilesStore from "./profiles-store.ts";
import { giftOf, holdingsOf, mayGive } from "./rules.ts";
import * as people from "./store.ts";
import { INVITE } from "./tokens.ts";

const DAY = 86_400_000;
const offersIn = (row: store.InvitationRow) =>
  (row.offers as store.OfferRow[]).map((o) => ({ ...o, profile: o.profile as Profile | "custom" }));

export const invitations = (parts: Parts) => {
  const { cipher } = parts;
  const shown = (row: store.InvitationRow, now: Date): Invitation => ({
    id: row.id,
    givenName: row.given_name,
    familyName: row.family_name,
    email: cipher.open(row.email),
    offers: offersIn(row),
    state:
      row.state === "pending" && row.expires_at <= now ? "expired" : (row.state as "pending" | "accepted" | "revoked"),
    invitedBy: row.inviter,
    invitedAt: row.invited_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  });
  const expiryFrom = (now: Date) => new Date(now.getTime() + INVITATION_DAYS * DAY);

  type LinkRefusal =
    | "link-invalid"
    | "link-expired"
    | "invitation-used"
    | "invitation-revoked"
    | "invitation-for-somebody-else";
  /** The invitation of a link, if it still does something for this person; else why not. */
  const opened = async (
    db: Db,
    token: string,
    personId: string,
    now: Date,
  ): Promise<store.InvitationRow | LinkRefusal> => {
    const claims = cipher.readToken(token, INVITE);
    if (!claims) return "link-invalid";
    const row = await store.invitation(db, claims.id);
    if (!row) return "link-invalid";
    if ((await store.personWithCode(db, Buffer.from(row.fiscal_code_index))) !== personId)
      return "invitation-for-somebody-else";
    if (row.state === "accepted") return "invitation-used";
    if (row.state === "revoked") return "invitation-revoked";
    // Sent again, it has another end: the link of before is over, whatever it says.
    return claims.expires <= now.getTime() || row.expires_at.getTime() !== claims.expires ? "link-expired" : row;
  };
  /** Somebody else tried the link: the institution sees it in its trail. */
  const noteMisuse = async (token: string, personId: string, traceId: string) => {
    const claims = cipher.readToken(token, INVITE);
    if (!claims) return;
    await parts.act(
      { kind: "person", personId, mandate: null },
      async ({ db, audit }) => {
        const row = await store.invitation(db, claims.id);
        if (row)
          audit(
            "people.invitation.accepted",
            { invitationId: row.id },
            { outcome: "refused", institutionId: row.institution_id },
          );
      },
      { traceId },
    );
  };

  return {
    list: handle(api.people.invitations.list, async ({ params, query }, { db, now }) =>
      pageOf(
        await store.invitationsOf(db, params.institutionId, {
          after: keyIn(query.cursor, AtAndId),
          limit: query.limit + 1,
        }),
        query.limit,
        (row) => shown(row, now),
        (row) => ({ at: row.invited_at.toISOString(), id: row.id }),
      ),
    ),

    invite: handle(api.people.invitations.invite, async ({ params, body }, { db, actor, now, fail, emit }) => {
      const { institutionId } = params;
      await people.lockPeople(db, institutionId);
      const fiscalCodeIndex = cipher.index("fiscal-code", body.fiscalCode);
      const known = await store.personWithCode(db, fiscalCodeIndex);
      if (known && (await people.heldBy(db, institutionId, [known], now)).length > 0) return fail("already-here");
      const mine = await holdingsOf(db, institutionId, actor.personId, now);
      const offers: store.OfferRow[] = [];
      for (const offer of body.offers) {
        if (!datesIn(offer, now)) return fail("dates-out-of-order");
        if (!(await productOpen(db, institutionId, offer.productId))) return fail("product-not-active");
        const choice = await chosen(db, institutionId, offer.productId, offer.choice);
        if (!choice) return fail("profile-unknown");
        if (!mayGive(mine, choice.gift, now)) return fail("grant-exceeds-own");
        if (await needsNomination(db, choice.gift)) return fail("nomination-needed");
        const product = offer.productId === "institution" ? null : await publishedProduct(db, offer.productId);
        if (product?.configuration.severalProfiles === false && offers.some((o) => o.productId === offer.productId))
          return fail("profiles-not-combinable");
        offers.push({
          productId: offer.productId,
          profile: choice.gift.profile,
          profileId: choice.profileId,
          profileName: choice.profileId ? choice.name : null,
          beginsAt: offer.beginsAt ?? null,
          endsAt: offer.endsAt ?? null,
        });
      }
      const expiresAt = expiryFrom(now);
      const id = await store.insertInvitation(db, {
        institutionId,
        givenName: body.givenName,
        familyName: body.familyName,
        fiscalCode: cipher.seal(body.fiscalCode),
        fiscalCodeIndex,
        email: cipher.seal(body.email),
        emailIndex: cipher.index("mail", body.email),
        offers,
        invitedBy: actor.personId,
        at: now,
        expiresAt,
      });
      if (!id) return fail("invitation-pending");
      // The mail with its link leaves after the commit, by a reaction.
      emit(
        "people.invitation.sent",
        { invitationId: id, expiresAt: expiresAt.toISOString() },
        { institutionId, personal: { invited: `${body.givenName} ${body.familyName}`, email: body.email } },
      );
      return shown((await store.invitation(db, id))!, now);
    }),

    resend: handle(api.people.invitations.resend, async ({ params }, { db, actor, now, fail, emit }) => {
      const { institutionId, invitationId } = params;
      await store.lockInvitation(db, invitationId);
      const row = await store.invitation(db, invitationId, institutionId);
      if (!row) return fail("invitation-unknown");
      if (row.state === "accepted") return fail("invitation-used");
      if (row.state === "revoked") return fail("invitation-revoked");
      const expiresAt = expiryFrom(now);
      // Who sends it again answers for it from now on.
      await store.changeInvitation(db, row.id, { expires_at: expiresAt, invited_by: actor.personId });
      emit(
        "people.invitation.sent",
        { invitationId: row.id, expiresAt: expiresAt.toISOString() },
        { institutionId, personal: { invited: `${row.given_name} ${row.family_name}` } },
      );
      return shown((await store.invitation(db, row.id))!, now);
    }),

    revoke: handle(api.people.invitations.revoke, async ({ params }, { db, now, fail, emit }) => {
      const { institutionId, invitationId } = params;
      await store.lockInvitation(db, invitationId);
      const row = await store.invitation(db, invitationId, institutionId);
      if (!row) return fail("invitation-unknown");
      if (row.state === "accepted") return fail("invitation-used");
      if (row.state === "revoked") return fail("invitation-revoked");
      await store.changeInvitation(db, row.id, { state: "revoked", answered_at: now });
      emit("people.invitation.revoked", { invitationId: row.id }, { institutionId });
    }),

    read: handle(api.people.invitations.read, {
      prepare: async ({ body }, { actor, now, read, fail, traceId }) => {
        const row = await read({ purpose: "system" }, ({ db }) => opened(db, body.token, actor!.personId, now));
        if (row === "invitation-for-somebody-else") await noteMisuse(body.token, actor!.personId, traceId);
        return typeof row === "string" ? fail(row) : row;
      },
      run: async (_input, _context, row) => ({
        institutionName: row.institution_name,
        invitedBy: row.inviter,
        email: cipher.open(row.email),
        expiresAt: row.expires_at.toISOString(),
        offers: offersIn(row),
      }),
    }),

    accept: handle(api.people.invitations.accept, {
      prepare: async ({ body }, { actor, now, read, fail, traceId, dryRun }) => {
        const row = await read({ purpose: "system" }, ({ db }) => opened(db, body.token, actor!.personId, now));
        if (row === "invitation-for-somebody-else" && !dryRun) await noteMisuse(body.token, actor!.personId, traceId);
        return typeof row === "string" ? fail(row) : row;
      },
      run: async ({ body }, { db, actor, now, fail, emit, enter }, { institution_id: institutionId, id }) => {
        // Not yet theirs: for this one act the portal itself lets who holds the link in.
        enter({ purpose: "system", institution: institutionId });
        await people.lockPeople(db, institutionId);
        await store.lockInvitation(db, id);
        const row = await opened(db, body.token, actor.personId, now);
        if (typeof row === "string") return fail(row);
        const giver = await holdingsOf(db, institutionId, row.invited_by, now);
        let given = 0;
        for (const offer of offersIn(row)) {
          const custom = offer.profileId ? await profilesStore.profile(db, institutionId, offer.profileId) : null;
          if (offer.profileId && custom?.state !== "active") continue;
          const gift = giftOf(
            offer.productId,
            offer.profile as HeldProfile,
            custom ? profilesStore.listed(custom) : [],
          );
          const dates = datesIn({ beginsAt: offer.beginsAt ?? undefined, endsAt: offer.endsAt }, now);
          // What its maker may no longer give, or what is over before it began, is not given; nor what is named on paper by now.
          if (await needsNomination(db, gift)) continue;
          if (!dates || !mayGive(giver, gift, now) || !(await productOpen(db, institutionId, offer.productId)))
            continue;
          const written = await writeMembership({ db, now, emit }, institutionId, {
            personId: actor.personId,
            gift,
            profileId: offer.profileId,
            beginsAt: dates.beginsAt,
            endsAt: dates.endsAt,
            givenBy: row.invited_by,
          });
          if (typeof written !== "string") given++;
        }
        if (given === 0) return fail("invitation-lapsed");
        await people.keepContact(db, {
          personId: actor.personId,
          institutionId,
          email: Buffer.from(row.email),
          emailIndex: Buffer.from(row.email_index),
        });
        await store.changeInvitation(db, row.id, {
          state: "accepted",
          answered_at: now,
          accepted_by: actor.personId,
        });
        emit("people.invitation.accepted", { invitationId: row.id, personId: actor.personId }, { institutionId });
        return { institutionId, institutionName: row.institution_name };
      },
    }),
  };
};
