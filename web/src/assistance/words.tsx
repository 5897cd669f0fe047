import { lazyWords } from "../kit/lazy-words.tsx";

export const { Provider: AssistanceWordsProvider, use: useAssistanceWords } = lazyWords({
  it: () => import("@area/words/assistance/it"),
  en: () => import("@area/words/assistance/en"),
  de: () => import("@area/words/assistance/de"),
  fr: () => import("@area/words/assistance/fr"),
  sl: () => import("@area/words/assistance/sl"),
});
