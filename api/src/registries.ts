import { z } from "zod";
import { endpoint } from "./kit/endpoint.ts";
import { Instant, IpaCode } from "./values/index.ts";

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
};

// What the shapes hold, for who reads them.
export type RegistryBody = z.output<typeof RegistryBody>;
