import { api } from "@area/api";
import { AtAndId, keyIn, pageOf } from "../platform/cursor.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { shown } from "./shown.ts";
import * as store from "./store.ts";

const key = (r: store.Listed) => ({ at: r.submitted_at.toISOString(), id: r.id });

export const listOnboardings = (_parts: Parts) => ({
  mine: handle(api.onboarding.mine, async ({ query }, { db, actor }) => {
    const { items, next } = pageOf(
      await store.requestedBy(db, actor.personId, keyIn(query.cursor, AtAndId), query.limit + 1),
      query.limit,
      (r) => r,
      key,
    );
    return { items: await shown(db, items), next };
  }),
  read: handle(api.onboarding.read, async ({ params }, { db, actor, fail }) => {
    const found = await store.oneRequestedBy(db, actor.personId, params.onboardingId);
    return found ? (await shown(db, [found]))[0]! : fail("onboarding-unknown");
  }),
  ofInstitution: handle(api.onboarding.ofInstitution, async ({ params, query }, { db }) => {
    const { items, next } = pageOf(
      await store.ofInstitution(db, params.institutionId, keyIn(query.cursor, AtAndId), query.limit + 1),
      query.limit,
      (r) => r,
      key,
    );
    return { items: await shown(db, items), next };
  }),
});
