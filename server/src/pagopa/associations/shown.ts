import type { Association } from "@area/api";
import type { Recorder } from "../../platform/record.ts";
import type { AssociationRow } from "./store.ts";

export const shown = (r: AssociationRow): Association => ({
  id: r.id,
  environment: r.environment,
  station: { code: r.station_code, state: r.station_state },
  broker: { id: r.broker_id, name: r.broker_name, taxCode: r.broker_tax_code },
  institution: { id: r.institution_id, name: r.name, taxCode: r.tax_code },
  auxDigit: r.aux_digit,
  segregationCode: r.segregation_code,
  applicationCode: r.application_code,
  broadcast: r.broadcast,
  mod4: r.mod4,
  aca: r.aca,
  standIn: r.stand_in,
  spontaneousPayment: r.spontaneous_payment,
  validFrom: r.valid_from,
  state: r.state,
  moving: r.moving,
  reason: r.reason,
  version: r.version,
  changed: { at: r.changed_at.toISOString(), by: r.changed_by_name },
});

/** One fact, in the trails of both sides: announced once, as the institution's whose money it is. */
export const tell = (
  { emit, audit }: Pick<Recorder, "emit" | "audit">,
  type:
    | "pagopa.association.made"
    | "pagopa.association.changed"
    | "pagopa.association.ended"
    | "pagopa.association.refused",
  r: AssociationRow,
): void => {
  const facts = {
    associationId: r.id,
    stationCode: r.station_code,
    environment: r.environment,
    creditorInstitutionId: r.institution_id,
    creditorInstitution: r.name,
    brokerId: r.broker_id,
    broker: r.broker_name,
    segregationCode: r.segregation_code,
  };
  emit(type, facts, { institutionId: r.institution_id });
  if (r.broker_id !== r.institution_id) audit(type, facts, { institutionId: r.broker_id });
};
