import { createHash } from "node:crypto";
import { Problem } from "@area/api";
import type { Parts } from "../ports/index.ts";
import type { ImportReport } from "./import-ipa.ts";
import * as lists from "./lists-store.ts";
import { readAnacFile, readIvassFile, readUnitFile } from "./read-list-file.ts";
import * as store from "./store.ts";

/** The files that `import` takes beside the bodies of IndicePA. */
export const listNames = ["ipa-aoo", "ipa-uo", "ivass", "anac"] as const;
export type ListName = (typeof listNames)[number];

/** A file that would end more than a fifth of what is known is more likely cut short than true. */
const MOST_ENDED = 0.2;

/**
 * Brings a list to what its file says, whole or not at all: new ones in, known ones renewed in place, missing ones ended.
 * The same strictness as for the bodies of IndicePA.
 */
export const importList = async (
  parts: Pick<Parts, "act">,
  name: ListName,
  bytes: Uint8Array,
  options: { allowManyEnded?: boolean } = {},
): Promise<ImportReport> => {
  const unitKind = name === "ipa-aoo" ? "AOO" : name === "ipa-uo" ? "UO" : null;
  const units = unitKind ? readUnitFile(unitKind, bytes) : [];
  const entries = name === "ivass" ? readIvassFile(bytes) : name === "anac" ? readAnacFile(bytes) : [];
  const registry = name.toUpperCase();
  return parts.act({ kind: "system", name: `import ${name}` }, async ({ db, connection, emit, now }) => {
    const known = unitKind ? await lists.allUnits(db, unitKind) : await lists.allEntries(db, registry);
    const before = new Map(known.map((one) => [one.code, one]));
    const read = new Map<string, string>([...units, ...entries].map((one) => [one.code, lists.digestOf(one)]));
    const isNew = (one: { code: string }) => !before.has(one.code);
    const isChanged = (one: { code: string }) => {
      const old = before.get(one.code);
      return old !== undefined && (old.state !== "active" || lists.digestOfRow(old) !== read.get(one.code));
    };
    const ended = known.filter((one) => one.state === "active" && !read.has(one.code)).map((one) => one.code);
    const active = known.filter((one) => one.state === "active").length;
    if (active >= 50 && ended.length > active * MOST_ENDED && !options.allowManyEnded)
      throw new Problem("registry-file-malformed", {
        line: read.size + 1,
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
    return { ...report, doubtfulTaxCodes: 0 };
  });
};
