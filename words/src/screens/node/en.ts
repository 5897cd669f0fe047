type Told = Record<string, unknown>;
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const s = (f: Told) => text(f["stationCode"]);
const e = (f: Told) => (f["environment"] === "test" ? "test" : "production");
const c = (f: Told) => text(f["creditorInstitution"]);
const b = (f: Told) => text(f["broker"]);

/** How the trail tells what happens on the node: registration, stations, associations. */
export const nodeEvents = {
  "pagopa.registration.registered": (f: Told): string => `Registered on the node in ${e(f)}`,
  "pagopa.registration.changed": (f: Told): string => `Changed the registration on the node in ${e(f)}`,
  "pagopa.registration.contact-changed": (f: Told): string => `Changed the operations contact in ${e(f)}`,
  "pagopa.station.created": (f: Told): string => `Created station ${s(f)} in ${e(f)}`,
  "pagopa.station.changed": (f: Told): string => `Changed station ${s(f)} in ${e(f)}`,
  "pagopa.station.change-proposed": (f: Told): string => `Sent a change of station ${s(f)} for review`,
  "pagopa.station.change-withdrawn": (f: Told): string => `Withdrew the change of station ${s(f)}`,
  "pagopa.station.change-approved": (f: Told): string => `Approved the change of station ${s(f)}`,
  "pagopa.station.change-refused": (f: Told): string => `Refused the change of station ${s(f)}`,
  "pagopa.station.changes-requested": (f: Told): string => `Asked for corrections to station ${s(f)}`,
  "pagopa.station.message-written": (f: Told): string => `Wrote a message about station ${s(f)}`,
  "pagopa.station.operator-changed": (f: Told): string => `PagoPA wrote the operator’s fields of station ${s(f)}`,
  "pagopa.station.tested": (f: Told): string => `Tested an address of station ${s(f)}`,
  "pagopa.station.promoted": (f: Told): string => `Promoted station ${s(f)} to production`,
  "pagopa.station.retired": (f: Told): string => `Retired station ${s(f)} in ${e(f)}`,
  "pagopa.association.made": (f: Told): string => `${c(f)} associated with station ${s(f)} of ${b(f)} (${e(f)})`,
  "pagopa.association.changed": (f: Told): string =>
    `Changed the association of ${c(f)} with station ${s(f)} (${e(f)})`,
  "pagopa.association.ended": (f: Told): string => `${c(f)} removed from station ${s(f)} (${e(f)})`,
  "pagopa.association.refused": (f: Told): string => `${c(f)} refuses station ${s(f)} of ${b(f)} (${e(f)})`,
};

/** What the node asks for. */
export const nodeFindings = {
  "registration-missing": {
    title: (f: Told): string => `Register the institution on the node, in ${e(f)}`,
    why: (f: Told): string =>
      `${f["partner"] ? `${text(f["partner"])} can associate it with a station only afterwards.` : "It comes before any station."}`,
    act: "Register",
  },
  "association-missing": {
    title: (f: Told): string => `The institution waits for its station, in ${e(f)}`,
    why: (f: Told): string =>
      `It is up to ${text(f["partner"])}: it associates the institution with one of its stations.`,
    act: "See the registration",
  },
  "station-to-correct": {
    title: (f: Told): string => `To correct: station ${s(f)}`,
    why: (f: Told): string => `${text(f["note"])}`,
    act: "Open the station",
  },
};
