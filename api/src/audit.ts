import { z } from "zod";
import { staffPurposes } from "./access.ts";
import { eventTypes } from "./events.ts";
import { AtInstitution } from "./institutions.ts";
import { endpoint, file } from "./kit/endpoint.ts";
import { Day, Id, Instant, PageQuery, page } from "./values/index.ts";

export const AuditLine = z
  .object({
    sequence: z.number().int().describe("Numero della riga nella catena dell’ente"),
    at: Instant,
    action: z.string().describe(`Fatto annunciato (${eventTypes.slice(0, 3).join(", ")}…) o atto rifiutato`),
    outcome: z.enum(["done", "refused"]),
    actor: z.object({
      kind: z.enum(["person", "staff", "link", "system"]),
      name: z.string().nullable(),
      partner: z.string().nullable().describe("Il partner per cui ha operato, quando è per delega"),
      purpose: z.enum(staffPurposes).nullable().describe("Perché, quando è il personale"),
    }),
    subject: z.string().nullable().describe("Nome della persona di cui parla il fatto, finché è nota"),
    facts: z.record(z.string(), z.unknown()),
    digest: z.string().describe("SHA-256 della riga e della precedente"),
  })
  .meta({ id: "AuditLine" });

/** An act that somebody of a partner did for another institution. */
export const PartnerAct = AuditLine.extend({
  institution: z.object({ id: Id, name: z.string() }).describe("Per chi"),
}).meta({ id: "PartnerAct" });

const DelegatedFilter = {
  delegationId: Id.optional(),
  from: Day.optional(),
  to: Day.optional().describe("Compreso"),
  outcome: z.enum(["done", "refused"]).optional(),
};

export const audit = {
  trail: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/audit-trail",
    summary: "La storia dell’ente",
    description:
      "Ciò che è successo, dal più recente. Ogni riga porta l’impronta della precedente: toglierne o cambiarne una si vede.",
    needs: "institution:audit-trail:read",
    params: AtInstitution,
    query: z.object(PageQuery),
    result: page(AuditLine),
    problems: [],
    example: {},
  }),
  delegated: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/audit-trail/delegated",
    summary: "Che cosa è stato fatto a nome dell’ente",
    description: "Ogni atto di chi opera per delega, anche rifiutato, dal più recente.",
    needs: "institution:delegations:read",
    params: AtInstitution,
    query: z.object({ ...DelegatedFilter, ...PageQuery }),
    result: page(AuditLine),
    problems: [],
    example: {},
  }),
  exportDelegated: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/audit-trail/delegated/export",
    summary: "Gli atti fatti a nome dell’ente, come tabella CSV",
    description: "Esattamente le righe del filtro; al massimo 20.000.",
    needs: "institution:delegations:read",
    params: AtInstitution,
    query: z.object(DelegatedFilter),
    result: file("text/csv"),
    problems: [],
    example: {},
  }),
  asPartner: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/audit-trail/as-partner",
    summary: "Che cosa hanno fatto le persone di un partner per conto di altri enti",
    description: "Ogni atto per delega, anche rifiutato, dal più recente. Ciò che gli enti fanno da sé non c’è.",
    needs: "institution:delegations:read",
    params: AtInstitution,
    query: z.object({
      from: DelegatedFilter.from,
      to: DelegatedFilter.to,
      outcome: DelegatedFilter.outcome,
      ...PageQuery,
    }),
    result: page(PartnerAct),
    problems: [],
    example: { query: { limit: "20" } },
  }),
  ofPortal: endpoint({
    method: "GET",
    path: "/staff/audit-trail",
    summary: "La storia del portale, per chi la verifica",
    description: "La catena del portale: ingressi, importazioni, nomine, rifiuti al personale. Dal più recente.",
    needs: "staff:audit-trail:read",
    purpose: "audit",
    query: z.object(PageQuery),
    result: page(AuditLine),
    problems: [],
    example: {},
  }),
  ofInstitutionByStaff: endpoint({
    method: "GET",
    path: "/staff/institutions/:institutionId/audit-trail",
    summary: "La storia di un ente, per chi la verifica",
    description: "Con i nomi del personale, che l’ente non vede. La lettura resta in quella stessa storia.",
    needs: "staff:audit-trail:read",
    purpose: "audit",
    params: AtInstitution,
    query: z.object(PageQuery),
    result: page(AuditLine),
    problems: ["institution-unknown"],
    example: {},
  }),
};

// What the shapes hold, for who reads them.
export type PartnerAct = z.output<typeof PartnerAct>;
export type AuditLine = z.output<typeof AuditLine>;
