import { z } from "zod";
import { heldProfiles, type Permission, permissionCodes, profileNames } from "../access.ts";
import { AtInstitution } from "../institutions.ts";
import { endpoint } from "../kit/endpoint.ts";
import { Id, Instant, PageQuery, page } from "../values/index.ts";

/** States of a membership and the moves between them. */
export const membershipMoves = {
  active: ["suspended", "ended"],
  suspended: ["active", "ended"],
  ended: [],
} as const satisfies Record<string, readonly string[]>;
export type MembershipState = keyof typeof membershipMoves;

export const PermissionCode = z.enum(permissionCodes as [Permission, ...Permission[]]);
export const ProductId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

export const HeldMembership = z
  .object({
    id: Id,
    version: z.number().int(),
    productId: z.string(),
    profile: z.enum(heldProfiles).describe("Profilo di serie; custom: fatto dall’ente; granted: permessi singoli"),
    profileId: Id.nullable(),
    profileName: z.string().nullable(),
    groupId: Id.nullable(),
    groupName: z.string().nullable().describe("Il gruppo da cui viene"),
    resources: z.array(z.string()).nullable().describe("A che cosa lo limita il gruppo; null: a tutto"),
    permissions: z.array(PermissionCode).describe("Che cosa dà, finché vale"),
    state: z.enum(["active", "suspended"]),
    beginsAt: Instant,
    endsAt: Instant.nullable(),
    givenBy: z.string().nullable(),
  })
  .meta({ id: "HeldMembership" });

const Somebody = z.object({
  id: Id,
  givenName: z.string(),
  familyName: z.string(),
  hasEntered: z.boolean().describe("È già entrata almeno una volta"),
});
export const Membership = z.object({ ...HeldMembership.shape, person: Somebody }).meta({ id: "Membership" });
export const PersonAtInstitution = z
  .object({
    ...Somebody.shape,
    email: z.string().nullable().describe("L’indirizzo a cui questo ente le scrive"),
    memberships: z.array(HeldMembership),
  })
  .meta({ id: "PersonAtInstitution" });

export const MyMembership = z.object({
  productId: z.string(),
  profile: z.enum(heldProfiles),
  profileName: z.string().nullable(),
  permissions: z.array(PermissionCode),
  state: z.enum(["active", "suspended"]),
  beginsAt: Instant,
  endsAt: Instant.nullable(),
});
export const MyInstitution = z
  .object({
    id: Id,
    name: z.string(),
    taxCode: z.string(),
    ipaCode: z.string().nullable(),
    city: z.string().nullable(),
    memberships: z.array(MyMembership),
    findings: z.number().int().describe("Quante cose da fare"),
  })
  .meta({ id: "MyInstitution" });

/** From and to: an absent beginning is now, an absent end is never. */
const Dates = { beginsAt: Instant.optional(), endsAt: Instant.nullable().optional() };
/** A profile to give: a built-in one by name, or one of the institution by id. */
export const ProfileChoice = z.union([
  z.strictObject({ profile: z.enum(profileNames) }),
  z.strictObject({ profileId: Id }),
]);
export type ProfileChoice = z.output<typeof ProfileChoice>;

export const AtPerson = z.object({ ...AtInstitution.shape, personId: Id });
export const AtMembership = z.object({ ...AtInstitution.shape, membershipId: Id });
const OnProduct = z.object({
  productId: ProductId.nullable().describe("Su quale prodotto; null: su tutti"),
});

