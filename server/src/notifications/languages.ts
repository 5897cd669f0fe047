import { day, dayInWords, type Language } from "@area/words";
import { letterWords } from "@area/words/letters";
import type { LetterWords } from "@area/words/letters/it";

/**
 * The languages in which an institution is written to: Italian, and where its seat has another official language, that too.
 * Sources: d.P.R. 574/1988 (province of Bolzano, CAP 39), l. cost. 4/1948 art. 38 (Valle d’Aosta, CAP 11).
 */
export const languagesOf = (institution: { zipCode?: string | null; county?: string | null }): Language[] => {
  const zip = institution.zipCode ?? "";
  const county = institution.county ?? "";
  if (county === "BZ" || /^39\d{3}$/.test(zip)) return ["it", "de"];
  if (county === "AO" || /^11\d{3}$/.test(zip)) return ["it", "fr"];
  return ["it"];
};

export type Letter = { template: string; subject: string; text: string };
type Dates = { day: (at: string | Date) => string; inWords: (at: string | Date) => string };

/** One letter in each of the languages, one after the other; where there are two, the first is always Italian. */
export const letterIn = (
  languages: readonly Language[],
  template: string,
  write: (words: LetterWords, dates: Dates, language: Language) => { subject: string; text: readonly string[] },
): Letter => {
  const each = languages.map((language) => {
    const words = letterWords[language];
    const dates: Dates = {
      day: (at) => day(language, at),
      inWords: (at) => `${dayInWords(language, at)} (${day(language, at)})`,
    };
    const { subject, text } = write(words, dates, language);
    return { subject, text: [...text, words.signed].filter(Boolean).join("\n\n") };
  });
  return {
    template,
    subject: [...new Set(each.map((one) => one.subject))].join(" / "),
    text: each.map((one) => one.text).join("\n\n· · ·\n\n"),
  };
};
