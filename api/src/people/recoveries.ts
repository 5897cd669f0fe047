import { z } from "zod";
import { AtInstitution } from "../institutions.ts";
import { endpoint } from "../kit/endpoint.ts";
import { Id, Instant, PageQuery, PersonalEmail, page, Text } from "../values/index.ts";

/** States of a recovery and the moves between them. */
export const recoveryMoves = {
  open: ["waiting", "stopped", "expired"],
  waiting: ["completed", "stopped"],
  completed: [],
  stopped: [],
  expired: [],
} as const satisfies Record<string, readonly string[]>;
export type RecoveryState = keyof typeof recoveryMoves;
export const recoveryStates = Object.keys(recoveryMoves) as [RecoveryState, ...RecoveryState[]];

/** How long the PEC and the legal representative have to confirm. */
export const RECOVERY_LINK_DAYS = 30;
export const stoppers = ["member", "legal-representative", "staff", "pec", "requester", "administrator"] as const;

export const Recovery = z
  .object({
    id: Id,
    institution: z.object({ id: Id, name: z.string() }),
    person: z.object({ id: Id, name: z.string() }).describe("Chi diventerebbe amministratore"),
    says: z.enum(["member", "legal-representative"]).describe("Come si è presentata"),
    message: z.string(),
    state: z.enum(recoveryStates),
    askedAt: Instant,
    expiresAt: Instant.describe("Entro quando servono le conferme"),
    pec: z.string().describe("A quale PEC è andato il link: quella del registro"),
    pecConfirmedAt: Instant.nullable(),
    representativeKnown: z.boolean().describe("Sappiamo chi è il legale rappresentante"),
    vouchedAt: Instant.nullable(),
    vouchedBy: z.enum(["legal-representative", "staff"]).nullable(),
    waitsUntil: Instant.nullable().describe("Fino ad allora chiunque dell’ente può fermarlo"),
    endedAt: Instant.nullable(),
    stoppedBy: z.enum(stoppers).nullable(),
    stoppedByName: z.string().nullable(),
    asksMe: z.boolean().describe("Aspetta la conferma di chi legge"),
  })
  .meta({ id: "Recovery" });

const Token = z.object({ token: z.string().min(1).max(400) });
const AtRecovery = z.object({ recoveryId: Id });
const AtInstitutionAndRecovery = z.object({ ...AtInstitution.shape, recoveryId: Id });
const linkProblems = ["link-invalid", "link-expired"] as const;

