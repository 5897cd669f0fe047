import { z } from "zod";
import { InstitutionKind } from "./institution-kinds.ts";
import { endpoint } from "./kit/endpoint.ts";
import { Draft, type OnboardingState, onboardingStates, reviewReasons } from "./onboarding.ts";
import { Workflow } from "./products.ts";
import { RuleRun } from "./review-rules.ts";
import { Id, Instant, PageQuery, page, rule, Text } from "./values/index.ts";

/** What a reviewer may decide. */
export const reviewOutcomes = ["approved", "rejected", "changes-requested"] as const;
export const ReviewOutcome = z.enum(reviewOutcomes);
export type ReviewOutcome = z.output<typeof ReviewOutcome>;

/** Fewer decisions than these say nothing about how long one takes. */
export const FEWEST_FOR_A_MEDIAN = 5;
/** Above this the exact place in the queue helps nobody. */
export const MOST_AHEAD = 1000;

export const reviewViews = ["waiting", "with-applicant", "decided"] as const;
export type ReviewView = (typeof reviewViews)[number];
const State = z.enum(onboardingStates as [OnboardingState, ...OnboardingState[]]);
const Colleague = z.object({ id: Id, name: z.string(), me: z.boolean() }).describe("Una persona del personale");
const FieldNote = z.object({
  path: z.string().min(1).max(120).describe("Il campo, come in `fields`"),
  note: Text(500),
});

export const ReviewLine = z
  .object({
    id: Id,
    institution: z.object({ id: Id, name: z.string(), taxCode: z.string() }),
    productId: z.string(),
    productTitle: z.string(),
    kind: InstitutionKind,
    workflow: Workflow,
    state: State,
    round: z.number().int().describe("1 alla prima volta, uno in più ogni volta che torna corretta"),
    submittedAt: Instant,
    queuedAt: Instant.nullable().describe("Da quando aspetta una decisione, questa volta"),
    dueAt: Instant.nullable().describe("Entro quando il portale ha promesso di decidere"),
    reviewer: Colleague.nullable().describe("Chi l’ha presa in carico"),
    unansweredSince: Instant.nullable().describe("Chi ha chiesto ha scritto, e nessuno ha risposto"),
    proposed: z.boolean().describe("Una decisione aspetta la seconda persona"),
    decidedAt: Instant.nullable(),
  })
  .meta({ id: "ReviewLine" });

const Value = z.union([z.string(), z.boolean()]).nullable();
export const ReviewField = z.object({
  path: z.string(),
  value: Value,
  before: Value.describe("Il valore della volta prima, dove è cambiato"),
  changed: z.boolean(),
});

export const ReviewMessage = z.object({
  id: Id,
  at: Instant,
  from: z.enum(["staff", "applicant"]),
  name: z.string().nullable().describe("Chi ha scritto; del personale l’ente non vede il nome"),
  text: z.string(),
});

export const ReviewDecision = z.object({
  round: z.number().int(),
  outcome: ReviewOutcome,
  at: Instant,
  by: z.string().nullable().describe("Chi ha deciso; null: le regole pubblicate"),
  proposedBy: z.string().nullable(),
  rulesVersion: z.string().nullable(),
  note: z.string().nullable(),
  fields: z.array(FieldNote),
});

export const Review = ReviewLine.extend({
  reasons: z.array(z.enum(reviewReasons)),
  rules: RuleRun.nullable().describe("Che cosa hanno detto le regole pubblicate"),
  applicant: z.object({ name: z.string() }),
  people: z.number().int().describe("Quante persone decidono: una, o due"),
  fields: z.array(ReviewField).describe("Tutti i dati della richiesta, con ciò che è cambiato dall’ultima volta"),
  attachments: z.array(z.string()).describe("Gli allegati che l’accordo porterà"),
  messages: z.array(ReviewMessage),
  decisions: z.array(ReviewDecision).describe("La più recente prima"),
  proposal: z
    .object({
      outcome: ReviewOutcome.exclude(["changes-requested"]),
      note: z.string().nullable(),
      by: Colleague,
      at: Instant,
    })
    .nullable()
    .describe("La decisione di una persona, che ne aspetta una seconda"),
}).meta({ id: "Review" });

