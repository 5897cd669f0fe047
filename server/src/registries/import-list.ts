import { createHash } from "node:crypto";
import { Problem } from "@area/api";
import type { Parts } from "../ports/index.ts";
import type { ImportReport } from "./import-ipa.ts";
import * as lists from "./lists-store.ts";
import { type Entry, readAnacFile, readIvassFile, readUnitFile, type Unit } from "./read-list-file.ts";
import type { RefusedRow } from "./read-rows.ts";
import * as store from "./store.ts";

/** The files that `import` takes beside the bodies of IndicePA. */
export const listNames = ["ipa-aoo", "ipa-uo", "ivass", "anac"] as const;
export type ListName = (typeof listNames)[number];

/** A file that would end more than a fifth of what is known is more likely cut short than true. */
const MOST_ENDED = 0.2;

/** More rows refused than these in a hundred, and the file is not of this list: nothing is taken. */
const MOST_REFUSED = 0.2;
/** As many verdicts as somebody reads; the number is told whole. */
const VERDICTS = 1000;
export type ListReport = ImportReport & { refused: number; refusedRows: RefusedRow[] };

/**
 * Brings a list to what its file says: new ones in, known ones renewed in place, missing ones ended. A file that cannot be read is
 * refused whole; a row that is wrong is refused with its line and reason, and what is known under its code stays as it is.
 * The same file again changes nothing.
 */
export const importList = async (
  parts: Pick<Parts, "act">,
  name: ListName,
  bytes: Uint8Array,
  options: { allowManyEnded?: boolean } = {},
): Promise<ListReport> => {
  const unitKind = name === "ipa-aoo" ? "AOO" : name === "ipa-uo" ? "UO" : null;
  const read =
    unitKind !== null ? readUnitFile(unitKind, bytes) : name === "ivass" ? readIvassFile(bytes) : readAnacFile(bytes);
  const units = read.taken.filter((one): one is Unit => "kind" in one);
  const entries = read.taken.filter((one): one is Entry => !("kind" in one));
  const rows = read.taken.length + read.refused.length;
  if (read.refused.length > rows * MOST_REFUSED) {
    const [first] = read.refused;
    throw new Problem("registry-file-malformed", {
      line: first!.line,
      reason: `${first!.reason}; righe sbagliate: ${read.refused.length} su ${rows}, troppe per essere questo elenco`,
    });
  }
  const registry = name.toUpperCase();
  return parts.act({ kind: "system", name: `import ${name}` }, async ({ db, connection, emit, now }) => {
    const known = unitKind ? await lists.allUnits(db, unitKind) : await lists.allEntries(db, registry);
    const before = new Map(known.map((one) => [one.code, one]));
    const digests = new Map<string, string>([...units, ...entries].map((one) => [one.code, lists.digestOf(one)]));
    const isNew = (one: { code: string }) => !before.has(one.code);
    const isChanged = (one: { code: string }) => {
      const old = before.get(one.code);
      return old !== undefined && (old.state !== "active" || lists.digestOfRow(old) !== digests.get(one.code));
    };
    const ended = known.filter((one) => one.state === "active" && !read.named.has(one.code)).map((one) => one.code);
    const active = known.filter((one) => one.state === "active").length;
    if (active >= 50 && ended.length > active * MOST_ENDED && !options.allowManyEnded)
      throw new Problem("registry-file-malformed", {
        line: rows + 1,
        reason: `il file farebbe cessare ${ended.length} voci su ${active}: sembra incompleto (se è vero, usa --allow-many-ended)`,
      });
    const everything = [...units, ...entries];
    const report = {
      rows: everything.length,
      added: everything.filter(isNew).length,
      changed: everything.filter(isChanged).length,
      ended: ended.length,
    };
    await lists.writeUnits(
      connection,
      units.filter((u) => isNew(u) || isChanged(u)),
      now,
    );
    await lists.writeEntries(
      connection,
      entries.filter((e) => isNew(e) || isChanged(e)),
      now,
    );
    if (unitKind) await lists.endUnits(db, unitKind, ended, now);
    else await lists.endEntries(db, registry, ended, now);
    await store.keepImport(db, { registry, at: now, digest: createHash("sha256").update(bytes).digest(), ...report });
    emit("registries.import.completed", { registry, ...report });
    return {
      ...report,
      doubtfulTaxCodes: 0,
      refused: read.refused.length,
      refusedRows: read.refused.slice(0, VERDICTS),
    };
  });
};
