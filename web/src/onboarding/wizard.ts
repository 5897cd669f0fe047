/** The onboarding's pages, loaded together and only when needed. */
export { NewOnboarding, ResumeOnboarding } from "./Onboard.tsx";
export { Sent } from "./Sent.tsx";
export { TakeDraft } from "./TakeDraft.tsx";
