import type { Page } from "../platform/page.ts";
import type { Invoke } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { cancelOnboarding } from "./cancel-onboarding.ts";
import { drafts } from "./drafts.ts";
import { linkPages } from "./link-pages.ts";
import { linkHandlers } from "./links.ts";
import { listOnboardings } from "./list-onboardings.ts";
import { reactions, schedules } from "./reactions.ts";
import { submitOnboarding } from "./submit-onboarding.ts";

export const onboarding = (parts: Parts) => {
  const links = linkHandlers(parts);
  return {
    handlers: {
      drafts: drafts(parts),
      submit: submitOnboarding(parts),
      ...listOnboardings(parts),
      cancel: cancelOnboarding(parts),
      links,
    },
    pages: (invoke: Invoke): Page[] => linkPages(parts, links, invoke),
    reactions: reactions(parts),
    schedules: schedules(parts),
  };
};

export { awaitingSignature, requestOf } from "./awaiting.ts";
export { type Content, contentOf, type FieldValue, fieldsOf } from "./fields.ts";
export { importOnboarding } from "./import-onboarding.ts";
export { languagesOf, reviewLetter } from "./review-mails.ts";
export { approve, askForChanges, reject } from "./review-onboarding.ts";
export { revisionDraft } from "./revise-onboarding.ts";
export {
  contactAnywhere,
  languageOfPerson,
  lockOnboarding,
  onboarding as onboardingRow,
  personName,
} from "./store.ts";
