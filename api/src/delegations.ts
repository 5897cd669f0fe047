import { z } from "zod";
import { delegationEnvironments } from "./access.ts";
import { AtInstitution } from "./institutions.ts";
import { endpoint, file } from "./kit/endpoint.ts";
import { PermissionCode, ProductId } from "./people/memberships.ts";
import { Id, Instant, PageQuery, page, TaxCode } from "./values/index.ts";

/** The two institutions of a delegation. */
export const delegationSides = ["delegator", "partner"] as const;
export type DelegationSide = (typeof delegationSides)[number];

/**
 * The life of a delegation, as data: server, screens and documentation read the same. It is offered by who delegates or asked for
 * by the partner; the other side answers; from then on who delegated moves it, and both may end it.
 */
export const delegationStates = [
  "offered",
  "asked",
  "active",
  "suspended",
  "refused",
  "withdrawn",
  "revoked",
  "expired",
] as const;
export type DelegationState = (typeof delegationStates)[number];
export const openDelegationStates = ["offered", "asked", "active", "suspended"] as const;

type Move = { from: readonly DelegationState[]; to: DelegationState; by: (from: DelegationState) => DelegationSide[] };
const answering = (from: DelegationState): DelegationSide[] => [from === "offered" ? "partner" : "delegator"];
const proposing = (from: DelegationState): DelegationSide[] => [from === "offered" ? "delegator" : "partner"];
export const delegationMoves = {
  accept: { from: ["offered", "asked"], to: "active", by: answering },
  refuse: { from: ["offered", "asked"], to: "refused", by: answering },
  withdraw: { from: ["offered", "asked"], to: "withdrawn", by: proposing },
  suspend: { from: ["active"], to: "suspended", by: () => ["delegator"] },
  resume: { from: ["suspended"], to: "active", by: () => ["delegator"] },
  revoke: { from: ["active", "suspended"], to: "revoked", by: () => ["delegator", "partner"] },
  /** By the clock alone: its end has come, or nobody answered in time. */
  expire: { from: ["offered", "asked", "active", "suspended"], to: "expired", by: () => [] },
} as const satisfies Record<string, Move>;
export type DelegationMove = keyof typeof delegationMoves;
/** May this side do this to a delegation in this state? */
export const mayMoveDelegation = (move: DelegationMove, state: DelegationState, side: DelegationSide): boolean =>
  (delegationMoves[move].from as readonly DelegationState[]).includes(state) &&
  (delegationMoves[move].by as Move["by"])(state).includes(side);

/** Days to answer an offer or a request. */
export const ANSWER_DAYS = 60;
/** From how many days before its end a delegation is told as expiring. */
export const EXPIRING_DAYS = 30;

export type DelegationEnvironment = (typeof delegationEnvironments)[number];
export const DelegationEnvironment = z
  .enum(delegationEnvironments)
  .describe("test = solo Collaudo; production = solo Produzione; both = l’uno e l’altra");

const Scope = {
  permissions: z.array(PermissionCode).max(60).describe("Permessi del prodotto; mai più di questi"),
  environment: DelegationEnvironment,
  resources: z
    .array(z.string().min(1).max(100))
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .describe("Le sole cose (stazioni, chiavi) su cui vale; assente: tutte"),
  endsAt: Instant.nullable().default(null).describe("Fine; assente: finché qualcuno non la revoca"),
  aggregates: z
    .boolean()
    .default(false)
    .describe("Vale anche per gli enti che chi delega ha aggregato sul prodotto; mai per i permessi delicati"),
};
const Begins = { beginsAt: Instant.nullable().default(null).describe("Inizio; assente: da quando è accettata") };
const Reason = z.string().trim().max(500);

/** What still has to be done, and by whom: each side sees also what the other has open. */
const Task = z.object({
  side: z.enum(delegationSides),
  task: z.enum(["answer", "assign", "resume", "renew", "finding"]),
  finding: z.string().nullable(),
  environment: z.enum(["test", "production"]).nullable().describe("Dove, quando è una segnalazione"),
  dueAt: Instant.nullable(),
});
const PortfolioFinding = z.object({
  kind: z.string(),
  severity: z.enum(["critical", "attention", "progress"]),
  environment: z.enum(["test", "production"]).nullable(),
  dueAt: Instant.nullable(),
});
const Party = z.object({ id: Id, name: z.string(), taxCode: z.string() });

