import { lazyWords } from "../kit/lazy-words.tsx";

export const { Provider: ProfileWordsProvider, use: useProfileWords } = lazyWords({
  it: () => import("@area/words/profile/it"),
  en: () => import("@area/words/profile/en"),
  de: () => import("@area/words/profile/de"),
  fr: () => import("@area/words/profile/fr"),
  sl: () => import("@area/words/profile/sl"),
});
