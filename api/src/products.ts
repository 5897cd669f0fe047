import { z } from "zod";
import { endpoint } from "./kit/endpoint.ts";

export const institutionKinds = ["PA"] as const;
export const InstitutionKind = z
  .enum(institutionKinds)
  .describe("Tipo di ente: PA = pubblica amministrazione (IndicePA)");

/** One published version of a product: immutable; an onboarding keeps its version to the end. */
export const ProductConfiguration = z.object({
  externalId: z.string().describe("Identificativo presso i consumatori degli eventi, es. prod-pagopa"),
  title: z.string(),
  institutionKinds: z.array(InstitutionKind).min(1),
  agreementTemplate: z.object({ id: z.string(), version: z.string() }),
  signatureDays: z.number().int().min(1).max(365).describe("Giorni per firmare, dalla stesura dell’accordo"),
  administrators: z.object({ minimum: z.number().int().min(1), maximum: z.number().int().max(10) }),
  severalProfiles: z.boolean().optional().describe("Una persona può avere più profili su questo prodotto; assente: sì"),
  managerMayAdminister: z.boolean().describe("Il legale rappresentante può essere anche amministratore"),
});
export type ProductConfiguration = z.output<typeof ProductConfiguration>;

export const Product = z
  .object({
    id: z.string(),
    version: z.number().int(),
    title: z.string(),
    institutionKinds: z.array(InstitutionKind),
    signatureDays: z.number().int(),
    administrators: z.object({ minimum: z.number().int(), maximum: z.number().int() }),
  })
  .meta({ id: "Product" });

export const products = {
  list: endpoint({
    method: "GET",
    path: "/products",
    summary: "I prodotti a cui si può aderire",
    needs: "nobody",
    result: z.object({ items: z.array(Product) }),
    problems: [],
    example: {},
  }),
};

// What the shapes hold, for who reads them.
export type Product = z.output<typeof Product>;
