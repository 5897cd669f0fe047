import type { Parts } from "../ports/index.ts";
import { ibans } from "./ibans/index.ts";

/** What an institution configures on pagoPA: one room each. */
export const pagopa = (parts: Parts) => {
  const rooms = { ibans: ibans(parts) };
  return {
    handlers: { ibans: rooms.ibans.handlers },
    reactions: rooms.ibans.reactions,
    schedules: rooms.ibans.schedules,
  };
};
