import { api } from "@area/api";
import { dayInRome, daysAfter } from "../../platform/days.ts";
import { handle } from "../../platform/pipeline.ts";
import { doneBy, requireMayChange } from "./guards.ts";
import { shown } from "./shown.ts";
import * as store from "./store.ts";

/** The end of an account is planned, never sudden: payers may have a notice in hand. */
export const retireIban = handle(api.pagopa.ibans.retire, async ({ params, query, body }, context) => {
  const { db, connection, actor, now, fail, emit } = context;
  const at = { institutionId: params.institutionId, environment: query.environment };
  await requireMayChange(context, at);
  const known = await store.lockIban(db, at, params.ibanId);
  if (!known) return fail("iban-unknown");
  if (known.retires_on) return fail("iban-retiring", { on: known.retires_on });
  const tomorrow = daysAfter(dayInRome(now), 1);
  if (body.on < tomorrow) return fail("iban-dates", { why: "retires-too-early", earliest: tomorrow });
  const labels = await store.labelsOn(db, known.id);
  if (labels.length) return fail("iban-labelled", { labels });
  if (at.environment === "production") {
    await store.holdAccounts(connection, at);
    if (!(await store.othersOn(db, at, [known.id], body.on))) return fail("iban-last");
  }
  await store.changeIban(db, known.id, null, { retiresOn: body.on, by: actor.personId, at: now });
  emit(
    "pagopa.iban.retirement-planned",
    { ibanId: known.id, environment: at.environment, iban: known.iban, on: body.on, ...doneBy(actor) },
    { institutionId: at.institutionId },
  );
  return shown((await store.ibanOf(connection, at, known.id))!, now);
});

/** Until the day comes, the plan can be taken back. */
export const keepIban = handle(api.pagopa.ibans.keep, async ({ params, query }, context) => {
  const { db, actor, now, fail, emit } = context;
  const at = { institutionId: params.institutionId, environment: query.environment };
  await requireMayChange(context, at);
  const known = await store.lockIban(db, at, params.ibanId);
  if (!known) return fail("iban-unknown");
  if (!known.retires_on) return fail("iban-not-retiring");
  await store.changeIban(db, known.id, null, { retiresOn: null, by: actor.personId, at: now });
  emit(
    "pagopa.iban.retirement-cancelled",
    { ibanId: known.id, environment: at.environment, iban: known.iban, ...doneBy(actor) },
    { institutionId: at.institutionId },
  );
});
