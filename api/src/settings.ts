import { z } from "zod";
import { SettingsSchema } from "./declared-settings.ts";
import { AtInstitution } from "./institutions.ts";
import { endpoint } from "./kit/endpoint.ts";
import { Environment, Id, Instant, PageQuery, page, Text } from "./values/index.ts";

/** The ways of a version: saved, shown to the staff where the product wants it, in force, and past. */
export const settingsMoves = {
  draft: ["waiting", "live"],
  waiting: ["live", "refused", "withdrawn"],
  live: ["superseded"],
  superseded: [],
  refused: [],
  withdrawn: [],
} as const;
export type SettingsState = keyof typeof settingsMoves;
export const settingsStates = Object.keys(settingsMoves) as [SettingsState, ...SettingsState[]];

const Value = z.union([z.string().max(2000), z.number(), z.boolean(), z.array(z.string().max(2000)).max(50)]);
/** Step → field → value, as the product's schema names them. */
export const SettingsValuesShape = z
  .record(z.string().max(40), z.record(z.string().max(40), Value))
  .describe("Per passo e per campo, secondo lo schema del prodotto")
  .refine((values) => JSON.stringify(values).length <= 100_000, { params: { rule: "too-long", maximum: 100_000 } });

const Version = z.object({
  id: Id,
  number: z.number().int(),
  state: z.enum(settingsStates),
  values: SettingsValuesShape,
  savedAt: Instant,
  savedBy: z.string(),
  decidedAt: Instant.nullable(),
  note: z.string().nullable().describe("Perché il personale non l’ha accettata"),
});
export const SettingsVersion = Version.meta({ id: "SettingsVersion" });
export type SettingsVersion = z.output<typeof SettingsVersion>;

export const ProductSettings = z
  .object({
    product: z.object({ id: z.string(), title: z.string(), version: z.number().int() }),
    environment: Environment,
    schema: SettingsSchema,
    reviewed: z.boolean().describe("Qui una modifica vale quando il personale l’ha vista"),
    live: SettingsVersion.nullable().describe("Quella che vale"),
    waiting: SettingsVersion.nullable().describe("Quella che il personale guarda; intanto vale la precedente"),
    draft: SettingsVersion.nullable().describe("Salvata e non ancora attivata"),
    refused: SettingsVersion.nullable().describe("L’ultima, se il personale l’ha rimandata e nessuna è venuta dopo"),
    done: z.array(z.string()).describe("Passi completi in ciò che si sta preparando, o in ciò che vale"),
    version: z.number().int().describe("Per `If-Match` al prossimo salvataggio; 0 se non c’è una bozza"),
  })
  .meta({ id: "ProductSettings" });
export type ProductSettings = z.output<typeof ProductSettings>;

const AtProduct = AtInstitution.extend({ productId: z.string().max(40) });
const InEnvironment = z.object({ environment: Environment });
const here = ["product-not-active", "product-without-settings"] as const;
const example = { query: { environment: "test" } };

const Waiting = z.object({
  changeId: Id,
  institution: z.object({ id: Id, name: z.string() }),
  product: z.object({ id: z.string(), title: z.string() }),
  environment: Environment,
  number: z.number().int(),
  submittedAt: Instant,
});
export const SettingsChange = Waiting.extend({
  state: z.enum(settingsStates),
  submittedBy: z.string(),
  schema: SettingsSchema,
  values: SettingsValuesShape,
  before: SettingsValuesShape.nullable().describe("Ciò che vale adesso"),
  changed: z.array(z.string()).describe("`passo/campo` che cambiano"),
}).meta({ id: "SettingsChange" });
export type SettingsChange = z.output<typeof SettingsChange>;
const OneChange = z.object({ productId: z.string().max(40), changeId: Id });
const noChange = "00000000-0000-4000-8000-000000000000";

/** A product that declares what an institution sets: the portal gives it form, API, review, versions and events. */
export const settings = {
  read: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/products/:productId/settings",
    summary: "Come il prodotto è impostato per l’ente",
    description: "Lo schema che il prodotto dichiara, ciò che vale, ciò che si prepara e i passi già completi.",
    needs: "product:settings:read",
    params: AtProduct,
    query: InEnvironment,
    result: ProductSettings,
    problems: here,
    example,
  }),
  save: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/products/:productId/settings/draft",
    summary: "Salva le impostazioni che si preparano",
    description: "Ciò che c’è deve andare bene, il resto può seguire: non vale finché non si attiva.",
    needs: "product:settings:write",
    versioned: true,
    params: AtProduct,
    query: InEnvironment,
    body: z.object({ values: SettingsValuesShape }),
    result: ProductSettings,
    problems: here,
    example: { ...example, body: { values: {} } },
  }),
  activate: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/products/:productId/settings/activation",
    summary: "Attiva le impostazioni salvate",
    description:
      "Valgono subito; dove il prodotto lo vuole, in Produzione le vede prima il personale e intanto resta ciò che vale.",
    needs: "product:settings:write",
    versioned: true,
    params: AtProduct,
    query: InEnvironment,
    result: ProductSettings,
    problems: [
      ...here,
      "settings-nothing-saved",
      "settings-incomplete",
      "settings-awaiting-review",
      "nothing-to-change",
    ],
    example,
  }),
  withdraw: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/products/:productId/settings/withdrawal",
    summary: "Ritira la modifica che il personale guarda",
    needs: "product:settings:write",
    params: AtProduct,
    query: InEnvironment,
    result: ProductSettings,
    problems: [...here, "settings-not-waiting"],
    example,
  }),
  history: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/products/:productId/settings/versions",
    summary: "Le versioni delle impostazioni, la più recente prima",
    needs: "product:settings:read",
    params: AtProduct,
    query: z.object({ environment: Environment, ...PageQuery }),
    result: page(SettingsVersion),
    problems: [],
    example: { query: { environment: "test", limit: "20" } },
  }),
  review: {
    list: endpoint({
      method: "GET",
      path: "/staff/settings-changes",
      summary: "Le impostazioni che aspettano il personale, la più vecchia prima",
      description: "Dei soli prodotti che si possono decidere.",
      needs: "staff:settings:read",
      purpose: "settings",
      query: z.object(PageQuery),
      result: page(Waiting),
      problems: [],
      example: {},
    }),
    read: endpoint({
      method: "GET",
      path: "/staff/products/:productId/settings-changes/:changeId",
      summary: "Una modifica delle impostazioni, con ciò che cambia",
      needs: "staff:settings:read",
      purpose: "settings",
      params: OneChange,
      result: SettingsChange,
      problems: ["settings-change-unknown"],
      example: { params: { changeId: noChange } },
    }),
    approve: endpoint({
      method: "POST",
      path: "/staff/products/:productId/settings-changes/:changeId/approval",
      summary: "Accetta una modifica delle impostazioni: da ora vale",
      needs: "staff:settings:write",
      purpose: "settings",
      params: OneChange,
      result: SettingsChange,
      problems: ["settings-change-unknown", "settings-not-waiting"],
      example: { params: { changeId: noChange } },
    }),
    refuse: endpoint({
      method: "POST",
      path: "/staff/products/:productId/settings-changes/:changeId/refusal",
      summary: "Rimanda una modifica delle impostazioni, dicendo perché",
      needs: "staff:settings:write",
      purpose: "settings",
      params: OneChange,
      body: z.object({ note: Text(500) }),
      result: SettingsChange,
      problems: ["settings-change-unknown", "settings-not-waiting"],
      example: { params: { changeId: noChange }, body: { note: "L’indirizzo non risponde." } },
    }),
  },
};
