import { api } from "@area/api";
import { dayInRome } from "../../platform/days.ts";
import { handle } from "../../platform/pipeline.ts";
import { doneBy, earliest, mayEnd, requireMayChange } from "./guards.ts";
import { shown } from "./shown.ts";
import * as store from "./store.ts";

/** Description and validity change; the account itself never does: another account is another row. */
export const changeIban = handle(api.pagopa.ibans.change, async ({ params, query, body }, context) => {
  const { db, connection, actor, now, version, fail, emit } = context;
  const at = { institutionId: params.institutionId, environment: query.environment };
  await requireMayChange(context, at);
  const known = await store.lockIban(db, at, params.ibanId);
  if (!known) return fail("iban-unknown");
  if (known.version !== version) return fail("version-stale");
  if (body.validFrom !== known.valid_from) {
    if (known.valid_from <= dayInRome(now)) return fail("iban-dates", { why: "already-begun" });
    if (body.validFrom < earliest(at.environment, now))
      return fail("iban-dates", { why: "begins-too-early", earliest: earliest(at.environment, now) });
  }
  if (body.validUntil && body.validUntil <= body.validFrom) return fail("iban-dates", { why: "ends-before-it-begins" });
  if (body.validUntil && body.validUntil !== known.valid_until && body.validUntil < dayInRome(now))
    return fail("iban-dates", { why: "already-over" });
  if (body.validUntil !== known.valid_until && !(await mayEnd(connection, at, known.iban)))
    return fail("iban-not-owner");
  await store.changeIban(db, known.id, version, { ...body, by: actor.personId, at: now });
  emit(
    "pagopa.iban.changed",
    {
      ibanId: known.id,
      environment: at.environment,
      iban: known.iban,
      validFrom: body.validFrom,
      validUntil: body.validUntil,
      ...doneBy(actor),
    },
    { institutionId: at.institutionId },
  );
  return shown((await store.ibanOf(connection, at, known.id))!, now);
});
