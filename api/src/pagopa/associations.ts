import { z } from "zod";
import { AtInstitution } from "../institutions.ts";
import { endpoint, file } from "../kit/endpoint.ts";
import { Day, Environment, Id, Instant, PageQuery, page } from "../values/index.ts";
import { AtStation, Separator, stationStates } from "./stations.ts";

export const associationStates = ["active", "ended", "refused"] as const;
export type AssociationState = (typeof associationStates)[number];

const TwoDigits = z.string().regex(/^\d{2}$/);

export const Association = z
  .object({
    id: Id,
    environment: Environment,
    station: z.object({ code: z.string(), state: z.enum(stationStates) }),
    broker: z.object({ id: Id, name: z.string(), taxCode: z.string() }),
    institution: z.object({ id: Id, name: z.string(), taxCode: z.string() }),
    auxDigit: z
      .number()
      .int()
      .min(0)
      .max(3)
      .nullable()
      .describe("3 con codice segregazione; 0, 1 e 2 solo per ciò che esisteva già"),
    segregationCode: z.string().nullable(),
    applicationCode: z.string().nullable(),
    broadcast: z.boolean().describe("Riceve anche le ricevute pagate su altre stazioni dell’ente"),
    mod4: z.boolean(),
    aca: z.boolean().describe("Le posizioni entrano nell’archivio centralizzato degli avvisi"),
    standIn: z.boolean().describe("L’archivio risponde quando la stazione non risponde; solo con ACA"),
    spontaneousPayment: z.boolean(),
    validFrom: Day,
    state: z.enum(associationStates),
    moving: z.boolean().describe("Fa parte di un passaggio fra partner: non si toglie finché non è compiuto"),
    reason: z.string().nullable(),
    version: z.number().int(),
    changed: z.object({ at: Instant, by: z.string().nullable() }),
  })
  .meta({ id: "Association" });

/** `standIn` holds only with `aca`: without it, it is false whatever was asked. */
const Choices = {
  applicationCode: TwoDigits.nullable().default(null),
  broadcast: z.boolean().default(false),
  aca: z.boolean().default(true),
  standIn: z.boolean().default(true),
};
export const NewAssociation = z
  .object({
    institutionId: Id.describe("L’ente da associare: l’intermediario stesso, o chi lo ha delegato o scelto"),
    segregationCode: TwoDigits.describe("Uno di quelli liberi"),
    ...Choices,
  })
  .meta({ id: "NewAssociation" });
export const AssociationChange = z.object({ segregationCode: TwoDigits, ...Choices }).meta({ id: "AssociationChange" });

const InEnvironment = { environment: Environment };
const resource = "stationCode";
const AtAssociation = AtStation.extend({ associationId: Id });
const refusals = ["segregation-code-taken", "application-code-taken", "broadcast-needs-version-2"] as const;

