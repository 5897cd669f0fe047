import { api } from "@area/api";
import { countBoth } from "../../people/index.ts";
import { handle } from "../../platform/pipeline.ts";
import { doneBy, requireMayChange } from "./guards.ts";
import * as store from "./store.ts";

/** Two pairs of eyes, where the institution asks for them. Putting the rule away asks for them once more. */
export const changeIbanRules = handle(api.pagopa.ibans.changeRules, async ({ params, query, body }, context) => {
  const { db, connection, actor, now, version, fail, emit } = context;
  const at = { institutionId: params.institutionId, environment: query.environment };
  await requireMayChange(context, at);
  // With one person alone nobody could approve anything, not even taking the rule back.
  if (body.secondPerson) {
    const able = await countBoth(
      connection,
      at.institutionId,
      ["institution:proposals:write", "pagopa:ibans:write"],
      now,
    );
    if (able < 2) return fail("second-person-missing");
  }
  const next = await store.changeRules(db, at, version, { ...body, by: actor.personId, at: now });
  if (next === null) return fail("version-stale");
  emit(
    "pagopa.iban.rules-changed",
    { environment: at.environment, secondPerson: body.secondPerson, ...doneBy(actor) },
    { institutionId: at.institutionId },
  );
  return { secondPerson: body.secondPerson, version: next };
});
