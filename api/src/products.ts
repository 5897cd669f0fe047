import { z } from "zod";
import { profileNames } from "./access.ts";
import { type DetailBlock, detailBlockNames } from "./details.ts";
import { InstitutionKind, kindRules, Origin } from "./institution-kinds.ts";
import { endpoint } from "./kit/endpoint.ts";
import { ruleNames } from "./review-rules.ts";

/**
 * The ways a request may go, as data: where it starts, whether somebody reviews it, whether an agreement is signed.
 * An import was concluded elsewhere and is complete at once.
 */
export const workflows = {
  agreement: { startsIn: "submitted", reviewed: false, agreement: true },
  review: { startsIn: "to-be-reviewed", reviewed: true, agreement: true },
  "review-with-checklist": { startsIn: "to-be-reviewed", reviewed: true, agreement: true },
  approval: { startsIn: "to-be-reviewed", reviewed: true, agreement: false },
  aggregates: { startsIn: "submitted", reviewed: false, agreement: true },
  import: { startsIn: "completed", reviewed: false, agreement: false },
} as const;
export type Workflow = keyof typeof workflows;
export const workflowNames = Object.keys(workflows) as Workflow[];
export const Workflow = z
  .enum(workflowNames as [Workflow, ...Workflow[]])
  .describe(
    "agreement = l’accordo parte subito; review = prima un controllo; review-with-checklist = controllo della dichiarazione; approval = solo approvazione, senza accordo; aggregates = un ente già attivo aderisce per altri; import = conclusa altrove",
  );

const Block = z.enum(detailBlockNames as [DetailBlock, ...DetailBlock[]]);
const Template = z.object({ id: z.string(), version: z.string() });
const ProductId = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);

/** One row of "who may join": a kind, looked up in one place, and what that way asks and gives. */
export const Admission = z
  .object({
    kind: InstitutionKind,
    origin: Origin,
    workflow: Workflow.exclude(["aggregates", "import"]),
    agreementTemplate: Template.nullable().describe("Assente dove non si firma"),
    requires: z.array(Block).default([]).describe("Dati chiesti oltre a quelli del tipo di ente"),
    categories: z.array(z.string()).optional().describe("Categorie IndicePA ammesse; assente: tutte quelle del tipo"),
    atecoCodes: z.array(z.string()).optional().describe("Attività ammesse, secondo il registro delle imprese"),
    attachments: z
      .array(z.object({ id: z.string(), title: z.string() }))
      .default([])
      .describe("Allegati dell’accordo"),
  })
  .superRefine((a, context) => {
    if (!(kindRules[a.kind].origins as readonly string[]).includes(a.origin))
      context.addIssue({ code: "custom", path: ["origin"], message: `${a.kind} is never looked up in ${a.origin}` });
    if (workflows[a.workflow].agreement !== (a.agreementTemplate !== null))
      context.addIssue({
        code: "custom",
        path: ["agreementTemplate"],
        message: `workflow ${a.workflow} and template disagree`,
      });
    if (workflows[a.workflow].agreement && !kindRules[a.kind].manager)
      context.addIssue({ code: "custom", path: ["workflow"], message: `nobody signs for ${a.kind}` });
  });
export type Admission = z.output<typeof Admission>;

