import { z } from "zod";
import { SigningStep } from "./agreements.ts";
import { AtInstitution } from "./institutions.ts";
import { endpoint, file } from "./kit/endpoint.ts";
import { Id, Instant, PageQuery, page, Text } from "./values/index.ts";

/*
 * What is agreed after joining: new versions of a text, which institutions accept, and conventions, which stand on an active
 * product. The texts themselves are published by two people, as the catalogue is.
 */

/** How a new version is accepted: by a person who may, who confirms who they are; or by the signature of who represents. */
export const acceptanceWays = ["online", "signature", "none"] as const;
export const AcceptanceWay = z
  .enum(acceptanceWays)
  .describe(
    "online = conferma nel portale; signature = firma del legale rappresentante; none = nessuna: vale per chi aderisce",
  );
/** What happens when the time to accept is over. */
export const overdueOutcomes = ["stays", "suspends"] as const;
export const OverdueOutcome = z
  .enum(overdueOutcomes)
  .describe("stays = vale il testo di prima, e il personale lo sa; suspends = il prodotto è sospeso finché si accetta");

export const acceptanceStates = ["asked", "overdue", "accepted", "superseded", "ended"] as const;
export const AcceptanceState = z
  .enum(acceptanceStates)
  .describe(
    "asked = da accettare; overdue = il tempo è finito; accepted; superseded = c’è un testo più nuovo; ended = l’ente ha lasciato il prodotto",
  );

