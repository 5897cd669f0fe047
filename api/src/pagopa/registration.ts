import { z } from "zod";
import { AtInstitution } from "../institutions.ts";
import { endpoint } from "../kit/endpoint.ts";
import { County, Email, Environment, Id, Instant, PageQuery, page, rule, Text, ZipCode } from "../values/index.ts";

/** As what an institution stands on the node. */
export const capacities = ["creditor-institution", "technology-partner"] as const;
export type Capacity = (typeof capacities)[number];
/** How a creditor institution reaches the node: with stations of its own, or with those of an intermediary. */
export const nodeConnections = ["direct", "intermediary"] as const;
export type NodeConnection = (typeof nodeConnections)[number];

/** A code by which payers find the institution on paper: of one institution alone in its environment. */
export const encodingKinds = ["qr-code", "barcode-128-aim"] as const;

const Address = {
  address: Text(255).describe("Via e numero"),
  city: Text(120),
  zipCode: ZipCode,
  county: County,
  taxDomicile: Text(255).describe("Domicilio fiscale"),
};

export const NodeRegistration = z
  .object({
    environment: Environment,
    capacity: z.enum(capacities),
    name: z.string(),
    taxCode: z.string(),
    taxCodeDoubtful: z.boolean().describe("La cifra di controllo non torna: in Collaudo è un avviso, in Produzione no"),
    connection: z.enum(nodeConnections),
    intermediary: z.object({ id: Id, name: z.string() }).nullable(),
    creditorBroker: z.boolean().describe("Può avere stazioni, proprie o per gli enti che serve"),
    pspBroker: z.boolean().describe("Partner: può avere canali per i PSP che serve"),
    address: z.string(),
    city: z.string(),
    zipCode: z.string(),
    county: z.string(),
    taxDomicile: z.string(),
    pspPayment: z.boolean().describe("Pagabile presso gli sportelli dei PSP"),
    cbillCode: z.string().nullable().describe("Codice interbancario: lo carica PagoPA"),
    encodings: z.array(z.object({ kind: z.enum(encodingKinds), code: z.string() })),
    version: z.number().int(),
    registeredAt: Instant,
    changed: z.object({ at: Instant, by: z.string().nullable().describe("null: il portale, o un caricamento") }),
  })
  .meta({ id: "NodeRegistration" });

export const OperationsContact = z
  .object({
    referent: z.string(),
    email: z.string(),
    telephone: z.string(),
    version: z.number().int(),
    changed: z.object({ at: Instant, by: z.string() }),
  })
  .meta({ id: "OperationsContact" });

/** The steps from joining pagoPA to receiving payments, for the institution and for whoever serves it. */
export const nodeSteps = [
  "registration",
  "delegation",
  "operations-contact",
  "station",
  "association",
  "iban",
] as const;
export type NodeStep = (typeof nodeSteps)[number];
export const NodeStepLine = z.object({
  step: z.enum(nodeSteps),
  state: z.enum(["done", "to-do", "waiting"]).describe("waiting: tocca all’altra parte"),
  whose: z.enum(["institution", "intermediary"]),
});

export const NewRegistration = z
  .object({
    ...Address,
    connection: z.enum(nodeConnections).default("direct").describe("Per un partner conta solo che cosa intermedia"),
    intermediaryId: Id.optional().describe(
      "Chi la collega, se non è diretta: un partner con una delega attiva, o un intermediario",
    ),
    pspPayment: z.boolean().default(true),
    brokers: z
      .array(z.enum(["creditor-institutions", "psps"]))
      .max(2)
      .default([])
      .describe("Partner: chi vuole intermediare, almeno uno"),
  })
  .superRefine((r, context) => {
    if (r.connection === "intermediary" && !r.intermediaryId)
      context.addIssue({ code: "custom", path: ["intermediaryId"], ...rule("required") });
  })
  .meta({ id: "NewRegistration" });

/** What a change of the registration would touch, before it is done. */
export const Touched = z.object({
  stations: z
    .array(z.object({ code: z.string(), state: z.string() }))
    .describe("Stazioni proprie attive o in attesa; al massimo 50"),
  associations: z
    .array(z.object({ stationCode: z.string(), broker: z.string(), segregationCode: z.string().nullable() }))
    .describe("Associazioni attive dell’ente; al massimo 50"),
  delegations: z.array(z.object({ id: Id, partner: z.string() })).describe("Deleghe attive su pagoPA; al massimo 50"),
});

