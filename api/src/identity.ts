import { z } from "zod";
import { sessions } from "./identity/sessions.ts";
import { endpoint } from "./kit/endpoint.ts";
import { Id, Instant } from "./values/index.ts";

export const Me = z
  .object({
    person: z.object({ id: Id, givenName: z.string(), familyName: z.string(), maskedFiscalCode: z.string() }),
    session: z.object({
      scheme: z.enum(["spid", "cie"]),
      level: z.number().int().describe("Livello di autenticazione, da 1 a 3"),
      authenticatedAt: Instant,
      expiresAt: Instant.describe("Fine assoluta della sessione"),
      stepUpUntil: Instant.nullable().describe("Fino a quando vale l’ultima conferma di chi si è"),
      csrfToken: z
        .string()
        .describe("Da ripetere nell’intestazione `CSRF-Token` di ogni scrittura che non porta `Origin`"),
      idleMinutes: z.number().int().describe("Minuti senza attività dopo i quali la sessione finisce"),
    }),
  })
  .meta({ id: "Me" });

export * from "./identity/sessions.ts";

export const identity = {
  me: endpoint({
    method: "GET",
    path: "/me",
    summary: "Chi sono",
    description: "La persona entrata con SPID o CIE e la sua sessione. Senza sessione risponde 401.",
    needs: "anyone",
    result: Me,
    problems: [],
    example: {},
  }),
  leave: endpoint({
    method: "DELETE",
    path: "/me/session",
    summary: "Esci",
    description:
      "Chiude la sessione: da subito il suo cookie non vale più. Se il gestore tiene una sessione sua (SPID di livello 1) arriva anche un cookie breve, con cui la pagina `/uscita` porta lì la persona a chiuderla (SPID, regole tecniche, single logout).",
    needs: "anyone",
    problems: [],
    example: {},
  }),
  leaveEverywhere: endpoint({
    method: "DELETE",
    path: "/me/sessions",
    summary: "Esci da tutti i dispositivi",
    description:
      "Chiude tutte le sessioni della persona, su questo e su ogni altro dispositivo: da subito nessun loro cookie vale più. Per rientrare serve un nuovo accesso.",
    needs: "anyone",
    problems: [],
    example: {},
  }),
  sessions,
};

// What the shapes hold, for who reads them.
export type Me = z.output<typeof Me>;
