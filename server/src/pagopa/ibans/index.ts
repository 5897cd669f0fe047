import { api } from "@area/api";
import { z } from "zod";
import type { Schedule } from "../../platform/act.ts";
import { keyIn, pageOf } from "../../platform/cursor.ts";
import { dayInRome } from "../../platform/days.ts";
import { handleAhead } from "../../platform/pipeline.ts";
import type { Parts } from "../../ports/index.ts";
import { changeIban } from "./change-iban.ts";
import { changeIbanRules } from "./change-iban-rules.ts";
import { evidence } from "./evidence.ts";
import { labelIban } from "./label-iban.ts";
import { ibanLists } from "./lists.ts";
import { reactions } from "./reactions.ts";
import { registerIban } from "./register-iban.ts";
import { keepIban, retireIban } from "./retire-iban.ts";
import { shown } from "./shown.ts";
import * as store from "./store.ts";

export { ibanImports } from "./imports.ts";
export { hasUsable, insertIban } from "./store.ts";
export { dayIn } from "./verdicts.ts";

const IbanAndId = z.object({ iban: z.string().max(34), id: z.uuid() });

export const ibans = (parts: Parts) => ({
  handlers: {
    ...evidence(parts).handlers,
    ...ibanLists(parts),
    list: handleAhead(api.pagopa.ibans.list, async ({ params, query }, { connection, now }) => {
      const rows = await store.ibansOf(
        connection,
        { institutionId: params.institutionId, environment: query.environment },
        { retired: query.state === "retired", after: keyIn(query.cursor, IbanAndId), limit: query.limit + 1 },
      );
      return pageOf(
        rows,
        query.limit,
        (r) => shown(r, now),
        (r) => ({ iban: r.iban, id: r.id }),
      );
    }),
    read: handleAhead(api.pagopa.ibans.read, async ({ params, query }, { connection, now, fail }) => {
      const at = { institutionId: params.institutionId, environment: query.environment };
      const row = await store.ibanOf(connection, at, params.ibanId);
      return row ? shown(row, now) : fail("iban-unknown");
    }),
    register: registerIban,
    change: changeIban,
    label: labelIban,
    retire: retireIban,
    keep: keepIban,
    rules: handleAhead(api.pagopa.ibans.rules, async ({ params, query }, { db }) =>
      store.rulesOf(db, { institutionId: params.institutionId, environment: query.environment }),
    ),
    changeRules: changeIbanRules,
  },
  reactions: reactions(parts),
  schedules: {
    ...evidence(parts).schedules,
    /** The day of a planned retirement comes by itself, at midnight in Rome. */
    "ibans:retire": {
      everyMinutes: 5,
      run: async (now) => {
        const today = dayInRome(now);
        const due = await parts.database.asSystem(({ db }) => store.dueForRetirement(db, today));
        for (const row of due)
          await parts.act({ kind: "system", name: "ibans" }, async ({ db, emit, now: at, enter }) => {
            enter({ institution: row.institution_id });
            if (!(await store.retire(db, row.id, today, at))) return;
            emit(
              "pagopa.iban.retired",
              { ibanId: row.id, environment: row.environment as "test" | "production", iban: row.iban },
              { institutionId: row.institution_id },
            );
          });
      },
    } satisfies Schedule,
  },
});