/** One paragraph of a text, beside what it was. */
export const ParagraphChange = z.object({
  change: z.enum(["same", "changed", "added", "removed"]),
  kind: z.enum(["title", "heading", "paragraph", "data", "item"]).describe("Che parte del testo è"),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type ParagraphChange = z.output<typeof ParagraphChange>;

const Person = z.object({ id: Id, name: z.string(), me: z.boolean() });
const Content = z.record(z.string(), z.unknown()).describe("Il testo per blocchi, come sta nei modelli");
const Terms = z.object({
  summary: Text(1000).describe("Che cosa cambia, detto agli enti in poche righe"),
  way: AcceptanceWay,
  days: z.number().int().min(1).max(365).default(60).describe("Giorni per accettare, dalla pubblicazione"),
  reminderDays: z.array(z.number().int().min(1).max(364)).max(5).default([30, 7, 1]),
  overdue: OverdueOutcome.default("stays"),
});
const Counts = z.object({
  asked: z.number().int(),
  overdue: z.number().int(),
  accepted: z.number().int(),
});

export const TemplateRehearsal = z
  .object({
    valid: z.boolean(),
    faults: z.array(z.object({ path: z.string(), message: z.string() })),
    version: z.string().describe("Il numero che avrà"),
    difference: z.array(ParagraphChange),
    products: z
      .array(z.object({ id: z.string(), title: z.string() }))
      .describe("Chi lo usa: avranno una nuova versione"),
    institutions: z.number().int().describe("Enti attivi a cui si chiederebbe di accettare"),
  })
  .meta({ id: "TemplateRehearsal" });
export type TemplateRehearsal = z.output<typeof TemplateRehearsal>;

export const TemplateProposal = Terms.extend({
  id: Id,
  baseVersion: z.string(),
  version: z.string(),
  content: Content,
  reason: z.string(),
  state: z.enum(["open", "published", "declined", "withdrawn"]),
  proposedBy: Person,
  proposedAt: Instant,
  answeredBy: Person.nullable(),
  answeredAt: Instant.nullable(),
  note: z.string().nullable(),
  difference: z.array(ParagraphChange).describe("Rispetto alla versione su cui è scritta"),
});

export const AgreementText = z
  .object({
    id: z.string(),
    title: z.string(),
    version: z.string(),
    content: Content,
    products: z.array(z.object({ id: z.string(), title: z.string() })),
    versions: z
      .array(
        z.object({
          version: z.string(),
          publishedAt: Instant,
          terms: Terms.nullable().describe("null: la prima, o pubblicata con il programma"),
          counts: Counts.nullable(),
        }),
      )
      .describe("La più recente prima"),
    proposal: TemplateProposal.nullable(),
    past: z.array(TemplateProposal).describe("Le ultime dieci, senza le pubblicate"),
  })
  .meta({ id: "AgreementText" });
export type AgreementText = z.output<typeof AgreementText>;

/** A new version that an institution is asked to accept. */
export const Acceptance = z
  .object({
    id: Id,
    productId: z.string(),
    productTitle: z.string(),
    template: z.string(),
    fromVersion: z.string(),
    version: z.string(),
    summary: z.string(),
    way: AcceptanceWay,
    overdue: OverdueOutcome,
    state: AcceptanceState,
    askedAt: Instant,
    dueAt: Instant,
    acceptedAt: Instant.nullable(),
    acceptedBy: z.string().nullable(),
    agreementId: Id.nullable().describe("Il documento, quando c’è"),
    signing: z.array(SigningStep),
  })
  .meta({ id: "Acceptance" });
export type Acceptance = z.output<typeof Acceptance>;

export const AcceptanceOfInstitution = Acceptance.omit({ signing: true, summary: true })
  .extend({ institution: z.object({ id: Id, name: z.string() }) })
  .meta({ id: "AcceptanceOfInstitution" });

/** A convention as an institution sees it: one it could ask for, waits to sign, or has. */
export const Convention = z
  .object({
    productId: z.string(),
    productTitle: z.string(),
    conventionId: z.string(),
    title: z.string(),
    description: z.string(),
    state: z.enum(["available", "pending", "active"]),
    agreementId: Id.nullable(),
    dueAt: Instant.nullable(),
    since: Instant.nullable(),
    signing: z.array(SigningStep),
  })
  .meta({ id: "Convention" });
export type Convention = z.output<typeof Convention>;

const OneTemplate = z.object({ templateId: z.string().max(60) });
const OneAcceptance = AtInstitution.extend({ acceptanceId: Id });
const writing = { needs: "staff:products:write", purpose: "catalogue" } as const;
const reading = { needs: "staff:products:read", purpose: "catalogue" } as const;
const newText = { content: Content, baseVersion: z.string().max(20) };

export const terms = {
  templates: {
    list: endpoint({
      method: "GET",
      path: "/staff/agreement-templates",
      summary: "I testi degli accordi",
      ...reading,
      result: z.object({
        items: z.array(
          z.object({
            id: z.string(),
            title: z.string(),
            version: z.string(),
            publishedAt: Instant,
            products: z.array(z.string()),
            proposed: z.boolean().describe("Una nuova versione aspetta la seconda persona"),
            waiting: z.number().int().describe("Enti che devono ancora accettare l’ultima"),
          }),
        ),
      }),
      problems: [],
      example: {},
    }),
    read: endpoint({
      method: "GET",
      path: "/staff/agreement-templates/:templateId",
      summary: "Un testo con le sue versioni, e chi le ha accettate",
      ...reading,
      params: OneTemplate,
      result: AgreementText,
      problems: ["agreement-template-unknown"],
      example: {},
    }),
    difference: endpoint({
      method: "GET",
      path: "/staff/agreement-templates/:templateId/differences",
      summary: "Che cosa cambia tra due versioni, paragrafo per paragrafo",
      ...reading,
      params: OneTemplate,
      query: z.object({ from: z.string().max(20), to: z.string().max(20) }),
      result: z.object({ items: z.array(ParagraphChange) }),
      problems: ["agreement-template-unknown"],
      example: { query: { from: "1.0.0", to: "1.0.0" } },
    }),
    rehearse: endpoint({
      method: "POST",
      path: "/staff/agreement-templates/:templateId/rehearsals",
      reads: true,
      summary: "Prova un nuovo testo senza pubblicarlo",
      ...reading,
      params: OneTemplate,
      body: z.object({ content: Content }),
      result: TemplateRehearsal,
      problems: ["agreement-template-unknown"],
      example: { body: { content: {} } },
    }),
    propose: endpoint({
      method: "POST",
      path: "/staff/agreement-templates/:templateId/proposals",
      summary: "Proponi una nuova versione di un testo",
      ...writing,
      params: OneTemplate,
      body: Terms.extend({ ...newText, reason: Text(500) }),
      result: AgreementText,
      problems: [
        "agreement-template-unknown",
        "agreement-template-faulty",
        "agreement-template-moved-on",
        "product-proposal-open",
        "nothing-to-change",
      ],
      example: {
        body: {
          content: {},
          baseVersion: "1.0.0",
          summary: "Cambia l’articolo 2",
          way: "online",
          reason: "Nuove norme",
        },
      },
    }),
    publish: endpoint({
      method: "POST",
      path: "/staff/agreement-templates/:templateId/publication",
      summary: "Pubblica il testo proposto da un’altra persona",
      description:
        "I prodotti che lo usano hanno una nuova versione; agli enti attivi con un testo più vecchio si chiede di accettare. Una versione pubblicata non cambia più.",
      ...writing,
      params: OneTemplate,
      body: z.object({ proposalId: Id.describe("Quella che si è letta") }),
      result: AgreementText,
      problems: [
        "agreement-template-unknown",
        "product-proposal-missing",
        "proposal-own",
        "agreement-template-moved-on",
        "agreement-template-faulty",
      ],
      example: { body: { proposalId: "00000000-0000-4000-8000-000000000000" } },
    }),
    decline: endpoint({
      method: "POST",
      path: "/staff/agreement-templates/:templateId/proposal/refusal",
      summary: "Non pubblicare un testo proposto, o ritira il proprio",
      ...writing,
      params: OneTemplate,
      body: z.object({ note: Text(500).optional() }),
      result: AgreementText,
      problems: ["agreement-template-unknown", "product-proposal-missing"],
      example: { body: {} },
    }),
    acceptances: endpoint({
      method: "GET",
      path: "/staff/agreement-templates/:templateId/versions/:version/acceptances",
      summary: "Chi ha accettato una versione, e chi no",
      description:
        "Per ente; `state` sceglie. Gli enti in ritardo e quelli che devono ancora accettare si trovano così.",
      ...reading,
      params: OneTemplate.extend({ version: z.string().max(20) }),
      query: z.object({ state: AcceptanceState.optional(), ...PageQuery }),
      result: page(AcceptanceOfInstitution),
      problems: [],
      example: { query: { limit: "20" } },
    }),
    export: endpoint({
      method: "GET",
      path: "/staff/agreement-templates/:templateId/versions/:version/acceptances.csv",
      summary: "Lo stesso elenco in CSV, intero",
      ...reading,
      params: OneTemplate.extend({ version: z.string().max(20) }),
      result: file("text/csv"),
      problems: [],
      example: {},
    }),
  },
  acceptances: {
    list: endpoint({
      method: "GET",
      path: "/institutions/:institutionId/agreement-acceptances",
      summary: "Le nuove versioni da accettare, e quelle accettate",
      description: "Prima quelle da accettare; al massimo 50.",
      needs: "institution:agreements:read",
      params: AtInstitution,
      result: z.object({ items: z.array(Acceptance) }),
      problems: [],
      example: {},
    }),
    read: endpoint({
      method: "GET",
      path: "/institutions/:institutionId/agreement-acceptances/:acceptanceId",
      summary: "Una nuova versione, con ciò che cambia paragrafo per paragrafo",
      needs: "institution:agreements:read",
      params: OneAcceptance,
      result: Acceptance.extend({ difference: z.array(ParagraphChange) }),
      problems: ["acceptance-unknown"],
      example: {},
    }),
    confirm: endpoint({
      method: "POST",
      path: "/institutions/:institutionId/agreement-acceptances/:acceptanceId/confirmation",
      summary: "Accetta la nuova versione di un accordo",
      description:
        "Dove basta la conferma nel portale. Si scrive il documento con il testo nuovo, e chi l’ha accettato e quando; l’accordo di prima cessa.",
      source: "CAD art. 20, c. 1-bis e art. 64; Reg. UE 910/2014",
      needs: "institution:agreements:write",
      stepUp: "fresh",
      params: OneAcceptance,
      body: z.object({ version: z.string().max(20).describe("Quella che si è letta") }),
      result: Acceptance,
      problems: [
        "acceptance-unknown",
        "acceptance-closed",
        "acceptance-wants-signature",
        "acceptance-moved-on",
        "representative-missing",
      ],
      example: { body: { version: "1.1.0" } },
    }),
  },
  conventions: {
    list: endpoint({
      method: "GET",
      path: "/institutions/:institutionId/conventions",
      summary: "Le convenzioni dell’ente, e quelle che può chiedere",
      description: "Una convenzione sta su un prodotto attivo e finisce con lui.",
      needs: "institution:agreements:read",
      params: AtInstitution,
      result: z.object({ items: z.array(Convention) }),
      problems: [],
      example: {},
    }),
    ask: endpoint({
      method: "POST",
      path: "/institutions/:institutionId/conventions",
      summary: "Chiedi una convenzione",
      description: "Si scrive il documento, e alla PEC dell’ente arriva il link per firmarlo.",
      needs: "institution:agreements:write",
      params: AtInstitution,
      body: z.object({ productId: z.string().min(1).max(40), conventionId: z.string().min(1).max(40) }),
      result: Convention,
      problems: ["product-not-active", "convention-unknown", "convention-open", "representative-missing"],
      example: { body: { productId: "ced", conventionId: "tempo-reale" } },
    }),
    leave: endpoint({
      method: "DELETE",
      path: "/institutions/:institutionId/conventions/:agreementId",
      summary: "Lascia una convenzione, o ritira la richiesta",
      needs: "institution:agreements:write",
      stepUp: "fresh",
      params: AtInstitution.extend({ agreementId: Id }),
      problems: ["convention-unknown"],
      example: {},
    }),
  },
  signingLink: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/agreements/:agreementId/signing-link",
    summary: "La pagina per firmare un accordo che aspetta",
    description:
      "La stessa a cui porta il link della PEC: si scarica, si firma qui o con il proprio programma, si carica.",
    needs: "institution:agreements:write",
    params: AtInstitution.extend({ agreementId: Id }),
    result: z.object({ url: z.string() }),
    once: ["url"],
    problems: ["agreement-unknown", "agreement-not-ready"],
    example: {},
  }),
};