export const Delegation = z
  .object({
    id: Id,
    version: z.number().int(),
    delegator: Party,
    partner: Party,
    side: z.enum(delegationSides).describe("Da che parte sta chi legge"),
    productId: z.string(),
    productTitle: z.string(),
    permissions: z.array(PermissionCode),
    environment: DelegationEnvironment,
    resources: z.array(z.string()).nullable(),
    aggregates: z.boolean().describe("Vale anche per gli enti aggregati di chi delega"),
    state: z.enum(delegationStates),
    beginsAt: Instant.nullable(),
    endsAt: Instant.nullable(),
    answerBy: Instant.describe("Entro quando si può accettare"),
    proposedAt: Instant,
    proposedBy: z.string(),
    answeredAt: Instant.nullable(),
    movedAt: Instant.describe("Ultima modifica"),
    reason: z.string().describe("Perché, l’ultima volta"),
    tasks: z.array(Task).describe("Che cosa resta da fare, e a chi"),
  })
  .meta({ id: "Delegation" });

/** What can stop the work for an institution, as the portfolio filters by it. A finding's own kind serves too. */
export const portfolioBlocks = ["to-accept", "waiting", "suspended", "expiring", "unassigned", "finding"] as const;
export type PortfolioBlock = (typeof portfolioBlocks)[number];

export const ManagedInstitution = z
  .object({
    delegationId: Id,
    institution: z.object({
      id: Id,
      name: z.string(),
      taxCode: z.string(),
      ipaCode: z.string().nullable(),
      city: z.string().nullable(),
    }),
    productId: z.string(),
    environment: DelegationEnvironment,
    state: z.enum(delegationStates),
    beginsAt: Instant.nullable(),
    endsAt: Instant.nullable(),
    dueAt: Instant.nullable().describe("La data più vicina: fine della delega, o entro quando rimediare"),
    blocks: z.array(z.enum(portfolioBlocks)),
    findings: z.array(PortfolioFinding),
    servedBy: z.array(z.string()).describe("Chi la serve: persone, gruppi; vuoto se nessuno"),
  })
  .meta({ id: "ManagedInstitution" });

const PortfolioFilter = {
  search: z.string().max(100).optional(),
  productId: ProductId.optional(),
  environment: z.enum(["test", "production"]).optional(),
  state: z.enum(delegationStates).optional().describe("Assente: quelle aperte"),
  block: z.enum([...portfolioBlocks, "none"]).optional(),
  finding: z.string().max(60).optional().describe("Una segnalazione precisa"),
  order: z.enum(["name", "due"]).default("name"),
};

export const Mandate = z
  .object({
    delegationId: Id,
    institution: Party.extend({ city: z.string().nullable() }),
    partner: z.object({ id: Id, name: z.string() }),
    productId: z.string(),
    environment: DelegationEnvironment,
    state: z.enum(["active", "suspended"]),
    permissions: z.array(PermissionCode).describe("Ciò che la delega comprende"),
    beginsAt: Instant.nullable(),
    endsAt: Instant.nullable(),
    findings: z.array(PortfolioFinding),
  })
  .meta({ id: "Mandate" });
export const MandateInForce = Mandate.extend({
  productTitle: z.string(),
  held: z
    .array(PermissionCode)
    .describe("Ciò che posso fare adesso: il mio profilo presso il partner, nei limiti della delega"),
  resources: z.array(z.string()).nullable(),
  aggregates: z.boolean().describe("Vale anche per gli enti aggregati di chi delega"),
  through: z
    .object({ id: Id, name: z.string() })
    .nullable()
    .describe("L’aggregatore che ha delegato, quando l’ente è un suo aggregato"),
}).meta({ id: "MandateInForce" });

