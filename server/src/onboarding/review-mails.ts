import { day, type Language } from "@area/words";
import { adhesionWords } from "@area/words/adhesion/index";
import { fieldLabel } from "@area/words/field-label";
import { mailWords } from "@area/words/mails";
import type { Letter } from "./mails.ts";

export type ReviewNews =
  | "received"
  | "resubmitted"
  | "rejected"
  | "changes-requested"
  | "message"
  | "correction-expired";
type Told = {
  institution: string;
  product: string;
  note: string | null;
  fields: { path: string; note: string }[];
  dueAt: Date | null;
  url: string;
};

const inOne = (language: Language, what: ReviewNews, f: Told): { subject: string; text: string } => {
  const words = mailWords[language];
  const labels = adhesionWords[language];
  const fields = f.fields.map((one) => `- ${fieldLabel(labels, one.path)}: ${one.note}`).join("\n");
  return {
    subject: words.subjects[what](f.product, f.institution),
    text: [
      words[what](f.product, f.institution),
      what === "received" && f.dueAt ? words.by(day(language, f.dueAt)) : "",
      what === "rejected" ? `${words.reason}\n${f.note ?? ""}` : "",
      what === "changes-requested" || what === "message" ? (f.note ?? "") : "",
      what === "changes-requested" && fields ? `${words.toCorrect}\n${fields}` : "",
      `${words.see}\n${f.url}`,
    ]
      .filter(Boolean)
      .join("\n\n"),
  };
};

/** One letter about a review, in each of the languages, one after the other. */
export const reviewLetter = (languages: readonly Language[], what: ReviewNews, f: Told): Letter => {
  const each = languages.map((language) => ({ language, ...inOne(language, what, f) }));
  return {
    template: `onboarding-review-${what}`,
    subject: each.map((one) => one.subject).join(" / "),
    text: each.map((one) => `${one.text}\n\n${mailWords[one.language].signed}`).join("\n\n· · ·\n\n"),
  };
};
