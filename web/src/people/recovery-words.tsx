import { lazyWords } from "../kit/lazy-words.tsx";

export const { Provider: RecoveryWordsProvider, use: useRecoveryWords } = lazyWords({
  it: () => import("@area/words/recovery/it"),
  en: () => import("@area/words/recovery/en"),
  de: () => import("@area/words/recovery/de"),
  fr: () => import("@area/words/recovery/fr"),
  sl: () => import("@area/words/recovery/sl"),
});