/** How a partner comes to serve an institution that delegated nobody: through its aggregator. */
export const ThroughAggregator = z
  .object({
    delegationId: Id,
    aggregator: Party,
    partner: Party,
    productId: z.string(),
    productTitle: z.string(),
    permissions: z.array(PermissionCode),
    environment: DelegationEnvironment,
    state: z.enum(["active", "suspended"]),
    beginsAt: Instant.nullable(),
    endsAt: Instant.nullable(),
  })
  .meta({ id: "ThroughAggregator" });

export const Assignment = z
  .object({
    id: Id,
    productId: z.string(),
    person: z.object({ id: Id, name: z.string() }).nullable(),
    group: z
      .object({ id: Id, name: z.string() })
      .nullable()
      .describe("Persona e gruppo assenti: chiunque ha un profilo sul prodotto"),
    delegation: z.object({ id: Id, institutionName: z.string() }).nullable().describe("Assente: tutti gli enti"),
    madeAt: Instant,
    madeBy: z.string(),
  })
  .meta({ id: "Assignment" });

/** Days in which an institution may go back to the partner it moved from. */
export const WAY_BACK_DAYS = 30;
export const moveStates = ["planned", "cut-over", "completed", "returned"] as const;
/** The plan of moving from one partner to another, as all three see it. */
export const DelegationPlan = z
  .object({
    id: Id,
    productId: z.string(),
    institution: z.object({ id: Id, name: z.string() }),
    from: z.object({ delegationId: Id, partner: z.string(), state: z.enum(delegationStates) }),
    to: z.object({ delegationId: Id, partner: z.string(), state: z.enum(delegationStates) }),
    state: z.enum(moveStates).describe("planned = operano entrambi; cut-over = opera il nuovo; completed; returned"),
    cutOverAt: Instant,
    wayBackUntil: Instant.nullable().describe("Fino a quando l’ente può tornare indietro"),
    reason: z.string(),
    plannedAt: Instant,
  })
  .meta({ id: "DelegationPlan" });

const AtDelegation = AtInstitution.extend({ delegationId: Id });
const Found = z.object({ id: Id, name: z.string(), taxCode: z.string(), city: z.string().nullable() });
const scopeProblems = [
  "product-not-delegable",
  "delegation-scope-unknown",
  "delegation-delicate",
  "dates-out-of-order",
] as const;
const moved = <const P extends string>(verb: P) =>
  `/institutions/:institutionId/delegations/:delegationId/${verb}` as const;
const example = { permissions: ["pagopa:ibans:read" as const], environment: "test" as const };

