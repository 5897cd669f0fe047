import { createHash, randomUUID } from "node:crypto";
import { api, type Environment, type IbanImport, isPostal } from "@area/api";
import { z } from "zod";
import { whoActs } from "../../delegations/index.ts";
import { institutionFacts, readTaxCode } from "../../institutions/index.ts";
import type { Schedule } from "../../platform/act.ts";
import { AtAndId, keyIn, pageOf } from "../../platform/cursor.ts";
import type { Connection } from "../../platform/database/connection.ts";
import type { Db } from "../../platform/database/transaction.ts";
import { dayInRome, daysAfter } from "../../platform/days.ts";
import { handle, type UploadedFile } from "../../platform/pipeline.ts";
import type { Parts } from "../../ports/index.ts";
import { type At, doneBy, requireMayChange, requireMayUse } from "./guards.ts";
import * as imports from "./imports-store.ts";
import { readImport, type WrittenFile, type WrittenRow } from "./read-import.ts";
import * as store from "./store.ts";
import { type Verdict, verdictsOf, type World } from "./verdicts.ts";

const KEPT_DAYS = 30;
const shown = (i: imports.ImportRow): IbanImport => ({
  id: i.id,
  environment: i.environment as Environment,
  name: i.name,
  sha256: Buffer.from(i.sha256).toString("hex"),
  uploadedAt: i.uploaded_at.toISOString(),
  uploadedBy: i.uploaded_by_name,
  partner: i.partner_name,
  rows: i.rows,
  toAdd: i.to_add,
  toUpdate: i.to_change,
  toDelete: i.to_retire,
  unchanged: i.unchanged,
  refused: i.refused,
  applied: i.applied_at ? { at: i.applied_at.toISOString(), by: i.applied_by_name ?? "" } : null,
});

/** What the verdicts look at: the same for a file just read and for one that is about to be applied. */
const worldOf = async (
  connection: Connection,
  at: At,
  written: readonly { iban: string }[],
  now: Date,
  hold = false,
): Promise<World> => {
  const codes = [
    ...new Set(
      written.map((row) =>
        row.iban
          .replace(/[\s\u00a0-]+/g, "")
          .toUpperCase()
          .slice(0, 40),
      ),
    ),
  ];
  return {
    environment: at.environment,
    today: dayInRome(now),
    mine: new Map((await imports.knownIbans(connection, at, hold)).map((known) => [known.iban, known])),
    elsewhere: await store.elsewhere(connection, at, codes),
    barcodes: await imports.barcodesCarried(
      connection,
      at.environment,
      codes.filter(isPostal).map((iban) => iban.slice(15)),
    ),
  };
};
const countsOf = (verdicts: readonly Verdict[]) => {
  const of = (wanted: (v: Verdict) => boolean) => verdicts.filter(wanted).length;
  return {
    add: of((v) => v.verdict === "accepted" && v.operation === "add"),
    change: of((v) => v.verdict === "accepted" && v.operation === "change"),
    retire: of((v) => v.verdict === "accepted" && v.operation === "retire"),
    unchanged: of((v) => v.verdict === "unchanged"),
    refused: of((v) => v.verdict === "refused"),
  };
};

/** Checks what was written for one institution and keeps it with its verdicts. */
const keep = async (
  { db, connection, now }: { db: Db; connection: Connection; now: Date },
  at: At,
  files: readonly WrittenFile[],
  from: {
    file: UploadedFile;
    name: string;
    uploadId: string;
    by: string;
    partner: { id: string; name: string } | null;
  },
): Promise<IbanImport> => {
  const many = files.length > 1;
  const rows = files.flatMap((one) => one.rows.map((row) => ({ ...row, file: many ? one.name.slice(0, 200) : null })));
  const verdicts = verdictsOf(rows, await worldOf(connection, at, rows, now));
  const id = randomUUID();
  await imports.insertImport(db, {
    ...at,
    id,
    uploadId: from.uploadId,
    name: from.name.slice(0, 200),
    sha256: createHash("sha256").update(from.file.bytes).digest(),
    by: from.by,
    at: now,
    partner: from.partner,
    counts: countsOf(verdicts),
  });
  await imports.insertVerdicts(connection, id, at, verdicts);
  return shown((await imports.importOf(db, at, id))!);
};

