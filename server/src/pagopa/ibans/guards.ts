import type { Environment } from "@area/api";
import { productState } from "../../institutions/index.ts";
import type { Db } from "../../platform/database/transaction.ts";
import { dayInRome, daysAfter } from "../../platform/days.ts";
import * as store from "./store.ts";

export type At = { institutionId: string; environment: Environment };

/** What every change of an account asks first: pagoPA active, and in production a second person where the institution wants one. */
export const requireMayChange = async (
  context: {
    db: Db;
    secondPerson: boolean;
    fail: (code: "product-not-active" | "second-person-needed", facts?: Record<string, unknown>) => never;
  },
  at: At,
): Promise<void> => {
  const { db, secondPerson, fail } = context;
  if ((await productState(db, at.institutionId, "pagopa")) !== "active")
    return fail("product-not-active", { productId: "pagopa" });
  if (!secondPerson && (await store.rulesOf(db, at)).secondPerson) return fail("second-person-needed");
};

/** From which day an account may hold: tomorrow where money moves, today where it is rehearsed. */
export const earliest = (environment: Environment, now: Date): string =>
  environment === "production" ? daysAfter(dayInRome(now), 1) : dayInRome(now);
