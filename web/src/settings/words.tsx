import { lazyWords } from "../kit/lazy-words.tsx";

export const { Provider: SettingsWordsProvider, use: useSettingsWords } = lazyWords({
  it: () => import("@area/words/settings/it"),
  en: () => import("@area/words/settings/en"),
  de: () => import("@area/words/settings/de"),
  fr: () => import("@area/words/settings/fr"),
  sl: () => import("@area/words/settings/sl"),
});