/** What a kept row said, as it was written: it is looked at again when its turn comes. */
const writtenAgain = (v: imports.KeptVerdict, known: World["mine"]): WrittenRow & { file: string | null } => ({
  line: v.number,
  file: v.file,
  operation: v.operation === "retire" ? "DELETE" : known.has(v.iban) && v.operation === "add" ? "CREATE" : "UPSERT",
  iban: v.iban,
  description: v.operation === "retire" ? "" : (v.description ?? ""),
  validFrom: v.operation === "retire" ? "" : (v.validFrom ?? ""),
  validUntil: v.operation === "retire" ? "" : (v.validUntil ?? ""),
});

/** Many accounts at once: checked row by row, applied in one transaction or not at all. */
export const ibanImports = (parts: Parts) => {
  const actsFor = whoActs(parts.config.session.idleMinutes);
  const a = api.pagopa.ibanImports;
  return {
    handlers: {
      list: handle(a.list, async ({ params, query }, { db }) =>
        pageOf(
          await imports.importsOf(
            db,
            { institutionId: params.institutionId, environment: query.environment },
            keyIn(query.cursor, AtAndId),
            query.limit + 1,
          ),
          query.limit,
          shown,
          (i) => ({ at: i.uploaded_at.toISOString(), id: i.id }),
        ),
      ),
      read: handle(a.read, async ({ params, query }, { db, fail }) => {
        const at = { institutionId: params.institutionId, environment: query.environment };
        const row = await imports.importOf(db, at, params.importId);
        return row ? shown(row) : fail("iban-import-unknown");
      }),
      rows: handle(a.rows, async ({ params, query }, { db, fail }) => {
        const at = { institutionId: params.institutionId, environment: query.environment };
        if (!(await imports.importOf(db, at, params.importId))) return fail("iban-import-unknown");
        const rows = await imports.verdictsOf(db, params.importId, {
          verdict: query.verdict ?? null,
          after: keyIn(query.cursor, z.number().int()),
          limit: query.limit + 1,
        });
        return pageOf(
          rows,
          query.limit,
          ({ ibanId: _, ...row }) => row,
          (row) => row.number,
        );
      }),

      check: handle(a.check, {
        // Reading a large file is work: it is done before the transaction.
        prepare: async ({ file }, { actor, read }) => {
          const partnerId = actor?.mandate?.partnerId;
          return {
            files: readImport(file!),
            partner: partnerId
              ? await read({ purpose: "system" }, async ({ db }) => ({
                  id: partnerId,
                  name: (await institutionFacts(db, partnerId)).name,
                }))
              : null,
          };
        },
        run: async ({ params, query, file }, { db, connection, actor, now, fail, audit }, { files, partner }) => {
          const at = { institutionId: params.institutionId, environment: query.environment };
          await requireMayUse({ db, fail }, at);
          const own = await readTaxCode(db, at.institutionId);
          const foreign = files.find((one) => one.taxCode !== null && one.taxCode !== own);
          if (foreign) return fail("iban-file-of-another", { taxCode: foreign.taxCode!, file: foreign.name });
          const kept = await keep({ db, connection, now }, at, files, {
            file: file!,
            name: file!.name,
            uploadId: randomUUID(),
            by: actor.personId,
            partner,
          });
          audit(
            "pagopa.iban.import-checked",
            {
              importId: kept.id,
              environment: at.environment,
              sha256: kept.sha256,
              rows: kept.rows,
              refused: kept.refused,
            },
            { institutionId: at.institutionId },
          );
          return kept;
        },
      }),

      apply: handle(a.apply, async ({ params, query, body }, context) => {
        const { db, connection, actor, now, fail, emit } = context;
        const at = { institutionId: params.institutionId, environment: query.environment };
        await requireMayChange(context, at);
        if (!(await imports.lockImport(db, at, params.importId))) return fail("iban-import-unknown");
        const known = (await imports.importOf(db, at, params.importId))!;
        // Asked again, it was done: the same answer, and nothing twice.
        if (known.applied_at) return shown(known);
        if (known.refused > 0 && !body.partial) return fail("iban-import-partial", { refused: known.refused });
        const wanted = { add: known.to_add, change: known.to_change, retire: known.to_retire };
        const count = wanted.add + wanted.change + wanted.retire;
        if (count === 0) return fail("iban-import-empty");
        await store.holdAccounts(connection, at);
        const accepted = await imports.verdictsOf(db, known.id, { verdict: "accepted", after: null, limit: count });
        const world = await worldOf(connection, at, accepted, now, true);
        const outdated = verdictsOf(
          accepted.map((v) => writtenAgain(v, world.mine)),
          world,
        ).find((again, i) => again.verdict !== "accepted" || again.ibanId !== accepted[i]!.ibanId);
        if (outdated) {
          const row = accepted.find((v) => v.number === outdated.line)!;
          return fail("iban-import-outdated", {
            line: row.line,
            iban: row.iban,
            because: outdated.problem ?? outdated.verdict,
          });
        }
        const written = await imports.applyRows(connection, known.id, at, {
          personId: actor.personId,
          now,
          retiresOn: daysAfter(dayInRome(now), 1),
        });
        // A postal account that another institution took in this very moment: the index said so, and nothing stands.
        if (written.add !== wanted.add || written.change !== wanted.change || written.retire !== wanted.retire)
          return fail("iban-import-outdated", {});
        await imports.markApplied(db, known.id, actor.personId, now);
        emit(
          "pagopa.iban.import-applied",
          {
            importId: known.id,
            environment: at.environment,
            sha256: Buffer.from(known.sha256).toString("hex"),
            added: written.add,
            changed: written.change,
            retiring: written.retire,
            ...doneBy(actor),
          },
          { institutionId: at.institutionId },
        );
        return shown((await imports.importOf(db, at, known.id))!);
      }),

      checkForDelegators: handle(a.checkForDelegators, {
        prepare: async ({ file }, { fail }) => {
          const files = readImport(file!);
          const unnamed = files.find((one) => one.taxCode === null);
          return unnamed
            ? fail("iban-file-malformed", { file: unnamed.name, reason: "serve un JSON per ente, in uno ZIP" })
            : files;
        },
        run: async ({ params, query, file }, context, files) => {
          const { db, connection, actor, now, fail, audit, enter, actAs, sessionHash } = context;
          const partner = { id: params.institutionId, name: (await institutionFacts(db, params.institutionId)).name };
          await requireMayUse({ db, fail }, { institutionId: partner.id, environment: query.environment });
          const byTaxCode = new Map<string, WrittenFile[]>();
          for (const one of files) byTaxCode.set(one.taxCode!, [...(byTaxCode.get(one.taxCode!) ?? []), one]);
          const delegators = new Map(
            (await imports.delegatorsByTaxCode(connection, partner.id, [...byTaxCode.keys()])).map((d) => [
              d.tax_code,
              d,
            ]),
          );
          const uploadId = randomUUID();
          const told = [];
          for (const [taxCode, own] of byTaxCode) {
            const delegator = delegators.get(taxCode);
            const line = {
              taxCode,
              files: own.map((one) => one.name),
              institution: delegator ? { id: delegator.institution_id, name: delegator.name } : null,
              delegationId: delegator?.delegation_id ?? null,
              problem: null as string | null,
              import: null as IbanImport | null,
            };
            told.push(line);
            if (!delegator) {
              line.problem = "mandate-unknown";
              continue;
            }
            // The same question as for one request under this mandate: profile, scope, environment, dates, assignment.
            enter({ institution: null, delegator: null, mandate: null, purpose: "system" });
            const { refusal } = await actsFor(connection, {
              sessionHash: sessionHash!,
              institutionId: delegator.institution_id,
              delegationId: delegator.delegation_id,
              permission: "pagopa:ibans:write",
              productId: "pagopa",
              environment: query.environment,
              resource: null,
              now,
            });
            if (refusal) {
              line.problem = refusal.code;
              continue;
            }
            const at = { institutionId: delegator.institution_id, environment: query.environment };
            enter({
              purpose: null,
              institution: null,
              person: actor.personId,
              delegator: at.institutionId,
              mandate: `pagopa/${at.environment}`,
            });
            line.import = await keep({ db, connection, now }, at, own, {
              file: file!,
              name: own.map((one) => one.name).join(", "),
              uploadId,
              by: actor.personId,
              partner,
            });
            actAs({
              kind: "person",
              personId: actor.personId,
              mandate: {
                institutionId: at.institutionId,
                partnerId: partner.id,
                delegationId: delegator.delegation_id,
              },
            });
            audit(
              "pagopa.iban.import-checked",
              {
                importId: line.import.id,
                environment: at.environment,
                sha256: line.import.sha256,
                rows: line.import.rows,
                refused: line.import.refused,
              },
              { institutionId: at.institutionId },
            );
          }
          enter({ purpose: null, institution: partner.id, person: actor.personId, delegator: null, mandate: null });
          return { files: told };
        },
      }),
    },
    schedules: {
      /** A file that nobody applied in a month says what nobody wants any more. */
      "ibans:forget-imports": {
        everyMinutes: 24 * 60,
        run: async (now) => {
          const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
          await parts.database.asSystem(({ db }) => imports.sweepImports(db, before));
        },
      } satisfies Schedule,
    },
  };
};
