import type { FieldRule } from "@area/api";
import type { ProblemWords } from "@area/words/problems/it";
import type { ScreenWords } from "@area/words/screens/it";
import type { Wrong } from "./content.ts";

/** What is wrong, and how to mend it. */
export type Described = { message: string; mend: string };

export const describeWrong = (screens: ScreenWords, problems: ProblemWords, wrong: Wrong, value: string): Described => {
  const { mend } = screens;
  const name = wrong.field.split(".").at(-1) ?? "";
  const written = value.replace(/\s+/g, "").length;
  const expected = Number(wrong.facts.expected);
  const rule = problems.fields[wrong.code as FieldRule];
  const message =
    wrong.code === "wrong-length" && expected > 0 && written > 0
      ? (written < expected ? mend.lengthShort : mend.lengthLong)(written, expected)
      : rule
        ? rule(wrong.facts)
        : wrong.code;
  const quiet = ["required", "too-few", "not-allowed"].includes(wrong.code);
  const how: Record<string, string> = {
    fiscalCode: wrong.code === "name-disagrees" ? mend.fiscalCodeNames : mend.fiscalCode,
    email: wrong.code === "pec-not-personal" ? mend.pec : mend.email,
    recipientCode: mend.recipientCode,
    vatNumber: mend.vatNumber,
    invoicedTaxCode: mend.taxCode,
  };
  return { message, mend: quiet ? "" : (how[name] ?? "") };
};
