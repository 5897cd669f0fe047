import { z } from "zod";
import { AtInstitution } from "../institutions.ts";
import { endpoint, file } from "../kit/endpoint.ts";
import { Environment, Id, Instant, PageQuery, page, rule, Text } from "../values/index.ts";

/** How a station talks: its own endpoints answer the node, or the platform keeps its positions and it has none. */
export const stationConnections = ["sync", "async"] as const;
export type StationConnection = (typeof stationConnections)[number];
export const stationStates = ["pending", "active", "retired"] as const;
export type StationState = (typeof stationStates)[number];

/** The endpoints a station may have: Modello Unico (POF), Modello 1 (RT and redirect), REST. */
export const stationEndpoints = ["notice", "receipt", "redirect", "rest"] as const;
export type StationEndpoint = (typeof stationEndpoints)[number];

export const STATION_CODE = /^[A-Za-z0-9_]{1,35}$/;
export const StationCode = z
  .string()
  .regex(STATION_CODE)
  .describe("Codice della stazione, `<codice fiscale dell’intermediario>_NN`");

/** An address that a station answers at. What it is worth is said by the rules; here, that it is one. */
const Endpoint = z
  .string()
  .max(500)
  .transform((text) => text.trim())
  .pipe(
    z.string().refine((text) => {
      if (!URL.canParse(text)) return false;
      const url = new URL(text);
      return ["http:", "https:"].includes(url.protocol) && !url.username && !url.password && !url.hash;
    }, rule("wrong-format")),
  );

export const StationSettings = z
  .object({
    connection: z.enum(stationConnections),
    primitiveVersion: z
      .union([z.literal(1), z.literal(2)])
      .default(2)
      .describe("2: Modello Unico (paGetPayment V2)"),
    noticeUrl: Endpoint.nullable().default(null).describe("Modello Unico (POF)"),
    receiptUrl: Endpoint.nullable().default(null).describe("Modello 1: dove arrivano le ricevute (RT)"),
    redirectUrl: Endpoint.nullable().default(null).describe("Modello 1: dove torna chi paga"),
    restUrl: Endpoint.nullable().default(null).describe("Servizi REST"),
    paymentOptions: z.boolean().default(false).describe("Opzioni di pagamento, servite in REST"),
  })
  .superRefine((s, context) => {
    const wrong = (path: string, name: "required" | "not-allowed") =>
      context.addIssue({ code: "custom", path: [path], ...rule(name) });
    if (s.connection === "async") {
      for (const field of ["noticeUrl", "receiptUrl", "redirectUrl", "restUrl"] as const)
        if (s[field]) wrong(field, "not-allowed");
      if (s.paymentOptions) wrong("paymentOptions", "not-allowed");
      return;
    }
    if (s.receiptUrl && !s.redirectUrl) wrong("redirectUrl", "required");
    if (s.redirectUrl && !s.receiptUrl) wrong("receiptUrl", "required");
    if (!s.noticeUrl && !s.receiptUrl && !s.redirectUrl) wrong("noticeUrl", "required");
    if (s.paymentOptions && !s.restUrl) wrong("restUrl", "required");
  })
  .meta({ id: "StationSettings" });

/** What only the platform's operators set (SANP, anagrafica della stazione). */
export const OperatorSettings = z
  .object({
    version: z.union([z.literal(1), z.literal(2)]).default(1),
    protocol: z.enum(["HTTP", "HTTPS"]).default("HTTPS"),
    host: z.string().max(255).nullable().default(null),
    port: z.number().int().min(1).max(65_535).nullable().default(null),
    path: z.string().max(255).nullable().default(null),
    threads: z.number().int().min(1).max(100).default(1),
    timeoutA: z.number().int().min(0).max(300).default(7).describe("Secondi"),
    timeoutB: z.number().int().min(0).max(300).default(30),
    timeoutC: z.number().int().min(0).max(600).default(120),
    proxyHost: z.string().max(255).nullable().default(null),
    proxyPort: z.number().int().min(1).max(65_535).nullable().default(null),
    online: z.boolean().default(true),
    instantReceipts: z.boolean().default(false),
    standIn: z.boolean().default(false),
  })
  .meta({ id: "OperatorSettings" });

