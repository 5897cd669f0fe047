import type { EventPayload } from "@area/api";
import { nominationLetters } from "@area/words/nominations/letters";
import type { ToSign } from "../agreements/index.ts";
import { institutionFacts } from "../institutions/index.ts";
import { languagesOf, letterIn, notify } from "../notifications/index.ts";
import type { Reaction } from "../platform/act.ts";
import type { Parts } from "../ports/index.ts";

/** The purpose of a link to a nomination. */
export const SIGN_NOMINATION = "sign-nomination";

export const reactions = (parts: Parts, find: (id: string) => Promise<ToSign | null>): Record<string, Reaction> => ({
  /** The document to sign goes to the certified mailbox, as agreements do: who signs needs no access of their own. */
  "nominations:send": {
    on: ["people.nomination.opened"],
    react: async (fact) => {
      const { nominationId } = fact.payload as EventPayload<"people.nomination.opened">;
      const found = await find(nominationId);
      if (found?.state !== "awaiting-signature") return;
      const { institutionId, institutionName, productTitle, signer, expiresAt } = found;
      const { pec, zip_code: zipCode } = await parts.database.asSystem(({ db }) => institutionFacts(db, institutionId));
      const token = parts.cipher.signToken({
        purpose: SIGN_NOMINATION,
        id: nominationId,
        expires: expiresAt.getTime(),
      });
      const letter = letterIn(languagesOf({ zipCode }), "nomination-to-sign", (_words, { day }, language) => {
        const say = nominationLetters[language];
        return {
          subject: say.subject(productTitle),
          text: [
            say.text(institutionName, productTitle, signer.name),
            `${say.open}\n${parts.config.publicUrl}/accordo/${token}`,
            say.until(day(expiresAt)),
          ],
        };
      });
      await notify(parts, `event ${fact.id}`, { kind: "pec", to: pec, institutionId, ...letter });
    },
  },
});
