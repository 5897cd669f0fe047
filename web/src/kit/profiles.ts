import type { HeldProfile } from "@area/api";
import type { ScreenWords } from "@area/words/screens/it";

/** What a membership is called: the institution's own name for a profile it made, else ours. */
export const profileName = (
  screens: ScreenWords,
  held: { profile: HeldProfile; profileName?: string | null | undefined },
): string => (held.profile === "custom" && held.profileName) || screens.profiles[held.profile];
