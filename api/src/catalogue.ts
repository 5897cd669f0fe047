import { z } from "zod";
import { InstitutionKind, Origin } from "./institution-kinds.ts";
import { endpoint } from "./kit/endpoint.ts";
import { Requirements } from "./products.ts";
import { Id, Instant, Text } from "./values/index.ts";

/** A configuration as it is written: JSON, checked by the schema of the catalogue. */
const Configuration = z.record(z.string(), z.unknown());
const Person = z.object({ id: Id, name: z.string(), me: z.boolean() });

/** The letters that one way of joining sends, in order. */
export const adhesionMails = [
  "received",
  "changes-requested",
  "rejected",
  "to-sign",
  "named",
  "requester",
  "reminder",
  "completed",
  "ended",
] as const;

/** What joining asks and gives, for one kind looked up in one place, before and after a change. */
export const AdmissionChange = z.object({
  kind: InstitutionKind,
  origin: Origin,
  change: z.enum(["added", "removed", "changed", "same"]),
  before: Requirements.nullable(),
  after: Requirements.nullable(),
  documents: z
    .object({ before: z.array(z.string()), after: z.array(z.string()) })
    .describe("Modello dell’accordo e allegati"),
  roles: z.object({ before: z.array(z.string()), after: z.array(z.string()) }),
  mails: z.object({ before: z.array(z.enum(adhesionMails)), after: z.array(z.enum(adhesionMails)) }),
  active: z.number().int().describe("Enti attivi che hanno aderito così: tengono la versione con cui hanno aderito"),
  open: z.number().int().describe("Adesioni in corso: finiscono con la versione con cui sono cominciate"),
});

export const Rehearsal = z
  .object({
    valid: z.boolean(),
    faults: z.array(z.object({ path: z.string(), message: z.string() })).describe("Perché non si può pubblicare"),
    changes: z.array(z.object({ path: z.string(), before: z.unknown(), after: z.unknown() })),
    admissions: z.array(AdmissionChange),
    touched: z.object({ active: z.number().int(), open: z.number().int() }),
  })
  .meta({ id: "Rehearsal" });
export type Rehearsal = z.output<typeof Rehearsal>;

export const ProductProposal = z.object({
  id: Id,
  baseVersion: z.number().int(),
  configuration: Configuration,
  reason: z.string(),
  state: z.enum(["open", "published", "declined", "withdrawn"]),
  proposedBy: Person,
  proposedAt: Instant,
  answeredBy: Person.nullable(),
  answeredAt: Instant.nullable(),
  note: z.string().nullable(),
});

export const CatalogueProduct = z
  .object({
    id: z.string(),
    title: z.string(),
    version: z.number().int(),
    configuration: Configuration,
    versions: z.array(z.object({ version: z.number().int(), publishedAt: Instant })).describe("La più recente prima"),
    proposal: ProductProposal.nullable().describe("Ciò che qualcuno propone, e un’altra persona pubblica"),
    past: z.array(ProductProposal).describe("Le ultime venti, la più recente prima"),
  })
  .meta({ id: "CatalogueProduct" });
export type CatalogueProduct = z.output<typeof CatalogueProduct>;

const OneProduct = z.object({ productId: z.string().max(40) });
export const catalogue = {
  list: endpoint({
    method: "GET",
    path: "/staff/products",
    summary: "Il catalogo, dal lato di chi lo cura",
    needs: "staff:products:read",
    purpose: "catalogue",
    result: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          version: z.number().int(),
          state: z.string(),
          proposed: z.boolean().describe("Una modifica aspetta la seconda persona"),
        }),
      ),
    }),
    problems: [],
    example: {},
  }),
  read: endpoint({
    method: "GET",
    path: "/staff/products/:productId",
    summary: "Un prodotto, con le sue versioni",
    needs: "staff:products:read",
    purpose: "catalogue",
    params: OneProduct,
    result: CatalogueProduct,
    problems: ["product-unknown"],
    example: {},
  }),
  rehearse: endpoint({
    method: "POST",
    path: "/staff/products/:productId/rehearsals",
    reads: true,
    summary: "Prova una modifica senza pubblicarla",
    description:
      "Per ogni tipo di ente e registro: passi, dati, documenti, ruoli ed e-mail che ne risultano, prima e dopo; e quanti enti tocca.",
    needs: "staff:products:read",
    purpose: "catalogue",
    params: OneProduct,
    body: z.object({ configuration: Configuration }),
    result: Rehearsal,
    problems: ["product-unknown"],
    example: { body: { configuration: {} } },
  }),
  propose: endpoint({
    method: "POST",
    path: "/staff/products/:productId/proposals",
    summary: "Proponi una nuova versione di un prodotto",
    needs: "staff:products:write",
    purpose: "catalogue",
    params: OneProduct,
    body: z.object({ configuration: Configuration, baseVersion: z.number().int(), reason: Text(500) }),
    result: CatalogueProduct,
    problems: ["product-unknown", "product-faulty", "product-moved-on", "product-proposal-open", "nothing-to-change"],
    example: { body: { configuration: {}, baseVersion: 1, reason: "Si aggiunge un tipo di ente" } },
  }),
  publish: endpoint({
    method: "POST",
    path: "/staff/products/:productId/publication",
    summary: "Pubblica la versione proposta da un’altra persona",
    description: "Nessuno pubblica ciò che ha proposto. Una versione pubblicata non cambia più.",
    needs: "staff:products:write",
    purpose: "catalogue",
    params: OneProduct,
    body: z.object({ proposalId: Id.describe("Quella che si è letta") }),
    result: CatalogueProduct,
    problems: ["product-unknown", "product-proposal-missing", "proposal-own", "product-moved-on", "product-faulty"],
    example: { body: { proposalId: "00000000-0000-4000-8000-000000000000" } },
  }),
  decline: endpoint({
    method: "POST",
    path: "/staff/products/:productId/proposal/refusal",
    summary: "Non pubblicare una proposta, o ritira la propria",
    needs: "staff:products:write",
    purpose: "catalogue",
    params: OneProduct,
    body: z.object({ note: Text(500).optional() }),
    result: CatalogueProduct,
    problems: ["product-unknown", "product-proposal-missing"],
    example: { body: {} },
  }),
};
