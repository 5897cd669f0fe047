import type { EventPayload, EventType } from "@area/api";
import { languagesAt, notify } from "../notifications/index.ts";
import { administratorsToTell } from "../people/index.ts";
import type { Reaction } from "../platform/act.ts";
import type { Parts } from "../ports/index.ts";
import * as mails from "./mails.ts";
import { titleOf } from "./shown.ts";
import { offeredBefore } from "./store.ts";

type Told = EventPayload<"delegations.delegation.withdrawn"> & Record<string, unknown>;
/** To whom each fact is news: who did not do it. What is asked of an institution reaches it as a thing to do. */
const heard: Partial<Record<EventType, (f: Told) => ("delegator" | "partner")[]>> = {
  "delegations.delegation.offered": () => ["partner"],
  "delegations.delegation.accepted": () => ["delegator", "partner"],
  "delegations.delegation.refused": () => ["delegator", "partner"],
  "delegations.delegation.changed": () => ["partner"],
  "delegations.delegation.entrusted": () => ["delegator", "partner"],
  "delegations.delegation.suspended": () => ["partner"],
  "delegations.delegation.resumed": () => ["partner"],
  "delegations.delegation.revoked": (f) => [f["by"] === "partner" ? "delegator" : "partner"],
  "delegations.delegation.expired": () => ["delegator", "partner"],
};

/** Both sides hear by mail what the other did to a delegation: it is who may act that changes. */
export const reactions = (parts: Parts): Record<string, Reaction> => ({
  "delegations:tell": {
    on: Object.keys(heard) as EventType[],
    react: async (fact) => {
      const f = fact.payload as Told;
      const { product, sides, first } = await parts.database.asSystem(async ({ db }) => ({
        // The first offer that waits reaches the partner as a thing to do, by mail too: it is not told twice.
        first:
          fact.type === "delegations.delegation.offered" && !(await offeredBefore(db, f.partnerId, f.delegationId)),
        product: await titleOf(db, f.productId),
        sides: await Promise.all(
          (heard[fact.type]?.(f) ?? []).map(async (side) => {
            const institutionId = side === "delegator" ? f.delegatorId : f.partnerId;
            const told = await administratorsToTell(db, institutionId);
            return { side, institutionId, told, languages: await languagesAt(db, institutionId) };
          }),
        ),
      }));
      if (first) return;
      for (const { side, institutionId, told, languages } of sides)
        for (const address of told.addresses)
          await notify(parts, `event ${fact.id} ${side}`, {
            kind: "mail",
            to: parts.cipher.open(address),
            institutionId,
            ...mails.moved(languages, {
              what: fact.type.split(".")[2] as "offered",
              side,
              product,
              facts: f,
              url: `${parts.config.publicUrl}/enti/${institutionId}/${side === "delegator" ? "deleghe" : "enti-gestiti"}/${f.delegationId}`,
            }),
          });
    },
  },
});
