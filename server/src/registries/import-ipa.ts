import { createHash } from "node:crypto";
import { Problem } from "@area/api";
import type { Parts } from "../ports/index.ts";
import { type IpaBody, readIpaFile } from "./read-ipa-file.ts";
import * as store from "./store.ts";

export type ImportReport = { rows: number; added: number; changed: number; ended: number; doubtfulTaxCodes: number };

/** A file that would end more than a fifth of the bodies is more likely cut short than true. */
const MOST_ENDED = 0.2;

const differs = (before: Record<string, unknown>, b: IpaBody) =>
  before["name"] !== b.name ||
  before["tax_code"] !== b.taxCode ||
  before["category"] !== b.category ||
  before["pec"] !== b.pec ||
  before["address"] !== b.address ||
  before["zip_code"] !== b.zipCode ||
  before["city"] !== b.city ||
  (before["responsible_given_name"] ?? "") !== (b.responsible?.givenName ?? "") ||
  (before["responsible_family_name"] ?? "") !== (b.responsible?.familyName ?? "") ||
  (before["responsible_title"] ?? "") !== (b.responsible?.title ?? "") ||
  before["state"] !== "active";

/**
 * Brings the registry to what the file says, whole or not at all: new bodies in, known ones renewed in place, missing ones ended.
 * Announces what changed for a body, so that who joined can be told; nothing of theirs changes by itself.
 */
export const importIpa = async (
  parts: Pick<Parts, "act">,
  bytes: Uint8Array,
  options: { allowManyEnded?: boolean } = {},
): Promise<ImportReport> => {
  const { bodies, doubtfulTaxCodes } = readIpaFile(bytes);
  return parts.act({ kind: "system", name: "import ipa" }, async ({ db, connection, emit, now }) => {
    const before = new Map((await store.allBodies(db)).map((b) => [b.ipa_code, b]));
    const added = bodies.filter((b) => !before.has(b.ipaCode));
    const changed = bodies.filter((b) => before.has(b.ipaCode) && differs(before.get(b.ipaCode)!, b));
    const present = new Set(bodies.map((b) => b.ipaCode));
    const ended = [...before.values()]
      .filter((b) => b.state === "active" && !present.has(b.ipa_code))
      .map((b) => b.ipa_code);
    const active = [...before.values()].filter((b) => b.state === "active").length;
    if (active >= 50 && ended.length > active * MOST_ENDED && !options.allowManyEnded)
      throw new Problem("registry-file-malformed", {
        line: bodies.length + 1,
        reason: `il file farebbe cessare ${ended.length} enti su ${active}: sembra incompleto (se è vero, usa --allow-many-ended)`,
      });
    await store.writeBodies(connection, [...added, ...changed], now);
    await store.endBodies(connection, ended, now);
    await store.markRead(connection, now);
    for (const b of changed) {
      const old = before.get(b.ipaCode)!;
      if (old.state === "ended") emit("registries.body.returned", { ipaCode: b.ipaCode });
      if (old.pec !== b.pec)
        emit("registries.body.changed", { ipaCode: b.ipaCode, field: "pec", before: old.pec, after: b.pec });
      if (old.name !== b.name)
        emit("registries.body.changed", { ipaCode: b.ipaCode, field: "name", before: old.name, after: b.name });
    }
    for (const ipaCode of ended) emit("registries.body.ended", { ipaCode });
    const report = { rows: bodies.length, added: added.length, changed: changed.length, ended: ended.length };
    await store.keepImport(db, {
      registry: "IPA",
      at: now,
      digest: createHash("sha256").update(bytes).digest(),
      ...report,
    });
    emit("registries.import.completed", { registry: "IPA", ...report });
    return { ...report, doubtfulTaxCodes };
  });
};
