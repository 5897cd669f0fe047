import { z } from "zod";
import { AtInstitution } from "./institutions.ts";
import { endpoint } from "./kit/endpoint.ts";
import { Environment, Id, Instant, PageQuery, page, Text } from "./values/index.ts";

/** The life of a proposal: open until somebody else decides, its author takes it back, or its days pass. */
export const proposalMoves = {
  open: ["approved", "rejected", "withdrawn", "expired"],
  approved: [],
  rejected: [],
  withdrawn: [],
  expired: [],
} as const satisfies Record<string, readonly string[]>;
export type ProposalState = keyof typeof proposalMoves;
export const proposalStates = Object.keys(proposalMoves) as [ProposalState, ...ProposalState[]];

/** How long a proposal waits for its second person. */
export const PROPOSAL_DAYS = 14;

const Anything = z.record(z.string().max(100), z.unknown());

export const Proposal = z
  .object({
    id: Id,
    endpoint: z.string().describe("Il nome dell’azione proposta, come nel documento OpenAPI (`operationId`)"),
    productId: z.string(),
    environment: Environment.nullable(),
    state: z.enum(proposalStates),
    reason: z.string().nullable(),
    input: z
      .object({ params: Anything, query: Anything, body: z.unknown() })
      .describe("Ciò che l’azione riceverà, così come è stato proposto"),
    announced: z
      .array(z.object({ type: z.string(), payload: Anything }))
      .describe("I fatti che l’azione avrebbe annunciato quando è stata provata senza scrivere"),
    proposedBy: z.object({ id: Id, name: z.string(), me: z.boolean() }),
    proposedAt: Instant,
    expiresAt: Instant,
    decided: z.object({ by: z.string().nullable(), at: Instant, note: z.string().nullable() }).nullable(),
  })
  .meta({ id: "Proposal" });

const AtProposal = AtInstitution.extend({ proposalId: Id });
const Note = z.object({ note: Text(500).optional().describe("Perché; la legge chi ha proposto") });

export const proposals = {
  list: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/proposals",
    summary: "Le modifiche che chiedono una seconda persona",
    description: "Dalla più recente. Senza `state` le mostra tutte.",
    needs: "institution:proposals:read",
    params: AtInstitution,
    query: z.object({ state: z.enum(proposalStates).optional(), ...PageQuery }),
    result: page(Proposal),
    problems: [],
    example: { query: { limit: "20" } },
  }),
  propose: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/proposals",
    summary: "Proponi una modifica a una seconda persona",
    description:
      "Prova l’azione con i permessi di chi propone, senza scrivere: se sarebbe rifiutata, lo è subito e con lo stesso codice. Altrimenti la conserva e la esegue, identica, quando un’altra persona che può la approva.",
    needs: "institution:proposals:write",
    params: AtInstitution,
    body: z.object({
      endpoint: z.string().min(1).max(80),
      params: Anything.optional(),
      query: Anything.optional(),
      body: z.unknown().optional(),
      version: z.number().int().optional().describe("La versione letta, per le azioni che la chiedono in `If-Match`"),
      reason: Text(500).optional().describe("Perché; la legge chi decide"),
    }),
    result: Proposal,
    problems: ["proposal-not-possible", "step-up-needed"],
    example: {
      body: {
        endpoint: "pagopa.ibans.register",
        query: { environment: "test" },
        body: { iban: "IT60X0542811101000000123456", description: "Conto di tesoreria", validFrom: "2099-01-01" },
      },
    },
  }),
  approve: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/proposals/:proposalId/approval",
    summary: "Approva ed esegui",
    description:
      "Esegue l’azione proposta, identica, con chi approva come autore: serve dunque anche il permesso che l’azione chiede. Nessuno approva ciò che ha proposto.",
    needs: "institution:proposals:write",
    params: AtProposal,
    body: Note,
    result: Proposal,
    problems: [
      "proposal-unknown",
      "proposal-closed",
      "proposal-own",
      "proposal-outdated",
      "permission-missing",
      "step-up-needed",
    ],
    example: { body: {} },
  }),
  reject: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/proposals/:proposalId/rejection",
    summary: "Rifiuta una proposta",
    needs: "institution:proposals:write",
    params: AtProposal,
    body: z.object({ note: Text(500).describe("Perché; la legge chi ha proposto") }),
    result: Proposal,
    problems: ["proposal-unknown", "proposal-closed", "proposal-own", "permission-missing"],
    example: { body: { note: "Il conto è quello chiuso in primavera" } },
  }),
  withdraw: endpoint({
    method: "DELETE",
    path: "/institutions/:institutionId/proposals/:proposalId",
    summary: "Ritira la propria proposta",
    needs: "institution:proposals:write",
    params: AtProposal,
    problems: ["proposal-unknown", "proposal-closed", "proposal-of-another"],
    example: {},
  }),
};

// What the shapes hold, for who reads them.
export type Proposal = z.output<typeof Proposal>;
