import { z } from "zod";
import { staffProfileNames } from "./access.ts";
import { endpoint } from "./kit/endpoint.ts";
import { Id, Instant } from "./values/index.ts";

export const StaffMe = z
  .object({
    id: Id,
    name: z.string(),
    profiles: z.array(
      z.object({
        profile: z.enum(staffProfileNames),
        productId: z.string().nullable().describe("Il prodotto per cui vale; null: tutti"),
      }),
    ),
    session: z.object({
      authenticatedAt: Instant,
      expiresAt: Instant.describe("Fine assoluta della sessione"),
      csrfToken: z
        .string()
        .describe("Da ripetere nell’intestazione `CSRF-Token` di ogni scrittura che non porta `Origin`"),
      idleMinutes: z.number().int().describe("Minuti senza attività dopo i quali la sessione finisce"),
    }),
  })
  .meta({ id: "StaffMe" });

export const staff = {
  me: endpoint({
    method: "GET",
    path: "/staff/me",
    summary: "Chi sono, fra il personale",
    description: "La persona del personale entrata da `/staff`, con i profili che le danno i suoi gruppi.",
    needs: "staff",
    result: StaffMe,
    problems: [],
    example: {},
  }),
  leave: endpoint({
    method: "DELETE",
    path: "/staff/me/session",
    summary: "Esci, dal lato del personale",
    description: "Chiude la sessione: da subito il suo cookie non vale più.",
    needs: "staff",
    problems: [],
    example: {},
  }),
};

// What the shapes hold, for who reads them.
export type StaffMe = z.output<typeof StaffMe>;
