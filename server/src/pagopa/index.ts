import type { UnknownResources } from "../delegations/index.ts";
import type { Connection } from "../platform/database/connection.ts";
import type { Db } from "../platform/database/transaction.ts";
import { dayInRome } from "../platform/days.ts";
import type { Parts } from "../ports/index.ts";
import { associations } from "./associations/index.ts";
import { movingReactions } from "./associations/moving.ts";
import { promoteStation } from "./associations/promote-station.ts";
import { hasUsable, ibanImports, ibans, insertIban } from "./ibans/index.ts";
import { nodeFiles } from "./node-files/index.ts";
import { registration, registrationOf, standing } from "./registration/index.ts";
import { knownCodes, lastChange, stations } from "./stations/index.ts";

/** Is there an account on which the institution can be paid? */
export const hasUsableIban = (db: Db, at: { institutionId: string; environment: "test" | "production" }, now: Date) =>
  hasUsable(db, at, dayInRome(now));

/** An account that was registered elsewhere, or that demo data begin with: nothing is announced. */
export const importIban: typeof insertIban = (db, iban) => insertIban(db, iban);

/** How an institution stands on the node, for who tells it what is missing. */
export const nodeStanding = async (
  connection: Connection,
  at: { institutionId: string; environment: "test" | "production" },
  now: Date,
) => {
  const row = await registrationOf(connection, at, now);
  const found = await standing(connection, at);
  return {
    registered: row !== null,
    brokers: row?.creditor_broker ?? false,
    /** Who connects it; null: nobody, it is direct or not there. */
    through: row?.connection === "intermediary" ? (row.intermediary_name ?? "") : null,
    associated: found.association,
  };
};
/** What a reviewer wrote of a station that came back; null when none did. */
export const stationToCorrect = async (connection: Connection, stationId: string): Promise<string | null> => {
  const change = await lastChange(connection, stationId);
  return change?.state === "changes-requested" ? (change.note ?? "") : null;
};

// Written down as they are found elsewhere, by who imports: nothing is announced, nothing is reviewed.
export { insertAssociation as importAssociation } from "./associations/index.ts";
export { insertEncoding as importEncoding, insertRegistration as importRegistration } from "./registration/index.ts";
export { insertStation as importStation } from "./stations/index.ts";

/** What of pagoPA can be named one by one in a delegation: stations, the institution's own and those that serve it. */
export const unknownResources: UnknownResources = async (connection, at, resources) => {
  if (at.productId !== "pagopa") return [...resources];
  const known = new Set(await knownCodes(connection, at.institutionId, resources));
  return resources.filter((code) => !known.has(code));
};

/** What an institution configures on pagoPA: one room each. */
export const pagopa = (parts: Parts) => {
  const rooms = {
    registration: registration(parts),
    stations: stations(parts),
    associations: associations(parts),
    ibans: ibans(parts),
    ibanImports: ibanImports(parts),
    nodeFiles: nodeFiles(),
  };
  return {
    handlers: {
      registration: rooms.registration.handlers,
      stations: { ...rooms.stations.handlers, promote: promoteStation },
      associations: rooms.associations.handlers,
      stationReviews: rooms.stations.desk,
      ibans: rooms.ibans.handlers,
      ibanImports: rooms.ibanImports.handlers,
      nodeFiles: rooms.nodeFiles.handlers,
    },
    reactions: { ...rooms.ibans.reactions, ...movingReactions(parts) },
    schedules: { ...rooms.ibans.schedules, ...rooms.ibanImports.schedules },
  };
};
