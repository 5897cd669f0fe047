type Told = Record<string, unknown>;
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const s = (f: Told) => text(f["stationCode"]);
const e = (f: Told) => (f["environment"] === "test" ? "test" : "produkcija");
const c = (f: Told) => text(f["creditorInstitution"]);
const b = (f: Told) => text(f["broker"]);

/** How the trail tells what happens on the node: registration, stations, associations. */
export const nodeEvents = {
  "pagopa.registration.registered": (f: Told): string => `Registrirano na vozlišču (${e(f)})`,
  "pagopa.registration.changed": (f: Told): string => `Spremenjena registracija na vozlišču (${e(f)})`,
  "pagopa.registration.contact-changed": (f: Told): string => `Spremenjen operativni kontakt (${e(f)})`,
  "pagopa.station.created": (f: Told): string => `Ustvarjena postaja ${s(f)} (${e(f)})`,
  "pagopa.station.changed": (f: Told): string => `Spremenjena postaja ${s(f)} (${e(f)})`,
  "pagopa.station.change-proposed": (f: Told): string => `Sprememba postaje ${s(f)} poslana v pregled`,
  "pagopa.station.change-withdrawn": (f: Told): string => `Umaknjena sprememba postaje ${s(f)}`,
  "pagopa.station.change-approved": (f: Told): string => `Odobrena sprememba postaje ${s(f)}`,
  "pagopa.station.change-refused": (f: Told): string => `Zavrnjena sprememba postaje ${s(f)}`,
  "pagopa.station.changes-requested": (f: Told): string => `Zahtevani popravki postaje ${s(f)}`,
  "pagopa.station.message-written": (f: Told): string => `Napisano sporočilo o postaji ${s(f)}`,
  "pagopa.station.operator-changed": (f: Told): string => `PagoPA je vpisala polja upravljavca postaje ${s(f)}`,
  "pagopa.station.tested": (f: Told): string => `Preizkušen naslov postaje ${s(f)}`,
  "pagopa.station.promoted": (f: Told): string => `Postaja ${s(f)} prenesena v produkcijo`,
  "pagopa.station.retired": (f: Told): string => `Umaknjena postaja ${s(f)} (${e(f)})`,
  "pagopa.association.made": (f: Told): string => `${c(f)} povezana s postajo ${s(f)} (${b(f)}, ${e(f)})`,
  "pagopa.association.changed": (f: Told): string => `Spremenjena povezava ${c(f)} s postajo ${s(f)} (${e(f)})`,
  "pagopa.association.ended": (f: Told): string => `${c(f)} odstranjena s postaje ${s(f)} (${e(f)})`,
  "pagopa.association.refused": (f: Told): string => `${c(f)} zavrača postajo ${s(f)} (${b(f)}, ${e(f)})`,
};

/** What the node asks for. */
export const nodeFindings = {
  "registration-missing": {
    title: (f: Told): string => `Registrirajte ustanovo na vozlišču (${e(f)})`,
    why: (f: Told): string =>
      `${f["partner"] ? `${text(f["partner"])} jo lahko poveže s postajo šele potem.` : "Potrebno je pred vsako postajo."}`,
    act: "Registriraj",
  },
  "association-missing": {
    title: (f: Told): string => `Ustanova čaka na svojo postajo (${e(f)})`,
    why: (f: Told): string => `Na vrsti je ${text(f["partner"])}: poveže ustanovo s svojo postajo.`,
    act: "Poglej registracijo",
  },
  "station-to-correct": {
    title: (f: Told): string => `Za popraviti: postaja ${s(f)}`,
    why: (f: Told): string => `${text(f["note"])}`,
    act: "Odpri postajo",
  },
};
