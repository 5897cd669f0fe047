import { notify } from "../notifications/index.ts";
import { administratorsToTell } from "../people/index.ts";
import { dayInRome } from "../platform/days.ts";
import type { Parts } from "../ports/index.ts";
import { publishedProduct } from "../products/index.ts";
import * as store from "./store.ts";

const signed = "\n\nArea Riservata\nQuesto messaggio è automatico: non rispondere a questo indirizzo.";
/** Until which day of a month the letter about the one before is still worth sending. */
const LAST_DAY = 10;

/** The first moment of a month in Rome: it is one or two hours before midnight in UTC. */
const beginning = (year: number, month: number): Date => {
  const utc = Date.UTC(year, month - 1, 1);
  for (const hours of [2, 1]) {
    const at = new Date(utc - hours * 3_600_000);
    if (dayInRome(at).endsWith("-01")) return at;
  }
  return new Date(utc);
};

/** Once a month each institution hears what its partners did in its name, person by person. The mail's id lets it go once. */
export const tellMonth = async (parts: Parts, now: Date): Promise<void> => {
  const [year, month, day] = dayInRome(now).split("-").map(Number) as [number, number, number];
  if (day > LAST_DAY) return;
  const [y, m] = month === 1 ? [year - 1, 12] : [year, month - 1];
  const [from, to] = [beginning(y, m), beginning(year, month)];
  const rows = await parts.database.asSystem(({ connection }) => store.delegatedBetween(connection, from, to));
  const title = new Intl.DateTimeFormat("it-IT", { month: "long", year: "numeric", timeZone: "Europe/Rome" }).format(
    from,
  );
  for (const institutionId of new Set(rows.map((r) => r.institution_id))) {
    const { told, lines } = await parts.database.asSystem(async ({ db }) => ({
      told: await administratorsToTell(db, institutionId),
      lines: await Promise.all(
        rows
          .filter((r) => r.institution_id === institutionId)
          .map(async (r) => {
            const product = (await publishedProduct(db, r.product_id))?.configuration.title ?? r.product_id;
            const refused = r.refused ? `, ${r.refused} rifiutati` : "";
            return `- ${r.person || "una persona"} di ${r.partner_name}, su ${product}: ${r.done} fatti${refused}`;
          }),
      ),
    }));
    for (const address of told.addresses)
      await notify(parts, `delegated acts ${institutionId} ${y}-${m}`, {
        kind: "mail",
        template: "audit.monthly",
        to: parts.cipher.open(address),
        institutionId,
        subject: `Atti fatti a nome di ${told.institution}, ${title}`,
        text: `Nel mese di ${title} i partner delegati hanno operato per conto di ${told.institution}:

${lines.join("\n")}

Ogni atto, con la data e l’esito, si vede e si esporta qui:
${parts.config.publicUrl}/enti/${institutionId}/deleghe/atti${signed}`,
      });
  }
};
