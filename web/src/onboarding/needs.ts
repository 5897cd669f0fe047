import type { FieldProblem } from "@area/api";
import { detailBlocks, fieldProblems, fieldsOf, type Product, type Requirements } from "@area/api";
import type { Typed } from "./content.ts";

/** What a public body is asked when nothing else is known: the first form of this wizard. */
export const plainNeeds: Requirements = {
  kind: "PA",
  origin: "IPA",
  workflow: "agreement",
  reviewed: false,
  agreement: true,
  countersigned: false,
  manager: true,
  geographicAreas: true,
  billing: true,
  recipientCode: "required",
  units: false,
  blocks: [],
  categories: null,
  attachments: [],
  steps: ["kind", "search", "institution", "manager", "administrators", "summary"],
};

/** What this way of joining asks, from the catalogue. A draft of a way that the product no longer has is asked what a body is asked. */
export const needsOf = (product: Product | undefined, typed: Typed): Requirements =>
  product?.admissions.find((a) => a.kind === typed.kind && a.origin === typed.institution.origin) ??
  product?.admissions.find((a) => a.kind === typed.kind) ??
  plainNeeds;

/** The numbers of the steps that this way has: those left out are not shown and not counted. */
export const stepsOf = (needs: Requirements): number[] =>
  (["kind", "search", "institution", "manager", "administrators", "summary"] as const).flatMap((name, i) =>
    needs.steps.includes(name) ? [i + 1] : [],
  );

/** Is it settled who joins? What is declared needs no search. */
export const isChosen = ({ institution }: Typed, needs: Requirements): boolean => {
  switch (needs.origin) {
    case "IPA":
      return institution.ipaCode !== "";
    case "IVASS":
    case "ANAC":
      return institution.code !== "";
    case "business-register":
      return institution.answer !== "";
    default:
      return true;
  }
};

/** Does the registry hold the data, so that they are shown and not asked? */
export const isRegistered = ({ institution }: Typed, needs: Requirements): boolean =>
  needs.origin === "business-register" ? institution.answer === "found" : needs.origin !== "declared";

export const seatFields = ["address", "zipCode", "city", "county"] as const;
export const declaredFields = ["name", "taxCode", "pec", ...seatFields] as const;

/** The fields that a registry left open, or that no registry holds. */
export const openFields = (typed: Typed, needs: Requirements): readonly (typeof declaredFields)[number][] => {
  if (needs.origin === "IPA") return [];
  if (!isRegistered(typed, needs))
    return needs.origin === "business-register" ? declaredFields.filter((f) => f !== "taxCode") : declaredFields;
  const kept = new Set(typed.institution.held.split(" "));
  // A list gives its seat in one line: where there is one, nothing of the seat is asked.
  if (needs.origin !== "business-register") return kept.has("address") ? [] : ["address"];
  return (["pec", ...seatFields] as const).filter((f) => !kept.has(f));
};

/** The details as they are sent: only the blocks asked, only what was said. */
export const detailsOf = (typed: Typed, needs: Requirements) =>
  Object.fromEntries(
    needs.blocks.map((block) => [
      block,
      Object.fromEntries(
        fieldsOf(block).flatMap(({ name, kind, optional }): [string, string | boolean][] => {
          const value = typed.details[block]?.[name];
          if (kind === "yes") return [[name, value === true]];
          const text = typeof value === "string" ? value : "";
          return optional && !text.trim() ? [] : [[name, text]];
        }),
      ),
    ]),
  );

export const detailProblems = (typed: Typed, needs: Requirements): FieldProblem[] => {
  const said = detailsOf(typed, needs);
  return needs.blocks.flatMap((block) => {
    const checked = detailBlocks[block].safeParse(said[block]);
    return checked.success ? [] : fieldProblems(checked.error, `body/details/${block}`);
  });
};
