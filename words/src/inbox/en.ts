import { day, plural } from "../languages.ts";
import type { InboxWords } from "./it.ts";

const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const many = (count: number, one: string, other: string) => plural("en", count, { one, other });

const words: InboxWords = {
  bar: "To do",
  unread: (count) => many(count, "# new", "# new"),
  title: "To do",
  intro: "Of all your institutions: what waits for you, and what happened.",
  viewsLabel: "What to show",
  views: { "to-do": "To do", news: "Happened", archive: "Archived" },
  preferencesLink: "What you get by mail",
  markAll: "Mark all as read",
  marked: "Nothing new any more: all marked as read.",
  archive: "Archive",
  restore: "Take back",
  archived: "Archived. You find it among the archived ones.",
  restored: "Taken back from the archive.",
  fresh: "New",
  settled: (day) => `Done on ${day}`,
  by: (day) => `by ${day}`,
  empty: {
    "to-do": {
      title: "Nothing to do",
      why: "When an institution waits for something from you, it is here with its date.",
    },
    news: { title: "No news yet", why: "Here you find what happened and concerns you, for a year." },
    archive: { title: "Nothing archived", why: "What you archive stays here, and you can take it back." },
  },
  kinds: {
    "membership-activated": {
      title: (f) =>
        `You have the profile “${text(f.profileName)}”${f.productTitle ? ` on ${text(f.productTitle)}` : ""}`,
      why: () => "It holds from now on.",
      act: "Go to the institution",
    },
    "membership-suspended": {
      title: (f) =>
        `Your profile is suspended: “${text(f.profileName)}”${f.productTitle ? ` on ${text(f.productTitle)}` : ""}`,
      why: () => "It does not hold until an administrator gives it back.",
      act: "See the institution",
    },
    "membership-restored": {
      title: (f) =>
        `Your profile is given back: “${text(f.profileName)}”${f.productTitle ? ` on ${text(f.productTitle)}` : ""}`,
      why: () => "It holds again from now on.",
      act: "Go to the institution",
    },
    "membership-ended": {
      title: (f) =>
        `Your profile has ended: “${text(f.profileName)}”${f.productTitle ? ` on ${text(f.productTitle)}` : ""}`,
      why: () => "It holds no longer. If it is still needed, an administrator gives it again.",
      act: "See your institutions",
    },
    "assistance-answered": {
      title: (f) => `Answer to your request ${text(f["number"])}`,
      why: () => "Support has answered: you find it here and in your mail.",
      act: "Read the answer",
    },
    "review-warning": {
      title: () => "The review of accesses is about to end",
      why: (f) =>
        `${text(f["left"])} answers are still missing, by ${day("en", text(f["until"]))}.${f["endsUnanswered"] ? " What nobody confirms ends." : ""}`,
      act: "Review",
    },
    "recovery-opened": {
      title: (f) => `${text(f["person"])} asks to administer the institution`,
      why: () =>
        "No administrator answers any more. If it is not right, stop it: whoever works for the institution can.",
      act: "See, or stop",
    },
    "recovery-waiting": {
      title: (f) => `${text(f["person"])} is about to administer the institution`,
      why: (f) =>
        `From ${day("en", text(f["until"]))}, unless somebody stops it before. Whoever works for the institution can.`,
      act: "See, or stop",
    },
    "recovery-completed": {
      title: (f) => `${text(f["person"])} administers the institution`,
      why: () => "The waiting is over and nobody stopped it. If it is not right, write to Support.",
      act: "Go to the institution",
    },
    "recovery-stopped": {
      title: (f) => `Stopped the request of ${text(f["person"])}`,
      why: (f) => `${text(f["by"]) || "It was stopped"}: they do not administer the institution, no access changed.`,
      act: "Go to the institution",
    },
    "onboarding-completed": {
      title: (f) => `Joining ${text(f.productTitle)} is complete`,
      why: (f) => `The agreement of ${text(f.institutionName)} is signed and in order.`,
      act: "See the request",
    },
    "onboarding-cancelled": {
      title: (f) => `Joining ${text(f.productTitle)} was cancelled`,
      why: (f) => `Cancelled by whoever reads the certified mail of ${text(f.institutionName)}.`,
      act: "See the request",
    },
    "onboarding-expired": {
      title: (f) => `Joining ${text(f.productTitle)} has expired`,
      why: (f) => `The agreement of ${text(f.institutionName)} was not signed in time.`,
      act: "See the request",
    },
    "onboarding-changes-requested": {
      title: (f) => `Correct the request to join ${text(f.productTitle)}`,
      why: (f) => `The reviewer asks for a change for ${text(f.institutionName)}.`,
      act: "Correct it",
    },
    "onboarding-rejected": {
      title: (f) => `The request to join ${text(f.productTitle)} was refused`,
      why: (f) => `For ${text(f.institutionName)}: the reason is in the request.`,
      act: "See the reason",
    },
    "onboarding-message": {
      title: (f) => `A message about joining ${text(f.productTitle)}`,
      why: (f) => `The reviewer of the request of ${text(f.institutionName)} wrote.`,
      act: "Read and answer",
    },
    "onboarding-superseded": {
      title: (f) => `The request to join ${text(f.productTitle)} is closed`,
      why: (f) => `Another one was signed for ${text(f.institutionName)}.`,
      act: "See the request",
    },
  },
  topics: {
    "to-do": { name: "Things to do", what: "What is missing or about to expire, and requests that wait for you" },
    access: { name: "Your access", what: "Profiles that you receive or that change" },
    onboarding: { name: "Joining", what: "How the requests you sent end" },
    security: { name: "Security", what: "Access that is suspended, given back or ended" },
  },
  preferencesTitle: "What you get by mail",
  preferencesIntro:
    "All that concerns you is always under “To do”. Here you choose what also arrives by e-mail, at the address you have with each institution.",
  general: "For all institutions",
  always: "Always",
  byMail: "Also by e-mail",
  exceptions: "Institutions with another choice",
  noExceptions: "The general choice holds for every institution.",
  findInstitution: "Add an institution: name or tax code",
  choose: "Choose",
  backToGeneral: "Back to the general choice",
  language: "Language of the e-mails",
  languageWhy: "Certified mail to institutions is in Italian; where another language is official, in both.",
  saved: "Choice saved. It holds from the next message.",
  backToInbox: "Back to “To do”",
  mail: {
    greeting: (name) => `${name},`,
    chosen: (link) => `You get this e-mail because you chose so. You can change your mind here:\n${link}`,
    always: "You get this e-mail because it concerns the security of access: it always travels.",
    signed: "Area Riservata\nThis message is automatic: do not reply to this address.",
  },
};
export default words;
