import { z } from "zod";
import type { FieldProblem } from "../kit/problem.ts";
import type { FieldRule } from "../problems.ts";

/** A check on a value that says which rule it breaks, so that every language can word it. */
export const rule = (name: FieldRule, facts: Record<string, unknown> = {}) => ({ params: { rule: name, ...facts } });

const ruleOf = (issue: z.core.$ZodIssue): { code: FieldRule; facts?: Record<string, unknown> } => {
  switch (issue.code) {
    case "custom": {
      const { rule: name, ...facts } = (issue.params ?? {}) as { rule?: FieldRule };
      return { code: name ?? "wrong-format", facts };
    }
    case "too_small":
      return issue.origin === "array" || issue.origin === "set"
        ? { code: "too-few", facts: { minimum: Number(issue.minimum) } }
        : Number(issue.minimum) === 1
          ? { code: "required" }
          : { code: "too-short", facts: { minimum: Number(issue.minimum) } };
    case "too_big":
      return issue.origin === "array" || issue.origin === "set"
        ? { code: "too-many", facts: { maximum: Number(issue.maximum) } }
        : { code: "too-long", facts: { maximum: Number(issue.maximum) } };
    case "invalid_type":
      return { code: issue.message.includes("undefined") ? "required" : "wrong-type" };
    case "unrecognized_keys":
      return { code: "unknown-field", facts: { fields: issue.keys.slice(0, 5) } };
    case "invalid_union": {
      // Nothing was given, so that no branch could begin: what is said is that it is missing.
      const absent = issue.errors.every((branch) =>
        branch.every((e) => e.code === "invalid_type" && e.path.length === 0 && e.message.includes("undefined")),
      );
      return { code: absent && issue.errors.length > 0 ? "required" : "not-allowed" };
    }
    case "invalid_value":
      return { code: "not-allowed" };
    default:
      return { code: "wrong-format" };
  }
};

/** Every place of the input that is wrong, as the form and the API show it. At most 50. */
export const fieldProblems = (error: z.ZodError, root: string): FieldProblem[] =>
  error.issues.slice(0, 50).map((issue) => ({ path: [root, ...issue.path.map(String)].join("/"), ...ruleOf(issue) }));

/** Text that people write: trimmed, NFC, without control characters (a NUL would be refused by the database). */
export const Text = (maximum: number, minimum = 1) =>
  z
    .string()
    .transform((text) => text.normalize("NFC").trim())
    .pipe(
      z
        .string()
        .min(minimum)
        .max(maximum)
        .refine(
          (text) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text) && text.isWellFormed(),
          rule("wrong-format"),
        ),
    );
