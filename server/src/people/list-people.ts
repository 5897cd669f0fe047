import { api, cutTo, grantsOf, Id } from "@area/api";
import { z } from "zod";
import { keyIn, pageOf } from "../platform/cursor.ts";
import { handle, handleAhead } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { personAt } from "./move-person.ts";
import * as store from "./store.ts";

export const NameAndId = z.object({ name: z.string().max(1000), id: Id });

export const listPeople = ({ cipher }: Pick<Parts, "cipher">) => ({
  myInstitutions: handle(api.people.myInstitutions, async ({ query }, { connection, now }) => {
    const { rows } = await store.myInstitutions(connection, {
      search: query.search?.trim().replace(/[%_\\]/g, "\\$&") || null,
      institutionId: query.institutionId ?? null,
      after: keyIn(query.cursor, NameAndId),
      limit: query.limit + 1,
      now,
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
        memberships: (r.memberships ?? []).map((m) => ({
          productId: m.productId,
          profile: m.profile,
          profileName: m.profileName,
          permissions: grantsOf({
            ...m,
            permissions:
              m.profile === "custom" ? cutTo(m.makerProfiles ?? [], m.productId, m.permissions ?? []) : m.permissions,
          }),
          state: m.state,
          beginsAt: new Date(m.beginsAt).toISOString(),
          endsAt: m.endsAt ? new Date(m.endsAt).toISOString() : null,
        })),
        findings: r.findings,
      }),
      (r) => ({ name: r.name, id: r.id }),
    );
  }),

  memberships: handleAhead(api.people.memberships, async ({ params, query }, { db, now }) => {
    const rows = await store.membershipsOf(db, params.institutionId, {
      after: keyIn(query.cursor, NameAndId),
      limit: query.limit + 1,
      now,
    });
    return pageOf(
      rows,
      query.limit,
      (r) => ({ ...store.shownHeld(r), person: store.shownPerson(r) }),
      (r) => ({ name: r.name, id: r.id }),
    );
  }),

  list: handleAhead(api.people.list, async ({ params, query }, { db, now }) => {
    const { cursor, limit, ...filter } = query;
    const { institutionId } = params;
    const rows = await store.peopleOf(db, institutionId, {
      ...filter,
      after: keyIn(cursor, NameAndId),
      limit: limit + 1,
      now,
    });
    const held = await store.heldBy(
      db,
      institutionId,
      rows.slice(0, limit).map((r) => r.person_id),
      now,
    );
    return pageOf(
      rows,
      limit,
      (r) => ({
        ...store.shownPerson(r),
        email: r.email ? cipher.open(r.email) : null,
        memberships: held.filter((m) => m.person_id === r.person_id).map(store.shownHeld),
      }),
      (r) => ({ name: r.name, id: r.person_id }),
    );
  }),

  read: handleAhead(api.people.read, async ({ params }, { db, now, fail }) => {
    const person = await personAt(cipher, db, params.institutionId, params.personId, now);
    return person ?? fail("person-unknown");
  }),
});
