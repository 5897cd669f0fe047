import type { Origin } from "@area/api";
import type { ScreenWords } from "@area/words/screens/it";

/** What a registry is called. */
export const registryName = (screens: ScreenWords, origin: Origin): string => screens.adhesion.origins[origin].name;
