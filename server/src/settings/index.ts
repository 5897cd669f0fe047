import { api } from "@area/api";
import { z } from "zod";
import { keyIn, pageOf } from "../platform/cursor.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { activateSettings } from "./activate-settings.ts";
import { requireDeclared } from "./guards.ts";
import { reviewSettings } from "./review-settings.ts";
import { saveSettings } from "./save-settings.ts";
import { settingsShown, versionShown } from "./shown.ts";
import * as store from "./store.ts";

const AtNumber = z.object({ number: z.number().int() });

/** What an institution sets on a product that declares it: knows no product, reads their schemas. */
export const settings = (parts: Parts) => ({
  handlers: {
    read: handle(api.settings.read, async ({ params, query }, context) => {
      const key = { ...params, environment: query.environment };
      return settingsShown(parts, context.db, await requireDeclared(context, key), key);
    }),
    save: saveSettings(parts),
    activate: activateSettings(parts),
    withdraw: handle(api.settings.withdraw, async ({ params, query }, context) => {
      const { db, now, fail, emit } = context;
      const key = { ...params, environment: query.environment };
      const declared = await requireDeclared(context, key);
      await store.lockSettings(db, key);
      const waiting = (await store.currentOf(db, key)).find((r) => r.state === "waiting");
      if (!waiting || !(await store.move(db, waiting.id, "waiting", "withdrawn", { decidedAt: now })))
        return fail("settings-not-waiting");
      emit(
        "settings.version.withdrawn",
        { productId: key.productId, environment: key.environment, number: waiting.number },
        { institutionId: key.institutionId },
      );
      return settingsShown(parts, db, declared, key);
    }),
    history: handle(api.settings.history, async ({ params, query }, { db }) =>
      pageOf(
        await store.versionsOf(
          db,
          { ...params, environment: query.environment },
          { before: keyIn(query.cursor, AtNumber)?.number ?? null, limit: query.limit + 1 },
        ),
        query.limit,
        (r) => versionShown(parts, r),
        (r) => ({ number: r.number }),
      ),
    ),
    review: reviewSettings(parts),
  },
});
