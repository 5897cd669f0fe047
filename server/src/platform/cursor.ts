import { Problem } from "@area/api";
import { z } from "zod";
import { unwritableIn } from "./unwritable.ts";

/** A cursor is the key of the last row, opaque to who holds it and checked on the way back. */
export const cursorOf = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString("base64url");
export const keyIn = <T extends z.ZodType>(cursor: string | undefined, shape: T): z.output<T> | null => {
  if (!cursor) return null;
  try {
    const key = shape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    if (unwritableIn(key, "").length === 0) return key;
  } catch {
    // Not one of ours.
  }
  throw new Problem("input-invalid", {}, [{ path: "query/cursor", code: "wrong-format" }]);
};
/** The key of rows in order of time. An instant as we print it, and no other: PostgreSQL knows fewer than ISO 8601. */
export const AtAndId = z.object({ at: z.iso.datetime().regex(/^(?!0000)/), id: z.uuid() });
/** The key of rows in order of a name. */
export const NameAndId = z.object({ name: z.string().max(1000), id: z.uuid() });
/** One row more than asked was read: it tells whether there is a next page. */
export const pageOf = <R, T>(
  rows: R[],
  limit: number,
  item: (row: R) => T,
  key: (row: R) => unknown,
): { items: T[]; next: string | null } => {
  const shown = rows.slice(0, limit);
  return { items: shown.map(item), next: rows.length > limit ? cursorOf(key(shown.at(-1)!)) : null };
};
