import { api } from "@area/api";
import type { Schedule } from "../platform/act.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { enterBackOffice } from "./enter-back-office.ts";
import { tokenKeys } from "./keys.ts";

/** The way into products that run a back office of their own. */
export const backOffices = (parts: Parts) => {
  const keys = tokenKeys(parts);
  return {
    handlers: {
      enter: enterBackOffice(parts, keys),
      keys: handle(api.backOffices.keys, async (_input, { db, now, headers }) => {
        headers["access-control-allow-origin"] = "*";
        headers["cache-control"] = "public, max-age=3600";
        return { keys: await keys.published(db, now) };
      }),
    },
    schedules: {
      "back-offices:turn-keys": {
        everyMinutes: 60,
        run: async (now) => {
          await keys.turn(now);
          await keys.sweep(now);
        },
      } satisfies Schedule,
    },
  };
};
