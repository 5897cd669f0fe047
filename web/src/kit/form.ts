import type { FieldRule } from "@area/api";
import { fieldProblems, isProblem } from "@area/api";
import {
  type DefaultValues,
  type FieldErrors,
  type FieldPath,
  type FieldValues,
  type Resolver,
  set,
  useForm,
} from "react-hook-form";
import type { z } from "zod";
import { useWords } from "./words.tsx";

/** Fields left empty are absent: an optional one is not "wrong", a required one says that it is missing. */
const given = (value: unknown): unknown =>
  value === ""
    ? undefined
    : Array.isArray(value)
      ? value.map(given)
      : value && typeof value === "object"
        ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, given(v)]))
        : value;

/** A form that checks with the endpoint's own type, field by field on leaving it, in the reader's words. */
export const useEndpointForm = <V extends FieldValues>(type: z.ZodType, defaultValues: DefaultValues<V>) => {
  const { problems } = useWords();
  const said = (code: string, facts: Record<string, unknown> = {}) =>
    problems.fields[code as FieldRule]?.(facts) ?? code;
  const resolver: Resolver<V> = (values) => {
    const read = type.safeParse(given(values));
    if (read.success) return { values, errors: {} };
    const errors: FieldErrors<V> = {};
    for (const wrong of fieldProblems(read.error, "body"))
      set(errors, wrong.path.split("/").slice(1).join("."), {
        type: wrong.code,
        message: said(wrong.code, wrong.facts),
      });
    return { values: {}, errors };
  };
  const form = useForm<V>({ defaultValues, resolver, mode: "onTouched" });
  return {
    form,
    /** What goes out: empty fields left out. */
    sent: (values: V) => given(values) as V,
    /** Puts what the server found wrong at its fields; false when it refused for another reason. */
    showWrong: (error: unknown): boolean => {
      if (!isProblem(error) || error.code !== "input-invalid" || error.fields.length === 0) return false;
      for (const { path, code, facts } of error.fields)
        form.setError(
          path.split("/").slice(1).join(".") as FieldPath<V>,
          { type: code, message: said(code, facts) },
          { shouldFocus: true },
        );
      return true;
    },
  };
};