/** What the applicant sees of the review of their request. */
export const ReviewStatus = z
  .object({
    state: State,
    ahead: z.number().int().nullable().describe(`Quante richieste vengono prima; al massimo ${MOST_AHEAD}`),
    dueAt: Instant.nullable().describe("Entro quando il portale ha promesso di decidere"),
    correctBy: Instant.nullable().describe("Entro quando correggerla, se è tornata indietro"),
    started: z.boolean().describe("Qualcuno l’ha presa in carico"),
    people: z.number().int().describe("Quante persone decidono"),
    medianSeconds: z
      .number()
      .int()
      .nullable()
      .describe(
        `Quanto dura di solito (mediana degli ultimi sei mesi); null sotto le ${FEWEST_FOR_A_MEDIAN} decisioni`,
      ),
    note: z.string().nullable(),
    fields: z.array(FieldNote).describe("Che cosa correggere, campo per campo"),
    messages: z.array(ReviewMessage),
  })
  .meta({ id: "ReviewStatus" });

const OneReview = z.object({ onboardingId: Id });
const Seen = z
  .number()
  .int()
  .min(1)
  .describe("Il giro (`round`) che si è letto: se intanto è cambiato, la decisione non vale");
const staffProblems = ["onboarding-unknown", "permission-missing"] as const;
const decisionProblems = [
  ...staffProblems,
  "review-decided-already",
  "review-taken",
  "review-data-changed",
  "review-proposal-open",
] as const;

