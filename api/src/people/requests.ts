import { z } from "zod";
import { heldProfiles, profileNames } from "../access.ts";
import { AtInstitution } from "../institutions.ts";
import { endpoint, file } from "../kit/endpoint.ts";
import { Id, Instant, IpaCode, PageQuery, PersonalEmail, page, TaxCode } from "../values/index.ts";
import { PermissionCode, ProductId, ProfileChoice } from "./memberships.ts";

/** States of a request for access and the moves between them. */
export const requestMoves = {
  pending: ["granted", "refused", "withdrawn"],
  granted: [],
  refused: [],
  withdrawn: [],
} as const satisfies Record<string, readonly string[]>;
export type RequestState = keyof typeof requestMoves;
export const requestStates = Object.keys(requestMoves) as [RequestState, ...RequestState[]];

export const AccessRequest = z
  .object({
    id: Id,
    kind: z.enum(["membership", "permission"]).describe("Entrare nell’ente, o un permesso in più"),
    person: z.object({ id: Id, name: z.string() }),
    institution: z.object({ id: Id, name: z.string() }),
    productId: z.string(),
    profile: z.enum(profileNames).nullable(),
    permission: PermissionCode.nullable(),
    wantedUntil: Instant.nullable(),
    message: z.string(),
    askedOf: z.string().nullable(),
    state: z.enum(requestStates),
    askedAt: Instant,
    answeredAt: Instant.nullable(),
    answeredBy: z.string().nullable(),
    note: z.string(),
  })
  .meta({ id: "AccessRequest" });

const Message = z.string().trim().max(500).default("");
const Reason = z.string().trim().min(1).max(500);
const AtRequest = z.object({ ...AtInstitution.shape, requestId: Id });

export const requestsApi = {
  join: endpoint({
    method: "POST",
    path: "/access-requests",
    summary: "Chiede di lavorare per il proprio ente",
    description:
      "L’ente deve avere già aderito. Risponde un amministratore, con un profilo e, se vuole, una scadenza; chi sono gli amministratori non si dice a chi è fuori. Una richiesta in attesa per ente, poche in un giorno.",
    needs: "anyone",
    body: z.object({
      institution: z
        .union([z.strictObject({ ipaCode: IpaCode }), z.strictObject({ taxCode: TaxCode })])
        .describe("Per codice IPA, o per codice fiscale chi non è in IndicePA"),
      productId: ProductId,
      profile: z.enum(profileNames),
      email: PersonalEmail,
      message: Reason.describe("Chi è, e perché gli serve: chi risponde non lo conosce"),
    }),
    result: AccessRequest,
    problems: [
      "institution-not-joined",
      "product-not-active",
      "already-here",
      "access-request-pending",
      "too-many-access-requests",
    ],
    example: {
      body: {
        institution: { ipaCode: "c_xxxx" },
        productId: "institution",
        profile: "operator",
        email: "ada.abete@posta.example",
        message: "Lavoro al protocollo",
      },
    },
  }),
  mine: endpoint({
    method: "GET",
    path: "/me/access-requests",
    summary: "Le mie richieste di accesso",
    needs: "anyone",
    query: z.object(PageQuery),
    result: page(AccessRequest),
    problems: [],
    example: {},
  }),
  withdraw: endpoint({
    method: "DELETE",
    path: "/me/access-requests/:requestId",
    summary: "Ritira una mia richiesta",
    needs: "anyone",
    params: z.object({ requestId: Id }),
    problems: ["access-request-unknown", "access-request-answered"],
    example: {},
  }),
  ask: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/access-requests",
    summary: "Chiede un permesso che manca",
    description: "A chi può darlo: a una persona, o a tutti gli amministratori. Basta lavorare per l’ente.",
    needs: "member",
    params: AtInstitution,
    body: z.object({
      permission: PermissionCode,
      productId: ProductId.optional().describe("Per un permesso di ciascun prodotto: su quale"),
      until: Instant.nullable().default(null),
      message: Message,
      askedOf: Id.nullable().default(null),
    }),
    result: AccessRequest,
    problems: [
      "permission-already-held",
      "access-request-pending",
      "too-many-access-requests",
      "person-unknown",
      "dates-out-of-order",
    ],
    example: { body: { permission: "institution:audit-trail:read" } },
  }),
  list: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/access-requests",
    summary: "Chi chiede un accesso all’ente",
    needs: "institution:people:write",
    params: AtInstitution,
    query: z.object({ state: z.enum(requestStates).optional(), ...PageQuery }),
    result: page(AccessRequest),
    problems: [],
    example: {},
  }),
  grant: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/access-requests/:requestId/grant",
    summary: "Dà ciò che è chiesto",
    description:
      "Senza scadenza o fino a un momento. A chi chiede di entrare si può dare un altro profilo, anche su un altro prodotto. Nessuno dà più di quanto ha.",
    needs: "institution:people:write",
    params: AtRequest,
    body: z.object({
      endsAt: Instant.nullable().default(null),
      productId: ProductId.optional(),
      choice: ProfileChoice.optional(),
      note: Message,
    }),
    result: AccessRequest,
    problems: [
      "access-request-unknown",
      "access-request-answered",
      "product-not-active",
      "profile-unknown",
      "nomination-needed",
      "grant-exceeds-own",
      "membership-repeated",
      "profiles-not-combinable",
      "dates-out-of-order",
    ],
    example: { body: {} },
  }),
  refuse: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/access-requests/:requestId/refuse",
    summary: "Rifiuta una richiesta",
    needs: "institution:people:write",
    params: AtRequest,
    body: z.object({ note: Message }),
    result: AccessRequest,
    problems: ["access-request-unknown", "access-request-answered"],
    example: { body: { note: "Ci pensa già l’ufficio ragioneria." } },
  }),
};

