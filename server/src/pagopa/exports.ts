import type { FileAnswer } from "@area/api";
import { CSV_START, csvLine } from "../people/index.ts";
import type { Transaction } from "../platform/database/transaction.ts";
import type { Actor } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";

const PAGE = 500;

/**
 * A table of any length as a file, read a page at a time by key while it travels: each page is a transaction of its own, as
 * whoever asked, so that no connection is held while a slow reader reads, and nothing grows with the length.
 */
export const streamed = <R, K>(
  parts: Parts,
  by: { actor: Actor; institutionId: string; environment: "test" | "production" },
  file: {
    name: string;
    separator: "comma" | "semicolon";
    columns: readonly string[];
    page(tx: Transaction, after: K | null, limit: number): Promise<R[]>;
    key(row: R): K;
    cells(row: R): string[];
  },
): FileAnswer => {
  const { actor, institutionId, environment } = by;
  const scope = actor.mandate
    ? { person: actor.personId, delegator: institutionId, mandate: `pagopa/${environment}` }
    : { person: actor.personId, institution: institutionId };
  const separator = file.separator === "comma" ? "," : ";";
  const lines = async function* () {
    yield Buffer.from(`${file.separator === "comma" ? "" : CSV_START}${csvLine(file.columns, separator)}`, "utf8");
    for (let after: K | null = null; ; ) {
      const rows: R[] = await parts.database.transaction(
        scope,
        (tx) => file.page(tx, after, PAGE),
        () => "read",
      );
      if (rows.length > 0) yield Buffer.from(rows.map((r) => csvLine(file.cells(r), separator)).join(""), "utf8");
      if (rows.length < PAGE) return;
      after = file.key(rows.at(-1)!);
    }
  };
  return { name: file.name, mediaType: "text/csv", bytes: lines() };
};
