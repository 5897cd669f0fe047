import { api, freeSegregationCodes, noticeOf } from "@area/api";
import { z } from "zod";
import { AtAndId, keyIn, pageOf } from "../../platform/cursor.ts";
import { handle } from "../../platform/pipeline.ts";
import type { Parts } from "../../ports/index.ts";
import { streamed } from "../exports.ts";
import { pattern } from "../registration/index.ts";
import { stationOf } from "../stations/index.ts";
import { associate, changeAssociation, dissociate, refuseAssociation } from "./associate.ts";
import { shown } from "./shown.ts";
import type { AssociationRow } from "./store.ts";
import * as store from "./store.ts";

export { shown as associationShown, tell as tellAssociation } from "./shown.ts";
export {
  type AssociationRow,
  associationOf,
  type CodeTaken,
  creditorFor,
  endAssociation,
  insertAssociation,
  lockOfStation,
  type NewAssociationRow,
  setMoving,
  updateAssociation,
} from "./store.ts";

const NameAndId = z.object({ name: z.string().max(1000), id: z.uuid() });
const byName = (r: { name: string; id: string }) => ({ name: r.name, id: r.id });

export const associations = (parts: Parts) => ({
  handlers: {
    ofStation: handle(api.pagopa.associations.ofStation, async ({ params, query }, { connection, fail }) => {
      const at = { institutionId: params.institutionId, environment: query.environment };
      const s = await stationOf(connection, at, params.stationCode);
      if (!s) return fail("station-unknown");
      const rows = await store.ofStation(connection, s.id, {
        search: pattern(query.search),
        after: keyIn(query.cursor, NameAndId),
        limit: query.limit + 1,
      });
      return pageOf(rows, query.limit, shown, byName);
    }),
    candidates: handle(api.pagopa.associations.candidates, async ({ params, query }, { connection, now, fail }) => {
      const at = { institutionId: params.institutionId, environment: query.environment };
      const s = await stationOf(connection, at, params.stationCode);
      if (!s) return fail("station-unknown");
      const rows = await store.candidatesFor(connection, at.institutionId, {
        stationId: s.id,
        environment: at.environment,
        search: pattern(query.search),
        after: keyIn(query.cursor, NameAndId),
        limit: query.limit + 1,
        now,
      });
      return pageOf(
        rows,
        query.limit,
        (r) => ({ id: r.id, name: r.name, taxCode: r.tax_code, registered: r.registered }),
        byName,
      );
    }),
    segregationCodes: handle(
      api.pagopa.associations.segregationCodes,
      async ({ params, query }, { connection, now, fail }) => {
        const at = { institutionId: params.institutionId, environment: query.environment };
        if (!(await stationOf(connection, at, params.stationCode))) return fail("station-unknown");
        const creditor = {
          institutionId: query.creditorInstitutionId ?? at.institutionId,
          environment: at.environment,
        };
        const known = await store.creditorFor(connection, at.institutionId, creditor, now);
        if (!known?.candidate) return fail("institution-not-candidate");
        return { free: freeSegregationCodes(known.tax_code, known.codes) };
      },
    ),
    associate,
    change: changeAssociation,
    end: dissociate,
    refuse: refuseAssociation,
    list: handle(api.pagopa.associations.list, async ({ params, query }, { connection }) =>
      pageOf(
        await store.ofInstitution(
          connection,
          { institutionId: params.institutionId, environment: query.environment },
          { over: query.state === "over", after: keyIn(query.cursor, AtAndId), limit: query.limit + 1 },
        ),
        query.limit,
        shown,
        (r) => ({ at: r.made_at.toISOString(), id: r.id }),
      ),
    ),
    noticeNumbers: handle(
      api.pagopa.associations.noticeNumbers,
      async ({ params, query, body }, { connection, fail }) => {
        const at = { institutionId: params.institutionId, environment: query.environment };
        if (!(await store.holdsSegregation(connection, at, body.segregationCode)))
          return fail("segregation-code-not-associated", { segregationCode: body.segregationCode });
        const first = await store.takeBases(connection, at, body.segregationCode, body.count);
        return {
          items: Array.from({ length: body.count }, (_, n) =>
            noticeOf({ auxDigit: 3, segregationCode: body.segregationCode }, first + BigInt(n)),
          ),
        };
      },
    ),
    export: handle(api.pagopa.associations.export, async ({ params, query }, { actor }) => {
      const at = { institutionId: params.institutionId, environment: query.environment };
      return streamed(
        parts,
        { actor, ...at },
        {
          name: `enti-serviti-${at.environment === "test" ? "collaudo" : "produzione"}.csv`,
          separator: query.separator,
          columns: [
            "name",
            "taxCode",
            "stationCode",
            "stationState",
            "auxDigit",
            "segregationCode",
            "applicationCode",
            "broadcast",
            "aca",
            "standIn",
            "validFrom",
          ],
          page: ({ connection }, after: { name: string; id: string } | null, limit) =>
            store.ofBroker(connection, at, {
              stationCode: query.stationCode ?? null,
              search: pattern(query.search),
              resources: actor.mandate?.resources ?? null,
              after,
              limit,
            }),
          key: (r: AssociationRow) => byName(r),
          cells: (r: AssociationRow) => [
            r.name,
            r.tax_code,
            r.station_code,
            r.station_state,
            r.aux_digit === null ? "0/3" : String(r.aux_digit),
            r.segregation_code ?? "",
            r.application_code ?? "",
            String(r.broadcast),
            String(r.aca),
            String(r.stand_in),
            r.valid_from,
          ],
        },
      );
    }),
  },
});
