import { z } from "zod";
import { endpoint } from "../kit/endpoint.ts";
import { Id, Instant, PageQuery, page, rule, Text } from "../values/index.ts";
import { Difference, OperatorSettings, Station, StationChange, stationChangeStates } from "./stations.ts";

export const stationReviewViews = ["waiting", "with-broker", "decided"] as const;
export type StationReviewView = (typeof stationReviewViews)[number];
export const stationReviewOutcomes = ["approved", "refused", "changes-requested"] as const;

export const StationReviewLine = z
  .object({
    id: Id,
    station: z.object({ code: z.string(), description: z.string() }),
    broker: z.object({ id: Id, name: z.string(), taxCode: z.string() }),
    kind: z.enum(["creation", "update"]),
    state: z.enum(stationChangeStates),
    round: z.number().int(),
    failing: z.number().int().describe("Quante regole non passano"),
    proposedAt: Instant,
    dueAt: Instant.nullable(),
    unansweredSince: Instant.nullable(),
    decidedAt: Instant.nullable(),
  })
  .meta({ id: "StationReviewLine" });

export const StationReview = StationReviewLine.extend({
  change: StationChange,
  live: Station.pick({
    settings: true,
    operator: true,
    state: true,
    connectionKind: true,
    institutions: true,
    tests: true,
  }),
  operatorDifference: z
    .array(Difference)
    .describe("Ciò che il personale dovrebbe scrivere per questo tipo di connessione"),
  suggestedOperator: OperatorSettings,
}).meta({ id: "StationReview" });

const One = z.object({ stationChangeId: Id });
const Seen = z.number().int().min(1).describe("Il giro (`round`) che si è letto");
const own = ["station-change-unknown", "permission-missing"] as const;

export const stationReviews = {
  list: endpoint({
    method: "GET",
    path: "/staff/stations",
    summary: "Le stazioni da controllare",
    description: "Quelle che le regole pubblicate lasciano a una persona. `waiting`: dalla scadenza più vicina.",
    needs: "staff:stations:read",
    purpose: "review",
    query: z.object({ view: z.enum(stationReviewViews).default("waiting"), ...PageQuery }),
    result: page(StationReviewLine),
    problems: ["permission-missing"],
    example: { query: { limit: "20" } },
  }),
  read: endpoint({
    method: "GET",
    path: "/staff/stations/:stationChangeId",
    summary: "Una stazione da controllare, con ciò che cambia",
    description: "La lettura resta nella storia dell’ente.",
    needs: "staff:stations:read",
    purpose: "review",
    params: One,
    result: StationReview,
    problems: own,
    example: {},
  }),
  decide: endpoint({
    method: "POST",
    path: "/staff/stations/:stationChangeId/decision",
    summary: "Decidi su una stazione",
    description:
      "Approva, rifiuta con il motivo, o chiedi modifiche. Fino ad allora resta ciò che è attivo. Di due che decidono insieme uno vince. Approvando si scrivono i campi dell’operatore.",
    needs: "staff:stations:write",
    purpose: "review",
    params: One,
    body: z
      .object({
        outcome: z.enum(stationReviewOutcomes),
        round: Seen,
        note: Text(2000).optional(),
        operator: OperatorSettings.optional(),
      })
      .superRefine((d, context) => {
        if (d.outcome !== "approved" && !d.note)
          context.addIssue({ code: "custom", path: ["note"], ...rule("required") });
      }),
    result: StationReview,
    problems: [...own, "station-change-decided", "station-change-moved-on"],
    example: { body: { outcome: "approved", round: 1 } },
  }),
  write: endpoint({
    method: "POST",
    path: "/staff/stations/:stationChangeId/messages",
    summary: "Scrivi a chi gestisce la stazione",
    needs: "staff:stations:write",
    purpose: "review",
    params: One,
    body: z.object({ text: Text(2000) }),
    result: StationReview,
    problems: [...own, "station-change-decided"],
    example: { body: { text: "Il certificato scade domani: quando lo rinnovate?" } },
  }),
};

// What the shapes hold, for who reads them.
export type StationReviewLine = z.output<typeof StationReviewLine>;
export type StationReview = z.output<typeof StationReview>;
