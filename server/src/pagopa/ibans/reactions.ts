import { type EventPayload, ibanInFours } from "@area/api";
import { institutionFacts } from "../../institutions/index.ts";
import { notify } from "../../notifications/index.ts";
import { administratorsToTell } from "../../people/index.ts";
import type { Reaction } from "../../platform/act.ts";
import type { Parts } from "../../ports/index.ts";
import * as mails from "./mails.ts";
import * as store from "./store.ts";

/** Money goes where the IBAN says: each change is told to every administrator, whoever made it. */
export const reactions = (parts: Parts): Record<string, Reaction> => ({
  "ibans:tell-administrators": {
    on: [
      "pagopa.iban.registered",
      "pagopa.iban.changed",
      "pagopa.iban.labelled",
      "pagopa.iban.retirement-planned",
      "pagopa.iban.retirement-cancelled",
      "pagopa.iban.retired",
      "pagopa.iban.import-applied",
      "pagopa.iban.rules-changed",
    ],
    react: async (fact) => {
      const { institutionId } = fact;
      if (!institutionId) return;
      const payload = fact.payload as EventPayload<"pagopa.iban.registered">;
      const told = await parts.database.asSystem(async ({ db }) => ({
        ...(await administratorsToTell(db, institutionId)),
        by: payload.by ? await store.nameOfPerson(db, payload.by) : null,
        partner: payload.partnerId ? (await institutionFacts(db, payload.partnerId)).name : null,
      }));
      const letter = mails.changed({
        institution: told.institution,
        what: fact.type,
        iban: "iban" in payload ? ibanInFours(payload.iban) : null,
        environment: payload.environment,
        facts: payload as Record<string, unknown>,
        at: fact.at,
        by: told.by,
        partner: told.partner,
        url: `${parts.config.publicUrl}/enti/${institutionId}/pagopa/${payload.environment === "test" ? "collaudo" : "produzione"}/iban${"importId" in payload ? `/carica/${(payload as unknown as EventPayload<"pagopa.iban.import-applied">).importId}` : ""}`,
      });
      for (const address of told.addresses)
        await notify(parts, `event ${fact.id}`, {
          kind: "mail",
          to: parts.cipher.open(address),
          institutionId,
          ...letter,
        });
    },
  },
});
