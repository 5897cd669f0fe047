import { api, type Environment, type IbanLabel, type IbanState } from "@area/api";
import { z } from "zod";
import { institutionFacts } from "../../institutions/index.ts";
import { keyIn, pageOf } from "../../platform/cursor.ts";
import { dayInRome } from "../../platform/days.ts";
import { handle } from "../../platform/pipeline.ts";
import type { Parts } from "../../ports/index.ts";
import { streamed } from "../exports.ts";
import { stateOn } from "./shown.ts";
import * as store from "./store.ts";

const Key = z.object({ name: z.string().max(1000), institution: z.uuid(), iban: z.string().max(34) });
const keyOf = (r: store.DelegatorIban) => ({ name: r.name, institution: r.institution_id, iban: r.iban });

/** The columns of the export that partners know (SANP, esportazioni). */
const columns = [
  "denominazioneEnte",
  "codiceFiscale",
  "iban",
  "stato",
  "dataAttivazioneIban",
  "descrizione",
  "etichetta",
];
const states: Record<IbanState, string> = {
  planned: "In programma",
  active: "Abilitato",
  expired: "Scaduto",
  retired: "Ritirato",
};
const labels: Record<IbanLabel, string> = { cup: "CUP", "stand-in": "STAND-IN" };
type Line = { iban: string; description: string; valid_from: string; valid_until: string | null; labels: IbanLabel[] };
const cells = (of: { name: string; taxCode: string }, r: Line, today: string): string[] => [
  of.name,
  of.taxCode,
  r.iban,
  states[stateOn({ ...r, retired_at: null }, today)],
  r.valid_from,
  r.description,
  r.labels.map((label) => labels[label]).join(", "),
];
const fileName = (environment: Environment) => `iban-${environment === "test" ? "collaudo" : "produzione"}.csv`;

/** The accounts as files and as lists for programs: live, in one order, every one once. */
export const ibanLists = (parts: Parts) => ({
  export: handle(api.pagopa.ibans.export, async ({ params, query }, { db, actor, now }) => {
    const at = { institutionId: params.institutionId, environment: query.environment };
    const of = await institutionFacts(db, at.institutionId);
    return streamed(
      parts,
      { actor, ...at },
      {
        name: fileName(at.environment),
        separator: query.separator,
        columns,
        page: ({ connection }, after: { iban: string; id: string } | null, limit) =>
          store.ibansOf(connection, at, { retired: false, after, limit }),
        key: (r) => ({ iban: r.iban, id: r.id }),
        cells: (r) => cells({ name: of.name, taxCode: of.tax_code }, r, dayInRome(now)),
      },
    );
  }),
  exportForDelegators: handle(api.pagopa.ibans.exportForDelegators, async ({ params, query }, { actor, now }) => {
    const at = { institutionId: params.institutionId, environment: query.environment };
    return streamed(
      parts,
      { actor, ...at },
      {
        name: fileName(at.environment),
        separator: query.separator,
        columns,
        page: ({ connection }, after: z.output<typeof Key> | null, limit) =>
          store.delegatorsIbans(connection, at, { personId: actor.personId, now, after, limit }),
        key: keyOf,
        cells: (r) => cells({ name: r.name, taxCode: r.tax_code }, r, dayInRome(now)),
      },
    );
  }),
  ofDelegators: handle(api.pagopa.ibans.ofDelegators, async ({ params, query }, { connection, actor, now }) =>
    pageOf(
      await store.delegatorsIbans(
        connection,
        { institutionId: params.institutionId, environment: query.environment },
        { personId: actor.personId, now, after: keyIn(query.cursor, Key), limit: query.limit + 1 },
      ),
      query.limit,
      (r) => ({
        institution: { id: r.institution_id, name: r.name, taxCode: r.tax_code },
        iban: r.iban,
        state: stateOn({ ...r, retired_at: null }, dayInRome(now)),
        validFrom: r.valid_from,
        validUntil: r.valid_until,
        description: r.description,
        labels: r.labels,
      }),
      keyOf,
    ),
  ),
});
