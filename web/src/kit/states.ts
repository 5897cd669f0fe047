import type { OnboardingState } from "@area/api";
import type { Tone } from "./pieces.tsx";

/** The shape and colour of each state; the word comes from the screens' words. */
export const onboardingTone: Record<OnboardingState, Tone> = {
  submitted: "progress",
  "to-be-reviewed": "progress",
  "changes-requested": "attention",
  rejected: "critical",
  "awaiting-signature": "progress",
  "awaiting-countersignature": "progress",
  completed: "positive",
  cancelled: "neutral",
  expired: "critical",
  superseded: "neutral",
};
export const agreementTone = { pending: "progress", active: "positive", ended: "neutral" } as const satisfies Record<
  string,
  Tone
>;
export const productTone = { active: "positive", suspended: "neutral", ended: "neutral" } as const satisfies Record<
  string,
  Tone
>;
