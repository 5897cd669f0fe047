/** What a mailed link is for. Each link serves one purpose. */
export const SIGN = "sign-agreement";
export const CANCEL = "cancel-onboarding";
export const HAND_OVER = "take-draft";
