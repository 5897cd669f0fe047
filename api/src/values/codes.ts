import { z } from "zod";
import { rule } from "./rules.ts";

export const IpaCode = z
  .string()
  .min(1)
  .max(20)
  .regex(/^[A-Za-z0-9_.-]+$/)
  .describe("Codice IPA dell’ente");

/** Six characters for a public body's office (FatturaPA), seven for others; capitals and digits. */
const recipientCode = (lengths: readonly number[]) =>
  z
    .string()
    .max(20)
    .transform((text) => text.replace(/\s+/g, "").toUpperCase())
    .pipe(
      z
        .string()
        .min(1, { abort: true })
        .refine((c) => /^[A-Z0-9]*$/.test(c), { ...rule("wrong-format"), abort: true })
        .refine((c) => lengths.includes(c.length), rule("wrong-length", { expected: lengths[0] })),
    );
export const AnyRecipientCode = recipientCode([6, 7]).describe("Codice SDI (6 caratteri, 7 per chi non è in IndicePA)");
export const CompanyRecipientCode = recipientCode([7]).describe("Codice SDI di un’impresa (7 caratteri)");
export const RecipientCode = recipientCode([6]).describe("Codice SDI dell’ufficio che riceve le fatture (6 caratteri)");

export const ZipCode = z
  .string()
  .max(20)
  .transform((text) => text.replace(/\s+/g, ""))
  .pipe(
    z
      .string()
      .min(1, { abort: true })
      .refine((c) => /^\d*$/.test(c), { ...rule("wrong-format"), abort: true })
      .refine((c) => c.length === 5, rule("wrong-length", { expected: 5 })),
  )
  .describe("CAP (5 cifre)");
export const County = z
  .string()
  .max(20)
  .transform((text) => text.trim().toUpperCase())
  .pipe(
    z
      .string()
      .min(1, { abort: true })
      .regex(/^[A-Z]{2}$/),
  )
  .describe("Sigla della provincia (2 lettere)");

export const Id = z.uuid().describe("Identificativo (UUID)");
export const Instant = z.iso.datetime({ offset: true }).describe("Istante, ISO 8601 con fuso");
export const Day = z.iso.date().describe("Giorno, ISO 8601");

/** Keyset paging: an opaque cursor and a limit with a maximum. Never an offset. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().describe("Cursore della pagina successiva, assente alla fine"),
  });
export const PageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(20).describe("Righe per pagina, al massimo 100"),
  cursor: z.string().max(400).optional().describe("Cursore della pagina, da `next`"),
};
