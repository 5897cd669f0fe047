import { z } from "zod";
import { endpoint } from "./kit/endpoint.ts";
import { Id, Instant, PageQuery, PersonalEmail, page, Text } from "./values/index.ts";

export const AssistanceRequest = z
  .object({
    id: Id,
    number: z.number().int().describe("Da dire al telefono"),
    institution: z.object({ id: Id, name: z.string() }).nullable(),
    page: z.string().describe("La pagina da cui è partita"),
    supportCode: z.string().nullable().describe("Il codice che la pagina mostrava"),
    message: z.string(),
    state: z.enum(["open", "answered"]),
    askedAt: Instant,
    answer: z.string().nullable(),
    answeredAt: Instant.nullable(),
  })
  .meta({ id: "AssistanceRequest" });

export const StaffAssistanceRequest = AssistanceRequest.extend({
  person: z.object({ id: Id, name: z.string() }),
  language: z.enum(["it", "en", "de", "fr", "sl"]),
}).meta({ id: "StaffAssistanceRequest" });

const AtRequest = z.object({ assistanceRequestId: Id });

export const assistance = {
  ask: endpoint({
    method: "POST",
    path: "/me/assistance-requests",
    summary: "Chiede aiuto",
    description:
      "Porta con sé la pagina e il codice che mostrava. Arriva al personale; la risposta arriva in «Da fare» e all’indirizzo dato.",
    needs: "anyone",
    body: z.object({
      institutionId: Id.nullable().default(null).describe("L’ente per cui si lavorava, se uno"),
      page: z.string().trim().max(300).regex(/^\//),
      supportCode: z
        .string()
        .trim()
        .regex(/^[0-9A-Za-z-]{4,64}$/)
        .nullable()
        .default(null),
      message: Text(2000, 10),
      email: PersonalEmail,
      language: z.enum(["it", "en", "de", "fr", "sl"]).default("it"),
    }),
    result: AssistanceRequest,
    problems: ["assistance-too-many"],
    example: { body: { page: "/enti", message: "Non vedo il mio ente.", email: "ada.abete@posta.example" } },
  }),
  mine: endpoint({
    method: "GET",
    path: "/me/assistance-requests",
    summary: "Le mie richieste di aiuto, con le risposte",
    needs: "anyone",
    query: z.object(PageQuery),
    result: page(AssistanceRequest),
    problems: [],
    example: {},
  }),
  ofStaff: endpoint({
    method: "GET",
    path: "/staff/assistance-requests",
    summary: "Chi chiede aiuto, per il personale",
    needs: "staff:assistance:read",
    purpose: "support",
    query: z.object({ state: z.enum(["open", "answered"]).optional(), ...PageQuery }),
    result: page(StaffAssistanceRequest),
    problems: [],
    example: { query: { limit: "20" } },
  }),
  answer: endpoint({
    method: "POST",
    path: "/staff/assistance-requests/:assistanceRequestId/answers",
    summary: "Risponde a chi chiede aiuto",
    description: "Una volta. La risposta arriva alla persona in «Da fare» e per e-mail.",
    needs: "staff:assistance:write",
    purpose: "support",
    params: AtRequest,
    body: z.object({ text: Text(4000, 2) }),
    result: StaffAssistanceRequest,
    problems: ["assistance-unknown", "assistance-answered"],
    example: { body: { text: "Il tuo ente compare quando un amministratore ti dà accesso." } },
  }),
};
export type AssistanceRequest = z.output<typeof AssistanceRequest>;
export type StaffAssistanceRequest = z.output<typeof StaffAssistanceRequest>;
