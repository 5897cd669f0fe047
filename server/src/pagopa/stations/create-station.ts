import { api, STATION_RULES_VERSION, type StationSettings } from "@area/api";
import { productState } from "../../institutions/index.ts";
import { handle } from "../../platform/pipeline.ts";
import { lockRegistration } from "../registration/index.ts";
import { allPass, dueAfter, factsOf, judge, type Tx } from "./review.ts";
import { shown } from "./shown.ts";
import * as store from "./store.ts";

type NotBroker = "product-not-active" | "registration-missing" | "registration-not-direct";
type Refuse<C extends string> = (code: C, facts?: Record<string, unknown>) => never;

/** Whoever has stations of their own: on pagoPA, and on the node as a broker. Its registration stays locked till the end. */
export const requireBroker = async (tx: Pick<Tx, "db"> & { fail: Refuse<NotBroker> }, at: store.At) => {
  if ((await productState(tx.db, at.institutionId, "pagopa")) !== "active")
    return tx.fail("product-not-active", { productId: "pagopa" });
  const registered = await lockRegistration(tx.db, at);
  if (!registered) return tx.fail("registration-missing", { environment: at.environment });
  if (!registered.creditor_broker) return tx.fail("registration-not-direct");
  return registered;
};

const codeOf = (taxCode: string, n: number): string => `${taxCode}_${String(n).padStart(2, "0")}`;

/** A new station with the first free code: active where nobody reviews, or where the rules all pass; pending otherwise. */
export const newStation = async (
  tx: Tx & { fail: Refuse<NotBroker | "station-codes-exhausted"> },
  at: store.At,
  s: { description: string; settings: StationSettings; originId?: string; by: string },
): Promise<{ id: string; code: string }> => {
  const { db, connection, now, emit, fail } = tx;
  const broker = await requireBroker(tx, at);
  const n = await store.nextNumber(connection, at.environment, broker.tax_code);
  if (n === null) return fail("station-codes-exhausted");
  const code = codeOf(broker.tax_code, n);
  const rules = await judge(tx, at, null, s.settings);
  const live = at.environment === "test" || allPass(rules);
  const id = await store.insertStation(db, {
    ...at,
    ...s,
    code,
    state: live ? "active" : "pending",
    at: now,
  });
  // The lock of the registration makes codes of our own take turns: only an import could have come between.
  if (!id) return fail("station-codes-exhausted");
  const facts = factsOf({ id, code, environment: at.environment });
  emit("pagopa.station.created", { ...facts, state: live ? "active" : "pending" }, { institutionId: at.institutionId });
  if (at.environment === "production") {
    const changeId = await store.insertChange(db, {
      ...at,
      stationId: id,
      kind: "creation",
      description: s.description,
      settings: s.settings,
      before: {},
      rulesVersion: STATION_RULES_VERSION,
      rules,
      state: live ? "approved" : "waiting",
      dueAt: live ? null : dueAfter(now),
      by: s.by,
      at: now,
    });
    if (live)
      emit(
        "pagopa.station.change-approved",
        { ...facts, changeId, byRules: true },
        { institutionId: at.institutionId },
      );
    else
      emit("pagopa.station.change-proposed", { ...facts, changeId, fields: [] }, { institutionId: at.institutionId });
  }
  return { id, code };
};

export const createStation = handle(api.pagopa.stations.create, async ({ params, query, body }, context) => {
  const at = { institutionId: params.institutionId, environment: query.environment };
  const { code } = await newStation(context, at, { ...body, by: context.actor.personId });
  return shown(context.connection, (await store.stationOf(context.connection, at, code))!);
});
