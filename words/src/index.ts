import type { FieldProblem, ProblemCode } from "@area/api";
import type { Language } from "./languages.ts";
import de from "./problems/de.ts";
import en from "./problems/en.ts";
import fr from "./problems/fr.ts";
import it, { type Facts, type ProblemWords } from "./problems/it.ts";
import sl from "./problems/sl.ts";

export * from "./languages.ts";
export type { Facts, ProblemWords } from "./problems/it.ts";

/** The words of refusals in each language, for the server, which speaks all of them. The browser loads only its own. */
const words: Record<Language, ProblemWords> = { it, en, de, fr, sl };

export const problemText = (
  language: Language,
  code: ProblemCode,
  facts: Facts = {},
): { title: string; detail: string } => {
  const { title, detail } = words[language].problems[code];
  return { title, detail: detail(facts) };
};

export const fieldText = (language: Language, field: FieldProblem): string => {
  const say = words[language].fields[field.code as keyof ProblemWords["fields"]];
  return say ? say(field.facts ?? {}) : field.code;
};
