import { z } from "zod";
import { heldProfiles } from "../access.ts";
import { AtInstitution } from "../institutions.ts";
import { endpoint } from "../kit/endpoint.ts";
import { Id, Instant, PageQuery, page } from "../values/index.ts";

/** Warnings leave this many days before the end. */
export const REVIEW_WARNINGS = [7, 1] as const;
export const accessReviewAnswers = ["keep", "remove", "change"] as const;
export const accessReviewOutcomes = [
  "kept",
  "removed",
  "changed",
  "gone",
  "unanswered",
  "ended-unanswered",
  "last-administrator",
] as const;

export const AccessReview = z
  .object({
    id: Id,
    state: z.enum(["open", "closed"]),
    openedAt: Instant,
    openedBy: z.string().nullable().describe("null: l’ha aperto il calendario"),
    dueAt: Instant,
    closedAt: Instant.nullable(),
    endsUnanswered: z.boolean().describe("Ciò che nessuno conferma finisce"),
    lines: z.number().int(),
    left: z.number().int().describe("Righe che aspettano una risposta"),
    outcomes: z.partialRecord(z.enum(accessReviewOutcomes), z.number().int()),
  })
  .meta({ id: "AccessReview" });

export const AccessReviewLine = z
  .object({
    id: Id,
    person: z.object({ id: Id, name: z.string(), hasEntered: z.boolean() }),
    membershipId: Id,
    productId: z.string(),
    profile: z.enum(heldProfiles),
    profileName: z.string().nullable(),
    groupName: z.string().nullable(),
    state: z.enum(["active", "suspended", "ended"]),
    beginsAt: Instant,
    endsAt: Instant.nullable(),
    answer: z.enum(accessReviewAnswers).nullable(),
    answeredBy: z.string().nullable(),
    answeredAt: Instant.nullable(),
    outcome: z.enum(accessReviewOutcomes).nullable(),
  })
  .meta({ id: "AccessReviewLine" });

export const AccessReviewRules = z.object({
  everyMonths: z
    .union([z.literal(3), z.literal(6), z.literal(12)])
    .nullable()
    .describe("null: mai da solo"),
  daysToAnswer: z.number().int().min(7).max(90),
  endsUnanswered: z
    .boolean()
    .describe("Ciò che nessuno conferma finisce, dopo gli avvisi; mai l’ultimo amministratore"),
});
const KnownRules = AccessReviewRules.extend({ version: z.number().int(), nextAt: Instant.nullable() }).meta({
  id: "AccessReviewRules",
});

const AtReview = z.object({ ...AtInstitution.shape, reviewId: Id });

export const reviewsApi = {
  list: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/access-reviews",
    summary: "I riesami degli accessi, dal più recente",
    needs: "institution:people:read",
    params: AtInstitution,
    query: z.object(PageQuery),
    result: page(AccessReview),
    problems: [],
    example: {},
  }),
  open: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/access-reviews",
    summary: "Apre un riesame adesso",
    description: "Una riga per ogni accesso che vale o è sospeso in questo momento.",
    needs: "institution:people:write",
    params: AtInstitution,
    result: AccessReview,
    problems: ["review-open"],
    example: {},
  }),
  lines: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/access-reviews/:reviewId/lines",
    summary: "Chi ha accesso a che cosa, riga per riga",
    needs: "institution:people:read",
    params: AtReview,
    query: z.object({ pending: z.enum(["true"]).optional().describe("Solo ciò che aspetta"), ...PageQuery }),
    result: page(AccessReviewLine),
    problems: ["review-unknown"],
    example: {},
  }),
  answer: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/access-reviews/:reviewId/answers",
    summary: "Risponde a una o più righe",
    description:
      "Tiene, toglie, o tiene fino a un giorno. Tutte o nessuna. Nessuno conferma o toglie più di quanto potrebbe dare, né il proprio accesso quando c’è un altro amministratore.",
    needs: "institution:people:write",
    params: AtReview,
    body: z.object({
      answers: z
        .array(z.object({ lineId: Id, answer: z.enum(accessReviewAnswers), endsAt: Instant.optional() }))
        .min(1)
        .max(100),
    }),
    result: AccessReview,
    problems: [
      "review-unknown",
      "review-closed",
      "review-line-unknown",
      "review-line-answered",
      "review-own-line",
      "grant-exceeds-own",
      "last-administrator",
      "membership-from-group",
      "dates-out-of-order",
    ],
    example: { body: { answers: [{ lineId: "00000000-0000-4000-8000-000000000000", answer: "keep" }] } },
  }),
  rules: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/access-review-rules",
    summary: "Ogni quanto, e che cosa succede a ciò che nessuno conferma",
    needs: "institution:people:read",
    params: AtInstitution,
    result: KnownRules,
    problems: [],
    example: {},
  }),
  changeRules: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/access-review-rules",
    summary: "Cambia le regole dei riesami",
    description: "Un riesame già aperto resta con le sue.",
    needs: "institution:people:write",
    params: AtInstitution,
    body: AccessReviewRules,
    result: KnownRules,
    problems: [],
    versioned: true,
    example: { body: { everyMonths: 6, daysToAnswer: 30, endsUnanswered: false } },
  }),
};
export type AccessReview = z.output<typeof AccessReview>;
export type AccessReviewLine = z.output<typeof AccessReviewLine>;