export const associations = {
  ofStation: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/stations/:stationCode/institutions",
    summary: "Gli enti associati a una stazione",
    description: "In ordine di nome. `search` guarda nome e codice fiscale.",
    needs: "pagopa:stations:read",
    resource,
    params: AtStation,
    query: z.object({ ...InEnvironment, search: z.string().max(100).optional(), ...PageQuery }),
    result: page(Association),
    problems: ["station-unknown"],
    example: { query: { environment: "test", limit: "20" } },
  }),
  candidates: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/stations/:stationCode/candidates",
    summary: "Gli enti che si possono associare",
    description:
      "L’intermediario stesso, chi lo ha delegato su pagoPA, e chi lo ha scelto registrandosi; senza quelli già sulla stazione. Chi non è ancora registrato sul nodo si vede, e non si può associare.",
    needs: "pagopa:stations:read",
    resource,
    params: AtStation,
    query: z.object({ ...InEnvironment, search: z.string().max(100).optional(), ...PageQuery }),
    result: page(
      z.object({
        id: Id,
        name: z.string(),
        taxCode: z.string(),
        registered: z.boolean().describe("false: in attesa di registrazione sul nodo"),
      }),
    ),
    problems: ["station-unknown"],
    example: { query: { environment: "test", limit: "20" } },
  }),
  segregationCodes: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/stations/:stationCode/segregation-codes",
    summary: "I codici segregazione liberi di un ente",
    description:
      "Da 00 a 45, senza quelli riservati e quelli che l’ente usa già, come segregazione o come application code. Roma Capitale, ACI e Unioncamere hanno solo il loro.",
    source: "SANP, codice segregazione",
    needs: "pagopa:stations:read",
    resource,
    params: AtStation,
    query: z.object({
      ...InEnvironment,
      creditorInstitutionId: Id.optional().describe("Senza: l’intermediario stesso"),
    }),
    result: z.object({ free: z.array(z.string()) }),
    problems: ["station-unknown", "institution-not-candidate"],
    example: { query: { environment: "test" } },
  }),
  associate: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/pagopa/stations/:stationCode/institutions",
    summary: "Associa un ente alla stazione",
    description: "Con aux digit 3. L’ente lo viene a sapere, lo vede, e può rifiutare.",
    source: "SANP, associazione stazione – ente creditore",
    needs: "pagopa:stations:write",
    resource,
    params: AtStation,
    query: z.object(InEnvironment),
    body: NewAssociation,
    result: Association,
    problems: [
      "station-unknown",
      "station-not-active",
      "institution-not-candidate",
      "institution-not-registered",
      "already-associated",
      ...refusals,
    ],
    example: {
      query: { environment: "test" },
      body: { institutionId: "00000000-0000-4000-8000-000000000000", segregationCode: "00" },
    },
  }),
  change: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/pagopa/stations/:stationCode/institutions/:associationId",
    summary: "Cambia un’associazione",
    needs: "pagopa:stations:write",
    resource,
    versioned: true,
    params: AtAssociation,
    query: z.object(InEnvironment),
    body: AssociationChange,
    result: Association,
    problems: ["association-unknown", "association-over", ...refusals],
    example: { query: { environment: "test" }, body: { segregationCode: "00" } },
  }),
  end: endpoint({
    method: "DELETE",
    path: "/institutions/:institutionId/pagopa/stations/:stationCode/institutions/:associationId",
    summary: "Togli un ente dalla stazione",
    description:
      "Il codice segregazione torna libero. Durante un passaggio fra partner si toglie solo quando è compiuto.",
    needs: "pagopa:stations:write",
    resource,
    params: AtAssociation,
    query: z.object(InEnvironment),
    problems: ["association-unknown", "association-over", "association-moving"],
    example: { query: { environment: "test" } },
  }),
  list: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/associations",
    summary: "Con quali stazioni l’ente riceve i pagamenti",
    description: "Proprie o di chi lo serve, dalla più recente.",
    needs: "pagopa:registration:read",
    params: AtInstitution,
    query: z.object({ ...InEnvironment, state: z.enum(["active", "over"]).default("active"), ...PageQuery }),
    result: page(Association),
    problems: [],
    example: { query: { environment: "test", limit: "20" } },
  }),
  refuse: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/pagopa/associations/:associationId/refusal",
    summary: "Rifiuta un’associazione",
    description: "Come ente: la stazione non riceve più i suoi pagamenti, e chi la gestisce legge il motivo.",
    needs: "pagopa:registration:write",
    ownPeople: true,
    params: AtInstitution.extend({ associationId: Id }),
    query: z.object(InEnvironment),
    body: z.object({ reason: z.string().trim().min(1).max(500) }),
    result: Association,
    problems: ["association-unknown", "association-over", "association-moving"],
    example: { query: { environment: "test" }, body: { reason: "Non abbiamo scelto questo intermediario" } },
  }),
  noticeNumbers: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/pagopa/notice-numbers",
    summary: "Prendi numeri di avviso mai dati prima",
    description:
      "Da una sequenza dell’ente e del suo codice segregazione, con le cifre di controllo: per le prove, o per chi non ha un generatore suo. Nessuno è dato due volte.",
    source: "SANP, numero avviso e IUV",
    needs: "pagopa:stations:write",
    params: AtInstitution,
    query: z.object(InEnvironment),
    body: z.object({ segregationCode: TwoDigits, count: z.number().int().min(1).max(100).default(1) }),
    result: z.object({ items: z.array(z.object({ noticeNumber: z.string(), iuv: z.string() })) }),
    problems: ["segregation-code-not-associated"],
    example: { query: { environment: "test" }, body: { segregationCode: "00" } },
  }),
  export: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/institution-exports",
    summary: "Gli enti serviti, con stazioni e codici, in un file CSV",
    description: "Com’è adesso, di una stazione o di tutte. RFC 4180, al riparo dalle formule.",
    needs: "pagopa:stations:read",
    params: AtInstitution,
    query: z.object({
      ...InEnvironment,
      stationCode: z.string().max(35).optional(),
      search: z.string().max(100).optional(),
      separator: Separator,
    }),
    result: file("text/csv"),
    problems: [],
    example: { query: { environment: "test" } },
  }),
};

// What the shapes hold, for who reads them.
export type Association = z.output<typeof Association>;
