import { api } from "@area/api";
import { handle } from "../../platform/pipeline.ts";
import type { Parts } from "../../ports/index.ts";
import { streamed } from "../exports.ts";
import { pattern } from "../registration/index.ts";
import * as store from "./store.ts";

const columns = [
  "code",
  "description",
  "state",
  "connection",
  "primitiveVersion",
  "noticeUrl",
  "receiptUrl",
  "redirectUrl",
  "restUrl",
  "institutions",
  "activatedAt",
  "changedAt",
];

export const exportStations = (parts: Parts) =>
  handle(api.pagopa.stations.export, async ({ params, query }, { actor }) => {
    const at = { institutionId: params.institutionId, environment: query.environment };
    return streamed(
      parts,
      { actor, ...at },
      {
        name: `stazioni-${at.environment === "test" ? "collaudo" : "produzione"}.csv`,
        separator: query.separator,
        columns,
        page: ({ connection }, after: string | null, limit) =>
          store.stationsWhole(connection, at, {
            state: query.state,
            search: pattern(query.search),
            resources: actor.mandate?.resources ?? null,
            after,
            limit,
          }),
        key: (r) => r.code,
        cells: (r) => [
          r.code,
          r.description,
          r.state,
          r.connection,
          String(r.settings.primitiveVersion),
          r.settings.noticeUrl ?? "",
          r.settings.receiptUrl ?? "",
          r.settings.redirectUrl ?? "",
          r.settings.restUrl ?? "",
          String(r.institutions),
          r.activated_at?.toISOString() ?? "",
          r.changed_at.toISOString(),
        ],
      },
    );
  });
