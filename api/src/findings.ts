import { z } from "zod";
import { AtInstitution } from "./institutions.ts";
import { endpoint } from "./kit/endpoint.ts";
import { Id, Instant } from "./values/index.ts";

/** What is missing, wrong or about to expire. The kind gives the sentence, the facts fill it. */
export const findingKinds = [
  "registry-body-ended",
  "registry-pec-changed",
  "agreement-awaiting-signature",
  "single-administrator",
  "access-request-waiting",
  "profile-without-answer",
] as const;
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
};

// What the shapes hold, for who reads them.
export type Finding = z.output<typeof Finding>;
