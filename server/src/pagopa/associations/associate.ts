import { api, freeSegregationCodes } from "@area/api";
import { dayInRome } from "../../platform/days.ts";
import { handle } from "../../platform/pipeline.ts";
import { lockStation } from "../stations/index.ts";
import { shown, tell } from "./shown.ts";
import * as store from "./store.ts";

/** With an application code beside the segregation code the aux digit is "0/3", kept empty as on the node. */
const auxDigitOf = (applicationCode: string | null): number | null => (applicationCode === null ? 3 : null);

/** A broker puts an institution on one of its stations, with a code of its own that nobody uses. */
export const associate = handle(api.pagopa.associations.associate, async ({ params, query, body }, context) => {
  const { db, connection, actor, now, fail, emit, audit } = context;
  const at = { institutionId: params.institutionId, environment: query.environment };
  const s = await lockStation(db, at, params.stationCode);
  if (!s) return fail("station-unknown");
  const creditor = { institutionId: body.institutionId, environment: at.environment };
  const known = await store.creditorFor(connection, at.institutionId, creditor, now);
  if (!known?.candidate) return fail("institution-not-candidate");
  if (s.state !== "active") return fail("station-not-active", { state: s.state });
  if (!known.registered) return fail("institution-not-registered", { institution: known.name });
  if (body.broadcast && s.primitive_version !== 2) return fail("broadcast-needs-version-2");
  const free = freeSegregationCodes(known.tax_code, known.codes);
  if (!free.includes(body.segregationCode))
    return fail("segregation-code-taken", { segregationCode: body.segregationCode, free: free.slice(0, 3).join(", ") });
  if (body.applicationCode && known.codes.includes(body.applicationCode))
    return fail("application-code-taken", { applicationCode: body.applicationCode });
  const made = await store.insertAssociation(connection, {
    ...body,
    stationId: s.id,
    auxDigit: auxDigitOf(body.applicationCode),
    mod4: true,
    validFrom: dayInRome(now),
    by: actor.personId,
    at: now,
  });
  if ("taken" in made) return fail(made.taken, { segregationCode: body.segregationCode });
  const row = (await store.associationOf(connection, made.id))!;
  tell({ emit, audit }, "pagopa.association.made", row);
  return shown(row);
});

export const changeAssociation = handle(api.pagopa.associations.change, async ({ params, query, body }, context) => {
  const { db, connection, actor, now, version, fail, emit, audit } = context;
  const at = { institutionId: params.institutionId, environment: query.environment };
  const s = await lockStation(db, at, params.stationCode);
  const a = s ? await store.lockOfStation(connection, s.id, params.associationId) : null;
  if (!s || !a) return fail("association-unknown");
  if (a.state !== "active") return fail("association-over", { state: a.state });
  if (a.version !== version) return fail("version-stale", { version: a.version });
  if (body.broadcast && !a.broadcast && s.primitive_version !== 2) return fail("broadcast-needs-version-2");
  const creditor = { institutionId: a.institution_id, environment: at.environment };
  const known = await store.creditorFor(connection, at.institutionId, creditor, now);
  // What it uses itself is free for itself; what others use is not, in either column.
  const own = [a.segregation_code, a.application_code];
  const others = (known?.codes ?? []).filter((code) => !own.includes(code));
  if (
    body.segregationCode !== a.segregation_code &&
    !freeSegregationCodes(a.tax_code, others).includes(body.segregationCode)
  )
    return fail("segregation-code-taken", { segregationCode: body.segregationCode });
  if (body.applicationCode && body.applicationCode !== a.application_code && others.includes(body.applicationCode))
    return fail("application-code-taken", { applicationCode: body.applicationCode });
  const done = await store.updateAssociation(connection, a.id, {
    ...body,
    auxDigit: auxDigitOf(body.applicationCode),
    by: actor.personId,
    at: now,
  });
  if ("taken" in done) return fail(done.taken === "already-associated" ? "segregation-code-taken" : done.taken);
  const row = (await store.associationOf(connection, a.id))!;
  tell({ emit, audit }, "pagopa.association.changed", row);
  return shown(row);
});

export const dissociate = handle(api.pagopa.associations.end, async ({ params, query }, context) => {
  const { db, connection, actor, now, fail, emit, audit } = context;
  const at = { institutionId: params.institutionId, environment: query.environment };
  const s = await lockStation(db, at, params.stationCode);
  const a = s ? await store.lockOfStation(connection, s.id, params.associationId) : null;
  if (!a) return fail("association-unknown");
  if (a.state !== "active") return fail("association-over", { state: a.state });
  if (a.moving) return fail("association-moving");
  await store.endAssociation(db, a.id, "ended", { by: actor.personId, reason: null, at: now });
  tell({ emit, audit }, "pagopa.association.ended", a);
});

/** The institution says no: whose station it is reads why. */
export const refuseAssociation = handle(api.pagopa.associations.refuse, async ({ params, query, body }, context) => {
  const { db, connection, actor, now, fail, emit, audit } = context;
  const at = { institutionId: params.institutionId, environment: query.environment };
  const a = await store.lockOfInstitution(connection, at, params.associationId);
  if (!a) return fail("association-unknown");
  if (a.state !== "active") return fail("association-over", { state: a.state });
  if (a.moving) return fail("association-moving");
  await store.endAssociation(db, a.id, "refused", { by: actor.personId, reason: body.reason, at: now });
  const row = (await store.associationOf(connection, a.id))!;
  tell({ emit, audit }, "pagopa.association.refused", row);
  return shown(row);
});
