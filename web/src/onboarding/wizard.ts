export const NewOnboarding = () => null;
export const ResumeOnboarding = () => null;
export const TakeDraft = () => null;
export const Sent = () => null;
