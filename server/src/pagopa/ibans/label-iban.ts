import { api } from "@area/api";
import { handle } from "../../platform/pipeline.ts";
import { doneBy, requireMayChange } from "./guards.ts";
import { shown } from "./shown.ts";
import * as store from "./store.ts";

/** A label moves whole: at no instant do two accounts carry it, or none. */
export const labelIban = handle(api.pagopa.ibans.label, async ({ params, query, body }, context) => {
  const { db, connection, actor, now, version, fail, emit } = context;
  const at = { institutionId: params.institutionId, environment: query.environment };
  await requireMayChange(context, at);
  const known = await store.lockIban(db, at, params.ibanId);
  if (!known) return fail("iban-unknown");
  if (known.version !== version) return fail("version-stale");
  const labels = [...new Set(body.labels)].sort();
  const takenFrom = await store.moveLabels(db, at, known.id, labels);
  await store.changeIban(db, known.id, version, { by: actor.personId, at: now });
  // Who lost a label changed too: a form that was open on it must not write over.
  for (const other of takenFrom) await store.changeIban(db, other, null, { by: actor.personId, at: now });
  emit(
    "pagopa.iban.labelled",
    { ibanId: known.id, environment: at.environment, iban: known.iban, labels, takenFrom, ...doneBy(actor) },
    { institutionId: at.institutionId },
  );
  return shown((await store.ibanOf(connection, at, known.id))!, now);
});