/** One published version of a product: immutable; an onboarding keeps its version to the end. */
const Configuration = z
  .object({
    externalId: z.string().describe("Identificativo presso i consumatori degli eventi, es. prod-pagopa"),
    title: z.string(),
    description: z.string().default(""),
    state: z
      .enum(["active", "test-twin", "closed"])
      .default("active")
      .describe("test-twin = si attiva insieme al prodotto di cui è la prova; closed = non si aderisce più"),
    admissions: z.array(Admission),
    signatureDays: z.number().int().min(1).max(365).describe("Giorni per firmare, dalla stesura dell’accordo"),
    reminderDays: z
      .array(z.number().int().min(1).max(364))
      .max(5)
      .default([7, 2])
      .describe("Quanti giorni prima della scadenza si ricorda la firma"),
    review: z
      .object({
        days: z.number().int().min(1).max(90).default(5).describe("Entro quanti giorni si decide su una richiesta"),
        people: z.number().int().min(1).max(2).default(1).describe("Quante persone decidono"),
        rules: z
          .array(z.enum(ruleNames))
          .default([...ruleNames])
          .describe("Le regole pubblicate che qui possono approvare senza una persona"),
      })
      .prefault({})
      .describe("Dove una persona controlla prima"),
    administrators: z.object({ minimum: z.number().int().min(1), maximum: z.number().int().max(10) }),
    severalProfiles: z
      .boolean()
      .optional()
      .describe("Una persona può avere più profili su questo prodotto; assente: sì"),
    nomination: z
      .enum(["signed"])
      .optional()
      .describe(
        "Come si nominano altri amministratori: `signed` con un documento firmato; assente: li dà un amministratore",
      ),
    countersigned: z
      .boolean()
      .default(false)
      .describe("Dopo l’ente firma la società, con il suo sigillo: il prodotto è attivo solo allora"),
    managerMayAdminister: z.boolean().describe("Il legale rappresentante può essere anche amministratore"),
    invoiced: z.boolean().default(true).describe("La piattaforma emette fatture: si chiedono i dati di fatturazione"),
    recipientCode: z.enum(["required", "optional"]).default("required"),
    units: z.boolean().default(false).describe("Anche una AOO o una UO può aderire"),
    parent: ProductId.nullable().default(null).describe("Prodotto che deve essere già attivo"),
    testTwins: z.array(ProductId).default([]).describe("Prodotti di prova attivati insieme"),
    environments: z.array(z.object({ code: z.enum(["test", "production"]), title: z.string() })).default([]),
    roles: z
      .array(
        z.object({
          profile: z.enum(profileNames),
          code: z.string().describe("Nome del ruolo presso il prodotto"),
          title: z.string(),
          kinds: z.array(InstitutionKind).optional(),
        }),
      )
      .default([])
      .describe("I profili con il nome che hanno presso il prodotto"),
    consumers: z
      .array(z.enum(["standard", "accounting", "guarantees"]))
      .default(["standard"])
      .describe("Chi riceve gli eventi"),
    delegable: z.boolean().default(false).describe("Un ente può delegarlo a un partner"),
    aggregators: z.boolean().default(false).describe("Un ente può aderire anche per altri, con un file"),
    privateBeta: z
      .object({ taxCodes: z.array(z.string()) })
      .nullable()
      .default(null)
      .describe("Se presente, aderiscono solo questi codici fiscali"),
    conventions: z
      .array(
        z.object({
          id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
          title: z.string(),
          description: z.string().default(""),
          template: Template,
          kinds: z.array(InstitutionKind).optional().describe("Assente: ogni tipo di ente"),
          signatureDays: z.number().int().min(1).max(365).default(30),
        }),
      )
      .default([])
      .describe("Ciò che si può aggiungere a un prodotto attivo, con un accordo suo"),
    onLeaving: z.array(z.string()).default([]).describe("Che cosa si spegne quando l’ente lascia il prodotto"),
  })
  .superRefine((c, context) => {
    const seen = new Set<string>();
    c.admissions.forEach((a, n) => {
      const key = `${a.kind} ${a.origin}`;
      if (seen.has(key)) context.addIssue({ code: "custom", path: ["admissions", n], message: `${key} twice` });
      seen.add(key);
    });
  });

/** The versions published before kinds had origins: one template, public bodies alone. They stay as they are and read so. */
const fromFirstForm = (written: unknown): unknown => {
  if (typeof written !== "object" || written === null || !("agreementTemplate" in written)) return written;
  const { agreementTemplate, institutionKinds, ...rest } = written as Record<string, unknown>;
  return {
    ...rest,
    admissions: (institutionKinds as string[]).map((kind) => ({
      kind,
      origin: "IPA",
      workflow: "agreement",
      agreementTemplate,
    })),
  };
};
export const ProductConfiguration = z.preprocess(fromFirstForm, Configuration);
export type ProductConfiguration = z.output<typeof Configuration>;

