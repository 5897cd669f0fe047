import type { FieldProblem } from "@area/api";

/** Where a text holds what no database keeps: a NUL, or half of a character. */
export const unwritableIn = (value: unknown, path: string): FieldProblem[] =>
  typeof value === "string"
    ? value.includes("\u0000") || !value.isWellFormed()
      ? [{ path, code: "wrong-format" }]
      : []
    : typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => unwritableIn(inner, `${path}/${key}`))
      : [];