const InEnvironment = { environment: Environment };

export const registration = {
  read: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/registration",
    summary: "La registrazione sul nodo, e che cosa manca",
    description:
      "Con i dati proposti dall’anagrafica finché non c’è, il tavolo operativo, e i passi che mancano: gli stessi per l’ente e per chi lo serve.",
    needs: "pagopa:registration:read",
    params: AtInstitution,
    query: z.object(InEnvironment),
    result: z.object({
      registration: NodeRegistration.nullable(),
      capacity: z
        .enum(capacities)
        .nullable()
        .describe("Come che cosa può registrarsi; null: come PSP, non ancora da qui"),
      suggested: z
        .object({
          name: z.string(),
          taxCode: z.string(),
          address: z.string(),
          city: z.string(),
          zipCode: z.string(),
          county: z.string(),
        })
        .describe("Dall’anagrafica dell’ente, per chi non si è ancora registrato"),
      operationsContact: OperationsContact.nullable(),
      steps: z.array(NodeStepLine),
    }),
    problems: ["institution-unknown"],
    example: { query: { environment: "test" } },
  }),
  register: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/pagopa/registration",
    summary: "Registra l’ente o il partner sul nodo, o cambia la registrazione",
    description:
      "La versione 0 è «mai registrato». Con `dryRun` dice che cosa toccherebbe: stazioni, associazioni, deleghe. Da diretta a intermediata si passa solo senza stazioni attive o in attesa. La codifica QR nasce da sola ed è il codice fiscale.",
    source: "Back office pagoPA, registrazione sul nodo; SANP",
    needs: "pagopa:registration:write",
    versioned: true,
    params: AtInstitution,
    query: z.object(InEnvironment),
    body: NewRegistration,
    result: z.object({ registration: NodeRegistration, touched: Touched }),
    problems: [
      "product-not-active",
      "registration-of-psp",
      "tax-code-doubtful",
      "intermediary-unknown",
      "registration-stations-open",
      "registration-serves-others",
      "registration-brokers-nothing",
      "encoding-of-another-institution",
    ],
    example: {
      query: { environment: "test" },
      body: {
        address: "Piazza di Prova, 1",
        city: "Prova",
        zipCode: "00100",
        county: "RM",
        taxDomicile: "Piazza di Prova, 1, 00100 Prova",
        connection: "direct",
      },
    },
  }),
  intermediaries: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/intermediaries",
    summary: "Chi può collegare l’ente al nodo",
    description: "I partner con una delega attiva prima, poi gli enti che sono intermediari, in ordine di nome.",
    needs: "pagopa:registration:read",
    params: AtInstitution,
    query: z.object({ ...InEnvironment, search: z.string().max(100).optional(), ...PageQuery }),
    result: page(z.object({ id: Id, name: z.string(), taxCode: z.string(), delegated: z.boolean() })),
    problems: [],
    example: { query: { environment: "test", limit: "20" } },
  }),
  setOperationsContact: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/pagopa/operations-contact",
    summary: "Scrivi il tavolo operativo",
    description: "A chi scrive e telefona PagoPA quando una stazione non risponde. La versione 0 è «mai scritto».",
    source: "Back office pagoPA, tavolo operativo",
    needs: "pagopa:stations:write",
    versioned: true,
    params: AtInstitution,
    query: z.object(InEnvironment),
    body: z.object({
      referent: Text(140),
      email: Email,
      telephone: z
        .string()
        .max(40)
        .transform((t) => t.replace(/[\s./-]+/g, ""))
        .pipe(z.string().regex(/^\+?\d{6,15}$/))
        .describe("Telefono: da 6 a 15 cifre"),
    }),
    result: OperationsContact,
    problems: ["product-not-active"],
    example: {
      query: { environment: "test" },
      body: { referent: "Ufficio pagamenti", email: "pagamenti@ente.example", telephone: "06 0000000" },
    },
  }),
};

// What the shapes hold, for who reads them.
export type NodeRegistration = z.output<typeof NodeRegistration>;
export type OperationsContact = z.output<typeof OperationsContact>;
export type Touched = z.output<typeof Touched>;
export type NodeStepLine = z.output<typeof NodeStepLine>;
