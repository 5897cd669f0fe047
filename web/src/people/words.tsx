import { lazyWords } from "../kit/lazy-words.tsx";

export const { Provider: PeopleWordsProvider, use: usePeopleWords } = lazyWords({
  it: () => import("@area/words/people/it"),
  en: () => import("@area/words/people/en"),
  de: () => import("@area/words/people/de"),
  fr: () => import("@area/words/people/fr"),
  sl: () => import("@area/words/people/sl"),
});
