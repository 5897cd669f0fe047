import { api } from "@area/api";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { acceptances } from "./acceptances.ts";
import { conventions } from "./conventions.ts";
import { reactions, schedules } from "./reactions.ts";
import { SIGN_AGREEMENT, signableAgreement } from "./signable.ts";
import * as store from "./store.ts";
import { templates } from "./templates.ts";

export { acceptance as acceptanceOf } from "./store.ts";

const DAY = 86_400_000;

/** What is agreed after joining: new versions of a text, published by two people and accepted by institutions; conventions. */
export const terms = (parts: Parts) => ({
  handlers: {
    templates: templates(parts),
    acceptances: acceptances(parts),
    conventions: conventions(parts),
    signingLink: handle(api.terms.signingLink, async ({ params }, { db, now, fail }) => {
      const a = await store.agreement(db, params.agreementId);
      if (a?.institution_id !== params.institutionId || a.kind === "adhesion") return fail("agreement-unknown");
      if (a.state !== "pending") return fail("agreement-not-ready");
      const token = parts.cipher.signToken({ purpose: SIGN_AGREEMENT, id: a.id, expires: now.getTime() + DAY });
      return { url: `${parts.config.publicUrl}/accordo/${token}` };
    }),
  },
  signables: { [SIGN_AGREEMENT]: signableAgreement(parts) },
  reactions: reactions(parts),
  schedules: schedules(parts),
});
