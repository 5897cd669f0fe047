type Told = Record<string, unknown>;
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const s = (f: Told) => text(f["stationCode"]);
const e = (f: Told) => (f["environment"] === "test" ? "Collaudo" : "Produzione");
const c = (f: Told) => text(f["creditorInstitution"]);
const b = (f: Told) => text(f["broker"]);

/** How the trail tells what happens on the node: registration, stations, associations. */
export const nodeEvents = {
  "pagopa.registration.registered": (f: Told): string => `Registrato sul nodo in ${e(f)}`,
  "pagopa.registration.changed": (f: Told): string => `Cambiata la registrazione sul nodo in ${e(f)}`,
  "pagopa.registration.contact-changed": (f: Told): string => `Cambiato il tavolo operativo in ${e(f)}`,
  "pagopa.station.created": (f: Told): string => `Creata la stazione ${s(f)} in ${e(f)}`,
  "pagopa.station.changed": (f: Told): string => `Cambiata la stazione ${s(f)} in ${e(f)}`,
  "pagopa.station.change-proposed": (f: Told): string => `Inviata a controllo una modifica della stazione ${s(f)}`,
  "pagopa.station.change-withdrawn": (f: Told): string => `Ritirata la modifica della stazione ${s(f)}`,
  "pagopa.station.change-approved": (f: Told): string => `Approvata la modifica della stazione ${s(f)}`,
  "pagopa.station.change-refused": (f: Told): string => `Rifiutata la modifica della stazione ${s(f)}`,
  "pagopa.station.changes-requested": (f: Told): string => `Chieste correzioni alla stazione ${s(f)}`,
  "pagopa.station.message-written": (f: Told): string => `Scritto un messaggio sulla stazione ${s(f)}`,
  "pagopa.station.operator-changed": (f: Told): string =>
    `PagoPA ha scritto i campi dell’operatore della stazione ${s(f)}`,
  "pagopa.station.tested": (f: Told): string => `Provato un indirizzo della stazione ${s(f)}`,
  "pagopa.station.promoted": (f: Told): string => `Portata in Produzione la stazione ${s(f)}`,
  "pagopa.station.retired": (f: Told): string => `Ritirata la stazione ${s(f)} in ${e(f)}`,
  "pagopa.association.made": (f: Told): string => `${c(f)} associato alla stazione ${s(f)} di ${b(f)} (${e(f)})`,
  "pagopa.association.changed": (f: Told): string =>
    `Cambiata l’associazione di ${c(f)} alla stazione ${s(f)} (${e(f)})`,
  "pagopa.association.ended": (f: Told): string => `${c(f)} tolto dalla stazione ${s(f)} (${e(f)})`,
  "pagopa.association.refused": (f: Told): string => `${c(f)} rifiuta la stazione ${s(f)} di ${b(f)} (${e(f)})`,
};

/** What the node asks for. */
export const nodeFindings = {
  "registration-missing": {
    title: (f: Told): string => `Registra l’ente sul nodo, in ${e(f)}`,
    why: (f: Told): string =>
      `${f["partner"] ? `${text(f["partner"])} può associare l’ente a una stazione solo dopo.` : "Serve prima di ogni stazione."}`,
    act: "Registra",
  },
  "association-missing": {
    title: (f: Told): string => `L’ente aspetta la sua stazione, in ${e(f)}`,
    why: (f: Told): string => `Tocca a ${text(f["partner"])}: associa l’ente a una sua stazione.`,
    act: "Vedi la registrazione",
  },
  "station-to-correct": {
    title: (f: Told): string => `Da correggere: la stazione ${s(f)}`,
    why: (f: Told): string => `${text(f["note"])}`,
    act: "Apri la stazione",
  },
};
