import type { Environment } from "@area/api";
import { productState } from "../../institutions/index.ts";
import type { Connection } from "../../platform/database/connection.ts";
import type { Db } from "../../platform/database/transaction.ts";
import { dayInRome, daysAfter } from "../../platform/days.ts";
import type { Actor } from "../../platform/pipeline.ts";
import * as store from "./store.ts";

export type At = { institutionId: string; environment: Environment };

export const requireMayUse = async (
  { db, fail }: { db: Db; fail: (code: "product-not-active", facts?: Record<string, unknown>) => never },
  at: At,
): Promise<void> => {
  if ((await productState(db, at.institutionId, "pagopa")) !== "active")
    return fail("product-not-active", { productId: "pagopa" });
};

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
  await requireMayUse(context, at);
  if (!secondPerson && (await store.rulesOf(db, at)).secondPerson) return fail("second-person-needed");
};

/** From which day an account may hold: tomorrow where money moves, today where it is rehearsed. */
export const earliest = (environment: Environment, now: Date): string =>
  environment === "production" ? daysAfter(dayInRome(now), 1) : dayInRome(now);

/** Who did it, as events say it. */
export const doneBy = (actor: Actor): { by: string; partnerId?: string } => ({
  by: actor.personId,
  ...(actor.mandate ? { partnerId: actor.mandate.partnerId } : {}),
});

/** The end of an account that several institutions use belongs to who said first that it is theirs. */
export const mayEnd = async (connection: Connection, at: At, iban: string): Promise<boolean> =>
  !(await store.elsewhere(connection, at, [iban])).get(iban)?.owned;