export const delegations = {
  list: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/delegations",
    summary: "Le deleghe che l’ente ha dato",
    description: "Dalla più recente, con chi deve ancora fare qualcosa. Senza `state`: quelle aperte.",
    needs: "institution:delegations:read",
    params: AtInstitution,
    query: z.object({ productId: ProductId.optional(), state: z.enum(delegationStates).optional(), ...PageQuery }),
    result: page(Delegation),
    problems: [],
    example: { query: { limit: "20" } },
  }),
  partners: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/delegations/partners",
    summary: "I partner tecnologici a cui si può delegare un prodotto",
    needs: "institution:delegations:read",
    params: AtInstitution,
    query: z.object({ productId: ProductId, search: z.string().max(100).optional(), ...PageQuery }),
    result: page(Found),
    problems: [],
    example: { query: { productId: "pagopa" } },
  }),
  throughAggregator: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/delegations/through-aggregator",
    summary: "Chi opera per l’ente perché lo ha delegato il suo aggregatore",
    description:
      "Un partner dell’aggregatore serve gli enti aggregati solo dove la delega lo dice. Si vede per ogni prodotto a cui l’ente ha aderito tramite un aggregatore.",
    needs: "institution:delegations:read",
    params: AtInstitution,
    query: z.object({ ...PageQuery }),
    result: page(ThroughAggregator),
    problems: [],
    example: { query: { limit: "20" } },
  }),
  offer: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/delegations",
    summary: "Offre una delega a un partner",
    description:
      "Vale da quando il partner la accetta, o dalla data scelta se viene dopo. Il profilo di serie del partner comprende tutto il prodotto tranne ciò che muove denaro (gli IBAN): quello si aggiunge a parte, in due persone.",
    needs: "institution:delegations:write",
    params: AtInstitution,
    body: z.object({ partnerId: Id, productId: ProductId, ...Scope, ...Begins }),
    result: Delegation,
    problems: [
      ...scopeProblems,
      "product-not-active",
      "delegation-own",
      "delegation-partner-not-joined",
      "delegation-cycle",
      "delegation-already-open",
    ],
    example: { body: { partnerId: "8a4b1de1-95f1-4b0c-9f0e-3f2f6b0c8b11", productId: "pagopa", ...example } },
  }),
  ask: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/delegations/requests",
    summary: "Chiede una delega a un ente, dal lato del partner",
    description: "L’ente si indica con il suo codice fiscale. Vale da quando l’ente la accetta.",
    needs: "institution:delegations:write",
    params: AtInstitution,
    body: z.object({ taxCode: TaxCode, productId: ProductId, ...Scope, ...Begins }),
    result: Delegation,
    problems: [
      ...scopeProblems,
      "product-not-active",
      "delegation-own",
      "delegation-partner-not-joined",
      "delegation-institution-not-joined",
      "delegation-cycle",
      "delegation-already-open",
    ],
    example: { body: { taxCode: "99900001373", productId: "pagopa", ...example } },
  }),
  received: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/delegations/received",
    summary: "Gli enti gestiti: le deleghe che un partner ha ricevuto",
    description:
      "Con ciò che ferma ogni ente e la data più vicina. In ordine di nome o di data; con una ricerca, in ordine della parola trovata. La ricerca guarda l’inizio di ogni parola del nome e della città, il codice fiscale e il codice IPA.",
    needs: "institution:delegations:read",
    params: AtInstitution,
    query: z.object({ ...PortfolioFilter, ...PageQuery }),
    result: page(ManagedInstitution),
    problems: [],
    example: { query: { limit: "20", search: "borgo" } },
  }),
  summary: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/delegations/received/summary",
    summary: "Quanti enti gestiti, e che cosa li ferma",
    needs: "institution:delegations:read",
    params: AtInstitution,
    query: z.object({ productId: ProductId.optional() }),
    result: z.object({
      open: z.number().int(),
      fine: z.number().int(),
      blocks: z.array(z.object({ block: z.enum(portfolioBlocks), count: z.number().int() })),
      findings: z.array(z.object({ kind: z.string(), count: z.number().int() })),
    }),
    problems: [],
    example: {},
  }),
  exportReceived: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/delegations/received/export",
    summary: "Gli enti gestiti come tabella CSV",
    description: "Esattamente le righe del filtro; al massimo 20.000.",
    needs: "institution:delegations:read",
    params: AtInstitution,
    query: z.object(PortfolioFilter),
    result: file("text/csv"),
    problems: [],
    example: {},
  }),
  read: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/delegations/:delegationId",
    summary: "Una delega, dall’una o dall’altra parte",
    needs: "institution:delegations:read",
    params: AtDelegation,
    result: Delegation,
    problems: ["delegation-unknown"],
    example: {},
  }),
  change: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/delegations/:delegationId",
    summary: "Allarga, restringe o cambia le date di una delega",
    description: "Lo fa l’ente che delega. Vale dalla prossima richiesta; il partner lo viene a sapere.",
    needs: "institution:delegations:write",
    versioned: true,
    params: AtDelegation,
    body: z.object({ ...Scope, reason: Reason.default("") }),
    result: Delegation,
    problems: [
      ...scopeProblems,
      "delegation-unknown",
      "delegation-other-side",
      "delegation-state",
      "delegation-already-open",
      "delegation-cycle",
    ],
    example: { body: example },
  }),
  entrust: endpoint({
    method: "POST",
    path: moved("delicate-permissions"),
    summary: "Affida al partner un permesso delicato, come scrivere gli IBAN",
    description:
      "Chiede di confermare chi si è e sempre una seconda persona dell’ente. Toglierlo non chiede né l’uno né l’altra.",
    needs: "institution:delegations:write",
    stepUp: "fresh",
    secondPerson: true,
    params: AtDelegation,
    body: z.object({ permissions: z.array(PermissionCode).min(1).max(20), reason: Reason.default("") }),
    result: Delegation,
    problems: [
      "delegation-unknown",
      "delegation-other-side",
      "delegation-state",
      "delegation-scope-unknown",
      "nothing-to-change",
      "second-person-needed",
    ],
    example: { body: { permissions: ["pagopa:ibans:write"] } },
  }),
  credential: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/delegations/:delegationId/credential",
    summary: "La delega come attestazione firmata",
    description:
      "Un JWS (typ delegation+jwt, EdDSA) che chiunque può controllare, anche senza rete, con le chiavi pubbliche e la lista degli stati. Smette di valere alla revoca.",
    source: "RFC 7515; draft-ietf-oauth-status-list",
    needs: "institution:delegations:read",
    params: AtDelegation,
    result: file("application/jwt"),
    problems: ["delegation-unknown", "delegation-state"],
    example: {},
  }),
  statusList: endpoint({
    method: "GET",
    path: "/delegation-status-list",
    summary: "La lista degli stati delle deleghe",
    description:
      "Un JWS (typ statuslist+jwt) con due bit per delega: 0 valida, 1 non valida, 2 sospesa. Vale un quarto d’ora.",
    source: "draft-ietf-oauth-status-list",
    needs: "nobody",
    result: file("application/statuslist+jwt"),
    problems: [],
    example: {},
  }),
  keys: endpoint({
    method: "GET",
    path: "/delegation-keys",
    summary: "Le chiavi pubbliche con cui si controllano attestazioni e lista degli stati",
    source: "RFC 7517",
    needs: "nobody",
    result: z.object({
      keys: z.array(
        z.object({
          kty: z.string(),
          crv: z.string(),
          x: z.string(),
          kid: z.string(),
          alg: z.string(),
          use: z.string(),
        }),
      ),
    }),
    problems: [],
    example: {},
  }),
  check: endpoint({
    method: "POST",
    path: "/delegation-checks",
    summary: "Controlla un’attestazione di delega",
    description: "La firma è nostra, e la delega vale adesso? Non cambia niente.",
    needs: "nobody",
    reads: true,
    body: z.object({ credential: z.string().min(1).max(20_000) }),
    result: z.object({
      verdict: z.enum(["valid", "suspended", "not-valid", "expired", "not-ours"]),
      statement: z
        .object({
          delegator: z.object({ name: z.string(), taxCode: z.string() }),
          partner: z.object({ name: z.string(), taxCode: z.string() }),
          product: z.string(),
          environment: DelegationEnvironment,
          permissions: z.array(z.string()),
          issuedAt: Instant,
          endsAt: Instant.nullable(),
        })
        .nullable(),
      checkedAt: Instant,
    }),
    problems: [],
    example: { body: { credential: "eyJhbGciOiJFZERTQSJ9.e30.AA" } },
  }),
  accept: endpoint({
    method: "POST",
    path: moved("acceptance"),
    summary: "Accetta una delega offerta o richiesta",
    needs: "institution:delegations:write",
    params: AtDelegation,
    result: Delegation,
    problems: [
      "delegation-unknown",
      "delegation-other-side",
      "delegation-state",
      "delegation-partner-not-joined",
      "delegation-cycle",
      "product-not-active",
      "dates-out-of-order",
    ],
    example: {},
  }),
  refuse: endpoint({
    method: "POST",
    path: moved("refusal"),
    summary: "Rifiuta una delega offerta o richiesta",
    needs: "institution:delegations:write",
    params: AtDelegation,
    body: z.object({ reason: Reason.min(1) }),
    result: Delegation,
    problems: ["delegation-unknown", "delegation-other-side", "delegation-state"],
    example: { body: { reason: "Non lavoriamo su questo prodotto" } },
  }),
  withdraw: endpoint({
    method: "POST",
    path: moved("withdrawal"),
    summary: "Ritira una delega offerta o richiesta, prima che sia accettata",
    needs: "institution:delegations:write",
    params: AtDelegation,
    result: Delegation,
    problems: ["delegation-unknown", "delegation-other-side", "delegation-state"],
    example: {},
  }),
  suspend: endpoint({
    method: "POST",
    path: moved("suspension"),
    summary: "Sospende una delega",
    description: "Dalla prossima richiesta nessuno entra più con questa delega, finché l’ente non la riprende.",
    needs: "institution:delegations:write",
    params: AtDelegation,
    body: z.object({ reason: Reason.min(1) }),
    result: Delegation,
    problems: ["delegation-unknown", "delegation-other-side", "delegation-state"],
    example: { body: { reason: "Verifica in corso" } },
  }),
  resume: endpoint({
    method: "POST",
    path: moved("resumption"),
    summary: "Riprende una delega sospesa",
    needs: "institution:delegations:write",
    params: AtDelegation,
    result: Delegation,
    problems: ["delegation-unknown", "delegation-other-side", "delegation-state"],
    example: {},
  }),
  revoke: endpoint({
    method: "POST",
    path: moved("revocation"),
    summary: "Revoca una delega; il partner vi rinuncia",
    description: "Definitiva, dalla prossima richiesta. Ciò che è stato fatto resta nella storia.",
    needs: "institution:delegations:write",
    params: AtDelegation,
    body: z.object({ reason: Reason.min(1) }),
    result: Delegation,
    problems: ["delegation-unknown", "delegation-other-side", "delegation-state"],
    example: { body: { reason: "Fine del contratto" } },
  }),
  moves: {
    list: endpoint({
      method: "GET",
      path: "/institutions/:institutionId/delegation-moves",
      summary: "I passaggi da un partner a un altro",
      description: "Li vedono l’ente e i due partner.",
      needs: "institution:delegations:read",
      params: AtInstitution,
      query: z.object(PageQuery),
      result: page(DelegationPlan),
      problems: [],
      example: {},
    }),
    plan: endpoint({
      method: "POST",
      path: "/institutions/:institutionId/delegation-moves",
      summary: "Pianifica il passaggio da un partner a un altro",
      description:
        "Offre al nuovo partner la stessa delega. Fino al giorno scelto operano entrambi; da quel giorno, se il nuovo ha accettato, il primo si ferma; per 30 giorni l’ente può tornare indietro, poi i diritti del primo finiscono.",
      needs: "institution:delegations:write",
      params: AtInstitution,
      body: z.object({ delegationId: Id, partnerId: Id, cutOverAt: Instant, reason: Reason.default("") }),
      result: DelegationPlan,
      problems: [
        "delegation-unknown",
        "delegation-other-side",
        "delegation-state",
        "product-not-active",
        "delegation-own",
        "delegation-partner-not-joined",
        "delegation-cycle",
        "delegation-already-open",
        "move-already-planned",
        "dates-out-of-order",
      ],
      example: {
        body: {
          delegationId: "8a4b1de1-95f1-4b0c-9f0e-3f2f6b0c8b12",
          partnerId: "8a4b1de1-95f1-4b0c-9f0e-3f2f6b0c8b11",
          cutOverAt: "2099-01-01T00:00:00Z",
        },
      },
    }),
    back: endpoint({
      method: "POST",
      path: "/institutions/:institutionId/delegation-moves/:moveId/return",
      summary: "Torna indietro: resta il partner di prima",
      description:
        "Prima del giorno scelto, o nei 30 giorni dopo. La delega del nuovo partner finisce, quella del primo riprende.",
      needs: "institution:delegations:write",
      params: AtInstitution.extend({ moveId: Id }),
      body: z.object({ reason: Reason.min(1) }),
      result: DelegationPlan,
      problems: ["move-unknown", "move-over", "delegation-other-side"],
      example: { body: { reason: "Il nuovo partner non è pronto" } },
    }),
    complete: endpoint({
      method: "POST",
      path: "/institutions/:institutionId/delegation-moves/:moveId/completion",
      summary: "Chiude il passaggio: i diritti del primo partner finiscono adesso",
      needs: "institution:delegations:write",
      params: AtInstitution.extend({ moveId: Id }),
      result: DelegationPlan,
      problems: ["move-unknown", "move-over", "delegation-other-side"],
      example: {},
    }),
  },
  assignments: {
    list: endpoint({
      method: "GET",
      path: "/institutions/:institutionId/delegation-assignments",
      summary: "Quali persone del partner servono quali enti",
      needs: "institution:delegations:read",
      params: AtInstitution,
      query: z.object({
        delegationId: Id.optional().describe("Anche quelle che valgono per tutti gli enti"),
        ...PageQuery,
      }),
      result: page(Assignment),
      problems: [],
      example: {},
    }),
    make: endpoint({
      method: "POST",
      path: "/institutions/:institutionId/delegation-assignments",
      summary: "Assegna una persona, un gruppo o tutti a un ente o a tutti gli enti",
      description:
        "Chi è assegnato fa, per l’ente, ciò che il suo profilo presso il partner comprende, nei limiti della delega e delle sue date.",
      needs: "institution:delegations:write",
      params: AtInstitution,
      body: z.object({
        productId: ProductId,
        personId: Id.nullable().default(null),
        groupId: Id.nullable().default(null),
        delegationId: Id.nullable().default(null).describe("Assente: tutti gli enti, anche quelli che verranno"),
      }),
      result: Assignment,
      problems: [
        "delegation-partner-not-joined",
        "person-unknown",
        "group-unknown",
        "delegation-unknown",
        "assignment-repeated",
        "assignment-of-both",
      ],
      example: { body: { productId: "pagopa" } },
    }),
    end: endpoint({
      method: "DELETE",
      path: "/institutions/:institutionId/delegation-assignments/:assignmentId",
      summary: "Toglie un’assegnazione",
      description: "Dalla prossima richiesta.",
      needs: "institution:delegations:write",
      params: AtInstitution.extend({ assignmentId: Id }),
      problems: ["assignment-unknown"],
      example: {},
    }),
  },
  mandates: {
    list: endpoint({
      method: "GET",
      path: "/me/mandates",
      summary: "Gli enti per conto dei quali posso operare",
      description:
        "Le deleghe dei partner per cui lavoro, a cui sono assegnato. In ordine di nome; con una ricerca, in ordine della parola trovata.",
      needs: "anyone",
      query: z.object({ search: z.string().max(100).optional(), ...PageQuery }),
      result: page(Mandate),
      problems: [],
      example: { query: { limit: "20" } },
    }),
    read: endpoint({
      method: "GET",
      path: "/me/mandates/:delegationId",
      summary: "Un mandato, e che cosa posso fare adesso",
      description: "Per agire, il mandato si nomina in ogni richiesta con l’intestazione `Mandate`.",
      needs: "anyone",
      params: z.object({ delegationId: Id }),
      query: z.object({
        institutionId: Id.optional().describe("L’ente aggregato per cui si vuole operare; assente: chi ha delegato"),
      }),
      result: MandateInForce,
      problems: ["delegation-unknown", "mandate-not-active", "mandate-not-assigned"],
      example: {},
    }),
    aggregates: endpoint({
      method: "GET",
      path: "/me/mandates/:delegationId/aggregates",
      summary: "Gli enti aggregati per cui questo mandato vale",
      description: "Vuoto se la delega non comprende gli enti aggregati.",
      needs: "anyone",
      params: z.object({ delegationId: Id }),
      query: z.object({ search: z.string().max(100).optional(), ...PageQuery }),
      result: page(Found),
      problems: ["delegation-unknown", "mandate-not-active", "mandate-not-assigned"],
      example: { query: { limit: "20" } },
    }),
  },
};

// What the shapes hold, for who reads them.
export type Delegation = z.output<typeof Delegation>;
export type ManagedInstitution = z.output<typeof ManagedInstitution>;
export type Mandate = z.output<typeof Mandate>;
export type MandateInForce = z.output<typeof MandateInForce>;
export type ThroughAggregator = z.output<typeof ThroughAggregator>;
export type DelegationPlan = z.output<typeof DelegationPlan>;
export type Assignment = z.output<typeof Assignment>;
