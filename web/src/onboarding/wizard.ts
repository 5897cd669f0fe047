/** The onboarding's pages, loaded together and only when needed. */

export { LeaveProduct } from "./LeaveProduct.tsx";
export { NewOnboarding, ResumeOnboarding } from "./Onboard.tsx";
export { Sent } from "./Sent.tsx";
export { TakeDraft } from "./TakeDraft.tsx";
