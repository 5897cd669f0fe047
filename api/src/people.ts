import { z } from "zod";
import { profileNames } from "./access.ts";
import { AtInstitution } from "./institutions.ts";
import { endpoint } from "./kit/endpoint.ts";
import { Id, Instant, PageQuery, page } from "./values/index.ts";

export const Membership = z
  .object({
    id: Id,
    person: z.object({ id: Id, givenName: z.string(), familyName: z.string(), hasEntered: z.boolean().describe("È già entrata almeno una volta") }),
    productId: z.string(),
    profile: z.enum(profileNames),
    state: z.enum(["active", "suspended"]),
    beginsAt: Instant,
    endsAt: Instant.nullable(),
  })
  .meta({ id: "Membership" });

export const people = {
  memberships: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/memberships",
    summary: "Chi ha accesso, con quale profilo",
    needs: "institution:people:read",
    params: AtInstitution,
    query: z.object(PageQuery),
    result: page(Membership),
    problems: [],
    example: {},
  }),
};
