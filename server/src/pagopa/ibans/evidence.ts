import { createHash, randomUUID } from "node:crypto";
import { api, barcodeOf, type IbanEvidence } from "@area/api";
import type { Schedule } from "../../platform/act.ts";
import { dayInRome } from "../../platform/days.ts";
import { handle } from "../../platform/pipeline.ts";
import type { Parts } from "../../ports/index.ts";
import { requireMayUse } from "./guards.ts";
import * as store from "./store.ts";

const KEPT_DAYS = 30;
/** A PDF, or the envelope of a signature around one (DER or BER, RFC 5652). */
const mediaTypeOf = (bytes: Buffer): "application/pdf" | "application/pkcs7-mime" | null =>
  bytes.subarray(0, 1024).includes("%PDF-")
    ? "application/pdf"
    : bytes[0] === 0x30 && (bytes[1] === 0x80 || bytes[1] === 0x82 || bytes[1] === 0x83)
      ? "application/pkcs7-mime"
      : null;

const shown = (e: NonNullable<Awaited<ReturnType<typeof store.evidenceOf>>>): IbanEvidence => ({
  id: e.id,
  name: e.name,
  length: e.length,
  sha256: Buffer.from(e.sha256).toString("hex"),
});

/** Whose an account is, shown by a file; and what would feel it if the account went. */
export const evidence = ({ database, ports }: Pick<Parts, "database" | "ports">) => ({
  handlers: {
    addEvidence: handle(api.pagopa.ibans.addEvidence, {
      prepare: async ({ params, file }, { fail, dryRun }) => {
        const { bytes, name } = file!;
        const mediaType = mediaTypeOf(bytes);
        if (!mediaType) return fail("evidence-not-a-pdf");
        const id = randomUUID();
        const storageKey = `iban-evidence/${params.institutionId}/${id}.${mediaType === "application/pdf" ? "pdf" : "p7m"}`;
        if (!dryRun) await ports.storage.put(storageKey, bytes, mediaType);
        return {
          id,
          mediaType,
          storageKey,
          name: name.slice(0, 200),
          length: bytes.length,
          sha256: createHash("sha256").update(bytes).digest(),
        };
      },
      run: async ({ params, query }, { db, actor, now, fail, audit }, kept) => {
        const at = { institutionId: params.institutionId, environment: query.environment };
        await requireMayUse({ db, fail }, at);
        await store.insertEvidence(db, { ...at, ...kept, by: actor.personId, at: now });
        const told = { id: kept.id, name: kept.name, length: kept.length, sha256: kept.sha256.toString("hex") };
        audit(
          "pagopa.iban.evidence-added",
          { ...told, environment: at.environment },
          { institutionId: at.institutionId },
        );
        return told;
      },
    }),
    evidence: handle(api.pagopa.ibans.evidence, {
      prepare: async ({ params, query }, { read, fail }) => {
        const at = { institutionId: params.institutionId, environment: query.environment };
        const found = await read({ institution: at.institutionId }, async ({ db, connection }) => ({
          iban: await store.ibanOf(connection, at, params.ibanId),
          evidence: await store.evidenceOf(db, at, params.ibanId),
        }));
        if (!found.iban) return fail("iban-unknown");
        if (!found.evidence) return fail("evidence-unknown");
        const stored = await ports.storage.get(found.evidence.storage_key);
        if (!stored) throw new Error(`evidence ${found.evidence.id} has lost its file`);
        return {
          name: found.evidence.name,
          mediaType: found.evidence.media_type,
          bytes: stored.bytes,
          length: stored.length,
        };
      },
      run: async (_input, _context, found) => found,
    }),
    dependents: handle(api.pagopa.ibans.dependents, async ({ params, query }, { db, connection, now, fail }) => {
      const at = { institutionId: params.institutionId, environment: query.environment };
      const row = await store.ibanOf(connection, at, params.ibanId);
      if (!row) return fail("iban-unknown");
      const others = (await store.elsewhere(connection, at, [row.iban])).get(row.iban);
      const kept = await store.evidenceOf(db, at, row.id);
      return {
        labels: row.labels,
        lastInUse: row.retired_at === null && !(await store.othersOn(db, at, [row.id], dayInRome(now))),
        shared: others?.shared ?? false,
        owner: row.holder_kind === "own" && !others?.owned,
        barcode: barcodeOf(row.iban),
        evidence: kept ? shown(kept) : null,
      };
    }),
  },
  schedules: {
    /** A file that no account ever named says nothing about any. */
    "ibans:forget-evidence": {
      everyMinutes: 24 * 60,
      run: async (now) => {
        const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
        for (const one of await database.asSystem(({ db }) => store.evidenceWaitingSince(db, before))) {
          await ports.storage.remove(one.storage_key);
          await database.asSystem(({ db }) => store.dropEvidence(db, one.id));
        }
      },
    } satisfies Schedule,
  },
});
