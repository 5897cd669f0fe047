import { api } from "@area/api";
import type { Signable } from "../agreements/index.ts";
import type { Page } from "../platform/page.ts";
import { handle, type Invoke } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { cancelOnboarding } from "./cancel-onboarding.ts";
import { drafts } from "./drafts.ts";
import { leaveProduct } from "./leave-product.ts";
import { linkPages } from "./link-pages.ts";
import { linkHandlers } from "./links.ts";
import { listOnboardings } from "./list-onboardings.ts";
import { adhesionNumbers } from "./numbers.ts";
import { publicPages } from "./public-pages.ts";
import { reactions, schedules } from "./reactions.ts";
import { submitOnboarding } from "./submit-onboarding.ts";
import { timeToSign } from "./time-to-sign.ts";

export const onboarding = (parts: Parts, signables: Record<string, Signable> = {}) => {
  const links = linkHandlers(parts, signables);
  const numbers = adhesionNumbers(parts);
  return {
    handlers: {
      drafts: drafts(parts),
      submit: submitOnboarding(parts),
      ...listOnboardings(parts),
      numbers: handle(api.onboarding.numbers, async (_input, { db }) => numbers(db)),
      cancel: cancelOnboarding(parts),
      ...timeToSign(parts),
      leaving: leaveProduct(parts),
      links,
    },
    pages: (invoke: Invoke): Page[] => [...linkPages(parts, links, invoke, signables), ...publicPages(parts, numbers)],
    reactions: reactions(parts),
    schedules: schedules(parts),
  };
};

export { agreementDataOf } from "./agreement-data.ts";
export { askForAggregates } from "./ask-for-aggregates.ts";
export { awaitingOf, awaitingSignature, awaitsSeal, requestOf } from "./awaiting.ts";
export { type Content, contentOf, type FieldValue, fieldsOf } from "./fields.ts";
export { importOnboarding } from "./import-onboarding.ts";
export { aggregatesApplied } from "./mails.ts";
export { reviewLetter } from "./review-mails.ts";
export { approve, askForChanges, reject } from "./review-onboarding.ts";
export { revisionDraft } from "./revise-onboarding.ts";
export {
  contactAnywhere,
  lockOnboarding,
  onboarding as onboardingRow,
  personName,
} from "./store.ts";