export const wizardSteps = ["kind", "search", "institution", "manager", "administrators", "summary"] as const;

/** What one way of joining asks and gives: form, server and public pages read the same. */
export const Requirements = z
  .object({
    kind: InstitutionKind,
    origin: Origin,
    workflow: Workflow,
    reviewed: z.boolean().describe("Prima dell’accordo un controllo"),
    agreement: z.boolean().describe("Si firma un accordo"),
    countersigned: z.boolean().describe("Dopo l’ente firma anche la società"),
    manager: z.boolean(),
    geographicAreas: z.boolean(),
    billing: z.boolean().describe("Si chiedono i dati di fatturazione"),
    recipientCode: z.enum(["required", "optional"]),
    units: z.boolean(),
    blocks: z.array(Block),
    categories: z.array(z.string()).nullable(),
    attachments: z.array(z.string()),
    steps: z.array(z.enum(wizardSteps)),
  })
  .meta({ id: "Requirements" });
export type Requirements = z.output<typeof Requirements>;

export const admissionOf = (c: ProductConfiguration, kind: string, origin: string): Admission | undefined =>
  c.admissions.find((a) => a.kind === kind && a.origin === origin);

export const requirementsOf = (c: ProductConfiguration, a: Admission): Requirements => {
  const kind = kindRules[a.kind];
  const { reviewed, agreement } = workflows[a.workflow];
  const blocks = new Set<DetailBlock>([...kind.blocks, ...a.requires]);
  // Who is not in IndicePA says by what title it serves the public.
  if (a.kind === "GSP" && a.origin === "declared") blocks.add("publicService");
  // Where nothing is invoiced a VAT number is not asked either.
  if (!c.invoiced) blocks.delete("groupVatNumber");
  return {
    kind: a.kind,
    origin: a.origin,
    workflow: a.workflow,
    reviewed,
    agreement,
    countersigned: agreement && c.countersigned,
    manager: kind.manager,
    geographicAreas: kind.geographicAreas,
    billing: kind.invoiced && c.invoiced,
    recipientCode: c.recipientCode,
    units: c.units && a.origin === "IPA",
    blocks: [...blocks],
    categories: a.categories ?? null,
    attachments: a.attachments.map((one) => one.title),
    steps: wizardSteps.filter((step) =>
      step === "search" ? a.origin !== "declared" : step === "manager" ? kind.manager : true,
    ),
  };
};

export const Product = z
  .object({
    id: z.string(),
    version: z.number().int(),
    title: z.string(),
    description: z.string(),
    parent: z.string().nullable().describe("Prodotto che deve essere già attivo"),
    parentTitle: z.string().nullable(),
    testTwins: z.array(z.string()),
    twinTitles: z.array(z.string()).describe("Come si chiamano i prodotti di prova attivati insieme"),
    admissions: z.array(Requirements).describe("Chi può aderire, e che cosa serve"),
    signatureDays: z.number().int(),
    administrators: z.object({ minimum: z.number().int(), maximum: z.number().int() }),
    roles: z.array(z.object({ profile: z.enum(profileNames), code: z.string(), title: z.string() })),
    onLeaving: z.array(z.string()),
    privateBeta: z.boolean().describe("Per ora aderiscono solo gli enti invitati"),
    aggregators: z.boolean(),
    delegable: z.boolean(),
    signedNominations: z.boolean().describe("Altri amministratori si nominano con un documento firmato"),
  })
  .meta({ id: "Product" });

export const products = {
  list: endpoint({
    method: "GET",
    path: "/products",
    summary: "I prodotti a cui si può aderire",
    description:
      "Per ciascuno chi può aderire (tipo di ente e registro in cui si trova), con i passi, i dati e i controlli che lo aspettano.",
    needs: "nobody",
    result: z.object({ items: z.array(Product) }),
    problems: [],
    example: {},
  }),
};

// What the shapes hold, for who reads them.
export type Product = z.output<typeof Product>;
