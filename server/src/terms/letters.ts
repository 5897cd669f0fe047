import { day, type Language } from "@area/words";
import { termsLetters } from "@area/words/terms/letters";
import type { Notice } from "../notifications/index.ts";

export type Told = {
  institution: string;
  product: string;
  summary: string;
  way: "online" | "signature";
  signer: string | null;
  dueAt: Date;
  suspends: boolean;
  link: string;
};
type Letter = Pick<Notice, "template" | "subject" | "text">;

/** One letter, in each language of the institution, one after the other. */
const inEach = (
  languages: readonly Language[],
  template: string,
  write: (words: (typeof termsLetters)[Language], language: Language) => { subject: string; lines: string[] },
): Letter => {
  const each = languages.map((language) => ({ language, ...write(termsLetters[language], language) }));
  return {
    template,
    subject: each.map((one) => one.subject).join(" / "),
    text: each
      .map((one) => [...one.lines.filter(Boolean), termsLetters[one.language].signed].join("\n\n"))
      .join("\n\n· · ·\n\n"),
  };
};

export const askedLetter = (languages: readonly Language[], f: Told, daysLeft: number | null): Letter =>
  inEach(languages, daysLeft === null ? "terms-asked" : `terms-reminder-${daysLeft}`, (words, language) => ({
    subject: daysLeft === null ? words.askedSubject(f.product) : words.reminderSubject(f.product, daysLeft),
    lines: [
      words.asked(f.product, f.institution),
      f.summary,
      f.way === "signature" ? words.signature(f.signer ?? "") : words.online,
      words.by(day(language, f.dueAt), f.suspends),
      `${words.open}\n${f.link}`,
    ],
  }));

export const overdueLetter = (languages: readonly Language[], f: Told): Letter =>
  inEach(languages, "terms-overdue", (words) => ({
    subject: words.overdueSubject(f.product),
    lines: [words.overdue(f.product, f.institution, f.suspends), `${words.open}\n${f.link}`],
  }));

export const acceptedLetter = (languages: readonly Language[], f: Told & { by: string; at: Date }): Letter =>
  inEach(languages, "terms-accepted", (words, language) => ({
    subject: words.acceptedSubject(f.product),
    lines: [words.accepted(f.product, f.institution, f.by, day(language, f.at)), `${words.open}\n${f.link}`],
  }));

type ConventionNews = "asked" | "signed" | "left" | "withdrawn" | "expired" | "product";
export const conventionLetter = (
  languages: readonly Language[],
  what: ConventionNews,
  f: { institution: string; product: string; convention: string; signer: string; dueAt: Date; link: string },
): Letter =>
  inEach(languages, `terms-convention-${what}`, (words, language) => ({
    subject: words.conventionSubjects[what](f.convention),
    lines: [
      words.conventions[what](f.convention, f.product, f.institution),
      ...(what === "asked" ? [words.signature(f.signer), words.by(day(language, f.dueAt), false)] : []),
      `${words.open}\n${f.link}`,
    ],
  }));
