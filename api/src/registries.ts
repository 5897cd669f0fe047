import { z } from "zod";
import { UnitKind } from "./institution-kinds.ts";
import { endpoint } from "./kit/endpoint.ts";
import { Instant, IpaCode, PageQuery, page, TaxCode } from "./values/index.ts";

export const RegistryBody = z
  .object({
    ipaCode: IpaCode,
    name: z.string(),
    taxCode: z.string(),
    category: z.string().describe("Categoria IndicePA (L6 = Comuni…)"),
    pec: z.string().nullable().describe("Domicilio digitale: qui arriva l’accordo"),
    address: z.string(),
    zipCode: z.string(),
    city: z.string().nullable(),
    updatedAt: Instant.describe("Quando l’abbiamo letta dal registro"),
    state: z.enum(["active", "ended"]),
  })
  .meta({ id: "RegistryBody" });

/** A part of a public body that may join by itself, or receive invoices. */
export const RegistryUnit = z
  .object({
    code: z.string(),
    kind: UnitKind,
    name: z.string(),
    pec: z.string().nullable().describe("La PEC dell’unità, o quella dell’ente"),
    address: z.string(),
    zipCode: z.string(),
    invoicing: z.boolean().describe("Riceve fatture: il suo codice è il codice SDI"),
  })
  .meta({ id: "RegistryUnit" });

export const RegistryEntry = z
  .object({
    code: z.string(),
    name: z.string(),
    taxCode: z.string().nullable(),
    pec: z.string().nullable(),
    address: z.string(),
    zipCode: z.string(),
    city: z.string().nullable(),
    country: z.string().nullable(),
    state: z.enum(["active", "ended"]),
    updatedAt: Instant,
  })
  .meta({ id: "RegistryEntry" });

export const Company = z
  .object({
    taxCode: z.string(),
    name: z.string(),
    pec: z.string().nullable(),
    address: z.string(),
    zipCode: z.string(),
    city: z.string().nullable(),
    county: z.string().nullable(),
    rea: z.string().nullable(),
    businessRegisterPlace: z.string().nullable(),
    vatNumber: z.string().nullable(),
    active: z.boolean(),
    atecoCodes: z.array(z.string()),
  })
  .meta({ id: "Company" });
export type Company = z.output<typeof Company>;

export const registries = {
  search: endpoint({
    method: "GET",
    path: "/registries/ipa/institutions",
    summary: "Cerca un ente in IndicePA",
    description:
      "Per nome (anche solo l’inizio delle parole), codice fiscale o codice IPA. Al massimo 20 risultati, i più simili prima.",
    source: "IndicePA, art. 6-ter CAD",
    needs: "anyone",
    query: z.object({
      search: z.string().trim().min(2).max(100),
      limit: z.coerce.number().int().min(1).max(20).default(20),
    }),
    result: z.object({
      items: z.array(
        RegistryBody.pick({ ipaCode: true, name: true, taxCode: true, category: true, city: true, state: true }),
      ),
    }),
    problems: [],
    example: { query: { search: "borgo" } },
  }),
  read: endpoint({
    method: "GET",
    path: "/registries/ipa/institutions/:ipaCode",
    summary: "Un ente di IndicePA, con le sue adesioni",
    needs: "anyone",
    params: z.object({ ipaCode: IpaCode }),
    result: RegistryBody.extend({
      products: z
        .array(z.object({ productId: z.string(), state: z.enum(["active", "awaiting-signature"]), since: Instant }))
        .describe("Prodotti attivi o in attesa di firma"),
    }),
    problems: ["registry-body-unknown"],
    example: { params: { ipaCode: "c_bes0" } },
  }),
  units: endpoint({
    method: "GET",
    path: "/registries/ipa/institutions/:ipaCode/units",
    summary: "Le AOO e le UO di un ente",
    description: "In ordine di nome, a pagine; `search` è l’inizio del nome o il codice.",
    source: "IndicePA, dati aperti «Aree organizzative omogenee» e «Unità organizzative»",
    needs: "anyone",
    params: z.object({ ipaCode: IpaCode }),
    query: z.object({
      ...PageQuery,
      kind: UnitKind.optional(),
      search: z.string().trim().max(100).optional(),
      invoicing: z.enum(["true"]).optional().describe("Solo quelle con il servizio di fatturazione"),
    }),
    result: page(RegistryUnit),
    problems: [],
    example: { params: { ipaCode: "c_bes0" } },
  }),
  listed: endpoint({
    method: "GET",
    path: "/registries/lists/:registry/institutions",
    summary: "Cerca fra le imprese di assicurazione (IVASS) o le piattaforme di e-procurement (ANAC)",
    description:
      "Per nome (anche solo l’inizio delle parole), codice nell’elenco o codice fiscale. Al massimo 20 risultati.",
    source: "Albo delle imprese IVASS; elenco delle piattaforme certificate ANAC (art. 26 d.lgs. 36/2023)",
    needs: "anyone",
    params: z.object({ registry: z.enum(["ivass", "anac"]) }),
    query: z.object({
      search: z.string().trim().min(2).max(100),
      limit: z.coerce.number().int().min(1).max(20).default(20),
    }),
    result: z.object({ items: z.array(RegistryEntry) }),
    problems: [],
    example: { params: { registry: "ivass" }, query: { search: "assic" } },
  }),
  company: endpoint({
    method: "GET",
    path: "/registries/companies/:taxCode",
    summary: "Una società nel registro delle imprese",
    description:
      "Il registro può non rispondere: `answer` lo dice, e l’adesione va avanti con i dati dichiarati, che una persona controllerà.",
    needs: "anyone",
    params: z.object({ taxCode: TaxCode }),
    result: z.object({
      answer: z.enum(["found", "unknown", "silent"]).describe("silent = il registro non ha risposto in tempo"),
      company: Company.nullable(),
    }),
    problems: [],
    example: { params: { taxCode: "99900100002" } },
  }),
};

// What the shapes hold, for who reads them.
export type RegistryBody = z.output<typeof RegistryBody>;