/** Which of the node's three ways a station is connected in; it follows from its settings. */
export const connectionKinds = ["async-platform", "sync-forwarder", "sync-legacy"] as const;
export type ConnectionKind = (typeof connectionKinds)[number];
export const connectionKindOf = (s: { connection: StationConnection; noticeUrl: string | null }): ConnectionKind =>
  s.connection === "async" ? "async-platform" : s.noticeUrl ? "sync-forwarder" : "sync-legacy";

/** The rules that look at a station's settings, in the open. Where all of them pass nobody of the staff needs to. */
export const STATION_RULES_VERSION = "1.0.0";
export const stationRules = [
  "broker-registered",
  "operations-contact",
  "url-https",
  "url-public-name",
  "url-port",
  "connection-tested",
  "version-known",
  "no-operator-field",
] as const;
export type StationRule = (typeof stationRules)[number];
export const StationRuleLine = z.object({
  rule: z.enum(stationRules),
  passes: z.boolean(),
  about: z.string().nullable().describe("L’indirizzo o il valore che non va"),
});
export type StationRuleLine = z.output<typeof StationRuleLine>;

export const stationChangeStates = ["waiting", "changes-requested", "approved", "refused", "withdrawn"] as const;
export type StationChangeState = (typeof stationChangeStates)[number];
export const openStationChangeStates = [
  "waiting",
  "changes-requested",
] as const satisfies readonly StationChangeState[];

const Value = z.union([z.string(), z.number(), z.boolean()]).nullable();
export const Difference = z.object({ field: z.string(), before: Value, after: Value });
export type Difference = z.output<typeof Difference>;

export const StationMessage = z.object({
  id: Id,
  at: Instant,
  from: z.enum(["staff", "broker"]),
  name: z.string().nullable().describe("Chi ha scritto; del personale l’ente non vede il nome"),
  text: z.string(),
});

export const StationChange = z
  .object({
    id: Id,
    kind: z.enum(["creation", "update"]),
    state: z.enum(stationChangeStates),
    round: z.number().int().describe("1 alla prima volta, uno in più ogni volta che torna corretta"),
    settings: StationSettings,
    description: z.string(),
    difference: z.array(Difference).describe("Campo per campo, rispetto a ciò che è attivo"),
    rulesVersion: z.string(),
    rules: z.array(StationRuleLine),
    proposed: z.object({ at: Instant, by: z.string().nullable() }),
    dueAt: Instant.nullable().describe("Entro quando il portale ha promesso di decidere"),
    decided: z
      .object({ at: Instant, byRules: z.boolean(), note: z.string().nullable() })
      .nullable()
      .describe("Chi ha deciso: le regole pubblicate, o una persona del personale"),
    messages: z.array(StationMessage),
  })
  .meta({ id: "StationChange" });

/** One step of a test of an endpoint, in order; the first that fails ends it. */
export const probeSteps = ["address", "name", "connection", "tls", "certificate", "expiry", "answer"] as const;
export type ProbeStep = (typeof probeSteps)[number];
export const ProbeLine = z.object({
  step: z.enum(probeSteps),
  outcome: z.enum(["passed", "warning", "failed", "skipped"]),
  why: z.string().nullable().describe("Il codice di ciò che è stato trovato; le parole sono dello schermo"),
  facts: z.record(z.string(), z.string()),
  milliseconds: z.number().int(),
});
export type ProbeLine = z.output<typeof ProbeLine>;
export const ConnectionTest = z
  .object({
    id: Id,
    endpoint: z.enum(stationEndpoints),
    url: z.string(),
    outcome: z.enum(["passed", "warning", "failed"]),
    steps: z.array(ProbeLine),
    at: Instant,
    by: z.string().nullable(),
  })
  .meta({ id: "ConnectionTest" });

export const StationLine = z
  .object({
    id: Id,
    code: StationCode,
    description: z.string(),
    environment: Environment,
    state: z.enum(stationStates),
    connection: z.enum(stationConnections),
    change: z
      .object({ state: z.enum(openStationChangeStates), dueAt: Instant.nullable() })
      .nullable()
      .describe("Una modifica che aspetta"),
    institutions: z.number().int().describe("Quanti enti vi sono associati"),
    created: z.object({ at: Instant, by: z.string().nullable() }),
    changed: z.object({ at: Instant, by: z.string().nullable() }),
    activatedAt: Instant.nullable(),
    version: z.number().int(),
  })
  .meta({ id: "StationLine" });

