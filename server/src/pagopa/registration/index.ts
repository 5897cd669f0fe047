import { api } from "@area/api";
import { z } from "zod";
import { dataOfInstitution, productState } from "../../institutions/index.ts";
import { keyIn, pageOf } from "../../platform/cursor.ts";
import { dayInRome } from "../../platform/days.ts";
import { handle } from "../../platform/pipeline.ts";
import type { Parts } from "../../ports/index.ts";
import { hasUsable } from "../ibans/index.ts";
import { capacityOf, register } from "./register.ts";
import { contactShown, shown } from "./shown.ts";
import { stepsOf } from "./steps.ts";
import * as store from "./store.ts";

export {
  type At,
  insertEncoding,
  insertRegistration,
  lockRegistration,
  moveIntermediary,
  type NewRegistrationRow,
  registrationOf,
  setCbillCode,
  standing,
} from "./store.ts";

const BrokerKey = z.object({ delegated: z.boolean(), name: z.string().max(1000), id: z.uuid() });
/** What is typed into a search, for a pattern: its own signs mean themselves. */
export const pattern = (search: string | undefined): string | null => search?.trim().replace(/[%_\\]/g, "\\$&") || null;

export const registration = (parts: Parts) => ({
  handlers: {
    read: handle(api.pagopa.registration.read, async ({ params, query }, { db, connection, now }) => {
      const at = { institutionId: params.institutionId, environment: query.environment };
      const row = await store.registrationOf(connection, at, now);
      const [data, contact, found] = [
        await dataOfInstitution(db, at.institutionId),
        await store.contactOf(connection, at),
        await store.standing(connection, at),
      ];
      const may = await capacityOf(db, at.institutionId);
      const capacity = may === "psp" ? null : (row?.capacity ?? may);
      return {
        registration: row ? shown(row) : null,
        capacity,
        suggested: {
          name: data.name,
          taxCode: data.taxCode,
          address: data.address,
          city: data.city ?? "",
          zipCode: data.zipCode,
          county: data.county ?? "",
        },
        operationsContact: contact ? contactShown(parts.cipher, contact) : null,
        steps: capacity ? stepsOf(row, capacity, found, await hasUsable(db, at, dayInRome(now))) : [],
      };
    }),
    register,
    intermediaries: handle(api.pagopa.registration.intermediaries, async ({ params, query }, { connection, now }) =>
      pageOf(
        await store.brokersFor(
          connection,
          { institutionId: params.institutionId, environment: query.environment },
          { search: pattern(query.search), after: keyIn(query.cursor, BrokerKey), limit: query.limit + 1, now },
        ),
        query.limit,
        (r) => ({ id: r.id, name: r.name, taxCode: r.tax_code, delegated: r.delegated }),
        (r) => ({ delegated: r.delegated, name: r.name, id: r.id }),
      ),
    ),
    setOperationsContact: handle(
      api.pagopa.registration.setOperationsContact,
      async ({ params, query, body }, { db, connection, actor, now, version, fail, emit }) => {
        const at = { institutionId: params.institutionId, environment: query.environment };
        if ((await productState(db, at.institutionId, "pagopa")) !== "active")
          return fail("product-not-active", { productId: "pagopa" });
        const sealed = parts.cipher.seal(JSON.stringify(body));
        if (!(await store.writeContact(db, at, version, { sealed, by: actor.personId, at: now })))
          return fail("version-stale");
        emit(
          "pagopa.registration.contact-changed",
          { environment: at.environment },
          { institutionId: at.institutionId },
        );
        return contactShown(parts.cipher, (await store.contactOf(connection, at))!);
      },
    ),
  },
});