/** A way to hold a permission, and how many people hold it that way now. */
const Way = z.object({
  profile: z.enum(heldProfiles),
  profileId: Id.nullable(),
  profileName: z.string().nullable(),
  people: z.number().int(),
});
export const permissionsApi = {
  list: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/permissions",
    summary: "Tutti i permessi di tutti i prodotti, e chi li ha",
    description: "Per ogni permesso i profili che lo danno, di serie e dell’ente, e quante persone li hanno adesso.",
    needs: "institution:people:read",
    params: AtInstitution,
    result: z.object({
      items: z.array(
        z.object({
          permission: PermissionCode,
          productId: z.string(),
          allows: z.string(),
          ways: z.array(Way),
          passable: z.boolean().describe("Chi chiede lo ha per un profilo di serie suo, e può metterlo in un profilo"),
        }),
      ),
    }),
    problems: [],
    example: {},
  }),
  explain: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/permissions/:permission/explanation",
    summary: "Perché posso, o non posso, e a chi chiedere",
    description:
      "La regola, i profili che danno il permesso, chi nell’ente può darlo, e la mia richiesta se ne aspetta una.",
    needs: "member",
    params: z.object({ ...AtInstitution.shape, permission: PermissionCode }),
    query: z.object({ productId: ProductId.optional().describe("Per un permesso di ciascun prodotto: su quale") }),
    result: z.object({
      permission: PermissionCode,
      allows: z.string(),
      held: z.boolean(),
      profiles: z.array(z.enum(profileNames)).describe("Profili di serie che lo danno"),
      customProfiles: z.array(z.string()).describe("Profili dell’ente che lo danno"),
      givers: z.array(
        z.object({
          id: Id,
          name: z.string(),
          answersIn: z.number().int().nullable().describe("Minuti: la metà delle sue risposte è stata più rapida"),
        }),
      ),
      pending: AccessRequest.nullable(),
    }),
    problems: [],
    example: {},
  }),
  export: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/permission-matrix",
    summary: "La matrice persone × permessi, in CSV",
    description: "Le stesse persone dell’elenco con gli stessi filtri. Una cella che sembra una formula è disarmata.",
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
    }),
    result: file("text/csv"),
    problems: [],
    example: {},
  }),
};
export type AccessRequest = z.output<typeof AccessRequest>;
