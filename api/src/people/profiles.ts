import { z } from "zod";
import { profileNames } from "../access.ts";
import { AtInstitution } from "../institutions.ts";
import { endpoint } from "../kit/endpoint.ts";
import { Id, Instant, PageQuery, page } from "../values/index.ts";
import { PermissionCode, ProductId, ProfileChoice } from "./memberships.ts";

export const CustomProfile = z
  .object({
    id: Id,
    version: z.number().int(),
    productId: z.string(),
    name: z.string(),
    description: z.string(),
    permissions: z.array(z.string()).describe("Ciò che il profilo elenca"),
    gives: z
      .array(PermissionCode)
      .describe("Ciò che dà adesso: solo quello che ha anche chi ne risponde, per un profilo di serie"),
    madeBy: z.object({ id: Id, name: z.string() }).describe("Chi ne risponde"),
    madeAt: Instant,
    people: z.number().int().describe("Quante persone lo hanno, da sole o per un gruppo"),
  })
  .meta({ id: "CustomProfile" });

const ProfileText = {
  name: z.string().trim().min(1).max(60),
  description: z.string().trim().max(200).default(""),
  permissions: z.array(PermissionCode).min(1).max(200),
};
export const AtProfile = z.object({ ...AtInstitution.shape, profileId: Id });

export const profilesApi = {
  list: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/profiles",
    summary: "I profili fatti dall’ente",
    description: "I profili di serie sono in `access.ts` e valgono per tutti; qui quelli che l’ente ha fatto per sé.",
    needs: "institution:people:read",
    params: AtInstitution,
    query: z.object(PageQuery),
    result: page(CustomProfile),
    problems: [],
    example: {},
  }),
  read: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/profiles/:profileId",
    summary: "Un profilo dell’ente",
    needs: "institution:people:read",
    params: AtProfile,
    result: CustomProfile,
    problems: ["profile-unknown"],
    example: {},
  }),
  make: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/profiles",
    summary: "Crea un profilo",
    description:
      "Un sottoinsieme, con un nome, dei permessi di un prodotto. Non contiene mai ciò che chi lo fa non ha: né ora, né dopo.",
    needs: "institution:profiles:write",
    params: AtInstitution,
    body: z.object({ productId: ProductId, ...ProfileText }),
    result: CustomProfile,
    problems: ["profile-exceeds-maker", "profile-name-taken", "permission-of-another-product"],
    example: {
      body: { productId: "institution", name: "Solo documenti", permissions: ["institution:agreements:read"] },
    },
  }),
  change: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/profiles/:profileId",
    summary: "Cambia un profilo",
    description:
      "Vale dalla prossima richiesta di chi lo ha. Chi lo cambia ne risponde, e deve avere anche ciò che il profilo dava prima.",
    needs: "institution:profiles:write",
    params: AtProfile,
    body: z.object(ProfileText),
    result: CustomProfile,
    versioned: true,
    problems: [
      "profile-unknown",
      "profile-exceeds-maker",
      "grant-exceeds-own",
      "profile-name-taken",
      "permission-of-another-product",
    ],
    example: { body: { name: "Solo documenti", permissions: ["institution:agreements:read"] } },
  }),
  takeOver: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/profiles/:profileId/take-over",
    summary: "Prende in carico un profilo",
    description: "Quando chi ne rispondeva non c’è più. Chi lo prende deve avere tutti i suoi permessi.",
    needs: "institution:profiles:write",
    params: AtProfile,
    result: CustomProfile,
    problems: ["profile-unknown", "profile-exceeds-maker"],
    example: {},
  }),
  end: endpoint({
    method: "DELETE",
    path: "/institutions/:institutionId/profiles/:profileId",
    summary: "Elimina un profilo",
    description: "Chi lo aveva lo perde, da solo o per un gruppo.",
    needs: "institution:profiles:write",
    params: AtProfile,
    problems: ["profile-unknown", "profile-of-group", "grant-exceeds-own"],
    example: {},
  }),
};

export const Group = z
  .object({
    id: Id,
    version: z.number().int(),
    productId: z.string(),
    name: z.string(),
    description: z.string(),
    profile: z.enum([...profileNames, "custom"]),
    profileId: Id.nullable(),
    profileName: z.string().nullable(),
    resources: z.array(z.string()).nullable().describe("A che cosa è limitato il profilo; null: a tutto"),
    state: z.enum(["active", "suspended"]),
    madeAt: Instant,
    people: z.number().int(),
  })
  .meta({ id: "Group" });