export const Station = StationLine.extend({
  broker: z.object({ id: Id, name: z.string(), taxCode: z.string() }),
  connectionKind: z.enum(connectionKinds),
  settings: StationSettings.describe("Ciò che è attivo; di una stazione in attesa, ciò che è stato chiesto"),
  operator: OperatorSettings,
  change: StationChange.nullable().describe("La modifica che aspetta, o l’ultima che è stata decisa"),
  tests: z.array(ConnectionTest).describe("L’ultima prova di ogni indirizzo"),
  promotedFrom: z.string().nullable().describe("La stazione in Collaudo da cui è nata"),
  promotedTo: z.string().nullable().describe("La stazione in Produzione che ne è nata"),
}).meta({ id: "Station" });

export const NewStation = z
  .object({ description: Text(255, 0).default(""), settings: StationSettings })
  .meta({ id: "NewStation" });

/** How cells are set apart in a file: as spreadsheets here open it, or as RFC 4180 writes it. */
export const Separator = z.enum(["semicolon", "comma"]).default("semicolon").describe("comma: RFC 4180 alla lettera");

const InEnvironment = { environment: Environment };
export const AtStation = AtInstitution.extend({ stationCode: StationCode });
const resource = "stationCode";
const writes = ["product-not-active", "registration-missing", "registration-not-direct"] as const;
const example = {
  description: "Stazione di prova",
  settings: { connection: "sync" as const, noticeUrl: "https://pagamenti.ente.example/pagopa" },
};

