import { z } from "zod";
import { InstitutionKind, UnitKind } from "./institution-kinds.ts";
import { endpoint } from "./kit/endpoint.ts";
import { Day, Email, GeographicArea, Id, Instant, PageQuery, page, rule, Text } from "./values/index.ts";

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
        state: z.enum([
          "submitted",
          "to-be-reviewed",
          "changes-requested",
          "awaiting-signature",
          "awaiting-countersignature",
        ]),
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

/** A logo as the platforms that show it expect: square, within these pixels of a side. */
export const LOGO = { maxBytes: 1_048_576, least: 300, most: 400 } as const;

const Phone = z
  .string()
  .transform((text) => text.replace(/[\s./-]+/g, " ").trim())
  .pipe(
    z
      .string()
      .max(20)
      .regex(/^\+?[0-9][0-9 ]{4,18}$/),
  )
  .describe("Telefono: cifre, anche con prefisso");
const Website = z
  .string()
  .trim()
  .max(200)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), rule("wrong-format"))
  .describe("Indirizzo http o https");
const Reach = z.object({
  assistanceEmail: Email.nullable(),
  assistancePhone: Phone.nullable(),
  operationsName: Text(80).nullable(),
  operationsEmail: Email.nullable(),
  operationsPhone: Phone.nullable(),
  website: Website.nullable(),
});

export const InstitutionPage = Reach.extend({
  version: z.number().int().describe("Per If-Match; 0: non è ancora stata scritta"),
  logo: z.object({ address: z.string(), size: z.number().int(), at: Instant }).nullable(),
  areas: z.array(
    z.object({
      productId: z.string(),
      title: z.string(),
      version: z.number().int(),
      geographicAreas: z.array(GeographicArea),
    }),
  ),
}).meta({ id: "InstitutionPage" });

const ownPage = {
  read: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/page",
    summary: "Ciò che l’ente dice di sé: contatti, logo, ambito",
    needs: "institution:overview:read",
    params: AtInstitution,
    result: InstitutionPage,
    problems: [],
    example: {},
  }),
  change: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/page",
    summary: "Cambia i contatti dell’ente",
    description: "I dati del registro non si cambiano qui. `null` toglie un contatto.",
    needs: "institution:data:write",
    params: AtInstitution,
    body: Reach,
    result: InstitutionPage,
    problems: [],
    versioned: true,
    example: {
      body: {
        assistanceEmail: "urp@comune.example",
        assistancePhone: null,
        operationsName: "Ufficio ragioneria",
        operationsEmail: "ragioneria@comune.example",
        operationsPhone: "+39 06 0000 0000",
        website: "https://www.comune.example",
      },
    },
  }),
  changeAreas: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/products/:productId/areas",
    summary: "Cambia l’ambito territoriale su un prodotto",
    needs: "institution:data:write",
    params: z.object({ ...AtInstitution.shape, productId: z.string().max(60) }),
    body: z.object({ geographicAreas: z.array(GeographicArea).min(1).max(20) }),
    result: InstitutionPage,
    problems: ["product-not-active"],
    versioned: true,
    example: { params: { productId: "pagopa" }, body: { geographicAreas: [{ level: "national" }] } },
  }),
  setLogo: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/logo",
    summary: "Carica il logo",
    description:
      "PNG quadrato, da 300 a 400 pixel di lato, al massimo 1 MB. Lo riscriviamo con i soli pixel: ciò che c’era d’altro non si conserva.",
    needs: "institution:data:write",
    params: AtInstitution,
    upload: { maxBytes: LOGO.maxBytes, mediaTypes: ["image/png"] },
    result: InstitutionPage,
    problems: [
      "file-missing",
      "file-too-large",
      "upload-truncated",
      "image-not-png",
      "image-damaged",
      "image-wrong-size",
    ],
    example: {},
  }),
  removeLogo: endpoint({
    method: "DELETE",
    path: "/institutions/:institutionId/logo",
    summary: "Togli il logo",
    needs: "institution:data:write",
    params: AtInstitution,
    problems: ["logo-missing"],
    example: {},
  }),
};

export const institutions = {
  page: ownPage,
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
export type InstitutionPage = z.output<typeof InstitutionPage>;
