import { type EventPayload, type HeldProfile, type Permission, permissions } from "@area/api";
import { day } from "@area/words";
import { notify } from "../notifications/index.ts";
import type { Reaction } from "../platform/act.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { Parts } from "../ports/index.ts";
import { publishedProduct } from "../products/index.ts";
import * as invitationsStore from "./invitations-store.ts";
import {
  accessAnswered,
  accessChanged,
  accessRequested,
  invitation,
  invitationAccepted,
  type Letter,
} from "./mails.ts";
import { italianProfile } from "./permissions.ts";
import * as store from "./store.ts";
import { INVITE } from "./tokens.ts";

const known = (permission: string | null): string =>
  permission && permission in permissions ? permissions[permission as Permission] : (permission ?? "");
/** What a request asks for, in a sentence. */
const what = (r: invitationsStore.RequestRow): string =>
  r.kind === "permission"
    ? `il permesso «${known(r.permission)}»`
    : `di entrare con il profilo «${italianProfile(r.profile as HeldProfile)}»`;

export const reactions = (parts: Parts): Record<string, Reaction> => {
  const { cipher, database, config } = parts;
  const at = (path: string) => `${config.publicUrl}${path}`;
  const send = (cause: string, institutionId: string, to: string, letter: Letter) =>
    notify(parts, cause, { kind: "mail", to, institutionId, ...letter });
  const onProduct = async (db: Db, productId: string): Promise<string> =>
    productId === "institution"
      ? "sull’ente"
      : `su ${(await publishedProduct(db, productId))?.configuration.title ?? productId}`;
  const emailOf = async (db: Db, institutionId: string, personId: string): Promise<string | null> => {
    const sealed = await store.contactOf(db, institutionId, personId);
    return sealed ? cipher.open(sealed) : null;
  };

  return {
    "people:send-invitation": {
      on: ["people.invitation.sent"],
      react: async (fact) => {
        const { invitationId, expiresAt } = fact.payload as EventPayload<"people.invitation.sent">;
        const found = await database.asSystem(async ({ db }) => {
          const row = await invitationsStore.invitation(db, invitationId);
          if (!row) return null;
          const offers = await Promise.all(
            (row.offers as invitationsStore.OfferRow[]).map(async (o) =>
              [
                `${o.profileName ?? italianProfile(o.profile as HeldProfile)} ${await onProduct(db, o.productId)}`,
                o.beginsAt ? `dal ${day("it", o.beginsAt)}` : "",
                o.endsAt ? `fino al ${day("it", o.endsAt)}` : "",
              ]
                .filter(Boolean)
                .join(", "),
            ),
          );
          return { row, offers };
        });
        // Sent again meanwhile, or taken back: this link is over before it left.
        if (found?.row.state !== "pending" || found.row.expires_at.toISOString() !== expiresAt) return;
        const { row, offers } = found;
        const token = cipher.signToken({ purpose: INVITE, id: row.id, expires: row.expires_at.getTime() });
        await send(
          `event ${fact.id}`,
          row.institution_id,
          cipher.open(row.email),
          invitation({
            name: row.given_name,
            institution: row.institution_name,
            inviter: row.inviter,
            offers,
            expiresAt: row.expires_at,
            link: at(`/enti/invito?token=${token}`),
          }),
        );
      },
    },

    "people:tell-inviter": {
      on: ["people.invitation.accepted"],
      react: async (fact) => {
        const { invitationId, personId } = fact.payload as EventPayload<"people.invitation.accepted">;
        const found = await database.asSystem(async ({ db }) => {
          const row = await invitationsStore.invitation(db, invitationId);
          return row ? { row, to: await emailOf(db, row.institution_id, row.invited_by) } : null;
        });
        if (!found?.to) return;
        await send(
          `event ${fact.id}`,
          found.row.institution_id,
          found.to,
          invitationAccepted({
            invited: `${found.row.given_name} ${found.row.family_name}`,
            institution: found.row.institution_name,
            url: at(`/enti/${found.row.institution_id}/utenti/${personId}`),
          }),
        );
      },
    },

    /** Who was asked hears of it; when nobody was named, every administrator. */
    "people:tell-asked": {
      on: ["people.access.requested"],
      react: async (fact) => {
        const { requestId } = fact.payload as EventPayload<"people.access.requested">;
        const found = await database.asSystem(async ({ db }) => {
          const row = await invitationsStore.request(db, requestId);
          if (row?.state !== "pending") return null;
          const to = row.asked_of
            ? [await emailOf(db, row.institution_id, row.asked_of)]
            : (await store.administratorsOf(db, row.institution_id, parts.clock())).map((a) =>
                a.email ? cipher.open(a.email) : null,
              );
          return { row, to: [...new Set(to.filter((address) => address !== null))].slice(0, 10) };
        });
        if (!found) return;
        const { row } = found;
        for (const to of found.to)
          await send(
            `event ${fact.id}`,
            row.institution_id,
            to,
            accessRequested({
              who: row.person_name,
              institution: row.institution_name,
              what: what(row),
              until: row.wanted_until,
              message: row.message,
              url: at(`/enti/${row.institution_id}/utenti/richieste`),
            }),
          );
      },
    },

    "people:tell-asker": {
      on: ["people.access.granted", "people.access.refused"],
      react: async (fact) => {
        const { requestId } = fact.payload as EventPayload<"people.access.refused">;
        const found = await database.asSystem(async ({ db }) => {
          const row = await invitationsStore.request(db, requestId);
          if (!row) return null;
          const given = row.membership_id
            ? await store.membership(db, row.institution_id, row.membership_id, parts.clock())
            : undefined;
          const to = row.email ? cipher.open(row.email) : await emailOf(db, row.institution_id, row.person_id);
          const named = given
            ? given.profile === "granted"
              ? what(row)
              : `il profilo «${given.profile_name ?? italianProfile(given.profile as HeldProfile)}» ${await onProduct(db, given.product_id)}`
            : row.kind === "permission"
              ? what(row)
              : "accesso";
          return { row, to, named, endsAt: given?.ends_at ?? null };
        });
        if (!found?.to) return;
        const granted = fact.type === "people.access.granted";
        await send(
          `event ${fact.id}`,
          found.row.institution_id,
          found.to,
          accessAnswered({
            institution: found.row.institution_name,
            what: found.named,
            granted,
            // Whoever stays outside does not learn who administers the institution.
            by:
              (granted || found.row.kind === "permission" ? found.row.answered_by_name : null) ??
              "Un amministratore dell’ente",
            endsAt: found.endsAt,
            note: found.row.note,
            url: granted ? at(`/enti/${found.row.institution_id}`) : at("/enti"),
          }),
        );
      },
    },

    /** One letter for one act, however many profiles it touched. */
    "people:tell-changed": {
      on: ["people.membership.suspended", "people.membership.restored", "people.membership.ended"],
      react: async (fact) => {
        const { personId } = fact.payload as EventPayload<"people.membership.ended">;
        const { institutionId } = fact;
        if (!institutionId) return;
        const found = await database.asSystem(async ({ db }) => {
          const to = await emailOf(db, institutionId, personId);
          if (!to) return null;
          const held = await store.heldBy(db, institutionId, [personId], parts.clock());
          return {
            to,
            name: await store.nameOfPerson(db, personId),
            institution: await store.nameOfInstitution(db, institutionId),
            now: await Promise.all(
              held.map(async (m) =>
                [
                  `${m.profile_name ?? (m.profile === "granted" ? (m.permissions ?? []).map(known).join(", ") : italianProfile(m.profile as HeldProfile))} ${await onProduct(db, m.product_id)}`,
                  store.shownHeld(m).state === "suspended" ? "sospeso" : "",
                  m.ends_at ? `fino al ${day("it", m.ends_at)}` : "",
                ]
                  .filter(Boolean)
                  .join(", "),
              ),
            ),
          };
        });
        if (!found) return;
        await send(
          `change ${fact.traceId} ${personId}`,
          institutionId,
          found.to,
          accessChanged({ ...found, url: at("/enti") }),
        );
      },
    },
  };
};