export const memberships = {
  myInstitutions: endpoint({
    method: "GET",
    path: "/me/institutions",
    summary: "Gli enti per cui posso lavorare",
    description: "In ordine di nome, con ricerca per nome o codice fiscale, o uno solo. Solo appartenenze non cessate.",
    needs: "anyone",
    query: z.object({ search: z.string().max(100).optional(), institutionId: Id.optional(), ...PageQuery }),
    result: page(MyInstitution),
    problems: [],
    example: { query: { limit: "20" } },
  }),
  memberships: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/memberships",
    summary: "Chi ha accesso, con quale profilo",
    needs: "institution:people:read",
    params: AtInstitution,
    query: z.object(PageQuery),
    result: page(Membership),
    problems: [],
    example: {},
  }),
  list: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/people",
    summary: "Le persone dell’ente, con tutto ciò che hanno e perché",
    description:
      "In ordine di cognome. La ricerca guarda nome e cognome; i filtri tengono chi ha almeno un’appartenenza che corrisponde, e chi ha adesso un permesso.",
    needs: "institution:people:read",
    params: AtInstitution,
    query: z.object({
      search: z.string().max(100).optional(),
      productId: ProductId.optional(),
      profile: z.enum(heldProfiles).optional(),
      profileId: Id.optional(),
      groupId: Id.optional(),
      permission: PermissionCode.optional(),
      state: z.enum(["active", "suspended"]).optional(),
      ...PageQuery,
    }),
    result: page(PersonAtInstitution),
    problems: [],
    example: { query: { limit: "20", search: "ros" } },
  }),
  read: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/people/:personId",
    summary: "Una persona dell’ente",
    needs: "institution:people:read",
    params: AtPerson,
    result: PersonAtInstitution,
    problems: ["person-unknown"],
    example: {},
  }),
  give: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/people/:personId/memberships",
    summary: "Dà un profilo a chi lavora già per l’ente",
    description:
      "Nessuno dà più di quanto ha: chi dà un profilo deve avere tutti i suoi permessi su quel prodotto. Con date da e a.",
    needs: "institution:people:write",
    params: AtPerson,
    body: z.object({ productId: ProductId, choice: ProfileChoice, ...Dates }),
    result: HeldMembership,
    problems: [
      "person-unknown",
      "product-not-active",
      "profile-unknown",
      "grant-exceeds-own",
      "membership-repeated",
      "profiles-not-combinable",
      "dates-out-of-order",
    ],
    example: { body: { productId: "institution", choice: { profile: "operator" } } },
  }),
  changeDates: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/memberships/:membershipId",
    summary: "Cambia le date di un profilo",
    needs: "institution:people:write",
    params: AtMembership,
    body: z.object(Dates),
    result: HeldMembership,
    versioned: true,
    problems: [
      "membership-unknown",
      "grant-exceeds-own",
      "last-administrator",
      "dates-out-of-order",
      "membership-from-group",
    ],
    example: { body: { endsAt: "2036-12-31T22:59:59.000Z" } },
  }),
  end: endpoint({
    method: "DELETE",
    path: "/institutions/:institutionId/memberships/:membershipId",
    summary: "Toglie un profilo",
    description: "Vale dalla prossima richiesta. Chi viene da un gruppo esce dal gruppo.",
    needs: "institution:people:write",
    params: AtMembership,
    problems: ["membership-unknown", "grant-exceeds-own", "last-administrator"],
    example: {},
  }),
  suspend: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/people/:personId/suspend",
    summary: "Sospende una persona, su un prodotto o su tutti",
    description: "Profili, gruppi e permessi a tempo restano scritti e non valgono. Mai l’ultimo amministratore.",
    needs: "institution:people:write",
    params: AtPerson,
    body: OnProduct,
    result: PersonAtInstitution,
    problems: ["person-unknown", "nothing-to-change", "grant-exceeds-own", "last-administrator"],
    example: { body: { productId: null } },
  }),
  restore: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/people/:personId/restore",
    summary: "Riattiva una persona sospesa",
    needs: "institution:people:write",
    params: AtPerson,
    body: OnProduct,
    result: PersonAtInstitution,
    problems: ["person-unknown", "nothing-to-change", "grant-exceeds-own"],
    example: { body: { productId: null } },
  }),
  remove: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/people/:personId/remove",
    summary: "Toglie una persona, da un prodotto o da tutto l’ente",
    description:
      "Logico: ciò che ha fatto resta nella storia. Mai l’ultimo amministratore. I profili di cui rispondeva non danno più nulla finché un altro li prende in carico.",
    needs: "institution:people:write",
    params: AtPerson,
    body: OnProduct,
    problems: ["person-unknown", "nothing-to-change", "grant-exceeds-own", "last-administrator"],
    example: { body: { productId: null } },
  }),
};

// What the shapes hold, for who reads them.
export type HeldMembership = z.output<typeof HeldMembership>;
export type Membership = z.output<typeof Membership>;
export type PersonAtInstitution = z.output<typeof PersonAtInstitution>;
export type MyInstitution = z.output<typeof MyInstitution>;
