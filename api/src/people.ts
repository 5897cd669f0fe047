import { z } from "zod";
import { profileNames } from "./access.ts";
import { AtInstitution } from "./institutions.ts";
import { endpoint } from "./kit/endpoint.ts";
import { Id, Instant, PageQuery, page } from "./values/index.ts";

export const Membership = z
  .object({
    id: Id,
    person: z.object({
      id: Id,
      givenName: z.string(),
      familyName: z.string(),
      hasEntered: z.boolean().describe("È già entrata almeno una volta"),
    }),
    productId: z.string(),
    profile: z.enum(profileNames),
    state: z.enum(["active", "suspended"]),
    beginsAt: Instant,
    endsAt: Instant.nullable(),
  })
  .meta({ id: "Membership" });

export const MyInstitution = z
  .object({
    id: Id,
    name: z.string(),
    taxCode: z.string(),
    ipaCode: z.string().nullable(),
    city: z.string().nullable(),
    memberships: z.array(
      z.object({ productId: z.string(), profile: z.enum(profileNames), state: z.enum(["active", "suspended"]) }),
    ),
    findings: z.number().int().describe("Quante cose da fare"),
  })
  .meta({ id: "MyInstitution" });

export const people = {
  myInstitutions: endpoint({
    method: "GET",
    path: "/me/institutions",
    summary: "Gli enti per cui posso lavorare",
    description: "In ordine di nome, con ricerca per nome o codice fiscale. Solo appartenenze non cessate.",
    needs: "anyone",
    query: z.object({ search: z.string().max(100).optional(), ...PageQuery }),
    result: page(MyInstitution),
    problems: [],
    example: { query: { limit: "20" } },
  }),
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

// What the shapes hold, for who reads them.
export type MyInstitution = z.output<typeof MyInstitution>;
export type Membership = z.output<typeof Membership>;
