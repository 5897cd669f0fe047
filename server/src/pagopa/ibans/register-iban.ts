import { api } from "@area/api";
import { handle } from "../../platform/pipeline.ts";
import { doneBy, earliest, mayEnd, requireMayChange } from "./guards.ts";
import { shown } from "./shown.ts";
import * as store from "./store.ts";

/** An institution says where its money goes. */
export const registerIban = handle(api.pagopa.ibans.register, async ({ params, query, body }, context) => {
  const { db, connection, actor, now, fail, emit } = context;
  const at = { institutionId: params.institutionId, environment: query.environment };
  await requireMayChange(context, at);
  if (body.validFrom < earliest(at.environment, now))
    return fail("iban-dates", { why: "begins-too-early", earliest: earliest(at.environment, now) });
  if (body.validUntil && body.validUntil <= body.validFrom) return fail("iban-dates", { why: "ends-before-it-begins" });
  if (body.validUntil && !(await mayEnd(connection, at, body.iban))) return fail("iban-not-owner");
  const { holder } = body;
  if (holder.kind === "other" && !holder.evidenceId && at.environment === "production") return fail("evidence-needed");
  const ibanId = await store.insertIban(db, {
    ...at,
    iban: body.iban,
    description: body.description,
    validFrom: body.validFrom,
    validUntil: body.validUntil ?? null,
    holder,
    by: actor.personId,
    at: now,
  });
  if (!ibanId)
    return (await store.isMine(db, at, body.iban))
      ? fail("iban-already-registered", { iban: body.iban })
      : fail("iban-of-another-institution", { iban: body.iban });
  if (holder.kind === "other" && holder.evidenceId && !(await store.tieEvidence(db, at, holder.evidenceId, ibanId)))
    return fail("evidence-unknown");
  emit(
    "pagopa.iban.registered",
    {
      ibanId,
      environment: at.environment,
      iban: body.iban,
      validFrom: body.validFrom,
      holder: holder.kind,
      ...doneBy(actor),
    },
    { institutionId: at.institutionId },
  );
  return shown((await store.ibanOf(connection, at, ibanId))!, now);
});
