import { lazyWords } from "../kit/lazy-words.tsx";

export const { Provider: TermsWordsProvider, use: useTermsWords } = lazyWords({
  it: () => import("@area/words/terms/it"),
  en: () => import("@area/words/terms/en"),
  de: () => import("@area/words/terms/de"),
  fr: () => import("@area/words/terms/fr"),
  sl: () => import("@area/words/terms/sl"),
});
