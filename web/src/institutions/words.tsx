import { lazyWords } from "../kit/lazy-words.tsx";

export const { Provider: InstitutionWordsProvider, use: useInstitutionWords } = lazyWords({
  it: () => import("@area/words/institution/it"),
  en: () => import("@area/words/institution/en"),
  de: () => import("@area/words/institution/de"),
  fr: () => import("@area/words/institution/fr"),
  sl: () => import("@area/words/institution/sl"),
});
