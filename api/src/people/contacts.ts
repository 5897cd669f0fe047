import { z } from "zod";
import { AtInstitution } from "../institutions.ts";
import { endpoint } from "../kit/endpoint.ts";
import { Id, Instant, PageQuery, PersonalEmail, page } from "../values/index.ts";

export const ContactHere = z
  .object({
    email: z.string().nullable().describe("Dove arrivano oggi i messaggi; null: ancora nessun indirizzo"),
    verified: z.boolean().describe("Chi lo usa ha già risposto da lì"),
    pending: z
      .object({ email: z.string(), expiresAt: Instant, attemptsLeft: z.number().int() })
      .nullable()
      .describe("Un indirizzo che aspetta il suo codice: fino ad allora vale quello di prima"),
  })
  .meta({ id: "ContactHere" });
export const OwnContact = ContactHere.extend({ institution: z.object({ id: Id, name: z.string() }) }).meta({
  id: "OwnContact",
});

/** One mail address of a person at each institution, verified before it is used. */
export const contacts = {
  mine: endpoint({
    method: "GET",
    path: "/me/contacts",
    summary: "I miei indirizzi e-mail, ente per ente",
    needs: "anyone",
    query: z.object(PageQuery),
    result: page(OwnContact),
    problems: [],
    example: { query: { limit: "20" } },
  }),
  here: endpoint({
    method: "GET",
    path: "/institutions/:institutionId/me/contact",
    summary: "Il mio indirizzo e-mail presso un ente",
    needs: "member",
    params: AtInstitution,
    result: ContactHere,
    problems: [],
    example: {},
  }),
  change: endpoint({
    method: "PUT",
    path: "/institutions/:institutionId/me/contact",
    summary: "Cambiare il mio indirizzo e-mail presso un ente",
    description:
      "Manda un codice di sei cifre al nuovo indirizzo: vale 15 minuti e cinque tentativi. Fino alla conferma vale l’indirizzo di prima. Una PEC è rifiutata: è dell’ente, non di una persona.",
    source: "OWASP ASVS 5.0, 7.5.1: conferma di chi si è prima di cambiare un recapito",
    needs: "member",
    stepUp: "fresh",
    params: AtInstitution,
    body: z.object({ email: PersonalEmail }),
    result: z.object({ expiresAt: Instant }),
    problems: ["contact-changes-too-many"],
    example: { body: { email: "giulia.ferri@posta.example" } },
  }),
  confirm: endpoint({
    method: "POST",
    path: "/institutions/:institutionId/me/contact/confirmations",
    summary: "Confermare il mio nuovo indirizzo con il codice",
    description: "Ogni tentativo conta, anche in prova (`dryRun`).",
    needs: "member",
    params: AtInstitution,
    body: z.object({ code: z.string().regex(/^\d{6}$/) }),
    result: z.object({ email: z.string() }),
    problems: ["contact-code-wrong", "contact-code-over"],
    example: { body: { code: "123456" } },
  }),
};

// What the shapes hold, for who reads them.
export type OwnContact = z.output<typeof OwnContact>;
