import { z } from "zod";
import { InstitutionKind, UnitKind } from "./institution-kinds.ts";
import { endpoint } from "./kit/endpoint.ts";
import { Day, GeographicArea, Id, Instant, PageQuery, page } from "./values/index.ts";

export const AtInstitution = z.object({ institutionId: Id });

export const Institution = z
  .object({
    id: Id,
    name: z.string(),
    taxCode: z.string(),
    ipaCode: z.string().nullable(),
    category: z.string().nullable(),
    pec: z.string(),
    address: z.string(),
    zipCode: z.string(),
    city: z.string().nullable(),
    unit: z.object({ kind: UnitKind, code: z.string() }).nullable().describe("Se è una parte di un ente: AOO o UO"),
    registry: z
      .object({ name: z.enum(["IPA", "ANAC", "IVASS", "business-register"]), readAt: Instant })
      .nullable()
      .describe("Da dove vengono i dati bloccati, e quando"),
    products: z.array(
      z.object({
        productId: z.string(),
        title: z.string(),
        kind: InstitutionKind.describe("Come che cosa l’ente è su questo prodotto"),
        state: z.enum(["active", "suspended", "ended"]),
        activeSince: Day,
        vatNumber: z.string().nullable(),
        recipientCode: z.string().nullable(),
        geographicAreas: z.array(GeographicArea),
        agreementId: Id.nullable(),
      }),
    ),
    awaiting: z.array(
      z.object({
        onboardingId: Id,
        productId: z.string(),
        title: z.string(),
        state: z.enum(["submitted", "to-be-reviewed", "changes-requested", "awaiting-signature"]),
        expiresAt: Instant.nullable(),
      }),
    ),
    available: z
      .array(z.object({ productId: z.string(), title: z.string() }))
      .describe("Prodotti a cui l’ente può aderire"),
  })
  .meta({ id: "Institution" });

export const InstitutionFound = z
  .object({
    id: Id,
    name: z.string(),
    taxCode: z.string(),
    ipaCode: z.string().nullable(),
    city: z.string().nullable(),
  })
  .meta({ id: "InstitutionFound" });

export const institutions = {
  read: endpoint({
    method: "GET",
    path: "/institutions/:institutionId",
    summary: "L’ente e i suoi prodotti",
    needs: "institution:overview:read",
    params: AtInstitution,
    result: Institution,
    problems: ["institution-unknown"],
    example: {},
  }),
  search: endpoint({
    method: "GET",
    path: "/staff/institutions",
    summary: "Cercare un ente, dal lato del personale",
    description: "Per inizio delle parole del nome, codice fiscale o codice IPA interi; in ordine di nome.",
    needs: "staff:institutions:read",
    purpose: "support",
    query: z.object({ search: z.string().max(100).optional(), ...PageQuery }),
    result: page(InstitutionFound),
    problems: [],
    example: { query: { limit: "20" } },
  }),
  readByStaff: endpoint({
    method: "GET",
    path: "/staff/institutions/:institutionId",
    summary: "La scheda di un ente, dal lato del personale",
    description: "La lettura resta nella storia dell’ente, con il suo scopo.",
    needs: "staff:institutions:read",
    purpose: "support",
    params: AtInstitution,
    result: Institution,
    problems: ["institution-unknown"],
    example: {},
  }),
};

// What the shapes hold, for who reads them.
export type Institution = z.output<typeof Institution>;