export const recoveriesApi = {
  open: endpoint({
    method: "POST",
    path: "/recoveries",
    summary: "Chiede di amministrare un ente rimasto senza amministratori",
    description:
      "Per chi lavora per l’ente, o ne è il legale rappresentante. Un link va alla PEC del registro; conferma il legale rappresentante, o il personale dove non sappiamo chi è. Poi l’attesa, che tutte le persone dell’ente vedono e possono fermare.",
    needs: "anyone",
    body: z.object({
      code: Text(20).describe("Codice fiscale o codice IPA dell’ente"),
      says: z.enum(["member", "legal-representative"]),
      email: PersonalEmail,
      message: z.string().trim().max(500).default(""),
    }),
    result: Recovery,
    problems: ["institution-not-joined", "administrators-answer", "recovery-open", "recoveries-too-many"],
    example: { body: { code: "c_xxxx", says: "member", email: "ada.abete@posta.example" } },
  }),
  mine: endpoint({
    method: "GET",
    path: "/me/recoveries",
    summary: "I recuperi che ho chiesto o che aspettano me",
    needs: "anyone",
    query: z.object(PageQuery),
    result: page(Recovery),
    problems: [],
    example: {},
  }),
  read: endpoint({
    method: "GET",
    path: "/recoveries/:recoveryId",
    summary: "Un recupero, per chi l’ha chiesto e per il legale rappresentante",
    needs: "anyone",
    params: AtRecovery,
    result: Recovery,
    problems: ["recovery-unknown"],
    example: {},
  }),
  confirm: endpoint({
    method: "POST",
    path: "/recoveries/:recoveryId/confirmations",
    summary: "Il legale rappresentante conferma",
    description: "Chi è entrato deve avere il codice fiscale del legale rappresentante che conosciamo.",
    needs: "anyone",
    params: AtRecovery,
    result: Recovery,
    problems: ["recovery-unknown", "not-the-representative", "recovery-closed", "recovery-confirmed"],
    example: {},
  }),
  withdraw: endpoint({
    method: "DELETE",
    path: "/recoveries/:recoveryId",
    summary: "Rinuncia, o il legale rappresentante ferma",
    needs: "anyone",
    params: AtRecovery,
    problems: ["recovery-unknown", "recovery-closed"],
    example: {},
  }),
  here: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/recovery",
    summary: "Il recupero in corso dell’ente, se c’è",
    description: "Lo vede chiunque lavora per l’ente, qualunque profilo abbia.",
    needs: "member",
    params: AtInstitution,
    result: z.object({ recovery: Recovery.nullable() }),
    problems: [],
    example: {},
  }),
  stop: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/recoveries/:recoveryId/stop",
    summary: "Ferma un recupero",
    description: "Può chiunque lavora per l’ente, finché l’attesa non è finita.",
    needs: "member",
    params: AtInstitutionAndRecovery,
    result: Recovery,
    problems: ["recovery-unknown", "recovery-closed"],
    example: {},
  }),
  links: {
    read: endpoint({
      method: "POST",
      path: "/recovery-links/readings",
      summary: "Legge un recupero dal link arrivato alla PEC",
      description: "Leggerlo non lo consuma.",
      needs: "nobody",
      reads: true,
      body: Token,
      result: Recovery,
      problems: linkProblems,
      example: { body: { token: "x.y" } },
    }),
    confirm: endpoint({
      method: "POST",
      path: "/recovery-links/confirmations",
      summary: "Chi legge la PEC conferma, una volta",
      needs: "nobody",
      body: Token,
      result: Recovery,
      problems: [...linkProblems, "link-used", "recovery-closed"],
      example: { body: { token: "x.y" } },
    }),
    stop: endpoint({
      method: "POST",
      path: "/recovery-links/stops",
      summary: "Chi legge la PEC ferma il recupero",
      needs: "nobody",
      body: Token,
      result: Recovery,
      problems: [...linkProblems, "recovery-closed"],
      example: { body: { token: "x.y" } },
    }),
  },
  ofStaff: endpoint({
    method: "GET",
    path: "/staff/recoveries",
    summary: "I recuperi di ogni ente, per il personale",
    needs: "staff:recoveries:read",
    purpose: "support",
    query: z.object({ state: z.enum(recoveryStates).optional(), ...PageQuery }),
    result: page(Recovery),
    problems: [],
    example: { query: { limit: "20" } },
  }),
  vouch: endpoint({
    method: "POST",
    path: "/staff/institutions/:institutionId/recoveries/:recoveryId/confirmations",
    summary: "Il personale conferma al posto del legale rappresentante",
    description:
      "Dove non sappiamo chi è, o dove è cambiato. La nota dice che cosa è stato verificato; resta nella storia dell’ente.",
    needs: "staff:recoveries:write",
    purpose: "support",
    params: AtInstitutionAndRecovery,
    body: z.object({ note: Text(500, 10) }),
    result: Recovery,
    problems: ["recovery-unknown", "recovery-closed", "recovery-confirmed"],
    example: { body: { note: "Verificato il decreto di nomina ricevuto alla PEC." } },
  }),
  stopByStaff: endpoint({
    method: "POST",
    path: "/staff/institutions/:institutionId/recoveries/:recoveryId/stop",
    summary: "Il personale ferma un recupero",
    needs: "staff:recoveries:write",
    purpose: "support",
    params: AtInstitutionAndRecovery,
    result: Recovery,
    problems: ["recovery-unknown", "recovery-closed"],
    example: {},
  }),
};
export type Recovery = z.output<typeof Recovery>;
