import { api, differenceOf, freeSegregationCodes, type ProblemCode, type ResultOf } from "@area/api";
import { dayInRome } from "../../platform/days.ts";
import { handle } from "../../platform/pipeline.ts";
import {
  factsOf,
  newStation,
  promotedFrom,
  propose,
  requireBroker,
  stationById,
  stationOf,
  stationShown,
} from "../stations/index.ts";
import { tell } from "./shown.ts";
import * as store from "./store.ts";

/** What was rehearsed goes live: the station, by the same rules as any change, and the institutions that can follow. */
export const promoteStation = handle(api.pagopa.stations.promote, async ({ params, body }, context) => {
  const { db, connection, actor, now, fail, emit, audit } = context;
  const { institutionId } = params;
  const at = { institutionId, environment: "production" as const };
  await requireBroker(context, at);
  const origin = await stationOf(connection, { institutionId, environment: "test" }, params.stationCode);
  if (!origin) return fail("station-unknown");
  if (origin.state !== "active") return fail("station-not-active", { state: origin.state });

  const wanted = { description: body.description || origin.description, settings: body.settings };
  const live = await promotedFrom(db, origin.id);
  if (live) await propose(context, at, live, wanted, actor.personId);
  const id = live?.id ?? (await newStation(context, at, { ...wanted, originId: origin.id, by: actor.personId })).id;
  const s = (await stationById(connection, id))!;
  emit("pagopa.station.promoted", { ...factsOf(s), from: origin.code }, { institutionId });

  const asked = new Set(body.institutionIds);
  const rehearsed = (await store.ofStation(connection, origin.id, { search: null, after: null, limit: 1000 })).filter(
    (a) => asked.has(a.institution_id),
  );
  const associations: ResultOf<typeof api.pagopa.stations.promote>["associations"] = [];
  const there = new Set(
    (await store.ofStation(connection, id, { search: null, after: null, limit: 1000 })).map((a) => a.institution_id),
  );
  for (const a of rehearsed) {
    const said = (outcome: "associated" | "already" | "refused", why: ProblemCode | null) =>
      associations.push({
        institution: { id: a.institution_id, name: a.name },
        segregationCode: a.segregation_code,
        outcome,
        why,
      });
    const creditor = await store.creditorFor(
      connection,
      institutionId,
      { ...at, institutionId: a.institution_id },
      now,
    );
    if (there.has(a.institution_id)) said("already", null);
    else if (!creditor?.candidate) said("refused", "institution-not-candidate");
    else if (!creditor.registered) said("refused", "institution-not-registered");
    else if (s.state !== "active") said("refused", "station-not-active");
    else if (
      a.segregation_code === null ||
      (!freeSegregationCodes(creditor.tax_code, creditor.codes).includes(a.segregation_code) &&
        !creditor.codes.includes(a.segregation_code))
    )
      said("refused", "segregation-code-taken");
    else {
      const made = await store.insertAssociation(connection, {
        institutionId: a.institution_id,
        stationId: s.id,
        auxDigit: a.aux_digit,
        segregationCode: a.segregation_code,
        applicationCode: a.application_code,
        broadcast: a.broadcast,
        mod4: a.mod4,
        aca: a.aca,
        standIn: a.stand_in,
        validFrom: dayInRome(now),
        by: actor.personId,
        at: now,
      });
      if ("taken" in made) {
        said("refused", made.taken);
        continue;
      }
      tell({ emit, audit }, "pagopa.association.made", (await store.associationOf(connection, made.id))!);
      said("associated", null);
    }
  }
  return {
    station: await stationShown(connection, (await stationById(connection, id))!),
    difference: differenceOf(
      { ...origin.settings, description: origin.description },
      { ...wanted.settings, description: wanted.description },
    ),
    associations,
  };
});
