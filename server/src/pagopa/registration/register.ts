import { api, type Capacity } from "@area/api";
import { activeKind, dataOfInstitution } from "../../institutions/index.ts";
import type { Db } from "../../platform/database/transaction.ts";
import { handle } from "../../platform/pipeline.ts";
import { isDoubtful, shown } from "./shown.ts";
import * as store from "./store.ts";

/** As what an institution may stand on the node, by what it is on pagoPA. A PSP registers elsewhere. */
export const capacityOf = async (db: Db, institutionId: string): Promise<Capacity | "psp" | null> => {
  const kind = await activeKind(db, institutionId, "pagopa");
  if (kind === null) return null;
  return kind === "PT" ? "technology-partner" : kind === "PSP" ? "psp" : "creditor-institution";
};

/** An institution says how it reaches the node; a partner, whom it connects. Both may change their mind while nothing stands on it. */
export const register = handle(api.pagopa.registration.register, async ({ params, query, body }, context) => {
  const { db, connection, actor, now, version, fail, emit } = context;
  const at = { institutionId: params.institutionId, environment: query.environment };
  const capacity = await capacityOf(db, at.institutionId);
  if (capacity === null) return fail("product-not-active", { productId: "pagopa" });
  if (capacity === "psp") return fail("registration-of-psp");
  const institution = await dataOfInstitution(db, at.institutionId);
  // A wrong check digit is tolerated where it is rehearsed, as the node does; where money moves it is not.
  if (at.environment === "production" && isDoubtful(institution.taxCode))
    return fail("tax-code-doubtful", { taxCode: institution.taxCode });

  const partner = capacity === "technology-partner";
  if (partner && body.brokers.length === 0) return fail("registration-brokers-nothing");
  const connects = partner ? "direct" : body.connection;
  const known = await store.lockRegistration(db, at);
  if ((known?.version ?? 0) !== version) return fail("version-stale", { version: known?.version ?? 0 });
  const touched = await store.touchedBy(connection, at);

  let intermediaryId: string | null = null;
  if (connects === "intermediary") {
    const broker = await store.brokerFor(connection, at, body.intermediaryId!, now);
    // A partner connects only who delegated it; an institution that is a broker may be chosen freely.
    if (
      !broker ||
      body.intermediaryId === at.institutionId ||
      (broker.capacity === "technology-partner" && !broker.delegated)
    )
      return fail("intermediary-unknown");
    intermediaryId = body.intermediaryId!;
  }
  const creditorBroker = partner ? body.brokers.includes("creditor-institutions") : connects === "direct";
  if (known?.creditor_broker && !creditorBroker) {
    if (touched.stations.length > 0)
      return fail("registration-stations-open", { stations: touched.stations.map((s) => s.code).slice(0, 5) });
    if (await store.servesOthers(connection, at, now)) return fail("registration-serves-others");
  }

  const row: store.NewRegistrationRow = {
    ...at,
    capacity,
    name: institution.name,
    taxCode: institution.taxCode,
    connection: connects,
    intermediaryId,
    creditorBroker,
    pspBroker: partner && body.brokers.includes("psps"),
    address: body.address,
    city: body.city,
    zipCode: body.zipCode,
    county: body.county,
    taxDomicile: body.taxDomicile,
    pspPayment: body.pspPayment,
    by: actor.personId,
    at: now,
  };
  if (known) {
    await store.updateRegistration(db, known.id, version, row);
    emit(
      "pagopa.registration.changed",
      { environment: at.environment, connection: connects },
      { institutionId: at.institutionId },
    );
  } else {
    if (!(await store.insertRegistration(db, row))) return fail("encoding-of-another-institution");
    if (!partner && !(await store.insertEncoding(db, at, "qr-code", institution.taxCode)))
      return fail("encoding-of-another-institution");
    emit(
      "pagopa.registration.registered",
      { environment: at.environment, connection: connects, capacity },
      { institutionId: at.institutionId },
    );
  }
  return { registration: shown((await store.registrationOf(connection, at, now))!), touched };
});
