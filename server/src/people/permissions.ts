import {
  api,
  cutTo,
  grantsOf,
  grantsOn,
  type HeldProfile,
  isOfEachProduct,
  may,
  type Permission,
  permissionsAt,
  permissions as permissionTexts,
  productOf,
  profileNames,
  profilesWith,
} from "@area/api";
import { day } from "@area/words";
import { productsOf } from "../institutions/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import { csv } from "./csv.ts";
import * as invitationsStore from "./invitations-store.ts";
import { giversOf } from "./may-store.ts";
import * as profilesStore from "./profiles-store.ts";
import { shownRequest } from "./requests.ts";
import { holdingsOf } from "./rules.ts";
import * as store from "./store.ts";

const italian: Record<HeldProfile, string> = {
  administrator: "Amministratore",
  "payments-referent": "Referente dei Pagamenti",
  "technical-referent": "Referente Tecnico",
  operator: "Operatore",
  "read-only": "Sola lettura",
  custom: "Profilo dell’ente",
  granted: "Permesso dato su richiesta",
};
/** Mails and files are in Italian, whoever reads the screens in another language. */
export const italianProfile = (profile: HeldProfile): string => italian[profile];
const PAGE = 200;

/** Everybody of the filter, page after page: the whole table never stands in memory as rows. */
async function* everybody(db: Db, institutionId: string, filter: store.PeopleFilter, now: Date) {
  let after: { name: string; id: string } | null = null;
  for (;;) {
    const people: Awaited<ReturnType<typeof store.peopleOf>> = await store.peopleOf(db, institutionId, {
      ...filter,
      after,
      limit: PAGE,
      now,
    });
    const held = await store.heldBy(
      db,
      institutionId,
      people.map((p) => p.person_id),
      now,
    );
    for (const p of people) yield { person: p, held: held.filter((m) => m.person_id === p.person_id) };
    const last = people.at(-1);
    if (people.length < PAGE || !last) return;
    after = { name: last.name, id: last.person_id };
  }
}

/** The products that an institution has: people may hold something on each. */
const productsHere = async (db: Db, institutionId: string): Promise<string[]> =>
  (await productsOf(db, institutionId)).filter((p) => p.state !== "ended").map((p) => p.product_id);

type OnProduct = { permission: Permission; productId: string };
/** How a person holds a permission now, in a cell: through what, and until when. */
const cell = (held: readonly store.Held[], { permission, productId }: OnProduct, now: Date): string => {
  const giving = held.filter((m) => may([store.holdingIn(m)], permission, now, productId));
  if (giving.length === 0) return "";
  const lasting = giving.find((m) => m.ends_at === null);
  const how = lasting ?? [...giving].sort((a, b) => b.ends_at!.getTime() - a.ends_at!.getTime())[0]!;
  const through = how.profile_name ?? italian[how.profile as HeldProfile];
  return [
    through,
    how.group_name ? `gruppo ${how.group_name}` : "",
    how.ends_at ? `fino al ${day("it", how.ends_at)}` : "",
  ]
    .filter(Boolean)
    .join(", ");
};

export const permissionPage = {
  list: handle(api.people.permissions.list, async ({ params }, { db, actor, now }) => {
    const { institutionId } = params;
    const mine = await store.passableProfiles(db, institutionId, actor.personId, now);
    const ways = await store.waysHeld(db, institutionId, now);
    const customs = await profilesStore.profilesOf(db, institutionId, { after: null, limit: 500, now });
    const peopleWith = (productId: string, profile: HeldProfile, profileId: string | null) =>
      ways.find((w) => w.product_id === productId && w.profile === profile && w.profile_id === profileId)?.people ?? 0;
    const granted = await store.grantedNow(db, institutionId, now);
    return {
      items: permissionsAt(await productsHere(db, institutionId)).map(({ permission, productId }) => {
        const given = granted.find((g) => g.permission === permission && g.product_id === productId)?.people ?? 0;
        return {
          permission,
          productId,
          allows: permissionTexts[permission],
          passable: mine.some(
            (m) => m.product_id === productId && cutTo([m.profile], productId, [permission]).length > 0,
          ),
          ways: [
            ...profileNames
              .filter((profile) => grantsOn(productId, profile).includes(permission))
              .map((profile) => ({
                profile,
                profileId: null,
                profileName: null,
                people: peopleWith(productId, profile, null),
              })),
            ...customs
              .filter(
                (c) =>
                  c.product_id === productId &&
                  cutTo(c.maker_profiles ?? [], productId, c.permissions).includes(permission),
              )
              .map((c) => ({
                profile: "custom" as const,
                profileId: c.id,
                profileName: c.name,
                people: peopleWith(productId, "custom", c.id),
              })),
            ...(given > 0 ? [{ profile: "granted" as const, profileId: null, profileName: null, people: given }] : []),
          ],
        };
      }),
    };
  }),

  explain: handle(api.people.permissions.explain, async ({ params, query }, { db, connection, actor, now }) => {
    const { institutionId, permission } = params;
    const productId = productOf(permission, query.productId);
    const customs = await profilesStore.profilesOf(db, institutionId, { after: null, limit: 500, now });
    const givers = (await giversOf(connection, institutionId, permission, productId, now)).filter(
      (g) => g.id !== actor.personId,
    );
    const times = await invitationsStore.answerTimes(
      db,
      institutionId,
      givers.map((g) => g.id),
    );
    const pending = await invitationsStore.pendingPermission(db, institutionId, actor.personId, permission, productId);
    return {
      permission,
      allows: permissionTexts[permission],
      held: may(await holdingsOf(db, institutionId, actor.personId, now), permission, now, productId),
      profiles: profilesWith(permission),
      customProfiles: customs
        .filter(
          (c) =>
            c.product_id === productId &&
            cutTo(c.maker_profiles ?? [], c.product_id, c.permissions).includes(permission),
        )
        .map((c) => c.name),
      givers: givers.map((g) => ({ ...g, answersIn: times.get(g.id) ?? null })),
      pending: pending ? shownRequest(pending) : null,
    };
  }),

  export: handle(api.people.permissions.export, async ({ params, query }, { db, now }) => {
    const { institutionId } = params;
    const columns = permissionsAt(await productsHere(db, institutionId)).filter(
      (c) => !query.productId || c.productId === query.productId,
    );
    const rows: string[][] = [
      [
        "Cognome",
        "Nome",
        "Profili",
        ...columns.map(
          (c) =>
            `${permissionTexts[c.permission]} (${isOfEachProduct(c.permission) ? `${c.productId}, ` : ""}${c.permission})`,
        ),
      ],
    ];
    for await (const { person, held } of everybody(db, institutionId, query, now)) {
      const profiles = held
        .filter((m) => grantsOf(store.holdingIn(m)).length > 0 || m.profile !== "custom")
        .map((m) => `${m.profile_name ?? italian[m.profile as HeldProfile]} (${m.product_id})`);
      rows.push([
        person.family_name,
        person.given_name,
        [...new Set(profiles)].join(", "),
        ...columns.map((c) => cell(held, c, now)),
      ]);
    }
    const bytes = Buffer.from(csv(rows), "utf8");
    return { name: "permessi.csv", mediaType: "text/csv", bytes, length: bytes.length };
  }),
};
