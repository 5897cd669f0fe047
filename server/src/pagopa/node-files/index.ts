import { createHash } from "node:crypto";
import { api, nodeVerdicts } from "@area/api";
import { handle } from "../../platform/pipeline.ts";
import { readNodeFile } from "./read-node-file.ts";
import * as store from "./store.ts";
import { judge } from "./verdicts.ts";

/** The node's files of mass load, tried without changing anything: every row with all that is wrong with it. */
export const nodeFiles = () => ({
  handlers: {
    check: handle(api.pagopa.nodeFiles.check, {
      prepare: async ({ file }) => readNodeFile(file!),
      run: async ({ query, file }, { connection, now, enter, audit }, read) => {
        const of = (...names: string[]) => [
          ...new Set(read.rows.flatMap((row) => names.flatMap((name) => row.fields[name] || []))),
        ];
        // Institutions, stations and accounts of many are looked at, and nothing of them is told but whether the row fits.
        enter({ purpose: "system" });
        const known = await store.knownOf(connection, query.environment, {
          taxCodes: of("cf", "iddominio"),
          stations: of("idstazione", "idstazione_provenienza", "idstazione_destinazione"),
          ibans: of("iban").map((iban) => iban.replace(/\s+/g, "").toUpperCase()),
        });
        const lines = judge(read, query.environment, known, now);
        const sha256 = createHash("sha256").update(file!.bytes).digest("hex");
        const counts = Object.fromEntries(
          nodeVerdicts.map((verdict) => [verdict, lines.filter((line) => line.verdict === verdict).length]),
        ) as Record<(typeof nodeVerdicts)[number], number>;
        audit("pagopa.node-file.checked", { sha256, kind: read.kind, environment: query.environment, counts });
        return { kind: read.kind, sha256, counts, lines };
      },
    }),
  },
});
