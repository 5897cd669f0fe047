import { z } from "zod";
import { endpoint } from "../kit/endpoint.ts";
import { Id, Instant } from "../values/index.ts";

export const OwnSession = z
  .object({
    id: Id,
    scheme: z.enum(["spid", "cie"]),
    level: z.number().int().describe("Livello di autenticazione, da 1 a 3"),
    device: z.string().nullable().describe("Browser e sistema, come si sono presentati all’ingresso"),
    since: Instant,
    lastSeenAt: Instant.describe("Con l’approssimazione di un minuto"),
    expiresAt: Instant,
    thisOne: z.boolean().describe("È la sessione di chi chiede"),
  })
  .meta({ id: "OwnSession" });

/** The sessions of whoever asks: at most five are open at once, so the list needs no pages. */
export const sessions = {
  list: endpoint({
    method: "GET",
    path: "/me/sessions",
    summary: "Le mie sessioni",
    description: "Quelle aperte, la più recente prima; al massimo cinque. Un sesto ingresso chiude la meno usata.",
    needs: "anyone",
    result: z.object({ items: z.array(OwnSession) }),
    problems: [],
    example: {},
  }),
  close: endpoint({
    method: "DELETE",
    path: "/me/sessions/:sessionId",
    summary: "Chiudere una mia sessione",
    description: "Da subito il suo cookie non vale più. Per quella in uso vale lo stesso: è come uscire.",
    needs: "anyone",
    params: z.object({ sessionId: Id }),
    problems: ["session-unknown"],
    example: {},
  }),
  closeOthers: endpoint({
    method: "DELETE",
    path: "/me/other-sessions",
    summary: "Chiudere tutte le mie altre sessioni",
    needs: "anyone",
    result: z.object({ closed: z.number().int() }),
    problems: [],
    example: {},
  }),
};

// What the shapes hold, for who reads them.
export type OwnSession = z.output<typeof OwnSession>;
