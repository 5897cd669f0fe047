import { z } from "zod";
import { profileNames } from "../access.ts";
import { AtInstitution } from "../institutions.ts";
import { endpoint } from "../kit/endpoint.ts";
import { FiscalCode, Id, Instant, PageQuery, PersonalEmail, page } from "../values/index.ts";
import { ProductId, ProfileChoice } from "./memberships.ts";

/** How long a mailed invitation can be accepted. */
export const INVITATION_DAYS = 14;

const Offer = z.object({
  productId: z.string(),
  profile: z.enum([...profileNames, "custom"]),
  profileId: Id.nullable(),
  profileName: z.string().nullable(),
  beginsAt: Instant.nullable().describe("null: da quando accetta"),
  endsAt: Instant.nullable(),
});
export const invitationStates = ["pending", "accepted", "revoked", "expired"] as const;
export const Invitation = z
  .object({
    id: Id,
    givenName: z.string(),
    familyName: z.string(),
    email: z.string(),
    offers: z.array(Offer),
    state: z.enum(invitationStates),
    invitedBy: z.string(),
    invitedAt: Instant,
    expiresAt: Instant,
  })
  .meta({ id: "Invitation" });
export const NewInvitation = z.object({
  givenName: z.string().trim().min(1).max(80),
  familyName: z.string().trim().min(1).max(80),
  fiscalCode: FiscalCode,
  email: PersonalEmail,
  offers: z
    .array(
      z.object({
        productId: ProductId,
        choice: ProfileChoice,
        beginsAt: Instant.optional(),
        endsAt: Instant.nullable().optional(),
      }),
    )
    .min(1)
    .max(10),
});
const AtInvitation = z.object({ ...AtInstitution.shape, invitationId: Id });
const Token = z.object({ token: z.string().min(1).max(400) });
const linkProblems = [
  "link-invalid",
  "link-expired",
  "invitation-used",
  "invitation-revoked",
  "invitation-for-somebody-else",
] as const;

export const invitationsApi = {
  list: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/invitations",
    summary: "Gli inviti dell’ente, dal più recente",
    needs: "institution:people:read",
    params: AtInstitution,
    query: z.object(PageQuery),
    result: page(Invitation),
    problems: [],
    example: {},
  }),
  invite: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/invitations",
    summary: "Invita una persona",
    description: `Le arriva un link firmato, che vale ${INVITATION_DAYS} giorni e una volta sola, e solo per chi entra con quel codice fiscale. Nessuno offre più di quanto ha. A ogni ente una persona dà un solo indirizzo.`,
    needs: "institution:people:write",
    params: AtInstitution,
    body: NewInvitation,
    result: Invitation,
    problems: [
      "already-here",
      "invitation-pending",
      "product-not-active",
      "profile-unknown",
      "profiles-not-combinable",
      "nomination-needed",
      "grant-exceeds-own",
      "dates-out-of-order",
    ],
    example: {
      body: {
        givenName: "Ada",
        familyName: "Abete",
        fiscalCode: "BTADAA80A41H501Q",
        email: "ada.abete@posta.example",
        offers: [{ productId: "institution", choice: { profile: "operator" } }],
      },
    },
  }),
  resend: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/invitations/:invitationId/resend",
    summary: "Manda di nuovo un invito",
    description: "Il link di prima non vale più; quello nuovo vale dall’inizio.",
    needs: "institution:people:write",
    params: AtInvitation,
    result: Invitation,
    problems: ["invitation-unknown", "invitation-used", "invitation-revoked"],
    example: {},
  }),
  revoke: endpoint({
    method: "DELETE",
    path: "/institutions/:institutionId/invitations/:invitationId",
    summary: "Ritira un invito",
    needs: "institution:people:write",
    params: AtInvitation,
    problems: ["invitation-unknown", "invitation-used", "invitation-revoked"],
    example: {},
  }),
  read: endpoint({
    method: "POST",
    path: "/invitation-links/readings",
    summary: "Legge un invito dal suo link",
    description:
      "Leggerlo non lo consuma. Chi è entrato con un altro codice fiscale viene rifiutato, e l’ente lo vede.",
    needs: "anyone",
    reads: true,
    body: Token,
    result: z.object({
      institutionName: z.string(),
      invitedBy: z.string(),
      email: z.string(),
      expiresAt: Instant,
      offers: z.array(Offer),
    }),
    problems: linkProblems,
    example: { body: { token: "x.y" } },
  }),
  accept: endpoint({
    method: "POST",
    path: "/invitation-links/acceptances",
    summary: "Accetta un invito",
    description: "Una volta sola. Vale ciò che chi ha invitato può dare in quel momento.",
    needs: "anyone",
    body: Token,
    result: z.object({ institutionId: Id, institutionName: z.string() }),
    problems: [...linkProblems, "invitation-lapsed"],
    example: { body: { token: "x.y" } },
  }),
};
export type Invitation = z.output<typeof Invitation>;