export const reviews = {
  list: endpoint({
    method: "GET",
    path: "/staff/onboardings",
    summary: "Le adesioni da controllare",
    description:
      "Sui prodotti di cui si è revisori. `waiting`: dalla scadenza più vicina; `with-applicant` e `decided`: dalla più recente.",
    needs: "staff:onboardings:read",
    purpose: "review",
    query: z.object({
      view: z.enum(reviewViews).default("waiting"),
      productId: z.string().max(40).optional(),
      kind: InstitutionKind.optional(),
      clock: z.enum(["late", "soon"]).optional().describe("late: la scadenza è passata; soon: manca meno di un giorno"),
      waitingDays: z.coerce.number().int().min(1).max(365).optional().describe("In attesa da almeno questi giorni"),
      mine: z.enum(["true"]).optional().describe("Solo quelle prese in carico da me"),
      search: z.string().max(100).optional().describe("Parte del nome dell’ente, o codice fiscale intero"),
      ...PageQuery,
    }),
    result: page(ReviewLine),
    problems: [],
    example: { query: { limit: "20" } },
  }),
  summary: endpoint({
    method: "GET",
    path: "/staff/onboardings-summary",
    summary: "Quante adesioni aspettano, e quanto dura una decisione",
    description: `Al massimo ${MOST_AHEAD} per conto: oltre, il numero esatto non serve.`,
    needs: "staff:onboardings:read",
    purpose: "review",
    result: z.object({
      waiting: z.number().int(),
      late: z.number().int(),
      mine: z.number().int(),
      products: z.array(
        z.object({ productId: z.string(), title: z.string(), medianSeconds: z.number().int().nullable() }),
      ),
    }),
    problems: [],
    example: {},
  }),
  read: endpoint({
    method: "GET",
    path: "/staff/onboardings/:onboardingId",
    summary: "Una richiesta da controllare, con tutti i suoi dati",
    description: "La lettura resta nella storia dell’ente.",
    needs: "staff:onboardings:read",
    purpose: "review",
    params: OneReview,
    result: Review,
    problems: staffProblems,
    example: {},
  }),
  take: endpoint({
    method: "PUT",
    path: "/staff/onboardings/:onboardingId/reviewer",
    summary: "Prendi in carico una richiesta",
    description: "Se l’ha già un collega lo dice; con `takeOver` passa a chi chiama.",
    needs: "staff:onboardings:write",
    purpose: "review",
    params: OneReview,
    body: z.object({ takeOver: z.boolean().default(false) }),
    result: Review,
    problems: [...staffProblems, "review-decided-already", "review-taken"],
    example: { body: {} },
  }),
  release: endpoint({
    method: "DELETE",
    path: "/staff/onboardings/:onboardingId/reviewer",
    summary: "Lascia una richiesta presa in carico",
    needs: "staff:onboardings:write",
    purpose: "review",
    params: OneReview,
    result: Review,
    problems: [...staffProblems, "review-taken"],
    example: {},
  }),
  decide: endpoint({
    method: "POST",
    path: "/staff/onboardings/:onboardingId/decision",
    summary: "Decidi su una richiesta",
    description:
      "Approva, rifiuta con il motivo, o chiedi modifiche con note sui campi. Di due che decidono insieme uno vince, all’altro si dice che cosa è successo. Dove il prodotto vuole due persone, approvare e rifiutare diventano una proposta che un collega conferma.",
    needs: "staff:onboardings:write",
    purpose: "review",
    params: OneReview,
    body: z
      .object({
        outcome: ReviewOutcome,
        round: Seen,
        note: Text(2000).optional().describe("Che cosa legge chi ha chiesto; obbligatoria, salvo approvando"),
        fields: z.array(FieldNote).max(60).default([]).describe("Note sui campi da correggere"),
      })
      .superRefine((d, context) => {
        if (d.outcome === "rejected" && !d.note)
          context.addIssue({ code: "custom", path: ["note"], ...rule("required") });
        if (d.outcome === "changes-requested" && !d.note && d.fields.length === 0)
          context.addIssue({ code: "custom", path: ["note"], ...rule("required") });
      }),
    result: Review,
    problems: [...decisionProblems, "already-active"],
    example: { body: { outcome: "approved", round: 1 } },
  }),
  confirm: endpoint({
    method: "POST",
    path: "/staff/onboardings/:onboardingId/proposal/confirmation",
    summary: "Conferma la decisione proposta da un collega",
    description: "Esegue la decisione. Nessuno conferma la propria.",
    needs: "staff:onboardings:write",
    purpose: "review",
    params: OneReview,
    body: z.object({ round: Seen }),
    result: Review,
    problems: [
      ...staffProblems,
      "review-decided-already",
      "review-data-changed",
      "review-proposal-missing",
      "proposal-own",
      "already-active",
    ],
    example: { body: { round: 1 } },
  }),
  decline: endpoint({
    method: "POST",
    path: "/staff/onboardings/:onboardingId/proposal/refusal",
    summary: "Non confermare la decisione proposta, o ritira la propria",
    description: "La richiesta torna da decidere.",
    needs: "staff:onboardings:write",
    purpose: "review",
    params: OneReview,
    body: z.object({ note: Text(500).optional() }),
    result: Review,
    problems: [...staffProblems, "review-proposal-missing"],
    example: { body: {} },
  }),
  write: endpoint({
    method: "POST",
    path: "/staff/onboardings/:onboardingId/messages",
    summary: "Scrivi a chi ha inviato la richiesta",
    needs: "staff:onboardings:write",
    purpose: "review",
    params: OneReview,
    body: z.object({ text: Text(2000) }),
    result: Review,
    problems: [...staffProblems, "review-over"],
    example: { body: { text: "Ci manda il verbale di nomina?" } },
  }),
  status: endpoint({
    method: "GET",
    path: "/onboardings/:onboardingId/review",
    summary: "A che punto è il controllo di un’adesione che ho inviato",
    description: "Il posto nella coda, chi decide, quanto dura di solito, e ciò che ci si è scritti.",
    needs: "anyone",
    params: OneReview,
    result: ReviewStatus,
    problems: ["onboarding-unknown", "onboarding-not-reviewed"],
    example: {},
  }),
  reply: endpoint({
    method: "POST",
    path: "/onboardings/:onboardingId/messages",
    summary: "Scrivi a chi controlla la mia adesione",
    needs: "anyone",
    params: OneReview,
    body: z.object({ text: Text(2000) }),
    result: ReviewStatus,
    problems: ["onboarding-unknown", "onboarding-not-reviewed", "review-over"],
    example: { body: { text: "Ecco il numero corretto." } },
  }),
  revise: endpoint({
    method: "POST",
    path: "/onboardings/:onboardingId/revision",
    summary: "Correggi un’adesione che è tornata indietro",
    description:
      "Apre una bozza con tutto ciò che era stato inviato e le note di chi ha controllato; inviarla rimanda la stessa richiesta. Si può passare a un collega come ogni bozza. Chiamata ancora, dà la stessa bozza.",
    needs: "anyone",
    params: OneReview,
    result: Draft,
    problems: ["onboarding-unknown", "onboarding-not-to-correct"],
    example: {},
  }),
};

// What the shapes hold, for who reads them.
export type ReviewLine = z.output<typeof ReviewLine>;
export type Review = z.output<typeof Review>;
export type ReviewStatus = z.output<typeof ReviewStatus>;
export type ReviewField = z.output<typeof ReviewField>;
