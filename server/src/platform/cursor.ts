import { Problem } from "@area/api";
import type { z } from "zod";

/** A cursor is the key of the last row, opaque to who holds it and checked on the way back. */
export const cursorOf = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString("base64url");
export const keyIn = <T extends z.ZodType>(cursor: string | undefined, shape: T): z.output<T> | null => {
  if (!cursor) return null;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw new Problem("input-invalid", {}, [{ path: "query/cursor", code: "wrong-format" }]);
  }
};
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
