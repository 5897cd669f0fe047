type Told = Record<string, unknown>;
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const s = (f: Told) => text(f["stationCode"]);
const e = (f: Told) => (f["environment"] === "test" ? "test" : "production");
const c = (f: Told) => text(f["creditorInstitution"]);
const b = (f: Told) => text(f["broker"]);

/** How the trail tells what happens on the node: registration, stations, associations. */
export const nodeEvents = {
  "pagopa.registration.registered": (f: Told): string => `Enregistré sur le nœud en ${e(f)}`,
  "pagopa.registration.changed": (f: Told): string => `Enregistrement sur le nœud modifié en ${e(f)}`,
  "pagopa.registration.contact-changed": (f: Told): string => `Contact opérationnel modifié en ${e(f)}`,
  "pagopa.station.created": (f: Told): string => `Station ${s(f)} créée en ${e(f)}`,
  "pagopa.station.changed": (f: Told): string => `Station ${s(f)} modifiée en ${e(f)}`,
  "pagopa.station.change-proposed": (f: Told): string => `Modification de la station ${s(f)} envoyée au contrôle`,
  "pagopa.station.change-withdrawn": (f: Told): string => `Modification de la station ${s(f)} retirée`,
  "pagopa.station.change-approved": (f: Told): string => `Modification de la station ${s(f)} approuvée`,
  "pagopa.station.change-refused": (f: Told): string => `Modification de la station ${s(f)} refusée`,
  "pagopa.station.changes-requested": (f: Told): string => `Corrections demandées pour la station ${s(f)}`,
  "pagopa.station.message-written": (f: Told): string => `Message écrit sur la station ${s(f)}`,
  "pagopa.station.operator-changed": (f: Told): string => `PagoPA a rempli les champs opérateur de la station ${s(f)}`,
  "pagopa.station.tested": (f: Told): string => `Adresse de la station ${s(f)} testée`,
  "pagopa.station.promoted": (f: Told): string => `Station ${s(f)} passée en production`,
  "pagopa.station.retired": (f: Told): string => `Station ${s(f)} retirée en ${e(f)}`,
  "pagopa.association.made": (f: Told): string => `${c(f)} associé à la station ${s(f)} de ${b(f)} (${e(f)})`,
  "pagopa.association.changed": (f: Told): string => `Association de ${c(f)} à la station ${s(f)} modifiée (${e(f)})`,
  "pagopa.association.ended": (f: Told): string => `${c(f)} retiré de la station ${s(f)} (${e(f)})`,
  "pagopa.association.refused": (f: Told): string => `${c(f)} refuse la station ${s(f)} de ${b(f)} (${e(f)})`,
};

/** What the node asks for. */
export const nodeFindings = {
  "registration-missing": {
    title: (f: Told): string => `Enregistrez l’organisme sur le nœud, en ${e(f)}`,
    why: (f: Told): string =>
      `${f["partner"] ? `${text(f["partner"])} ne peut l’associer à une station qu’après.` : "C’est nécessaire avant toute station."}`,
    act: "Enregistrer",
  },
  "association-missing": {
    title: (f: Told): string => `L’organisme attend sa station, en ${e(f)}`,
    why: (f: Told): string => `C’est à ${text(f["partner"])} de l’associer à une de ses stations.`,
    act: "Voir l’enregistrement",
  },
  "station-to-correct": {
    title: (f: Told): string => `À corriger : la station ${s(f)}`,
    why: (f: Told): string => `${text(f["note"])}`,
    act: "Ouvrir la station",
  },
};
