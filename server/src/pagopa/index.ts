import type { UnknownResources } from "../delegations/index.ts";
import type { Parts } from "../ports/index.ts";
import { ibans } from "./ibans/index.ts";

/** Nothing of pagoPA can be named one by one in a delegation yet: stations will be the first. */
export const unknownResources: UnknownResources = async (_connection, _at, resources) => [...resources];

/** What an institution configures on pagoPA: one room each. */
export const pagopa = (parts: Parts) => {
  const rooms = { ibans: ibans(parts) };
  return {
    handlers: { ibans: rooms.ibans.handlers },
    reactions: rooms.ibans.reactions,
    schedules: rooms.ibans.schedules,
  };
};