const GroupText = {
  name: z.string().trim().min(1).max(50),
  description: z.string().trim().max(200).default(""),
  choice: ProfileChoice,
  resources: z.array(z.string().trim().min(1).max(64)).min(1).max(500).nullable().default(null),
};
export const AtGroup = z.object({ ...AtInstitution.shape, groupId: Id });
const AtGroupMember = z.object({ ...AtGroup.shape, personId: Id });

export const groupsApi = {
  list: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/groups",
    summary: "I gruppi dell’ente",
    needs: "institution:people:read",
    params: AtInstitution,
    query: z.object(PageQuery),
    result: page(Group),
    problems: [],
    example: {},
  }),
  read: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/groups/:groupId",
    summary: "Un gruppo",
    needs: "institution:people:read",
    params: AtGroup,
    result: Group,
    problems: ["group-unknown"],
    example: {},
  }),
  make: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/groups",
    summary: "Crea un gruppo",
    description:
      "Persone di un prodotto che hanno lo stesso profilo; dove il permesso riguarda cose (stazioni, chiavi), anche su quali. Un gruppo non può avere il profilo di amministratore.",
    needs: "institution:profiles:write",
    params: AtInstitution,
    body: z.object({ productId: ProductId, ...GroupText }),
    result: Group,
    problems: [
      "profile-unknown",
      "grant-exceeds-own",
      "group-name-taken",
      "group-of-administrators",
      "group-resource-unknown",
    ],
    example: { body: { productId: "institution", name: "Ufficio protocollo", choice: { profile: "read-only" } } },
  }),
  change: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/groups/:groupId",
    summary: "Cambia un gruppo",
    description: "Il nuovo profilo vale per tutti i membri dalla prossima richiesta. Un gruppo sospeso non si cambia.",
    needs: "institution:profiles:write",
    params: AtGroup,
    body: z.object(GroupText),
    result: Group,
    versioned: true,
    problems: [
      "group-unknown",
      "group-suspended",
      "profile-unknown",
      "grant-exceeds-own",
      "group-name-taken",
      "group-resource-unknown",
      "group-of-administrators",
    ],
    example: { body: { name: "Ufficio protocollo", choice: { profile: "read-only" } } },
  }),
  suspend: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/groups/:groupId/suspend",
    summary: "Sospende un gruppo",
    needs: "institution:profiles:write",
    params: AtGroup,
    result: Group,
    problems: ["group-unknown", "nothing-to-change", "grant-exceeds-own"],
    example: {},
  }),
  restore: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/groups/:groupId/restore",
    summary: "Riattiva un gruppo",
    needs: "institution:profiles:write",
    params: AtGroup,
    result: Group,
    problems: ["group-unknown", "nothing-to-change", "grant-exceeds-own"],
    example: {},
  }),
  end: endpoint({
    method: "DELETE",
    path: "/institutions/:institutionId/groups/:groupId",
    summary: "Elimina un gruppo",
    description: "I membri perdono ciò che avevano dal gruppo, e solo quello.",
    needs: "institution:profiles:write",
    params: AtGroup,
    problems: ["group-unknown", "grant-exceeds-own"],
    example: {},
  }),
  add: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/groups/:groupId/people/:personId",
    summary: "Mette una persona nel gruppo",
    description: "Solo chi lavora già per l’ente. Nessuno dà più di quanto ha.",
    needs: "institution:people:write",
    params: AtGroupMember,
    problems: [
      "group-unknown",
      "group-suspended",
      "person-unknown",
      "grant-exceeds-own",
      "membership-repeated",
      "profiles-not-combinable",
    ],
    example: {},
  }),
  take: endpoint({
    method: "DELETE",
    path: "/institutions/:institutionId/groups/:groupId/people/:personId",
    summary: "Toglie una persona dal gruppo",
    needs: "institution:people:write",
    params: AtGroupMember,
    problems: ["group-unknown", "membership-unknown", "grant-exceeds-own"],
    example: {},
  }),
};

// What the shapes hold, for who reads them.
export type CustomProfile = z.output<typeof CustomProfile>;
export type Group = z.output<typeof Group>;
