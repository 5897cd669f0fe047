import { z } from "zod";
import type { Permission } from "./access.ts";
import { AtInstitution } from "./institutions.ts";
import { endpoint } from "./kit/endpoint.ts";
import { Id, Instant, PageQuery, page } from "./values/index.ts";

/** What is missing, wrong or about to expire. The kind gives the sentence, the facts fill it. */
export const findingKinds = [
  "registry-body-ended",
  "registry-pec-changed",
  "agreement-awaiting-signature",
  "agreement-version-to-accept",
  "single-administrator",
  "agreement-of-former-representative",
  "access-review-open",
  "access-request-waiting",
  "profile-without-answer",
  "delegation-asked",
  "delegation-expiring",
  "delegations-offered",
  "iban-missing",
  "registration-missing",
  "association-missing",
  "station-to-correct",
  "identity-metadata-stale",
  "trusted-list-stale",
  "countersignature-late",
] as const;
/** Told to the company's staff alone. */
export const staffFindingKinds = [
  "identity-metadata-stale",
  "trusted-list-stale",
  "countersignature-late",
] as const satisfies readonly (typeof findingKinds)[number][];
export type FindingKind = (typeof findingKinds)[number];
/** Which permission acts on a finding: who holds it finds it in the inbox. */
export const findingActs = {
  "registry-body-ended": "institution:onboardings:write",
  "registry-pec-changed": "institution:onboardings:write",
  "agreement-awaiting-signature": "institution:onboardings:write",
  "agreement-version-to-accept": "institution:agreements:write",
  "single-administrator": "institution:people:write",
  "agreement-of-former-representative": "institution:onboardings:write",
  "access-review-open": "institution:people:write",
  "access-request-waiting": "institution:people:write",
  "profile-without-answer": "institution:profiles:write",
  "delegation-asked": "institution:delegations:write",
  "delegation-expiring": "institution:delegations:write",
  "delegations-offered": "institution:delegations:write",
  "iban-missing": "pagopa:ibans:write",
  "registration-missing": "pagopa:registration:write",
  "association-missing": "pagopa:registration:write",
  "station-to-correct": "pagopa:stations:write",
} as const satisfies Record<Exclude<FindingKind, (typeof staffFindingKinds)[number]>, Permission>;
export const Finding = z
  .object({
    id: Id,
    kind: z.enum(findingKinds),
    severity: z.enum(["critical", "attention", "progress"]),
    productId: z.string().nullable(),
    facts: z.record(z.string(), z.string()),
    raisedAt: Instant,
    dueAt: Instant.nullable(),
  })
  .meta({ id: "Finding" });

export const StaffFinding = Finding.extend({
  institution: z.object({ id: Id, name: z.string() }).nullable(),
}).meta({ id: "StaffFinding" });

export const findings = {
  list: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/findings",
    summary: "Cosa fare adesso",
    description: "Le segnalazioni aperte, le più gravi prima; al massimo 50.",
    needs: "institution:overview:read",
    params: AtInstitution,
    result: z.object({ items: z.array(Finding), checkedAt: Instant }),
    problems: [],
    example: {},
  }),
  ofStaff: endpoint({
    method: "GET",
    path: "/staff/findings",
    summary: "Le segnalazioni per il personale",
    description:
      "Quelle aperte di ogni ente, dalla più recente. Chi è revisore di un prodotto vede quelle del suo prodotto e quelle che non ne riguardano uno.",
    needs: "staff:findings:read",
    purpose: "monitoring",
    query: z.object(PageQuery),
    result: page(StaffFinding),
    problems: [],
    example: { query: { limit: "20" } },
  }),
};

// What the shapes hold, for who reads them.
export type Finding = z.output<typeof Finding>;
