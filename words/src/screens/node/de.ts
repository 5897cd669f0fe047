type Told = Record<string, unknown>;
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const s = (f: Told) => text(f["stationCode"]);
const e = (f: Told) => (f["environment"] === "test" ? "Test" : "Produktion");
const c = (f: Told) => text(f["creditorInstitution"]);
const b = (f: Told) => text(f["broker"]);

/** How the trail tells what happens on the node: registration, stations, associations. */
export const nodeEvents = {
  "pagopa.registration.registered": (f: Told): string => `Am Knoten registriert (${e(f)})`,
  "pagopa.registration.changed": (f: Told): string => `Registrierung am Knoten geändert (${e(f)})`,
  "pagopa.registration.contact-changed": (f: Told): string => `Betriebskontakt geändert (${e(f)})`,
  "pagopa.station.created": (f: Told): string => `Station ${s(f)} angelegt (${e(f)})`,
  "pagopa.station.changed": (f: Told): string => `Station ${s(f)} geändert (${e(f)})`,
  "pagopa.station.change-proposed": (f: Told): string => `Änderung der Station ${s(f)} zur Prüfung gesendet`,
  "pagopa.station.change-withdrawn": (f: Told): string => `Änderung der Station ${s(f)} zurückgezogen`,
  "pagopa.station.change-approved": (f: Told): string => `Änderung der Station ${s(f)} genehmigt`,
  "pagopa.station.change-refused": (f: Told): string => `Änderung der Station ${s(f)} abgelehnt`,
  "pagopa.station.changes-requested": (f: Told): string => `Korrekturen zur Station ${s(f)} verlangt`,
  "pagopa.station.message-written": (f: Told): string => `Nachricht zur Station ${s(f)} geschrieben`,
  "pagopa.station.operator-changed": (f: Told): string => `PagoPA hat die Betreiberfelder der Station ${s(f)} gesetzt`,
  "pagopa.station.tested": (f: Told): string => `Adresse der Station ${s(f)} geprüft`,
  "pagopa.station.promoted": (f: Told): string => `Station ${s(f)} in die Produktion übernommen`,
  "pagopa.station.retired": (f: Told): string => `Station ${s(f)} zurückgezogen (${e(f)})`,
  "pagopa.association.made": (f: Told): string => `${c(f)} der Station ${s(f)} von ${b(f)} zugeordnet (${e(f)})`,
  "pagopa.association.changed": (f: Told): string => `Zuordnung von ${c(f)} zur Station ${s(f)} geändert (${e(f)})`,
  "pagopa.association.ended": (f: Told): string => `${c(f)} von der Station ${s(f)} entfernt (${e(f)})`,
  "pagopa.association.refused": (f: Told): string => `${c(f)} lehnt die Station ${s(f)} von ${b(f)} ab (${e(f)})`,
};

/** What the node asks for. */
export const nodeFindings = {
  "registration-missing": {
    title: (f: Told): string => `Körperschaft am Knoten registrieren (${e(f)})`,
    why: (f: Told): string =>
      `${f["partner"] ? `${text(f["partner"])} kann sie erst danach einer Station zuordnen.` : "Das kommt vor jeder Station."}`,
    act: "Registrieren",
  },
  "association-missing": {
    title: (f: Told): string => `Die Körperschaft wartet auf ihre Station (${e(f)})`,
    why: (f: Told): string => `${text(f["partner"])} ist dran: Zuordnung zu einer eigenen Station.`,
    act: "Registrierung ansehen",
  },
  "station-to-correct": {
    title: (f: Told): string => `Zu korrigieren: Station ${s(f)}`,
    why: (f: Told): string => `${text(f["note"])}`,
    act: "Station öffnen",
  },
};
