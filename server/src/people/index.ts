import { api, Id, type Profile } from "@area/api";
import { z } from "zod";
import * as identity from "../identity/index.ts";
import { keyIn, pageOf } from "../platform/cursor.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Recorder } from "../platform/record.ts";
import type { Parts } from "../ports/index.ts";
import * as store from "./store.ts";

export { contactOf, holdersOf, worksFor } from "./recipients-store.ts";
export { whoGrants, whoMay } from "./store.ts";

const NameAndId = z.object({ name: z.string().max(1000), id: Id });

export const people = (_parts: Parts) => ({
  handlers: {
    myInstitutions: handle(api.people.myInstitutions, async ({ query }, { connection }) => {
      const { rows } = await store.myInstitutions(connection, {
        search: query.search?.trim().replace(/[%_\\]/g, "\\$&") || null,
        after: keyIn(query.cursor, NameAndId),
        limit: query.limit + 1,
      });
      return pageOf(
        rows,
        query.limit,
        (r) => ({
          id: r.id,
          name: r.name,
          taxCode: r.tax_code,
          ipaCode: r.ipa_code,
          city: r.city,
          memberships: r.memberships ?? [],
          findings: r.findings,
        }),
        (r) => ({ name: r.name, id: r.id }),
      );
    }),
    memberships: handle(api.people.memberships, async ({ params, query }, { db }) => {
      const rows = await store.membershipsOf(db, params.institutionId, {
        after: keyIn(query.cursor, NameAndId),
        limit: query.limit + 1,
      });
      return pageOf(
        rows,
        query.limit,
        (r) => ({
          id: r.id,
          person: {
            id: r.person_id,
            givenName: r.given_name,
            familyName: r.family_name,
            hasEntered: r.first_entered_at !== null,
          },
          productId: r.product_id,
          profile: r.profile as Profile,
          state: r.state as "active" | "suspended",
          beginsAt: r.begins_at.toISOString(),
          endsAt: r.ends_at?.toISOString() ?? null,
        }),
        (r) => ({ name: r.name, id: r.id }),
      );
    }),
  },
});

export type NewAdministrator = { givenName: string; familyName: string; fiscalCode: string; email: string };

/**
 * Makes somebody administrator of an institution and of one of its products. The person is found, or made, by fiscal code:
 * at the first login with that code they are at work. The transaction must already work for the institution.
 */
export const appointAdministrator = async (
  parts: Pick<Parts, "cipher">,
  tx: { db: Db; emit: Recorder["emit"]; now: Date },
  named: NewAdministrator,
  at: { institutionId: string; productId: string; onboardingId: string },
): Promise<void> => {
  const personId = await identity.personNamed(parts, tx.db, named);
  const email = named.email.toLowerCase();
  await store.keepContact(tx.db, {
    personId,
    institutionId: at.institutionId,
    email: parts.cipher.seal(email),
    emailIndex: parts.cipher.index("mail", email),
  });
  for (const productId of ["institution", at.productId]) {
    const membershipId = await store.appoint(tx.db, {
      personId,
      institutionId: at.institutionId,
      productId,
      profile: "administrator",
      onboardingId: at.onboardingId,
      at: tx.now,
    });
    if (membershipId)
      tx.emit(
        "people.membership.activated",
        { membershipId, personId, productId, profile: "administrator", onboardingId: at.onboardingId },
        { institutionId: at.institutionId, personal: { administrator: `${named.givenName} ${named.familyName}` } },
      );
  }
};
