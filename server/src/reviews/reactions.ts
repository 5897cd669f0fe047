import type { EventPayload } from "@area/api";
import { languageOfPerson, languagesOf, notify } from "../notifications/index.ts";
import { contactAnywhere, onboardingRow, reviewLetter } from "../onboarding/index.ts";
import type { Reaction } from "../platform/act.ts";
import type { Parts } from "../ports/index.ts";
import { productVersion } from "../products/index.ts";
import * as store from "./store.ts";

export const reactions = (parts: Parts): Record<string, Reaction> => ({
  /** What a reviewer wrote reaches the applicant where they read, or the institution when nobody gave us an address of theirs. */
  "reviews:tell-message": {
    on: ["reviews.message.written"],
    react: async (fact) => {
      const { onboardingId, messageId, from } = fact.payload as EventPayload<"reviews.message.written">;
      if (from !== "staff") return;
      const told = await parts.database.asSystem(async ({ db }) => {
        const o = await onboardingRow(db, onboardingId);
        const message = await store.messageOf(db, messageId);
        if (!o || !message) return null;
        const own = await contactAnywhere(db, o.requested_by);
        return {
          o,
          message,
          own,
          language: own ? await languageOfPerson(db, o.requested_by) : null,
          product: (await productVersion(db, o.product_id, o.product_version)).configuration.title,
        };
      });
      if (!told) return;
      const institution = told.o.institution_data as { name: string; pec: string; zipCode?: string; county?: string };
      await notify(parts, `event ${fact.id}`, {
        kind: told.own ? "mail" : "pec",
        to: told.own ? parts.cipher.open(told.own) : institution.pec,
        institutionId: told.o.institution_id,
        ...reviewLetter(told.language ? [told.language] : languagesOf(institution), "message", {
          institution: institution.name,
          product: told.product,
          note: parts.cipher.open(told.message.text),
          fields: [],
          dueAt: null,
          url: `${parts.config.publicUrl}/adesione/inviata/${told.o.id}`,
        }),
      });
    },
  },
});
