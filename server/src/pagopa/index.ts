import type { UnknownResources } from "../delegations/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import { dayInRome } from "../platform/days.ts";
import type { Parts } from "../ports/index.ts";
import { hasUsable, ibanImports, ibans, insertIban } from "./ibans/index.ts";

/** Is there an account on which the institution can be paid? */
export const hasUsableIban = (db: Db, at: { institutionId: string; environment: "test" | "production" }, now: Date) =>
  hasUsable(db, at, dayInRome(now));

/** An account that was registered elsewhere, or that demo data begin with: nothing is announced. */
export const importIban: typeof insertIban = (db, iban) => insertIban(db, iban);

/** Nothing of pagoPA can be named one by one in a delegation yet: stations will be the first. */
export const unknownResources: UnknownResources = async (_connection, _at, resources) => [...resources];

/** What an institution configures on pagoPA: one room each. */
export const pagopa = (parts: Parts) => {
  const rooms = { ibans: ibans(parts), ibanImports: ibanImports(parts) };
  return {
    handlers: { ibans: rooms.ibans.handlers, ibanImports: rooms.ibanImports.handlers },
    reactions: rooms.ibans.reactions,
    schedules: { ...rooms.ibans.schedules, ...rooms.ibanImports.schedules },
  };
};