export const stations = {
  list: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/stations",
    summary: "Le stazioni dell’intermediario",
    description: "In ordine di codice. `search` guarda codice e descrizione.",
    needs: "pagopa:stations:read",
    params: AtInstitution,
    query: z.object({
      ...InEnvironment,
      state: z.enum(["in-use", "waiting", "retired"]).default("in-use").describe("waiting: con qualcosa da validare"),
      search: z.string().max(60).optional(),
      ...PageQuery,
    }),
    result: page(StationLine),
    problems: [],
    example: { query: { environment: "test", limit: "20" } },
  }),
  read: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/stations/:stationCode",
    summary: "Una stazione, con la modifica che aspetta e le sue prove",
    needs: "pagopa:stations:read",
    resource,
    params: AtStation,
    query: z.object(InEnvironment),
    result: Station,
    problems: ["station-unknown"],
    example: { query: { environment: "test" } },
  }),
  create: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/pagopa/stations",
    summary: "Crea una stazione",
    description:
      "Il codice lo dà il portale: il primo libero dell’intermediario. In Collaudo è attiva subito; in Produzione subito se le regole pubblicate passano tutte, altrimenti la guarda una persona.",
    source: "SANP, anagrafica della stazione",
    needs: "pagopa:stations:write",
    params: AtInstitution,
    query: z.object(InEnvironment),
    body: NewStation,
    result: Station,
    problems: [...writes, "station-codes-exhausted"],
    example: { query: { environment: "test" }, body: example },
  }),
  change: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/pagopa/stations/:stationCode",
    summary: "Cambia una stazione",
    description:
      "In Produzione ciò che è attivo resta finché la modifica non è decisa; mandarne un’altra prende il posto di quella che aspetta. Di due che cambiano insieme, il secondo riceve 412.",
    needs: "pagopa:stations:write",
    resource,
    versioned: true,
    params: AtStation,
    query: z.object(InEnvironment),
    body: NewStation,
    result: Station,
    problems: [...writes, "station-unknown", "station-retired", "nothing-to-change"],
    example: { query: { environment: "test" }, body: example },
  }),
  withdrawChange: endpoint({
    method: "DELETE",
    path: "/institutions/:institutionId/pagopa/stations/:stationCode/change",
    summary: "Ritira la modifica che aspetta",
    description: "Di una stazione mai attivata, la stazione stessa; il suo codice non si usa più.",
    needs: "pagopa:stations:write",
    resource,
    params: AtStation,
    query: z.object(InEnvironment),
    problems: ["station-unknown", "station-change-missing"],
    example: { query: { environment: "production" } },
  }),
  write: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/pagopa/stations/:stationCode/messages",
    summary: "Scrivi a chi controlla la modifica",
    needs: "pagopa:stations:write",
    resource,
    params: AtStation,
    query: z.object(InEnvironment),
    body: z.object({ text: Text(2000) }),
    result: Station,
    problems: ["station-unknown", "station-change-missing"],
    example: { query: { environment: "production" }, body: { text: "Il certificato nuovo è in linea da stamattina." } },
  }),
  retire: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/pagopa/stations/:stationCode/retirement",
    summary: "Ritira una stazione",
    description: "Senza enti associati. Il suo codice non si usa più.",
    needs: "pagopa:stations:write",
    resource,
    params: AtStation,
    query: z.object(InEnvironment),
    result: Station,
    problems: ["station-unknown", "station-retired", "station-has-institutions"],
    example: { query: { environment: "test" } },
  }),
  history: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/stations/:stationCode/versions",
    summary: "Come la stazione è cambiata, chi e quando",
    description: "Dalla versione più recente, campo per campo.",
    needs: "pagopa:stations:read",
    resource,
    params: AtStation,
    query: z.object({ ...InEnvironment, ...PageQuery }),
    result: page(
      z.object({
        version: z.number().int(),
        at: Instant,
        by: z.string().nullable(),
        state: z.enum(stationStates),
        difference: z.array(Difference),
      }),
    ),
    problems: ["station-unknown"],
    example: { query: { environment: "test", limit: "20" } },
  }),
  test: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/pagopa/stations/:stationCode/connection-tests",
    summary: "Prova un indirizzo della stazione",
    description:
      "Passo per passo: nome, connessione, TLS, certificato, scadenza, risposta. Solo indirizzi che la stazione ha, o che la sua modifica chiede; mai reti interne; 5 secondi al massimo. Il risultato resta.",
    needs: "pagopa:stations:write",
    resource,
    params: AtStation,
    query: z.object(InEnvironment),
    body: z.object({
      endpoint: z.enum(stationEndpoints),
      of: z.enum(["live", "change"]).default("live").describe("Di ciò che è attivo, o della modifica che aspetta"),
    }),
    result: ConnectionTest,
    problems: ["station-unknown", "station-without-endpoint", "connection-tests-too-many"],
    example: { query: { environment: "test" }, body: { endpoint: "notice" } },
  }),
  promote: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/pagopa/stations/:stationCode/promotion",
    summary: "Porta una stazione da Collaudo a Produzione",
    description:
      "`stationCode` è quella in Collaudo; `environment` è `production`, dove si scrive. La prima volta ne nasce una, poi la stessa cambia, con le regole di ogni cambiamento. Gli enti scelti vi si associano con lo stesso codice, dove si può. Con `dryRun` se ne vede la differenza.",
    needs: "pagopa:stations:write",
    ownPeople: true,
    resource,
    params: AtStation,
    query: z.object({ environment: z.literal("production") }),
    body: NewStation.extend({
      institutionIds: z
        .array(Id)
        .max(100)
        .default([])
        .describe("Enti associati in Collaudo, da associare anche in Produzione"),
    }),
    result: z.object({
      station: Station,
      difference: z.array(Difference).describe("Fra Collaudo e ciò che va in Produzione"),
      associations: z.array(
        z.object({
          institution: z.object({ id: Id, name: z.string() }),
          segregationCode: z.string().nullable(),
          outcome: z.enum(["associated", "already", "refused"]),
          why: z.string().nullable().describe("Il codice del rifiuto"),
        }),
      ),
    }),
    problems: [...writes, "station-unknown", "station-not-active", "station-codes-exhausted"],
    example: { query: { environment: "production" }, body: example },
  }),
  export: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/pagopa/station-exports",
    summary: "Le stazioni in un file CSV",
    description: "Com’è adesso, con gli stessi filtri dell’elenco. RFC 4180, al riparo dalle formule.",
    needs: "pagopa:stations:read",
    params: AtInstitution,
    query: z.object({
      ...InEnvironment,
      state: z.enum(["in-use", "waiting", "retired"]).default("in-use"),
      search: z.string().max(60).optional(),
      separator: Separator,
    }),
    result: file("text/csv"),
    problems: [],
    example: { query: { environment: "test" } },
  }),
};

// What the shapes hold, for who reads them.
export type StationSettings = z.output<typeof StationSettings>;
export type OperatorSettings = z.output<typeof OperatorSettings>;
export type StationChange = z.output<typeof StationChange>;
export type StationLine = z.output<typeof StationLine>;
export type Station = z.output<typeof Station>;
export type ConnectionTest = z.output<typeof ConnectionTest>;
